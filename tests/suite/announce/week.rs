//! A week of many incidents, announced by runs that are killed at random moments.
#![cfg(unix)]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use super::commit;
use super::receiver::{Act, Message, Receiver};
use crate::sandbox::Sandbox;

/// Incidents, and commits that bring their entries in.
const INCIDENTS: u64 = 21;
const STEPS: [&str; 5] = [
    "status: investigating, severity: sev2, impact: {checkout: major_outage}, public: Checkout fails.",
    "note: Looking into it.",
    "severity: sev1, public: It is worse.",
    "status: monitoring, impact: {checkout: operational}, public: It works again.",
    "status: resolved, public: It is over.",
];

/// Numbers that are random enough, and the same each time.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }
}

/// The incident with a number, after some of its steps.
fn incident(number: u64, steps: usize) -> (String, String) {
    let (day, hour) = (1 + number / 3, 6 + 5 * (number % 3));
    let entry = |(place, keys): (usize, &&str)| {
        format!("  - {{at: 2024-05-{day:02}T{hour:02}:{place}0:00Z, by: mara, {keys}}}\n")
    };
    let entries: String = STEPS.iter().take(steps).enumerate().map(entry).collect();
    let text = format!("---\ntitle: Incident {number}\nvisibility: public\ntimeline:\n{entries}---\n");
    (format!("incidents/2024/05/2024-05-{day:02}-incident-{number}/incident.md"), text)
}

fn config(mail_port: u16) -> String {
    format!(
        "site: {{title: Example}}
services: [{{id: checkout, name: Checkout}}]
announce:
  - {{name: customers, kind: slack, url_env: CUSTOMERS}}
  - {{name: operations, kind: webhook, audience: internal, url_env: OPERATIONS}}
  - {{name: mail, kind: email, host: 127.0.0.1, port: {mail_port}, tls: none, from: a@example.com, to: b@example.com}}
"
    )
}

/// The id that a message carries.
fn id(message: &Message) -> String {
    let mail = || Some(message.header("Message-ID")?.trim_start_matches('<').split('@').next()?.to_owned());
    message.header("Idempotency-Key").map(str::to_owned).or_else(mail).unwrap()
}

/// One run of the program: whether it was killed, and what each sink got from it, in order.
struct Run {
    was_killed: bool,
    got: Vec<Vec<String>>,
}

/// The servers, and what they had got when the last run had ended.
struct Sinks {
    receivers: [Receiver; 3],
    seen: [usize; 3],
}

impl Sinks {
    fn total(&self) -> usize {
        self.receivers.iter().map(|receiver| receiver.got().len()).sum()
    }

    /// What they got since; what a killed run had sent may still be on its way.
    fn news(&mut self) -> Vec<Vec<String>> {
        let mut all = Vec::new();
        for (receiver, seen) in self.receivers.iter().zip(&mut self.seen) {
            receiver.settle();
            let got = receiver.got();
            all.push(got[*seen..].iter().map(id).collect());
            *seen = got.len();
        }
        all
    }
}

#[test]
fn a_week_of_crashes_loses_nothing_and_each_repeats_at_most_one_event() {
    // While a server thinks about its answer, a run that is killed cannot know whether the event has arrived.
    let late = [Act::Late; 2_000];
    let receivers = [Receiver::http(&late), Receiver::http(&late), Receiver::smtp(&late)];
    let mut sinks = Sinks { receivers, seen: [0; 3] };
    let urls = [sinks.receivers[0].url(), sinks.receivers[1].url()];
    let sandbox = Sandbox::new("announce-week");
    sandbox.file("incident.yaml", &config(sinks.receivers[2].port));
    let base = commit(&sandbox).to_string();
    let announce = || {
        let mut command = sandbox.command(&["announce", "--send", "--since", &base]);
        command.env("CUSTOMERS", &urls[0]).env("OPERATIONS", &urls[1]);
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    assert!(announce().status().unwrap().success());
    let mut dice = Dice(7);
    let mut steps = vec![0_usize; INCIDENTS as usize];
    let mut runs: Vec<Run> = Vec::new();
    while steps.iter().any(|done| *done < STEPS.len()) {
        // A day's worth of entries comes in with one push.
        for _ in 0..12 {
            let going_on: Vec<usize> = (0..steps.len()).filter(|number| steps[*number] < STEPS.len()).collect();
            if going_on.is_empty() {
                break;
            }
            let number = going_on[dice.throw(going_on.len() as u64) as usize];
            steps[number] += 1;
            let (path, text) = incident(number as u64, steps[number]);
            sandbox.file(&path, &text);
        }
        commit(&sandbox);
        for _ in 0..3 {
            let before = sinks.total();
            let mut child = announce().spawn().unwrap();
            // It is killed some time after it has begun to tell, or never.
            for _ in 0..200 {
                if sinks.total() > before || child.try_wait().unwrap().is_some() {
                    break;
                }
                sleep(Duration::from_millis(1));
            }
            sleep(Duration::from_micros(dice.throw(100_000)));
            child.kill().unwrap();
            let was_killed = !child.wait().unwrap().success();
            runs.push(Run { was_killed, got: sinks.news() });
        }
    }
    assert!(announce().status().unwrap().success(), "the last run is left alone");
    runs.push(Run { was_killed: false, got: sinks.news() });
    let crashes = runs.iter().filter(|run| run.was_killed).count();
    assert!(crashes > 5, "only {crashes} runs were killed");
    for (sink, audience) in ["public", "internal", "public"].into_iter().enumerate() {
        let expected = sandbox.run(&["announce", "--since", &base, "--audience", audience]).stdout;
        let expected: BTreeSet<String> = expected.lines().map(id_of_line).collect();
        let got: BTreeSet<String> = runs.iter().flat_map(|run| &run.got[sink]).cloned().collect();
        assert_eq!(got, expected, "{audience}");
    }
    let repeats = repeats(&runs);
    assert!(!repeats.is_empty(), "of {crashes} crashes none came between an event and its step, so nothing is shown");
    for (crash, repeated) in repeats {
        assert!(repeated.len() <= 1, "the crash of run {crash} made {repeated:?} come again");
    }
}

/// What was sent again, by the crash that it is due to: the run that had sent it before. It was killed, and this was the last
/// that it sent to that sink.
fn repeats(runs: &[Run]) -> BTreeMap<usize, Vec<(usize, String)>> {
    let mut repeats: BTreeMap<usize, Vec<(usize, String)>> = BTreeMap::new();
    for sink in 0..3 {
        let mut sent_by: BTreeMap<&str, usize> = BTreeMap::new();
        for (run, id) in
            runs.iter().enumerate().flat_map(|(place, run)| run.got[sink].iter().map(move |id| (place, id)))
        {
            let Some(crash) = sent_by.insert(id, run) else { continue };
            assert!(runs[crash].was_killed, "run {run} repeats what run {crash} had sent and remembered");
            assert_eq!(runs[crash].got[sink].last(), Some(id), "run {crash} had sent more, but not remembered this");
            repeats.entry(crash).or_default().push((sink, id.clone()));
        }
    }
    repeats
}

fn id_of_line(line: &str) -> String {
    let event: serde_json::Value = serde_json::from_str(line).unwrap();
    event["id"].as_str().unwrap().to_owned()
}

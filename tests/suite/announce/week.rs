//! A week of many incidents, announced by runs that are killed at random moments.
#![cfg(unix)]

use std::collections::{BTreeMap, BTreeSet};
use std::process::Stdio;
use std::thread::sleep;
use std::time::Duration;

use super::commit;
use super::receiver::{Message, Receiver};
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

#[test]
fn a_week_of_crashes_loses_nothing_and_repeats_at_most_one_event_each_time() {
    let receivers = [Receiver::http(&[]), Receiver::http(&[]), Receiver::smtp(&[])];
    let sandbox = Sandbox::new("announce-week");
    sandbox.file("incident.yaml", &config(receivers[2].port));
    let base = commit(&sandbox).to_string();
    let announce = || {
        let mut command = sandbox.command(&["announce", "--send", "--since", &base]);
        command.env("CUSTOMERS", receivers[0].url()).env("OPERATIONS", receivers[1].url());
        command.stdout(Stdio::null()).stderr(Stdio::null());
        command
    };
    assert!(announce().status().unwrap().success());
    let mut dice = Dice(7);
    let (mut steps, mut crashes) = (vec![0_usize; INCIDENTS as usize], 0);
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
            let before: usize = receivers.iter().map(|receiver| receiver.got().len()).sum();
            let mut child = announce().spawn().unwrap();
            // It is killed some time after it has begun to tell, or never.
            for _ in 0..200 {
                let told: usize = receivers.iter().map(|receiver| receiver.got().len()).sum();
                if told > before || child.try_wait().unwrap().is_some() {
                    break;
                }
                sleep(Duration::from_millis(1));
            }
            sleep(Duration::from_micros(dice.throw(30_000)));
            child.kill().unwrap();
            crashes += usize::from(!child.wait().unwrap().success());
        }
    }
    assert!(announce().status().unwrap().success(), "the last run is left alone");
    assert!(crashes > 5, "only {crashes} runs were killed");
    for (receiver, audience) in receivers.iter().zip(["public", "internal", "public"]) {
        let expected = sandbox.run(&["announce", "--since", &base, "--audience", audience]).stdout;
        let expected: BTreeSet<String> = expected.lines().map(id_of_line).collect();
        let mut got: BTreeMap<String, usize> = BTreeMap::new();
        receiver.got().iter().for_each(|message| *got.entry(id(message)).or_default() += 1);
        assert_eq!(got.keys().cloned().collect::<BTreeSet<_>>(), expected, "{audience}");
        let repeated: usize = got.values().map(|times| times - 1).sum();
        assert!(repeated <= crashes, "{audience}: {repeated} repeated in {crashes} crashes");
    }
}

fn id_of_line(line: &str) -> String {
    let event: serde_json::Value = serde_json::from_str(line).unwrap();
    event["id"].as_str().unwrap().to_owned()
}

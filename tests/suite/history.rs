//! `check` against what real repositories have merged.

use std::path::Path;

use crate::git::clone::{Clone, scratch};

const CONFIG: &str = include_str!("../rules/incident.yaml");
const CHECKOUT: &str = "incidents/2024/05/2024-05-01-checkout-errors/incident.md";
const SEARCH: &str = "incidents/2024/05/2024-05-01-search-down/incident.md";

const FULL: [&str; 2] = ["check", "--full-history"];

/// A record whose timeline ends in some notes: minute, person and text.
fn record(notes: &[(u8, &str, &str)]) -> String {
    let mut text = String::from(
        "---\ntitle: Checkout fails\ntimeline:\n  - at: 2024-05-01T09:50:00Z\n    by: mara\n    status: investigating\n    \
         severity: sev3\n    roles: {incident_manager: mara}\n",
    );
    for (minute, by, note) in notes {
        text += &format!("  - at: 2024-05-01T10:{minute:02}:00Z\n    by: {by}\n    note: {note}\n");
    }
    text + "---\n"
}

const POOL: (u8, &str, &str) = (0, "mara", "The pool is exhausted.");
const CACHE: (u8, &str, &str) = (0, "mara", "The cache is exhausted.");
const ROLLED_BACK: (u8, &str, &str) = (5, "wei", "Rolled back.");

/// A repository with one record that was merged.
fn merged(name: &str, notes: &[(u8, &str, &str)]) -> Clone {
    let clone = Clone::unborn(&format!("history-{name}"));
    clone.file("incident.yaml", CONFIG);
    commit(&clone, CHECKOUT, &record(notes));
    clone
}

fn commit(clone: &Clone, path: &str, text: &str) {
    clone.file(path, text).git(&["add", "--all"]);
    save(clone);
}

/// Commits what is in the index, on the day of the incident.
fn save(clone: &Clone) {
    let mut git = clone.command("git");
    git.args(["commit", "--quiet", "-m", "x"]).env("GIT_AUTHOR_DATE", "2024-05-01T11:00:00Z");
    assert!(git.status().unwrap().success());
}

/// The rules that a check reports, what it writes beside the report, and its exit code.
fn check_with(clone: &Clone, args: &[&str], variables: &[(&str, &str)]) -> (Vec<String>, String, i32) {
    let mut command = clone.command(env!("CARGO_BIN_EXE_git-incident"));
    for name in ["CI", "GITHUB_BASE_REF", "CI_MERGE_REQUEST_DIFF_BASE_SHA", "CI_MERGE_REQUEST_TARGET_BRANCH_NAME"] {
        command.env_remove(name);
    }
    command.envs(variables.iter().copied());
    let output = command.args(args).args(["--format", "json", "--as-of", "2024-05-01T12:00:00Z"]).output().unwrap();
    let report: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap_or_default();
    let found = report["diagnostics"].as_array().into_iter().flatten();
    let rules = found.map(|found| found["rule"].as_str().unwrap().to_owned()).collect();
    (rules, String::from_utf8(output.stderr).unwrap(), output.status.code().unwrap())
}

fn rules(clone: &Clone, args: &[&str]) -> Vec<String> {
    let (rules, said, code) = check_with(clone, args, &[]);
    assert!(code < 2, "{args:?}: {said}");
    rules
}

#[test]
fn a_silent_edit_shows_before_it_is_committed_and_in_the_full_history_after_that() {
    let clone = merged("edit", &[POOL]);
    assert_eq!(rules(&clone, &["check"]), [""; 0]);
    clone.file(CHECKOUT, &record(&[CACHE]));
    assert_eq!(rules(&clone, &["check"]), ["changed-entry"]);
    assert_eq!(rules(&clone, &FULL), ["changed-entry"]);
    clone.git(&["add", "--all"]);
    save(&clone);
    assert_eq!(rules(&clone, &["check"]), [""; 0]);
    assert_eq!(rules(&clone, &["check", "--since", "HEAD~1"]), ["changed-entry"]);
    assert_eq!(rules(&clone, &FULL), ["changed-entry"]);
    // Taken back, it is as if it had never been.
    clone.git(&["revert", "--no-edit", "HEAD"]);
    assert_eq!(rules(&clone, &FULL), [""; 0]);
}

#[test]
fn what_is_still_being_written_on_a_branch_may_change_until_it_is_merged() {
    let clone = merged("branch", &[]);
    clone.git(&["switch", "--quiet", "-c", "work"]);
    commit(&clone, CHECKOUT, &record(&[POOL]));
    commit(&clone, CHECKOUT, &record(&[CACHE]));
    assert_eq!(rules(&clone, &["check", "--since", "main"]), [""; 0]);
    clone.git(&["switch", "--quiet", "main"]);
    clone.git(&["merge", "--quiet", "--no-ff", "--no-edit", "work"]);
    assert_eq!(rules(&clone, &FULL), [""; 0]);
}

#[test]
fn a_squash_merge_is_one_step() {
    let clone = merged("squash", &[]);
    let postmortem = "incidents/2024/05/2024-05-01-checkout-errors/postmortem.md";
    commit(&clone, postmortem, "---\nstatus: draft\n---\n");
    clone.git(&["switch", "--quiet", "-c", "work"]);
    commit(&clone, CHECKOUT, &record(&[POOL]));
    commit(&clone, CHECKOUT, &record(&[CACHE, ROLLED_BACK]));
    commit(&clone, postmortem, "---\nstatus: in_review\nowner: wei\n---\n");
    clone.git(&["switch", "--quiet", "main"]);
    clone.git(&["merge", "--quiet", "--squash", "work"]);
    save(&clone);
    let history =
        |rules: Vec<String>| rules.into_iter().filter(|rule| rule.ends_with("-entry") || rule == "illegal-step");
    assert_eq!(history(rules(&clone, &FULL)).count(), 0);
    assert_eq!(history(rules(&clone, &["check", "--since", "HEAD~1"])).count(), 0);
}

/// Two branches that each add an entry, and a merge commit with this text.
fn merge_of_two(name: &str, text: &str) -> Clone {
    let clone = merged(name, &[POOL]);
    clone.git(&["switch", "--quiet", "-c", "work"]);
    commit(&clone, CHECKOUT, &record(&[POOL, ROLLED_BACK]));
    clone.git(&["switch", "--quiet", "main"]);
    commit(&clone, CHECKOUT, &record(&[POOL, (3, "jonas", "Support has ten tickets.")]));
    clone.try_git(&["merge", "--quiet", "--no-edit", "work"]);
    commit(&clone, CHECKOUT, text);
    clone
}

#[test]
fn a_merge_keeps_what_both_sides_had() {
    let tickets = (3, "jonas", "Support has ten tickets.");
    let both = merge_of_two("both", &record(&[POOL, tickets, ROLLED_BACK]));
    assert_eq!(rules(&both, &FULL), [""; 0]);
    for (name, kept) in [("ours", tickets), ("theirs", ROLLED_BACK)] {
        let one = merge_of_two(name, &record(&[POOL, kept]));
        assert_eq!(rules(&one, &FULL), ["removed-entry"], "{name}");
    }
}

#[test]
fn a_record_may_move_to_another_shelf_and_take_a_new_name() {
    let clone = merged("move", &[POOL]);
    std::fs::create_dir_all(clone.root.join("incidents/old")).unwrap();
    clone.git(&["mv", "incidents/2024/05/2024-05-01-checkout-errors", "incidents/old/"]);
    assert_eq!(rules(&clone, &["check"]), [""; 0]);
    save(&clone);
    assert_eq!(rules(&clone, &FULL), [""; 0]);

    let [before, after] =
        ["checkout-errors", "card-payments"].map(|name| clone.root.join(format!("incidents/old/2024-05-01-{name}")));
    std::fs::rename(before, after).unwrap();
    assert_eq!(rules(&clone, &["check"]), ["renamed-record"], "git does not know the new one yet");
    clone.git(&["add", "--all"]);
    assert_eq!(rules(&clone, &["check"]), ["renamed-record"]);
    assert_eq!(rules(&clone, &["check", "--since", "HEAD"]), ["renamed-record"]);
    assert_eq!(rules(&clone, &["check", "--fix"]), [""; 0]);
    let renamed = "incidents/old/2024-05-01-card-payments/incident.md";
    assert!(
        clone.read(renamed).contains("\naliases: [2024-05-01-checkout-errors]\ntimeline:"),
        "{}",
        clone.read(renamed)
    );
    // Under the new name it is still the same record.
    clone.file(renamed, &clone.read(renamed).replace("pool", "cache"));
    assert_eq!(rules(&clone, &["check"]), ["changed-entry"]);
}

#[test]
fn a_deleted_record_and_a_removed_service_are_missed() {
    let clone = merged("deleted", &[]);
    commit(&clone, SEARCH, &record(&[]));
    std::fs::remove_dir_all(clone.root.join("incidents/2024/05/2024-05-01-search-down")).unwrap();
    let is_search = |line: &&str| line.contains("id: search");
    let without: Vec<&str> = CONFIG.lines().filter(|line| !is_search(line)).collect();
    clone.file("incident.yaml", &without.join("\n"));
    let expected = ["service-removed", "deleted-record"];
    assert_eq!(rules(&clone, &["check"]), expected);
    assert_eq!(rules(&clone, &["check", "--since", "HEAD"]), expected);
}

#[test]
fn a_shallow_clone_says_what_it_cannot_see() {
    let origin = merged("origin", &[POOL]);
    commit(&origin, SEARCH, &record(&[]));
    commit(&origin, CHECKOUT, &record(&[CACHE]));
    let address = format!("file://{}", origin.root.display());
    let shallow = Clone::of(&["--depth", "1"], &address, scratch("history-shallow"));
    assert_eq!(rules(&shallow, &FULL), ["shallow-clone"]);
    assert_eq!(rules(&shallow, &["check", "--since", "HEAD~1"]), ["shallow-clone"]);
    // Nobody asked: what can be checked is.
    assert_eq!(check_with(&shallow, &["check"], &[("CI", "true")]).0, [""; 0]);
    let two = Clone::of(&["--depth", "2"], &address, scratch("history-depth-two"));
    assert_eq!(rules(&two, &["check", "--since", "HEAD~1"]), ["changed-entry"]);
}

#[test]
fn a_revision_is_checked_without_a_work_tree() {
    let origin = merged("bare-origin", &[POOL]);
    commit(&origin, CHECKOUT, &record(&[CACHE]));
    let bare = Clone::of(&["--bare"], origin.root.to_str().unwrap(), scratch("history-bare"));
    assert_eq!(rules(&bare, &["check", "--rev", "main", "--full-history"]), ["changed-entry"]);
    assert_eq!(rules(&bare, &["check", "--rev", "main", "--since", "main~1"]), ["changed-entry"]);
    assert_eq!(rules(&bare, &["check", "--rev", "main~1", "--full-history"]), [""; 0]);
    assert_eq!(rules(&origin, &["check", "--rev", "main~1"]), [""; 0]);
    let (_, said, code) = check_with(&bare, &["check", "--rev", "nothing"], &[]);
    assert!(code == 2 && said.contains("`nothing` is no commit"), "{said}");
}

#[test]
fn only_what_changed_since_is_reported_on() {
    let clone = merged("since", &[]);
    let wrong = record(&[(1, "maar", "Not mine.")]);
    commit(&clone, SEARCH, &wrong);
    clone.file(CHECKOUT, &record(&[(1, "joans", "Mine.")]));
    assert_eq!(rules(&clone, &["check"]).len(), 2);
    let (found, said, _) = check_with(&clone, &["check", "--since", "HEAD"], &[]);
    assert_eq!(found, ["unknown-reference"]);
    assert!(said.starts_with("Compared with HEAD ("), "{said}");
    // A name that stands for something elsewhere is known although its record did not change.
    let old = "incidents/2023/01/2023-01-02-first/incident.md";
    commit(
        &clone,
        old,
        &record(&[]).replace("2024-05-01", "2023-01-02").replace("timeline:", "aliases: [2023-01-01-zero]\ntimeline:"),
    );
    clone.file(CHECKOUT, &record(&[]).replace("timeline:", "related: {recurrence_of: [2023-01-01-zero]}\ntimeline:"));
    assert_eq!(rules(&clone, &["check", "--since", "HEAD"]), [""; 0]);
}

#[test]
fn a_build_server_compares_with_the_branch_a_change_is_meant_for() {
    let origin = merged("server", &[POOL]);
    let clone = Clone::of(&[], origin.root.to_str().unwrap(), scratch("history-server-clone"));
    clone.git(&["switch", "--quiet", "-c", "work"]);
    commit(&clone, CHECKOUT, &record(&[CACHE]));
    commit(&clone, SEARCH, &record(&[]));
    for variables in [
        &[("CI", "true"), ("GITHUB_BASE_REF", "main")][..],
        &[("CI", "true"), ("CI_MERGE_REQUEST_TARGET_BRANCH_NAME", "main")],
        &[("CI", "true")],
    ] {
        let (found, said, code) = check_with(&clone, &["check"], variables);
        assert_eq!((found.as_slice(), code), (&["changed-entry".to_owned()][..], 1), "{variables:?}: {said}");
        assert!(said.contains("where this work left origin/"), "{said}");
    }
    // What others cannot have read yet is compared without a word.
    let (found, said, _) = check_with(&clone, &["check"], &[]);
    assert_eq!((found.as_slice(), said.as_str()), (&["changed-entry".to_owned()][..], ""));
    // On the main branch the last commit is what is new.
    commit(&origin, CHECKOUT, &record(&[CACHE]));
    let (found, said, _) = check_with(&origin, &["check"], &[("CI", "true")]);
    assert_eq!(found, ["changed-entry"]);
    assert!(said.contains("the commit before this one"), "{said}");
}

#[test]
fn an_adopted_repository_is_judged_from_its_adoption_on() {
    let clone = merged("adopted", &[POOL]);
    commit(&clone, CHECKOUT, &record(&[CACHE]));
    let adoption = clone.git(&["rev-parse", "HEAD"]);
    commit(&clone, "incident.yaml", &format!("{CONFIG}rules: {{history: {{since: {adoption}}}}}\n"));
    assert_eq!(rules(&clone, &FULL), [""; 0]);
    clone.file(CHECKOUT, &record(&[]));
    assert_eq!(rules(&clone, &FULL), ["removed-entry"]);
    assert_eq!(rules(&clone, &["check", "--since", "HEAD~2"]), ["removed-entry"]);
}

#[test]
fn a_day_of_adoption_needs_no_commit() {
    let clone = merged("adopted-on", &[POOL]);
    commit(&clone, CHECKOUT, &record(&[CACHE]));
    let since = |day: &str| clone.file("incident.yaml", &format!("{CONFIG}rules: {{history: {{since: {day}}}}}\n"));
    since("2999-01-01");
    assert_eq!(rules(&clone, &FULL), [""; 0]);
    since("2000-01-01");
    assert_eq!(rules(&clone, &FULL), ["changed-entry"]);
    since("2024-13-01");
    let (found, said, _) = check_with(&clone, &FULL, &[]);
    assert!(found == ["changed-entry"] && said.contains("no commit of this clone and no day"), "{found:?} {said}");
}

#[test]
fn without_a_past_everything_else_is_checked() {
    let unborn = Clone::unborn("history-unborn");
    unborn.file("incident.yaml", CONFIG).file(CHECKOUT, &record(&[(1, "maar", "x y")]));
    assert_eq!(rules(&unborn, &["check"]), ["unknown-reference"]);
    let (_, said, code) = check_with(&unborn, &["check", "--since", "HEAD"], &[]);
    assert!(code == 2 && said.contains("there is no commit yet"), "{said}");
    let (_, said, code) = check_with(&merged("unknown", &[]), &["check", "--since", "nothing"], &[]);
    assert!(code == 2 && said.contains("`nothing` is no commit"), "{said}");
}

#[test]
fn outside_of_a_repository_there_is_no_history() {
    let folder = std::env::temp_dir().join(format!("git-incident-no-repository-{}", std::process::id()));
    let clone = Clone { root: folder };
    clone.file("incident.yaml", CONFIG).file(CHECKOUT, &record(&[]));
    let plain = check_with(&clone, &["check"], &[]);
    let asked = check_with(&clone, &FULL, &[]);
    std::fs::remove_dir_all(Path::new(&clone.root)).unwrap();
    assert_eq!((plain.0.len(), plain.2), (0, 0), "{}", plain.1);
    assert!(asked.2 == 2 && asked.1.contains("there is no git repository"), "{}", asked.1);
}

#[test]
fn files_that_a_sparse_checkout_leaves_out_are_not_deleted() {
    let clone = merged("sparse", &[POOL]);
    commit(&clone, "incidents/2023/05/2023-05-01-search-down/incident.md", &record(&[]).replace("2024-05", "2023-05"));
    clone.git(&["sparse-checkout", "set", "--no-cone", "/incident.yaml", "/incidents/2024/"]);
    assert!(!clone.root.join("incidents/2023").exists());
    assert_eq!(rules(&clone, &["check"]), [""; 0]);
    assert_eq!(rules(&clone, &FULL), [""; 0]);
}

#[test]
fn a_credential_that_was_removed_is_still_in_the_history() {
    let clone = merged("secret", &[]);
    let leaked = record(&[(1, "mara", "Reproduced with password=q7Rt2vX9bK4m there.")]);
    clone.git(&["switch", "--quiet", "-c", "work"]);
    commit(&clone, CHECKOUT, &leaked);
    commit(&clone, CHECKOUT, &record(&[]));
    assert_eq!(rules(&clone, &["check", "--since", "main"]), ["secret-in-record"]);
    assert_eq!(rules(&clone, &FULL), ["secret-in-record", "removed-entry"]);
    // While it stands there it is reported at its place, once.
    clone.file(CHECKOUT, &leaked);
    assert_eq!(rules(&clone, &["check", "--since", "main"]), ["secret-in-record"]);
}

#[test]
fn no_output_shows_a_credential() {
    let (removed, present) = ("h4Xw9cN2sV7q", "Zk3nW8pL5tYc");
    let clone = merged("credentials", &[(0, "mara", &format!("password={removed}"))]);
    let wrong = format!("title: Checkout fails\npassword={present}: x\ncause: {{category: token={present}}}");
    let now = record(&[(0, "mara", "It works with another one.")]).replace("title: Checkout fails", &wrong);
    commit(&clone, CHECKOUT, &now);
    let (rules, ..) = check_with(&clone, &FULL, &[]);
    for rule in ["secret-in-record", "unknown-key", "unknown-value", "changed-entry"] {
        assert!(rules.iter().any(|found| found == rule), "{rules:?}");
    }
    for format in ["text", "json", "sarif", "junit", "github", "gitlab"] {
        let mut command = clone.command(env!("CARGO_BIN_EXE_git-incident"));
        let output = command.args(FULL).args(["--format", format, "--as-of", "2024-05-01T12:00:00Z"]).output().unwrap();
        let shown = String::from_utf8([output.stdout, output.stderr].concat()).unwrap();
        assert!(shown.contains("looks like a credential") && shown.contains("looked like a credential"), "{shown}");
        assert!(!shown.contains(&removed[..6]) && !shown.contains(&present[..6]), "{format}: {shown}");
    }
}

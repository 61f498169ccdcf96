//! What `illegal-step` makes of branches that were joined. Folders of versions are one line, so this past is written by hand.

use std::sync::Arc;

use git_incident::check::{self, Options};
use git_incident::record::archive::{Archive, Memory};
use git_incident::record::history::{History, Step, Version};

use crate::rules::{CONFIG, EXAMPLE_PATH};
use crate::versions;

/// The past of one postmortem.
#[derive(Default)]
struct Branches {
    history: History,
    commits: usize,
}

impl Branches {
    /// A commit that makes a front matter of what its parents said. The first has the id `11111111`.
    fn commit(&mut self, before: &[&Arc<Version>], front: &str) -> Arc<Version> {
        let commit = Arc::new(versions::commit(&(self.commits + 1).to_string()));
        let text = format!("---\n{front}\n---\n\nText {}.\n", commit.id).into();
        let after = Arc::new(Version::new(commit, postmortem().into(), text));
        self.step(before, Some(&after));
        after
    }

    fn step(&mut self, before: &[&Arc<Version>], after: Option<&Arc<Version>>) {
        self.commits += 1;
        let commit = Arc::new(versions::commit(&self.commits.to_string()));
        let before = before.iter().copied().cloned().collect();
        self.history.add(Step { commit, before, after: after.cloned() }, true);
    }

    /// What the rule says of the postmortem as it is now, up to the first comma.
    fn found(&self, now: &str) -> Vec<String> {
        let incident = "---\ntitle: Checkout fails\ntimeline:\n  - {at: 2024-05-01T09:50:00Z, by: mara, status: investigating}\n---\n";
        let now = format!("---\n{now}\n---\n");
        let files = [("incident.yaml", CONFIG), (EXAMPLE_PATH, incident), (&postmortem(), &now)];
        let files = files.map(|(path, text)| (path.to_owned(), text.to_owned()));
        let archive = Archive::load(&Memory(files.into())).unwrap();
        let as_of = "2026-01-01T00:00:00Z".parse().unwrap();
        let report = check::run_with(&archive, &self.history, &Options { as_of, ..Options::default() });
        let found = report.diagnostics.iter().filter(|found| found.rule == "illegal-step");
        found.map(|found| found.message.split([',', '(']).next().unwrap().trim().to_owned()).collect()
    }
}

fn postmortem() -> String {
    EXAMPLE_PATH.replace("incident.md", "postmortem.md")
}

const DRAFT: &str = "status: draft";
const IN_REVIEW: &str = "status: in_review";
const APPROVED: &str = "status: approved";
const PUBLISHED: &str = "status: published";

#[test]
fn what_a_branch_skipped_is_found_at_its_commit_and_not_at_the_merge() {
    let mut past = Branches::default();
    let draft = past.commit(&[], DRAFT);
    let published = past.commit(&[&draft], PUBLISHED);
    let meanwhile = past.commit(&[&draft], DRAFT);
    past.commit(&[&meanwhile, &published], PUBLISHED);
    assert_eq!(past.found(PUBLISHED), ["the postmortem went from `draft` to `published` with 22222222"]);
}

#[test]
fn a_later_step_on_the_branch_that_gave_way_hides_nothing() {
    let mut past = Branches::default();
    let draft = past.commit(&[], DRAFT);
    let published = past.commit(&[&draft], PUBLISHED);
    let in_review = past.commit(&[&draft], IN_REVIEW);
    past.commit(&[&published, &in_review], PUBLISHED);
    assert_eq!(past.found(PUBLISHED), ["the postmortem went from `draft` to `published` with 22222222"]);
}

#[test]
fn a_merge_may_go_on_from_either_side() {
    let mut past = Branches::default();
    let draft = past.commit(&[], DRAFT);
    let in_review = past.commit(&[&draft], IN_REVIEW);
    let meanwhile = past.commit(&[&draft], DRAFT);
    past.commit(&[&meanwhile, &in_review], APPROVED);
    assert_eq!(past.found(APPROVED), [""; 0]);

    let mut past = Branches::default();
    let draft = past.commit(&[], DRAFT);
    let in_review = past.commit(&[&draft], IN_REVIEW);
    let meanwhile = past.commit(&[&draft], DRAFT);
    past.commit(&[&meanwhile, &in_review], PUBLISHED);
    assert_eq!(past.found(PUBLISHED), ["the postmortem went from `draft` to `published` with 44444444"]);
}

#[test]
fn a_state_that_only_one_side_had_left_was_there_before() {
    let mut past = Branches::default();
    let published = past.commit(&[], PUBLISHED);
    let in_review = past.commit(&[&published], DRAFT);
    let meanwhile = past.commit(&[&published], PUBLISHED);
    let merged = past.commit(&[&in_review, &meanwhile], IN_REVIEW);
    past.commit(&[&merged], PUBLISHED);
    assert_eq!(past.found(PUBLISHED), [""; 0]);
}

#[test]
fn approvals_that_one_side_had_already_are_not_given_on_the_way() {
    let approved =
        |status: &str| format!("{status}\napprovals: [{{by: wei, as: service_owner, at: 2024-05-10T09:00:00Z}}]");
    let mut past = Branches::default();
    let in_review = past.commit(&[], IN_REVIEW);
    past.commit(&[&in_review], &approved(PUBLISHED));
    assert_eq!(past.found(&approved(PUBLISHED)), [""; 0]);

    let mut past = Branches::default();
    let in_review = past.commit(&[], IN_REVIEW);
    let meanwhile = past.commit(&[&in_review], IN_REVIEW);
    let signed = past.commit(&[&in_review], &approved(IN_REVIEW));
    past.commit(&[&meanwhile, &signed], &approved(PUBLISHED));
    let expected = ["the postmortem went from `in_review` to `published` with 44444444"];
    assert_eq!(past.found(&approved(PUBLISHED)), expected);
}

#[test]
fn a_step_counts_before_it_is_committed() {
    let mut past = Branches::default();
    past.commit(&[], DRAFT);
    assert_eq!(past.found(PUBLISHED), ["the postmortem went from `draft` to `published`"]);
    assert_eq!(past.found(IN_REVIEW), [""; 0]);
}

#[test]
fn a_postmortem_that_was_deleted_and_written_again_has_its_past() {
    let mut past = Branches::default();
    let draft = past.commit(&[], DRAFT);
    let published = past.commit(&[&draft], PUBLISHED);
    past.step(&[&published], None);
    past.commit(&[], PUBLISHED);
    assert_eq!(past.found(PUBLISHED), ["the postmortem went from `draft` to `published` with 22222222"]);
}

#[test]
fn an_action_without_an_id_is_no_other_action() {
    let action = |id: &str, status: &str| format!("{{{id}title: Limit the pool, owner: mara, status: {status}}}");
    let actions = |all: &[String]| format!("{DRAFT}\nactions: [{}]", all.join(", "));
    let mut past = Branches::default();
    past.commit(&[], &actions(&[action("", "done"), action("id: pool, ", "open")]));
    assert_eq!(past.found(&actions(&[action("id: pool, ", "in_progress")])), [""; 0]);
    assert_eq!(past.found(&actions(&[action("id: pool, ", "wont_do")])), [""; 0]);
    let mut past = Branches::default();
    past.commit(&[], &actions(&[action("id: pool, ", "done")]));
    let expected = ["`pool` went from `done` to `in_progress`"];
    assert_eq!(past.found(&actions(&[action("id: pool, ", "in_progress")])), expected);
}

//! What is remembered of records that are over, so that one open incident is found fast among thousands.

use std::fs::File;
use std::time::{Duration, SystemTime};

use super::responder::{Responder, scratch};

const MANY: usize = 501;

fn record(title: &str, status: &str) -> String {
    format!("---\ntitle: {title}\ntimeline:\n  - at: 2024-05-01T09:00:00Z\n    by: mara\n    status: {status}\n---\n")
}

fn path(n: usize) -> String {
    format!("incidents/2024/05/2024-05-01-old-{n}/incident.md")
}

#[test]
fn a_record_that_was_over_counts_again_when_it_is_opened_by_hand() {
    let mara = Responder::new(scratch("over"), "Mara Ito");
    mara.git(&["init", "--quiet"]);
    mara.file("incident.yaml", "people: [{id: mara, name: Mara Ito}]\n");
    let an_hour_ago = SystemTime::now() - Duration::from_secs(3600);
    for n in 0..MANY {
        mara.file(&path(n), &record("Old", "resolved"));
        File::options().write(true).open(mara.root.join(path(n))).unwrap().set_modified(an_hour_ago).unwrap();
    }
    let open = || mara.run(&["list"]).stdout;
    assert_eq!(open(), "Nothing is open.\n");
    let remembered = mara.read(".git/incident-over");
    assert_eq!(remembered.lines().filter(|line| line.ends_with(" resolved")).count(), MANY);

    mara.file(&path(7), &record("Old", "triage"));
    assert!(open().contains("2024-05-01-old-7"), "{}", open());
    // As long as before, and with the time of before: a tool that copies files may leave them so.
    mara.file(&path(9), &record("O", "identified"));
    File::options().write(true).open(mara.root.join(path(9))).unwrap().set_modified(an_hour_ago).unwrap();
    let list = open();
    assert!(list.contains("2024-05-01-old-7") && list.contains("2024-05-01-old-9"), "{list}");

    mara.file(".git/incident-over", &remembered[..remembered.len() / 2]);
    assert_eq!(open(), list, "half of a memory is no harm");
}

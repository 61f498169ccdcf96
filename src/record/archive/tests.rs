use super::*;

#[test]
fn a_replaced_file_counts_as_if_all_were_read_again() {
    let record = |role: &str| {
        format!("---\ntitle: x\ntimeline:\n  - {{at: 2024-05-01T09:00:00Z, by: mara, roles: {{{role}: mara}}}}\n---\n")
    };
    let at = |id: &str, file: &str| format!("incidents/2024/05/{id}/{file}");
    let (a, b) = (at("2024-05-01-a", "incident.md"), at("2024-05-02-b", "incident.md"));
    let mut tree = Memory([(a.clone(), record("pilot")), (CONFIG_PATH.to_owned(), String::new())].into());
    let mut archive = Archive::load(&tree).unwrap();
    let steps = [
        (b.clone(), Some(record("scribe"))),
        (at("2024-05-01-a", "postmortem.md"), Some("---\nstatus: draft\n---\n".to_owned())),
        (at("2024-05-01-a", "pool.png"), Some("x".to_owned())),
        // A role of the organisation makes a record right that was wrong.
        (CONFIG_PATH.to_owned(), Some("roles: [pilot]\n".to_owned())),
        (a.clone(), Some(record("pilto"))),
        (b, None),
        (a, None),
        (CONFIG_PATH.to_owned(), None),
        (lifecycle::PATH.to_owned(), Some("incident: {initial: [], states: {odd: {}}, transitions: []}\n".to_owned())),
        (lifecycle::PATH.to_owned(), None),
    ];
    for (path, text) in steps {
        archive.replace(&path, text.clone().map(String::into_bytes));
        match text {
            Some(text) => tree.0.insert(path.clone(), text),
            None => tree.0.remove(&path),
        };
        let expected = Archive::load(&tree).unwrap();
        assert_eq!(format!("{archive:#?}"), format!("{expected:#?}"), "after {path}");
    }
}

#[test]
fn a_configuration_that_is_being_written_leaves_the_records_alone() {
    let path = "incidents/2024/05/2024-05-01-a/incident.md".to_owned();
    let record = "---\ntitle: x\ntimeline:\n  - {at: 2024-05-01T09:00:00Z, by: mara, roles: {pilot: mara}}\n---\n";
    let config = "roles: [pilot]\n";
    let tree = Memory([(path, record.to_owned()), (CONFIG_PATH.to_owned(), config.to_owned())].into());
    let mut archive = Archive::load(&tree).unwrap();
    archive.replace(CONFIG_PATH, Some(b"roles: [pilot\n".to_vec()));
    assert!(!archive.config.readable);
    assert_eq!(archive.records[0].problems, []);
}

#[test]
fn a_lifecycle_that_is_being_written_leaves_the_one_before() {
    let mut archive = Archive::load(&Memory([].into())).unwrap();
    for half in ["incident: {initial: [", "incident: {}"] {
        archive.replace(lifecycle::PATH, Some(half.into()));
        assert_eq!(archive.problems.len(), 1, "{half}");
        assert!(archive.lifecycle.incident.is_live("triage"));
    }
    archive.replace(lifecycle::PATH, None);
    assert_eq!(archive.problems, []);
}

#[cfg(unix)]
#[test]
fn the_stamps_on_a_shelf_are_those_of_the_files() {
    let root = std::env::temp_dir().join(format!("git-incident-stamps-{}", std::process::id()));
    let tree = FolderTree::new(&root);
    for (folder, text) in [("shelf", "here"), ("shelf/a", "a"), ("shelf/b", "of b")] {
        std::fs::create_dir_all(root.join(folder)).unwrap();
        std::fs::write(root.join(folder).join("incident.md"), text).unwrap();
    }
    std::os::unix::fs::symlink("incident.md", root.join("shelf/a/link.md")).unwrap();
    let stamps = tree.stamps("shelf");
    for (folder, size) in [(".", 4), ("a", 1), ("b", 4)] {
        let stamp = stamps(folder, "incident.md");
        assert_eq!(stamp, tree.stamp(&format!("shelf/{folder}/incident.md")));
        assert_eq!(stamp.map(|stamp| stamp.size), Some(size), "{folder}");
    }
    assert_eq!((stamps("a", "link.md"), stamps("a", "drill.md"), stamps("c", "incident.md")), (None, None, None));
    assert_eq!(tree.stamps("elsewhere")("a", "incident.md"), None);
    drop(stamps);
    std::fs::remove_dir_all(root).unwrap();
}

//! `init`.

use super::responder::{Responder, scratch};

#[test]
fn a_new_archive_is_clean_and_ready() {
    // Outside of every repository, so that `init` makes one.
    let folder = std::env::temp_dir().join(format!("git-incident-init-{}", std::process::id()));
    let zoe = Responder::new(folder, "Zoë Ito");
    let run = zoe.run(&["init", "--example"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stdout.contains("  wrote     incident.yaml\n") && run.stdout.contains("\nNext:\n"), "{}", run.stdout);
    let check = zoe.run(&["check"]);
    assert_eq!((check.code, check.stdout.as_str()), (0, "Checked 4 records: no problems.\n"));
    assert!(zoe.read("incident.yaml").contains("{id: zoe, name: Zoë Ito}"));
    assert!(zoe.run(&["list"]).stdout.contains("stale-search"));
    assert_eq!(zoe.run(&["build"]).code, 0);
    zoe.git(&["add", "."]);
    zoe.git(&["commit", "--quiet", "-m", "init"]);
    assert_eq!(zoe.run(&["update", "search", "-m", "Index rebuilt"]).code, 0);
    assert_eq!(
        zoe.git(&["check-attr", "merge", "incidents/2024/05/x/incident.md"]),
        "incidents/2024/05/x/incident.md: merge: git-incident"
    );
    std::fs::remove_dir_all(&zoe.root).unwrap();
}

#[test]
fn nothing_that_is_there_is_overwritten() {
    let mara = Responder::new(scratch("init-again"), "Mara Ito");
    mara.git(&["init", "--quiet"]);
    mara.file("incident.yaml", "site: {title: Mine}\n").file(".gitlab-ci.yml", "mine").file(".gitignore", "target");
    let run = mara.run(&["init"]);
    assert!(
        run.stdout.contains("kept      .gitlab-ci.yml") && run.stdout.contains("extended  .gitignore"),
        "{}",
        run.stdout
    );
    assert_eq!(mara.read(".gitlab-ci.yml"), "mine");
    assert_eq!(mara.read("incident.yaml"), "site: {title: Mine}\n");
    assert_eq!(mara.read(".gitignore"), "target\n/public/\n/internal/\n");
    mara.run(&["init"]);
    assert_eq!(mara.read(".gitignore"), "target\n/public/\n/internal/\n");
    let example = mara.run(&["init", "--example"]);
    assert!(example.code == 2 && example.stderr.contains("the example is for a new archive"), "{}", example.stderr);
}

#[test]
fn a_folder_of_a_larger_repository_has_no_ci_of_its_own() {
    let mara = Responder::new(scratch("init-below"), "Mara Ito");
    mara.git(&["init", "--quiet"]);
    let run = mara.run(&["init", "ops/status"]);
    assert!(run.stdout.contains("Continuous integration was left out"), "{}", run.stdout);
    assert!(!mara.root.join("ops/status/.github").exists() && mara.root.join("ops/status/incident.yaml").exists());
}

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

#[test]
fn below_an_archive_only_its_merge_driver_is_set_up() {
    let mara = Responder::new(scratch("init-inside"), "Mara Ito");
    mara.git(&["init", "--quiet"]);
    let first = mara.run(&["init"]).stdout;
    assert!(first.contains("  wrote     .gitattributes\n"), "{first}");
    mara.git(&["add", "."]);
    mara.git(&["commit", "--quiet", "-m", "init"]);
    mara.git(&["config", "--remove-section", "merge.git-incident"]);
    let run = mara.run(&["-C", "incidents", "init"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stdout.starts_with("  found     the archive in ") && run.stdout.contains("  set up    the merge"),
        "{}",
        run.stdout
    );
    assert!(mara.git(&["config", "merge.git-incident.driver"]).contains("git-incident merge-driver"));
    assert_eq!(mara.git(&["status", "--porcelain"]), "", "nothing else is there");
    let example = mara.run(&["-C", "incidents", "init", "--example"]);
    assert!(example.code == 2 && example.stderr.contains("is one already"), "{}", example.stderr);
}

#[test]
fn where_no_archive_can_be_is_said() {
    let mara = Responder::new(scratch("init-nowhere"), "Mara Ito");
    mara.git(&["init", "--quiet", "--bare", "bare.git"]);
    let bare = mara.run(&["init", "bare.git"]);
    assert!(bare.code == 2 && bare.stderr.contains("has no work tree"), "{}", bare.stderr);
    assert!(!mara.root.join("bare.git/.git").exists());
    mara.file("afile", "x");
    let file = mara.run(&["init", "afile"]);
    assert!(file.code == 2 && file.stderr.contains("afile is a file, and an archive is a folder"), "{}", file.stderr);
}

#[test]
fn outside_of_a_repository_or_an_archive_the_way_in_is_named() {
    let folder = std::env::temp_dir().join(format!("git-incident-outside-{}", std::process::id()));
    let mara = Responder::new(folder, "Mara Ito");
    assert!(mara.run(&["list"]).stderr.contains("`git incident init` makes a new archive here"));
    mara.file("incident.yaml", "people: [{id: mara, name: Mara Ito}]\n");
    let run = mara.run(&["new", "Checkout fails", "--severity", "sev3", "--no-commit"]);
    assert!(run.code == 2 && run.stderr.contains("there is no git repository at "), "{}", run.stderr);
    assert!(run.stderr.contains("`git incident init` makes one"), "{}", run.stderr);
    std::fs::remove_dir_all(&mara.root).unwrap();
}

//! What the README shows is what the program does.

use std::path::Path;
use std::process::Command;

const README: &str = include_str!("../../README.md");

/// The blocks of a language, without their fences.
fn blocks(language: &str) -> impl Iterator<Item = &str> {
    let fence = format!("\n```{language}\n");
    README.split(&fence).skip(1).map(|rest| rest.split("\n```").next().unwrap_or(rest)).collect::<Vec<_>>().into_iter()
}

#[test]
fn console_blocks_show_what_the_program_prints() {
    let mut commands = 0;
    for block in blocks("console") {
        let (command, expected) = block.split_once('\n').unwrap();
        let args = command.strip_prefix("$ git incident ").unwrap().split(' ');
        let output = Command::new(env!("CARGO_BIN_EXE_git-incident"))
            .args(args)
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .output()
            .unwrap();
        assert_eq!(String::from_utf8(output.stdout).unwrap().trim_end(), expected.trim_end(), "{command}");
        commands += 1;
    }
    assert!(commands > 0, "the README shows no command");
}

#[test]
fn links_lead_to_files() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let targets = README.split("](").skip(1).filter_map(|rest| rest.split(')').next());
    for target in targets.filter(|target| !target.starts_with("http")) {
        assert!(root.join(target).exists(), "{target}");
    }
}

#[test]
fn the_number_of_rules_is_right() {
    let count = git_incident::check::rules::RULES.len();
    assert!(README.contains(&format!("There are [{count} rules]")), "there are {count} rules");
}

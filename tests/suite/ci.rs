//! The files that run the program elsewhere name commands and flags that it has.

use clap::Parser;
use git_incident::cli::Cli;
use serde_yaml::Value;

const FILES: [(&str, &str, usize); 4] = [
    (".pre-commit-hooks.yaml", include_str!("../../.pre-commit-hooks.yaml"), 2),
    ("action.yml", include_str!("../../action.yml"), 2),
    ("init/files/github.yml", include_str!("../../src/commands/init/files/github.yml"), 2),
    ("init/files/gitlab.yml", include_str!("../../src/commands/init/files/gitlab.yml"), 4),
];

#[test]
fn every_command_of_a_ci_file_can_be_run() {
    for (file, text, expected) in FILES {
        // `init` fills in a branch, which cannot begin with `@` in YAML.
        let yaml: Value =
            serde_yaml::from_str(&text.replace("@BRANCH@", "main")).unwrap_or_else(|e| panic!("{file}: {e}"));
        let commands = commands(&yaml);
        assert_eq!(commands.len(), expected, "{file}: {commands:?}");
        for command in commands {
            if let Err(error) = Cli::try_parse_from(words(&command)) {
                panic!("{file}: `{command}`: {error}");
            }
        }
    }
}

#[test]
fn the_action_uses_every_input_that_it_describes() {
    let text = include_str!("../../action.yml");
    let action: Value = serde_yaml::from_str(text).unwrap();
    for (name, input) in action["inputs"].as_mapping().unwrap() {
        let name = name.as_str().unwrap();
        assert!(text.contains(&format!("inputs.{name}")), "{name} is never used");
        assert!(input["description"].as_str().is_some() && input["default"].as_str().is_some(), "{name}");
    }
    for used in text.split("inputs.").skip(1) {
        let name: String = used.chars().take_while(|c| c.is_alphanumeric()).collect();
        assert!(action["inputs"].get(name.as_str()).is_some(), "{name} is no input");
    }
}

/// The lines below any key that run the program.
fn commands(yaml: &Value) -> Vec<String> {
    match yaml {
        Value::Sequence(items) => items.iter().flat_map(commands).collect(),
        Value::Mapping(map) => map.iter().flat_map(|(_, value)| commands(value)).collect(),
        Value::String(text) => text
            .lines()
            .map(str::trim)
            .filter(|line| line.starts_with("git incident ") || line.starts_with("git-incident "))
            .map(str::to_owned)
            .collect(),
        _ => Vec::new(),
    }
}

/// The words of a command, up to what the shell does with its output or exit code. What a list stands for is left out.
fn words(command: &str) -> Vec<String> {
    let command = command.replace("git incident", "git-incident");
    let words =
        command.split_whitespace().take_while(|word| !word.contains(['|', '>'])).filter(|word| !word.contains("[@]"));
    words.map(|word| word.trim_matches('"').to_owned()).collect()
}

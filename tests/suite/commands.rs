//! Commands that read, as a person at a terminal sees them. A folder of `tests/commands` is an archive with a transcript:
//! each line that begins with `$ ` is run there, and what follows is what it prints, and how it ends where that is not 0.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// The folders with a transcript.
fn transcripts() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/commands");
    let entries = walkdir::WalkDir::new(root).sort_by_file_name().into_iter().map(Result::unwrap);
    entries.filter(|entry| entry.file_name() == TRANSCRIPT).map(|entry| entry.path().to_path_buf()).collect()
}

const TRANSCRIPT: &str = "transcript.txt";

#[test]
fn every_transcript_is_what_the_commands_print() {
    let all = transcripts();
    assert!(all.len() > 5, "{all:?}");
    for transcript in all {
        let written = fs::read_to_string(&transcript).unwrap();
        let lines: Vec<&str> = written.lines().filter(|line| line.starts_with("$ ")).collect();
        assert!(!lines.is_empty(), "{}: no command", transcript.display());
        let folder = transcript.parent().unwrap();
        let now: Vec<String> = lines.iter().map(|line| format!("{line}\n{}", run(folder, line))).collect();
        snapbox::assert_data_eq!(now.join("\n"), snapbox::Data::read_from(&transcript, None).raw());
    }
}

/// What a command prints. It need not be installed for git to find it.
fn run(folder: &Path, line: &str) -> String {
    let words = shlex(line.strip_prefix("$ git incident").unwrap_or_else(|| panic!("{line}")));
    let output = Command::new(env!("CARGO_BIN_EXE_git-incident"))
        .args(&words)
        .current_dir(folder)
        .env_remove("SOURCE_DATE_EPOCH")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let mut said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    if let Some(code) = output.status.code().filter(|code| *code != 0) {
        said += &format!("[ends with {code}]\n");
    }
    said
}

/// Words as a shell splits them, with double quotes.
fn shlex(line: &str) -> Vec<String> {
    let parts = line.split('"').enumerate();
    let words = parts.flat_map(|(n, part)| match n % 2 {
        0 => part.split_whitespace().map(str::to_owned).collect(),
        _ => vec![part.to_owned()],
    });
    words.collect()
}

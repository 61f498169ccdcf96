//! Many responders at once, in clones of one remote that a git server has.

use crate::git::push::{Daemon, serve};

use super::responder::{CHECKOUT, Responder, scratch, with_incident};

/// Clones of a bare repository that has one incident. The server ends with the last value.
pub fn clones(test: &str, names: &[&'static str]) -> (Vec<Responder>, String, Option<Daemon>) {
    let seed = with_incident(&format!("{test}-seed"));
    let folder = scratch(test);
    let (server, address) = serve(&folder).unzip();
    let address = address.unwrap_or_else(|| folder.display().to_string()) + "/remote.git";
    let remote = Responder::new(folder.join("remote.git"), "Mara Ito");
    remote.git(&["init", "--quiet", "--bare"]);
    seed.git(&["push", "--quiet", folder.join("remote.git").to_str().unwrap(), "main"]);
    let clone = |(i, name): (usize, &&'static str)| clone(&address, &format!("{test}/{i}"), name);
    (names.iter().enumerate().map(clone).collect(), address, server)
}

pub fn clone(address: &str, folder: &str, name: &'static str) -> Responder {
    let clone = Responder::new(scratch(folder), name);
    clone.git(&["clone", "--quiet", address, "."]);
    clone
}

/// All write at the same second, which is the hardest to keep apart.
const NOW: Option<&str> = Some("2024-05-01T10:00:00Z");
const CLONES: usize = 10;
const UPDATES: usize = 5;

#[test]
fn fifty_updates_at_once_from_ten_clones_lose_nothing() {
    let (clones, address, _server) = clones("crowd", &["Mara Ito", "Wei Chen"].repeat(CLONES / 2));
    std::thread::scope(|scope| {
        for (who, clone) in clones.iter().enumerate() {
            for update in 0..UPDATES {
                scope.spawn(move || {
                    let run = clone.run_at(NOW, &["update", "-m", &format!("note {who}-{update}."), "--push"]);
                    let waits = run.stderr.contains("committed here, but not pushed")
                        && run.stderr.contains("the next update with `--push` brings it");
                    assert!(run.code == 0 || waits, "{who}-{update}: {}", run.stderr);
                });
            }
        }
    });
    // What was left behind, if anything was, comes with the next update.
    for clone in &clones {
        if !clone.git(&["rev-list", "@{upstream}..HEAD"]).is_empty() {
            let run = clone.run_at(NOW, &["update", "-m", "And one more.", "--push"]);
            assert_eq!(run.code, 0, "{}", run.stderr);
        }
    }

    let fresh = clone(&address, "crowd/fresh", "Mara Ito");
    let text = fresh.read(CHECKOUT);
    for who in 0..CLONES {
        for update in 0..UPDATES {
            assert_eq!(text.matches(&format!("note {who}-{update}.")).count(), 1, "{who}-{update} in\n{text}");
        }
    }
    let check = fresh.faults(NOW);
    assert!(check.code == 0 && check.stdout.contains("no problems"), "{}", check.stdout);
    for clone in &clones {
        assert_eq!(clone.git(&["status", "--porcelain"]), "");
    }
}

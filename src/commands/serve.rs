//! `git incident serve`.

use std::io::Write;
use std::path::{Path, PathBuf};

use jiff::Timestamp;

use super::timings::in_words;
use super::{TEMPLATES, audience, find_root, parse_time};
use crate::check;
use crate::diagnostic::{Level, terminal};
use crate::error::Error;
use crate::git;
use crate::record::archive::{Archive, CONFIG_PATH, RECORDS};
use crate::record::lifecycle;
use crate::record::time::Time;
use crate::serve::{self, Event};
use crate::site::audience::Audience;
use crate::text::count::counted;

mod live;
mod origins;

use live::Live;

/// Preview the site on this machine, and reload the browser after every save
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The port; without one, the first free port from 8000 on.
    #[arg(short, long)]
    port: Option<u16>,

    /// Who it is for: `public`, or `internal` for the pages of the people who respond, too.
    #[arg(long, value_name = "AUDIENCE", default_value = Audience::Public.name(), value_parser = audience())]
    audience: Audience,

    /// The time that counts as now; without one, the clock at each build.
    #[arg(long, value_name = "TIME", value_parser = parse_time)]
    as_of: Option<Time>,
}

pub fn run(args: Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    let mut watch = [CONFIG_PATH, RECORDS, TEMPLATES, lifecycle::PATH].map(|path| root.join(path)).to_vec();
    let head = match args.audience {
        Audience::Public => Vec::new(),
        Audience::Internal => git::repo::where_head_moves(&root),
    };
    watch.extend(head.iter().cloned());
    let options = serve::Options { port: args.port, watch, ignore: Vec::new() };
    let live = Live::new(root.clone(), args.audience, args.as_of, head.clone());
    let tell = move |event| tell(event, &root, &head);
    serve::run(&options, live, tell).map_err(|e| Error::new(e.to_string()))?;
    Ok(0)
}

/// The report of `check`, if there are errors.
fn errors(archive: &Archive, as_of: Timestamp) -> Result<Option<String>, String> {
    let options = check::Options { as_of, ..check::Options::default() };
    let mut report = check::run(archive, &options);
    report.diagnostics.retain(|found| found.level == Level::Error);
    if report.diagnostics.is_empty() {
        return Ok(None);
    }
    let mut text = Vec::new();
    terminal::write(&report.without_credentials(), &mut anstream::StripStream::new(&mut text))
        .map_err(|e| e.to_string())?;
    Ok(Some(String::from_utf8_lossy(&text).into_owned()))
}

/// Whether a file tells only of commits.
fn is_of_head(file: &Path, head: &[PathBuf]) -> bool {
    head.iter().any(|path| file.starts_with(path))
}

/// Progress on the terminal.
fn tell(event: Event, root: &Path, head: &[PathBuf]) {
    let mut out = anstream::stdout();
    let changed = |files: &serve::Changed| match files.iter().next() {
        None => String::new(),
        Some(first) => {
            let first = first.strip_prefix(root).unwrap_or(first).display();
            let more = files.len() - 1;
            if more == 0 { format!("{first}: ") } else { format!("{first} and {}: ", counted(more, "other")) }
        }
    };
    // A preview goes on when its terminal is gone.
    let _ = match &event {
        // Whoever commits is told by git.
        Event::Built { changed, .. } if !changed.is_empty() && changed.iter().all(|file| is_of_head(file, head)) => {
            Ok(())
        }
        Event::Listening(address) => writeln!(out, "Serving on http://{address}/ (Ctrl-C ends it)"),
        Event::Built { changed: files, took } => writeln!(out, "{}shown after {}", changed(files), in_words(*took)),
        Event::Failed { changed: files, diagnostics } => {
            writeln!(out, "{}errors; the last site that could be built stays up\n\n{diagnostics}", changed(files))
        }
        Event::Judged { diagnostics: None } => Ok(()),
        Event::Judged { diagnostics: Some(diagnostics) } => {
            writeln!(out, "errors in what is shown; `build` or `check` would refuse it\n\n{diagnostics}")
        }
        Event::WatchTrouble(why) => writeln!(out, "warning: {why}"),
    };
}

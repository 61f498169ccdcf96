//! What readers may know, for programs, without making the pages. The same documents as those of the site, through the same
//! projection and the same last look for what is internal.

use jiff::Timestamp;

use super::audience::Audience;
use super::builtin::{Files, Overrides};
use super::leaks::Guard;
use super::machine::{event, metrics};
use super::{Projection, SiteError, health, refuse_unreadable};
use crate::record::archive::Archive;

/// One line for each event that readers know, the newest first: what its `index.json` says.
///
/// # Errors
///
/// A public record cannot be read in full, or something internal would be shown.
pub fn events(archive: &Archive, as_of: Timestamp) -> Result<String, SiteError> {
    refuse_unreadable(archive)?;
    let site = Projection::of(archive, as_of);
    let lines = (0..site.events.len()).map(|place| serde_json::to_string(&event::Document::new(&site, place)));
    let lines = lines.map(|line| Ok(line? + "\n")).collect::<Result<String, serde_json::Error>>()?;
    looked_through(archive, "events.jsonl", lines)
}

/// What the site's `metrics` says.
///
/// # Errors
///
/// As for the events.
pub fn metrics(archive: &Archive, as_of: Timestamp) -> Result<String, SiteError> {
    refuse_unreadable(archive)?;
    let site = Projection::of(archive, as_of);
    looked_through(archive, metrics::PATH, metrics::text(&site, &health::of(&site)))
}

fn looked_through(archive: &Archive, name: &str, text: String) -> Result<String, SiteError> {
    let files = Files::new(&Overrides::default(), Audience::Public)?;
    let guard = Guard::of(archive, &files);
    let suspicion = guard.suspicion(name, text.as_bytes());
    guard.judge(suspicion.iter().map(|suspicion| (name, suspicion)))?;
    Ok(text)
}

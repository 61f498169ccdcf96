//! Which records may owe something.

use std::collections::BTreeSet;

use jiff::Timestamp;
use rayon::prelude::*;

use crate::record::Kind;
use crate::record::archive::{self, RECORDS, Tree, TreeError};
use crate::response::settled::{Judge, Texts};

/// The folders that may owe something as of `now`. What is settled for certain is only glanced at; whatever is in doubt is among them.
///
/// # Errors
///
/// The tree, its configuration or its lifecycle cannot be read.
pub fn folders(tree: &dyn Tree, now: Timestamp) -> Result<BTreeSet<String>, TreeError> {
    let (lifecycle, config) = (archive::load_lifecycle(tree)?, archive::load_config(tree)?);
    let waived: BTreeSet<&str> =
        config.waivers.iter().filter_map(|waiver| Some(&*waiver.record.as_ref()?.value)).collect();
    let judge = Judge { config: &config, lifecycle: &lifecycle, now };
    let is_settled = |folder: &str| {
        let (Some(postmortem), Some(event)) = (tree.text(folder, Kind::Postmortem), event_of(tree, folder)) else {
            return false;
        };
        let event = event.as_ref().map(|(kind, text)| (*kind, text.as_str()));
        judge.is_settled(Texts { event, postmortem: postmortem.as_deref() })
    };
    let folders = tree.record_folders(RECORDS)?;
    let id = |folder: &str| waived.contains(folder.rsplit('/').next().unwrap_or(folder));
    let owing = folders.par_iter().filter(|folder| id(folder) || !is_settled(folder));
    Ok(owing.map(ToString::to_string).collect())
}

/// The incident, maintenance or drill of a folder. `None` where one cannot be read.
fn event_of(tree: &dyn Tree, folder: &str) -> Option<Option<(Kind, String)>> {
    for kind in [Kind::Incident, Kind::Maintenance, Kind::Drill] {
        if let Some(text) = tree.text(folder, kind)? {
            return Some(Some((kind, text)));
        }
    }
    Some(None)
}

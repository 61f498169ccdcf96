//! Three timelines into one, entry by entry.

use crate::record::lifecycle::Machine;

use super::cut::{Entry, Timeline};
use super::render::Hunk;
use super::weave::{Alike, Strand, strands, weave};
use super::{lines, one_changed, statuses};

/// An entry at its place in the result.
struct Placed<'v, 'a> {
    ours: Option<&'v Entry<'a>>,
    theirs: Option<&'v Entry<'a>>,
    /// The version that counts. `None` where both sides edited it.
    merged: Option<&'v Entry<'a>>,
    /// To be shown as a conflict.
    disputed: bool,
}

/// `None` where both sides rearranged the entries, or wrote the key itself differently.
pub fn merge<'a>(
    base: &Timeline<'a>,
    ours: &Timeline<'a>,
    theirs: &Timeline<'a>,
    machine: Option<&Machine>,
    conflicts: &mut Vec<String>,
) -> Option<Vec<Hunk<'a>>> {
    let head = lines(base.head, ours.head, theirs.head)?;
    let tail = lines(base.tail, ours.tail, theirs.tail)?;
    let all = strands(&base.entries, &ours.entries, &theirs.entries, alike);
    let rank = |s: &Strand| s.ours.map(|i| ours.entries[i].rank()).or(s.theirs.map(|i| theirs.entries[i].rank()));
    let order = weave(&all, |a, b| rank(a) < rank(b))?;
    let mut placed: Vec<Placed<'_, 'a>> = order.iter().filter_map(|strand| place(strand, base, ours, theirs)).collect();
    for entry in placed.iter().filter(|entry| entry.disputed) {
        let [at, by] = entry.ours.or(entry.theirs).map(|entry| entry.signature.clone()).unwrap_or_default();
        conflicts.push(format!("the entry of {at} by {by} was changed on both sides"));
    }
    if let Some(machine) = machine {
        dispute_statuses(&mut placed, machine, ours, theirs, conflicts);
    }
    let mut hunks = vec![Hunk::Own(head)];
    hunks.extend(placed.chunk_by(|a, b| a.disputed && b.disputed).map(hunk));
    hunks.push(Hunk::Own(tail));
    Some(hunks)
}

fn alike(a: &Entry<'_>, b: &Entry<'_>) -> Alike {
    if a.text == b.text {
        Alike::Same
    } else if a.signature == b.signature {
        Alike::Edited
    } else {
        Alike::Different
    }
}

/// `None` where the entry is removed.
fn place<'v, 'a>(
    strand: &Strand,
    base: &'v Timeline<'a>,
    ours: &'v Timeline<'a>,
    theirs: &'v Timeline<'a>,
) -> Option<Placed<'v, 'a>> {
    let base = strand.base.map(|i| &base.entries[i]);
    let ours = strand.ours.map(|i| &ours.entries[i]);
    let theirs = strand.theirs.map(|i| &theirs.entries[i]);
    let text = |entry: Option<&Entry<'a>>| entry.map(|entry| entry.text);
    match one_changed(text(base), text(ours), text(theirs)) {
        None => Some(Placed { ours, theirs, merged: None, disputed: true }),
        Some(None) => None,
        Some(text) => {
            let merged = [ours, theirs].into_iter().flatten().find(|entry| Some(entry.text) == text);
            Some(Placed { ours, theirs, merged, disputed: false })
        }
    }
}

/// Disputes the entries whose statuses cannot follow each other although each side by itself was in order.
fn dispute_statuses(
    placed: &mut [Placed<'_, '_>],
    machine: &Machine,
    ours: &Timeline<'_>,
    theirs: &Timeline<'_>,
    conflicts: &mut Vec<String>,
) {
    let one_sided = |entry: &Placed<'_, '_>| entry.ours.is_none() || entry.theirs.is_none();
    // Where an entry is disputed anyway, its status is not known yet.
    let Some(merged) = placed.iter().map(|entry| entry.merged).collect::<Option<Vec<_>>>() else { return };
    for clash in statuses::clashes(machine, &merged, &ours.entries, &theirs.entries) {
        let from = clash.previous.unwrap_or(clash.entry);
        let both = from.min(clash.entry)..=from.max(clash.entry);
        let place = if placed[both.clone()].iter().all(one_sided) {
            both
        } else if one_sided(&placed[clash.entry]) {
            clash.entry..=clash.entry
        } else {
            from..=from
        };
        placed[place].iter_mut().for_each(|entry| entry.disputed = true);
        conflicts.push(clash.message);
    }
}

/// Neighbours that are disputed share their markers.
fn hunk<'a>(placed: &[Placed<'_, 'a>]) -> Hunk<'a> {
    match placed {
        [Placed { merged: Some(entry), disputed: false, .. }] => Hunk::Text(entry.text),
        disputed => Hunk::Conflict {
            ours: disputed.iter().filter_map(|entry| entry.ours).map(|entry| entry.text).collect(),
            theirs: disputed.iter().filter_map(|entry| entry.theirs).map(|entry| entry.text).collect(),
        },
    }
}

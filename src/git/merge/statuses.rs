//! Whether the statuses of two sides can stand in one timeline.

use crate::record::lifecycle::{Machine, Step};
use crate::record::replay;

use super::cut::Entry;

/// A status that cannot follow the one before it.
#[derive(Debug)]
pub struct Clash {
    /// Indices into the merged timeline.
    pub entry: usize,
    pub previous: Option<usize>,
    pub message: String,
}

/// The steps of the merged timeline that neither side has taken and that the lifecycle does not allow.
pub fn clashes(machine: &Machine, merged: &[&Entry<'_>], ours: &[Entry<'_>], theirs: &[Entry<'_>]) -> Vec<Clash> {
    let taken: Vec<(Option<&str>, &str)> = [ours, theirs]
        .into_iter()
        .flat_map(|side| {
            let side: Vec<&Entry<'_>> = side.iter().collect();
            steps(&side).into_iter().map(move |(from, to)| (status(&side, from), side[to].text)).collect::<Vec<_>>()
        })
        .collect();
    steps(merged)
        .into_iter()
        .filter(|(from, to)| !taken.contains(&(status(merged, *from), merged[*to].text)))
        .filter_map(|(previous, entry)| {
            let from = status(merged, previous);
            let to = merged[entry].status.as_deref().filter(|to| machine.state(to).is_some())?;
            let allowed = match machine.step(from, to) {
                Step::Free | Step::FreeUnlessMajor => true,
                Step::NeedsReason => merged[entry].has_reason,
                Step::Illegal => false,
            };
            let from = from.unwrap_or("nothing");
            let message = format!("one side went to `{to}`, which cannot follow the other side's `{from}`");
            (!allowed).then_some(Clash { entry, previous, message })
        })
        .collect()
}

/// Every entry with a status, with the one before it, in the order in which they happened.
fn steps(entries: &[&Entry<'_>]) -> Vec<(Option<usize>, usize)> {
    let order = replay::order_of(entries.iter().map(|entry| (entry.at, entry.backfill)));
    let with_status: Vec<usize> = order.into_iter().filter(|i| entries[*i].status.is_some()).collect();
    let before = std::iter::once(None).chain(with_status.iter().copied().map(Some));
    before.zip(with_status.iter().copied()).collect()
}

fn status<'e>(entries: &[&'e Entry<'_>], index: Option<usize>) -> Option<&'e str> {
    entries[index?].status.as_deref()
}

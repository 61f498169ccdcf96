//! Which records know of each other.

use crate::record::{Record, Target};

/// Whether one of them names the other, by its id or by one it had.
pub fn are_linked(a: &Record, b: &Record) -> bool {
    names(a, b) || names(b, a)
}

fn names(from: &Record, to: &Record) -> bool {
    from.references.iter().filter(|reference| reference.target == Target::Incident).any(|reference| {
        let name = reference.name.value.as_str();
        name == &*to.id || to.aliases().iter().any(|alias| alias.value == name)
    })
}

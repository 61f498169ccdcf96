//! A postmortem with the state it is in, and what that state asks for.

use super::Record;
use super::incident::Incident;
use super::index::Index;
use super::lifecycle::{Approvals, Requirements};
use super::postmortem::Postmortem;
use super::shape::canonical_role;
use super::time::Time;
use super::timeline::Text;
use crate::text::span::Spanned;

#[derive(Clone, Copy, Debug)]
pub struct Review<'a> {
    pub record: &'a Record,
    pub postmortem: &'a Postmortem,
    pub status: &'a Text,
}

impl<'a> Review<'a> {
    pub fn of(record: &'a Record) -> Option<Self> {
        let postmortem = record.postmortem()?;
        Some(Self { record, postmortem, status: postmortem.status.as_ref()? })
    }

    pub fn is_published(&self) -> bool {
        self.status.value == "published"
    }

    /// Others may read it: it is more than a draft.
    pub fn is_shown(&self) -> bool {
        self.status.value != "draft"
    }

    /// The records that it looks back on: the one beside it, and those that it names.
    pub fn covered<'c>(&self, index: &Index<'c>) -> Vec<&'c Record> {
        let named = self.postmortem.incidents.iter().filter_map(|id| index.event(&id.value));
        index.archive.event(&self.record.id).into_iter().chain(named).collect()
    }

    /// Whether it has to be a full one: that of a major or a security incident.
    pub fn is_full(&self, index: &Index<'_>) -> bool {
        let covered = self.covered(index);
        covered
            .iter()
            .any(|record| index.archive.is_major(record) || record.incident().is_some_and(Incident::is_security))
    }

    /// What its state asks for.
    pub fn requirements<'c>(&self, index: &Index<'c>) -> Vec<&'c Requirements> {
        let Some(state) = index.archive.lifecycle.postmortem.state(&self.status.value) else {
            return Vec::new();
        };
        let full = self.is_full(index).then_some(&state.major);
        std::iter::once(&state.requires).chain(full).collect()
    }
    /// The earliest time at which it had the approvals that its state asks for: before that nobody could publish it. A
    /// second approval by the same role, after an amendment, does not count.
    pub fn approved(&self, index: &Index<'_>) -> Option<Spanned<Time>> {
        let first = |role: Option<&str>| {
            let of_role = self.postmortem.approvals.iter().filter(|approval| {
                role.is_none_or(|role| {
                    approval.role.as_ref().is_some_and(|given| canonical_role(&given.value) == canonical_role(role))
                })
            });
            of_role.filter_map(|approval| approval.at).min_by_key(|at| at.value)
        };
        let needed = self.requirements(index).into_iter().filter_map(|required| required.approvals.as_ref());
        let times = needed.flat_map(|approvals| match approvals {
            Approvals::Any(_) => vec![first(None)],
            Approvals::Roles(roles) => roles.iter().map(|role| first(Some(role))).collect(),
        });
        times.flatten().max_by_key(|at| at.value)
    }
}

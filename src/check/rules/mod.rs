//! The rules. A new one is a file here, its name in both lists below, and a folder `tests/rules/NAME`; the compiler and
//! the tests notice what is forgotten.

use super::Rule;

mod ambiguous_yaml;
mod anchor_or_alias;
mod broken_link;
mod changed_entry;
mod conflict_markers;
mod deleted_record;
mod duplicate_id;
mod duplicate_key;
mod entry_after_close;
mod file_too_large;
mod illegal_step;
mod illegal_transition;
mod implausible_time;
mod invalid_id;
mod invalid_time;
mod invalid_yaml;
mod late_record;
mod late_reopen;
mod line_endings;
mod misnamed_record;
mod missing_field;
mod missing_front_matter;
mod missing_reason;
mod mixed_offsets;
mod moved_due_date;
mod open_impact;
mod outside_repository;
mod reference_cycle;
mod removed_entry;
mod renamed_record;
mod reordered_entries;
mod retired_service;
mod service_removed;
mod shallow_clone;
mod skipped_monitoring;
mod time_order;
mod unknown_key;
pub(super) mod unknown_reference;
mod unknown_value;
mod unmet_gate;
mod unresolved_duplicate;
mod widened_visibility;
mod window_order;
mod wrong_type;
mod zero_duration;

/// Every rule, family by family.
pub static RULES: &[&Rule] = &[
    // format
    &invalid_yaml::RULE,
    &missing_front_matter::RULE,
    &unknown_key::RULE,
    &duplicate_key::RULE,
    &wrong_type::RULE,
    &unknown_value::RULE,
    &missing_field::RULE,
    &invalid_time::RULE,
    &ambiguous_yaml::RULE,
    &anchor_or_alias::RULE,
    &conflict_markers::RULE,
    &line_endings::RULE,
    &file_too_large::RULE,
    &outside_repository::RULE,
    // identity
    &invalid_id::RULE,
    &misnamed_record::RULE,
    &duplicate_id::RULE,
    &unknown_reference::RULE,
    &retired_service::RULE,
    &reference_cycle::RULE,
    &broken_link::RULE,
    // lifecycle
    &illegal_transition::RULE,
    &missing_reason::RULE,
    &skipped_monitoring::RULE,
    &late_reopen::RULE,
    &entry_after_close::RULE,
    &open_impact::RULE,
    &unmet_gate::RULE,
    &unresolved_duplicate::RULE,
    // time
    &time_order::RULE,
    &implausible_time::RULE,
    &zero_duration::RULE,
    &mixed_offsets::RULE,
    // action
    &moved_due_date::RULE,
    // visibility
    &widened_visibility::RULE,
    // history
    &changed_entry::RULE,
    &removed_entry::RULE,
    &reordered_entries::RULE,
    &late_record::RULE,
    &deleted_record::RULE,
    &renamed_record::RULE,
    &illegal_step::RULE,
    &shallow_clone::RULE,
    // catalogue
    &service_removed::RULE,
    // maintenance
    &window_order::RULE,
];

/// The rule of a name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

pub fn names() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.name)
}

/// What most rules need.
mod prelude {
    pub use crate::check::{Check, Context, Family, Findings, Nature, Rule};
    pub use crate::diagnostic::Level;
    pub use crate::record::Record;
}

//! The rules. A new one is a file here, its name in both lists below, and a folder `tests/rules/NAME`; the compiler and
//! the tests notice what is forgotten.

use super::Rule;

mod action_declined;
mod action_due;
mod action_evidence;
mod action_owner;
mod action_ticket;
mod action_vague;
mod ambiguous_yaml;
mod anchor_or_alias;
mod assessment_incomplete;
mod blaming_words;
mod broken_link;
mod broken_promise;
mod changed_entry;
mod conflict_markers;
mod contradicting_update;
mod custody_gap;
mod customer_noticed_first;
mod deleted_record;
mod drill_is_public;
mod drill_result;
mod duplicate_entry;
mod duplicate_id;
mod duplicate_key;
mod early_start;
mod empty_entry;
mod empty_section;
mod entry_after_close;
mod expired_waiver;
mod file_too_large;
mod finding_undisposed;
mod hidden_characters;
mod illegal_step;
mod illegal_transition;
mod implausible_time;
mod internal_name_in_public;
mod invalid_id;
mod invalid_time;
mod invalid_yaml;
mod known_risk;
mod late_escalation;
mod late_first_update;
mod late_postmortem;
mod late_record;
mod late_reopen;
mod line_endings;
mod misnamed_record;
mod missed_cadence;
mod missing_channel;
mod missing_field;
mod missing_front_matter;
mod missing_parties;
mod missing_reason;
mod missing_section;
mod missing_translation;
mod mixed_offsets;
mod moved_due_date;
mod never_announced;
mod no_final_update;
mod no_incident_manager;
mod no_preventive_action;
mod obligation_unassessed;
mod one_person_two_jobs;
mod open_impact;
mod open_todo;
mod outside_repository;
mod overlapping_maintenance;
mod overrun;
mod pending_action;
mod personal_data;
mod postmortem_required;
mod raw_html;
mod reference_cycle;
mod removed_entry;
mod renamed_record;
mod reordered_entries;
mod required_role;
mod response_not_reviewed;
mod retired_service;
mod secret_in_record;
mod security_milestones;
mod security_not_private;
mod service_owner;
mod service_removed;
mod severity_criteria;
mod shallow_clone;
mod short_notice;
mod skipped_monitoring;
mod time_order;
mod unacknowledged_escalation;
mod unapproved;
mod unchanged_value;
mod unknown_key;
pub(super) mod unknown_reference;
mod unknown_value;
mod unmet_gate;
mod unresolved_duplicate;
mod unsupported_fact;
mod unused_breach;
mod unused_waiver;
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
    // timeline
    &empty_entry::RULE,
    &duplicate_entry::RULE,
    &unchanged_value::RULE,
    &open_todo::RULE,
    &pending_action::RULE,
    &unsupported_fact::RULE,
    // severity
    &severity_criteria::RULE,
    &assessment_incomplete::RULE,
    &customer_noticed_first::RULE,
    // people
    &no_incident_manager::RULE,
    &required_role::RULE,
    &one_person_two_jobs::RULE,
    &missing_channel::RULE,
    // communication
    &late_first_update::RULE,
    &missed_cadence::RULE,
    &broken_promise::RULE,
    &never_announced::RULE,
    &no_final_update::RULE,
    &contradicting_update::RULE,
    &late_escalation::RULE,
    &unacknowledged_escalation::RULE,
    &missing_translation::RULE,
    // postmortem
    &postmortem_required::RULE,
    &missing_section::RULE,
    &empty_section::RULE,
    &unapproved::RULE,
    &missing_parties::RULE,
    &blaming_words::RULE,
    &no_preventive_action::RULE,
    &response_not_reviewed::RULE,
    &late_postmortem::RULE,
    // action
    &action_owner::RULE,
    &action_due::RULE,
    &action_vague::RULE,
    &action_ticket::RULE,
    &action_evidence::RULE,
    &action_declined::RULE,
    &moved_due_date::RULE,
    &known_risk::RULE,
    &finding_undisposed::RULE,
    // security
    &security_milestones::RULE,
    &custody_gap::RULE,
    &obligation_unassessed::RULE,
    &security_not_private::RULE,
    // visibility
    &widened_visibility::RULE,
    &secret_in_record::RULE,
    &personal_data::RULE,
    &internal_name_in_public::RULE,
    &raw_html::RULE,
    &hidden_characters::RULE,
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
    &service_owner::RULE,
    &unused_waiver::RULE,
    &expired_waiver::RULE,
    &service_removed::RULE,
    &unused_breach::RULE,
    // maintenance
    &window_order::RULE,
    &short_notice::RULE,
    &early_start::RULE,
    &overrun::RULE,
    &overlapping_maintenance::RULE,
    // drill
    &drill_result::RULE,
    &drill_is_public::RULE,
];

/// Whether what a rule finds depends on what was merged before.
fn compares_with_the_past(rule: &Rule) -> bool {
    let others = [
        &moved_due_date::RULE,
        &secret_in_record::RULE,
        &service_removed::RULE,
        &unapproved::RULE,
        &widened_visibility::RULE,
    ];
    rule.family == super::Family::History || others.iter().any(|other| other.name == rule.name)
}

/// The rule of a name.
pub fn find(name: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.name == name)
}

pub fn names() -> impl Iterator<Item = &'static str> {
    RULES.iter().map(|rule| rule.name)
}

/// The names that a level can be set for: rules, and families for all of their rules.
pub fn settable() -> impl Iterator<Item = &'static str> {
    names().chain(RULES.iter().map(|rule| rule.family.name()))
}

/// What most rules need.
mod prelude {
    pub use crate::check::{Check, Context, Family, Findings, Nature, Rule};
    pub use crate::diagnostic::Level;
    pub use crate::record::Record;
    pub use crate::record::history::History;
}

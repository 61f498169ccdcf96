//! What a response owes and what it still needs, as messages of the catalogue. A new kind of either does not compile
//! before it has its words here.

use super::phrase::{Phrase, Value};
use crate::response::checklist::{Need, Says};
use crate::response::{Limit, Reason, Task};

impl<'a> From<&'a Task> for Phrase<'a> {
    fn from(task: &'a Task) -> Self {
        match task {
            Task::TellCustomers(limit) => limited("task_tell_customers", limit),
            Task::TellCustomersAgain(limit) => limited("task_tell_customers_again", limit),
            Task::KeepPromise => Self::plain("task_keep_promise"),
            Task::TellManagement(limit) => limited("task_tell_management", limit),
            Task::TakeCommand => Self::plain("task_take_command"),
            Task::FillRoles { severity, roles } => {
                let roles = Value::Terms("role_", roles.iter().map(String::as_str).collect());
                Self::with("task_fill_roles", [("severity", Value::Name(severity)), ("roles", roles)])
            }
            Task::OpenChannels { severity, channels } => {
                let channels = Value::Terms("channel_", channels.iter().map(String::as_str).collect());
                Self::with("task_open_channels", [("severity", Value::Name(severity)), ("channels", channels)])
            }
            Task::DecideOn(Some(finding)) => Self::with("task_decide_on", [("finding", Value::Text(finding))]),
            Task::DecideOn(None) => Self::plain("task_decide_on_nameless"),
            Task::WritePostmortem(reason) => write(reason),
            Task::PublishPostmortem(status) => {
                Self::with("task_publish_postmortem", [("status", Value::Terms("postmortem_", vec![status]))])
            }
            Task::Finish(Some(action)) => Self::with("task_finish", [("action", Value::Text(action))]),
            Task::Finish(None) => Self::plain("task_finish_nameless"),
            Task::AssessObligations => Self::plain("task_assess_obligations"),
            Task::Assess(Some(regime)) => Self::with("task_assess", [("regime", Value::Text(regime))]),
            Task::Assess(None) => Self::plain("task_assess_nameless"),
            Task::SendNotice(Some(regime)) => Self::with("task_send_notice", [("regime", Value::Text(regime))]),
            Task::SendNotice(None) => Self::plain("task_send_notice_nameless"),
            Task::StartMaintenance => Self::plain("task_start_maintenance"),
            Task::EndMaintenance => Self::plain("task_end_maintenance"),
            Task::RenewWaiver(rule) => Self::with("task_renew_waiver", [("rule", Value::Name(rule))]),
        }
    }
}

fn limited<'a>(key: &'static str, limit: &'a Limit) -> Phrase<'a> {
    Phrase::with(key, [("severity", Value::Name(&limit.severity)), ("limit", Value::Minutes(limit.minutes))])
}

fn write(reason: &Reason) -> Phrase<'_> {
    match reason {
        Reason::Severity(severity) => {
            Phrase::with("task_write_postmortem_severity", [("severity", Value::Name(severity))])
        }
        Reason::DataLost => Phrase::plain("task_write_postmortem_data_lost"),
        Reason::DataBreached => Phrase::plain("task_write_postmortem_data_breached"),
        Reason::NoticedByCustomers => Phrase::plain("task_write_postmortem_customers"),
        Reason::LongerThan(limit) => Phrase::with("task_write_postmortem_long", [("limit", Value::Minutes(*limit))]),
    }
}

impl<'a> From<&'a Need> for Phrase<'a> {
    fn from(need: &'a Need) -> Self {
        match need {
            Need::Noticed => Self::plain("need_noticed"),
            Need::Declared => Self::plain("need_declared"),
            Need::HowNoticed => Self::plain("need_how_noticed"),
            Need::Channel(channel) => Self::Just(Value::Terms("channel_", vec![channel])),
            Need::Channels => Self::plain("need_channels"),
            Need::Severity => Self::plain("need_severity"),
            Need::Assessment => Self::plain("need_assessment"),
            Need::ColleaguesTold => Self::plain("need_colleagues_told"),
            Need::CustomersTold => Self::plain("need_customers_told"),
            Need::Answer(who) => Self::with("need_answer", [("who", Value::Party(who))]),
            Need::ManagementTold => Self::plain("need_management_told"),
            Need::Role(role) => Self::Just(Value::Terms("role_", vec![role])),
            Need::Resolved => Self::plain("need_resolved"),
            Need::ImpactEnded => Self::plain("need_impact_ended"),
            Need::LastWord => Self::plain("need_last_word"),
            Need::FollowUps => Self::plain("need_follow_ups"),
            Need::Postmortem => Self::plain("need_postmortem"),
        }
    }
}

impl<'a> From<&'a Says> for Phrase<'a> {
    fn from(says: &'a Says) -> Self {
        match says {
            Says::At(time) => Self::Just(Value::At(*time)),
            Says::CalledAt(time) => Self::with("says_called_at", [("time", Value::At(*time))]),
            Says::DueAt(time) => Self::with("says_due_at", [("time", Value::At(*time))]),
            Says::WasDueAt(time) => Self::with("says_was_due_at", [("time", Value::At(*time))]),
            Says::Person(person) => Self::Just(Value::Person(person)),
            Says::Place(text) | Says::Severity(text) | Says::Postmortem(text) => Self::Just(Value::Text(text)),
            Says::Detection(method) => Self::Just(Value::Terms("detection_", vec![method])),
            Says::Answered { answered, asked, is_minor } => {
                let key = if *is_minor { "says_answered_minor" } else { "says_answered" };
                Self::with(key, [("answered", Value::Count(*answered)), ("asked", Value::Count(*asked))])
            }
            Says::AsksForNone(severity) => Self::with("says_asks_for_none", [("severity", Value::Name(severity))]),
            Says::Internal => Self::plain("says_internal"),
            Says::Restricted => Self::plain("says_restricted"),
            Says::CustomersCannotRead => Self::plain("says_customers_cannot_read"),
            Says::CustomersWereNeverTold => Self::plain("says_customers_were_never_told"),
            Says::NobodyWasAffected => Self::plain("says_nobody_was_affected"),
            Says::OverBefore => Self::plain("says_over_before"),
            Says::NoneWereNoted => Self::plain("says_none_were_noted"),
            Says::AllAreSettled => Self::plain("says_all_are_settled"),
            Says::NeedsNone => Self::plain("says_needs_none"),
        }
    }
}

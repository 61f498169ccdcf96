//! The numbers, as keys of the catalogue. A new one does not compile before it has its words here.

use crate::metrics::compliance::Duty;
use crate::metrics::interval::Why;
use crate::metrics::measure::Measure;
use crate::metrics::moment::Moment;

/// What a measure is called, and from what to what it counts.
pub const fn measure(measure: Measure) -> [&'static str; 2] {
    match measure {
        Measure::Detect => ["measure_detect", "measure_detect_counted"],
        Measure::Acknowledge => ["measure_acknowledge", "measure_acknowledge_counted"],
        Measure::Declare => ["measure_declare", "measure_declare_counted"],
        Measure::TellCustomers => ["measure_tell_customers", "measure_tell_customers_counted"],
        Measure::TellStakeholders => ["measure_tell_stakeholders", "measure_tell_stakeholders_counted"],
        Measure::Identify => ["measure_identify", "measure_identify_counted"],
        Measure::Contain => ["measure_contain", "measure_contain_counted"],
        Measure::Mitigate => ["measure_mitigate", "measure_mitigate_counted"],
        Measure::Recover => ["measure_recover", "measure_recover_counted"],
        Measure::FullRecovery => ["measure_full_recovery", "measure_full_recovery_counted"],
        Measure::Resolve => ["measure_resolve", "measure_resolve_counted"],
        Measure::Respond => ["measure_respond", "measure_respond_counted"],
        Measure::FixDeployment => ["measure_fix_deployment", "measure_fix_deployment_counted"],
        Measure::AnswerEscalation => ["measure_answer_escalation", "measure_answer_escalation_counted"],
        Measure::Silence => ["measure_silence", "measure_silence_counted"],
        Measure::PublishPostmortem => ["measure_publish_postmortem", "measure_publish_postmortem_counted"],
        Measure::Record => ["measure_record", "measure_record_counted"],
    }
}

/// Why an incident says nothing about a measure.
pub const fn why(why: Why) -> &'static str {
    match why {
        Why::Missing(moment) => missing(moment),
        Why::Contradictory => "why_contradictory",
        Why::Unreadable => "why_unreadable",
        Why::Running => "why_running",
        Why::Backfilled => "why_backfilled",
        Why::Estimated => "why_estimated",
        Why::Uncommitted => "why_uncommitted",
        Why::DoesNotApply => "why_does_not_apply",
    }
}

const fn missing(moment: Moment) -> &'static str {
    match moment {
        Moment::ImpactStart => "why_no_impact_start",
        Moment::Detection => "why_no_detection",
        Moment::Acknowledgement => "why_no_acknowledgement",
        Moment::Declaration => "why_no_declaration",
        Moment::PublicMessage => "why_no_public_message",
        Moment::Containment => "why_no_containment",
        Moment::Mitigation => "why_no_mitigation",
        Moment::ImpactEnd => "why_no_impact_end",
        Moment::Resolution => "why_no_resolution",
        Moment::Deployment => "why_no_deployment",
        Moment::Answer => "why_no_answer",
        Moment::Approval => "why_no_approval",
        Moment::Commit => "why_no_commit",
    }
}

/// What was due.
pub const fn deadline(duty: Duty) -> &'static str {
    match duty {
        Duty::FirstUpdate => "duty_first_update",
        Duty::Cadence => "duty_next_update",
        Duty::Promise => "duty_promised_update",
        Duty::Escalation => "duty_escalation",
        Duty::Notice => "duty_obligation",
    }
}

//! What is measured of an incident.

/// What is measured. The names are those of `--json` and do not change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    Detect,
    Acknowledge,
    Declare,
    TellCustomers,
    TellStakeholders,
    Identify,
    Contain,
    Mitigate,
    Recover,
    FullRecovery,
    Resolve,
    Respond,
    FixDeployment,
    AnswerEscalation,
    Silence,
    PublishPostmortem,
    Record,
}

impl Measure {
    pub const ALL: [Self; 17] = [
        Self::Detect,
        Self::Acknowledge,
        Self::Declare,
        Self::TellCustomers,
        Self::TellStakeholders,
        Self::Identify,
        Self::Contain,
        Self::Mitigate,
        Self::Recover,
        Self::FullRecovery,
        Self::Resolve,
        Self::Respond,
        Self::FixDeployment,
        Self::AnswerEscalation,
        Self::Silence,
        Self::PublishPostmortem,
        Self::Record,
    ];

    /// Those that are always shown, also where nothing is known of them.
    pub const HEADLINES: [Self; 6] =
        [Self::Detect, Self::Acknowledge, Self::TellCustomers, Self::Mitigate, Self::Recover, Self::Resolve];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Detect => "detect",
            Self::Acknowledge => "acknowledge",
            Self::Declare => "declare",
            Self::TellCustomers => "tell_customers",
            Self::TellStakeholders => "tell_stakeholders",
            Self::Identify => "identify",
            Self::Contain => "contain",
            Self::Mitigate => "mitigate",
            Self::Recover => "recover",
            Self::FullRecovery => "full_recovery",
            Self::Resolve => "resolve",
            Self::Respond => "respond",
            Self::FixDeployment => "fix_deployment",
            Self::AnswerEscalation => "answer_escalation",
            Self::Silence => "silence",
            Self::PublishPostmortem => "publish_postmortem",
            Self::Record => "record",
        }
    }

    pub fn of_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|measure| measure.name() == name)
    }

    /// Whether it says something about how people responded, which a record made afterwards cannot.
    pub const fn is_about_the_response(self) -> bool {
        match self {
            Self::Acknowledge
            | Self::Declare
            | Self::TellCustomers
            | Self::TellStakeholders
            | Self::Identify
            | Self::Contain
            | Self::Respond
            | Self::AnswerEscalation
            | Self::Silence
            | Self::PublishPostmortem
            | Self::Record => true,
            Self::Detect
            | Self::Mitigate
            | Self::Recover
            | Self::FullRecovery
            | Self::Resolve
            | Self::FixDeployment => false,
        }
    }

    /// Whether it is only settled when the incident is over: until then it may be reopened, or hurt again.
    pub const fn waits_for_the_end(self) -> bool {
        matches!(
            self,
            Self::Mitigate
                | Self::Recover
                | Self::FullRecovery
                | Self::Resolve
                | Self::Respond
                | Self::FixDeployment
                | Self::Silence
                | Self::PublishPostmortem
        )
    }
}

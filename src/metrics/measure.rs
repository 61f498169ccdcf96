//! What is measured of an incident, in names and words.

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

    /// In a few words, for people.
    pub const fn title(self) -> &'static str {
        match self {
            Self::Detect => "detect",
            Self::Acknowledge => "acknowledge",
            Self::Declare => "declare",
            Self::TellCustomers => "tell customers",
            Self::TellStakeholders => "tell stakeholders",
            Self::Identify => "identify the cause",
            Self::Contain => "contain",
            Self::Mitigate => "mitigate",
            Self::Recover => "recover",
            Self::FullRecovery => "full recovery",
            Self::Resolve => "resolve",
            Self::Respond => "time in response",
            Self::FixDeployment => "undo a deployment",
            Self::AnswerEscalation => "answer an escalation",
            Self::Silence => "longest silence",
            Self::PublishPostmortem => "publish a postmortem",
            Self::Record => "record an entry",
        }
    }

    /// From what to what it is counted.
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Detect => "from the start of impact to its detection",
            Self::Acknowledge => "from detection until somebody took it on",
            Self::Declare => "from detection to declaration",
            Self::TellCustomers => "from declaration, or the first severity if later, to the first public message",
            Self::TellStakeholders => "from detection to the first time that stakeholders were told, where they were",
            Self::Identify => "from detection to status identified, where that came before the mitigation",
            Self::Contain => "from detection to containment, of security incidents",
            Self::Mitigate => "from the start of impact to mitigation",
            Self::Recover => "time with impact: overlapping impact once, quiet time between reopenings not at all",
            Self::FullRecovery => "from the first start of impact to its last end",
            Self::Resolve => "from the start of impact to the last resolution",
            Self::Respond => "time in which it was live, each episode of a reopened one",
            Self::FixDeployment => "from the deployment that caused it to the end of impact",
            Self::AnswerEscalation => "from an escalation to its answer",
            Self::Silence => "the longest time between public messages while it was live",
            Self::PublishPostmortem => {
                "from the last resolution to the approval with which its postmortem was published"
            }
            Self::Record => "from what happened to the commit that tells of it, for each entry",
        }
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

//! The moments that a record may lack.

use std::fmt;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Moment {
    ImpactStart,
    Detection,
    Acknowledgement,
    Declaration,
    PublicMessage,
    Containment,
    Mitigation,
    ImpactEnd,
    Resolution,
    Deployment,
    /// To an escalation.
    Answer,
    /// With which a postmortem was published.
    Approval,
    /// That an entry came with.
    Commit,
}

impl fmt::Display for Moment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::ImpactStart => "the start of impact",
            Self::Detection => "the detection",
            Self::Acknowledgement => "who took it on",
            Self::Declaration => "the declaration",
            Self::PublicMessage => "a public message",
            Self::Containment => "the containment",
            Self::Mitigation => "the mitigation",
            Self::ImpactEnd => "the end of impact",
            Self::Resolution => "the resolution",
            Self::Deployment => "the deployment",
            Self::Answer => "an answer",
            Self::Approval => "the approval of its postmortem",
            Self::Commit => "its commit",
        })
    }
}

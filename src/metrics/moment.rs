//! The moments that a record may lack.

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

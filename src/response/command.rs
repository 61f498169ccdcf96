//! Who commands an incident, and where nobody did.

use super::stage;
use crate::record::archive::Archive;
use crate::record::lifecycle::Machine;
use crate::record::time::Time;
use crate::record::timeline::Entry;
use crate::record::{Record, steps};
use crate::text::span::Span;

/// The role of whoever commands.
pub const ROLE: &str = "incident_manager";

/// Minutes that a handover in two steps may take.
pub const HANDOVER: u64 = 5;

/// Who commanded when, as far as it went wrong.
#[derive(Debug, Default)]
pub struct Command<'a> {
    pub gaps: Vec<Gap>,
    /// The entry with a state that began without anybody in command and never got one, and that state.
    pub uncommanded: Option<(&'a Entry, Span)>,
}

/// A time in which nobody commanded, longer than a handover takes.
#[derive(Debug)]
pub struct Gap {
    /// Where the role was given up, and when.
    pub released: Span,
    pub from: Time,
    /// When somebody took over or the work was over; nothing while it goes on.
    pub to: Option<Time>,
}

impl<'a> Command<'a> {
    /// Nothing where nobody has to command: there are no responders, or the severity says that it does without.
    pub fn of(archive: &Archive, record: &'a Record) -> Option<Self> {
        let machine = archive.lifecycle.machine(record.kind)?;
        let peak = archive.peak_severity(record);
        let is_required = peak.is_none_or(|severity| severity.roles.iter().any(|role| role == ROLE));
        (stage::has_responders(archive, record) && is_required).then(|| Self::replayed(machine, record))
    }

    fn replayed(machine: &Machine, record: &'a Record) -> Self {
        let mut command = Self::default();
        let (mut is_live, mut commanded) = (false, false);
        let mut released: Option<(Span, Time)> = None;
        for entry in steps::in_order(record) {
            if let Some(status) = &entry.status {
                is_live = machine.is_live(&status.value) && status.value != "triage";
                if is_live && !commanded && released.is_none() {
                    command.uncommanded.get_or_insert((entry, status.span));
                }
            }
            let named = entry.roles.iter().find(|(role, _)| role.value == ROLE);
            let takes_over = named.is_some_and(|(_, person)| person.is_some());
            if takes_over || !is_live {
                command.gaps.extend(released.take().and_then(|released| Gap::until(entry.at.value, released)));
            }
            let Some((role, _)) = named else { continue };
            if takes_over {
                command.uncommanded = None;
            } else if commanded && is_live {
                released = Some((role.span, entry.at.value));
            }
            commanded = takes_over;
        }
        command.gaps.extend(released.map(|(released, from)| Gap { released, from, to: None }));
        command
    }

    /// Since when nobody has commanded; nothing while somebody does.
    pub fn vacant_since(&self) -> Option<Time> {
        let given_up = self.gaps.last().filter(|gap| gap.to.is_none()).map(|gap| gap.from);
        given_up.or(self.uncommanded.map(|(entry, _)| entry.at.value))
    }
}

impl Gap {
    /// Nothing where it was over in the time of a handover.
    fn until(end: Time, (released, from): (Span, Time)) -> Option<Self> {
        let gap = Self { released, from, to: Some(end) };
        gap.minutes().is_some_and(|minutes| minutes.unsigned_abs() > HANDOVER).then_some(gap)
    }

    /// How long it lasted; nothing while it goes on.
    pub fn minutes(&self) -> Option<i64> {
        Some(self.to?.since(self.from).as_mins())
    }
}

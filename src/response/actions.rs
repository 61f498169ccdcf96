//! How long an urgent action may take.

use jiff::Span;
use jiff::civil::Date;

use crate::record::Record;
use crate::record::archive::Archive;
use crate::record::postmortem::Postmortem;

/// How many days the severity gives, and the last of them.
pub fn latest_day(archive: &Archive, record: &Record, postmortem: &Postmortem) -> Option<(u64, Date)> {
    const MINUTES_OF_A_DAY: u64 = 24 * 60;
    let event = archive.event(&record.id)?;
    let limit = archive.peak_severity(event)?.clocks.action?.div_ceil(MINUTES_OF_A_DAY);
    let approved = postmortem.approvals.iter().filter_map(|approval| approval.at);
    let held = approved.chain(postmortem.meeting).map(|time| time.value).max()?;
    let days = Span::new().try_days(i64::try_from(limit).ok()?).ok()?;
    Some((limit, held.local_day().checked_add(days).ok()?))
}

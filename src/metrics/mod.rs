//! What the numbers of many records say. Pure: an archive and a moment in, plain data out.

pub mod clock;
pub mod downtime;
pub mod period;
pub mod uptime;

//! What the numbers of many records say. Pure: an archive and a moment in, plain data out.

pub mod downtime;
pub mod uptime;

//! What a response owes, to whom and when. Pure: from records and a time to what is left to do.
//!
//! `check` judges the same limits afterwards, when both ends are recorded.

pub mod actions;
pub mod adoption;
pub mod assessment;
pub mod command;
pub mod communication;
pub mod escalation;
pub mod obligations;
pub mod review;
pub mod severity;
pub mod stage;

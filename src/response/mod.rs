//! What a response owes, to whom and when. Pure: from records and a time to what is left to do.
//!
//! `due` is the list of it, as of now. `check` judges the same limits afterwards, when both ends are recorded; the
//! arithmetic stands here and in `record::clocks`, once.

pub mod actions;
pub mod adoption;
pub mod assessment;
pub mod checklist;
pub mod command;
pub mod communication;
mod due;
pub mod escalation;
pub mod obligations;
mod owed;
mod owner;
pub mod review;
pub mod settled;
pub mod severity;
pub mod stage;
mod task;

pub use checklist::{Checklist, checklist};
pub use due::{due, due_since};
pub use owed::{Duty, Owed, Settle};
pub use owner::Owner;
pub use task::{Limit, Reason, Task};

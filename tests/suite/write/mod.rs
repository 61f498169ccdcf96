//! The commands that write records, from the outside.

mod crowd;
mod editor;
mod init;
mod killed;
mod languages;
mod left_behind;
#[cfg(unix)]
mod over;
mod pasted;
#[cfg(unix)]
mod questions;
pub mod responder;
mod reviews;
mod slips;
mod story;
mod together;
mod told;
mod updates;

//! Writing into real repositories.

pub mod clone;
mod commit;
mod merge;
pub mod push;

//! Writing into real repositories.

mod clone;
mod commit;
mod merge;
pub mod push;

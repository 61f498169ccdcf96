//! Writing into real repositories.

mod clone;
mod commit;
mod kill;
mod merge;
pub mod push;

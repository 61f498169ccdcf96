//! What git knows. Reading only; writing is left to the user's own git.

pub mod repo;

//! The commands that write records, from the outside.

mod init;
mod responder;
mod reviews;
mod story;
mod updates;

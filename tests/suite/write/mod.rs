//! The commands that write records, from the outside.

mod crowd;
mod init;
mod killed;
mod responder;
mod reviews;
mod story;
mod updates;

//! The commands that write records, from the outside.

mod editor;
mod init;
mod languages;
mod responder;
mod reviews;
mod story;
mod updates;

//! Bytes and places. Knows nothing of incidents.

pub mod any_case;
pub mod count;
pub mod csv;
pub mod cursor;
pub mod data;
pub mod edit;
pub mod frontmatter;
pub mod hidden;
pub mod hosts;
pub mod letters;
pub mod markdown;
pub mod names;
pub mod openmetrics;
pub mod personal;
pub mod phrase;
pub mod problem;
pub mod quote;
pub mod script;
pub mod secrets;
pub mod span;
pub mod suggest;
pub mod word;
pub mod yaml;

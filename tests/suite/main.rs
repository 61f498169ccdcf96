//! All integration tests are one binary, so that they link once. One module a topic.

// Helpers of tests may panic like the tests themselves.
#![allow(clippy::unwrap_used)]

mod announce;
mod audience;
mod ci;
mod cli;
mod commands;
mod due;
mod export;
mod fix;
mod fmt;
mod format;
mod git;
mod history;
mod import;
mod joined_branches;
mod json_schema;
mod layers;
mod lsp;
mod output;
mod publish;
mod readme;
mod report;
mod rule_settings;
mod rules;
mod rules_of_the_past;
mod rules_together;
mod sandbox;
mod schemas;
mod serve;
mod site;
mod stats;
mod versions;
mod write;
mod yaml;

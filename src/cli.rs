//! The command line: every flag with its help.

use std::path::PathBuf;

use clap::{ColorChoice, CommandFactory, Parser, Subcommand};

use crate::commands;

/// Incidents as code: check, publish and import incident records kept in a git repository.
///
/// Records are Markdown files with YAML front matter under `incidents/`; `incident.yaml` describes the organisation.
///
/// Exit code of a command that writes: 0, all is done; 2, refused, and nothing was written; 3, written, and not committed;
/// 4, committed, and not pushed. After 3 and 4 do not enter it again: what to do is said.
#[derive(Debug, Parser)]
#[command(
    name = "git-incident",
    bin_name = "git incident",
    version,
    max_term_width = 100,
    arg_required_else_help = true
)]
pub struct Cli {
    /// Run as if started in this folder.
    #[arg(short = 'C', value_name = "DIR", global = true)]
    pub directory: Option<PathBuf>,

    /// When to use colours and links. Without this flag, `NO_COLOR` and `CLICOLOR_FORCE` are heeded.
    #[arg(long, value_name = "WHEN", global = true, default_value_t, hide_default_value = true)]
    pub color: ColorChoice,

    #[command(subcommand)]
    pub command: Command,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    Init(commands::init::Args),
    New(Box<commands::new::Args>),
    Update(Box<commands::update::Args>),
    Resolve(commands::resolve::Args),
    Escalate(commands::escalate::Args),
    Assign(commands::assign::Args),
    Postmortem(commands::postmortem::Args),
    Action(commands::action::Args),
    Finding(commands::finding::Args),
    Promote(commands::promote::Args),
    List(commands::list::Args),
    Show(commands::show::Args),
    Log(commands::log::Args),
    Due(commands::due::Args),
    Checklist(commands::checklist::Args),
    Topic(commands::topic::Args),
    Stats(commands::stats::Args),
    Announce(Box<commands::announce::Args>),
    Report(commands::report::Args),
    Check(commands::check::Args),
    Fmt(commands::fmt::Args),
    Build(commands::build::Args),
    Serve(commands::serve::Args),
    Lsp(commands::lsp::Args),
    Import(commands::import::Args),
    Export(commands::export::Args),
    Rules(commands::rules::Args),
    Explain(commands::explain::Args),
    Completions(commands::completions::Args),
    Man(commands::man::Args),
    #[command(hide = true)]
    MergeDriver(commands::merge_driver::Args),
}

impl Cli {
    /// Runs the command. The number is the exit code.
    ///
    /// # Errors
    ///
    /// The command could not do its work.
    pub fn run(self) -> Result<u8, crate::error::Error> {
        match self.color {
            ColorChoice::Auto => anstream::ColorChoice::Auto,
            ColorChoice::Always => anstream::ColorChoice::Always,
            ColorChoice::Never => anstream::ColorChoice::Never,
        }
        .write_global();
        let start = self.directory.unwrap_or_else(|| PathBuf::from("."));
        match self.command {
            Command::Init(args) => commands::init::run(&args, &start),
            Command::New(args) => commands::new::run(*args, &start),
            Command::Update(args) => commands::update::run(*args, &start),
            Command::Resolve(args) => commands::resolve::run(args, &start),
            Command::Escalate(args) => commands::escalate::run(args, &start),
            Command::Assign(args) => commands::assign::run(args, &start),
            Command::Postmortem(args) => commands::postmortem::run(&args, &start),
            Command::Action(args) => commands::action::run(args, &start),
            Command::Finding(args) => commands::finding::run(args, &start),
            Command::Promote(args) => commands::promote::run(args, &start),
            Command::List(args) => commands::list::run(&args, &start),
            Command::Show(args) => commands::show::run(&args, &start),
            Command::Log(args) => commands::log::run(&args, &start),
            Command::Due(args) => commands::due::run(&args, &start),
            Command::Checklist(args) => commands::checklist::run(&args, &start),
            Command::Topic(args) => commands::topic::run(&args, &start),
            Command::Stats(args) => commands::stats::run(&args, &start),
            Command::Announce(args) => commands::announce::run(&args, &start),
            Command::Report(args) => commands::report::run(&args, &start),
            Command::Check(args) => commands::check::run(args, &start),
            Command::Fmt(args) => commands::fmt::run(&args, &start),
            Command::Build(args) => commands::build::run(args, &start),
            Command::Serve(args) => commands::serve::run(args, &start),
            Command::Lsp(args) => commands::lsp::run(&args),
            Command::Import(args) => commands::import::run(args, &start),
            Command::Export(args) => commands::export::run(&args, &start),
            Command::Rules(args) => commands::rules::run(&args),
            Command::Explain(args) => commands::explain::run(&args),
            Command::Completions(args) => commands::completions::run(&args, Self::command()),
            Command::Man(args) => commands::man::run(&args, &start, Self::command()),
            Command::MergeDriver(args) => commands::merge_driver::run(&args, &start),
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn no_flag_contradicts_another() {
        super::Cli::command().debug_assert();
    }
}

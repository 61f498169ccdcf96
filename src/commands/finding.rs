//! `git incident finding`.

use std::collections::BTreeSet;
use std::path::Path;

use clap::Subcommand;
use serde::Serialize;

use super::review::{Item, value};
use super::writing::{self, Draft, WriteFlags};
use super::{ask, find_root, now, review, words};
use crate::error::Error;
use crate::record::Kind;
use crate::record::archive::Archive;
use crate::record::postmortem::Finding;
use crate::record::shape::FINDING_CLASSES;
use crate::record::write::append;
use crate::text::data::Data;
use crate::text::edit::{self, Op, Path as Place};

/// Add the process failures that a postmortem found, and dispose of them
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Add a finding
    Add(Add),
    /// Accept it: something will be done about it
    Accept(Disposal),
    /// Decline it: it is none, or nothing will be done about it
    Decline(Disposal),
    /// Put it off
    Defer(Disposal),
    /// List those of all postmortems that are open
    List {
        /// For programs: a list of objects.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Clone, Debug, clap::Args)]
struct Add {
    /// The postmortem; not needed while exactly one is in work.
    postmortem: Option<String>,
    /// Its id; without it made from the statement.
    #[arg(long = "id", value_name = "ID")]
    name: Option<String>,
    /// The kind of failure: technical_lapse, procedural_failure, manual_error, process_flaw, communication_glitch,
    /// unknown_attack_vector, cross_organisation or resource_constraint.
    #[arg(long)]
    class: Option<String>,
    /// The failure, as a sentence without a person's name.
    #[arg(long, value_name = "TEXT")]
    statement: Option<String>,
    /// Who sees to it.
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
    #[command(flatten)]
    writing: WriteFlags,
}

#[derive(Debug, clap::Args)]
struct Disposal {
    /// Its id, or INCIDENT/ID.
    finding: String,
    /// Who was asked: people, teams or stakeholders.
    #[arg(long, value_name = "WHO", value_delimiter = ',')]
    consulted: Vec<String>,
    #[command(flatten)]
    writing: WriteFlags,
}

pub fn run(args: Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    match &args.what {
        What::Add(add) => {
            let add = add.clone().ask()?;
            write(&root, &add.writing, &|archive| add.draft(archive))?;
        }
        What::Accept(disposal) => write(&root, &disposal.writing, &|archive| disposal.draft(archive, "accepted"))?,
        What::Decline(disposal) => write(&root, &disposal.writing, &|archive| disposal.draft(archive, "declined"))?,
        What::Defer(disposal) => write(&root, &disposal.writing, &|archive| disposal.draft(archive, "deferred"))?,
        What::List { json } => list(&review::archive(&root)?, *json)?,
    }
    Ok(0)
}

fn write(root: &Path, flags: &WriteFlags, make: &dyn Fn(&Archive) -> Result<Draft, Error>) -> Result<(), Error> {
    writing::write(root, flags, now(None)?, &|_| make(&review::archive(root)?))?;
    Ok(())
}

impl Add {
    fn ask(mut self) -> Result<Self, Error> {
        self.statement = ask::text(self.statement, "What failed? A sentence without a person's name.")?;
        self.class = ask::word(self.class, "Which kind of failure?", FINDING_CLASSES)?;
        Ok(self)
    }

    fn draft(&self, archive: &Archive) -> Result<Draft, Error> {
        let (Some(class), Some(statement)) = (&self.class, &self.statement) else {
            let values = [("--class CLASS", self.class.is_some()), ("--statement TEXT", self.statement.is_some())];
            return Err(ask::missing("finding add", &values));
        };
        let record = review::postmortem(archive, self.postmortem.as_deref())?;
        let name = review::new_id::<Finding>(record, self.name.as_deref(), statement)?;
        let mut pairs =
            vec![("id", Data::text(&name)), ("class", Data::text(class)), ("statement", Data::text(statement))];
        pairs.extend(self.owner.as_ref().map(|owner| ("owner", Data::text(owner))));
        pairs.push(("disposition", Data::text("open")));
        let text = append(&record.text, Kind::Postmortem, "findings", Data::map(pairs))?;
        Ok(review::draft(record, text, format!("finding {name}")))
    }
}

impl Disposal {
    fn draft(&self, archive: &Archive, to: &str) -> Result<Draft, Error> {
        let (record, index, finding) = review::item::<Finding>(archive, &self.finding)?;
        if disposition(finding) == to {
            return Err(Error::new(format!("the finding `{}` is {to} already", self.finding)));
        }
        let place = |key| Place::keys("findings").item(index).key(key);
        let mut text = edit::edit(&record.text, &Op::Set { path: place("disposition"), value: Data::text(to) })?;
        if !self.consulted.is_empty() {
            let earlier = finding.consulted.iter().map(|who| who.value.as_str());
            let mut known = BTreeSet::new();
            let all = earlier.chain(self.consulted.iter().map(String::as_str)).filter(|who| known.insert(*who));
            let all: Vec<&str> = all.collect();
            text = edit::edit(&text, &Op::Set { path: place("consulted"), value: Data::texts(all) })?;
        }
        Ok(review::draft(record, text, format!("finding {} {to}", finding.id().unwrap_or_default())))
    }
}

/// What was decided. A finding that says nothing of it is as open as one that says so.
fn disposition(finding: &Finding) -> &str {
    finding.disposition.as_ref().map_or("open", |disposition| &disposition.value)
}

/// A finding that is open. Field names are those of `--json` and do not change.
#[derive(Serialize)]
struct Open<'a> {
    incident: &'a str,
    id: &'a str,
    path: &'a str,
    class: &'a str,
    owner: Option<&'a str>,
    statement: &'a str,
}

fn list(archive: &Archive, json: bool) -> Result<(), Error> {
    let open: Vec<Open<'_>> = review::all_items::<Finding>(archive)
        .filter(|(_, _, finding)| finding.is_open())
        .map(|(record, _, finding)| Open {
            incident: &record.id,
            id: value(&finding.id).unwrap_or_default(),
            path: &record.path,
            class: value(&finding.class).unwrap_or_default(),
            owner: value(&finding.owner),
            statement: value(&finding.statement).unwrap_or_default(),
        })
        .collect();
    review::print_open(&open, json, "No finding is open.", Open::row)
}

impl Open<'_> {
    fn row(&self) -> Vec<String> {
        let name = format!("{}/{}", self.incident, self.id);
        let owner = self.owner.unwrap_or("no owner").to_owned();
        vec![name, words::plain(self.class), owner, words::first_line(self.statement).to_owned()]
    }
}

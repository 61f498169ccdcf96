//! `git incident finding`.

use std::collections::BTreeSet;
use std::io::Write;
use std::path::Path;

use clap::Subcommand;

use super::review::Item;
use super::writing::{self, Draft, WriteFlags};
use super::{find_root, now, review, words};
use crate::error::Error;
use crate::record::archive::Archive;
use crate::record::postmortem::Finding;
use crate::record::timeline::Text;
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
    List,
}

#[derive(Debug, clap::Args)]
struct Add {
    /// The postmortem; not needed while exactly one is in work.
    postmortem: Option<String>,
    /// Its id; without it made from the statement.
    #[arg(long = "id", value_name = "ID")]
    name: Option<String>,
    /// The kind of failure: technical_lapse, procedural_failure, manual_error, process_flaw, communication_glitch,
    /// unknown_attack_vector, cross_organisation or resource_constraint.
    #[arg(long)]
    class: String,
    /// The failure, as a sentence without a person's name.
    #[arg(long, value_name = "TEXT")]
    statement: String,
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

pub fn run(args: &Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    match &args.what {
        What::Add(add) => write(&root, &add.writing, &|archive| add.draft(archive))?,
        What::Accept(disposal) => write(&root, &disposal.writing, &|archive| disposal.draft(archive, "accepted"))?,
        What::Decline(disposal) => write(&root, &disposal.writing, &|archive| disposal.draft(archive, "declined"))?,
        What::Defer(disposal) => write(&root, &disposal.writing, &|archive| disposal.draft(archive, "deferred"))?,
        What::List => list(&review::archive(&root)?)?,
    }
    Ok(0)
}

fn write(root: &Path, flags: &WriteFlags, make: &dyn Fn(&Archive) -> Result<Draft, Error>) -> Result<(), Error> {
    writing::write(root, flags, now(None)?, &|_| make(&review::archive(root)?))?;
    Ok(())
}

impl Add {
    fn draft(&self, archive: &Archive) -> Result<Draft, Error> {
        let record = review::postmortem(archive, self.postmortem.as_deref())?;
        let name = review::new_id::<Finding>(record, self.name.as_deref(), &self.statement);
        let mut pairs = vec![
            ("id", Data::text(&name)),
            ("class", Data::text(&self.class)),
            ("statement", Data::text(&self.statement)),
        ];
        pairs.extend(self.owner.as_ref().map(|owner| ("owner", Data::text(owner))));
        pairs.push(("disposition", Data::text("open")));
        let text = review::append(&record.text, "findings", Data::map(pairs))?;
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

fn list(archive: &Archive) -> Result<(), Error> {
    let text = |text: &Option<Text>| text.as_ref().map_or("", |text| &text.value).to_owned();
    let rows: Vec<Vec<String>> = review::all_items::<Finding>(archive)
        .filter(|(_, _, finding)| disposition(finding) == "open")
        .map(|(record, _, finding)| {
            let owner = finding.owner.as_ref().map_or("no owner", |owner| &owner.value).to_owned();
            let statement = words::first_line(&text(&finding.statement)).to_owned();
            let name = format!("{}/{}", record.id, text(&finding.id));
            vec![name, words::plain(&text(&finding.class)), owner, statement]
        })
        .collect();
    let mut out = anstream::stdout().lock();
    if rows.is_empty() {
        writeln!(out, "No finding is open.")?;
    }
    for row in words::columns(&rows) {
        writeln!(out, "{}", row.join("  "))?;
    }
    Ok(())
}

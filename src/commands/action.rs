//! `git incident action`.

use std::path::Path;

use clap::Subcommand;
use jiff::Timestamp;

use super::writing::{self, Draft};
use super::{ask, find_root, flags, now, review};
use crate::error::Error;
use crate::record::archive::Archive;
use crate::record::lifecycle::Step;
use crate::record::postmortem::Action;
use crate::record::shape::ACTION_TYPES;
use crate::record::write::append;
use crate::record::{Kind, Record};
use crate::text::data::Data;
use crate::text::edit::{self, Op, Path as Place};
use crate::text::suggest::either;

mod list;

/// Add the actions of a postmortem, and follow them to their end
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    #[command(flatten)]
    Write(Box<Write>),
    /// List those of all postmortems that are neither done nor declined
    List {
        /// For programs: a list of objects.
        #[arg(long)]
        json: bool,
    },
}

#[derive(Debug, Subcommand)]
enum Write {
    /// Add an action
    Add {
        /// A verb and an outcome, in one line.
        #[arg(value_parser = flags::title)]
        title: Option<String>,
        /// The postmortem; not needed while exactly one is in work.
        id: Option<String>,
        #[command(flatten)]
        action: NewAction,
        #[command(flatten)]
        writing: writing::WriteFlags,
    },
    /// Note that an action is done
    Done {
        /// Its id, or INCIDENT/ID.
        action: String,
        /// The change that did it.
        #[arg(long, value_name = "URL", required = true, value_parser = flags::words)]
        evidence: Vec<String>,
        #[command(flatten)]
        writing: writing::WriteFlags,
    },
    /// Note that an action will not be done, and why
    Decline {
        /// Its id, or INCIDENT/ID.
        action: String,
        /// Why not.
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true, value_parser = flags::words)]
        reason: String,
        /// Who agreed.
        #[arg(long, value_name = "PERSON")]
        approved_by: String,
        #[command(flatten)]
        writing: writing::WriteFlags,
    },
    /// Move the due date, in the open
    Extend {
        /// Its id, or INCIDENT/ID.
        action: String,
        /// The new day, or in so many days, as in `14d`.
        #[arg(long, value_name = "DAY")]
        to: String,
        /// Why it takes longer.
        #[arg(long, value_name = "TEXT", allow_hyphen_values = true, value_parser = flags::words)]
        reason: String,
        #[command(flatten)]
        writing: writing::WriteFlags,
    },
}

/// What an action says beside its title.
#[derive(Clone, Debug, clap::Args)]
pub struct NewAction {
    /// Its id; without it made from the title.
    #[arg(long = "id", value_name = "ID")]
    name: Option<String>,
    /// What it is for: investigate, mitigate, repair, detect, prevent, process or documentation.
    #[arg(long = "type", value_name = "TYPE")]
    kind: Option<String>,
    /// `high` has the severity's deadline; `low` is an improvement.
    #[arg(long)]
    priority: Option<String>,
    /// One person.
    #[arg(long, value_name = "PERSON")]
    owner: Option<String>,
    /// The day by which it is done, or in so many days, as in `14d`.
    #[arg(long, value_name = "DAY")]
    due: Option<String>,
    /// Where the work is tracked.
    #[arg(long, value_name = "URL")]
    ticket: Option<String>,
}

pub fn run(args: Args, start: &Path) -> Result<u8, Error> {
    let root = find_root(start)?;
    match args.what {
        What::Write(what) => write(*what, &root, now(None)?)?,
        What::List { json } => list::print(&root, now(None)?, json)?,
    }
    Ok(0)
}

fn write(mut what: Write, root: &Path, now: Timestamp) -> Result<(), Error> {
    if let Write::Add { title, action, .. } = &mut what {
        *title = ask::text(title.take(), "What will be done? A verb and an outcome, in one line.")?;
        action.ask()?;
    }
    let (Write::Add { writing, .. }
    | Write::Done { writing, .. }
    | Write::Decline { writing, .. }
    | Write::Extend { writing, .. }) = &what;
    writing::write(root, writing, now, &|git| {
        let archive = review::archive(root)?;
        let by = writing::who(git, &archive.config, writing.by.as_deref())?;
        match &what {
            Write::Add { title, id, action, .. } => {
                let (Some(title), true) = (title, action.has_type()) else {
                    let values = [("TITLE", title.is_some()), (TYPE, action.has_type())];
                    return Err(ask::missing("action add", &values));
                };
                let record = review::postmortem(&archive, id.as_deref())?;
                let (text, name) = action.add(&archive, record, title, now)?;
                Ok(review::draft(record, text, format!("action {name}")))
            }
            Write::Done { action, evidence, .. } => {
                let today = review::today(&archive, now);
                let evidence = match evidence.as_slice() {
                    [one] => Data::text(one),
                    several => Data::texts(several),
                };
                let values = [("status", Data::text("done")), ("done", Data::plain(today)), ("evidence", evidence)];
                end(&archive, action, values)
            }
            Write::Decline { action, reason, approved_by, .. } => {
                let values = [
                    ("status", Data::text("wont_do")),
                    ("reason", Data::text(reason)),
                    ("approved_by", Data::text(approved_by)),
                ];
                end(&archive, action, values)
            }
            Write::Extend { action, to, reason, .. } => extend(&archive, action, to, reason, &by, now),
        }
    })?;
    Ok(())
}

/// What an action needs beside its title.
pub const TYPE: &str = "--type TYPE";

impl NewAction {
    /// Asks for what every action needs.
    pub fn ask(&mut self) -> Result<(), Error> {
        self.kind = ask::word(self.kind.take(), "What is it for?", ACTION_TYPES)?;
        Ok(())
    }

    pub fn has_type(&self) -> bool {
        self.kind.is_some()
    }

    /// The text of a postmortem with one more action, and the id of that.
    pub fn add(
        &self,
        archive: &Archive,
        record: &Record,
        title: &str,
        now: Timestamp,
    ) -> Result<(String, String), Error> {
        let name = review::new_id::<Action>(record, self.name.as_deref(), title)?;
        let mut pairs = vec![("id", Data::text(&name)), ("title", Data::text(title))];
        let mut text = |key, value: &Option<String>| pairs.extend(value.as_ref().map(|value| (key, Data::text(value))));
        text("type", &self.kind);
        text("priority", &self.priority);
        text("owner", &self.owner);
        if let Some(due) = &self.due {
            pairs.push(("due", Data::plain(review::due(archive, record, due, now)?)));
        }
        pairs.extend(self.ticket.as_ref().map(|ticket| ("ticket", Data::text(ticket))));
        pairs.push(("status", Data::text("open")));
        Ok((append(&record.text, Kind::Postmortem, "actions", Data::map(pairs))?, name))
    }
}

/// Gives an action its last state.
fn end(archive: &Archive, name: &str, values: [(&str, Data); 3]) -> Result<Draft, Error> {
    let (record, index, action) = review::item::<Action>(archive, name)?;
    let from = action.status.as_ref().map(|status| status.value.as_str());
    let machine = &archive.lifecycle.action;
    let mut text = record.text.to_string();
    let mut fact = String::new();
    for (key, value) in values {
        if let ("status", Data::Text(to)) = (key, &value) {
            if from == Some(to.as_str()) {
                return Err(Error::new(format!("the action `{name}` is {} already", super::words::plain(to)))
                    .hint(format!("what {} says of it can be corrected there", record.path)));
            }
            if machine.step(from, to) == Step::Illegal {
                let error =
                    Error::new(format!("the action is `{}` and cannot become `{to}`", from.unwrap_or("nothing")));
                return Err(error.hint(format!("it can become {}", either(machine.next(from)))));
            }
            fact = format!("action {name} {}", super::words::plain(to));
        }
        text = edit::edit(&text, &Op::Set { path: Place::keys("actions").item(index).key(key), value })?;
    }
    Ok(review::draft(record, text, fact))
}

fn extend(archive: &Archive, name: &str, to: &str, reason: &str, by: &str, now: Timestamp) -> Result<Draft, Error> {
    let (record, index, action) = review::item::<Action>(archive, name)?;
    let Some(from) = &action.due else {
        return Err(Error::new(format!("`{name}` has no due date to move")).hint("add `due:` to it"));
    };
    let to = review::due(archive, record, to, now)?;
    let action_path = Place::keys("actions").item(index);
    let extension = Data::map([
        ("from", Data::plain(from.value)),
        ("to", Data::plain(to)),
        ("by", Data::text(by)),
        ("reason", Data::text(reason)),
    ]);
    let text = edit::edit(&record.text, &Op::Set { path: action_path.clone().key("due"), value: Data::plain(to) })?;
    let path = action_path.key("extended");
    let earlier = match edit::data(&text)?.get("actions") {
        Some(Data::List(actions)) => match actions.get(index).and_then(|action| action.get("extended")) {
            Some(Data::List(moves)) => moves.len(),
            _ => 0,
        },
        _ => 0,
    };
    let text = edit::edit(&text, &Op::Insert { path, index: earlier, value: extension })?;
    Ok(review::draft(record, text, format!("action {name} due {to}")))
}

//! Where a name leads: to its definition, and to everywhere that uses it.

use gen_lsp_types::Location;

use super::view::View;
use crate::record::archive::{Archive, CONFIG_PATH};
use crate::record::config::{Person, Service, Team};
use crate::record::timeline::Text;
use crate::record::{Kind, Record, Reference, Target};
use crate::text::span::Span;

/// What a name stands for.
#[derive(Clone, Copy, Debug)]
pub enum Named<'a> {
    Service(&'a Service),
    Person(&'a Person),
    Team(&'a Team),
    /// An incident, a maintenance or a drill.
    Event(&'a Record),
}

impl<'a> Named<'a> {
    fn of(archive: &'a Archive, reference: &Reference) -> Option<Self> {
        let name = reference.name.value.as_str();
        let config = &archive.config;
        let person = || config.people.iter().find(|person| person.id.value == name).map(Self::Person);
        let team = || config.teams.iter().find(|team| team.id.value == name).map(Self::Team);
        match reference.target {
            Target::Service => service(archive, name).map(Self::Service),
            Target::Person | Target::Actor => person(),
            Target::Team => team(),
            Target::Responder | Target::Stakeholder => person().or_else(team),
            Target::Incident => event(archive, name).map(Self::Event),
            Target::Rule => None,
        }
    }

    /// The file and the place of the definition.
    fn place(&self) -> (&'a str, Span) {
        match self {
            Self::Service(service) => (CONFIG_PATH, service.id.span),
            Self::Person(person) => (CONFIG_PATH, person.id.span),
            Self::Team(team) => (CONFIG_PATH, team.id.span),
            Self::Event(record) => (&record.path, record.title().map_or(Span::at(0), |title| title.span)),
        }
    }
}

fn service<'a>(archive: &'a Archive, name: &str) -> Option<&'a Service> {
    let services = &archive.config.services;
    let had = |service: &&Service| service.aliases.iter().any(|alias| alias.value == name);
    services.iter().find(|service| service.id.value == name).or_else(|| services.iter().find(had))
}

fn event<'a>(archive: &'a Archive, id: &str) -> Option<&'a Record> {
    let had = |record: &&Record| record.aliases().iter().any(|alias| alias.value == id);
    archive.event(id).or_else(|| archive.all().find(had))
}

const fn holds(span: Span, offset: usize) -> bool {
    span.start <= offset && offset <= span.end
}

/// What the name at an offset stands for: one that is used there, or the one that is defined there.
pub fn named<'a>(view: &View<'a>, offset: usize) -> Option<Named<'a>> {
    let config = &view.archive.config;
    let (references, defined) = match view.record() {
        Some(record) => {
            let is_title = record.title().is_some_and(|title| holds(title.span, offset));
            (&record.references, is_title.then_some(Named::Event(record)))
        }
        None if view.is_config() => (&config.references, in_config(view, offset)),
        None => return None,
    };
    let used = references.iter().find(|reference| holds(reference.name.span, offset));
    used.and_then(|reference| Named::of(view.archive, reference)).or(defined)
}

fn in_config<'a>(view: &View<'a>, offset: usize) -> Option<Named<'a>> {
    let config = &view.archive.config;
    let here = |id: &Text| holds(id.span, offset);
    let service = config.services.iter().find(|service| here(&service.id)).map(Named::Service);
    let person = || config.people.iter().find(|person| here(&person.id)).map(Named::Person);
    let team = || config.teams.iter().find(|team| here(&team.id)).map(Named::Team);
    service.or_else(person).or_else(team)
}

pub fn definition(view: &View<'_>, offset: usize) -> Option<Location> {
    if let Some(location) = promoted(view, offset) {
        return Some(location);
    }
    let (path, span) = named(view, offset)?.place();
    Some(view.location(path, span))
}

/// The action that a `todo` became, which stands in the postmortem beside the record.
fn promoted(view: &View<'_>, offset: usize) -> Option<Location> {
    let record = view.record()?;
    let mut ids = record.timeline().iter().filter_map(|entry| entry.promoted.as_ref());
    let id = ids.find(|id| holds(id.span, offset))?;
    let postmortem = view.archive.postmortem(&record.id)?;
    let actions = &postmortem.postmortem()?.actions;
    let action = actions.iter().filter_map(|action| action.id.as_ref()).find(|action| action.value == id.value)?;
    Some(view.location(&postmortem.path, action.span))
}

/// Every place that uses a name, in the order of the files.
pub fn references(view: &View<'_>, offset: usize, with_definition: bool) -> Vec<Location> {
    let Some(named) = named(view, offset) else { return Vec::new() };
    let wanted = named.place();
    let archive = view.archive;
    let is_meant = |reference: &&Reference| Named::of(archive, reference).is_some_and(|named| named.place() == wanted);
    let in_file = |path, references: &[Reference]| {
        references.iter().filter(is_meant).map(|found| view.location(path, found.name.span)).collect::<Vec<_>>()
    };
    let mut places: Vec<Location> =
        archive.records.iter().flat_map(|record| in_file(&*record.path, &record.references)).collect();
    places.extend(in_file(CONFIG_PATH, &archive.config.references));
    // The postmortem of an incident stands beside it and does not name it.
    if let Named::Event(record) = named
        && let Some(postmortem) = archive.postmortem(&record.id).filter(|_| record.kind != Kind::Maintenance)
    {
        places.push(view.location(&postmortem.path, Span::at(0)));
    }
    if with_definition {
        places.push(view.location(wanted.0, wanted.1));
    }
    places
}

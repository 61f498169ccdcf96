//! cState: a theme for Hugo that turns `config.yml` and `content/issues/*.md` into a status page.
//!
//! Its front matter has a start, an end, a severity of three and the names of the affected systems; everything else is
//! in the body, in free text. `issue` reads one post, `body` and `messages` recover its messages, `kind` tells
//! maintenance from incidents, and `timeline` makes the entries.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::record::archive::CONFIG_PATH;
use crate::record::id;
use crate::record::time::Time;
use crate::record::timeline::ServiceState;

use super::draft::{Draft, NOTICE, Shape, States};
use super::fidelity::{Log, Topic};
use super::site::{Match, Site};
use super::{Import, Refused, Source, slug};

mod body;
mod clock;
mod config;
mod issue;
mod kind;
mod label;
mod messages;
mod timeline;
mod words;

use config::Config;
use issue::{Issue, Read};
use kind::Kind;
use messages::Frame;

/// The longest title of a record.
const MAX_TITLE: usize = 120;

/// A post with what was noted about it so far.
struct Post {
    issue: Issue,
    log: Log,
}

/// Turns a cState site into records. Pure: the same files give the same records and the same report.
pub fn import(source: &Source) -> Result<Import, Refused> {
    let Config { mut site, zone, found, log } = config::read(source);
    let mut import = Import::default();
    import.fidelity.absorb(log);
    let mut posts = read_posts(source, &zone, &mut import);
    if posts.is_empty() && import.counts.skipped == 0 && !found {
        return Err(Refused {
            message: "this is no cState site: it has neither `config.yml` nor posts below `content`".into(),
            help: "name the folder that holds `config.yml` and `content/issues`".into(),
        });
    }
    note_copies(&mut posts);
    let services = find_services(&mut posts, &mut site, found);
    let ids = choose_ids(&posts);
    for ((mut post, services), name) in posts.into_iter().zip(services).zip(&ids) {
        let draft = draft(&post.issue, &services, name, &zone, &mut post.log);
        let draft = with_old_address(draft, &post.issue, &ids, &mut post.log);
        import.add(&draft, &post.issue.path);
        import.fidelity.absorb(post.log);
    }
    import.counts.services = site.services.len();
    site.types.extend((import.counts.notices > 0).then_some(NOTICE));
    import.files.insert(CONFIG_PATH.into(), site.render("a cState site"));
    import.files.insert(".gitignore".into(), "/public\n".into());
    let report = import.fidelity.markdown(import.counts);
    import.files.insert("import-report.md".into(), report);
    Ok(import)
}

impl Import {
    fn add(&mut self, draft: &Draft, source: &str) {
        match draft.shape {
            Shape::Incident => self.counts.incidents += 1,
            Shape::Notice => self.counts.notices += 1,
            Shape::Maintenance { .. } => self.counts.maintenance += 1,
        }
        self.fidelity.made(source, &draft.path());
        self.files.insert(draft.path(), draft.render());
    }

    fn skip(&mut self, mut log: Log, line: Option<usize>, why: String) {
        log.note(Topic::Skipped, line, why);
        self.fidelity.absorb(log);
        self.counts.skipped += 1;
    }
}

/// All posts of the site, without those that came with cState.
fn read_posts(source: &Source, zone: &TimeZone, import: &mut Import) -> Vec<Post> {
    let mut posts = Vec::new();
    for (path, text) in &source.files {
        let is_page = path.starts_with("content/") && (path.ends_with(".md") || path.ends_with(".markdown"));
        if !is_page || path.ends_with("/_index.md") {
            continue;
        }
        let in_issues = path.split('/').rev().skip(1).any(|folder| folder == "issues");
        let mut log = Log::new(path);
        match issue::read(path, text, in_issues, zone, &mut log) {
            Read::Issue(issue) => posts.push(Post { issue: *issue, log }),
            Read::Page => log_page(log, import),
            Read::Skipped(line, why) => import.skip(log, line, why),
        }
    }
    for (path, why) in &source.unreadable {
        if path.starts_with("content/") {
            import.skip(Log::new(path), None, format!("not UTF-8: {why}"));
        }
    }
    without_samples(posts, import)
}

fn log_page(mut log: Log, import: &mut Import) {
    log.note(Topic::Page, None, "not about an event");
    import.fidelity.absorb(log);
}

/// Half-converted forks publish cState's own examples to this day. They are left out wherever there is anything else.
fn without_samples(posts: Vec<Post>, import: &mut Import) -> Vec<Post> {
    let is_sample = |post: &Post| {
        let same = |(title, date): &(&str, &str)| post.issue.title == *title && post.issue.written_date == *date;
        words::SAMPLES.iter().any(same)
    };
    if posts.iter().all(is_sample) {
        return posts;
    }
    let (samples, posts): (Vec<_>, Vec<_>) = posts.into_iter().partition(is_sample);
    for sample in samples {
        import.skip(sample.log, None, "one of the examples that come with cState".into());
    }
    posts
}

/// The services of every post, as indices. A name that the configuration does not have becomes a service that is
/// retired on the day after its last use.
fn find_services(posts: &mut [Post], site: &mut Site, has_config: bool) -> Vec<Vec<String>> {
    let configured = site.services.len();
    let mut last_use: BTreeMap<usize, Option<Date>> = BTreeMap::new();
    let mut all = Vec::new();
    for post in posts.iter() {
        let last_day = last_day(&post.issue);
        let mut found: Vec<usize> = Vec::new();
        for affected in &post.issue.affected {
            let index = match site.find(&affected.name) {
                Some((index, _)) => index,
                None => site.add(&affected.name),
            };
            if index >= configured {
                let known = last_use.entry(index).or_insert(last_day);
                *known = known.zip(last_day).map(|(a, b)| a.max(b));
            }
            if !found.contains(&index) {
                found.push(index);
            }
        }
        all.push(found);
    }
    for (index, last) in last_use {
        let service = &mut site.services[index];
        service.retired = last.filter(|_| has_config).and_then(|day| day.tomorrow().ok());
    }
    for post in posts {
        note_services(post, site, configured, has_config);
    }
    all.into_iter().map(|found| found.into_iter().map(|index| site.services[index].id.clone()).collect()).collect()
}

/// Nothing while the post is open: its services are in use.
fn last_day(issue: &Issue) -> Option<Date> {
    let is_open = !issue.resolved && !issue.informational;
    let last = issue.end.map_or(issue.start, |end| end.max(issue.start));
    (!is_open).then(|| last.day(&TimeZone::UTC))
}

fn note_services(post: &mut Post, site: &Site, configured: usize, has_config: bool) {
    for affected in &post.issue.affected {
        let Some((index, how)) = site.find(&affected.name) else {
            continue;
        };
        let (name, service) = (&affected.name, &site.services[index]);
        if index >= configured {
            let what = match service.retired {
                Some(day) => format!("became the service `{}`, retired on {day}", service.id),
                None => format!("became the service `{}`", service.id),
            };
            if has_config {
                let text = format!("`{name}` is not in the configuration; it {what}");
                post.log.note(Topic::Service, affected.line, text);
            }
        } else if how == Match::Loose {
            let text = format!("`{name}` is taken for `{}`", service.name);
            post.log.note(Topic::Service, affected.line, text);
        }
    }
}

/// The same start and title twice is a copy or a translation more often than a coincidence.
fn note_copies(posts: &mut [Post]) {
    let mut seen: BTreeMap<(Time, String), String> = BTreeMap::new();
    for Post { issue, log } in posts {
        match seen.entry((issue.start, issue.title.clone())) {
            Entry::Occupied(other) => {
                let text = format!("the same title and start as `{}`; it may be a copy or a translation", other.get());
                log.note(Topic::Contradiction, None, text);
            }
            Entry::Vacant(place) => {
                place.insert(issue.path.clone());
            }
        }
    }
}

/// The day of the start, and the words of the old address where it has a day too, else those of the title.
fn choose_ids(posts: &[Post]) -> Vec<String> {
    let mut taken = BTreeSet::new();
    let mut ids = Vec::new();
    for post in posts {
        let issue = &post.issue;
        let day = issue.start.day(&TimeZone::UTC).to_string();
        let names = match id::day(&issue.slug) {
            Some(day) => [issue.slug[day.to_string().len()..].trim_start_matches('-'), &issue.title],
            None => [issue.title.as_str(), &issue.slug],
        };
        let id = slug::record_id(&day, &names, "post", &taken);
        taken.insert(id.clone());
        ids.push(id);
    }
    ids
}

fn draft(issue: &Issue, services: &[String], id: &str, zone: &TimeZone, log: &mut Log) -> Draft {
    let frame = Frame { start: issue.start, end: issue.end, zone };
    let messages = messages::recover(&issue.body.pieces, frame, log);
    let kind = kind::of(issue, &messages, log);
    let states = |state: ServiceState| -> States { services.iter().map(|id| (id.clone(), state)).collect() };
    note_body(issue, log);
    let (shape, mut entries) = match kind {
        Kind::Incident => {
            note_impact(issue, log);
            let impact = states(issue.severity.state());
            (Shape::Incident, timeline::incident(issue, messages, impact, log))
        }
        Kind::Notice => {
            if !services.is_empty() {
                let text = format!("a notice has no impact, so it is not linked to {}", services.join(", "));
                log.note(Topic::Impact, None, text);
            }
            (Shape::Notice, timeline::notice(issue, messages, log))
        }
        Kind::Maintenance => {
            let state = if issue.severity.is_mild() { ServiceState::UnderMaintenance } else { issue.severity.state() };
            if issue.end.is_none() {
                log.note(Topic::Contradiction, None, "maintenance without an end; its window cannot be written");
            }
            let shape = Shape::Maintenance {
                start: issue.start,
                end: issue.end,
                services: states(state),
                emergency: words::has_word(&issue.title, &["emergency"])
                    || messages.first().is_some_and(|m| words::has_word(&m.text, &["emergency"])),
            };
            (shape, timeline::maintenance(issue, messages, log))
        }
    };
    let mut draft = Draft {
        id: id.to_owned(),
        title: issue.title.clone(),
        shape,
        aliases: Vec::new(),
        entries: Vec::new(),
        body: body_text(issue),
    };
    shorten_title(&mut draft, log);
    drop_fractions(&mut draft, &mut entries, log);
    draft.entries = entries;
    draft
}

fn note_impact(issue: &Issue, log: &mut Log) {
    if issue.severity == issue::Severity::Known(ServiceState::DegradedPerformance) && !issue.affected.is_empty() {
        let text = "a notice about trouble: its services are degraded, which is no downtime";
        log.note(Topic::Impact, None, text);
    }
}

fn note_body(issue: &Issue, log: &mut Log) {
    for (line, _) in &issue.body.hidden {
        log.note(Topic::Hidden, *line, "an HTML comment");
    }
    if let Some(first) = issue.body.invisible.first() {
        let text = format!("invisible characters (U+FEFF) were removed from {} lines", issue.body.invisible.len());
        log.note(Topic::Text, *first, text);
    }
    for piece in &issue.body.pieces {
        if piece.text.contains("{{<") || piece.text.contains("{{%") {
            log.note(Topic::Text, piece.line, "a shortcode of Hugo stands in the text as it was written");
        }
    }
}

/// The internal prose: where the record came from, and what readers of the old site did not see.
fn body_text(issue: &Issue) -> String {
    let mut out = format!("Imported from `{}`.\n", issue.path);
    if !issue.body.hidden.is_empty() {
        out.push_str("\nHidden there in comments:\n");
    }
    for (_, hidden) in &issue.body.hidden {
        out.push('\n');
        for line in hidden.lines() {
            out.push_str(format!("> {line}").trim_end());
            out.push('\n');
        }
    }
    out
}

fn shorten_title(draft: &mut Draft, log: &mut Log) {
    if draft.title.chars().count() <= MAX_TITLE {
        return;
    }
    draft.body = format!("# {}\n\n{}", draft.title, draft.body);
    let short: String = draft.title.chars().take(MAX_TITLE - 1).collect();
    draft.title = format!("{}…", short.trim_end());
    log.note(Topic::Text, None, "the title was too long; the whole of it stands below the front matter");
}

/// Editors stamp posts to the millisecond. Nobody measured that, so it goes, unless two times would become one.
fn drop_fractions(draft: &mut Draft, entries: &mut [super::draft::Entry], log: &mut Log) {
    let mut times: Vec<&mut Time> = entries.iter_mut().map(|entry| &mut entry.at).collect();
    if let Shape::Maintenance { start, end, .. } = &mut draft.shape {
        times.push(start);
        times.extend(end);
    }
    let exact: BTreeSet<Time> = times.iter().map(|time| **time).collect();
    let whole: BTreeSet<Time> = exact.iter().map(|time| time.whole_seconds()).collect();
    if exact.len() != whole.len() || exact == whole {
        return;
    }
    for time in times {
        *time = time.whole_seconds();
    }
    log.note(Topic::Fraction, None, "times are given to the second");
}

/// Keeps the old address as an alias where it has the form of an id.
fn with_old_address(mut draft: Draft, issue: &Issue, ids: &[String], log: &mut Log) -> Draft {
    if issue.slug == draft.id {
        return draft;
    }
    let text = if id::fault(&issue.slug).is_some() {
        format!("`{}` has not the form of an id, so it is no alias", issue.slug)
    } else if ids.contains(&issue.slug) {
        format!("`{}` is the id of another record, so it is no alias", issue.slug)
    } else {
        draft.aliases.push(issue.slug.clone());
        format!("`{}` is an alias; the record began on another day", issue.slug)
    };
    log.note(Topic::Address, None, text);
    draft
}

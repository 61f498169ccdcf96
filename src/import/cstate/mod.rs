//! cState: a theme for Hugo that turns `config.yml` and `content/issues/*.md` into a status page.
//!
//! Its front matter has a start, an end, a severity of three and the names of the affected systems; everything else is
//! in the body, in free text. `issue` reads one post, `body` and `messages` recover its messages, `kind` tells
//! maintenance from incidents, and `timeline` makes the entries.

use std::collections::btree_map::Entry;
use std::collections::{BTreeMap, BTreeSet};

use jiff::tz::TimeZone;

use crate::record::archive::CONFIG_PATH;
use crate::record::id;
use crate::record::slug;
use crate::record::time::Time;

use super::draft::{Draft, NOTICE, Shape};
use super::fidelity::{Log, Topic};
use super::{Import, REPORT, Refused, Source};

mod body;
mod clock;
mod config;
mod issue;
mod kind;
mod label;
mod messages;
mod record;
mod services;
mod timeline;
mod words;

use config::Config;
use issue::{Issue, Read};

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
    let services = services::find(&mut posts, &mut site, found);
    let ids = choose_ids(&posts);
    let mut taken: BTreeSet<String> = ids.iter().cloned().collect();
    for ((mut post, services), id) in posts.into_iter().zip(services).zip(ids) {
        let mut draft = record::draft(&post.issue, &services, &id, &zone, &mut post.log);
        keep_old_address(&mut draft, &post.issue, &mut taken, &mut post.log);
        import.add(&draft, &post.issue.path);
        import.fidelity.absorb(post.log);
    }
    import.counts.services = site.services.len();
    site.types.extend((import.counts.notices > 0).then_some(NOTICE));
    import.files.insert(CONFIG_PATH.into(), site.render("a cState site"));
    import.files.insert(".gitignore".into(), "/public\n".into());
    let report = import.fidelity.markdown(import.counts);
    import.files.insert(REPORT.into(), report);
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

/// The old address stays as an alias where it has the form of an id.
fn keep_old_address(draft: &mut Draft, issue: &Issue, taken: &mut BTreeSet<String>, log: &mut Log) {
    let old = &issue.slug;
    if *old == draft.id {
        return;
    }
    let text = if id::fault(old).is_some() {
        format!("`{old}` has not the form of an id, so it is no alias")
    } else if !taken.insert(old.clone()) {
        format!("`{old}` leads to another record, so it is no alias")
    } else {
        draft.aliases.push(old.clone());
        format!("`{old}` is an alias; the record began on another day")
    };
    log.note(Topic::Address, None, text);
}

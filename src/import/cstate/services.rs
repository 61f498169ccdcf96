//! From the names under `affected` to services.

use std::collections::BTreeMap;

use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::import::fidelity::Topic;
use crate::import::site::{Match, Site};

use super::Post;
use super::issue::Issue;

/// The services of every post, as indices. A name that the configuration does not have becomes a service that is
/// retired on the day after its last use.
pub(super) fn find(posts: &mut [Post], site: &mut Site, has_config: bool) -> Vec<Vec<String>> {
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

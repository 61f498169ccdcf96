//! Which pages exist, and where they stand.
//!
//! Links between pages are relative, so that the same files work at the root of a domain, below a path, and from a disk.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use super::projection::Projection;

/// The folder of each language for what only the internal site has.
pub const INTERNAL: &str = "internal/";

/// Where the internal site has the record of an id.
pub fn internal_record(id: &str) -> String {
    format!("{INTERNAL}incidents/{}/", folder_name(id))
}

/// A month of history.
pub type Month = (i16, i8);

/// A page, the same in every language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Page {
    Home,
    /// A place in `Projection::events`.
    Event(usize),
    /// An old id, and the event that has it.
    Redirect(String, usize),
    /// A place in `Projection::services`.
    Service(usize),
    History,
    Month(Month),
    Maintenance,
    /// The newest ones.
    Postmortems,
    /// Those of a year.
    PostmortemsOf(i16),
    Search,
    Subscribe,
    NotFound,
}

impl Page {
    /// Where it stands below the root of its language. A folder stands for the `index.html` in it.
    pub fn path(&self, site: &Projection) -> String {
        match self {
            Self::Home => String::new(),
            Self::Event(event) => event_path(&site.events[*event].id),
            Self::Redirect(alias, _) => event_path(alias),
            Self::Service(service) => format!("services/{}/", folder_name(&site.services[*service].id)),
            Self::History => "history/".to_owned(),
            Self::Month((year, month)) => format!("history/{year:04}-{month:02}/"),
            Self::Maintenance => "maintenance/".to_owned(),
            Self::Postmortems => "postmortems/".to_owned(),
            Self::PostmortemsOf(year) => format!("postmortems/{year:04}/"),
            Self::Search => "search/".to_owned(),
            Self::Subscribe => "subscribe/".to_owned(),
            Self::NotFound => "404.html".to_owned(),
        }
    }
}

fn event_path(id: &str) -> String {
    format!("incidents/{}/", folder_name(id))
}

/// The file of a path.
pub fn file(path: &str) -> String {
    if path.is_empty() || path.ends_with('/') { format!("{path}index.html") } else { path.to_owned() }
}

/// The way from a page to another path of the site, both from its root.
pub fn relative(from: &str, to: &str) -> String {
    let up = "../".repeat(from.matches('/').count());
    match (up.is_empty(), to.is_empty()) {
        (true, true) => "./".to_owned(),
        _ => up + to,
    }
}

/// Events by the month in which they began, oldest month first; within a month newest first.
pub fn months(site: &Projection) -> BTreeMap<Month, Vec<usize>> {
    let mut months: BTreeMap<Month, Vec<usize>> = BTreeMap::new();
    for (place, event) in site.events.iter().enumerate() {
        let date = site.zone.to_datetime(event.began).date();
        months.entry((date.year(), date.month())).or_default().push(place);
    }
    months
}

/// The years of the incidents with a published summary, oldest first.
pub fn postmortem_years(site: &Projection) -> BTreeSet<i16> {
    let learned = site.events.iter().filter(|event| event.summary.is_some());
    learned.map(|event| site.zone.to_datetime(event.began).year()).collect()
}

/// Every page of one language.
pub fn pages(site: &Projection, months: &BTreeMap<Month, Vec<usize>>) -> Vec<Page> {
    let mut pages = vec![
        Page::Home,
        Page::History,
        Page::Maintenance,
        Page::Postmortems,
        Page::Search,
        Page::Subscribe,
        Page::NotFound,
    ];
    pages.extend((0..site.services.len()).map(Page::Service));
    pages.extend(postmortem_years(site).into_iter().map(Page::PostmortemsOf));
    pages.extend(months.keys().map(|month| Page::Month(*month)));
    pages.extend((0..site.events.len()).map(Page::Event));
    let mut taken: HashSet<&str> = site.events.iter().map(|event| &*event.id).collect();
    for (place, event) in site.events.iter().enumerate() {
        for alias in &event.aliases {
            if taken.insert(alias) {
                pages.push(Page::Redirect(alias.clone(), place));
            }
        }
    }
    pages
}

/// A name as a folder of the site: one that stays inside it and needs no escape in an address.
pub fn folder_name(name: &str) -> String {
    let safe = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '~');
    let inner_dot = |at: usize, c: char| c == '.' && at > 0;
    name.char_indices().map(|(at, c)| if safe(c) || inner_dot(at, c) { c } else { '-' }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_go_up_as_far_as_the_page_is_deep() {
        assert_eq!(relative("", "incidents/x/"), "incidents/x/");
        assert_eq!(relative("", ""), "./");
        assert_eq!(relative("incidents/x/", ""), "../../");
        assert_eq!(relative("ko/history/2026-11/", "ko/services/a/"), "../../../ko/services/a/");
    }

    #[test]
    fn a_folder_is_the_index_in_it() {
        assert_eq!(file(""), "index.html");
        assert_eq!(file("history/"), "history/index.html");
        assert_eq!(file("404.html"), "404.html");
    }

    #[test]
    fn no_name_leads_out_of_the_site() {
        assert_eq!(folder_name("../../etc"), "-.-..-etc");
        assert_eq!(folder_name("2024-05-01-checkout"), "2024-05-01-checkout");
        assert_eq!(folder_name("결제 API"), "결제-API");
    }
}

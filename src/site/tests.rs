use super::builtin::{Files, Overrides};
use super::fixture::{CONFIG, Repository, at};
use super::health::Overall;
use super::language::words::Words;
use super::*;

const NOW: &str = "2024-05-01T12:00:00Z";
const ID: &str = "2024-05-01-checkout";
const TIMELINE: &str = "  - {at: 2024-05-01T09:40:00Z, by: wei, event: impact_started, impact: {checkout: major_outage}}
  - {at: 2024-05-01T09:50:00Z, by: mara, status: investigating, public: \"We are <b>looking</b>.\"}
  - {at: 2024-05-01T11:00:00Z, by: mara, status: resolved, impact: {checkout: operational}, public: {en: It works., ko: 복구되었습니다.}}
";

fn repository() -> Repository {
    let old = "---\ntitle: Search & find\nvisibility: public\naliases: [2023-12-01-suche]\ntimeline:\n\
               \x20 - {at: 2023-12-01T09:50:00Z, by: mara, status: investigating, impact: {search: partial_outage}, public: Looking.}\n\
               \x20 - {at: 2023-12-02T09:50:00Z, by: mara, status: resolved, impact: {search: operational}, public: Fine.}\n---\n";
    Repository::new()
        .incident(ID, TIMELINE)
        .maintenance("  - {at: 2024-05-01T09:00:00Z, by: mara, status: scheduled, public: We upgrade.}\n")
        .record("2023-12-01-search/incident.md", old)
}

fn site(repository: &Repository, options: &Options) -> Site {
    build(&repository.archive(), options).unwrap()
}

fn options() -> Options {
    Options::new(at(NOW))
}

fn page(site: &Site, path: &str) -> String {
    String::from_utf8(site.files[path].clone()).unwrap()
}

fn json(site: &Site, path: &str) -> serde_json::Value {
    serde_json::from_slice(&site.files[path]).unwrap()
}

fn pages(site: &Site) -> impl Iterator<Item = (&String, String)> {
    site.files.iter().filter(|(path, _)| path.ends_with(".html")).map(|(path, _)| (path, page(site, path)))
}

/// The values of an attribute in a page.
fn attributes<'a>(html: &'a str, start: &'a str) -> impl Iterator<Item = &'a str> {
    html.split(start).skip(1).filter_map(|rest| rest.split('"').next())
}

/// Where a relative link from a page leads.
fn target(page: &str, href: &str) -> String {
    let href = href.split(['?', '#']).next().unwrap();
    let mut parts: Vec<&str> = page.split('/').collect();
    parts.pop();
    for part in href.split('/') {
        match part {
            ".." => _ = parts.pop().unwrap(),
            "." | "" => {}
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    if href.ends_with('/') && !path.is_empty() { path + "/" } else { path }
}

#[test]
fn every_link_leads_to_a_page_of_the_site() {
    let site = site(&repository(), &options());
    let mut seen = 0;
    for (path, html) in pages(&site).filter(|(path, _)| !path.ends_with("404.html")) {
        for href in attributes(&html, "href=\"").chain(attributes(&html, "src=\"")) {
            if href.starts_with("https://") || href.starts_with('#') {
                continue;
            }
            let file = plan::file(&target(path, href));
            assert!(site.files.contains_key(&file), "{path} links to {href}, which is {file}");
            seen += 1;
        }
    }
    assert!(seen > 100);
}

#[test]
fn pages_hold_no_inline_script_or_style() {
    for (path, html) in pages(&site(&repository(), &options())) {
        assert!(html.contains("Content-Security-Policy"), "{path}");
        assert!(!html.contains("style=\"") && !html.contains("<style") && !html.contains("onclick"), "{path}");
        assert_eq!(html.matches("<script").count(), html.matches("<script src=").count(), "{path}");
    }
}

#[test]
fn raw_html_of_a_message_is_text() {
    let site = site(&repository(), &options());
    assert!(page(&site, &format!("incidents/{ID}/index.html")).contains("We are &lt;b&gt;looking&lt;/b&gt;."));
    assert!(page(&site, "incidents/2023-12-01-search/index.html").contains("<h1>Search &amp; find</h1>"));
}

#[test]
fn an_old_id_still_leads_to_the_incident() {
    let page = page(&site(&repository(), &options()), "incidents/2023-12-01-suche/index.html");
    assert!(page.contains("content=\"0; url=../../incidents/2023-12-01-search/\""), "{page}");
}

#[test]
fn each_language_has_its_own_tree() {
    let site = site(&repository(), &options());
    let korean = page(&site, &format!("ko/incidents/{ID}/index.html"));
    assert!(korean.contains("<html lang=\"ko\">") && korean.contains("복구되었습니다."));
    assert!(korean.contains("<h1 lang=\"en\">Card payments fail</h1>"));
    assert!(korean.contains("작성 언어: English"), "what is not in Korean says in which language it is");
    assert!(korean.contains(&format!("hreflang=\"en\" href=\"https://status.example.com/incidents/{ID}/\"")));
}

#[test]
fn building_one_language_leaves_out_the_others() {
    let only = Options { languages: Some(vec!["ko".to_owned()]), ..options() };
    let site = site(&repository(), &only);
    assert!(site.files.contains_key("ko/index.html") && !site.files.contains_key("index.html"));
}

#[test]
fn a_language_that_the_site_does_not_have_cannot_be_built() {
    let only = Options { languages: Some(vec!["fr".to_owned()]), ..options() };
    let error = build(&repository().archive(), &only).unwrap_err().to_string();
    assert_eq!(error, "the site has no language `fr`; `site.languages` has en, ko");
}

#[test]
fn a_public_record_that_cannot_be_read_in_full_stops_the_build() {
    let broken = |text: &str| repository().record("2024-04-01-x/incident.md", text).archive();
    let no_time = "---\ntitle: X\nvisibility: public\ntimeline:\n  - {by: mara, public: Lost.}\n---\n";
    let error = build(&broken(no_time), &options()).unwrap_err().to_string();
    assert!(error.ends_with("  incidents/2024-04-01-x/incident.md"), "{error}");
    assert!(build(&broken("---\n- [\n---\n"), &options()).is_err());
    assert!(build(&broken(&no_time.replace("public\n", "internal\n")), &options()).is_ok());
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let build_with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| site(&repository(), &options()))
    };
    assert_eq!(build_with(1), build_with(4));
}

#[test]
fn what_is_over_does_not_change_as_time_goes_by() {
    let later = Options::new(at("2024-05-02T12:00:00Z"));
    let (now, later) = (site(&repository(), &options()), site(&repository(), &later));
    for path in [&format!("incidents/{ID}/index.html"), "history/2023-12/index.html", "history/index.html"] {
        assert_eq!(page(&now, path), page(&later, path));
    }
    assert_ne!(page(&now, "index.html"), page(&later, "index.html"));
}

#[test]
fn all_is_well_only_if_it_is() {
    let sentence = |repository: &Repository, now: &str| {
        let home = page(&site(repository, &Options::new(at(now))), "index.html");
        home.split("<h1>").nth(1).unwrap().split("</h1>").next().unwrap().to_owned()
    };
    assert_eq!(sentence(&repository(), NOW), "All systems are operational");
    assert_eq!(sentence(&repository(), "2024-05-01T10:00:00Z"), "Checkout is down");
    let unclear = Repository::new().incident(ID, "  - {at: 2024-05-01T09:50:00Z, by: mara, status: investigating}\n");
    assert_eq!(sentence(&unclear, NOW), "We are looking into an incident");
    let begun = "  - {at: 2024-05-01T08:00:00Z, by: mara, status: in_progress}\n";
    assert_eq!(sentence(&Repository::new().maintenance(begun), NOW), "Checkout is under maintenance");
    assert_eq!(sentence(&unclear.maintenance(begun), NOW), "We are looking into an incident");
    let empty = Repository::new().config("site: {title: Status}\n");
    assert_eq!(sentence(&empty, NOW), "No services are listed here yet");
}

#[test]
fn a_service_without_data_is_not_at_full_uptime() {
    let config = CONFIG.replace(", since: 2024-01-01", "");
    let site = site(&Repository::new().config(&config), &options());
    let service = page(&site, "services/checkout/index.html");
    assert!(service.contains("There are no data yet.") && !service.contains("100%"));
}

#[test]
fn a_service_page_shows_the_formula_and_what_was_counted() {
    let service = page(&site(&repository(), &options()), "services/checkout/index.html");
    assert!(service.contains("Uptime = 1 − downtime ÷ time watched."));
    for cell in ["\"Duration\">1 h 20 min", "\"Weight\">100%", "\"Counts as\">1 h 20 min"] {
        assert!(service.contains(&format!("data-label={cell}</td>")), "{service}");
    }
    assert!(service.contains("<strong>99.81%</strong>"), "80 minutes of 29 days and a half");
}

#[test]
fn the_api_has_the_shape_that_clients_know() {
    let site = site(&repository(), &Options::new(at("2024-05-01T10:00:00Z")));
    let summary = json(&site, "api/v2/summary.json");
    let keys = |value: &serde_json::Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    assert_eq!(keys(&summary), "page components incidents scheduled_maintenances status");
    assert_eq!(keys(&summary["page"]), "id name url time_zone updated_at");
    let group = &summary["components"][0];
    let leaf = &summary["components"][1];
    let component = "id name status created_at updated_at position description showcase start_date group_id page_id group only_show_if_degraded";
    assert_eq!(keys(leaf), component);
    assert_eq!(keys(group), format!("{component} components"));
    assert_eq!((&group["status"], &leaf["status"]), (&"major_outage".into(), &"major_outage".into()));
    assert_eq!(group["components"][0], leaf["id"]);
    let incident = &summary["incidents"][0];
    let event = "id name status created_at updated_at monitoring_at resolved_at impact shortlink started_at page_id incident_updates components";
    assert_eq!(keys(incident), format!("{event} reminder_intervals"));
    assert_eq!(keys(&summary["scheduled_maintenances"][0]), format!("{event} scheduled_for scheduled_until"));
    assert_eq!(
        keys(&incident["incident_updates"][0]),
        "id status body incident_id created_at updated_at display_at affected_components deliver_notifications custom_tweet tweet_id"
    );
    assert_eq!(incident["started_at"], "2024-05-01T09:40:00.000Z");
    assert_eq!(incident["impact"], "critical");
    assert_eq!(summary["status"], serde_json::json!({"indicator": "major", "description": "Partial System Outage"}));
    assert_eq!(json(&site, "api/v2/status.json")["status"], summary["status"]);
}

#[test]
fn api_times_have_the_offset_of_the_zone() {
    let rome = CONFIG.replace("Etc/UTC", "Europe/Rome");
    let site = site(&repository().config(&rome), &Options::new(at("2024-05-01T10:00:00Z")));
    assert_eq!(json(&site, "api/v2/summary.json")["incidents"][0]["started_at"], "2024-05-01T11:40:00.000+02:00");
}

#[test]
fn the_overall_status_follows_from_the_worst_service() {
    use crate::record::timeline::ServiceState::*;
    let status = |worst, in_worst, total| {
        let overall = Overall {
            worst,
            in_worst,
            total,
            example: None,
            affected: in_worst,
            open_incidents: 0,
            only_monitoring: true,
            running_maintenance: 0,
        };
        let status = machine::api::roll_up(&overall);
        (status.indicator, status.description)
    };
    assert_eq!(status(MajorOutage, 2, 2), ("critical", "Major System Outage"));
    assert_eq!(status(MajorOutage, 1, 2), ("major", "Partial System Outage"));
    assert_eq!(status(PartialOutage, 2, 2), ("major", "Partial System Outage"));
    assert_eq!(status(PartialOutage, 1, 2), ("minor", "Minor Service Outage"));
    assert_eq!(status(DegradedPerformance, 2, 2), ("minor", "Partially Degraded Service"));
    assert_eq!(status(UnderMaintenance, 1, 2), ("maintenance", "Service Under Maintenance"));
    assert_eq!(status(Operational, 2, 2), ("none", "All Systems Operational"));
}

#[test]
fn an_entry_of_the_feed_moves_with_each_message() {
    let updated = |now: &str| {
        let site = site(&repository(), &Options::new(at(now)));
        let feed = page(&site, "history.atom");
        let entry = feed.split("<entry>").find(|entry| entry.contains("Card payments fail")).unwrap().to_owned();
        entry.split("<updated>").nth(1).unwrap().split('<').next().unwrap().to_owned()
    };
    assert_eq!(updated("2024-05-01T10:00:00Z"), "2024-05-01T09:50:00Z");
    assert_eq!(updated("2024-05-03T00:00:00Z"), "2024-05-01T11:00:00Z");
}

#[test]
fn a_feed_escapes_what_it_carries() {
    let feed = page(&site(&repository(), &options()), "history.atom");
    assert!(feed.contains("<title>Search &amp; find</title>"));
    assert!(feed.contains("&lt;p&gt;We are &amp;lt;b&amp;gt;looking"));
    assert!(feed.contains("<id>tag:status.example.com,2005:Incident/"));
}

#[test]
fn a_feed_stays_xml_whatever_a_record_holds() {
    let record = TIMELINE.replace("looking", "\\x1b \\x0b \\ufffe");
    let feed = page(&site(&Repository::new().incident(ID, &record), &options()), "history.atom");
    assert!(feed.contains('\u{fffd}') && !feed.contains(['\u{1b}', '\u{b}', '\u{fffe}']), "{feed}");
}

#[test]
fn an_address_that_is_not_of_the_web_is_none() {
    let config = CONFIG.replace("https://status.example.com", "javascript:alert(1)");
    let site = site(&repository().config(&config), &options());
    assert!(site.files.iter().all(|(_, bytes)| !String::from_utf8_lossy(bytes).contains("javascript:")));
}

#[test]
fn without_an_address_there_is_nothing_that_needs_one() {
    let config = CONFIG.replace("  url: https://status.example.com\n", "");
    let site = site(&repository().config(&config), &options());
    assert!(!site.files.contains_key("history.atom") && !site.files.contains_key("sitemap.xml"));
    assert!(!page(&site, "index.html").contains("canonical"));
}

#[test]
fn the_page_for_lost_readers_works_below_a_path() {
    let config = CONFIG.replace("https://status.example.com", "https://x.example/status/");
    let page = page(&site(&repository().config(&config), &options()), "404.html");
    assert!(page.contains("href=\"/status/assets/site.css"), "{page}");
}

#[test]
fn a_template_of_the_users_wins_and_may_extend_the_built_in_one() {
    let mine = Overrides::of(&[
        (
            "404.html",
            "{% extends \"builtin/404.html\" %}{% block content %}Lost in {{ page.site_title }}{% endblock %}",
        ),
        ("assets/logo.svg", "<svg/>"),
    ]);
    let site = site(&repository(), &Options { overrides: mine, ..options() });
    assert!(page(&site, "404.html").contains("Lost in Example Shop status"));
    assert!(site.files.contains_key("assets/logo.svg"));
}

#[test]
fn a_template_error_names_the_file_the_line_and_the_variable() {
    let mine = Overrides::of(&[("404.html", "one\n{{ page.titel }}")]);
    let error = build(&repository().archive(), &Options { overrides: mine, ..options() }).unwrap_err().to_string();
    assert!(error.contains("titel") && error.contains("templates/404.html:2:"), "{error}");
}

#[test]
fn a_word_of_the_users_wins_over_the_built_in_one() {
    let mine = Overrides::of(&[("i18n/en.ftl", "overall_operational = Kiln is hot\n")]);
    let site = site(&repository(), &Options { overrides: mine, ..options() });
    assert!(page(&site, "index.html").contains("<h1>Kiln is hot</h1>"));
}

#[test]
fn a_language_without_words_or_with_too_few_is_an_error() {
    let fails = |overrides: &[(&str, &str)]| {
        let repository = repository().config(&CONFIG.replace("[en, ko]", "[en, de]"));
        let options = Options { overrides: Overrides::of(overrides), ..options() };
        build(&repository.archive(), &options).unwrap_err().to_string()
    };
    assert!(fails(&[]).contains("no words for the language `de`; built in are en, it, ja, ko"));
    assert!(fails(&[("i18n/de.ftl", "skip = Zum Inhalt\n")]).contains("templates/i18n/de.ftl lacks"));
    assert!(fails(&[("i18n/de.ftl", "skip = {\n")]).contains("templates/i18n/de.ftl:"));
}

#[test]
fn all_languages_have_the_same_words() {
    let keys = |tag: &str| {
        let text = Files::builtin_only().builtin(&format!("i18n/{tag}.ftl")).unwrap();
        let ids =
            text.lines().filter_map(|line| Some(line.split_once(" = ")?.0).filter(|id| !id.starts_with([' ', '#'])));
        ids.map(str::to_owned).collect::<BTreeSet<_>>()
    };
    for tag in ["ko", "ja", "it"] {
        assert_eq!(keys(tag), keys("en"), "{tag}");
    }
}

#[test]
fn every_word_that_the_code_asks_for_exists() {
    let words = Words::load("en", &Files::builtin_only()).unwrap();
    let sources = [
        include_str!("view/mod.rs"),
        include_str!("view/event.rs"),
        include_str!("view/head.rs"),
        include_str!("view/history.rs"),
        include_str!("view/home.rs"),
        include_str!("view/postmortems.rs"),
        include_str!("view/service.rs"),
        include_str!("machine/badge.rs"),
        include_str!("machine/calendar.rs"),
        include_str!("machine/feed.rs"),
        include_str!("mod.rs"),
    ];
    let parts = sources.iter().flat_map(|source| attributes(source, "\"nav_").map(|key| format!("nav_{key}")));
    for key in parts {
        assert!(words.plain().contains_key(&key), "{key}");
    }
    for key in sources.iter().flat_map(|source| attributes(source, "word(\"")) {
        assert!(words.plain().contains_key(key), "{key}");
    }
    let sentences =
        sources.iter().flat_map(|source| attributes(source, "\"overall_").map(|key| format!("overall_{key}")));
    for key in sentences {
        assert_ne!(words.say(&key, &[]), key);
    }
    for key in sources.iter().flat_map(|source| attributes(source, "count(\"")) {
        assert_ne!(words.say(key, &[]), key);
    }
}

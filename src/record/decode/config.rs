//! Reads `incident.yaml`, and puts the built-in severities under it.

use std::sync::Arc;

use jiff::civil::Weekday;

use super::check::Checker;
use super::read::{Fields, message, name, text};
use super::scalar::is_web_address;
use super::{Findings, Names};
use crate::record::colour::Colour;
use crate::record::config::{
    BusinessHours, Clocks, Config, DEFAULT_LANGUAGE, Person, Phrases, Private, Security, Service, Severity, Sink, Site,
    Team, Theme, Waiver,
};
use crate::record::percent::Percent;
use crate::record::shape::{WEEKDAYS, canonical_role};
use crate::record::time::{parse_date, parse_minutes};
use crate::record::timeline::Text;
use crate::record::wall_clock::Hours;
use crate::record::{Kind, shape};
use crate::text::frontmatter::is_readable;
use crate::text::span::Span;
use crate::text::yaml::{self, Node};

/// Reads the configuration and adds its words to `names`. Never fails: what is wrong is among its problems.
pub fn read(path: &str, text: Arc<str>, names: &mut Names) -> Config {
    let mut problems = Vec::new();
    let root = if is_readable(&text, &mut problems) {
        yaml::parse(&text, Span::new(0, text.len()), &mut problems)
    } else {
        None
    };
    let fields = Fields::of(root.as_ref());
    let severities = severities(fields);
    names.severities = severities.iter().map(|s| s.id.clone()).collect();
    names.roles.extend(words(fields, "roles"));
    names.types.extend(words(fields, "types"));
    names.languages = words(fields.map("site"), "languages");
    if names.languages.is_empty() {
        names.languages.push(DEFAULT_LANGUAGE.into());
    }
    let default = names.languages.first().cloned().unwrap_or_default();
    let mut references = Vec::new();
    if let Some(root) = &root {
        let mut checker = Checker { text: &text, names, kind: Kind::Incident, found: Findings::default() };
        checker.map(root, &shape::CONFIG);
        problems.append(&mut checker.found.problems);
        references = checker.found.references;
    }
    Config {
        path: path.into(),
        readable: root.as_ref().is_some_and(|root| root.pairs().is_some()),
        problems,
        references,
        site: site(fields.map("site")),
        theme: theme(fields.map("theme")),
        services: maps(fields, "services").filter_map(|fields| service(fields, &default)).collect(),
        people: maps(fields, "people").filter_map(person).collect(),
        teams: maps(fields, "teams").filter_map(team).collect(),
        severities,
        private: private(fields.map("private")),
        roles: fields.texts("roles"),
        types: fields.texts("types"),
        business_hours: business_hours(fields.map("business_hours")),
        notice: minutes(fields.map("maintenance"), "notice"),
        push: fields.bool("push").is_some_and(|b| b.value),
        rules: levels(fields.pairs("rules")),
        history_since: fields.map("rules").map("history").text("since"),
        phrases: fields.pairs("rules").iter().filter_map(|(rule, options)| phrases(rule, options)).collect(),
        waivers: maps(fields, "waivers").map(waiver).collect(),
        announce: maps(fields, "announce").filter_map(sink).collect(),
        text,
    }
}

fn words(fields: Fields<'_>, key: &str) -> Vec<String> {
    fields.texts(key).into_iter().map(|word| word.value).collect()
}

fn maps<'a>(fields: Fields<'a>, key: &str) -> impl Iterator<Item = Fields<'a>> {
    fields.items(key).iter().filter(|node| node.pairs().is_some()).map(|node| Fields::of(Some(node)))
}

fn site(fields: Fields<'_>) -> Site {
    // Every page links to it, so an address of another kind has to go.
    let url = fields.text("url").filter(|url| is_web_address(&url.value));
    let url = url.map(|url| url.map(|u| u.trim_end_matches('/').to_owned()));
    Site {
        title: message(fields, "title"),
        url,
        timezone: fields.text("timezone"),
        languages: fields.texts("languages"),
        description: message(fields, "description"),
        stale_after: minutes(fields, "stale_after"),
        contact: fields.texts("contact"),
        security: security(fields.map("security")),
    }
}

fn theme(fields: Fields<'_>) -> Theme {
    Theme {
        logo: fields.text("logo"),
        logo_dark: fields.text("logo_dark"),
        accent: fields.parsed("accent", Colour::parse),
        accent_dark: fields.parsed("accent_dark", Colour::parse),
    }
}

fn business_hours(fields: Fields<'_>) -> Option<BusinessHours> {
    let named: Vec<Weekday> = fields.texts("days").iter().filter_map(|day| weekday(&day.value)).collect();
    let weekdays = || WEEKDAYS.iter().take(5).filter_map(|day| weekday(day)).collect();
    Some(BusinessHours {
        days: if named.is_empty() { weekdays() } else { named },
        hours: fields.parsed("hours", Hours::parse)?.value,
        timezone: fields.text("timezone"),
        holidays: fields.texts("holidays").iter().filter_map(|day| parse_date(&day.value).ok()).collect(),
    })
}

fn weekday(name: &str) -> Option<Weekday> {
    let place = WEEKDAYS.iter().position(|day| *day == name)?;
    Weekday::from_monday_zero_offset(i8::try_from(place).ok()?).ok()
}

fn private(fields: Fields<'_>) -> Private {
    Private { hosts: fields.texts("hosts"), tickets: fields.texts("tickets"), customers: fields.texts("customers") }
}

fn security(fields: Fields<'_>) -> Option<Security> {
    Some(Security {
        contact: fields.text("contact")?,
        expires: fields.date("expires")?,
        policy: fields.text("policy").filter(|url| is_web_address(&url.value)),
    })
}

/// `default` is the first language of the site.
fn service(fields: Fields<'_>, default: &str) -> Option<Service> {
    Some(Service {
        span: fields.span(),
        id: fields.text("id")?,
        name: name(fields, "name", default),
        description: message(fields, "description"),
        group: message(fields, "group"),
        owner: fields.text("owner"),
        tier: fields.number("tier"),
        public: fields.bool("public").is_none_or(|b| b.value),
        objective: fields.parsed("objective", Percent::parse),
        since: fields.date("since"),
        retired: fields.date("retired"),
        replaced_by: fields.text("replaced_by"),
        aliases: fields.texts("aliases"),
    })
}

fn person(fields: Fields<'_>) -> Option<Person> {
    Some(Person { id: fields.text("id")?, name: fields.text("name"), team: fields.text("team") })
}

fn team(fields: Fields<'_>) -> Option<Team> {
    Some(Team { id: fields.text("id")?, name: fields.text("name") })
}

/// The level of each rule, whether it is its only setting or one of several.
fn levels(pairs: &[(Node<'_>, Node<'_>)]) -> Vec<(Text, Text)> {
    let level = |setting: &Node<'_>| text(setting).or_else(|| Fields::of(Some(setting)).text("level"));
    pairs.iter().filter_map(|(rule, setting)| Some((text(rule)?, level(setting)?))).collect()
}

fn phrases(rule: &Node<'_>, options: &Node<'_>) -> Option<Phrases> {
    let options = Fields::of(options.pairs().map(|_| options));
    let (also, except) = (options.texts("also"), options.texts("except"));
    let any = !also.is_empty() || !except.is_empty();
    any.then_some(Phrases { rule: text(rule)?, also, except })
}

fn sink(fields: Fields<'_>) -> Option<Sink> {
    Some(Sink {
        span: fields.span(),
        name: fields.text("name")?,
        kind: fields.text("kind"),
        audience: fields.text("audience"),
        language: fields.text("language"),
        url_env: fields.text("url_env"),
        host: fields.text("host"),
        port: fields.number("port"),
        tls: fields.text("tls"),
        user_env: fields.text("user_env"),
        password_env: fields.text("password_env"),
        from: fields.text("from"),
        to: fields.texts("to"),
    })
}

fn waiver(fields: Fields<'_>) -> Waiver {
    Waiver {
        span: fields.span(),
        rule: fields.text("rule"),
        record: fields.text("record"),
        reason: fields.text("reason"),
        by: fields.text("by"),
        until: fields.date("until"),
    }
}

/// The built-in severities with the overrides of the configuration, and its own: in the order of their ids, so that a
/// `sev0` is worse than `sev1`.
fn severities(fields: Fields<'_>) -> Vec<Severity> {
    let mut all = Severity::built_in();
    for (id, node) in fields.pairs("severities") {
        let Some(id) = id.scalar() else { continue };
        let at = all.iter().position(|s| s.id == id).unwrap_or_else(|| {
            all.push(Severity { id: id.to_owned(), name: id.to_owned(), ..Severity::default() });
            all.len() - 1
        });
        override_severity(&mut all[at], Fields::of(Some(node)));
    }
    all.sort_by(|a, b| a.id.cmp(&b.id));
    all
}

fn override_severity(severity: &mut Severity, fields: Fields<'_>) {
    let clocks = fields.map("clocks");
    let set = |to: &mut Option<u64>, key| *to = minutes(clocks, key).or(*to);
    set(&mut severity.clocks.first_update, "first_update");
    set(&mut severity.clocks.cadence, "cadence");
    set(&mut severity.clocks.escalation, "escalation");
    set(&mut severity.clocks.postmortem, "postmortem");
    set(&mut severity.clocks.action, "action");
    if let Some(name) = fields.text("name") {
        severity.name = name.value;
    }
    if let Some(criteria) = fields.text("criteria") {
        severity.criteria = criteria.value;
    }
    severity.major = fields.bool("major").map_or(severity.major, |b| b.value);
    severity.postmortem = fields.bool("postmortem").map_or(severity.postmortem, |b| b.value);
    if fields.node("roles").is_some() {
        severity.roles = words(fields, "roles").iter().map(|role| canonical_role(role).to_owned()).collect();
    }
    if fields.node("channels").is_some() {
        severity.channels = words(fields, "channels");
    }
}

fn minutes(fields: Fields<'_>, key: &str) -> Option<u64> {
    fields.parsed(key, parse_minutes).map(|m| m.value)
}

impl Severity {
    /// The three that every organisation starts with, worst first.
    pub fn built_in() -> Vec<Self> {
        const HOUR: u64 = 60;
        const DAY: u64 = 24 * HOUR;
        let severity = |id: &str, name: &str, criteria: &str, major: bool, clocks: [u64; 3]| Self {
            id: id.into(),
            name: name.into(),
            criteria: criteria.into(),
            major,
            roles: if major {
                vec!["incident_manager".into(), "communications_manager".into(), "tech_lead".into()]
            } else {
                vec!["incident_manager".into()]
            },
            channels: if major { vec!["chat".into(), "video".into()] } else { Vec::new() },
            postmortem: major,
            clocks: Clocks {
                first_update: Some(clocks[0]),
                cadence: Some(clocks[1]),
                escalation: Some(clocks[2]),
                postmortem: Some(14 * DAY),
                action: Some(28 * DAY),
            },
        };
        vec![
            severity(
                "sev1",
                "critical",
                "A main service is down for all customers, or data is lost or exposed.",
                true,
                [10, 30, HOUR],
            ),
            severity(
                "sev2",
                "major",
                "A main service is down for some customers, or badly degraded for all.",
                true,
                [30, HOUR, 4 * HOUR],
            ),
            severity("sev3", "minor", "A nuisance with a workaround.", false, [4 * HOUR, DAY, 3 * DAY]),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::lifecycle::Lifecycle;

    fn read_config(text: &str) -> Config {
        read("incident.yaml", text.into(), &mut Names::new(&Lifecycle::built_in().unwrap()))
    }

    fn rules(text: &str) -> Vec<&'static str> {
        read_config(text).problems.iter().map(|problem| problem.rule).collect()
    }

    #[test]
    fn a_file_that_a_person_saved_badly_says_so() {
        assert_eq!(
            rules("<<<<<<< HEAD\nsite: {title: A}\n=======\nsite: {title: B}\n>>>>>>> x\n"),
            ["conflict-markers"]
        );
        assert_eq!(rules("\u{feff}site: {title: A}\n"), ["line-endings"]);
        assert_eq!(rules("site: {title: A}\r\nteams: []\n"), ["line-endings"]);
        assert_eq!(rules(&"# long\n".repeat(200_000)), ["file-too-large"]);
    }

    #[test]
    fn an_id_that_other_readers_take_for_a_boolean_is_ambiguous() {
        assert_eq!(rules("services: [{id: no, name: Norway}]\n"), ["ambiguous-yaml"]);
        assert_eq!(rules("services: [{id: \"no\", name: Norway}]\n"), [""; 0]);
    }

    #[test]
    fn a_limit_that_time_cannot_hold_is_refused() {
        assert_eq!(rules("site: {title: A, stale_after: 900000000000000w}\n"), ["wrong-type"]);
    }

    /// The defaults of the format: first update, cadence, escalation, postmortem, priority actions.
    #[test]
    fn the_built_in_clocks_are_those_of_the_format() {
        const HOUR: u64 = 60;
        const DAY: u64 = 24 * HOUR;
        let limits = |first, cadence, escalation| Clocks {
            first_update: Some(first),
            cadence: Some(cadence),
            escalation: Some(escalation),
            postmortem: Some(14 * DAY),
            action: Some(4 * 7 * DAY),
        };
        let built_in: Vec<_> = Severity::built_in().into_iter().map(|s| (s.id, s.name, s.major, s.clocks)).collect();
        assert_eq!(
            built_in,
            [
                ("sev1".into(), "critical".into(), true, limits(10, 30, 60)),
                ("sev2".into(), "major".into(), true, limits(30, HOUR, 4 * HOUR)),
                ("sev3".into(), "minor".into(), false, limits(4 * HOUR, DAY, 3 * DAY)),
            ]
        );
    }

    #[test]
    fn a_rule_has_a_level_alone_or_among_its_options() {
        let config = read_config(
            "rules: {missing-field: warn, blaming-words: {level: off, also: [sloppy], except: [blamed]}, history: {since: 1a2b}}",
        );
        let levels: Vec<_> = config.rules.iter().map(|(rule, level)| (&*rule.value, &*level.value)).collect();
        assert_eq!(levels, [("missing-field", "warn"), ("blaming-words", "off")]);
        let phrases: Vec<_> =
            config.phrases.iter().map(|set| (&*set.rule.value, set.also.len(), set.except.len())).collect();
        assert_eq!(phrases, [("blaming-words", 1, 1)]);
    }

    #[test]
    fn an_override_changes_what_it_names_and_nothing_else() {
        let config = read_config(
            "severities:\n  sev2: {name: serious, clocks: {cadence: 45m}, roles: [incident_commander]}\n  sev4: {}\n",
        );
        let ids: Vec<_> = config.severities.iter().map(|s| s.id.as_str()).collect();
        assert_eq!(ids, ["sev1", "sev2", "sev3", "sev4"]);
        let (built_in, sev2) = (&Severity::built_in()[1], &config.severities[1]);
        let clocks = Clocks { cadence: Some(45), ..built_in.clocks };
        let roles = vec!["incident_manager".to_owned()];
        assert_eq!(*sev2, Severity { name: "serious".into(), clocks, roles, ..built_in.clone() });
    }
}

//! The keys of `incident.yaml`.

use super::{CHANNELS, Shape, Value, Vocabulary, optional, required};
use crate::record::Target;

/// What a rule can be set to.
pub const LEVELS: &[&str] = &["off", "info", "warn", "error"];

/// For readers, in the first language of the site or in several.
pub const NAME: Value = Value::Either {
    scalar: &Value::Line(120),
    collection: &Value::Dict { key: &Value::Word(Vocabulary::Language), value: &Value::Line(120) },
};

/// For readers, like a name.
const SENTENCE: Value = Value::Either {
    scalar: &Value::Line(300),
    collection: &Value::Dict { key: &Value::Word(Vocabulary::Language), value: &Value::Line(300) },
};

const SECURITY: Shape = Shape {
    name: "security contact",
    doc: "Where a weakness is reported: `.well-known/security.txt`.",
    fields: &[
        required("contact", Value::Line(300), "A web address, or an e-mail address.").public(),
        required("expires", Value::Date, "The day from which this may be out of date; less than a year ahead.")
            .public(),
        optional("policy", Value::Url, "What reporters may expect.").public(),
    ],
};

const SITE: Shape = Shape {
    name: "site",
    doc: "What the site says of itself.",
    fields: &[
        required("title", NAME, "The name of the page, also by language.").public(),
        optional("url", Value::Url, "Where it is published; feeds and the sitemap need it.").public(),
        optional(
            "timezone",
            Value::Zone,
            "The zone in which days are counted and times are shown; `Etc/UTC` where nothing is said.",
        )
        .public(),
        optional(
            "languages",
            Value::List(&Value::Line(35)),
            "Language tags; the first is the default, `en` where nothing is said.",
        )
        .public(),
        optional("description", SENTENCE, "One sentence for search engines, also by language.").public(),
        optional("stale_after", Value::Duration, "When a reader is warned that the page is old.").public(),
        optional(
            "contact",
            Value::OneOrMore(&Value::Line(200)),
            "Mail addresses and telephone numbers that public texts may give to customers.",
        )
        .public(),
        optional("security", Value::Map(&SECURITY), "Where a weakness is reported."),
    ],
};

const THEME: Shape = Shape {
    name: "theme",
    doc: "How the site looks, as far as no template or style sheet of one's own says it.",
    fields: &[
        optional("logo", Value::Line(200), "A picture under `templates/assets/`, shown beside the title.").public(),
        optional("logo_dark", Value::Line(200), "The one for dark screens, where the other cannot be seen.").public(),
        optional("accent", Value::Colour, "The colour of links and of what is chosen.").public(),
        optional("accent_dark", Value::Colour, "The one for dark screens; a lighter shade where nothing is said.")
            .public(),
    ],
};

const SERVICE: Shape = Shape {
    name: "service",
    doc: "Something that customers use.",
    fields: &[
        required("id", Value::Slug, "The name that records use.").public(),
        optional("name", NAME, "The name that readers see.").public(),
        optional("description", SENTENCE, "One sentence for readers.").public(),
        optional("group", NAME, "The heading it stands under. One service of a group may translate it for all.")
            .public(),
        optional("owner", Value::Ref(Target::Team), "The team that runs it."),
        optional("tier", Value::Number, "1 is the most important."),
        optional("public", Value::Bool, "Whether the public site shows it; true where nothing is said.").public(),
        optional("objective", Value::Percent, "The share of the time that it is meant to be up, such as `99.9%`."),
        optional("since", Value::Date, "The first day with data.").public(),
        optional("retired", Value::Date, "The day it was switched off.").public(),
        optional("replaced_by", Value::Ref(Target::Service), "Its successor.").public(),
        optional("aliases", Value::List(&Value::Line(120)), "Names that old records use."),
    ],
};

const PERSON: Shape = Shape {
    name: "person",
    doc: "Somebody who can be named in a record.",
    fields: &[
        required("id", Value::Slug, "The name that records use."),
        optional("name", Value::Line(120), "The full name."),
        optional("team", Value::Ref(Target::Team), "The team."),
    ],
};

const TEAM: Shape = Shape {
    name: "team",
    doc: "A team that owns services or is escalated to.",
    fields: &[
        required("id", Value::Slug, "The name that records use."),
        optional("name", Value::Line(120), "The full name."),
    ],
};

const CLOCKS: Shape = Shape {
    name: "clocks",
    doc: "Limits, each counted from the later of declaration and the moment the severity was reached.",
    fields: &[
        optional("first_update", Value::Duration, "Until the first public message."),
        optional("cadence", Value::Duration, "Between public messages while it lasts."),
        optional("escalation", Value::Duration, "Until senior management is told."),
        optional("postmortem", Value::Duration, "From the resolution to the published postmortem."),
        optional("action", Value::Duration, "From the postmortem to the end of a high-priority action."),
    ],
};

const SEVERITY: Shape = Shape {
    name: "severity",
    doc: "How bad it is, and what that asks for.",
    fields: &[
        optional("name", Value::Line(60), "One word."),
        optional("criteria", Value::Text, "When it applies."),
        optional("major", Value::Bool, "Whether it is a major incident."),
        optional("roles", Value::List(&Value::Word(Vocabulary::Role)), "Roles that must be held while it lasts."),
        optional("channels", Value::List(&Value::OneOf(CHANNELS)), "Channels that must be open."),
        optional("postmortem", Value::Bool, "Whether a postmortem is required."),
        optional("clocks", Value::Map(&CLOCKS), "Its limits."),
    ],
};

const PLANNED_WORK: Shape = Shape {
    name: "planned work",
    doc: "What is promised about maintenance.",
    fields: &[optional("notice", Value::Duration, "How long before its window a maintenance is announced.")],
};

/// The days of a week.
pub const WEEKDAYS: &[&str] = &["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const BUSINESS_HOURS: Shape = Shape {
    name: "business hours",
    doc: "When people are at work, for numbers that count only that time.",
    fields: &[
        optional("days", Value::List(&Value::OneOf(WEEKDAYS)), "Monday to Friday where nothing is said."),
        required("hours", Value::Hours, "From when until when on each of them: `09:00-17:30`."),
        optional("timezone", Value::Zone, "The zone they are kept in; that of the site where nothing is said."),
        optional("holidays", Value::List(&Value::Date), "Days on which nobody works."),
    ],
};

const RULE_OPTIONS: Shape = Shape {
    name: "rule options",
    doc: "What else can be set for a rule.",
    fields: &[
        optional("level", Value::OneOf(LEVELS), "The level: off, info, warn or error."),
        optional(
            "since",
            Value::Line(64),
            "Under `history`: a commit, or the first day from which on commits are judged. What was over by then owes nothing.",
        ),
        optional("also", Value::List(&Value::Line(120)), "More phrases that a rule about words looks for."),
        optional("except", Value::List(&Value::Line(120)), "Phrases that it does not look for."),
    ],
};

const WAIVER: Shape = Shape {
    name: "waiver",
    doc: "A finding that is accepted for a while.",
    fields: &[
        required("rule", Value::Ref(Target::Rule), "The rule."),
        required("record", Value::Ref(Target::Incident), "The record."),
        required("reason", Value::Text, "Why."),
        required("by", Value::Ref(Target::Person), "Who accepts it."),
        required("until", Value::Date, "The last day."),
    ],
};

/// The forms in which events are announced.
pub const SINK_KINDS: &[&str] = &["slack", "teams", "webhook", "email", "sms"];

const SINK: Shape = Shape {
    name: "sink",
    doc: "Somebody who is told of events by `announce --send`. Secrets stand in the environment only; here is the name of the variable.",
    fields: &[
        required("name", Value::Slug, "Its name; what it was told is kept in `refs/incident/announce/NAME`."),
        required("kind", Value::OneOf(SINK_KINDS), "The form it is told in."),
        optional("audience", Value::OneOf(&["public", "internal"]), "Who reads it; `public` where nothing is said."),
        optional(
            "language",
            Value::Word(Vocabulary::Language),
            "The language of the messages; the site's first where nothing is said.",
        ),
        optional("url_env", Value::Line(120), "The variable that holds the address to post to; not of `email`."),
        optional("host", Value::Line(200), "The mail server."),
        optional("port", Value::Number, "Its port; 587 where nothing is said, 465 with `tls: implicit`."),
        optional(
            "tls",
            Value::OneOf(&["starttls", "implicit", "none"]),
            "How the connection to the mail server is kept secret; `starttls` where nothing is said.",
        ),
        optional("user_env", Value::Line(120), "The variable that holds the user's name at the mail server."),
        optional("password_env", Value::Line(120), "The variable that holds the password at the mail server."),
        optional("from", Value::Line(200), "The address that mail comes from."),
        optional("to", Value::OneOrMore(&Value::Line(200)), "The mail addresses or telephone numbers that are told."),
    ],
};

const PRIVATE: Shape = Shape {
    name: "private",
    doc: "What must not stand in a public text.",
    fields: &[
        optional("hosts", Value::List(&Value::Line(200)), "Domains whose hosts only insiders reach."),
        optional("tickets", Value::List(&Value::Line(60)), "Project keys of trackers, such as `PAY` of `PAY-812`."),
        optional("customers", Value::List(&Value::Line(200)), "Names of customers."),
    ],
};

pub const CONFIG: Shape = Shape {
    name: "configuration",
    doc: "The organisation: its site, services, people, severities and rules.",
    fields: &[
        optional("site", Value::Map(&SITE), "What the site says of itself."),
        optional("theme", Value::Map(&THEME), "How the site looks."),
        optional("services", Value::List(&Value::Map(&SERVICE)), "What customers use, in the order of the page."),
        optional("people", Value::List(&Value::Map(&PERSON)), "Everybody who can be named in a record."),
        optional("teams", Value::List(&Value::Map(&TEAM)), "The teams."),
        optional(
            "severities",
            Value::Dict { key: &Value::Slug, value: &Value::Map(&SEVERITY) },
            "Overrides of the built-in severities, and more of them. They rank by their ids: `sev0` is worse than `sev1`.",
        ),
        optional("private", Value::Map(&PRIVATE), "What must not stand in a public text."),
        optional("roles", Value::List(&Value::Line(60)), "Roles beside the built-in ones."),
        optional("types", Value::List(&Value::Line(60)), "Types beside the built-in ones."),
        optional("maintenance", Value::Map(&PLANNED_WORK), "What is promised about maintenance."),
        optional("business_hours", Value::Map(&BUSINESS_HOURS), "When people are at work."),
        optional("push", Value::Bool, "Whether every update is pushed, as with `--push`."),
        optional(
            "rules",
            Value::Dict {
                key: &Value::Slug,
                value: &Value::Either { scalar: &Value::OneOf(LEVELS), collection: &Value::Map(&RULE_OPTIONS) },
            },
            "The level of a rule, or of all rules of a family: off, info, warn or error; or a mapping with the options of a rule.",
        ),
        optional("announce", Value::List(&Value::Map(&SINK)), "Who is told of events by `announce --send`."),
        optional("waivers", Value::List(&Value::Map(&WAIVER)), "Findings that are accepted for a while."),
    ],
};

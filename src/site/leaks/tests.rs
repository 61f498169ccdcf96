use crate::site::builtin::Overrides;
use crate::site::fixture::{CONFIG, Repository, at};
use crate::site::{Options, build};

const ID: &str = "2024-05-01-checkout";

/// The build of a site with one incident, and with one file of the user's.
fn refused(repository: &Repository, overrides: &[(&str, &str)]) -> Option<String> {
    let options = Options { overrides: Overrides::of(overrides), ..Options::new(at("2024-05-01T12:00:00Z")) };
    build(&repository.archive(), &options).err().map(|error| error.to_string())
}

fn said(message: &str) -> Repository {
    Repository::new().incident(
        ID,
        &format!(
            "  - at: 2024-05-01T09:50:00Z\n    by: mara\n    status: investigating\n    impact: {{checkout: major_outage}}\n    \
             note: \"The replica's disk is full & `slow`: do not fail over\"\n    public: \"{message}\"\n"
        ),
    )
}

#[test]
fn a_template_that_shows_what_is_internal_is_refused() {
    let shows = |text: &str| {
        let home = format!("{{% extends \"builtin/home.html\" %}}{{% block content %}}{text}{{% endblock %}}");
        refused(&said("We are looking."), &[("home.html", &home)])
    };
    assert_eq!(shows("<p>Welcome, and see db.example.org</p>"), None);
    let error = shows("<p>\nAsk on db-7.prod.internal</p>").unwrap();
    assert!(error.contains("index.html and another file: an internal host (`db-7.prod.internal`)"), "{error}");
    assert!(error.contains("from templates/home.html:2:8"), "{error}");
    for (text, what) in [
        ("Mara Ito is on call", "the name of one of us (`Mara Ito`)"),
        ("ask @wei", "the name of one of us (`@wei`)"),
        ("mail wei.chen@shop.example", "an e-mail address (`wei.chen@shop.example`)"),
        ("The replica&#39;s <b>disk</b> is full", "an internal text (`note`)"),
    ] {
        let error = shows(text).unwrap_or_default();
        assert!(error.contains(what), "{text}: {error}");
    }
    let error = shows("<p>The replica's disk is full</p>").unwrap();
    assert!(error.contains(&format!("from incidents/{ID}/incident.md:9:11")), "{error}");
}

#[test]
fn a_note_is_found_however_the_front_matter_writes_it() {
    let home = "{% extends \"builtin/home.html\" %}{% block content %}Le réplica est plein à présent{% endblock %}";
    let written = [
        "Le réplica est plein à présent",
        "\"Le r\\u00e9plica est plein \\xe0 pr\\xe9sent\"",
        "'Le réplica est plein à présent'",
        "|-\n      Le réplica est\n      plein à présent",
        "Le réplica est\n      plein à présent # nobody reads this comment",
    ];
    for note in written {
        let text = format!("  - at: 2024-05-01T09:50:00Z\n    by: mara\n    status: investigating\n    note: {note}\n");
        let error = refused(&Repository::new().incident(ID, &text), &[("home.html", home)]).unwrap_or_default();
        assert!(error.contains("an internal text (`note`)"), "{note}: {error}");
    }
}

#[test]
fn a_message_with_a_name_in_it_is_refused_and_says_where() {
    let error = refused(&said("Ask Mara Ito or db.corp"), &[]).unwrap();
    assert!(error.contains(&format!("(`Mara Ito`)\n    from incidents/{ID}/incident.md:10:18")), "{error}");
    assert!(error.contains("an internal host (`db.corp`)"), "{error}");
}

#[test]
fn what_the_repository_accepts_is_no_leak() {
    let message = said("Mara Ito looks at it.");
    assert!(refused(&message, &[]).is_some());
    let lowered = message.clone().config(&format!("{CONFIG}rules: {{personal-data: warn}}\n"));
    assert_eq!(refused(&lowered, &[]), None);
    let waived = message.config(&format!(
        "{CONFIG}waivers:\n  - {{rule: personal-data, record: {ID}, reason: She agreed., by: mara, until: 2030-01-01}}\n"
    ));
    assert_eq!(refused(&waived, &[]), None);
    let contact = CONFIG.replace("site:\n", "site:\n  contact: help.desk@shop.example\n");
    assert_eq!(refused(&said("Write to help.desk@shop.example").config(&contact), &[]), None);
}

#[test]
fn a_note_that_was_said_in_public_is_no_secret() {
    assert_eq!(refused(&said("The replica's **disk** is full & `slow`: do not fail over"), &[]), None);
    let home = [(
        "home.html",
        "{% extends \"builtin/home.html\" %}{% block content %}do not fail over the replica{% endblock %}",
    )];
    assert_eq!(refused(&said("We looked."), &home), None, "not word by word");
}

#[test]
fn words_of_the_page_are_no_secret_even_if_a_note_puts_them_together() {
    let note = "  - {at: 2024-05-01T09:51:00Z, by: mara, note: \"Checkout Major outage\", todo: \"Card payments fail: Investigating\"}\n";
    let home = "{% extends \"builtin/home.html\" %}{% block content %}Card payments fail – Investigating, Checkout Major outage{% endblock %}";
    let repository = Repository::new().incident(ID, note);
    assert_eq!(refused(&repository, &[("home.html", home)]), None);
}

#[test]
fn the_id_and_title_of_a_record_that_is_not_public_stay_inside() {
    let hidden = "---\ntitle: Somebody copied our customer list\ntimeline:\n  - {at: 2024-05-01T09:50:00Z, by: mara, status: triage}\n---\n";
    let public = format!("{ID}-errors");
    let repository = Repository::new()
        .record(&format!("{ID}/incident.md"), hidden)
        .incident(&public, "  - {at: 2024-05-01T09:50:00Z, by: mara, status: investigating, public: Looking.}\n");
    assert_eq!(refused(&repository, &[]), None, "its id only begins with the internal one");
    let shows = |text: &str| refused(&repository, &[("assets/note.txt", text)]).unwrap_or_default();
    assert!(shows(&format!("see {ID}.")).contains("the id of a record that is not public"));
    assert!(shows("Somebody copied our customer list").contains("(`title`)"));
}

#[test]
fn a_service_that_is_not_public_stays_inside() {
    let config = CONFIG.replace("name: Warehouse robots", "name: Warehouse robots of the north");
    let repository = said("Looking.").config(&config);
    let shows = |text: &str| refused(&repository, &[("assets/note.txt", text)]).unwrap_or_default();
    assert_eq!(shows("nothing"), "");
    assert!(
        shows("Warehouse robots of the north").contains("from incident.yaml:9:27"),
        "{}",
        shows("Warehouse robots of the north")
    );
}

#[test]
fn the_names_of_calendar_entries_are_no_mail_addresses() {
    let planned = "  - {at: 2024-05-01T09:00:00Z, by: mara, status: scheduled, public: We upgrade.}\n";
    assert_eq!(refused(&Repository::new().maintenance(planned), &[]), None);
}

#[test]
fn one_mistake_on_every_page_is_one_line() {
    let base = format!("{}<!-- build-3.corp -->", include_str!("../../../templates/base.html"));
    let error = refused(&said("We looked."), &[("base.html", &base)]).unwrap();
    assert_eq!(error.matches("build-3.corp").count(), 1, "{error}");
    assert!(error.contains(" other files: an internal host"), "{error}");
}

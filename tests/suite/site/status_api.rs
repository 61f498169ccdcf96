//! The status page API, against the schema of what hosted pages give.

use std::path::Path;

use super::*;

const DOCUMENTS: [(&str, &[&str]); 8] = [
    ("status", &["page", "status"]),
    ("summary", &["page", "components", "incidents", "scheduled_maintenances", "status"]),
    ("components", &["page", "components"]),
    ("incidents", &["page", "incidents"]),
    ("incidents/unresolved", &["page", "incidents"]),
    ("scheduled-maintenances", &["page", "scheduled_maintenances"]),
    ("scheduled-maintenances/upcoming", &["page", "scheduled_maintenances"]),
    ("scheduled-maintenances/active", &["page", "scheduled_maintenances"]),
];

#[test]
fn every_document_fits_the_schema_at_every_moment() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/statuspage-v2.schema.json");
    let schema: Value = serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap();
    let schema = jsonschema::validator_for(&schema).unwrap();
    let archive = example();
    for moment in MOMENTS {
        let site = at(&archive, moment);
        for (name, keys) in DOCUMENTS {
            let document = json(&site, &format!("api/v2/{name}.json"));
            let found: Vec<String> = document.as_object().unwrap().keys().cloned().collect();
            assert_eq!(found, keys, "{name}");
            let errors: Vec<String> =
                schema.iter_errors(&document).map(|e| format!("{}: {e}", e.instance_path())).collect();
            assert_eq!(errors, [] as [String; 0], "{name} at {moment}");
        }
    }
}

fn names(site: &Site, document: &str, list: &str) -> Vec<String> {
    let document = json(site, &format!("api/v2/{document}.json"));
    document[list].as_array().unwrap().iter().map(|e| e["name"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn incidents_are_unresolved_until_they_are_resolved() {
    let unresolved = |moment| names(&at(&example(), moment), "incidents/unresolved", "incidents").len();
    assert_eq!(MOMENTS.map(unresolved), [0, 1, 2, 1, 0, 0]);
    assert_eq!(names(&at(&example(), MOMENTS[5]), "incidents", "incidents").len(), 3);
}

#[test]
fn maintenance_is_upcoming_until_it_begins_or_is_canceled() {
    let list = |document: &str, moment| names(&at(&example(), moment), document, "scheduled_maintenances").len();
    assert_eq!(list("scheduled-maintenances/upcoming", MOMENTS[4]), 1);
    assert_eq!(list("scheduled-maintenances/upcoming", MOMENTS[5]), 0);
    assert_eq!(list("scheduled-maintenances", MOMENTS[5]), 1);
    let begun = UPGRADE.replace("status: canceled, reason: no disks", "status: in_progress");
    let running = archive(&[("2024-05-03-disks/maintenance.md", &begun)]);
    assert_eq!(list("scheduled-maintenances/active", MOMENTS[5]), 0);
    assert_eq!(names(&at(&running, MOMENTS[5]), "scheduled-maintenances/active", "scheduled_maintenances").len(), 1);
}

#[test]
fn what_clients_have_no_word_for_is_over_for_them() {
    let incidents = json(&at(&example(), MOMENTS[5]), "api/v2/incidents.json");
    for incident in incidents["incidents"].as_array().unwrap() {
        assert_eq!(incident["status"], "resolved", "{}", incident["name"]);
    }
    let maintenance = json(&at(&example(), MOMENTS[5]), "api/v2/scheduled-maintenances.json");
    assert_eq!(maintenance["scheduled_maintenances"][0]["status"], "completed");
}

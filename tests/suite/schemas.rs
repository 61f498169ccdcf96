//! The committed JSON Schemas are the ones that the tables generate. `SNAPSHOTS=overwrite cargo test` renews them.

use git_incident::record::lifecycle::Lifecycle;
use git_incident::record::schema;

#[test]
fn committed_schemas_are_current() {
    for (name, json) in schema::files(&Lifecycle::built_in().unwrap()) {
        let text = serde_json::to_string_pretty(&json).unwrap() + "\n";
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(&name);
        snapbox::assert_data_eq!(text, snapbox::Data::read_from(&path, None).raw());
    }
}

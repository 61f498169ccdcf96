//! Messages to customers in several languages.

use super::responder::{CHECKOUT, Responder, mara};

/// A responder in an incident, on a site in English and Korean.
fn bilingual(test: &str) -> Responder {
    let mara = mara(test);
    let config = mara.read("incident.yaml").replace("site: {", "site: {languages: [en, ko], ");
    mara.file("incident.yaml", &config).git(&["commit", "--quiet", "--all", "-m", "languages"]);
    mara.at("09:50", &["new", "Checkout fails", "--severity", "sev2"]);
    mara
}

#[test]
fn a_message_has_one_text_for_each_language() {
    let mara = bilingual("lang-both");
    mara.at("10:00", &["update", "--public", "We are looking.", "--lang", "ko=확인 중입니다."]);
    let text = mara.read(CHECKOUT);
    assert!(text.contains("    public: {en: We are looking., ko: 확인 중입니다.}\n"), "{text}");
}

#[test]
fn the_text_of_a_message_may_be_in_another_language_than_the_first() {
    let mara = bilingual("lang-other");
    mara.at("10:00", &["update", "--public", "확인 중입니다.", "--lang", "ko"]);
    assert!(mara.read(CHECKOUT).contains("    public: {ko: 확인 중입니다.}\n"));
}

#[test]
fn the_first_language_needs_no_tag() {
    let mara = bilingual("lang-first");
    mara.at("10:00", &["update", "--public", "We are looking.", "--lang", "en"]);
    assert!(mara.read(CHECKOUT).contains("    public: We are looking.\n"));
}

#[test]
fn a_correction_in_one_language_leaves_the_others() {
    let mara = bilingual("lang-edit");
    mara.at("10:00", &["update", "--public", "We look in to it.", "--lang", "ko=확인하고 있습니다."]);
    mara.at("10:10", &["update", "--edit", "2", "--reason", "typo", "--public", "We look into it."]);
    let text = mara.read(CHECKOUT);
    assert!(text.contains("    public: {en: We look into it., ko: 확인하고 있습니다.}\n"), "{text}");
    mara.at("10:20", &["update", "--edit", "2", "--reason", "tone", "--lang", "ko=살펴보고 있습니다."]);
    let text = mara.read(CHECKOUT);
    assert!(text.contains("    public: {en: We look into it., ko: 살펴보고 있습니다.}\n"), "{text}");

    mara.at("10:30", &["update", "--public", "We found it."]);
    mara.at("10:40", &["update", "--edit", "3", "--reason", "for all", "--lang", "ko=원인을 찾았습니다."]);
    let text = mara.read(CHECKOUT);
    assert!(text.contains("    public: {en: We found it., ko: 원인을 찾았습니다.}\n"), "{text}");
}

#[test]
fn a_language_without_a_message_is_refused() {
    let mara = bilingual("lang-alone");
    let said = mara.refused("10:00", &["update", "-m", "Pool", "--lang", "ko"]);
    assert!(said.contains("write it as `--lang ko=TEXT`, or add `--public TEXT`"), "{said}");
}

#[test]
fn a_language_that_the_site_does_not_have_is_refused() {
    let mara = bilingual("lang-unknown");
    let said = mara.refused("10:00", &["update", "--public", "Wir sehen nach.", "--lang", "de"]);
    assert!(said.contains("`de`"), "{said}");
}

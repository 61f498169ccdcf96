//! Files under `templates/` that change nothing, most often because of a slip in their names.

use fluent_syntax::ast::Entry;

use super::builtin::Files;
use super::language::words::CATALOGUES;
use crate::text::suggest::nearest;

/// A note for each of the user's files that no page uses. Assets are published whatever they are called.
pub fn notes(files: &Files, languages: &[String]) -> Vec<String> {
    let mut notes = Vec::new();
    for (name, text) in files.own().filter(|(name, _)| !name.starts_with("assets/")) {
        let catalogue = CATALOGUES.into_iter().find_map(|folder| name.strip_prefix(folder));
        match catalogue.and_then(|name| name.strip_suffix(".ftl")) {
            Some(tag) if !languages.iter().any(|language| language == tag) => {
                notes.push(format!("templates/{name} is not used: `{tag}` is not among `site.languages`"));
            }
            Some(_) => notes.extend(unknown_words(files, name, text)),
            None if files.builtin(name).is_some() || is_called(files, name) => {}
            None => {
                let known = files.builtins().map(|(known, _)| known);
                let by_place =
                    files.builtins().map(|(known, _)| known).find(|known| known.ends_with(&format!("/{name}")));
                let meant = nearest(name, known).or(by_place).map(|meant| format!("; did you mean templates/{meant}?"));
                notes.push(format!("templates/{name} is not used by any page{}", meant.unwrap_or_default()));
            }
        }
    }
    notes
}

/// Whether another template of the user's includes, imports or extends it.
fn is_called(files: &Files, name: &str) -> bool {
    let quoted = [format!("\"{name}\""), format!("'{name}'")];
    files.own().any(|(other, text)| other != name && quoted.iter().any(|quoted| text.contains(quoted)))
}

/// Words that neither the built-in pages nor templates of the user's have.
fn unknown_words(files: &Files, name: &str, text: &str) -> Vec<String> {
    let english = CATALOGUES.into_iter().filter_map(|folder| files.builtin(&format!("{folder}en.ftl")));
    let known: Vec<String> = english.flat_map(words).collect();
    let is_used = |word: &str| files.own().any(|(_, text)| text.contains(&format!("t.{word}")));
    let unknown = words(text).into_iter().filter(|word| !known.contains(word) && !is_used(word));
    unknown
        .map(|word| {
            let meant =
                nearest(&word, known.iter().map(String::as_str)).map(|meant| format!("; did you mean `{meant}`?"));
            format!("`{word}` in templates/{name} is not used by any page{}", meant.unwrap_or_default())
        })
        .collect()
}

fn words(catalogue: &str) -> Vec<String> {
    let resource = fluent_syntax::parser::parse(catalogue.to_owned()).unwrap_or_else(|(resource, _)| resource);
    let messages = resource.body.into_iter().filter_map(|entry| match entry {
        Entry::Message(message) => Some(message.id.name),
        _ => None,
    });
    messages.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::audience::Audience;
    use crate::site::builtin::Overrides;

    fn found(files: &[(&str, &str)]) -> Vec<String> {
        notes(&Files::new(&Overrides::of(files), Audience::Public).unwrap(), &["en".into(), "ko".into()])
    }

    #[test]
    fn a_slip_in_a_name_is_told() {
        assert_eq!(
            found(&[("hom.html", "")]),
            ["templates/hom.html is not used by any page; did you mean templates/home.html?"]
        );
        assert_eq!(
            found(&[("site.css", "")]),
            ["templates/site.css is not used by any page; did you mean templates/assets/site.css?"]
        );
        assert_eq!(
            found(&[("i18n/it.ftl", "")]),
            ["templates/i18n/it.ftl is not used: `it` is not among `site.languages`"]
        );
        assert_eq!(
            found(&[("i18n/ko.ftl", "nav_stauts = x\n")]),
            ["`nav_stauts` in templates/i18n/ko.ftl is not used by any page; did you mean `nav_status`?"]
        );
    }

    #[test]
    fn what_is_used_is_not() {
        let own = [
            ("home.html", "{% include \"banner.html\" %}{{ t.our_word }}"),
            ("banner.html", ""),
            ("assets/anything.png", ""),
            ("i18n/en.ftl", "nav_status = Now\nour_word = Hello\n"),
        ];
        assert_eq!(found(&own), [""; 0]);
    }
}

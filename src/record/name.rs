//! What a record or a service is called.

use std::collections::BTreeMap;

use super::timeline::Text;

/// A text for everybody, or one for each language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    /// For readers who have none in their language: that of the site's first language, else the first that was written.
    pub text: Text,
    /// Language tag and text, in the order of the file; none of a text that is for everybody.
    pub translations: Vec<(Text, Text)>,
}

impl Name {
    /// The text in a language, or what there is.
    pub fn in_language(&self, language: &str) -> &str {
        let translated = self.translations.iter().find(|(tag, _)| tag.value == language);
        &translated.map_or(&self.text, |(_, text)| text).value
    }

    /// The translations by their languages.
    pub fn by_language(&self) -> BTreeMap<String, String> {
        self.translations.iter().map(|(tag, text)| (tag.value.clone(), text.value.clone())).collect()
    }

    /// Every text, once.
    pub fn texts(&self) -> impl Iterator<Item = &Text> {
        let plain = Some(&self.text).filter(|_| self.translations.is_empty());
        plain.into_iter().chain(self.translations.iter().map(|(_, text)| text))
    }
}

#[cfg(test)]
mod tests {
    use crate::record::archive::{Archive, Memory};

    /// What the title of a record is for readers of Korean, of French and for those whose language does not matter.
    fn read(languages: &str, title: &str) -> [String; 3] {
        let files = [
            ("incident.yaml".to_owned(), format!("site: {{languages: {languages}}}\n")),
            ("incidents/2024-05-01-x/incident.md".to_owned(), format!("---\ntitle: {title}\n---\n")),
        ];
        let archive = Archive::load(&Memory(files.into())).unwrap();
        let name = archive.records[0].name().unwrap();
        [name.in_language("ko"), name.in_language("fr"), &name.text.value].map(str::to_owned)
    }

    #[test]
    fn readers_get_their_language_else_the_first_of_the_site_else_what_there_is() {
        assert_eq!(read("[en, ko]", "{ko: 결제, en: Cards}"), ["결제", "Cards", "Cards"]);
        assert_eq!(read("[en, ko, it]", "{it: Carte, ko: 결제}"), ["결제", "Carte", "Carte"]);
        assert_eq!(read("[en, ko]", "Cards"), ["Cards"; 3]);
    }
}

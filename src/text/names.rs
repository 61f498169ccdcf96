//! Looks for names in a text, all at once.

use super::any_case::AnyCase;
use super::span::Span;
use super::word;

/// Names to look for, each with what it stands for.
#[derive(Clone, Debug)]
pub struct Names<T> {
    search: AnyCase,
    names: Vec<(String, T)>,
}

impl<T> Names<T> {
    /// Nothing is found where no name is given; a blank name is none.
    pub fn new(names: impl IntoIterator<Item = (String, T)>) -> Self {
        let names: Vec<(String, T)> = names.into_iter().filter(|(name, _)| !name.trim().is_empty()).collect();
        Self { search: AnyCase::new(names.iter().map(|(name, _)| name)), names }
    }

    pub fn spellings(&self) -> impl Iterator<Item = &str> {
        self.names.iter().map(|(name, _)| name.as_str())
    }

    /// Where a name stands as a word of its own, whatever its case.
    pub fn find<'a>(&'a self, text: &'a str) -> impl Iterator<Item = (Span, &'a T)> {
        self.search.find_all(text).into_iter().filter_map(move |found| {
            let span = Span::new(found.start(), found.end());
            let (_, meaning) = self.names.get(found.pattern().as_usize())?;
            word::is_whole(text, span.range()).then_some((span, meaning))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Names;

    #[test]
    fn a_name_is_found_as_a_word_of_its_own() {
        let names = Names::new([("Mara Ito", 1), ("@wei", 2), ("김민서", 3), (" ", 4)].map(|(n, i)| (n.to_owned(), i)));
        let found = |text| names.find(text).map(|(span, i)| (&text[span.range()], *i)).collect::<Vec<_>>();
        assert_eq!(found("MARA ITO and @wei, 김민서가"), [("MARA ITO", 1), ("@wei", 2), ("김민서", 3)]);
        assert_eq!(found("Mara Itoh, Tamara Ito, @weight, a@wei"), [("@wei", 2)]);
        assert!(Names::<u8>::new([]).find("anything").next().is_none());
    }
}

//! `theme` of `incident.yaml`: the logo and the accent colour, without a template or a style sheet of one's own.

use std::fmt;

use serde::Serialize;

use super::builtin::Files;
use crate::record::colour::{Colour, READABLE};
use crate::record::config;
use crate::record::timeline::Text;
use crate::text::suggest::nearest;

/// The style sheet of every page.
pub const STYLES: &str = "assets/site.css";

/// The darkest surface of a light page and the lightest of a dark one: `--sunken` of the style sheet.
const SURFACES: [(&str, Colour); 2] = [("light", LIGHT), ("dark", DARK)];
const LIGHT: Colour = Colour::new(0xf0, 0xf2, 0xf5);
const DARK: Colour = Colour::new(0x1d, 0x23, 0x2c);

#[derive(Debug, Default)]
pub struct Theme {
    pub logo: Option<Logo>,
    /// Follows the style sheet.
    pub styles: String,
    /// What was not taken as it is, for whoever builds.
    pub notes: Vec<String>,
}

/// Paths of pictures from the root of the site.
#[derive(Debug, Serialize)]
pub struct Logo {
    pub light: String,
    /// Only where it is another one.
    pub dark: Option<String>,
}

/// A picture that is not there.
#[derive(Debug, PartialEq, Eq)]
pub struct NoPicture {
    key: &'static str,
    name: String,
    meant: Option<String>,
}

impl fmt::Display for NoPicture {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { key, name, meant } = self;
        write!(f, "`{key}` of `theme` in incident.yaml names `{name}`, and there is no templates/assets/{name}")?;
        match meant {
            Some(meant) => write!(f, "; did you mean `{meant}`?"),
            None => f.write_str("; put the picture there"),
        }
    }
}

impl Theme {
    /// # Errors
    ///
    /// A picture is not among the assets.
    pub fn of(theme: &config::Theme, files: &Files) -> Result<Self, NoPicture> {
        let light = theme.logo.as_ref().map(|name| picture("logo", name, files)).transpose()?;
        let dark = theme.logo_dark.as_ref().map(|name| picture("logo_dark", name, files)).transpose()?;
        let logo = match (light, dark) {
            (Some(light), dark) => Some(Logo { light, dark }),
            (None, Some(only)) => Some(Logo { light: only, dark: None }),
            (None, None) => None,
        };
        let (styles, notes) = accent(theme);
        Ok(Self { logo, styles, notes })
    }
}

fn picture(key: &'static str, name: &Text, files: &Files) -> Result<String, NoPicture> {
    let name = name.value.strip_prefix("assets/").unwrap_or(&name.value);
    let path = format!("assets/{name}");
    let mut known = files.assets().filter_map(|(path, _)| path.strip_prefix("assets/"));
    if known.any(|asset| asset == name) {
        return Ok(path);
    }
    let known = files.assets().filter_map(|(path, _)| path.strip_prefix("assets/"));
    Err(NoPicture { key, name: name.to_owned(), meant: nearest(name, known).map(str::to_owned) })
}

/// The accent on light and on dark pages, each moved as far as it takes to be read, and what to say about that.
fn accent(theme: &config::Theme) -> (String, Vec<String>) {
    let (Some(light), dark) = (theme.accent.or(theme.accent_dark), theme.accent_dark) else {
        return (String::new(), Vec::new());
    };
    let asked = [("accent", light.value), ("accent_dark", dark.unwrap_or(light).value)];
    let ends = [Colour::BLACK, Colour::WHITE];
    let mut notes = Vec::new();
    let mut shown = Vec::new();
    for (((key, asked), (name, surface)), end) in asked.into_iter().zip(SURFACES).zip(ends) {
        let readable = asked.readable_on(surface, end);
        // A lighter shade for dark pages is what everybody expects who names one colour only.
        let is_meant = key == "accent" && theme.accent.is_some() || key == "accent_dark" && dark.is_some();
        if readable != asked && is_meant {
            notes.push(format!(
                "`{key}: \"{asked}\"` of `theme` cannot be read on {name} pages (contrast {:.1}, and {READABLE} is needed); \
                 they have {readable} instead",
                asked.contrast(surface)
            ));
        }
        shown.push(readable);
    }
    let [light, dark] = shown.as_slice() else { return (String::new(), notes) };
    let set = |colour| format!(":root {{ --accent: {colour}; --focus: {colour}; }}");
    let styles = format!(
        "\n/* `theme` of incident.yaml */\n{}\n@media (prefers-color-scheme: dark) {{ {} }}\n",
        set(light),
        set(dark)
    );
    (styles, notes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::audience::Audience;
    use crate::site::builtin::Overrides;
    use crate::site::fixture::{CONFIG, Repository};

    fn theme(settings: &str) -> Result<Theme, NoPicture> {
        let archive = Repository::new().config(&format!("{CONFIG}theme: {{{settings}}}\n")).archive();
        assert_eq!(archive.config.problems, []);
        let files = Files::new(&Overrides::of(&[("assets/logo.svg", "<svg/>")]), Audience::Public).unwrap();
        Theme::of(&archive.config.theme, &files)
    }

    #[test]
    fn one_accent_does_for_light_and_dark() {
        let theme = theme("accent: \"#6d28d9\"").unwrap();
        assert!(theme.styles.contains("\n:root { --accent: #6d28d9;"), "{}", theme.styles);
        let dark = theme.styles.rsplit("--focus: ").next().and_then(|rest| Colour::parse(rest.get(..7)?)).unwrap();
        assert!(dark.contrast(DARK) >= READABLE && dark != Colour::WHITE);
        assert_eq!(theme.notes, [""; 0]);
    }

    #[test]
    fn an_accent_that_cannot_be_read_is_moved_and_said() {
        let theme = theme("accent: \"#ffcc00\", accent_dark: \"#ffcc00\"").unwrap();
        assert!(!theme.styles.contains("\n:root { --accent: #ffcc00;"));
        assert!(theme.styles.contains("{ :root { --accent: #ffcc00;"), "it does on dark pages");
        assert_eq!(theme.notes.len(), 1);
        assert!(
            theme.notes[0].starts_with("`accent: \"#ffcc00\"` of `theme` cannot be read on light pages (contrast 1.3")
        );
    }

    #[test]
    fn a_logo_is_one_of_the_assets() {
        assert_eq!(theme("logo: logo.svg").unwrap().logo.unwrap().light, "assets/logo.svg");
        let error = theme("logo: lgo.svg").unwrap_err().to_string();
        assert!(error.ends_with("no templates/assets/lgo.svg; did you mean `logo.svg`?"), "{error}");
    }

    /// What is compared with has to be what the pages have.
    #[test]
    fn the_surfaces_are_those_of_the_style_sheet() {
        let styles = Files::builtin_only().builtin(STYLES).unwrap();
        for (_, surface) in SURFACES {
            assert!(styles.contains(&format!("--sunken: {surface};")), "{surface}");
        }
    }
}

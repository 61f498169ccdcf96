//! A report as one HTML file that needs no other: the look of the site is inside.

use serde::Serialize;

use super::{Report, Section, Table, chart};
use crate::record::archive::Archive;
use crate::site::SiteError;
use crate::site::builtin::Files;
use crate::site::language::words::Words;
use crate::site::render::Renderer;
use crate::site::theme::{STYLES, Theme};

/// Beside those of the site.
const OWN_STYLES: &str = "assets/internal.report.css";

const TEMPLATE: &str = "report.html";

/// A section with its chart as a picture.
#[derive(Debug, Serialize)]
pub struct Shown {
    title: String,
    note: String,
    chart: Option<String>,
    /// Class and name of each colour.
    legend: Vec<(String, String)>,
    tables: Vec<Table>,
}

impl Shown {
    fn new(mut section: Section) -> Self {
        section.tables.retain(|table| !table.rows.is_empty());
        Self {
            chart: section.chart.as_ref().map(chart::svg),
            legend: section.chart.as_ref().map(chart::legend).unwrap_or_default(),
            title: section.title,
            note: section.note,
            tables: section.tables,
        }
    }
}

/// What sections tell, without what would be empty.
pub fn shown(sections: Vec<Section>) -> Vec<Shown> {
    sections.into_iter().filter(Section::has_something).map(Shown::new).collect()
}

/// # Errors
///
/// A template or a style sheet of the user's own cannot be used.
pub fn html(mut report: Report, archive: &Archive, files: &Files, words: &Words) -> Result<String, SiteError> {
    let sections = shown(std::mem::take(&mut report.sections));
    let theme = Theme::of(&archive.config.theme, files)?;
    let sheet = |name: &str| files.layers(name).last().unwrap_or_default().to_owned();
    // Nothing in a style sheet may end the element it stands in.
    let styles = (sheet(STYLES) + &theme.styles + &sheet(OWN_STYLES)).replace("</", "<\\/");
    let renderer = Renderer::new(files, words)?;
    Ok(renderer.render(TEMPLATE, &[("report", &report), ("sections", &sections), ("styles", &styles)])?)
}

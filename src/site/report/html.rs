//! A report as one HTML file that needs no other: the look of the site is inside.

use serde::Serialize;

use super::{Report, Section, Table, chart};
use crate::record::archive::Archive;
use crate::record::config::DEFAULT_LANGUAGE;
use crate::site::SiteError;
use crate::site::audience::Audience;
use crate::site::builtin::{Files, Overrides};
use crate::site::language::words::Words;
use crate::site::render::Renderer;
use crate::site::theme::{STYLES, Theme};

/// Beside those of the site.
const OWN_STYLES: &str = "assets/internal.report.css";

const TEMPLATE: &str = "report.html";

/// A section with its chart as a picture.
#[derive(Debug, Serialize)]
pub struct Shown<'a> {
    title: &'a str,
    note: &'a str,
    chart: Option<String>,
    /// Class and name of each colour.
    legend: Vec<(String, String)>,
    tables: Vec<&'a Table>,
}

impl<'a> Shown<'a> {
    fn new(section: &'a Section) -> Self {
        Self {
            title: section.title,
            note: &section.note,
            chart: section.chart.as_ref().map(chart::svg),
            legend: section.chart.as_ref().map(chart::legend).unwrap_or_default(),
            tables: section.tables.iter().filter(|table| !table.rows.is_empty()).collect(),
        }
    }
}

impl Report {
    /// What it tells, without what would be empty.
    pub fn shown(&self) -> Vec<Shown<'_>> {
        self.sections.iter().filter(|section| section.has_something()).map(Shown::new).collect()
    }
}

/// # Errors
///
/// A template or a style sheet of the user's own cannot be used.
pub fn html(report: &Report, archive: &Archive, overrides: &Overrides) -> Result<String, SiteError> {
    let files = Files::new(overrides, Audience::Internal)?;
    let theme = Theme::of(&archive.config.theme, &files)?;
    let words = Words::load(DEFAULT_LANGUAGE, &files)?;
    let sheet = |name: &str| files.layers(name).last().unwrap_or_default().to_owned();
    // Nothing in a style sheet may end the element it stands in.
    let styles = (sheet(STYLES) + &theme.styles + &sheet(OWN_STYLES)).replace("</", "<\\/");
    let renderer = Renderer::new(&files, &words)?;
    Ok(renderer.render(TEMPLATE, &[("report", report), ("sections", &report.shown()), ("styles", &styles)])?)
}

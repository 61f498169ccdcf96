//! The charts of a report: as SVG whose colours come from the style sheet, and as text.

use std::fmt::Write;

use crate::text::markdown::escape;

#[derive(Debug)]
pub enum Chart {
    /// Counts side by side, each of several parts one on top of the other.
    Columns { summary: String, columns: Vec<Column>, parts: Vec<Part> },
    /// Values on a line, the time on a scale on which each step is several times as long as the one before. `ticks` are the
    /// names of `TICKS`.
    Strips { summary: String, ticks: Vec<String>, strips: Vec<Strip> },
    /// Names with a part of a whole.
    Bars { class: &'static str, summary: String, bars: Vec<Bar> },
}

/// A part of each column.
#[derive(Debug)]
pub struct Part {
    pub name: String,
    /// 0 for the worst, which decides its colour.
    pub rank: usize,
}

impl Part {
    /// There are four colours.
    fn class(&self) -> String {
        format!("part{}", self.rank.min(3))
    }
}

#[derive(Debug)]
pub struct Column {
    pub label: String,
    /// Of each part.
    pub counts: Vec<usize>,
}

impl Column {
    pub fn total(&self) -> usize {
        self.counts.iter().sum()
    }
}

#[derive(Debug)]
pub struct Strip {
    pub label: String,
    /// Seconds, and what is said of them.
    pub values: Vec<(i64, String)>,
    pub median: Option<i64>,
}

#[derive(Debug)]
pub struct Bar {
    pub name: String,
    pub part: i64,
    pub whole: i64,
    /// The part in words.
    pub value: String,
}

/// Of all charts, in units of the view box.
const WIDTH: usize = 720;
/// Where the labels of rows end.
const LABELS: usize = 170;
const ROW: usize = 34;

/// The ticks of the scale of times, in seconds: a minute, 5, 15, an hour, 4, a day, a week, 30 days.
pub const TICKS: [i64; 8] = [60, 300, 900, 3_600, 14_400, 86_400, 604_800, 2_592_000];

/// As a picture.
pub fn svg(chart: &Chart) -> String {
    match chart {
        Chart::Columns { summary, columns, parts } => stacks(summary, columns, parts),
        Chart::Strips { summary, ticks, strips } => lines(summary, ticks, strips),
        Chart::Bars { class, summary, bars } => rows_of_bars(class, summary, bars),
    }
}

/// The parts of columns, in their order and with their classes, for a legend.
pub fn legend(chart: &Chart) -> Vec<(String, String)> {
    match chart {
        Chart::Columns { parts, .. } => parts.iter().map(|part| (part.class(), part.name.clone())).collect(),
        Chart::Strips { .. } | Chart::Bars { .. } => Vec::new(),
    }
}

fn open(class: &str, height: usize, summary: &str) -> String {
    format!(
        "<svg class=\"report {class}\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\">",
        escape(summary)
    )
}

fn stacks(summary: &str, columns: &[Column], parts: &[Part]) -> String {
    const HEIGHT: usize = 150;
    let most = columns.iter().map(Column::total).max().unwrap_or(0).max(1);
    let mut svg = open("columns", HEIGHT + 50, summary);
    let pitch = WIDTH / columns.len().max(1);
    let width = (pitch * 3 / 5).clamp(4, 72);
    for (place, column) in columns.iter().enumerate() {
        let middle = place * pitch + pitch / 2;
        let mut y = HEIGHT + 22;
        for (part, count) in parts.iter().zip(&column.counts).rev().filter(|(_, count)| **count > 0) {
            let height = count * HEIGHT / most;
            y -= height;
            let title = escape(&format!("{}: {count} {}", column.label, part.name));
            let x = middle - width / 2;
            // Writing to a string cannot fail.
            _ = write!(
                svg,
                "<rect class=\"{}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"><title>{title}</title></rect>",
                part.class()
            );
        }
        _ = write!(svg, "<text class=\"count\" x=\"{middle}\" y=\"{}\">{}</text>", y - 7, column.total());
        _ = write!(svg, "<text x=\"{middle}\" y=\"{}\">{}</text>", HEIGHT + 42, escape(&column.label));
    }
    let base = HEIGHT + 22;
    svg + &format!("<path class=\"axis\" d=\"M0 {base}H{WIDTH}\"/></svg>")
}

/// Where a time lies on the scale, from 0 to 1.
fn place(seconds: f64) -> f64 {
    let (first, last) = (TICKS[0] as f64, TICKS[TICKS.len() - 1] as f64);
    (seconds.clamp(first, last) / first).ln() / (last / first).ln()
}

fn lines(summary: &str, ticks: &[String], strips: &[Strip]) -> String {
    let x = |seconds: f64| LABELS as f64 + 10.0 + place(seconds) * (WIDTH - LABELS - 30) as f64;
    let height = strips.len() * ROW + 34;
    let mut svg = open("strips", height, summary);
    for (name, tick) in ticks.iter().zip(TICKS) {
        let (x, bottom) = (x(tick as f64), height - 24);
        _ = write!(svg, "<path class=\"tick\" d=\"M{x:.1} 6V{bottom}\"/>");
        _ = write!(svg, "<text x=\"{x:.1}\" y=\"{}\">{}</text>", height - 6, escape(name));
    }
    for (row, strip) in strips.iter().enumerate() {
        let y = row * ROW + ROW / 2 + 4;
        _ = write!(svg, "<text class=\"label\" x=\"{LABELS}\" y=\"{}\">{}</text>", y + 5, escape(&strip.label));
        if let Some(median) = strip.median {
            let x = x(median as f64);
            _ = write!(svg, "<path class=\"median\" d=\"M{x:.1} {}V{}\"/>", y - 13, y + 13);
        }
        for (value, title) in &strip.values {
            let title = escape(title);
            let x = x(*value as f64);
            _ = write!(svg, "<circle cx=\"{x:.1}\" cy=\"{y}\" r=\"5\"><title>{title}</title></circle>");
        }
    }
    svg + "</svg>"
}

/// A bar for each name, by its share of the whole line, with its value beside it.
fn rows_of_bars(class: &str, summary: &str, bars: &[Bar]) -> String {
    // Longer names than those of times stand here, and values behind the bars.
    const NAMES: usize = 250;
    const VALUES: usize = 110;
    let line = WIDTH - NAMES - VALUES;
    let mut svg = open(class, bars.len() * 28 + 4, summary);
    for (row, Bar { name, part, whole, value }) in bars.iter().enumerate() {
        let y = row * 28 + 4;
        let bar = if *whole == 0 { 0.0 } else { *part as f64 / *whole as f64 * line as f64 };
        let (x, text) = (NAMES + 10, y + 15);
        _ = write!(svg, "<text class=\"label\" x=\"{NAMES}\" y=\"{text}\">{}</text>", escape(name));
        _ = write!(svg, "<rect class=\"track\" x=\"{x}\" y=\"{y}\" width=\"{line}\" height=\"20\" rx=\"4\"/>");
        _ = write!(svg, "<rect class=\"fill\" x=\"{x}\" y=\"{y}\" width=\"{bar:.1}\" height=\"20\" rx=\"4\"/>");
        _ = write!(svg, "<text class=\"value\" x=\"{}\" y=\"{text}\">{}</text>", x + line + 10, escape(value));
    }
    svg + "</svg>"
}

/// As text: rows of a name, a bar and a value, for a table.
pub fn text(chart: &Chart) -> Vec<[String; 3]> {
    const LENGTH: usize = 20;
    // Only the whole fills a bar, and something is never nothing.
    let bar = |part: i64, whole: i64| {
        let filled = (part * LENGTH as i64).checked_div(whole).unwrap_or(0).max(i64::from(part > 0));
        let filled = usize::try_from(filled).unwrap_or(0).min(LENGTH);
        format!("{}{}", "█".repeat(filled), "░".repeat(LENGTH - filled))
    };
    match chart {
        Chart::Columns { columns, parts, .. } => {
            let most = columns.iter().map(Column::total).max().unwrap_or(0);
            let row = |column: &Column| {
                let counts = column.counts.iter().zip(parts).filter(|(count, _)| **count > 0);
                let words: Vec<String> = counts.map(|(count, part)| format!("{count} {}", part.name)).collect();
                [column.label.clone(), bar(column.total() as i64, most as i64), words.join(", ")]
            };
            columns.iter().map(row).collect()
        }
        // The table beside it has a column for them.
        Chart::Strips { .. } => Vec::new(),
        Chart::Bars { bars, .. } => {
            let row = |one: &Bar| [one.name.clone(), bar(one.part, one.whole), one.value.clone()];
            bars.iter().map(row).collect()
        }
    }
}

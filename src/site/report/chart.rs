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

/// How a chart takes the room there is, in units of the view box. Each is drawn in both ways, and the style sheet shows one.
struct Layout {
    class: &'static str,
    width: usize,
    /// Where the labels of rows end; nothing where they stand above their rows.
    labels: Option<usize>,
    /// How many of the ticks there is room for: each, or each second one.
    ticks: usize,
}

const WIDE: Layout = Layout { class: "wide", width: 720, labels: Some(170), ticks: 1 };
/// For phones.
const NARROW: Layout = Layout { class: "narrow", width: 300, labels: None, ticks: 2 };

/// The ticks of the scale of times, in seconds: a minute, 5, 15, an hour, 4, a day, a week, 30 days.
pub const TICKS: [i64; 8] = [60, 300, 900, 3_600, 14_400, 86_400, 604_800, 2_592_000];

/// As a picture.
pub fn svg(chart: &Chart) -> String {
    let draw = |layout| match chart {
        Chart::Columns { summary, columns, parts } => stacks(layout, summary, columns, parts),
        Chart::Strips { summary, ticks, strips } => lines(layout, summary, ticks, strips),
        Chart::Bars { class, summary, bars } => rows_of_bars(layout, class, summary, bars),
    };
    draw(&WIDE) + &draw(&NARROW)
}

/// The parts of columns, in their order and with their classes, for a legend.
pub fn legend(chart: &Chart) -> Vec<(String, String)> {
    match chart {
        Chart::Columns { parts, .. } => parts.iter().map(|part| (part.class(), part.name.clone())).collect(),
        Chart::Strips { .. } | Chart::Bars { .. } => Vec::new(),
    }
}

fn open(layout: &Layout, class: &str, height: usize, summary: &str) -> String {
    let Layout { class: size, width, .. } = layout;
    format!(
        "<svg class=\"report {class} {size}\" viewBox=\"0 0 {width} {height}\" role=\"img\" aria-label=\"{}\">",
        escape(summary)
    )
}

fn stacks(layout: &Layout, summary: &str, columns: &[Column], parts: &[Part]) -> String {
    const HEIGHT: usize = 150;
    /// What a label needs.
    const LABEL: usize = 46;
    let most = columns.iter().map(Column::total).max().unwrap_or(0).max(1);
    let mut svg = open(layout, "columns", HEIGHT + 50, summary);
    let pitch = layout.width / columns.len().max(1);
    let width = (pitch * 3 / 5).clamp(4, 72);
    let labelled = LABEL.div_ceil(pitch.max(1));
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
        if place % labelled == 0 {
            _ = write!(svg, "<text x=\"{middle}\" y=\"{}\">{}</text>", HEIGHT + 42, escape(&column.label));
        }
    }
    let base = HEIGHT + 22;
    svg + &format!("<path class=\"axis\" d=\"M0 {base}H{}\"/></svg>", layout.width)
}

/// Where a time lies on the scale, from 0 to 1.
fn place(seconds: f64) -> f64 {
    let (first, last) = (TICKS[0] as f64, TICKS[TICKS.len() - 1] as f64);
    (seconds.clamp(first, last) / first).ln() / (last / first).ln()
}

fn lines(layout: &Layout, summary: &str, ticks: &[String], strips: &[Strip]) -> String {
    let left = layout.labels.map_or(20.0, |labels| labels as f64 + 10.0);
    let x = |seconds: f64| left + place(seconds) * (layout.width as f64 - left - 20.0);
    // A label above its row takes a line.
    let line = if layout.labels.is_some() { 0 } else { 18 };
    let pitch = 34 + line;
    let height = strips.len() * pitch + 34;
    let mut svg = open(layout, "strips", height, summary);
    for (name, tick) in ticks.iter().zip(TICKS).step_by(layout.ticks) {
        let (x, bottom) = (x(tick as f64), height - 24);
        _ = write!(svg, "<path class=\"tick\" d=\"M{x:.1} 6V{bottom}\"/>");
        _ = write!(svg, "<text x=\"{x:.1}\" y=\"{}\">{}</text>", height - 6, escape(name));
    }
    for (row, strip) in strips.iter().enumerate() {
        let y = row * pitch + line + 21;
        let (at, text) = layout.labels.map_or((0, y - 19), |labels| (labels, y + 5));
        _ = write!(svg, "<text class=\"label\" x=\"{at}\" y=\"{text}\">{}</text>", escape(&strip.label));
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

/// A bar for each name, by its share of the whole line, with its value beside it, or with both above it.
fn rows_of_bars(layout: &Layout, class: &str, summary: &str, bars: &[Bar]) -> String {
    // Longer names than those of times stand here, and values behind the bars.
    const NAMES: usize = 250;
    const VALUES: usize = 110;
    let is_beside = layout.labels.is_some();
    let (pitch, left, line) =
        if is_beside { (28, NAMES + 10, layout.width - NAMES - VALUES) } else { (46, 0, layout.width) };
    let mut svg = open(layout, class, bars.len() * pitch + 4, summary);
    for (row, Bar { name, part, whole, value }) in bars.iter().enumerate() {
        let top = row * pitch + 4;
        let bar = if *whole == 0 { 0.0 } else { *part as f64 / *whole as f64 * line as f64 };
        let (y, text) = if is_beside { (top, top + 15) } else { (top + 18, top + 12) };
        let (names, values) = if is_beside { (NAMES, left + line + 10) } else { (0, layout.width) };
        _ = write!(svg, "<text class=\"label\" x=\"{names}\" y=\"{text}\">{}</text>", escape(name));
        _ = write!(svg, "<rect class=\"track\" x=\"{left}\" y=\"{y}\" width=\"{line}\" height=\"20\" rx=\"4\"/>");
        _ = write!(svg, "<rect class=\"fill\" x=\"{left}\" y=\"{y}\" width=\"{bar:.1}\" height=\"20\" rx=\"4\"/>");
        _ = write!(svg, "<text class=\"value\" x=\"{values}\" y=\"{text}\">{}</text>", escape(value));
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

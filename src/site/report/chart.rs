//! The charts of a report: as SVG whose colours come from the style sheet, and as text.

use std::fmt::Write;

use super::seconds;
use crate::text::markdown::escape;

#[derive(Debug)]
pub enum Chart {
    /// Counts side by side, each of several parts one on top of the other. `what` is one column.
    Columns { what: &'static str, bars: Vec<Column>, parts: Vec<Part> },
    /// Values on a line, the time on a scale on which each step is several times as long as the one before.
    Strips(Vec<Strip>),
    /// Names with their seconds.
    Downtime(Vec<(String, i64)>),
    /// Names with a part of a whole.
    Shares(Vec<(&'static str, usize, usize)>),
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

#[derive(Debug)]
pub struct Strip {
    pub label: &'static str,
    /// Seconds, with the record they belong to.
    pub values: Vec<(i64, String)>,
    pub median: Option<i64>,
}

/// Of all charts, in units of the view box.
const WIDTH: usize = 720;
/// Where the labels of rows end.
const LABELS: usize = 170;
const ROW: usize = 34;

/// The ticks of the scale of times.
const TICKS: [(&str, f64); 8] = [
    ("1m", 60.0),
    ("5m", 300.0),
    ("15m", 900.0),
    ("1h", 3_600.0),
    ("4h", 14_400.0),
    ("1d", 86_400.0),
    ("1w", 604_800.0),
    ("30d", 2_592_000.0),
];

/// As a picture.
pub fn svg(chart: &Chart) -> String {
    match chart {
        Chart::Columns { what, bars, parts } => columns(what, bars, parts),
        Chart::Strips(strips) => lines(strips),
        Chart::Downtime(bars) => {
            let most = bars.iter().map(|(_, down)| *down).max().unwrap_or(0).max(1) as f64;
            let rows = bars.iter().map(|(name, down)| (name.as_str(), *down as f64 / most, seconds(*down)));
            rows_of_bars("downtime", "Downtime of services", rows.collect())
        }
        Chart::Shares(shares) => {
            let share = |part: usize, whole: usize| if whole == 0 { 0.0 } else { part as f64 / whole as f64 };
            let rows = shares.iter().map(|(name, part, whole)| (*name, share(*part, *whole), super::of(*part, *whole)));
            rows_of_bars("share", "Shares", rows.collect())
        }
    }
}

/// The parts of columns, in their order and with their classes, for a legend.
pub fn legend(chart: &Chart) -> Vec<(String, String)> {
    match chart {
        Chart::Columns { parts, .. } => parts.iter().map(|part| (part.class(), part.name.clone())).collect(),
        Chart::Strips(_) | Chart::Downtime(_) | Chart::Shares(_) => Vec::new(),
    }
}

fn open(class: &str, height: usize, summary: &str) -> String {
    format!(
        "<svg class=\"report {class}\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{}\">",
        escape(summary)
    )
}

fn columns(what: &str, bars: &[Column], parts: &[Part]) -> String {
    const HEIGHT: usize = 150;
    let total = |bar: &Column| bar.counts.iter().sum::<usize>();
    let most = bars.iter().map(total).max().unwrap_or(0).max(1);
    let words: Vec<String> = bars.iter().map(|bar| format!("{}: {}", bar.label, total(bar))).collect();
    let mut svg = open("columns", HEIGHT + 50, &format!("Incidents by {what}: {}", words.join(", ")));
    let pitch = WIDTH / bars.len().max(1);
    let width = (pitch * 3 / 5).clamp(4, 72);
    for (place, bar) in bars.iter().enumerate() {
        let middle = place * pitch + pitch / 2;
        let mut y = HEIGHT + 22;
        for (part, count) in parts.iter().zip(&bar.counts).rev().filter(|(_, count)| **count > 0) {
            let height = count * HEIGHT / most;
            y -= height;
            let title = escape(&format!("{}: {count} {}", bar.label, part.name));
            let x = middle - width / 2;
            // Writing to a string cannot fail.
            _ = write!(
                svg,
                "<rect class=\"{}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"><title>{title}</title></rect>",
                part.class()
            );
        }
        _ = write!(svg, "<text class=\"count\" x=\"{middle}\" y=\"{}\">{}</text>", y - 7, total(bar));
        _ = write!(svg, "<text x=\"{middle}\" y=\"{}\">{}</text>", HEIGHT + 42, escape(&bar.label));
    }
    let base = HEIGHT + 22;
    svg + &format!("<path class=\"axis\" d=\"M0 {base}H{WIDTH}\"/></svg>")
}

/// Where a time lies on the scale, from 0 to 1.
fn place(seconds: f64) -> f64 {
    let (first, last) = (TICKS[0].1, TICKS[TICKS.len() - 1].1);
    (seconds.clamp(first, last) / first).ln() / (last / first).ln()
}

fn lines(strips: &[Strip]) -> String {
    let x = |seconds: f64| LABELS as f64 + 10.0 + place(seconds) * (WIDTH - LABELS - 30) as f64;
    let height = strips.len() * ROW + 34;
    let words: Vec<String> = strips
        .iter()
        .map(|strip| {
            let median = strip.median.map_or_else(String::new, |median| format!(", median {}", seconds(median)));
            format!("{}: {} values{median}", strip.label, strip.values.len())
        })
        .collect();
    let mut svg = open("strips", height, &format!("Times of each incident. {}", words.join("; ")));
    for (name, tick) in TICKS {
        let (x, bottom) = (x(tick), height - 24);
        _ = write!(svg, "<path class=\"tick\" d=\"M{x:.1} 6V{bottom}\"/>");
        _ = write!(svg, "<text x=\"{x:.1}\" y=\"{}\">{name}</text>", height - 6);
    }
    for (row, strip) in strips.iter().enumerate() {
        let y = row * ROW + ROW / 2 + 4;
        _ = write!(svg, "<text class=\"label\" x=\"{LABELS}\" y=\"{}\">{}</text>", y + 5, escape(strip.label));
        if let Some(median) = strip.median {
            let x = x(median as f64);
            _ = write!(svg, "<path class=\"median\" d=\"M{x:.1} {}V{}\"/>", y - 13, y + 13);
        }
        for (value, record) in &strip.values {
            let title = escape(&format!("{record}: {}", seconds(*value)));
            let x = x(*value as f64);
            _ = write!(svg, "<circle cx=\"{x:.1}\" cy=\"{y}\" r=\"5\"><title>{title}</title></circle>");
        }
    }
    svg + "</svg>"
}

/// A bar for each name, by its share of the whole line, with its value beside it.
fn rows_of_bars(class: &str, what: &str, rows: Vec<(&str, f64, String)>) -> String {
    // Longer names than those of times stand here, and values behind the bars.
    const NAMES: usize = 250;
    const VALUES: usize = 110;
    let line = WIDTH - NAMES - VALUES;
    let words: Vec<String> = rows.iter().map(|(name, _, value)| format!("{name} {value}")).collect();
    let mut svg = open(class, rows.len() * 28 + 4, &format!("{what}: {}", words.join("; ")));
    for (row, (name, share, value)) in rows.iter().enumerate() {
        let y = row * 28 + 4;
        let bar = share * line as f64;
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
        Chart::Columns { bars, parts, .. } => {
            let total = |bar: &Column| bar.counts.iter().sum::<usize>();
            let most = bars.iter().map(total).max().unwrap_or(0);
            let row = |column: &Column| {
                let counts = column.counts.iter().zip(parts).filter(|(count, _)| **count > 0);
                let words: Vec<String> = counts.map(|(count, part)| format!("{count} {}", part.name)).collect();
                [column.label.clone(), bar(total(column) as i64, most as i64), words.join(", ")]
            };
            bars.iter().map(row).collect()
        }
        // The table beside it has a column for them.
        Chart::Strips(_) => Vec::new(),
        Chart::Downtime(bars) => {
            let most = bars.iter().map(|(_, down)| *down).max().unwrap_or(0);
            bars.iter().map(|(name, down)| [name.clone(), bar(*down, most), seconds(*down)]).collect()
        }
        Chart::Shares(shares) => {
            let row = |(name, part, whole): &(&str, usize, usize)| {
                [(*name).to_owned(), bar(*part as i64, *whole as i64), super::of(*part, *whole)]
            };
            shares.iter().map(row).collect()
        }
    }
}

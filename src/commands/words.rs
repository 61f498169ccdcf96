//! How the commands put times into words, and rows into columns.

use jiff::Timestamp;
use unicode_width::UnicodeWidthStr;

use crate::metrics::uptime::Uptime;
use crate::record::time::{Time, span};
pub use crate::record::words::{MORE, entry, first_line, one_line, person, plain, whole_entry};

/// "12m ago", or "in 12m".
pub fn relative(time: Time, now: Timestamp) -> String {
    let past = now.duration_since(time.instant());
    if past.is_negative() { format!("in {}", span(past)) } else { format!("{} ago", span(past)) }
}

/// Rounded down, so that only what never failed has 100%.
pub fn percent(uptime: Uptime) -> String {
    match uptime.basis_points() {
        Some(10_000) => "100%".to_owned(),
        Some(share) => format!("{}.{:02}%", share / 100, share % 100),
        None => "no data".to_owned(),
    }
}

/// Cells in columns, each as wide as its widest cell; the last one is left as it is.
pub fn columns(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width =
        |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.width()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..count).map(width).collect();
    let pad = |(column, cell): (usize, &String)| match column + 1 == count {
        true => cell.clone(),
        false => format!("{cell}{}", " ".repeat(widths[column] - cell.width())),
    };
    rows.iter().map(|row| row.iter().enumerate().map(pad).collect()).collect()
}

/// The same, but only the first column is filled up on its right, the others on their left. The last one is left as it is.
pub fn columns_to_the_right(rows: &[Vec<String>]) -> Vec<Vec<String>> {
    let padded = columns(rows);
    let count = rows.iter().map(Vec::len).max().unwrap_or(0);
    let turned = |(column, cell): (usize, String)| match column {
        0 => cell,
        last if last + 1 == count => cell,
        _ => {
            let text = cell.trim_end();
            format!("{}{text}", " ".repeat(cell.width() - text.width()))
        }
    };
    padded.into_iter().map(|row| row.into_iter().enumerate().map(turned).collect()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_in_every_script() {
        let rows = [["a", "결제", "x"], ["bcd", "b", "y"]].map(|row| row.map(str::to_owned).to_vec());
        let lines: Vec<String> = columns(&rows).into_iter().map(|row| row.join(" ")).collect();
        assert_eq!(lines, ["a   결제 x", "bcd b    y"]);
    }
}

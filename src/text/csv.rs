//! Comma-separated values, as RFC 4180 writes them.

use std::fmt::Write;

/// One line with its end.
pub fn line<T: AsRef<str>>(cells: impl IntoIterator<Item = T>) -> String {
    let mut out = String::new();
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        let cell = cell.as_ref();
        if cell.contains(['"', ',', '\n', '\r']) {
            // Writing to a string cannot fail.
            _ = write!(out, "\"{}\"", cell.replace('"', "\"\""));
        } else {
            out.push_str(cell);
        }
    }
    out + "\r\n"
}

#[cfg(test)]
mod tests {
    #[test]
    fn what_would_be_taken_for_another_cell_is_quoted() {
        let cells = ["a", "", "b, c", "say \"hi\"", "two\nlines", "결제"];
        assert_eq!(super::line(cells), "a,,\"b, c\",\"say \"\"hi\"\"\",\"two\nlines\",결제\r\n");
    }
}

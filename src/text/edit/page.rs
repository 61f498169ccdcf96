//! Where the parts of a document stand: dashes, colons, lines, comments.

use crate::text::data::Data;
use crate::text::problem::Problem;
use crate::text::span::Span;
use crate::text::yaml::{self, Node, Value};

use super::path::Step;
use super::{CannotEdit, refuse};

/// A document that can be edited.
#[derive(Debug)]
pub(super) struct Page<'a> {
    pub text: &'a str,
    /// The YAML.
    pub front: Span,
    pub root: Node<'a>,
    pub tree: Data,
}

/// A value with the place of the key or dash that leads to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slot<'a> {
    pub node: &'a Node<'a>,
    /// Where the key or dash stands.
    pub head: usize,
    /// Behind the colon or dash.
    pub after: usize,
    /// Of the key or dash, in bytes from the start of its line. Of the document: -1.
    pub column: isize,
    /// Inside brackets.
    pub in_flow: bool,
}

/// How the value of a slot is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Nothing,
    Inline,
    /// `|` or `>` and the lines below it.
    Literal,
    /// A collection without brackets.
    Block,
}

impl<'a> Page<'a> {
    pub fn read(text: &'a str, front: Span) -> Result<Self, CannotEdit> {
        let mut problems = Vec::new();
        let root = yaml::parse(text, front, &mut problems);
        let unsure = |p: &&Problem| p.rule != "duplicate-key";
        if let Some(problem) = problems.iter().find(unsure) {
            return Err(refuse(text, problem.span.start, problem.message.clone()));
        }
        let root = root.ok_or_else(|| refuse(text, front.start, "this is not YAML"))?;
        let tree = Data::of(&root).ok_or_else(|| refuse(text, front.start, "a key here is not a single word"))?;
        Ok(Self { text, front, root, tree })
    }

    pub fn refuse(&self, place: usize, reason: impl Into<String>) -> CannotEdit {
        refuse(self.text, place, reason)
    }

    pub fn newline(&self) -> &'static str {
        let first = self.text.find('\n');
        if first.is_some_and(|at| self.text[..at].ends_with('\r')) { "\r\n" } else { "\n" }
    }

    pub fn line_start(&self, place: usize) -> usize {
        self.text[..place].rfind('\n').map_or(0, |at| at + 1).max(self.front.start)
    }

    /// Where the line after this one starts.
    pub fn line_end(&self, place: usize) -> usize {
        self.text[place..self.front.end].find('\n').map_or(self.front.end, |at| place + at + 1)
    }

    /// Where the line of a place ends, before its line break.
    pub fn line_stop(&self, place: usize) -> usize {
        let end = self.line_end(place);
        place + self.text[place..end].trim_end_matches(['\n', '\r']).len()
    }

    pub fn begins_line(&self, place: usize) -> bool {
        self.text[self.line_start(place)..place].trim().is_empty()
    }

    pub fn is_empty_line(&self, place: usize) -> bool {
        self.text[place..self.line_end(place)].trim().is_empty()
    }

    pub fn past_empty_lines(&self, mut place: usize) -> usize {
        while place < self.front.end && self.is_empty_line(place) {
            place = self.line_end(place);
        }
        place
    }

    /// The start of the line above one that starts here, if it is empty.
    pub fn empty_line_above(&self, start: usize) -> Option<usize> {
        let above = self.line_start(start.checked_sub(1)?);
        (above < start && self.is_empty_line(above)).then_some(above)
    }

    fn column(&self, place: usize) -> isize {
        (place - self.line_start(place)).cast_signed()
    }

    /// The first place from here on that is neither blank nor a comment.
    fn skip_blank(&self, mut place: usize) -> usize {
        loop {
            let rest = &self.text[place..self.front.end];
            let blank = rest.len() - rest.trim_start().len();
            place += blank;
            if !self.text[place..self.front.end].starts_with('#') {
                return place;
            }
            place = self.line_end(place);
        }
    }

    pub fn document(&self) -> Slot<'_> {
        let start = self.front.start;
        Slot { node: &self.root, head: start, after: start, column: -1, in_flow: false }
    }

    pub fn brackets(&self, slot: Slot<'_>) -> bool {
        self.text[self.skip_blank(slot.after)..].starts_with(['[', '{'])
            && matches!(slot.node.value, Value::Seq(_) | Value::Map(_))
    }

    pub fn form(&self, slot: Slot<'_>) -> Form {
        match &slot.node.value {
            Value::Scalar { text, plain: true } if text.is_empty() => Form::Nothing,
            Value::Scalar { plain: false, .. } if self.text[self.skip_blank(slot.after)..].starts_with(['|', '>']) => {
                Form::Literal
            }
            Value::Seq(_) | Value::Map(_) if !self.brackets(slot) => Form::Block,
            _ => Form::Inline,
        }
    }

    /// The keys and values of a mapping.
    pub fn keys(&self, map: Slot<'a>) -> Result<Vec<(&'a str, Slot<'a>)>, CannotEdit> {
        let in_flow = map.in_flow || self.brackets(map);
        let pairs = map.node.pairs().unwrap_or_default();
        pairs
            .iter()
            .map(|(key, node)| {
                let (head, end) = (key.span.start, key.span.end);
                let colon = end + self.text[end..].len() - self.text[end..].trim_start_matches([' ', '\t']).len();
                let name = key.scalar().filter(|_| self.text[colon..].starts_with(':'));
                let name = name.ok_or_else(|| self.refuse(head, "this key has no colon behind it"))?;
                Ok((name, Slot { node, head, after: colon + 1, column: self.column(head), in_flow }))
            })
            .collect()
    }

    /// The items of a list.
    pub fn items(&self, list: Slot<'a>) -> Result<Vec<Slot<'a>>, CannotEdit> {
        let nodes = list.node.items().unwrap_or_default();
        if list.in_flow || self.brackets(list) {
            let slot = |node: &'a Node<'a>| {
                let head = node.span.start;
                Slot { node, head, after: head, column: self.column(head), in_flow: true }
            };
            return Ok(nodes.iter().map(slot).collect());
        }
        let mut place = list.after;
        let mut slots = Vec::new();
        for node in nodes {
            let dash = self.skip_blank(place);
            if !self.text[dash..].starts_with('-') {
                return Err(self.refuse(dash, "an item of a list is expected here"));
            }
            let slot = Slot { node, head: dash, after: dash + 1, column: self.column(dash), in_flow: false };
            place = self.value_end(slot)?;
            slots.push(slot);
        }
        Ok(slots)
    }

    pub fn child(&self, slot: Slot<'a>, step: &Step) -> Result<Option<Slot<'a>>, CannotEdit> {
        Ok(match step {
            Step::Key(key) => self.keys(slot)?.into_iter().find(|(name, _)| name == key).map(|(_, slot)| slot),
            Step::Item(index) => self.items(slot)?.get(*index).copied(),
        })
    }

    /// The value at a path; `None` where a key or an item is missing.
    pub fn find(&'a self, path: &[Step]) -> Result<Option<Slot<'a>>, CannotEdit> {
        let mut slot = self.document();
        for step in path {
            match self.child(slot, step)? {
                Some(child) => slot = child,
                None => return Ok(None),
            }
        }
        Ok(Some(slot))
    }

    /// Where a value ends: behind its last character that means something.
    pub fn value_end(&self, slot: Slot<'a>) -> Result<usize, CannotEdit> {
        match self.form(slot) {
            Form::Nothing => Ok(slot.after),
            Form::Inline => Ok(slot.node.span.end),
            Form::Literal => Ok(self.literal_end(slot)),
            Form::Block => {
                let last = match &slot.node.value {
                    Value::Seq(_) => self.items(slot)?.pop(),
                    _ => self.keys(slot)?.pop().map(|(_, slot)| slot),
                };
                last.map_or(Ok(slot.after), |last| self.value_end(last))
            }
        }
    }

    /// The header of a block scalar, such as `|-`.
    pub fn literal_header(&self, slot: Slot<'_>) -> Span {
        let start = self.skip_blank(slot.after);
        let length = self.text[start..].find(char::is_whitespace).unwrap_or(self.text.len() - start);
        Span::new(start, start + length)
    }

    /// Empty lines below a block scalar belong to it only where its header says so.
    fn literal_end(&self, slot: Slot<'_>) -> usize {
        let header = self.literal_header(slot);
        let first = self.line_end(header.end);
        if slot.node.span.end <= first {
            return header.end;
        }
        // The span may reach into the blanks of the next line.
        let lines = &self.text[first..slot.node.span.end];
        let whole =
            lines.rfind('\n').map_or(lines, |at| if lines[at..].trim().is_empty() { &lines[..at] } else { lines });
        let keep = self.text[header.range()].contains('+');
        let content = if keep { whole.trim_end_matches('\r') } else { whole.trim_end() };
        if content.is_empty() && !keep { header.end } else { first + content.len() }
    }

    /// From the start of a line, past the comments that are indented deeper than `column`, and what is between them.
    pub fn past_comments(&self, from: usize, column: isize) -> usize {
        let (mut end, mut place) = (from, from);
        while place < self.front.end {
            let next = self.line_end(place);
            let line = &self.text[place..next];
            let indent = line.len() - line.trim_start().len();
            match line.trim_start().chars().next() {
                Some('#') if indent.cast_signed() > column => end = next,
                None => {}
                Some(_) => break,
            }
            place = next;
        }
        end
    }

    /// Every comment, in order.
    pub fn comments(&self) -> Vec<&'a str> {
        let mut found = Vec::new();
        for gap in self.gaps() {
            let mut place = gap.start;
            while let Some(hash) = self.text[place..gap.end].find('#') {
                let start = place + hash;
                place = self.line_stop(start).min(gap.end);
                found.push(self.text[start..place].trim_end());
            }
        }
        found
    }

    /// What is no scalar: blanks, comments, and the signs between values.
    pub fn gaps(&self) -> Vec<Span> {
        let mut scalars = Vec::new();
        leaves(&self.root, &mut scalars);
        let mut place = self.front.start;
        let mut gaps = Vec::new();
        for scalar in scalars.into_iter().chain([Span::at(self.front.end)]) {
            if place < scalar.start {
                gaps.push(Span::new(place, scalar.start));
            }
            place = place.max(scalar.end);
        }
        gaps
    }

    /// Where the comments begin that stand right above a line: below the last empty line, or below a line for editors
    /// such as `# yaml-language-server: …`.
    pub fn own_comments(&self, from: usize, line: usize) -> usize {
        let mut own = from;
        let mut place = from;
        while place < line {
            let next = self.line_end(place);
            let text = self.text[place..next].trim();
            if text.is_empty() || text.contains("yaml-language-server") {
                own = next;
            }
            place = next;
        }
        own
    }
}

fn leaves(node: &Node<'_>, out: &mut Vec<Span>) {
    match &node.value {
        Value::Scalar { .. } | Value::Refused => out.push(node.span),
        Value::Seq(items) => items.iter().for_each(|item| leaves(item, out)),
        Value::Map(pairs) => pairs.iter().for_each(|(key, value)| {
            leaves(key, out);
            leaves(value, out);
        }),
    }
}

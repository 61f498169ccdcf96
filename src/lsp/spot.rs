//! What the tables of the format say about a place in a document.

use crate::record::shape::{CONFIG, Field, Shape, Value};
use crate::text::cursor::Step;
use crate::text::span::Span;
use crate::text::yaml::Node;

use super::view::View;

/// A place of the format.
#[derive(Clone, Copy, Debug)]
pub struct Spot {
    /// The table that has the field.
    pub shape: &'static Shape,
    /// The field whose value, or part of it, is here; nothing at the top.
    pub field: Option<&'static Field>,
    pub value: Expected,
}

#[derive(Clone, Copy, Debug)]
pub enum Expected {
    Map(&'static Shape),
    Value(&'static Value),
}

impl Spot {
    /// The place that a path leads to, unless it leads through keys that the format does not have.
    pub fn at(view: &View<'_>, path: &[Step]) -> Option<Self> {
        let shape = if view.is_config() { &CONFIG } else { view.record()?.kind.shape() };
        let top = Self { shape, field: None, value: Expected::Map(shape) };
        path.iter().try_fold(top, |spot, step| spot.step(step))
    }

    fn step(self, step: &Step) -> Option<Self> {
        match step {
            Step::Key(key) => match self.map() {
                Some(shape) => {
                    let field = shape.field(key)?;
                    Some(Self { shape, field: Some(field), value: Expected::Value(&field.value) })
                }
                None => self.names().map(|(_, value)| Self { value: Expected::Value(value), ..self }),
            },
            Step::Item => match self.collection()? {
                Value::List(item) | Value::OneOrMore(item) => Some(Self { value: Expected::Value(item), ..self }),
                _ => None,
            },
        }
    }

    /// The keys that a mapping has here, where they are those of a table.
    pub fn map(self) -> Option<&'static Shape> {
        match self.value {
            Expected::Map(shape) => Some(shape),
            Expected::Value(_) => match self.collection()? {
                Value::Map(shape) => Some(shape),
                _ => None,
            },
        }
    }

    /// What the keys of a mapping are names of, and what its values are.
    pub fn names(self) -> Option<(&'static Value, &'static Value)> {
        match self.collection()? {
            Value::Dict { key, value } => Some((key, value)),
            _ => None,
        }
    }

    /// What may be here if it is a collection.
    fn collection(self) -> Option<&'static Value> {
        match self.value {
            Expected::Map(_) => None,
            Expected::Value(Value::Either { collection, .. }) => Some(collection),
            Expected::Value(Value::Nullable(value)) => Some(value),
            Expected::Value(value) => Some(value),
        }
    }

    /// What may be here if it is a scalar.
    pub fn scalar(self) -> Option<&'static Value> {
        match self.value {
            Expected::Map(_) => None,
            Expected::Value(Value::Either { scalar, .. }) => Some(scalar),
            Expected::Value(Value::OneOrMore(item)) => Some(item),
            Expected::Value(value) => Some(value),
        }
    }
}

/// The key or value of a tree that stands at an offset.
#[derive(Debug)]
pub struct Pointed<'a> {
    /// To the value, also where its key is pointed at.
    pub path: Vec<Step>,
    pub span: Span,
    pub text: &'a str,
}

pub fn pointed<'a>(root: &'a Node<'a>, offset: usize) -> Option<Pointed<'a>> {
    let holds = |node: &Node<'_>| node.span.start <= offset && offset <= node.span.end;
    let mut path = Vec::new();
    let mut node = root;
    loop {
        if let Some((key, value)) = node.pairs().into_iter().flatten().find(|(key, value)| holds(key) || holds(value)) {
            let text = key.scalar()?;
            path.push(Step::Key(text.to_owned()));
            if holds(key) {
                return Some(Pointed { path, span: key.span, text });
            }
            node = value;
        } else if let Some(item) = node.items().into_iter().flatten().find(|item| holds(item)) {
            path.push(Step::Item);
            node = item;
        } else {
            return Some(Pointed { path, span: node.span, text: node.scalar()? });
        }
    }
}

//! What an edit means, apart from how it is written: the tree that must come out.

use crate::text::data::Data;

use super::Op;
use super::path::{Path, Step};

/// The tree after the edit, or why there is none.
pub(super) fn apply(op: &Op, tree: &Data) -> Result<Data, String> {
    let mut tree = tree.clone();
    match op {
        Op::Set { path, value } => set(&mut tree, path, None, value)?,
        Op::Add { path, after, value } => {
            if matches!(find(&mut tree, &path.0), Ok(Some(_))) {
                return Err(format!("`{path}` is there already"));
            }
            set(&mut tree, path, after.as_deref(), value)?;
        }
        Op::Insert { path, index, value } => insert(&mut tree, path, *index, value)?,
        Op::Remove { path } => remove(&mut tree, path)?,
        Op::Rename { path, name } => rename(&mut tree, path, name)?,
    }
    Ok(tree)
}

/// The value at a path; `None` where a key is missing.
pub(super) fn find<'a>(mut tree: &'a mut Data, path: &[Step]) -> Result<Option<&'a mut Data>, String> {
    for step in path {
        let next = match (step, tree) {
            (Step::Key(key), Data::Map(pairs)) => pairs.iter_mut().find(|(k, _)| k == key).map(|(_, value)| value),
            (Step::Item(index), Data::List(items)) => items.get_mut(*index),
            (Step::Key(_), node) if node.is_null() => None,
            (Step::Key(key), _) => return Err(format!("`{key}` would stand in something that is no mapping")),
            (Step::Item(_), _) => return Err("an item was asked of something that is no list".into()),
        };
        match next {
            Some(node) => tree = node,
            None => return Ok(None),
        }
    }
    Ok(Some(tree))
}

/// Mappings on the way that are missing are made.
fn set(tree: &mut Data, path: &Path, after: Option<&str>, value: &Data) -> Result<(), String> {
    if let Some(place) = find(tree, &path.0)? {
        *place = value.clone();
        return Ok(());
    }
    let Some((Step::Key(key), parents)) = path.0.split_last() else {
        return Err(format!("there is no `{path}`"));
    };
    let parent_path = Path(parents.to_vec());
    match find(tree, parents)? {
        Some(Data::Map(pairs)) => {
            let place = match after {
                Some(after) => pairs.iter().position(|(k, _)| k == after).map(|i| i + 1),
                None => Some(pairs.len()),
            };
            let place = place.ok_or_else(|| format!("there is no `{}` to put `{key}` after", after.unwrap_or("")))?;
            pairs.insert(place, (key.clone(), value.clone()));
            Ok(())
        }
        Some(parent) => {
            *parent = Data::map([(key.clone(), value.clone())]);
            Ok(())
        }
        None => set(tree, &parent_path, None, &Data::map([(key.clone(), value.clone())])),
    }
}

fn insert(tree: &mut Data, path: &Path, index: usize, value: &Data) -> Result<(), String> {
    match find(tree, &path.0)? {
        Some(Data::List(items)) if index <= items.len() => {
            items.insert(index, value.clone());
            Ok(())
        }
        Some(Data::List(items)) => Err(format!("`{path}` has only {} items", items.len())),
        Some(place) if index == 0 && place.is_null() => {
            *place = Data::List(vec![value.clone()]);
            Ok(())
        }
        None if index == 0 => set(tree, path, None, &Data::List(vec![value.clone()])),
        _ => Err(format!("`{path}` is no list")),
    }
}

fn remove(tree: &mut Data, path: &Path) -> Result<(), String> {
    let missing = || format!("there is no `{path}`");
    let (last, parents) = path.0.split_last().ok_or_else(missing)?;
    match (last, find(tree, parents)?.ok_or_else(missing)?) {
        (Step::Key(key), Data::Map(pairs)) => {
            let place = pairs.iter().position(|(k, _)| k == key).ok_or_else(missing)?;
            pairs.remove(place);
        }
        (Step::Item(index), Data::List(items)) if *index < items.len() => {
            items.remove(*index);
        }
        _ => return Err(missing()),
    }
    Ok(())
}

fn rename(tree: &mut Data, path: &Path, name: &str) -> Result<(), String> {
    let missing = || format!("there is no key `{path}`");
    let Some((Step::Key(key), parents)) = path.0.split_last() else { return Err(missing()) };
    let Some(Data::Map(pairs)) = find(tree, parents)? else { return Err(missing()) };
    if pairs.iter().any(|(other, _)| other == name) {
        return Err(format!("there is a key `{name}` already"));
    }
    let (old, _) = pairs.iter_mut().find(|(other, _)| other == key).ok_or_else(missing)?;
    name.clone_into(old);
    Ok(())
}

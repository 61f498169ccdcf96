//! Three lists into one: which item is whose, and in which order they stand.

/// One item of the result, as an index into each of the three lists.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Strand {
    pub base: Option<usize>,
    pub ours: Option<usize>,
    pub theirs: Option<usize>,
}

impl Strand {
    fn in_both(&self) -> bool {
        self.ours.is_some() && self.theirs.is_some()
    }
}

/// How much two items of two versions are alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Alike {
    Same,
    /// The same item, edited.
    Edited,
    Different,
}

/// Finds every item of three lists. What both sides added alike is one item.
pub fn strands<T>(base: &[T], ours: &[T], theirs: &[T], alike: impl Fn(&T, &T) -> Alike) -> Vec<Strand> {
    let in_ours = pair(base, ours, &alike);
    let in_theirs = pair(base, theirs, &alike);
    let mut strands: Vec<Strand> =
        (0..base.len()).map(|i| Strand { base: Some(i), ours: in_ours[i], theirs: in_theirs[i] }).collect();
    let added = |side: &[T], known: &[Option<usize>]| -> Vec<usize> {
        (0..side.len()).filter(|i| !known.contains(&Some(*i))).collect()
    };
    let mut new_theirs = added(theirs, &in_theirs);
    for ours_index in added(ours, &in_ours) {
        let twin = new_theirs.iter().position(|i| alike(&ours[ours_index], &theirs[*i]) == Alike::Same);
        let theirs_index = twin.map(|at| new_theirs.remove(at));
        strands.push(Strand { base: None, ours: Some(ours_index), theirs: theirs_index });
    }
    strands.extend(new_theirs.into_iter().map(|i| Strand { theirs: Some(i), ..Strand::default() }));
    strands
}

/// The item of a newer version that each old item is now: unchanged where there is such a one, else edited.
fn pair<T>(old: &[T], new: &[T], alike: &impl Fn(&T, &T) -> Alike) -> Vec<Option<usize>> {
    let mut found = vec![None; old.len()];
    let mut taken = vec![false; new.len()];
    for wanted in [Alike::Same, Alike::Edited] {
        for (i, item) in old.iter().enumerate().filter(|(i, _)| found[*i].is_none()).collect::<Vec<_>>() {
            let free = (0..new.len()).find(|j| !taken[*j] && alike(item, &new[*j]) == wanted);
            if let Some(j) = free {
                taken[j] = true;
                found[i] = Some(j);
            }
        }
    }
    found
}

/// Puts items into an order that both sides agree with: each keeps its own order, and what only one side has between two
/// common items is ordered by `before`. Where one side rearranged the old items, its order counts. `None` where both did.
pub fn weave(strands: &[Strand], before: impl Fn(&Strand, &Strand) -> bool) -> Option<Vec<Strand>> {
    let ours = in_order(strands, |s| s.ours);
    let theirs = in_order(strands, |s| s.theirs);
    let common = |side: &[Strand]| -> Vec<Strand> { side.iter().copied().filter(Strand::in_both).collect() };
    let (ours_common, theirs_common) = (common(&ours), common(&theirs));
    if ours_common == theirs_common {
        return Some(zip(&ours, &theirs, before));
    }
    let kept = |side: &[Strand]| side.iter().filter_map(|s| s.base).is_sorted();
    match (kept(&ours_common), kept(&theirs_common)) {
        (false, true) => Some(insert(ours, &theirs, before)),
        (true, false) => Some(insert(theirs, &ours, before)),
        _ => None,
    }
}

fn in_order(strands: &[Strand], place: impl Fn(&Strand) -> Option<usize>) -> Vec<Strand> {
    let mut side: Vec<Strand> = strands.iter().copied().filter(|s| place(s).is_some()).collect();
    side.sort_by_key(place);
    side
}

/// Two lists whose common items stand in the same order.
fn zip(ours: &[Strand], theirs: &[Strand], before: impl Fn(&Strand, &Strand) -> bool) -> Vec<Strand> {
    let (mut ours, mut theirs) = (ours.iter().peekable(), theirs.iter().peekable());
    let mut out = Vec::new();
    loop {
        match (ours.peek(), theirs.peek()) {
            (None, None) => return out,
            (Some(a), Some(b)) if a.in_both() && b.in_both() => {
                theirs.next();
                out.extend(ours.next());
            }
            (Some(a), b) if !a.in_both() && b.is_none_or(|b| b.in_both() || before(a, b)) => out.extend(ours.next()),
            _ => out.extend(theirs.next()),
        }
    }
}

/// The items that only the other side has, each put behind the last one that it does not come before.
fn insert(mut order: Vec<Strand>, other: &[Strand], before: impl Fn(&Strand, &Strand) -> bool) -> Vec<Strand> {
    for strand in other.iter().filter(|s| !s.in_both()) {
        let place = order.iter().rposition(|placed| !before(strand, placed)).map_or(0, |at| at + 1);
        order.insert(place, *strand);
    }
    order
}

//! Two editors at once: what can be combined without asking, and what cannot.

/// A part of something that is edited.
pub trait MergePart<T>: Copy {
    /// Whether the two agree about this part.
    fn same(self, a: &T, b: &T) -> bool;

    /// Copies this part from `from` into `into`.
    fn copy(self, from: &T, into: &mut T);
}

/// What to do with a save that was based on an older version.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merge<T, P> {
    /// Nobody else touched these parts: this is what is stored now with the editor's parts in it.
    Clean(T),
    /// Somebody else changed the same part to something else: the editor must choose.
    Conflict(Vec<P>),
}

/// Combines an edit of `parts` (made on `base`, leading to `mine`) with what is stored now.
///
/// Nothing is ever lost: either both changes are in the result, or the editor is asked.
pub fn merge<T: Clone, P: MergePart<T>>(base: &T, current: &T, mine: &T, parts: &[P]) -> Merge<T, P> {
    let clashing: Vec<P> = parts
        .iter()
        .copied()
        .filter(|part| !part.same(base, current) && !part.same(current, mine) && !part.same(base, mine))
        .collect();
    if !clashing.is_empty() {
        return Merge::Conflict(clashing);
    }
    let mut merged = current.clone();
    for part in parts.iter().filter(|part| !part.same(base, mine)) {
        part.copy(mine, &mut merged);
    }
    Merge::Clean(merged)
}

/// The parts about which two versions do not agree.
pub fn different<T, P: MergePart<T>>(parts: &[P], a: &T, b: &T) -> Vec<P> {
    parts.iter().copied().filter(|part| !part.same(a, b)).collect()
}

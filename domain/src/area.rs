//! The tree of places: municipality > village or district > neighbourhood > street.

use serde::{Deserialize, Serialize};

use crate::id::AreaId;

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AreaKind {
    Municipality,
    Village,
    District,
    Neighbourhood,
    Street,
}

impl AreaKind {
    pub const ALL: [Self; 5] =
        [Self::Municipality, Self::Village, Self::District, Self::Neighbourhood, Self::Street];

    /// The word that is stored.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Municipality => "municipality",
            Self::Village => "village",
            Self::District => "district",
            Self::Neighbourhood => "neighbourhood",
            Self::Street => "street",
        }
    }

    pub fn from_key(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.key() == key)
    }
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Area {
    pub id: AreaId,
    pub parent: Option<AreaId>,
    pub kind: AreaKind,
    pub slug: String,
    pub name: String,
}

/// All areas of one platform, parents before children.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct AreaTree(Vec<Area>);

impl AreaTree {
    pub fn new(areas: Vec<Area>) -> Self {
        Self(areas)
    }

    pub fn all(&self) -> &[Area] {
        &self.0
    }

    pub fn get(&self, id: AreaId) -> Option<&Area> {
        self.0.iter().find(|area| area.id == id)
    }

    pub fn by_slug(&self, slug: &str) -> Option<&Area> {
        self.0.iter().find(|area| area.slug == slug)
    }

    /// The area and everything it lies in, from itself up to the root.
    /// A cycle in bad data ends the walk.
    pub fn line(&self, id: AreaId) -> Vec<AreaId> {
        let mut line = Vec::new();
        let mut at = Some(id);
        while let Some(area) = at.and_then(|id| self.get(id)) {
            if line.contains(&area.id) {
                break;
            }
            line.push(area.id);
            at = area.parent;
        }
        line
    }

    pub fn children(&self, parent: Option<AreaId>) -> impl Iterator<Item = &Area> {
        self.0.iter().filter(move |area| area.parent == parent)
    }

    /// How deep the area lies: 0 for a root.
    pub fn depth(&self, id: AreaId) -> usize {
        self.line(id).len().saturating_sub(1)
    }

    /// Whether the area is the one that holds all others: choosing it chooses the whole platform.
    pub fn is_all(&self, id: AreaId) -> bool {
        let mut roots = self.children(None);
        self.0.len() > 1 && roots.next().is_some_and(|root| root.id == id) && roots.next().is_none()
    }

    /// The areas in reading order (each followed by what lies in it), with their depth.
    pub fn outline(&self) -> Vec<(usize, &Area)> {
        fn walk<'a>(
            tree: &'a AreaTree,
            parent: Option<AreaId>,
            depth: usize,
            out: &mut Vec<(usize, &'a Area)>,
        ) {
            for area in tree.children(parent) {
                if out.iter().any(|(_, seen)| seen.id == area.id) {
                    continue;
                }
                out.push((depth, area));
                walk(tree, Some(area.id), depth + 1, out);
            }
        }
        let mut out = Vec::new();
        walk(self, None, 0, &mut out);
        out
    }
}

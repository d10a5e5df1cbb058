//! Paging by key, never by number: what was added meanwhile shifts nothing.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::clock::Timestamp;
use crate::id::PostId;

/// Where the next page of a list begins: after the item with this time and key.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Cursor {
    pub at: Timestamp,
    pub id: PostId,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}_{}", self.at.0, self.id.0.simple())
    }
}

impl FromStr for Cursor {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        let (at, id) = text.split_once('_').ok_or(())?;
        let read = Self { at: Timestamp(at.parse().map_err(|_| ())?), id: id.parse().map_err(|_| ())? };
        // One spelling for one place: addresses are names of what is kept in memory.
        if read.to_string() == text { Ok(read) } else { Err(()) }
    }
}

/// One page of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page<T> {
    pub items: Vec<T>,
    /// Where to go on, when there is more.
    pub next: Option<Cursor>,
}

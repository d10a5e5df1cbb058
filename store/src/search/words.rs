//! The words of a platform: those made with another, and those that look like it.

use domain::search::trigrams;

use super::expression::platform_word;
use super::file::json;
use crate::conn::{Kind, read};
use crate::dialect::search as sql;
use crate::error::Result;
use crate::tenant::Tenant;

/// Comes after every letter.
const LAST_LETTER: &str = "\u{10FFFF}";
/// Words that begin or end like those of a question.
const MOST_KIN: i64 = 400;
/// Words that are looked at because they share trigrams.
const MOST_ALIKE: i64 = 120;

/// A word that begins or ends like one of those asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kin {
    /// Which of them.
    pub of: usize,
    pub word: String,
    pub stem: String,
}

/// A word that some text has, perhaps one that the reader may not see: only what is found with it may be shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    pub word: String,
    pub stem: String,
}

impl Tenant {
    /// Words that begin like one of `heads`, or whose stem ends like one of `tails`, each with a number of its own.
    pub async fn search_kin(&self, heads: &[(usize, String)], tails: &[(usize, String)]) -> Result<Vec<Kin>> {
        let reversed: Vec<(usize, String)> =
            tails.iter().map(|(of, tail)| (*of, tail.chars().rev().collect())).collect();
        let (heads, tails) = (json(&heads)?, json(&reversed)?);
        let text = sql::kin(self.kind());
        let rows: Vec<(i64, String, String)> = read!(self, conn => sqlx::query_as(text)
            .bind(self.platform().0).bind(heads).bind(tails).bind(LAST_LETTER).bind(MOST_KIN)
            .fetch_all(conn).await)?;
        let kin = |(of, word, stem): (i64, String, String)| Kin {
            of: usize::try_from(of).unwrap_or(0),
            word,
            stem,
        };
        Ok(rows.into_iter().map(kin).collect())
    }

    /// Words that share most threes of letters with one of `misspelt`, and those of `exactly` that are known.
    pub async fn search_alike(&self, misspelt: &[String], exactly: &[String]) -> Result<Vec<Known>> {
        let mut threes: Vec<String> = misspelt.iter().flat_map(|word| trigrams(word)).collect();
        threes.sort_unstable();
        threes.dedup();
        let threes = match self.kind() {
            Kind::Sqlite => {
                let threes: Vec<String> = threes.iter().map(|three| format!("\"{three}\"")).collect();
                let scope = platform_word(self.platform());
                format!("(scope : \"{scope}\") AND (trigrams : ({}))", threes.join(" OR "))
            }
            Kind::Postgres => json(&threes)?,
        };
        let exactly = json(&exactly)?;
        let text = sql::alike(self.kind());
        let rows: Vec<(String, String)> = read!(self, conn => sqlx::query_as(text)
            .bind(self.platform().0).bind(threes).bind(exactly).bind(MOST_ALIKE)
            .fetch_all(conn).await)?;
        Ok(rows.into_iter().map(|(word, stem)| Known { word, stem }).collect())
    }
}

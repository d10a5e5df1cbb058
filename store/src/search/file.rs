//! Filing posts under their words; activities are filed the same way (`activities.rs`).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use domain::clock::Timestamp;
use domain::id::{AreaId, PlatformId, PostId, TopicId};
use domain::posts::PostKind;
use domain::search::query::is_stop_word;
use domain::search::{FoundId, FoundKind, joined_words, spelling, stems, words};
use uuid::Uuid;

use super::expression::{area_word, in_title, kind_word, lexeme, platform_word, topic_word};
use crate::conn::{Kind, change, read};
use crate::dialect::search as sql;
use crate::error::{Result, known};
use crate::store::Store;
use crate::tenant::{Tenant, Write};

/// Counts up when words are made or filed in another way: what is filed by older rules is filed anew.
pub(super) const RULES: i64 = 3;
/// As many of one millisecond can be told apart.
pub(super) const PER_MILLISECOND: i64 = 1024;
/// How often a moment that is taken is tried again a little later.
pub(super) const TRIES: u32 = 64;
/// Shorter words are not looked up by how they begin or are spelled.
const SHORTEST_WORD: usize = 3;
/// Between title and text in a document of `PostgreSQL`, so that no phrase reaches over.
const GAP: usize = 10;
/// Positions beyond this are all the same to `PostgreSQL`.
const LAST_POSITION: usize = 16_383;
pub(super) const BATCH: i64 = 200;

const FORGET_POST: &str = "DELETE FROM search_entry WHERE platform_id = $1 AND post_id = $2";
const FORGET_ACTIVITY: &str = "DELETE FROM search_entry WHERE platform_id = $1 AND activity_id = $2";
const AREAS: &str = "SELECT area_id FROM post_area WHERE platform_id = $1 AND post_id = $2";

/// What else a post says: with its photos, and as an initiative.
const BESIDES: &str = "SELECT caption || ' ' || alt FROM photo WHERE platform_id = $1 AND post_id = $2
    UNION ALL SELECT goal || ' ' || closing FROM initiative WHERE platform_id = $1 AND post_id = $2
    UNION ALL SELECT label FROM initiative_need WHERE platform_id = $1 AND post_id = $2
    UNION ALL SELECT body FROM initiative_update WHERE platform_id = $1 AND post_id = $2";
const ONE: &str = "SELECT id, kind, topic_id, published_at, title, body FROM post
    WHERE platform_id = $1 AND id = $2";

/// A post or an activity as it is filed.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Filed<'a> {
    pub(crate) id: FoundId,
    pub(crate) published_at: Timestamp,
    pub(crate) kind: FoundKind,
    pub(crate) topic: Option<TopicId>,
    /// With all that they lie in.
    pub(crate) areas: &'a [AreaId],
    pub(crate) title: &'a str,
    pub(crate) body: &'a str,
}

/// The first moment of a millisecond.
pub(super) const fn moment(at: Timestamp) -> i64 {
    at.0.saturating_mul(PER_MILLISECOND)
}

/// The words of a text as they are filed: the likeliest stem of each in its place, and after them the other stems.
pub(super) struct Stems {
    places: Vec<String>,
    others: Vec<String>,
}

pub(super) fn stems_of(text: &str, vocabulary: &mut BTreeMap<String, String>) -> Stems {
    let mut found = Stems { places: Vec::new(), others: Vec::new() };
    let mut keep = |word: String, stem: &str| {
        // A number is not misspelt, nor looked up by how it begins.
        let is_number = word.bytes().all(|byte| byte.is_ascii_digit());
        if word.chars().count() >= SHORTEST_WORD && !is_number && !is_stop_word(&word) {
            vocabulary.entry(word).or_insert_with(|| stem.to_owned());
        }
    };
    for word in words(text) {
        let mut stems = stems(&word.folded).into_iter();
        if let Some(first) = stems.next() {
            keep(word.folded, &first);
            found.places.push(first);
        }
        found.others.extend(stems);
    }
    for word in joined_words(text) {
        let all = stems(&word);
        if let Some(first) = all.first() {
            keep(word, first);
        }
        found.others.extend(all);
    }
    found.others.sort_unstable();
    found.others.dedup();
    found
}

fn scope_of(platform: PlatformId, entry: &Filed<'_>) -> Vec<String> {
    let mut names = vec![platform_word(platform), kind_word(entry.kind)];
    names.extend(entry.topic.map(topic_word));
    names.extend(entry.areas.iter().map(|id| area_word(*id)));
    names
}

/// As FTS5 reads it. A letter that no word has keeps phrases from reaching into the other stems.
pub(super) fn column(stems: &Stems) -> String {
    format!("{} 0 {}", stems.places.join(" "), stems.others.join(" "))
}

/// As `PostgreSQL` reads it.
pub(super) fn document(scope: &[String], title: &Stems, body: &Stems) -> String {
    let mut out = String::new();
    for name in scope {
        let _ = write!(out, "'{name}:' ");
    }
    for word in title.places.iter().chain(&title.others) {
        let _ = write!(out, "{} ", lexeme(&in_title(word)));
    }
    let mut place = 0;
    for stems in [title, body] {
        for word in &stems.places {
            place = (place + 1).min(LAST_POSITION);
            let _ = write!(out, "{}:{place} ", lexeme(word));
        }
        for word in &stems.others {
            place = (place + 2).min(LAST_POSITION);
            let _ = write!(out, "{}:{place} ", lexeme(word));
        }
        place = (place + GAP).min(LAST_POSITION);
    }
    out
}

/// Files a post anew under its words. Whatever writes its title, text, kind, topic, areas or moment calls this in the
/// same transaction; its status needs nothing.
pub(crate) async fn file_post(write: &mut Write, post: &Filed<'_>) -> Result<()> {
    let platform = write.platform();
    let mut body = vec![post.body.to_owned()];
    body.append(&mut change!(write, conn => sqlx::query_scalar(BESIDES)
        .bind(platform.0).bind(post.id.key()).fetch_all(conn).await)?);
    file_entry(write, &Filed { body: &body.join("\n"), ..*post }).await
}

/// Files what may be in the file already, with nothing but what it has itself.
pub(super) async fn file_entry(write: &mut Write, entry: &Filed<'_>) -> Result<()> {
    let platform = write.platform();
    let forget = match entry.id {
        FoundId::Post(_) => FORGET_POST,
        FoundId::Activity(_) => FORGET_ACTIVITY,
    };
    change!(write, conn => sqlx::query(forget)
        .bind(platform.0).bind(entry.id.key()).execute(conn).await.map(|_| ()))?;
    file_text(write, entry).await
}

/// Files a post that this transaction has made: it is in no file yet, and nothing stands beside it.
pub(crate) async fn file_new_post(write: &mut Write, post: &Filed<'_>) -> Result<()> {
    file_text(write, post).await
}

async fn file_text(write: &mut Write, entry: &Filed<'_>) -> Result<()> {
    let platform = write.platform();
    let kind = write.kind();
    let mut vocabulary = BTreeMap::new();
    let title = stems_of(entry.title, &mut vocabulary);
    let body = stems_of(entry.body, &mut vocabulary);
    let scope = scope_of(platform, entry);
    let words = word_rows(&vocabulary)?;
    // The end of a key is random.
    let key = entry.id.key();
    let start = i64::from(u16::from_be_bytes([key.as_bytes()[14], key.as_bytes()[15]]));
    let moments = (0..TRIES)
        .map(|later| moment(entry.published_at).saturating_add((start + i64::from(later)) % PER_MILLISECOND));
    match kind {
        Kind::Sqlite => {
            let text = [scope.join(" "), column(&title), column(&body)];
            file_on_sqlite(write, entry, moments, (&text, &words)).await
        }
        Kind::Postgres => {
            file_on_postgres(write, entry, moments, (&document(&scope, &title, &body), &words)).await
        }
    }
}

/// Under the first of the moments that is free; not at all when none is.
async fn file_on_sqlite(
    write: &mut Write,
    entry: &Filed<'_>,
    moments: impl Iterator<Item = i64>,
    (text, words): (&[String; 3], &str),
) -> Result<()> {
    let platform = write.platform();
    let (post, activity) = either_key(entry);
    let [scope, title, body] = text;
    let mut new: Vec<(String, i64)> = Vec::new();
    for moment in moments {
        let mut rows: Vec<(String, i64)> = change!(write, conn => sqlx::query_as(sql::FILE_ON_SQLITE)
            .bind(platform.0).bind(moment).bind(post).bind(activity).bind(RULES)
            .bind(scope).bind(title).bind(body).bind(words).fetch_all(conn).await)?;
        let found = rows.len();
        rows.retain(|(word, _)| !word.is_empty());
        let is_filed = rows.len() < found;
        new.append(&mut rows);
        if is_filed {
            break;
        }
    }
    let rows: Vec<(i64, String)> = new
        .into_iter()
        .map(|(word, number)| (number, spelling(&word).join(" ")))
        .filter(|(_, threes)| !threes.is_empty())
        .collect();
    if rows.is_empty() {
        return Ok(());
    }
    let rows = json(&rows)?;
    change!(write, conn => sqlx::query(sql::INSERT_SPELLING)
        .bind(platform_word(platform)).bind(rows).execute(conn).await.map(|_| ()))
}

/// The same; not at all either when another process files it just now.
async fn file_on_postgres(
    write: &mut Write,
    entry: &Filed<'_>,
    moments: impl Iterator<Item = i64>,
    (document, words): (&str, &str),
) -> Result<()> {
    let platform = write.platform().0;
    let (post, activity) = either_key(entry);
    for moment in moments {
        let taken = change!(write, conn => sqlx::query(sql::INSERT_ENTRY)
            .bind(platform).bind(moment).bind(post).bind(activity).bind(RULES).bind(document)
            .execute(conn).await.map(|done| done.rows_affected()))?;
        if taken == 1 {
            return change!(write, conn => sqlx::query(sql::INSERT_WORDS)
                .bind(platform).bind(words).execute(conn).await.map(|_| ()));
        }
    }
    Ok(())
}

const fn either_key(entry: &Filed<'_>) -> (Option<Uuid>, Option<Uuid>) {
    match entry.id {
        FoundId::Post(id) => (Some(id.0), None),
        FoundId::Activity(id) => (None, Some(id.0)),
    }
}

/// The words of a text with all that they are found by, as JSON. They come in their order, so that two who add the same
/// words at once wait for each other and not in a circle.
fn word_rows(vocabulary: &BTreeMap<String, String>) -> Result<String> {
    let rows: Vec<[String; 4]> = vocabulary
        .iter()
        .map(|(word, stem)| {
            let tail = stem.chars().rev().collect();
            [word.clone(), stem.clone(), tail, spelling(word).join(" ")]
        })
        .collect();
    json(&rows)
}

/// Files a post again after something was said beside its text ([`BESIDES`]). A draft is in no file.
pub(crate) async fn file_again(write: &mut Write, post: PostId) -> Result<()> {
    let platform = write.platform().0;
    let row: Option<Unfiled> = change!(write, conn => sqlx::query_as(ONE)
        .bind(platform).bind(post.0).fetch_optional(conn).await)?;
    match row {
        Some(row) => file_row(write, &row).await,
        None => Ok(()),
    }
}

async fn file_row(write: &mut Write, row: &Unfiled) -> Result<()> {
    let (id, kind, topic, published_at, title, body) = row;
    let platform = write.platform().0;
    let areas: Vec<Uuid> = change!(write, conn => sqlx::query_scalar(AREAS)
        .bind(platform).bind(id).fetch_all(conn).await)?;
    let areas: Vec<AreaId> = areas.into_iter().map(AreaId).collect();
    let post = Filed {
        id: FoundId::Post(PostId(*id)),
        published_at: Timestamp(*published_at),
        kind: FoundKind::Post(known(PostKind::from_key(kind), "post", "kind", id)?),
        topic: topic.map(TopicId),
        areas: &areas,
        title,
        body,
    };
    file_post(write, &post).await
}

pub(super) fn json<T: serde::Serialize>(rows: &T) -> Result<String> {
    known(serde_json::to_string(rows).ok(), "search_word", "word", "")
}

type Unfiled = (Uuid, String, Option<Uuid>, i64, String, String);

impl Store {
    /// Files every post that is not filed, or by older rules; says how many those were.
    pub(crate) async fn file_posts(&self) -> Result<u64> {
        let mut filed = 0;
        for platform in self.platform_ids().await? {
            let tenant = self.on(platform);
            let mut last = Uuid::nil();
            loop {
                let (count, to) = tenant.file_some(last).await?;
                filed += count;
                match to {
                    Some(to) => last = to,
                    None => break,
                }
            }
        }
        Ok(filed)
    }

    /// Forgets words that stand in no text any more, so that nothing of a text outlives it; says how many those were.
    pub(crate) async fn forget_words(&self) -> Result<u64> {
        let mut forgotten = 0;
        for platform in self.platform_ids().await? {
            forgotten += self.on(platform).forget_words().await?;
        }
        Ok(forgotten)
    }
}

impl Tenant {
    async fn file_some(&self, after: Uuid) -> Result<(u64, Option<Uuid>)> {
        let platform = self.platform().0;
        let mut write = self.write().await?;
        let text = sql::unfiled(write.kind());
        let posts: Vec<Unfiled> = change!(write, conn => sqlx::query_as(text)
            .bind(platform).bind(after).bind(RULES).bind(BATCH).fetch_all(conn).await)?;
        for post in &posts {
            file_row(&mut write, post).await?;
        }
        write.commit().await?;
        Ok((posts.len() as u64, posts.last().map(|post| post.0)))
    }

    async fn forget_words(&self) -> Result<u64> {
        let platform = self.platform().0;
        let (mut last, mut forgotten) = (String::new(), 0);
        loop {
            let text = sql::unused_words(self.kind());
            let looked: Vec<(String, bool)> = read!(self, conn => sqlx::query_as(text)
                .bind(platform).bind(&last).bind(BATCH).fetch_all(conn).await)?;
            let Some((to, _)) = looked.last() else { return Ok(forgotten) };
            last.clone_from(to);
            let unused: Vec<&String> =
                looked.iter().filter(|(_, unused)| *unused).map(|(word, _)| word).collect();
            if !unused.is_empty() {
                let rows = json(&unused)?;
                let mut write = self.write().await?;
                let text = sql::delete_words(write.kind());
                forgotten += change!(write, conn => sqlx::query(text)
                    .bind(platform).bind(rows).execute(conn).await.map(|done| done.rows_affected()))?;
                write.commit().await?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_filed_by_its_stems_in_their_places() {
        let mut vocabulary = BTreeMap::new();
        let stems = stems_of("De bomen, foto's en het repair-café", &mut vocabulary);
        assert_eq!(stems.places, ["de", "boom", "foto", "en", "het", "repair", "cafe"]);
        assert!(stems.others.contains(&"repaircafe".to_owned()) && stems.others.contains(&"bom".to_owned()));
        let known: Vec<&str> = vocabulary.keys().map(String::as_str).collect();
        assert_eq!(known, ["bomen", "cafe", "foto", "repair", "repaircafe"]);
    }

    #[test]
    fn a_document_says_where_each_word_stands() {
        let mut vocabulary = BTreeMap::new();
        let title = stems_of("Kip", &mut vocabulary);
        let body = stems_of("Een kip", &mut vocabulary);
        let text = document(&["pf".to_owned()], &title, &body);
        assert_eq!(text, "'pf:' 'kip:t' 'kip':1 'een':12 'kip':13 ");
    }
}

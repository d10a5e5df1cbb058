//! Photos of the program's own: those of the demo. Nobody waits for anything else meanwhile, so all processors make them.

use std::fs::File;

use domain::id::{PhotoId, PlatformId};
use tokio::task::JoinSet;

use super::files::Files;
use super::workshop::Workshop;
use crate::Error;

/// As many benches as this at most: each may take the memory of a large photo.
const BENCHES: usize = 4;

/// What is to be known of a photo whose files are there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Developed {
    pub width: u32,
    pub height: u32,
    pub placeholder: String,
}

/// Makes photos out of files and keeps what came of them, in the same order. Their rows are the caller's to store.
///
/// # Errors
/// One is no photo, or the files cannot be reached.
pub async fn develop(
    files: &Files,
    sent: Vec<((PlatformId, PhotoId), File)>,
) -> Result<Vec<Developed>, Error> {
    let benches = std::thread::available_parallelism().map_or(1, usize::from).min(BENCHES);
    let benches: Vec<Workshop> = (0..benches).map(|_| Workshop::open()).collect();
    let mut work = JoinSet::new();
    for (number, (of, file)) in sent.into_iter().enumerate() {
        let (bench, files) = (benches[number % benches.len()].clone(), files.clone());
        work.spawn(async move {
            let made = bench.make(file).await.map_err(super::refused)?;
            let known =
                Developed { width: made.width, height: made.height, placeholder: made.placeholder.clone() };
            files.keep(of, made).await?;
            Ok::<_, Error>((number, known))
        });
    }
    let mut done = Vec::new();
    while let Some(one) = work.join_next().await {
        done.push(one.map_err(|_| Error::Inside("a photo of the demo"))??);
    }
    done.sort_unstable_by_key(|(number, _)| *number);
    Ok(done.into_iter().map(|(_, known)| known).collect())
}

//! Keeping programs out of forms that need no account (ADR 0015).

use domain::limits::{self, Limit};
use domain::moderation::sieve::{BITS_MIN, Puzzle, Sieve, begins_with_zeros, bits};
use domain::problem::{Fault, Field};
use sha2::{Digest, Sha256};

use crate::context::Request;
use crate::limits::limit;
use crate::{Error, secrets};

/// Longer than any solution that our own page finds.
const LONGEST_PROOF: usize = 40;

/// What a form comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// A person, as far as anybody can tell.
    Person,
    /// It filled in a field that nobody sees: nothing is done with it, and it is not told.
    Program,
}

fn key(request: &Request, what: &str) -> String {
    secrets::limit_key(&["form", what, &request.platform.slug, &request.network])
}

/// Looks at a form that came without an account: is it a person's, and was there work to do first?
///
/// # Errors
/// Sent faster than anybody types, too many from this network without a solution, or the database.
pub async fn sift(request: &Request, what: &str, sieve: &Sieve) -> Result<Verdict, Error> {
    if sieve.is_a_program() {
        tracing::info!(what, "a form that a program filled in");
        return Ok(Verdict::Program);
    }
    // The demo is there to be clicked through, and its mails stay inside.
    if !request.services.settings.demo && sieve.is_too_fast(request.now) {
        return Err(Error::field(Field::Form, Fault::TooFast));
    }
    // The puzzle of now is the one from before this form is counted.
    let asked = puzzle(request, what).await?;
    let counted = limit(request, &limits::FREE_FORMS_PER_NETWORK, &key(request, what)).await;
    match (counted, asked) {
        (Ok(()), _) => Ok(Verdict::Person),
        (Err(error @ Error::TooOften { .. }), Some(puzzle)) => {
            if is_solved(&puzzle, &sieve.proof) && first_time(request, &puzzle, &sieve.proof).await? {
                Ok(Verdict::Person)
            } else {
                // Without JavaScript waiting is the way.
                Err(error)
            }
        }
        (Err(error), _) => Err(error),
    }
}

async fn first_time(request: &Request, puzzle: &Puzzle, proof: &str) -> Result<bool, Error> {
    let key = secrets::limit_key(&["solution", &puzzle.challenge, proof]);
    Ok(request.services.store.hit(request.platform.id, &limits::SOLUTIONS, &key, request.now).await?)
}

/// A little less is enough: others of the same network may have made it harder since the page was made.
fn is_solved(puzzle: &Puzzle, proof: &str) -> bool {
    let bits = if puzzle.bits > BITS_MIN { puzzle.bits - 1 } else { puzzle.bits };
    proof.len() <= LONGEST_PROOF && begins_with_zeros(&hash(&puzzle.challenge, proof), bits)
}

fn hash(challenge: &str, proof: &str) -> Vec<u8> {
    Sha256::digest(format!("{challenge}.{proof}")).to_vec()
}

/// The work that this network's browsers have to do for the next form; `None` for almost everybody.
///
/// It needs no secret and no memory: the challenge is made of the community, the network and the hour, so that any
/// server knows it. Who solves one ahead has done the work all the same, and each solution counts once.
///
/// # Errors
/// The database.
pub async fn puzzle(request: &Request, what: &str) -> Result<Option<Puzzle>, Error> {
    if request.is_signed_in() {
        return Ok(None);
    }
    let free: &Limit = &limits::FREE_FORMS_PER_NETWORK;
    let used =
        request.services.store.hits(request.platform.id, free, &key(request, what), request.now).await?;
    if used < free.times {
        return Ok(None);
    }
    let hour = request.now.0.div_euclid(free.per.0.max(1)).to_string();
    let challenge = secrets::limit_key(&["puzzle", what, &request.platform.slug, &request.network, &hour]);
    Ok(Some(Puzzle { challenge, bits: bits(used - free.times) }))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn work_that_was_done_is_seen_and_work_that_was_not_is_not() {
        let puzzle = Puzzle { challenge: "abc".into(), bits: 10 };
        let solution =
            (0..1_000_000).map(|n: u32| n.to_string()).find(|proof| is_solved(&puzzle, proof)).expect("one");
        assert!(is_solved(&puzzle, &solution));
        let other = Puzzle { challenge: "abd".into(), bits: 24 };
        assert!(!is_solved(&other, &solution));
        assert!(!is_solved(&puzzle, &"0".repeat(LONGEST_PROOF + 1)));
    }
}

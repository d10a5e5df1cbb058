//! Keeping programs out of forms that need no account (ADR 0015).

use domain::clock::Timestamp;
use domain::limits::{self, Limit};
use domain::moderation::sieve::{BITS_MIN, FASTEST, Open, Puzzle, Sieve, begins_with_zeros, bits, open_for};
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
/// Sent faster than anybody types or open for too long, too many from this network without a solution, or the database.
pub async fn sift(request: &Request, what: &str, sieve: &Sieve) -> Result<Verdict, Error> {
    if sieve.is_a_program() {
        tracing::info!(what, "a form that a program filled in");
        return Ok(Verdict::Program);
    }
    // The demo is there to be clicked through, and its mails stay inside.
    if !request.services.settings.demo {
        was_open(request, what, &sieve.since)?;
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

/// Refuses a form that was not open for as long as people need, or of which nobody knows.
fn was_open(request: &Request, what: &str, since: &str) -> Result<(), Error> {
    match made_at(request, what, since).map(|made| open_for(made, request.now)) {
        Some(Open::LongEnough) => Ok(()),
        Some(Open::TooShort) => Err(Error::field(Field::Form, Fault::TooFast)),
        Some(Open::TooLong) | None => Err(Error::field(Field::Form, Fault::SendAgain)),
    }
}

/// When a form of this kind was made, for its hidden field: signed, so that nobody else can say so. `before` is what
/// came with it when it was sent and refused; it stays for as long as it is good, so that a second try is not too fast.
pub fn since(request: &Request, what: &str, before: &str) -> String {
    match made_at(request, what, before) {
        Some(made) if open_for(made, request.now) != Open::TooLong => before.to_owned(),
        // It was open for more than long enough: who is asked to send it once more does not wait for that.
        Some(_) => signed(request, what, request.now.minus(FASTEST)),
        None => signed(request, what, request.now),
    }
}

fn signed(request: &Request, what: &str, made: Timestamp) -> String {
    let made = made.0.to_string();
    format!("{made}.{}", request.services.form_key.sign(&of_form(request, what, &made)))
}

/// What is signed: a form of one kind, in one community.
fn of_form<'a>(request: &'a Request, what: &'a str, made: &'a str) -> [&'a str; 4] {
    ["form", what, &request.platform.slug, made]
}

/// When a form was made; `None` when no server of ours said so.
fn made_at(request: &Request, what: &str, since: &str) -> Option<Timestamp> {
    let (made, signature) = since.split_once('.')?;
    let known = request.services.form_key.signed(&of_form(request, what, made), signature);
    made.parse().ok().filter(|_| known).map(Timestamp)
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

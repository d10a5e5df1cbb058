//! What a Dutch word could be an inflection of: "huizen" of "huis", "straatje" of "straat", "kookt" of "kook".
//!
//! Spelling alone does not always tell ("bomen" could be of "boom" and of "bom"), so a word may have several stems. Two
//! words are the same to a search when they share one. The rules are those of Dutch spelling: a vowel is written twice
//! only in a closed syllable, a consonant twice after a short vowel, and "v" and "z" do not end a word.
//!
//! Neither Snowball's stemmers fit (they part "fiets" from "fietsen" and "huis" from "huizen", or join "feest" with
//! "fees"); what they gain by reducing a word further, a search for neighbours loses in what it finds wrongly.

/// Shorter words have no endings.
const SHORTEST: usize = 4;
/// What is left of a word has at least this many letters.
const SHORTEST_STEM: usize = 3;

const fn is_vowel(b: u8) -> bool {
    matches!(b, b'a' | b'e' | b'i' | b'o' | b'u' | b'y')
}

/// The stems of a folded word, the likeliest first. Never empty, each once.
pub fn stems(word: &str) -> Vec<String> {
    let mut found = Vec::new();
    if word.len() < SHORTEST || !word.bytes().all(|b| b.is_ascii_lowercase()) {
        found.push(word.to_owned());
        return found;
    }
    collect(word, &mut found, 0);
    found
}

/// The likeliest stem of a folded word.
pub fn stem(word: &str) -> String {
    stems(word).swap_remove(0)
}

fn add(stem: &str, found: &mut Vec<String>) {
    if !found.iter().any(|known| known == stem) {
        found.push(stem.to_owned());
    }
}

/// As what stands before an ending would be written by itself.
fn add_bare(bare: &str, found: &mut Vec<String>) {
    if bare.len() < SHORTEST_STEM && !bare.ends_with("ei") {
        return;
    }
    let mut bare = bare.to_owned();
    let bytes = bare.as_bytes();
    let (last, before) = (bytes[bytes.len() - 1], bytes[bytes.len() - 2]);
    if is_vowel(last) {
        add(&bare, found);
        return;
    }
    if last == before {
        // "katt" of "katten".
        bare.pop();
        add(&bare, found);
        return;
    }
    let open = is_vowel(before)
        && before != b'i'
        && !bytes.len().checked_sub(3).is_some_and(|place| is_vowel(bytes[place]))
        && !matches!(last, b'w' | b'x' | b'j');
    let mut long = bare.clone();
    if open {
        // "bom" of "bomen": "boom", or "weg" of "wegen".
        long.insert(bare.len() - 1, char::from(before));
    }
    for word in [&mut bare, &mut long] {
        let hard = match word.as_bytes()[word.len() - 1] {
            b'z' => 's',
            b'v' => 'f',
            _ => continue,
        };
        word.pop();
        word.push(hard);
    }
    // The "e" of "wandelen" is not heard; that of "geven" is.
    let unheard = before == b'e' && bare[..bare.len() - 2].bytes().any(is_vowel);
    if unheard {
        add(&bare, found);
        add(&long, found);
    } else {
        add(&long, found);
        add(&bare, found);
    }
}

fn collect(word: &str, found: &mut Vec<String>, depth: u8) {
    let before = found.len();
    if let Some(small) = word.strip_suffix("jes").or_else(|| word.strip_suffix("je")) {
        diminutive(small, found);
    } else if let Some(bare) = word.strip_suffix("en") {
        plural(bare, found, depth);
    } else if let Some(bare) = word.strip_suffix('e').filter(|bare| !bare.ends_with(['e', 'i'])) {
        add(word, found);
        add_bare(bare, found);
    }
    if found.len() > before {
        return;
    }
    add(word, found);
    if let Some(bare) = word.strip_suffix("ing").filter(|bare| bare.len() >= SHORTEST_STEM) {
        add_bare(bare, found);
    } else if let Some(bare) = word.strip_suffix('s') {
        if has_plural_s(bare) {
            add(bare, found);
        }
    } else if let Some(bare) = word.strip_suffix('t').filter(|bare| has_verb_t(bare)) {
        add(bare, found);
    }
    // "gewandeld", "gekookt".
    if let Some(bare) = word.strip_prefix("ge").and_then(|rest| rest.strip_suffix(['d', 't']))
        && bare.len() > SHORTEST_STEM
        && bare.bytes().last().is_some_and(|b| !is_vowel(b))
    {
        add(bare, found);
    }
}

/// "huis" of "huisje", "tuin" of "tuintje", "boom" of "boompje", "bloem" of "bloemetje", "koning" of "koninkje".
fn diminutive(small: &str, found: &mut Vec<String>) {
    if small.len() < SHORTEST_STEM {
        return;
    }
    if let Some(bare) = small.strip_suffix("et").filter(|bare| bare.len() > SHORTEST_STEM - 1) {
        // "bloem-et-je" rather than "pakket-je".
        add_bare(bare, found);
        add(small, found);
    } else if let Some(bare) = small.strip_suffix('t') {
        let last = bare.bytes().last().unwrap_or_default();
        let twice = bare.len() > 2 && is_vowel(last) && bare.as_bytes()[bare.len() - 2] == last;
        if twice {
            // "straat-je", or "auto-tje" written "autootje".
            add(small, found);
            add(&bare[..bare.len() - 1], found);
            add(bare, found);
        } else if is_vowel(last) || matches!(last, b'n' | b'l' | b'r' | b'w' | b'j') {
            add(bare, found);
            add(small, found);
        } else {
            add(small, found);
        }
    } else if let Some(bare) = small.strip_suffix('p').filter(|bare| bare.ends_with('m')) {
        add(bare, found);
    } else if let Some(bare) = small.strip_suffix('k').filter(|bare| bare.ends_with('n')) {
        add(small, found);
        add(&format!("{bare}g"), found);
    } else {
        add(small, found);
    }
}

/// What stands before "en".
fn plural(bare: &str, found: &mut Vec<String>, depth: u8) {
    if depth == 0 && bare.ends_with("ing") && bare.len() > SHORTEST_STEM + 3 {
        // "vergadering-en".
        collect(bare, found, 1);
        return;
    }
    add_bare(bare, found);
    if let Some(root) = bare.strip_suffix("er") {
        // "kind-er-en", "ei-er-en".
        add_bare(root, found);
    }
}

/// Whether an "s" after this makes a plural: of "tafel", "auto", "film", not of "hui" or "fiet".
fn has_plural_s(bare: &str) -> bool {
    let bytes = bare.as_bytes();
    if bytes.len() < SHORTEST_STEM {
        return false;
    }
    let (last, before) = (bytes[bytes.len() - 1], bytes[bytes.len() - 2]);
    if is_vowel(last) {
        return bare.ends_with("ie") || !is_vowel(before);
    }
    matches!(last, b'b' | b'd' | b'f' | b'g' | b'k' | b'l' | b'm' | b'n' | b'p' | b'r')
}

/// Whether a "t" after this is that of a verb: of "kook", "loop", "woon", not of "buur", "kas" or "plan".
fn has_verb_t(bare: &str) -> bool {
    let bytes = bare.as_bytes();
    if bytes.len() < SHORTEST_STEM {
        return false;
    }
    match bytes[bytes.len() - 1] {
        b'k' | b'p' | b'g' | b'f' | b'm' | b'w' => true,
        b'n' | b'l' => is_vowel(bytes[bytes.len() - 2]) && is_vowel(bytes[bytes.len() - 3]),
        b's' => bare.ends_with("ts"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(a: &str, b: &str) -> bool {
        stems(a).iter().any(|stem| stems(b).contains(stem))
    }

    #[test]
    fn inflections_of_a_word_are_the_same() {
        for group in [
            "fiets fietsen fietsje fietsjes fietst",
            "buurthuis buurthuizen buurthuisje",
            "brief brieven briefje",
            "boom bomen boompje boompjes",
            "feest feesten feestje",
            "bloem bloemen bloemetje",
            "straat straten straatje",
            "vrijwilliger vrijwilligers",
            "kind kinderen",
            "ei eieren",
            "kat katten katje",
            "bank banken bankje",
            "tuin tuinen tuintje tuintjes",
            "auto autos autootje",
            "dag dagen",
            "weg wegen",
            "activiteit activiteiten",
            "wandelen wandeling wandelingen gewandeld wandel",
            "koken kookt gekookt kook",
            "lopen loopt loop",
            "wonen woont woning",
            "groot grote",
            "gezellig gezellige",
            "oudere ouderen ouder",
            "kaart kaarten kaartje",
            "praten praatje praat",
            "workshop workshops",
            "bijeenkomst bijeenkomsten",
            "prijs prijzen",
            "duif duiven",
            "idee ideeen",
            "koning koninkje",
            "gemeente gemeenten",
        ] {
            let words: Vec<&str> = group.split(' ').collect();
            for word in &words {
                assert!(same(words[0], word), "{} {word}: {:?} {:?}", words[0], stems(words[0]), stems(word));
            }
        }
    }

    #[test]
    fn other_words_stay_others() {
        for (a, b) in [
            ("buur", "buurt"),
            ("kas", "kast"),
            ("plan", "plant"),
            ("bom", "boom"),
            ("huis", "hui"),
            ("fiets", "fietsenmaker"),
            ("feest", "fee"),
            ("kat", "kater"),
            ("man", "maan"),
        ] {
            assert!(!same(a, b), "{a} {b}: {:?} {:?}", stems(a), stems(b));
        }
    }

    #[test]
    fn the_likeliest_stem_is_the_word_itself() {
        for word in ["fiets", "buurthuis", "straat", "wandel", "vrijwilliger", "kookt", "1947", "café", "oud"]
        {
            assert_eq!(stem(word), word);
        }
        assert_eq!(stem("straten"), "straat");
        assert_eq!(stem("wandelen"), "wandel");
    }

    proptest! {
        #[test]
        fn stems_are_few_and_never_empty(word in "[a-z]{0,20}|\\PC{0,9}") {
            let found = stems(&word);
            prop_assert!((1..=4).contains(&found.len()), "{:?}", found);
            prop_assert!(word.is_empty() || found.iter().all(|stem| !stem.is_empty()));
        }
    }
}

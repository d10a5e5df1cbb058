//! What comes with forms that need no account, to keep programs out (ADR 0015).

use domain::moderation::sieve::Puzzle;
use leptos::prelude::*;

use crate::texts::use_texts;

/// Does the work of a puzzle in the background, while somebody types.
const SOLVE: &str = "(async()=>{const f=document.querySelector('[data-puzzle]');if(!f)return;\
const e=new TextEncoder(),c=f.dataset.puzzle,b=+f.dataset.bits;for(let n=0;;n++){\
const h=new Uint8Array(await crypto.subtle.digest('SHA-256',e.encode(c+'.'+n)));let z=0;\
for(const x of h){if(x){z+=Math.clz32(x)-24;break}z+=8}if(z>=b){f.value=n;return}}})()";

/// A field that people do not see, when the form was made, and work for the browser where there is any.
#[component]
pub fn SieveFields(since: String, puzzle: Option<Puzzle>) -> impl IntoView {
    let t = use_texts();
    view! {
        <div class="visually-hidden" aria-hidden="true">
            <label for="website">{t.sieve_label}</label>
            <input id="website" name="sieve[website]" tabindex="-1" autocomplete="off"/>
        </div>
        <input type="hidden" name="sieve[since]" value=since/>
        {puzzle
            .map(|puzzle| {
                view! {
                    <input
                        type="hidden"
                        name="sieve[proof]"
                        data-puzzle=puzzle.challenge
                        data-bits=puzzle.bits.to_string()
                    />
                    <script nonce=leptos::nonce::use_nonce() inner_html=SOLVE></script>
                }
            })}
    }
}

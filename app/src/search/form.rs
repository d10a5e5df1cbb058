//! The field to search with, and suggestions while somebody types.

use domain::search::SearchWish;
use domain::search::query::LONGEST_QUERY;
use leptos::prelude::*;

use crate::texts::use_desk_texts;
use crate::ui::SubmitButton;

/// Makes a combobox of the field (WAI-ARIA 1.2, combobox with a list): arrows choose, Enter opens, Escape closes.
/// Whoever chooses nothing searches for what they typed, as without it.
const SUGGEST: &str = "(()=>{const i=document.getElementById('zoekveld'),l=document.getElementById('suggesties'),\
s=document.getElementById('suggesties-aantal');if(!i||!l||!s)return;let o=[],at=-1,n=0,t;\
const set=(k,v)=>i.setAttribute(k,v);set('role','combobox');set('aria-autocomplete','list');\
set('aria-controls','suggesties');set('aria-expanded','false');set('autocomplete','off');\
l.setAttribute('role','listbox');l.setAttribute('aria-label',l.dataset.label);\
const close=()=>{n++;l.hidden=true;at=-1;set('aria-expanded','false');i.removeAttribute('aria-activedescendant')};\
const mark=()=>{o.forEach((e,k)=>e.setAttribute('aria-selected',k===at));if(at<0)\
i.removeAttribute('aria-activedescendant');else{set('aria-activedescendant',o[at].id);\
o[at].scrollIntoView({block:'nearest'})}};\
const go=e=>location.assign(e.dataset.to);\
const open=()=>{if(!o.length)return;l.hidden=false;set('aria-expanded','true');mark()};\
const show=r=>{l.textContent='';at=-1;o=r.map(([to,title],k)=>{const e=document.createElement('li');\
e.id='suggestie-'+k;e.setAttribute('role','option');e.textContent=title;e.dataset.to=to;\
e.addEventListener('mousedown',v=>v.preventDefault());e.addEventListener('click',()=>go(e));l.append(e);return e});\
s.textContent=o.length?l.dataset.count.replace('{n}',o.length):'';if(o.length)open();else close()};\
i.addEventListener('input',()=>{clearTimeout(t);const q=i.value.trim(),m=++n;if(q.length<2){o=[];close();return}\
t=setTimeout(async()=>{try{const r=await fetch('/zoeken/suggesties?q='+encodeURIComponent(q));\
if(r.ok&&m===n){const f=await r.json();if(m===n&&document.activeElement===i)show(f)}}catch{}},150)});\
i.addEventListener('keydown',e=>{if(e.isComposing)return;const down=e.key==='ArrowDown',up=e.key==='ArrowUp';\
if((down||up)&&o.length){e.preventDefault();if(l.hidden)open();at=down?(at+1>=o.length?-1:at+1):(at<0?o.length:at)-1;\
mark()}else if(e.key==='Enter'&&!l.hidden&&at>=0){e.preventDefault();go(o[at])}\
else if(e.key==='Escape'&&!l.hidden){e.preventDefault();close()}});\
i.addEventListener('blur',close)})()";

/// Searches for what is typed, within the choices that were made.
#[component]
pub(super) fn SearchForm(wish: SearchWish) -> impl IntoView {
    let d = use_desk_texts();
    let kept = [
        ("soort", wish.soort),
        ("gebied", wish.gebied),
        ("thema", wish.thema),
        ("periode", wish.periode),
        ("waar", wish.waar),
    ];
    let kept = kept
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <form class="search-form" role="search" method="get" action="/zoeken">
            <label class="utrecht-form-label" for="zoekveld">
                {d.search_label}
            </label>
            <div class="search-form__row">
                <div class="search-form__field">
                    <input
                        id="zoekveld"
                        class="utrecht-textbox"
                        type="search"
                        name="q"
                        value=wish.q
                        maxlength=LONGEST_QUERY.to_string()
                        enterkeyhint="search"
                        autocapitalize="none"
                    />
                    <ul
                        id="suggesties"
                        class="search-form__list"
                        data-label=d.search_suggestions
                        data-count=d.search_suggestions_count
                        hidden
                    ></ul>
                    <p id="suggesties-aantal" class="visually-hidden" role="status"></p>
                </div>
                <SubmitButton label=d.search_button/>
            </div>
            {kept}
        </form>
        <script nonce=leptos::nonce::use_nonce() inner_html=SUGGEST></script>
    }
}

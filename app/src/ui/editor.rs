//! Writing Markdown without knowing it: a text area, a few buttons, and a preview.

use leptos::prelude::*;

use super::text_area::BareTextArea;
use super::{FieldFrame, FieldInfo, Icon};
use crate::posts::api::preview_text;
use crate::texts::use_texts;

/// What a button puts around (or before) the selected text.
#[derive(Clone, Copy)]
struct Mark {
    icon: &'static str,
    before: &'static str,
    after: &'static str,
    /// At the beginning of the line rather than around the selection.
    line: bool,
}

const fn around(icon: &'static str, before: &'static str, after: &'static str) -> Mark {
    Mark { icon, before, after, line: false }
}

const fn line(icon: &'static str, before: &'static str) -> Mark {
    Mark { icon, before, after: "", line: true }
}

/// The text area with its toolbar. The toolbar and the preview come with JavaScript; the text
/// area is there without.
#[component]
pub fn MarkdownEditor(
    info: FieldInfo,
    name: &'static str,
    #[prop(into)] value: String,
    #[prop(default = 10)] rows: u32,
    maxlength: u32,
) -> impl IntoView {
    let t = use_texts();
    let id = info.id;
    let described_by = info.described_by();
    let invalid = info.invalid();
    let preview = RwSignal::new(None::<String>);
    let marks = [
        (around("bold", "**", "**"), t.editor_bold),
        (around("italic", "*", "*"), t.editor_italic),
        (line("heading", "## "), t.editor_heading),
        (line("list", "- "), t.editor_list),
        (line("list-numbers", "1. "), t.editor_numbers),
        (line("quote", "> "), t.editor_quote),
        (around("link", "[", "](https://)"), t.editor_link),
    ];
    let show = move |_| {
        if preview.get_untracked().is_some() {
            preview.set(None);
            return;
        }
        let text = current(id);
        leptos::task::spawn_local(async move {
            if let Ok(html) = preview_text(text).await {
                preview.set(Some(html));
            }
        });
    };
    view! {
        <FieldFrame info>
            <div class="editor">
                <div class="editor__toolbar js-only" role="toolbar" aria-label=t.editor_toolbar>
                    {marks
                        .into_iter()
                        .map(|(mark, label)| {
                            view! {
                                <button
                                    type="button"
                                    class="icon-button"
                                    title=label
                                    on:click=move |_| apply(id, mark)
                                >
                                    <Icon name=mark.icon/>
                                    <span class="visually-hidden">{label}</span>
                                </button>
                            }
                        })
                        .collect_view()}
                    <span class="editor__divider"></span>
                    <button
                        type="button"
                        class="icon-button"
                        title=t.editor_preview
                        aria-pressed=move || preview.get().is_some().to_string()
                        on:click=show
                    >
                        <Icon name="eye"/>
                        <span class="visually-hidden">{t.editor_preview}</span>
                    </button>
                </div>
                <BareTextArea id name value rows maxlength=Some(maxlength) described_by invalid/>
                <div aria-live="polite">
                    {move || {
                        preview
                            .get()
                            .map(|html| {
                                view! { <div class="editor__preview prose" inner_html=html></div> }
                            })
                    }}
                </div>
            </div>
        </FieldFrame>
    }
}

fn area(id: &str) -> Option<web_sys::HtmlTextAreaElement> {
    use leptos::wasm_bindgen::JsCast;
    document().get_element_by_id(id)?.dyn_into().ok()
}

fn current(id: &str) -> String {
    area(id).map(|area| area.value()).unwrap_or_default()
}

fn apply(id: &str, mark: Mark) {
    let Some(area) = area(id) else {
        return;
    };
    // Positions count UTF-16 units, as the browser does.
    let text: Vec<u16> = area.value().encode_utf16().collect();
    let at =
        |position: Option<u32>| position.map_or(text.len(), |position| (position as usize).min(text.len()));
    let start = at(area.selection_start().ok().flatten());
    let end = at(area.selection_end().ok().flatten()).max(start);
    let part = |range: std::ops::Range<usize>| String::from_utf16_lossy(text.get(range).unwrap_or_default());
    let from = if mark.line {
        let newline = u16::from(b'\n');
        text.get(..start)
            .unwrap_or_default()
            .iter()
            .rposition(|unit| *unit == newline)
            .map_or(0, |position| position + 1)
    } else {
        start
    };
    let chosen = part(from..end);
    let marked = format!("{}{chosen}{}", mark.before, mark.after);
    let caret = from + mark.before.len() + chosen.encode_utf16().count();
    area.set_value(&format!("{}{marked}{}", part(0..from), part(end..text.len())));
    let caret = u32::try_from(caret).unwrap_or_default();
    let _ = area.set_selection_range(caret, caret);
    let _ = area.focus();
}

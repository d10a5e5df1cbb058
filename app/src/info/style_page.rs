//! Every component of the design system, as it is: in the demo only.

use domain::problem::{Fault, Field, Problems};
use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use crate::error::AppError;
use crate::site::use_site;
use crate::texts::use_texts;
use crate::ui::{
    Avatar, Badge, Breadcrumb, Checkbox, DateTimeField, Dialog, Editable, Empty, FieldInfo, FileField,
    FormProblems, Icon, LinkButton, MarkdownEditor, Notice, NoticeKind, Pagination, ProblemView, RadioGroup,
    RadioOption, SceneArt, Select, SelectOption, Skeleton, SubmitButton, Tab, Tabs, TextArea, TextField,
    Toast,
};

#[component]
pub fn StyleGuidePage() -> impl IntoView {
    let t = use_texts();
    let site = use_site();
    if !site.demo {
        #[cfg(feature = "ssr")]
        crate::context::set_status(404);
        return view! {
            <main id="inhoud" class="wrap" tabindex="-1">
                <ProblemView error=AppError::NotFound/>
            </main>
        }
        .into_any();
    }
    view! {
        <Title text=t.style_title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-narrow stack stack--loose" tabindex="-1">
            <Breadcrumb steps=vec![("/over".to_owned(), t.about_title.to_owned())] here=t.style_title/>
            <h1>{t.style_title}</h1>
            <p class="lead">{t.style_lead}</p>
            <Colours/>
            <Buttons/>
            <Fields/>
            <Messages/>
            <Pieces/>
        </main>
    }
    .into_any()
}

#[component]
fn Colours() -> impl IntoView {
    let names =
        ["brand", "brand-deep", "brand-tint", "accent", "accent-tint", "sun", "sky", "paper", "card", "ink"];
    view! {
        <section class="stack">
            <h2>"Tokens"</h2>
            <ul class="swatches">
                {names
                    .into_iter()
                    .map(|name| {
                        view! { <li class=format!("swatch swatch--{name}")>{name}</li> }
                    })
                    .collect_view()}
            </ul>
        </section>
    }
}

#[component]
fn Buttons() -> impl IntoView {
    let t = use_texts();
    view! {
        <section class="stack">
            <h2>"nl-button"</h2>
            <form class="cluster" method="get" action="/stijl">
                <SubmitButton label=t.publish/>
                <SubmitButton label=t.save look="secondary" icon=Some("device-floppy")/>
                <SubmitButton label=t.cancel look="subtle"/>
                <SubmitButton label=t.remove look="danger" icon=Some("trash")/>
                <LinkButton href="/stijl" label=t.nav_posts look="secondary"/>
                <a class="nl-link" href="/stijl">
                    {t.all_posts}
                </a>
            </form>
        </section>
    }
}

#[component]
fn Fields() -> impl IntoView {
    let t = use_texts();
    let mut problems = Problems::one(Field::Title, Fault::Required);
    problems.push(Field::Email, Fault::NotAnEmail);
    let options = || {
        vec![
            RadioOption {
                value: "a".into(),
                label: t.kind_news.into(),
                about: t.kind_news_about.into(),
                depth: 0,
            },
            RadioOption {
                value: "b".into(),
                label: t.kind_story.into(),
                about: t.kind_story_about.into(),
                depth: 0,
            },
        ]
    };
    view! {
        <section class="stack">
            <h2>"utrecht-form-field"</h2>
            <form class="form stack" method="get" action="/stijl">
                <FormProblems
                    problems=problems.clone()
                    ids=vec![(Field::Title, "s-titel"), (Field::Email, "s-email")]
                />
                <TextField
                    info=FieldInfo::new("s-titel", t.field_title)
                        .describe(t.field_title_about)
                        .problem(&problems, Field::Title)
                    name="titel"
                    value=""
                />
                <TextField
                    info=FieldInfo::new("s-email", t.field_email)
                        .problem(&problems, Field::Email)
                    name="email"
                    kind="email"
                    value="fatma@"
                />
                <TextField
                    info=FieldInfo::new("s-code", t.field_code)
                    name="code"
                    value="123456"
                    class="utrecht-textbox code-input"
                />
                <TextArea
                    info=FieldInfo::new("s-tekst", t.field_body)
                    name="tekst"
                    value="</textarea><b>veilig</b>"
                />
                <MarkdownEditor
                    info=FieldInfo::new("s-editor", t.field_body)
                    name="editor"
                    value="**Hallo** buren!"
                    maxlength=domain::limits::BODY_MAX
                />
                <Select
                    info=FieldInfo::new("s-keuze", t.field_topic)
                    name="keuze"
                    options=vec![
                        SelectOption::new("", t.no_topic),
                        SelectOption::new("a", t.kind_news),
                    ]
                    selected="a"
                />
                <RadioGroup
                    info=FieldInfo::new("s-soort", t.field_kind)
                    name="soort"
                    options=options()
                    selected="a"
                />
                <Checkbox
                    info=FieldInfo::new("s-regels", t.field_house_rules)
                    name="regels"
                    checked=true
                />
                <DateTimeField
                    info=FieldInfo::new("s-datum", t.style_date)
                    name="datum"
                    kind="date"
                    value="2026-05-03"
                />
                <DateTimeField
                    info=FieldInfo::new("s-tijd", t.style_time)
                    name="tijd"
                    kind="time"
                    value="10:00"
                />
                <FileField
                    info=FieldInfo::new("s-bestand", t.style_file)
                    name="bestand"
                    accept="image/*"
                />
            </form>
        </section>
    }
}

#[component]
fn Messages() -> impl IntoView {
    let t = use_texts();
    view! {
        <section class="stack">
            <h2>"notice"</h2>
            {[NoticeKind::Info, NoticeKind::Ok, NoticeKind::Warning, NoticeKind::Error]
                .into_iter()
                .map(|kind| {
                    view! {
                        <Notice kind>
                            <p>{t.draft_found}</p>
                        </Notice>
                    }
                })
                .collect_view()}
            <h2>"toast"</h2>
            <div class="style-toast">
                <Toast text=t.toast_removed>
                    <button type="button" class="toast__button">
                        <Icon name="arrow-back-up"/>
                        {t.undo}
                    </button>
                </Toast>
            </div>
            <h2>"dialog"</h2>
            <Dialog id="s-dialoog" title=t.style_dialog open=true>
                <p>{t.draft_found}</p>
            </Dialog>
        </section>
    }
}

#[component]
fn Pieces() -> impl IntoView {
    let t = use_texts();
    let tab = |label: &str, current| Tab { href: "/stijl".into(), label: label.into(), current };
    let pages = (1..=3).map(|n| ("/stijl".to_owned(), n.to_string())).collect();
    view! {
        <section class="stack">
            <h2>"tabs"</h2>
            <Tabs
                label=t.style_title
                tabs=vec![tab(t.kind_news, true), tab(t.kind_story, false)]
            />
            <h2>"badge, avatar"</h2>
            <p class="cluster">
                <Badge label=t.kind_news/>
                <Badge label=t.official look="accent"/>
                <Badge label=t.kind_photo_album look="sun"/>
                <Badge label=t.kind_memorial look="neutral"/>
                {(1..=6_u8).map(|tone| view! { <Avatar name="Fatma Aydin" tone/> }).collect_view()}
                <Avatar name="Willem" tone=2 large=true/>
            </p>
            <h2>"card"</h2>
            <article class="card">
                <div class="card__picture">
                    <SceneArt name="garden" alt=t.scene_garden/>
                </div>
                <div class="card__body">
                    <h3>{t.scene_garden}</h3>
                    <p>{t.kind_initiative_about}</p>
                </div>
            </article>
            <h2>"pagination"</h2>
            <Pagination label=t.style_pages parts=pages current=1/>
            <h2>"edit-handle"</h2>
            <Editable handle=Some("/stijl".to_owned()) label=t.edit_title id="s-pen">
                <p>{t.kind_news_about}</p>
            </Editable>
            <h2>"skeleton"</h2>
            <Skeleton/>
            <Empty title=t.list_empty_title text=t.list_empty_text>
                <LinkButton href="/berichten/nieuw" label=t.write_post/>
            </Empty>
        </section>
    }
}

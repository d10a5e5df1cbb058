//! One case: what it is about as it was and as it is, who said what, and what to do.

use leptos::prelude::*;
use leptos_meta::{Meta, Title};

use super::api::load_case;
use super::decision_form::{AnswerForm, DecisionForm};
use super::queue_page::name_of;
use super::report_page::category_name;
use super::statement::{AppealCard, KindBadge, Statement, decision_name, party_title};
use super::view::{CaseView, ContentView, NoticeView};
use crate::texts::{fill, use_desk_texts};
use crate::ui::{Breadcrumb, FormProblems, Notice, NoticeKind, Time, load_at};
use crate::versions::{Diff, DiffKey};
use domain::moderation::second_look::SecondLook;
use domain::moderation::{CaseOrigin, CaseStatus};

#[component]
pub fn CasePage() -> impl IntoView {
    let fetch = |[id, flash]: [String; 2]| Box::pin(load_case(id, flash)) as _;
    let show = |case| view! { <Case case/> }.into_any();
    view! {
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-narrow stack" tabindex="-1">
            {load_at(["id", "flash"], fetch, show)}
        </main>
    }
}

#[component]
fn Case(case: CaseView) -> impl IntoView {
    let d = use_desk_texts();
    let title = fill(d.case_title, &[("reference", &case.entry.reference)]);
    let held = case.entry.origin == CaseOrigin::Held;
    let notices = if case.notices.is_empty() {
        view! { <p>{d.notices_none}</p> }.into_any()
    } else {
        let notices = case.notices.iter().cloned().map(|notice| view! { <NoticeCard notice/> });
        view! { <ol class="case-list">{notices.collect_view()}</ol> }.into_any()
    };
    let decisions = (!case.decisions.is_empty()).then(|| {
        let cards = case.decisions.iter().cloned().map(|decision| view! { <Statement decision/> });
        view! {
            <h2>{d.decisions}</h2>
            {cards.collect_view()}
        }
    });
    let appeals = (!case.appeals.is_empty()).then(|| {
        let cards = case.appeals.iter().cloned().map(|appeal| {
            let title = party_title(d, appeal.party);
            view! { <AppealCard appeal title/> }
        });
        view! {
            <h2>{d.appeals}</h2>
            {cards.collect_view()}
        }
    });
    let waits = matches!(case.status, CaseStatus::Open | CaseStatus::Asked | CaseStatus::Appealed);
    let form = if case.may_decide {
        view! { <DecisionForm case=case.clone()/> }.into_any()
    } else if case.may_answer {
        view! { <AnswerForm case=case.clone()/> }.into_any()
    } else if !case.decision.problems.is_empty() || !case.answer.problems.is_empty() {
        view! { <TooLate case=case.clone()/> }.into_any()
    } else if waits {
        let (kind, why) = match (case.status, case.entry.second_look) {
            (CaseStatus::Appealed, SecondLook::Connectors) => (NoticeKind::Info, d.appeal_own_decision),
            (CaseStatus::Appealed, SecondLook::Admins) => (NoticeKind::Info, d.appeal_by_admin),
            (CaseStatus::Appealed, SecondLook::Operators) => (NoticeKind::Info, d.appeal_by_operator),
            (CaseStatus::Appealed, SecondLook::Nobody) => (NoticeKind::Warning, d.appeal_by_nobody),
            _ => (NoticeKind::Info, d.not_decide),
        };
        view! {
            <Notice kind=kind>
                <p>{why}</p>
            </Notice>
        }
        .into_any()
    } else {
        ().into_any()
    };
    let history = case.may_decide.then(|| view! { <History case=case.clone()/> });
    view! {
        <Title text=title.clone()/>
        <Breadcrumb
            steps=vec![("/beheer/meldingen".to_owned(), d.queue_title.to_owned())]
            here=title.clone()
        />
        <h1>{name_of(d, &case.entry)}</h1>
        <p class="meta">{title} " · " {d.age} " " <Time moment=case.entry.at.clone()/></p>
        {case
            .entry
            .changed
            .then(|| {
                view! {
                    <Notice kind=NoticeKind::Ok>
                        <p>{d.case_changed}</p>
                    </Notice>
                }
            })}
        <Content content=case.content.clone() held/>
        <h2>{d.notices}</h2>
        {notices}
        {history}
        {decisions}
        {appeals}
        {form}
    }
}

/// Somebody else was faster: what was typed is still there to be read.
#[component]
fn TooLate(case: CaseView) -> impl IntoView {
    let typed = format!("{}{}", case.decision.typed.facts, case.answer.typed.reasons);
    let problems =
        if case.decision.problems.is_empty() { case.answer.problems } else { case.decision.problems };
    view! {
        <FormProblems problems ids=Vec::new()/>
        <blockquote class="prose as-typed">{typed}</blockquote>
    }
}

#[component]
fn Content(content: ContentView, held: bool) -> impl IntoView {
    let d = use_desk_texts();
    if content.title.is_empty() && content.body.is_empty() {
        return (!content.address.is_empty())
            .then(|| {
                view! {
                    <p>
                        <a class="nl-link" href=content.address.clone()>
                            {d.see_content}
                        </a>
                    </p>
                }
            })
            .into_any();
    }
    let same = content.changes.is_none() && !content.gone;
    let author = fill(d.written_by, &[("name", &content.author)]);
    view! {
        <section class="card panel stack">
            <h2>{if held { d.content_then_held } else { d.content_then }}</h2>
            <p class="cluster">
                {content.kind.map(|kind| view! { <KindBadge kind/> })}
                <span class="meta">{author}</span>
            </p>
            <h3>{content.title}</h3>
            <div class="prose as-typed">{content.body}</div>
            {same.then(|| view! { <p class="meta">{d.content_same}</p> })}
            {content.gone.then(|| view! { <p class="meta">{d.content_gone}</p> })}
            {(!content.gone)
                .then(|| {
                    view! {
                        <p>
                            <a class="nl-link" href=content.address>
                                {d.see_content}
                            </a>
                        </p>
                    }
                })}
        </section>
        {content
            .changes
            .map(|(title, body)| {
                view! {
                    <section class="card panel stack">
                        <h2>{d.content_now}</h2>
                        <DiffKey/>
                        <Diff pieces=title/>
                        <Diff pieces=body/>
                    </section>
                }
            })}
    }
    .into_any()
}

#[component]
fn NoticeCard(notice: NoticeView) -> impl IntoView {
    let d = use_desk_texts();
    let sender = if notice.has_account {
        d.notifier_account
    } else if notice.has_mail {
        d.notifier_mail
    } else {
        d.notifier_nobody
    };
    view! {
        <li class="card panel stack">
            <p>
                <strong>{category_name(d, notice.category)}</strong>
                {(!notice.rule.is_empty()).then(|| format!(" ({})", notice.rule))}
            </p>
            <blockquote class="prose as-typed">{notice.message}</blockquote>
            <p class="meta">{notice.reference} " · " <Time moment=notice.at/> " · " {sender}</p>
        </li>
    }
}

/// How often something was decided about the same author: counts, and nothing of what it was.
#[component]
fn History(case: CaseView) -> impl IntoView {
    let d = use_desk_texts();
    if !case.has_author {
        return ().into_any();
    }
    let lines = case
        .history
        .iter()
        .map(|(kind, count)| {
            view! {
                <div>
                    <dt>{decision_name(d, *kind)}</dt>
                    <dd>{count.to_string()}</dd>
                </div>
            }
        })
        .collect_view();
    let list = if case.history.is_empty() {
        view! { <p>{d.about_author_none}</p> }.into_any()
    } else {
        view! { <dl class="facts">{lines}</dl> }.into_any()
    };
    view! {
        <h2>{d.about_author}</h2>
        {list}
    }
    .into_any()
}

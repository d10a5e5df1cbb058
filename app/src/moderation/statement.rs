//! A decision and its reasons, and an objection, as everybody concerned reads them.

use domain::moderation::decision::{DecisionKind, Ground, Outcome};
use domain::moderation::{CaseStatus, ContentKind, Party};
use leptos::prelude::*;

use super::view::{AppealView, DecisionView};
use crate::posts::view::{kind_look, kind_name};
use crate::texts::{DeskTexts, fill, use_desk_texts, use_texts};
use crate::ui::{Badge, Time};

pub(super) const fn decision_name(d: &DeskTexts, kind: DecisionKind) -> &'static str {
    match kind {
        DecisionKind::NoAction => d.decision_no_action,
        DecisionKind::Ask => d.decision_ask,
        DecisionKind::Hide => d.decision_hide,
        DecisionKind::Remove => d.decision_remove,
        DecisionKind::Suspend => d.decision_suspend,
    }
}

/// What sort of content a case is about.
#[component]
pub(super) fn KindBadge(kind: ContentKind) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let (label, look) = match kind {
        ContentKind::Post(kind) => (kind_name(t, kind), kind_look(kind)),
        ContentKind::Comment => (d.subject_comment, "neutral"),
        ContentKind::Activity => (d.subject_activity, "brand"),
    };
    view! { <Badge label=label look=look/> }
}

/// How far a case is, for who gave notice and for the author.
pub(super) const fn status_text(d: &DeskTexts, status: CaseStatus) -> &'static str {
    match status {
        CaseStatus::Open => d.status_open,
        CaseStatus::Asked => d.status_asked,
        CaseStatus::Decided => d.status_decided,
        CaseStatus::Appealed => d.status_appealed,
        CaseStatus::Closed => d.status_closed,
    }
}

/// A decision with everything that the law asks for (Digital Services Act, article 17(3)).
#[component]
pub(super) fn Statement(decision: DecisionView) -> impl IntoView {
    let d = use_desk_texts();
    let scope = match decision.kind {
        DecisionKind::Hide => Some(d.scope_hide),
        DecisionKind::Remove | DecisionKind::Suspend => Some(d.scope_remove),
        DecisionKind::NoAction | DecisionKind::Ask => None,
    };
    let until = (!decision.until.is_empty()).then(|| fill(d.until_day, &[("day", &decision.until)]));
    let by = (!decision.by.is_empty()).then(|| fill(d.decided_by, &[("name", &decision.by)]));
    let ground = decision.ground.map(|ground| match ground {
        Ground::Law => d.statement_ground_law,
        Ground::HouseRule => d.statement_ground_house_rule,
    });
    view! {
        <section class="card panel stack">
            <h3>{decision_name(d, decision.kind)}</h3>
            {decision.overturned.then(|| view! { <p><strong>{d.overturned}</strong></p> })}
            <dl class="facts">
                <div>
                    <dt>{d.statement_when}</dt>
                    <dd>
                        <Time moment=decision.at/>
                        {by.map(|by| format!(", {by}"))}
                    </dd>
                </div>
                {scope
                    .map(|scope| {
                        view! {
                            <div>
                                <dt>{d.statement_scope}</dt>
                                <dd>{scope}</dd>
                            </div>
                        }
                    })}
                {until
                    .map(|until| {
                        view! {
                            <div>
                                <dt>{d.term}</dt>
                                <dd>{until}</dd>
                            </div>
                        }
                    })}
                {ground
                    .map(|ground| {
                        view! {
                            <div>
                                <dt>{d.statement_why}</dt>
                                <dd>{ground} ": " {decision.rule}</dd>
                            </div>
                        }
                    })}
                <div>
                    <dt>{d.statement_how}</dt>
                    <dd>{d.automated}</dd>
                </div>
            </dl>
            <h4>{d.statement_facts}</h4>
            <blockquote class="prose as-typed">{decision.facts}</blockquote>
        </section>
    }
}

/// An objection, and its answer when there is one.
#[component]
pub(super) fn AppealCard(appeal: AppealView, #[prop(into)] title: String) -> impl IntoView {
    let d = use_desk_texts();
    let answer = appeal.outcome.map(|outcome| {
        let words = match outcome {
            Outcome::Upheld => d.outcome_upheld,
            Outcome::Overturned => d.outcome_overturned,
        };
        let by = if appeal.by.is_empty() {
            String::new()
        } else {
            fill(d.appeal_answered, &[("name", &appeal.by)])
        };
        view! {
            <h4>{d.outcome}</h4>
            <p>
                <strong>{words}</strong>
            </p>
            {(!by.is_empty()).then(|| view! { <p class="meta">{by}</p> })}
            <blockquote class="prose as-typed">{appeal.reasons.clone()}</blockquote>
        }
    });
    let waits = appeal.outcome.is_none().then(|| view! { <p>{d.status_appealed}</p> });
    view! {
        <section class="card panel stack">
            <h3>{title}</h3>
            <p class="meta">
                <Time moment=appeal.at/>
            </p>
            <blockquote class="prose as-typed">{appeal.message}</blockquote>
            {waits}
            {answer}
        </section>
    }
}

pub(super) const fn party_title(d: &DeskTexts, party: Party) -> &'static str {
    match party {
        Party::Author => d.appeal_by_author,
        Party::Notifier => d.appeal_by_notifier,
    }
}

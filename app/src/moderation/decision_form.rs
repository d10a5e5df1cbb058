//! Deciding: the gentlest first, with the words that go out.

use domain::moderation::ContentKind;
use domain::moderation::decision::{DecisionKind, Ground, Outcome};
use domain::problem::Field;
use leptos::prelude::*;
use leptos::server_fn::ServerFn;

use super::api::{AnswerAppeal, DecideCase};
use super::statement::decision_name;
use super::view::CaseView;
use crate::texts::{DeskTexts, fill, use_desk_texts};
use crate::ui::{
    FieldInfo, FormProblems, Notice, NoticeKind, RadioGroup, RadioOption, SubmitButton, TextArea, TextField,
};

const fn about(d: &DeskTexts, kind: DecisionKind) -> &'static str {
    match kind {
        DecisionKind::NoAction => d.decision_no_action_about,
        DecisionKind::Ask => d.decision_ask_about,
        DecisionKind::Hide => d.decision_hide_about,
        DecisionKind::Remove => d.decision_remove_about,
        DecisionKind::Suspend => d.decision_suspend_about,
    }
}

fn option(value: &str, label: &str, about: &str) -> RadioOption {
    RadioOption { value: value.to_owned(), label: label.to_owned(), about: about.to_owned(), depth: 0 }
}

#[component]
pub(super) fn DecisionForm(case: CaseView) -> impl IntoView {
    let d = use_desk_texts();
    let typed = case.decision.typed.clone();
    let problems = case.decision.problems.clone();
    let kinds = DecisionKind::ALL
        .iter()
        .filter(|kind| case.has_author || **kind == DecisionKind::NoAction)
        .filter(|kind| **kind != DecisionKind::Hide || case.entry.kind.is_none_or(ContentKind::can_be_hidden))
        .map(|kind| option(kind.key(), decision_name(d, *kind), about(d, *kind)))
        .collect();
    let grounds = vec![
        option(Ground::HouseRule.key(), d.ground_house_rule, ""),
        option(Ground::Law.key(), d.ground_law, ""),
    ];
    let suggested = if case.has_author { DecisionKind::Ask } else { DecisionKind::NoAction };
    let kind = if typed.kind.is_empty() { suggested.key().to_owned() } else { typed.kind };
    let ground = if typed.ground.is_empty() { Ground::HouseRule.key().to_owned() } else { typed.ground };
    let days = if typed.days.is_empty() { case.proposal.unwrap_or(7).to_string() } else { typed.days };
    let proposal = case.proposal.map(|days| {
        let lately: usize =
            case.history.iter().filter(|(kind, _)| kind.is_removal()).map(|(_, count)| count).sum();
        let n = (lately + 1).to_string();
        let words = fill(d.proposal, &[("n", &n), ("days", &days.to_string())]);
        view! {
            <Notice kind=NoticeKind::Warning>
                <p>{words}</p>
            </Notice>
        }
    });
    let more = case.has_author.then(|| {
        view! {
            <RadioGroup
                info=FieldInfo::new("grond", d.ground)
                    .describe(d.ground_needed)
                    .problem(&problems, Field::Ground)
                name="decision[ground]"
                options=grounds
                selected=ground
            />
            <TextField
                info=FieldInfo::new("regel", d.law_or_rule)
                    .describe(d.law_or_rule_about)
                    .problem(&problems, Field::Reason)
                name="decision[rule]"
                value=typed.rule
                maxlength=domain::limits::GROUND_MAX
            />
            <TextField
                info=FieldInfo::new("dagen", d.term)
                    .describe(d.term_about)
                    .problem(&problems, Field::Term)
                name="decision[days]"
                inputmode="numeric"
                value=days
            />
        }
    });
    view! {
        <section class="stack">
            <h2>{d.decide_title}</h2>
            <p>{d.decide_lead}</p>
            {proposal}
            <form class="form stack" method="post" novalidate=true action=DecideCase::PATH>
                <FormProblems
                    problems=problems.clone()
                    ids=vec![
                        (Field::Kind, "besluit"),
                        (Field::Message, "uitleg"),
                        (Field::Ground, "grond"),
                        (Field::Reason, "regel"),
                        (Field::Term, "dagen"),
                    ]
                />
                <input type="hidden" name="id" value=case.entry.id.clone()/>
                <input type="hidden" name="decision[version]" value=case.version.to_string()/>
                <RadioGroup
                    info=FieldInfo::new("besluit", d.statement_what).problem(&problems, Field::Kind)
                    name="decision[kind]"
                    options=kinds
                    selected=kind
                />
                <TextArea
                    info=FieldInfo::new("uitleg", d.facts)
                        .describe(d.facts_about)
                        .problem(&problems, Field::Message)
                    name="decision[facts]"
                    value=typed.facts
                    maxlength=Some(domain::limits::MESSAGE_MAX)
                />
                {more}
                <div class="form__actions">
                    <SubmitButton label=d.decide_send/>
                </div>
            </form>
        </section>
    }
}

#[component]
pub(super) fn AnswerForm(case: CaseView) -> impl IntoView {
    let d = use_desk_texts();
    let typed = case.answer.typed.clone();
    let problems = case.answer.problems.clone();
    let outcomes = vec![
        option(Outcome::Overturned.key(), d.outcome_overturned, d.outcome_overturned_about),
        option(Outcome::Upheld.key(), d.outcome_upheld, d.outcome_upheld_about),
    ];
    view! {
        <section class="stack">
            <h2>{d.answer_title}</h2>
            <form class="form stack" method="post" novalidate=true action=AnswerAppeal::PATH>
                <FormProblems
                    problems=problems.clone()
                    ids=vec![(Field::Kind, "uitkomst"), (Field::Message, "uitleg")]
                />
                <input type="hidden" name="id" value=case.entry.id.clone()/>
                <input type="hidden" name="reply[version]" value=case.version.to_string()/>
                <RadioGroup
                    info=FieldInfo::new("uitkomst", d.outcome).problem(&problems, Field::Kind)
                    name="reply[outcome]"
                    options=outcomes
                    selected=typed.outcome
                />
                <TextArea
                    info=FieldInfo::new("uitleg", d.reasons)
                        .describe(d.reasons_about)
                        .problem(&problems, Field::Message)
                    name="reply[reasons]"
                    value=typed.reasons
                    maxlength=Some(domain::limits::MESSAGE_MAX)
                />
                <div class="form__actions">
                    <SubmitButton label=d.answer_send/>
                </div>
            </form>
        </section>
    }
}

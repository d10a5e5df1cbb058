//! One field of a form: label, explanation, what is wrong, and the control itself.

use domain::problem::{Fault, Field, Problems};
use leptos::prelude::*;

use super::Icon;
use crate::error::AppError;
use crate::texts::{Texts, fill, use_texts};

/// What the frame of a field needs to know.
#[derive(Clone, Debug, Default)]
pub struct FieldInfo {
    pub id: &'static str,
    pub label: String,
    pub hint: String,
    pub description: String,
    pub fault: Option<Fault>,
}

impl FieldInfo {
    pub fn new(id: &'static str, label: impl Into<String>) -> Self {
        Self { id, label: label.into(), ..Self::default() }
    }

    /// A word behind the label ("mag leeg blijven").
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = hint.into();
        self
    }

    #[must_use]
    pub fn describe(mut self, description: impl Into<String>) -> Self {
        self.description = description.into();
        self
    }

    #[must_use]
    pub fn problem(mut self, problems: &Problems, field: Field) -> Self {
        self.fault = problems.of(field);
        self
    }

    /// The ids of the texts that describe the control.
    pub fn described_by(&self) -> Option<String> {
        let mut ids = Vec::new();
        if !self.description.is_empty() {
            ids.push(format!("{}-uitleg", self.id));
        }
        if self.fault.is_some() {
            ids.push(format!("{}-fout", self.id));
        }
        (!ids.is_empty()).then(|| ids.join(" "))
    }

    pub fn invalid(&self) -> Option<&'static str> {
        self.fault.map(|_| "true")
    }
}

/// What to say above a form that was refused for a reason that is no field's.
pub fn problem_of(error: &AppError) -> Problems {
    let fault = match error {
        AppError::Invalid(problems) => return problems.clone(),
        AppError::TooOften { minutes } => Fault::TooOften { minutes: *minutes },
        AppError::NotFound => Fault::Gone,
        AppError::NotAllowed | AppError::SignInFirst => Fault::NotYours,
        AppError::Conflict => Fault::ChangedMeanwhile,
        _ => Fault::Trouble,
    };
    Problems::one(Field::Form, fault)
}

/// A fault in the reader's language: says what to do.
pub fn fault_text(t: &Texts, fault: Fault) -> String {
    let n = |text: &str, n: u32| fill(text, &[("n", &n.to_string())]);
    match fault {
        Fault::Required => t.fault_required.to_owned(),
        Fault::TooShort { min } => n(t.fault_too_short, min),
        Fault::TooLong { max, is } => fill(
            t.fault_too_long,
            &[("max", &max.to_string()), ("over", &is.saturating_sub(max).to_string())],
        ),
        Fault::TooMany { max } => n(t.fault_too_many, max),
        Fault::NotAnEmail => t.fault_not_an_email.to_owned(),
        Fault::UnknownChoice => t.fault_unknown_choice.to_owned(),
        Fault::MustAgree => t.fault_must_agree.to_owned(),
        Fault::NotYours => t.fault_not_yours.to_owned(),
        Fault::WrongCode => t.fault_wrong_code.to_owned(),
        Fault::CodeExpired => t.fault_code_expired.to_owned(),
        Fault::WrongPassword => t.fault_wrong_password.to_owned(),
        Fault::EasyPassword => t.fault_easy_password.to_owned(),
        Fault::TooOften { minutes } => n(t.fault_too_often, minutes),
        Fault::Twice => t.fault_twice.to_owned(),
        Fault::NoText => t.fault_no_text.to_owned(),
        Fault::UseTheLink => t.fault_use_the_link.to_owned(),
        Fault::NoLinks => t.fault_no_links.to_owned(),
        Fault::TooFast => t.fault_too_fast.to_owned(),
        Fault::SendAgain => t.fault_send_again.to_owned(),
        Fault::NotAPage => t.fault_not_a_page.to_owned(),
        Fault::ChangedMeanwhile => t.fault_changed_meanwhile.to_owned(),
        Fault::NotAnAddress => t.fault_not_an_address.to_owned(),
        Fault::NotAPhoto => t.fault_not_a_photo.to_owned(),
        Fault::PhotoTooLarge => t.fault_photo_too_large.to_owned(),
        Fault::PhotoDamaged => t.fault_photo_damaged.to_owned(),
        Fault::NotAMoment => t.fault_not_a_moment.to_owned(),
        Fault::NoSuchHour => t.fault_no_such_hour.to_owned(),
        Fault::InThePast => t.fault_in_the_past.to_owned(),
        Fault::TooFarAhead => t.fault_too_far_ahead.to_owned(),
        Fault::EndsTooSoon => t.fault_ends_too_soon.to_owned(),
        Fault::Full { max } => n(t.fault_full, max),
        Fault::Gone => t.fault_gone.to_owned(),
        Fault::StillWaits => t.fault_still_waits.to_owned(),
        Fault::Listed => t.fault_listed.to_owned(),
        Fault::Trouble => t.fault_trouble.to_owned(),
    }
}

/// Label, explanation and fault around a control.
#[component]
pub fn FieldFrame(info: FieldInfo, children: Children) -> impl IntoView {
    let t = use_texts();
    let id = info.id;
    let class = if info.fault.is_some() {
        "utrecht-form-field utrecht-form-field--invalid"
    } else {
        "utrecht-form-field"
    };
    view! {
        <div class=class>
            <label class="utrecht-form-label" for=id>
                {info.label}
                {(!info.hint.is_empty())
                    .then(|| {
                        view! { <span class="utrecht-form-label__hint">" " {info.hint}</span> }
                    })}
            </label>
            <Description id text=info.description/>
            <FaultLine id fault=info.fault t/>
            {children()}
        </div>
    }
}

#[component]
pub(super) fn Description(id: &'static str, text: String) -> impl IntoView {
    (!text.is_empty()).then(|| {
        view! {
            <p class="utrecht-form-field-description" id=format!("{id}-uitleg")>
                {text}
            </p>
        }
    })
}

#[component]
pub(super) fn FaultLine(id: &'static str, fault: Option<Fault>, t: &'static Texts) -> impl IntoView {
    fault.map(|fault| {
        view! {
            <p class="utrecht-form-field-error-message" id=format!("{id}-fout")>
                <Icon name="alert-triangle"/>
                {fault_text(t, fault)}
            </p>
        }
    })
}

/// One line of text.
#[component]
pub fn TextField(
    info: FieldInfo,
    name: &'static str,
    #[prop(into)] value: String,
    #[prop(default = "text")] kind: &'static str,
    #[prop(optional)] autocomplete: Option<&'static str>,
    #[prop(optional)] inputmode: Option<&'static str>,
    /// The `datalist` to choose from while typing.
    #[prop(optional_no_strip)]
    list: Option<&'static str>,
    /// For who styles or tests. The browser would cut what is pasted without a word, so the server counts.
    #[prop(optional)]
    maxlength: Option<u32>,
    #[prop(optional)] required: bool,
    /// `utrecht-textbox` and more.
    #[prop(default = "utrecht-textbox")]
    class: &'static str,
) -> impl IntoView {
    let id = info.id;
    let described = info.described_by();
    let invalid = info.invalid();
    view! {
        <FieldFrame info>
            <input
                class=class
                id=id
                name=name
                type=kind
                value=value
                autocomplete=autocomplete
                inputmode=inputmode
                list=list
                data-max=maxlength.map(|n| n.to_string())
                aria-required=required.then_some("true")
                aria-invalid=invalid
                aria-describedby=described
            />
        </FieldFrame>
    }
}

/// One of a list.
#[derive(Clone, Debug)]
pub struct SelectOption {
    pub value: String,
    pub label: String,
    /// How far to the right: how deep in a tree.
    pub depth: u8,
}

impl SelectOption {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), depth: 0 }
    }
}

/// A choice from a list.
#[component]
pub fn Select(
    info: FieldInfo,
    name: &'static str,
    options: Vec<SelectOption>,
    #[prop(into)] selected: String,
) -> impl IntoView {
    let id = info.id;
    let described = info.described_by();
    let invalid = info.invalid();
    view! {
        <FieldFrame info>
            <select
                class="utrecht-select"
                id=id
                name=name
                aria-invalid=invalid
                aria-describedby=described
            >
                {options
                    .into_iter()
                    .map(|option| {
                        let chosen = option.value == selected;
                        let indent = "\u{2003}".repeat(usize::from(option.depth));
                        view! {
                            <option value=option.value selected=chosen>
                                {format!("{indent}{}", option.label)}
                            </option>
                        }
                    })
                    .collect_view()}
            </select>
        </FieldFrame>
    }
}

//! One's own account.

use domain::locale::Locale;
use domain::problem::{Field, Problems};
use leptos::prelude::*;
use leptos::server_fn::ServerFn;
use leptos_meta::{Meta, Title};

use super::api::{
    AccountView, EndOtherSessions, EndSession, ProfileForm, SaveProfile, SessionView, SetPassword, SignOut,
    SwitchSecondFactorOff, account,
};
use super::sign_up_page::area_options;
use crate::site::use_site;
use crate::texts::{use_desk_texts, use_texts};
use crate::ui::{
    Badge, FieldInfo, FormProblems, Icon, LinkButton, Notice, NoticeKind, PostButton, Select, SelectOption,
    SubmitButton, TextArea, TextField, Time, load_at,
};

#[component]
pub fn AccountPage() -> impl IntoView {
    let t = use_texts();
    let fetch = |[flash, codes, _]: [String; 3]| Box::pin(account(flash, codes)) as _;
    let show = |data| view! { <Loaded data/> }.into_any();
    view! {
        <Title text=t.your_account/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap page-form" tabindex="-1">
            {load_at(["flash", "codes", "melding"], fetch, show)}
        </main>
    }
}

#[component]
fn Loaded(data: AccountView) -> impl IntoView {
    let t = use_texts();
    let ids = vec![
        (Field::Name, "naam"),
        (Field::Area, "gebied"),
        (Field::Message, "over-mij"),
        (Field::Password, "oud"),
        (Field::NewPassword, "nieuw"),
        (Field::Code, "tweede-code"),
    ];
    view! {
        <h1>{t.your_account}</h1>
        <p class="lead">{data.email}</p>
        <RecoveryCodes codes=data.recovery_codes/>
        <FormProblems problems=data.problems.clone() ids/>
        <Own
            proposes=data.proposes
            connects=data.connects
            proposals=data.proposals
        />
        <Profile profile=data.profile problems=data.problems.clone()/>
        <Sessions sessions=data.sessions/>
        <Password has=data.has_password problems=data.problems.clone()/>
        <SecondFactor
            on=data.has_second_factor
            needed=data.needs_second_factor
            problems=data.problems
        />
        <PostButton
            action=SignOut::PATH
            fields=Vec::new()
            label=t.sign_out
            look="secondary"
            icon=Some("logout")
        />
    }
}

/// The ways to what is one's own, and to the desks.
#[component]
fn Own(proposes: bool, connects: bool, proposals: u32) -> impl IntoView {
    let (t, d) = (use_texts(), use_desk_texts());
    let viewer = use_site().viewer.clone();
    let own = [
        ("/account/agenda", "calendar", d.mine_title.to_owned(), true),
        ("/account/reacties", "message", t.for_you_title.to_owned(), true),
        ("/account/concepten", "pencil", t.drafts_title.to_owned(), true),
        ("/account/voorstellen", "bulb", d.own_proposals_title.to_owned(), proposes),
        ("/account/bezwaar", "shield-lock", t.moderation_own.to_owned(), true),
    ];
    let counted = |name: &str, waiting: u32| match waiting {
        0 => name.to_owned(),
        waiting => format!("{name} ({waiting})"),
    };
    let desks = [
        ("/beheer/meldingen", "flag", counted(t.menu_reports, viewer.waiting), viewer.moderates),
        ("/beheer/voorstellen", "git-merge", counted(d.proposals_title, proposals), connects),
        ("/beheer/berichten", "list", d.bulk_title.to_owned(), connects),
    ];
    let list = |label: &'static str, ways: Vec<(&'static str, &'static str, String, bool)>| {
        let ways = ways
            .into_iter()
            .filter(|(.., theirs)| *theirs)
            .map(|(to, icon, name, _)| {
                view! {
                    <a class="nl-link" href=to>
                        <Icon name=icon/>
                        {name}
                    </a>
                }
            })
            .collect_view();
        view! {
            <nav class="card panel way-list" aria-label=label>
                {ways}
            </nav>
        }
    };
    view! {
        {list(d.own_nav, own.into())}
        {(viewer.moderates || connects).then(|| list(d.desk_nav, desks.into()))}
    }
}

#[component]
fn RecoveryCodes(codes: Vec<String>) -> impl IntoView {
    let t = use_texts();
    (!codes.is_empty()).then(|| {
        view! {
            <section class="card panel stack">
                <Notice kind=NoticeKind::Warning>
                    <p>{t.recovery_about}</p>
                </Notice>
                <h2>{t.recovery_title}</h2>
                <ul class="code-list">
                    {codes
                        .into_iter()
                        .map(|code| view! { <li><code>{code}</code></li> })
                        .collect_view()}
                </ul>
            </section>
        }
    })
}

#[component]
fn Profile(profile: ProfileForm, problems: Problems) -> impl IntoView {
    let t = use_texts();
    let locales = std::iter::once(SelectOption::new("", t.locale_of_browser))
        .chain(Locale::ALL.into_iter().map(|locale| SelectOption::new(locale.tag(), locale.own_name())))
        .collect();
    view! {
        <section class="card panel stack">
            <h2>{t.profile_title}</h2>
            <form class="form stack" method="post" novalidate=true action=SaveProfile::PATH>
                <input type="hidden" name="profile[version]" value=profile.version.to_string()/>
                <TextField
                    info=FieldInfo::new("naam", t.field_name)
                        .describe(t.field_name_about)
                        .problem(&problems, Field::Name)
                    name="profile[name]"
                    autocomplete="name"
                    value=profile.name
                    maxlength=domain::limits::NAME_MAX
                />
                <Select
                    info=FieldInfo::new("gebied", t.field_home_area)
                        .problem(&problems, Field::Area)
                    name="profile[area]"
                    options=area_options(t.rather_not_say)
                    selected=profile.area
                />
                <TextArea
                    info=FieldInfo::new("over-mij", t.field_about)
                        .hint(t.optional)
                        .problem(&problems, Field::Message)
                    name="profile[about]"
                    value=profile.about
                    rows=3
                />
                <Select
                    info=FieldInfo::new("taal", t.field_locale)
                    name="profile[locale]"
                    options=locales
                    selected=profile.locale
                />
                <SubmitButton label=t.save/>
            </form>
        </section>
    }
}

#[component]
fn Sessions(sessions: Vec<SessionView>) -> impl IntoView {
    let t = use_texts();
    let several = sessions.len() > 1;
    view! {
        <section class="card panel stack">
            <h2>{t.sessions_title}</h2>
            <p>{t.sessions_about}</p>
            <ul class="session-list">
                {sessions
                    .into_iter()
                    .map(|session| {
                        let end = (!session.here)
                            .then(|| {
                                view! {
                                    <PostButton
                                        action=EndSession::PATH
                                        fields=vec![("id", session.id.clone())]
                                        label=t.sign_out
                                    />
                                }
                            });
                        view! {
                            <li>
                                <Icon name="device-mobile"/>
                                <div>
                                    <strong>{session.label}</strong>
                                    " "
                                    {session.here.then(|| view! { <Badge label=t.this_device/> })}
                                    <p class="meta">
                                        {t.last_seen} " " <Time moment=session.seen/>
                                    </p>
                                </div>
                                {end}
                            </li>
                        }
                    })
                    .collect_view()}
            </ul>
            {several
                .then(|| {
                    view! {
                        <PostButton
                            action=EndOtherSessions::PATH
                            fields=Vec::new()
                            label=t.end_other_sessions
                            look="secondary"
                        />
                    }
                })}
        </section>
    }
}

#[component]
fn Password(has: bool, problems: Problems) -> impl IntoView {
    let t = use_texts();
    let old = has.then(|| {
        view! {
            <TextField
                info=FieldInfo::new("oud", t.field_old_password).problem(&problems, Field::Password)
                name="old"
                kind="password"
                autocomplete="current-password"
                value=""
            />
        }
    });
    let about = if has { t.password_about_has } else { t.password_about };
    view! {
        <section class="card panel stack">
            <h2>{t.password_title}</h2>
            <p>{about}</p>
            <form class="form stack" method="post" novalidate=true action=SetPassword::PATH>
                {old}
                <TextField
                    info=FieldInfo::new("nieuw", t.field_new_password)
                        .describe(t.field_new_password_about)
                        .problem(&problems, Field::NewPassword)
                    name="new"
                    kind="password"
                    autocomplete="new-password"
                    value=""
                />
                <SubmitButton label=t.save look="secondary"/>
            </form>
        </section>
    }
}

#[component]
fn SecondFactor(on: bool, needed: bool, problems: Problems) -> impl IntoView {
    let t = use_texts();
    view! {
        <section class="card panel stack">
            <h2>{t.second_step}</h2>
            <p>{if on { t.totp_is_on } else { t.totp_is_off }}</p>
            {(!on)
                .then(|| {
                    view! {
                        <LinkButton
                            href="/aanmelden/tweede-stap"
                            label=t.totp_begin
                            look="secondary"
                            icon=Some("shield-lock")
                        />
                    }
                })}
            {(on && !needed)
                .then(|| {
                    view! {
                        <form
                            class="form stack"
                            method="post"
                            novalidate=true
                            action=SwitchSecondFactorOff::PATH
                        >
                            <TextField
                                info=FieldInfo::new("tweede-code", t.field_code)
                                    .describe(t.totp_off_about)
                                    .problem(&problems, Field::Code)
                                name="code"
                                value=""
                                class="utrecht-textbox code-input"
                                autocomplete="one-time-code"
                                required=true
                            />
                            <SubmitButton label=t.totp_off look="secondary"/>
                        </form>
                    }
                })}
            {(on && needed).then(|| view! { <p class="meta">{t.totp_needed}</p> })}
        </section>
    }
}

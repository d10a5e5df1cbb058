//! The demo's outbox: the mails that would have been sent, and the accounts to try. Exists only while
//! the demo data set is loaded.

use leptos::prelude::*;
use leptos::server_fn::codec::Postcard;
use leptos_meta::{Meta, Title};
use serde::{Deserialize, Serialize};

use crate::error::AppError;
use crate::texts::{fill, use_texts};
use crate::ui::{Breadcrumb, Empty, Moment, Time, load};
use crate::wire::Packed;

#[cfg(feature = "ssr")]
use crate::context::{answer, request};

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxMail {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub at: Moment,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutboxAccount {
    pub name: String,
    pub email: String,
    pub roles: Vec<String>,
    pub code: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outbox {
    pub mails: Vec<OutboxMail>,
    pub accounts: Vec<OutboxAccount>,
}

#[server(endpoint = "demo/outbox", output = Postcard)]
pub async fn load_outbox() -> Result<Packed<Outbox>, AppError> {
    let request = request();
    let mails = answer(service::demo::outbox(&request).await)?;
    let accounts = answer(service::demo::accounts(&request).await)?;
    Ok(Outbox {
        mails: mails
            .into_iter()
            .map(|mail| OutboxMail {
                to: mail.to_address,
                subject: mail.subject,
                text: mail.text,
                at: Moment::ago(mail.created_at, &request),
            })
            .collect(),
        accounts: accounts
            .into_iter()
            .map(|account| OutboxAccount {
                name: account.member.name,
                email: account.member.email,
                roles: account.grants.iter().map(|grant| grant.role.key().to_owned()).collect(),
                code: account.code,
            })
            .collect(),
    }
    .into())
}

#[component]
pub fn OutboxPage() -> impl IntoView {
    let t = use_texts();
    let fetch = |_: Vec<String>| Box::pin(load_outbox()) as _;
    let show = |data| view! { <Loaded data/> }.into_any();
    view! {
        <Title text=t.outbox_title/>
        <Meta name="robots" content="noindex"/>
        <main id="inhoud" class="wrap" tabindex="-1">
            {load(Vec::new, fetch, show)}
        </main>
    }
}

/// A text with its addresses as links.
fn linked(text: &str) -> Vec<AnyView> {
    text.lines()
        .map(|line| {
            let at = line.find("http://").or_else(|| line.find("https://"));
            match at {
                Some(at) => {
                    let (before, rest) = line.split_at(at);
                    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
                    let (link, after) = rest.split_at(end);
                    view! {
                        {before.to_owned()}
                        <a href=link.to_owned() rel="external">
                            {link.to_owned()}
                        </a>
                        {after.to_owned()}
                        "\n"
                    }
                    .into_any()
                }
                None => format!("{line}\n").into_any(),
            }
        })
        .collect()
}

#[component]
fn Loaded(data: Outbox) -> impl IntoView {
    let t = use_texts();
    view! {
        <Breadcrumb steps=Vec::new() here=t.outbox_title/>
        <h1>{t.outbox_title}</h1>
        <p class="lead">{t.outbox_lead}</p>
        <h2>{t.outbox_mails}</h2>
        {data
            .mails
            .is_empty()
            .then(|| {
                view! { <Empty title=t.outbox_empty text=t.outbox_empty_text scene="letter"/> }
            })}
        <div class="stack">
            {data
                .mails
                .into_iter()
                .map(|mail| {
                    view! {
                        <article class="card panel stack">
                            <h3>{mail.subject}</h3>
                            <p class="meta">
                                {fill(t.outbox_to, &[("to", &mail.to)])} " · "
                                <Time moment=mail.at/>
                            </p>
                            <pre class="mail-text">{linked(&mail.text)}</pre>
                        </article>
                    }
                })
                .collect_view()}
        </div>
        <h2>{t.outbox_accounts}</h2>
        <p>{t.outbox_accounts_about}</p>
        <div class="table-scroll" tabindex="0" role="region" aria-label=t.outbox_accounts>
            <table class="data-table">
                <thead>
                    <tr>
                        <th scope="col">{t.field_name}</th>
                        <th scope="col">{t.field_email}</th>
                        <th scope="col">{t.role}</th>
                        <th scope="col">{t.second_step}</th>
                    </tr>
                </thead>
                <tbody>
                    {data
                        .accounts
                        .into_iter()
                        .map(|account| {
                            view! {
                                <tr>
                                    <td>{account.name}</td>
                                    <td>{account.email}</td>
                                    <td>{account.roles.join(", ")}</td>
                                    <td>
                                        {account.code.map(|code| view! { <code>{code}</code> })}
                                    </td>
                                </tr>
                            }
                        })
                        .collect_view()}
                </tbody>
            </table>
        </div>
    }
}

//! How this community moderates, and how often: for everybody (Digital Services Act, articles 11, 14 and 24).

use domain::moderation::Figure;
use leptos::prelude::*;
use leptos_meta::Title;

use super::api::figures;
use super::statement::decision_name;
use super::view::YearView;
use crate::site::use_site;
use crate::texts::{DeskTexts, fill, use_desk_texts, use_texts};
use crate::ui::{Breadcrumb, load};

#[component]
pub fn HowWeModeratePage() -> impl IntoView {
    let t = use_texts();
    let d = use_desk_texts();
    let site = use_site();
    let fetch = |_| Box::pin(figures()) as _;
    let show = |years| view! { <Figures years/> }.into_any();
    let steps = [d.we_1, d.we_2, d.we_3, d.we_4, d.we_5, d.we_6, d.we_7];
    view! {
        <Title text=t.moderation_title/>
        <main id="inhoud" class="wrap page-narrow stack" tabindex="-1">
            <Breadcrumb steps=Vec::new() here=t.moderation_title/>
            <h1>{t.moderation_title}</h1>
            <p class="lead">{d.we_lead}</p>
            <div class="prose">
                <ol>{steps.into_iter().map(|step| view! { <li>{step}</li> }).collect_view()}</ol>
            </div>
            <p>
                <a class="nl-link" href="/huisregels">
                    {t.house_rules_title}
                </a>
                " · "
                <a class="nl-link" href="/melden">
                    {t.report_title}
                </a>
            </p>
            <p>
                {d.we_contact} " " <a href=format!("mailto:{}", site.email)>{site.email.clone()}</a> ", "
                <a href=site.tel()>{site.phone.clone()}</a> ", " {site.publisher.clone()} ", "
                {site.address.clone()}
            </p>
            <h2>{d.figures_title}</h2>
            <p>{d.figures_lead}</p>
            {load(Vec::new, fetch, show)}
        </main>
    }
}

fn spelled(d: &DeskTexts, figure: Figure) -> String {
    match figure {
        Figure::UnderTen => d.figures_empty.to_owned(),
        Figure::Exactly(count) => count.to_string(),
    }
}

fn took(d: &DeskTexts, hours: Option<i64>) -> String {
    match hours {
        None => d.figures_unknown.to_owned(),
        Some(0) => d.less_than_hour.to_owned(),
        Some(hours) if hours < 48 => fill(d.hours, &[("n", &hours.to_string())]),
        Some(hours) => fill(d.days, &[("n", &(hours / 24).to_string())]),
    }
}

#[component]
fn Figures(years: Vec<YearView>) -> impl IntoView {
    let d = use_desk_texts();
    let heads = years.iter().map(|year| view! { <th scope="col" class="number">{year.year}</th> });
    let row = |name: &'static str, cell: &dyn Fn(&YearView) -> String| {
        let cells = years.iter().map(|year| view! { <td class="number">{cell(year)}</td> }).collect_view();
        view! {
            <tr>
                <th scope="row">{name}</th>
                {cells}
            </tr>
        }
        .into_any()
    };
    let mut rows = vec![row(d.figure_notices, &|year| spelled(d, year.notices))];
    let kinds = years.first().map(|year| year.decisions.clone()).unwrap_or_default();
    for (index, (kind, _)) in kinds.into_iter().enumerate() {
        rows.push(row(decision_name(d, kind), &|year| {
            year.decisions.get(index).map(|(_, figure)| spelled(d, *figure)).unwrap_or_default()
        }));
    }
    rows.push(row(d.figure_median, &|year| took(d, year.median_hours)));
    rows.push(row(d.figure_appeals, &|year| spelled(d, year.appeals)));
    rows.push(row(d.figure_overturned, &|year| spelled(d, year.overturned)));
    let heads = heads.collect_view();
    view! {
        <div class="table-scroll" tabindex="0" role="region" aria-label=d.figures_title>
            <table class="data-table">
                <thead>
                    <tr>
                        <th scope="col">{d.figures_what}</th>
                        {heads}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </div>
    }
}

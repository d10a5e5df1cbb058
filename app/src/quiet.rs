//! Quiet pages: made by the server and left alone by the browser. No WebAssembly is loaded for them, and none of
//! their code is in it; what they do, they do with links and plain forms (ADR 0012).
//!
//! For pages that few people visit, or that have nothing to do between two clicks: desks of connectors, lists of
//! one's own things, explanations. A page is added like any other: a component, here a route, in `server` nothing.
//! A link from a page that the browser has taken over needs nothing special either: an address that the browser's
//! router does not know is asked of the server.
//!
//! What such a page reads it reads with `ui::load` and a server function, as all pages do. `ActionForm`, signals
//! and effects have no meaning here.

use leptos::prelude::*;
use leptos_router::components::{Route, Routes};
use leptos_router::{SsrMode, path};

use crate::activities::{
    ActivityConflictPage, ActivityHistoryPage, ActivityPage, AgendaPage, ChangePage, FirstActivityPage,
    NewActivityPage, OwnAgendaPage, OwnRegistrationPage, PeoplePage, PosterPage, RegisterPage,
};
use crate::bulk::BulkPage;
use crate::comments::ForYouPage;
use crate::drafts::{DraftsPage, LastDayPage, TemplatePage};
use crate::embed::EmbedPage;
use crate::info::{AboutPage, AccessibilityPage, HouseRulesPage, OutboxPage, PrivacyPage, StyleGuidePage};
use crate::initiatives::{TakePartPage, TeamPage};
use crate::members::{AccountPage, CodePage, LinkPage, SecondFactorPage, SignInPage, SignUpPage};
use crate::moderation::{
    CasePage, FollowPage, HowWeModeratePage, OwnCasePage, OwnCasesPage, QueuePage, ReportPage,
};
use crate::posts::{AlbumPage, ConflictPage, HistoryPage, LargePhotoPage};
use crate::proposals::{OwnProposalsPage, ProposalPage, ProposalsPage, ProposePage};
use crate::routes::framed;
use crate::search::SearchPage;
use crate::sources::{ChangeSourcePage, NewSourcePage, SourcePage, SourcesPage};

/// The routes of all quiet pages, within the same frame as the others.
#[component]
pub fn QuietApp() -> impl IntoView {
    framed(|| {
        view! {
            // Nobody comes here: the server sends only these addresses to these routes.
            <Routes fallback=|| ()>
                <Route path=path!("account") view=AccountPage ssr=SsrMode::Async/>
                <Route path=path!("account/agenda") view=OwnAgendaPage ssr=SsrMode::Async/>
                <Route path=path!("account/bezwaar") view=OwnCasesPage ssr=SsrMode::Async/>
                <Route path=path!("account/bezwaar/:id") view=OwnCasePage ssr=SsrMode::Async/>
                <Route path=path!("account/concepten") view=DraftsPage ssr=SsrMode::Async/>
                <Route path=path!("account/voorstellen") view=OwnProposalsPage ssr=SsrMode::Async/>
                <Route path=path!("account/reacties") view=ForYouPage ssr=SsrMode::Async/>
                <Route path=path!("agenda") view=AgendaPage ssr=SsrMode::Async/>
                <Route path=path!("agenda/bronnen") view=SourcesPage ssr=SsrMode::Async/>
                <Route path=path!("agenda/bronnen/nieuw") view=NewSourcePage ssr=SsrMode::Async/>
                <Route path=path!("agenda/bronnen/:id") view=SourcePage ssr=SsrMode::Async/>
                <Route
                    path=path!("agenda/bronnen/:id/bewerken")
                    view=ChangeSourcePage
                    ssr=SsrMode::Async
                />
                <Route path=path!("activiteiten/nieuw") view=NewActivityPage ssr=SsrMode::Async/>
                <Route path=path!("activiteiten/eerste") view=FirstActivityPage ssr=SsrMode::Async/>
                <Route path=path!("activiteiten/:id/poster") view=PosterPage ssr=SsrMode::Async/>
                <Route path=path!("activiteiten/:id") view=ActivityPage ssr=SsrMode::Async/>
                <Route path=path!("activiteiten/:id/bewerken") view=ChangePage ssr=SsrMode::Async/>
                <Route path=path!("activiteiten/:id/inschrijven") view=RegisterPage ssr=SsrMode::Async/>
                <Route path=path!("activiteiten/:id/deelnemers") view=PeoplePage ssr=SsrMode::Async/>
                <Route path=path!("inschrijving/:token") view=OwnRegistrationPage ssr=SsrMode::Async/>
                <Route
                    path=path!("activiteiten/:id/geschiedenis")
                    view=ActivityHistoryPage
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("activiteiten/:id/samenvoegen")
                    view=ActivityConflictPage
                    ssr=SsrMode::Async
                />
                <Route path=path!("berichten/:id/fotos") view=AlbumPage ssr=SsrMode::Async/>
                <Route
                    path=path!("berichten/:id/foto/:number")
                    view=LargePhotoPage
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("berichten/sjabloon/:naam")
                    view=TemplatePage
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("berichten/:id/geschiedenis")
                    view=HistoryPage
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("berichten/:id/samenvoegen")
                    view=ConflictPage
                    ssr=SsrMode::Async
                />
                <Route path=path!("berichten/:id/meedoen") view=TakePartPage ssr=SsrMode::Async/>
                <Route path=path!("berichten/:id/meedoen/team") view=TeamPage ssr=SsrMode::Async/>
                <Route path=path!("aanmelden") view=SignInPage ssr=SsrMode::Async/>
                <Route path=path!("aanmelden/code") view=CodePage ssr=SsrMode::Async/>
                <Route path=path!("aanmelden/link/:token") view=LinkPage ssr=SsrMode::Async/>
                <Route
                    path=path!("aanmelden/tweede-stap")
                    view=SecondFactorPage
                    ssr=SsrMode::Async
                />
                <Route path=path!("lid-worden") view=SignUpPage ssr=SsrMode::Async/>
                <Route path=path!("insluiten") view=EmbedPage ssr=SsrMode::Async/>
                <Route path=path!("over") view=AboutPage ssr=SsrMode::Async/>
                <Route path=path!("privacy") view=PrivacyPage ssr=SsrMode::Async/>
                <Route path=path!("toegankelijkheid") view=AccessibilityPage ssr=SsrMode::Async/>
                <Route path=path!("huisregels") view=HouseRulesPage ssr=SsrMode::Async/>
                <Route path=path!("berichten/:id/laatste-dag") view=LastDayPage ssr=SsrMode::Async/>
                <Route path=path!("berichten/:id/voorstel") view=ProposePage ssr=SsrMode::Async/>
                <Route path=path!("beheer/berichten") view=BulkPage ssr=SsrMode::Async/>
                <Route path=path!("beheer/voorstellen") view=ProposalsPage ssr=SsrMode::Async/>
                <Route path=path!("beheer/voorstellen/:id") view=ProposalPage ssr=SsrMode::Async/>
                <Route path=path!("beheer/meldingen") view=QueuePage ssr=SsrMode::Async/>
                <Route path=path!("beheer/meldingen/:id") view=CasePage ssr=SsrMode::Async/>
                <Route path=path!("melden") view=ReportPage ssr=SsrMode::Async/>
                <Route path=path!("melding/:token") view=FollowPage ssr=SsrMode::Async/>
                <Route path=path!("moderatie") view=HowWeModeratePage ssr=SsrMode::Async/>
                <Route path=path!("zoeken") view=SearchPage ssr=SsrMode::Async/>
                <Route path=path!("demo/outbox") view=OutboxPage ssr=SsrMode::Async/>
                <Route path=path!("stijl") view=StyleGuidePage ssr=SsrMode::Async/>
            </Routes>
        }
        .into_any()
    })
}

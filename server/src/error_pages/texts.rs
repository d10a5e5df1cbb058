//! The words of the error pages. They live here and not in the app's catalogues, because
//! these pages must work when nothing else does.

use axum::http::StatusCode;
use domain::locale::Locale;

#[derive(Clone, Copy, Debug)]
pub struct Text {
    pub title: &'static str,
    pub lead: &'static str,
    /// The words on the way back.
    pub back: &'static str,
}

const fn text(locale: Locale, title: &'static str, lead: &'static str) -> Text {
    let back = match locale {
        Locale::Nl => "Naar de voorpagina",
        Locale::En => "To the front page",
        Locale::De => "Zur Startseite",
    };
    Text { title, lead, back }
}

pub fn unknown_host(locale: Locale) -> Text {
    match locale {
        Locale::Nl => text(
            locale,
            "Deze naam kennen we niet",
            "Op dit adres is geen buurtsite. Kijk of je het adres goed hebt getypt. \
             There is no community under this address.",
        ),
        Locale::En => text(
            locale,
            "We do not know this name",
            "There is no community under this address. Check whether you typed it right. \
             Op dit adres is geen buurtsite.",
        ),
        Locale::De => text(
            locale,
            "Diesen Namen kennen wir nicht",
            "Unter dieser Adresse gibt es keine Nachbarschaftsseite. Prüfe, ob du sie richtig getippt hast. \
             Op dit adres is geen buurtsite.",
        ),
    }
}

pub fn of(status: StatusCode, locale: Locale) -> Text {
    match locale {
        Locale::Nl => dutch(status),
        Locale::En => english(status),
        Locale::De => german(status),
    }
}

fn dutch(status: StatusCode) -> Text {
    let (title, lead) = match status {
        StatusCode::FORBIDDEN => (
            "Dit mag hier niet",
            "Je vraag kwam niet van deze site, of je hebt er geen toegang toe. Er is niets veranderd. \
             Ga terug, laad de pagina opnieuw en probeer het nog een keer.",
        ),
        StatusCode::NOT_FOUND | StatusCode::GONE => {
            ("Deze pagina bestaat niet", "Misschien is de pagina weggehaald, of klopt het adres niet.")
        }
        StatusCode::METHOD_NOT_ALLOWED => {
            ("Dit kan hier niet", "Dit adres is voor iets anders bedoeld. Er is niets veranderd.")
        }
        StatusCode::REQUEST_TIMEOUT => (
            "Het duurde te lang",
            "Je bericht kwam niet helemaal aan. Er is niets veranderd. Kijk of je verbinding goed is en probeer het opnieuw.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            "Dit is te groot",
            "Wat je stuurde is te groot. Er is niets veranderd. Maak de tekst korter en probeer het opnieuw.",
        ),
        StatusCode::TOO_MANY_REQUESTS => (
            "Even wachten",
            "Dit is te vaak gebeurd in korte tijd. Wacht een paar minuten en probeer het opnieuw.",
        ),
        StatusCode::SERVICE_UNAVAILABLE => (
            "We zijn er even niet",
            "De site is te druk of wordt bijgewerkt. Probeer het over een minuut opnieuw.",
        ),
        status if status.is_server_error() => {
            ("Er ging iets mis", "Dat ligt aan ons, niet aan jou. Probeer het over een minuut opnieuw.")
        }
        _ => (
            "Dit begrijpen we niet",
            "Je vraag was niet goed te lezen. Er is niets veranderd. Ga terug en probeer het opnieuw.",
        ),
    };
    text(Locale::Nl, title, lead)
}

fn english(status: StatusCode) -> Text {
    let (title, lead) = match status {
        StatusCode::FORBIDDEN => (
            "This is not allowed here",
            "Your request did not come from this site, or you have no access. Nothing was changed. \
             Go back, reload the page and try again.",
        ),
        StatusCode::NOT_FOUND | StatusCode::GONE => {
            ("This page does not exist", "The page may have been taken away, or the address is not right.")
        }
        StatusCode::METHOD_NOT_ALLOWED => {
            ("This is not possible here", "This address is meant for something else. Nothing was changed.")
        }
        StatusCode::REQUEST_TIMEOUT => (
            "It took too long",
            "Your message did not arrive completely. Nothing was changed. Check your connection and try again.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            "This is too large",
            "What you sent is too large. Nothing was changed. Make the text shorter and try again.",
        ),
        StatusCode::TOO_MANY_REQUESTS => (
            "Please wait a moment",
            "This happened too often in a short time. Wait a few minutes and try again.",
        ),
        StatusCode::SERVICE_UNAVAILABLE => {
            ("We are away for a moment", "The site is too busy or is being updated. Try again in a minute.")
        }
        status if status.is_server_error() => {
            ("Something went wrong", "That is our fault, not yours. Try again in a minute.")
        }
        _ => (
            "We do not understand this",
            "Your request could not be read. Nothing was changed. Go back and try again.",
        ),
    };
    text(Locale::En, title, lead)
}

fn german(status: StatusCode) -> Text {
    let (title, lead) = match status {
        StatusCode::FORBIDDEN => (
            "Das geht hier nicht",
            "Deine Anfrage kam nicht von dieser Seite, oder du hast keinen Zugang. Es wurde nichts geändert. \
             Geh zurück, lade die Seite neu und versuche es noch einmal.",
        ),
        StatusCode::NOT_FOUND | StatusCode::GONE => (
            "Diese Seite gibt es nicht",
            "Vielleicht wurde die Seite entfernt, oder die Adresse stimmt nicht.",
        ),
        StatusCode::METHOD_NOT_ALLOWED => {
            ("Das geht hier nicht", "Diese Adresse ist für etwas anderes gedacht. Es wurde nichts geändert.")
        }
        StatusCode::REQUEST_TIMEOUT => (
            "Das hat zu lange gedauert",
            "Deine Nachricht kam nicht ganz an. Es wurde nichts geändert. Prüfe deine Verbindung und versuche es noch einmal.",
        ),
        StatusCode::PAYLOAD_TOO_LARGE => (
            "Das ist zu groß",
            "Was du geschickt hast, ist zu groß. Es wurde nichts geändert. Kürze den Text und versuche es noch einmal.",
        ),
        StatusCode::TOO_MANY_REQUESTS => (
            "Bitte warte kurz",
            "Das ist in kurzer Zeit zu oft passiert. Warte ein paar Minuten und versuche es noch einmal.",
        ),
        StatusCode::SERVICE_UNAVAILABLE => (
            "Wir sind kurz nicht da",
            "Die Seite ist überlastet oder wird aktualisiert. Versuche es in einer Minute noch einmal.",
        ),
        status if status.is_server_error() => (
            "Etwas ist schiefgegangen",
            "Das liegt an uns, nicht an dir. Versuche es in einer Minute noch einmal.",
        ),
        _ => (
            "Das verstehen wir nicht",
            "Deine Anfrage war nicht lesbar. Es wurde nichts geändert. Geh zurück und versuche es noch einmal.",
        ),
    };
    text(Locale::De, title, lead)
}

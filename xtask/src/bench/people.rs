//! Members who sign in as everybody does: with the link from the mail.

use super::servers::{Reader, Server};
use super::{HOST, form};
use crate::Outcome;
use crate::http::{Answer, Connection};

/// Fewer than may ask for a mail from one network in an hour.
const PER_NETWORK: usize = 40;

/// Signs in so many residents without a role, from as many networks as they need.
pub fn sign_in(server: &Server, count: usize) -> Outcome<Vec<Reader>> {
    let people = server.rows(&format!(
        "select m.email from member m join platform_host h on h.platform_id = m.platform_id \
             where h.host = '{HOST}' and not m.suspended and not exists \
             (select 1 from member_grant g where g.platform_id = m.platform_id and g.member_id = m.id) \
             order by m.id limit {count}"
    ))?;
    let mut connection = Connection::open(server.port).map_err(|e| format!("The server is gone: {e}."))?;
    let mut post = |index: usize, path: &str, fields: &[(&str, &str)]| -> Outcome<Answer> {
        let network = format!("10.{}.{}.7", index / PER_NETWORK / 250, index / PER_NETWORK % 250);
        connection
            .send(&form(server.port, path, "", &network, fields))
            .map_err(|e| format!("{path} is not answered: {e}."))
    };
    for (index, email) in people.iter().enumerate() {
        let answer = post(index, "/api/sign-in/ask", &[("email", email), ("back", "")])?;
        if !answer.header("location").is_some_and(|to| to.contains("/aanmelden/code")) {
            return Err(format!("Asking for a mail was answered with {}.", answer.status));
        }
    }
    let mut readers = Vec::with_capacity(people.len());
    for (index, email) in people.iter().enumerate() {
        let mail = server.rows(&format!(
            "select text_body from mail where to_address = '{email}' order by created_at desc limit 1"
        ))?;
        let token = mail.iter().find_map(|line| token(line)).ok_or("the mail holds no link")?;
        let answer = post(index, "/api/sign-in/link", &[("token", token)])?;
        let cookie = answer.header("set-cookie").and_then(|value| value.split(';').next()).map(str::to_owned);
        let cookie =
            cookie.ok_or_else(|| format!("The link was answered with {} and no cookie.", answer.status))?;
        readers.push(Reader::member(server.port, cookie));
    }
    Ok(readers)
}

fn token(mail: &str) -> Option<&str> {
    let (_, after) = mail.split_once("/aanmelden/link/")?;
    after.split(|character: char| character.is_whitespace() || "?<>\"".contains(character)).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_link_in_a_mail_is_found() {
        assert_eq!(token("Klik op http://a.example/aanmelden/link/Ab-_9 en klaar"), Some("Ab-_9"));
        assert_eq!(token("Klik niet"), None);
    }
}

//! The program as its operator meets it: commands, wrong settings, stopping.

use std::path::Path;
use std::process::Output;

use crate::common::RIETVOORDE;
use crate::common::database::{Database, folder};
use crate::common::program::{Running, exchange, get, noaber};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

async fn run(folder: &Path, database: &str, arguments: &[&str]) -> Output {
    noaber(folder, database).args(arguments).output().await.expect("the program")
}

fn said(output: &Output) -> String {
    format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr))
}

#[tokio::test]
async fn every_wrong_setting_gets_a_sentence_and_nothing_starts() {
    let folder = folder();
    std::fs::write(folder.join("noaber.toml"), "listen = 'here'\ndatabse = 'x'\n").expect("written");
    let output = run(&folder, "sqlite:n.db", &["serve"]).await;
    let said = said(&output);
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains("listen = \"here\" (in noaber.toml) cannot be used"), "{said}");
    assert!(said.contains("Did you mean database?"), "{said}");
    assert!(!folder.join("n.db").exists());

    let output = run(&folder, "mysql://x", &["--config", "nowhere.toml", "migrate"]).await;
    assert!(self::said(&output).contains("nowhere.toml cannot be read"));
    let _ = std::fs::remove_dir_all(folder);
}

#[tokio::test]
async fn from_an_empty_folder_to_a_site_and_a_clean_stop() {
    let folder = folder();
    let database = "sqlite:data/noaber.db";
    let migrated = run(&folder, database, &["migrate"]).await;
    assert!(migrated.status.success(), "{}", said(&migrated));
    let seeded = run(&folder, database, &["seed", "--set", "demo"]).await;
    assert!(seeded.status.success() && said(&seeded).contains(RIETVOORDE), "{}", said(&seeded));
    let twice = run(&folder, database, &["seed", "--set", "demo"]).await;
    assert!(!twice.status.success(), "{}", said(&twice));
    let gently = run(&folder, database, &["seed", "--set", "demo", "--if-empty"]).await;
    assert!(gently.status.success(), "{}", said(&gently));

    let running = Running::start(&folder, database).await;
    let page = exchange(running.at, &get(RIETVOORDE, "/")).await.expect("an answer");
    assert!(page.starts_with("HTTP/1.1 200") && page.contains("HalloRietvoorde"), "{page}");
    // What was seeded beside the database is found there: the photo of the first card that has one.
    let (_, rest) = page.split_once("src=\"/fotos/").expect("a card with a photo");
    let (photo, _) = rest.split_once('"').expect("the end of an address");
    let photo = exchange(running.at, &get(RIETVOORDE, &format!("/fotos/{photo}"))).await.expect("an answer");
    assert!(photo.starts_with("HTTP/1.1 200") && photo.contains("content-type: image/webp"), "no photo");

    let backup = run(&folder, database, &["backup", "copy.db"]).await;
    assert!(backup.status.success() && folder.join("copy.db").exists(), "{}", said(&backup));
    let checked = run(&folder, database, &["check"]).await;
    let text = said(&checked);
    assert!(text.contains("ok     migrations") && text.contains("ok     integrity"), "{text}");
    assert!(text.contains("WRONG  site files"), "there is no site here: {text}");

    assert!(running.stop().await.success());
    let restored = run(&folder, "sqlite:other.db", &["restore", "copy.db"]).await;
    assert!(restored.status.success(), "{}", said(&restored));
    let _ = std::fs::remove_dir_all(folder);
}

#[tokio::test]
async fn a_body_that_comes_too_slowly_gets_a_page_and_too_large_a_head_is_refused() {
    let database = Database::demo();
    let folder = folder();
    std::fs::write(folder.join("noaber.toml"), "[limits]\nrequest_seconds = 1\n").expect("written");
    let running = Running::start(&folder, database.address()).await;
    let mut slow = tokio::net::TcpStream::connect(running.at).await.expect("a connection");
    let head = format!(
        "POST /api/reports/give HTTP/1.1\r\nhost: {RIETVOORDE}\r\norigin: http://{RIETVOORDE}\r\naccept: text/html\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: 5000\r\nconnection: close\r\n\r\nreport"
    );
    slow.write_all(head.as_bytes()).await.expect("sent");
    let mut answer = String::new();
    slow.read_to_string(&mut answer).await.expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("Het duurde te lang"), "{answer}");

    let large = format!("GET / HTTP/1.1\r\nhost: {RIETVOORDE}\r\nx-large: {}\r\n\r\n", "a".repeat(60_000));
    let answer = exchange(running.at, &large).await.unwrap_or_default();
    assert!(!answer.contains("200 OK"), "{answer}");
    let nonsense = exchange(running.at, "EHLO mail.example.org\r\n\r\n").await.unwrap_or_default();
    assert!(nonsense.is_empty() || nonsense.starts_with("HTTP/1.1 400"), "{nonsense}");

    let page = exchange(running.at, &get(RIETVOORDE, "/")).await.expect("an answer");
    assert!(page.starts_with("HTTP/1.1 200"), "it goes on: {page}");
    running.kill().await;
    let _ = std::fs::remove_dir_all(folder);
}

const MAIL: &str =
    "[mail]\nmode = 'smtp'\nhost = 'localhost'\nfrom = 'noreply@mijnbuurt.example'\ntls = 'none'\n";

/// The example that comes with the program, in a folder of its own.
fn example(folder: &Path) -> std::path::PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("../deploy/community.example");
    for file in ["community.toml", "house-rules.md", "about.md"] {
        std::fs::copy(from.join(file), folder.join(file)).expect("copied");
    }
    folder.join("community.toml")
}

#[tokio::test]
async fn a_community_comes_to_life_from_a_file_and_follows_it() {
    let folder = folder();
    let file = example(&folder);
    let apply = ["community", "apply", "community.toml"];
    let without_mail = run(&folder, "sqlite:n.db", &apply).await;
    assert!(
        !without_mail.status.success() && said(&without_mail).contains("mail.mode"),
        "{}",
        said(&without_mail)
    );

    std::fs::write(folder.join("noaber.toml"), MAIL).expect("written");
    let running = Running::start(&folder, "sqlite:n.db").await;
    let unknown = exchange(running.at, &get("mijnbuurt.example", "/")).await.expect("an answer");
    assert!(unknown.starts_with("HTTP/1.1 404"), "{unknown}");

    let made = run(&folder, "sqlite:n.db", &apply).await;
    assert!(said(&made).contains("MijnBuurt has been made: 2 new members, 2 new roles."), "{}", said(&made));
    let page = exchange(running.at, &get("mijnbuurt.example", "/over")).await.expect("an answer");
    assert!(page.starts_with("HTTP/1.1 200"), "a running server notices: {page}");
    for text in ["MijnBuurt", "Oosterdorp", "Karim Haddad", "Je hoeft niet handig te zijn"] {
        assert!(page.contains(text), "{text}");
    }
    let outbox = exchange(running.at, &get("mijnbuurt.example", "/demo/outbox")).await.expect("an answer");
    assert!(outbox.starts_with("HTTP/1.1 404"), "{outbox}");

    let text = std::fs::read_to_string(&file).expect("read");
    let changed = text
        .replace("name = \"Oosterdorp\"", "name = \"Oosterdorp aan Zee\"")
        .replace(", \"mijnbuurt.example\"]", "]");
    std::fs::write(&file, changed).expect("written");
    let again = run(&folder, "sqlite:n.db", &apply).await;
    assert!(said(&again).contains("is up to date: 0 new members, 0 new roles."), "{}", said(&again));
    let page = exchange(running.at, &get("www.mijnbuurt.example", "/over")).await.expect("an answer");
    assert!(page.contains("Oosterdorp aan Zee"), "{page}");
    let gone = exchange(running.at, &get("mijnbuurt.example", "/")).await.expect("an answer");
    assert!(gone.starts_with("HTTP/1.1 404"), "{gone}");

    let revoked = run(
        &folder,
        "sqlite:n.db",
        &["community", "revoke", "mijnbuurt", "karim@mijnbuurt.example", "connector"],
    )
    .await;
    assert!(revoked.status.success(), "{}", said(&revoked));
    let page = exchange(running.at, &get("www.mijnbuurt.example", "/over")).await.expect("an answer");
    assert!(!page.contains("Karim Haddad") && page.contains("Anna de Boer"), "{page}");
    let listed = run(&folder, "sqlite:n.db", &["community", "list"]).await;
    assert!(said(&listed).contains("mijnbuurt: MijnBuurt"), "{}", said(&listed));
    assert!(running.stop().await.success());
    let _ = std::fs::remove_dir_all(folder);
}

#[tokio::test]
async fn everything_that_is_wrong_with_a_community_is_said_and_nothing_is_stored() {
    let folder = folder();
    let file = example(&folder);
    std::fs::write(folder.join("noaber.toml"), MAIL).expect("written");
    let text = std::fs::read_to_string(&file).expect("read");
    let wrong = text
        .replace("slug = \"mijnbuurt\"", "slug = \"Mijn Buurt\"")
        .replace("theme = \"rietvoorde\"", "theme = \"paars\"")
        .replace("\"www.mijnbuurt.example\"", "\"https://mijnbuurt.example:3000\"")
        .replace("area = \"oosterdorp\"", "area = \"atlantis\"")
        .replace("anna@mijnbuurt.example", "anna");
    std::fs::write(&file, wrong).expect("written");
    let refused = run(&folder, "sqlite:n.db", &["community", "apply", "community.toml"]).await;
    let told = said(&refused);
    assert!(!refused.status.success());
    for part in ["\"Mijn Buurt\"", "\"paars\"", "https://mijnbuurt.example:3000", "\"atlantis\"", "\"anna\""]
    {
        assert!(told.contains(part), "{part} in {told}");
    }
    std::fs::write(&file, text.replace("launch =", "lunch =")).expect("written");
    let refused = run(&folder, "sqlite:n.db", &["community", "apply", "community.toml"]).await;
    assert!(said(&refused).contains("lunch"), "{}", said(&refused));
    assert!(!folder.join("n.db").exists());
    let _ = std::fs::remove_dir_all(folder);
}

#[tokio::test]
async fn one_community_cannot_take_the_address_of_another() {
    let folder = folder();
    let file = example(&folder);
    std::fs::write(folder.join("noaber.toml"), MAIL).expect("written");
    let apply = ["community", "apply", "community.toml"];
    assert!(run(&folder, "sqlite:n.db", &apply).await.status.success());
    let text = std::fs::read_to_string(&file).expect("read");
    std::fs::write(&file, text.replace("slug = \"mijnbuurt\"", "slug = \"dewijk\"")).expect("written");
    let refused = run(&folder, "sqlite:n.db", &apply).await;
    assert!(
        said(&refused).contains("www.mijnbuurt.example is the address of another community"),
        "{}",
        said(&refused)
    );
    let _ = std::fs::remove_dir_all(folder);
}

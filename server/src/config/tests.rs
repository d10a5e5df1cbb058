use super::*;

fn read(text: &str) -> Result<Config, Wrong> {
    Config::read("noaber.toml", text, BTreeMap::new(), Path::new("/opt/noaber"))
}

fn only_problem(text: &str) -> String {
    let Wrong(mut sentences) = read(text).expect_err("a problem");
    assert_eq!(sentences.len(), 1, "{sentences:?}");
    sentences.remove(0)
}

const EXAMPLE: &str = include_str!("../../../deploy/noaber.example.toml");

/// The example with every setting switched on.
fn example_switched_on() -> String {
    EXAMPLE
        .lines()
        .map(|line| match line.strip_prefix('#') {
            Some(setting) if setting.split_once(" = ").is_some_and(|(key, _)| is_key(key)) => setting,
            _ => line,
        })
        .collect::<Vec<_>>()
        .join("\n")
}

fn is_key(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

#[test]
fn without_a_file_the_program_runs_on_this_machine_with_sqlite() {
    let config = read("").expect("defaults");
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(config.database, "sqlite:noaber.db");
    assert_eq!(config.site, Path::new("/opt/noaber/site"));
    assert!(config.secure_cookies && !config.hsts && !config.diagnostics);
    assert_eq!(config.limits.body_bytes, 262_144);
    assert_eq!(config.mail.mode, None);
}

#[test]
fn the_example_can_be_used_as_it_is() {
    let config = read(EXAMPLE).expect("the example");
    assert_eq!(config.database, "sqlite:noaber.db");
}

#[test]
fn the_example_names_every_setting_and_no_other() {
    let text = example_switched_on();
    // The files of the example are not on this machine.
    let is_file = |line: &str| line.split_once(" = ").is_some_and(|(key, _)| key.ends_with("_file"));
    let usable: Vec<&str> = text.lines().filter(|line| !is_file(line)).collect();
    let config = read(&usable.join("\n")).expect("every setting of the example is one");
    assert_eq!(config.mail.host, "smtp.example.org");
    for key in [
        "listen",
        "database",
        "readers",
        "site",
        "public_scheme",
        "public_port",
        "trusted_proxies",
        "fallback_platform",
        "hsts",
        "secure_cookies",
        "diagnostics",
        "mode",
        "host",
        "port",
        "tls",
        "user",
        "password",
        "password_file",
        "from",
        "certificate_file",
        "timeout_seconds",
        "endpoint",
        "region",
        "bucket",
        "key",
        "secret",
        "secret_file",
        "body_bytes",
        "request_seconds",
        "header_seconds",
        "connections",
        "connections_per_network",
        "newcomer_days",
        "format",
        "level",
    ] {
        let named = text.lines().any(|line| line.split_once(" = ").is_some_and(|(name, _)| name == key));
        assert!(named, "{key} is not in the example");
    }
}

#[test]
fn half_a_store_for_photos_is_a_problem_and_a_whole_one_is_used() {
    assert!(
        only_problem("[s3]\nbucket = 'photos'").starts_with("s3.endpoint, s3.bucket, s3.key and s3.secret")
    );
    let whole = "[s3]\nendpoint = 'https://s3.example.org'\nbucket = 'photos'\nkey = 'k'\nsecret = 's'";
    assert_eq!(read(whole).expect("a store").s3.expect("a store").bucket, "photos");
    assert!(read("").expect("defaults").s3.is_none());
}

#[test]
fn every_wrong_value_gets_its_own_sentence() {
    let Wrong(sentences) =
        read("listen = 'here'\nreaders = 999\n[log]\nformat = 'xml'").expect_err("problems");
    assert_eq!(
        sentences,
        [
            "listen = \"here\" (in noaber.toml) cannot be used: it must be an address with a port, such as 127.0.0.1:3000 or [::]:3000.",
            "readers = 999 (in noaber.toml) cannot be used: it must be a whole number from 0 to 256.",
            "log.format = \"xml\" (in noaber.toml) cannot be used: it must be one of text, json.",
        ]
    );
}

#[test]
fn a_password_is_never_repeated_in_a_message() {
    let sentence = only_problem("database = 'mysql://joke:geheim@db/noaber'");
    assert!(!sentence.contains("geheim"), "{sentence}");
    let config = read("[mail]\nmode='smtp'\nhost='m'\nfrom='a@example.org'\nuser='u'\npassword='geheim'")
        .expect("fine");
    assert!(!format!("{config:?}").contains("geheim"));
}

#[test]
fn sending_mail_needs_a_server_and_an_address() {
    let Wrong(sentences) = read("[mail]\nmode = 'smtp'").expect_err("problems");
    assert_eq!(sentences.len(), 2, "{sentences:?}");
    assert!(only_problem("[mail]\nuser = 'noaber'").contains("go together"));
    assert!(only_problem("[mail]\nfrom = 'nobody'").contains("e-mail address"));
}

#[test]
fn addresses_name_a_port_only_when_it_is_unusual() {
    let direct = read("").expect("fine");
    assert_eq!(direct.base_url(Scheme::Http, "hallo.localhost"), "http://hallo.localhost:3000");
    let behind = read("public_scheme = 'https'").expect("fine");
    assert_eq!(behind.base_url(Scheme::Http, "hallo.nl"), "https://hallo.nl");
    let odd = read("public_scheme = 'https'\npublic_port = 8443").expect("fine");
    assert_eq!(odd.base_url(Scheme::Http, "hallo.nl"), "https://hallo.nl:8443");
    let proxied = read("trusted_proxies = ['127.0.0.1']").expect("fine");
    assert_eq!(proxied.base_url(Scheme::Https, "hallo.nl"), "https://hallo.nl");
}

#[test]
fn hsts_over_http_is_refused() {
    assert!(only_problem("hsts = true\npublic_scheme = 'http'").starts_with("hsts"));
}

#[test]
fn tiles_have_an_address_that_is_one_and_say_who_made_them() {
    let pdok = "https://service.pdok.nl/brt/achtergrondkaart/wmts/v2_0/standaard/EPSG:3857/{z}/{x}/{y}.png";
    let given = |address: &str, who: &str| format!("[map]\ntiles = \"{address}\"\nattribution = \"{who}\"");
    let tiles = read(&given(pdok, "Kaartgegevens © Kadaster")).expect("tiles").tiles.expect("tiles");
    assert_eq!(tiles.origin(), "https://service.pdok.nl");
    assert_eq!(read("").expect("defaults").tiles, None);
    assert!(only_problem(&format!("[map]\ntiles = \"{pdok}\"")).contains("go together"));
    for address in [
        "http://tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org/{z}/{x}.png",
        "https://tiles.example.org; script-src *//{z}/{x}/{y}.png",
        "https://*/{z}/{x}/{y}.png",
        "https://user@tiles.example.org/{z}/{x}/{y}.png",
        "https://tiles.example.org",
    ] {
        assert!(only_problem(&given(address, "wij")).contains("map.tiles"), "{address}");
    }
    assert!(only_problem(&given(pdok, "<b>wij</b>")).contains("map.attribution"));
}

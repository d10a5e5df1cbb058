//! AWS Signature Version 4, written from its description and not from the library that is tested: what a server
//! works out to see who asks.

use std::fmt::Write as _;

use axum::http::{HeaderMap, Method, Uri};
use sha2::{Digest, Sha256};

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// RFC 2104, with SHA-256.
fn hmac(key: &[u8], text: &[u8]) -> Vec<u8> {
    let mut block = [0; 64];
    if key.len() > 64 {
        block[..32].copy_from_slice(&Sha256::digest(key));
    } else {
        block[..key.len()].copy_from_slice(key);
    }
    let inner = Sha256::new().chain_update(block.map(|byte| byte ^ 0x36)).chain_update(text).finalize();
    Sha256::new().chain_update(block.map(|byte| byte ^ 0x5C)).chain_update(inner).finalize().to_vec()
}

/// Whether the request is signed with this key, its body as it came.
pub fn is_right(
    (key, secret): (&str, &str),
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &[u8],
) -> bool {
    verified(key, secret, method, uri, headers, body).is_some()
}

fn verified(
    key: &str,
    secret: &str,
    method: &Method,
    uri: &Uri,
    headers: &HeaderMap,
    body: &[u8],
) -> Option<()> {
    let header = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    let parts = header("authorization")?.strip_prefix("AWS4-HMAC-SHA256 ")?;
    let part = |name: &str| parts.split(',').find_map(|part| part.trim().strip_prefix(name));
    let scope = part("Credential=")?.strip_prefix(key)?.strip_prefix('/')?;
    let signed = part("SignedHeaders=")?;
    let at = header("x-amz-date")?;
    let digest = hex(&Sha256::digest(body));
    // Each request here says what its body is; one that does not sign it is not believed.
    if header("x-amz-content-sha256")? != digest || !signed.split(';').any(|name| name == "host") {
        return None;
    }
    let mut lines = String::new();
    for name in signed.split(';') {
        let _ = writeln!(lines, "{name}:{}", header(name)?.trim());
    }
    let mut query: Vec<String> = uri
        .query()
        .unwrap_or_default()
        .split('&')
        .filter(|pair| !pair.is_empty())
        .map(|pair| if pair.contains('=') { pair.to_owned() } else { format!("{pair}=") })
        .collect();
    query.sort();
    let request = [method.as_str(), uri.path(), &query.join("&"), &lines, signed, &digest].join("\n");
    let to_sign = ["AWS4-HMAC-SHA256", at, scope, &hex(&Sha256::digest(request))].join("\n");
    let signing_key =
        scope.split('/').fold(format!("AWS4{secret}").into_bytes(), |key, step| hmac(&key, step.as_bytes()));
    (hex(&hmac(&signing_key, to_sign.as_bytes())) == part("Signature=")?).then_some(())
}

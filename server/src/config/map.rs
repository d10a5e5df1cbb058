//! Where maps come from, for communities without a drawn one.

use service::context::Tiles;

use super::settings::Settings;

/// The tiles; `None` when no address is given.
pub fn read(from: &mut Settings) -> Option<Tiles> {
    match (from.text("map.tiles"), from.text("map.attribution")) {
        (None, None) => None,
        (Some(address), Some(attribution)) => {
            if !is_address(&address) {
                from.note(format!(
                    "map.tiles = \"{address}\" must be an https address with {{z}}, {{x}} and {{y}} in it, without a query."
                ));
                return None;
            }
            if attribution.contains(['<', '>', '&']) {
                from.note("map.attribution must be plain text, without <, > and &.".into());
                return None;
            }
            Some(Tiles { address, attribution })
        }
        _ => {
            from.note(
                "map.tiles and map.attribution go together: whoever shows a map says who made it.".into(),
            );
            None
        }
    }
}

/// The host stands in the policy of pages: nothing in it may begin another rule.
fn is_address(address: &str) -> bool {
    let Some((host, path)) = address.strip_prefix("https://").and_then(|rest| rest.split_once('/')) else {
        return false;
    };
    let host_is_plain = host.contains('.')
        && host.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':'));
    let path_is_plain = path.bytes().all(|b| b.is_ascii_alphanumeric() || b"/{}._-~:@".contains(&b));
    host_is_plain && path_is_plain && ["{z}", "{x}", "{y}"].iter().all(|part| path.contains(part))
}

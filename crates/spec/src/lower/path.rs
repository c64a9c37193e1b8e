//! Path templates.

use std::collections::BTreeSet;

use specwright_ir::{PathPiece, PathTemplate};

/// Takes a template apart.
pub(super) fn template(raw: &str) -> PathTemplate {
    let segments = raw.strip_prefix('/').unwrap_or(raw).split('/').map(pieces).collect();
    PathTemplate { raw: raw.to_owned(), segments }
}

/// The path of a webhook or callback, one segment a word, everything in it that is no plain text
/// percent-encoded.
pub(super) fn of_words(words: &str) -> String {
    let encoded = |octet: u8| match octet {
        b'-' | b'.' | b'_' | b'~' => char::from(octet).to_string(),
        _ if octet.is_ascii_alphanumeric() => char::from(octet).to_string(),
        _ => format!("%{octet:02X}"),
    };
    let segments = words.split(' ').map(|word| word.bytes().map(encoded).collect::<String>());
    format!("/{}", segments.collect::<Vec<_>>().join("/"))
}

fn pieces(segment: &str) -> Vec<PathPiece> {
    let mut pieces = Vec::new();
    let mut rest = segment;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        if !before.is_empty() {
            pieces.push(PathPiece::Literal(before.to_owned()));
        }
        pieces.push(PathPiece::Parameter(name.to_owned()));
        rest = after;
    }
    if !rest.is_empty() {
        pieces.push(PathPiece::Literal(rest.to_owned()));
    }
    pieces
}

/// The parameters of a template, each once, in its order.
pub(super) fn parameters(template: &PathTemplate) -> impl Iterator<Item = &str> {
    let mut seen = BTreeSet::new();
    template.segments.iter().flatten().filter_map(move |piece| match piece {
        PathPiece::Parameter(name) if seen.insert(name) => Some(name.as_str()),
        PathPiece::Parameter(_) | PathPiece::Literal(_) => None,
    })
}

/// The template with every parameter's name taken out: equal for paths that are the same route.
pub(super) fn route(template: &PathTemplate) -> String {
    let mut route = String::new();
    for segment in &template.segments {
        route.push('/');
        for piece in segment {
            match piece {
                PathPiece::Literal(text) => route.push_str(text),
                PathPiece::Parameter(_) => route.push_str("{}"),
            }
        }
    }
    route
}

#[cfg(test)]
mod tests {
    use super::{parameters, route, template};

    #[test]
    fn templates_are_taken_apart() {
        for (raw, names, shape) in [
            ("/", vec![], "/"),
            ("/pets/{petId}", vec!["petId"], "/pets/{}"),
            ("/{base}...{head}/x", vec!["base", "head"], "/{}...{}/x"),
            ("/{id}.{ext}", vec!["id", "ext"], "/{}.{}"),
            ("/{id}/of/{id}", vec!["id"], "/{}/of/{}"),
            ("/{name}:cancel/", vec!["name"], "/{}:cancel/"),
        ] {
            let template = template(raw);
            assert_eq!(parameters(&template).collect::<Vec<_>>(), names, "{raw}");
            assert_eq!(route(&template), shape, "{raw}");
        }
    }
}

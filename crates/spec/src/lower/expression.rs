//! Runtime expressions in the URLs of callbacks.

use specwright_ir::UrlPiece;

/// Takes a callback's key apart: text with expressions in braces, or one expression without. The error
/// is what is neither.
pub(super) fn url(key: &str) -> Result<Vec<UrlPiece>, String> {
    if key.starts_with('$') {
        return expression(key).map(|piece| vec![piece]).ok_or_else(|| key.to_owned());
    }
    let mut pieces = Vec::new();
    let mut rest = key;
    while let Some((text, behind)) = rest.split_once('{') {
        let (inside, behind) = behind.split_once('}').ok_or_else(|| rest.to_owned())?;
        if !text.is_empty() {
            pieces.push(UrlPiece::Text(text.to_owned()));
        }
        pieces.push(expression(inside).ok_or_else(|| format!("{{{inside}}}"))?);
        rest = behind;
    }
    if !rest.is_empty() {
        pieces.push(UrlPiece::Text(rest.to_owned()));
    }
    match pieces.first() {
        Some(UrlPiece::Text(text)) if !text.starts_with("http://") && !text.starts_with("https://") => {
            Err(text.clone())
        }
        Some(_) => Ok(pieces),
        None => Err(String::new()),
    }
}

fn expression(text: &str) -> Option<UrlPiece> {
    let named = |name: &str| (!name.is_empty()).then(|| name.to_owned());
    match text {
        "$url" => Some(UrlPiece::Url),
        "$method" => Some(UrlPiece::Method),
        "$statusCode" => Some(UrlPiece::StatusCode),
        _ => {
            if let Some(source) = text.strip_prefix("$request.") {
                if let Some(pointer) = body(source) {
                    return Some(UrlPiece::RequestBody(pointer));
                }
                let (place, name) = source.split_once('.')?;
                return match place {
                    "header" => named(name).map(UrlPiece::RequestHeader),
                    "query" => named(name).map(UrlPiece::RequestQuery),
                    "path" => named(name).map(UrlPiece::RequestPath),
                    _ => None,
                };
            }
            let source = text.strip_prefix("$response.")?;
            let header = || source.strip_prefix("header.").and_then(named).map(UrlPiece::ResponseHeader);
            body(source).map(UrlPiece::ResponseBody).or_else(header)
        }
    }
}

/// The pointer behind `body`; empty where the whole body is meant.
fn body(source: &str) -> Option<String> {
    let pointer = source.strip_prefix("body")?;
    match pointer.strip_prefix('#') {
        Some(pointer) if pointer.is_empty() || pointer.starts_with('/') => Some(pointer.to_owned()),
        None if pointer.is_empty() => Some(String::new()),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use specwright_ir::UrlPiece;

    use super::url;

    #[test]
    fn a_key_is_text_and_expressions() {
        let text = |text: &str| UrlPiece::Text(text.to_owned());
        for (key, expected) in [
            ("{$request.body#/url}", Ok(vec![UrlPiece::RequestBody("/url".to_owned())])),
            ("$request.body#/url", Ok(vec![UrlPiece::RequestBody("/url".to_owned())])),
            (
                "{$request.query.url}/data?id={$response.header.Location}",
                Ok(vec![
                    UrlPiece::RequestQuery("url".to_owned()),
                    text("/data?id="),
                    UrlPiece::ResponseHeader("Location".to_owned()),
                ]),
            ),
            ("http://example.com?m={$method}", Ok(vec![text("http://example.com?m="), UrlPiece::Method])),
            ("{$request.body}", Ok(vec![UrlPiece::RequestBody(String::new())])),
            ("onData", Err("onData".to_owned())),
            ("{url}", Err("{url}".to_owned())),
            ("{$request.body#url}", Err("{$request.body#url}".to_owned())),
            ("{$request.cookie.a}", Err("{$request.cookie.a}".to_owned())),
            ("{$url", Err("{$url".to_owned())),
            ("", Err(String::new())),
        ] {
            assert_eq!(url(key), expected, "{key}");
        }
    }
}

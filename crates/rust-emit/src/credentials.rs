//! What is said of security schemes: where tokens come from, what scopes are for.

use specwright_ir::{Flow, Ir, Operation, Scheme, Tokens};

use crate::{code, one_line};

/// The scopes of a scheme, each with what it is for; nothing where it has none.
pub fn scopes(scheme: &Scheme) -> Vec<String> {
    let Some(Tokens::OAuth2(flows)) = &scheme.tokens else { return Vec::new() };
    let mut scopes: Vec<&(String, String)> = Vec::new();
    for scope in flows.iter().flat_map(|flow| &flow.scopes) {
        if !scopes.iter().any(|(name, _)| *name == scope.0) {
            scopes.push(scope);
        }
    }
    if scopes.is_empty() {
        return Vec::new();
    }
    let mut text = vec![String::new(), "Scopes:".to_owned(), String::new()];
    text.extend(scopes.into_iter().map(|(name, meaning)| match one_line(meaning) {
        meaning if meaning.is_empty() => format!("- {}", code(name)),
        meaning => format!("- {}: {meaning}", code(name)),
    }));
    text
}

/// Where the tokens of a scheme come from; nothing where the document does not say.
pub fn tokens(scheme: &Scheme) -> Vec<String> {
    let flows = match &scheme.tokens {
        None => return Vec::new(),
        Some(Tokens::OpenIdConnect(url)) => {
            return vec![
                String::new(),
                format!("Tokens are those of OpenID Connect, as {} says.", code(url)),
            ];
        }
        Some(Tokens::OAuth2(flows)) => flows,
    };
    let mut text = vec![String::new(), "Tokens are those of OAuth 2.0:".to_owned(), String::new()];
    text.extend(flows.iter().map(flow));
    text.extend(scopes(scheme));
    text
}

fn flow(flow: &Flow) -> String {
    let urls = [
        ("authorization at", &flow.authorization_url),
        ("devices at", &flow.device_authorization_url),
        ("tokens at", &flow.token_url),
        ("renewal at", &flow.refresh_url),
    ];
    let urls = urls.iter().filter(|(_, url)| !url.is_empty());
    let urls: Vec<String> = urls.map(|(what, url)| format!("{what} {}", code(url))).collect();
    let urls = if urls.is_empty() { String::new() } else { format!(": {}", urls.join(", ")) };
    format!("- {}{urls}", code(&flow.name))
}

/// What an operation asks its caller for; nothing where it asks for nothing.
pub fn asked(ir: &Ir, operation: &Operation) -> Vec<String> {
    if operation.security.is_empty() {
        return Vec::new();
    }
    let alternatives = operation.security.iter().map(|alternative| {
        let uses = alternative.schemes.iter().map(|used| {
            let scheme = code(&ir.scheme(used.scheme).name.wire);
            let scopes: Vec<String> = used.scopes.iter().map(|scope| code(scope)).collect();
            if scopes.is_empty() { scheme } else { format!("{scheme} (for {})", scopes.join(", ")) }
        });
        let uses: Vec<String> = uses.collect();
        if uses.is_empty() { "none".to_owned() } else { uses.join(" and ") }
    });
    let alternatives: Vec<String> = alternatives.collect();
    vec![String::new(), format!("Credentials: {}.", alternatives.join(", or "))]
}

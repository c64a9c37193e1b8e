//! Security Schemes and Security Requirements.

use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme};
use serde_json::Value;
use specwright_diagnostics::{Code, Diagnostic, Place};
use specwright_ir::{Alternative, Flow, Name, Scheme, SchemeId, SchemeKind, SchemeUse, Tokens};
use specwright_pattern::format;

use super::Cursor;
use super::annotations::{docs, extensions};
use super::context::Lowering;

impl<'a> Lowering<'a, '_> {
    /// Every security scheme, in document order.
    pub(super) fn schemes(&mut self, root: &Cursor<'a>) -> Vec<Scheme> {
        declared(root).iter().map(|(wire, scheme)| self.scheme(wire, scheme)).collect()
    }

    fn scheme(&mut self, wire: &str, declared: &Cursor<'a>) -> Scheme {
        let scheme = self.follow(declared);
        // The type of 3.1 that the typed view does not know.
        let typed = if scheme.text("type") == "mutualTLS" { None } else { self.typed(&scheme) };
        let kind = match typed {
            Some(SecurityScheme::APIKey { location, name, .. }) => api_key(&location, name),
            Some(SecurityScheme::HTTP { scheme, bearer_format, .. }) => http(&scheme, bearer_format),
            Some(_) => SchemeKind::Bearer { format: None },
            None => SchemeKind::MutualTls,
        };
        Scheme {
            name: Name::unallocated(wire, declared.pointer.clone()),
            docs: docs(&scheme, "summary"),
            kind,
            tokens: tokens(&scheme),
            extensions: extensions(&scheme),
        }
    }

    /// What an operation asks for: its own `security`, else the root's.
    pub(super) fn security(&mut self, root: &Cursor<'a>, operation: &Cursor<'a>) -> Vec<Alternative> {
        let holder = if operation.has("security") { operation } else { root };
        let schemes = declared(root);
        let mut alternatives: Vec<Alternative> = Vec::new();
        let mut unmet = Vec::new();
        for cursor in holder.items_of("security") {
            let Some(requirement) = self.typed::<SecurityRequirement>(&cursor) else { continue };
            let mut alternative = Alternative::default();
            for (wire, scopes) in requirement {
                // Invariant: the name was found among the schemes on loading.
                let Some(index) = schemes.iter().position(|(name, _)| *name == wire) else { continue };
                if let Some(first) = cursor.items_of(&wire).first() {
                    self.check_scopes(&wire, first, &schemes[index].1);
                }
                alternative.schemes.push(SchemeUse { scheme: SchemeId(index), scopes });
            }
            if let Some(clash) = self.unmeetable(&cursor, &alternative, &schemes) {
                unmet.push((alternatives.len(), clash));
            }
            alternatives.push(alternative);
        }
        self.leave_out(unmet, &mut alternatives);
        // Nothing but `{}` asks for nothing.
        if alternatives.iter().all(|alternative| alternative.schemes.is_empty()) {
            alternatives.clear();
        }
        most_first(alternatives)
    }

    /// A key in a header that cannot be, or two schemes of an alternative that want different things of the
    /// one `Authorization` header.
    fn unmeetable(
        &self,
        requirement: &Cursor<'a>,
        alternative: &Alternative,
        schemes: &[(&'a str, Cursor<'a>)],
    ) -> Option<Unmeetable> {
        let mut wanted: Option<(&str, String)> = None;
        for used in &alternative.schemes {
            let (wire, declared) = &schemes[used.scheme.0];
            let Some(resolved) = self.document.resolve(&declared.pointer) else { continue };
            if let Some(name) = impossible_header(resolved.value) {
                return Some(Unmeetable {
                    why: format!("the key of `{wire}` is sent nowhere: no header can have the name `{name}`"),
                    place: requirement.key(wire),
                    other: None,
                    help: "`name` is that of the header: letters, digits and hyphens",
                });
            }
            let Some(scheme) = authorization(resolved.value) else { continue };
            match &wanted {
                None => wanted = Some((wire, scheme)),
                Some((_, first)) if *first == scheme => {}
                Some((other, first)) => {
                    let why = format!(
                        "`{other}` and `{wire}` are asked for together, and a request has one `Authorization` header: \
                         it is `{first}` or `{scheme}`, never both"
                    );
                    return Some(Unmeetable {
                        why,
                        place: requirement.key(wire),
                        other: Some(requirement.key(other)),
                        help: "where either is enough, list each as an item of its own",
                    });
                }
            }
        }
        None
    }

    /// Leaves out alternatives that no request can meet, as long as another is there: without any, the
    /// operation would be open to all.
    fn leave_out(&mut self, unmet: Vec<(usize, Unmeetable)>, alternatives: &mut Vec<Alternative>) {
        let is_closed = unmet.len() == alternatives.len();
        for (index, Unmeetable { why, place, other, help }) in unmet.into_iter().rev() {
            let repair =
                if is_closed { "kept: no request is let in" } else { "left out: there are other ways in" };
            let mut diagnostic =
                Diagnostic::new(Code::UnmeetableSecurity, why, place, repair).with_help(help);
            if let Some(other) = other {
                diagnostic = diagnostic.with_secondary(other, "the other one");
            }
            self.say(diagnostic);
            if !is_closed {
                alternatives.remove(index);
            }
        }
    }

    /// `scope` is the first of those asked: an overlay may have added it to a list that was empty.
    fn check_scopes(&mut self, wire: &str, scope: &Cursor<'a>, scheme: &Cursor<'a>) {
        let scheme = self.follow(scheme);
        if matches!(scheme.text("type"), "oauth2" | "openIdConnect") {
            return;
        }
        self.say(
            Diagnostic::new(
                Code::ScopesOnPlainScheme,
                format!("scopes are asked of `{wire}`, whose type has none"),
                scope.place(),
                "kept, and handed to the service",
            )
            .with_secondary(
                scheme.get("type").unwrap_or(scheme).place(),
                "only `oauth2` and `openIdConnect` have scopes",
            ),
        );
    }
}

/// Why no request meets a Security Requirement.
struct Unmeetable {
    why: String,
    place: Place,
    /// What it clashes with.
    other: Option<Place>,
    help: &'static str,
}

/// The name of the header that an API key is asked for in, where none can be called so.
fn impossible_header(scheme: &Value) -> Option<&str> {
    let text = |key: &str| scheme.get(key).and_then(Value::as_str);
    let is_key = text("type") == Some("apiKey") && text("in") == Some("header");
    text("name").filter(|name| is_key && !format::is_token(name))
}

/// What a scheme's credentials follow in the `Authorization` header; `None` where they stand elsewhere.
/// An API key in that header may begin with anything.
fn authorization(scheme: &Value) -> Option<String> {
    let text = |key: &str| scheme.get(key).and_then(Value::as_str).unwrap_or_default();
    match text("type") {
        "http" => Some(text("scheme").to_ascii_lowercase()),
        "oauth2" | "openIdConnect" => Some("bearer".to_owned()),
        _ => None,
    }
}

/// Puts what asks for all that an earlier alternative does, and for more, before that one: the first that
/// is met is used, so that nobody would ever use the other.
fn most_first(alternatives: Vec<Alternative>) -> Vec<Alternative> {
    let mut sorted: Vec<Alternative> = Vec::with_capacity(alternatives.len());
    for alternative in alternatives {
        let has = |used: &SchemeUse| alternative.schemes.iter().any(|one| one.scheme == used.scheme);
        let is_part = |earlier: &Alternative| {
            !earlier.schemes.is_empty()
                && earlier.schemes.len() < alternative.schemes.len()
                && earlier.schemes.iter().all(has)
        };
        let at = sorted.iter().position(is_part).unwrap_or(sorted.len());
        sorted.insert(at, alternative);
    }
    sorted
}

/// Where the tokens of a scheme come from.
fn tokens(scheme: &Cursor<'_>) -> Option<Tokens> {
    match scheme.text("type") {
        "oauth2" => {
            let flows = scheme.members_of("flows").into_iter().filter(|(name, _)| !name.starts_with("x-"));
            Some(Tokens::OAuth2(flows.map(|(name, flow)| self::flow(name, &flow)).collect()))
        }
        "openIdConnect" => Some(Tokens::OpenIdConnect(scheme.text("openIdConnectUrl").trim().to_owned())),
        _ => None,
    }
}

fn flow(name: &str, flow: &Cursor<'_>) -> Flow {
    let text = |key: &str| flow.text(key).trim().to_owned();
    let scopes = flow.members_of("scopes").into_iter();
    Flow {
        name: name.to_owned(),
        authorization_url: text("authorizationUrl"),
        device_authorization_url: text("deviceAuthorizationUrl"),
        token_url: text("tokenUrl"),
        refresh_url: text("refreshUrl"),
        scopes: scopes
            .map(|(scope, meaning)| (scope.to_owned(), meaning.value.as_str().unwrap_or_default().to_owned()))
            .collect(),
    }
}

fn declared<'a>(root: &Cursor<'a>) -> Vec<(&'a str, Cursor<'a>)> {
    root.get("components").map(|components| components.members_of("securitySchemes")).unwrap_or_default()
}

fn api_key(location: &APIKeyLocation, name: String) -> SchemeKind {
    match location {
        APIKeyLocation::Query => SchemeKind::QueryKey { parameter: name },
        APIKeyLocation::Header => SchemeKind::HeaderKey { header: name },
        APIKeyLocation::Cookie => SchemeKind::CookieKey { cookie: name },
    }
}

fn http(scheme: &str, bearer_format: Option<String>) -> SchemeKind {
    match scheme.to_ascii_lowercase().as_str() {
        "bearer" => SchemeKind::Bearer { format: bearer_format.filter(|format| !format.is_empty()) },
        "basic" => SchemeKind::Basic,
        other => SchemeKind::Http { scheme: other.to_owned() },
    }
}

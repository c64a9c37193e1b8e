//! Security Schemes and Security Requirements.

use openapiv3::{APIKeyLocation, SecurityRequirement, SecurityScheme};
use specwright_diagnostics::{Code, Diagnostic};
use specwright_ir::{Alternative, Name, Scheme, SchemeId, SchemeKind, SchemeUse};

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
        let kind = match self.typed(&scheme) {
            Some(SecurityScheme::APIKey { location, name, .. }) => api_key(&location, name),
            Some(SecurityScheme::HTTP { scheme, bearer_format, .. }) => http(&scheme, bearer_format),
            Some(SecurityScheme::OAuth2 { .. }) => self.access_token(&scheme, "flows"),
            Some(SecurityScheme::OpenIDConnect { .. }) => self.access_token(&scheme, "openIdConnectUrl"),
            None => SchemeKind::Bearer { format: None },
        };
        Scheme {
            name: Name::unallocated(wire, declared.pointer.clone()),
            docs: docs(&scheme, "summary"),
            kind,
            extensions: extensions(&scheme),
        }
    }

    /// A scheme whose tokens come from elsewhere; `key` says from where.
    fn access_token(&mut self, scheme: &Cursor<'a>, key: &str) -> SchemeKind {
        if let Some(member) = scheme.get(key) {
            self.not_carried(&member, "a client is given its access token, and does not fetch one");
        }
        SchemeKind::Bearer { format: None }
    }

    /// What an operation asks for: its own `security`, else the root's.
    pub(super) fn security(&mut self, root: &Cursor<'a>, operation: &Cursor<'a>) -> Vec<Alternative> {
        let holder = if operation.has("security") { operation } else { root };
        let schemes = declared(root);
        let mut alternatives: Vec<Alternative> = Vec::new();
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
            alternatives.push(alternative);
        }
        // Nothing but `{}` asks for nothing.
        if alternatives.iter().all(|alternative| alternative.schemes.is_empty()) {
            alternatives.clear();
        }
        alternatives
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

//! Security Schemes and Security Requirements.

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
        let name = scheme.text("name").to_owned();
        let kind = match (scheme.text("type"), scheme.text("in")) {
            ("apiKey", "query") => SchemeKind::QueryKey { parameter: name },
            ("apiKey", "cookie") => SchemeKind::CookieKey { cookie: name },
            ("apiKey", _) => SchemeKind::HeaderKey { header: name },
            ("http", _) => http(&scheme),
            ("mutualTLS", _) => SchemeKind::MutualTls,
            _ => {
                for key in ["flows", "openIdConnectUrl"] {
                    if let Some(member) = scheme.get(key) {
                        self.not_carried(
                            &member,
                            "a client is given its access token, and does not fetch one",
                        );
                    }
                }
                SchemeKind::Bearer { format: None }
            }
        };
        Scheme {
            name: Name::unallocated(wire, declared.pointer.clone()),
            docs: docs(&scheme, "summary"),
            kind,
            extensions: extensions(&scheme),
        }
    }

    /// What an operation asks for: its own `security`, else the root's.
    pub(super) fn security(&mut self, root: &Cursor<'a>, operation: &Cursor<'a>) -> Vec<Alternative> {
        let holder = if operation.has("security") { operation } else { root };
        let schemes = declared(root);
        let mut alternatives: Vec<Alternative> = Vec::new();
        for requirement in holder.items_of("security") {
            let mut alternative = Alternative::default();
            for (wire, scopes) in requirement.members() {
                // Invariant: the name was found among the schemes on loading.
                let Some(index) = schemes.iter().position(|(name, _)| *name == wire) else { continue };
                self.check_scopes(wire, &scopes, &schemes[index].1);
                let texts = scopes.value.as_array().into_iter().flatten().filter_map(|scope| scope.as_str());
                let scopes = texts.map(str::to_owned).collect();
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

    fn check_scopes(&mut self, wire: &str, scopes: &Cursor<'a>, scheme: &Cursor<'a>) {
        let scheme = self.follow(scheme);
        let empty = scopes.value.as_array().is_none_or(Vec::is_empty);
        if empty || matches!(scheme.text("type"), "oauth2" | "openIdConnect") {
            return;
        }
        self.say(
            Diagnostic::new(
                Code::ScopesOnPlainScheme,
                format!("scopes are asked of `{wire}`, whose type has none"),
                scopes.place(),
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

fn http(scheme: &Cursor<'_>) -> SchemeKind {
    match scheme.text("scheme").to_ascii_lowercase().as_str() {
        "bearer" => {
            let format = scheme.text("bearerFormat");
            SchemeKind::Bearer { format: (!format.is_empty()).then(|| format.to_owned()) }
        }
        "basic" => SchemeKind::Basic,
        other => SchemeKind::Http { scheme: other.to_owned() },
    }
}

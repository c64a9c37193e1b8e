//! Security Scheme Objects of 2.0.

use serde_json::{Value, json};
use specwright_diagnostics::Pointer;

use super::{Members, Upgrade};

impl Upgrade<'_> {
    pub(super) fn security_scheme(&mut self, scheme: &Value, at: &Pointer, to: &Pointer) -> Value {
        let Value::Object(members) = scheme else { return scheme.clone() };
        self.moves.record(to, at);
        let kind = members.get("type").and_then(Value::as_str).unwrap_or_default();
        let mut out = members.clone();
        match kind {
            "basic" => {
                out.insert("type".to_owned(), json!("http"));
                out.insert("scheme".to_owned(), json!("basic"));
                self.moves.record(&to.child("scheme"), &at.child("type"));
            }
            "oauth2" => {
                let flow = match members.get("flow").and_then(Value::as_str) {
                    Some("application") => "clientCredentials",
                    Some("accessCode") => "authorizationCode",
                    Some(same) => same,
                    None => "",
                };
                let flows = to.child("flows");
                self.moves.record(&flows, &at.child("flow"));
                self.moves.record(&flows.child(flow), at);
                let mut said = Members::new();
                for key in ["authorizationUrl", "tokenUrl", "scopes"] {
                    if let Some(value) = out.shift_remove(key) {
                        said.insert(key.to_owned(), value);
                    }
                }
                out.shift_remove("flow");
                out.insert("flows".to_owned(), json!({flow: said}));
            }
            _ => {}
        }
        Value::Object(out)
    }
}

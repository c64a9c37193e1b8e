//! A mail as JSON, as developers get to see it.

use std::collections::BTreeMap;

use serde::Serialize;
use uuid::Uuid;

use crate::domain::mail::Message;
use crate::domain::secret::Token;

/// A mail with everything in it, secrets included.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Shown<'a> {
    id: Uuid,
    tenant: &'a str,
    to: &'a str,
    from: Option<&'a str>,
    kind: &'static str,
    created_at: String,
    token: Option<&'a str>,
    link: Option<&'a str>,
    variables: &'a BTreeMap<&'static str, String>,
}

impl<'a> From<&'a Message> for Shown<'a> {
    fn from(message: &'a Message) -> Self {
        Self {
            id: message.id,
            tenant: &message.tenant,
            to: &message.to,
            from: message.from.as_deref(),
            kind: message.kind.as_str(),
            // To the millisecond, whatever it is.
            created_at: format!("{:.3}", message.created_at),
            token: message.token.as_ref().map(Token::expose),
            link: message.link.as_deref(),
            variables: &message.variables,
        }
    }
}

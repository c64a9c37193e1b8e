//! Operations that the contract's provider calls: webhooks and callbacks.

use serde::Serialize;
use specwright_diagnostics::Pointer;

/// Who calls an operation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub enum Role {
    /// The API's consumer, as the operations of `paths` are.
    #[default]
    Api,
    /// The API's provider: a webhook.
    Webhook,
    /// The API's provider: a callback.
    Callback,
}

impl Role {
    /// Whether the API's provider calls the operation, and its consumer answers.
    pub const fn is_event(&self) -> bool {
        !self.is_api()
    }

    /// Whether the API's consumer calls the operation, and its provider answers.
    pub const fn is_api(&self) -> bool {
        matches!(self, Self::Api)
    }
}

/// What is particular to an operation that the API's provider calls.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Event {
    /// The key under `webhooks` or `callbacks`.
    pub name: String,
    /// The stable pointer of the path item.
    pub key: String,
    /// Where a callback's requests go; `None` for a webhook, whose receivers say so elsewhere.
    pub callback: Option<Callback>,
}

/// Where the requests of a callback go.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Callback {
    /// The key under the callback, as the document writes it.
    pub expression: String,
    /// The operations that have the callback: where they stand.
    pub parents: Vec<Pointer>,
    /// What the URL is made of; `None` where the expression is none.
    pub url: Option<Vec<UrlPiece>>,
}

impl Callback {
    /// Whether the URL depends on nothing but the request of the operation that has the callback.
    pub fn follows_from_request(&self) -> bool {
        self.url.iter().flatten().all(|piece| {
            !matches!(
                piece,
                UrlPiece::Url
                    | UrlPiece::StatusCode
                    | UrlPiece::ResponseHeader(_)
                    | UrlPiece::ResponseBody(_)
            )
        })
    }
}

/// A part of a callback's URL: text, or a runtime expression.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub enum UrlPiece {
    /// Text.
    Text(String),
    /// `$url`
    Url,
    /// `$method`
    Method,
    /// `$statusCode`
    StatusCode,
    /// `$request.header.` and a name.
    RequestHeader(String),
    /// `$request.query.` and a name.
    RequestQuery(String),
    /// `$request.path.` and a name.
    RequestPath(String),
    /// `$request.body`, with the pointer behind its `#`.
    RequestBody(String),
    /// `$response.header.` and a name.
    ResponseHeader(String),
    /// `$response.body`, with the pointer behind its `#`.
    ResponseBody(String),
}

//! Requests that need not keep the contract.

use reqwest::header::{CONTENT_TYPE, HeaderMap, HeaderName, HeaderValue};
use reqwest::{Method, Url};
use serde_json::Value;

use crate::answer::Answer;

/// A request; nothing but its URL is checked before it is sent.
#[must_use]
pub struct Ask {
    http: reqwest::Client,
    method: Method,
    url: Url,
    headers: HeaderMap,
    body: Option<Vec<u8>>,
}

impl Ask {
    pub fn new(http: reqwest::Client, method: Method, url: &str) -> Self {
        let url = Url::parse(url).expect("a URL");
        Self { http, method, url, headers: HeaderMap::new(), body: None }
    }

    /// A header, beside those of the same name.
    pub fn header(mut self, name: &str, value: &str) -> Self {
        let name = HeaderName::from_bytes(name.as_bytes()).expect("a header's name");
        self.headers.append(name, HeaderValue::from_str(value).expect("a header's value"));
        self
    }

    /// The credential.
    pub fn bearer(self, token: &str) -> Self {
        self.header("authorization", &format!("Bearer {token}"))
    }

    /// A parameter of the query.
    pub fn query(mut self, name: &str, value: &str) -> Self {
        self.url.query_pairs_mut().append_pair(name, value);
        self
    }

    /// A body of any media type.
    pub fn body(mut self, media_type: &str, octets: impl Into<Vec<u8>>) -> Self {
        self.headers.insert(CONTENT_TYPE, HeaderValue::from_str(media_type).expect("a media type"));
        self.body = Some(octets.into());
        self
    }

    /// A body of JSON.
    pub fn json(self, body: &Value) -> Self {
        self.body("application/json", body.to_string())
    }

    /// Sends it, reads the answer, and holds it against what is true of every answer.
    pub async fn send(self) -> Answer {
        let is_api = self.url.path().starts_with("/customer");
        let mut request = self.http.request(self.method, self.url).headers(self.headers);
        if let Some(octets) = self.body {
            request = request.body(octets);
        }
        let response = request.send().await.expect("an answer");
        let (status, headers) = (response.status().as_u16(), response.headers().clone());
        let body = response.text().await.expect("a body");
        let answer = Answer { status, headers, body };
        answer.check();
        if is_api {
            answer.check_api();
        }
        answer
    }
}

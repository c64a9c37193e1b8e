//! Answers as they came, and what is true of all of them.

use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde_json::{Value, json};

/// The answer for a bearer token that this tenant does not know.
pub const INVALID_ACCESS_TOKEN: (&str, &str) = ("Invalid access token", "oauth.v2.InvalidAccessToken");
/// The answer for a bearer token that was good.
pub const EXPIRED_ACCESS_TOKEN: (&str, &str) =
    ("Access Token expired", "keymanagement.service.access_token_expired");
/// The answer for a refresh token that is none, or none any more.
pub const INVALID_REFRESH_TOKEN: (&str, &str) =
    ("Invalid refresh token", "keymanagement.service.invalid_refresh_token");
/// The answer for an e-mail and a password that fit no account.
pub const INVALID_CREDENTIALS: (&str, &str) = ("Invalid credentials", "customer.InvalidCredentials");
/// The answer for a login before the e-mail is confirmed.
pub const NOT_ACTIVATED: (&str, &str) = ("Account not activated", "customer.AccountNotActivated");
/// The answer for a client that the tenant does not list.
pub const INVALID_API_KEY: (&str, &str) = ("Invalid ApiKey", "oauth.v2.InvalidApiKey");
/// The answer for a social login that nobody vouches for.
pub const INVALID_CODE: (&str, &str) = ("Invalid authorization code", "customer.InvalidAuthorizationCode");

/// The body of a 401.
pub fn fault((text, code): (&str, &str)) -> Value {
    json!({"fault": {"faultstring": text, "detail": {"errorcode": code}}})
}

/// The body of any other error, without details.
pub fn message(status: u16, kind: &str, text: &str) -> Value {
    json!({"status": status, "type": kind, "message": text})
}

/// The body of a 403.
pub fn forbidden() -> Value {
    message(403, "Forbidden", "User not authorized.")
}

/// The body of a 409 for an e-mail that is taken.
pub fn duplicate(email: &str, tenant: &str) -> Value {
    message(409, "conflict_resource", &format!("Duplicate account '{email}' for tenant '{tenant}'."))
}

/// The body of a 400 for a tenant that is none.
pub fn invalid_tenant() -> Value {
    message(400, "bad_request", "The tenant information provided with the request is not valid.")
}

/// An answer.
#[derive(Clone, Debug)]
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: String,
}

impl Answer {
    /// Reads what came over a connection that was closed after it.
    pub fn parse(text: &str) -> Self {
        let (head, body) = text.split_once("\r\n\r\n").unwrap_or_else(|| panic!("no answer: {text:?}"));
        let mut lines = head.split("\r\n");
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|word| word.parse().ok());
        let mut headers = HeaderMap::new();
        for (name, value) in lines.filter_map(|line| line.split_once(':')) {
            let name = HeaderName::from_bytes(name.as_bytes()).expect("a header's name");
            headers.append(name, HeaderValue::from_str(value.trim()).expect("a header's value"));
        }
        let answer = Self { status: status.expect("a status"), headers, body: body.to_owned() };
        answer.check();
        answer
    }

    /// Insists on a status.
    #[track_caller]
    pub fn of(&self, status: u16) -> &Self {
        assert_eq!(self.status, status, "{self:?}");
        self
    }

    /// The body, which is JSON.
    #[track_caller]
    pub fn json(&self) -> Value {
        assert_eq!(self.header("content-type"), Some("application/json"), "{self:?}");
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }

    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    /// A member of the body, which is text.
    #[track_caller]
    pub fn text(&self, member: &str) -> String {
        self.json()[member].as_str().unwrap_or_else(|| panic!("no {member}: {self:?}")).to_owned()
    }

    /// Insists on a status without a body.
    #[track_caller]
    pub fn is_empty(&self, status: u16) {
        assert_eq!((self.status, self.body.as_str()), (status, ""), "{self:?}");
    }

    /// Insists on a status with this body.
    #[track_caller]
    pub fn is(&self, status: u16, body: &Value) {
        assert_eq!((self.status, &self.json()), (status, body), "{self:?}");
    }

    /// Insists on this 401.
    #[track_caller]
    pub fn is_fault(&self, expected: (&str, &str)) {
        self.is(401, &fault(expected));
    }

    /// Insists on a 400 whose details name these fields in this order, each with what is wrong.
    #[track_caller]
    pub fn is_invalid(&self, expected: &[(&str, &str)]) {
        assert_eq!((self.status, self.text("type").as_str()), (400, "validation_failure"), "{self:?}");
        let body = self.json();
        let details = body["details"].as_array().unwrap_or_else(|| panic!("no details: {self:?}"));
        let found: Vec<(&str, &str)> =
            details.iter().map(|detail| (of(detail, "field"), of(detail, "type"))).collect();
        assert_eq!(found, expected, "{self:?}");
    }

    /// Insists on the answer for a mailed token that cannot be redeemed.
    #[track_caller]
    pub fn is_invalid_token(&self) {
        self.is_invalid(&[("token", "invalid_value")]);
        assert_eq!(self.text("message"), "Invalid token.");
    }

    /// What is true of every answer: a 401 is a fault, every other error names its status.
    #[track_caller]
    pub fn check(&self) {
        match self.status {
            401 => {
                let body = self.json();
                let members = body.as_object().expect("an object");
                assert!(members.keys().eq(["fault"]), "{self:?}");
                assert!(body["fault"]["faultstring"].is_string(), "{self:?}");
                assert!(body["fault"]["detail"]["errorcode"].is_string(), "{self:?}");
                assert_eq!(self.header("www-authenticate"), Some("Bearer"), "{self:?}");
            }
            400.. => {
                let body = self.json();
                assert_eq!(body["status"], self.status, "{self:?}");
                assert!(body["type"].is_string() && body["message"].is_string(), "{self:?}");
                assert!(body.get("moreInfo").is_none() && body.get("fault").is_none(), "{self:?}");
                for detail in body["details"].as_array().into_iter().flatten() {
                    for member in ["field", "type", "message"] {
                        assert!(detail[member].is_string(), "{self:?}");
                    }
                }
            }
            _ => {}
        }
    }

    /// What is true of every answer of the contract's operations.
    #[track_caller]
    pub fn check_api(&self) {
        assert_eq!(self.header("cache-control"), Some("no-store"), "{self:?}");
        assert_eq!(self.header("x-content-type-options"), Some("nosniff"), "{self:?}");
        assert_eq!(self.header("server"), None, "{self:?}");
        assert!(self.body.is_empty() || !has_null(&self.json()), "{self:?}");
    }
}

/// A member that is text.
#[track_caller]
pub fn of<'a>(object: &'a Value, member: &str) -> &'a str {
    object[member].as_str().unwrap_or_else(|| panic!("no {member}: {object}"))
}

/// The names of an object's members, sorted.
#[track_caller]
pub fn members(object: &Value) -> Vec<&str> {
    let object = object.as_object().unwrap_or_else(|| panic!("no object: {object}"));
    let mut names: Vec<&str> = object.keys().map(String::as_str).collect();
    names.sort_unstable();
    names
}

/// Whether there is a `null` anywhere but in what clients have stored.
fn has_null(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::Array(items) => items.iter().any(has_null),
        Value::Object(members) => members.iter().any(|(name, value)| name != "mixins" && has_null(value)),
        _ => false,
    }
}

/// What an operation declares for a refusal: the response of a typed call.
#[macro_export]
macro_rules! refused {
    ($call:expr, $error:path) => {
        match $call.await {
            Err(customer_api::client::Error::Api($error(response))) => response,
            Err(other) => panic!("another error: {other}"),
            Ok(success) => panic!("a success: {}", success.status()),
        }
    };
}

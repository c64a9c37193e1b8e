//! The 24 operations that take a bearer token, each with a request that could do something.

use reqwest::Method;
use serde_json::{Value, json};

use crate::ask::Ask;
use crate::service::{JANE, PASSWORD, Service};

/// Which token an operation takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bearer {
    Anonymous,
    Customer,
    Either,
}

/// An operation, with a request for it.
#[derive(Clone, Debug)]
pub struct Operation {
    pub bearer: Bearer,
    pub method: Method,
    /// Its path below the tenant.
    pub path: String,
    pub query: Vec<(&'static str, String)>,
    pub body: Option<Value>,
}

/// What the requests hold: good tokens, where somebody has some.
#[derive(Clone, Debug)]
pub struct Ingredients {
    pub address: String,
    pub access_token: String,
    pub refresh_token: String,
    pub code: String,
    pub activation: String,
    pub password_reset: String,
    pub email_change: String,
    pub deletion: String,
}

impl Default for Ingredients {
    fn default() -> Self {
        let text = || "x".to_owned();
        Self {
            address: "0123456789".to_owned(),
            access_token: text(),
            refresh_token: text(),
            code: text(),
            activation: text(),
            password_reset: text(),
            email_change: text(),
            deletion: text(),
        }
    }
}

/// Where social login sends its users back to.
pub const REDIRECT: &str = "https://shop.example/back";

impl Operation {
    fn new(bearer: Bearer, method: Method, path: impl Into<String>) -> Self {
        Self { bearer, method, path: path.into(), query: Vec::new(), body: None }
    }

    fn query(mut self, name: &'static str, value: &str) -> Self {
        self.query.push((name, value.to_owned()));
        self
    }

    fn body(mut self, body: Value) -> Self {
        self.body = Some(body);
        self
    }

    /// The request without its body.
    pub fn bare(&self, service: &Service, tenant: &str) -> Ask {
        let ask = service.ask(self.method.clone(), &format!("/customer/{tenant}{}", self.path));
        self.query.iter().fold(ask, |ask, (name, value)| ask.query(name, value))
    }

    /// The request, without a credential.
    pub fn ask(&self, service: &Service, tenant: &str) -> Ask {
        let ask = self.bare(service, tenant);
        match &self.body {
            Some(body) => ask.json(body),
            None => ask,
        }
    }

    /// Its name, for what a test says when it fails.
    pub fn name(&self) -> String {
        format!("{} {}", self.method, self.path)
    }
}

/// All 24.
pub fn all(with: &Ingredients) -> Vec<Operation> {
    let mut operations = of_visitors(with);
    operations.extend(of_customers(with));
    assert_eq!(operations.len(), 24);
    operations
}

fn of_visitors(with: &Ingredients) -> Vec<Operation> {
    let visitors = |method, path: &str| Operation::new(Bearer::Anonymous, method, path);
    let credentials = json!({"email": JANE, "password": PASSWORD});
    vec![
        visitors(Method::POST, "/signup").body(json!({"email": "new@example.com", "password": PASSWORD})),
        visitors(Method::GET, &format!("/signup/optin/{}", with.activation)),
        visitors(Method::POST, "/signup/optin/refresh_token").body(json!({"email": "late@example.com"})),
        visitors(Method::POST, "/login").body(credentials),
        visitors(Method::POST, "/socialLogin").query("code", &with.code).query("redirect_uri", REDIRECT),
        visitors(Method::POST, "/password/reset").body(json!({"email": JANE})),
        visitors(Method::POST, "/password/reset/update")
            .body(json!({"token": with.password_reset, "password": "another-pw"})),
        visitors(Method::POST, "/me/accounts/internal/email/change/confirm")
            .body(json!({"token": with.email_change})),
    ]
}

fn of_customers(with: &Ingredients) -> Vec<Operation> {
    let customers = |method, path: &str| Operation::new(Bearer::Customer, method, path);
    let address = format!("/me/addresses/{}", with.address);
    let tags = format!("{address}/tags");
    vec![
        Operation::new(Bearer::Either, Method::GET, "/me"),
        Operation::new(Bearer::Either, Method::GET, "/refreshauthtoken")
            .query("refreshToken", &with.refresh_token),
        customers(Method::GET, "/validateauthtoken"),
        customers(Method::GET, "/logout").query("accessToken", &with.access_token),
        customers(Method::PATCH, "/me").body(json!({"firstName": "Mallory"})),
        customers(Method::DELETE, "/me").query("token", &with.deletion),
        customers(Method::POST, "/password/change")
            .body(json!({"currentPassword": PASSWORD, "newPassword": "another-pw"})),
        customers(Method::POST, "/me/accounts/internal")
            .body(json!({"email": "second@example.com", "password": PASSWORD})),
        customers(Method::POST, "/me/accounts/internal/email/change")
            .body(json!({"email": JANE, "password": PASSWORD, "newEmail": "new@example.com"})),
        customers(Method::GET, "/me/addresses"),
        customers(Method::POST, "/me/addresses").body(json!({"contactName": "Mallory"})),
        customers(Method::GET, &address),
        customers(Method::PATCH, &address).body(json!({"contactName": "Mallory"})),
        customers(Method::DELETE, &address),
        customers(Method::POST, &tags).query("tags", "MALLORY"),
        customers(Method::DELETE, &tags).query("tags", "BILLING"),
    ]
}

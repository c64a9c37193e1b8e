//! A store with customers in it, and the requests that load it.

use std::sync::Arc;

use bytes::Bytes;
use clap::ValueEnum;
use customer_service::domain::clock::Clock;
use customer_service::domain::customer::{Credentials, NewProfile, SignUp};
use customer_service::domain::email::Email;
use customer_service::domain::mail::{Mailer, Message};
use customer_service::domain::options::TenantOptions;
use customer_service::domain::password::Hashing;
use customer_service::domain::secret::{Password, Token};
use customer_service::domain::session::Bearer;
use customer_service::domain::store::{Settings, Store};
use customer_service::identity::Registry;
use http::header::{AUTHORIZATION, CONTENT_TYPE};
use http::{Method, Request, StatusCode};

use crate::load::{Failure, Shot};

/// The routes that are loaded.
pub const ROUTES: [Route; 4] =
    [Route::LogInAnonymously, Route::RetrieveProfile, Route::AddAddress, Route::ValidateToken];

/// A route that is loaded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Route {
    /// Anonymous login: a query, no credential.
    LogInAnonymously,
    /// `GET /me`: a credential, a body in the answer.
    RetrieveProfile,
    /// Adding an address: a credential, a body in the request.
    AddAddress,
    /// Validating a token: a credential, little else.
    ValidateToken,
}

impl Route {
    /// What the table calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::LogInAnonymously => "anonymous login",
            Self::RetrieveProfile => "`GET /me`",
            Self::AddAddress => "add address",
            Self::ValidateToken => "validate",
        }
    }
}

const TENANT: &str = "acme";

const ADDRESS: &str = r#"{"contactName":"Jane Doe","street":"Main Street","streetNumber":"1","zipCode":"12345","city":"Springfield","country":"US","tags":["BILLING","SHIPPING"]}"#;

/// A store.
pub struct World {
    store: Store,
}

impl World {
    /// A store with one tenant, and no limit to a customer's addresses.
    pub fn new() -> Result<Self, Failure> {
        let clock = Clock::default();
        let options = TenantOptions { max_addresses: usize::MAX, ..TenantOptions::default() };
        let store = Store::new(Settings {
            clock: clock.clone(),
            hashing: Hashing::Cheap,
            mailer: Arc::new(NoMail),
            providers: Arc::new(Registry::new(clock, false)?),
            defaults: options.clone(),
            tenants: [(TENANT.to_owned(), options)].into(),
            auto_tenants: false,
        })?;
        Ok(Self { store })
    }

    /// The store.
    pub fn store(&self) -> Store {
        self.store.clone()
    }

    /// A request of a route, by a customer of its own: nobody is slow because somebody has many addresses.
    pub async fn shot(&self, route: Route) -> Result<Shot, Failure> {
        let (method, path, expected, body) = match route {
            Route::LogInAnonymously => (
                Method::GET,
                "/customerlogin/auth/anonymous/login?tenant=acme&client_id=storefront",
                StatusCode::OK,
                "",
            ),
            Route::RetrieveProfile => (Method::GET, "/customer/acme/me", StatusCode::OK, ""),
            Route::AddAddress => (Method::POST, "/customer/acme/me/addresses", StatusCode::CREATED, ADDRESS),
            Route::ValidateToken => (Method::GET, "/customer/acme/validateauthtoken", StatusCode::OK, ""),
        };
        let mut request = Request::builder().method(method).uri(path);
        if route != Route::LogInAnonymously {
            request = request.header(AUTHORIZATION, format!("Bearer {}", self.customer().await?.expose()));
        }
        if !body.is_empty() {
            request = request.header(CONTENT_TYPE, "application/json");
        }
        Ok(Shot { name: route.name(), request: request.body(Bytes::from_static(body.as_bytes()))?, expected })
    }

    /// The access token of a new customer.
    async fn customer(&self) -> Result<Token, Failure> {
        let tenant = self.store.tenant(TENANT).ok_or("there is no tenant")?;
        let anonymous = tenant.log_in_anonymously("storefront")?;
        let Bearer::Anonymous(caller) = tenant.bearer(&anonymous.access) else {
            return Err("an anonymous token is not one".into());
        };
        let email = Email::parse(&format!("{}@example.com", anonymous.session)).ok_or("not an e-mail")?;
        let password = Password::new("s3cret-pw");
        caller
            .sign_up(SignUp {
                email: email.clone(),
                password: password.clone(),
                separate: None,
                details: NewProfile {
                    first_name: Some("Jane".to_owned()),
                    last_name: Some("Doe".to_owned()),
                    ..NewProfile::default()
                },
                address: None,
            })
            .await?;
        Ok(caller.log_in(Credentials { email, password }).await?.tokens.access)
    }
}

/// Mails go nowhere.
struct NoMail;

impl Mailer for NoMail {
    fn send(&self, _: Message) {}
}

//! Who calls: a visitor with an anonymous token, a customer with a session.

use std::ops::Deref;

use customer_api::client::{Client, Error, Success};
use customer_api::operations::authentication::AuthenticateCustomerError;
use customer_api::types::{AnonymousAccessToken, CustomerSignup, CustomerToken, PasswordAuthentication};
use serde_json::Value;

use crate::answer::Answer;
use crate::service::{CLIENT, Service};

/// Somebody with an anonymous token.
pub struct Visitor<'a> {
    pub service: &'a Service,
    pub tenant: String,
    pub token: AnonymousAccessToken,
    /// The generated client, with the token.
    pub client: Client,
}

impl<'a> Visitor<'a> {
    pub async fn arrive(service: &'a Service, tenant: &str) -> Self {
        let token = service.client().authentication().generate_anonymous_access_token(tenant, CLIENT).await;
        let token = token.unwrap_or_else(|error| panic!("no anonymous token: {error}")).into_body();
        let client = service.client().with_anonymous_access_token(&token.access_token);
        Self { service, tenant: tenant.to_owned(), token, client }
    }

    /// The access token.
    pub fn bearer(&self) -> &str {
        self.token.access_token.expose()
    }

    /// Signs up with nothing but what is required, and gives the customer's number.
    pub async fn sign_up(&self, email: &str, password: &str) -> String {
        self.sign_up_as(&CustomerSignup::new(email, password)).await
    }

    /// Signs up, and gives the customer's number.
    pub async fn sign_up_as(&self, signup: &CustomerSignup) -> String {
        let created = self.client.authentication().create_customer_account(&self.tenant, signup).await;
        created.unwrap_or_else(|error| panic!("no signup: {error}")).into_body().id
    }

    /// Tries to log in.
    pub async fn log_in(
        &self,
        email: &str,
        password: &str,
    ) -> Result<Success<CustomerToken>, Error<AuthenticateCustomerError>> {
        let credentials = PasswordAuthentication::new(email, password);
        self.client.authentication().authenticate_customer(&self.tenant, &credentials).await
    }

    /// Tries to log in, and gives the answer as it came.
    pub async fn try_log_in(&self, email: &str, password: &str) -> Answer {
        let body = serde_json::json!({"email": email, "password": password});
        let path = format!("/customer/{}/login", self.tenant);
        self.service.post(&path).bearer(self.bearer()).json(&body).send().await
    }

    /// Logs in.
    pub async fn enter(&self, email: &str, password: &str) -> Session<'a> {
        let tokens = self.log_in(email, password).await;
        let tokens = tokens.unwrap_or_else(|error| panic!("no login: {error}")).into_body();
        self.session(tokens)
    }

    /// The session of tokens that were issued to this visitor.
    pub fn session(&self, tokens: CustomerToken) -> Session<'a> {
        let client = self.service.client().with_customer_access_token(&tokens.access_token);
        Session { service: self.service, tenant: self.tenant.clone(), tokens, client }
    }

    /// Asks for new tokens with a customer's refresh token, and gives the answer as it came.
    pub async fn try_refresh(&self, refresh_token: &str) -> Answer {
        let path = format!("/customer/{}/refreshauthtoken", self.tenant);
        self.service.get(&path).bearer(self.bearer()).query("refreshToken", refresh_token).send().await
    }
}

/// A customer who has logged in.
pub struct Session<'a> {
    pub service: &'a Service,
    pub tenant: String,
    pub tokens: CustomerToken,
    /// The generated client, with the access token.
    pub client: Client,
}

impl Session<'_> {
    /// The access token.
    pub fn bearer(&self) -> &str {
        self.tokens.access_token.expose()
    }

    /// The refresh token.
    pub fn refresh_token(&self) -> &str {
        self.tokens.refresh_token.expose()
    }

    /// The profile without anything that has to be asked for, as it came.
    pub async fn try_profile(&self) -> Answer {
        self.service.get(&format!("/customer/{}/me", self.tenant)).bearer(self.bearer()).send().await
    }

    /// The whole profile.
    pub async fn profile(&self) -> Value {
        let ask = self.service.get(&format!("/customer/{}/me", self.tenant)).bearer(self.bearer());
        ask.query("expand", "addresses,mixin:*").send().await.of(200).json()
    }

    /// All addresses.
    pub async fn addresses(&self) -> Value {
        let ask = self.service.get(&format!("/customer/{}/me/addresses", self.tenant)).bearer(self.bearer());
        ask.send().await.of(200).json()
    }

    /// Everything that the customer can read of themself.
    pub async fn everything(&self) -> (Value, Value) {
        (self.profile().await, self.addresses().await)
    }

    /// The customer's number.
    pub async fn number(&self) -> String {
        self.try_profile().await.text("id")
    }

    /// Whether the access token still lets somebody in.
    pub async fn is_live(&self) -> bool {
        let answer = self.try_profile().await;
        match answer.status {
            200 => true,
            401 => false,
            _ => panic!("neither in nor out: {answer:?}"),
        }
    }
}

impl Deref for Session<'_> {
    type Target = Client;

    fn deref(&self) -> &Client {
        &self.client
    }
}

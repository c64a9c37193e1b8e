//! One good request for each of the 26 operations, as text.

use std::net::SocketAddr;

use specwright_conformance::{Answer, exchange};

use crate::stub::{ANONYMOUS, CUSTOMER, Sender};

/// A request that keeps the contract.
#[derive(Clone, Copy, Debug)]
pub struct Good {
    /// The operation's name in Rust.
    pub name: &'static str,
    /// The document's `operationId`.
    pub id: &'static str,
    /// The method.
    pub method: &'static str,
    /// Path and query.
    pub target: &'static str,
    /// A JSON body, or nothing.
    pub body: &'static str,
    /// Whose tokens the operation accepts, in the document's order.
    pub accepts: &'static [Sender],
}

use Sender::{Anonymous, Customer};

const fn good(
    name: &'static str,
    id: &'static str,
    method: &'static str,
    target: &'static str,
    body: &'static str,
    accepts: &'static [Sender],
) -> Good {
    Good { name, id, method, target, body, accepts }
}

/// All of them.
#[rustfmt::skip]
pub const ALL: [Good; 26] = [
    good("add_address", "POST-customer-add-address", "POST", "/customer/acme/me/addresses", r#"{"contactName":"Jane Doe"}"#, &[Customer]),
    good("add_address_tags", "POST-customer-add-address-tags", "POST", "/customer/acme/me/addresses/a1/tags?tags=BILLING", "", &[Customer]),
    good("assign_customer_account", "POST-customer-assign-customer-account", "POST", "/customer/acme/me/accounts/internal", r#"{"email":"jane@doe.example","password":"s3cret-pw"}"#, &[Customer]),
    good("authenticate_customer", "POST-customer-authenticate-customer", "POST", "/customer/acme/login", r#"{"email":"jane@doe.example","password":"s3cret-pw"}"#, &[Anonymous]),
    good("change_login_email", "POST-customer-change-customer-login-email", "POST", "/customer/acme/me/accounts/internal/email/change", r#"{"email":"jane@doe.example","password":"s3cret-pw","newEmail":"jane@new.example"}"#, &[Customer]),
    good("change_password", "POST-customer-change-account-password", "POST", "/customer/acme/password/change", r#"{"currentPassword":"s3cret-pw","newPassword":"s3cret-new"}"#, &[Customer]),
    good("confirm_login_email", "POST-customer-confirm-customer-login-email", "POST", "/customer/acme/me/accounts/internal/email/change/confirm", r#"{"token":"s3cret-mail"}"#, &[Anonymous]),
    good("confirm_opt_in", "GET-customer-signup-customer-optin", "GET", "/customer/acme/signup/optin/s3cret-path", "", &[Anonymous]),
    good("create_customer_account", "POST-customer-create-customer-account", "POST", "/customer/acme/signup", r#"{"email":"jane@doe.example","password":"s3cret-pw","customerDetails":{},"customerAddress":{"contactName":"Jane"},"signup":{"email":"shop@doe.example","password":"s3cret-pw"}}"#, &[Anonymous]),
    good("generate_anonymous_access_token", "GET-oauth-generate-anonymous-access-token", "GET", "/customerlogin/auth/anonymous/login?tenant=acme&client_id=s3cret-client", "", &[]),
    good("list_addresses", "GET-customer-list-customer-addresses", "GET", "/customer/acme/me/addresses", "", &[Customer]),
    good("log_out_customer", "GET-customer-logout-customer", "GET", "/customer/acme/logout?accessToken=s3cret-query", "", &[Customer]),
    good("refresh_anonymous_access_token", "GET-oauth-refresh-anonymous-access-token", "GET", "/customerlogin/auth/anonymous/refresh?tenant=acme&refresh_token=s3cret-query&client_id=s3cret-client", "", &[]),
    good("refresh_customer_token", "GET-customer-refresh-authtoken", "GET", "/customer/acme/refreshauthtoken?refreshToken=s3cret-query", "", &[Anonymous, Customer]),
    good("remove_address", "DELETE-customer-remove-customer-address-by-id", "DELETE", "/customer/acme/me/addresses/a1", "", &[Customer]),
    good("remove_address_tags", "DELETE-customer-remove-address-tags", "DELETE", "/customer/acme/me/addresses/a1/tags?tags=BILLING", "", &[Customer]),
    good("remove_customer_profile", "DELETE-customer-remove-customer-profile", "DELETE", "/customer/acme/me?token=s3cret-query", "", &[Customer]),
    good("request_password_reset", "POST-customer-request-reset-password", "POST", "/customer/acme/password/reset", r#"{"email":"jane@doe.example"}"#, &[Anonymous]),
    good("resend_opt_in", "POST-customer-refresh-token", "POST", "/customer/acme/signup/optin/refresh_token", r#"{"email":"jane@doe.example"}"#, &[Anonymous]),
    good("reset_password", "POST-customer-reset-password", "POST", "/customer/acme/password/reset/update", r#"{"token":"s3cret-mail","password":"s3cret-new"}"#, &[Anonymous]),
    good("retrieve_address_by_id", "GET-customer-retrieve-address-by-id", "GET", "/customer/acme/me/addresses/a1", "", &[Customer]),
    good("retrieve_customer_profile", "GET-customer-retrieve-customer-profile", "GET", "/customer/acme/me?expand=addresses", "", &[Customer, Anonymous]),
    good("social_login", "POST-customer-login-customer-by-auth0", "POST", "/customer/acme/socialLogin?code=s3cret-query&redirect_uri=https%3A%2F%2Fshop.example", "", &[Anonymous]),
    good("update_address", "PATCH-customer-update-customer-address", "PATCH", "/customer/acme/me/addresses/a1", r#"{"city":"Berlin"}"#, &[Customer]),
    good("update_customer", "PATCH-customer-update-customer", "PATCH", "/customer/acme/me", r#"{"firstName":"Jane"}"#, &[Customer]),
    good("validate_token", "GET-customer-validate-token", "GET", "/customer/acme/validateauthtoken", "", &[Customer]),
];

/// The token that makes a sender.
pub fn token(sender: Sender) -> &'static str {
    match sender {
        Customer => CUSTOMER,
        Anonymous => ANONYMOUS,
        Sender::Nobody => "",
    }
}

impl Good {
    /// The request of an operation.
    pub fn of(name: &str) -> Self {
        *ALL.iter().find(|good| good.name == name).expect("an operation of the contract")
    }

    /// Sends it with header lines of the test's own, and nothing of its own but the media type.
    pub async fn send(&self, server: SocketAddr, headers: &str) -> Answer {
        send(server, self.method, self.target, headers, self.body).await
    }

    /// The header line with the credential that the document names first.
    pub fn authorization(&self) -> String {
        match self.accepts {
            [] => String::new(),
            [first, ..] => authorization(token(*first)),
        }
    }
}

/// The header line with a bearer token.
pub fn authorization(token: &str) -> String {
    format!("Authorization: Bearer {token}")
}

/// Sends a request whose body, where there is one, is JSON.
pub async fn send(server: SocketAddr, method: &str, target: &str, headers: &str, body: &str) -> Answer {
    let media_type = if body.is_empty() { "" } else { "Content-Type: application/json" };
    let lines = [headers, media_type].into_iter().filter(|line| !line.is_empty());
    let head = lines.fold(format!("{method} {target} HTTP/1.1"), |head, line| head + "\n" + line);
    exchange(server, &head, body).await.expect("an answer")
}

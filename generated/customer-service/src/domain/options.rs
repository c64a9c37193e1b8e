//! What can be set for a tenant. The names are those of the configuration file, of the environment and
//! of `PUT /_dev/tenants/{tenant}`.

use std::fmt;

use serde::Deserialize;
use url::Url;

/// The options of a tenant.
#[derive(Clone, Debug, Deserialize)]
#[serde(default, deny_unknown_fields)]
#[expect(clippy::struct_excessive_bools, reason = "each is an option of its own, on or off")]
pub struct TenantOptions {
    /// Whether a new account has to confirm its e-mail.
    pub double_opt_in: bool,
    /// The clients that may ask for anonymous tokens; empty for any.
    pub client_ids: Vec<String>,
    /// The scopes of a customer token, without the tenant's marker.
    pub customer_scopes: Vec<String>,
    /// The page that a password reset links to.
    pub password_reset_url: Option<Url>,
    /// The page that an e-mail change links to.
    pub email_change_url: Option<Url>,
    /// The page that a deletion links to.
    pub deletion_url: Option<Url>,
    /// The page that an activation links to.
    pub activation_url: Option<Url>,
    /// The sender of mails.
    pub mail_from: Option<String>,
    /// Whether a new customer is greeted.
    pub welcome_mail: bool,
    /// The OpenID provider of social login.
    pub identity_provider: Option<OpenIdOptions>,
    /// The redirect URIs that social login takes; empty for any.
    pub redirect_uri_allow_list: Vec<String>,
    /// Whether social login creates no customers.
    pub social_autoprovisioning_disabled: bool,
    /// The key of the SaaS token, at least 32 octets; random at every start by default.
    pub jwt_secret: Option<JwtSecret>,
    /// Whether token responses also have the camelCase members that were announced as removed.
    pub legacy_token_fields: bool,
    /// Whether a refresh token that is used twice ends its session.
    pub refresh_reuse_ends_session: bool,
    /// Seconds that an anonymous access token lives.
    pub anonymous_token_ttl: u32,
    /// Seconds that an anonymous refresh token lives.
    pub anonymous_refresh_ttl: u32,
    /// Seconds that a customer access token lives.
    pub customer_token_ttl: u32,
    /// Seconds from login in which a customer's tokens can be refreshed.
    pub customer_refresh_ttl: u32,
    /// Seconds that an activation token lives.
    pub activation_ttl: u32,
    /// Seconds that a password reset token lives.
    pub password_reset_ttl: u32,
    /// Seconds that an e-mail change token lives.
    pub email_change_ttl: u32,
    /// Seconds that a deletion token lives.
    pub deletion_ttl: u32,
    /// Sessions of a customer, beyond which the oldest ends.
    pub max_sessions: usize,
    /// Addresses of a customer.
    pub max_addresses: usize,
    /// Live anonymous sessions, beyond which the oldest ends.
    pub max_anonymous_sessions: usize,
    /// Failures in a row, within `login_failure_window`, that lock an e-mail out; 0 for never.
    pub max_login_failures: u32,
    /// Seconds in which failures add up.
    pub login_failure_window: u32,
    /// Seconds that an e-mail is locked out.
    pub lockout: u32,
    /// Mails of a kind to an account in an hour.
    pub max_mails_per_hour: u32,
}

/// An OpenID provider.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct OpenIdOptions {
    /// The name that an account's `providerId` gets.
    pub name: String,
    /// The issuer, whose discovery document is at `/.well-known/openid-configuration` below it.
    pub issuer: Url,
    /// The client that the provider knows the tenant as.
    pub client_id: String,
    /// Its secret.
    pub client_secret: Option<ClientSecret>,
}

/// The key of a tenant's SaaS tokens.
#[derive(Clone, Deserialize)]
#[serde(try_from = "String")]
pub struct JwtSecret(zeroize::Zeroizing<String>);

impl JwtSecret {
    /// Its octets.
    pub fn expose(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl TryFrom<String> for JwtSecret {
    type Error = &'static str;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        let text = zeroize::Zeroizing::new(text);
        if text.len() < 32 { Err("`jwt_secret` has less than 32 octets") } else { Ok(Self(text)) }
    }
}

impl fmt::Debug for JwtSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JwtSecret(..)")
    }
}

/// The secret of an OpenID client.
#[derive(Clone, Deserialize)]
#[serde(from = "String")]
pub struct ClientSecret(zeroize::Zeroizing<String>);

impl ClientSecret {
    /// Its text.
    pub fn expose(&self) -> &str {
        &self.0
    }
}

impl From<String> for ClientSecret {
    fn from(text: String) -> Self {
        Self(zeroize::Zeroizing::new(text))
    }
}

impl fmt::Debug for ClientSecret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("ClientSecret(..)")
    }
}

/// What a customer may do unless the tenant says otherwise: what the contract's example lists, and what
/// assigning an account asks for.
const CUSTOMER_SCOPES: [&str; 24] = [
    "approval.approval_read_own",
    "customermanagement.legalentity_read_own",
    "customer.customer_read_own",
    "quote.quote_read_own",
    "returns.returns_read_own",
    "iam.scope_read_own",
    "iam.user_read_own",
    "customersegment.segment_read_own",
    "iam.group_read_own",
    "order.order_readascustomer",
    "coupon.coupon_redeem",
    "customer.customerprofile_edit",
    "quote.quote_manage_own",
    "returns.returns_manage_own",
    "customer.customer_manage_own",
    "approval.approval_manage_own",
    "order.order_updateascustomer",
    "iam.assignment_delete_own",
    "customer.consent_view",
    "customer.customerprofile_view",
    "order.history_view",
    "iam.assignment_create_own",
    "customer.consent_manage",
    "customer.customer_manage",
];

impl Default for TenantOptions {
    fn default() -> Self {
        Self {
            double_opt_in: false,
            client_ids: Vec::new(),
            customer_scopes: CUSTOMER_SCOPES.map(str::to_owned).to_vec(),
            password_reset_url: None,
            email_change_url: None,
            deletion_url: None,
            activation_url: None,
            mail_from: None,
            welcome_mail: false,
            identity_provider: None,
            redirect_uri_allow_list: Vec::new(),
            social_autoprovisioning_disabled: false,
            jwt_secret: None,
            legacy_token_fields: false,
            refresh_reuse_ends_session: false,
            anonymous_token_ttl: 3_599,
            anonymous_refresh_ttl: 86_399,
            customer_token_ttl: 2_591_999,
            customer_refresh_ttl: 86_399,
            activation_ttl: 86_400,
            password_reset_ttl: 3_600,
            email_change_ttl: 86_400,
            deletion_ttl: 3_600,
            max_sessions: 20,
            max_addresses: 100,
            max_anonymous_sessions: 100_000,
            max_login_failures: 10,
            login_failure_window: 900,
            lockout: 300,
            max_mails_per_hour: 5,
        }
    }
}

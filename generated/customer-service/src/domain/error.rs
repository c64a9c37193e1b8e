//! What the operations of the domain fail with.
//!
//! A struct or enum here is one kind of answer; an operation's error lists the kinds that it can give.

use std::fmt;
use std::time::Duration;

use thiserror::Error;

/// The input breaks a rule; nothing has changed.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{message}")]
pub struct Invalid {
    /// What is wrong, for people.
    pub message: String,
    /// Every problem, in the order of the contract's schema.
    pub problems: Vec<Problem>,
}

/// One member or parameter that breaks a rule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    /// Where it is: names of the contract with dots between them, `customerDetails.firstName`.
    pub field: String,
    /// What kind of problem it is.
    pub kind: ProblemKind,
    /// For people; never the value itself.
    pub message: String,
}

/// What kind of problem a member has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProblemKind {
    /// It is not there, or blank.
    MissingValue,
    /// It is not what it has to be.
    InvalidValue,
    /// It is too short, too long, or there are too many.
    InvalidLength,
    /// It is there already.
    DuplicateValue,
}

impl ProblemKind {
    /// The text that clients match.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::MissingValue => "missing_value",
            Self::InvalidValue => "invalid_value",
            Self::InvalidLength => "invalid_length",
            Self::DuplicateValue => "duplicate_value",
        }
    }
}

impl Problem {
    /// A problem of a member or parameter.
    pub fn new(field: impl Into<String>, kind: ProblemKind, message: impl Into<String>) -> Self {
        Self { field: field.into(), kind, message: message.into() }
    }
}

impl Invalid {
    /// Several problems.
    pub fn new(problems: Vec<Problem>) -> Self {
        Self { message: "The request is not valid.".to_owned(), problems }
    }

    /// One problem.
    pub fn field(field: impl Into<String>, kind: ProblemKind, message: impl Into<String>) -> Self {
        Self::new(vec![Problem::new(field, kind, message)])
    }

    /// A mailed token that cannot be redeemed: unknown, used, superseded, expired and foreign ones look
    /// the same.
    pub fn token() -> Self {
        let problem = Problem::new("token", ProblemKind::InvalidValue, "Invalid token.");
        Self { message: "Invalid token.".to_owned(), problems: vec![problem] }
    }

    /// The problems, or nothing if there are none.
    pub fn unless_empty(problems: Vec<Problem>) -> Result<(), Self> {
        if problems.is_empty() { Ok(()) } else { Err(Self::new(problems)) }
    }
}

/// The tenant has no identity provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("Social login is not configured for this tenant.")]
pub struct NoIdentityProvider;

/// A credential is not good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum Unauthenticated {
    /// The bearer token is missing, unknown, revoked, or of another kind or tenant.
    #[error("Invalid access token")]
    AccessToken,
    /// The bearer token was good.
    #[error("Access Token expired")]
    Expired,
    /// The refresh token is unknown, used, expired, or somebody else's.
    #[error("Invalid refresh token")]
    RefreshToken,
    /// E-mail and password fit no account.
    #[error("Invalid credentials")]
    Credentials,
    /// They fit, but the account's e-mail is not confirmed.
    #[error("Account not activated")]
    NotActivated,
    /// The tenant does not know the client.
    #[error("Invalid ApiKey")]
    ApiKey,
    /// The identity provider does not know the code, or vouches for nobody that may log in.
    #[error("Invalid authorization code")]
    AuthorizationCode,
}

impl Unauthenticated {
    /// The code that clients match.
    pub const fn code(self) -> &'static str {
        match self {
            Self::AccessToken => "oauth.v2.InvalidAccessToken",
            Self::Expired => "keymanagement.service.access_token_expired",
            Self::RefreshToken => "keymanagement.service.invalid_refresh_token",
            Self::Credentials => "customer.InvalidCredentials",
            Self::NotActivated => "customer.AccountNotActivated",
            Self::ApiKey => "oauth.v2.InvalidApiKey",
            Self::AuthorizationCode => "customer.InvalidAuthorizationCode",
        }
    }
}

/// The customer has no such address.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("Address {address} of customer {customer} not found.")]
pub struct UnknownAddress {
    /// The address that was asked for.
    pub address: String,
    /// The customer's number.
    pub customer: String,
}

/// What is stored stands against it.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Conflict {
    /// The e-mail is another account's login.
    #[error("Duplicate account '{email}' for tenant '{tenant}'.")]
    Taken {
        /// The e-mail as it was sent.
        email: String,
        /// The tenant.
        tenant: String,
    },
    /// The version is not the one that is stored.
    #[error("Version mismatch: expected {stored}, got {given}.")]
    Version {
        /// The version that is stored.
        stored: i64,
        /// The version that was given.
        given: i64,
    },
}

/// Too many failures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("Too many requests.")]
pub struct Throttled {
    /// After how long it may be tried again.
    pub retry_after: Duration,
}

/// Too much is going on; or the system has no randomness to give.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("The service is overloaded.")]
pub struct Overloaded;

/// The identity provider gives no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
#[error("The identity provider cannot be reached.")]
pub struct ProviderUnreachable;

impl From<getrandom::Error> for Overloaded {
    fn from(_: getrandom::Error) -> Self {
        Self
    }
}

/// An operation's error: one variant a kind, each named as its type.
macro_rules! errors {
    ($($(#[$doc:meta])* $name:ident: $($kind:ident),+;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Error)]
        pub enum $name {
            $(
                #[doc = concat!("[`", stringify!($kind), "`]")]
                #[error(transparent)]
                $kind(#[from] $kind),
            )+
        }
    )*};
}

errors! {
    /// What signing up fails with.
    SignUpError: Invalid, Conflict, Overloaded;
    /// What redeeming an activation token fails with.
    OptInError: Invalid, Overloaded;
    /// What logging in fails with.
    LogInError: Unauthenticated, Throttled, Overloaded;
    /// What anonymous tokens fail with.
    AnonymousError: Unauthenticated, Overloaded;
    /// What social login fails with.
    SocialLogInError: Invalid, NoIdentityProvider, Unauthenticated, ProviderUnreachable, Overloaded;
    /// What refreshing a customer's tokens fails with.
    RefreshError: Invalid, Unauthenticated, Overloaded;
    /// What ending a session fails with.
    LogOutError: Invalid, Unauthenticated;
    /// What changing a password fails with.
    ChangePasswordError: Invalid, Unauthenticated, Throttled, Overloaded;
    /// What redeeming a password reset fails with.
    ResetPasswordError: Invalid, Overloaded;
    /// What asking for another login e-mail fails with.
    ChangeEmailError: Invalid, Unauthenticated, Conflict, Throttled, Overloaded;
    /// What confirming another login e-mail fails with.
    ConfirmEmailError: Invalid, Conflict;
    /// What adding an account fails with.
    AssignAccountError: Unauthenticated, Conflict, Overloaded;
    /// What changing a profile fails with.
    UpdateProfileError: Invalid, Unauthenticated, Conflict, Overloaded;
    /// What asking for the deletion of a profile fails with.
    RequestDeletionError: Unauthenticated, Overloaded;
    /// What deleting a profile fails with.
    DeletionError: Invalid, Unauthenticated;
    /// What adding an address fails with.
    AddAddressError: Invalid, Unauthenticated, Overloaded;
    /// What reading or removing an address fails with.
    AddressError: Unauthenticated, UnknownAddress;
    /// What tagging an address fails with.
    TagError: Invalid, Unauthenticated, UnknownAddress;
    /// What changing an address fails with.
    UpdateAddressError: Invalid, Unauthenticated, UnknownAddress, Conflict;
}

impl fmt::Display for ProblemKind {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(self.as_str())
    }
}

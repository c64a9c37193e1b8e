//! The mails: whom each goes to, what it says, and where it links to.

use std::collections::BTreeMap;

use jiff::Timestamp;
use url::Url;
use uuid::Uuid;

use super::customer::CustomerNumber;
use super::email::Email;
use super::mail::{MailKind, Message};
use super::options::TenantOptions;
use super::secret::Token;
use super::tenant::Tenant;

/// What a mail is made of.
pub(super) enum Letter {
    OptIn { to: Email, customer: CustomerNumber, token: Token },
    PasswordReset { to: Email, token: Token, site: Option<String> },
    EmailChangeRequest { customer: CustomerNumber, email: Email, new_email: Email, token: Token },
    EmailChange { customer: CustomerNumber, email: Email, new_email: Email },
    DeletionRequest { to: Email, customer: CustomerNumber, token: Token },
    PasswordChanged { to: Email },
    Created { to: Email, customer: CustomerNumber },
}

impl Tenant {
    /// Sends mails. It is for callers without the lock: who takes mails over is not ours.
    pub(super) fn send(&self, letters: impl IntoIterator<Item = Letter>) {
        let options = self.options();
        for letter in letters {
            let now = self.now();
            self.shared.mailer.send(letter.compose(&self.name, &options, now));
        }
    }
}

impl Letter {
    fn compose(self, tenant: &str, options: &TenantOptions, now: Timestamp) -> Message {
        let (to, kind) = (self.to().to_owned(), self.kind());
        let token = self.token().cloned();
        let link = token.as_ref().and_then(|token| Some(link(kind.page(options)?, token)));
        let mut variables = self.variables(tenant);
        if let Some(token) = &token {
            variables.insert("token", token.expose().to_owned());
        }
        if let (MailKind::OptIn, Some(link)) = (kind, &link) {
            variables.insert("activateAccountUrl", link.clone());
        }
        Message {
            id: Uuid::new_v4(),
            tenant: tenant.to_owned(),
            from: options.mail_from.clone(),
            to,
            kind,
            created_at: now,
            token,
            link,
            variables,
        }
    }

    fn kind(&self) -> MailKind {
        match self {
            Self::OptIn { .. } => MailKind::OptIn,
            Self::PasswordReset { .. } => MailKind::PasswordReset,
            Self::EmailChangeRequest { .. } => MailKind::EmailChangeRequest,
            Self::EmailChange { .. } => MailKind::EmailChange,
            Self::DeletionRequest { .. } => MailKind::DeletionRequest,
            Self::PasswordChanged { .. } => MailKind::PasswordChanged,
            Self::Created { .. } => MailKind::Created,
        }
    }

    fn to(&self) -> &str {
        match self {
            Self::OptIn { to, .. }
            | Self::PasswordReset { to, .. }
            | Self::EmailChangeRequest { new_email: to, .. }
            | Self::EmailChange { email: to, .. }
            | Self::DeletionRequest { to, .. }
            | Self::PasswordChanged { to }
            | Self::Created { to, .. } => to.as_str(),
        }
    }

    fn token(&self) -> Option<&Token> {
        match self {
            Self::OptIn { token, .. }
            | Self::PasswordReset { token, .. }
            | Self::EmailChangeRequest { token, .. }
            | Self::DeletionRequest { token, .. } => Some(token),
            Self::EmailChange { .. } | Self::PasswordChanged { .. } | Self::Created { .. } => None,
        }
    }

    /// The event's members beside the token and what is made of it.
    fn variables(self, tenant: &str) -> BTreeMap<&'static str, String> {
        match self {
            Self::OptIn { customer, .. } => [("customerNumber", customer.0)].into(),
            Self::PasswordReset { to, site, .. } => {
                let site = site.map(|site| ("site", site));
                [("email", to.to_string())].into_iter().chain(site).collect()
            }
            Self::EmailChangeRequest { customer, email, new_email, .. }
            | Self::EmailChange { customer, email, new_email } => {
                change(tenant, customer, &email, &new_email)
            }
            Self::DeletionRequest { to, customer, .. } | Self::Created { to, customer } => {
                [("customerNumber", customer.0), ("email", to.to_string())].into()
            }
            Self::PasswordChanged { to } => [("email", to.to_string())].into(),
        }
    }
}

fn change(
    tenant: &str,
    customer: CustomerNumber,
    email: &Email,
    new: &Email,
) -> BTreeMap<&'static str, String> {
    [
        ("tenant", tenant.to_owned()),
        ("customerId", customer.0),
        ("email", email.to_string()),
        ("newEmail", new.to_string()),
    ]
    .into()
}

impl MailKind {
    /// The tenant's page on which the token of such a mail is redeemed.
    fn page(self, options: &TenantOptions) -> Option<&Url> {
        match self {
            Self::OptIn => options.activation_url.as_ref(),
            Self::PasswordReset => options.password_reset_url.as_ref(),
            Self::EmailChangeRequest => options.email_change_url.as_ref(),
            Self::DeletionRequest => options.deletion_url.as_ref(),
            Self::EmailChange | Self::PasswordChanged | Self::Created => None,
        }
    }
}

fn link(page: &Url, token: &Token) -> String {
    let mut link = page.clone();
    link.query_pairs_mut().append_pair("token", token.expose());
    link.into()
}

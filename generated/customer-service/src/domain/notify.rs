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
use super::session::AnonymousCaller;
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

impl AnonymousCaller {
    /// Sends the mail that there may be to an e-mail. It takes the caller as long whether there is one or
    /// not.
    pub(super) fn send_later(&self, letter: impl FnOnce(&Self) -> Option<Letter> + Send + 'static) {
        let caller = self.clone();
        let errand = move || caller.tenant.send(letter(&caller));
        self.tenant.shared.mailer.later(Box::new(errand));
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn email(text: &str) -> Email {
        Email::parse(text).unwrap()
    }

    fn customer() -> CustomerNumber {
        CustomerNumber("10000001".to_owned())
    }

    fn token() -> Token {
        Token::new("t-_+&")
    }

    fn letters() -> [Letter; 7] {
        let (to, new_email) = (email("jane@example.com"), email("new@example.com"));
        [
            Letter::OptIn { to: to.clone(), customer: customer(), token: token() },
            Letter::PasswordReset { to: to.clone(), token: token(), site: Some("main".to_owned()) },
            Letter::EmailChangeRequest {
                customer: customer(),
                email: to.clone(),
                new_email: new_email.clone(),
                token: token(),
            },
            Letter::EmailChange { customer: customer(), email: to.clone(), new_email },
            Letter::DeletionRequest { to: to.clone(), customer: customer(), token: token() },
            Letter::PasswordChanged { to: to.clone() },
            Letter::Created { to, customer: customer() },
        ]
    }

    fn composed(options: &TenantOptions) -> Vec<Message> {
        letters().into_iter().map(|letter| letter.compose("acme", options, Timestamp::UNIX_EPOCH)).collect()
    }

    #[test]
    fn every_mail_has_its_receiver_and_variables() {
        let token = ("token", "t-_+&");
        let number = ("customerNumber", "10000001");
        let own = ("email", "jane@example.com");
        let change = [("tenant", "acme"), ("customerId", "10000001"), own, ("newEmail", "new@example.com")];
        let expected: [(&str, &str, Vec<_>); 7] = [
            ("customer.opt-in", "jane@example.com", vec![number, token]),
            ("customer.password-reset", "jane@example.com", vec![own, ("site", "main"), token]),
            ("customer.email-change-request", "new@example.com", [&change[..], &[token]].concat()),
            ("customer.email-change", "jane@example.com", change.to_vec()),
            ("customer.deletion-request", "jane@example.com", vec![number, own, token]),
            ("customer.password-changed", "jane@example.com", vec![own]),
            ("customer.created", "jane@example.com", vec![number, own]),
        ];
        for (message, (kind, to, variables)) in composed(&TenantOptions::default()).iter().zip(expected) {
            let variables: BTreeMap<_, _> =
                variables.into_iter().map(|(name, value)| (name, value.to_owned())).collect();
            assert_eq!((message.kind.as_str(), message.to.as_str()), (kind, to));
            assert_eq!(message.variables, variables, "{kind}");
            assert_eq!(message.token.as_ref().map(Token::expose), variables.get("token").map(String::as_str));
            assert_eq!((&message.link, &message.from), (&None, &None), "{kind}");
        }
    }

    #[test]
    fn a_link_is_the_tenants_page_with_the_token() {
        let page = |path: &str| Url::parse(&format!("https://shop.example/{path}")).ok();
        let options = TenantOptions {
            activation_url: page("activate?lang=en#form"),
            password_reset_url: page("reset"),
            email_change_url: page("email"),
            deletion_url: page("delete"),
            mail_from: Some("shop@example.com".to_owned()),
            ..TenantOptions::default()
        };
        let messages = composed(&options);
        let links: Vec<_> = messages.iter().map(|message| message.link.as_deref()).collect();
        let activation = "https://shop.example/activate?lang=en&token=t-_%2B%26#form";
        let expected = [
            Some(activation),
            Some("https://shop.example/reset?token=t-_%2B%26"),
            Some("https://shop.example/email?token=t-_%2B%26"),
            None,
            Some("https://shop.example/delete?token=t-_%2B%26"),
            None,
            None,
        ];
        assert_eq!(links, expected);
        assert_eq!(messages[0].variables.get("activateAccountUrl").map(String::as_str), Some(activation));
        assert!(messages.iter().all(|message| message.from.as_deref() == Some("shop@example.com")));
    }
}

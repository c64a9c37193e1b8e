//! Logging in whom an identity provider vouches for.

#[cfg(test)]
mod tests;

use jiff::Timestamp;
use url::Url;
use uuid::Uuid;

use super::address_book::AddressBook;
use super::customer::{
    Account, AccountId, AccountState, Customer, Holder, NewProfile, Profile, SocialIdentity,
};
use super::email::Email;
use super::error::{
    Invalid, NoIdentityProvider, Overloaded, Problem, ProblemKind, ProviderUnreachable, SocialLogInError,
    Unauthenticated,
};
use super::identity::{AuthorizationCode, ExchangeError, Identity};
use super::mailed::Purpose;
use super::notify::Letter;
use super::options::TenantOptions;
use super::secret::Token;
use super::session::{AnonymousCaller, LoggedIn, SessionId};
use super::tenant::State;

/// What social login answers with.
#[derive(Clone, Debug)]
pub struct SociallyLoggedIn {
    /// What any login answers with.
    pub login: LoggedIn,
    /// The provider's access token.
    pub social_access: Token,
    /// The provider's ID token.
    pub social_id: Token,
}

/// The query and header of a social login.
#[derive(Clone, Debug)]
pub struct SocialLogIn {
    /// What the client brings back from the provider.
    pub code: AuthorizationCode,
    /// The session that the client says it is in.
    pub session_id: Option<String>,
}

impl AnonymousCaller {
    /// Logs in whom an identity provider vouches for.
    pub async fn log_in_socially(&self, request: SocialLogIn) -> Result<SociallyLoggedIn, SocialLogInError> {
        Invalid::unless_empty(request.problems(self.session, &self.tenant.options()))?;
        let provider = self.tenant.setup().provider.ok_or(NoIdentityProvider)?;
        let identity = provider.exchange(request.code).await.map_err(|error| match error {
            ExchangeError::Refused => SocialLogInError::from(Unauthenticated::AuthorizationCode),
            ExchangeError::Unreachable => ProviderUnreachable.into(),
        })?;
        let (login, welcome) = self.admit(&identity)?;
        self.tenant.send(welcome);
        Ok(SociallyLoggedIn { login, social_access: identity.access_token, social_id: identity.id_token })
    }

    /// Finds the customer of an identity, or makes one, and opens a login.
    fn admit(&self, identity: &Identity) -> Result<(LoggedIn, Option<Letter>), SocialLogInError> {
        let options = self.tenant.options();
        let now = self.tenant.now();
        let mut state = self.tenant.state();
        if let Some(known) = state.customers.by_identity(&identity.provider, &identity.subject).cloned() {
            return Ok((self.open(&mut state, now, &options, &known)?, None));
        }
        let email = identity.email.as_deref().and_then(Email::parse);
        let taken = email.as_ref().filter(|email| state.customers.is_taken(now, email));
        let holder = taken.and_then(|email| state.customers.by_email(email)).cloned();
        match holder {
            // Whoever invents an e-mail at a provider must not get at its customer.
            Some(_) if !identity.email_verified => Err(Unauthenticated::AuthorizationCode.into()),
            Some(holder) if state.customers.is_active(&holder) => {
                Ok((self.link(&mut state, now, &options, &holder, identity)?, None))
            }
            Some(holder) if state.customers.is_only_account(&holder) => {
                Ok(self.adopt(&mut state, now, &options, holder, identity)?)
            }
            // What remains is an account that a customer has added for an e-mail that they never proved to
            // have. Whoever does prove it is somebody else, and takes the e-mail along.
            Some(_) | None if options.social_autoprovisioning_disabled => {
                Err(Unauthenticated::AuthorizationCode.into())
            }
            Some(_) | None => Ok(self.provision(&mut state, now, &options, email, identity)?),
        }
    }

    /// Adds an identity to the customer whose login e-mail the provider has verified.
    fn link(
        &self,
        state: &mut State,
        now: Timestamp,
        options: &TenantOptions,
        holder: &Holder,
        identity: &Identity,
    ) -> Result<LoggedIn, Overloaded> {
        let account = identity.account(state.customers.new_account(), None);
        let linked = Holder { customer: holder.customer.clone(), account: account.id };
        let logged_in = self.open(state, now, options, &linked)?;
        state.customers.add_account(&holder.customer, account);
        Ok(logged_in)
    }

    /// Activates the account of a customer who has not confirmed the e-mail that the provider has verified.
    /// Whoever signed up need not have been the one who has the e-mail, so that they keep no way in: neither
    /// the password, nor the activation token, nor a contact e-mail of theirs that is mailed to.
    fn adopt(
        &self,
        state: &mut State,
        now: Timestamp,
        options: &TenantOptions,
        holder: Holder,
        identity: &Identity,
    ) -> Result<(LoggedIn, Option<Letter>), Overloaded> {
        let logged_in = self.open(state, now, options, &holder)?;
        state.customers.adopt(&holder, identity.social());
        state.mailed.void(|token| token.account == holder.account && token.purpose == Purpose::Activation);
        let email = state.customers.account(&holder).and_then(|account| account.email.clone());
        if let Some(customer) = state.customers.get_mut(&holder.customer) {
            customer.set_profile(Profile { contact_email: email.clone(), ..customer.profile.clone() });
        }
        let to = email.filter(|_| options.welcome_mail);
        Ok((logged_in, to.map(|to| Letter::Created { to, customer: holder.customer })))
    }

    /// Makes a customer of an identity. Only a verified e-mail becomes a login e-mail, which keeps it from
    /// others.
    fn provision(
        &self,
        state: &mut State,
        now: Timestamp,
        options: &TenantOptions,
        email: Option<Email>,
        identity: &Identity,
    ) -> Result<(LoggedIn, Option<Letter>), Overloaded> {
        let number = state.customers.new_number()?;
        let verified = email.clone().filter(|_| identity.email_verified);
        let account = identity.account(state.customers.new_account(), verified.clone());
        let holder = Holder { customer: number.clone(), account: account.id };
        let logged_in = self.open(state, now, options, &holder)?;
        state.customers.insert(Customer {
            number: number.clone(),
            profile: Profile::new(NewProfile {
                first_name: identity.given_name.clone(),
                last_name: identity.family_name.clone(),
                contact_email: email,
                ..NewProfile::default()
            }),
            version: 1,
            accounts: vec![account],
            addresses: AddressBook::default(),
            company: None,
            last_login: Some(now),
        });
        let to = verified.filter(|_| options.welcome_mail);
        Ok((logged_in, to.map(|to| Letter::Created { to, customer: number })))
    }
}

impl Identity {
    /// An account that this identity logs in to.
    fn account(&self, id: AccountId, email: Option<Email>) -> Account {
        Account { id, email, password: None, identity: Some(self.social()), state: AccountState::Active }
    }

    /// What of it an account keeps.
    fn social(&self) -> SocialIdentity {
        SocialIdentity {
            provider: self.provider.clone(),
            subject: self.subject.clone(),
            shown: self.email.as_ref().unwrap_or(&self.subject).clone(),
        }
    }
}

impl SocialLogIn {
    /// All that is wrong with the request, in the order of the contract.
    fn problems(&self, session: SessionId, options: &TenantOptions) -> Vec<Problem> {
        let mut problems = Vec::new();
        let other = |id: &String| Uuid::parse_str(id).ok() != Some(session.0);
        if self.session_id.as_ref().is_some_and(other) {
            let message = "Not the session of the access token.";
            problems.push(Problem::new("session-id", ProblemKind::InvalidValue, message));
        }
        let redirect = &self.code.redirect_uri;
        let listed = &options.redirect_uri_allow_list;
        if !is_web(redirect) || !(listed.is_empty() || listed.contains(redirect)) {
            let message = "Has to be an absolute http or https URI that the tenant allows.";
            problems.push(Problem::new("redirect_uri", ProblemKind::InvalidValue, message));
        }
        problems
    }
}

fn is_web(uri: &str) -> bool {
    Url::parse(uri).is_ok_and(|uri| matches!(uri.scheme(), "http" | "https") && uri.has_host())
}

//! Who calls: from a bearer token to a caller of the domain.

use customer_api::operations::{ANONYMOUS_ACCESS_TOKEN, CUSTOMER_ACCESS_TOKEN};
use customer_api::server::Authenticate;
use specwright_runtime::server::{Authentication, SecurityRequest};
use specwright_runtime::{Rejection, Scheme};

use super::CustomerService;
use super::error::{UnknownTenant, unauthenticated};
use crate::domain::error::Unauthenticated;
use crate::domain::secret::Token;
use crate::domain::session::{AnonymousCaller, Bearer, CustomerCaller};

impl Authenticate for CustomerService {
    type CustomerAccessToken = CustomerCaller;
    type AnonymousAccessToken = AnonymousCaller;

    async fn customer_access_token(
        &self,
        token: Option<&str>,
        request: SecurityRequest<'_>,
    ) -> Authentication<CustomerCaller> {
        match self.caller(token, &request) {
            Ok(Caller::Customer(customer)) if may(&customer, request.scopes()) => {
                Authentication::Principal(customer)
            }
            Ok(Caller::Customer(_)) => Authentication::Reject(Rejection::forbidden()),
            Ok(Caller::Anonymous(_)) => other_kind(&ANONYMOUS_ACCESS_TOKEN, &request),
            Err(rejection) => Authentication::Reject(rejection),
        }
    }

    async fn anonymous_access_token(
        &self,
        token: Option<&str>,
        request: SecurityRequest<'_>,
    ) -> Authentication<AnonymousCaller> {
        match self.caller(token, &request) {
            Ok(Caller::Anonymous(anonymous)) => Authentication::Principal(anonymous),
            Ok(Caller::Customer(_)) => other_kind(&CUSTOMER_ACCESS_TOKEN, &request),
            Err(rejection) => Authentication::Reject(rejection),
        }
    }
}

/// Who has sent a token that is good.
enum Caller {
    Anonymous(AnonymousCaller),
    Customer(CustomerCaller),
}

impl CustomerService {
    /// The tenant goes before the token: what no tenant issued cannot be good.
    fn caller(&self, token: Option<&str>, request: &SecurityRequest<'_>) -> Result<Caller, Rejection> {
        // A name that breaks the contract is the name of no tenant.
        let tenant = request.path("tenant").and_then(|name| self.store.tenant(&name));
        let Some(tenant) = tenant else {
            return Err(Rejection::invalid(Vec::new()).with_extension(UnknownTenant));
        };
        match token.map(|token| tenant.bearer(&Token::new(token))) {
            Some(Bearer::Anonymous(anonymous)) => Ok(Caller::Anonymous(anonymous)),
            Some(Bearer::Customer(customer)) => Ok(Caller::Customer(customer)),
            Some(Bearer::ExpiredAnonymous | Bearer::ExpiredCustomer) => {
                Err(unauthenticated(Unauthenticated::Expired))
            }
            Some(Bearer::Unknown) | None => Err(unauthenticated(Unauthenticated::AccessToken)),
        }
    }
}

/// Whether a customer has one of the scopes, if any is asked for.
fn may(customer: &CustomerCaller, scopes: &[&str]) -> bool {
    scopes.is_empty() || scopes.iter().any(|scope| customer.scopes.iter().any(|held| held == scope))
}

/// The token is of the other kind. Where the operation takes both, the other kind's authenticator
/// answers; else it is forbidden, or, where the contract declares no 403, as good as none.
fn other_kind<P>(scheme: &Scheme, request: &SecurityRequest<'_>) -> Authentication<P> {
    let operation = request.operation();
    let mut taken = operation.security.iter().flat_map(|alternative| alternative.iter());
    if taken.any(|taken| taken.scheme == scheme) {
        Authentication::NotMine
    } else if operation.statuses.contains(&"403") {
        Authentication::Reject(Rejection::forbidden())
    } else {
        Authentication::Reject(unauthenticated(Unauthenticated::AccessToken))
    }
}

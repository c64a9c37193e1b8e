//! An operation without a method is an error.

use customer_api::operations::double_opt_in::{
    ConfirmOptInError, ConfirmOptInRequest, ConfirmOptInResponse, ResendOptInError, ResendOptInRequest,
    ResendOptInResponse,
};
use customer_api::server::{Authenticate, DoubleOptIn};
use specwright_runtime::server::{Authentication, SecurityRequest, Service};
use specwright_runtime::{Failure, Unimplemented};

struct Shop;

pub struct Customer;
pub struct Anonymous;

impl Service for Shop {}

impl Authenticate for Shop {
    type AnonymousAccessToken = Anonymous;
    type CustomerAccessToken = Customer;

    async fn anonymous_access_token(
        &self,
        _: Option<&str>,
        _: SecurityRequest<'_>,
    ) -> Authentication<Anonymous> {
        Authentication::NotMine
    }

    async fn customer_access_token(
        &self,
        _: Option<&str>,
        _: SecurityRequest<'_>,
    ) -> Authentication<Customer> {
        Authentication::NotMine
    }
}

impl DoubleOptIn for Shop {
    async fn confirm_opt_in(
        &self,
        _: Anonymous,
        _: ConfirmOptInRequest,
    ) -> Result<ConfirmOptInResponse, Failure<ConfirmOptInError>> {
        Err(Unimplemented.into())
    }

    async fn resend_opt_in(&self, _: Anonymous, _: ResendOptInRequest) -> Resent { Err(Unimplemented.into()) } //@ compiles
    //@ fails: E0046
}

type Resent = Result<ResendOptInResponse, Failure<ResendOptInError>>;

fn main() {
    let _: Option<(ResendOptInRequest, Resent)> = None;
    let _ = Shop;
}

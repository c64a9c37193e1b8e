//! Double opt-in: confirming the e-mail of a new account.

use customer_api::operations::double_opt_in::{
    ConfirmOptInError, ConfirmOptInRequest, ConfirmOptInResponse, ResendOptInError, ResendOptInRequest,
    ResendOptInResponse,
};
use customer_api::server::DoubleOptIn;
use specwright_runtime::Failure;

use super::{CustomerService, convert};
use crate::domain::session::AnonymousCaller;

impl DoubleOptIn for CustomerService {
    async fn confirm_opt_in(
        &self,
        anonymous: AnonymousCaller,
        request: ConfirmOptInRequest,
    ) -> Result<ConfirmOptInResponse, Failure<ConfirmOptInError>> {
        let login = anonymous.confirm_opt_in(&convert::token(request.token))?;
        Ok(convert::customer_token(login, &anonymous.tenant.options()).into())
    }

    async fn resend_opt_in(
        &self,
        anonymous: AnonymousCaller,
        request: ResendOptInRequest,
    ) -> Result<ResendOptInResponse, Failure<ResendOptInError>> {
        anonymous.resend_opt_in(&convert::email("email", &request.body.email)?);
        Ok(ResendOptInResponse::Accepted)
    }
}

//! Credentials: what a customer logs in with.

use customer_api::operations::credentials::{
    ChangeLoginEmailError, ChangeLoginEmailRequest, ChangeLoginEmailResponse, ChangePasswordError,
    ChangePasswordRequest, ChangePasswordResponse, ConfirmLoginEmailError, ConfirmLoginEmailRequest,
    ConfirmLoginEmailResponse, RequestPasswordResetError, RequestPasswordResetRequest,
    RequestPasswordResetResponse, ResetPasswordError, ResetPasswordRequest, ResetPasswordResponse,
};
use customer_api::server::Credentials;
use specwright_runtime::Failure;

use super::{CustomerService, convert};
use crate::domain::error::Invalid;
use crate::domain::session::{AnonymousCaller, CustomerCaller};

impl Credentials for CustomerService {
    async fn change_login_email(
        &self,
        customer: CustomerCaller,
        request: ChangeLoginEmailRequest,
    ) -> Result<ChangeLoginEmailResponse, Failure<ChangeLoginEmailError>> {
        let change = convert::new_login_email(request.body)?;
        customer.change_login_email(change).await?;
        Ok(ChangeLoginEmailResponse::NoContent)
    }

    async fn change_password(
        &self,
        customer: CustomerCaller,
        request: ChangePasswordRequest,
    ) -> Result<ChangePasswordResponse, Failure<ChangePasswordError>> {
        let current = convert::password(request.body.current_password);
        let new = convert::password(request.body.new_password);
        customer.change_password(current, new).await?;
        Ok(ChangePasswordResponse::NoContent)
    }

    async fn confirm_login_email(
        &self,
        anonymous: AnonymousCaller,
        request: ConfirmLoginEmailRequest,
    ) -> Result<ConfirmLoginEmailResponse, Failure<ConfirmLoginEmailError>> {
        let token = request.body.and_then(|body| body.token).ok_or_else(Invalid::token)?;
        anonymous.confirm_login_email(&convert::token(token))?;
        Ok(ConfirmLoginEmailResponse::NoContent)
    }

    async fn request_password_reset(
        &self,
        anonymous: AnonymousCaller,
        request: RequestPasswordResetRequest,
    ) -> Result<RequestPasswordResetResponse, Failure<RequestPasswordResetError>> {
        let email = convert::email("email", &request.body.email)?;
        anonymous.request_password_reset(&email, request.body.site.value().map(String::as_str));
        Ok(RequestPasswordResetResponse::NoContent)
    }

    async fn reset_password(
        &self,
        anonymous: AnonymousCaller,
        request: ResetPasswordRequest,
    ) -> Result<ResetPasswordResponse, Failure<ResetPasswordError>> {
        let token = convert::token(request.body.token);
        anonymous.reset_password(&token, convert::password(request.body.password)).await?;
        Ok(ResetPasswordResponse::NoContent)
    }
}

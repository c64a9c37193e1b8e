//! Authentication and authorization: tokens, signup, login, logout.

use customer_api::operations::authentication::{
    AuthenticateCustomerError, AuthenticateCustomerRequest, AuthenticateCustomerResponse,
    CreateCustomerAccountError, CreateCustomerAccountRequest, CreateCustomerAccountResponse,
    GenerateAnonymousAccessTokenError, GenerateAnonymousAccessTokenRequest,
    GenerateAnonymousAccessTokenResponse, LogOutCustomerError, LogOutCustomerRequest, LogOutCustomerResponse,
    RefreshAnonymousAccessTokenError, RefreshAnonymousAccessTokenRequest,
    RefreshAnonymousAccessTokenResponse, RefreshCustomerTokenError, RefreshCustomerTokenRequest,
    RefreshCustomerTokenResponse, SocialLoginError, SocialLoginRequest, SocialLoginResponse,
    ValidateTokenError, ValidateTokenRequest, ValidateTokenResponse,
};
use customer_api::server::Authentication;
use customer_api::server::authentication::RefreshCustomerTokenPrincipal as Principal;
use customer_api::types::ResourceLocation;
use specwright_runtime::Failure;

use super::error::UnknownTenant;
use super::{CustomerService, convert};
use crate::domain::error::{Invalid, ProblemKind};
use crate::domain::session::{AnonymousCaller, AnonymousRefresh, CustomerCaller, Refresher};

impl Authentication for CustomerService {
    async fn authenticate_customer(
        &self,
        anonymous: AnonymousCaller,
        request: AuthenticateCustomerRequest,
    ) -> Result<AuthenticateCustomerResponse, Failure<AuthenticateCustomerError>> {
        let login = anonymous.log_in(convert::credentials(request.body)?).await?;
        Ok(convert::customer_token(login, &anonymous.tenant.options()).into())
    }

    async fn create_customer_account(
        &self,
        anonymous: AnonymousCaller,
        request: CreateCustomerAccountRequest,
    ) -> Result<CreateCustomerAccountResponse, Failure<CreateCustomerAccountError>> {
        let number = anonymous.sign_up(convert::sign_up(request.body)?).await?;
        Ok(ResourceLocation::new(number.as_str()).into())
    }

    async fn generate_anonymous_access_token(
        &self,
        request: GenerateAnonymousAccessTokenRequest,
    ) -> Result<GenerateAnonymousAccessTokenResponse, Failure<GenerateAnonymousAccessTokenError>> {
        let tenant = self.store.tenant_or_create(&request.tenant).ok_or(UnknownTenant)?;
        let tokens = tenant.log_in_anonymously(&request.client_id)?;
        Ok(convert::anonymous_token(tokens).into())
    }

    async fn log_out_customer(
        &self,
        customer: CustomerCaller,
        request: LogOutCustomerRequest,
    ) -> Result<LogOutCustomerResponse, Failure<LogOutCustomerError>> {
        customer.log_out(&convert::token(request.access_token))?;
        Ok(LogOutCustomerResponse::NoContent)
    }

    async fn refresh_anonymous_access_token(
        &self,
        request: RefreshAnonymousAccessTokenRequest,
    ) -> Result<RefreshAnonymousAccessTokenResponse, Failure<RefreshAnonymousAccessTokenError>> {
        let tenant = self.store.tenant(&request.tenant).ok_or(UnknownTenant)?;
        let refresh_token = request.refresh_token.and_then(convert::token_unless_blank);
        #[expect(deprecated, reason = "clients still send it")]
        let access_token = request.anonymous_token.and_then(convert::token_unless_blank);
        let refresh = match (&refresh_token, &access_token) {
            (Some(token), _) => AnonymousRefresh::Refresh(token),
            (None, Some(token)) => AnonymousRefresh::Access(token),
            (None, None) => Err(missing_refresh_token())?,
        };
        let tokens = tenant.refresh_anonymously(&request.client_id, refresh)?;
        Ok(convert::anonymous_token(tokens).into())
    }

    async fn refresh_customer_token(
        &self,
        caller: Principal<AnonymousCaller, CustomerCaller>,
        request: RefreshCustomerTokenRequest,
    ) -> Result<RefreshCustomerTokenResponse, Failure<RefreshCustomerTokenError>> {
        let (tenant, caller) = match caller {
            Principal::AnonymousAccessToken(anonymous) => {
                (anonymous.tenant.clone(), Refresher::Anonymous(anonymous))
            }
            Principal::CustomerAccessToken(customer) => {
                (customer.tenant.clone(), Refresher::Customer(customer))
            }
        };
        let refresh = convert::token(request.refresh_token);
        let tokens = caller.refresh(&refresh, request.legal_entity_id.as_deref())?;
        Ok(convert::refreshed_token(&tokens, &tenant.options()).into())
    }

    async fn social_login(
        &self,
        anonymous: AnonymousCaller,
        request: SocialLoginRequest,
    ) -> Result<SocialLoginResponse, Failure<SocialLoginError>> {
        let login = anonymous.log_in_socially(convert::social_login(request)).await?;
        Ok(convert::social_token(login).into())
    }

    async fn validate_token(
        &self,
        customer: CustomerCaller,
        _request: ValidateTokenRequest,
    ) -> Result<ValidateTokenResponse, Failure<ValidateTokenError>> {
        Ok(convert::token_details(customer.token_details()?).into())
    }
}

/// The contract cannot say that one of two parameters is needed.
fn missing_refresh_token() -> Invalid {
    Invalid::field("refresh_token", ProblemKind::MissingValue, "`refresh_token` is required.")
}

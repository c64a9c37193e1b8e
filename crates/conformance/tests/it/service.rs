//! The five traits, every method of which plays what the test prepared.

use customer_api::operations::account::{
    AssignCustomerAccountError, AssignCustomerAccountRequest, AssignCustomerAccountResponse,
    RemoveCustomerProfileError, RemoveCustomerProfileRequest, RemoveCustomerProfileResponse,
    RetrieveCustomerProfileError, RetrieveCustomerProfileRequest, RetrieveCustomerProfileResponse,
    UpdateCustomerError, UpdateCustomerRequest, UpdateCustomerResponse,
};
use customer_api::operations::addresses::{
    AddAddressError, AddAddressRequest, AddAddressResponse, AddAddressTagsError, AddAddressTagsRequest,
    AddAddressTagsResponse, ListAddressesError, ListAddressesRequest, ListAddressesResponse,
    RemoveAddressError, RemoveAddressRequest, RemoveAddressResponse, RemoveAddressTagsError,
    RemoveAddressTagsRequest, RemoveAddressTagsResponse, RetrieveAddressByIdError,
    RetrieveAddressByIdRequest, RetrieveAddressByIdResponse, UpdateAddressError, UpdateAddressRequest,
    UpdateAddressResponse,
};
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
use customer_api::operations::credentials::{
    ChangeLoginEmailError, ChangeLoginEmailRequest, ChangeLoginEmailResponse, ChangePasswordError,
    ChangePasswordRequest, ChangePasswordResponse, ConfirmLoginEmailError, ConfirmLoginEmailRequest,
    ConfirmLoginEmailResponse, RequestPasswordResetError, RequestPasswordResetRequest,
    RequestPasswordResetResponse, ResetPasswordError, ResetPasswordRequest, ResetPasswordResponse,
};
use customer_api::operations::double_opt_in::{
    ConfirmOptInError, ConfirmOptInRequest, ConfirmOptInResponse, ResendOptInError, ResendOptInRequest,
    ResendOptInResponse,
};
use customer_api::server::account::RetrieveCustomerProfilePrincipal;
use customer_api::server::authentication::RefreshCustomerTokenPrincipal;
use customer_api::server::{Account, Addresses, Authentication, Credentials, DoubleOptIn};
use specwright_runtime::Failure;

use crate::stub::{Anonymous, Customer, Stub};

impl Account for Stub {
    async fn assign_customer_account(
        &self,
        _: Customer,
        request: AssignCustomerAccountRequest,
    ) -> Result<AssignCustomerAccountResponse, Failure<AssignCustomerAccountError>> {
        self.play(request)
    }

    async fn remove_customer_profile(
        &self,
        _: Customer,
        request: RemoveCustomerProfileRequest,
    ) -> Result<RemoveCustomerProfileResponse, Failure<RemoveCustomerProfileError>> {
        self.play(request)
    }

    async fn retrieve_customer_profile(
        &self,
        _: RetrieveCustomerProfilePrincipal<Customer, Anonymous>,
        request: RetrieveCustomerProfileRequest,
    ) -> Result<RetrieveCustomerProfileResponse, Failure<RetrieveCustomerProfileError>> {
        self.play(request)
    }

    async fn update_customer(
        &self,
        _: Customer,
        request: UpdateCustomerRequest,
    ) -> Result<UpdateCustomerResponse, Failure<UpdateCustomerError>> {
        self.play(request)
    }
}

impl Addresses for Stub {
    async fn add_address(
        &self,
        _: Customer,
        request: AddAddressRequest,
    ) -> Result<AddAddressResponse, Failure<AddAddressError>> {
        self.play(request)
    }

    async fn add_address_tags(
        &self,
        _: Customer,
        request: AddAddressTagsRequest,
    ) -> Result<AddAddressTagsResponse, Failure<AddAddressTagsError>> {
        self.play(request)
    }

    async fn list_addresses(
        &self,
        _: Customer,
        request: ListAddressesRequest,
    ) -> Result<ListAddressesResponse, Failure<ListAddressesError>> {
        self.play(request)
    }

    async fn remove_address(
        &self,
        _: Customer,
        request: RemoveAddressRequest,
    ) -> Result<RemoveAddressResponse, Failure<RemoveAddressError>> {
        self.play(request)
    }

    async fn remove_address_tags(
        &self,
        _: Customer,
        request: RemoveAddressTagsRequest,
    ) -> Result<RemoveAddressTagsResponse, Failure<RemoveAddressTagsError>> {
        self.play(request)
    }

    async fn retrieve_address_by_id(
        &self,
        _: Customer,
        request: RetrieveAddressByIdRequest,
    ) -> Result<RetrieveAddressByIdResponse, Failure<RetrieveAddressByIdError>> {
        self.play(request)
    }

    async fn update_address(
        &self,
        _: Customer,
        request: UpdateAddressRequest,
    ) -> Result<UpdateAddressResponse, Failure<UpdateAddressError>> {
        self.play(request)
    }
}

impl Authentication for Stub {
    async fn authenticate_customer(
        &self,
        _: Anonymous,
        request: AuthenticateCustomerRequest,
    ) -> Result<AuthenticateCustomerResponse, Failure<AuthenticateCustomerError>> {
        self.play(request)
    }

    async fn create_customer_account(
        &self,
        _: Anonymous,
        request: CreateCustomerAccountRequest,
    ) -> Result<CreateCustomerAccountResponse, Failure<CreateCustomerAccountError>> {
        self.play(request)
    }

    async fn generate_anonymous_access_token(
        &self,
        request: GenerateAnonymousAccessTokenRequest,
    ) -> Result<GenerateAnonymousAccessTokenResponse, Failure<GenerateAnonymousAccessTokenError>> {
        self.play(request)
    }

    async fn log_out_customer(
        &self,
        _: Customer,
        request: LogOutCustomerRequest,
    ) -> Result<LogOutCustomerResponse, Failure<LogOutCustomerError>> {
        self.play(request)
    }

    async fn refresh_anonymous_access_token(
        &self,
        request: RefreshAnonymousAccessTokenRequest,
    ) -> Result<RefreshAnonymousAccessTokenResponse, Failure<RefreshAnonymousAccessTokenError>> {
        self.play(request)
    }

    async fn refresh_customer_token(
        &self,
        _: RefreshCustomerTokenPrincipal<Anonymous, Customer>,
        request: RefreshCustomerTokenRequest,
    ) -> Result<RefreshCustomerTokenResponse, Failure<RefreshCustomerTokenError>> {
        self.play(request)
    }

    async fn social_login(
        &self,
        _: Anonymous,
        request: SocialLoginRequest,
    ) -> Result<SocialLoginResponse, Failure<SocialLoginError>> {
        self.play(request)
    }

    async fn validate_token(
        &self,
        _: Customer,
        request: ValidateTokenRequest,
    ) -> Result<ValidateTokenResponse, Failure<ValidateTokenError>> {
        self.play(request)
    }
}

impl Credentials for Stub {
    async fn change_login_email(
        &self,
        _: Customer,
        request: ChangeLoginEmailRequest,
    ) -> Result<ChangeLoginEmailResponse, Failure<ChangeLoginEmailError>> {
        self.play(request)
    }

    async fn change_password(
        &self,
        _: Customer,
        request: ChangePasswordRequest,
    ) -> Result<ChangePasswordResponse, Failure<ChangePasswordError>> {
        self.play(request)
    }

    async fn confirm_login_email(
        &self,
        _: Anonymous,
        request: ConfirmLoginEmailRequest,
    ) -> Result<ConfirmLoginEmailResponse, Failure<ConfirmLoginEmailError>> {
        self.play(request)
    }

    async fn request_password_reset(
        &self,
        _: Anonymous,
        request: RequestPasswordResetRequest,
    ) -> Result<RequestPasswordResetResponse, Failure<RequestPasswordResetError>> {
        self.play(request)
    }

    async fn reset_password(
        &self,
        _: Anonymous,
        request: ResetPasswordRequest,
    ) -> Result<ResetPasswordResponse, Failure<ResetPasswordError>> {
        self.play(request)
    }
}

impl DoubleOptIn for Stub {
    async fn confirm_opt_in(
        &self,
        _: Anonymous,
        request: ConfirmOptInRequest,
    ) -> Result<ConfirmOptInResponse, Failure<ConfirmOptInError>> {
        self.play(request)
    }

    async fn resend_opt_in(
        &self,
        _: Anonymous,
        request: ResendOptInRequest,
    ) -> Result<ResendOptInResponse, Failure<ResendOptInError>> {
        self.play(request)
    }
}

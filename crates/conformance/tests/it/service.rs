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

use crate::stub::{Anonymous, Customer, Sender, Stub};

impl Account for Stub {
    async fn assign_customer_account(
        &self,
        sender: Customer,
        request: AssignCustomerAccountRequest,
    ) -> Result<AssignCustomerAccountResponse, Failure<AssignCustomerAccountError>> {
        self.play(sender, request)
    }

    async fn remove_customer_profile(
        &self,
        sender: Customer,
        request: RemoveCustomerProfileRequest,
    ) -> Result<RemoveCustomerProfileResponse, Failure<RemoveCustomerProfileError>> {
        self.play(sender, request)
    }

    async fn retrieve_customer_profile(
        &self,
        sender: RetrieveCustomerProfilePrincipal<Customer, Anonymous>,
        request: RetrieveCustomerProfileRequest,
    ) -> Result<RetrieveCustomerProfileResponse, Failure<RetrieveCustomerProfileError>> {
        self.play(sender, request)
    }

    async fn update_customer(
        &self,
        sender: Customer,
        request: UpdateCustomerRequest,
    ) -> Result<UpdateCustomerResponse, Failure<UpdateCustomerError>> {
        self.play(sender, request)
    }
}

impl Addresses for Stub {
    async fn add_address(
        &self,
        sender: Customer,
        request: AddAddressRequest,
    ) -> Result<AddAddressResponse, Failure<AddAddressError>> {
        self.play(sender, request)
    }

    async fn add_address_tags(
        &self,
        sender: Customer,
        request: AddAddressTagsRequest,
    ) -> Result<AddAddressTagsResponse, Failure<AddAddressTagsError>> {
        self.play(sender, request)
    }

    async fn list_addresses(
        &self,
        sender: Customer,
        request: ListAddressesRequest,
    ) -> Result<ListAddressesResponse, Failure<ListAddressesError>> {
        self.play(sender, request)
    }

    async fn remove_address(
        &self,
        sender: Customer,
        request: RemoveAddressRequest,
    ) -> Result<RemoveAddressResponse, Failure<RemoveAddressError>> {
        self.play(sender, request)
    }

    async fn remove_address_tags(
        &self,
        sender: Customer,
        request: RemoveAddressTagsRequest,
    ) -> Result<RemoveAddressTagsResponse, Failure<RemoveAddressTagsError>> {
        self.play(sender, request)
    }

    async fn retrieve_address_by_id(
        &self,
        sender: Customer,
        request: RetrieveAddressByIdRequest,
    ) -> Result<RetrieveAddressByIdResponse, Failure<RetrieveAddressByIdError>> {
        self.play(sender, request)
    }

    async fn update_address(
        &self,
        sender: Customer,
        request: UpdateAddressRequest,
    ) -> Result<UpdateAddressResponse, Failure<UpdateAddressError>> {
        self.play(sender, request)
    }
}

impl Authentication for Stub {
    async fn authenticate_customer(
        &self,
        sender: Anonymous,
        request: AuthenticateCustomerRequest,
    ) -> Result<AuthenticateCustomerResponse, Failure<AuthenticateCustomerError>> {
        self.play(sender, request)
    }

    async fn create_customer_account(
        &self,
        sender: Anonymous,
        request: CreateCustomerAccountRequest,
    ) -> Result<CreateCustomerAccountResponse, Failure<CreateCustomerAccountError>> {
        self.play(sender, request)
    }

    async fn generate_anonymous_access_token(
        &self,
        request: GenerateAnonymousAccessTokenRequest,
    ) -> Result<GenerateAnonymousAccessTokenResponse, Failure<GenerateAnonymousAccessTokenError>> {
        self.play(Sender::Nobody, request)
    }

    async fn log_out_customer(
        &self,
        sender: Customer,
        request: LogOutCustomerRequest,
    ) -> Result<LogOutCustomerResponse, Failure<LogOutCustomerError>> {
        self.play(sender, request)
    }

    async fn refresh_anonymous_access_token(
        &self,
        request: RefreshAnonymousAccessTokenRequest,
    ) -> Result<RefreshAnonymousAccessTokenResponse, Failure<RefreshAnonymousAccessTokenError>> {
        self.play(Sender::Nobody, request)
    }

    async fn refresh_customer_token(
        &self,
        sender: RefreshCustomerTokenPrincipal<Anonymous, Customer>,
        request: RefreshCustomerTokenRequest,
    ) -> Result<RefreshCustomerTokenResponse, Failure<RefreshCustomerTokenError>> {
        self.play(sender, request)
    }

    async fn social_login(
        &self,
        sender: Anonymous,
        request: SocialLoginRequest,
    ) -> Result<SocialLoginResponse, Failure<SocialLoginError>> {
        self.play(sender, request)
    }

    async fn validate_token(
        &self,
        sender: Customer,
        request: ValidateTokenRequest,
    ) -> Result<ValidateTokenResponse, Failure<ValidateTokenError>> {
        self.play(sender, request)
    }
}

impl Credentials for Stub {
    async fn change_login_email(
        &self,
        sender: Customer,
        request: ChangeLoginEmailRequest,
    ) -> Result<ChangeLoginEmailResponse, Failure<ChangeLoginEmailError>> {
        self.play(sender, request)
    }

    async fn change_password(
        &self,
        sender: Customer,
        request: ChangePasswordRequest,
    ) -> Result<ChangePasswordResponse, Failure<ChangePasswordError>> {
        self.play(sender, request)
    }

    async fn confirm_login_email(
        &self,
        sender: Anonymous,
        request: ConfirmLoginEmailRequest,
    ) -> Result<ConfirmLoginEmailResponse, Failure<ConfirmLoginEmailError>> {
        self.play(sender, request)
    }

    async fn request_password_reset(
        &self,
        sender: Anonymous,
        request: RequestPasswordResetRequest,
    ) -> Result<RequestPasswordResetResponse, Failure<RequestPasswordResetError>> {
        self.play(sender, request)
    }

    async fn reset_password(
        &self,
        sender: Anonymous,
        request: ResetPasswordRequest,
    ) -> Result<ResetPasswordResponse, Failure<ResetPasswordError>> {
        self.play(sender, request)
    }
}

impl DoubleOptIn for Stub {
    async fn confirm_opt_in(
        &self,
        sender: Anonymous,
        request: ConfirmOptInRequest,
    ) -> Result<ConfirmOptInResponse, Failure<ConfirmOptInError>> {
        self.play(sender, request)
    }

    async fn resend_opt_in(
        &self,
        sender: Anonymous,
        request: ResendOptInRequest,
    ) -> Result<ResendOptInResponse, Failure<ResendOptInError>> {
        self.play(sender, request)
    }
}

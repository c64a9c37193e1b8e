//! The client's groups: each method, and the trait that stands for it, sends what [`Client::call`] sends,
//! which the other modules hold against hand-written text.

use customer_api::Client;
use customer_api::client::{Account, Addresses, Authentication, Credentials, DoubleOptIn};
use customer_api::operations::account::{
    AssignCustomerAccountRequest, RemoveCustomerProfileRequest, RetrieveCustomerProfileRequest,
    UpdateCustomerRequest,
};
use customer_api::operations::addresses::{
    AddAddressRequest, AddAddressTagsRequest, ListAddressesRequest, RemoveAddressRequest,
    RemoveAddressTagsRequest, RetrieveAddressByIdRequest, UpdateAddressRequest,
};
use customer_api::operations::authentication::{
    AuthenticateCustomerRequest, CreateCustomerAccountRequest, GenerateAnonymousAccessTokenRequest,
    LogOutCustomerRequest, RefreshAnonymousAccessTokenRequest, RefreshCustomerTokenRequest,
    SocialLoginRequest, ValidateTokenRequest,
};
use customer_api::operations::credentials::{
    ChangeLoginEmailRequest, ChangePasswordRequest, ConfirmLoginEmailRequest, RequestPasswordResetRequest,
    ResetPasswordRequest,
};
use customer_api::operations::double_opt_in::{ConfirmOptInRequest, ResendOptInRequest};
use customer_api::types::{
    AddressCreateDto, AddressPatch, ChangeEmailRequestDto, CustomerSignup, PasswordAuthentication,
    PasswordChangeDto, PasswordResetRequestDto, PasswordUpdate, RefreshToken, UpdateEmail,
};
use specwright_conformance::Recorder;

use crate::case::client;

/// What goes over the wire while `call` runs. The answer is one that no operation declares.
async fn sent(call: impl AsyncFnOnce(Client)) -> String {
    let recorder = Recorder::start("299").await.expect("a free port");
    call(client(recorder.base_url())).await;
    recorder.request().await.expect("a request")
}

macro_rules! same {
    ($group:ident, $trait:ident, $method:ident($($argument:expr),*), $request:expr) => {
        let request = $request;
        let called = sent(async |client| drop(client.call(request.clone()).await)).await;
        let method = sent(async |client| drop(client.$group().$method($($argument),*).await)).await;
        assert_eq!(method, called);
        let by_trait = sent(async |client| drop($trait::$method(&client.$group(), request).await)).await;
        assert_eq!(by_trait, called);
    };
}

#[tokio::test]
async fn account() {
    let body = PasswordAuthentication::new("jane@example.com", "Qurt-1859");
    same!(
        account,
        Account,
        assign_customer_account("acme", &body),
        AssignCustomerAccountRequest::new("acme", body.clone())
    );
    same!(account, Account, remove_customer_profile("acme"), RemoveCustomerProfileRequest::new("acme"));
    same!(account, Account, retrieve_customer_profile("acme"), RetrieveCustomerProfileRequest::new("acme"));
    same!(account, Account, update_customer("acme"), UpdateCustomerRequest::new("acme"));
}

#[tokio::test]
async fn addresses() {
    let (new, patch) = (AddressCreateDto::new("Jane"), AddressPatch::default().with_contact_name("Jane"));
    same!(addresses, Addresses, add_address("acme", &new), AddAddressRequest::new("acme", new.clone()));
    same!(
        addresses,
        Addresses,
        add_address_tags("acme", "b05c", "HOME"),
        AddAddressTagsRequest::new("acme", "b05c", "HOME")
    );
    same!(addresses, Addresses, list_addresses("acme"), ListAddressesRequest::new("acme"));
    same!(addresses, Addresses, remove_address("acme", "b05c"), RemoveAddressRequest::new("acme", "b05c"));
    same!(
        addresses,
        Addresses,
        remove_address_tags("acme", "b05c", "HOME"),
        RemoveAddressTagsRequest::new("acme", "b05c", "HOME")
    );
    same!(
        addresses,
        Addresses,
        retrieve_address_by_id("acme", "b05c"),
        RetrieveAddressByIdRequest::new("acme", "b05c")
    );
    same!(
        addresses,
        Addresses,
        update_address("acme", "b05c", &patch),
        UpdateAddressRequest::new("acme", "b05c").with_body(patch.clone())
    );
}

#[tokio::test]
async fn authentication() {
    let login = PasswordAuthentication::new("jane@example.com", "Qurt-1859");
    let signup = CustomerSignup::new("jane@example.com", "Qurt-1859");
    same!(
        authentication,
        Authentication,
        authenticate_customer("acme", &login),
        AuthenticateCustomerRequest::new("acme", login.clone())
    );
    same!(
        authentication,
        Authentication,
        create_customer_account("acme", &signup),
        CreateCustomerAccountRequest::new("acme", signup.clone())
    );
    same!(
        authentication,
        Authentication,
        generate_anonymous_access_token("acme", "shop"),
        GenerateAnonymousAccessTokenRequest::new("acme", "shop")
    );
    same!(
        authentication,
        Authentication,
        log_out_customer("acme", "tqO"),
        LogOutCustomerRequest::new("acme", "tqO")
    );
    same!(
        authentication,
        Authentication,
        refresh_anonymous_access_token("acme", "shop"),
        RefreshAnonymousAccessTokenRequest::new("acme", "shop")
    );
    same!(
        authentication,
        Authentication,
        refresh_customer_token("acme", "uVX"),
        RefreshCustomerTokenRequest::new("acme", "uVX")
    );
    same!(
        authentication,
        Authentication,
        social_login("acme", "c0de", "https://shop.example/"),
        SocialLoginRequest::new("acme", "c0de", "https://shop.example/")
    );
    same!(authentication, Authentication, validate_token("acme"), ValidateTokenRequest::new("acme"));
}

#[tokio::test]
async fn credentials() {
    let email = ChangeEmailRequestDto::new("jane@example.com", "x", "doe@example.com");
    let password = PasswordChangeDto::new("old", "Qurt-1859");
    let token = UpdateEmail::default().with_token("9f4c");
    let wish = PasswordResetRequestDto::new("jane@example.com");
    let reset = PasswordUpdate::new("9f4c", "Qurt-1859");
    same!(
        credentials,
        Credentials,
        change_login_email("acme", &email),
        ChangeLoginEmailRequest::new("acme", email.clone())
    );
    same!(
        credentials,
        Credentials,
        change_password("acme", &password),
        ChangePasswordRequest::new("acme", password.clone())
    );
    same!(
        credentials,
        Credentials,
        confirm_login_email("acme", &token),
        ConfirmLoginEmailRequest::new("acme").with_body(token.clone())
    );
    same!(
        credentials,
        Credentials,
        request_password_reset("acme", &wish),
        RequestPasswordResetRequest::new("acme", wish.clone())
    );
    same!(
        credentials,
        Credentials,
        reset_password("acme", &reset),
        ResetPasswordRequest::new("acme", reset.clone())
    );
}

#[tokio::test]
async fn double_opt_in() {
    let body = RefreshToken::new("jane@example.com");
    same!(
        double_opt_in,
        DoubleOptIn,
        confirm_opt_in("acme", "9f4c"),
        ConfirmOptInRequest::new("acme", "9f4c")
    );
    same!(
        double_opt_in,
        DoubleOptIn,
        resend_opt_in("acme", &body),
        ResendOptInRequest::new("acme", body.clone())
    );
}

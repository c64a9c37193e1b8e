//! Not even in process is an operation reached without who sent the request.

use customer_api::operations::authentication::{GenerateAnonymousAccessTokenRequest, ValidateTokenRequest};
use customer_api::server::{Api, Authentication};

async fn call<S: Api>(service: &S, customer: S::CustomerAccessToken) {
    let _ = service.validate_token(customer, ValidateTokenRequest::new("acme")).await; //@ compiles
    let _ = service.validate_token(ValidateTokenRequest::new("acme")).await; //@ fails: E0061
    let request = GenerateAnonymousAccessTokenRequest::new("acme", "storefront");
    let _ = service.generate_anonymous_access_token(request).await;
}

fn main() {}

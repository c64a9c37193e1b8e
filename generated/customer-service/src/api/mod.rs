//! The generated traits, one file a tag, over [`crate::domain`].
//!
//! A method is called when tenant, token and request are what the contract asks for; what is not is
//! rendered by `reject`. It says the request in the domain's terms (`convert`), calls the domain, and
//! says the result in the contract's. `?` makes an error the response that the contract declares
//! for it ([`error`]), and does not compile where it declares none.

pub mod error;

mod account;
mod addresses;
mod authentication;
mod convert;
mod credentials;
mod double_opt_in;
mod expand;
mod reject;
mod security;

use specwright_runtime::server::{Response, Service};
use specwright_runtime::{Parameter, Rejection};

use crate::domain::store::Store;

/// The service: every operation of the contract.
#[derive(Clone)]
pub struct CustomerService {
    store: Store,
}

impl CustomerService {
    /// Over a store.
    pub fn new(store: Store) -> Self {
        Self { store }
    }
}

impl Service for CustomerService {
    fn reject(&self, rejection: &Rejection) -> Response {
        reject::response(rejection)
    }

    fn body_limit(&self) -> usize {
        64 * 1024
    }

    fn nesting_limit(&self) -> usize {
        32
    }

    fn ignores_trailing_slash(&self) -> bool {
        true
    }

    fn separator(&self, parameter: &'static Parameter) -> Option<&'static str> {
        (parameter.name == "tags").then_some(",")
    }
}

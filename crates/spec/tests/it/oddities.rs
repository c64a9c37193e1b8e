//! The answer to each entry of the catalogue of oddities: one test an entry, named after its number.
//!
//! A test states what the contract holds, or what is said. The letters are the catalogue's sections.

mod a_names;
mod b_paths;
mod c_parameters;
mod d_bodies;
mod e_responses;
mod f_schemas;
mod g_examples;
mod h_texts;
mod i_security;
mod j_servers;
mod k_notation;
mod l_excerpts;
mod m_placements;

use std::sync::LazyLock;

use crate::lowering::{Outcome, customer_service, excerpt};

/// The Customer Service as it is, lowered once.
static SERVICE: LazyLock<Outcome> = LazyLock::new(customer_service);

/// The seven excerpts, by operationId.
static EXCERPTS: LazyLock<Vec<(&'static str, Outcome)>> = LazyLock::new(|| {
    let names = [
        "GET-customer-signup-customer-optin",
        "POST-customer-refresh-token",
        "POST-customer-change-customer-login-email",
        "POST-customer-confirm-customer-login-email",
        "POST-customer-request-reset-password",
        "POST-customer-reset-password",
        "POST-customer-change-account-password",
    ];
    names.into_iter().map(|name| (name, excerpt(name))).collect()
});

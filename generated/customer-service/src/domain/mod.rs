//! Customers, sessions, mailed tokens, addresses and companies: what the service keeps and the rules
//! that hold among them. Nothing here knows of HTTP.
//!
//! [`store::Store`] holds tenants, a [`tenant::Tenant`] all that is a tenant's. What can be done is a
//! method of who does it: [`session::AnonymousCaller`] or [`session::CustomerCaller`].

pub mod clock;
pub mod email;
pub mod error;
pub mod identity;
pub mod mail;
pub mod options;
pub mod password;
pub mod secret;

pub mod address;
pub mod anonymous;
pub mod credentials;
pub mod customer;
pub mod login;
pub mod session;

pub mod store;
pub mod tenant;

mod address_book;
mod company;
mod customers;
mod deletion;
mod login_email;
mod mailed;
mod merge;
mod notify;
mod opt_in;
mod profile;
mod proof;
mod saas;
mod sign_up;
mod social;
mod tags;
mod throttle;

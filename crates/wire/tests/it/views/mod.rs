//! `spec/views.yaml`: what is sent and what comes back of one schema.

mod conversions;
mod received;
mod sent;
mod shop;

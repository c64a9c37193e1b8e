//! `spec/events.yaml`: webhooks and callbacks, received and sent.

mod receiving;
mod sending;
mod urls;

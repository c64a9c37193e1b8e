//! A domain error converts with `?` into the operations that declare its response, and into no others.

use customer_api::operations::account::UpdateCustomerError;
use customer_api::operations::addresses::AddAddressError;
use customer_api::responses::Conflict;
use customer_api::types::ErrorMessage;
use specwright_runtime::{Answers, Failure};

struct VersionMismatch;

impl Answers for VersionMismatch {
    type Response = Conflict;

    fn answer(self) -> Conflict {
        Conflict::new(ErrorMessage::new(409, "version_mismatch", "Version mismatch."))
    }
}

fn update(stored: Result<(), VersionMismatch>) -> Result<(), Failure<UpdateCustomerError>> { //@ compiles
fn update(stored: Result<(), VersionMismatch>) -> Result<(), Failure<AddAddressError>> { //@ fails: E0277
    Ok(stored?)
}

fn main() {
    let _: fn(_) -> _ = update;
    let _: Option<(AddAddressError, UpdateCustomerError)> = None;
}

//! An operation has no variant for an error that it does not declare.

use customer_api::operations::addresses::ListAddressesError;
use customer_api::responses::Forbidden;
use customer_api::types::ErrorMessage;

fn main() {
    let body = ErrorMessage::new(403, "forbidden", "No.");
    let _ = ListAddressesError::Forbidden(Forbidden::new(body)); //@ compiles
    let _ = ListAddressesError::Conflict(Forbidden::new(body)); //@ fails: E0599
}

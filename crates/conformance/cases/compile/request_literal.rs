//! An operation may get more parameters: its request is made by `new`, not by a literal.

use customer_api::operations::addresses::ListAddressesRequest;

fn main() {
    let _ = ListAddressesRequest::new("acme"); //@ compiles
    let _ = ListAddressesRequest { tenant: "acme".to_owned() }; //@ fails: E0639
}

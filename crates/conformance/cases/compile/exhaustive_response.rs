//! A server's responses are all there are: a match needs no other arm.

use customer_api::operations::account::RemoveCustomerProfileResponse;

fn status(response: &RemoveCustomerProfileResponse) -> u16 {
    match response {
        RemoveCustomerProfileResponse::Accepted => 202,
        RemoveCustomerProfileResponse::NoContent => 204, //@ compiles
        //@ fails: E0004
    }
}

fn main() {
    let _: fn(&RemoveCustomerProfileResponse) -> u16 = status;
}

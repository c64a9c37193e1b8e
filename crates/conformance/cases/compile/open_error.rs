//! An operation may get more errors: a match needs an arm for them.

use customer_api::operations::authentication::ValidateTokenError;

fn name(error: &ValidateTokenError) -> &str {
    match error {
        ValidateTokenError::BadRequest(_) => "400",
        ValidateTokenError::Unauthorized(_) => "401",
        ValidateTokenError::TooManyRequests(_) => "429",
        _ => "something new", //@ compiles
        //@ fails: E0004
    }
}

fn main() {
    let _: fn(&ValidateTokenError) -> &str = name;
}

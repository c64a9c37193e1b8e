//! What a client receives may grow: a match needs an arm for what is not known yet.

use customer_api::types::BusinessModel;

fn name(model: &BusinessModel) -> &str {
    match model {
        BusinessModel::B2b => "a company",
        BusinessModel::B2c => "a person",
        BusinessModel::Unknown(name) => name,
        _ => "something new", //@ compiles
        //@ fails: E0004
    }
}

fn main() {
    let _: fn(&BusinessModel) -> &str = name;
}

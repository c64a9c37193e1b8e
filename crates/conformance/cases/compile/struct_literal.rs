//! A schema may get more members: its struct is made by `new`, not by a literal.

use customer_api::types::ResourceLocation;

fn main() {
    let _ = ResourceLocation::new("a1"); //@ compiles
    let _ = ResourceLocation { id: "a1".to_owned() }; //@ fails: E0639
}

//! Names of our own beside names of the contract.

use proc_macro2::Ident;
use specwright_rust_emit::ident;

/// A name for something of ours where names of the contract stand too: theirs stay, ours yields.
pub fn free(name: &str, taken: &[&str]) -> Ident {
    let mut name = name.to_owned();
    while taken.contains(&name.as_str()) {
        name.push('_');
    }
    ident(&name)
}

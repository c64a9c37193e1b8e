//! The `specwright` command.
fn main() {}

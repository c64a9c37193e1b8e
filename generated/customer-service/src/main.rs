//! The Customer Service.

use std::process::ExitCode;

fn main() -> ExitCode {
    customer_service::host::run()
}

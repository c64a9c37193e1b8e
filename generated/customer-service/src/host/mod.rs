//! What is around the operations: options, the listener, layers, and the routes that are not the
//! contract's.

use std::process::ExitCode;

mod app;
mod dev;
mod docs;
mod error;
mod greeting;
mod health;
mod layers;
mod log;
mod metrics;
mod openapi;
mod options;
mod serve;
mod sweeper;

pub use app::App;
pub use error::StartError;
pub use options::{LogFormat, Options, OptionsError, TenantTable};

/// The whole program: 0 when it was told to end, 1 when it cannot start, 2 when its options do not hold.
pub fn run() -> ExitCode {
    let options = match Options::read() {
        Ok(options) => options,
        Err(OptionsError::CommandLine(error)) => {
            // Help and version come this way too, with 0. Where there is nobody to read it, nothing is lost.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
        Err(error) => {
            eprintln!("error: {error}");
            return ExitCode::from(2);
        }
    };
    log::start(options.log_format, &options.log_filter);
    match started(options) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("error: {error}");
            ExitCode::FAILURE
        }
    }
}

fn started(options: Options) -> Result<(), StartError> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    let runtime = runtime.map_err(|error| StartError::Runtime(error.kind()))?;
    let ended = runtime.block_on(serve::serve(options));
    // A password that is still being hashed for nobody holds nothing up.
    runtime.shutdown_background();
    ended
}

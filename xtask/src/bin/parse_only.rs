//! Parses a YAML file with `serde_yaml` and does nothing else: what generating is compared with.

use std::process::ExitCode;

fn main() -> ExitCode {
    let Some(path) = std::env::args_os().nth(1) else {
        eprintln!("usage: parse_only FILE");
        return ExitCode::from(2);
    };
    let parsed = std::fs::read_to_string(path)
        .map_err(|error| error.to_string())
        .and_then(|text| serde_yaml::from_str::<serde_yaml::Value>(&text).map_err(|error| error.to_string()));
    match parsed {
        Ok(value) => {
            std::hint::black_box(value);
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("parse_only: {error}");
            ExitCode::FAILURE
        }
    }
}

//! Every combination of features compiles without a word.

use specwright_conformance::check_package;

/// What no combination may have the compiler say.
fn says_nothing(package: &str, features: &[&str]) {
    let features = features.join(",");
    let reports = check_package(package, &["--no-default-features", "--features", &features]);
    let said: Vec<String> = reports.expect("cargo runs").into_values().map(|report| report.text).collect();
    assert!(said.is_empty(), "{package} with `{features}`:\n{}", said.concat());
}

fn every_combination(package: &str) {
    for features in [[].as_slice(), &["server"], &["client"], &["server", "client"]] {
        says_nothing(package, features);
    }
}

#[test]
fn customer_api() {
    every_combination("customer-api");
}

#[test]
fn media_types() {
    every_combination("media-types");
}

#[test]
fn naming_obstacles() {
    every_combination("naming-obstacles");
}

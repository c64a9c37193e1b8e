//! `spec/parameters.yaml`: the specification's table of styles, and what it leaves open.

mod desk;
mod heads;
mod paths;
mod queries;

use std::fmt::Debug;

use parameters::Client;
use parameters::types::{Colors, Rgb};
use specwright_conformance::{Recorder, exchange};
use specwright_runtime::client::{Error, Request};

use desk::Desk;

/// `{"R":100,"G":200,"B":150}`
fn rgb() -> Rgb {
    Rgb::default().with_r(100).with_g(200).with_b(150)
}

/// `["blue","black","brown"]`
fn colors() -> Colors {
    ["blue", "black", "brown"].map(str::to_owned).to_vec()
}

/// A request line, and header lines behind it.
fn head(target: &str) -> String {
    let (target, headers) = target.split_once('\n').unwrap_or((target, ""));
    format!("GET {target} HTTP/1.1\n{headers}").trim().to_owned()
}

/// The text arrives as the value.
async fn is_read<R: Debug + PartialEq + 'static>(target: &str, request: &R) {
    let desk = Desk::default();
    let answer = exchange(desk.start().await, &head(target), "").await.expect("an answer");
    assert_eq!(answer.status, 204, "{target}: {}", answer.body);
    assert_eq!(desk.seen().as_ref(), Some(request), "{target}");
}

/// The text arrives as the value, and the value leaves as the text.
async fn is_written<R>(target: &str, request: R)
where
    R: Request + Clone + Debug + PartialEq + Send + 'static,
    R::Output: Send + Debug,
    R::Error: Send + Debug,
{
    is_read(target, &request).await;
    let recorder = Recorder::start("204").await.expect("a free port");
    let client = Client::builder().base_url(recorder.base_url()).build().expect("a legal base URL");
    client.call(request).await.expect("an answer");
    let sent = recorder.request().await.expect("a request");
    let mut lines: Vec<&str> = sent.lines().filter(|line| *line != "accept: */*").collect();
    lines[1..].sort_unstable();
    let wanted = head(target);
    let mut wanted: Vec<&str> = wanted.lines().collect();
    wanted[1..].sort_unstable();
    assert_eq!(lines, wanted, "{target}");
}

/// What a request is refused for: each violation as its location, name and constraint.
async fn refused(target: &str) -> String {
    let desk = Desk::default();
    let answer = exchange(desk.start().await, &head(target), "").await.expect("an answer");
    assert_eq!(answer.status, 400, "{target}: {}", answer.body);
    assert!(desk.is_untouched(), "no handler ran");
    let problem: serde_json::Value = serde_json::from_str(&answer.body).expect("JSON");
    let violations = problem["violations"].as_array().into_iter().flatten();
    let text = |found: &serde_json::Value, key: &str| found[key].as_str().unwrap_or_default().to_owned();
    violations
        .map(|found| {
            format!("{} {} {}", text(found, "location"), text(found, "name"), text(found, "constraint"))
        })
        .collect::<Vec<_>>()
        .join("; ")
}

/// What the client refuses to send.
async fn unsent<R>(request: R) -> String
where
    R: Request + Send,
    R::Output: Send + Debug,
    R::Error: Send + Debug,
{
    let client = Client::builder().base_url("http://127.0.0.1:1").build().expect("a legal base URL");
    match client.call(request).await {
        Err(Error::InvalidRequest { violations, .. }) => violations
            .iter()
            .map(|found| format!("{} {} {}", found.location.as_str(), found.name, found.constraint.as_str()))
            .collect::<Vec<_>>()
            .join("; "),
        other => panic!("it was sent: {other:?}"),
    }
}

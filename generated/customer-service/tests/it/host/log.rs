//! What the log says of requests, and what it does not.

use serde_json::Value;

use super::{Running, client, command};

/// The lines of the log that are about answers.
fn answers(running: Running) -> Vec<Value> {
    running.tell("-TERM");
    let output = running.ended();
    let log = String::from_utf8(output.stderr).expect("UTF-8");
    let lines =
        log.lines().map(|line| serde_json::from_str(line).unwrap_or_else(|_| panic!("not JSON: {line}")));
    lines.filter(|line: &Value| line["message"] == "answered").collect()
}

async fn request_id(running: &Running, ids: &[&str]) -> String {
    let mut request = client().get(running.url("/healthz?hush=1"));
    for id in ids {
        request = request.header("x-request-id", *id);
    }
    let answer = request.send().await.expect("an answer");
    answer.headers()["x-request-id"].to_str().expect("text").to_owned()
}

#[cfg(unix)]
#[tokio::test]
async fn a_line_names_the_route_and_the_request() {
    let running = Running::dev(&["--log-format", "json", "--log-filter", "trace"]);
    assert_eq!(request_id(&running, &["Order-1.2_3"]).await, "Order-1.2_3");
    let path = "/customer/hushtenant/signup/optin/hushtoken?hush=1";
    let answer =
        client().get(running.url(path)).bearer_auth("hush").header("x-request-id", "abc").send().await;
    assert_eq!(answer.expect("an answer").status(), 400);
    assert_eq!(running.get("/hush").await.status(), 404);
    let method = reqwest::Method::from_bytes(b"HUSH").expect("a method");
    let answer = client().request(method, running.url("/docs")).send().await.expect("an answer");
    assert_eq!(answer.status(), 405);

    let lines = answers(running);
    let seen: Vec<[&str; 2]> =
        lines.iter().map(|line| ["method", "route"].map(|member| line[member].as_str().unwrap())).collect();
    assert_eq!(
        seen,
        [
            ["GET", "/healthz"],
            ["GET", "/customer/{tenant}/signup/optin/{token}"],
            ["GET", "-"],
            ["other", "/docs"]
        ]
    );
    assert_eq!(
        lines.iter().map(|line| line["status"].as_u64()).collect::<Vec<_>>(),
        [200, 400, 404, 405].map(Some)
    );
    assert_eq!((&lines[0]["span"]["id"], &lines[1]["span"]["id"]), (&"Order-1.2_3".into(), &"abc".into()));
    for line in lines {
        assert!(line["milliseconds"].is_number() && line["span"]["id"].is_string(), "{line}");
        assert!(!line.to_string().contains("hush"), "{line}");
    }
}

#[tokio::test]
async fn an_id_that_is_not_short_and_plain_is_replaced() {
    let running = Running::dev(&[]);
    let (long, short) = ("a".repeat(65), "a".repeat(64));
    assert_eq!(request_id(&running, &[&short]).await, short);
    for ids in [&[][..], &[""], &["a b"], &["a\"b"], &["ä"], &[&long], &["a", "b"]] {
        let made = request_id(&running, ids).await;
        assert!(uuid::Uuid::parse_str(&made).is_ok(), "{ids:?}: {made}");
        assert_ne!(made, request_id(&running, ids).await);
    }
}

#[cfg(unix)]
#[test]
fn where_mails_reach_nobody_a_warning_says_so() {
    let warning = "mails reach nobody";
    let folder = tempfile::tempdir().expect("a folder");
    let folder = folder.path().to_str().expect("UTF-8");
    for (arguments, expected) in [
        (&["--log-filter", "warn"][..], true),
        (&["--log-filter", "error"], false),
        (&["--outbox-dir", folder], false),
        (&["--dev"], false),
    ] {
        let running = Running::of(&mut command(arguments));
        running.tell("-TERM");
        let log = String::from_utf8(running.ended().stderr).expect("UTF-8");
        assert_eq!(log.contains(warning), expected, "{arguments:?}: {log}");
    }
}

//! How it ends.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;

use super::{Running, rest};

/// A request that goes on until the rest of its body comes, and that its handler has begun.
fn slow(running: &Running) -> TcpStream {
    let mut stream = running.connect(
        "PUT /_dev/tenants/acme HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n",
    );
    let mut octets = [0; 25];
    stream.read_exact(&mut octets).expect("the body is asked for");
    assert_eq!(str::from_utf8(&octets), Ok("HTTP/1.1 100 Continue\r\n\r\n"));
    stream
}

/// A connection that may be asked more.
fn idle(running: &Running) -> TcpStream {
    let mut stream = running.connect("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");
    let (mut answer, mut octets) = (String::new(), [0; 1024]);
    while !answer.ends_with("ok\n") {
        let read = stream.read(&mut octets).expect("an answer");
        answer.push_str(str::from_utf8(&octets[..read]).expect("UTF-8"));
    }
    stream
}

/// Waits until it takes no more connections.
fn until_closed(running: &Running) {
    while TcpStream::connect(running.address).is_ok() {}
}

#[cfg(unix)]
#[test]
fn what_is_under_way_is_answered_before_the_end() {
    for signal in ["-TERM", "-INT"] {
        let running = Running::dev(&[]);
        let mut under_way = slow(&running);
        let idle = idle(&running);
        running.tell(signal);
        until_closed(&running);
        assert_eq!(rest(&idle), "");
        under_way.write_all(b"{}").expect("it reads");
        let answer = rest(&under_way);
        assert!(answer.starts_with("HTTP/1.1 201 "), "{answer}");
        let output = running.ended();
        assert_eq!(output.status.code(), Some(0), "{output:?}");
    }
}

#[cfg(unix)]
#[test]
fn the_end_comes_when_the_time_for_it_is_over() {
    let running = Running::dev(&["--drain-timeout", "1"]);
    let under_way = slow(&running);
    running.tell("-TERM");
    let output = running.ended();
    assert_eq!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("requests are left unanswered"));
    drop(under_way);
}

#[cfg(unix)]
#[test]
fn told_twice_it_waits_no_longer() {
    let running = Running::dev(&["--drain-timeout", "600"]);
    let under_way = slow(&running);
    running.tell("-TERM");
    until_closed(&running);
    running.tell("-INT");
    let output = running.ended();
    assert_eq!(output.status.code(), Some(0));
    drop(under_way);
}

#[cfg(unix)]
#[tokio::test]
async fn mails_are_written_before_the_end() {
    let folder = tempfile::tempdir().expect("a folder");
    let running = Running::dev(&["--outbox-dir", folder.path().to_str().expect("UTF-8")]);
    let options = r#"{"double_opt_in": true}"#;
    let tenant = super::client().put(running.url("/_dev/tenants/acme")).body(options).send().await.unwrap();
    assert_eq!(tenant.status(), 201);
    let login = running.text("/customerlogin/auth/anonymous/login?tenant=acme&client_id=a").await;
    let login: serde_json::Value = serde_json::from_str(&login).expect("JSON");
    for number in 0..20 {
        let body =
            serde_json::json!({"email": format!("ann{number}@example.com"), "password": "correct horse"});
        let signup = super::client().post(running.url("/customer/acme/signup")).json(&body);
        let answer =
            signup.bearer_auth(login["access_token"].as_str().expect("a token")).send().await.unwrap();
        assert_eq!(answer.status(), 201);
    }
    running.tell("-TERM");
    assert_eq!(running.ended().status.code(), Some(0));
    let files = std::fs::read_dir(folder.path()).expect("a folder").count();
    assert_eq!(files, 20);
}

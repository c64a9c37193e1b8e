//! What is printed at the start, and that it is true.

use std::process::{Command, Stdio};

use serde_json::Value;

use super::{Running, client, command};

/// The commands that are printed.
fn commands(running: &Running) -> Vec<&str> {
    running.printed.lines().filter(|line| line.contains("curl ")).collect()
}

#[tokio::test]
async fn the_first_lines_are_where_to_go() {
    let running = Running::dev(&[]);
    let lines: Vec<&str> = running.printed.lines().take(2).collect();
    assert_eq!(lines, [running.url(""), running.url("/docs")]);
    assert_ne!(running.address.port(), 0);
    for line in lines {
        assert_ne!(client().get(line).send().await.unwrap().status(), 500, "{line}");
    }
    assert_eq!(running.get("/docs").await.status(), 200);
}

/// What stands between quotes of this kind after a mark.
fn quoted<'a>(command: &'a str, mark: &str, quote: char) -> Option<&'a str> {
    let (_, rest) = command.split_once(mark)?;
    rest.trim_start().strip_prefix(quote)?.split(quote).next()
}

/// Does what a command would.
async fn done(command: &str, token: &str) -> Value {
    let start = command.find("http://").expect("a URL");
    let url = command[start..].split(['\'', ' ']).next().expect("a URL");
    let body = quoted(command, " -d", '\'');
    let mut request = if body.is_some() { client().post(url) } else { client().get(url) };
    for header in [quoted(command, " -H", '"'), quoted(command, "$TOKEN\" -H", '\'')].into_iter().flatten() {
        let (name, value) = header.split_once(": ").expect("a header");
        request = request.header(name, value.replace("$TOKEN", token));
    }
    let answer = request.body(body.unwrap_or_default().to_owned()).send().await.expect("an answer");
    assert!(answer.status().is_success(), "{} for {command}", answer.status());
    answer.json().await.expect("JSON")
}

#[tokio::test]
async fn the_printed_commands_ask_for_what_they_say() {
    for (arguments, third) in [
        (&["--dev", "--password-hashing=cheap"][..], "access_token"),
        (&["--tenant", "shop"], "access_token"),
    ] {
        let running = Running::start(arguments);
        let commands = commands(&running);
        assert_eq!(commands.len(), 3, "{commands:?}");
        let login = done(commands[0], "").await;
        let token = login["access_token"].as_str().expect("a token");
        assert!(done(commands[1], token).await["id"].is_string());
        assert!(done(commands[2], token).await[third].is_string());
    }
}

#[tokio::test]
async fn where_an_account_has_to_be_confirmed_no_login_is_shown() {
    let variable = "CUSTOMER_SERVICE_TENANT_DEFAULTS__DOUBLE_OPT_IN";
    let running = Running::of(command(&["--dev", "--password-hashing=cheap"]).env(variable, "true"));
    let commands = commands(&running);
    let login = done(commands[0], "").await;
    let token = login["access_token"].as_str().expect("a token");
    assert!(done(commands[1], token).await["id"].is_string());
    assert_eq!(done(commands[2], token).await["firstName"], "Anonymous");
}

#[test]
fn the_printed_commands_work_in_a_shell() {
    let has_curl = Command::new("curl").arg("--version").stdout(Stdio::null()).status().is_ok();
    if !has_curl {
        // What they ask for is tried by the tests above.
        return;
    }
    let running = Running::dev(&[]);
    let script = format!("set -e\n{}", commands(&running).join("\n"));
    let output = Command::new("sh").args(["-c", &script]).env("no_proxy", "*").output().expect("a shell");
    let text = String::from_utf8_lossy(&output.stdout);
    assert!(output.status.success(), "{output:?}");
    assert!(text.starts_with(r#"{"id":""#) && text.contains(r#""saas_token":""#), "{text}");
}

#[test]
fn without_a_tenant_nothing_is_promised() {
    assert_eq!(commands(&Running::start(&[])), [""; 0]);
}

#[test]
fn an_address_that_is_taken_is_told_in_a_line() {
    let running = Running::dev(&[]);
    let address = running.address.to_string();
    let output = command(&["--listen", &address]).output().expect("it can be run");
    let text = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(1), "{text}");
    let errors: Vec<&str> = text.lines().filter(|line| line.starts_with("error: ")).collect();
    let expected =
        format!("error: cannot listen on {address}: address in use; choose another address with --listen");
    assert!(errors.len() == 1 && errors[0].starts_with(&expected), "{text}");
    assert!(output.stdout.is_empty());
}

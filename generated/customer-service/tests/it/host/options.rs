//! Where options come from, which wins, and what is refused.

use std::fs;
use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use super::{Running, command};

/// A file with this text, for as long as the folder is there.
fn file(text: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("service.toml");
    fs::write(&path, text).expect("it can be written");
    (folder, path)
}

/// What it says on standard error before it ends with this code.
fn refusal(arguments: &[&str], variables: &[(&str, &str)], code: i32) -> String {
    let mut command = command(arguments);
    let output = command.envs(variables.iter().copied()).output().expect("it can be run");
    let text = String::from_utf8(output.stderr).expect("UTF-8");
    assert_eq!(output.status.code(), Some(code), "{arguments:?}: {text}");
    assert!(output.stdout.is_empty(), "{arguments:?}");
    text
}

/// The names that an error says would have been known.
fn known(text: &str) -> Vec<&str> {
    let (_, names) = text.split_once("expected one of ").expect("a list of names");
    names.split('`').skip(1).step_by(2).collect()
}

#[test]
fn help_explains_every_option() {
    let output = command(&["--help"]).output().expect("it can be run");
    assert_eq!(output.status.code(), Some(0));
    let help = String::from_utf8(output.stdout).expect("UTF-8");
    let (_folder, path) = file("unheard = 1");
    let refused = refusal(&["--config", path.to_str().expect("UTF-8")], &[], 2);
    let flags = known(&refused);
    assert!(flags.contains(&"listen"), "{flags:?}");
    for name in flags.into_iter().chain(["config"]) {
        assert!(help.contains(&format!("--{}", name.replace('_', "-"))), "{name}");
        assert!(help.contains(&format!("[env: CUSTOMER_SERVICE_{}", name.to_uppercase())), "{name}");
    }
    let (_folder, path) = file("[tenants.acme]\nunheard = 1");
    let refused = refusal(&["--config", path.to_str().expect("UTF-8")], &[], 2);
    let options = known(&refused);
    assert!(options.contains(&"double_opt_in") && options.contains(&"max_mails_per_hour"), "{options:?}");
    for name in options {
        assert!(help.contains(&format!("\n  {name} ")), "{name}");
    }
}

async fn server(running: &Running) -> String {
    let document: Value = running.get("/openapi.json").await.json().await.expect("JSON");
    document["servers"][0]["url"].as_str().expect("a URL").to_owned()
}

#[tokio::test]
async fn the_command_line_wins_over_the_environment_and_that_over_the_file() {
    let (_folder, path) = file("public_url = 'https://file.example'");
    let config = ["--config", path.to_str().expect("UTF-8")];
    let variable = ("CUSTOMER_SERVICE_PUBLIC_URL", "https://variable.example");
    let argument = ["--public-url", "https://argument.example"];

    assert_eq!(server(&Running::of(&mut command(&config))).await, "https://file.example");
    let running = Running::of(command(&config).env(variable.0, variable.1));
    assert_eq!(server(&running).await, "https://variable.example");
    let running = Running::of(command(&[config, argument].concat()).env(variable.0, variable.1));
    assert_eq!(server(&running).await, "https://argument.example");
    let running = Running::of(command(&[]).env("CUSTOMER_SERVICE_CONFIG", &path));
    assert_eq!(server(&running).await, "https://file.example");
    let running = Running::start(&[]);
    assert_eq!(server(&running).await, running.url(""));
}

/// Seconds that an anonymous token of a tenant lives, or the status that there is none with.
async fn lifetime(running: &Running, tenant: &str, client: &str) -> i64 {
    let path = format!("/customerlogin/auth/anonymous/login?tenant={tenant}&client_id={client}");
    let answer = running.get(&path).await;
    let status = answer.status().as_u16();
    let body: Value = answer.json().await.expect("JSON");
    body["expires_in"].as_i64().unwrap_or_else(|| i64::from(status))
}

#[tokio::test]
async fn a_tenant_has_its_own_options_over_those_for_all() {
    let (_folder, path) = file(
        "tenant = ['plain']\n\
         [tenant_defaults]\nanonymous_token_ttl = 1000\nclient_ids = ['shop', '12345']\n\
         [tenants.acme]\nclient_ids = []\n\
         [tenants.beta]\nanonymous_token_ttl = 2000\n\
         [tenants.beta.identity_provider]\nname = 'a'\nissuer = 'https://a.example'\nclient_id = 'b'\n",
    );
    let running = Running::of(command(&["--config", path.to_str().expect("UTF-8")]).envs([
        ("CUSTOMER_SERVICE_TENANTS__BETA__ANONYMOUS_TOKEN_TTL", "3000"),
        ("CUSTOMER_SERVICE_TENANTS__BETA__IDENTITY_PROVIDER__CLIENT_SECRET", "hush"),
        ("CUSTOMER_SERVICE_TENANTS__GAMMA__JWT_SECRET", "01234567890123456789012345678901"),
        ("CUSTOMER_SERVICE_TENANTS__GAMMA__CLIENT_IDS", "gamma, delta"),
        // A cluster sets these for a service of this name.
        ("CUSTOMER_SERVICE_PORT", "tcp://10.0.0.1:80"),
        ("CUSTOMER_SERVICE_SERVICE_HOST", "10.0.0.1"),
    ]));
    for (tenant, client, expected) in [
        ("plain", "shop", 1000),
        ("plain", "12345", 1000),
        ("plain", "other", 401),
        ("acme", "other", 1000),
        ("beta", "shop", 3000),
        ("gamma", "delta", 1000),
        ("gamma", "shop", 401),
        ("omega", "shop", 400),
    ] {
        assert_eq!(lifetime(&running, tenant, client).await, expected, "{tenant} {client}");
    }
}

#[tokio::test]
async fn tenants_come_to_be_on_the_way_only_where_they_may() {
    for (arguments, expected) in [
        (&["--dev"][..], 3599),
        (&["--dev", "--auto-tenants", "false"], 400),
        (&[], 400),
        (&["--auto-tenants", "true"], 3599),
    ] {
        assert_eq!(lifetime(&Running::start(arguments), "acme", "a").await, expected, "{arguments:?}");
    }
}

#[test]
fn what_does_not_hold_is_refused_in_a_line_that_says_why() {
    for (arguments, expected) in [
        (
            &["--dev", "--listen", "0.0.0.0:0"][..],
            "error: --dev opens hooks that anybody who reaches 0.0.0.0:0",
        ),
        (
            &["--dev=false", "--password-hashing", "cheap"],
            "error: --password-hashing cheap protects no password",
        ),
        (&["--tenant", "A"], "error: `A` cannot be a tenant's name"),
        (&["--tenant", "toolongforatenant"], "error: `toolongforatenant` cannot be"),
        (&["--cors-origin", "https://a.example/path"], "error: --cors-origin takes an origin"),
        (&["--public-url", "ftp://a.example"], "error: --public-url takes an origin"),
        (&["--log-filter", "a=b=c"], "error: --log-filter takes a level"),
        (&["--config", "/nowhere/service.toml"], "error: cannot read the options in /nowhere/service.toml"),
    ] {
        let text = refusal(arguments, &[], 2);
        assert!(text.starts_with(expected) && text.lines().count() == 1, "{text}");
    }
    for arguments in [&["--listen", "nowhere"][..], &["--unheard"], &["--rate-limit", "-1"]] {
        assert!(refusal(arguments, &[], 2).starts_with("error: "), "{arguments:?}");
    }
}

#[test]
fn a_mistake_in_a_file_is_told_with_its_key_and_without_its_value() {
    for (text, expected) in [
        ("listen = 'secret'", "`listen`: "),
        ("listne = 'secret'", "unknown field `listne`, expected one of "),
        ("\n\nlisten 'secret'", "line 3: "),
        ("[tenants.acme]\ndouble_opt_on = 1", "`tenants.acme`: unknown field `double_opt_on`"),
        (
            "[tenants.acme]\ndouble_opt_in = 'secret'",
            "`tenants.acme`: `double_opt_in`: the value is not a boolean",
        ),
        ("[tenant_defaults]\njwt_secret = 'secret'", "`jwt_secret` has less than 32 octets"),
        ("[tenant_defaults]\njwt_secret = 5", "`tenant_defaults`: `jwt_secret`: the value is not a string"),
        ("[tenant_defaults]\nactivation_url = 'secret'", "`tenant_defaults`: `activation_url`: "),
        (
            "[tenant_defaults.identity_provider]\nname = 'secret'",
            "`identity_provider`: missing field `issuer`",
        ),
        ("tenants = 'secret'", "`tenants`: the value is not a map"),
        ("[tenants]\nacme = 'secret'", "`tenants.acme`: the value is not a map"),
    ] {
        let (_folder, path) = file(text);
        let path = path.to_str().expect("UTF-8");
        let refused = refusal(&["--config", path], &[], 2);
        assert!(refused.starts_with(&format!("error: {path}: ")), "{refused}");
        assert!(refused.contains(expected) && refused.lines().count() == 1, "{expected}\n{refused}");
        assert!(!refused.contains("secret'") && !refused.contains("\"secret"), "{refused}");
    }
}

#[test]
fn a_mistake_in_a_variable_is_told_with_its_name_and_without_its_value() {
    for (name, value, expected) in [
        ("CUSTOMER_SERVICE_TENANTS__ACME__DOUBLE_OPT_ON", "hush", "unknown field `double_opt_on`"),
        (
            "CUSTOMER_SERVICE_TENANTS__ACME__DOUBLE_OPT_IN",
            "hush",
            "`double_opt_in`: the value is not a boolean",
        ),
        ("CUSTOMER_SERVICE_TENANT_DEFAULTS__JWT_SECRET", "hush", "`jwt_secret` has less than 32 octets"),
        ("CUSTOMER_SERVICE_TENANTS__ACME", "hush", "it takes a tenant and an option"),
    ] {
        let refused = refusal(&[], &[(name, value)], 2);
        assert!(refused.starts_with(&format!("error: the variable {name}: ")), "{refused}");
        assert!(refused.contains(expected) && !refused.contains("hush"), "{refused}");
    }
    let mistyped = [("CUSTOMER_SERVICE_TENANTS__A__DOUBLE_OPT_IN", "true")];
    assert!(refusal(&[], &mistyped, 2).starts_with("error: `a` cannot be a tenant's name"));
}

#[test]
fn what_cannot_be_delivered_to_is_told_before_anything_starts() {
    let refused = refusal(&["--listen", "127.0.0.1:0", "--smtp-url", "imap://me:hush@mail.example"], &[], 1);
    assert!(refused.contains("error: cannot deliver mails: ") && !refused.contains("hush"), "{refused}");
    let refused = refusal(&["--listen", "127.0.0.1:0", "--outbox-dir", "/dev/null/mails"], &[], 1);
    assert!(refused.contains("error: cannot write mails to /dev/null/mails: "), "{refused}");
}

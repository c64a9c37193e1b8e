//! The service as a process of its own, with the hooks that `--dev` opens.

use std::io::{BufRead, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};

use customer_api::client::Client;
use reqwest::Method;
use serde_json::{Value, json};

use crate::answer::Answer;
use crate::ask::Ask;
use crate::people::{Session, Visitor};

/// The e-mail of the customer that most tests are about.
pub const JANE: &str = "jane@example.com";
/// Her password.
pub const PASSWORD: &str = "s3cret-pw";
/// The client that all tests are.
pub const CLIENT: &str = "storefront";

/// A service that is running, with the tenants `acme` and `optin`. It ends with the test.
pub struct Service {
    process: Child,
    url: String,
    log: Arc<Mutex<String>>,
    logging: Option<JoinHandle<()>>,
    pub http: reqwest::Client,
    client: Client,
}

impl Service {
    /// Starts the service for development.
    pub async fn start() -> Self {
        let service = Self::spawn(&["--dev", "--password-hashing", "cheap"], "info");
        service.put_tenant("acme", json!({})).await;
        service.put_tenant("optin", json!({"double_opt_in": true})).await;
        service
    }

    /// Starts the service, and waits until it has said where it listens.
    pub fn spawn(arguments: &[&str], log_level: &str) -> Self {
        Self::spawn_with(arguments, log_level, &[])
    }

    /// The same with variables in its environment.
    pub fn spawn_with(arguments: &[&str], log_level: &str, variables: &[(&str, &str)]) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_customer-service"))
            .args(["--listen", "127.0.0.1:0"])
            .args(arguments)
            .env("RUST_LOG", log_level)
            .envs(variables.iter().copied())
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the service starts");
        let log = Arc::new(Mutex::new(String::new()));
        let lines = BufReader::new(process.stderr.take().expect("a pipe")).lines();
        let kept = Arc::clone(&log);
        let logging = thread::spawn(move || {
            for line in lines.map_while(Result::ok) {
                let mut log = kept.lock().expect("nobody panics with it");
                log.push_str(&line);
                log.push('\n');
            }
        });
        let mut output = BufReader::new(process.stdout.take().expect("a pipe"));
        let url = first_url(&mut output).unwrap_or_else(|| {
            let status = process.wait().expect("it has ended");
            panic!("no URL, {status}: {}", log.lock().expect("nobody panics with it"))
        });
        thread::spawn(move || output.read_to_end(&mut Vec::new()));
        let http = reqwest::Client::builder().no_proxy().build().expect("a client");
        let client = Client::builder().base_url(&url).http(http.clone()).build().expect("a client");
        Self { process, url, log, logging: Some(logging), http, client }
    }

    /// Creates a tenant, or sets all of its options.
    pub async fn put_tenant(&self, tenant: &str, options: Value) {
        let answer = self.put(&format!("/_dev/tenants/{tenant}")).json(&options).send().await;
        assert!([200, 201, 204].contains(&answer.status), "{answer:?}");
    }

    /// The generated client, without a credential.
    pub fn client(&self) -> &Client {
        &self.client
    }

    /// Its origin.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// What the service has logged until now.
    pub fn log(&self) -> String {
        self.log.lock().expect("nobody panics with it").clone()
    }

    /// Ends the service as a process manager would, and gives all that it has logged.
    pub fn finish(mut self) -> String {
        let pid = self.process.id().to_string();
        let told = Command::new("kill").args(["-TERM", &pid]).status().expect("kill runs");
        assert!(told.success());
        let status = self.process.wait().expect("it ends");
        assert!(status.success(), "{status}");
        self.logging.take().expect("it was not waited for").join().expect("it ends with the process");
        self.log()
    }

    /// A request that need not keep the contract.
    pub fn ask(&self, method: Method, path: &str) -> Ask {
        Ask::new(self.http.clone(), method, &format!("{}{path}", self.url))
    }

    /// `GET`
    pub fn get(&self, path: &str) -> Ask {
        self.ask(Method::GET, path)
    }

    /// `POST`
    pub fn post(&self, path: &str) -> Ask {
        self.ask(Method::POST, path)
    }

    /// `PUT`
    pub fn put(&self, path: &str) -> Ask {
        self.ask(Method::PUT, path)
    }

    /// `PATCH`
    pub fn patch(&self, path: &str) -> Ask {
        self.ask(Method::PATCH, path)
    }

    /// `DELETE`
    pub fn delete(&self, path: &str) -> Ask {
        self.ask(Method::DELETE, path)
    }

    /// Sends octets that no HTTP library would, a head without its `Host` and `Connection`.
    pub fn exchange(&self, head: &str, body: &[u8]) -> Answer {
        let address = self.url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).expect("it listens");
        let head = head.trim().replace('\n', "\r\n");
        let head = format!("{head}\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(&[head.as_bytes(), body].concat()).expect("it reads");
        let mut octets = Vec::new();
        stream.read_to_end(&mut octets).expect("it answers");
        Answer::parse(&String::from_utf8(octets).expect("UTF-8"))
    }

    /// Opens an anonymous session.
    pub async fn anonymous(&self, tenant: &str) -> Visitor<'_> {
        Visitor::arrive(self, tenant).await
    }

    /// Signs a customer up and logs them in, in a tenant without double opt-in.
    pub async fn customer(&self, tenant: &str, email: &str) -> Session<'_> {
        let visitor = self.anonymous(tenant).await;
        visitor.sign_up(email, PASSWORD).await;
        visitor.enter(email, PASSWORD).await
    }

    /// Mails, newest first, when all are there. The parameters are `tenant`, `to` and `kind`.
    pub async fn outbox(&self, parameters: &[(&str, &str)]) -> Vec<Value> {
        let ask =
            parameters.iter().fold(self.get("/_dev/outbox"), |ask, (name, value)| ask.query(name, value));
        let answer = ask.send().await;
        let messages = answer.of(200).json()["messages"].clone();
        messages.as_array().unwrap_or_else(|| panic!("no messages: {answer:?}")).clone()
    }

    /// The token of the newest mail of a kind to an address.
    pub async fn mailed_token(&self, tenant: &str, to: &str, kind: &str) -> String {
        let mails = self.outbox(&[("tenant", tenant), ("to", to), ("kind", kind)]).await;
        let newest = mails.first().unwrap_or_else(|| panic!("no {kind} to {to}"));
        let token = newest["token"].as_str().unwrap_or_else(|| panic!("no token in {newest}"));
        assert_eq!(token.len(), 64, "48 octets in base64url");
        token.to_owned()
    }

    /// Moves the clock ahead.
    pub async fn advance(&self, seconds: u32) {
        let answer = self.post("/_dev/clock/advance").json(&json!({"seconds": seconds})).send().await;
        assert!(answer.status < 300, "{answer:?}");
    }

    /// What a dev provider's user brings back: a code.
    pub async fn authorize(&self, tenant: &str, user: &Value) -> String {
        let answer = self.post(&format!("/_dev/tenants/{tenant}/idp/authorize")).json(user).send().await;
        assert!(answer.status < 300, "{answer:?}");
        answer.json()["code"].as_str().expect("a code").to_owned()
    }
}

impl Drop for Service {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        if thread::panicking() {
            eprintln!("--- log of the service\n{}", self.log());
        }
    }
}

/// The scheme, address and port of the first URL that is printed.
fn first_url(output: &mut impl BufRead) -> Option<String> {
    let mut line = String::new();
    while output.read_line(&mut line).is_ok_and(|read| read > 0) {
        if let Some(start) = line.find("http://") {
            let address = &line[start + "http://".len()..];
            let end = address.find(|c: char| c == '/' || c.is_whitespace()).unwrap_or(address.len());
            return Some(format!("http://{}", &address[..end]));
        }
        line.clear();
    }
    None
}

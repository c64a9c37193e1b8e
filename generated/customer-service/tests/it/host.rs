//! What is around the operations: how the service starts, what it takes, and how it ends.

mod docs;
mod ending;
mod hooks;
mod limits;
mod log;
mod options;
mod start;

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::process::{Child, Command, Output, Stdio};

/// The service with these arguments and no variables of its own.
fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_customer-service"));
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CUSTOMER_SERVICE_") || name == "RUST_LOG") {
            command.env_remove(name);
        }
    }
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

/// A service that is running; it ends with the test.
struct Running {
    process: Option<Child>,
    /// What it has printed: a URL a line, then commands.
    printed: String,
    address: SocketAddr,
}

impl Running {
    /// On a free port, for development.
    fn dev(arguments: &[&str]) -> Self {
        Self::of(&mut command(&[&["--dev", "--password-hashing", "cheap"], arguments].concat()))
    }

    /// On a free port.
    fn start(arguments: &[&str]) -> Self {
        Self::of(&mut command(arguments))
    }

    fn of(command: &mut Command) -> Self {
        let mut process = command.args(["--listen", "127.0.0.1:0"]).spawn().expect("it can be run");
        let mut printed = String::new();
        let stdout = process.stdout.as_mut().expect("a pipe");
        let mut octets = [0; 4096];
        // It prints all at once, and a line more than these only with a tenant to show.
        while !printed.contains("/docs\n") {
            let read = stdout.read(&mut octets).expect("a pipe");
            if read == 0 {
                let output = process.wait_with_output().expect("it ends");
                panic!("it does not start: {}", String::from_utf8_lossy(&output.stderr));
            }
            printed.push_str(str::from_utf8(&octets[..read]).expect("UTF-8"));
        }
        let url = printed.lines().next().expect("a line");
        let address = url.strip_prefix("http://").and_then(|rest| rest.parse().ok()).expect("an address");
        Self { process: Some(process), printed, address }
    }

    fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.address)
    }

    async fn get(&self, path: &str) -> reqwest::Response {
        client().get(self.url(path)).send().await.expect("an answer")
    }

    async fn text(&self, path: &str) -> String {
        self.get(path).await.text().await.expect("text")
    }

    /// A connection that says this.
    fn connect(&self, said: &str) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).expect("it listens");
        stream.write_all(said.as_bytes()).expect("it reads");
        stream
    }

    /// Tells it to end.
    #[cfg(unix)]
    fn tell(&self, signal: &str) {
        let id = self.process.as_ref().expect("it runs").id().to_string();
        assert!(Command::new("kill").args([signal, &id]).status().expect("kill runs").success());
    }

    /// Waits for its end.
    fn ended(mut self) -> Output {
        self.process.take().expect("it runs").wait_with_output().expect("it ends")
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if let Some(mut process) = self.process.take() {
            let _ = process.kill();
            let _ = process.wait();
        }
    }
}

/// All that comes until the other side closes.
fn rest(mut stream: &TcpStream) -> String {
    let mut octets = Vec::new();
    stream.read_to_end(&mut octets).expect("it closes");
    String::from_utf8(octets).expect("UTF-8")
}

fn client() -> reqwest::Client {
    reqwest::Client::builder()
        .no_proxy()
        .redirect(reqwest::redirect::Policy::none())
        .build()
        .expect("a client")
}

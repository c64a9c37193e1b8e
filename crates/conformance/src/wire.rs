//! One request and one answer over a plain TCP connection.

use std::io;
use std::net::SocketAddr;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// An HTTP answer as it came over the wire.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answer {
    /// The status code.
    pub status: u16,
    /// Header lines in order, names lower-cased.
    pub headers: Vec<(String, String)>,
    /// The body, transfer coding removed.
    pub body: String,
}

impl Answer {
    /// The answer as text: status, the header lines that a test can foresee (sorted), an empty line,
    /// and the body. `Content-Length` is not among them: an answer that lies about it is not read.
    pub fn to_text(&self) -> String {
        let mut headers: Vec<String> = self
            .headers
            .iter()
            .filter(|(name, _)| !["date", "connection", "content-length"].contains(&name.as_str()))
            .map(|(name, value)| format!("{name}: {value}"))
            .collect();
        headers.sort();
        let mut text = self.status.to_string();
        for header in headers {
            text.push('\n');
            text.push_str(&header);
        }
        if !self.body.is_empty() {
            text.push_str("\n\n");
            text.push_str(&self.body);
        }
        text
    }

    /// The value of the first header of that lower-case name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }
}

/// Sends `head` (request line and header lines, without the empty line) and `body` to `address`, and
/// reads the answer. `Host`, `Connection: close` and, where a body has none, `Content-Length` are added.
pub async fn exchange(address: SocketAddr, head: &str, body: &str) -> io::Result<Answer> {
    let head = head.trim().replace('\n', "\r\n");
    let counted = head.to_ascii_lowercase().contains("\ncontent-length:");
    let length = if body.is_empty() || counted {
        String::new()
    } else {
        format!("Content-Length: {}\r\n", body.len())
    };
    let request = format!("{head}\r\nHost: loopback\r\nConnection: close\r\n{length}\r\n");
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(request.as_bytes()).await?;
    // A server that refuses the body may close before it has read all of it.
    let _ = stream.write_all(body.as_bytes()).await;
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).await?;
    let is_head = head.starts_with("HEAD ");
    parse_answer(&bytes, is_head)
        .ok_or_else(|| io::Error::new(io::ErrorKind::InvalidData, "not an HTTP answer"))
}

fn parse_answer(bytes: &[u8], is_head: bool) -> Option<Answer> {
    let split = find(bytes, b"\r\n\r\n")?;
    let head = std::str::from_utf8(&bytes[..split]).ok()?;
    let body = &bytes[split + 4..];
    let mut lines = head.split("\r\n");
    let status = lines.next()?.split(' ').nth(1)?.parse().ok()?;
    let headers: Vec<(String, String)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.to_ascii_lowercase(), value.trim().to_owned()))
        .collect();
    let chunked = headers.iter().any(|(name, value)| name == "transfer-encoding" && value == "chunked");
    let body = if chunked { dechunk(body)? } else { body.to_vec() };
    let answer = Answer { status, headers, body: String::from_utf8(body).ok()? };
    // The answer to HEAD counts the body that GET would have.
    (is_head || is_counted(&answer)).then_some(answer)
}

/// Whether `Content-Length` is there as RFC 9110 has it: never beside 204, and else as long as the body.
fn is_counted(answer: &Answer) -> bool {
    match answer.header("content-length") {
        Some(length) => answer.status != 204 && length == answer.body.len().to_string(),
        None => true,
    }
}

fn dechunk(mut bytes: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::new();
    loop {
        let line = find(bytes, b"\r\n")?;
        let size = usize::from_str_radix(std::str::from_utf8(&bytes[..line]).ok()?.trim(), 16).ok()?;
        bytes = &bytes[line + 2..];
        if size == 0 {
            return Some(body);
        }
        body.extend_from_slice(bytes.get(..size)?);
        bytes = bytes.get(size + 2..)?;
    }
}

fn find(bytes: &[u8], needle: &[u8]) -> Option<usize> {
    bytes.windows(needle.len()).position(|window| window == needle)
}

/// A server that answers one request with prepared bytes and keeps what it was sent.
#[derive(Debug)]
pub struct Recorder {
    address: SocketAddr,
    request: JoinHandle<io::Result<String>>,
}

impl Recorder {
    /// Starts a server that answers the next request with `answer`: a status such as `200`,
    /// header lines, an empty line, and the body. `Content-Length` is added, but not to 204.
    pub async fn start(answer: &str) -> io::Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let address = listener.local_addr()?;
        let (head, body) = answer.split_once("\n\n").unwrap_or((answer, ""));
        let (status, headers) = head.trim().split_once('\n').unwrap_or((head.trim(), ""));
        let headers = headers.lines().fold(String::new(), |text, line| text + line + "\r\n");
        let length =
            if status == "204" { String::new() } else { format!("Content-Length: {}\r\n", body.len()) };
        let bytes = format!("HTTP/1.1 {status} \r\n{headers}{length}Connection: close\r\n\r\n{body}");
        let request = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await?;
            let request = read_request(&mut stream).await?;
            stream.write_all(bytes.as_bytes()).await?;
            stream.shutdown().await?;
            Ok(request)
        });
        Ok(Self { address, request })
    }

    /// The base URL to give to a client.
    pub fn base_url(&self) -> String {
        format!("http://{}", self.address)
    }

    /// The request as it came over the wire: the request line, the header lines that a test can
    /// foresee (sorted, names lower-cased), an empty line, and the body. `Content-Length` is not among
    /// them: one that is not the body's length is an error.
    pub async fn request(self) -> io::Result<String> {
        // Who has not called by now will not: a call that says nothing ends the wait.
        drop(TcpStream::connect(self.address).await);
        let raw = self.request.await.map_err(io::Error::other)??;
        let (head, body) = raw.split_once("\r\n\r\n").unwrap_or((&raw, ""));
        let mut lines = head.split("\r\n");
        let mut text = lines.next().unwrap_or_default().to_owned();
        let mut headers: Vec<String> = lines
            .filter_map(|line| line.split_once(": "))
            .map(|(name, value)| format!("{}: {value}", name.to_ascii_lowercase()))
            .collect();
        let length = headers.iter().find_map(|line| line.strip_prefix("content-length: "));
        if length.is_some_and(|length| length != body.len().to_string()) {
            return Err(io::Error::new(io::ErrorKind::InvalidData, "a body of another length"));
        }
        headers.retain(|line| {
            !["host:", "user-agent:", "accept-encoding:", "content-length:"]
                .iter()
                .any(|name| line.starts_with(name))
        });
        headers.sort();
        for header in headers {
            text.push('\n');
            text.push_str(&header);
        }
        if !body.is_empty() {
            text.push_str("\n\n");
            text.push_str(body);
        }
        Ok(text)
    }
}

async fn read_request(stream: &mut TcpStream) -> io::Result<String> {
    let mut bytes = Vec::new();
    let mut buffer = [0_u8; 4096];
    loop {
        let count = stream.read(&mut buffer).await?;
        bytes.extend_from_slice(&buffer[..count]);
        if let Some(split) = find(&bytes, b"\r\n\r\n") {
            let head = String::from_utf8_lossy(&bytes[..split]).to_ascii_lowercase();
            let length = head
                .split("\r\n")
                .find_map(|line| line.strip_prefix("content-length:"))
                .and_then(|value| value.trim().parse::<usize>().ok())
                .unwrap_or(0);
            if bytes.len() >= split + 4 + length {
                return String::from_utf8(bytes)
                    .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error));
            }
        }
        if count == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
}

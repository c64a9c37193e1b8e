//! A load: connections that each send one request after another, for a while.

use std::error::Error;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use hdrhistogram::Histogram;
use http::{Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1::{self, SendRequest};
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::task::JoinSet;

/// What ends a run: the connection, or an answer that is not the expected one.
pub type Failure = Box<dyn Error + Send + Sync>;

/// A request that is sent over and over.
#[derive(Clone, Debug)]
pub struct Shot {
    /// What it is called in the table.
    pub name: &'static str,
    /// The request; its `Host` is filled in.
    pub request: Request<Bytes>,
    /// The status that every answer has to have.
    pub expected: StatusCode,
}

/// What a load measured.
#[derive(Clone, Debug)]
pub struct Measured {
    /// Answers a second.
    pub rate: f64,
    /// Microseconds from request to the end of its answer.
    pub latency: Histogram<u64>,
}

/// Loads a server over so many connections, for so long.
pub async fn load(
    server: SocketAddr,
    shot: &Shot,
    connections: usize,
    time: Duration,
) -> Result<Measured, Failure> {
    let shot = Arc::new(shot.clone());
    let start = Instant::now();
    let mut senders = JoinSet::new();
    for _ in 0..connections {
        senders.spawn(send(server, Arc::clone(&shot), start + time));
    }
    let mut latency = Histogram::new(3)?;
    while let Some(sent) = senders.join_next().await {
        latency.add(sent??)?;
    }
    #[expect(clippy::cast_precision_loss, reason = "fewer answers than an f64 counts exactly")]
    let rate = latency.len() as f64 / start.elapsed().as_secs_f64();
    Ok(Measured { rate, latency })
}

async fn send(server: SocketAddr, shot: Arc<Shot>, end: Instant) -> Result<Histogram<u64>, Failure> {
    let mut connection = connect(server).await?;
    let mut latency = Histogram::new(3)?;
    while Instant::now() < end {
        let start = Instant::now();
        answer(&mut connection, server, &shot).await?;
        latency.record(u64::try_from(start.elapsed().as_micros())?)?;
    }
    Ok(latency)
}

/// Opens a connection.
pub async fn connect(server: SocketAddr) -> Result<SendRequest<Full<Bytes>>, Failure> {
    let stream = TcpStream::connect(server).await?;
    stream.set_nodelay(true)?;
    let (sender, connection) = http1::handshake(TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(sender)
}

/// Sends a request, and gives the octets of its answer.
pub async fn answer(
    connection: &mut SendRequest<Full<Bytes>>,
    server: SocketAddr,
    shot: &Shot,
) -> Result<Bytes, Failure> {
    let mut request = shot.request.clone().map(Full::new);
    request.headers_mut().insert(http::header::HOST, server.to_string().try_into()?);
    connection.ready().await?;
    let response = connection.send_request(request).await?;
    let status = response.status();
    let body = response.into_body().collect().await?.to_bytes();
    if status != shot.expected {
        return Err(format!("{} is answered with {status}: {}", shot.name, body.escape_ascii()).into());
    }
    Ok(body)
}

//! The listener: from a connection to the routes, and how it ends.

use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use axum::Router;
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto::Builder;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{sleep, timeout};
use tower::Service as _;

use super::layers::Peer;
use super::{App, Options, StartError, greeting, sweeper};

/// The largest head of a request, in octets.
const HEAD: u16 = 16 * 1024;

/// How long a client may take for the head of a request, and for thinking of one.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// How often a client of HTTP/2 that says nothing is asked whether it is there.
const PING: Duration = Duration::from_secs(20);

/// Requests of one HTTP/2 connection at a time.
const STREAMS: u32 = 128;

/// How long to wait when the system has no more connections to give.
const EXHAUSTED: Duration = Duration::from_millis(200);

/// Serves until the process is told to end.
pub(super) async fn serve(options: Options) -> Result<(), StartError> {
    let mut signals = Signals::new().map_err(|error| StartError::Signals(error.kind()))?;
    let listen = |error: std::io::Error| StartError::Listen { address: options.listen, reason: error.kind() };
    let listener = TcpListener::bind(options.listen).await.map_err(listen)?;
    let address = listener.local_addr().map_err(listen)?;
    let app = App::new(&options)?;
    let server = Server {
        router: app.router(&origin(&options, address))?,
        http: http(),
        slots: Arc::new(Semaphore::new(options.max_connections)),
        graceful: GracefulShutdown::new(),
    };
    sweeper::start(&app);
    greeting::print(&options, address);
    tokio::select! {
        () = server.accept(&listener) => {}
        () = signals.next() => {}
    }
    tracing::info!("draining");
    app.drain();
    drop(listener);
    tokio::select! {
        drained = timeout(options.drain_timeout, server.graceful.shutdown()) => if drained.is_err() {
            tracing::warn!("requests are left unanswered");
        },
        () = signals.next() => tracing::warn!("told to end twice: requests are left unanswered"),
    }
    app.mail.close().await;
    Ok(())
}

/// What the served document calls the service. An address that stands for all of them is no host.
fn origin(options: &Options, address: SocketAddr) -> String {
    match &options.public_url {
        Some(url) => url.origin().ascii_serialization(),
        None if address.ip().is_unspecified() => "/".to_owned(),
        None => format!("http://{address}"),
    }
}

fn http() -> Builder<TokioExecutor> {
    let mut http = Builder::new(TokioExecutor::new());
    http.http1().timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT).max_buf_size(HEAD.into());
    http.http2()
        .timer(TokioTimer::new())
        .keep_alive_interval(PING)
        .max_header_list_size(HEAD.into())
        .max_concurrent_streams(STREAMS);
    http
}

struct Server {
    router: Router,
    http: Builder<TokioExecutor>,
    slots: Arc<Semaphore>,
    graceful: GracefulShutdown,
}

impl Server {
    /// Takes connections, for as long as it is polled.
    async fn accept(&self, listener: &TcpListener) {
        loop {
            // The semaphore is never closed.
            let Ok(slot) = Arc::clone(&self.slots).acquire_owned().await else { return };
            match listener.accept().await {
                Ok((stream, peer)) => self.connected(stream, peer, slot),
                Err(error) => {
                    tracing::warn!(reason = %error.kind(), "a connection cannot be taken");
                    sleep(EXHAUSTED).await;
                }
            }
        }
    }

    fn connected(&self, stream: TcpStream, peer: SocketAddr, slot: OwnedSemaphorePermit) {
        // Without it answers are right, and later.
        let _ = stream.set_nodelay(true);
        let (http, router, watcher) = (self.http.clone(), self.router.clone(), self.graceful.watcher());
        tokio::spawn(async move {
            serve_connection(&http, stream, Peer(peer.ip()), router, watcher).await;
            drop(slot);
        });
    }
}

async fn serve_connection(
    http: &Builder<TokioExecutor>,
    stream: TcpStream,
    peer: Peer,
    router: Router,
    watcher: Watcher,
) {
    let asked = Arc::new(AtomicBool::new(false));
    let noted = Arc::clone(&asked);
    let service = service_fn(move |mut request: http::Request<Incoming>| {
        noted.store(true, Ordering::Relaxed);
        request.extensions_mut().insert(peer);
        router.clone().call(request)
    });
    let connection = watcher.watch(http.serve_connection(TokioIo::new(stream), service).into_owned());
    let mut connection = pin!(connection);
    // What goes wrong on a connection is the client's to know. The protocols' own timeouts begin when the
    // client has shown which of them it speaks.
    if timeout(HEAD_TIMEOUT, connection.as_mut()).await.is_err() && asked.load(Ordering::Relaxed) {
        let _ = connection.await;
    }
}

/// What tells the process to end.
struct Signals {
    #[cfg(unix)]
    terminate: tokio::signal::unix::Signal,
    #[cfg(unix)]
    interrupt: tokio::signal::unix::Signal,
}

#[cfg(unix)]
impl Signals {
    fn new() -> std::io::Result<Self> {
        use tokio::signal::unix::{SignalKind, signal};
        Ok(Self { terminate: signal(SignalKind::terminate())?, interrupt: signal(SignalKind::interrupt())? })
    }

    async fn next(&mut self) {
        tokio::select! {
            _ = self.terminate.recv() => {}
            _ = self.interrupt.recv() => {}
        }
    }
}

#[cfg(not(unix))]
impl Signals {
    fn new() -> std::io::Result<Self> {
        Ok(Self {})
    }

    async fn next(&mut self) {
        // Where Ctrl-C cannot be waited for, the process ends without us.
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending().await
        }
    }
}

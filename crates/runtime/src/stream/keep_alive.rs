//! Comments between events, so that a connection is not taken for dead.

use std::pin::Pin;
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use tokio::time::{Instant, Sleep, sleep};

use super::{ByteStream, StreamError};

/// A comment, and the end of the event that it is not.
const COMMENT: &[u8] = b":\n\n";

/// Events that come late, and comments meanwhile.
pub(super) struct KeepAlive {
    events: ByteStream,
    interval: Duration,
    /// Made when it is first waited for, which is inside of the runtime that has the time.
    wait: Option<Pin<Box<Sleep>>>,
    /// Whether what has come so far ends with an event: in the middle of one there is no place.
    is_between: bool,
}

impl KeepAlive {
    pub(super) const fn new(events: ByteStream, interval: Duration) -> Self {
        Self { events, interval, wait: None, is_between: true }
    }
}

impl Stream for KeepAlive {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        if let Poll::Ready(piece) = this.events.poll_piece(context) {
            if let Some(Ok(piece)) = &piece {
                this.is_between = [&b"\n\n"[..], b"\r\r", b"\r\n\r\n"].iter().any(|end| piece.ends_with(end));
            }
            this.wait = None;
            return Poll::Ready(piece);
        }
        let interval = this.interval;
        let wait = this.wait.get_or_insert_with(|| Box::pin(sleep(interval)));
        if !this.is_between || wait.as_mut().poll(context).is_pending() {
            return Poll::Pending;
        }
        wait.as_mut().reset(Instant::now() + interval);
        Poll::Ready(Some(Ok(Bytes::from_static(COMMENT))))
    }
}

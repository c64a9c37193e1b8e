//! Octets that need not fit into memory, and the values that are read out of them one by one.

mod events;
mod item;
#[cfg(feature = "server")]
mod keep_alive;
mod lines;
mod sources;

pub use self::events::{Event, EventStream};
pub use self::item::ItemError;
pub use self::lines::JsonLines;

use std::error::Error;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
#[cfg(feature = "server")]
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use futures_core::Stream;
use http_body::{Frame, SizeHint};

#[cfg(any(feature = "client", feature = "server"))]
use self::sources::{Chain, Frames, Reading};
use self::sources::{Converted, Failed, Mapped};
#[cfg(feature = "server")]
use self::sources::{Limited, Preceded};

/// The largest item of a stream, in octets.
const LIMIT: usize = 16 * 1024 * 1024;

/// A body of octets, or the content of a file: in memory, or to be read piece by piece.
///
/// It is a [`Stream`] of pieces and an [`http_body::Body`]. Clones of one that is not in memory share
/// what is left to read, and whoever reads first gets it.
#[derive(Clone, Default)]
pub struct ByteStream {
    media_type: Option<String>,
    source: Source,
}

#[derive(Clone)]
enum Source {
    /// In memory.
    Octets(Bytes),
    /// To be read.
    Pieces { pieces: Arc<Mutex<Pieces>>, length: Option<u64> },
}

/// `None` once it has ended.
type Pieces = Option<Pin<Box<dyn Stream<Item = Result<Bytes, StreamError>> + Send>>>;

impl Default for Source {
    fn default() -> Self {
        Self::Octets(Bytes::new())
    }
}

impl ByteStream {
    /// Octets in memory.
    pub fn new(octets: impl Into<Bytes>) -> Self {
        Self { media_type: None, source: Source::Octets(octets.into()) }
    }

    /// Octets that come in pieces.
    pub fn from_stream<S, T, E>(pieces: S) -> Self
    where
        S: Stream<Item = Result<T, E>> + Send + 'static,
        T: Into<Bytes>,
        E: Into<Box<dyn Error + Send + Sync>>,
    {
        Self::of(Converted(Box::pin(pieces)))
    }

    /// What a reader reads, such as a file of `tokio::fs`.
    #[cfg(any(feature = "client", feature = "server"))]
    pub fn from_reader(reader: impl tokio::io::AsyncRead + Send + 'static) -> Self {
        Self::of(Reading(Some(Box::pin(reader))))
    }

    /// The body of a request or response.
    #[cfg(any(feature = "client", feature = "server"))]
    pub(crate) fn from_body<B>(body: B) -> Self
    where
        B: http_body::Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let length = body.size_hint().exact();
        let stream = Self::of(Frames(Box::pin(body)));
        match length {
            Some(length) => stream.with_length(length),
            None => stream,
        }
    }

    fn of(pieces: impl Stream<Item = Result<Bytes, StreamError>> + Send + 'static) -> Self {
        let pieces: Pieces = Some(Box::pin(pieces));
        Self {
            media_type: None,
            source: Source::Pieces { pieces: Arc::new(Mutex::new(pieces)), length: None },
        }
    }

    /// One after another.
    #[cfg(any(feature = "client", feature = "server"))]
    pub(crate) fn chain(pieces: Vec<Self>) -> Self {
        let length: Option<u64> = pieces.iter().map(Self::length).sum();
        let whole = Self::of(Chain(pieces.into()));
        match length {
            Some(length) => whole.with_length(length),
            None => whole,
        }
    }

    /// Events with comments between them where nothing comes for so long.
    #[cfg(feature = "server")]
    fn kept_alive(self, interval: Duration) -> Self {
        if self.octets().is_some() { self } else { Self::of(keep_alive::KeepAlive::new(self, interval)) }
    }

    /// Nothing but an error.
    fn failed(error: StreamError) -> Self {
        Self::of(Failed(Some(error)))
    }

    /// With a media type: the one that it is sent as where the contract declares a range, such as
    /// `image/*`.
    #[must_use]
    pub fn with_media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// With the number of octets that will come; the other side is told it. To one that is in memory
    /// it means nothing.
    #[must_use]
    pub fn with_length(mut self, octets: u64) -> Self {
        if let Source::Pieces { length, .. } = &mut self.source {
            *length = Some(octets);
        }
        self
    }

    /// With a piece in front that has been read already.
    #[cfg(feature = "server")]
    pub(crate) fn preceded_by(self, first: Bytes) -> Self {
        let length = self.length().map(|rest| rest + first.len() as u64);
        let media_type = self.media_type.clone();
        let whole = Self { media_type, ..Self::of(Preceded { first: Some(first), rest: self }) };
        match length {
            Some(length) => whole.with_length(length),
            None => whole,
        }
    }

    /// Refuses more than so many octets.
    #[cfg(feature = "server")]
    pub(crate) fn limited(self, limit: u64) -> Self {
        match self.source {
            Source::Pieces { length, .. } => {
                let media_type = self.media_type.clone();
                let limited = Self { media_type, ..Self::of(Limited { inner: self, left: limit }) };
                match length {
                    Some(length) => limited.with_length(length),
                    None => limited,
                }
            }
            Source::Octets(_) => self,
        }
    }

    /// The media type: what the other side said that it is, or what it will be told.
    pub fn media_type(&self) -> Option<&str> {
        self.media_type.as_deref()
    }

    /// How many octets there are, where that is known.
    pub fn length(&self) -> Option<u64> {
        match &self.source {
            Source::Octets(octets) => Some(octets.len() as u64),
            Source::Pieces { length, .. } => *length,
        }
    }

    /// The octets, if they are in memory.
    pub fn octets(&self) -> Option<&Bytes> {
        match &self.source {
            Source::Octets(octets) => Some(octets),
            Source::Pieces { .. } => None,
        }
    }

    /// The next piece; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Bytes, StreamError>> {
        poll_fn(|context| self.poll_piece(context)).await
    }

    /// All octets, if there are not more than `limit`.
    pub async fn collect(mut self, limit: usize) -> Result<Bytes, StreamError> {
        if self.length().is_some_and(|length| length > limit as u64) {
            return Err(StreamError::too_large());
        }
        if let Source::Octets(octets) = self.source {
            return Ok(octets);
        }
        let mut all = BytesMut::new();
        while let Some(piece) = self.next().await {
            let piece = piece?;
            if all.len() + piece.len() > limit {
                return Err(StreamError::too_large());
            }
            all.extend_from_slice(&piece);
        }
        Ok(all.freeze())
    }

    fn poll_piece(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Bytes, StreamError>>> {
        match &mut self.source {
            Source::Octets(octets) if octets.is_empty() => Poll::Ready(None),
            Source::Octets(octets) => Poll::Ready(Some(Ok(std::mem::take(octets)))),
            Source::Pieces { pieces, length } => {
                let mut pieces = pieces.lock().unwrap_or_else(PoisonError::into_inner);
                let Some(stream) = pieces.as_mut() else { return Poll::Ready(None) };
                let piece = ready!(stream.as_mut().poll_next(context));
                match &piece {
                    Some(Ok(piece)) => {
                        *length = length.map(|length| length.saturating_sub(piece.len() as u64));
                    }
                    Some(Err(_)) | None => *pieces = None,
                }
                Poll::Ready(piece)
            }
        }
    }
}

impl Stream for ByteStream {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_piece(context)
    }
}

impl http_body::Body for ByteStream {
    type Data = Bytes;
    type Error = StreamError;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, StreamError>>> {
        self.get_mut().poll_piece(context).map(|piece| piece.map(|piece| piece.map(Frame::data)))
    }

    fn is_end_stream(&self) -> bool {
        self.octets().is_some_and(Bytes::is_empty)
    }

    fn size_hint(&self) -> SizeHint {
        self.length().map(SizeHint::with_exact).unwrap_or_default()
    }
}

/// Two in memory are equal if their octets are; others if one is the other's clone.
impl PartialEq for ByteStream {
    fn eq(&self, other: &Self) -> bool {
        match (&self.source, &other.source) {
            (Source::Octets(one), Source::Octets(other)) => one == other,
            (Source::Pieces { pieces: one, .. }, Source::Pieces { pieces: other, .. }) => {
                Arc::ptr_eq(one, other)
            }
            _ => false,
        }
    }
}

impl Eq for ByteStream {}

// What it holds may be secret.
impl fmt::Debug for ByteStream {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("ByteStream")
            .field("media_type", &self.media_type)
            .field("length", &self.length())
            .finish_non_exhaustive()
    }
}

impl From<Bytes> for ByteStream {
    fn from(octets: Bytes) -> Self {
        Self::new(octets)
    }
}

impl From<Vec<u8>> for ByteStream {
    fn from(octets: Vec<u8>) -> Self {
        Self::new(octets)
    }
}

impl From<&'static [u8]> for ByteStream {
    fn from(octets: &'static [u8]) -> Self {
        Self::new(octets)
    }
}

impl From<String> for ByteStream {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for ByteStream {
    fn from(text: &str) -> Self {
        Self::new(text.to_owned())
    }
}

/// Why a stream broke off.
#[derive(Debug)]
pub struct StreamError(Kind);

#[derive(Debug)]
enum Kind {
    TooLarge,
    Broken(Box<dyn Error + Send + Sync>),
}

impl StreamError {
    pub(crate) const fn too_large() -> Self {
        Self(Kind::TooLarge)
    }

    /// The source of the octets failed.
    pub fn broken(source: impl Into<Box<dyn Error + Send + Sync>>) -> Self {
        Self(Kind::Broken(source.into()))
    }

    /// Whether there is more than whoever reads it allows.
    pub const fn is_too_large(&self) -> bool {
        matches!(self.0, Kind::TooLarge)
    }
}

impl fmt::Display for StreamError {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self.0 {
            Kind::TooLarge => "there is more than may be read",
            Kind::Broken(_) => "the stream broke off",
        })
    }
}

impl Error for StreamError {
    fn source(&self) -> Option<&(dyn Error + 'static)> {
        match &self.0 {
            Kind::TooLarge => None,
            Kind::Broken(source) => Some(source.as_ref()),
        }
    }
}

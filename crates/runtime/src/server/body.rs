//! Reading request bodies: media type, size.

use axum::body::Body as Stream;
use bytes::{Bytes, BytesMut};
use http::header::{ACCEPT, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, EXPECT, HeaderMap, HeaderValue};
use http::request::Parts;
use http_body::Body as _;
use http_body_util::BodyExt as _;

use super::service::Service;
use crate::multipart::parts::{self, Broken, Part};
use crate::multipart::read::is_file_part;
use crate::{
    Body, ByteStream, Constraint, Content, ContentKind, Form, Location, Operation, Rejection, RejectionKind,
    StreamError, Violation, media,
};

/// How much of a body that is too large is read before the connection is closed, so that the sender
/// gets to see the answer.
const DRAIN: usize = 8 * 1024 * 1024;

/// What is read at once of a body that could be read piece by piece, if it says that it is not longer.
const SHORT: u64 = 64 * 1024;

/// A request body; empty where the operation declares none.
pub(super) struct Payload {
    /// The declared content that its media type matches; `None` where the body is empty.
    pub(super) content: Option<&'static Content>,
    /// The octets, if they have been read.
    pub(super) octets: Bytes,
    /// The octets that the handler reads.
    pub(super) stream: ByteStream,
    /// The parts of a multipart body, or what keeps it from being one.
    pub(super) parts: Result<Vec<Part>, Violation>,
}

impl Default for Payload {
    fn default() -> Self {
        Self { content: None, octets: Bytes::new(), stream: ByteStream::default(), parts: Ok(Vec::new()) }
    }
}

impl Payload {
    pub(super) async fn read(
        operation: &'static Operation,
        parts: &Parts,
        stream: Option<Stream>,
        service: &dyn Service,
    ) -> Result<Self, Rejection> {
        let (Some(body), Some(mut stream)) = (operation.body, stream) else { return Ok(Self::default()) };
        let declared = declared_length(&parts.headers).or_else(|| stream.size_hint().exact());
        let content = content(body, &parts.headers);
        let is_short = declared.is_some_and(|length| length <= SHORT);
        let limit = service.body_limit();
        if let Some(content) = content
            && is_streamed(content.kind)
            && !is_short
        {
            let limit = service.stream_limit(operation);
            if declared.is_some_and(|length| length > limit) {
                return Err(too_large(parts, &mut stream, 0).await);
            }
            return Self::streamed(content, &parts.headers, stream, limit).await;
        }
        if let Some(content) = content
            && let ContentKind::Multipart(form) = content.kind
        {
            let limit = service.upload_limit(operation);
            if declared.is_some_and(|length| length > limit) {
                return Err(too_large(parts, &mut stream, 0).await);
            }
            return Self::parts(content, &form, parts, stream, service, limit).await;
        }
        if content.is_some() && declared.is_some_and(|length| length > limit as u64) {
            return Err(too_large(parts, &mut stream, 0).await);
        }
        let mut octets = Octets::default();
        while let Some(frame) = stream.frame().await {
            let frame = frame.map_err(unreadable)?;
            let Ok(data) = frame.into_data() else { continue };
            if data.is_empty() {
                continue;
            }
            if content.is_none() {
                drain(&mut stream, data.len()).await;
                return Err(unsupported(body));
            }
            if octets.len() + data.len() > limit {
                return Err(too_large(parts, &mut stream, octets.len() + data.len()).await);
            }
            octets.push(data);
        }
        let octets = octets.into_bytes();
        // A form without pairs is no octets.
        let may_be_empty = |content: &&Content| body.required && matches!(content.kind, ContentKind::Form(_));
        let content = if octets.is_empty() { content.filter(may_be_empty) } else { content };
        let stream = ByteStream::new(octets.clone());
        let stream = match media_type(&parts.headers) {
            Some(media_type) => stream.with_media_type(media_type),
            None => stream,
        };
        Ok(Self { content, octets, stream, parts: Ok(Vec::new()) })
    }

    /// A body of parts: files that are large are on disk when the handler gets them.
    async fn parts(
        content: &'static Content,
        form: &Form,
        head: &Parts,
        body: Stream,
        service: &dyn Service,
        limit: u64,
    ) -> Result<Self, Rejection> {
        let mut whole = ByteStream::from_body(body);
        let Some(first) = whole.next().await else { return Ok(Self::default()) };
        let read = first.as_ref().map_or(0, Bytes::len);
        let stream = whole.clone().preceded_by(first?).limited(limit);
        let media_type = media_type(&head.headers).unwrap_or_default();
        let is_file = |name: &str| is_file_part(form, name);
        let parts = match parts::read(media_type, stream, service.body_limit(), is_file).await {
            Ok(parts) => Ok(parts),
            Err(Broken::Malformed(message)) => Err(wrong(message)),
            Err(Broken::TooLarge) => {
                drain_stream(&mut whole, read).await;
                return Err(closing(head));
            }
            Err(Broken::Disk(error)) => return Err(Rejection::internal(error)),
        };
        Ok(Self { content: Some(content), parts, ..Self::default() })
    }

    /// A body that the handler reads. One without octets is none.
    async fn streamed(
        content: &'static Content,
        headers: &HeaderMap,
        body: Stream,
        limit: u64,
    ) -> Result<Self, Rejection> {
        let mut stream = ByteStream::from_body(body).limited(limit);
        let Some(first) = stream.next().await else { return Ok(Self::default()) };
        let first = first?;
        let stream = stream.preceded_by(first).with_media_type(media_type(headers).unwrap_or_default());
        Ok(Self { content: Some(content), stream, ..Self::default() })
    }
}

/// Whether a handler reads the body as it comes.
fn is_streamed(kind: ContentKind) -> bool {
    matches!(kind, ContentKind::Bytes | ContentKind::Events(_) | ContentKind::Items(_))
}

/// Octets that come in pieces. The first one is copied only where another one follows.
#[derive(Default)]
struct Octets {
    first: Bytes,
    all: BytesMut,
}

impl Octets {
    fn len(&self) -> usize {
        self.first.len().max(self.all.len())
    }

    fn push(&mut self, piece: Bytes) {
        if self.first.is_empty() {
            self.first = piece;
            return;
        }
        if self.all.is_empty() {
            self.all.extend_from_slice(&self.first);
        }
        self.all.extend_from_slice(&piece);
    }

    fn into_bytes(self) -> Bytes {
        if self.all.is_empty() { self.first } else { self.all.freeze() }
    }
}

fn declared_length(headers: &HeaderMap) -> Option<u64> {
    headers.get(CONTENT_LENGTH)?.to_str().ok()?.parse().ok()
}

fn media_type(headers: &HeaderMap) -> Option<&str> {
    headers.get(CONTENT_TYPE)?.to_str().ok()
}

/// The declared content for the request's media type.
fn content(body: &'static Body, headers: &HeaderMap) -> Option<&'static Content> {
    let declared = body.contents.iter().map(|content| content.media_type);
    body.contents.get(media::find(declared, media_type(headers)?)?)
}

/// 415, with what would be read.
fn unsupported(body: &Body) -> Rejection {
    let rejection = Rejection::new(RejectionKind::UnsupportedMediaType);
    let media_types: Vec<&str> = body.contents.iter().map(|content| content.media_type).collect();
    match HeaderValue::from_str(&media_types.join(", ")) {
        Ok(accept) => rejection.with_header(ACCEPT, accept),
        Err(_) => rejection,
    }
}

fn wrong(message: &'static str) -> Violation {
    Violation::new(Location::Body, "", Constraint::Encoding, message)
}

async fn too_large(parts: &Parts, stream: &mut Stream, read: usize) -> Rejection {
    // Who waits for `100 Continue` has sent nothing yet, and need not.
    if read > 0 || !parts.headers.contains_key(EXPECT) {
        drain(stream, read).await;
    }
    closing(parts)
}

/// 413, behind which the connection is closed.
fn closing(parts: &Parts) -> Rejection {
    let rejection = Rejection::new(RejectionKind::TooLarge);
    if parts.version <= http::Version::HTTP_11 {
        rejection.with_header(CONNECTION, HeaderValue::from_static("close"))
    } else {
        rejection
    }
}

async fn drain(stream: &mut Stream, mut read: usize) {
    while read < DRAIN
        && let Some(Ok(frame)) = stream.frame().await
    {
        read += frame.data_ref().map_or(0, Bytes::len);
    }
}

async fn drain_stream(stream: &mut ByteStream, mut read: usize) {
    while read < DRAIN
        && let Some(Ok(piece)) = stream.next().await
    {
        read += piece.len();
    }
}

fn unreadable(error: axum::Error) -> Rejection {
    StreamError::broken(error).into()
}

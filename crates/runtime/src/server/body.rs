//! Reading request bodies: media type, size.

use axum::body::Body as Stream;
use bytes::{Bytes, BytesMut};
use http::header::{ACCEPT, CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, EXPECT, HeaderMap, HeaderValue};
use http::request::Parts;
use http_body_util::BodyExt as _;

use super::service::Service;
use crate::multipart::parts::{self, Part};
use crate::{
    Body, ByteStream, Constraint, Content, ContentKind, Location, Operation, Rejection, RejectionKind,
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
        let declared = declared_length(&parts.headers);
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
        let is_multipart = content.is_some_and(|content| matches!(content.kind, ContentKind::Multipart(_)));
        let media_type = media_type(&parts.headers);
        let parts = if is_multipart {
            parts::read(media_type.unwrap_or_default(), &octets).await.map_err(wrong)
        } else {
            Ok(Vec::new())
        };
        let stream = ByteStream::new(octets.clone());
        let stream = match media_type {
            Some(media_type) => stream.with_media_type(media_type),
            None => stream,
        };
        Ok(Self { content, octets, stream, parts })
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

fn unreadable(error: axum::Error) -> Rejection {
    StreamError::broken(error).into()
}

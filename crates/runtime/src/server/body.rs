//! Reading request bodies: media type, size.

use axum::body::Body as Stream;
use bytes::{Bytes, BytesMut};
use http::header::{CONNECTION, CONTENT_LENGTH, CONTENT_TYPE, EXPECT, HeaderMap, HeaderValue};
use http::request::Parts;
use http_body_util::BodyExt as _;

use super::parts;
use crate::multipart::read::Part;
use crate::{
    Body, Constraint, Content, ContentKind, Location, Operation, Rejection, RejectionKind, Violation,
};

/// How much of a body that is too large is read before the connection is closed, so that the sender
/// gets to see the answer.
const DRAIN: usize = 8 * 1024 * 1024;

/// A request body that has been read; empty where the operation declares none.
pub(super) struct Payload {
    /// The declared content that its media type matches; `None` where the body is empty.
    pub(super) content: Option<&'static Content>,
    /// The octets.
    pub(super) octets: Bytes,
    /// The parts of a multipart body, or what keeps it from being one.
    pub(super) parts: Result<Vec<Part>, Violation>,
}

impl Default for Payload {
    fn default() -> Self {
        Self { content: None, octets: Bytes::new(), parts: Ok(Vec::new()) }
    }
}

impl Payload {
    pub(super) async fn read(
        operation: &'static Operation,
        parts: &Parts,
        stream: Option<Stream>,
        limit: usize,
    ) -> Result<Self, Rejection> {
        let (Some(body), Some(mut stream)) = (operation.body, stream) else { return Ok(Self::default()) };
        let declared = declared_length(&parts.headers);
        let content = content(body, &parts.headers);
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
                return Err(Rejection::new(RejectionKind::UnsupportedMediaType));
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
        let parts = if is_multipart { parts::read(&parts.headers, &octets).await } else { Ok(Vec::new()) };
        Ok(Self { content, octets, parts })
    }
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

/// The declared content for the request's media type: the type itself goes before ranges.
fn content(body: &'static Body, headers: &HeaderMap) -> Option<&'static Content> {
    let sent = essence(headers.get(CONTENT_TYPE)?.to_str().ok()?);
    let (kind, _) = sent.split_once('/')?;
    let mut contents = body.contents.iter();
    let is_sent = |declared: &str| declared == sent || essence(declared).eq_ignore_ascii_case(sent);
    if let Some(exact) = contents.find(|content| is_sent(content.media_type)) {
        return Some(exact);
    }
    let range = |kind: &str| {
        let is_it = |declared: &str| {
            essence(declared).strip_suffix("/*").is_some_and(|found| found.eq_ignore_ascii_case(kind))
        };
        body.contents.iter().find(|content| is_it(content.media_type))
    };
    range(kind).or_else(|| range("*"))
}

/// A media type without its parameters.
fn essence(media_type: &str) -> &str {
    media_type.split(';').next().unwrap_or_default().trim()
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
    let violation = Violation::new(Location::Body, "", Constraint::Encoding, "ended before it was complete");
    Rejection::malformed(vec![violation]).with_source(error)
}

//! JSON, value after value: a line each (`application/jsonl`, `application/x-ndjson`), or behind a record
//! separator (`application/json-seq`, RFC 7464).

use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::{Buf as _, Bytes, BytesMut};
use futures_core::Stream;
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::item::Rules;
use super::{ByteStream, ItemError, LIMIT, Mapped, StreamError};
#[cfg(feature = "server")]
use crate::Schema;

const RECORD: u8 = 0x1E;

/// Values that come one by one, each as JSON.
///
/// Clones share what is left to read, as those of a [`ByteStream`] do.
pub struct JsonLines<T> {
    octets: ByteStream,
    rules: Rules,
    rest: BytesMut,
    /// How much of the rest has no end of an item in it.
    seen: usize,
    value: PhantomData<fn() -> T>,
}

impl<T: Serialize + Send + 'static> JsonLines<T> {
    /// The values of a stream.
    pub fn new(values: impl Stream<Item = T> + Send + 'static) -> Self {
        Self::of(ByteStream::of(Mapped { inner: Box::pin(values), map: |value: T| write(&value) }))
    }

    /// The same of a stream that can fail, which then breaks off.
    pub fn try_new<E>(values: impl Stream<Item = Result<T, E>> + Send + 'static) -> Self
    where
        E: Into<Box<dyn std::error::Error + Send + Sync>> + 'static,
    {
        let map = |value: Result<T, E>| write(&value.map_err(StreamError::broken)?);
        Self::of(ByteStream::of(Mapped { inner: Box::pin(values), map }))
    }
}

impl<T: Serialize> FromIterator<T> for JsonLines<T> {
    fn from_iter<A: IntoIterator<Item = T>>(values: A) -> Self {
        let written: Result<Vec<Bytes>, StreamError> =
            values.into_iter().map(|value| write(&value)).collect();
        match written {
            Ok(values) => Self::of(ByteStream::new(values.concat())),
            Err(error) => Self::of(ByteStream::failed(error)),
        }
    }
}

impl<T> JsonLines<T> {
    /// The values that these octets are, lines unless their media type is that of a sequence.
    pub fn of(octets: ByteStream) -> Self {
        Self { octets, rules: Rules::default(), rest: BytesMut::new(), seen: 0, value: PhantomData }
    }

    /// Checks what is read.
    #[cfg(feature = "server")]
    pub(crate) fn checked(mut self, schema: &'static Schema) -> Self {
        self.rules.schema = Some(schema);
        self
    }

    /// The octets of values that have not been read, written as this media type has it.
    pub fn into_octets(self, media_type: &str) -> ByteStream {
        let is_sequence = |media_type: &str| media_type.to_ascii_lowercase().contains("json-seq");
        let is_written = self.octets.media_type().is_some_and(is_sequence);
        if !is_sequence(media_type) || is_written {
            return self.octets;
        }
        match self.octets.octets() {
            Some(octets) => ByteStream::new(sequence(octets)),
            None => ByteStream::of(Mapped {
                inner: Box::pin(self.octets),
                map: |lines: Result<Bytes, StreamError>| lines.map(|lines| sequence(&lines)),
            }),
        }
    }
}

impl<T: DeserializeOwned> JsonLines<T> {
    /// The next value; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<T, ItemError>> {
        poll_fn(|context| self.poll_value(context)).await
    }

    fn poll_value(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<T, ItemError>>> {
        let is_sequence = self.octets.media_type().is_some_and(|text| text.contains("json-seq"));
        let end = if is_sequence { RECORD } else { b'\n' };
        loop {
            while let Some(at) = self.rest[self.seen..].iter().position(|octet| *octet == end) {
                let item = self.rest.split_to(self.seen + at);
                self.rest.advance(1);
                self.seen = 0;
                if let Some(item) = self.item(&item) {
                    return Poll::Ready(Some(item));
                }
            }
            self.seen = self.rest.len();
            match ready!(self.octets.poll_piece(context)) {
                Some(Ok(piece)) => {
                    self.rest.extend_from_slice(&piece);
                    if self.rest.len() - piece.len() > LIMIT {
                        (self.rest, self.seen, self.octets) = Default::default();
                        return Poll::Ready(Some(Err(StreamError::too_large().into())));
                    }
                }
                Some(Err(error)) => {
                    (self.rest, self.seen) = Default::default();
                    return Poll::Ready(Some(Err(error.into())));
                }
                None => {
                    let last = std::mem::take(&mut self.rest);
                    self.seen = 0;
                    return Poll::Ready(self.item(&last));
                }
            }
        }
    }

    /// `None` where there is nothing but space.
    fn item(&self, octets: &[u8]) -> Option<Result<T, ItemError>> {
        let text = String::from_utf8_lossy(octets);
        let text = text.trim_matches(|character: char| {
            character.is_ascii_whitespace() || character == '\u{1e}' || character == '\u{feff}'
        });
        (!text.is_empty()).then(|| self.rules.read(text))
    }
}

impl<T: DeserializeOwned> Stream for JsonLines<T> {
    type Item = Result<T, ItemError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_value(context)
    }
}

impl<T> Clone for JsonLines<T> {
    fn clone(&self) -> Self {
        let (octets, rest) = (self.octets.clone(), self.rest.clone());
        Self { octets, rules: self.rules, rest, seen: self.seen, value: PhantomData }
    }
}

/// As their octets are.
impl<T> PartialEq for JsonLines<T> {
    fn eq(&self, other: &Self) -> bool {
        self.octets == other.octets
    }
}

// What values hold may be secret.
impl<T> fmt::Debug for JsonLines<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("JsonLines").field("octets", &self.octets).finish_non_exhaustive()
    }
}

fn write<T: Serialize>(value: &T) -> Result<Bytes, StreamError> {
    let mut line = serde_json::to_vec(value).map_err(StreamError::broken)?;
    line.push(b'\n');
    Ok(line.into())
}

/// Whole lines as records. JSON that is written here has no line breaks inside.
fn sequence(lines: &Bytes) -> Bytes {
    let mut records = Vec::with_capacity(lines.len() + 1);
    for line in lines.split_inclusive(|octet| *octet == b'\n') {
        records.push(RECORD);
        records.extend_from_slice(line);
    }
    records.into()
}

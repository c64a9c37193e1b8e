//! `text/event-stream`, as WHATWG's HTML standard has it.

use std::collections::VecDeque;
use std::fmt;
use std::future::poll_fn;
use std::marker::PhantomData;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use futures_core::Stream;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::item::Rules;
use super::{ByteStream, ItemError, LIMIT, Mapped, StreamError};
#[cfg(feature = "server")]
use crate::Schema;

/// An event.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Event<T> {
    /// What kind of event it is; without one it is a `message`.
    pub event: Option<String>,
    /// Its name: what a client that comes back says that it has seen last.
    pub id: Option<String>,
    /// How long a client shall wait before it comes back.
    pub retry: Option<Duration>,
    /// What it says.
    pub data: T,
}

impl<T> Event<T> {
    /// An event of no particular kind.
    pub const fn new(data: T) -> Self {
        Self { event: None, id: None, retry: None, data }
    }

    /// With a kind.
    #[must_use]
    pub fn with_event(mut self, event: impl Into<String>) -> Self {
        self.event = Some(event.into());
        self
    }

    /// With a name.
    #[must_use]
    pub fn with_id(mut self, id: impl Into<String>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// With the time to wait before coming back.
    #[must_use]
    pub const fn with_retry(mut self, retry: Duration) -> Self {
        self.retry = Some(retry);
        self
    }
}

impl<T> From<T> for Event<T> {
    fn from(data: T) -> Self {
        Self::new(data)
    }
}

/// Events that come one by one. Data that are no text are JSON.
///
/// Clones share what is left to read, as those of a [`ByteStream`] do.
pub struct EventStream<T> {
    octets: ByteStream,
    rules: Rules,
    parser: Parser,
    data: PhantomData<fn() -> T>,
}

impl<T: Serialize + Send + 'static> EventStream<T> {
    /// The events of a stream of events, or of their data.
    pub fn new<S>(events: S) -> Self
    where
        S: Stream<Item: Into<Event<T>>> + Send + 'static,
    {
        Self::of(ByteStream::of(Mapped {
            inner: Box::pin(events),
            map: |event: S::Item| write(&event.into()),
        }))
    }

    /// The same of a stream that can fail, which then breaks off.
    pub fn try_new<S, I, E>(events: S) -> Self
    where
        S: Stream<Item = Result<I, E>> + Send + 'static,
        I: Into<Event<T>>,
        E: Into<Box<dyn std::error::Error + Send + Sync>>,
    {
        let map = |event: Result<I, E>| write(&event.map_err(StreamError::broken)?.into());
        Self::of(ByteStream::of(Mapped { inner: Box::pin(events), map }))
    }
}

impl<T: Serialize, I: Into<Event<T>>> FromIterator<I> for EventStream<T> {
    fn from_iter<A: IntoIterator<Item = I>>(events: A) -> Self {
        let written: Result<Vec<Bytes>, StreamError> =
            events.into_iter().map(|event| write(&event.into())).collect();
        match written {
            Ok(events) => Self::of(ByteStream::new(events.concat())),
            Err(error) => Self::of(ByteStream::failed(error)),
        }
    }
}

impl<T> EventStream<T> {
    /// The events that these octets are.
    pub fn of(octets: ByteStream) -> Self {
        let rules = Rules { schema: None, may_be_text: true };
        Self { octets, rules, parser: Parser::default(), data: PhantomData }
    }

    /// Checks what is read.
    #[cfg(feature = "server")]
    pub(crate) fn checked(mut self, schema: &'static Schema) -> Self {
        self.rules.schema = Some(schema);
        self
    }

    /// With a comment whenever nothing has come for so long, so that what lies between the two sides keeps
    /// the connection open: 15 seconds are usual. Whoever reads the events gets to see nothing of it.
    #[cfg(feature = "server")]
    #[must_use]
    pub fn keep_alive(mut self, interval: Duration) -> Self {
        self.octets = self.octets.kept_alive(interval);
        self
    }

    /// The octets of events that have not been read.
    pub fn into_octets(self) -> ByteStream {
        self.octets
    }

    /// The name of the event that was read last and had one: what `Last-Event-ID` says after the
    /// connection broke.
    pub fn last_event_id(&self) -> Option<&str> {
        self.parser.last_id.as_deref()
    }

    /// How long the server wants a client to wait before it comes back, as far as it has been read.
    pub const fn retry(&self) -> Option<Duration> {
        self.parser.retry
    }
}

impl<T: DeserializeOwned> EventStream<T> {
    /// The next event; `None` at the end.
    pub async fn next(&mut self) -> Option<Result<Event<T>, ItemError>> {
        poll_fn(|context| self.poll_event(context)).await
    }

    fn poll_event(&mut self, context: &mut Context<'_>) -> Poll<Option<Result<Event<T>, ItemError>>> {
        loop {
            if let Some(event) = self.parser.events.pop_front() {
                let Event { event, id, retry, data } = event;
                let data = self.rules.read(&data);
                return Poll::Ready(Some(data.map(|data| Event { event, id, retry, data })));
            }
            match ready!(self.octets.poll_piece(context)) {
                Some(Ok(piece)) => {
                    if self.parser.push(&piece).is_err() {
                        self.octets = ByteStream::default();
                        return Poll::Ready(Some(Err(StreamError::too_large().into())));
                    }
                }
                Some(Err(error)) => return Poll::Ready(Some(Err(error.into()))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<T: DeserializeOwned> Stream for EventStream<T> {
    type Item = Result<Event<T>, ItemError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        self.get_mut().poll_event(context)
    }
}

impl<T> Clone for EventStream<T> {
    fn clone(&self) -> Self {
        Self {
            octets: self.octets.clone(),
            rules: self.rules,
            parser: self.parser.clone(),
            data: PhantomData,
        }
    }
}

/// As their octets are.
impl<T> PartialEq for EventStream<T> {
    fn eq(&self, other: &Self) -> bool {
        self.octets == other.octets
    }
}

// What events say may be secret.
impl<T> fmt::Debug for EventStream<T> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("EventStream").field("octets", &self.octets).finish_non_exhaustive()
    }
}

/// An event as it stands on the wire.
fn write<T: Serialize>(event: &Event<T>) -> Result<Bytes, StreamError> {
    let data = match crate::value::of(&event.data).map_err(StreamError::broken)? {
        Value::String(text) => text,
        value => value.to_string(),
    };
    let line = |text: &str| text.replace(['\r', '\n', '\0'], " ");
    let event_line = event.event.as_ref().map(|event| format!("event: {}\n", line(event)));
    let id = event.id.as_ref().map(|id| format!("id: {}\n", line(id)));
    let retry = event.retry.map(|retry| format!("retry: {}\n", retry.as_millis()));
    let data = data.replace("\r\n", "\n");
    let data = data.split(['\r', '\n']).map(|line| format!("data: {line}\n"));
    let head = [event_line, id, retry].into_iter().flatten();
    let text: String = head.chain(data).chain(["\n".to_owned()]).collect();
    Ok(text.into())
}

/// The state of reading: lines end by CR, LF or both, and pieces anywhere.
#[derive(Clone, Debug, Default)]
struct Parser {
    has_begun: bool,
    after_return: bool,
    line: Vec<u8>,
    data: String,
    has_data: bool,
    event: String,
    id: Option<String>,
    wait: Option<Duration>,
    last_id: Option<String>,
    retry: Option<Duration>,
    events: VecDeque<Event<String>>,
}

impl Parser {
    /// Reads a piece. The error is that an event is too large.
    fn push(&mut self, piece: &[u8]) -> Result<(), ()> {
        for octet in piece {
            match octet {
                b'\n' if std::mem::take(&mut self.after_return) => {}
                b'\n' => self.end_line(),
                b'\r' => {
                    self.after_return = true;
                    self.end_line();
                }
                octet => {
                    self.after_return = false;
                    self.line.push(*octet);
                    if self.line.len() + self.data.len() > LIMIT {
                        return Err(());
                    }
                }
            }
        }
        Ok(())
    }

    fn end_line(&mut self) {
        let line = std::mem::take(&mut self.line);
        let line = String::from_utf8_lossy(&line);
        let mut line = line.as_ref();
        if !std::mem::replace(&mut self.has_begun, true) {
            line = line.strip_prefix('\u{feff}').unwrap_or(line);
        }
        if line.is_empty() {
            return self.dispatch();
        }
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event),
            "data" => {
                self.data.push_str(value);
                self.data.push('\n');
                self.has_data = true;
            }
            "id" if !value.contains('\0') => {
                self.id = Some(value.to_owned());
                self.last_id = Some(value.to_owned()).filter(|id| !id.is_empty());
            }
            "retry" if !value.is_empty() && value.bytes().all(|octet| octet.is_ascii_digit()) => {
                self.wait = value.parse().ok().map(Duration::from_millis);
                self.retry = self.wait.or(self.retry);
            }
            // A comment, or what nobody knows.
            _ => {}
        }
    }

    /// The event ends here; one without data is none.
    fn dispatch(&mut self) {
        let (event, mut data) = (std::mem::take(&mut self.event), std::mem::take(&mut self.data));
        let (id, retry) = (self.id.take(), self.wait.take());
        if std::mem::take(&mut self.has_data) {
            data.pop();
            let event = Some(event).filter(|event| !event.is_empty());
            self.events.push_back(Event { event, id, retry, data });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(pieces: &[&str]) -> Vec<Event<String>> {
        let mut parser = Parser::default();
        assert!(pieces.iter().all(|piece| parser.push(piece.as_bytes()).is_ok()));
        parser.events.into()
    }

    fn data(text: &str) -> Event<String> {
        Event::new(text.to_owned())
    }

    #[test]
    fn the_standards_examples() {
        // https://html.spec.whatwg.org/multipage/server-sent-events.html
        assert_eq!(
            read(&[
                "data: This is the first message.\n\ndata: This is the second message, it\ndata: has two lines.\n\ndata: third\n\n"
            ]),
            [
                data("This is the first message."),
                data("This is the second message, it\nhas two lines."),
                data("third")
            ]
        );
        assert_eq!(
            read(&["event: add\ndata: 73857293\n\nevent: remove\ndata: 2153\n\n"]),
            [data("73857293").with_event("add"), data("2153").with_event("remove")]
        );
        assert_eq!(
            read(&[
                ": test stream\n\ndata: first event\nid: 1\n\ndata:second event\nid\n\ndata:  third event\n\n"
            ]),
            [data("first event").with_id("1"), data("second event").with_id(""), data(" third event")]
        );
        assert_eq!(read(&["data\n\ndata\ndata\n\ndata:"]), [data(""), data("\n")]);
        assert_eq!(read(&["data:test\n\ndata: test\n\n"]), [data("test"), data("test")]);
    }

    #[test]
    fn lines_end_in_three_ways_and_pieces_anywhere() {
        let whole = "\u{feff}event: é\r\ndata: a\rdata: b\ndata\r\n\r\nretry: 12\rdata: c\r\r";
        let expected = [data("a\nb\n").with_event("é"), data("c").with_retry(Duration::from_millis(12))];
        assert_eq!(read(&[whole]), expected);
        for at in (0..whole.len()).filter(|at| whole.is_char_boundary(*at)) {
            assert_eq!(read(&[&whole[..at], &whole[at..]]), expected, "cut at {at}");
        }
        let mut parser = Parser::default();
        assert!(whole.as_bytes().chunks(1).all(|octet| parser.push(octet).is_ok()));
        assert_eq!(Vec::from(parser.events), expected);
    }

    #[test]
    fn what_is_not_data_stays_for_the_next_connection() {
        let mut parser = Parser::default();
        let text = b"id: 7\nretry: 1500\n\nretry: soon\nid: a\0b\nfoo: bar\ndata: x\n";
        assert!(parser.push(text).is_ok());
        assert!(parser.events.is_empty(), "an event that has not ended is none");
        assert_eq!((parser.last_id.as_deref(), parser.retry), (Some("7"), Some(Duration::from_millis(1500))));
    }
}

//! Where the octets of a body come from.

#[cfg(any(feature = "client", feature = "server"))]
use std::collections::VecDeque;
use std::error::Error;
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use futures_core::Stream;

#[cfg(any(feature = "client", feature = "server"))]
use super::ByteStream;
use super::StreamError;

/// What a stream's items are written as.
pub(super) struct Mapped<S, F> {
    pub(super) inner: Pin<Box<S>>,
    pub(super) map: F,
}

impl<S, F> Stream for Mapped<S, F>
where
    S: Stream,
    F: FnMut(S::Item) -> Result<Bytes, StreamError> + Unpin,
{
    type Item = Result<Bytes, StreamError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let item = ready!(this.inner.as_mut().poll_next(context));
        Poll::Ready(item.map(&mut this.map))
    }
}

/// An error, and then nothing.
pub(super) struct Failed(pub(super) Option<StreamError>);

impl Stream for Failed {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Err))
    }
}

/// One after another.
#[cfg(any(feature = "client", feature = "server"))]
pub(super) struct Chain(pub(super) VecDeque<ByteStream>);

#[cfg(any(feature = "client", feature = "server"))]
impl Stream for Chain {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        while let Some(first) = self.0.front_mut() {
            match ready!(first.poll_piece(context)) {
                Some(piece) => return Poll::Ready(Some(piece)),
                None => drop(self.0.pop_front()),
            }
        }
        Poll::Ready(None)
    }
}

/// A stream of something like octets.
pub(super) struct Converted<S: ?Sized>(pub(super) Pin<Box<S>>);

impl<S, T, E> Stream for Converted<S>
where
    S: Stream<Item = Result<T, E>>,
    T: Into<Bytes>,
    E: Into<Box<dyn Error + Send + Sync>>,
{
    type Item = Result<Bytes, StreamError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = ready!(self.get_mut().0.as_mut().poll_next(context));
        Poll::Ready(piece.map(|piece| piece.map(Into::into).map_err(StreamError::broken)))
    }
}

/// The frames of a body that are octets.
#[cfg(any(feature = "client", feature = "server"))]
pub(super) struct Frames<B>(pub(super) Pin<Box<B>>);

#[cfg(any(feature = "client", feature = "server"))]
impl<B> Stream for Frames<B>
where
    B: http_body::Body<Data = Bytes>,
    B::Error: Into<Box<dyn Error + Send + Sync>>,
{
    type Item = Result<Bytes, StreamError>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let body = &mut self.get_mut().0;
        loop {
            return Poll::Ready(match ready!(body.as_mut().poll_frame(context)) {
                None => None,
                Some(Err(error)) => Some(Err(StreamError::broken(error))),
                Some(Ok(frame)) => match frame.into_data() {
                    Ok(piece) if !piece.is_empty() => Some(Ok(piece)),
                    _ => continue,
                },
            });
        }
    }
}

/// What a reader reads.
#[cfg(any(feature = "client", feature = "server"))]
pub(super) struct Reading(pub(super) Option<Pin<Box<dyn tokio::io::AsyncRead + Send>>>);

#[cfg(any(feature = "client", feature = "server"))]
impl Stream for Reading {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        const PIECE: usize = 16 * 1024;
        let Some(reader) = self.0.as_mut() else { return Poll::Ready(None) };
        let mut octets = vec![0; PIECE];
        let mut buffer = tokio::io::ReadBuf::new(&mut octets);
        let read = ready!(reader.as_mut().poll_read(context, &mut buffer));
        let count = buffer.filled().len();
        octets.truncate(count);
        Poll::Ready(match read {
            Ok(()) if count > 0 => Some(Ok(octets.into())),
            Ok(()) => {
                self.0 = None;
                None
            }
            Err(error) => {
                self.0 = None;
                Some(Err(StreamError::broken(error)))
            }
        })
    }
}

/// Not more octets than so many.
#[cfg(feature = "server")]
pub(super) struct Limited {
    pub(super) inner: ByteStream,
    pub(super) left: u64,
}

#[cfg(feature = "server")]
impl Stream for Limited {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let piece = ready!(self.inner.poll_piece(context));
        if let Some(Ok(octets)) = &piece {
            match self.left.checked_sub(octets.len() as u64) {
                Some(left) => self.left = left,
                None => return Poll::Ready(Some(Err(StreamError::too_large()))),
            }
        }
        Poll::Ready(piece)
    }
}

/// A piece, and what follows it.
#[cfg(feature = "server")]
pub(super) struct Preceded {
    pub(super) first: Option<Bytes>,
    pub(super) rest: ByteStream,
}

#[cfg(feature = "server")]
impl Stream for Preceded {
    type Item = Result<Bytes, StreamError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        match self.first.take() {
            Some(first) => Poll::Ready(Some(Ok(first))),
            None => self.rest.poll_piece(context),
        }
    }
}

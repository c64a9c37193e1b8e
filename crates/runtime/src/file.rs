//! Files of multipart bodies.

use std::cell::RefCell;
use std::fmt;

use bytes::Bytes;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};

use crate::ByteStream;

/// A file: octets with what a part of a multipart body says of them. In JSON, which has no octets, it is
/// its text.
///
/// A client may send one that does not fit into memory (`File::new(ByteStream::from_reader(reader))`). A
/// server keeps small ones in memory and large ones on disk until they are dropped; both are read from
/// `octets`.
#[derive(Clone, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct File {
    /// What it is called. It comes from the other side, and is no path that could be trusted.
    pub file_name: Option<String>,
    /// Its media type.
    pub media_type: Option<String>,
    /// The other headers of its part.
    pub headers: HeaderMap,
    /// What it holds.
    pub octets: ByteStream,
}

impl File {
    /// A file without a name.
    pub fn new(octets: impl Into<ByteStream>) -> Self {
        Self { octets: octets.into(), ..Self::default() }
    }

    /// With a name.
    #[must_use]
    pub fn with_file_name(mut self, file_name: impl Into<String>) -> Self {
        self.file_name = Some(file_name.into());
        self
    }

    /// With a media type.
    #[must_use]
    pub fn with_media_type(mut self, media_type: impl Into<String>) -> Self {
        self.media_type = Some(media_type.into());
        self
    }

    /// With another header of its part.
    #[must_use]
    pub fn with_header(mut self, name: HeaderName, value: HeaderValue) -> Self {
        self.headers.append(name, value);
        self
    }
}

impl From<ByteStream> for File {
    fn from(octets: ByteStream) -> Self {
        Self::new(octets)
    }
}

impl From<Bytes> for File {
    fn from(octets: Bytes) -> Self {
        Self::new(octets)
    }
}

impl From<Vec<u8>> for File {
    fn from(octets: Vec<u8>) -> Self {
        Self::new(octets)
    }
}

impl From<String> for File {
    fn from(text: String) -> Self {
        Self::new(text)
    }
}

impl From<&str> for File {
    fn from(text: &str) -> Self {
        Self::new(text.to_owned())
    }
}

// What a file holds may be secret.
impl fmt::Debug for File {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("File")
            .field("file_name", &self.file_name)
            .field("media_type", &self.media_type)
            .field("octets", &self.octets.length())
            .finish_non_exhaustive()
    }
}

thread_local! {
    // serde has no octets that would pass through a JSON value uncopied. Where a value is made for a
    // multipart body, its files lie here, and the JSON has their positions, as text.
    static FILES: RefCell<Option<Vec<File>>> = const { RefCell::new(None) };
}

/// Runs `read` or `write` with files beside it; what is left when it is done comes back.
#[cfg(any(feature = "client", feature = "server"))]
pub(crate) fn beside<T>(files: Vec<File>, work: impl FnOnce() -> T) -> (T, Vec<File>) {
    /// Puts back what was there, whatever `work` does.
    struct Before(Option<Vec<File>>);

    impl Drop for Before {
        fn drop(&mut self) {
            FILES.set(self.0.take());
        }
    }

    let before = Before(FILES.replace(Some(files)));
    let done = work();
    let files = FILES.take().unwrap_or_default();
    drop(before);
    (done, files)
}

impl Serialize for File {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let position = FILES.with_borrow_mut(|files| {
            let files = files.as_mut()?;
            files.push(self.clone());
            Some(files.len() - 1)
        });
        let text = self.octets.octets().and_then(|octets| std::str::from_utf8(octets).ok());
        match (position, text) {
            (Some(position), _) => serializer.collect_str(&position),
            (None, Some(text)) => serializer.serialize_str(text),
            (None, None) => Err(ser::Error::custom("octets that are not text have no form in JSON")),
        }
    }
}

impl<'de> Deserialize<'de> for File {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let found = FILES.with_borrow(|files| {
            let files = files.as_ref()?;
            Some(text.parse().ok().and_then(|position: usize| files.get(position).cloned()))
        });
        match found {
            Some(file) => file.ok_or_else(|| de::Error::custom("not a file")),
            None => Ok(Self::new(text)),
        }
    }
}

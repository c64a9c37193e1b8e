//! Taking a multipart body apart.

use bytes::{Bytes, BytesMut};
use http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};

use crate::{ByteStream, File};

/// A part of a body that has been read.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// The property's name.
    pub(crate) name: String,
    /// What it holds, and what it says of that.
    pub(crate) file: File,
}

/// What keeps a body from being parts.
#[derive(Debug)]
pub(crate) enum Broken {
    /// It is not written as parts.
    Malformed(&'static str),
    /// What it holds beside files is too large, or all of it.
    TooLarge,
    /// Files have no place.
    #[cfg(feature = "server")]
    Disk(std::io::Error),
}

/// The parts of a body that comes piece by piece. What `is_file` says to be files is kept on disk where it
/// is large; all the rest is in memory, up to `limit` octets.
pub(crate) async fn read(
    content_type: &str,
    stream: ByteStream,
    limit: usize,
    is_file: impl Fn(&str) -> bool,
) -> Result<Vec<Part>, Broken> {
    let boundary = multer::parse_boundary(as_form(content_type));
    let boundary = boundary.map_err(|_| Broken::Malformed("has no boundary"))?;
    let mut reader = multer::Multipart::new(stream, boundary);
    let (mut parts, mut left) = (Vec::new(), limit);
    while let Some(mut field) = reader.next_field().await? {
        let Some(name) = field.name().map(str::to_owned) else {
            return Err(Broken::Malformed("has a part without a name"));
        };
        let mut file = File::new(Bytes::new());
        file.file_name = field.file_name().map(str::to_owned);
        file.media_type = field.content_type().map(ToString::to_string);
        file.headers = field.headers().clone();
        file.headers.remove(CONTENT_DISPOSITION);
        file.headers.remove(CONTENT_TYPE);
        file.octets = if is_file(&name) {
            spool(field).await?
        } else {
            let mut octets = BytesMut::new();
            while let Some(piece) = field.chunk().await? {
                left = left.checked_sub(piece.len()).ok_or(Broken::TooLarge)?;
                octets.extend_from_slice(&piece);
            }
            ByteStream::new(octets.freeze())
        };
        parts.push(Part { name, file });
    }
    Ok(parts)
}

/// Keeps a file in memory.
#[cfg(not(feature = "server"))]
async fn spool(field: multer::Field<'static>) -> Result<ByteStream, Broken> {
    Ok(ByteStream::new(field.bytes().await?))
}

/// Keeps a file: in memory, or on disk where it is large. What is on disk has no name there, and is gone
/// when it is dropped.
#[cfg(feature = "server")]
async fn spool(mut field: multer::Field<'static>) -> Result<ByteStream, Broken> {
    use tokio::io::{AsyncSeekExt as _, AsyncWriteExt as _};

    const IN_MEMORY: usize = 256 * 1024;
    let mut octets = BytesMut::new();
    let mut length = 0;
    let mut disk: Option<tokio::fs::File> = None;
    while let Some(piece) = field.chunk().await? {
        length += piece.len() as u64;
        if disk.is_none() && octets.len() + piece.len() > IN_MEMORY {
            let mut file = tokio::fs::File::from_std(tempfile::tempfile().map_err(Broken::Disk)?);
            file.write_all(&octets).await.map_err(Broken::Disk)?;
            octets.clear();
            disk = Some(file);
        }
        match &mut disk {
            Some(file) => file.write_all(&piece).await.map_err(Broken::Disk)?,
            None => octets.extend_from_slice(&piece),
        }
    }
    let Some(mut file) = disk else { return Ok(ByteStream::new(octets.freeze())) };
    file.flush().await.map_err(Broken::Disk)?;
    file.rewind().await.map_err(Broken::Disk)?;
    Ok(ByteStream::from_reader(file).with_length(length))
}

// The error's own text may hold what was sent.
impl From<multer::Error> for Broken {
    fn from(error: multer::Error) -> Self {
        if let multer::Error::StreamReadFailed(source) = &error
            && source.downcast_ref::<crate::StreamError>().is_some_and(crate::StreamError::is_too_large)
        {
            return Self::TooLarge;
        }
        Self::Malformed("is not a multipart body")
    }
}

/// All multipart types are written alike, but the reader knows the one of forms only.
fn as_form(content_type: &str) -> String {
    let parameters = content_type.split_once(';').map_or("", |(_, parameters)| parameters);
    format!("multipart/form-data;{parameters}")
}

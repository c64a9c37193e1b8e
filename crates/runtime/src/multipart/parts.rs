//! Taking a multipart body apart.

use bytes::Bytes;

use crate::{ByteStream, File};

/// A part of a body that has been read.
#[derive(Clone, Debug)]
pub(crate) struct Part {
    /// The property's name.
    pub(crate) name: String,
    /// What it holds, and what it says of that.
    pub(crate) file: File,
}

/// The parts of a body in memory, or what keeps it from having any.
pub(crate) async fn read(content_type: &str, octets: &Bytes) -> Result<Vec<Part>, &'static str> {
    let boundary = multer::parse_boundary(as_form(content_type)).map_err(|_| "has no boundary")?;
    let mut reader = multer::Multipart::new(ByteStream::new(octets.clone()), boundary);
    let mut parts = Vec::new();
    // The error's own text may hold what was sent.
    let broken = |_| "is not a multipart body";
    while let Some(field) = reader.next_field().await.map_err(broken)? {
        let Some(name) = field.name().map(str::to_owned) else {
            return Err("has a part without a name");
        };
        let mut file = File::new(Bytes::new());
        file.file_name = field.file_name().map(str::to_owned);
        file.media_type = field.content_type().map(ToString::to_string);
        file.octets = field.bytes().await.map_err(broken)?;
        parts.push(Part { name, file });
    }
    Ok(parts)
}

/// All multipart types are written alike, but the reader knows the one of forms only.
fn as_form(content_type: &str) -> String {
    let parameters = content_type.split_once(';').map_or("", |(_, parameters)| parameters);
    format!("multipart/form-data;{parameters}")
}

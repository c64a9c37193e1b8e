//! Reading multipart bodies: their parts.

use axum::body::Body;
use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderMap};

use crate::multipart::read::Part;
use crate::{Constraint, File, Location, Violation};

/// Takes a multipart body apart.
pub(super) async fn read(headers: &HeaderMap, octets: &Bytes) -> Result<Vec<Part>, Violation> {
    let wrong = |message: &str| Violation::new(Location::Body, "", Constraint::Encoding, message);
    let content_type = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let boundary = multer::parse_boundary(content_type).map_err(|_| wrong("has no boundary"))?;
    let stream = Body::from(octets.clone()).into_data_stream();
    let mut reader = multer::Multipart::new(stream, boundary);
    let mut parts = Vec::new();
    // The error's own text may hold what was sent.
    let broken = |_| wrong("is not a multipart body");
    while let Some(field) = reader.next_field().await.map_err(broken)? {
        let Some(name) = field.name().map(str::to_owned) else {
            return Err(wrong("has a part without a name"));
        };
        let mut file = File::new(Bytes::new());
        file.file_name = field.file_name().map(str::to_owned);
        file.media_type = field.content_type().map(ToString::to_string);
        file.octets = field.bytes().await.map_err(broken)?;
        parts.push(Part { name, file });
    }
    Ok(parts)
}

//! What a caller takes as an answer: `Accept`.

use http::header::{CONTENT_TYPE, HeaderMap};

use super::service::Response;
use crate::media::Accept;
use crate::{Operation, Rejection, RejectionKind};

/// What a caller takes as an answer: the request's `Accept`.
///
/// Where a response is declared in several media types of one type, the caller gets the one that it wants
/// most, by RFC 9110: the quality of the range that names it best, and among equals the first of the
/// document. A caller that takes none of the successes is told so (406) before the handler runs. Errors
/// are sent whatever the caller takes.
///
/// Where the media types of a success are of several types, the service picks, and is handed this for it:
///
/// ```
/// # use specwright_runtime::server::Asked;
/// # fn csv() {}
/// # fn json() {}
/// # fn answer(asked: &Asked) {
/// match asked.pick(&["application/json", "text/csv"]) {
///     "text/csv" => csv(),
///     _ => json(),
/// }
/// # }
/// ```
///
/// What it picks is sent only to a caller that takes it (406).
#[derive(Clone, Debug, Default)]
pub struct Asked(Accept);

impl Asked {
    pub(super) fn of(headers: &HeaderMap) -> Self {
        Self(Accept::of(headers))
    }

    /// The rejection where no success could be sent.
    pub(super) fn check(&self, operation: &'static Operation) -> Result<(), Rejection> {
        let produces = operation.produces;
        if produces.or_nothing || produces.successes.is_empty() {
            return Ok(());
        }
        if self.0.best(produces.successes.iter().copied()).is_some() {
            return Ok(());
        }
        let detail = format!("the answer can be {}, and nothing else", produces.successes.join(", "));
        Err(Rejection::new(RejectionKind::NotAcceptable).with_detail(detail))
    }

    /// Whether the caller takes a body of this media type.
    pub fn accepts(&self, media_type: &str) -> bool {
        self.0.best([media_type]).is_some()
    }

    /// The rejection of an answer that the caller does not take.
    pub(super) fn check_answer(&self, response: &Response) -> Result<(), Rejection> {
        let media_type = response.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        match media_type {
            Some(media_type) if !self.accepts(media_type) => {
                let detail = format!("the answer would be {media_type}");
                Err(Rejection::new(RejectionKind::NotAcceptable).with_detail(detail))
            }
            _ => Ok(()),
        }
    }

    /// Which of these media types is wanted most; the first where none is.
    pub fn pick(&self, offers: &[&'static str]) -> &'static str {
        let best = self.0.best(offers.iter().copied()).unwrap_or(0);
        offers.get(best).copied().unwrap_or_default()
    }
}

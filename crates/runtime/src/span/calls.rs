//! The spans of calls, opened.

use http::StatusCode;
use tracing::callsite::Callsite as _;
use tracing::field::Field;
use tracing::level_filters::{LevelFilter, STATIC_MAX_LEVEL};
use tracing::{Level, Span, Value, dispatcher};

use super::{Callsite, METHOD, ROUTE, STATUS};
use crate::Operation;

/// The span of a call: named after its operation, with the method and the template of the path.
pub fn opened(operation: &Operation) -> Span {
    let callsite = operation.span;
    let metadata = callsite.metadata();
    if !is_enabled(callsite) {
        return Span::new_disabled(metadata);
    }
    let span = Span::new(metadata, &metadata.fields().value_set::<[(&Field, Option<&dyn Value>); 0]>(&[]));
    span.record(METHOD, operation.method.as_str());
    span.record(ROUTE, operation.path);
    span
}

/// Notes what a call was answered with.
pub fn answered(span: &Span, status: StatusCode) {
    span.record(STATUS, status.as_u16());
}

fn is_enabled(callsite: &'static Callsite) -> bool {
    if Level::INFO > STATIC_MAX_LEVEL || Level::INFO > LevelFilter::current() {
        return false;
    }
    let interest = callsite.interest();
    interest.is_always()
        || !interest.is_never()
            && dispatcher::get_default(|subscriber| subscriber.enabled(callsite.metadata()))
}

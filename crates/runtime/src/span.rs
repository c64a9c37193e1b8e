//! The span of a call, on either side.

#[cfg(any(feature = "client", feature = "server"))]
mod calls;

use tracing::callsite::{DefaultCallsite, Identifier};
use tracing::field::FieldSet;
use tracing::metadata::Kind;
use tracing::{Level, Metadata};

#[cfg(any(feature = "client", feature = "server"))]
pub use calls::{answered, opened};

/// Where the span of an operation is declared.
pub type Callsite = DefaultCallsite;

const METHOD: &str = "http.request.method";
const ROUTE: &str = "http.route";
const STATUS: &str = "http.response.status_code";

/// The callsite of a span with this name: `operation_span!("add-address")`.
#[macro_export]
macro_rules! operation_span {
    ($name:literal) => {{
        static METADATA: $crate::private::tracing::Metadata<'static> =
            $crate::private::span_metadata($name, module_path!(), &CALLSITE);
        static CALLSITE: $crate::private::Callsite = $crate::private::Callsite::new(&METADATA);
        &CALLSITE
    }};
}

/// What is known of a span before it is opened.
pub const fn metadata(
    name: &'static str,
    target: &'static str,
    callsite: &'static Callsite,
) -> Metadata<'static> {
    let fields = FieldSet::new(&[METHOD, ROUTE, STATUS], Identifier(callsite));
    Metadata::new(name, target, Level::INFO, None, None, Some(target), fields, Kind::SPAN)
}

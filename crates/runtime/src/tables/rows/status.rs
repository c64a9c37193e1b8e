//! Statuses: to send, and as they are declared.

/// A status code; that of a variant for several statuses is in its field.
#[doc(hidden)]
#[macro_export]
macro_rules! private_status {
    (1XX $status:ident) => {
        $status
    };
    (2XX $status:ident) => {
        $status
    };
    (3XX $status:ident) => {
        $status
    };
    (4XX $status:ident) => {
        $status
    };
    (5XX $status:ident) => {
        $status
    };
    (default $status:ident) => {
        $status
    };
    ($code:literal $status:ident) => {
        $crate::private::status($code)
    };
}

/// A status code to send; that of a variant for a range has to be in it.
#[doc(hidden)]
#[macro_export]
macro_rules! private_sent_status {
    (1XX $status:ident) => {
        $crate::private::in_class($status, 1)?
    };
    (2XX $status:ident) => {
        $crate::private::in_class($status, 2)?
    };
    (3XX $status:ident) => {
        $crate::private::in_class($status, 3)?
    };
    (4XX $status:ident) => {
        $crate::private::in_class($status, 4)?
    };
    (5XX $status:ident) => {
        $crate::private::in_class($status, 5)?
    };
    ($code:tt $status:ident) => {
        $crate::private_status!($code $status)
    };
}

/// The pattern of a declared status.
#[doc(hidden)]
#[macro_export]
macro_rules! private_codes {
    (1XX) => {
        100..=199
    };
    (2XX) => {
        200..=299
    };
    (3XX) => {
        300..=399
    };
    (4XX) => {
        400..=499
    };
    (5XX) => {
        500..=599
    };
    (default) => {
        _
    };
    ($code:literal) => {
        $code
    };
}

/// Whether a declared status is `default`.
#[doc(hidden)]
#[macro_export]
macro_rules! private_is_default {
    (default) => {
        true
    };
    ($code:tt) => {
        false
    };
}

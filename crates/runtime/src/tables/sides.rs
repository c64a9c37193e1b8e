//! What is made for a side only where the runtime has its feature.

/// What tests of both sides need.
#[cfg(all(feature = "testing", feature = "client", feature = "server"))]
#[doc(hidden)]
#[macro_export]
macro_rules! private_testing { ($($tokens:tt)*) => { $($tokens)* } }

/// What tests of both sides need.
#[cfg(not(all(feature = "testing", feature = "client", feature = "server")))]
#[doc(hidden)]
#[macro_export]
macro_rules! private_testing {
    ($($tokens:tt)*) => {};
}

/// What the server's side needs.
#[cfg(feature = "server")]
#[doc(hidden)]
#[macro_export]
macro_rules! private_server { ($($tokens:tt)*) => { $($tokens)* } }

/// What the server's side needs.
#[cfg(not(feature = "server"))]
#[doc(hidden)]
#[macro_export]
macro_rules! private_server {
    ($($tokens:tt)*) => {};
}

/// What the client's side needs.
#[cfg(feature = "client")]
#[doc(hidden)]
#[macro_export]
macro_rules! private_client { ($($tokens:tt)*) => { $($tokens)* } }

/// What the client's side needs.
#[cfg(not(feature = "client"))]
#[doc(hidden)]
#[macro_export]
macro_rules! private_client {
    ($($tokens:tt)*) => {};
}

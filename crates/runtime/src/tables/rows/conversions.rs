//! From what a response holds to the response.

/// `Declares`, where a variant holds a shared response.
#[doc(hidden)]
#[macro_export]
macro_rules! private_declares {
    ($error:ident $variant:ident) => {};
    ($error:ident $variant:ident (..)) => {};
    ($error:ident $variant:ident (_ as $($how:tt)+)) => {};
    ($error:ident $variant:ident ($response:ty)) => {
        impl $crate::Declares<$response> for $error {
            #[inline]
            fn declare(response: $response) -> Self {
                Self::$variant(response)
            }
        }
    };
}

/// `From` what a variant holds, where its type is said.
#[doc(hidden)]
#[macro_export]
macro_rules! private_from {
    ($response:ident $variant:ident) => {};
    ($response:ident $variant:ident (..)) => {};
    ($response:ident $variant:ident (_ as $($how:tt)+)) => {};
    ($response:ident $variant:ident ($body:ty $(as $($how:tt)+)?)) => {
        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl ::core::convert::From<$body> for $response {
            #[inline]
            fn from(body: $body) -> Self {
                Self::$variant(body)
            }
        }
    };
}

/// `From` the body of a response's struct, where its type is said.
#[doc(hidden)]
#[macro_export]
macro_rules! private_from_body {
    ($name:ident) => {};
    ($name:ident ..) => {};
    ($name:ident _ as $($how:tt)+) => {};
    ($name:ident $body:ty $(as $($how:tt)+)?) => {
        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl ::core::convert::From<$body> for $name {
            #[inline]
            fn from(body: $body) -> Self {
                Self::new(body)
            }
        }
    };
}

/// The type of what a variant holds.
#[doc(hidden)]
#[macro_export]
macro_rules! private_output {
    () => {
        ()
    };
    ($ty:ty $(as $($how:tt)+)?) => {
        $ty
    };
}

//! Macros by which generated code says in a table how requests and responses look in HTTP.
//!
//! What a variant or a body holds is said in one of these forms, `{H}` below:
//!
//! ```text
//! json | text | bytes         a body of this kind; a media type may follow: json "application/hal+json"
//! Pet as json                 the same, with its type
//! NotFound                    a struct of body and headers (`response!`), or a body by media type (`bodies!`)
//! ..                          the same, but not the only one that holds its type
//! ```
//!
//! Each table serves both sides. What a side needs is made where the runtime has that side's feature,
//! so the features of the crate that holds the table do not matter.

/// What an operation's error enum implements: `status()`, `Display`, `Error`, `Answers` as itself,
/// `Declares` for itself and each shared response, and how both sides write and read it.
///
/// ```text
/// error_responses!(AddAddressError {
///     400 => BadRequest(BadRequest),      // a component response: `?` converts it
///     404 => NotFound(json),              // a body of this operation alone
///     410 => Gone,                        // no body
///     4XX => ClientError { json },        // the variant has the fields `status` and, with a body, `body`
///     default => Default {},
/// });
/// ```
#[macro_export]
macro_rules! error_responses {
    ($error:ident {
        $($code:tt => $variant:ident $(($($held:tt)*))? $({$($named:tt)*})?),* $(,)?
    }) => {
        impl $crate::Answers for $error {
            type Response = Self;

            fn answer(self) -> Self {
                self
            }
        }

        impl $crate::Declares<Self> for $error {
            fn declare(response: Self) -> Self {
                response
            }
        }

        impl ::core::fmt::Display for $error {
            fn fmt(&self, formatter: &mut ::core::fmt::Formatter<'_>) -> ::core::fmt::Result {
                ::core::fmt::Display::fmt(&self.status(), formatter)
            }
        }

        impl ::core::error::Error for $error {}

        impl $error {
            /// The status on the wire.
            #[allow(clippy::match_same_arms, clippy::too_many_lines, reason = "an arm for each response")]
            pub fn status(&self) -> $crate::StatusCode {
                match *self {
                    $($crate::private_pattern!($error $variant _body status $(($($held)*))? $({$($named)*})?) =>
                        $crate::private_status!($code status),)*
                }
            }
        }

        $($crate::private_declares!($error $variant $(($($held)*))?);)*
        $crate::private_render!($error { $($code => $variant $(($($held)*))? $({$($named)*})?,)* });
        $crate::private_client! {
            impl $crate::client::DeclaredError for $error {
                #[allow(deprecated, unreachable_code, unreachable_patterns, clippy::too_many_lines, reason = "as declared")]
                fn decode(
                    reply: &$crate::client::Reply,
                ) -> ::core::result::Result<::core::option::Option<Self>, $crate::client::DecodeError> {
                    ::core::result::Result::Ok(::core::option::Option::Some(match reply.status().as_u16() {
                        $($crate::private_codes!($code) =>
                            $crate::private_value!($error $variant reply $(($($held)*))? $({$($named)*})?),)*
                        _ => return ::core::result::Result::Ok(::core::option::Option::None),
                    }))
                }
            }
        }
    };
}

/// What an operation's response enum implements: `From` what a variant holds, and how both sides write
/// and read it. A client is given what the only variant holds, or else the enum.
///
/// ```text
/// responses!(AddAddressResponse { 201 => Created(ResourceLocation as json), 204 => NoContent });
/// ```
#[macro_export]
macro_rules! responses {
    ($response:ident { $code:tt => $variant:ident $(($($held:tt)*))? $({$($named:tt)*})? $(,)? }) => {
        $crate::private_from!($response $variant $(($($held)*))?);
        $crate::private_render!($response { $code => $variant $(($($held)*))? $({$($named)*})?, });
        $crate::private_client! {
            #[allow(deprecated, reason = "what is deprecated stays on the wire")]
            impl $crate::client::DeclaredSuccess for $response {
                type Output = $crate::private_output!($($($held)*)? $($($named)*)?);
                const HAS_DEFAULT: bool = $crate::private_is_default!($code);

                #[allow(unreachable_patterns, reason = "as declared")]
                fn decode(
                    reply: &$crate::client::Reply,
                ) -> ::core::result::Result<::core::option::Option<Self::Output>, $crate::client::DecodeError> {
                    ::core::result::Result::Ok(match reply.status().as_u16() {
                        $crate::private_codes!($code) => ::core::option::Option::Some(
                            $crate::private_read!(reply $($($held)*)? $($($named)*)?)
                        ),
                        _ => ::core::option::Option::None,
                    })
                }
            }
        }
    };
    ($response:ident {
        $($code:tt => $variant:ident $(($($held:tt)*))? $({$($named:tt)*})?),* $(,)?
    }) => {
        $($crate::private_from!($response $variant $(($($held)*))?);)*
        $crate::private_render!($response { $($code => $variant $(($($held)*))? $({$($named)*})?,)* });
        $crate::private_client! {
            impl $crate::client::DeclaredSuccess for $response {
                type Output = Self;
                const HAS_DEFAULT: bool = false $(|| $crate::private_is_default!($code))*;

                #[allow(deprecated, unreachable_code, unreachable_patterns, clippy::too_many_lines, reason = "as declared")]
                fn decode(
                    reply: &$crate::client::Reply,
                ) -> ::core::result::Result<::core::option::Option<Self>, $crate::client::DecodeError> {
                    ::core::result::Result::Ok(::core::option::Option::Some(match reply.status().as_u16() {
                        $($crate::private_codes!($code) =>
                            $crate::private_value!($response $variant reply $(($($held)*))? $({$($named)*})?),)*
                        _ => return ::core::result::Result::Ok(::core::option::Option::None),
                    }))
                }
            }
        }
    };
}

/// How both sides write and read a response's struct, by its body and its headers; it answers as itself.
///
/// ```text
/// response!(Created());
/// response!(Conflict(Pet as json));           // and `From<Pet>`
/// response!(TooManyRequests(json) { retry_after: "Retry-After", limits: "X-Limits" exploded });
/// ```
#[macro_export]
macro_rules! response {
    ($name:ident ($($held:tt)*) $({ $($field:ident: $header:literal $($exploded:ident)?),* $(,)? })?) => {
        impl $crate::Answers for $name {
            type Response = Self;

            fn answer(self) -> Self {
                self
            }
        }

        $crate::private_from_body!($name $($held)*);
        $crate::private_server! {
            #[allow(deprecated, reason = "what is deprecated stays on the wire")]
            impl $crate::server::Respond for $name {
                fn respond(
                    self,
                    status: $crate::StatusCode,
                ) -> ::core::result::Result<$crate::server::Response, $crate::Internal> {
                    let reply = $crate::private_begin!(status, self.body, $($held)*);
                    $($(let reply = reply
                        .with_header($header, &self.$field, $crate::private_flag!($($exploded)?));)*)?
                    reply.finish()
                }
            }
        }

        $crate::private_client! {
            #[allow(deprecated, reason = "what is deprecated stays on the wire")]
            impl $crate::client::FromReply for $name {
                #[allow(unused_variables, reason = "there may be nothing to read")]
                fn from_reply(
                    reply: &$crate::client::Reply,
                ) -> ::core::result::Result<Self, $crate::client::DecodeError> {
                    $crate::private_struct!(reply, [$($held)*] $($($field: reply.header($header)?,)*)?)
                }
            }
        }
    };
}

/// How both sides write and read a response's body that may have several media types.
///
/// ```text
/// bodies!(ReportBody { Json(json "application/json"), Csv(text "text/csv") });
/// ```
#[macro_export]
macro_rules! bodies {
    ($name:ident { $($variant:ident($kind:ident $media_type:literal)),+ $(,)? }) => {
        $crate::private_server! {
            #[allow(deprecated, reason = "what is deprecated stays on the wire")]
            impl $crate::server::ReplyBody for $name {
                fn begin(self, status: $crate::StatusCode) -> $crate::server::Reply {
                    match self {
                        $(Self::$variant(body) =>
                            $crate::private_begin!(status, body, $kind $media_type),)+
                    }
                }
            }

            impl $crate::server::Respond for $name {
                fn respond(
                    self,
                    status: $crate::StatusCode,
                ) -> ::core::result::Result<$crate::server::Response, $crate::Internal> {
                    $crate::server::ReplyBody::begin(self, status).finish()
                }
            }
        }

        $crate::private_client! {
            #[allow(deprecated, reason = "what is deprecated stays on the wire")]
            impl $crate::client::FromReply for $name {
                fn from_reply(
                    reply: &$crate::client::Reply,
                ) -> ::core::result::Result<Self, $crate::client::DecodeError> {
                    let media_type = reply.media_type(&[$($media_type),+]);
                    $(if media_type == $media_type {
                        return ::core::result::Result::Ok(Self::$variant($crate::private_read!(reply $kind)));
                    })+
                    ::core::result::Result::Err(reply.no_media_type())
                }
            }
        }
    };
}

/// How both sides write and read an operation's request.
///
/// ```text
/// operation!(ADD_TAGS: AddTagsRequest -> AddTagsResponse | AddTagsError {
///     address_id: path "addressId",
///     tags: query "tags",                     // or `header`, `cookie`
///     body: json "application/json",          // or `text`, `bytes`; `body` for `request_bodies!`
/// });                                         // a body may be `optional json ..`
/// ```
#[macro_export]
macro_rules! operation {
    ($operation:ident: $request:ident -> $response:ident | $error:ident {
        $($field:ident: $($how:ident)+ $($wire:literal)?),* $(,)?
    }) => {
        $crate::private_server! {
            impl $crate::server::FromCall for $request {
                #[allow(deprecated, unused_variables, reason = "as declared")]
                fn from_call(
                    input: &mut $crate::server::Input<'_>,
                ) -> ::core::result::Result<Self, $crate::server::Invalid> {
                    // Every field is read before the first one is asked for: all violations are found.
                    $(let $field = $crate::private_input!(input $($how)+ $($wire)?);)*
                    ::core::result::Result::Ok(Self { $($field: $field?),* })
                }
            }
        }

        $crate::private_client! {
            impl $crate::client::Request for $request {
                type Output = <$response as $crate::client::DeclaredSuccess>::Output;
                type Error = $error;
                const OPERATION: &'static $crate::Operation = &$operation;

                #[allow(deprecated, unused_variables, reason = "as declared")]
                fn encode(&self, request: &mut $crate::client::Encoder) {
                    $($crate::private_encode!(request, &self.$field, $($how)+ $($wire)?);)*
                }

                fn decode(
                    reply: &$crate::client::Reply,
                ) -> ::core::result::Result<
                    $crate::client::Outcome<Self::Output, Self::Error>,
                    $crate::client::DecodeError,
                > {
                    reply.declared::<$response, $error>()
                }
            }
        }
    };
}

/// How both sides write and read a request's body that may have several media types.
///
/// ```text
/// request_bodies!(UpdateBody { Json(json "application/json"), Merge(json "application/merge-patch+json") });
/// ```
#[macro_export]
macro_rules! request_bodies {
    ($name:ident { $($variant:ident($kind:ident $media_type:literal)),+ $(,)? }) => {
        $crate::private_server! {
            #[allow(deprecated, reason = "what is deprecated stays on the wire")]
            impl $crate::server::FromBody for $name {
                fn from_body(
                    input: &mut $crate::server::Input<'_>,
                    media_type: &str,
                ) -> ::core::result::Result<Self, $crate::server::Invalid> {
                    $(if media_type == $media_type {
                        return $crate::private_input!(input $kind $media_type).map(Self::$variant);
                    })+
                    ::core::result::Result::Err(input.no_media_type())
                }
            }
        }

        $crate::private_client! {
            #[allow(deprecated, reason = "what is deprecated stays on the wire")]
            impl $crate::client::RequestBody for $name {
                fn encode(&self, request: &mut $crate::client::Encoder) {
                    match self {
                        $(Self::$variant(body) =>
                            $crate::private_encode!(request, body, $kind $media_type),)+
                    }
                }
            }
        }
    };
}

/// A tag's trait for a client's group: each method sends its request.
///
/// ```text
/// substitutable!(Addresses for AddressesClient { add_address(AddAddressRequest) });
/// ```
#[macro_export]
macro_rules! substitutable {
    ($tag:ident for $group:ident { $($method:ident($request:ty)),* $(,)? }) => {
        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl $tag for $group<'_> {
            $(
                async fn $method(
                    &self,
                    request: $request,
                ) -> ::core::result::Result<
                    $crate::client::Success<<$request as $crate::client::Request>::Output>,
                    $crate::client::Error<<$request as $crate::client::Request>::Error>,
                > {
                    self.core.call(request).send().await
                }
            )*
        }
    };
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

/// `impl Render` for an enum of responses.
#[doc(hidden)]
#[macro_export]
macro_rules! private_render {
    ($name:ident { $($code:tt => $variant:ident $(($($held:tt)*))? $({$($named:tt)*})?,)* }) => {
        $crate::private_server! {
            impl $crate::server::Render for $name {
                #[allow(deprecated, clippy::match_same_arms, clippy::too_many_lines, reason = "as declared")]
                fn render(self) -> ::core::result::Result<$crate::server::Response, $crate::Internal> {
                    match self {
                        $($crate::private_pattern!($name $variant body status $(($($held)*))? $({$($named)*})?) =>
                            $crate::private_reply!(
                                $crate::private_status!($code status), body, $($($held)*)? $($($named)*)?
                            ),)*
                    }
                }
            }
        }
    };
}

/// `Declares`, where a variant holds a shared response.
#[doc(hidden)]
#[macro_export]
macro_rules! private_declares {
    ($error:ident $variant:ident) => {};
    ($error:ident $variant:ident (..)) => {};
    ($error:ident $variant:ident (json $($media_type:literal)?)) => {};
    ($error:ident $variant:ident (text $($media_type:literal)?)) => {};
    ($error:ident $variant:ident (bytes $($media_type:literal)?)) => {};
    ($error:ident $variant:ident ($response:ty)) => {
        impl $crate::Declares<$response> for $error {
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
    ($response:ident $variant:ident (json $($media_type:literal)?)) => {};
    ($response:ident $variant:ident (text $($media_type:literal)?)) => {};
    ($response:ident $variant:ident (bytes $($media_type:literal)?)) => {};
    ($response:ident $variant:ident ($body:ty $(as $kind:ident $($media_type:literal)?)?)) => {
        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl ::core::convert::From<$body> for $response {
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
    ($name:ident json $($media_type:literal)?) => {};
    ($name:ident text $($media_type:literal)?) => {};
    ($name:ident bytes $($media_type:literal)?) => {};
    ($name:ident $body:ty $(as $kind:ident $($media_type:literal)?)?) => {
        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl ::core::convert::From<$body> for $name {
            fn from(body: $body) -> Self {
                Self::new(body)
            }
        }
    };
}

/// The pattern of a variant.
#[doc(hidden)]
#[macro_export]
macro_rules! private_pattern {
    ($name:ident $variant:ident $body:ident $status:ident) => {
        $name::$variant
    };
    ($name:ident $variant:ident _body $status:ident ($($held:tt)*)) => {
        $name::$variant(..)
    };
    ($name:ident $variant:ident _body $status:ident {$($held:tt)*}) => {
        $name::$variant { $status, .. }
    };
    ($name:ident $variant:ident $body:ident $status:ident ($($held:tt)*)) => {
        $name::$variant($body)
    };
    ($name:ident $variant:ident $body:ident $status:ident {}) => {
        $name::$variant { $status }
    };
    ($name:ident $variant:ident $body:ident $status:ident {$($held:tt)+}) => {
        $name::$variant { $status, $body }
    };
}

/// A status code that is checked when the contract is compiled; that of a variant for several statuses
/// is in its field.
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
        const {
            match $crate::StatusCode::from_u16($code) {
                ::core::result::Result::Ok(status) => status,
                ::core::result::Result::Err(_) => $crate::StatusCode::INTERNAL_SERVER_ERROR,
            }
        }
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

/// The response that a variant makes.
#[doc(hidden)]
#[macro_export]
macro_rules! private_reply {
    ($status:expr, $body:ident, ) => { $crate::server::Reply::empty($status).finish() };
    ($status:expr, $body:ident, ..) => { $crate::server::Respond::respond($body, $status) };
    ($status:expr, $body:ident, json $($media_type:literal)?) => {
        $crate::private_begin!($status, $body, json $($media_type)?).finish()
    };
    ($status:expr, $body:ident, text $($media_type:literal)?) => {
        $crate::private_begin!($status, $body, text $($media_type)?).finish()
    };
    ($status:expr, $body:ident, bytes $($media_type:literal)?) => {
        $crate::private_begin!($status, $body, bytes $($media_type)?).finish()
    };
    ($status:expr, $body:ident, $ty:ty as $kind:ident $($media_type:literal)?) => {
        $crate::private_begin!($status, $body, $kind $($media_type)?).finish()
    };
    ($status:expr, $body:ident, $ty:ty) => { $crate::server::Respond::respond($body, $status) };
}

/// A reply with a body.
#[doc(hidden)]
#[macro_export]
macro_rules! private_begin {
    ($status:expr, $body:expr, ) => { $crate::server::Reply::empty($status) };
    ($status:expr, $body:expr, ..) => { $crate::server::ReplyBody::begin($body, $status) };
    ($status:expr, $body:expr, json $($media_type:literal)?) => {
        $crate::server::Reply::json($status, &$body)$(.declared_as($media_type))?
    };
    ($status:expr, $body:expr, text $($media_type:literal)?) => {
        $crate::server::Reply::text($status, $body)$(.declared_as($media_type))?
    };
    ($status:expr, $body:expr, bytes $($media_type:literal)?) => {
        $crate::server::Reply::bytes($status, $body)$(.declared_as($media_type))?
    };
    ($status:expr, $body:expr, $ty:ty as $kind:ident $($media_type:literal)?) => {
        $crate::private_begin!($status, $body, $kind $($media_type)?)
    };
    ($status:expr, $body:expr, $ty:ty) => { $crate::server::ReplyBody::begin($body, $status) };
}

/// What a variant holds, out of a reply.
#[doc(hidden)]
#[macro_export]
macro_rules! private_read {
    ($reply:ident) => { () };
    ($reply:ident ..) => { $reply.shared()? };
    ($reply:ident json $($media_type:literal)?) => { $reply.json()? };
    ($reply:ident text $($media_type:literal)?) => { $reply.text()? };
    ($reply:ident bytes $($media_type:literal)?) => { $reply.bytes().clone() };
    ($reply:ident $ty:ty as $kind:ident $($media_type:literal)?) => { $crate::private_read!($reply $kind) };
    ($reply:ident $ty:ty) => { $reply.shared()? };
}

/// A variant, out of a reply.
#[doc(hidden)]
#[macro_export]
macro_rules! private_value {
    ($name:ident $variant:ident $reply:ident) => { $name::$variant };
    ($name:ident $variant:ident $reply:ident ($($held:tt)*)) => {
        $name::$variant($crate::private_read!($reply $($held)*))
    };
    ($name:ident $variant:ident $reply:ident {}) => { $name::$variant { status: $reply.status() } };
    ($name:ident $variant:ident $reply:ident {$($held:tt)+}) => {
        $name::$variant { status: $reply.status(), body: $crate::private_read!($reply $($held)+) }
    };
}

/// The type of what a variant holds.
#[doc(hidden)]
#[macro_export]
macro_rules! private_output {
    () => {
        ()
    };
    ($ty:ty $(as $kind:ident $($media_type:literal)?)?) => {
        $ty
    };
}

/// A response's struct, out of a reply.
#[doc(hidden)]
#[macro_export]
macro_rules! private_struct {
    ($reply:ident, [] $($fields:tt)*) => { ::core::result::Result::Ok(Self { $($fields)* }) };
    ($reply:ident, [$($held:tt)+] $($fields:tt)*) => {
        ::core::result::Result::Ok(Self { body: $crate::private_read!($reply $($held)+), $($fields)* })
    };
}

/// Whether a word is there.
#[doc(hidden)]
#[macro_export]
macro_rules! private_flag {
    () => {
        false
    };
    (exploded) => {
        true
    };
}

/// A field of a request, out of a call.
#[doc(hidden)]
#[macro_export]
macro_rules! private_input {
    ($input:ident path $wire:literal) => {
        $input.path($wire)
    };
    ($input:ident query $wire:literal) => {
        $input.query($wire)
    };
    ($input:ident header $wire:literal) => {
        $input.header($wire)
    };
    ($input:ident cookie $wire:literal) => {
        $input.cookie($wire)
    };
    ($input:ident json $media_type:literal) => {
        $input.json()
    };
    ($input:ident text $media_type:literal) => {
        $input.text()
    };
    ($input:ident bytes $media_type:literal) => {
        $input.bytes()
    };
    ($input:ident body) => {
        $input.body()
    };
    ($input:ident optional json $media_type:literal) => {
        $input.optional_json()
    };
    ($input:ident optional text $media_type:literal) => {
        $input.optional_text()
    };
    ($input:ident optional bytes $media_type:literal) => {
        $input.optional_bytes()
    };
    ($input:ident optional body) => {
        $input.optional_body()
    };
}

/// A field of a request, into a call.
#[doc(hidden)]
#[macro_export]
macro_rules! private_encode {
    ($request:ident, $value:expr, body) => { $crate::client::RequestBody::encode($value, $request) };
    ($request:ident, $value:expr, optional json $media_type:literal) => { $request.json($media_type, $value) };
    ($request:ident, $value:expr, optional $($how:tt)+) => {
        if let ::core::option::Option::Some(body) = $value {
            $crate::private_encode!($request, body, $($how)+);
        }
    };
    ($request:ident, $value:expr, $method:ident $wire:literal) => { $request.$method($wire, $value) };
}

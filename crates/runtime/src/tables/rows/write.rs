//! Rows that write: an answer of a server's, a request of a client's.

/// `impl Render` for an enum of responses.
#[doc(hidden)]
#[macro_export]
macro_rules! private_render {
    ($name:ident { $($code:tt => $variant:ident $(($($held:tt)*))? $({$($named:tt)*})?,)* }) => {
        $crate::private_server! {
            impl $crate::server::Render for $name {
                #[allow(
                    deprecated,
                    unused_variables,
                    clippy::match_same_arms,
                    clippy::too_many_lines,
                    reason = "as declared"
                )]
                #[inline]
                fn render(
                    self,
                    asked: &$crate::server::Asked,
                ) -> ::core::result::Result<$crate::server::Response, $crate::Internal> {
                    match self {
                        $($crate::private_pattern!($name $variant body status $(($($held)*))? $({$($named)*})?) =>
                            $crate::private_reply!(
                                asked, $crate::private_sent_status!($code status), body, $($($held)*)? $($($named)*)?
                            ),)*
                    }
                }
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

/// The response that a variant makes.
#[doc(hidden)]
#[macro_export]
macro_rules! private_reply {
    ($asked:ident, $status:expr, $body:ident, ) => { $crate::server::Reply::empty($status).finish() };
    ($asked:ident, $status:expr, $body:ident, ..) => {
        $crate::server::Respond::respond($body, $status, $asked)
    };
    ($asked:ident, $status:expr, $body:ident, _ as $($how:tt)+) => {
        $crate::private_body!($asked, $status, $body, $($how)+).finish()
    };
    ($asked:ident, $status:expr, $body:ident, $ty:ty as $($how:tt)+) => {
        $crate::private_body!($asked, $status, $body, $($how)+).finish()
    };
    ($asked:ident, $status:expr, $body:ident, $ty:ty) => {
        $crate::server::Respond::respond($body, $status, $asked)
    };
}

/// A reply with a body.
#[doc(hidden)]
#[macro_export]
macro_rules! private_begin {
    ($asked:ident, $status:expr, $body:expr, ) => { $crate::server::Reply::empty($status) };
    ($asked:ident, $status:expr, $body:expr, ..) => {
        $crate::server::ReplyBody::begin($body, $status, $asked)
    };
    ($asked:ident, $status:expr, $body:expr, _ as $($how:tt)+) => {
        $crate::private_body!($asked, $status, $body, $($how)+)
    };
    ($asked:ident, $status:expr, $body:expr, $ty:ty as $($how:tt)+) => {
        $crate::private_body!($asked, $status, $body, $($how)+)
    };
    ($asked:ident, $status:expr, $body:expr, $ty:ty) => {
        $crate::server::ReplyBody::begin($body, $status, $asked)
    };
}

/// A reply with a body that is written so.
#[doc(hidden)]
#[macro_export]
macro_rules! private_body {
    ($asked:ident, $status:expr, $body:expr, [
        $first:ident $first_type:literal $first_form:tt $(, $kind:ident $media_type:literal $form:tt)*
    ]) => {{
        let picked = $asked.pick(&[$first_type $(, $media_type)*]);
        let reply = $(if picked == $media_type {
            $crate::private_body!($asked, $status, $body, $kind $media_type $form)
        } else)* {
            $crate::private_body!($asked, $status, $body, $first $first_type $first_form)
        };
        reply.negotiated()
    }};
    ($asked:ident, $status:expr, $body:expr, json $($media_type:literal)? $([])?) => {
        $crate::server::Reply::json($status, &$body)$(.declared_as($media_type))?
    };
    ($asked:ident, $status:expr, $body:expr, scalar $($media_type:literal)? $([])?) => {
        $crate::server::Reply::scalar($status, &$body)$(.declared_as($media_type))?
    };
    ($asked:ident, $status:expr, $body:expr, form $media_type:literal $form:tt) => {
        $crate::server::Reply::form($status, &$body, $crate::private_form!($form))
            .declared_as($media_type)
    };
    ($asked:ident, $status:expr, $body:expr, multipart $media_type:literal $form:tt) => {
        $crate::server::Reply::multipart($status, &$body, $crate::private_form!($form))
            .declared_as($media_type)
    };
    ($asked:ident, $status:expr, $body:expr, xml $media_type:literal $root:tt) => {
        $crate::server::Reply::xml($status, &$body, $crate::private_root!($root))
            .declared_as($media_type)
    };
    ($asked:ident, $status:expr, $body:expr, text $($media_type:literal)? $([])?) => {
        $crate::server::Reply::text($status, $body)$(.declared_as($media_type))?
    };
    ($asked:ident, $status:expr, $body:expr, bytes $($media_type:literal)? $([])?) => {
        $crate::server::Reply::bytes($status, $body)$(.declared_as($media_type))?
    };
    ($asked:ident, $status:expr, $body:expr, events $($media_type:literal)? $([])?) => {
        $crate::server::Reply::events($status, $body)$(.declared_as($media_type))?
    };
    ($asked:ident, $status:expr, $body:expr, items) => {
        $crate::server::Reply::items($status, $body, "application/jsonl")
    };
    ($asked:ident, $status:expr, $body:expr, items $media_type:literal $([])?) => {
        $crate::server::Reply::items($status, $body, $media_type)
    };
}

/// A field of a request, into a call.
#[doc(hidden)]
#[macro_export]
macro_rules! private_encode {
    ($request:ident, $value:expr, body) => { $crate::client::RequestBody::encode($value, $request) };
    ($request:ident, $value:expr, optional json $media_type:literal) => {
        if !$crate::object::Optional::is_absent($value) {
            $request.json($media_type, $value);
        }
    };
    ($request:ident, $value:expr, optional xml $media_type:literal) => {
        if !$crate::object::Optional::is_absent($value) {
            $request.xml($media_type, $value);
        }
    };
    ($request:ident, $value:expr, optional $($how:tt)+) => {
        if let ::core::option::Option::Some(body) = $value {
            $crate::private_encode!($request, body, $($how)+);
        }
    };
    ($request:ident, $value:expr, $method:ident $wire:literal) => { $request.$method($wire, $value) };
}

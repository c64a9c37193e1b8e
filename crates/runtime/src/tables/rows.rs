//! The rows of tables, one part of an implementation each.

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

/// How a form is written: the type whose schema it has, `_` where that is any, and the properties that are
/// not written as the schema has it.
#[doc(hidden)]
#[macro_export]
macro_rules! private_form {
    ([_ $(, $encoding:expr)*]) => {{
        const FORM: &$crate::Form =
            &$crate::Form { schema: &$crate::Schema::any(), encodings: &[$($encoding),*] };
        FORM
    }};
    ([$ty:ty $(, $encoding:expr)*]) => {{
        const FORM: &$crate::Form =
            &$crate::Form { schema: &$crate::Schema::of::<$ty>(), encodings: &[$($encoding),*] };
        FORM
    }};
}

/// The root element of a body of XML.
#[doc(hidden)]
#[macro_export]
macro_rules! private_root {
    ([$root:expr]) => {{
        const ROOT: &$crate::Root = &$root;
        ROOT
    }};
}

/// What a variant holds, out of a reply.
#[doc(hidden)]
#[macro_export]
macro_rules! private_read {
    ($reply:ident) => { () };
    ($reply:ident ..) => { $reply.shared()? };
    ($reply:ident _ as $($how:tt)+) => { $crate::private_read_as!($reply $($how)+) };
    ($reply:ident $ty:ty as $($how:tt)+) => { $crate::private_read_as!($reply $($how)+) };
    ($reply:ident $ty:ty) => { $reply.shared()? };
}

/// A body that is written so, out of a reply.
#[doc(hidden)]
#[macro_export]
macro_rules! private_read_as {
    ($reply:ident [
        $first:ident $first_type:literal $first_form:tt $(, $kind:ident $media_type:literal $form:tt)*
    ]) => {{
        let found = $reply.media_type(&[$first_type $(, $media_type)*]);
        $(if found == $media_type {
            $crate::private_read_as!($reply $kind $media_type $form)
        } else)* {
            $crate::private_read_as!($reply $first $first_type $first_form)
        }
    }};
    ($reply:ident json $($media_type:literal)? $([])?) => { $reply.json()? };
    ($reply:ident scalar $($media_type:literal)? $([])?) => { $reply.scalar()? };
    ($reply:ident form $media_type:literal $form:tt) => { $reply.form($crate::private_form!($form))? };
    ($reply:ident multipart $media_type:literal $form:tt) => {
        $reply.multipart($crate::private_form!($form))?
    };
    ($reply:ident xml $media_type:literal $root:tt) => { $reply.xml($crate::private_root!($root))? };
    ($reply:ident text $($media_type:literal)? $([])?) => { $reply.text()? };
    ($reply:ident bytes $($media_type:literal)? $([])?) => { $reply.stream() };
    ($reply:ident events $($media_type:literal)? $([])?) => { $reply.events() };
    ($reply:ident items $($media_type:literal)? $([])?) => { $reply.items() };
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

/// `impl ReadAnswer` for an enum of responses.
#[doc(hidden)]
#[macro_export]
macro_rules! private_read_answer {
    ($name:ident { $($code:tt => $variant:ident $(($($held:tt)*))? $({$($named:tt)*})?,)* }) => {
        impl $crate::testing::ReadAnswer for $name {
            #[allow(deprecated, unreachable_code, unreachable_patterns, clippy::too_many_lines, reason = "as declared")]
            #[inline]
            fn read_answer(
                reply: &$crate::client::Reply,
            ) -> ::core::result::Result<::core::option::Option<Self>, $crate::client::DecodeError> {
                ::core::result::Result::Ok(::core::option::Option::Some(match reply.status().as_u16() {
                    $($crate::private_codes!($code) =>
                        $crate::private_value!($name $variant reply $(($($held)*))? $({$($named)*})?),)*
                    _ => return ::core::result::Result::Ok(::core::option::Option::None),
                }))
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

/// A response's struct, out of a reply.
#[doc(hidden)]
#[macro_export]
macro_rules! private_struct {
    ($reply:ident, [] $($fields:tt)*) => { ::core::result::Result::Ok(Self { $($fields)* }) };
    ($reply:ident, [$($held:tt)+] $($fields:tt)*) => {
        ::core::result::Result::Ok(Self { body: $crate::private_read!($reply $($held)+), $($fields)* })
    };
}

/// How a header is written.
#[doc(hidden)]
#[macro_export]
macro_rules! private_header_form {
    () => {
        $crate::style::HeaderForm::Plain
    };
    (exploded) => {
        $crate::style::HeaderForm::Exploded
    };
    (plain) => {
        $crate::style::HeaderForm::Plain
    };
    (json) => {
        $crate::style::HeaderForm::Json
    };
    (spaces) => {
        $crate::style::HeaderForm::Spaces
    };
    (bars) => {
        $crate::style::HeaderForm::Bars
    };
    (tabs) => {
        $crate::style::HeaderForm::Tabs
    };
}

/// A header, out of a reply; its schema leads where a type alone does not tell its text.
#[doc(hidden)]
#[macro_export]
macro_rules! private_read_header {
    ($reply:ident $header:literal $($form:ident)?) => {
        $reply.header_as($header, $crate::private_header_form!($($form)?))?
    };
    ($reply:ident $header:literal $form:ident ($schema:expr)) => {{
        static SCHEMA: $crate::Schema = $schema;
        $reply.header_of($header, $crate::private_header_form!($form), &SCHEMA)?
    }};
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
    ($input:ident xml $media_type:literal) => {
        $input.xml()
    };
    ($input:ident form $media_type:literal) => {
        $input.form()
    };
    ($input:ident multipart $media_type:literal) => {
        $input.multipart()
    };
    ($input:ident scalar $media_type:literal) => {
        $input.scalar()
    };
    ($input:ident text $media_type:literal) => {
        $input.text()
    };
    ($input:ident bytes $media_type:literal) => {
        $input.bytes()
    };
    ($input:ident events $media_type:literal) => {
        $input.events()
    };
    ($input:ident items $media_type:literal) => {
        $input.items()
    };
    ($input:ident body) => {
        $input.body()
    };
    ($input:ident optional json $media_type:literal) => {
        $input.optional_json()
    };
    ($input:ident optional xml $media_type:literal) => {
        $input.optional_xml()
    };
    ($input:ident optional form $media_type:literal) => {
        $input.optional_form()
    };
    ($input:ident optional multipart $media_type:literal) => {
        $input.optional_multipart()
    };
    ($input:ident optional scalar $media_type:literal) => {
        $input.optional_scalar()
    };
    ($input:ident optional text $media_type:literal) => {
        $input.optional_text()
    };
    ($input:ident optional bytes $media_type:literal) => {
        $input.optional_bytes()
    };
    ($input:ident optional events $media_type:literal) => {
        $input.optional_events()
    };
    ($input:ident optional items $media_type:literal) => {
        $input.optional_items()
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

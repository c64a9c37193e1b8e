//! Rows that read: an answer for a client, a request for a server.

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

/// A response's struct, out of a reply.
#[doc(hidden)]
#[macro_export]
macro_rules! private_struct {
    ($reply:ident, [] $($fields:tt)*) => { ::core::result::Result::Ok(Self { $($fields)* }) };
    ($reply:ident, [$($held:tt)+] $($fields:tt)*) => {
        ::core::result::Result::Ok(Self { body: $crate::private_read!($reply $($held)+), $($fields)* })
    };
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

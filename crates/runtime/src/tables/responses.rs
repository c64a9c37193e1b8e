//! Tables of responses.

/// What an operation's error enum implements: `status()`, `Display`, `Error`, `Answers` as itself,
/// `Declares` for itself and each shared response, and how both sides write and read it.
///
/// ```text
/// error_responses!(AddAddressError {
///     400 => BadRequest(BadRequest),      // a component response: `?` converts it
///     404 => NotFound(_ as json),         // a body of this operation alone
///     410 => Gone,                        // no body
///     4XX => ClientError { _ as json },        // the variant has the fields `status` and, with a body, `body`
///     default => Default {},
/// });
/// ```
#[macro_export]
macro_rules! error_responses {
    ($error:ident {
        $($code:tt => $variant:ident $(($($held:tt)*))? $({$($named:tt)*})?),* $(,)?
    }) => {
        impl $crate::OperationError for $error {}

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
                #[inline]
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
                #[inline]
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

        $crate::private_testing! {
            $crate::private_read_answer!($response { $code => $variant $(($($held)*))? $({$($named)*})?, });
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
                #[inline]
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

        $crate::private_testing! {
            $crate::private_read_answer!($response { $($code => $variant $(($($held)*))? $({$($named)*})?,)* });
        }
    };
}

/// How both sides write and read a response's struct, by its body and its headers; it answers as itself.
///
/// ```text
/// response!(Created());
/// response!(Conflict(Pet as json));           // and `From<Pet>`
/// response!(TooManyRequests(_ as json) { retry_after: "Retry-After", limits: "X-Limits" exploded, trace: "X-Trace" json });
/// response!(Seen() { rgb: "X-Rgb" plain(Schema::of::<Rgb>()) });    // what its type alone does not tell
/// ```
#[macro_export]
macro_rules! response {
    ($name:ident ($($held:tt)*) $({ $($field:ident: $header:literal $($form:ident $(($schema:expr))?)?),* $(,)? })?) => {
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
                #[allow(unused_variables, reason = "there may be nothing to negotiate")]
                #[inline]
                fn respond(
                    self,
                    status: $crate::StatusCode,
                    asked: &$crate::server::Asked,
                ) -> ::core::result::Result<$crate::server::Response, $crate::Internal> {
                    let reply = $crate::private_begin!(asked, status, self.body, $($held)*);
                    $($(let reply = reply
                        .with_header($header, &self.$field, $crate::private_header_form!($($form)?));)*)?
                    reply.finish()
                }
            }
        }

        $crate::private_client! {
            #[allow(deprecated, reason = "what is deprecated stays on the wire")]
            impl $crate::client::FromReply for $name {
                #[allow(unused_variables, reason = "there may be nothing to read")]
                #[inline]
                fn from_reply(
                    reply: &$crate::client::Reply,
                ) -> ::core::result::Result<Self, $crate::client::DecodeError> {
                    $crate::private_struct!(reply, [$($held)*] $($($field: $crate::private_read_header!(reply $header $($form $(($schema))?)?),)*)?)
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
    ($name:ident { $($variant:ident($kind:ident $media_type:literal $($form:tt)?)),+ $(,)? }) => {
        $crate::private_server! {
            #[allow(deprecated, reason = "what is deprecated stays on the wire")]
            impl $crate::server::ReplyBody for $name {
                #[allow(unused_variables, reason = "there may be nothing to negotiate")]
                #[inline]
                fn begin(
                    self,
                    status: $crate::StatusCode,
                    asked: &$crate::server::Asked,
                ) -> $crate::server::Reply {
                    match self {
                        $(Self::$variant(body) =>
                            $crate::private_body!(asked, status, body, $kind $media_type $($form)?),)+
                    }
                }
            }

            impl $crate::server::Respond for $name {
                #[inline]
                fn respond(
                    self,
                    status: $crate::StatusCode,
                    asked: &$crate::server::Asked,
                ) -> ::core::result::Result<$crate::server::Response, $crate::Internal> {
                    $crate::server::ReplyBody::begin(self, status, asked).finish()
                }
            }
        }

        $crate::private_client! {
            #[allow(deprecated, reason = "what is deprecated stays on the wire")]
            impl $crate::client::FromReply for $name {
                #[inline]
                fn from_reply(
                    reply: &$crate::client::Reply,
                ) -> ::core::result::Result<Self, $crate::client::DecodeError> {
                    let media_type = reply.media_type(&[$($media_type),+]);
                    $(if media_type == $media_type {
                        return ::core::result::Result::Ok(Self::$variant($crate::private_read_as!(reply $kind $media_type $($form)?)));
                    })+
                    ::core::result::Result::Err(reply.no_media_type())
                }
            }
        }
    };
}

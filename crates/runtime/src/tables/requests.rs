//! Tables of requests.

/// How both sides write and read an operation's request.
///
/// ```text
/// operation!(ADD_TAGS: AddTagsRequest -> AddTagsResponse | AddTagsError {
///     address_id: path "addressId",
///     tags: query "tags",                     // or `header`, `cookie`
///     body: json "application/json",          // or `form`, `multipart`, `text`, `bytes`; `body` for `request_bodies!`
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
                #[inline]
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
                #[inline]
                fn encode(&self, request: &mut $crate::client::Encoder) {
                    $($crate::private_encode!(request, &self.$field, $($how)+ $($wire)?);)*
                }

                #[inline]
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

        $crate::private_testing! {
            impl $crate::testing::Subject for $request {
                type Response = $response;
                type Declared = $error;
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
                #[inline]
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
                #[inline]
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
                #[inline]
                fn $method(
                    &self,
                    request: $request,
                ) -> impl ::core::future::Future<
                    Output = ::core::result::Result<
                        $crate::client::Success<<$request as $crate::client::Request>::Output>,
                        $crate::client::Error<<$request as $crate::client::Request>::Error>,
                    >,
                > + ::core::marker::Send {
                    ::core::future::IntoFuture::into_future(self.core.call(request))
                }
            )*
        }
    };
}

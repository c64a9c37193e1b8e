//! Generated code against the vectors of its contract. Generated tests call this.
//!
//! A vector is a request or an answer as it stands on the wire, made of the contract and of nothing that
//! is tested here. A request goes as text to the router, and what the recording service got of it goes
//! through the client and the router again; an answer goes from the service through the router to the
//! client. What came out has to be what went in.

mod compare;
mod exchange;
mod record;
mod run;
mod subject;
mod vector;

pub use record::{Claimed, Record, Service, authenticate, authenticate_basic, authenticate_connection};
pub use run::{Unmet, conform, unservable};
pub use subject::{ReadAnswer, Subject};
pub use vector::Vectors;

/// The recording service of a contract, and what it takes for a credential of each scheme.
///
/// ```text
/// recorder! { my_api::server;
///     customer_token: CustomerToken(Option<&str>) = token "credential-0",
///     user: User(Option<Basic>) = basic "credential-1",
///     certificate: Certificate() = connection,
/// }
/// ```
#[macro_export]
macro_rules! recorder {
    (@is token $found:ident, $request:ident, $token:literal) => {
        $crate::testing::authenticate($found, $token)
    };
    (@is basic $found:ident, $request:ident, $token:literal) => {
        $crate::testing::authenticate_basic($found.as_ref(), $token)
    };
    (@is connection $found:ident, $request:ident) => {
        $crate::testing::authenticate_connection($request)
    };
    (@authenticate $($server:ident)::+;) => {};
    (@authenticate $($server:ident)::+; $(
        $method:ident: $principal:ident($($credential:ty)?) = $kind:ident $($token:literal)?
    ),+ $(,)?) => {
        impl $($server)::+::Authenticate for Recorder {
            $(type $principal = $crate::testing::Claimed;)+
            $($crate::recorder!(@method $method, $principal, ($($credential)?), $kind $($token)?);)+
        }
    };
    (@method $method:ident, $principal:ident, (), $kind:ident) => {
        async fn $method(
            &self,
            _: ::core::option::Option<&$crate::server::ClientCertificate>,
            request: $crate::server::SecurityRequest<'_>,
        ) -> $crate::server::Authentication<Self::$principal> {
            $crate::recorder!(@is $kind request, request)
        }
    };
    (@method $method:ident, $principal:ident, ($credential:ty), $kind:ident $token:literal) => {
        async fn $method(
            &self,
            found: $credential,
            _: $crate::server::SecurityRequest<'_>,
        ) -> $crate::server::Authentication<Self::$principal> {
            $crate::recorder!(@is $kind found, found, $token)
        }
    };
    ($($server:ident)::+; unservable: [$($unservable:literal),* $(,)?]; $($schemes:tt)*) => {
        /// Records each request, and answers what it is told to.
        pub struct Recorder($crate::testing::Record);

        impl $crate::server::Service for Recorder {}

        $crate::recorder!(@authenticate $($server)::+; $($schemes)*);

        static SERVICE: ::std::sync::LazyLock<$crate::testing::Service> =
            ::std::sync::LazyLock::new(|| {
                $crate::testing::Service::new(|record| $($server)::+::routes(Recorder(record)))
            });

        #[test]
        fn router_is_built_and_what_it_cannot_serve_is_listed() -> ::core::result::Result<(), $crate::testing::Unmet> {
            $crate::testing::unservable(&SERVICE, &[$($unservable),*])
        }
    };
}

/// The tests of one tag: its vectors, its trait, and a line for each operation.
///
/// ```text
/// conformance! { SERVICE: Recorder; include_str!("pets.json"); my_api::server::Pets;
///     add_pet(AddPetRequest) by Self::CustomerToken,
///     list_pets(ListPetsRequest),
///     report(ReportRequest, _asked),
/// }
/// ```
#[macro_export]
macro_rules! conformance {
    ($service:ident: $recorder:ident; $vectors:expr; $($tag:ident)::+; $($method:ident($request:ty $(, $asked:ident)?) $(by $principal:ty)?),* $(,)?) => {
        static VECTORS: ::std::sync::LazyLock<$crate::testing::Vectors> =
            ::std::sync::LazyLock::new(|| $crate::testing::Vectors::read($vectors));

        #[allow(deprecated, non_snake_case, reason = "what is deprecated stays on the wire")]
        impl $($tag)::+ for $recorder {
            $(
                async fn $method(
                    &self,
                    $(_: $principal,)?
                    $($asked: $crate::server::Asked,)?
                    request: $request,
                ) -> ::core::result::Result<
                    <$request as $crate::testing::Subject>::Response,
                    $crate::Failure<<$request as $crate::testing::Subject>::Declared>,
                > {
                    self.0.answer(request)
                }
            )*
        }

        $(
            #[test]
            #[allow(deprecated, non_snake_case, reason = "what is deprecated stays on the wire")]
            fn $method() -> ::core::result::Result<(), $crate::testing::Unmet> {
                $crate::testing::conform::<$request>(&$service, &VECTORS, stringify!($method))
            }
        )*
    };
}

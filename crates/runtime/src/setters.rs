//! `with_…` methods for what a generated struct may leave out.

/// A chainable setter for each member listed: `member: method(argument)`. The argument may be an
/// `impl Into` of the member's type. With `as is` it is stored as it is, else as the `Some` of it.
///
/// ```
/// #[derive(Default)]
/// pub struct Pet {
///     pub name: Option<String>,
///     pub owner: specwright_runtime::Patch<String>,
/// }
///
/// specwright_runtime::setters!(Pet {
///     name: with_name(impl Into<String>),
///     owner: with_owner(impl Into<specwright_runtime::Patch<String>>) as is,
/// });
///
/// assert_eq!(Pet::default().with_name("Rex").name.as_deref(), Some("Rex"));
/// ```
#[macro_export]
macro_rules! setters {
    ($name:ident { $($members:tt)* }) => {
        impl $name {
            $crate::setters!(@members $($members)*);
        }
    };
    (@members) => {};
    (@members $(#[$attribute:meta])* $member:ident: $method:ident($argument:ty) as is, $($rest:tt)*) => {
        #[doc = concat!("Sets `", stringify!($member), "`.")]
        $(#[$attribute])*
        #[must_use]
        pub fn $method(mut self, $member: $argument) -> Self {
            self.$member = $member.into();
            self
        }

        $crate::setters!(@members $($rest)*);
    };
    (@members $(#[$attribute:meta])* $member:ident: $method:ident($argument:ty), $($rest:tt)*) => {
        #[doc = concat!("Sets `", stringify!($member), "`.")]
        $(#[$attribute])*
        #[must_use]
        pub fn $method(mut self, $member: $argument) -> Self {
            self.$member = Some($member.into());
            self
        }

        $crate::setters!(@members $($rest)*);
    };
}

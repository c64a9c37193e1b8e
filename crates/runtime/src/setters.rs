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
    ($name:ident {
        $($(#[$attribute:meta])* $member:ident: $method:ident($argument:ty) $(as $is:ident)?),* $(,)?
    }) => {
        #[allow(deprecated, reason = "what is deprecated stays on the wire")]
        impl $name {
            $(
                #[doc = concat!("Sets `", stringify!($member), "`.")]
                $(#[$attribute])*
                #[must_use]
                pub fn $method(mut self, $member: $argument) -> Self {
                    self.$member = $crate::setters!(@value $member $($is)?);
                    self
                }
            )*
        }
    };
    (@value $member:ident is) => { $member.into() };
    (@value $member:ident) => { Some($member.into()) };
}

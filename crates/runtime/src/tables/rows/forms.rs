//! How headers, forms and documents of XML are written.

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

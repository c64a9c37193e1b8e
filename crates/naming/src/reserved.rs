//! Names that generated code needs for itself.

/// What no generated type may be called: names of the prelude. Everything else that generated files use
/// can be written by its path where its name is taken.
pub const TYPES: &[&str] = &[
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// What no method of a generated trait may be called: functions beside it, and methods that its
/// implementers have anyway.
pub const METHODS: &[&str] = &[
    "as_ref",
    "body_limit",
    "borrow",
    "builder",
    "call",
    "clone",
    "eq",
    "fmt",
    "from",
    "header",
    "into",
    "into_future",
    "new",
    "reject",
    "router",
    "routes",
    "timeout",
    "to_owned",
    "try_from",
    "try_into",
    "with",
];

/// What no generated file may be called: one that is there anyway, and names that some file systems
/// refuse.
pub const FILES: &[&str] = &[
    "aux", "com0", "com1", "com2", "com3", "com4", "com5", "com6", "com7", "com8", "com9", "con", "lpt0",
    "lpt1", "lpt2", "lpt3", "lpt4", "lpt5", "lpt6", "lpt7", "lpt8", "lpt9", "mod", "nul", "prn",
];

/// What no group of a client's operations may be called, besides [`FILES`]: the client's own methods.
pub const GROUPS: &[&str] = &["builder", "call", "clone", "fmt", "into", "new", "to_owned", "try_into"];

//! What emitting looks up by name, gathered once a contract.

use std::collections::BTreeSet;

use specwright_ir::Ir;

/// Names of a contract's items.
#[derive(Debug)]
pub struct Index<'a> {
    /// What types, shared responses and tags are called.
    pub(crate) names: BTreeSet<&'a str>,
    /// The absolute paths of deprecated types; items that name one of them get
    /// [`crate::allow_deprecated`].
    pub(crate) deprecated: BTreeSet<String>,
}

impl<'a> Index<'a> {
    /// Gathers the names of a contract.
    pub fn of(ir: &'a Ir) -> Self {
        let types = ir.types.iter().map(|ty| &ty.name);
        let responses = ir.responses.iter().map(|response| &response.name);
        let names = types.chain(responses).chain(ir.tags.iter().map(|tag| &tag.name));
        let deprecated = ir.types.iter().filter(|ty| ty.deprecated);
        Self {
            names: names.map(|name| name.pascal.as_str()).collect(),
            deprecated: deprecated.map(|ty| format!("crate::types::{}", ty.name.pascal)).collect(),
        }
    }
}

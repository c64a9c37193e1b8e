//! From a checked document to the intermediate representation: one file an OpenAPI object.
//!
//! Each file turns its object into plain data and says what it repaired, left out or refused. Nothing
//! here names anything: that is the next pass, [`crate::names`].

mod adjacent;
mod all_of;
mod annotations;
mod body;
mod boxes;
mod choice;
mod conflict;
mod context;
mod cursor;
mod diagnose;
mod discriminator;
mod elements;
mod enumeration;
mod event;
mod examples;
mod expression;
mod facts;
mod family;
mod form;
mod header;
mod info;
mod judge;
mod link;
mod object;
mod operation;
mod parameter;
mod part;
mod path;
mod place;
mod reach;
mod recursion;
mod response;
mod rules;
mod scalar;
mod schema;
mod security;
mod servers;
mod style;
mod tags;
mod typed;
mod union;
mod usage;
mod verdict;
mod views;
mod xml;

pub(crate) use cursor::Cursor;
pub(crate) use enumeration::fitted;
pub(crate) use operation::key_of as operation_key;
pub(crate) use place::{Place, Rung, escape, key as stable_key, whole};

use std::collections::BTreeSet;

use context::Lowering;
use specwright_diagnostics::{Diagnostics, Pointer};
use specwright_ir::Ir;

use crate::names::{self, Lock};
use crate::settings::Settings;
use crate::{Document, allowance};

/// What a document means, and the names that the next run has to keep.
#[derive(Clone, Debug)]
pub struct Lowered {
    /// The contract.
    pub ir: Ir,
    /// Every public name, by place.
    pub lock: Lock,
}

/// Lowers a document and names every item of it.
///
/// Everything found is in the sink, but for what an allowance covers, whichever pass found it. `None`
/// when the sink has errors: then there is nothing to emit.
pub fn lower(document: &Document, settings: &Settings, sink: &mut Diagnostics) -> Option<Lowered> {
    let mut found = Diagnostics::new();
    let moved = settings.moved(document);
    let mut lowering = Lowering::new(document, &moved, &mut found);
    let root = Cursor::new(document.root(), Pointer::root());
    let mut ir = contract(&mut lowering, &root);
    let links = std::mem::take(&mut lowering.link_targets);
    let (types, mut places) = lowering.finish();
    ir.types = types;
    link::check(&mut ir, &links, &mut found);
    views::split(&mut ir, &mut places, &mut found);
    verdict::pass(&mut ir, &mut found);
    recursion::resolve(&mut ir);
    boxes::settle(&mut ir);
    usage::mark(&mut ir);
    views::conversions(&mut ir);
    reach::mark(&mut ir);
    adjacent::check(&ir, &mut found);
    elements::settle(&mut ir, &mut found);
    examples::check(&mut ir, &mut found);
    let lock = names::allocate(&mut ir, &places, document, &moved, &mut found);
    // From here on it is about the author's document: examples are looked up there.
    ir.each_example_mut(&mut |example| example.origin = document.authored(&example.origin));
    let found = found.into_vec().into_iter().map(|found| found.relocated(|at| document.authored(at)));
    let mut said = BTreeSet::new();
    for found in document.found().iter().cloned().chain(found) {
        // One schema of 2.0 is one of each media type.
        if said.insert((found.code, found.primary.place.clone(), found.message.clone())) {
            sink.push(found);
        }
    }
    allowance::apply(settings, sink);
    (!sink.has_errors()).then_some(Lowered { ir, lock })
}

fn contract<'a>(lowering: &mut Lowering<'a, '_>, root: &Cursor<'a>) -> Ir {
    lowering.component_schemas(root);
    let schemes = lowering.schemes(root);
    let responses = lowering.component_responses(root);
    let (tags, operations) = lowering.operations(root);
    let ir = Ir {
        info: lowering.info(root),
        servers: lowering.servers(root),
        tags,
        schemes,
        types: Vec::new(),
        responses,
        operations,
        extensions: annotations::extensions(root),
    };
    lowering.unused_components(root);
    ir
}

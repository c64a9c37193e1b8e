//! What webhooks and callbacks need and nothing else of the contract does.
//!
//! Whoever uses the contract without them compiles without it. What no operation reaches is there for
//! people to use, and stays with all that it needs.

use std::collections::BTreeSet;

use specwright_ir::{Ir, Operation, ResponseBody, ResponseId, Schema, TypeId};

use super::usage::push;

/// Marks the types and the component responses that only webhooks and callbacks reach.
pub(super) fn mark(ir: &mut Ir) {
    if !ir.has_events() {
        return;
    }
    let [api, events] = [false, true].map(|is_event| {
        let operations = ir.operations.iter().filter(|operation| operation.event.is_some() == is_event);
        Reached::of(ir, operations)
    });
    let all = (0..ir.types.len()).map(TypeId);
    let unused = all.filter(|id| !api.types.contains(id) && !events.types.contains(id)).collect();
    let mut kept = api;
    kept.extend(ir, unused);
    let is_needless = |id: &ResponseId| !kept.responses.contains(id) && !events.responses.contains(id);
    let needless: Vec<ResponseId> = (0..ir.responses.len()).map(ResponseId).filter(is_needless).collect();
    for id in needless {
        kept.response(ir, id);
    }
    for (index, ty) in ir.types.iter_mut().enumerate() {
        ty.usage.events_only = !kept.types.contains(&TypeId(index));
    }
    for (index, response) in ir.responses.iter_mut().enumerate() {
        response.events_only = !kept.responses.contains(&ResponseId(index));
    }
}

/// Types with all that they are made of, and component responses.
#[derive(Default)]
struct Reached {
    types: BTreeSet<TypeId>,
    responses: BTreeSet<ResponseId>,
}

impl Reached {
    /// What operations are made of.
    fn of<'a>(ir: &Ir, operations: impl Iterator<Item = &'a Operation>) -> Self {
        let mut reached = Self::default();
        for operation in operations {
            let mut ids = Vec::new();
            operation.each_request_schema(&mut |schema| named(schema, &mut ids));
            for response in &operation.responses {
                match &response.body {
                    ResponseBody::Shared(id) => reached.response(ir, *id),
                    ResponseBody::Inline(own) => own.each_schema(&mut |schema| named(schema, &mut ids)),
                }
            }
            reached.extend(ir, ids);
        }
        reached
    }

    fn response(&mut self, ir: &Ir, id: ResponseId) {
        if self.responses.insert(id) {
            let mut ids = Vec::new();
            ir.response(id).each_schema(&mut |schema| named(schema, &mut ids));
            self.extend(ir, ids);
        }
    }

    fn extend(&mut self, ir: &Ir, mut pending: Vec<TypeId>) {
        while let Some(id) = pending.pop() {
            if self.types.insert(id) {
                let ty = ir.ty(id);
                ty.kind.each_schema(&mut |schema| named(schema, &mut pending));
                ty.rules.iter().for_each(|rule| rule.walk(&mut |schema| push(schema, &mut pending)));
            }
        }
    }
}

/// Adds the type that a schema names, and those that its rules name. What is inside of it is visited on
/// its own.
fn named(schema: &Schema, ids: &mut Vec<TypeId>) {
    push(schema, ids);
    schema.rules.iter().for_each(|rule| rule.walk(&mut |ruled| push(ruled, ids)));
}

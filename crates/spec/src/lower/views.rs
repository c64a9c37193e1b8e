//! Views: what is sent of a schema and what comes back, where `readOnly` and `writeOnly` make a difference.
//!
//! A type that travels one way loses the properties of the other. One that travels both ways and is not
//! the same in each becomes two. What comes back keeps the schema's name, whatever is added to the
//! contract; what is sent is named after it.

mod conversion;
mod examples;
mod rules;

use std::collections::{BTreeMap, BTreeSet};

use specwright_diagnostics::Diagnostics;
use specwright_ir::{
    Access, BodyKind, Content, Conversion, Direction, Ir, OperationResponse, Response, ResponseBody, Schema,
    Shape, Struct, Type, TypeId, TypeKind, View,
};

use super::{Place, usage};

pub(super) use conversion::settle as conversions;

/// Gives each direction its own types where they differ.
pub(super) fn split(ir: &mut Ir, places: &mut Vec<Place>, sink: &mut Diagnostics) {
    let before = in_use(ir, places);
    let examples = examples::sent(ir);
    let [sent, received] = usage::directions(ir).map(BTreeSet::from_iter);
    let mut views = BTreeMap::new();
    for id in differing(ir, &sent.intersection(&received).copied().collect()) {
        let view = TypeId(ir.types.len());
        let (whole, part) = pair(ir.ty(id), id, view, &examples);
        ir.types[id.0] = whole;
        ir.types.push(part);
        places.push(places[id.0].sent());
        views.insert(id, view);
    }
    let redirect = &mut |schema: &mut Schema| {
        if let Shape::Named(id) = &mut schema.shape
            && let Some(view) = views.get(id)
        {
            *id = *view;
        }
    };
    let mut directions = BTreeMap::new();
    for (index, ty) in ir.types.iter_mut().enumerate() {
        let id = TypeId(index);
        let direction = match (ty.view, sent.contains(&id), received.contains(&id)) {
            (Some(view), _, _) => view.direction,
            (None, true, false) => Direction::Request,
            (None, false, true) => Direction::Response,
            (None, _, _) => continue,
        };
        directions.insert(id, direction);
        if direction == Direction::Request {
            ty.each_schema_mut(redirect);
        }
        if let TypeKind::Struct(object) = &mut ty.kind {
            restrict(object, direction);
        }
    }
    rules::settle(ir, &directions, sink);
    for operation in &mut ir.operations {
        if operation.event.is_none() {
            operation.each_request_schema_mut(redirect);
            continue;
        }
        for response in &mut operation.responses {
            answer(response, &ir.responses, &views);
            if let ResponseBody::Inline(response) = &mut response.body {
                response.each_schema_mut(redirect);
            }
        }
    }
    encodings(ir);
    let after = in_use(ir, places);
    drop_types(ir, places, &before.difference(&after).copied().collect());
}

/// Of the types that travel both ways, those that are not the same in each: those with a property of one
/// direction, and all that is made of them.
fn differing(ir: &Ir, both: &BTreeSet<TypeId>) -> BTreeSet<TypeId> {
    let mut users: BTreeMap<TypeId, Vec<TypeId>> = BTreeMap::new();
    let mut pending = Vec::new();
    for id in both {
        let ty = ir.ty(*id);
        let mut used = Vec::new();
        ty.kind.each_schema(&mut |schema| usage::push(schema, &mut used));
        ty.each_ruled(&mut |schema| usage::push(schema, &mut used));
        for part in used {
            users.entry(part).or_default().push(*id);
        }
        if let TypeKind::Struct(object) = &ty.kind
            && object.fields.iter().any(|field| field.access != Access::ReadWrite)
        {
            pending.push(*id);
        }
    }
    let mut differing = BTreeSet::new();
    while let Some(id) = pending.pop() {
        if differing.insert(id) {
            pending.extend(users.get(&id).into_iter().flatten());
        }
    }
    differing
}

/// Who answers a provider's call with a component response answers with what is sent, where that is
/// something else: a response of its own.
fn answer(response: &mut OperationResponse, shared: &[Response], views: &BTreeMap<TypeId, TypeId>) {
    let ResponseBody::Shared(id) = response.body else { return };
    let mut used = Vec::new();
    shared[id.0].each_schema(&mut |schema| usage::push(schema, &mut used));
    if used.iter().any(|id| views.contains_key(id)) {
        let mut own = shared[id.0].clone();
        own.name = response.name.clone();
        response.body = ResponseBody::Inline(Box::new(own));
    }
}

/// What comes back, and what is sent.
fn pair(whole: &Type, id: TypeId, view: TypeId, examples: &examples::Sent) -> (Type, Type) {
    let of = |direction: Direction, other: TypeId| {
        let mut ty = whole.clone();
        ty.view = Some(View { direction, other, from_other: Conversion::Never });
        examples.keep(&mut ty, direction);
        ty
    };
    (of(Direction::Response, view), of(Direction::Request, id))
}

/// Takes out what exists in the other direction only. Nobody is refused for sending it.
fn restrict(object: &mut Struct, direction: Direction) {
    let fields = std::mem::take(&mut object.fields);
    let (kept, gone): (Vec<_>, Vec<_>) =
        fields.into_iter().partition(|field| field.access.is_part_of(direction));
    object.fields = kept;
    object.ignored = gone.into_iter().map(|field| field.name.wire).collect();
    let count = u64::try_from(object.ignored.len()).unwrap_or(u64::MAX);
    object.min_properties =
        object.min_properties.map(|least| least.saturating_sub(count)).filter(|&least| least > 0);
    for all in &mut object.groups {
        for group in &mut all.groups {
            group.retain(|name| !object.ignored.contains(name));
        }
    }
    // A group of which nothing is left is there always.
    object.groups.retain(|all| all.groups.iter().all(|group| !group.is_empty()));
}

/// Takes out how properties of a form are written that are not there in its direction.
fn encodings(ir: &mut Ir) {
    let Ir { types, operations, responses, .. } = ir;
    let mut settle = |content: &mut Content| {
        if let BodyKind::Form(form) | BodyKind::Multipart(form) = &mut content.kind
            && let Shape::Named(id) = &form.schema.shape
            && let TypeKind::Struct(object) = &types[id.0].kind
        {
            form.encodings.retain(|encoding| !object.ignored.contains(&encoding.property));
        }
    };
    responses.iter_mut().flat_map(|response| &mut response.contents).for_each(&mut settle);
    for operation in operations {
        operation.body.iter_mut().flat_map(|body| &mut body.contents).for_each(&mut settle);
        for response in &mut operation.responses {
            if let ResponseBody::Inline(response) = &mut response.body {
                response.contents.iter_mut().for_each(&mut settle);
            }
        }
    }
}

/// Components, and all that they and the operations are made of.
fn in_use(ir: &Ir, places: &[Place]) -> BTreeSet<TypeId> {
    let components = places.iter().enumerate().filter(|(_, place)| place.component);
    let mut roots: Vec<TypeId> = components.map(|(index, _)| TypeId(index)).collect();
    let push = &mut |schema: &Schema| usage::push(schema, &mut roots);
    for response in &ir.responses {
        response.each_schema(push);
    }
    for operation in &ir.operations {
        operation.each_request_schema(push);
        for response in &operation.responses {
            ir.resolve(response).each_schema(push);
        }
    }
    // What a rule names is kept whatever else does.
    for ty in &ir.types {
        ty.each_ruled(&mut |schema| usage::push(schema, &mut roots));
    }
    ir.each_schema(&mut |schema| schema.walk_rules(&mut |inner| usage::push(inner, &mut roots)));
    usage::reached(ir, roots).into_iter().collect()
}

/// Takes out types that only stood in properties that were taken out.
fn drop_types(ir: &mut Ir, places: &mut Vec<Place>, gone: &BTreeSet<TypeId>) {
    if gone.is_empty() {
        return;
    }
    let is_kept = |index: usize| !gone.contains(&TypeId(index));
    let mut next = 0;
    let numbers: Vec<TypeId> = (0..ir.types.len())
        .map(|index| {
            let id = TypeId(next);
            next += usize::from(is_kept(index));
            id
        })
        .collect();
    let mut index = 0..;
    ir.types.retain(|_| index.next().is_some_and(is_kept));
    let mut index = 0..;
    places.retain(|_| index.next().is_some_and(is_kept));
    ir.each_schema_mut(&mut |schema| {
        if let Shape::Named(id) = &mut schema.shape {
            *id = numbers[id.0];
        }
    });
    for view in ir.types.iter_mut().filter_map(|ty| ty.view.as_mut()) {
        view.other = numbers[view.other.0];
    }
}

//! Where a value is boxed: where its type would otherwise contain itself, and where it is large.

use specwright_ir::{Ir, Schema, Shape, TypeId, TypeKind};

use super::recursion::{Components, components};

/// The octets that a value may take where it is not boxed. A build without optimization moves a body some
/// forty times, each time to another place of a stack that has 2 MiB.
const LIMIT: usize = 16 * 1024;

/// The octets of a number, with whether it is there; a pointer has half of it.
const NUMBER: usize = 16;

/// The octets of a text or a list.
const TEXT: usize = 24;

/// Marks what is boxed of types and bodies.
pub(super) fn settle(ir: &mut Ir) {
    let mut boxes = Boxes { direct: components(ir, &parts), sizes: vec![0; ir.types.len()] };
    // What a type holds is measured before the type is.
    let mut order: Vec<usize> = (0..ir.types.len()).collect();
    order.sort_by_key(|index| boxes.direct.group[*index]);
    for index in order {
        boxes.sizes[index] = boxes.size_of_type(ir, TypeId(index));
    }
    for (index, ty) in ir.types.iter_mut().enumerate() {
        let mark = |schema: &mut Schema| boxes.mark(schema, Some(TypeId(index)));
        match &mut ty.kind {
            TypeKind::Struct(object) => {
                object.fields.iter_mut().for_each(|field| mark(&mut field.schema));
            }
            TypeKind::Union(union) => {
                union.variants.iter_mut().for_each(|variant| mark(&mut variant.schema));
            }
            TypeKind::Alias(alias) => {
                if let Shape::Tuple(items) = &mut alias.schema.shape {
                    items.iter_mut().for_each(mark);
                }
            }
            TypeKind::Enum(_) => {}
        }
    }
    ir.each_content_mut(&mut |content| {
        if let (false, Some(schema)) = (content.kind.is_streamed(), content.kind.schema_mut()) {
            boxes.mark(schema, None);
        }
    });
}

struct Boxes {
    /// The types, by which of them are parts of themselves.
    direct: Components,
    /// About as many octets as a value of each type takes.
    sizes: Vec<usize>,
}

impl Boxes {
    fn mark(&self, schema: &mut Schema, holder: Option<TypeId>) {
        match &mut schema.shape {
            Shape::Named(id) => schema.boxed = self.is_boxed(*id, holder),
            Shape::Tuple(items) => items.iter_mut().for_each(|item| self.mark(item, holder)),
            _ => {}
        }
    }

    /// Every edge inside of a cycle is boxed, and not only one that closes it: which one closes it
    /// depends on where one begins, and so on what is added to the document.
    fn is_boxed(&self, id: TypeId, holder: Option<TypeId>) -> bool {
        let Components { group, cyclic } = &self.direct;
        let is_part = holder.is_some_and(|holder| cyclic[id.0] && group[id.0] == group[holder.0]);
        is_part || self.sizes[id.0] > LIMIT
    }

    fn size_of_type(&self, ir: &Ir, id: TypeId) -> usize {
        let size = |schema| self.size(schema, id);
        match &ir.ty(id).kind {
            TypeKind::Struct(object) => object.fields.iter().map(|field| size(&field.schema)).sum(),
            TypeKind::Union(union) => {
                let variants = union.variants.iter().map(|variant| size(&variant.schema));
                variants.max().unwrap_or_default() + NUMBER / 2
            }
            TypeKind::Alias(alias) => match alias.schema.shape {
                // Not boxed: an alias is what it names.
                Shape::Named(id) => self.sizes[id.0],
                _ => size(&alias.schema),
            },
            TypeKind::Enum(_) => TEXT,
        }
    }

    fn size(&self, schema: &Schema, holder: TypeId) -> usize {
        match &schema.shape {
            Shape::Boolean => NUMBER / 2,
            Shape::Integer(_) | Shape::Number(_) => NUMBER,
            Shape::Any | Shape::String(_) | Shape::Array(_) | Shape::Map(_) => TEXT,
            Shape::Tuple(items) => items.iter().map(|item| self.size(item, holder)).sum(),
            Shape::Named(id) if self.is_boxed(*id, Some(holder)) => NUMBER / 2,
            Shape::Named(id) => self.sizes[id.0],
        }
    }
}

/// Types that are part of a type's values: lists and maps hold theirs elsewhere.
fn parts(ir: &Ir, id: TypeId) -> Vec<TypeId> {
    let mut found = Vec::new();
    match &ir.ty(id).kind {
        TypeKind::Struct(object) => object.fields.iter().for_each(|field| named(&field.schema, &mut found)),
        TypeKind::Union(union) => {
            union.variants.iter().for_each(|variant| named(&variant.schema, &mut found));
        }
        TypeKind::Alias(alias) => named(&alias.schema, &mut found),
        TypeKind::Enum(_) => {}
    }
    found
}

fn named(schema: &Schema, found: &mut Vec<TypeId>) {
    match &schema.shape {
        Shape::Named(id) => found.push(*id),
        Shape::Tuple(items) => items.iter().for_each(|item| named(item, found)),
        _ => {}
    }
}

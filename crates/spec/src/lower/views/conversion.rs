//! Which views make values of one another.

use specwright_ir::{Additional, Conversion, Ir, Schema, Struct, Type, TypeId, TypeKind, Union};

use super::super::usage;

/// Settles for each view whether the other's values make values of it. Unions are settled by then.
pub(in crate::lower) fn settle(ir: &mut Ir) {
    let count = ir.types.len();
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); count];
    let mut found: Vec<Conversion> = vec![Conversion::Always; count];
    for (index, ty) in ir.types.iter().enumerate() {
        let Some(view) = ty.view else { continue };
        found[index] = alone(ty, ir.ty(view.other));
        let mut used = Vec::new();
        ty.kind.each_schema(&mut |schema: &Schema| usage::push(schema, &mut used));
        for TypeId(part) in used {
            if ir.types[part].view.is_some() {
                users[part].push(index);
            }
        }
    }
    // What something is made of decides about it as well.
    let mut pending: Vec<usize> = (0..count).collect();
    while let Some(part) = pending.pop() {
        for &user in &users[part] {
            if found[part] < found[user] {
                found[user] = found[part];
                pending.push(user);
            }
        }
    }
    for (ty, from_other) in ir.types.iter_mut().zip(found) {
        if let Some(view) = &mut ty.view {
            view.from_other = from_other;
        }
    }
}

/// Whether a type's own members and variants let values of the other view become values of it.
fn alone(to: &Type, from: &Type) -> Conversion {
    match (&to.kind, &from.kind) {
        (TypeKind::Struct(to), TypeKind::Struct(from)) => object(to, from),
        (TypeKind::Union(target), TypeKind::Union(source)) => {
            let is_open = |union: &Union, ty: &Type| union.is_open(ty.usage);
            let has_place = |key: &str| target.variants.iter().any(|variant| variant.key == key);
            match (is_open(source, from), is_open(target, to)) {
                _ if !source.variants.iter().all(|variant| has_place(&variant.key)) => Conversion::Never,
                (true, false) => Conversion::Known,
                _ => Conversion::Always,
            }
        }
        (TypeKind::Alias(_), TypeKind::Alias(_)) => Conversion::Always,
        _ => Conversion::Never,
    }
}

fn object(to: &Struct, from: &Struct) -> Conversion {
    let has = |wire: &str| from.fields.iter().any(|field| field.name.wire == wire);
    let lacks = to.fields.iter().any(|field| field.required && !has(&field.name.wire));
    let is_kept = |object: &Struct| matches!(object.additional, Additional::Kept { .. });
    if lacks || is_kept(to) != is_kept(from) { Conversion::Never } else { Conversion::Always }
}

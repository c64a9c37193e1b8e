//! L. The seven JSON excerpts

use specwright_diagnostics::{Code, Severity};
use specwright_ir::{Location, Shape, StringShape};

use super::{EXCERPTS, SERVICE};
use crate::lowering::wires;

#[test]
fn l1_an_undeclared_tenant_is_a_required_string() {
    for (id, excerpt) in EXCERPTS.iter() {
        let operation = excerpt.operation(id);
        let tenant = &operation.parameters[0];
        assert_eq!((tenant.name.wire.as_str(), tenant.location), ("tenant", Location::Path));
        assert!(tenant.required && tenant.schema.shape == Shape::String(StringShape::default()));
        let pointer = operation.name.origin.to_string();
        assert_eq!(excerpt.said(Code::UndeclaredPathParameter, &pointer), Some(Severity::Warning), "{id}");
        assert_eq!(excerpt.count(Code::UndeclaredPathParameter), 1);
    }
}

#[test]
fn l2_security_is_inherited_from_the_root() {
    for (id, excerpt) in EXCERPTS.iter() {
        let wire = |outcome: &crate::lowering::Outcome| {
            let used = &outcome.operation(id).security[0].schemes[0];
            outcome.ir.scheme(used.scheme).name.wire.clone()
        };
        assert_eq!(wire(excerpt), wire(&SERVICE));
    }
}

#[test]
fn l3_another_version() {
    assert!(EXCERPTS.iter().all(|(_, excerpt)| excerpt.ir.info.version == "0.0.1"));
}

#[test]
fn l4_pruned_to_what_is_reached() {
    for (_, excerpt) in EXCERPTS.iter() {
        assert_eq!((excerpt.ir.tags.len(), excerpt.ir.operations.len()), (1, 1));
        assert_eq!(wires(excerpt.object("ErrorMessage")), wires(SERVICE.object("ErrorMessage")));
        assert_eq!(excerpt.shared("400_bad_request").contents.len(), 1);
    }
}

#[test]
fn l5_components_in_any_order() {
    for (_, excerpt) in EXCERPTS.iter() {
        assert_eq!(excerpt.ir.schemes.len(), 1);
        assert!(excerpt.component("ErrorMessage").usage.response);
    }
}

#[test]
fn l6_descriptions_are_the_documents_own() {
    let id = "POST-customer-change-customer-login-email";
    let (_, excerpt) = EXCERPTS.iter().find(|(name, _)| *name == id).unwrap();
    assert_ne!(excerpt.operation(id).docs.description, SERVICE.operation(id).docs.description);
    assert!(
        excerpt.operation(id).docs.description.contains("requires the `customer.customerprofile_edit` scope")
    );
}

#[test]
fn l7_otherwise_they_mean_the_same() {
    for (_, excerpt) in EXCERPTS.iter() {
        for ty in excerpt.ir.types.iter().filter(|ty| ty.name.origin.as_str().matches('/').count() == 3) {
            let specwright_ir::TypeKind::Struct(object) = &ty.kind else { continue };
            assert_eq!(wires(object), wires(SERVICE.object(&ty.name.wire)));
            let names = |object: &specwright_ir::Struct| {
                object.fields.iter().map(|field| field.name.snake.clone()).collect::<Vec<_>>()
            };
            assert_eq!(names(object), names(SERVICE.object(&ty.name.wire)));
        }
    }
}

#[test]
fn l8_only_the_documents_were_taken() {
    for (id, excerpt) in EXCERPTS.iter() {
        assert_eq!(excerpt.ir.operations[0].id.as_deref(), Some(*id));
    }
}

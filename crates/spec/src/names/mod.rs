//! Names: gathered from the whole contract with their context, then allocated once.
//!
//! Candidates are tried in a fixed order, each for all items that collide before the next: what the
//! configuration pins, what the lock says, then the item's own ladder, and a number at last. What is
//! added to a document therefore never renames what was there.

mod allocate;
mod diagnose;
mod gather;
mod item;
mod kind;
mod lock;
mod pins;
mod status;

pub use lock::Lock;
pub(crate) use status::reason;

use specwright_diagnostics::Diagnostics;
use specwright_ir::Ir;

use crate::Document;
use crate::lower::Place;
use crate::settings::Settings;

/// The member that names an item in the document itself.
pub(crate) const PIN: &str = "x-specwright-name";

/// Gives every item of a contract its Rust names; the answer is what the next run has to keep.
pub(crate) fn allocate(
    ir: &mut Ir,
    places: &[Place],
    document: &Document,
    settings: &Settings,
    sink: &mut Diagnostics,
) -> Lock {
    let items = gather::items(ir, places);
    let pins = pins::find(&items, document, settings, sink);
    let names = allocate::run(&items, &pins, settings.lock.as_ref(), sink);
    gather::assign(ir, places, &names);
    names.lock(&items)
}

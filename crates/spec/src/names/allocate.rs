//! The allocation itself: pins, the lock, ladders class by class, numbers.

use std::cmp::Reverse;

use foldhash::HashMap;
use specwright_diagnostics::Diagnostics;
use specwright_naming::Scope;

use super::diagnose;
use super::item::{Item, Names};
use super::kind;
use super::lock::Lock;
use super::pins::Pins;

struct Allocation<'a> {
    items: &'a [Item],
    scopes: Vec<Scope<usize>>,
    /// The scope of each item.
    scope_of: Vec<usize>,
    /// The number that was given last to a name of a scope.
    numbers: HashMap<(usize, String), usize>,
    names: Names,
}

/// An item without a name, and what it may be called.
struct Pending {
    index: usize,
    candidates: Vec<String>,
}

/// Names every item.
pub(super) fn run(items: &[Item], pins: &Pins, lock: Option<&Lock>, sink: &mut Diagnostics) -> Names {
    let (mut scopes, mut known) = (Vec::new(), HashMap::default());
    let scope_of = items.iter().map(|item| {
        *known.entry(&item.scope).or_insert_with(|| {
            scopes.push(Scope::new(&kind::reserved(&item.scope)));
            scopes.len() - 1
        })
    });
    let scope_of = scope_of.collect();
    let mut allocation =
        Allocation { items, scopes, scope_of, numbers: HashMap::default(), names: Names::default() };
    allocation.pinned(pins, sink);
    if let Some(lock) = lock {
        allocation.locked(lock, sink);
    }
    let mut classes: Vec<usize> = items.iter().map(|item| item.class).collect();
    classes.sort_unstable();
    classes.dedup();
    for class in classes {
        allocation.class(class, sink);
    }
    allocation.names
}

impl<'a> Allocation<'a> {
    fn pinned(&mut self, pins: &Pins, sink: &mut Diagnostics) {
        for main in [true, false] {
            for (index, item) in self.items.iter().enumerate().filter(|(_, item)| item.main == main) {
                let Some(pin) = pins.of(&item.key) else { continue };
                let name = if item.main { pin.to_owned() } else { item.form.of(pin) };
                let Err(other) = self.claim(index, &name) else { continue };
                // The other form may yield, unless more is made of it; one refusal of a pin is enough.
                let main_stands = self.names.has_other(&item.key, item.form);
                if item.main || (main_stands && !item.derived.is_empty()) {
                    sink.push(diagnose::pin_collision(item, &name, other.map(|other| &self.items[other])));
                }
            }
        }
    }

    fn locked(&mut self, lock: &Lock, sink: &mut Diagnostics) {
        for main in [true, false] {
            for (index, item) in self.items.iter().enumerate().filter(|(_, item)| item.main == main) {
                if self.is_named(item) {
                    continue;
                }
                let entry = lock.get(&item.lock_key()).map(str::to_owned);
                let name = entry.or_else(|| {
                    // The other form of a name that stayed is what it was made to be.
                    (!item.main).then(|| lock.get(&item.key)).flatten().map(|main| item.form.of(main))
                });
                let Some(name) = name else { continue };
                if let Err(other) = self.claim(index, &name)
                    && item.main
                {
                    sink.push(diagnose::lock_collision(item, &name, other.map(|other| &self.items[other])));
                }
            }
        }
    }

    /// Names the items of one class, candidate by candidate.
    fn class(&mut self, class: usize, sink: &mut Diagnostics) {
        let items = self.items.iter().enumerate().filter(|(_, item)| item.class == class);
        let unnamed = items.filter(|(_, item)| !self.is_named(item));
        // Most names are their item's first choice, so the others are spelled only where it is taken.
        let mut pending: Vec<Pending> = unnamed
            .map(|(index, item)| Pending {
                index,
                candidates: item.first_candidate(&self.names).into_iter().collect(),
            })
            .collect();
        let mut level = 0;
        while pending.iter().any(|item| item.candidates.len() > level) {
            for (index, name) in self.winners(&pending, level) {
                // Invariant: a winner's name is free, and no other winner has it.
                let _ = self.claim(index, name);
            }
            pending.retain(|item| !self.is_named(&self.items[item.index]));
            if level == 0 {
                for item in &mut pending {
                    item.candidates = self.items[item.index].candidates(&self.names);
                }
            }
            level += 1;
        }
        for Pending { index, candidates } in pending {
            if let Some(name) = candidates.first() {
                self.number(index, name, sink);
            }
        }
    }

    /// Items whose candidate is free, and that come before all others who want it.
    fn winners<'p>(&self, pending: &'p [Pending], level: usize) -> Vec<(usize, &'p str)> {
        let candidate = |item: &'p Pending| Some((item.index, item.candidates.get(level)?.as_str()));
        let candidates = pending.iter().filter_map(candidate);
        let mut wanted: HashMap<(usize, String), Vec<usize>> = HashMap::default();
        for (index, name) in candidates.clone() {
            for claim in self.items[index].claims(name) {
                wanted.entry((self.scope_of[index], claim)).or_default().push(index);
            }
        }
        let wins = |index: usize, name: &str| {
            let (item, scope) = (&self.items[index], self.scope_of[index]);
            item.claims(name).into_iter().all(|claim| {
                let free = self.scopes[scope].is_free(&claim);
                let rivals = &wanted[&(scope, claim)];
                free && rivals.iter().all(|&rival| rival == index || rank(&self.items[rival]) > rank(item))
            })
        };
        candidates.filter(|(index, name)| wins(*index, name)).collect()
    }

    fn number(&mut self, index: usize, name: &str, sink: &mut Diagnostics) {
        let item = &self.items[index];
        let other = match self.claim(index, name) {
            // The first of several that nothing tells apart.
            Ok(()) => return,
            Err(other) => other,
        };
        let key = (self.scope_of[index], name.to_owned());
        // Names stay taken, so that no number up to the last is free.
        let last = self.numbers.get(&key).copied().unwrap_or(1);
        for number in last + 1.. {
            let numbered = item.numbered(name, number);
            if self.claim(index, &numbered).is_ok() {
                self.numbers.insert(key, number);
                sink.push(diagnose::numbered(item, &numbered, other.map(|other| &self.items[other])));
                return;
            }
        }
    }

    fn is_named(&self, item: &Item) -> bool {
        self.names.get(&item.key, item.form).is_some()
    }

    /// Takes a name with all that is made of it; the error is who has one of them.
    fn claim(&mut self, index: usize, name: &str) -> Result<(), Option<usize>> {
        let item: &'a Item = &self.items[index];
        let scope = &mut self.scopes[self.scope_of[index]];
        let claims = item.claims(name);
        if let Some(taken) = claims.iter().find(|claim| !scope.is_free(claim)) {
            return Err(scope.owner(taken).copied());
        }
        for claim in claims {
            // Invariant: all were free a moment ago.
            let _ = scope.insert(&claim, index);
        }
        self.names.insert(&item.key, item.form, name);
        Ok(())
    }
}

/// Who keeps a name that several want: lower is better. The one whose wire name it is comes first;
/// deprecated ones yield.
fn rank(item: &Item) -> (Reverse<bool>, bool) {
    (Reverse(item.is_exact()), item.deprecated)
}

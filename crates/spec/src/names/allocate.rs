//! The allocation itself: pins, the lock, ladders class by class, numbers.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use specwright_diagnostics::Diagnostics;
use specwright_naming::Scope;

use super::diagnose;
use super::item::{Item, Names};
use super::kind;
use super::lock::Lock;
use super::pins::Pins;

struct Allocation<'a> {
    items: &'a [Item],
    scopes: BTreeMap<&'a str, Scope<usize>>,
    /// The number that was given last to a name of a scope.
    numbers: BTreeMap<(&'a str, String), usize>,
    names: Names,
}

/// Names every item.
pub(super) fn run(items: &[Item], pins: &Pins, lock: Option<&Lock>, sink: &mut Diagnostics) -> Names {
    let mut scopes = BTreeMap::new();
    for item in items {
        scopes.entry(item.scope.as_str()).or_insert_with(|| Scope::new(&kind::reserved(&item.scope)));
    }
    let mut allocation = Allocation { items, scopes, numbers: BTreeMap::new(), names: Names::default() };
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
        let mut pending: Vec<usize> = (0..self.items.len())
            .filter(|&index| self.items[index].class == class && !self.is_named(&self.items[index]))
            .collect();
        // Most names are their item's first choice, so the others are spelled only where it is taken.
        let first = |index: usize| self.items[index].first_candidate(&self.names).into_iter().collect();
        let mut ladders: BTreeMap<usize, Vec<String>> =
            pending.iter().map(|&index| (index, first(index))).collect();
        let mut level = 0;
        while ladders.values().any(|ladder| ladder.len() > level) {
            for index in self.winners(&pending, &ladders, level) {
                if let Some(name) = ladders[&index].get(level) {
                    // Invariant: a winner's name is free, and no other winner has it.
                    let _ = self.claim(index, name);
                }
            }
            pending.retain(|&index| !self.is_named(&self.items[index]));
            if level == 0 {
                let all = |index: usize| self.items[index].candidates(&self.names);
                ladders = pending.iter().map(|&index| (index, all(index))).collect();
            }
            level += 1;
        }
        for index in pending {
            if let Some(name) = ladders[&index].first() {
                self.number(index, name, sink);
            }
        }
    }

    /// Items whose candidate is free, and that come before all others who want it.
    fn winners(&self, pending: &[usize], ladders: &BTreeMap<usize, Vec<String>>, level: usize) -> Vec<usize> {
        let mut wanted: BTreeMap<(&str, String), Vec<usize>> = BTreeMap::new();
        for &index in pending {
            let item = &self.items[index];
            for claim in ladders[&index].get(level).map(|name| item.claims(name)).unwrap_or_default() {
                wanted.entry((&item.scope, claim)).or_default().push(index);
            }
        }
        let wins = |index: usize, name: &str| {
            let item = &self.items[index];
            item.claims(name).into_iter().all(|claim| {
                let free = self.scopes[item.scope.as_str()].is_free(&claim);
                let rivals = &wanted[&(item.scope.as_str(), claim)];
                free && rivals.iter().all(|&rival| rival == index || rank(&self.items[rival]) > rank(item))
            })
        };
        let candidates = pending.iter().filter_map(|&index| Some((index, ladders[&index].get(level)?)));
        candidates.filter(|(index, name)| wins(*index, name)).map(|(index, _)| index).collect()
    }

    fn number(&mut self, index: usize, name: &str, sink: &mut Diagnostics) {
        let item = &self.items[index];
        let other = match self.claim(index, name) {
            // The first of several that nothing tells apart.
            Ok(()) => return,
            Err(other) => other,
        };
        let key = (item.scope.as_str(), name.to_owned());
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
        let Some(scope) = self.scopes.get_mut(item.scope.as_str()) else { return Err(None) };
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

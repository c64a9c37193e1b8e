//! From what came back to what is sent, and the other way.

use specwright_runtime::{Nullable, Patch};
use views::types::{
    Cat, CatInput, Dog, Household, HouseholdInput, Line, LineInput, Login, LoginInput, Note, NoteInput,
    Order, OrderInput, Pet, PetInput, Ticket, TicketInput,
};

/// Everything that an order may hold, made of lines.
macro_rules! order {
    ($order:ident, $line:expr) => {
        $order::new(vec![$line], $line)
            .with_spare(Patch::Null)
            .with_main($line)
            .with_by_shop([("s".to_owned(), vec![$line])].into())
            .with_previous($order::new(Vec::new(), Nullable::Null).with_spare($line))
    };
}

#[test]
fn what_came_back_is_sent_without_what_only_comes_back() {
    let order = order!(Order, Line::new("a").with_total(2)).with_id("o-1");
    let sent = order!(OrderInput, LineInput::new("a"));
    assert_eq!(OrderInput::from(order), sent);
    assert_eq!(Order::from(sent), order!(Order, Line::new("a")));
    let note = Note::default().with_length(2).with_additional([("more".to_owned(), "b".to_owned())].into());
    let sent = NoteInput::default().with_additional([("more".to_owned(), "b".to_owned())].into());
    assert_eq!(NoteInput::from(note), sent);
}

/// The other way something required would be missing.
#[test]
fn one_way_only() {
    assert_eq!(Login::from(LoginInput::new("kim", "secret")), Login::new("kim"));
    assert_eq!(TicketInput::from(Ticket::new(1, "broken")), TicketInput::new("broken"));
}

#[test]
fn what_nobody_knows_is_not_sent() {
    let cat = || Cat::new("Cat").with_id("p-1").with_name("Tom");
    let household = Household::new(vec![cat().into(), Dog::new("Dog").into()])
        .with_favourite(cat().into())
        .with_by_name([("Tom".to_owned(), cat().into())].into())
        .with_lost(Patch::Null);
    let sent = || CatInput::default().with_name("Tom");
    let expected = HouseholdInput::new(vec![sent().into(), Dog::new("Dog").into()])
        .with_favourite(sent().into())
        .with_by_name([("Tom".to_owned(), sent().into())].into())
        .with_lost(Patch::Null);
    assert_eq!(HouseholdInput::try_from(household.clone()), Ok(expected));
    let fish = serde_json::json!({"kind": "Fish"});
    let unknown = PetInput::try_from(Pet::Unknown(fish.clone())).expect_err("nobody knows fish");
    assert_eq!(unknown.clone().into_value(), fish);
    let with_fish = household.with_lost(Pet::Unknown(fish));
    assert_eq!(HouseholdInput::try_from(with_fish), Err(unknown));
}

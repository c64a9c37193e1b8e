//! Lists, by the examples of the specification: with and without a wrapper, a name of the list, a name of
//! the items.

use xml_bodies::operations::shelf::PutAnimalsRequest;
use xml_bodies::types::Animals;

use super::shelf::{echoed, is_written, refused};

fn two() -> Vec<String> {
    vec!["a".to_owned(), "b".to_owned()]
}

#[tokio::test]
async fn lists_have_wrappers_and_names() {
    let plain = |more: &str| format!("<Animals><plain>cat</plain>{more}</Animals>");
    let animals = || Animals::new(vec!["cat".to_owned()]);
    for (content, animals) in [
        ("", animals()),
        ("<animal>a</animal><animal>b</animal>", animals().with_renamed(two())),
        ("<beast>a</beast><beast>b</beast>", animals().with_external(two())),
        ("<wrapped><wrapped>a</wrapped><wrapped>b</wrapped></wrapped>", animals().with_wrapped(two())),
        (
            "<wrappedRenamed><animal>a</animal><animal>b</animal></wrappedRenamed>",
            animals().with_wrapped_renamed(two()),
        ),
        ("<aliens><animal>a</animal><animal>b</animal></aliens>", animals().with_both(two())),
        (
            "<outsiders><outsiders>a</outsiders><outsiders>b</outsiders></outsiders>",
            animals().with_outer(two()),
        ),
        ("<aliens/>", animals().with_both(Vec::new())),
        (
            "<row><number>1</number><number>2</number></row><row/>",
            animals().with_nested(vec![vec![1, 2], Vec::new()]),
        ),
        ("<tags><tag>a</tag><tag>b</tag></tags>", animals().with_alias(two())),
    ] {
        is_written("/animals", &plain(content), PutAnimalsRequest::new(animals.clone()), &animals).await;
    }
}

#[tokio::test]
async fn a_required_list_without_items_is_not_there() {
    let animals = Animals::new(Vec::new());
    is_written("/animals", "<Animals/>", PutAnimalsRequest::new(animals.clone()), &animals).await;
}

#[tokio::test]
async fn items_need_not_stand_together() {
    let sent = "<Animals><plain>1</plain><beast>x</beast><unknown/><plain>2</plain></Animals>";
    let read = "<Animals><plain>1</plain><plain>2</plain><beast>x</beast></Animals>";
    assert_eq!(echoed("/animals", sent).await, read);
}

#[tokio::test]
async fn what_is_wrapped_is_called_as_declared() {
    let sent = "<Animals><plain>1</plain><aliens><animal>a</animal><plant>b</plant></aliens></Animals>";
    assert_eq!(refused("/animals", sent).await, "xml /both/1");
    let twice = "<Animals><plain>1</plain><aliens/><aliens/></Animals>";
    assert_eq!(refused("/animals", twice).await, "repeated /both");
}

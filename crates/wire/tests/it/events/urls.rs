//! Where callbacks go: URLs made of the request that asked for them.

use events::operations::streams::{SubscribeRequest, UnsubscribeRequest};
use events::sender::Exchange;
use events::sender::callbacks::{audit_callback_url, audit_url, subscribe_on_end_url};
use events::sender::streams_callbacks::on_data_url;
use events::types::{Stream, Subscription, SubscriptionCallback};

fn request() -> SubscribeRequest {
    SubscribeRequest::new(Subscription::new(SubscriptionCallback::new("https://example.com/hooks")))
}

#[test]
fn a_url_is_made_of_the_request() {
    assert_eq!(on_data_url(&request()).as_deref(), Ok("https://example.com/hooks/data"));
    let request = request().with_x_notify("https://notify.example.com?a=b c");
    assert_eq!(audit_callback_url(&request).as_deref(), Ok("https://notify.example.com?a=b c"));
    let request = UnsubscribeRequest::new("a/b");
    assert_eq!(audit_url(&request).as_deref(), Ok("https://audit.example.com/DELETE?id=a%2Fb"));
}

#[test]
fn a_url_may_ask_for_the_response() {
    let request = request().with_mirror("https://mirror.example.com/ä?");
    let exchange = Exchange::of(&request)
        .with_status(201)
        .with_url("https://api.example.com/streams")
        .with_header("Location", "/streams/1")
        .with_body(&Stream::new("a&b"));
    assert_eq!(
        subscribe_on_end_url(exchange).as_deref(),
        Ok("https://mirror.example.com/ä??stream=a%26b&from=%2Fstreams%2F1")
    );
}

#[test]
fn what_is_not_there_is_said() {
    let missing = subscribe_on_end_url(&request()).expect_err("no mirror");
    assert_eq!(
        missing.to_string(),
        "the callback's URL cannot be made: `$request.query.mirror` has no value that is text"
    );
    let missing = subscribe_on_end_url(&request().with_mirror("https://mirror.example.com"));
    assert_eq!(missing.expect_err("no answer").expression().to_string(), "$response.body#/id");
}

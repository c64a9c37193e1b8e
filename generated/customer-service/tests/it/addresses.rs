//! Addresses: scenarios 32 to 36.

use customer_api::operations::addresses::{
    AddAddressError, AddAddressTagsError, RemoveAddressError, RemoveAddressTagsError,
    RetrieveAddressByIdError, UpdateAddressError,
};
use customer_api::types::{AddressCreateDto, AddressPatch};
use reqwest::Method;
use serde_json::{Value, json};

use crate::answer::{forbidden, message};
use crate::people::Session;
use crate::refused;
use crate::service::{JANE, Service};

/// Adds an address, and gives its id.
async fn add(session: &Session<'_>, address: &AddressCreateDto) -> String {
    session.client.addresses().add_address("acme", address).await.expect("an address").into_body().id
}

/// The ids of all addresses, and whether each is the default.
async fn defaults(session: &Session<'_>) -> Vec<(String, bool)> {
    let all = session.client.addresses().list_addresses("acme").await.expect("addresses").into_body();
    all.into_iter().map(|one| (one.id.expect("an id"), one.is_default.expect("whether it is"))).collect()
}

/// The body of a 404.
fn not_found(address: &str, customer: &str) -> Value {
    message(404, "resource_not_found", &format!("Address {address} of customer {customer} not found."))
}

#[tokio::test]
async fn s32_the_first_address_is_the_default_until_another_is_made_it() {
    let service = Service::start().await;
    let session = service.customer("acme", JANE).await;
    assert_eq!(session.addresses().await, json!([]));
    let path = "/customer/acme/me/addresses";
    let body = json!({"contactName": "Jane Doe", "street": "Am Ufer", "country": "DE", "tags": ["BILLING", "BILLING"]});
    let created = service.post(path).bearer(session.bearer()).json(&body).send().await;
    let first = created.of(201).text("id");
    assert_eq!(created.json(), json!({"id": first}));
    assert!(first.len() == 10 && first.bytes().all(|digit| b"0123456789abcdef".contains(&digit)), "{first}");
    let second = add(&session, &AddressCreateDto::new("J. Doe")).await;

    let address = |id: &str, name: &str, is_default: bool| {
        json!({
            "id": id,
            "contactName": name,
            "isDefault": is_default,
            "tags": [],
            "metadata": {"version": 1, "mixins": {}},
            "mixins": {},
        })
    };
    let mut jane = address(&first, "Jane Doe", true);
    jane["street"] = "Am Ufer".into();
    jane["country"] = "DE".into();
    jane["tags"] = json!(["BILLING"]);
    assert_eq!(session.addresses().await, json!([jane, address(&second, "J. Doe", false)]));
    let one = service.get(&format!("{path}/{first}")).bearer(session.bearer()).send().await;
    one.is(200, &jane);

    let chosen = AddressPatch::default().with_is_default(true);
    let updated =
        session.client.addresses().update_address("acme", &second, &chosen).await.expect("an update");
    assert_eq!(updated.status().as_u16(), 200);
    let mut other = address(&second, "J. Doe", true);
    other["metadata"]["version"] = 2.into();
    jane["isDefault"] = false.into();
    assert_eq!(session.addresses().await, json!([jane, other]), "the version of the first stays");
    assert_eq!(session.profile().await["defaultAddress"], other);

    let cleared = AddressPatch::default().with_is_default(false);
    let calls = session.client.addresses();
    calls.update_address("acme", &first, &cleared).await.expect("it is none anyway");
    assert_eq!(defaults(&session).await, [(first.clone(), false), (second.clone(), true)]);
    calls.update_address("acme", &second, &cleared).await.expect("an update");
    assert_eq!(defaults(&session).await, [(first, false), (second, false)]);
    assert_eq!(session.profile().await.get("defaultAddress"), None);
}

#[tokio::test]
async fn s33_the_oldest_address_left_becomes_the_default() {
    let service = Service::start().await;
    let session = service.customer("acme", JANE).await;
    let (first, second) = (
        add(&session, &AddressCreateDto::new("Jane")).await,
        add(&session, &AddressCreateDto::new("June")).await,
    );
    let third = add(&session, &AddressCreateDto::new("Joan")).await;

    let path = format!("/customer/acme/me/addresses/{first}");
    service.delete(&path).bearer(session.bearer()).send().await.is_empty(204);
    assert_eq!(defaults(&session).await, [(second.clone(), true), (third.clone(), false)]);
    let number = session.number().await;
    service.delete(&path).bearer(session.bearer()).send().await.is(404, &not_found(&first, &number));
    let again = session.client.addresses().remove_address("acme", &first);
    let refusal = refused!(again, RemoveAddressError::NotFound).body;
    assert_eq!(refusal.message, format!("Address {first} of customer {number} not found."));

    session.client.addresses().remove_address("acme", &second).await.expect("a deletion");
    assert_eq!(defaults(&session).await, [(third, true)]);
}

#[tokio::test]
async fn s34_tags_are_added_and_removed() {
    let service = Service::start().await;
    let session = service.customer("acme", JANE).await;
    let tags = vec!["B".to_owned(), "C".to_owned()];
    let id = add(&session, &AddressCreateDto::new("Jane Doe").with_tags(tags)).await;
    let stored = async || {
        let address =
            session.client.addresses().retrieve_address_by_id("acme", &id).await.expect("an address");
        let version = address.metadata.as_ref().and_then(|metadata| metadata.version);
        (address.tags.clone().expect("tags"), version.expect("a version"))
    };
    let to =
        |tags: &[&str], version: i64| (tags.iter().map(|&tag| tag.to_owned()).collect::<Vec<_>>(), version);
    let path = format!("/customer/acme/me/addresses/{id}/tags");

    let added = service.post(&path).bearer(session.bearer()).query("tags", "A,B").send().await;
    added.is_empty(204);
    assert_eq!(stored().await, to(&["B", "C", "A"], 2));
    let removed = service.delete(&path).bearer(session.bearer()).query("tags", "B,X").send().await;
    removed.is_empty(204);
    assert_eq!(stored().await, to(&["C", "A"], 3));

    for method in [Method::POST, Method::DELETE] {
        let ask = || service.ask(method.clone(), &path).bearer(session.bearer());
        for wrong in [ask(), ask().query("tags", ""), ask().query("tags", ","), ask().query("tags", " , ")] {
            let answer = wrong.send().await;
            assert_eq!(
                (answer.status, answer.text("type").as_str()),
                (400, "validation_failure"),
                "{answer:?}"
            );
            assert_eq!(answer.json()["details"][0]["field"], "tags");
        }
    }
    // What no address can have is wrong on one that there is not, too.
    let nowhere = service.post("/customer/acme/me/addresses/0000000000/tags").bearer(session.bearer());
    nowhere.query("tags", &"t".repeat(65)).send().await.is_invalid(&[("tags", "invalid_length")]);
    let calls = session.client.addresses();
    assert_eq!(stored().await, to(&["C", "A"], 3));

    // Nothing new is no new version; case counts; repeated parameters are one list.
    calls.add_address_tags("acme", &id, " A ,C,,").await.expect("nothing new");
    calls.remove_address_tags("acme", &id, "a,c").await.expect("nothing of that");
    assert_eq!(stored().await, to(&["C", "A"], 3));
    let twice = service.post(&path).bearer(session.bearer()).query("tags", "D").query("tags", "E,A");
    twice.send().await.is_empty(204);
    assert_eq!(stored().await, to(&["C", "A", "D", "E"], 4));
    calls.remove_address_tags("acme", &id, "A,C,D,E").await.expect("all of them");
    assert_eq!(stored().await, to(&[], 5));
}

#[tokio::test]
async fn s35_an_address_is_only_its_customers() {
    let service = Service::start().await;
    let jane = service.customer("acme", JANE).await;
    let john = service.customer("acme", "john@example.com").await;
    let id = add(&jane, &AddressCreateDto::new("Jane Doe").with_tags(vec!["B".to_owned()])).await;
    let before = jane.everything().await;
    let number = john.number().await;

    let path = format!("/customer/acme/me/addresses/{id}");
    let tags = format!("{path}/tags");
    let renamed = json!({"contactName": "John Doe"});
    let asks = || {
        [
            service.get(&path),
            service.patch(&path).json(&renamed),
            service.delete(&path),
            service.post(&tags).query("tags", "A"),
            service.delete(&tags).query("tags", "B"),
        ]
    };
    for ask in asks() {
        ask.bearer(john.bearer()).send().await.is(404, &not_found(&id, &number));
    }
    let visitor = service.anonymous("acme").await;
    for ask in asks() {
        ask.bearer(visitor.bearer()).send().await.is(403, &forbidden());
    }
    let calls = john.client.addresses();
    refused!(calls.retrieve_address_by_id("acme", &id), RetrieveAddressByIdError::NotFound);
    refused!(calls.update_address("acme", &id, &AddressPatch::default()), UpdateAddressError::NotFound);
    refused!(calls.remove_address("acme", &id), RemoveAddressError::NotFound);
    refused!(calls.add_address_tags("acme", &id, "A"), AddAddressTagsError::NotFound);
    refused!(calls.remove_address_tags("acme", &id, "B"), RemoveAddressTagsError::NotFound);
    assert_eq!(jane.everything().await, before);
    assert_eq!(john.addresses().await, json!([]));
}

#[tokio::test]
async fn s36_an_address_needs_a_name_and_takes_back_what_it_shows() {
    let service = Service::start().await;
    let session = service.customer("acme", JANE).await;
    let path = "/customer/acme/me/addresses";
    for (body, field) in [
        (json!({"contactName": "Jane Doe", "country": "DEU"}), "country"),
        (json!({"country": "DE"}), "contactName"),
        (json!({"contactName": " ", "country": "DE"}), "contactName"),
    ] {
        let answer = service.post(path).bearer(session.bearer()).json(&body).send().await;
        assert_eq!((answer.status, answer.text("type").as_str()), (400, "validation_failure"), "{answer:?}");
        let details = answer.json()["details"].clone();
        assert_eq!(details[0]["field"], field);
        assert!(
            details.as_array().expect("details").iter().all(|detail| detail["field"] == field),
            "{details}"
        );
    }
    let nothing = service.post(path).bearer(session.bearer()).send().await;
    nothing.is_invalid(&[("contactName", "missing_value")]);
    assert_eq!(session.addresses().await, json!([]));

    let body = json!({
        "id": "0123456789",
        "isDefault": false,
        "contactName": "Jane Doe",
        "extraLine1": "",
        "country": "DE",
        "tags": ["A"],
        "mixins": {"floor": 3},
        "metadata": {"version": 7, "mixins": {"floor": "https://mixins.example/floor"}},
    });
    let created = service.post(path).bearer(session.bearer()).json(&body).send().await;
    let id = created.of(201).text("id");
    assert_ne!(id, "0123456789");
    let one = format!("{path}/{id}");
    let shown = service.get(&one).bearer(session.bearer()).send().await.of(200).json();
    let mut expected = body;
    expected["id"] = id.as_str().into();
    expected["isDefault"] = true.into();
    expected["metadata"]["version"] = 1.into();
    assert_eq!(shown, expected);

    service.patch(&one).bearer(session.bearer()).json(&shown).send().await.is_empty(200);
    service.get(&one).bearer(session.bearer()).send().await.is(200, &shown);
    let mut stale = shown.clone();
    stale["metadata"]["version"] = 9.into();
    stale["contactName"] = "June".into();
    let text = "Version mismatch: expected 1, got 9.";
    let answer = service.patch(&one).bearer(session.bearer()).json(&stale).send().await;
    answer.is(409, &message(409, "conflict_resource", text));
    for body in [json!({"contactName": null}), json!({"contactName": ""}), json!({"country": "D"})] {
        service.patch(&one).bearer(session.bearer()).json(&body).send().await.of(400);
    }
    service.get(&one).bearer(session.bearer()).send().await.is(200, &shown);

    for _ in 1..100 {
        add(&session, &AddressCreateDto::new("Jane Doe")).await;
    }
    let full = session.client.addresses().add_address("acme", &AddressCreateDto::new("Jane Doe")).await;
    assert!(
        matches!(&full, Err(customer_api::client::Error::Api(AddAddressError::BadRequest(_)))),
        "the 101st address: {full:?}"
    );
}

//! Members that a client may send and the service does not take: its own, and `null`.

use serde_json::{Value, json};

use super::Scene;
use crate::answer::of;
use crate::service::{PASSWORD, Service};

/// What a client may not decide, as the members that show it.
fn granted(number: &str, company: &Value) -> Value {
    json!({
        "id": number,
        "customerNumber": number,
        "accounts": [{"id": "mallory@example.com", "providerId": "dev"}],
        "addresses": [{"contactName": "Mallory"}],
        "defaultAddress": {"contactName": "Mallory"},
        "businessModel": "B2B",
        "lastLogin": "1999-12-31T23:59:59.000Z",
        "b2b": {"legalEntities": [company]},
        "state": "ACTIVE",
        "status": "ACTIVE",
        "active": true,
        "role": "admin",
        "scopes": ["customer.customer_manage"],
        "password": "mallory-pw",
        "__proto__": {"isAdmin": true},
    })
}

#[tokio::test]
async fn nobody_grants_themself_what_only_the_service_decides() {
    let service = Service::start().await;
    let scene = Scene::new(&service).await;
    let company = json!({
        "firstName": "Jane",
        "lastName": "Doe",
        "company": "Doe GmbH",
        "b2b": {"companyRegistrationId": "HRB 1859"},
    });
    let path = "/customer/acme/signup";
    let body = json!({"email": "boss@example.com", "password": PASSWORD, "customerDetails": company});
    service.post(path).bearer(scene.visitor.bearer()).json(&body).send().await.of(201);
    let boss = scene.visitor.enter("boss@example.com", PASSWORD).await;
    let boss_before = boss.everything().await;
    let entity = boss_before.0["b2b"]["legalEntities"][0].clone();
    let members = granted(&boss.number().await, &entity);

    // In a patch: nothing of it is a member that exists.
    let patched =
        service.patch("/customer/acme/me").bearer(scene.session.bearer()).json(&members).send().await;
    patched.is_empty(200);
    assert_eq!(scene.session.everything().await, scene.before);

    // In a signup, on each level.
    let mut body = members.clone();
    body["email"] = "mallory@example.com".into();
    body["password"] = PASSWORD.into();
    body["customerDetails"] = members.clone();
    body["customerDetails"]["metadata"] = json!({"version": 77});
    body["customerAddress"] = json!({"contactName": "Mallory", "id": scene.address, "isDefault": false});
    let created = service.post(path).bearer(scene.visitor.bearer()).json(&body).send().await;
    let number = created.of(201).text("id");
    let mallory = scene.visitor.enter("mallory@example.com", PASSWORD).await;
    let profile = mallory.profile().await;
    assert_ne!(number, boss.number().await);
    assert_ne!(of(&profile, "lastLogin"), "1999-12-31T23:59:59.000Z");
    let address = &profile["defaultAddress"];
    assert_ne!(of(address, "id"), scene.address);
    assert_eq!(
        profile,
        json!({
            "id": number,
            "customerNumber": number,
            "contactEmail": "mallory@example.com",
            "preferredLanguage": "en_US",
            "preferredCurrency": "USD",
            "preferredSite": "main",
            "accounts": [{"id": "mallory@example.com"}],
            "addresses": [address],
            "defaultAddress": {
                "id": address["id"],
                "contactName": "Mallory",
                "isDefault": true,
                "tags": [],
                "metadata": {"version": 1, "mixins": {}},
                "mixins": {},
            },
            "businessModel": "B2C",
            "metadata": {"version": 1, "mixins": {}},
            "mixins": {},
            "lastLogin": profile["lastLogin"],
        })
    );
    let id = of(&entity, "id");
    let refresh = service.get("/customer/acme/refreshauthtoken").bearer(mallory.bearer());
    let refresh =
        refresh.query("refreshToken", mallory.refresh_token()).query("legalEntityId", id).send().await;
    refresh.of(400);
    scene.visitor.try_log_in("mallory@example.com", "mallory-pw").await.of(401);
    assert_eq!(boss.everything().await.0["accounts"], boss_before.0["accounts"]);

    // An account that has to be confirmed stays so.
    let visitor = service.anonymous("optin").await;
    let signup = service.post("/customer/optin/signup").bearer(visitor.bearer()).json(&body).send().await;
    signup.of(201);
    visitor.try_log_in("mallory@example.com", PASSWORD).await.of(401);
}

#[tokio::test]
async fn null_on_create_is_as_good_as_absent() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    let details = [
        "title",
        "firstName",
        "middleName",
        "lastName",
        "contactEmail",
        "contactPhone",
        "company",
        "preferredLanguage",
        "preferredCurrency",
        "preferredSite",
        "b2b",
        "metadata",
        "mixins",
    ];
    let lines = [
        "companyName",
        "street",
        "streetNumber",
        "streetAppendix",
        "extraLine1",
        "extraLine2",
        "extraLine3",
        "extraLine4",
        "zipCode",
        "city",
        "country",
        "state",
        "contactPhone",
        "tags",
        "metadata",
        "mixins",
    ];
    let nulls = |members: &[&str]| {
        Value::Object(members.iter().map(|&name| (name.to_owned(), Value::Null)).collect())
    };
    let mut address = nulls(&lines);
    address["contactName"] = "Jane Doe".into();
    let plain = json!({"contactName": "Jane Doe"});
    let path = "/customer/acme/signup";
    let mut profiles = Vec::new();
    for (email, rest) in [
        ("a@example.com", json!({"customerAddress": plain})),
        (
            "b@example.com",
            json!({"customerDetails": nulls(&details), "customerAddress": address, "signup": null}),
        ),
        ("c@example.com", json!({"customerDetails": null, "customerAddress": plain, "signup": null})),
    ] {
        let mut body = rest;
        body["email"] = email.into();
        body["password"] = PASSWORD.into();
        service.post(path).bearer(visitor.bearer()).json(&body).send().await.of(201);
        let session = visitor.enter(email, PASSWORD).await;
        let (mut profile, _) = session.everything().await;
        for own in [
            "/id",
            "/customerNumber",
            "/lastLogin",
            "/contactEmail",
            "/accounts",
            "/addresses/0/id",
            "/defaultAddress/id",
        ] {
            *profile.pointer_mut(own).unwrap_or_else(|| panic!("no {own}")) = Value::Null;
        }
        profiles.push(profile);

        let path = "/customer/acme/me/addresses";
        service.post(path).bearer(session.bearer()).json(&address).send().await.of(201);
        let addresses = session.addresses().await;
        let mut second = addresses[1].clone();
        second["id"] = addresses[0]["id"].clone();
        second["isDefault"] = true.into();
        assert_eq!(second, addresses[0]);
    }
    assert_eq!(profiles[0], profiles[1]);
    assert_eq!(profiles[0], profiles[2]);
    for member in ["email", "password"] {
        let mut body = json!({"email": "d@example.com", "password": PASSWORD});
        body[member] = Value::Null;
        let answer = service.post(path).bearer(visitor.bearer()).json(&body).send().await;
        assert_eq!(answer.of(400).json()["details"][0]["field"], member);
    }
    let reset = service.post("/customer/acme/password/reset").bearer(visitor.bearer());
    reset.json(&json!({"email": "a@example.com", "site": null})).send().await.is_empty(204);
}

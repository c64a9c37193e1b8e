//! Bad input gets the declared error, and nothing changes.

use reqwest::Method;
use serde_json::{Value, json};

use crate::answer::{Answer, INVALID_ACCESS_TOKEN, invalid_tenant, message, of};
use crate::operations::{self, Bearer, Ingredients, Operation};
use crate::people::{Session, Visitor};
use crate::service::{CLIENT, JANE, PASSWORD, Service};

/// A visitor and a customer with an address, and what must not change of them.
struct Scene<'a> {
    service: &'a Service,
    visitor: Visitor<'a>,
    session: Session<'a>,
    address: String,
    before: (Value, Value),
}

impl<'a> Scene<'a> {
    async fn new(service: &'a Service) -> Self {
        let visitor = service.anonymous("acme").await;
        visitor.sign_up(JANE, PASSWORD).await;
        let session = visitor.enter(JANE, PASSWORD).await;
        let body = json!({"contactName": "Jane Doe", "tags": ["BILLING"]});
        let path = "/customer/acme/me/addresses";
        let created = service.post(path).bearer(session.bearer()).json(&body).send().await;
        let before = session.everything().await;
        Self { service, visitor, session, address: created.of(201).text("id"), before }
    }

    /// All operations, on the address that is there.
    fn operations(&self) -> Vec<Operation> {
        operations::all(&Ingredients { address: self.address.clone(), ..Ingredients::default() })
    }

    /// The token that an operation takes.
    fn bearer(&self, operation: &Operation) -> &str {
        match operation.bearer {
            Bearer::Anonymous => self.visitor.bearer(),
            Bearer::Customer | Bearer::Either => self.session.bearer(),
        }
    }

    /// Sends an operation with another body.
    async fn send(&self, operation: &Operation, body: &Value) -> Answer {
        operation.bare(self.service, "acme").bearer(self.bearer(operation)).json(body).send().await
    }

    /// The operation of a path below the tenant.
    fn operation(&self, method: &Method, path: &str) -> Operation {
        let path = path.replace("{address}", &self.address);
        let found = self.operations().into_iter().find(|found| found.method == *method && found.path == path);
        found.unwrap_or_else(|| panic!("no {method} {path}"))
    }

    async fn is_unchanged(&self) {
        assert_eq!(self.session.everything().await, self.before);
        assert!(self.service.outbox(&[]).await.is_empty());
        for email in ["new@example.com", "second@example.com"] {
            self.visitor.sign_up(email, PASSWORD).await;
        }
    }
}

#[tokio::test]
async fn what_is_no_json_object_is_refused_by_every_operation_with_a_body() {
    let service = Service::start().await;
    let scene = Scene::new(&service).await;
    let broken = message(400, "bad_payload_syntax", "Request body is not valid JSON.");
    let operations = scene.operations();
    let with_body: Vec<_> = operations.iter().filter(|operation| operation.body.is_some()).collect();
    assert_eq!(with_body.len(), 12);
    for operation in with_body {
        let ask = || operation.bare(&service, "acme").bearer(scene.bearer(operation));
        for text in ["{", "\"text\"", "[{}]", "12", "null", "{\"email\":\"a\"", "{\"email\":\"a\",}"] {
            let answer = ask().body("application/json", text).send().await;
            assert_eq!((answer.status, answer.json()), (400, broken.clone()), "{}: {text}", operation.name());
        }
        let form = ask().body("application/x-www-form-urlencoded", "email=a&password=b").send().await;
        assert_eq!(form.of(415).text("type"), "unsupported_media_type", "{}", operation.name());
        let large = format!("{{\"x\":\"{}\"}}", "x".repeat(64 * 1024));
        let large = ask().body("application/json", large).send().await;
        assert_eq!(large.of(413).text("type"), "payload_too_large", "{}", operation.name());
        // Who calls is asked before what they say.
        let nobody = operation.bare(&service, "acme").body("text/plain", "{").send().await;
        nobody.is_fault(INVALID_ACCESS_TOKEN);
    }
    scene.is_unchanged().await;
}

#[tokio::test]
async fn a_member_of_another_type_is_named() {
    let service = Service::start().await;
    let scene = Scene::new(&service).await;
    for operation in scene.operations() {
        let Some(body) = &operation.body else { continue };
        for member in body.as_object().expect("an object").keys() {
            for wrong in [json!(12), json!(true), json!(["x"]), json!({"x": "y"})] {
                let mut body = body.clone();
                body[member] = wrong;
                let answer = scene.send(&operation, &body).await;
                answer.is_invalid(&[(member, "invalid_value")]);
            }
        }
    }
    let patch = scene.operation(&Method::PATCH, "/me");
    let address = scene.operation(&Method::PATCH, "/me/addresses/{address}");
    let signup = scene.operation(&Method::POST, "/signup");
    let credentials = |rest: &Value| {
        let mut body = json!({"email": "new@example.com", "password": PASSWORD});
        body.as_object_mut().expect("an object").extend(rest.as_object().expect("an object").clone());
        body
    };
    for (operation, body, field) in [
        (&patch, json!({"mixins": []}), "mixins"),
        (&patch, json!({"b2b": "x"}), "b2b"),
        (&patch, json!({"b2b": {"companyRegistrationId": 1}}), "b2b.companyRegistrationId"),
        (&patch, json!({"metadata": {"version": "1"}}), "metadata.version"),
        (&patch, json!({"metadata": {"version": 1.5}}), "metadata.version"),
        (&patch, json!({"metadata": {"mixins": 1}}), "metadata.mixins"),
        (&address, json!({"isDefault": "true"}), "isDefault"),
        (&address, json!({"isDefault": null}), "isDefault"),
        (&address, json!({"tags": "BILLING"}), "tags"),
        (&address, json!({"tags": ["BILLING", 1]}), "tags"),
        (&signup, credentials(&json!({"customerDetails": []})), "customerDetails"),
        (&signup, credentials(&json!({"customerDetails": {"firstName": 1}})), "customerDetails.firstName"),
        (
            &signup,
            credentials(&json!({"customerAddress": {"contactName": 1}})),
            "customerAddress.contactName",
        ),
        (
            &signup,
            credentials(&json!({"signup": {"email": "a@b.example", "password": 123_456}})),
            "signup.password",
        ),
    ] {
        scene.send(operation, &body).await.is_invalid(&[(field, "invalid_value")]);
    }
    scene.is_unchanged().await;
}

#[tokio::test]
async fn everything_that_is_missing_is_named_in_the_order_of_the_schema() {
    let service = Service::start().await;
    let scene = Scene::new(&service).await;
    for (path, fields) in [
        ("/signup", ["email", "password"].as_slice()),
        ("/signup/optin/refresh_token", &["email"]),
        ("/login", &["email", "password"]),
        ("/password/reset", &["email"]),
        ("/password/reset/update", &["token", "password"]),
        ("/password/change", &["currentPassword", "newPassword"]),
        ("/me/accounts/internal", &["email", "password"]),
        ("/me/accounts/internal/email/change", &["email", "password", "newEmail"]),
        ("/me/addresses", &["contactName"]),
    ] {
        let operation = scene.operation(&Method::POST, path);
        let missing: Vec<(&str, &str)> = fields.iter().map(|&field| (field, "missing_value")).collect();
        scene.send(&operation, &json!({})).await.is_invalid(&missing);
        let bare = || operation.bare(&service, "acme").bearer(scene.bearer(&operation));
        bare().send().await.is_invalid(&missing);
    }
    let confirm = scene.operation(&Method::POST, "/me/accounts/internal/email/change/confirm");
    scene.send(&confirm, &json!({})).await.is_invalid_token();
    let body = json!({"email": "a", "password": "b", "signup": {}, "customerAddress": {"country": "DEU"}});
    let answer = scene.send(&scene.operation(&Method::POST, "/signup"), &body).await;
    let body = answer.of(400).json();
    let mut fields: Vec<&str> =
        body["details"].as_array().expect("details").iter().map(|one| of(one, "field")).collect();
    fields.dedup();
    let expected = [
        "email",
        "password",
        "customerAddress.contactName",
        "customerAddress.country",
        "signup.email",
        "signup.password",
    ];
    assert_eq!(fields, expected, "all at once");
    for (path, parameter) in [("/refreshauthtoken", "refreshToken"), ("/logout", "accessToken")] {
        let ask = || service.get(&format!("/customer/acme{path}")).bearer(scene.session.bearer());
        ask().send().await.is_invalid(&[(parameter, "missing_value")]);
        for blank in ["", " "] {
            let answer = ask().query(parameter, blank).send().await;
            assert_eq!(answer.of(400).json()["details"][0]["field"], parameter);
        }
    }
    scene.is_unchanged().await;
}

#[tokio::test]
async fn what_is_too_long_is_named() {
    let service = Service::start().await;
    let scene = Scene::new(&service).await;
    let x = |length: usize| "x".repeat(length);
    let email = |length: usize| format!("{}@{}.example", x(64), x(length - 64 - 1 - 8));
    let post = |path: &str| scene.operation(&Method::POST, path);
    let (signup, patch) = (post("/signup"), scene.operation(&Method::PATCH, "/me"));
    let address = scene.operation(&Method::PATCH, "/me/addresses/{address}");
    let credentials = json!({"email": "new@example.com", "password": PASSWORD});
    let with = |member: &str, value: Value| {
        let mut body = credentials.clone();
        body[member] = value;
        body
    };
    let many: Vec<String> = (0..51).map(|number| format!("T{number}")).collect();
    for (operation, body, field) in [
        (&signup, with("email", email(255).into()), "email"),
        (&signup, with("password", x(257).into()), "password"),
        (&signup, with("customerDetails", json!({"firstName": x(256)})), "customerDetails.firstName"),
        (&signup, with("customerAddress", json!({"contactName": x(256)})), "customerAddress.contactName"),
        (&signup, with("customerDetails", json!({"mixins": {"x": x(16_384)}})), "customerDetails.mixins"),
        (&post("/login"), with("password", x(257).into()), "password"),
        (&post("/password/reset/update"), json!({"token": x(513), "password": PASSWORD}), "token"),
        (
            &post("/password/change"),
            json!({"currentPassword": PASSWORD, "newPassword": x(257)}),
            "newPassword",
        ),
        (&post("/me/accounts/internal/email/change/confirm"), json!({"token": x(513)}), "token"),
        (&patch, json!({"lastName": "é".repeat(256)}), "lastName"),
        (&patch, json!({"mixins": {"x": x(16_384)}}), "mixins"),
        (&patch, json!({"preferredCurrency": "EURO"}), "preferredCurrency"),
        (&address, json!({"street": x(256)}), "street"),
        (&address, json!({"tags": [x(65)]}), "tags"),
        (&address, json!({"tags": many}), "tags"),
        (&address, json!({"mixins": {"x": x(16_384)}}), "mixins"),
    ] {
        scene.send(operation, &body).await.is_invalid(&[(field, "invalid_length")]);
    }
    let refresh = service.get("/customer/acme/refreshauthtoken").bearer(scene.visitor.bearer());
    refresh.query("refreshToken", &x(513)).send().await.is_invalid(&[("refreshToken", "invalid_length")]);
    let tags = service.post(&format!("/customer/acme/me/addresses/{}/tags", scene.address));
    let tags = tags.bearer(scene.session.bearer()).query("tags", &x(65)).send().await;
    assert_eq!(tags.of(400).json()["details"][0]["field"], "tags");
    scene.is_unchanged().await;

    // What is just short enough is taken.
    let limits = json!({"lastName": "é".repeat(255), "mixins": {"x": x(16_000)}});
    scene.send(&patch, &limits).await.is_empty(200);
    let limits = json!({"email": email(254), "password": x(256)});
    scene.send(&signup, &limits).await.of(201);
    scene.visitor.enter(&email(254), &x(256)).await;
}

#[tokio::test]
async fn what_is_too_deep_is_refused() {
    let service = Service::start().await;
    let scene = Scene::new(&service).await;
    // The body, `mixins` and so many arrays.
    let body =
        |depth: usize| format!("{{\"mixins\":{{\"x\":{}{}}}}}", "[".repeat(depth - 2), "]".repeat(depth - 2));
    for path in ["/customer/acme/me".to_owned(), format!("/customer/acme/me/addresses/{}", scene.address)] {
        let send = |depth: usize| {
            let ask = service.patch(&path).bearer(scene.session.bearer());
            ask.body("application/json", body(depth)).send()
        };
        for depth in [33, 100, 10_000] {
            send(depth).await.of(400);
        }
        let open = service.patch(&path).bearer(scene.session.bearer());
        open.body("application/json", "[".repeat(60_000)).send().await.of(400);
        assert_eq!(scene.session.everything().await, scene.before);
    }
    scene.is_unchanged().await;
    let ask = service.patch("/customer/acme/me").bearer(scene.session.bearer());
    ask.body("application/json", body(32)).send().await.is_empty(200);
}

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

#[tokio::test]
async fn emails_are_trimmed_and_nothing_else_passes() {
    let service = Service::start().await;
    let visitor = service.anonymous("acme").await;
    let local = "x".repeat(65);
    for email in [
        "jane",
        "@example.com",
        "jane@",
        "jane@example",
        "jane@@example.com",
        "ja ne@example.com",
        "jane@exa mple.com",
        "jane@example.com\r\nBcc: john@example.com",
        "jane@.com",
        "jane@example.",
        "jane@example..com",
        "ja\u{0}ne@example.com",
        &format!("{local}@example.com"),
    ] {
        for path in ["/signup", "/login", "/password/reset", "/signup/optin/refresh_token"] {
            let body = json!({"email": email, "password": PASSWORD});
            let ask = service.post(&format!("/customer/acme{path}")).bearer(visitor.bearer());
            let answer = ask.json(&body).send().await;
            assert_eq!(answer.status, 400, "{path} {email:?}");
            assert_eq!(answer.json()["details"][0]["field"], "email", "{path} {email:?}");
        }
    }
    visitor.sign_up("  jane@example.com ", PASSWORD).await;
    let session = visitor.enter("JANE@EXAMPLE.COM", PASSWORD).await;
    let profile = session.profile().await;
    assert_eq!(profile["accounts"], json!([{"id": JANE}]));
    assert_eq!(profile["contactEmail"], JANE);
    let path = "/customer/acme/me";
    for wrong in [json!({"contactEmail": ""}), json!({"contactEmail": "jane"}), json!({"contactEmail": " "})]
    {
        service.patch(path).bearer(session.bearer()).json(&wrong).send().await.of(400);
    }
    assert_eq!(session.profile().await, profile);
}

#[tokio::test]
async fn requests_that_no_client_sends_are_answered() {
    let service = Service::start().await;
    let scene = Scene::new(&service).await;
    let bearer = format!("Authorization: Bearer {}", scene.session.bearer());

    let twice = service.exchange(&format!("GET /customer/acme/me HTTP/1.1\n{bearer}\n{bearer}"), b"");
    twice.is_fault(INVALID_ACCESS_TOKEN);
    let octets = service.exchange("GET /customer/acme/me HTTP/1.1\nAuthorization: Bearer \u{e9}", b"");
    octets.is_fault(INVALID_ACCESS_TOKEN);
    for path in ["%zz", "%ff", "%00", "a%2Fb", "..%2f..", "%2e%2e", "x".repeat(600).as_str()] {
        let answer =
            service.exchange(&format!("GET /customer/acme/me/addresses/{path} HTTP/1.1\n{bearer}"), b"");
        assert!([400, 404].contains(&answer.status), "{path}: {answer:?}");
    }
    for tenant in
        ["Acme", "ac", "acme-1", "1acme", "a%63me!", "%61cm%zz", "acmeacmeacmeacmea", "ac%20me", "%00"]
    {
        let answer = service.exchange(&format!("GET /customer/{tenant}/me HTTP/1.1\n{bearer}"), b"");
        answer.is(400, &invalid_tenant());
    }
    // Escapes say the same as what they stand for.
    service.exchange(&format!("GET /customer/%61cme/me HTTP/1.1\n{bearer}"), b"").of(200);
    service.exchange(&format!("GET /customer/acme/me/ HTTP/1.1\n{bearer}"), b"").of(200);

    let untyped = format!("PATCH /customer/acme/me HTTP/1.1\n{bearer}\nContent-Length: 21");
    service.exchange(&untyped, b"{\"firstName\":\"Mallo\"}").of(415);
    let patch = format!("PATCH /customer/acme/me HTTP/1.1\n{bearer}\nContent-Type: application/json");
    let chunk = [b"10001\r\n".as_slice(), &vec![b' '; 0x10001], b"\r\n0\r\n\r\n"].concat();
    service.exchange(&format!("{patch}\nTransfer-Encoding: chunked"), &chunk).of(413);

    let long =
        service.exchange(&format!("GET /customer/acme/me?x={} HTTP/1.1\n{bearer}", "x".repeat(9_000)), b"");
    assert_eq!(long.status, 414);
    let ask = service.get("/customer/acme/me").bearer(scene.session.bearer());
    let unknown = ask.query("expand", "a").query("unknown", "\u{0}").send().await;
    unknown.of(200);
    scene.is_unchanged().await;

    let login = "/customerlogin/auth/anonymous/login?tenant=acme&client_id=";
    service.exchange(&format!("GET {login}{CLIENT}%ff HTTP/1.1"), b"").of(400);
    service.exchange(&format!("GET {login}{CLIENT}&tenant=optin HTTP/1.1"), b"").of(400);
}

//! Operations.

use insta::assert_snapshot;
use serde_json::json;
use specwright_ir::{
    Alternative, BodyKind, Docs, Flow, Link, LinkTarget, Location, Scheme, SchemeId, SchemeKind, SchemeUse,
    Server, ServerVariable, Status, Style, Tokens,
};

use crate::fixture::*;

#[test]
fn an_operation_has_a_request_two_outcomes_and_metadata() {
    let mut operation = feed_pet();
    operation.docs = Docs { summary: "Feeding a pet".into(), description: "See `meals`.".into() };
    operation.body = Some(body(vec![json(schema(array(schema(string()))))]));
    operation.responses = vec![
        inline(
            Status::Code(200),
            "200",
            "Ok",
            response(name("", "FeedPetOk", ""), vec![json(schema(integer()))]),
        ),
        inline(Status::Code(204), "204", "NoContent", response(name("", "", ""), Vec::new())),
        shared(400, "BadRequest", 0),
        shared(422, "UnprocessableContent", 0),
        inline(
            Status::Code(404),
            "404",
            "NotFound",
            response(name("", "", ""), vec![json(schema(string()))]),
        ),
        inline(Status::Range(5), "5XX", "ServerError", response(name("", "", ""), Vec::new())),
        inline(
            Status::Default,
            "default",
            "Default",
            response(name("", "", ""), vec![json(schema(string()))]),
        ),
    ];
    let mut ir = with(operation);
    ir.responses.push(response(name("bad", "BadRequest", ""), Vec::new()));
    assert_snapshot!(file(&ir, "src/operations/pets.rs"));
}

#[test]
fn parameters_say_what_differs_from_the_usual() {
    let mut operation = feed_pet();
    let mut tags = parameter(Location::Query, name("tags", "", "tags"), schema(array(schema(pattern("^t")))));
    tags.style = Style::PipeDelimited;
    tags.explode = false;
    tags.allow_reserved = true;
    let mut limit = parameter(Location::Query, name("limit", "", "limit"), nullable(integer()));
    limit.default = Some(json!(20));
    limit.deprecated = true;
    let mut tenant = parameter(Location::Header, name("X-Tenant", "", "x_tenant"), schema(pattern("^t")));
    tenant.required = true;
    tenant.docs = describe("Whose [pet] it is.");
    operation.parameters.extend([tags, limit, tenant]);
    assert_snapshot!(file(&with(operation), "src/operations/pets.rs"));
}

#[test]
fn one_success_with_headers_is_a_struct() {
    let mut operation = feed_pet();
    let mut created = response(name("", "FeedPetCreated", ""), Vec::new());
    created.headers.push(header(name("Location", "", "location"), schema(string())));
    operation.responses = vec![inline(Status::Code(201), "201", "Created", created)];
    assert_snapshot!(file(&with(operation), "src/operations/pets.rs"));
}

#[test]
fn several_media_types_of_a_body_are_an_enum() {
    let mut operation = feed_pet();
    let merge =
        content("application/merge-patch+json", "MergePatchJson", BodyKind::Json(Box::new(schema(string()))));
    let mut meal = body(vec![json(schema(string())), merge, content("text/plain", "Text", BodyKind::Text)]);
    meal.required = false;
    operation.body = Some(meal);
    assert_snapshot!(file(&with(operation), "src/operations/pets.rs"));
}

#[test]
fn schemes_and_servers_stand_beside_the_tags() {
    let mut operation = feed_pet();
    let wanted = |scheme, scopes: &[&str]| SchemeUse {
        scheme: SchemeId(scheme),
        scopes: scopes.iter().map(|scope| (*scope).to_owned()).collect(),
    };
    operation.security = vec![
        Alternative { schemes: vec![wanted(0, &["feed"]), wanted(1, &[])] },
        Alternative { schemes: Vec::new() },
    ];
    let mut ir = with(operation);
    let scheme = |name, kind| Scheme {
        name,
        docs: Docs::default(),
        kind,
        tokens: None,
        extensions: indexmap::IndexMap::new(),
    };
    ir.schemes = vec![
        scheme(name("token", "Token", "token"), SchemeKind::Bearer { format: None }),
        scheme(name("servers", "Servers", "servers"), SchemeKind::HeaderKey { header: "X-Key".into() }),
    ];
    let region = ServerVariable {
        name: "region".into(),
        default: "eu".into(),
        values: vec!["eu".into(), "us".into()],
        description: String::new(),
    };
    let url = "https://{region}.example.com".to_owned();
    ir.servers = vec![Server { url, description: String::new(), variables: vec![region] }];
    assert_snapshot!(file(&ir, "src/operations/mod.rs"));
    let text = file(&ir, "src/operations/pets.rs");
    assert_snapshot!("security", text.lines().filter(|line| line.contains("SchemeUse")).collect::<String>());
}

#[test]
fn links_are_documentation() {
    let mut operation = feed_pet();
    let mut fed = response(name("", "", ""), vec![json(schema(integer()))]);
    let link = |name: &str, target| Link {
        name: name.to_owned(),
        target,
        parameters: vec![("path.petId".to_owned(), "$response.body#/id".to_owned())],
        body: Some("$request.body".to_owned()),
        server: Some("https://vet.example.com".to_owned()),
        description: "Once it has eaten.".to_owned(),
    };
    fed.links = vec![
        link("again", LinkTarget::Id("feedPet".to_owned())),
        link(
            "checkUp",
            LinkTarget::Elsewhere("https://vet.example.com/openapi.json#/paths/~1pets".to_owned()),
        ),
    ];
    operation.responses = vec![inline(Status::Code(200), "200", "Ok", fed)];
    let text = file(&with(operation), "src/operations/pets.rs");
    let lines = text.lines().skip_while(|line| !line.contains("What may follow")).map(str::trim);
    let docs: Vec<&str> = lines.take_while(|line| line.starts_with("///")).collect();
    assert_snapshot!(docs.join("\n"));
}

#[test]
fn schemes_say_their_flows_and_what_each_scope_is_for() {
    let mut ir = with(feed_pet());
    let flow = Flow {
        name: "authorizationCode".to_owned(),
        authorization_url: "https://id.example.com/authorize".to_owned(),
        device_authorization_url: String::new(),
        token_url: "https://id.example.com/token".to_owned(),
        refresh_url: String::new(),
        scopes: vec![("feed".to_owned(), "Feed [any] pet.".to_owned()), ("look".to_owned(), String::new())],
    };
    ir.schemes = vec![Scheme {
        name: name("oauth", "Oauth", "oauth"),
        docs: Docs::default(),
        kind: SchemeKind::Bearer { format: None },
        tokens: Some(Tokens::OAuth2(vec![flow])),
        extensions: indexmap::IndexMap::new(),
    }];
    let text = file(&ir, "src/operations/mod.rs");
    let lines = text.lines().skip_while(|line| *line != "/// `oauth`");
    assert_snapshot!(lines.take_while(|line| !line.is_empty()).collect::<Vec<_>>().join("\n"));
}

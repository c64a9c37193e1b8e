//! The contract as it is served, and the routes that tell how the service is.

use serde_json::Value;

use super::Running;

#[tokio::test]
async fn the_served_document_is_about_this_service() {
    let running = Running::start(&[]);
    let json = running.get("/openapi.json").await;
    assert_eq!(json.headers()["content-type"], "application/json");
    let json: Value = json.json().await.expect("JSON");
    let yaml = running.get("/openapi.yaml").await;
    assert_eq!(yaml.headers()["content-type"], "application/yaml");
    let yaml: Value = serde_yaml::from_str(&yaml.text().await.expect("text")).expect("YAML");
    assert_eq!(json, yaml);

    let mut expected: Value = serde_json::from_str(customer_api::OPENAPI).expect("JSON");
    expected["servers"] = serde_json::json!([{ "url": running.url("") }]);
    let items = expected["paths"].as_object_mut().expect("paths").values_mut();
    let operations = items.flat_map(|item| item.as_object_mut().expect("an item").values_mut());
    let mut count = 0;
    for operation in operations.filter_map(Value::as_object_mut) {
        operation.remove("servers");
        count += 1;
    }
    assert_eq!((count, json), (26, expected));
}

/// What a page refers to.
fn references(page: &str) -> Vec<&str> {
    ["href=\"", "src=\""]
        .iter()
        .flat_map(|mark| page.split(mark).skip(1))
        .filter_map(|rest| rest.split('"').next())
        .collect()
}

#[tokio::test]
async fn the_explorer_brings_all_of_itself() {
    let running = Running::start(&[]);
    for path in ["/docs", "/docs/"] {
        let answer = running.get(path).await;
        assert_eq!(answer.status(), 200, "{path}");
        let policy = answer.headers()["content-security-policy"].to_str().expect("text").to_owned();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self';") && !policy.contains("http"),
            "{policy}"
        );
        assert!(!policy.contains("unsafe"), "{policy}");
        let page = answer.text().await.expect("text");
        let references = references(&page);
        assert_eq!(references.len(), 4, "{references:?}");
        for reference in references {
            assert!(reference.starts_with("/docs/"), "{reference}");
            let answer = running.get(reference).await;
            assert_eq!(answer.status(), 200, "{reference}");
            assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
        }
    }
    let script = running.text("/docs/page.js").await;
    assert!(script.contains("\"/openapi.json\"") && !script.contains("://"), "{script}");
    for path in ["/docs/index.html", "/docs/..%2fpage.js", "/docs/oauth2-redirect.html"] {
        assert_eq!(running.get(path).await.status(), 404, "{path}");
    }
}

#[tokio::test]
async fn health_is_told() {
    let running = Running::start(&[]);
    assert_eq!(running.text("/healthz").await, "ok\n");
    assert_eq!(running.text("/readyz").await, "ready\n");
}

#[tokio::test]
async fn requests_are_counted_by_operation() {
    let running = Running::dev(&[]);
    for _ in 0..3 {
        running.get("/customer/hush/me?hush=1").await;
    }
    running.get("/customerlogin/auth/anonymous/login?tenant=acme&client_id=a").await;
    running.get("/hush").await;
    let answer = running.get("/metrics").await;
    let media_type = answer.headers()["content-type"].to_str().expect("text").to_owned();
    assert!(media_type.starts_with("application/openmetrics-text; version=1.0.0"), "{media_type}");
    let text = answer.text().await.expect("text");
    let me =
        r#"operation="GET-customer-retrieve-customer-profile",route="/customer/{tenant}/me",method="GET""#;
    for line in [
        &format!(r#"http_requests_total{{{me},status="400"}} 3"#),
        &format!("http_request_duration_seconds_count{{{me}}} 3"),
        r#"http_requests_total{operation="-",route="-",method="GET",status="404"} 1"#,
        "http_requests_in_flight 1",
        "tenants 1",
        "customers 0",
        r#"sessions{kind="anonymous"} 1"#,
        r#"sessions{kind="customer"} 0"#,
        "mails_queued 0",
        "# EOF",
    ] {
        assert!(text.lines().any(|found| found == line), "{line} is not in\n{text}");
    }
    assert!(!text.contains("hush"), "{text}");
}

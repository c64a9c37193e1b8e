//! What is printed at the start.

use std::fmt::Write as _;
use std::io::Write as _;
use std::net::SocketAddr;

use super::Options;
use crate::domain::options::TenantOptions;

/// Prints where the service is and what can be tried, as far as it is true for these options.
pub(super) fn print(options: &Options, address: SocketAddr) {
    let mut out = std::io::stdout().lock();
    // Nobody may be reading any more.
    let _ = out.write_all(text(options, address).as_bytes()).and_then(|()| out.flush());
}

fn text(options: &Options, address: SocketAddr) -> String {
    let mut text = format!("http://{address}\nhttp://{address}/docs\n");
    if let Some((tenant, tenant_options)) = shown(options) {
        let _ = write!(text, "\n{}", commands(&format!("http://{address}"), &tenant, &tenant_options));
    }
    text
}

/// The tenant to try things with.
fn shown(options: &Options) -> Option<(String, TenantOptions)> {
    const DEV: &str = "acme";
    let configured = options.tenants.get_key_value(DEV).or_else(|| options.tenants.first_key_value());
    match configured {
        Some((name, own)) => Some((name.clone(), own.clone())),
        None if options.auto_tenants => Some((DEV.to_owned(), options.tenant_defaults.options().ok()?)),
        None => None,
    }
}

/// Three commands for a shell: they build on each other.
fn commands(origin: &str, tenant: &str, options: &TenantOptions) -> String {
    let client = options.client_ids.first().map_or("storefront", String::as_str);
    let client: String = url::form_urlencoded::byte_serialize(client.as_bytes()).collect();
    let who = r#"{"email":"ann@example.com","password":"correct horse"}"#;
    let head = r#"-H "Authorization: Bearer $TOKEN""#;
    let json = "-H 'Content-Type: application/json'";
    let login = format!("{origin}/customerlogin/auth/anonymous/login?tenant={tenant}&client_id={client}");
    let token = r#"sed 's/.*"access_token":"\([^"]*\)".*/\1/'"#;
    // A new account that has to confirm its e-mail cannot log in yet.
    let third = if options.double_opt_in {
        format!("curl -s {origin}/customer/{tenant}/me {head}")
    } else {
        format!("curl -s {origin}/customer/{tenant}/login {head} {json} -d '{who}'")
    };
    format!(
        "TOKEN=$(curl -s '{login}' | {token})\n\
         curl -s {origin}/customer/{tenant}/signup {head} {json} -d '{who}'\n\
         {third}\n"
    )
}

//! Signs up, logs in and adds an address, with the generated client:
//! `cargo run -p customer-service --example journey -- http://127.0.0.1:8080`.

#![expect(clippy::print_stdout, reason = "it shows what it does")]

use std::error::Error;

use customer_api::Client;
use customer_api::types::{AddressCreateDto, CustomerSignup, PasswordAuthentication};

#[tokio::main]
async fn main() -> Result<(), Box<dyn Error>> {
    let url = std::env::args().nth(1).unwrap_or_else(|| "http://127.0.0.1:8080".to_owned());
    let client = Client::builder().base_url(url).build()?;
    let anonymous = client.authentication().generate_anonymous_access_token("acme", "storefront").await?;
    let client = client.with_anonymous_access_token(&anonymous.access_token);
    let signup = CustomerSignup::new("jane@example.com", "s3cret-pw");
    let customer = client.authentication().create_customer_account("acme", &signup).await?;
    let login = PasswordAuthentication::new("jane@example.com", "s3cret-pw");
    let session = client.authentication().authenticate_customer("acme", &login).await?;
    let client = client.with_customer_access_token(&session.access_token);
    let address = AddressCreateDto::new("Jane Doe").with_city("Berlin").with_country("DE");
    let added = client.addresses().add_address("acme", &address).await?;
    println!("customer {}, address {}", customer.id, added.id);
    Ok(())
}

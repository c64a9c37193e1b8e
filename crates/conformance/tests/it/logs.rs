//! What logs say of calls on both sides: the operations' names, and nothing of what they carry.

use std::fmt::{Debug, Write as _};
use std::sync::{Arc, Mutex};

use customer_api::Client;
use customer_api::operations::account::UpdateCustomerBody;
use customer_api::types::{
    AddressCreateDto, AddressPatch, ChangeEmailRequestDto, CustomerPatch, CustomerSignup,
    PasswordAuthentication, PasswordChangeDto, PasswordResetRequestDto, PasswordUpdate, RefreshToken,
    UpdateEmail,
};
use tracing::field::{Field, Visit};
use tracing::span::{Attributes, Id, Record};
use tracing::{Event, Metadata, Subscriber};

use crate::requests::{ALL, send};
use crate::stub::{ANONYMOUS, BANNED, CUSTOMER, PANIC, Stub};

/// Writes down everything that is traced, from whichever library.
#[derive(Clone, Default)]
struct Notes(Arc<Mutex<String>>);

struct Fields<'a>(&'a mut String);

impl Visit for Fields<'_> {
    fn record_debug(&mut self, field: &Field, value: &dyn Debug) {
        let _ = write!(self.0, " {}={value:?}", field.name());
    }
}

impl Notes {
    fn note(&self, write: impl FnOnce(&mut String)) {
        let mut notes = self.0.lock().expect("no poisoned lock");
        write(&mut notes);
        notes.push('\n');
    }
}

impl Subscriber for Notes {
    fn enabled(&self, _: &Metadata<'_>) -> bool {
        true
    }

    fn new_span(&self, span: &Attributes<'_>) -> Id {
        self.note(|notes| {
            let _ = write!(notes, "span {}", span.metadata().name());
            span.record(&mut Fields(notes));
        });
        Id::from_u64(1)
    }

    fn record(&self, _: &Id, values: &Record<'_>) {
        self.note(|notes| values.record(&mut Fields(notes)));
    }

    fn event(&self, event: &Event<'_>) {
        self.note(|notes| {
            let _ = write!(notes, "event {}", event.metadata().target());
            event.record(&mut Fields(notes));
        });
    }

    fn record_follows_from(&self, _: &Id, _: &Id) {}
    fn enter(&self, _: &Id) {}
    fn exit(&self, _: &Id) {}
}

/// What libraries log by other means than tracing.
impl log::Log for Notes {
    fn enabled(&self, _: &log::Metadata<'_>) -> bool {
        true
    }

    fn log(&self, record: &log::Record<'_>) {
        self.note(|notes| {
            let _ = write!(notes, "log {} {}", record.target(), record.args());
        });
    }

    fn flush(&self) {}
}

/// Everything that these tests send and no log may repeat.
const SECRETS: [&str; 14] = [
    CUSTOMER,
    ANONYMOUS,
    BANNED,
    PANIC,
    "s3cret",
    "jane@",
    "Jane",
    "storefront",
    "redirect_uri=",
    "accessToken=",
    "tenant=",
    "acme",
    "BILLING",
    "12345",
];

/// Calls every operation on both sides, well and badly.
async fn call_everything() {
    let stub = Stub::default();
    let server = stub.start().await;
    for good in &ALL {
        good.send(server, &good.authorization()).await;
        good.send(server, "Authorization: Bearer s3cret-wrong").await;
        good.send(server, "Authorization: Basic s3cret-wrong").await;
        let target = good.target.replace("acme", "S3cret-%zz-s3cret");
        send(server, good.method, &target, &good.authorization(), r#"{"email":"s3cret","#).await;
        send(server, good.method, &target, &good.authorization(), r#"{"s3cret":1,"email":"s3cret"}"#).await;
        let target = good.target.replace("acme", "acme/s3cret");
        send(server, good.method, &target, &good.authorization(), "").await;
    }
    for client in [
        crate::case::client(format!("http://{server}")),
        Client::builder().base_url(format!("http://{server}")).build().expect("a client"),
        crate::case::client("http://127.0.0.1:1".to_owned()),
    ] {
        call_all(&client).await;
    }
}

/// Calls every operation, and shows what comes of it as a caller would log it.
async fn call_all(client: &Client) {
    macro_rules! shown {
        ($($call:expr),* $(,)?) => { $(
            let call = $call;
            tracing::info!(call = ?call);
            match call.await {
                Ok(success) => tracing::info!(status = %success.status()),
                Err(error) => tracing::error!(shown = %error, debug = ?error),
            }
        )* };
    }
    let login = PasswordAuthentication::new("jane@doe.example", "s3cret-pw");
    let (account, addresses) = (client.account(), client.addresses());
    shown!(
        account.assign_customer_account("acme", &login),
        account.remove_customer_profile("acme").with(|request| request.with_token("s3cret-query")),
        account.retrieve_customer_profile("acme").with(|request| request.with_expand("s3cret")),
        account.update_customer("acme").with(|request| {
            request.with_body(UpdateCustomerBody::Json(CustomerPatch::default().with_first_name("Jane")))
        }),
        addresses.add_address("acme", &AddressCreateDto::new("Jane Doe")),
        addresses.add_address_tags("acme", "s3cret-path", "BILLING"),
        addresses.list_addresses("acme"),
        addresses.remove_address("acme", "s3cret-path"),
        addresses.remove_address_tags("acme", "s3cret-path", "BILLING"),
        addresses.retrieve_address_by_id("acme", "s3cret-path"),
        addresses.update_address("acme", "s3cret-path", &AddressPatch::default().with_city("s3cret")),
    );
    let authentication = client.authentication();
    shown!(
        authentication.authenticate_customer("acme", &login),
        authentication.create_customer_account("acme", &CustomerSignup::new("jane@doe.example", "s3cret-pw")),
        authentication.generate_anonymous_access_token("acme", "storefront"),
        authentication.log_out_customer("acme", "s3cret-query"),
        authentication.refresh_anonymous_access_token("acme", "storefront"),
        authentication.refresh_customer_token("acme", "s3cret-query"),
        authentication.social_login("acme", "s3cret-query", "https://s3cret.example"),
        authentication.validate_token("acme"),
    );
    let email = ChangeEmailRequestDto::new("jane@doe.example", "s3cret-pw", "jane@new.example");
    let (credentials, opt_in) = (client.credentials(), client.double_opt_in());
    shown!(
        credentials.change_login_email("acme", &email),
        credentials.change_password("acme", &PasswordChangeDto::new("s3cret-pw", "s3cret-new")),
        credentials.confirm_login_email("acme", &UpdateEmail::default().with_token("s3cret-mail")),
        credentials.request_password_reset("acme", &PasswordResetRequestDto::new("jane@doe.example")),
        credentials.reset_password("acme", &PasswordUpdate::new("s3cret-mail", "s3cret-new")),
        opt_in.confirm_opt_in("acme", "s3cret-path"),
        opt_in.resend_opt_in("acme", &RefreshToken::new("jane@doe.example")),
        // What breaks the contract is told by its place.
        addresses.add_address("S3cret-tenant", &AddressCreateDto::new("").with_country("s3cret")),
        authentication.log_out_customer("acme", "s3cret".repeat(100)),
    );
}

/// Names of operations and places in the contract, which may hold words of [`SECRETS`].
fn without_the_contracts_own_words(notes: &str) -> String {
    let mut notes = notes.to_owned();
    for good in &ALL {
        notes = notes.replace(good.id, "");
    }
    notes
}

#[test]
fn logs_name_operations_and_nothing_that_they_carry() {
    let notes = Notes::default();
    log::set_boxed_logger(Box::new(notes.clone())).expect("no other logger");
    log::set_max_level(log::LevelFilter::Trace);
    tracing::subscriber::with_default(notes.clone(), || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        let runtime = runtime.expect("a runtime");
        // Tests run beside this one, and tracing remembers of each place whether anyone listened when it
        // was first reached: once all are known, they are told anew.
        runtime.block_on(call_everything());
        tracing::callsite::rebuild_interest_cache();
        runtime.block_on(call_everything());
    });
    let notes = notes.0.lock().expect("no poisoned lock").clone();
    for good in &ALL {
        let span = format!("span {}", good.id);
        let count = notes.matches(&span).count();
        assert!(count >= 5, "{} has {count} spans", good.id);
    }
    for status in ["401", "400", "501"] {
        assert!(notes.contains(&format!("http.response.status_code={status}")), "{status}");
    }
    let notes = without_the_contracts_own_words(&notes);
    for secret in SECRETS {
        let told = notes.lines().find(|line| line.contains(secret));
        assert_eq!(told, None, "{secret} is in the logs");
    }
}

//! One exchange, shown three times: as text on the wire, as the server's types, as the client's.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::fmt::Debug;

use customer_api::Client;
use specwright_conformance::{Recorder, exchange};
use specwright_runtime::client::{Error, Request};
use specwright_runtime::server::{FromCall, Render};
use specwright_runtime::{Answers, Declares, Failure};

use crate::contract;
use crate::stub::{ANONYMOUS, CUSTOMER, Sender, Stub};

/// A request, as text and as a value.
///
/// The text is the request line, header lines (sorted, lower case), and after an empty line the body, in
/// the form of [`unindent`].
#[derive(Clone, Debug)]
pub struct Case<R> {
    wire: String,
    request: R,
    credentials: &'static [Sender],
    statuses: RefCell<BTreeSet<String>>,
}

/// A client that has both credentials.
pub fn client(base_url: String) -> Client {
    client_of(base_url, &[Sender::Anonymous, Sender::Customer])
}

fn client_of(base_url: String, credentials: &[Sender]) -> Client {
    let mut client = Client::builder().base_url(base_url).build().expect("a legal base URL");
    for credential in credentials {
        client = match credential {
            Sender::Nobody => client,
            Sender::Anonymous => client.with_anonymous_access_token(ANONYMOUS),
            Sender::Customer => client.with_customer_access_token(CUSTOMER),
        };
    }
    client
}

/// A message without the indentation it has in a test: each line is trimmed, and after the first empty
/// line, where the body begins, the lines are one.
pub fn unindent(text: &str) -> String {
    let text = text.trim().lines().map(str::trim).collect::<Vec<_>>().join("\n");
    match text.split_once("\n\n") {
        Some((head, body)) => format!("{head}\n\n{}", body.replace('\n', "")),
        None => text,
    }
}

impl<R> Case<R>
where
    R: Request + FromCall + Clone + Debug + PartialEq + Send + Sync + 'static,
    R::Output: Debug + PartialEq + Send,
    R::Error: Answers<Response = R::Error>
        + Declares<R::Error>
        + Render
        + Clone
        + Debug
        + PartialEq
        + Send
        + 'static,
{
    /// A case for a request, sent by a client that has both credentials.
    pub fn new(wire: &str, request: R) -> Self {
        Self {
            wire: unindent(wire),
            request,
            credentials: &[Sender::Anonymous, Sender::Customer],
            statuses: RefCell::default(),
        }
    }

    /// The same case, sent by a client that has these credentials.
    pub fn sent_with(self, credentials: &'static [Sender]) -> Self {
        Self { credentials, ..self }
    }

    /// Holds a success against its text: `answer` is the status, header lines (sorted, lower case), and
    /// after an empty line the body, in the form of [`unindent`].
    pub async fn answers<T: Render + Send + 'static>(&self, answer: &str, response: T, output: R::Output) {
        let answer = self.note(answer);
        self.serve(&answer, Ok(response)).await;
        let received = self.call(&answer).await.unwrap_or_else(|error| panic!("{}: {error:?}", self.wire));
        assert_eq!(received, output, "{}", self.wire);
    }

    /// Holds the declared errors against their texts. `T` is the operation's response type. With the
    /// successes so far, they have to be all that the operation declares.
    pub async fn refuses<T: Render + Send + 'static>(
        &self,
        refusals: impl IntoIterator<Item = (&str, R::Error)>,
    ) {
        for (answer, error) in refusals {
            let answer = self.note(answer);
            self.serve(&answer, Err::<T, _>(Failure::from(error.clone()))).await;
            match self.call(&answer).await {
                Err(Error::Api(received)) => assert_eq!(received, error, "{}", self.wire),
                other => panic!("{}: {other:?}", self.wire),
            }
        }
        assert_eq!(*self.statuses.borrow(), contract::statuses(R::OPERATION.id), "{}", self.wire);
    }

    /// The text of an answer, whose status counts as tried.
    fn note(&self, answer: &str) -> String {
        let answer = unindent(answer);
        let status = answer.lines().next().unwrap_or_default();
        self.statuses.borrow_mut().insert(status.to_owned());
        answer
    }

    /// The server: the text arrives as the value, and the value leaves as the text.
    async fn serve<T: Render + Send + 'static>(&self, answer: &str, response: Result<T, Failure<R::Error>>) {
        let stub = Stub::default();
        stub.answer(response);
        let (head, body) = self.wire.split_once("\n\n").unwrap_or((&self.wire, ""));
        let received = exchange(stub.start().await, head, body).await.expect("an answer");
        assert_eq!(received.to_text(), answer, "{}", self.wire);
        assert_eq!(stub.seen::<R>().as_ref(), Some(&self.request), "{}", self.wire);
        assert_eq!(stub.sender(), Some(self.sender()), "{}", self.wire);
    }

    /// The client: the value leaves as the text, and the text arrives as the value.
    async fn call(&self, answer: &str) -> Result<R::Output, Error<R::Error>> {
        let recorder = Recorder::start(answer).await.expect("a free port");
        let result = client_of(recorder.base_url(), self.credentials).call(self.request.clone()).await;
        assert_eq!(recorder.request().await.expect("a request"), self.wire);
        result.map(specwright_runtime::client::Success::into_body)
    }

    fn sender(&self) -> Sender {
        let token = self.wire.lines().find_map(|line| line.strip_prefix("authorization: Bearer "));
        match token {
            Some(CUSTOMER) => Sender::Customer,
            Some(ANONYMOUS) => Sender::Anonymous,
            _ => Sender::Nobody,
        }
    }
}

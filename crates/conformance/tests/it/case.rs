//! One exchange, shown three times: as text on the wire, as the server's types, as the client's.

use std::fmt::Debug;

use customer_api::Client;
use specwright_conformance::{Recorder, exchange};
use specwright_runtime::client::{Error, Request};
use specwright_runtime::server::{FromCall, Render};
use specwright_runtime::{Answers, Declares, Failure};

use crate::stub::{ANONYMOUS, CUSTOMER, Stub};

/// A request, as text and as a value.
///
/// The text is the request line, header lines (sorted, lower case), and after an empty line the body.
#[derive(Clone, Debug)]
pub struct Case<R> {
    wire: &'static str,
    request: R,
}

/// A client that has both credentials.
pub fn client(base_url: String) -> Client {
    Client::builder()
        .base_url(base_url)
        .build()
        .expect("a legal base URL")
        .with_anonymous_access_token(ANONYMOUS)
        .with_customer_access_token(CUSTOMER)
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
    /// A case for a request.
    pub fn new(wire: &'static str, request: R) -> Self {
        Self { wire, request }
    }

    /// Holds a success against its text: `answer` is the status, header lines (sorted, lower case), and
    /// after an empty line the body.
    pub async fn answers<T: Render + Send + 'static>(&self, answer: &str, response: T, output: R::Output) {
        self.serve(answer, Ok(response)).await;
        let received = self.call(answer).await.unwrap_or_else(|error| panic!("{}: {error:?}", self.wire));
        assert_eq!(received, output, "{}", self.wire);
    }

    /// Holds a declared error against its text. `T` is the operation's response type.
    pub async fn fails<T: Render + Send + 'static>(&self, answer: &str, error: R::Error) {
        self.serve(answer, Err::<T, _>(Failure::from(error.clone()))).await;
        match self.call(answer).await {
            Err(Error::Api(received)) => assert_eq!(received, error, "{}", self.wire),
            other => panic!("{}: {other:?}", self.wire),
        }
    }

    /// The server: the text arrives as the value, and the value leaves as the text.
    async fn serve<T: Render + Send + 'static>(&self, answer: &str, response: Result<T, Failure<R::Error>>) {
        let stub = Stub::default();
        stub.answer(response);
        let (head, body) = self.wire.split_once("\n\n").unwrap_or((self.wire, ""));
        let received = exchange(stub.start().await, head, body).await.expect("an answer");
        assert_eq!(received.to_text(), answer, "{}", self.wire);
        assert_eq!(stub.seen::<R>().as_ref(), Some(&self.request), "{}", self.wire);
    }

    /// The client: the value leaves as the text, and the text arrives as the value.
    async fn call(&self, answer: &str) -> Result<R::Output, Error<R::Error>> {
        let recorder = Recorder::start(answer).await.expect("a free port");
        let result = client(recorder.base_url()).call(self.request.clone()).await;
        assert_eq!(recorder.request().await.expect("a request"), self.wire);
        result.map(specwright_runtime::client::Success::into_body)
    }
}

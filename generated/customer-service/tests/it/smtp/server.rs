//! A mail server on loopback: the protocol from a library, a thread a connection.

use std::io::{self, BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use mailin::{Action, AuthMechanism, Handler, Response, Session, SessionBuilder, response};
use mailparse::{MailHeaderMap as _, ParsedMail};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use tokio::sync::mpsc;

/// The account that a server with TLS asks for.
pub const USER: &str = "mailer";
pub const PASSWORD: &str = "p@ss/word";

/// A mail server.
pub struct MailServer {
    pub address: SocketAddr,
    arrived: mpsc::UnboundedReceiver<Mail>,
    seen: Arc<Seen>,
}

/// What clients have done.
#[derive(Default)]
struct Seen {
    senders: AtomicUsize,
    sent_in_clear: AtomicUsize,
    put_off: AtomicUsize,
}

/// A mail that has arrived.
#[derive(Clone, Debug, Default)]
pub struct Mail {
    pub from: String,
    pub to: Vec<String>,
    pub octets: Vec<u8>,
    pub over_tls: bool,
    pub user: Option<String>,
}

impl Mail {
    fn parsed(&self) -> ParsedMail<'_> {
        mailparse::parse_mail(&self.octets).expect("a mail")
    }

    /// A header, which is there once.
    pub fn header(&self, name: &str) -> String {
        let values = self.parsed().headers.get_all_values(name);
        assert_eq!(values.len(), 1, "{name}: {values:?}");
        values[0].clone()
    }

    /// The text.
    pub fn text(&self) -> String {
        self.parsed().get_body().expect("text").replace("\r\n", "\n")
    }

    /// The line that stands alone between the first and the last paragraph.
    pub fn what_to_redeem(&self) -> String {
        let text = self.text();
        let lines: Vec<&str> = text.lines().filter(|line| !line.is_empty() && !line.contains(' ')).collect();
        assert_eq!(lines.len(), 2, "a greeting and one more: {text}");
        lines[1].to_owned()
    }
}

impl MailServer {
    /// One that knows no TLS.
    pub fn plain() -> Self {
        Self::start(None, 0)
    }

    /// One that puts the first mails off.
    pub fn putting_off(mails: usize) -> Self {
        Self::start(None, mails)
    }

    /// One that offers STARTTLS, and takes mails from its user only. Its certificate is written to a file.
    pub fn with_tls(certificate: &Path) -> Self {
        let certified = rcgen::generate_simple_self_signed(["127.0.0.1".to_owned()]).expect("a certificate");
        std::fs::write(certificate, certified.cert.pem()).expect("a file");
        let key = certified.signing_key.serialize_der().try_into().expect("a key");
        let tls = ServerConfig::builder_with_provider(rustls::crypto::aws_lc_rs::default_provider().into())
            .with_safe_default_protocol_versions()
            .expect("versions")
            .with_no_client_auth()
            .with_single_cert(vec![certified.cert.der().clone()], key)
            .expect("a key that fits");
        Self::start(Some(Arc::new(tls)), 0)
    }

    fn start(tls: Option<Arc<ServerConfig>>, put_off: usize) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").expect("a port");
        let address = listener.local_addr().expect("an address");
        let (arrive, arrived) = mpsc::unbounded_channel();
        let seen = Arc::new(Seen { put_off: put_off.into(), ..Seen::default() });
        let inbox = Inbox { arrive, seen: Arc::clone(&seen), mail: Arc::default() };
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                let (inbox, tls) = (inbox.clone(), tls.clone());
                // A client may go away at any time.
                thread::spawn(move || serve(stream, inbox, tls).ok());
            }
        });
        Self { address, arrived, seen }
    }

    /// Waits for the next mail. That there is none shall be a failure and not a test without end.
    pub async fn next(&mut self) -> Mail {
        let mail = tokio::time::timeout(Duration::from_secs(60), self.arrived.recv()).await;
        mail.expect("a mail arrives").expect("the server lives")
    }

    /// Whether a mail has arrived that nobody has waited for.
    pub fn has_more(&mut self) -> bool {
        self.arrived.try_recv().is_ok()
    }

    /// How often a client has begun to send a mail, and how often without TLS.
    pub fn attempts(&self) -> (usize, usize) {
        (self.seen.senders.load(Ordering::SeqCst), self.seen.sent_in_clear.load(Ordering::SeqCst))
    }
}

/// What a connection fills.
#[derive(Clone)]
struct Inbox {
    arrive: mpsc::UnboundedSender<Mail>,
    seen: Arc<Seen>,
    mail: Arc<Mutex<Mail>>,
}

impl Inbox {
    fn edit(&self, change: impl FnOnce(&mut Mail)) -> Response {
        change(&mut self.mail.lock().expect("nobody panics with it"));
        response::OK
    }
}

impl Handler for Inbox {
    fn mail(&mut self, _: std::net::IpAddr, _: &str, from: &str) -> Response {
        self.seen.senders.fetch_add(1, Ordering::SeqCst);
        self.edit(|mail| {
            if !mail.over_tls {
                self.seen.sent_in_clear.fetch_add(1, Ordering::SeqCst);
            }
            from.clone_into(&mut mail.from);
            mail.to.clear();
            mail.octets.clear();
        })
    }

    fn rcpt(&mut self, to: &str) -> Response {
        let may_pass = |left: usize| left.checked_sub(1);
        if self.seen.put_off.fetch_update(Ordering::SeqCst, Ordering::SeqCst, may_pass).is_ok() {
            return Response::custom(451, "later".to_owned());
        }
        self.edit(|mail| mail.to.push(to.to_owned()))
    }

    fn data(&mut self, line: &[u8]) -> io::Result<()> {
        self.edit(|mail| mail.octets.extend_from_slice(line));
        Ok(())
    }

    fn data_end(&mut self) -> Response {
        self.edit(|mail| drop(self.arrive.send(mail.clone())))
    }

    fn auth_plain(&mut self, _: &str, user: &str, password: &str) -> Response {
        if (user, password) != (USER, PASSWORD) {
            return response::INVALID_CREDENTIALS;
        }
        self.edit(|mail| mail.user = Some(user.to_owned()));
        response::AUTH_OK
    }
}

fn serve(stream: TcpStream, inbox: Inbox, tls: Option<Arc<ServerConfig>>) -> io::Result<()> {
    let mut builder = SessionBuilder::new("mail.example");
    if tls.is_some() {
        builder.enable_start_tls().enable_auth(AuthMechanism::Plain);
    }
    // Each connection is a session of its own.
    let inbox = Inbox { mail: Arc::default(), ..inbox };
    let mail = Arc::clone(&inbox.mail);
    let mut session = builder.build(stream.peer_addr()?.ip(), inbox);
    let mut stream = BufReader::new(stream);
    session.greeting().write_to(stream.get_mut())?;
    if !converse(&mut stream, &mut session)? {
        return Ok(());
    }
    let Some(tls) = tls else { return Ok(()) };
    let secured = ServerConnection::new(tls).map_err(io::Error::other)?;
    let mut stream = BufReader::new(StreamOwned::new(secured, stream.into_inner()));
    session.tls_active();
    mail.lock().expect("nobody panics with it").over_tls = true;
    converse(&mut stream, &mut session).map(drop)
}

/// Whether TLS comes next.
fn converse<S: Read + Write>(stream: &mut BufReader<S>, session: &mut Session<Inbox>) -> io::Result<bool> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if stream.read_until(b'\n', &mut line)? == 0 {
            return Ok(false);
        }
        let answer = session.process(&line);
        if answer.action == Action::NoReply {
            continue;
        }
        answer.write_to(stream.get_mut())?;
        stream.get_mut().flush()?;
        match answer.action {
            Action::UpgradeTls => return Ok(true),
            Action::Close => return Ok(false),
            Action::Reply | Action::NoReply => {}
        }
    }
}

//! The queue in front of the transports: whoever sends a mail neither waits nor fails.

use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{mpsc, watch};
use tokio::task::{JoinError, JoinHandle, JoinSet};
use tracing::Instrument as _;

use super::{Transport, Undelivered};
use crate::domain::mail::{Errand, Mailer, Message};

/// Mails that wait for a transport, beyond which new ones are dropped.
const CAPACITY: usize = 1024;

/// Deliveries to elsewhere that are under way at a time.
const CONNECTIONS: usize = 8;

/// How long the end of the service waits for mails that are still to be delivered.
const GRACE: Duration = Duration::from_secs(10);

/// What passes before a delivery is tried again, once for each.
const PAUSES: [Duration; 3] = [Duration::from_secs(1), Duration::from_secs(4), Duration::from_secs(16)];

/// Hands each mail to all transports. A clone is the same queue.
#[derive(Clone)]
pub struct Queue(Arc<Inner>);

struct Inner {
    lanes: Vec<Lane>,
    /// Errands that are still to be done. They are short, and no more than the requests that gave them.
    errands: watch::Sender<usize>,
    closing: watch::Sender<bool>,
    undelivered: Arc<AtomicU64>,
}

/// A transport of its own pace: one that is slow holds no other up.
struct Lane {
    name: &'static str,
    is_remote: bool,
    /// None once the queue is closed.
    entrance: Mutex<Option<mpsc::Sender<Waiting>>>,
    worker: Mutex<Option<JoinHandle<()>>>,
    pending: watch::Sender<usize>,
    is_full: AtomicBool,
}

struct Waiting {
    message: Arc<Message>,
    _ticket: Ticket,
}

/// Counts as pending for as long as it lives.
struct Ticket(watch::Sender<usize>);

impl Ticket {
    fn new(pending: &watch::Sender<usize>) -> Self {
        pending.send_modify(|count| *count += 1);
        Self(pending.clone())
    }
}

impl Drop for Ticket {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

impl Queue {
    /// Starts a worker for each transport. It needs a Tokio runtime around it.
    pub fn start(transports: Vec<Box<dyn Transport>>) -> Self {
        Self::with_pauses(transports, &PAUSES)
    }

    fn with_pauses(transports: Vec<Box<dyn Transport>>, pauses: &'static [Duration]) -> Self {
        let closing = watch::Sender::new(false);
        let undelivered = Arc::new(AtomicU64::new(0));
        let lanes = transports
            .into_iter()
            .map(|transport| {
                let (entrance, exit) = mpsc::channel(CAPACITY);
                let (name, is_remote) = (transport.name(), transport.is_remote());
                let worker = Arc::new(Worker {
                    transport,
                    pauses,
                    closing: closing.subscribe(),
                    undelivered: Arc::clone(&undelivered),
                });
                Lane {
                    name,
                    is_remote,
                    entrance: Mutex::new(Some(entrance)),
                    worker: Mutex::new(Some(tokio::spawn(worker.run(exit)))),
                    pending: watch::Sender::new(0),
                    is_full: AtomicBool::new(false),
                }
            })
            .collect();
        Self(Arc::new(Inner { lanes, errands: watch::Sender::new(0), closing, undelivered }))
    }

    /// Waits until every mail that was sent has arrived, or has failed to. Transports to elsewhere are
    /// not waited for: a mail server may be away for long.
    pub async fn idle(&self) {
        none(&self.0.errands).await;
        for lane in self.0.lanes.iter().filter(|lane| !lane.is_remote) {
            lane.empty().await;
        }
    }

    /// Takes no more mails, and waits for those that were sent, though not for ever. What fails now is
    /// not tried again.
    pub async fn close(&self) {
        none(&self.0.errands).await;
        self.0.closing.send_replace(true);
        for lane in &self.0.lanes {
            lane.entrance.lock().unwrap_or_else(PoisonError::into_inner).take();
        }
        let deadline = tokio::time::Instant::now() + GRACE;
        for lane in &self.0.lanes {
            let worker = lane.worker.lock().unwrap_or_else(PoisonError::into_inner).take();
            let Some(mut worker) = worker else { continue };
            if tokio::time::timeout_at(deadline, &mut worker).await.is_err() {
                worker.abort();
                let left = *lane.pending.borrow();
                self.0.undelivered.fetch_add(left as u64, Ordering::Relaxed);
                tracing::warn!(transport = lane.name, left, "mails are left undelivered");
            }
        }
    }

    /// Mails that wait or are under way, counted for each transport.
    pub fn pending(&self) -> usize {
        self.0.lanes.iter().map(|lane| *lane.pending.borrow()).sum()
    }

    /// Mails that did not arrive, counted for each transport.
    pub fn undelivered(&self) -> u64 {
        self.0.undelivered.load(Ordering::Relaxed)
    }
}

impl Mailer for Queue {
    fn send(&self, message: Message) {
        tracing::info!(kind = %message.kind, tenant = %message.tenant, id = %message.id, "mail queued");
        let message = Arc::new(message);
        for lane in &self.0.lanes {
            if !lane.enqueue(&message) {
                self.0.undelivered.fetch_add(1, Ordering::Relaxed);
            }
        }
    }

    fn later(&self, errand: Errand) {
        let ticket = Ticket::new(&self.0.errands);
        let done = async move {
            let _ticket = ticket;
            errand();
        };
        tokio::spawn(done.in_current_span());
    }
}

/// Waits until nothing is pending. The sender lives with its owner, so that waiting cannot fail.
async fn none(pending: &watch::Sender<usize>) {
    let _ = pending.subscribe().wait_for(|count| *count == 0).await;
}

impl Lane {
    fn enqueue(&self, message: &Arc<Message>) -> bool {
        let entrance = self.entrance.lock().unwrap_or_else(PoisonError::into_inner).clone();
        let waiting = Waiting { message: Arc::clone(message), _ticket: Ticket::new(&self.pending) };
        let is_in = entrance.is_some_and(|entrance| entrance.try_send(waiting).is_ok());
        // One warning for each time that it fills up, however many are dropped then.
        if self.is_full.swap(!is_in, Ordering::Relaxed) && !is_in {
            return false;
        }
        if !is_in {
            tracing::warn!(transport = self.name, id = %message.id, "the mail queue takes no more, mails are dropped");
        }
        is_in
    }

    async fn empty(&self) {
        none(&self.pending).await;
    }
}

/// Delivers what comes out of a lane.
struct Worker {
    transport: Box<dyn Transport>,
    pauses: &'static [Duration],
    closing: watch::Receiver<bool>,
    undelivered: Arc<AtomicU64>,
}

impl Worker {
    /// Each delivery is a task of its own: one that panics loses its mail and nothing else.
    async fn run(self: Arc<Self>, mut exit: mpsc::Receiver<Waiting>) {
        let width = if self.transport.is_remote() { CONNECTIONS } else { 1 };
        let mut under_way = JoinSet::new();
        while let Some(waiting) = exit.recv().await {
            if under_way.len() >= width {
                self.settle(under_way.join_next().await.as_ref());
            }
            under_way.spawn(Arc::clone(&self).deliver(waiting));
        }
        while !under_way.is_empty() {
            self.settle(under_way.join_next().await.as_ref());
        }
    }

    fn settle(&self, ended: Option<&Result<(), JoinError>>) {
        if let Some(Err(_)) = ended {
            self.undelivered.fetch_add(1, Ordering::Relaxed);
            tracing::warn!(transport = self.transport.name(), "a mail's delivery broke off");
        }
    }

    async fn deliver(self: Arc<Self>, waiting: Waiting) {
        if let Err(reason) = self.attempt(&waiting.message).await {
            self.undelivered.fetch_add(1, Ordering::Relaxed);
            let (transport, id) = (self.transport.name(), waiting.message.id);
            tracing::warn!(transport, %id, %reason, "mail not delivered");
        }
    }

    async fn attempt(&self, message: &Message) -> Result<(), Undelivered> {
        let mut pauses = self.pauses.iter();
        loop {
            let Err(reason) = self.transport.deliver(message).await else { return Ok(()) };
            let pause = pauses.next().filter(|_| self.transport.is_remote() && reason.may_pass());
            let Some(pause) = pause else { return Err(reason) };
            tracing::debug!(transport = self.transport.name(), id = %message.id, %reason, "mail is tried again");
            let mut closing = self.closing.clone();
            if tokio::time::timeout(*pause, closing.wait_for(|closing| *closing)).await.is_ok() {
                return Err(reason);
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a test that cannot go on fails")]
pub(super) mod tests {
    use std::collections::BTreeMap;

    use jiff::Timestamp;
    use tokio::sync::Semaphore;
    use uuid::Uuid;

    use super::*;
    use crate::domain::mail::MailKind;
    use crate::domain::secret::Token;
    use crate::mail::{Delivery, Outbox};

    /// A mail with a token and a link.
    pub(in crate::mail) fn message(tenant: &str, to: &str, kind: MailKind, number: &str) -> Message {
        Message {
            id: Uuid::new_v4(),
            tenant: tenant.to_owned(),
            from: None,
            to: to.to_owned(),
            kind,
            created_at: Timestamp::UNIX_EPOCH,
            token: Some(Token::new("hush")),
            link: Some("https://shop.example/reset?token=hush".to_owned()),
            variables: BTreeMap::from([("number", number.to_owned())]),
        }
    }

    const HOUR: Duration = Duration::from_secs(3600);

    #[tokio::test]
    async fn what_is_sent_later_is_waited_for() {
        let outbox = Outbox::new();
        let queue = Queue::start(vec![Box::new(outbox.clone())]);
        let later = |number: &'static str| {
            let sender = queue.clone();
            queue.later(Box::new(move || send(&sender, number)));
        };
        later("1");
        assert!(outbox.messages(None, None, None).is_empty());
        queue.idle().await;
        assert_eq!(outbox.messages(None, None, None).len(), 1);
        // One that fails holds nobody up.
        queue.later(Box::new(|| panic!("an errand")));
        later("2");
        queue.close().await;
        assert_eq!(outbox.messages(None, None, None).len(), 2);
    }

    fn send(queue: &Queue, number: &str) {
        queue.send(message("acme", "ann@a.example", MailKind::OptIn, number));
    }

    /// Fails as often as it is told to, panics at the mail `panic`, and waits for a permit each time.
    struct Flaky {
        failures: Mutex<Vec<Undelivered>>,
        permits: Arc<Semaphore>,
        is_remote: bool,
        arrived: Outbox,
    }

    impl Transport for Flaky {
        fn name(&self) -> &'static str {
            "flaky"
        }

        fn deliver<'a>(&'a self, message: &'a Message) -> Delivery<'a> {
            Box::pin(async move {
                self.permits.acquire().await.unwrap().forget();
                assert_ne!(message.variables["number"], "panic");
                let failure = self.failures.lock().unwrap().pop();
                match failure {
                    Some(reason) => Err(reason),
                    None => self.arrived.deliver(message).await,
                }
            })
        }

        fn is_remote(&self) -> bool {
            self.is_remote
        }
    }

    fn flaky(is_remote: bool, failures: &[Undelivered], permits: usize) -> (Flaky, Outbox, Arc<Semaphore>) {
        let (arrived, permits) = (Outbox::new(), Arc::new(Semaphore::new(permits)));
        let failures = Mutex::new(failures.to_vec());
        let flaky = Flaky { failures, permits: Arc::clone(&permits), is_remote, arrived: arrived.clone() };
        (flaky, arrived, permits)
    }

    fn arrived(outbox: &Outbox) -> usize {
        outbox.messages(None, None, None).len()
    }

    #[tokio::test]
    async fn idle_means_that_all_has_arrived() {
        let outbox = Outbox::new();
        let queue = Queue::start(vec![Box::new(outbox.clone())]);
        for number in 1..=500 {
            send(&queue, &number.to_string());
        }
        queue.idle().await;
        assert_eq!(arrived(&outbox), 500);
    }

    #[tokio::test]
    async fn idle_waits_for_the_mail_that_is_under_way() {
        let (flaky, outbox, permits) = flaky(false, &[], 0);
        let queue = Queue::start(vec![Box::new(flaky)]);
        send(&queue, "1");
        let mut idle = std::pin::pin!(queue.idle());
        tokio::select! {
            biased;
            () = &mut idle => panic!("nothing has arrived yet"),
            () = tokio::task::yield_now() => {}
        }
        permits.add_permits(1);
        idle.await;
        assert_eq!(arrived(&outbox), 1);
    }

    #[tokio::test]
    async fn a_transport_that_hangs_stops_no_other_and_blocks_no_sender() {
        let (hangs, _, _) = flaky(true, &[], 0);
        let outbox = Outbox::new();
        let queue = Queue::start(vec![Box::new(hangs), Box::new(outbox.clone())]);
        let too_many = CAPACITY + CONNECTIONS + 2;
        for number in 0..too_many {
            send(&queue, &number.to_string());
            queue.idle().await;
        }
        assert_eq!(arrived(&outbox), 1000);
        assert!(queue.undelivered() > 0, "what found no room is counted");
    }

    #[tokio::test]
    async fn a_remote_failure_that_may_pass_is_tried_again() {
        let (flaky, outbox, _) = flaky(true, &[Undelivered::Unreachable, Undelivered::PutOff(451)], 9);
        let queue = Queue::with_pauses(vec![Box::new(flaky)], &[Duration::ZERO, Duration::ZERO]);
        send(&queue, "1");
        queue.0.lanes[0].empty().await;
        assert_eq!(arrived(&outbox), 1);
        assert_eq!(queue.undelivered(), 0);
    }

    #[tokio::test]
    async fn trying_again_has_an_end() {
        let (flaky, outbox, permits) = flaky(true, &[Undelivered::Unreachable; 9], 9);
        let queue = Queue::with_pauses(vec![Box::new(flaky)], &[Duration::ZERO, Duration::ZERO]);
        send(&queue, "1");
        queue.0.lanes[0].empty().await;
        assert_eq!((arrived(&outbox), queue.undelivered()), (0, 1));
        assert_eq!(permits.available_permits(), 9 - 3);
    }

    #[tokio::test]
    async fn a_failure_for_good_is_not_tried_again() {
        for (is_remote, reason) in [(true, Undelivered::Refused(550)), (false, Undelivered::Unreachable)] {
            let (flaky, _, permits) = flaky(is_remote, &[reason], 9);
            let queue = Queue::with_pauses(vec![Box::new(flaky)], &[Duration::ZERO]);
            send(&queue, "1");
            queue.0.lanes[0].empty().await;
            assert_eq!((permits.available_permits(), queue.undelivered()), (8, 1));
        }
    }

    #[tokio::test]
    async fn a_panic_loses_one_mail() {
        let (flaky, outbox, _) = flaky(false, &[], 9);
        let queue = Queue::start(vec![Box::new(flaky)]);
        send(&queue, "panic");
        send(&queue, "2");
        queue.idle().await;
        assert_eq!((arrived(&outbox), queue.undelivered()), (1, 1));
    }

    #[tokio::test]
    async fn closing_delivers_what_was_sent_and_takes_no_more() {
        let outbox = Outbox::new();
        let queue = Queue::start(vec![Box::new(outbox.clone())]);
        send(&queue, "1");
        queue.close().await;
        send(&queue, "2");
        queue.idle().await;
        queue.close().await;
        assert_eq!((arrived(&outbox), queue.undelivered()), (1, 1));
    }

    #[tokio::test]
    async fn closing_does_not_wait_for_another_try() {
        let (flaky, outbox, _) = flaky(true, &[Undelivered::Unreachable], 9);
        let queue = Queue::with_pauses(vec![Box::new(flaky)], &[HOUR]);
        send(&queue, "1");
        queue.close().await;
        assert_eq!((arrived(&outbox), queue.undelivered()), (0, 1));
    }
}

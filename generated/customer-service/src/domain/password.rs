//! Hashing passwords: argon2id, on a bounded number of threads.

use std::fmt;
use std::sync::Arc;
use std::thread::available_parallelism;

use argon2::password_hash::phc;
use argon2::{ARGON2ID_IDENT, Argon2, Params, PasswordHasher as _, PasswordVerifier as _, Version};
use tokio::sync::Semaphore;
use tokio::task::spawn_blocking;

use super::error::Overloaded;
use super::secret::Password;

/// Passwords that may wait for a thread.
const QUEUE: usize = 256;

/// How much work a hash is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Hashing {
    /// 19 MiB, two passes, one lane.
    #[default]
    Standard,
    /// As little as possible, for tests.
    Cheap,
}

impl Hashing {
    fn params(self) -> Params {
        let (kibibytes, passes) = match self {
            Self::Standard => (19 * 1024, 2),
            Self::Cheap => (Params::MIN_M_COST, 1),
        };
        Params::new(kibibytes, passes, 1, None).unwrap_or_default()
    }
}

/// A PHC string. It is shown nowhere.
#[derive(Clone, PartialEq, Eq)]
pub struct PasswordHash(String);

/// Whether a password is the one that was hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It is, and the hash is up to date.
    Right,
    /// It is, and the hash was made with parameters of another time.
    Outdated,
    /// It is not.
    Wrong,
}

/// Hashes passwords and checks them.
pub struct Passwords {
    argon2: Argon2<'static>,
    /// What the password of nobody is checked against. No password is known to fit.
    nobody: PasswordHash,
    /// Who may wait or be hashed.
    places: Arc<Semaphore>,
    /// Who may be hashed: one a processor.
    threads: Arc<Semaphore>,
}

impl Passwords {
    /// With so much work a hash.
    pub fn new(hashing: Hashing) -> Self {
        Self::with_bounds(hashing, available_parallelism().map_or(1, Into::into), QUEUE)
    }

    fn with_bounds(hashing: Hashing, threads: usize, queue: usize) -> Self {
        let params = hashing.params();
        let (memory, passes, lanes) = (params.m_cost(), params.t_cost(), params.p_cost());
        let (salt, output) = ("A".repeat(22), "A".repeat(43));
        Self {
            argon2: Argon2::from(params),
            nobody: PasswordHash(format!("$argon2id$v=19$m={memory},t={passes},p={lanes}${salt}${output}")),
            places: Arc::new(Semaphore::new(threads + queue)),
            threads: Arc::new(Semaphore::new(threads)),
        }
    }

    /// Hashes a password.
    pub async fn hash(&self, password: Password) -> Result<PasswordHash, Overloaded> {
        let argon2 = self.argon2.clone();
        let hashed = self.run(move || argon2.hash_password(password.expose().as_bytes())).await?;
        hashed.map(|hash| PasswordHash(hash.to_string())).map_err(|_| Overloaded)
    }

    /// Checks a password. Without a hash it takes as long, and is wrong.
    pub async fn verify(
        &self,
        password: Password,
        hash: Option<PasswordHash>,
    ) -> Result<Verdict, Overloaded> {
        let somebody = hash.is_some();
        let hash = hash.unwrap_or_else(|| self.nobody.clone());
        let argon2 = self.argon2.clone();
        let verdict = self.run(move || judge(&argon2, &password, &hash)).await?;
        Ok(if somebody { verdict } else { Verdict::Wrong })
    }

    /// Runs on a thread where it may block.
    async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, Overloaded> {
        let place = Arc::clone(&self.places).try_acquire_owned().map_err(|_| Overloaded)?;
        let thread = Arc::clone(&self.threads).acquire_owned().await.map_err(|_| Overloaded)?;
        let running = spawn_blocking(move || {
            // A caller that goes away does not stop the work; it keeps its place until the end.
            let _held = (place, thread);
            work()
        });
        running.await.map_err(|_| Overloaded)
    }
}

fn judge(argon2: &Argon2<'_>, password: &Password, hash: &PasswordHash) -> Verdict {
    let Ok(parsed) = phc::PasswordHash::new(&hash.0) else { return Verdict::Wrong };
    if argon2.verify_password(password.expose().as_bytes(), &parsed).is_err() {
        Verdict::Wrong
    } else if is_current(argon2.params(), &parsed) {
        Verdict::Right
    } else {
        Verdict::Outdated
    }
}

fn is_current(wanted: &Params, hash: &phc::PasswordHash) -> bool {
    let costs = |params: &Params| (params.m_cost(), params.t_cost(), params.p_cost());
    hash.algorithm == ARGON2ID_IDENT
        && hash.version == Some(Version::V0x13.into())
        && Params::try_from(hash).is_ok_and(|given| costs(&given) == costs(wanted))
}

impl fmt::Debug for PasswordHash {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("PasswordHash(..)")
    }
}

impl fmt::Debug for Passwords {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Passwords").field("params", self.argon2.params()).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::panic, clippy::unwrap_used, reason = "a test fails by panicking")]

    use super::*;

    fn password(text: &str) -> Password {
        Password::new(text)
    }

    #[tokio::test]
    async fn a_hash_names_its_parameters() {
        let standard = Passwords::new(Hashing::Standard).hash(password("s3cret-pw")).await.unwrap();
        let parts: Vec<_> = standard.0.split('$').collect();
        let ["", "argon2id", "v=19", "m=19456,t=2,p=1", salt, output] = parts[..] else {
            panic!("not a PHC string of those parameters")
        };
        // 16 and 32 octets.
        assert_eq!((salt.len(), output.len()), (22, 43));
        let cheap = Passwords::new(Hashing::Cheap).hash(password("s3cret-pw")).await.unwrap();
        assert!(cheap.0.starts_with("$argon2id$v=19$m=8,t=1,p=1$"));
    }

    #[tokio::test]
    async fn one_password_has_many_hashes_and_all_fit() {
        let passwords = Passwords::new(Hashing::Cheap);
        let one = passwords.hash(password("s3cret-pw")).await.unwrap();
        let other = passwords.hash(password("s3cret-pw")).await.unwrap();
        assert!(one != other);
        for hash in [one, other] {
            assert_eq!(passwords.verify(password("s3cret-pw"), Some(hash.clone())).await, Ok(Verdict::Right));
            assert_eq!(passwords.verify(password("s3cret-pW"), Some(hash)).await, Ok(Verdict::Wrong));
        }
    }

    #[tokio::test]
    async fn a_hash_of_other_parameters_is_outdated() {
        let cheap = Passwords::new(Hashing::Cheap).hash(password("s3cret-pw")).await.unwrap();
        let standard = Passwords::new(Hashing::Standard);
        assert_eq!(standard.verify(password("s3cret-pw"), Some(cheap.clone())).await, Ok(Verdict::Outdated));
        assert_eq!(standard.verify(password("other-pw"), Some(cheap)).await, Ok(Verdict::Wrong));
    }

    #[tokio::test]
    async fn nobody_has_a_password() {
        let passwords = Passwords::new(Hashing::Cheap);
        assert_eq!(passwords.verify(password("s3cret-pw"), None).await, Ok(Verdict::Wrong));
    }

    #[test]
    fn the_password_of_nobody_costs_as_much_as_any() {
        for hashing in [Hashing::Standard, Hashing::Cheap] {
            let passwords = Passwords::new(hashing);
            let parsed = phc::PasswordHash::new(&passwords.nobody.0).unwrap();
            assert!(is_current(passwords.argon2.params(), &parsed));
            assert_eq!(parsed.salt.unwrap().len(), 16);
            assert_eq!(parsed.hash.unwrap().len(), 32);
        }
    }

    #[tokio::test]
    async fn the_queue_is_bounded() {
        let passwords = Passwords::with_bounds(Hashing::Cheap, 1, 1);
        // Holds the only thread, so that the next one waits.
        let busy = passwords.threads.acquire().await.unwrap();
        let first = passwords.hash(password("s3cret-pw"));
        let second = passwords.hash(password("s3cret-pw"));
        let third = passwords.hash(password("s3cret-pw"));
        let release = async {
            tokio::task::yield_now().await;
            drop(busy);
        };
        let (first, second, third, ()) = tokio::join!(first, second, third, release);
        assert!(first.is_ok() && second.is_ok());
        assert_eq!(third, Err(Overloaded));
        assert!(passwords.hash(password("s3cret-pw")).await.is_ok());
    }
}

//! The key by which the place signs the record of what staff did.
//!
//! It is in a file of its own beside the store: whoever can write into the store alone (through a fault in a query, or
//! with an old backup in their hands) cannot sign. Keys of before stay in the file, so that one which comes back with an
//! old backup can still hand over to the newest.

use std::fs;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use ibasho_moderation::audit::{Chain, Head, Hex, PublicKey, Signature};
use tempfile::NamedTempFile;

/// The file in the data folder. Only its owner can read it.
pub const FILE: &str = "audit.key";
/// What stands above the keys.
const ABOVE: &str =
    "# Signs the audit of this place. One key a line, the newest last. Keep a copy where backups are kept.\n";
/// Most bytes of the file: one key a week for ten years has 33 KiB.
const MOST: u64 = 64 * 1024;

/// The file with the key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file system does not let us.
    #[error("{0}: {1}")]
    Io(PathBuf, io::Error),
    /// There are no keys in it.
    #[error("{0}: line {1} is no key")]
    Unusable(PathBuf, usize),
}

/// The keys of a place.
pub struct Signer {
    /// The newest.
    key: Pair,
    /// Those before.
    older: Vec<Pair>,
}

struct Pair {
    public: PublicKey,
    pair: Ed25519KeyPair,
}

impl Signer {
    /// The keys in this data folder; a new one if there is none yet.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn open(dir: &Path) -> Result<Self, KeyError> {
        if let Some(found) = Self::find(dir)? {
            return Ok(found);
        }
        let file = dir.join(FILE);
        let draft = draft(dir, &[], &fresh())?;
        match draft.persist_noclobber(&file) {
            Ok(_) => {}
            // Another of our programs was faster.
            Err(failed) if failed.error.kind() == io::ErrorKind::AlreadyExists => {}
            Err(failed) => return Err(KeyError::Io(file, failed.error)),
        }
        sync(dir)?;
        Self::find(dir)?.ok_or_else(|| KeyError::Io(file, io::ErrorKind::NotFound.into()))
    }

    /// The keys in this data folder, if there are any.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn find(dir: &Path) -> Result<Option<Self>, KeyError> {
        let file = dir.join(FILE);
        let Some(seeds) = read(&file)? else { return Ok(None) };
        let mut pairs = Vec::new();
        for (line, seed) in seeds {
            pairs.push(Pair::new(&seed).ok_or_else(|| KeyError::Unusable(file.clone(), line))?);
        }
        let key = pairs.pop().ok_or(KeyError::Unusable(file, 1))?;
        Ok(Some(Self { key, older: pairs }))
    }

    /// Puts a new key behind those that are there. The next entry names it, in the words of the one before.
    ///
    /// # Errors
    /// See [`KeyError`].
    pub fn renew(dir: &Path) -> Result<Self, KeyError> {
        let file = dir.join(FILE);
        let older: Vec<[u8; 32]> = read(&file)?.unwrap_or_default().into_iter().map(|(_, seed)| seed).collect();
        let draft = draft(dir, &older, &fresh())?;
        draft.persist(&file).map_err(|failed| KeyError::Io(file, failed.error))?;
        sync(dir)?;
        Self::open(dir)
    }

    /// The newest key.
    pub fn public(&self) -> PublicKey {
        self.key.public
    }

    /// Signs the end of a chain with the newest key.
    pub fn sign(&self, chain: Chain, at: u64) -> Head {
        self.key.sign(chain, at)
    }

    /// Signs with this key if it is one of ours, else with the newest.
    pub fn sign_as(&self, key: PublicKey, chain: Chain, at: u64) -> Head {
        self.older.iter().find(|pair| pair.public == key).unwrap_or(&self.key).sign(chain, at)
    }
}

/// Whether a signature is by this key.
pub fn check(key: &PublicKey, message: &[u8], signature: &Signature) -> bool {
    UnparsedPublicKey::new(&ED25519, key.0).verify(message, &signature.0).is_ok()
}

impl Pair {
    fn new(seed: &[u8; 32]) -> Option<Self> {
        let pair = Ed25519KeyPair::from_seed_unchecked(seed).ok()?;
        Some(Self { public: PublicKey::from_slice(pair.public_key().as_ref())?, pair })
    }

    fn sign(&self, chain: Chain, at: u64) -> Head {
        Head::sign(chain, at, self.public, |message| {
            let mut signature = Hex([0; 64]);
            signature.0.copy_from_slice(self.pair.sign(message).as_ref());
            signature
        })
    }
}

/// What a key is made from, with the line on which it stands.
type Seed = (usize, [u8; 32]);

/// The seeds in the file.
fn read(file: &Path) -> Result<Option<Vec<Seed>>, KeyError> {
    let fault = |error| KeyError::Io(file.into(), error);
    let text = match fs::metadata(file) {
        Ok(about) if about.len() > MOST => return Err(fault(io::ErrorKind::FileTooLarge.into())),
        Ok(_) => fs::read_to_string(file).map_err(fault)?,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(fault(error)),
    };
    let lines = text.lines().enumerate().filter(|(_, line)| !line.starts_with('#') && !line.is_empty());
    let seeds = lines.map(|(at, line)| match line.parse::<Hex<32>>() {
        Ok(seed) => Ok((at + 1, seed.0)),
        Err(_) => Err(KeyError::Unusable(file.into(), at + 1)),
    });
    seeds.collect::<Result<_, _>>().map(Some)
}

/// A file with these keys under another name; it has mode 0600 from its first moment.
fn draft(dir: &Path, older: &[[u8; 32]], newest: &[u8; 32]) -> Result<NamedTempFile, KeyError> {
    let fault = |error| KeyError::Io(dir.into(), error);
    let mut draft = NamedTempFile::new_in(dir).map_err(fault)?;
    let keys = older.iter().chain([newest]).map(|seed| format!("{}\n", Hex(*seed)));
    draft.write_all((ABOVE.to_owned() + &keys.collect::<String>()).as_bytes()).map_err(fault)?;
    draft.as_file().sync_all().map_err(fault)?;
    Ok(draft)
}

/// From the operating system, and not from the dice that tests can seed: a key must never be guessed.
fn fresh() -> [u8; 32] {
    crate::dice::Dice::system().bytes()
}

fn sync(dir: &Path) -> Result<(), KeyError> {
    fs::File::open(dir).and_then(|dir| dir.sync_all()).map_err(|error| KeyError::Io(dir.into(), error))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt as _;

    use super::*;

    #[test]
    fn a_key_is_made_once_and_only_its_owner_can_read_it() {
        let home = tempfile::TempDir::new().expect("a folder");
        assert!(Signer::find(home.path()).expect("nothing there").is_none());
        let first = Signer::open(home.path()).expect("made").public();
        assert_eq!(Signer::open(home.path()).expect("found").public(), first);
        let file = home.path().join(FILE);
        assert_eq!(fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);
        let newer = Signer::renew(home.path()).expect("renewed");
        assert_ne!(newer.public(), first);
        assert_eq!(fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o600);
        let head = newer.sign_as(first, Chain::EMPTY, 5);
        assert_eq!(head.key, first, "the one before can still hand over");
        assert!(check(&first, &head.message(), &head.signature));
        assert!(!check(&newer.public(), &head.message(), &head.signature));
        assert_eq!(newer.sign_as(Hex([0; 32]), Chain::EMPTY, 5).key, newer.public());
    }

    #[test]
    fn a_file_that_is_no_key_is_named_and_never_written_over() {
        let home = tempfile::TempDir::new().expect("a folder");
        let file = home.path().join(FILE);
        for (text, said) in [("# nothing\n", "line 1"), ("# a\n\nxyz\n", "line 3")] {
            fs::write(&file, text).expect("written");
            let error = Signer::open(home.path()).err().expect("refused").to_string();
            assert!(error.contains(said) && error.contains(FILE), "{error}");
            assert_eq!(fs::read_to_string(&file).expect("there"), text);
        }
    }
}

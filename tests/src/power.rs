//! For tests in which the power goes: what was acknowledged, what was under way, and the seed that draws it all again.

use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::time::{SystemTime, UNIX_EPOCH};

/// The power went.
#[derive(Debug)]
pub struct Gone;

/// Something that lasts: what was acknowledged, and what was under way when the power went.
#[derive(Debug)]
pub struct Kept<T> {
    /// What was acknowledged.
    pub sure: T,
    /// What may be instead: asked for, and not answered.
    pub maybe: Option<T>,
}

impl<T: PartialEq + Debug> Kept<T> {
    /// This is so.
    pub fn new(sure: T) -> Self {
        Self { sure, maybe: None }
    }

    /// It was acknowledged (or refused: then nothing has changed).
    pub fn settle(&mut self, done: bool) {
        if let Some(maybe) = self.maybe.take()
            && done
        {
            self.sure = maybe;
        }
    }

    /// What is there after the power came back must be one of the two.
    pub fn check(&mut self, found: T, what: &str) {
        let allowed = found == self.sure || Some(&found) == self.maybe.as_ref();
        assert!(allowed, "{what}: {found:?} is there, but {self:?} was acknowledged");
        *self = Self::new(found);
    }
}

/// The seed of a test, which it tells when it fails: `IBASHO_SEED=N` draws the same again.
pub struct Seed {
    /// The seed.
    pub number: u64,
    file: PathBuf,
}

impl Seed {
    /// A new one, or the one that is asked for. When the test fails it is left as `<name>-seed` in this folder too.
    pub fn draw(folder: &str, name: &str) -> Self {
        let drawn = SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_nanos() as u64;
        let number = std::env::var("IBASHO_SEED").map_or(drawn, |seed| seed.parse().expect("IBASHO_SEED=NUMBER"));
        Self { number, file: Path::new(folder).join(format!("{name}-seed")) }
    }
}

impl Drop for Seed {
    fn drop(&mut self) {
        if std::thread::panicking() {
            // It is printed as well.
            let _ = std::fs::write(&self.file, self.number.to_string());
            eprintln!("IBASHO_SEED={} ({})", self.number, self.file.display());
        }
    }
}

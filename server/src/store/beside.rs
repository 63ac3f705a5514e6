//! How a program that runs beside the server, a command for staff say, tells it that it wrote into the store.
//!
//! It makes a file one byte longer. The server looks at the length of that file, which costs next to nothing, instead of
//! asking the store some times a second.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use ibasho_protocol::ids::Millis;

use super::Sqlite;
use crate::clock::Clock;

/// The file in the data folder.
const FILE: &str = "ibasho.bell";
/// How often the server looks at it, in milliseconds: half of the second within which a revocation acts.
const LOOK_MS: Millis = 500;
/// How often the store is asked though nobody rang, in milliseconds: a program may have been killed before it could.
const ANYWAY_MS: Millis = 10_000;

/// The bell of a data folder.
#[derive(Clone)]
pub(super) struct Bell(PathBuf);

impl Bell {
    pub(super) fn of(dir: &Path) -> Self {
        Self(dir.join(FILE))
    }

    /// Rings. Called when what was written is on disk, so that whoever hears it finds it there.
    pub(super) fn ring(&self) -> io::Result<()> {
        File::options().create(true).append(true).open(&self.0)?.write_all(b".")
    }

    /// How often it was rung.
    pub(super) fn rung(&self) -> u64 {
        self.0.metadata().map_or(0, |file| file.len())
    }
}

/// Waits for what others write.
pub(crate) struct Beside {
    heard: u64,
    failed: bool,
}

impl Beside {
    /// From now on: what was written before is found by whoever asks the store next.
    pub(crate) fn new(store: &Sqlite) -> Self {
        Self { heard: store.rung(), failed: false }
    }

    /// The store did not answer: it is to be asked again soon, whatever is heard.
    pub(crate) fn failed(&mut self) {
        self.failed = true;
    }

    /// Returns when the store, which was asked at `asked`, is to be asked again. May be dropped at any time, and nothing
    /// is missed.
    pub(crate) async fn written(&mut self, asked: Millis, clock: &Clock, store: &Sqlite) {
        let anyway = asked + if std::mem::take(&mut self.failed) { LOOK_MS } else { ANYWAY_MS };
        loop {
            let rung = store.rung();
            if rung != self.heard || clock.now() >= anyway {
                self.heard = rung;
                return;
            }
            // All who wait look at the same moment: the machine wakes once for them.
            clock.sleep_until((clock.now() / LOOK_MS + 1) * LOOK_MS).await;
        }
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;
    use crate::store::Store as _;

    #[tokio::test]
    async fn it_is_asked_when_somebody_rang_or_it_failed_or_after_long() {
        let home = tempfile::TempDir::new().expect("a folder");
        let store = Sqlite::open(home.path()).await.expect("it opens");
        let bell = Bell::of(home.path());
        let (clock, hand) = Clock::manual(1_000);
        bell.ring().expect("rung");
        let mut beside = Beside::new(&store);
        let mut returns_after = |before: &dyn Fn(&mut Beside), wait: Millis| {
            before(&mut beside);
            let mut written = std::pin::pin!(beside.written(clock.now(), &clock, &store));
            assert!(written.as_mut().now_or_never().is_none(), "nothing is new");
            hand.advance(wait - LOOK_MS);
            assert!(written.as_mut().now_or_never().is_none(), "not sooner");
            hand.advance(LOOK_MS);
            written.as_mut().now_or_never().is_some()
        };
        assert!(returns_after(&|_| {}, ANYWAY_MS));
        assert!(returns_after(&Beside::failed, LOOK_MS));
        assert!(returns_after(&|_| {}, ANYWAY_MS), "once");
        assert!(!returns_after(&|_| {}, ANYWAY_MS - LOOK_MS));
        bell.ring().expect("rung");
        assert!(beside.written(clock.now(), &clock, &store).now_or_never().is_some());
        assert!(beside.written(clock.now(), &clock, &store).now_or_never().is_none());
        assert!(
            beside.written(clock.now() - ANYWAY_MS, &clock, &store).now_or_never().is_some(),
            "not waited for twice"
        );
        store.close().await.expect("closed");
        assert!(beside.written(clock.now(), &clock, &store).now_or_never().is_some(), "whoever closes rings");
    }
}

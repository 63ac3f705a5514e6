//! How a program that runs beside the server, a command for staff say, tells it that it wrote into the store.
//!
//! It makes a file one byte longer. The server looks at the length of that file, which costs as good as nothing, where
//! to ask the store some times a second would be most of what an idle server does.

use std::fs::File;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use ibasho_protocol::ids::Millis;

use crate::Surroundings;

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
}

impl Beside {
    /// From now on: what was written before is found by whoever asks the store next.
    pub(crate) fn new(around: &Surroundings) -> Self {
        Self { heard: around.store.rung() }
    }

    /// Returns when the store is to be asked. May be dropped at any time, and nothing is missed.
    pub(crate) async fn written(&mut self, around: &Surroundings) {
        let anyway = around.clock.now() + ANYWAY_MS;
        loop {
            let rung = around.store.rung();
            if rung != self.heard || around.clock.now() >= anyway {
                self.heard = rung;
                return;
            }
            // All who wait look at the same moment: the machine wakes once for them.
            around.clock.sleep_until((around.clock.now() / LOOK_MS + 1) * LOOK_MS).await;
        }
    }
}

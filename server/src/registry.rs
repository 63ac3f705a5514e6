//! Which rooms there are and how to reach them. The one shared map; handles are cloned out, so that no guard is held
//! across an await.

use dashmap::DashMap;

use crate::room::handle::RoomHandle;

/// Rooms by id.
#[derive(Default)]
pub struct Registry(DashMap<String, RoomHandle>);

impl Registry {
    /// The room is open under this handle from now on.
    pub fn open(&self, id: &str, handle: RoomHandle) {
        self.0.insert(id.to_owned(), handle);
    }

    /// The room is closed for now.
    pub fn close(&self, id: &str) {
        self.0.remove(id);
    }

    /// How to reach a room.
    pub fn get(&self, id: &str) -> Option<RoomHandle> {
        self.0.get(id).map(|handle| handle.clone())
    }

    /// How to reach every room.
    pub fn all(&self) -> Vec<RoomHandle> {
        self.0.iter().map(|entry| entry.value().clone()).collect()
    }

    /// How to reach every room, with its id.
    pub fn named(&self) -> Vec<(String, RoomHandle)> {
        self.0.iter().map(|entry| (entry.key().clone(), entry.value().clone())).collect()
    }
}

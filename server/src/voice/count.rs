//! What the media engine counts. Reasons and numbers only: nobody, and no address.

use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::registry::Registry;

/// Why a packet went no further.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dropped {
    /// It is nothing that WebRTC sends, or too short for what it says it is.
    Malformed,
    /// It is longer than [`super::inbound::DATAGRAM`] or, with sound in it, than [`super::inbound::RTP_BYTES`].
    TooBig,
    /// It came from an address that belongs to nobody.
    Stranger,
    /// Its signature is not that of the connection it names.
    Unsigned,
    /// It is signed, but came from an address that is somebody else's, or one too many.
    Address,
    /// Its sender sends too much.
    TooFast,
    /// It cannot be decrypted, came twice, or is of a stream that was not offered.
    Refused,
    /// Its sender is not heard by anybody at this moment.
    Muted,
    /// A listener hears six others.
    NoSlot,
    /// A listener is far beyond it.
    TooLate,
    /// It could not be sent: the kernel had no room.
    Unsent,
    /// It could not be sent over TCP: the reader is slow, or gone.
    SlowReader,
    /// A TCP connection too many, or one that did not say in time whose it is.
    Unknown,
}

/// All of them, as metrics call them.
const REASONS: [(Dropped, &str); 13] = [
    (Dropped::Malformed, "malformed"),
    (Dropped::TooBig, "too_big"),
    (Dropped::Stranger, "stranger"),
    (Dropped::Unsigned, "unsigned"),
    (Dropped::Address, "address"),
    (Dropped::TooFast, "too_fast"),
    (Dropped::Refused, "refused"),
    (Dropped::Muted, "muted"),
    (Dropped::NoSlot, "no_slot"),
    (Dropped::TooLate, "too_late"),
    (Dropped::Unsent, "unsent"),
    (Dropped::SlowReader, "slow_reader"),
    (Dropped::Unknown, "unknown_connection"),
];

#[derive(Clone, Debug, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: &'static str,
}

/// The counts.
pub struct Counts {
    /// Connections.
    pub peers: Gauge,
    /// Packets with sound that came in.
    pub packets_in: Counter,
    /// Packets with sound that went out, one for each listener.
    pub forwarded: Counter,
    /// Connections that ended because the WebRTC library failed.
    pub failed: Counter,
    reasons: [Counter; REASONS.len()],
}

impl Counts {
    /// All zero.
    pub fn register(registry: &mut Registry) -> Self {
        let family = Family::<Reason, Counter>::default();
        let counts = Self {
            peers: Gauge::default(),
            packets_in: Counter::default(),
            forwarded: Counter::default(),
            failed: Counter::default(),
            // Looked up once: a packet must not pay for it.
            reasons: REASONS.map(|(_, reason)| family.get_or_create(&Reason { reason }).clone()),
        };
        registry.register("voice_peers", "Voice connections", counts.peers.clone());
        registry.register("voice_packets_in", "Voice packets that came in", counts.packets_in.clone());
        registry.register("voice_forwarded", "Voice packets sent on to listeners", counts.forwarded.clone());
        registry.register("voice_failed", "Voice connections ended by a fault of the library", counts.failed.clone());
        registry.register("voice_dropped", "Voice packets that went no further, by reason", family);
        counts
    }

    /// A packet went no further.
    pub fn dropped(&self, why: Dropped) {
        self.dropped_by(why, 1);
    }

    /// A packet went no further to so many.
    pub fn dropped_by(&self, why: Dropped, many: usize) {
        self.reasons[why as usize].inc_by(many as u64);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_has_its_own_counter() {
        for (at, (reason, _)) in REASONS.iter().enumerate() {
            assert_eq!(*reason as usize, at);
        }
    }
}

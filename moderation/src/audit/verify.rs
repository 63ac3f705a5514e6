//! Finds what was done to a chain, and says where.
//!
//! Entries are read one by one, so that a chain of years needs no memory. After a fault it goes on from what is kept:
//! each fault is told once, where it is, and does not hide those behind it.

mod fault;
mod order;

use std::collections::{BTreeMap, BTreeSet};

use super::{Chain, Digest, Entry, Head, KEY, Link, PublicKey, Signature};
pub use fault::{Fault, MOST_FAULTS};
use order::Order;

/// Checks an Ed25519 signature: key, message, signature.
pub type Check<'a> = &'a dyn Fn(&PublicKey, &[u8], &Signature) -> bool;

/// What whoever verifies knows besides the chain.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// The key that the place has now; absent if that is not known (an export that is read elsewhere).
    pub key: Option<PublicKey>,
    /// Heads from earlier exports. Only these can show that somebody who stole the key wrote everything anew.
    pub earlier: Vec<Head>,
    /// Entries at which a new key begins without the word of the one before, and of which the operator knows why: the
    /// file with the key was lost.
    pub lost: BTreeSet<u64>,
}

/// A whole chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// How many entries it has.
    pub entries: u64,
    /// How many heads are signed, those of earlier exports included.
    pub heads: u64,
    /// How many keys signed them.
    pub keys: u64,
    /// When the first and the last entry were made.
    pub span: Option<(u64, u64)>,
    /// Its end.
    pub end: Chain,
}

/// Verifies a chain.
///
/// # Errors
/// Every fault ([`MOST_FAULTS`] at most).
pub fn verify(
    links: impl IntoIterator<Item = Link>,
    heads: Vec<Head>,
    trust: Trust,
    check: Check,
) -> Result<Summary, Vec<Fault>> {
    let mut verifier = Verifier::new(heads, trust, check);
    for link in links {
        verifier.push(&link);
    }
    verifier.finish()
}

/// The same, entry by entry.
pub struct Verifier {
    /// Those with a good signature, by what they cover.
    heads: BTreeMap<u64, Vec<Head>>,
    now: Option<PublicKey>,
    lost: BTreeSet<u64>,
    /// The keys that are named, by the entry that names them.
    keys: BTreeMap<u64, PublicKey>,
    order: Order,
    /// The end so far.
    end: Chain,
    /// What the hash before the next entry may be: more than one after an entry of which text and hash differ. Empty:
    /// not known.
    before: Vec<Digest>,
    entries: u64,
    span: Option<(u64, u64)>,
    faults: Vec<Fault>,
}

impl Verifier {
    /// Begins with all heads that there are, in whatever order.
    pub fn new(heads: Vec<Head>, trust: Trust, check: Check) -> Self {
        let mut all: BTreeMap<u64, Vec<Head>> = BTreeMap::new();
        let mut faults = Vec::new();
        for head in heads.into_iter().chain(trust.earlier) {
            if check(&head.key, &head.message(), &head.signature) {
                all.entry(head.seq).or_default().push(head);
            } else {
                faults.push(Fault::Forged { seq: head.seq });
            }
        }
        Self {
            heads: all,
            now: trust.key,
            lost: trust.lost,
            keys: BTreeMap::new(),
            order: Order::default(),
            end: Chain::EMPTY,
            before: vec![Chain::EMPTY.hash],
            entries: 0,
            span: None,
            faults,
        }
    }

    /// The next entry, in the order in which they are kept.
    pub fn push(&mut self, link: &Link) {
        self.entries += 1;
        if let Some(fault) = self.order.place(link.seq) {
            // A place that is taken or passed tells nothing about what comes next.
            if matches!(fault, Fault::Missing { .. }) {
                self.before = self.signed(link.seq - 1);
            } else {
                return self.faults.push(fault);
            }
        }
        let computed: Vec<Digest> = self.before.iter().map(|&before| super::chain::hash(before, &link.entry)).collect();
        let signed = self.signed(link.seq);
        match Entry::read(&link.entry) {
            Ok(entry) if entry.seq != link.seq => {
                self.faults.push(Fault::Misplaced { seq: link.seq, says: entry.seq });
                // What belongs here is elsewhere: only a signature tells its hash.
                self.before = signed;
                self.end = Chain { seq: link.seq, hash: link.hash };
                return;
            }
            Ok(entry) => self.note(&entry),
            Err(_) => self.faults.push(Fault::Changed { seq: link.seq }),
        }
        let fits = self.before.is_empty() || computed.contains(&link.hash);
        let told = matches!(self.faults.last(), Some(Fault::Changed { seq }) if *seq == link.seq);
        if !fits && !told {
            self.faults.push(Fault::Changed { seq: link.seq });
        }
        // Two that differ about one entry prove by themselves that it was written twice.
        if fits && signed.iter().any(|signed| *signed != link.hash) {
            self.faults.push(Fault::Rewritten { seq: link.seq });
        }
        // Of an entry that was changed, the text or the hash may be the right one.
        self.before = if fits { vec![link.hash] } else { [vec![link.hash], computed].concat() };
        self.before.extend(signed);
        self.end = Chain { seq: link.seq, hash: link.hash };
    }

    /// There are no more.
    ///
    /// # Errors
    /// Every fault ([`MOST_FAULTS`] at most).
    pub fn finish(mut self) -> Result<Summary, Vec<Fault>> {
        let last = self.end.seq;
        let covered = self.heads.keys().next_back().copied().unwrap_or_default();
        if covered > last {
            self.faults.push(Fault::Truncated { last, signed: covered });
        } else if covered < last {
            self.faults.push(Fault::Unsigned { from: covered + 1, to: last });
        }
        self.missing();
        self.signers();
        if let (Some(now), Some(named)) = (self.now, self.keys.values().next_back())
            && now != *named
        {
            self.faults.push(Fault::AnotherKey { now });
        }
        if !self.faults.is_empty() {
            return Err(fault::in_order(self.faults));
        }
        let heads = self.heads.values().map(|heads| heads.len() as u64).sum();
        let keys = self.keys.len() as u64;
        Ok(Summary { entries: self.entries, heads, keys, span: self.span, end: self.end })
    }

    fn note(&mut self, entry: &Entry) {
        let first = self.span.map_or(entry.at, |(first, _)| first);
        self.span = Some((first, entry.at));
        if entry.action == KEY
            && let Some(key) = entry.target.as_deref().and_then(|target| target.parse().ok())
        {
            self.keys.insert(entry.seq, key);
        }
    }

    /// The hashes that signatures tell of an entry.
    fn signed(&self, seq: u64) -> Vec<Digest> {
        self.heads.get(&seq).map(|heads| heads.iter().map(|head| head.hash).collect()).unwrap_or_default()
    }

    fn missing(&mut self) {
        for (from, to) in self.order.missing() {
            self.faults.push(Fault::Missing { from, to });
        }
    }

    /// Each head must be signed by the key that was named last before it, and a new key by the one before.
    fn signers(&mut self) {
        for head in self.heads.values().flatten().filter(|head| head.seq <= self.end.seq) {
            let (before, named) = (self.keys.range(..head.seq).next_back(), self.keys.get(&head.seq));
            // The first key has nobody before it; and a key that was lost cannot speak for the next.
            if before.map(|(_, key)| key) != Some(&head.key) && named != Some(&head.key) {
                self.faults.push(Fault::Stranger { seq: head.seq });
            }
        }
        for ((_, old), (&seq, _)) in self.keys.iter().zip(self.keys.iter().skip(1)) {
            let vouched = self.heads.get(&seq).is_some_and(|heads| heads.iter().any(|head| head.key == *old));
            if !vouched && !self.lost.contains(&seq) {
                self.faults.push(Fault::Unvouched { seq });
            }
        }
    }
}

//! The record of what staff did: whatever is done to it is found, and where.

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair as _, UnparsedPublicKey};
use ibasho_moderation::audit::verify::{Fault, Summary, Trust, verify};
use ibasho_moderation::audit::{
    Chain, Digest, Entry, Head, Hex, KEY, Link, MOST_TEXT, Note, Personal, PublicKey, Signature, Unfit,
};
use proptest::prelude::*;

const BEGIN: u64 = 1_763_700_000_000;

/// A place with a key that signs after every `every` entries, and at the end.
struct Place {
    key: Ed25519KeyPair,
    chain: Chain,
    links: Vec<Link>,
    heads: Vec<Head>,
}

fn pair(seed: u8) -> Ed25519KeyPair {
    Ed25519KeyPair::from_seed_unchecked(&[seed; 32]).expect("a key")
}

fn public(key: &Ed25519KeyPair) -> PublicKey {
    PublicKey::from_slice(key.public_key().as_ref()).expect("32 bytes")
}

fn good(key: &PublicKey, message: &[u8], signature: &Signature) -> bool {
    UnparsedPublicKey::new(&ED25519, key.0).verify(message, &signature.0).is_ok()
}

fn names(key: &Ed25519KeyPair) -> Note {
    Note { target: Some(public(key).to_string()), ..Note::new(BEGIN, "server", KEY) }
}

fn personal(value: &str) -> Personal {
    Personal { kind: "nickname".into(), person: Some(7), salt: [9; 32], value: value.into(), keep_until: BEGIN }
}

impl Place {
    fn new() -> Self {
        let mut place = Self { key: pair(1), chain: Chain::EMPTY, links: Vec::new(), heads: Vec::new() };
        place.add(&names(&pair(1)));
        place.sign();
        place
    }

    fn with(entries: u64, every: u64) -> Self {
        let mut place = Self::new();
        for n in 2..=entries {
            place.did(n);
            if n % every == 0 || n == entries {
                place.sign();
            }
        }
        place
    }

    fn did(&mut self, n: u64) {
        let note = Note::new(BEGIN + n, "staff-1", "hold.declined");
        self.add(&Note { target: Some(format!("person-{n}")), case: Some(format!("c{n}")), ..note });
    }

    fn add(&mut self, note: &Note) {
        self.links.push(self.chain.append(note).expect("it fits"));
    }

    fn sign_with(&mut self, key: &Ed25519KeyPair) {
        let sign = |message: &[u8]| Signature::from_slice(key.sign(message).as_ref()).expect("64 bytes");
        self.heads.push(Head::sign(self.chain, BEGIN + self.chain.seq, public(key), sign));
    }

    fn sign(&mut self) {
        self.sign_with(&pair(1));
    }

    fn verify(&self) -> Result<Summary, Vec<Fault>> {
        self.trusting(Trust { key: Some(public(&self.key)), ..Trust::default() })
    }

    fn trusting(&self, trust: Trust) -> Result<Summary, Vec<Fault>> {
        verify(self.links.clone(), self.heads.clone(), trust, &good)
    }

    /// Computes every hash from this place on anew, as somebody without the key could.
    fn hash_again(&mut self, from: usize) {
        let mut chain = match from {
            0 => Chain::EMPTY,
            from => Chain { seq: self.links[from - 1].seq, hash: self.links[from - 1].hash },
        };
        for link in &mut self.links[from..] {
            let Entry { action, actor, at, target, case, .. } = Entry::read(&link.entry).expect("an entry");
            *link = chain.append(&Note { target, case, ..Note::new(at, actor, action) }).expect("it fits");
        }
    }
}

#[test]
fn a_whole_chain_is_whole() {
    let place = Place::with(20, 4);
    let summary = place.verify().expect("whole");
    assert_eq!((summary.entries, summary.heads, summary.keys), (20, 6, 1));
    assert_eq!((summary.span, summary.end), (Some((BEGIN, BEGIN + 20)), place.chain));
    assert_eq!(verify([], Vec::new(), Trust::default(), &good).expect("empty").entries, 0);
}

#[test]
fn the_canonical_form_and_the_hash_are_what_the_text_says() {
    let note = Note {
        room: Some("niwa".into()),
        personal: vec![personal("なぎ")],
        ..Note::new(5, "staff-1", "hold.declined")
    };
    let mut chain = Chain::EMPTY;
    let link = chain.append(&note).expect("it fits");
    let commitment = "de4bc65c872a88f358b1e6a2b05e0391f75a8d3f7f25e9300b3715881f696578";
    assert_eq!(personal("なぎ").commitment().to_string(), commitment);
    let text = format!(
        r#"{{"action":"hold.declined","actor":"staff-1","at":5,"commitments":["{commitment}"],"room":"niwa","seq":1}}"#
    );
    assert_eq!(link.entry, text);
    assert_eq!(link.hash.to_string(), "f9dbd142ef858e2d848a27d44f1242f061e8caa2ad1f486cec2bf6fb63af4cb8");
    assert_eq!(Entry::read(&text).expect("an entry").canonical(), text);
    for other in [text.replace(':', ": "), text.replace("niwa", "ni\\u0077a"), format!("{text} "), "{}".into()] {
        assert!(Entry::read(&other).is_err(), "{other}");
    }
}

#[test]
fn what_was_said_can_be_proved_and_the_chain_does_not_hold_it() {
    let mut place = Place::new();
    let said = personal("ばかって 言った");
    place.add(&Note { personal: vec![said.clone()], ..Note::new(BEGIN, "staff-1", "case.opened") });
    place.sign();
    place.verify().expect("whole, with or without salt and value");
    let entry = Entry::read(&place.links[1].entry).expect("an entry");
    assert!(entry.commitments.contains(&said.commitment()));
    for other in [Personal { salt: [8; 32], ..said.clone() }, Personal { value: "ばか".into(), ..said.clone() }] {
        assert!(!entry.commitments.contains(&other.commitment()));
    }
    assert!(!place.links[1].entry.contains("ばか") && !format!("{said:?}").contains("ばか"));
}

#[test]
fn only_codes_fit_into_the_chain() {
    let mut chain = Chain::EMPTY;
    let note = || Note::new(1, "staff-1", "case.opened");
    let long = "x".repeat(MOST_TEXT + 1);
    for (bad, part) in [
        (Note { actor: String::new(), ..note() }, "actor"),
        (Note { action: "あいさつ".into(), ..note() }, "action"),
        (Note { target: Some("なぎ".into()), ..note() }, "target"),
        (Note { room: Some("a b".into()), ..note() }, "room"),
        (Note { reason: Some("\"".into()), ..note() }, "reason"),
        (Note { case: Some(long), ..note() }, "case"),
        (Note { personal: vec![Personal { kind: "よび名".into(), ..personal("") }], ..note() }, "kind"),
        (Note { personal: vec![personal(""); 65], ..note() }, "personal"),
    ] {
        assert_eq!(chain.append(&bad), Err(Unfit(part)));
        assert_eq!(chain, Chain::EMPTY, "nothing was appended");
    }
}

#[test]
fn the_hash_alone_or_the_text_alone_is_found() {
    let mut place = Place::with(12, 5);
    place.links[6].hash = Hex([7; 32]);
    assert_eq!(place.verify(), Err(vec![Fault::Changed { seq: 7 }]));
    let mut place = Place::with(12, 5);
    place.links[6].entry = place.links[6].entry.replace("person-7", "person-8");
    assert_eq!(place.verify(), Err(vec![Fault::Changed { seq: 7 }]));
    place.links[6].entry = "{}".into();
    assert_eq!(place.verify(), Err(vec![Fault::Changed { seq: 7 }]));
}

#[test]
fn who_computes_the_hashes_anew_meets_the_signature() {
    let mut place = Place::with(12, 5);
    place.links[6].entry = place.links[6].entry.replace("person-7", "person-8");
    place.hash_again(6);
    assert_eq!(place.verify(), Err(vec![Fault::Rewritten { seq: 10 }, Fault::Rewritten { seq: 12 }]));
    // And who signs with a key of their own is a stranger.
    let heads: Vec<Head> = std::mem::take(&mut place.heads).into_iter().take(2).collect();
    place.heads = heads;
    place.sign_again(&pair(2));
    let faults = place.verify().expect_err("a stranger");
    assert_eq!(faults, [Fault::Stranger { seq: 12 }]);
    // Who only says that it is the key of the place has no signature by it.
    place.heads[2].key = public(&pair(1));
    assert_eq!(place.verify(), Err(vec![Fault::Unsigned { from: 6, to: 12 }, Fault::Forged { seq: 12 }]));
}

#[test]
fn who_writes_everything_anew_with_a_stolen_key_meets_an_earlier_head() {
    let mut place = Place::with(12, 5);
    let exported = place.heads[2].clone();
    assert_eq!(exported.seq, 10);
    place.links[6].entry = place.links[6].entry.replace("person-7", "person-8");
    place.hash_again(6);
    place.heads.truncate(2);
    place.sign_again(&pair(1));
    place.verify().expect("from within nothing can be seen");
    let trust = Trust { key: Some(public(&place.key)), earlier: vec![exported], ..Trust::default() };
    assert_eq!(place.trusting(trust), Err(vec![Fault::Rewritten { seq: 10 }]));

    // Also where both are signed.
    let (mut one, mut other) = (Place::with(5, 9), Place::with(4, 9));
    other.did(9);
    other.sign();
    one.verify().and(other.verify()).expect("each alone is whole");
    one.heads.extend(other.heads.pop());
    assert_eq!(one.verify(), Err(vec![Fault::Rewritten { seq: 5 }]));
}

#[test]
fn a_new_key_needs_the_word_of_the_old_one() {
    let (old, new) = (pair(1), pair(2));
    let mut place = Place::with(4, 9);
    place.add(&names(&new));
    place.sign_with(&old);
    place.did(6);
    place.sign_with(&new);
    place.key = pair(2);
    assert_eq!(place.verify().expect("handed over").keys, 2);
    // The old key signs nothing after that.
    place.did(7);
    place.sign_with(&old);
    assert_eq!(place.verify(), Err(vec![Fault::Stranger { seq: 7 }]));
    place.heads.pop();
    place.sign_with(&new);
    place.key = pair(1);
    assert_eq!(place.verify(), Err(vec![Fault::AnotherKey { now: public(&old) }]));

    let mut place = Place::with(4, 9);
    place.add(&names(&new));
    place.sign_with(&new);
    place.key = pair(2);
    assert_eq!(place.verify(), Err(vec![Fault::Unvouched { seq: 5 }]));
    let trust = Trust { key: Some(public(&new)), lost: [5].into(), ..Trust::default() };
    place.trusting(trust).expect("the operator knows why");
}

impl Place {
    fn sign_again(&mut self, key: &Ed25519KeyPair) {
        let last = self.links.last().expect("entries");
        self.chain = Chain { seq: last.seq, hash: last.hash };
        self.sign_with(key);
    }
}

/// What somebody with the file in their hands can do to a chain.
#[derive(Debug, Clone)]
enum Deed {
    Change,
    ChangeHash,
    TakeOut,
    Swap,
    SwapTexts,
    Double,
    CutOff,
    PutIn,
    Append,
    ForgeHead,
    DropHeads,
}

fn deed() -> impl Strategy<Value = Deed> {
    use Deed::{Append, Change, ChangeHash, CutOff, Double, DropHeads, ForgeHead, PutIn, Swap, SwapTexts, TakeOut};
    prop::sample::select(vec![
        Change, ChangeHash, TakeOut, Swap, SwapTexts, Double, CutOff, PutIn, Append, ForgeHead, DropHeads,
    ])
}

/// Does it at an entry, from the second on; returns the fault that tells.
fn tamper(place: &mut Place, deed: &Deed, at: usize) -> Fault {
    let seq = at as u64 + 1;
    let last = place.links.len() as u64;
    match deed {
        Deed::Change => {
            place.links[at].entry = place.links[at].entry.replace("hold.declined", "hold.approved");
            Fault::Changed { seq }
        }
        Deed::ChangeHash => {
            place.links[at].hash = Digest::from_slice(&[1; 32]).expect("32 bytes");
            Fault::Changed { seq }
        }
        Deed::TakeOut if seq < last => {
            place.links.remove(at);
            Fault::Missing { from: seq, to: seq }
        }
        Deed::Swap if seq < last => {
            place.links.swap(at, at + 1);
            Fault::Reordered { seq }
        }
        Deed::SwapTexts if seq < last => {
            let (one, other) = (place.links[at].clone(), place.links[at + 1].clone());
            place.links[at] = Link { seq, ..other };
            place.links[at + 1] = Link { seq: seq + 1, ..one };
            Fault::Misplaced { seq, says: seq + 1 }
        }
        Deed::Double => {
            place.links.insert(at, place.links[at].clone());
            Fault::Doubled { seq }
        }
        Deed::TakeOut | Deed::CutOff | Deed::Swap | Deed::SwapTexts => {
            place.links.truncate(at);
            Fault::Truncated { last: seq - 1, signed: last }
        }
        Deed::PutIn => {
            // A false entry in this place, everything behind it moved on and hashed again.
            let before = place.links[at - 1].clone();
            let mut chain = Chain { seq: before.seq, hash: before.hash };
            let tail = place.links.split_off(at);
            place.links.push(chain.append(&Note::new(BEGIN, "staff-1", "hold.approved")).expect("it fits"));
            for link in tail {
                let Entry { action, actor, at, target, case, .. } = Entry::read(&link.entry).expect("an entry");
                let note = Note { target, case, ..Note::new(at, actor, action) };
                place.links.push(chain.append(&note).expect("it fits"));
            }
            Fault::Unsigned { from: last + 1, to: last + 1 }
        }
        Deed::Append => {
            let end = place.links.last().expect("entries");
            let mut chain = Chain { seq: end.seq, hash: end.hash };
            place.links.push(chain.append(&Note::new(BEGIN, "staff-1", "ban.lifted")).expect("it fits"));
            Fault::Unsigned { from: last + 1, to: last + 1 }
        }
        Deed::ForgeHead => {
            let head = place.heads.last_mut().expect("heads");
            head.hash = Digest::from_slice(&[2; 32]).expect("32 bytes");
            Fault::Forged { seq: last }
        }
        Deed::DropHeads => {
            place.heads.clear();
            Fault::Unsigned { from: 1, to: last }
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_done_to_a_chain_is_found_and_where(
        entries in 2_u64..40,
        every in 1_u64..8,
        deed in deed(),
        at in any::<prop::sample::Index>(),
    ) {
        let mut place = Place::with(entries, every);
        place.verify().expect("whole");
        let at = 1 + at.index(place.links.len() - 1);
        let told = tamper(&mut place, &deed, at);
        let faults = place.verify().expect_err("found");
        prop_assert!(faults.contains(&told), "{deed:?} at {at}: {told} is not in {faults:?}");
    }

    #[test]
    fn nothing_that_is_read_makes_it_fail_otherwise(
        links in prop::collection::vec((prop_oneof![0..9_u64, Just(u64::MAX), any::<u64>()], ".{0,60}", any::<[u8; 32]>()), 0..20),
    ) {
        let links = links.into_iter().map(|(seq, entry, hash)| Link { seq, entry, hash: Hex(hash) });
        let _ = verify(links, Vec::new(), Trust::default(), &good);
    }
}

//! Sealing and opening sound (SRTP: RFC 3711, with AES-GCM: RFC 7714). This is what the engine does for every packet, and
//! once more for each listener; the library would look at every part of a connection each time. The ciphers are the
//! library's.

use std::sync::Arc;

use str0m::config::CryptoProvider;
use str0m::crypto::dtls::SrtpProfile;
use str0m::crypto::{
    AeadAes128Gcm, AeadAes128GcmCipher, AeadAes256Gcm, AeadAes256GcmCipher, Aes128CmSha1_80, Aes128CmSha1_80Cipher,
};

use super::keys::Keys;

/// What is derived from a master key (RFC 3711, 4.3.2): for sound, and for reports.
const SOUND: Labels = Labels { cipher: 0, authentication: 1, salt: 2 };
const REPORTS: Labels = Labels { cipher: 3, authentication: 4, salt: 5 };
/// A block of AES, in bytes. The CTR cipher may write a block less one byte beyond its output.
const BLOCK: usize = 16;
/// What of a report stays readable: its first header, with the SSRC (RFC 3711, 3.4).
const REPORT_HEADER: usize = 8;
/// Says that a report is encrypted (RFC 3711, 3.4); the other 31 bits count reports.
const ENCRYPTED: u32 = 1 << 31;
/// Both kinds of GCM have these in common.
const TAG: usize = AeadAes128Gcm::TAG_LEN;
const SALT: usize = AeadAes128Gcm::SALT_LEN;

/// Seals and opens for one connection.
pub struct Srtp {
    crypto: Arc<CryptoProvider>,
    sealing: Cipher,
    opening: Cipher,
    reporting: Cipher,
    /// How many reports were sealed.
    reports: u32,
}

struct Labels {
    cipher: u8,
    authentication: u8,
    salt: u8,
}

enum Cipher {
    Gcm(Gcm, [u8; SALT]),
    Cm {
        cipher: Box<dyn Aes128CmSha1_80Cipher>,
        salt: [u8; Aes128CmSha1_80::SALT_LEN],
        authentication: [u8; Aes128CmSha1_80::HMAC_KEY_LEN],
    },
}

enum Gcm {
    Short(Box<dyn AeadAes128GcmCipher>),
    Long(Box<dyn AeadAes256GcmCipher>),
}

impl Srtp {
    /// With what a handshake agreed on; `None` for a way of sealing that we never offer.
    pub fn new(crypto: &Arc<CryptoProvider>, keys: &Keys) -> Option<Self> {
        Some(Self {
            sealing: Cipher::new(crypto, keys, true, &SOUND)?,
            opening: Cipher::new(crypto, keys, false, &SOUND)?,
            reporting: Cipher::new(crypto, keys, true, &REPORTS)?,
            reports: 0,
            crypto: crypto.clone(),
        })
    }

    /// Puts a sealed packet into `packet`, which holds its header: the payload encrypted, and a tag over both. No two packets
    /// of a stream (`ssrc`) have the same `seq`, which never wraps. Tells whether it could.
    pub fn seal(&mut self, packet: &mut Vec<u8>, payload: &[u8], ssrc: u32, seq: u64) -> bool {
        let header = packet.len();
        match &mut self.sealing {
            Cipher::Gcm(cipher, salt) => {
                packet.resize(header + payload.len() + TAG, 0);
                let (header, body) = packet.split_at_mut(header);
                cipher.seal(&iv(*salt, ssrc, seq), header, payload, body)
            }
            Cipher::Cm { cipher, salt, authentication } => {
                let end = header + payload.len();
                packet.resize(end + BLOCK - 1, 0);
                let done = cipher.encrypt(&Aes128CmSha1_80::rtp_iv(*salt, ssrc, seq), payload, &mut packet[header..]);
                packet.resize(end + Aes128CmSha1_80::HMAC_TAG_LEN, 0);
                Aes128CmSha1_80::rtp_hmac(hmac(&self.crypto), authentication, packet, seq, end);
                done.is_ok()
            }
        }
    }

    /// Opens a packet: what is behind its header, of `header` bytes, goes into `payload`. Tells whether it is what the other
    /// side sent.
    pub fn open(&mut self, packet: &[u8], header: usize, ssrc: u32, seq: u64, payload: &mut Vec<u8>) -> bool {
        match &mut self.opening {
            Cipher::Gcm(cipher, salt) => {
                let Some((header, sealed)) = packet.split_at_checked(header) else { return false };
                let Some(length) = sealed.len().checked_sub(TAG) else { return false };
                payload.resize(length, 0);
                cipher.open(&iv(*salt, ssrc, seq), header, sealed, payload)
            }
            Cipher::Cm { cipher, salt, authentication } => {
                let tag = packet.len().saturating_sub(Aes128CmSha1_80::HMAC_TAG_LEN);
                let (said, tag) = packet.split_at(tag);
                let Some(sealed) = said.get(header..) else { return false };
                if !Aes128CmSha1_80::rtp_verify(hmac(&self.crypto), authentication, said, seq, tag) {
                    return false;
                }
                payload.resize(sealed.len() + BLOCK - 1, 0);
                let done = cipher.decrypt(&Aes128CmSha1_80::rtp_iv(*salt, ssrc, seq), sealed, payload);
                payload.truncate(sealed.len());
                done.is_ok()
            }
        }
    }

    /// Seals a report of `ssrc` in its place. Tells whether it could.
    pub fn seal_report(&mut self, report: &mut Vec<u8>, ssrc: u32) -> bool {
        let number = self.reports;
        self.reports = (number + 1) & !ENCRYPTED;
        let marked = (ENCRYPTED | number).to_be_bytes();
        let plain = report.split_off(REPORT_HEADER);
        let end = REPORT_HEADER + plain.len();
        match &mut self.reporting {
            Cipher::Gcm(cipher, salt) => {
                let known = [report.as_slice(), &marked].concat();
                report.resize(end + TAG, 0);
                let iv = AeadAes128Gcm::rtcp_iv(*salt, ssrc, number);
                let done = cipher.seal(&iv, &known, &plain, &mut report[REPORT_HEADER..]);
                report.extend(marked);
                done
            }
            Cipher::Cm { cipher, salt, authentication } => {
                report.resize(end + BLOCK - 1, 0);
                let iv = Aes128CmSha1_80::rtp_iv(*salt, ssrc, number.into());
                let done = cipher.encrypt(&iv, &plain, &mut report[REPORT_HEADER..]);
                report.truncate(end);
                report.extend(marked);
                let tag = report.len();
                report.resize(tag + Aes128CmSha1_80::HMAC_TAG_LEN, 0);
                Aes128CmSha1_80::rtcp_hmac(hmac(&self.crypto), authentication, report, tag);
                done.is_ok()
            }
        }
    }
}

fn hmac(crypto: &CryptoProvider) -> impl Fn(&[u8], &[&[u8]]) -> [u8; 20] {
    |key, parts| crypto.sha1_hmac_provider.sha1_hmac(key, parts)
}

/// The number of a packet stands in its header, what it would be without wrapping in the rollover counter.
fn iv(salt: [u8; SALT], ssrc: u32, seq: u64) -> [u8; AeadAes128Gcm::IV_LEN] {
    AeadAes128Gcm::rtp_iv(salt, ssrc, (seq >> 16) as u32, seq as u16)
}

impl Gcm {
    fn seal(&mut self, iv: &[u8; 12], header: &[u8], plain: &[u8], sealed: &mut [u8]) -> bool {
        let done = match self {
            Self::Short(cipher) => cipher.encrypt(iv, header, plain, sealed),
            Self::Long(cipher) => cipher.encrypt(iv, header, plain, sealed),
        };
        done.is_ok()
    }

    fn open(&mut self, iv: &[u8; 12], header: &[u8], sealed: &[u8], plain: &mut [u8]) -> bool {
        let done = match self {
            Self::Short(cipher) => cipher.decrypt(iv, &[header], sealed, plain),
            Self::Long(cipher) => cipher.decrypt(iv, &[header], sealed, plain),
        };
        done.is_ok()
    }
}

impl Cipher {
    fn new(crypto: &CryptoProvider, keys: &Keys, ours: bool, labels: &Labels) -> Option<Self> {
        let provider = crypto.srtp_provider;
        Some(match keys.profile {
            SrtpProfile::AEAD_AES_128_GCM => {
                let master = Master::<{ AeadAes128Gcm::KEY_LEN }, SALT>::of(keys, ours)?;
                let cipher = provider.aead_aes_128_gcm().create_cipher(master.derive(crypto, labels.cipher), ours);
                Self::Gcm(Gcm::Short(cipher), master.derive(crypto, labels.salt))
            }
            SrtpProfile::AEAD_AES_256_GCM => {
                let master = Master::<{ AeadAes256Gcm::KEY_LEN }, SALT>::of(keys, ours)?;
                let cipher = provider.aead_aes_256_gcm().create_cipher(master.derive(crypto, labels.cipher), ours);
                Self::Gcm(Gcm::Long(cipher), master.derive(crypto, labels.salt))
            }
            SrtpProfile::AES128_CM_SHA1_80 => {
                let master = Master::<{ Aes128CmSha1_80::KEY_LEN }, { Aes128CmSha1_80::SALT_LEN }>::of(keys, ours)?;
                Self::Cm {
                    cipher: provider.aes_128_cm_sha1_80().create_cipher(master.derive(crypto, labels.cipher), ours),
                    salt: master.derive(crypto, labels.salt),
                    authentication: master.derive(crypto, labels.authentication),
                }
            }
            _ => return None,
        })
    }
}

/// One side's key and salt.
struct Master<const KEY: usize, const SALT: usize> {
    key: [u8; KEY],
    salt: [u8; SALT],
}

impl<const KEY: usize, const SALT: usize> Master<KEY, SALT> {
    /// What is handed over holds both sides' keys, then both sides' salts (RFC 5764, 4.2).
    fn of(keys: &Keys, ours: bool) -> Option<Self> {
        let (all_keys, all_salts) = keys.material.split_at_checked(2 * KEY)?;
        let side = usize::from(keys.first != ours);
        let key = all_keys.chunks_exact(KEY).nth(side)?.try_into().ok()?;
        let salt = all_salts.chunks_exact(SALT).nth(side)?.try_into().ok()?;
        Some(Self { key, salt })
    }

    /// Something for one use (RFC 3711, 4.3: keys are derived once).
    fn derive<const LEN: usize>(&self, crypto: &CryptoProvider, label: u8) -> [u8; LEN] {
        let mut input = [0; BLOCK];
        input[..SALT].copy_from_slice(&self.salt);
        input[7] ^= label;
        let mut derived = [0; LEN];
        for (round, part) in derived.chunks_mut(BLOCK).enumerate() {
            input[BLOCK - 2..].copy_from_slice(&(round as u16).to_be_bytes());
            // The library's function wants room for two blocks.
            let mut block = [0; 2 * BLOCK];
            if KEY == 32 {
                crypto.srtp_provider.srtp_aes_256_ecb_round(&self.key, &input, &mut block);
            } else {
                crypto.srtp_provider.srtp_aes_128_ecb_round(&self.key, &input, &mut block);
            }
            part.copy_from_slice(&block[..part.len()]);
        }
        derived
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use str0m::crypto::dtls::KeyingMaterial;

    use super::*;

    const PROFILES: [(SrtpProfile, &str, &str); 3] = [
        (SrtpProfile::AES128_CM_SHA1_80, "e1f97a0d3e018be0d64fa32c06de4139", "0ec675ad498afeebb6960b3aabe6"),
        (SrtpProfile::AEAD_AES_128_GCM, "000102030405060708090a0b0c0d0e0f", "a0a1a2a3a4a5a6a7a8a9aaab"),
        (
            SrtpProfile::AEAD_AES_256_GCM,
            "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
            "a0a1a2a3a4a5a6a7a8a9aaab",
        ),
    ];

    /// Whoever has this key, and whoever is at the other end; `first` began the handshake.
    fn ends((profile, key, salt): (SrtpProfile, &str, &str), first: bool) -> [Srtp; 2] {
        let other = |hex: &str| "ff".repeat(hex.len() / 2);
        let pair = |ours: &str| if first { ours.to_owned() + &other(ours) } else { other(ours) + ours };
        let material = hex::decode(pair(key) + &pair(salt)).expect("hex");
        let crypto = Arc::new(str0m::crypto::from_feature_flags());
        [first, !first].map(|first| {
            let keys = Keys { profile, material: KeyingMaterial::new(&material), first };
            Srtp::new(&crypto, &keys).expect("known")
        })
    }

    fn header() -> Vec<u8> {
        hex::decode("800f1234decafbadcafebabe").expect("hex")
    }

    /// The vectors with which libsrtp, which browsers use, checks itself (`srtp_driver.c`, `srtp_validate*`).
    #[test]
    fn sound_is_sealed_as_others_seal_it() {
        let known = [
            "800f1234decafbadcafebabe4e55dc4ce79978d88ca4d215949d2402b78d6acc99ea179b8dbb",
            "800f1234decafbadcafebabec5002ede04cfdd2eb91159e0880aa06ed2976826f796b201df3131a127e8a392",
        ];
        for (profile, known) in PROFILES.into_iter().zip(known) {
            for first in [true, false] {
                let [mut one, mut other] = ends(profile, first);
                let mut packet = header();
                assert!(one.seal(&mut packet, &[0xab; 16], 0xcafe_babe, 0x1234));
                assert_eq!(hex::encode(&packet), known);
                let mut payload = Vec::new();
                assert!(other.open(&packet, 12, 0xcafe_babe, 0x1234, &mut payload));
                assert_eq!(payload, [0xab; 16]);
            }
        }
    }

    /// The same for reports.
    #[test]
    fn reports_are_sealed_as_others_seal_them() {
        let known = [
            "81c8000bcafebabe7128035be487b9bdbef89041f977a5a880000001993e08cd54d6c1230798",
            "81c8000bcafebabec98b8b5df0392a55852b6c21ac8e7025c52c6fbea2b3b446ea31123ba88ce61e80000001",
        ];
        for (profile, known) in PROFILES.into_iter().zip(known) {
            let [mut one, _] = ends(profile, true);
            let report = || [&hex::decode("81c8000bcafebabe").expect("hex")[..], &[0xab; 16]].concat();
            let (mut first, mut second) = (report(), report());
            assert!(one.seal_report(&mut first, 0xcafe_babe) && one.seal_report(&mut second, 0xcafe_babe));
            assert_eq!(hex::encode(second), known);
        }
    }

    /// RFC 3711, B.3.
    #[test]
    fn keys_are_derived_as_the_standard_shows() {
        let crypto = str0m::crypto::from_feature_flags();
        let (_, key, salt) = PROFILES[0];
        let master = Master::<16, 14> {
            key: hex::decode(key).expect("hex").try_into().expect("16"),
            salt: hex::decode(salt).expect("hex").try_into().expect("14"),
        };
        assert_eq!(hex::encode(master.derive::<16>(&crypto, SOUND.cipher)), "c61e7a93744f39ee10734afe3ff7a087");
        assert_eq!(hex::encode(master.derive::<14>(&crypto, SOUND.salt)), "30cbbc08863d8c85d49db34a9ae1");
        assert_eq!(
            hex::encode(master.derive::<20>(&crypto, SOUND.authentication)),
            "cebe321f6ff7716b6fd4ab49af256a156d38baa4"
        );
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Whatever was changed on the way, or belongs elsewhere, is not opened; nothing makes it panic.
        #[test]
        fn only_what_was_sent_is_opened(
            payload in prop::collection::vec(any::<u8>(), 0..200), seq in 0u64..1 << 40, at in any::<prop::sample::Index>(),
            bit in 0u8..8, cut in 0usize..40, long in 0usize..64,
        ) {
            for profile in PROFILES {
                let [mut one, mut other] = ends(profile, true);
                let mut packet = header();
                prop_assert!(one.seal(&mut packet, &payload, 7, seq));
                let mut opened = vec![9; long];
                prop_assert!(other.open(&packet, 12, 7, seq, &mut opened));
                prop_assert_eq!(&opened, &payload);
                prop_assert!(!other.open(&packet, 12, 7, seq ^ 1 << 16, &mut opened), "another rollover");
                prop_assert!(!other.open(&packet, 12, 8, seq, &mut opened) || profile.0 == SrtpProfile::AES128_CM_SHA1_80);
                prop_assert!(!one.open(&packet, 12, 7, seq, &mut opened), "one's own comes back");
                prop_assert!(!other.open(&packet[..packet.len() - 1 - cut.min(packet.len() - 1)], 12, 7, seq, &mut opened));
                let at = at.index(packet.len());
                packet[at] ^= 1 << bit;
                prop_assert!(!other.open(&packet, 12, 7, seq, &mut opened));
            }
        }
    }
}

//! From an offer to a WebRTC connection that waits for its client. Nothing here needs the engine: it runs where there is
//! time, and a storm of offers holds up no voice.

use std::net::SocketAddr;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::time::Instant;

use ibasho_protocol::refusal::RefusalCode;
use str0m::change::SdpOffer;
use str0m::config::{CryptoProvider, DtlsCert};
use str0m::format::{Codec, FormatParams};
use str0m::media::{Frequency, Mid, Pt};
use str0m::net::Protocol;
use str0m::rtp::{Extension, Ssrc};
use str0m::{Candidate, IceCreds, Rtc, RtcConfig};

use super::{keys, offer};
use crate::dice::Dice;

/// The payload type we would choose for Opus; the offer's is used.
const OPUS: u8 = 111;
/// Opus is always said to have two channels (RFC 7587, 7).
const CHANNELS: u8 = 2;
/// The numbers of the two extensions we understand; the offer's are used.
const AUDIO_LEVEL: u8 = 1;
const MID: u8 = 4;
/// What all connections have in common.
pub struct Common {
    crypto: Arc<CryptoProvider>,
    certificate: DtlsCert,
    candidates: Vec<Candidate>,
    dice: Dice,
}

/// A connection that waits for its client.
pub struct Joined {
    /// The connection.
    pub rtc: Rtc,
    /// Its own user name fragment: STUN messages begin with it.
    pub name: String,
    /// The answer.
    pub answer: String,
    /// The sections others' voices go out in.
    pub slots: Vec<(Mid, Ssrc)>,
    /// The number of the extension that names the section of a packet, if the client knows it.
    pub naming: Option<u8>,
    /// The number of the extension in which it says how loud a packet is, if it does.
    pub level: Option<u8>,
    /// Our own SSRC in reports.
    pub reporter: u32,
    /// What it seals with.
    pub crypto: Arc<CryptoProvider>,
    /// The payload type of Opus.
    pub pt: Pt,
}

impl Common {
    /// For clients that find the server at these addresses; over UDP only if `udp`.
    ///
    /// # Errors
    /// An address is none that can be announced, or no certificate could be made.
    pub fn new(announced: &[SocketAddr], udp: bool, dice: Dice) -> Result<Self, String> {
        let crypto = keys::audible(&str0m::crypto::from_feature_flags());
        let certificate = crypto.dtls_provider.generate_certificate().ok_or("no certificate could be made")?;
        let protocols = udp.then_some(Protocol::Udp).into_iter().chain([Protocol::Tcp]);
        let candidates = protocols.flat_map(|protocol| announced.iter().map(move |address| (protocol, *address)));
        let candidate = |(protocol, address)| match protocol {
            Protocol::Tcp => Candidate::builder().tcp().host(address).tcptype(str0m::net::TcpType::Passive).build(),
            protocol => Candidate::host(address, protocol),
        };
        let candidates: Result<_, _> = candidates.map(candidate).collect();
        let candidates = candidates.map_err(|error| error.to_string())?;
        Ok(Self { crypto: Arc::new(crypto), certificate, candidates, dice })
    }

    /// Makes a connection. Takes about a millisecond of processor time.
    ///
    /// # Errors
    /// `bad_offer` or `address_shown`.
    pub fn join(&self, sdp: &str) -> Result<Joined, RefusalCode> {
        let shape = offer::check(sdp)?;
        // The library panics on its own faults.
        catch_unwind(AssertUnwindSafe(|| self.accept(sdp, &shape))).ok().flatten().ok_or(RefusalCode::BadOffer)
    }

    fn accept(&self, sdp: &str, shape: &offer::Shape) -> Option<Joined> {
        let offer = SdpOffer::from_sdp_string(sdp).ok()?;
        let mut rtc = self.config().build(Instant::now());
        for candidate in &self.candidates {
            rtc.add_local_candidate(candidate.clone());
        }
        let answer = rtc.sdp_api().accept_offer(offer).ok()?.to_sdp_string();
        let pt = rtc.codec_config().find(|codec| codec.spec().codec == Codec::Opus)?.pt();
        let known = |mid: &str, extension| Some(rtc.media(mid.into())?.remote_extmap().id_of(extension));
        let naming = known(shape.slots.first()?, Extension::RtpMid)?;
        let level = known(&shape.voice, Extension::AudioLevel)?;
        let mut direct = rtc.direct_api();
        let name = direct.local_ice_credentials().ufrag;
        let slots = shape.slots.iter().map(|mid| {
            let mid = Mid::from(mid.as_str());
            let ssrc = direct.stream_tx_by_mid(mid, None)?.ssrc();
            // The answer has named the stream; what is sent in it never goes through the library (see `srtp`).
            direct.remove_stream_tx(ssrc);
            Some((mid, ssrc))
        });
        let slots = slots.collect::<Option<Vec<_>>>()?;
        let (crypto, reporter) = (self.crypto.clone(), self.dice.number() as u32);
        Some(Joined { rtc, name, answer, slots, naming, level, reporter, crypto, pt })
    }

    fn config(&self) -> RtcConfig {
        let mut config = RtcConfig::new()
            .set_crypto_provider(self.crypto.clone())
            .set_dtls_cert(self.certificate.clone())
            .set_local_ice_credentials(self.credentials())
            .set_ice_lite(true)
            .set_rtp_mode(true)
            .set_stats_interval(None)
            .clear_extension_map()
            .set_extension(AUDIO_LEVEL, Extension::AudioLevel)
            .set_extension(MID, Extension::RtpMid)
            .clear_codecs();
        // FEC: a lost packet comes back with the next one. DTX: who is silent sends next to nothing.
        let format = FormatParams {
            min_p_time: Some(10),
            use_inband_fec: Some(true),
            use_dtx: Some(true),
            ..FormatParams::default()
        };
        let clock = Frequency::FORTY_EIGHT_KHZ;
        config.codec_config().add_config(OPUS.into(), None, Codec::Opus, clock, Some(CHANNELS), format);
        config
    }

    /// Whoever guessed these could take over somebody's connection: they come from the same source as tokens.
    fn credentials(&self) -> IceCreds {
        let [name, one, two] = std::array::from_fn(|_| self.dice.number());
        IceCreds { ufrag: format!("{name:016x}"), pass: format!("{one:016x}{two:016x}") }
    }
}

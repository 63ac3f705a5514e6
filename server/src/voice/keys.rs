//! What a handshake agreed on. The library keeps its keys to itself; here it is heard which ones its DTLS hands over
//! (RFC 5764), so that [`super::srtp`] can seal and open sound itself.

use std::cell::Cell;
use std::sync::OnceLock;
use std::time::Instant;

use str0m::config::{CryptoProvider, DtlsCert};
use str0m::crypto::CryptoError;
use str0m::crypto::dtls::{
    DtlsImplError, DtlsInstance, DtlsOutput, DtlsProvider, DtlsVersion, KeyingMaterial, ProtocolVersion, SrtpProfile,
};

thread_local! {
    /// What was handed over last, on its way from a handshake to [`heard`] around it.
    static AGREED: Cell<Option<Keys>> = const { Cell::new(None) };
}

/// What both sides of a connection know.
pub struct Keys {
    /// How sound is sealed.
    pub profile: SrtpProfile,
    /// Keys and salts of both sides (RFC 5764, 4.2).
    pub material: KeyingMaterial,
    /// Whether ours are the first ones: we began the handshake.
    pub first: bool,
}

/// The same cryptography, whose handshakes can be heard.
pub fn audible(crypto: &CryptoProvider) -> CryptoProvider {
    static AUDIBLE: OnceLock<Audible> = OnceLock::new();
    CryptoProvider { dtls_provider: AUDIBLE.get_or_init(|| Audible(crypto.dtls_provider)), ..crypto.clone() }
}

/// Does something, and tells what a handshake agreed on meanwhile.
pub fn heard<T>(work: impl FnOnce() -> T) -> (T, Option<Keys>) {
    AGREED.set(None);
    let done = work();
    (done, AGREED.take())
}

#[derive(Debug)]
struct Audible(&'static dyn DtlsProvider);

impl DtlsProvider for Audible {
    fn generate_certificate(&self) -> Option<DtlsCert> {
        self.0.generate_certificate()
    }

    fn new_dtls(
        &self,
        cert: &DtlsCert,
        now: Instant,
        version: DtlsVersion,
        mtu: Option<usize>,
    ) -> Result<Box<dyn DtlsInstance>, CryptoError> {
        Ok(Box::new(Handshake(self.0.new_dtls(cert, now, version, mtu)?)))
    }

    fn is_test(&self) -> bool {
        self.0.is_test()
    }
}

#[derive(Debug)]
struct Handshake(Box<dyn DtlsInstance>);

impl DtlsInstance for Handshake {
    fn poll_output<'a>(&mut self, buf: &'a mut [u8]) -> DtlsOutput<'a> {
        let output = self.0.poll_output(buf);
        if let DtlsOutput::KeyingMaterial(material, profile) = &output {
            let (material, profile) = (KeyingMaterial::new(material), *profile);
            AGREED.set(Some(Keys { profile, material, first: self.0.is_active() }));
        }
        output
    }

    fn set_active(&mut self, active: bool) {
        self.0.set_active(active);
    }

    fn handle_packet(&mut self, packet: &[u8]) -> Result<(), DtlsImplError> {
        self.0.handle_packet(packet)
    }

    fn handle_timeout(&mut self, now: Instant) -> Result<(), DtlsImplError> {
        self.0.handle_timeout(now)
    }

    fn send_application_data(&mut self, data: &[u8]) -> Result<usize, DtlsImplError> {
        self.0.send_application_data(data)
    }

    fn is_active(&self) -> bool {
        self.0.is_active()
    }

    fn protocol_version(&self) -> Option<ProtocolVersion> {
        self.0.protocol_version()
    }

    fn is_closing(&self) -> bool {
        self.0.is_closing()
    }

    fn is_closed(&self) -> bool {
        self.0.is_closed()
    }

    fn close(&mut self) -> Result<(), DtlsImplError> {
        self.0.close()
    }
}

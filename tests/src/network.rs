//! A bad network between a person and the server: it delays, cuts and stops reading, by a seed.

use std::net::SocketAddr;

use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::tcp::{OwnedReadHalf, OwnedWriteHalf};
use tokio::net::{TcpListener, TcpSocket, TcpStream};
use tokio::sync::{broadcast, watch};

/// A network.
pub struct BadNetwork {
    addr: SocketAddr,
    cut: broadcast::Sender<()>,
    flowing: watch::Sender<bool>,
}

impl BadNetwork {
    /// A network to `server` that hands on bytes in pieces of random length.
    pub async fn to(server: SocketAddr, seed: u64) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port");
        let addr = listener.local_addr().expect("an address");
        let (cut, _) = broadcast::channel(1);
        let (flowing, _) = watch::channel(true);
        let network = Self { addr, cut: cut.clone(), flowing: flowing.clone() };
        tokio::spawn(async move {
            let mut rng = StdRng::seed_from_u64(seed);
            while let Ok((near, _)) = listener.accept().await {
                let Ok(far) = connect(server).await else { continue };
                let (near_in, near_out) = near.into_split();
                let (far_in, far_out) = far.into_split();
                let (there, back) = (rng.random(), rng.random());
                let always = watch::channel(true).0;
                tokio::spawn(carry(near_in, far_out, there, cut.subscribe(), always));
                tokio::spawn(carry(far_in, near_out, back, cut.subscribe(), flowing.clone()));
            }
        });
        network
    }

    /// Where to connect.
    pub fn addr(&self) -> SocketAddr {
        self.addr
    }

    /// Cuts every line there is. What is on the way may be lost in the middle of a frame.
    pub fn cut(&self) {
        // No receiver: there is no line.
        let _ = self.cut.send(());
    }

    /// Hands on nothing that comes from the server, until [`BadNetwork::flow`].
    pub fn stop(&self) {
        self.flowing.send_replace(false);
    }

    /// Hands on again.
    pub fn flow(&self) {
        self.flowing.send_replace(true);
    }
}

/// A line that holds little, so that a server soon notices when nothing is taken from it.
async fn connect(server: SocketAddr) -> std::io::Result<TcpStream> {
    let socket = TcpSocket::new_v4()?;
    socket.set_recv_buffer_size(8 * 1024)?;
    socket.connect(server).await
}

async fn carry(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    seed: u64,
    mut cut: broadcast::Receiver<()>,
    flowing: watch::Sender<bool>,
) {
    let mut rng = StdRng::seed_from_u64(seed);
    let mut gate = flowing.subscribe();
    let carried = async {
        let mut buffer = vec![0; 4096];
        loop {
            if gate.wait_for(|flowing| *flowing).await.is_err() {
                return;
            }
            let most = rng.random_range(1..=buffer.len());
            let Ok(read @ 1..) = from.read(&mut buffer[..most]).await else { return };
            // A network hands on in pieces of its own choice.
            let split = rng.random_range(0..=read);
            for piece in [&buffer[..split], &buffer[split..read]] {
                if to.write_all(piece).await.is_err() {
                    return;
                }
                for _ in 0..rng.random_range(0..4) {
                    tokio::task::yield_now().await;
                }
            }
        }
    };
    tokio::select! {
        () = carried => {}
        // Dropping both halves in the middle of anything is what a lost line is.
        _ = cut.recv() => {}
    }
}

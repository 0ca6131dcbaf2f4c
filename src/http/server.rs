//! How are connections taken, and bounded? However many come, and however slowly they speak, the bot keeps its
//! file descriptors and its memory.

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::TcpListener;
use tokio::sync::Semaphore;

/// The most connections at a time; more wait. A person's browser opens six.
const CONNECTIONS_MAX: usize = 64;

/// How long a client may take for the head of a request, and how long a connection may idle.
const HEAD_WAIT: Duration = Duration::from_secs(10);

/// How long a connection lives, whatever it does: far longer than any page takes.
const CONNECTION_LIFE: Duration = Duration::from_secs(60);

/// The longest head of a request, in bytes. A browser sends less than 2,000.
const HEAD_BYTES_MAX: usize = 16 << 10;

/// How long to wait where the system has no more file descriptors to give.
const ACCEPT_AGAIN: Duration = Duration::from_millis(500);

/// Takes connections for ever.
pub(super) async fn accept(listener: TcpListener, router: Router) {
    let room = Arc::new(Semaphore::new(CONNECTIONS_MAX));
    loop {
        // The semaphore is never closed.
        let Ok(permit) = Arc::clone(&room).acquire_owned().await else { return };
        let stream = match listener.accept().await {
            Ok((stream, _)) => stream,
            Err(error) => {
                tracing::debug!(%error, "a connection to the HTTP server could not be taken");
                tokio::time::sleep(ACCEPT_AGAIN).await;
                continue;
            }
        };
        let service = TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_WAIT)
                .max_buf_size(HEAD_BYTES_MAX)
                .serve_connection(TokioIo::new(stream), service);
            // What goes wrong here is the client's: it left, was too slow, or spoke no HTTP.
            let _ = tokio::time::timeout(CONNECTION_LIFE, connection).await;
            drop(permit);
        });
    }
}

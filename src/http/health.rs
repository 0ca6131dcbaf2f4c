//! Is all well? `/healthz` says that the process lives, `/readyz` that it can answer: for whoever restarts it, and for
//! whoever sends people there.

use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};

use super::Sources;

/// Alive is whatever answers.
pub(super) fn alive() -> Response {
    text(StatusCode::OK, "alive\n".to_owned())
}

/// Ready is what is connected, has a corpus, and can write its records. Names what is not.
pub(super) fn ready(sources: &Sources) -> Response {
    let articles = sources.app.get().map(|app| app.snapshot().summary().articles);
    let parts = [
        ("gateway", *sources.gateway.borrow(), "connected"),
        ("corpus", articles.is_some(), "loaded"),
        ("audit", sources.store.is_writable(), "writable"),
    ];
    let is_ready = parts.iter().all(|(_, is_well, _)| *is_well);
    let mut lines = String::from(if is_ready { "ready\n" } else { "not ready\n" });
    for (part, is_well, what) in parts {
        lines += &format!("{part}: {}{what}\n", if is_well { "" } else { "not " });
    }
    text(if is_ready { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE }, lines)
}

fn text(status: StatusCode, lines: String) -> Response {
    (status, [(header::CONTENT_TYPE, "text/plain; charset=utf-8")], lines).into_response()
}

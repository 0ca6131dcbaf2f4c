//! What is seen of a reply that takes long?

use axum::Router;
use axum::body::Bytes;
use axum::http::Method;
use serenity::http::HttpBuilder;
use serenity::model::id::ApplicationId;
use tokio::sync::mpsc;

use super::*;
use crate::corpus::LoadProgress;

/// A server that takes every request, and tells what its body says.
async fn server() -> (Http, mpsc::UnboundedReceiver<String>) {
    let (told, bodies) = mpsc::unbounded_channel();
    let take = move |method: Method, body: Bytes| {
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
        // Nobody listens any more once the test is over.
        let _ = told.send(format!("{method} {}", body["content"].as_str().unwrap_or_default()));
        async { "{}" }
    };
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(take)).await });
    let http = HttpBuilder::new("a.b.c").proxy(origin).ratelimiter_disabled(true);
    (http.application_id(ApplicationId::new(1)).build(), bodies)
}

#[tokio::test]
async fn what_takes_long_says_how_far_it_is_by_editing_the_reply() {
    let (http, mut bodies) = server().await;
    let ticket = Ticket { id: InteractionId::new(1), token: "t", way: Way::Private };
    let progress = Progress::default();
    let mut seen = Vec::new();
    // Goes on only once it was told how far it is, as a person sees it.
    let work = async {
        for done in [10, 10, 60] {
            progress.advance(done, 100);
            while seen.last() != Some(&format!("PATCH Reading the articles: {done} %")) {
                seen.push(bodies.recv().await.unwrap());
            }
        }
        Reply::note("done")
    };
    let every = Duration::from_millis(1);
    let reply = tell_while(&http, ticket, (&progress, Text::default()), every, pin!(work)).await;
    assert_eq!(reply.content.as_deref(), Some("done"));
    // What has not changed is not told again; it may begin with nothing.
    seen.retain(|told| !told.ends_with(": 0 %"));
    assert_eq!(seen, ["PATCH Reading the articles: 10 %", "PATCH Reading the articles: 60 %"]);
}

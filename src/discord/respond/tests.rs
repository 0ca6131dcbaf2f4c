//! What is seen of a reply that takes long? How many are sent at a time?

use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering::Relaxed;

use axum::Router;
use axum::body::Bytes;
use axum::http::Method;
use serenity::http::HttpBuilder;
use serenity::model::id::ApplicationId;
use tokio::sync::{Barrier, mpsc};

use super::*;
use crate::corpus::LoadProgress;
use crate::discord::under_way::SENDING_MAX;

/// A server that takes every request, and tells what its body says.
async fn server() -> (Http, mpsc::UnboundedReceiver<String>) {
    let (told, bodies) = mpsc::unbounded_channel();
    let take = move |method: Method, body: Bytes| {
        let body: serde_json::Value = serde_json::from_slice(&body).unwrap_or_default();
        // Nobody listens any more once the test is over.
        let _ = told.send(format!("{method} {}", body["content"].as_str().unwrap_or_default()));
        async { "{}" }
    };
    (serve(Router::new().fallback(take)).await, bodies)
}

/// A server that answers so, and the way to it.
async fn serve(router: Router) -> Http {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move { axum::serve(listener, router).await });
    let http = HttpBuilder::new("a.b.c").proxy(origin).ratelimiter_disabled(true);
    http.application_id(ApplicationId::new(1)).build()
}

#[tokio::test]
async fn what_takes_long_says_how_far_it_is_by_editing_the_reply() {
    let (http, mut bodies) = server().await;
    let ticket = Ticket { id: InteractionId::new(1), token: "t".to_owned(), way: Way::Private };
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
    let reply = tell_while(&http, &ticket, (&progress, Text::default()), every, pin!(work)).await;
    assert_eq!(serde_json::to_value(reply.as_edit()).unwrap()["content"], "done");
    // What has not changed is not told again; it may begin with nothing.
    seen.retain(|told| !told.ends_with(": 0 %"));
    assert_eq!(seen, ["PATCH Reading the articles: 10 %", "PATCH Reading the articles: 60 %"]);
}

#[tokio::test]
async fn no_more_responses_are_sent_at_a_time_than_there_are_connections_for() {
    let (at_once, most, arrived) = (Arc::default(), Arc::default(), Arc::new(Barrier::new(SENDING_MAX)));
    let (now, peak): (Arc<AtomicUsize>, Arc<AtomicUsize>) = (Arc::clone(&at_once), Arc::clone(&most));
    let take = move || {
        let (now, peak, arrived) = (Arc::clone(&now), Arc::clone(&peak), Arc::clone(&arrived));
        async move {
            peak.fetch_max(now.fetch_add(1, Relaxed) + 1, Relaxed);
            // None is answered before so many have come.
            arrived.wait().await;
            now.fetch_sub(1, Relaxed);
            "{}"
        }
    };
    let http = serve(Router::new().fallback(take)).await;
    let under_way = UnderWay::new();
    let ticket = Ticket { id: InteractionId::new(1), token: "t".to_owned(), way: Way::Private };
    let response = ticket.defer();
    let responses = (0..3 * SENDING_MAX).map(|_| respond(&under_way, &http, &ticket, &response));
    let sent = futures_util::future::join_all(responses).await;
    assert!(sent.iter().all(Result::is_ok), "{sent:?}");
    assert_eq!(most.load(Relaxed), SENDING_MAX);
    assert_eq!(at_once.load(Relaxed), 0);
}

//! What is done apart from the event that it came with.
//!
//! Hundreds of questions may wait at a time, for the processor, for the store or for Discord. For as long as its event is
//! being handled, serenity and poise keep 40 kB for it, room for all that may be done with any event among it; the work on
//! a question by itself takes a third of that.

/// Does the work in a task of its own, and does not wait for it. Should it panic, `otherwise` is done.
pub fn apart<W, O>(work: W, otherwise: impl FnOnce() -> O + Send + 'static)
where
    W: Future<Output = ()> + Send + 'static,
    O: Future<Output = ()> + Send,
{
    let work = tokio::spawn(work);
    tokio::spawn(async move {
        if work.await.is_err_and(|error| error.is_panic()) {
            otherwise().await;
        }
    });
}

#[cfg(test)]
mod tests {
    use tokio::sync::mpsc;

    use super::*;

    #[tokio::test]
    async fn whoever_waits_for_work_that_panics_is_told() {
        async fn check(work: impl Future<Output = ()> + Send + 'static, expected: Option<&'static str>) {
            let (tell, mut told) = mpsc::unbounded_channel();
            apart(work, move || async move {
                let _ = tell.send("sorry");
            });
            assert_eq!(told.recv().await, expected);
        }
        check(async {}, None).await;
        check(async { panic!("a fault of ours") }, Some("sorry")).await;
        let later = async {
            tokio::task::yield_now().await;
            panic!("a fault of ours");
        };
        check(later, Some("sorry")).await;
    }
}

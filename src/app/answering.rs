//! On which threads are questions answered? On as many as there are processors, which do nothing else: more at a time
//! would gain nothing, and would take the processors from the threads that others wait on. They are always the same,
//! so that what answering needs of memory and of a processor's caches is needed only so often.

use tokio::sync::oneshot;

/// The threads.
#[derive(Debug)]
pub(super) struct Answering(rayon::ThreadPool);

impl Answering {
    /// Starts them.
    ///
    /// # Panics
    ///
    /// Where the system lets no thread be started.
    pub(super) fn start() -> Answering {
        let pool = rayon::ThreadPoolBuilder::new()
            .thread_name(|number| format!("answering-{number}"))
            // The log tells of it; who waits for the result learns that there is none.
            .panic_handler(|_| {})
            .build();
        Answering(pool.expect("threads can be started"))
    }

    /// Does work that takes a processor, first come, first served; `None` where it panics.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let (done, result) = oneshot::channel();
        self.0.spawn_fifo(move || {
            // Whoever asked may have gone while others were answered.
            if !done.is_closed() {
                let _ = done.send(work());
            }
        });
        result.await.ok()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_panic_costs_one_result_and_no_thread() {
        let answering = Answering::start();
        for number in 0..100 {
            let result =
                answering.run(move || if number % 2 == 0 { panic!("as intended") } else { number }).await;
            assert_eq!(result, (number % 2 == 1).then_some(number));
        }
    }
}

//! On which threads are questions answered? On as many as there are processors, which do nothing else: more at a time
//! would gain nothing, and would take the processors from the threads that others wait on. They are always the same,
//! so that what answering needs of memory and of a processor's caches is needed only so often.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::thread;

use tokio::sync::oneshot;

type Work = Box<dyn FnOnce() + Send>;

/// The threads. They end once this is dropped and all is done.
#[derive(Debug)]
pub(super) struct Answering(flume::Sender<Work>);

impl Answering {
    /// Starts them.
    ///
    /// # Panics
    ///
    /// Where the system lets no thread be started.
    pub(super) fn start() -> Answering {
        let (sender, queue) = flume::unbounded::<Work>();
        for number in 0..thread::available_parallelism().map_or(1, usize::from) {
            let queue = queue.clone();
            let thread = thread::Builder::new().name(format!("answering-{number}"));
            let started = thread.spawn(move || {
                // A thread that waits sleeps at once: those of a pool that look for more first would take the processor
                // from the threads on which the answer goes on its way.
                for work in queue {
                    // The log tells of a panic; who waits for the result learns that there is none.
                    let _ = catch_unwind(AssertUnwindSafe(work));
                }
            });
            started.expect("threads can be started");
        }
        Answering(sender)
    }

    /// Does work that takes a processor, first come, first served; `None` where it panics.
    pub(super) async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Option<T> {
        let (done, result) = oneshot::channel();
        let work = move || {
            // Whoever asked may have gone while others were answered.
            if !done.is_closed() {
                let _ = done.send(work());
            }
        };
        // The threads are there as long as this is.
        self.0.send(Box::new(work)).ok()?;
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

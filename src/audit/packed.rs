//! How is what is long, and rarely read, kept small? Deflated (RFC 1951), without a head or a checksum.

use std::cell::RefCell;
use std::io::Read;

use flate2::read::DeflateDecoder;
use flate2::{Compress, Compression, FlushCompress, Status};

/// Bytes made smaller: the same for the same bytes, whichever came before.
///
/// # Panics
///
/// Never: what compresses fails only where it is called in an order that is not allowed.
pub(super) fn deflated(bytes: &[u8]) -> Vec<u8> {
    thread_local! {
        /// It works in 300 kB, which would else be taken and given back for each record.
        static COMPRESS: RefCell<Compress> = RefCell::new(Compress::new(Compression::fast(), false));
    }
    COMPRESS.with_borrow_mut(|compress| {
        compress.reset();
        let mut deflated = Vec::with_capacity(bytes.len() / 2 + 64);
        loop {
            let rest = bytes.get(compress.total_in() as usize..).unwrap_or_default();
            let status = compress.compress_vec(rest, &mut deflated, FlushCompress::Finish);
            match status.expect("no call was left out") {
                Status::StreamEnd => return deflated,
                Status::Ok | Status::BufError => deflated.reserve(deflated.len()),
            }
        }
    })
}

/// What [`deflated`] was given; `None` where it gave nothing like this, or more than `bytes_max`.
pub(super) fn inflated(bytes: &[u8], bytes_max: u64) -> Option<Vec<u8>> {
    let mut inflated = Vec::new();
    let read = DeflateDecoder::new(bytes).take(bytes_max + 1).read_to_end(&mut inflated);
    (read.is_ok() && inflated.len() as u64 <= bytes_max).then_some(inflated)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_deflated_comes_back_and_depends_on_nothing_before() {
        fn check(bytes: &[u8]) {
            let packed = deflated(bytes);
            assert_eq!(inflated(&packed, bytes.len() as u64).as_deref(), Some(bytes));
            assert_eq!(inflated(&packed, (bytes.len() as u64).saturating_sub(1)).is_some(), bytes.is_empty());
            let fresh = std::thread::scope(|scope| scope.spawn(|| deflated(bytes)).join());
            assert_eq!(fresh.ok(), Some(packed));
        }
        // Bytes without an order, which no compression makes smaller.
        let noise: Vec<u8> = (0..40_000u32).map(|n| blake3::hash(&n.to_le_bytes()).as_bytes()[0]).collect();
        check(b"");
        check(b"a");
        check(&noise);
        check(&b"what weapons did Iran seek? ".repeat(100_000));
        check(&noise[..100]);
    }

    #[test]
    fn what_is_not_deflated_is_nothing() {
        assert_eq!(inflated(b"what weapons did Iran seek?", 1_000), None);
        let packed = deflated(&[7; 1_000]);
        assert_eq!(inflated(&packed[..packed.len() - 1], 1_000), None);
    }
}

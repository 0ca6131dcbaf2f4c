//! The measures of retrieval and of confidence, on plain numbers. Knows nothing of questions or articles.
//!
//! A ranking is given as the gains of its articles, best first: 0 where an article is not relevant. The
//! definitions are those of trec_eval, so that other tools compute the same from the same run.

use std::time::Duration;

/// Whether a relevant article stands among the first `k` (Success@k): 1 or 0.
pub fn success_at(k: usize, gains: &[u32]) -> f64 {
    f64::from(u8::from(gains.iter().take(k).any(|&gain| gain > 0)))
}

/// One over the rank of the first relevant article among the first `k`, else 0 (reciprocal rank, the mean of
/// which is MRR@k).
pub fn reciprocal_rank_at(k: usize, gains: &[u32]) -> f64 {
    match gains.iter().take(k).position(|&gain| gain > 0) {
        Some(at) => 1.0 / (at + 1) as f64,
        None => 0.0,
    }
}

/// Discounted cumulative gain of the first `k`, over that of the best order possible: 0 to 1.
///
/// A gain at rank r counts `gain / log2(r + 1)` (Järvelin and Kekäläinen 2002, as trec_eval has it).
/// `relevant` are the gains of all relevant articles, in any order, whether they were found or not.
pub fn ndcg_at(k: usize, gains: &[u32], relevant: &[u32]) -> f64 {
    let mut ideal = relevant.to_vec();
    ideal.sort_unstable_by(|a, b| b.cmp(a));
    let best = dcg_at(k, &ideal);
    if best > 0.0 { dcg_at(k, gains) / best } else { 0.0 }
}

fn dcg_at(k: usize, gains: &[u32]) -> f64 {
    let ranked = gains.iter().take(k).enumerate();
    ranked.map(|(at, &gain)| f64::from(gain) / libm::log2((at + 2) as f64)).sum()
}

/// Area under the ROC curve: the chance that a positive has a higher value than a negative, a tie counting
/// half (Mann and Whitney's U over the number of pairs). `None` where either class is empty. Values must not
/// be NaN.
pub fn auroc(values: &[(f64, bool)]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut wins, mut negatives_below) = (0.0, 0.0);
    for tied in sorted.chunk_by(|a, b| a.0 == b.0) {
        let positives = tied.iter().filter(|(_, positive)| *positive).count() as f64;
        let negatives = tied.len() as f64 - positives;
        wins += positives * (negatives_below + negatives / 2.0);
        negatives_below += negatives;
    }
    let positives = values.len() as f64 - negatives_below;
    let pairs = positives * negatives_below;
    (pairs > 0.0).then(|| wins / pairs)
}

/// The mean; `None` of nothing. Summed in the order given.
pub fn mean(values: impl IntoIterator<Item = f64>) -> Option<f64> {
    let (sum, count) = values.into_iter().fold((0.0, 0usize), |(sum, count), value| (sum + value, count + 1));
    (count > 0).then(|| sum / count as f64)
}

/// The value below or at which the share `p` of the values lie (nearest rank); `None` of nothing. `p` is 0
/// to 1: .5 for the median, .99 for the 99th percentile.
pub fn percentile<T: Ord + Copy>(p: f64, values: &[T]) -> Option<T> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    let rank = (p * sorted.len() as f64).ceil() as usize;
    sorted.get(rank.saturating_sub(1)).copied()
}

/// A duration in milliseconds, to the microsecond.
pub fn milliseconds(duration: Duration) -> f64 {
    duration.as_micros() as f64 / 1e3
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[track_caller]
    fn close(actual: f64, expected: f64) {
        assert!((actual - expected).abs() < 1e-6, "{actual} is not {expected}");
    }

    #[test]
    fn success_looks_at_the_first_k() {
        assert_eq!(success_at(1, &[0, 1]), 0.0);
        assert_eq!(success_at(5, &[0, 1]), 1.0);
        assert_eq!(success_at(5, &[0, 0, 0, 0, 0, 1]), 0.0);
        assert_eq!(success_at(1, &[]), 0.0);
    }

    #[test]
    fn reciprocal_rank_of_the_first_relevant() {
        close(reciprocal_rank_at(10, &[0, 0, 2, 1]), 1.0 / 3.0);
        close(reciprocal_rank_at(10, &[0; 10]), 0.0);
        close(reciprocal_rank_at(2, &[0, 0, 1]), 0.0);
    }

    #[test]
    fn ndcg_by_hand() {
        // 3/log2(2) + 0 + 2/log2(4) = 4, over 3/log2(2) + 2/log2(3) + 1/log2(4) = 4.761860.
        close(ndcg_at(10, &[3, 0, 2], &[1, 2, 3]), 4.0 / 4.761_859_5);
        close(ndcg_at(10, &[1], &[1]), 1.0);
        close(ndcg_at(10, &[0, 1], &[1]), 1.0 / 1.584_962_5);
        close(ndcg_at(10, &[0, 0], &[]), 0.0);
        // Only the first k of the ideal order count.
        close(ndcg_at(1, &[1], &[1, 1, 1]), 1.0);
    }

    #[test]
    fn auroc_by_hand() {
        let auroc_of = |values: &[(f64, u8)]| {
            auroc(&values.iter().map(|&(value, class)| (value, class == 1)).collect::<Vec<_>>())
        };
        assert_eq!(auroc_of(&[(0.9, 1), (0.1, 0)]), Some(1.0));
        assert_eq!(auroc_of(&[(0.1, 1), (0.9, 0)]), Some(0.0));
        assert_eq!(auroc_of(&[(0.5, 1), (0.5, 0)]), Some(0.5));
        // Pairs (.8,.6) (.8,.3) (.3,.6) (.3,.3): two won, one lost, one tied.
        assert_eq!(auroc_of(&[(0.8, 1), (0.3, 1), (0.6, 0), (0.3, 0)]), Some(0.625));
        assert_eq!(auroc_of(&[(0.8, 1)]), None);
        assert_eq!(auroc_of(&[]), None);
    }

    #[test]
    fn percentiles_by_nearest_rank() {
        assert_eq!(percentile(0.5, &[3, 1, 2]), Some(2));
        assert_eq!(percentile(0.5, &[4, 1, 2, 3]), Some(2));
        assert_eq!(percentile(0.99, &(1..=200).collect::<Vec<_>>()), Some(198));
        assert_eq!(percentile(0.99, &[7]), Some(7));
        assert_eq!(percentile::<u32>(0.5, &[]), None);
    }

    #[test]
    fn mean_of_some_and_of_none() {
        assert_eq!(mean([1.0, 2.0]), Some(1.5));
        assert_eq!(mean([]), None);
    }

    proptest! {
        #[test]
        fn measures_stay_in_range(gains in prop::collection::vec(0u32..5, 0..20), k in 0usize..15) {
            for measure in [success_at(k, &gains), reciprocal_rank_at(k, &gains), ndcg_at(k, &gains, &gains)] {
                prop_assert!((0.0..=1.0 + 1e-12).contains(&measure), "{measure}");
            }
        }

        #[test]
        fn auroc_is_the_share_of_pairs_won(values in prop::collection::vec((0u8..6, any::<bool>()), 0..30)) {
            let values: Vec<_> = values.into_iter().map(|(value, class)| (f64::from(value), class)).collect();
            let (mut won, mut pairs) = (0.0, 0.0);
            for (positive, _) in values.iter().filter(|(_, class)| *class) {
                for (negative, _) in values.iter().filter(|(_, class)| !*class) {
                    pairs += 1.0;
                    won += if positive > negative { 1.0 } else if positive == negative { 0.5 } else { 0.0 };
                }
            }
            prop_assert_eq!(auroc(&values), (pairs > 0.0).then(|| won / pairs));
        }
    }
}

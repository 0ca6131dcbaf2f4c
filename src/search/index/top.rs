//! The best articles for a query, without reading all postings.
//!
//! The postings of a term come in layers, each with the highest weight in it (see [`super::postings`]). Layers
//! are read one after the other; each article met is scored in full, by looking it up among the other terms.
//! What an article can score that was in no layer so far is at most the sum, over the terms, of the highest
//! weight in the layers still unread. Once that is below the score of the k-th best article, the rest need not
//! be read. (MaxScore, Turtle & Flood, "Query Evaluation: Strategies and Optimizations", 1995, with lists split
//! by impact; the next layer is the one that lowers the sum most for each posting.)
//!
//! A score is the sum of its terms in the order of the query, whichever way the article was found, so that it
//! has the same bits as one that is added up in full. Bounds are sums in another order, and so compared with
//! some slack.

use super::lengths::Lengths;
use super::postings::{LAST_LEVEL, LEVELS, Layer, Postings, Term};
use super::{ArticleNo, Hit, WeightedTerm};

/// The most articles that are looked for in this way: for more, there is little to leave unread.
pub(super) const PRUNED_K_MAX: usize = 128;

/// What a bound is raised by before an article is passed over for it: far more than the rounding of a sum of any
/// query, far less than what tells two scores apart.
const SLACK: f64 = 1.0 + 1e-9;

/// What it costs to begin a layer, in postings.
const LAYER_COST: f64 = 16.0;

/// The `k` best articles, for `k` up to [`PRUNED_K_MAX`].
pub(super) fn pruned(postings: &Postings, lengths: &Lengths, query: &[WeightedTerm], k: usize) -> Vec<Hit> {
    if k == 0 {
        return Vec::new();
    }
    let terms = query.iter().filter(|weighted| weighted.weight > 0.0);
    let terms: Vec<Reader> = terms
        .map(|&WeightedTerm { term, weight }| Reader::new(postings.term(term), weight, lengths))
        .filter(|reader| reader.left > 0.0)
        .collect();
    let floor = terms.iter().map(|reader| reader.weight * reader.term.reached_by(k)).fold(0.0, f64::max);
    let best = Best { hits: Vec::with_capacity(k + 1), k, floor };
    let found = vec![0.0; terms.len()];
    let mut search = Search { terms, lengths, best, found, order: Vec::new() };
    search.run();
    search.best.hits
}

/// The `k` best articles, for any `k`: adds up every posting.
pub(super) fn exhaustive(
    postings: &Postings,
    lengths: &Lengths,
    query: &[WeightedTerm],
    k: usize,
) -> Vec<Hit> {
    let mut scores = vec![0.0f64; postings.article_count()];
    for &WeightedTerm { term, weight } in query.iter().filter(|weighted| weighted.weight > 0.0) {
        let term = postings.term(term);
        for layer in term.layers(lengths) {
            for window in 0..term.window_count() {
                term.scan(layer.level, window, |article, tf| {
                    if let Some(score) = scores.get_mut(article as usize) {
                        *score += weight * lengths.weight(tf, article);
                    }
                });
            }
        }
    }
    let scored = (0..).zip(&scores).filter(|&(_, &score)| score > 0.0);
    let mut hits: Vec<Hit> = scored.map(|(article, &score)| Hit { article, score }).collect();
    if hits.len() > k {
        hits.select_nth_unstable_by(k, order);
        hits.truncate(k);
    }
    hits.sort_unstable_by(order);
    hits
}

/// Best first, equal scores in article order.
fn order(a: &Hit, b: &Hit) -> std::cmp::Ordering {
    b.score.total_cmp(&a.score).then(a.article.cmp(&b.article))
}

/// A term of the query while it is looked for.
struct Reader<'a> {
    term: Term<'a>,
    weight: f64,
    /// What is not read yet, the highest weight last.
    layers: Vec<Layer>,
    /// The levels that are read.
    done: [bool; LEVELS],
    /// The most that it adds to the score of an article in no layer read so far.
    left: f64,
}

impl<'a> Reader<'a> {
    fn new(term: Term<'a>, weight: f64, lengths: &Lengths) -> Reader<'a> {
        let mut layers: Vec<Layer> = term.layers(lengths).collect();
        layers.sort_by(|a, b| a.top.total_cmp(&b.top));
        let left = layers.last().map_or(0.0, |layer| weight * layer.top);
        Reader { term, weight, layers, done: [false; LEVELS], left }
    }

    /// What is left once `count` more layers are read.
    fn left_after(&self, count: usize) -> f64 {
        let last = self.layers.len().checked_sub(count + 1).and_then(|at| self.layers.get(at));
        last.map_or(0.0, |layer| self.weight * layer.top)
    }

    /// By how much reading on lowers what is left, for each posting.
    fn gain(&self) -> f64 {
        let mut cost = 0.0;
        let mut best = 0.0f64;
        for (count, layer) in (1..).zip(self.layers.iter().rev()) {
            cost += LAYER_COST + f64::from(layer.count);
            best = best.max((self.left - self.left_after(count)) / cost);
        }
        best
    }
}

struct Search<'a> {
    terms: Vec<Reader<'a>>,
    lengths: &'a Lengths,
    best: Best,
    /// What each term adds to the article that is looked at.
    found: Vec<f64>,
    /// The terms other than the one that is read, in the order in which an article is looked up in them.
    order: Vec<usize>,
}

impl Search<'_> {
    fn run(&mut self) {
        loop {
            let left: f64 = self.terms.iter().map(|reader| reader.left).sum();
            if left <= 0.0 || left * SLACK < self.best.floor {
                return;
            }
            let unread = self.terms.iter().enumerate().filter(|(_, reader)| !reader.layers.is_empty());
            let gains = unread.map(|(at, reader)| (at, reader.gain()));
            let Some((at, _)) = gains.reduce(|best, other| if other.1 > best.1 { other } else { best }) else {
                return;
            };
            let Some(layer) = self.terms.get_mut(at).and_then(|reader| reader.layers.pop()) else { return };
            self.read(at, layer);
            if let Some(reader) = self.terms.get_mut(at) {
                reader.done[layer.level] = true;
                reader.left = reader.left_after(0);
            }
        }
    }

    /// Reads a layer of the term at `at`.
    fn read(&mut self, at: usize, layer: Layer) {
        let Reader { term, weight, .. } = self.terms[at];
        self.order = (0..self.terms.len()).filter(|&other| other != at).collect();
        let terms = &self.terms;
        // What is cheap to look up comes first, then what takes most away from the bound.
        self.order.sort_by(|&a, &b| {
            let (a, b) = (&terms[a], &terms[b]);
            b.term.is_dense().cmp(&a.term.is_dense()).then(b.left.total_cmp(&a.left))
        });
        let others: f64 = self.order.iter().map(|&other| terms[other].left).sum();
        // Without other terms the bound is the score itself.
        let slack = if self.order.is_empty() { 1.0 } else { SLACK };
        let lengths = self.lengths;
        if layer.level == LAST_LEVEL || term.is_rare() {
            for window in 0..term.window_count() {
                term.scan(layer.level, window, |article, tf| {
                    let own = weight * lengths.weight(tf, article);
                    if (own + others) * slack >= self.best.floor {
                        self.look_at(at, article, own, others);
                    }
                });
            }
            return;
        }
        let tf = layer.level as u32 + 1;
        let classes = lengths.classes();
        let mut floor = self.best.floor;
        let mut limit = self.class_limit(weight, tf, others, slack);
        for window in 0..term.window_count() {
            if limit == 0 {
                return;
            }
            term.scan(layer.level, window, |article, _| {
                let class = classes.get(article as usize).copied().unwrap_or(0);
                if u16::from(class) < limit {
                    let own = weight * lengths.weight(tf, article);
                    self.look_at(at, article, own, others);
                    if self.best.floor > floor {
                        floor = self.best.floor;
                        limit = self.class_limit(weight, tf, others, slack);
                    }
                }
            });
        }
    }

    /// How many classes of length, from the shortest, are short enough for an article with this frequency to be
    /// among the best.
    fn class_limit(&self, weight: f64, tf: u32, others: f64, slack: f64) -> u16 {
        let bounds = self.lengths.class_bounds();
        let count = bounds.partition_point(|&(shortest, _)| {
            (weight * self.lengths.weight_at(tf, shortest) + others) * slack >= self.best.floor
        });
        count as u16
    }

    /// Scores an article that holds the term at `at`, unless it turns out too low on the way; `others` is the most
    /// that the other terms add.
    fn look_at(&mut self, at: usize, article: ArticleNo, own: f64, others: f64) {
        let mut bound = own + others;
        for &other in &self.order {
            let reader = &self.terms[other];
            let mut adds = 0.0;
            if reader.left > 0.0 {
                // An article in a level that is done was looked at when that was read.
                let Some(tf) = reader.term.tf_outside(reader.done, article) else { return };
                if tf > 0 {
                    adds = reader.weight * self.lengths.weight(tf, article);
                }
                bound += adds - reader.left;
                if bound * SLACK < self.best.floor {
                    return;
                }
            }
            self.found[other] = adds;
        }
        self.found[at] = own;
        self.best.offer(Hit { article, score: self.found.iter().sum() });
    }
}

/// The best articles so far, best first.
struct Best {
    hits: Vec<Hit>,
    k: usize,
    /// As many articles as are looked for are known to score this, so that none below it counts.
    floor: f64,
}

impl Best {
    fn offer(&mut self, hit: Hit) {
        let is_full = self.hits.len() >= self.k;
        if is_full && self.hits.last().is_some_and(|last| order(&hit, last).is_ge()) {
            return;
        }
        // An article may be met again, then with less than its score: what is read is not looked up again.
        if self.hits.iter().any(|other| other.article == hit.article) {
            return;
        }
        let at = self.hits.partition_point(|other| order(other, &hit).is_lt());
        self.hits.insert(at, hit);
        self.hits.truncate(self.k);
        if self.hits.len() >= self.k {
            self.floor = self.hits.last().map_or(0.0, |last| last.score).max(self.floor);
        }
    }
}

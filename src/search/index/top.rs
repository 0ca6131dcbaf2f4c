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

use super::lengths::{GROUPS, Lengths};
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
        .filter(|reader| reader.left[0] > 0.0)
        .collect();
    let floor = terms.iter().map(|reader| reader.weight * reader.term.reached_by(k)).fold(0.0, f64::max);
    let best = Best { hits: Vec::with_capacity(k + 1), k, floor };
    let found = vec![0.0; terms.len()];
    let mut search = Search { terms, lengths, best, found, order: Vec::new(), others: [0.0; GROUPS] };
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
    /// The most that it adds to the score of an article in no layer read so far, by group of length.
    left: [f64; GROUPS],
    /// By how much reading on lowers what is left, for each posting.
    gain: f64,
}

impl<'a> Reader<'a> {
    fn new(term: Term<'a>, weight: f64, lengths: &Lengths) -> Reader<'a> {
        let mut layers: Vec<Layer> = term.layers(lengths).collect();
        layers.sort_by(|a, b| a.top.total_cmp(&b.top));
        let (left, gain) = ([0.0; GROUPS], 0.0);
        let mut reader = Reader { term, weight, layers, done: [false; LEVELS], left, gain };
        reader.bound(lengths);
        reader
    }

    /// Works out what is left, and what reading on gains.
    fn bound(&mut self, lengths: &Lengths) {
        let Some(top) = self.layers.last().map(|layer| layer.top) else {
            self.left = [0.0; GROUPS];
            return;
        };
        let tf_max = self.layers.iter().map(|layer| layer.tf_max).max().unwrap_or(0);
        self.left = lengths.group_weights(tf_max).map(|weight| self.weight * top.min(weight));
        let mut cost = 0.0;
        self.gain = 0.0;
        let mut layers = self.layers.iter().rev().peekable();
        while let Some(layer) = layers.next() {
            cost += LAYER_COST + f64::from(layer.count);
            let after = layers.peek().map_or(0.0, |next| next.top);
            self.gain = self.gain.max(self.weight * (top - after) / cost);
        }
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
    /// The most that these add, by group of length.
    others: [f64; GROUPS],
}

impl Search<'_> {
    fn run(&mut self) {
        loop {
            let left: f64 = self.terms.iter().map(|reader| reader.left[0]).sum();
            if left <= 0.0 || left * SLACK < self.best.floor {
                return;
            }
            let unread = self.terms.iter().enumerate().filter(|(_, reader)| !reader.layers.is_empty());
            let gains = unread.map(|(at, reader)| (at, reader.gain));
            let Some((at, _)) = gains.reduce(|best, other| if other.1 > best.1 { other } else { best })
            else {
                return;
            };
            let Some(layer) = self.terms.get_mut(at).and_then(|reader| reader.layers.pop()) else { return };
            self.read(at, layer);
            if let Some(reader) = self.terms.get_mut(at) {
                reader.done[layer.level] = true;
                reader.bound(self.lengths);
            }
        }
    }

    /// Reads a layer of the term at `at`.
    fn read(&mut self, at: usize, layer: Layer) {
        let Reader { term, weight, .. } = self.terms[at];
        let terms = &self.terms;
        self.order.clear();
        self.order.extend((0..terms.len()).filter(|&other| other != at && terms[other].left[0] > 0.0));
        // What is cheap to look up comes first, then what takes most away from the bound.
        self.order.sort_unstable_by(|&a, &b| {
            let (a, b) = (&terms[a], &terms[b]);
            b.term.is_dense().cmp(&a.term.is_dense()).then(b.left[0].total_cmp(&a.left[0]))
        });
        self.others =
            std::array::from_fn(|group| self.order.iter().map(|&other| terms[other].left[group]).sum());
        self.found.fill(0.0);
        // Without other terms the bound is the score itself.
        let slack = if self.order.is_empty() { 1.0 } else { SLACK };
        if layer.level == LAST_LEVEL || term.is_rare() {
            for window in 0..term.window_count() {
                term.scan(layer.level, window, |article, tf| self.look_at(at, article, weight, tf, slack));
            }
            return;
        }
        let tf = layer.level as u32 + 1;
        let lengths = self.lengths;
        let mut floor = self.best.floor;
        let mut limit = self.class_limit(weight, tf, slack);
        for window in 0..term.window_count() {
            if limit == 0 {
                return;
            }
            term.scan(layer.level, window, |article, _| {
                if u16::from(lengths.class(article)) < limit {
                    self.look_at(at, article, weight, tf, slack);
                    if self.best.floor > floor {
                        floor = self.best.floor;
                        limit = self.class_limit(weight, tf, slack);
                    }
                }
            });
        }
    }

    /// How many classes of length, from the shortest, are short enough for an article with this frequency to be
    /// among the best.
    fn class_limit(&self, weight: f64, tf: u32, slack: f64) -> u16 {
        let (mut low, mut high) = (0, self.lengths.class_bounds().len());
        while low < high {
            let class = usize::midpoint(low, high);
            let others = self.others[self.lengths.group(class as u8)];
            let own = weight * self.lengths.class_weight(tf, class as u8);
            if (own + others) * slack >= self.best.floor {
                low = class + 1;
            } else {
                high = class;
            }
        }
        low as u16
    }

    /// Scores an article that holds the term at `at` so many times, unless it turns out too low on the way.
    fn look_at(&mut self, at: usize, article: ArticleNo, weight: f64, tf: u32, slack: f64) {
        let class = self.lengths.class(article);
        let group = self.lengths.group(class);
        let own = weight * self.lengths.weight_in(tf, article, class);
        let mut bound = own + self.others[group];
        if bound * slack < self.best.floor {
            return;
        }
        for &other in &self.order {
            let reader = &self.terms[other];
            // An article in a level that is done was looked at when that was read.
            let Some(tf) = reader.term.tf_outside(reader.done, article) else { return };
            let adds = if tf > 0 { reader.weight * self.lengths.weight_in(tf, article, class) } else { 0.0 };
            bound += adds - reader.left[group];
            if bound * SLACK < self.best.floor {
                return;
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

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
//! a margin.
//!
//! Most articles of a layer are passed over by a [`Filter`], which knows the two terms that matter most, and costs
//! a few steps.

use super::lengths::{GROUPS, Lengths};
use super::postings::{LEVELS, Layer, Postings, Term, nibble};
use super::{ArticleNo, Hit, WeightedTerm};

/// The most articles that are looked for in this way: for more, there is little to leave unread.
pub(super) const PRUNED_K_MAX: usize = 128;

/// What a bound is raised by before an article is passed over for it, as a share of the highest sum there can be:
/// far more than the rounding of the sums of any query, far less than what tells two scores apart.
const MARGIN: f64 = 1e-12;

/// A filter costs more to make than it saves on a layer of fewer postings than this.
const FILTERED_MIN: u32 = 48;

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
    // The bound of a single term is its score itself.
    let total: f64 = terms.iter().map(|reader| reader.left[0]).sum();
    let margin = if terms.len() > 1 { MARGIN * total } else { 0.0 };
    let (order, others) = (Vec::with_capacity(terms.len()), [0.0; GROUPS]);
    let mut search = Search { terms, lengths, best, margin, found, order, others };
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
    /// What a bound is raised by.
    margin: f64,
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
            if left <= 0.0 || left + self.margin < self.best.floor {
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
        // What takes most away from the bound comes first; a look into a dense term costs half.
        let worth = |reader: &Reader| reader.left[0] * if reader.term.is_dense() { 2.0 } else { 1.0 };
        self.order.sort_unstable_by(|&a, &b| worth(&terms[b]).total_cmp(&worth(&terms[a])));
        self.others =
            std::array::from_fn(|group| self.order.iter().map(|&other| terms[other].left[group]).sum());
        self.found.fill(0.0);
        if term.is_rare() || layer.count < FILTERED_MIN {
            for window in 0..term.window_count() {
                term.scan(layer.level, window, |article, tf| self.look_at(at, article, weight, tf));
            }
            return;
        }
        let lengths = self.lengths;
        let mut filter = Filter::new(self, weight, &layer);
        for window in 0..term.window_count() {
            filter.adjust(self);
            if filter.is_shut() {
                return;
            }
            let made = filter.terms.map(|other| other.map(|at| self.terms[at].term.nibbles(window)));
            let nibbles = made.each_ref().map(|words| words.as_deref().unwrap_or_default());
            term.scan(layer.level, window, |article, tf| {
                let stands = nibbles.map(|words| nibble(words, article).min(OFTEN) as usize);
                if u16::from(lengths.class(article)) < filter.limits[stands[0]][stands[1]] {
                    self.look_at(at, article, weight, tf);
                    filter.passed += 1;
                    // Limits that are not adjusted let more through, so this can wait.
                    if filter.passed.is_power_of_two() {
                        filter.adjust(self);
                    }
                }
            });
        }
    }

    /// Scores an article that holds the term at `at` so many times, unless it turns out too low on the way.
    fn look_at(&mut self, at: usize, article: ArticleNo, weight: f64, tf: u32) {
        let class = self.lengths.class(article);
        let group = self.lengths.group(class);
        let own = weight * self.lengths.weight_in(tf, article, class);
        let mut bound = own + self.others[group];
        if bound + self.margin < self.best.floor {
            return;
        }
        for &other in &self.order {
            let reader = &self.terms[other];
            // An article in a level that is done was looked at when that was read.
            let Some(tf) = reader.term.tf_outside(reader.done, article) else { return };
            let adds = if tf > 0 { reader.weight * self.lengths.weight_in(tf, article, class) } else { 0.0 };
            bound += adds - reader.left[group];
            if bound + self.margin < self.best.floor {
                return;
            }
            self.found[other] = adds;
        }
        self.found[at] = own;
        self.best.offer(Hit { article, score: self.found.iter().sum() });
    }
}

/// A term that stands so often in an article or more is taken for as much as can be.
const OFTEN: u32 = 3;

/// Tells which articles of a layer can be among the best, from what two other terms and the length say.
struct Filter {
    /// The two terms.
    terms: [Option<usize>; 2],
    /// How many classes of length, from the shortest, are short enough: by how often the two terms stand in the
    /// article.
    limits: [[u16; OFTEN as usize + 1]; OFTEN as usize + 1],
    /// What an article had to reach when they were worked out.
    floor: f64,
    /// How many articles passed.
    passed: u32,
    /// Of the term and layer that are read.
    weight: f64,
    tf_max: u32,
    top: f64,
    /// The most that the others add, but for the two, by group of length.
    rest: [f64; GROUPS],
}

impl Filter {
    fn new(search: &Search, weight: f64, layer: &Layer) -> Filter {
        let is_soon = |&other: &usize| search.terms[other].term.is_marked_soon(layer.count);
        let mut soon = search.order.iter().copied().filter(is_soon);
        let terms = [soon.next(), soon.next()];
        let others = search.order.iter().filter(|&&other| !terms.contains(&Some(other)));
        let rest =
            std::array::from_fn(|group| others.clone().map(|&other| search.terms[other].left[group]).sum());
        let limits = [[0; OFTEN as usize + 1]; OFTEN as usize + 1];
        let (tf_max, top) = (layer.tf_max, weight * layer.top);
        Filter { terms, limits, floor: -1.0, passed: 0, weight, tf_max, top, rest }
    }

    /// Brings the limits up to what is best by now.
    fn adjust(&mut self, search: &Search) {
        if search.best.floor <= self.floor {
            return;
        }
        self.floor = search.best.floor;
        let [first, second] = self.terms.map(|at| at.and_then(|at| search.terms.get(at)));
        let limit = |first_tf: u32, second_tf: u32| {
            // Nothing is to be looked at that was looked at when a level was read.
            let is_done = |reader: Option<&Reader>, tf: u32| match reader {
                None => tf > 0,
                Some(reader) => {
                    tf > 0
                        && (tf as usize - 1..LEVELS)
                            .take(if tf < OFTEN { 1 } else { 2 })
                            .all(|level| reader.done[level])
                }
            };
            if is_done(first, first_tf) || is_done(second, second_tf) {
                return 0;
            }
            let adds = |reader: Option<&Reader>, tf: u32, class: u8, group: usize| match (reader, tf) {
                (None, _) | (_, 0) => 0.0,
                (Some(reader), OFTEN) => reader.left[group],
                (Some(reader), tf) => reader.weight * search.lengths.class_weight(tf, class),
            };
            let reaches = |class: u8| {
                let group = search.lengths.group(class);
                let own = self.top.min(self.weight * search.lengths.class_weight(self.tf_max, class));
                let others = adds(first, first_tf, class, group) + adds(second, second_tf, class, group);
                own + others + self.rest[group] + search.margin >= search.best.floor
            };
            // Mostly none reaches it, or all do.
            let count = search.lengths.class_bounds().len();
            if !reaches(0) {
                return 0;
            }
            if reaches(count.saturating_sub(1) as u8) {
                return count as u16;
            }
            let (mut low, mut high) = (1, count - 1);
            while low < high {
                let middle = usize::midpoint(low, high);
                if reaches(middle as u8) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            low as u16
        };
        self.limits =
            std::array::from_fn(|first| std::array::from_fn(|second| limit(first as u32, second as u32)));
    }

    /// Whether nothing passes any more.
    fn is_shut(&self) -> bool {
        self.limits.iter().flatten().all(|&limit| limit == 0)
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

//! The best articles for a query, without reading all postings.
//!
//! The postings of a term come in layers, each with the highest weight in it (see [`super::postings`]). Layers
//! are read one after the other; the articles met that can be among the best pass a [`Sieve`], where most drop out
//! at the cost of a few steps; the others are scored in full, by looking them up among the other terms. What an
//! article can score that was in no layer so far is at most the sum, over the terms, of the highest
//! weight in the layers still unread. Once that is below the score of the k-th best article, the rest need not
//! be read. (MaxScore, Turtle & Flood, "Query Evaluation: Strategies and Optimizations", 1995, with lists split
//! by impact; the next layer is the one that lowers the sum most for each posting.)
//!
//! A score is the sum of its terms in the order of the query, whichever way the article was found, so that it
//! has the same bits as one that is added up in full. Bounds are sums in another order, and so compared with
//! a margin.

use super::docs::{DocNo, Docs};
use super::lengths::{GROUPS, Lengths, Stretch};
use super::postings::{LAST_LEVEL, LEVELS, Layer, OFTEN, Term};
use super::sieve::{Changes, Scale, Sieve, doc_of};
use super::{Hit, Index, WeightedTerm};

/// What a bound is raised by before an article is passed over for it, as a share of the highest sum there can be:
/// far more than the rounding of the sums of any query, far less than what tells two scores apart.
const MARGIN: f64 = 1e-12;

/// In a layer of no more postings than this, all are scored: a sieve costs more than it saves.
const DIRECT_MAX: u32 = 16;

/// So many articles are scored together: enough that what is read of them is under way at once, few enough that what
/// the first of them score spares much of the rest. Measured: 4 to 16 hardly differ.
const TOGETHER: usize = 8;

/// A look into a dense term takes a single step: it comes before a look into another term that is not worth so many
/// times as much. Measured: 1 to 3 hardly differ.
const DENSE_WORTH: f64 = 1.5;

/// What it costs to begin a layer, in postings.
const LAYER_COST: f64 = 16.0;

/// The `k` best articles.
pub(super) fn top(index: &Index, query: &[WeightedTerm], k: usize) -> Vec<Hit> {
    let Index { docs, postings, lengths } = index;
    if k == 0 {
        return Vec::new();
    }
    let mut terms: Vec<Reader> = Vec::with_capacity(query.len());
    for &WeightedTerm { term, weight } in query {
        let term = postings.term(term);
        if weight > 0.0 && !term.is_empty() {
            terms.push(Reader::new(term, weight, lengths));
        }
    }
    let floor = terms.iter().map(|reader| reader.weight * reader.term.reached_by(k)).fold(0.0, f64::max);
    let best = Best { hits: Vec::with_capacity(k.min(postings.article_count()) + 1), k, floor };
    let total: f64 = terms.iter().map(|reader| reader.left[0]).sum();
    // The bound of a single term is its score itself.
    let margin = if terms.len() > 1 { MARGIN * total } else { 0.0 };
    let (order, changes) = (Vec::with_capacity(terms.len()), Vec::with_capacity(terms.len()));
    let others = [0.0; GROUPS];
    let mut search =
        Search { terms, docs, lengths, best, margin, scale: Scale::new(total), order, others, changes };
    search.run(&mut Sieve::new());
    search.best.hits
}

/// Best first, equal scores in article order.
pub(super) fn order(a: &Hit, b: &Hit) -> std::cmp::Ordering {
    b.score.total_cmp(&a.score).then(a.article.cmp(&b.article))
}

/// A term of the query while it is looked for.
struct Reader<'a> {
    term: Term<'a>,
    weight: f64,
    /// By weight, the highest last; `unread` of them are not read yet.
    layers: [Layer; LEVELS],
    unread: usize,
    /// The levels that are read.
    done: [bool; LEVELS],
    /// The most that it adds to the score of an article in no layer read so far, by group of length.
    left: [f64; GROUPS],
    /// By how much reading on lowers what is left, for each posting.
    gain: f64,
}

impl<'a> Reader<'a> {
    fn new(term: Term<'a>, weight: f64, lengths: &Lengths) -> Reader<'a> {
        let mut layers = term.layers(lengths);
        // Those that are empty, without a weight, come last.
        layers.sort_by(|a, b| (a.count == 0).cmp(&(b.count == 0)).then(a.top.total_cmp(&b.top)));
        let unread = layers.iter().filter(|layer| layer.count > 0).count();
        let (left, gain) = ([0.0; GROUPS], 0.0);
        let mut reader = Reader { term, weight, layers, unread, done: [false; LEVELS], left, gain };
        reader.bound(lengths);
        reader
    }

    fn unread(&self) -> &[Layer] {
        self.layers.get(..self.unread).unwrap_or_default()
    }

    /// Takes the layer with the highest weight.
    fn next(&mut self) -> Option<Layer> {
        let layer = self.unread().last().copied();
        self.unread = self.unread.saturating_sub(1);
        layer
    }

    /// Works out what is left, and what reading on gains.
    fn bound(&mut self, lengths: &Lengths) {
        let Some(top) = self.unread().last().map(|layer| layer.top) else {
            self.left = [0.0; GROUPS];
            return;
        };
        let tf_max = self.unread().iter().map(|layer| layer.tf_max).max().unwrap_or(0);
        self.left = lengths.group_weights(tf_max).map(|weight| self.weight * top.min(weight));
        let mut cost = 0.0;
        let mut gain: f64 = 0.0;
        let mut layers = self.unread().iter().rev().peekable();
        while let Some(layer) = layers.next() {
            cost += LAYER_COST + f64::from(layer.count);
            let after = layers.peek().map_or(0.0, |next| next.top);
            gain = gain.max(self.weight * (top - after) / cost);
        }
        self.gain = gain;
    }
}

/// What is known while the articles for a query are looked for.
struct Search<'a> {
    terms: Vec<Reader<'a>>,
    docs: &'a Docs,
    lengths: &'a Lengths,
    best: Best,
    /// What a bound is raised by.
    margin: f64,
    /// Of scores, for the sieve.
    scale: Scale,
    /// The terms other than the one that is read, in the order in which an article is looked up in them.
    order: Vec<usize>,
    /// The most that these add, by group of length.
    others: [f64; GROUPS],
    /// What a look into each of these changes.
    changes: Vec<Changes>,
}

impl Search<'_> {
    fn run(&mut self, sieve: &mut Sieve) {
        loop {
            let left: f64 = self.terms.iter().map(|reader| reader.left[0]).sum();
            if left <= 0.0 || left + self.margin < self.best.floor {
                return;
            }
            let unread = self.terms.iter().enumerate().filter(|(_, reader)| reader.unread > 0);
            let gains = unread.map(|(at, reader)| (at, reader.gain));
            let Some((at, _)) = gains.reduce(|best, other| if other.1 > best.1 { other } else { best })
            else {
                return;
            };
            let Some(layer) = self.terms.get_mut(at).and_then(Reader::next) else { return };
            self.read(at, layer, sieve);
            if let Some(reader) = self.terms.get_mut(at) {
                reader.done[layer.level] = true;
                reader.bound(self.lengths);
            }
        }
    }

    /// Reads a layer of the term at `at`.
    fn read(&mut self, at: usize, layer: Layer, sieve: &mut Sieve) {
        let Reader { term, weight, .. } = self.terms[at];
        let (terms, docs, lengths) = (&self.terms, self.docs, self.lengths);
        if layer.count <= DIRECT_MAX {
            let mut found = Vec::with_capacity(layer.count as usize);
            term.all(layer.level, |doc| found.push(doc));
            for found in found.chunks(TOGETHER) {
                score(terms, (docs, lengths), at, found, &mut self.best);
            }
            return;
        }
        self.order.clear();
        self.order.extend((0..terms.len()).filter(|&other| other != at && terms[other].left[0] > 0.0));
        // What takes most away from the bound comes first.
        let worth = |reader: &Reader| reader.left[0] * if reader.term.is_dense() { DENSE_WORTH } else { 1.0 };
        self.order.sort_unstable_by(|&a, &b| worth(&terms[b]).total_cmp(&worth(&terms[a])));
        self.others =
            std::array::from_fn(|group| self.order.iter().map(|&other| terms[other].left[group]).sum());
        let mut limits = Limits::new(weight, layer);
        limits.adjust(self);
        let Some(longest) = limits.end.checked_sub(1) else { return };
        let groups = lengths.group(lengths.class(longest)) + 1;
        self.changes.clear();
        self.changes.extend(self.order.iter().map(|&other| {
            let Reader { weight, left, done, .. } = &terms[other];
            self.scale.changes(lengths, *weight, &left[..groups], *done)
        }));
        let own = lengths.group_weights(layer.tf_max).map(|most| weight * most.min(layer.top));
        let keys: [i64; GROUPS] =
            std::array::from_fn(|group| self.scale.key(own[group] + self.others[group], group));
        sieve.begin();
        'all: for (window, stretches) in lengths.stretches().iter().enumerate() {
            let mut scan = term.scan(layer.level, window);
            for &Stretch { end, group } in stretches {
                limits.adjust(self);
                let (key, tf_min, last) = (keys[group], limits.tfs[group], end.min(limits.end));
                scan.before(last, |doc, tf| {
                    sieve.put(key, doc, tf >= tf_min);
                    if sieve.is_full() {
                        self.sift(at, sieve);
                    }
                });
                if last < end {
                    // What follows is longer.
                    break 'all;
                }
            }
        }
        self.sift(at, sieve);
    }

    /// Scores the articles of a batch that can be among the best.
    fn sift(&mut self, at: usize, sieve: &mut Sieve) {
        let Search { terms, docs, lengths, best, order, changes, scale, .. } = self;
        let others = order.iter().map(|&other| &terms[other].term).zip(changes.iter());
        let mut left = sieve.sift(others, scale.low(best.floor));
        loop {
            let (mut found, mut count) = ([0; TOGETHER], 0);
            let low = scale.low(best.floor);
            for (place, key) in found.iter_mut().zip(left.by_ref().take_while(|key| *key >= low)) {
                *place = doc_of(key);
                count += 1;
            }
            if count == 0 {
                return;
            }
            score(terms, (docs, lengths), at, &found[..count], best);
        }
    }
}

/// Scores up to [`TOGETHER`] articles that hold the term at `at`, but for those that were scored before.
fn score(terms: &[Reader], (docs, lengths): (&Docs, &Lengths), at: usize, found: &[DocNo], best: &mut Best) {
    let mut classes = [0; TOGETHER];
    let mut sights = [0; TOGETHER];
    let mut scores = [0.0; TOGETHER];
    let mut is_done = [false; TOGETHER];
    for (class, &doc) in classes.iter_mut().zip(found) {
        *class = lengths.class(doc);
    }
    for (number, Reader { term, weight, done, left, .. }) in terms.iter().enumerate() {
        // Whoever holds a term of which nothing is left was scored when that was read.
        if number != at && left[0] <= 0.0 {
            continue;
        }
        term.look_up(found.iter().copied(), |nth, sight| sights[nth] = sight);
        for (nth, &doc) in found.iter().enumerate().filter(|&(nth, _)| sights[nth] > 0) {
            let tf = if sights[nth] == OFTEN { term.tf(doc) } else { sights[nth] as u32 };
            // An article in a level that is done was scored when that was read.
            is_done[nth] |= done[term.level(tf)];
            scores[nth] += weight * lengths.weight_in(tf, doc, classes[nth]);
        }
    }
    let hits = found.iter().zip(scores).map(|(&doc, score)| Hit { article: docs.article(doc), score });
    hits.zip(is_done).filter(|(_, is_done)| !is_done).for_each(|(hit, _)| best.offer(hit));
}

/// Which articles of a layer can be among the best, as far as their length and how often they hold its term says.
struct Limits {
    /// The first that is too long.
    end: DocNo,
    /// How often the term is to stand in an article, by group of length.
    tfs: [u32; GROUPS],
    /// What an article had to reach when they were worked out.
    floor: f64,
    weight: f64,
    layer: Layer,
}

impl Limits {
    fn new(weight: f64, layer: Layer) -> Limits {
        Limits { end: 0, tfs: [0; GROUPS], floor: -1.0, weight, layer }
    }

    /// Brings the limits up to what is best by now.
    fn adjust(&mut self, search: &Search) {
        if search.best.floor <= self.floor {
            return;
        }
        self.floor = search.best.floor;
        let Limits { weight, layer, .. } = *self;
        let lengths = search.lengths;
        let is_enough =
            |own: f64, group: usize| own + search.others[group] + search.margin >= search.best.floor;
        let reaches = |class: usize| {
            let most = lengths.class_weight(layer.tf_max, class as u8).min(layer.top);
            is_enough(weight * most, lengths.group(class as u8))
        };
        self.end = lengths.first_doc(first(0, lengths.class_bounds().len(), |class| !reaches(class)));
        if layer.level == LAST_LEVEL {
            let reaches =
                |tf: usize, group: usize| is_enough(weight * lengths.group_weight(tf as u32, group), group);
            let tf_max = (layer.tf_max as usize).saturating_add(1);
            self.tfs = std::array::from_fn(|group| first(LEVELS, tf_max, |tf| reaches(tf, group)) as u32);
        }
    }
}

/// The first number from `low` to `high` for which something holds, or `high`; it holds for all that follow.
fn first(mut low: usize, mut high: usize, holds: impl Fn(usize) -> bool) -> usize {
    while low < high {
        let middle = usize::midpoint(low, high);
        if holds(middle) {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    low
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

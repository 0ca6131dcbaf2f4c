//! How many questions a day? A bar for each, answered below, unanswered above; and the same in numbers.

use super::html::{Element, Html, el, text};
use super::table;
use crate::audit::Day;

/// Width and height of the chart, in its own units.
const CHART: (f64, f64) = (960.0, 220.0);

/// Room for the numbers on its left, the dates below, and above the highest bar.
const MARGIN: (f64, f64, f64) = (44.0, 24.0, 10.0);

/// The least distance between two dates below, so that none touches the next.
const LABEL_EVERY: f64 = 64.0;

/// The section.
pub(super) fn section(days: &[Day]) -> Option<Html> {
    let (first, last) = (days.first()?, days.last()?);
    let count = (number(last) - number(first) + 1).max(1) as f64;
    let most = step_above(days.iter().map(|day| day.asked).max().unwrap_or(0));
    let scale = Scale { first: number(first), slot: (CHART.0 - MARGIN.0) / count, most: most as f64 };
    let total = |of: fn(&Day) -> u64| days.iter().map(of).sum::<u64>();
    let svg = el("svg")
        .with("viewBox", format_args!("0 0 {} {}", CHART.0, CHART.1))
        .with("role", "img")
        .with(
            "aria-label",
            format_args!(
                "Questions a day: {} asked on {} days, {} of them answered; the numbers stand below",
                total(|day| day.asked),
                days.len(),
                total(|day| day.answered)
            ),
        )
        .all([0, most / 2, most].map(|part| scale.line(part)))
        .all(days.iter().map(|day| scale.bar(day)))
        .add(scale.dates(days));
    let key = |class: &'static str, name: &'static str| {
        let mark = el("rect").with("class", class).with("width", 10).with("height", 10);
        let mark =
            el("svg").with("class", "key").with("viewBox", "0 0 10 10").with("aria-hidden", "true").add(mark);
        el("span").add(mark).text(name)
    };
    let rows =
        days.iter().map(|day| [text(day.begin.strftime("%Y-%m-%d")), text(day.asked), text(day.answered)]);
    let numbers = table([("q", "day"), ("n", "asked"), ("n", "answered")], rows);
    let section = el("section")
        .add(el("h2").text("Questions a day"))
        .add(el("div").with("class", "wide chart").add(svg))
        .add(el("p").with("class", "key").add(key("yes", "answered")).add(key("no", "not answered")))
        .add(el("details").add(el("summary").text("The numbers")).add(numbers));
    Some(section.into())
}

/// How days and counts become places.
struct Scale {
    first: i64,
    slot: f64,
    most: f64,
}

impl Scale {
    fn tall(&self, asked: u64) -> f64 {
        (CHART.1 - MARGIN.1 - MARGIN.2) * asked as f64 / self.most
    }

    fn wide(&self) -> f64 {
        (self.slot * 0.8).clamp(0.5, 48.0)
    }

    fn left(&self, day: &Day) -> f64 {
        MARGIN.0 + self.slot * (number(day) - self.first) as f64 + (self.slot - self.wide()) / 2.0
    }

    /// A line across, with its number.
    fn line(&self, part: u64) -> Html {
        let y = CHART.1 - MARGIN.1 - self.tall(part);
        let line = el("line").with("class", "grid").with("x1", MARGIN.0).with("x2", CHART.0);
        let line = line.with("y1", format_args!("{y:.1}")).with("y2", format_args!("{y:.1}"));
        let number = label(MARGIN.0 - 6.0, y + 4.0, "end").text(part);
        super::all([line, number])
    }

    /// A bar, with its numbers for whoever points at it.
    fn bar(&self, day: &Day) -> Element {
        let (yes, all) = (self.tall(day.answered), self.tall(day.asked));
        let base = CHART.1 - MARGIN.1;
        let part = |class: &'static str, y: f64, tall: f64| {
            el("rect")
                .with("class", class)
                .with("x", format_args!("{:.1}", self.left(day)))
                .with("y", format_args!("{y:.1}"))
                .with("width", format_args!("{:.1}", self.wide()))
                .with("height", format_args!("{tall:.1}"))
        };
        let date = day.begin.strftime("%-d %b");
        el("g")
            .add(el("title").text(format_args!("{date}: {} asked, {} answered", day.asked, day.answered)))
            .add(part("no", base - all, all - yes))
            .add(part("yes", base - yes, yes))
    }

    /// As many dates as there is room for.
    fn dates(&self, days: &[Day]) -> Html {
        let mut before = f64::NEG_INFINITY;
        super::all(days.iter().filter_map(|day| {
            let middle = self.left(day) + self.wide() / 2.0;
            let has_room =
                middle - before >= LABEL_EVERY && (MARGIN.0 + 14.0..=CHART.0 - 20.0).contains(&middle);
            has_room.then(|| {
                before = middle;
                label(middle, CHART.1 - 7.0, "middle").text(day.begin.strftime("%-d %b"))
            })
        }))
    }
}

fn label(x: f64, y: f64, anchor: &'static str) -> Element {
    el("text").with("x", format_args!("{x:.1}")).with("y", format_args!("{y:.1}")).with("text-anchor", anchor)
}

/// A bar whose length says how much of `most` a count is.
pub(super) fn bar(count: u64, most: u64) -> Element {
    let part = 100.0 * count as f64 / most.max(1) as f64;
    let rect = el("rect").with("class", "yes").with("width", format_args!("{part:.1}")).with("height", 1);
    el("svg")
        .with("class", "bar")
        .with("viewBox", "0 0 100 1")
        .with("preserveAspectRatio", "none")
        .with("aria-hidden", "true")
        .add(rect)
}

/// Days since the epoch.
fn number(day: &Day) -> i64 {
    day.begin.as_second().div_euclid(86_400)
}

/// The lowest even round number that is not below `most`.
fn step_above(most: u64) -> u64 {
    let mut decade: u64 = 1;
    loop {
        for step in [2, 4, 6, 10] {
            if decade.saturating_mul(step) >= most {
                return decade.saturating_mul(step);
            }
        }
        decade = decade.saturating_mul(10);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scale_is_a_round_number() {
        let steps: Vec<u64> = [0, 1, 3, 5, 7, 11, 60, 61, 999].into_iter().map(step_above).collect();
        assert_eq!(steps, [2, 2, 4, 6, 10, 20, 60, 100, 1000]);
    }
}

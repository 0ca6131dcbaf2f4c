//! A time as people type it: a moment, a day, or how long ago. Pure; the present is handed in.

use std::str::FromStr;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Span, SpanRelativeTo, Timestamp};

/// A time as typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// `2026-03-01T12:00:00Z`, or with another offset.
    Moment(Timestamp),
    /// `2026-03-01`, a day in UTC.
    Day(Date),
    /// `24h`, `7d`: so long before now. A day has 24 hours.
    Ago(SignedDuration),
}

impl When {
    /// Where a stretch of time that is said to begin then begins.
    pub fn begin(self, now: Timestamp) -> Timestamp {
        match self {
            When::Moment(moment) => moment,
            When::Day(day) => midnight(day),
            When::Ago(ago) => now.checked_sub(ago).unwrap_or(Timestamp::MIN),
        }
    }

    /// Where a stretch of time that is said to end then ends: after the whole of a day.
    pub fn end(self, now: Timestamp) -> Timestamp {
        match self {
            When::Day(day) => day.tomorrow().map_or(Timestamp::MAX, midnight),
            other => other.begin(now),
        }
    }
}

/// The stretch of time from `since` to `until`, either of which may be left open.
///
/// # Errors
///
/// Where it ends no later than it begins.
pub fn stretch(
    since: Option<When>,
    until: Option<When>,
    now: Timestamp,
) -> anyhow::Result<(Option<Timestamp>, Option<Timestamp>)> {
    let (begin, end) = (since.map(|when| when.begin(now)), until.map(|when| when.end(now)));
    match (begin, end) {
        (Some(begin), Some(end)) if end <= begin => {
            anyhow::bail!("--since {begin} is not before --until {end}: exchange the two")
        }
        stretch => Ok(stretch),
    }
}

fn midnight(day: Date) -> Timestamp {
    // Only days at the very ends of the calendar have no midnight in UTC.
    day.to_zoned(TimeZone::UTC).map_or(Timestamp::MAX, |zoned| zoned.timestamp())
}

impl FromStr for When {
    type Err = String;

    fn from_str(text: &str) -> Result<When, String> {
        if let Ok(moment) = text.parse() {
            return Ok(When::Moment(moment));
        }
        // A date alone: with a time behind it the day would hide that the time's zone is missing.
        if text.len() == "2026-03-01".len()
            && let Ok(day) = text.parse()
        {
            return Ok(When::Day(day));
        }
        text.parse::<Span>()
            .and_then(|span| span.to_duration(SpanRelativeTo::days_are_24_hours()))
            .ok()
            .filter(|ago| !ago.is_negative())
            .map(When::Ago)
            .ok_or_else(|| {
                "give a time such as `2026-03-01T12:00:00Z`, a date such as `2026-03-01`, or how long ago, \
                 such as `24h` or `7d`"
                    .to_owned()
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_a_moment_a_day_or_how_long_ago() {
        let now: Timestamp = "2026-03-10T12:00:00Z".parse().unwrap();
        let check = |text: &str, expected: Option<(&str, &str)>| {
            let got = text.parse::<When>().ok().map(|w| (w.begin(now).to_string(), w.end(now).to_string()));
            let expected = expected.map(|(begin, end)| (begin.to_owned(), end.to_owned()));
            assert_eq!(got, expected, "{text}");
        };
        let moment = |at| Some((at, at));
        check("2026-03-01T10:00:00Z", moment("2026-03-01T10:00:00Z"));
        check("2026-03-01T10:00:00.5+02:00", moment("2026-03-01T08:00:00.5Z"));
        check("2026-03-01", Some(("2026-03-01T00:00:00Z", "2026-03-02T00:00:00Z")));
        check("24h", moment("2026-03-09T12:00:00Z"));
        check("7d", moment("2026-03-03T12:00:00Z"));
        check("2w", moment("2026-02-24T12:00:00Z"));
        check("90m", moment("2026-03-10T10:30:00Z"));
        check("-7d", None);
        check("2 months", None);
        check("2026-03-01T10:00:00", None);
        check("2026-02-30", None);
        check("yesterday", None);
        check("", None);
        check("9998y", None);
    }

    #[test]
    fn the_ends_of_the_calendar_are_no_fault() {
        let now = Timestamp::UNIX_EPOCH;
        assert_eq!("9999-12-31".parse::<When>().unwrap().end(now), Timestamp::MAX);
        assert_eq!("150000000h".parse::<When>().unwrap().begin(now), Timestamp::MIN);
    }
}

//! Filters, pages, and walks of any length.

use crate::*;

on_each_store!(
    filters_pick_what_they_name,
    an_export_of_any_length_is_read_a_page_at_a_time,
    a_walk_finds_the_few_among_the_many,
);

async fn filters_pick_what_they_name(on: On) {
    let home = Home::on(on).await;
    let store = &seven(&home).await;
    let check = async |line: &[&str], expected: &[RecordId]| {
        let line: Vec<&str> = ["list", "--json"].iter().chain(line).copied().collect();
        let (out, _) = cli(store, &line).await;
        let ids: Vec<RecordId> =
            out.lines().map(|l| serde_json::from_str::<Value>(l).unwrap()["id"].as_i64().unwrap()).collect();
        assert_eq!(ids, expected, "{line:?}");
    };
    check(&[], &[7, 6, 5, 4, 3, 1]).await;
    check(&["--kind", "ask"], &[7, 6, 3, 1]).await;
    check(&["--kind", "refusal"], &[4]).await;
    check(&["--kind", "reload"], &[5]).await;
    check(&["--kind", "delivery"], &[2]).await;
    check(&["--unanswered"], &[3]).await;
    check(&["--since", "2026-03-01T11:00:00Z"], &[7, 6, 5, 4, 3]).await;
    check(&["--until", "2026-03-01T11:00:00Z"], &[1]).await;
    check(&["--since", "2026-03-02"], &[7, 6]).await;
    check(&["--until", "2026-03-01"], &[5, 4, 3, 1]).await;
    check(&["--since", "24h"], &[7, 6, 5, 4]).await;
    check(&["--since", "1h"], &[7]).await;
    check(&["--guild", "10"], &[4, 1]).await;
    check(&["--guild", "10", "--kind", "delivery"], &[2]).await;
    check(&["--guild", "18446744073709551615"], &[7]).await;
    check(&["--channel", "21"], &[3]).await;
    check(&["--channel", "18446744073709551615"], &[7]).await;
    check(&["--user", "30"], &[3, 1]).await;
    check(&["--user", "18446744073709551615"], &[7]).await;
    check(&["--user", "1"], &[]).await;
    // Not 3: what is not shown is not cited.
    check(&["--article", "visit"], &[6, 1]).await;
    check(&["--article", "talks", "--user", "18446744073709551615"], &[7]).await;
    check(&["--article", "' OR 1=1 --"], &[]).await;
    check(&["--search", "TWO"], &[3]).await;
    check(&["--search", "two?", "--user", "30"], &[3]).await;
    check(&["--search", "two", "--unanswered", "--user", "31"], &[]).await;
    check(&["--search", "four", "--article", "talks"], &[7]).await;
    check(&["--search", "\"one\" OR two"], &[]).await;
    check(&["--search", "thr"], &[]).await;
    check(&["--limit", "2"], &[7, 6]).await;
    check(&["--limit", "2", "--before", "6"], &[5, 4]).await;
    check(&["--before", "1"], &[]).await;
    check(&["--unanswered", "--guild", "11", "--user", "30", "--since", "2026-03-01"], &[3]).await;
}

/// Counts lines and the longest write.
#[derive(Default)]
struct Tally {
    lines: usize,
    longest: usize,
}

impl io::Write for Tally {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.lines += bytes.iter().filter(|&&byte| byte == b'\n').count();
        self.longest = self.longest.max(bytes.len());
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// A reader that has seen enough.
struct Gone;

impl io::Write for Gone {
    fn write(&mut self, _: &[u8]) -> io::Result<usize> {
        Err(io::ErrorKind::BrokenPipe.into())
    }

    fn flush(&mut self) -> io::Result<()> {
        Err(io::ErrorKind::BrokenPipe.into())
    }
}

async fn an_export_of_any_length_is_read_a_page_at_a_time(on: On) {
    let home = Home::on(on).await;
    let store = home.open().await;
    join_all((0..1_500).map(|_| ask(&store, "who?"))).await;
    let mut walk = Walk::begin(store.reader().await.unwrap(), Filter::default()).await.unwrap();
    // Written while it is walked: not part of it.
    ask(&store, "later?").await.unwrap();
    let mut next = 1;
    loop {
        let page = walk.next_page().await.unwrap();
        assert!(page.len() <= PAGE_MAX);
        if page.is_empty() {
            break;
        }
        for record in page {
            assert_eq!((record.id, record.entry.citations().len()), (next, 2));
            next += 1;
        }
    }
    assert_eq!(next, 1_501);

    let export = || Line::try_parse_from(["audit", "export"]).unwrap().command;
    let mut tally = Tally::default();
    run(export(), &store, at(NOON), &mut tally).await.unwrap();
    assert_eq!(tally.lines, 1_501);
    assert!(tally.longest < 10_000, "{} bytes at once", tally.longest);
    assert!(run(export(), &store, at(NOON), &mut Gone).await.unwrap());
}

async fn a_walk_finds_the_few_among_the_many(on: On) {
    let home = Home::on(on).await;
    let store = home.open().await;
    join_all((0..2_500).map(|_| ask(&store, "who?"))).await;
    refuse(&store, "cooldown").await;
    let filter = Filter { kinds: Kinds::Only(Kind::Refusal), ..Filter::default() };
    let mut walk = Walk::begin(store.reader().await.unwrap(), filter).await.unwrap();
    assert_eq!(walk.next_page().await.unwrap().iter().map(|r| r.id).collect::<Vec<_>>(), [2_501]);
    assert_eq!(walk.next_page().await.unwrap(), []);
}

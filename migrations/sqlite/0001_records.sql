-- What was asked, answered, refused, reloaded and delivered. Rows are only ever added; what a person may
-- have forgotten (asker, question, quotes) can be blanked without touching `records`.
--
-- No constraint here can be broken by what a record holds (a NaN, an id of a record that is gone): many
-- records are committed together, and one odd record must not take the others down with it.

-- One row a record. Ids rise for ever, also past rows that are gone (AUTOINCREMENT).
CREATE TABLE records (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    schema_version INTEGER NOT NULL, -- of the record, not of the tables: which fields its writer knew
    kind TEXT NOT NULL, -- ask, refusal, reload, delivery; later kinds need no new table
    at_us INTEGER NOT NULL, -- microseconds since 1970-01-01T00:00:00Z
    origin TEXT NOT NULL, -- discord, terminal, process
    guild TEXT, -- Discord's ids are text, as in its own JSON: they are unsigned 64-bit numbers
    channel TEXT,
    program TEXT NOT NULL, -- version of the program that wrote the record
    decision TEXT NOT NULL, -- found, hedged, not_found, refused, swapped, kept, delivered, failed
    reason TEXT,
    took_us INTEGER,
    confidence REAL, -- of an ask; NULL for NaN
    corpus_digest BLOB, -- 32 bytes
    corpus_articles INTEGER,
    corpus_passages INTEGER,
    params TEXT, -- how the answer was made, as JSON
    of_id INTEGER, -- the record that this one is about; it need not be in this file any more
    detail TEXT -- what only records of this kind hold, as JSON
) STRICT;

-- None by time: the table is read in the order of ids, and times are looked at on the way. An index that is
-- in another order makes SQLite sort a million rows to show fifty.
CREATE INDEX records_by_kind ON records (kind);
CREATE INDEX records_by_decision ON records (decision);
CREATE INDEX records_by_guild ON records (guild) WHERE guild IS NOT NULL;
CREATE INDEX records_by_channel ON records (channel) WHERE channel IS NOT NULL;
CREATE INDEX records_by_of ON records (of_id) WHERE of_id IS NOT NULL;

-- What a record says of a person. Apart, so that it can be erased and the record stays.
CREATE TABLE personal (
    record_id INTEGER PRIMARY KEY REFERENCES records (id),
    asker TEXT, -- Discord user
    question TEXT
) STRICT;

CREATE INDEX personal_by_asker ON personal (asker) WHERE asker IS NOT NULL;

-- The excerpts of an ask, best first. Offsets are bytes of the article's canonical text.
CREATE TABLE citations (
    record_id INTEGER NOT NULL REFERENCES records (id),
    rank INTEGER NOT NULL, -- from 1
    shown INTEGER NOT NULL, -- 0 where the question was not answered: what would have been best
    article TEXT NOT NULL,
    title TEXT NOT NULL,
    content_hash BLOB NOT NULL, -- 32 bytes
    passage_start INTEGER NOT NULL,
    passage_end INTEGER NOT NULL,
    quote_start INTEGER NOT NULL,
    quote_end INTEGER NOT NULL,
    quote TEXT, -- NULL once erased
    score REAL, -- NULL for NaN
    paragraph INTEGER NOT NULL,
    line_first INTEGER NOT NULL,
    line_last INTEGER NOT NULL,
    PRIMARY KEY (record_id, rank)
) STRICT, WITHOUT ROWID;

CREATE INDEX citations_by_article ON citations (article, record_id) WHERE shown = 1;

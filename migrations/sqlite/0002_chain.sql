-- The chain of hashes, what is needed to forget without breaking it, and what buttons below an answer need.

-- The hash of each record, which covers that of the record before it; src/audit/chain.rs says how. Records that
-- were written before there was a chain are chained when the store is brought up to date.
ALTER TABLE records ADD COLUMN previous_hash BLOB; -- 32 bytes; zeros for the first
ALTER TABLE records ADD COLUMN hash BLOB;

-- What stands in the chain for what may be erased: hashes keyed with personal.salt. NULL where there was nothing.
ALTER TABLE records ADD COLUMN asker_digest BLOB;
ALTER TABLE records ADD COLUMN question_digest BLOB;
ALTER TABLE records ADD COLUMN private_digest BLOB;
ALTER TABLE citations ADD COLUMN quote_digest BLOB;
ALTER TABLE personal ADD COLUMN salt BLOB; -- 32 random bytes

-- 1 where the corpus of an ask was in `corpora` when it was asked.
ALTER TABLE records ADD COLUMN corpus_kept INTEGER NOT NULL DEFAULT 0;

-- Whether a corpus is still needed by a question.
CREATE INDEX records_by_corpus ON records (corpus_digest) WHERE corpus_digest IS NOT NULL;

-- All that a report of a stretch of time counts of the questions, so that it does not read the rows.
CREATE INDEX records_of_asks ON records (at_us, decision, took_us, guild) WHERE kind = 'ask';

-- The end of the chain; the row is missing until the records of an older version are chained.
CREATE TABLE chain_head (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    record_id INTEGER NOT NULL, -- 0 where there is no record
    hash BLOB NOT NULL
) STRICT;

-- What a record says of a person in more words: why an answer was what it was (which tells the words of the
-- question), the value of a setting (which may name people). Apart from `personal`, so that reading many
-- questions does not read these as well. Erased together with it.
CREATE TABLE private (
    record_id INTEGER PRIMARY KEY REFERENCES records (id),
    body BLOB NOT NULL -- JSON, deflated
) STRICT;

-- The settings of each guild as they are now; how they came to be so is told by records.
CREATE TABLE settings (
    guild TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL, -- JSON
    record_id INTEGER NOT NULL, -- the record of the change
    PRIMARY KEY (guild, key)
) STRICT, WITHOUT ROWID;

-- The words of the questions. Its entries are removed from its pages as they are deleted, not marked.
CREATE VIRTUAL TABLE questions USING fts5 (
    question,
    content = 'personal',
    content_rowid = 'record_id',
    tokenize = 'unicode61 remove_diacritics 2'
);
INSERT INTO questions (questions, rank) VALUES ('secure-delete', 1);
INSERT INTO questions (rowid, question) SELECT record_id, question FROM personal WHERE question IS NOT NULL;

CREATE TRIGGER personal_inserted AFTER INSERT ON personal WHEN new.question IS NOT NULL BEGIN
    INSERT INTO questions (rowid, question) VALUES (new.record_id, new.question);
END;
CREATE TRIGGER personal_deleted AFTER DELETE ON personal WHEN old.question IS NOT NULL BEGIN
    INSERT INTO questions (questions, rowid, question) VALUES ('delete', old.record_id, old.question);
END;

-- Every corpus that has answered a question, so that the question can be asked again. A corpus is a list of
-- pages; a page lists some articles with all but their text; texts and pages stand in `objects` once, however
-- many corpora hold them.
CREATE TABLE corpora (
    digest BLOB PRIMARY KEY, -- 32 bytes
    articles INTEGER NOT NULL,
    passages INTEGER NOT NULL,
    first_loaded_us INTEGER NOT NULL, -- microseconds since 1970-01-01T00:00:00Z
    last_loaded_us INTEGER NOT NULL,
    pages BLOB NOT NULL, -- hashes of 32 bytes, in the order of the articles
    synonyms BLOB NOT NULL -- hash of the synonyms
) STRICT;

CREATE TABLE objects (
    hash BLOB PRIMARY KEY, -- blake3 of the content
    body BLOB -- the content, deflated; NULL where it was withdrawn
) STRICT;

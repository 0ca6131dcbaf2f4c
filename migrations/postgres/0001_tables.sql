-- The tables of migrations/sqlite as of its second step, which says what each is for. What differs: numbers are
-- BIGINT, texts are ordered by their bytes, `detail` is JSON (kept as it was written), and the words of a question
-- stand in its row, cut by the program, so that no locale of the server has a say in it.

CREATE TABLE records (
    id BIGINT PRIMARY KEY,
    schema_version BIGINT NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    at_us BIGINT NOT NULL,
    origin TEXT COLLATE "C" NOT NULL,
    guild TEXT COLLATE "C",
    channel TEXT COLLATE "C",
    program TEXT COLLATE "C" NOT NULL,
    decision TEXT COLLATE "C" NOT NULL,
    reason TEXT COLLATE "C",
    took_us BIGINT,
    confidence DOUBLE PRECISION,
    corpus_digest BYTEA,
    corpus_articles BIGINT,
    corpus_passages BIGINT,
    params TEXT COLLATE "C",
    of_id BIGINT,
    detail JSON,
    corpus_kept BIGINT NOT NULL DEFAULT 0,
    previous_hash BYTEA,
    hash BYTEA,
    asker_digest BYTEA,
    question_digest BYTEA,
    private_digest BYTEA
);

CREATE INDEX records_by_kind ON records (kind, id);
CREATE INDEX records_by_decision ON records (decision, id);
CREATE INDEX records_by_guild ON records (guild, id) WHERE guild IS NOT NULL;
CREATE INDEX records_by_channel ON records (channel, id) WHERE channel IS NOT NULL;
CREATE INDEX records_by_of ON records (of_id) WHERE of_id IS NOT NULL;
CREATE INDEX records_by_corpus ON records (corpus_digest) WHERE corpus_digest IS NOT NULL;
CREATE INDEX records_of_asks ON records (at_us, decision, took_us, guild) WHERE kind = 'ask';

CREATE TABLE personal (
    record_id BIGINT PRIMARY KEY REFERENCES records (id),
    asker TEXT COLLATE "C",
    question TEXT COLLATE "C",
    salt BYTEA,
    words TSVECTOR
);

CREATE INDEX personal_by_asker ON personal (asker, record_id) WHERE asker IS NOT NULL;
CREATE INDEX personal_by_words ON personal USING gin (words);

CREATE TABLE private (
    record_id BIGINT PRIMARY KEY REFERENCES records (id),
    body BYTEA NOT NULL
);

CREATE TABLE citations (
    record_id BIGINT NOT NULL REFERENCES records (id),
    rank BIGINT NOT NULL,
    shown BIGINT NOT NULL,
    article TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    content_hash BYTEA NOT NULL,
    passage_start BIGINT NOT NULL,
    passage_end BIGINT NOT NULL,
    quote_start BIGINT NOT NULL,
    quote_end BIGINT NOT NULL,
    quote TEXT COLLATE "C",
    score DOUBLE PRECISION,
    paragraph BIGINT NOT NULL,
    line_first BIGINT NOT NULL,
    line_last BIGINT NOT NULL,
    quote_digest BYTEA,
    PRIMARY KEY (record_id, rank)
);

CREATE INDEX citations_by_article ON citations (article, record_id) WHERE shown = 1;

-- The end of the chain. Its one row is there from the beginning: who writes locks it first.
CREATE TABLE chain_head (
    one BIGINT PRIMARY KEY CHECK (one = 1),
    record_id BIGINT NOT NULL,
    hash BYTEA NOT NULL
);
INSERT INTO chain_head VALUES (1, 0, decode(repeat('00', 32), 'hex'));

CREATE TABLE settings (
    guild TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    record_id BIGINT NOT NULL,
    PRIMARY KEY (guild, key)
);

CREATE TABLE corpora (
    digest BYTEA PRIMARY KEY,
    articles BIGINT NOT NULL,
    passages BIGINT NOT NULL,
    first_loaded_us BIGINT NOT NULL,
    last_loaded_us BIGINT NOT NULL,
    pages BYTEA NOT NULL,
    synonyms BYTEA NOT NULL
);

CREATE TABLE objects (
    hash BYTEA PRIMARY KEY,
    body BYTEA
);

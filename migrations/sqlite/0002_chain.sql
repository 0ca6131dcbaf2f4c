-- What a record says of a person in more words: why an answer was what it was (which tells the words of the
-- question), the value of a setting (which may name people). Apart from `personal`, so that reading many
-- questions does not read these as well. Erased together with it.
CREATE TABLE private (
    record_id INTEGER PRIMARY KEY REFERENCES records (id),
    body TEXT NOT NULL -- JSON
) STRICT;

-- The settings of each guild as they are now; how they came to be so is told by records.
CREATE TABLE settings (
    guild TEXT NOT NULL,
    key TEXT NOT NULL,
    value TEXT NOT NULL, -- JSON
    record_id INTEGER NOT NULL, -- the record of the change
    PRIMARY KEY (guild, key)
) STRICT, WITHOUT ROWID;

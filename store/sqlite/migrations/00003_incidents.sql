-- Incidents across articles. See package gathering, whose tables these are. A
-- record's id is kept with its highest bit turned, so that ids come in the order of
-- unsigned numbers.

-- +goose Up
PRAGMA user_version = 3;

CREATE TABLE incident_records (
  id      INTEGER PRIMARY KEY,
  version INTEGER NOT NULL REFERENCES versions (num),
  parent  INTEGER, -- the id of the record before it that tells of the same incident
  score   REAL NOT NULL, -- how well it fits that one
  tree    INTEGER NOT NULL, -- the same for all records of one incident
  pin     INTEGER, -- the same for all that a correction has put together
  said    INTEGER NOT NULL, -- in what ways claims of the article speak of it: a bit for each
  record  BLOB NOT NULL
) STRICT;
CREATE INDEX incident_records_version ON incident_records (version);
CREATE INDEX incident_records_parent ON incident_records (parent) WHERE parent IS NOT NULL;
CREATE INDEX incident_records_tree ON incident_records (tree);
CREATE INDEX incident_records_pin ON incident_records (pin) WHERE pin IS NOT NULL;

CREATE TABLE incident_keys (
  hash INTEGER NOT NULL,
  day  INTEGER NOT NULL,
  id   INTEGER NOT NULL,
  PRIMARY KEY (hash, day, id)
) STRICT, WITHOUT ROWID;

-- What an incident can be found by. Days are counted from 1970-01-01.
CREATE TABLE incident_sums (
  tree            INTEGER PRIMARY KEY,
  id              INTEGER NOT NULL, -- of its first record
  day             INTEGER NOT NULL, -- its last day, negated, so that the newest comes first; 2^31 - 1 where it has none
  first           INTEGER,
  last            INTEGER,
  type            TEXT NOT NULL,
  place           TEXT,
  country         TEXT,
  articles        INTEGER NOT NULL, -- that report it
  said            INTEGER NOT NULL, -- in what ways claims of these speak of it
  published_first INTEGER, -- the days between which they appeared
  published_last  INTEGER
) STRICT;
CREATE INDEX incident_sums_day ON incident_sums (day, id);
CREATE INDEX incident_sums_vague ON incident_sums (day, id) WHERE first <> last; -- of no one day
CREATE INDEX incident_sums_articles ON incident_sums (articles) WHERE articles > 4;
CREATE INDEX incident_sums_type ON incident_sums (type, day, id);
CREATE INDEX incident_sums_country ON incident_sums (country, day, id) WHERE country IS NOT NULL;

CREATE TABLE incident_places (
  word TEXT NOT NULL, -- of the name of an incident's place, in small letters without accents
  tree INTEGER NOT NULL,
  PRIMARY KEY (word, tree)
) STRICT, WITHOUT ROWID;

-- By what words those can be found on whose word articles report incidents.
CREATE TABLE incident_speakers (
  word TEXT NOT NULL,
  id   INTEGER NOT NULL, -- of a record
  PRIMARY KEY (word, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX incident_speakers_id ON incident_speakers (id);

-- Merges and splits made by hand.
CREATE TABLE corrections (
  number    INTEGER PRIMARY KEY,
  split     INTEGER NOT NULL, -- 1, or 0 for a merge
  made      INTEGER NOT NULL, -- seconds since 1970 UTC
  incidents TEXT NOT NULL, -- the ids given, a line each
  articles  TEXT NOT NULL,
  results   TEXT NOT NULL, -- the ids of what came of it
  pin_a     INTEGER NOT NULL, -- of what came of it: of a split, of what was left
  pin_b     INTEGER NOT NULL, -- of a split, of what was taken out; else that of pin_a
  undone    INTEGER NOT NULL
) STRICT;

-- The records that a correction concerned, each with the pin that it had before.
CREATE TABLE correction_records (
  number INTEGER NOT NULL REFERENCES corrections (number),
  id     INTEGER NOT NULL,
  pin    INTEGER,
  PRIMARY KEY (number, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX correction_records_id ON correction_records (id);

INSERT INTO ungathered SELECT num FROM texts WHERE num NOT IN (SELECT num FROM ungathered);

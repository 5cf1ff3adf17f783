-- What a store keeps. Rows of claims, entities, dates, figures and incidents
-- are those of each article's newest version; they can be made again from its
-- ledger. A column is NULL where the ledger does not know.

-- +goose Up
PRAGMA application_id = 1215521145; -- the bytes "Hsay", by which the file is told from other SQLite databases
PRAGMA user_version = 1;

CREATE TABLE articles (
  num     INTEGER PRIMARY KEY AUTOINCREMENT,
  id      TEXT NOT NULL UNIQUE,
  version INTEGER NOT NULL -- the newest
) STRICT;

CREATE TABLE versions (
  num       INTEGER PRIMARY KEY AUTOINCREMENT,
  article   INTEGER NOT NULL REFERENCES articles (num) ON DELETE CASCADE,
  version   INTEGER NOT NULL, -- from 1, within the article
  origin    TEXT NOT NULL,
  given     TEXT, -- the id that the article came with
  url       TEXT,
  title     TEXT,
  byline    TEXT, -- names, a line each
  site      TEXT,
  published TEXT, -- EDTF
  first     TEXT, -- the days that published can mean: 2006-01-02
  last      TEXT,
  language  TEXT,
  hash      BLOB NOT NULL, -- SHA-256 of the text
  added     INTEGER NOT NULL, -- microseconds since 1970 UTC
  ledger    BLOB NOT NULL, -- its JSON, which holds the text, compressed with zstd
  UNIQUE (article, version)
) STRICT;

CREATE TABLE texts (
  num     INTEGER PRIMARY KEY REFERENCES versions (num) ON DELETE CASCADE,
  title   TEXT,
  content TEXT NOT NULL
) STRICT;

-- The number of a claim is its version's times 2^24 and then counts down from
-- 2^24 - 1, so that downwards the numbers run from the newest article to the
-- oldest, and in each from its first claim to its last.
CREATE TABLE claims (
  num       INTEGER PRIMARY KEY,
  version   INTEGER NOT NULL REFERENCES versions (num),
  id        TEXT NOT NULL,
  content   TEXT NOT NULL,
  source    TEXT,
  kind      TEXT,
  naming    TEXT,
  speaker   TEXT, -- the name of the entity
  speakers  TEXT, -- every word it can be found by, a name a line
  cue       TEXT,
  channel   TEXT,
  manner    TEXT,
  level     TEXT,
  polarity  TEXT,
  score     REAL,
  within    TEXT,
  incident  TEXT,
  type      TEXT, -- of the incident
  places    TEXT, -- names of the places that the content or the incident names, a line each
  countries TEXT  -- ISO 3166-1 alpha-2, a line each
) STRICT;
CREATE INDEX claims_speaker ON claims (speaker) WHERE speaker IS NOT NULL;
CREATE INDEX claims_type ON claims (type) WHERE type IS NOT NULL;

CREATE TABLE entities (
  version  INTEGER NOT NULL REFERENCES versions (num),
  seq      INTEGER NOT NULL, -- from 0, within the version
  id       TEXT NOT NULL,
  type     TEXT NOT NULL,
  name     TEXT NOT NULL,
  aliases  TEXT, -- a line each
  mentions INTEGER NOT NULL,
  lat      REAL,
  lon      REAL,
  country  TEXT,
  region   TEXT,
  geonames INTEGER,
  PRIMARY KEY (version, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE dates (
  version INTEGER NOT NULL REFERENCES versions (num),
  seq     INTEGER NOT NULL,
  words   TEXT NOT NULL,
  value   TEXT, -- EDTF
  first   TEXT,
  last    TEXT,
  PRIMARY KEY (version, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE figures (
  version     INTEGER NOT NULL REFERENCES versions (num),
  seq         INTEGER NOT NULL,
  words       TEXT NOT NULL,
  value       REAL,
  low         REAL,
  high        REAL,
  approximate INTEGER NOT NULL,
  unit        TEXT,
  counted     TEXT,
  claim       TEXT,
  incident    TEXT,
  PRIMARY KEY (version, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE incidents (
  version      INTEGER NOT NULL REFERENCES versions (num),
  seq          INTEGER NOT NULL,
  id           TEXT NOT NULL,
  type         TEXT NOT NULL,
  words        TEXT, -- that first tell of it
  date         TEXT, -- EDTF
  first        TEXT,
  last         TEXT,
  place        TEXT,
  lat          REAL,
  lon          REAL,
  country      TEXT,
  geonames     INTEGER,
  killed_low   INTEGER,
  killed_best  INTEGER,
  killed_high  INTEGER,
  wounded_low  INTEGER,
  wounded_best INTEGER,
  wounded_high INTEGER,
  PRIMARY KEY (version, seq)
) STRICT, WITHOUT ROWID;

-- How far the reading of an input has come.
CREATE TABLE inputs (
  origin TEXT PRIMARY KEY,
  state  TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The indexes of words. They are written beside their tables, an article at a
-- time, and not by triggers: with those each row would be a write to the disk.
CREATE VIRTUAL TABLE claims_fts USING fts5 (
  content, speakers, places, countries,
  content = 'claims', content_rowid = 'num', tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE VIRTUAL TABLE texts_fts USING fts5 (
  title, content,
  content = 'texts', content_rowid = 'num', tokenize = 'porter unicode61 remove_diacritics 2'
);

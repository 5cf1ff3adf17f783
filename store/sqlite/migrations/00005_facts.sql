-- Published fact-checks and their index. See package checks, whose tables these are.

-- +goose Up
PRAGMA user_version = 5;

CREATE TABLE fact_checks (
  num       INTEGER PRIMARY KEY, -- given once: a new state has a new one
  id        TEXT NOT NULL UNIQUE,
  state     INTEGER NOT NULL, -- a hash of the record before it was packed
  published TEXT NOT NULL, -- the day, 2006-01-02, or empty
  publisher TEXT NOT NULL,
  rating    TEXT NOT NULL,
  record    BLOB NOT NULL
) STRICT;
CREATE INDEX fact_checks_published ON fact_checks (published);

-- What is in the index and no longer in fact_checks.
CREATE TABLE fact_gone (
  num INTEGER PRIMARY KEY
) STRICT;

CREATE TABLE fact_segments (
  segment INTEGER PRIMARY KEY,
  mark    INTEGER NOT NULL, -- by chance, to tell it from another of this number
  docs    INTEGER NOT NULL,
  size    INTEGER NOT NULL -- bytes in its pages
) STRICT;

CREATE TABLE fact_pages (
  segment INTEGER NOT NULL,
  page    INTEGER NOT NULL, -- from 0
  data    BLOB NOT NULL,
  PRIMARY KEY (segment, page)
) STRICT;

CREATE TABLE fact_counters (
  name  TEXT PRIMARY KEY,
  value INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

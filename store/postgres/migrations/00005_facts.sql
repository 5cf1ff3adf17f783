-- Published fact-checks and their index. See package checks, whose tables these are.

-- +goose Up

CREATE TABLE fact_checks (
  num       bigint PRIMARY KEY, -- given once: a new state has a new one
  id        text COLLATE "C" NOT NULL UNIQUE,
  state     bigint NOT NULL, -- a hash of the record before it was packed
  published text COLLATE "C" NOT NULL, -- the day, 2006-01-02, or empty
  publisher text COLLATE "C" NOT NULL,
  rating    text COLLATE "C" NOT NULL,
  record    bytea NOT NULL
);
CREATE INDEX fact_checks_published ON fact_checks (published);

-- What is in the index and no longer in fact_checks.
CREATE TABLE fact_gone (
  num bigint PRIMARY KEY
);

CREATE TABLE fact_segments (
  segment bigint PRIMARY KEY,
  mark    bigint NOT NULL, -- by chance, to tell it from another of this number
  docs    bigint NOT NULL,
  size    bigint NOT NULL -- bytes in its pages
);

CREATE TABLE fact_pages (
  segment bigint NOT NULL,
  page    bigint NOT NULL, -- from 0
  data    bytea NOT NULL,
  PRIMARY KEY (segment, page)
);

CREATE TABLE fact_counters (
  name  text COLLATE "C" PRIMARY KEY,
  value bigint NOT NULL
);
ALTER TABLE fact_pages ALTER COLUMN data SET STORAGE EXTERNAL; -- it is dense already
ALTER TABLE fact_checks ALTER COLUMN record SET STORAGE EXTERNAL;

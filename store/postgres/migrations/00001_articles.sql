-- What a store keeps: see the migrations of the home in SQLite, whose tables
-- and columns these are. Beside them are the words by which things are found.
-- In a column of text the bytes that PostgreSQL does not take stand as escape.go
-- has them; COLLATE "C" keeps the order of bytes, whatever the database sorts by.

-- +goose Up

-- English words in all their forms. The configuration that PostgreSQL has for
-- English leaves out the most frequent words, and "not or" would find nothing.
CREATE TEXT SEARCH DICTIONARY stems (TEMPLATE = pg_catalog.snowball, Language = english);
CREATE TEXT SEARCH CONFIGURATION words (PARSER = pg_catalog."default");
-- Letters and digits are all that it is ever given: see words.go.
ALTER TEXT SEARCH CONFIGURATION words ADD MAPPING FOR asciiword, word, numword, uint, int, float, sfloat, version WITH stems;

CREATE TABLE articles (
  num     bigint PRIMARY KEY,
  key     bytea NOT NULL UNIQUE, -- SHA-256 of the id: an index does not take an id of any length
  id      text COLLATE "C" NOT NULL,
  version bigint NOT NULL -- the newest
);
CREATE INDEX articles_id ON articles USING hash (id); -- which takes an id of any length, and cannot be unique
CREATE SEQUENCE article_nums OWNED BY articles.num;

CREATE TABLE versions (
  num       bigint PRIMARY KEY,
  article   bigint NOT NULL REFERENCES articles (num) ON DELETE CASCADE,
  version   bigint NOT NULL, -- from 1, within the article
  origin    text COLLATE "C" NOT NULL,
  given     text COLLATE "C", -- the id that the article came with
  url       text COLLATE "C",
  title     text COLLATE "C",
  byline    text COLLATE "C", -- names, a line each
  site      text COLLATE "C",
  published text COLLATE "C", -- EDTF
  first     text COLLATE "C", -- the days that published can mean: 2006-01-02
  last      text COLLATE "C",
  language  text COLLATE "C",
  hash      bytea NOT NULL, -- SHA-256 of the text
  added     bigint NOT NULL, -- microseconds since 1970 UTC
  ledger    bytea NOT NULL, -- its JSON, which holds the text, compressed with zstd
  UNIQUE (article, version)
);
ALTER TABLE versions ALTER ledger SET STORAGE EXTERNAL; -- it is compressed already
CREATE SEQUENCE version_nums OWNED BY versions.num;

CREATE TABLE texts (
  num     bigint PRIMARY KEY REFERENCES versions (num) ON DELETE CASCADE,
  title   text COLLATE "C",
  content text COLLATE "C" NOT NULL,
  words   tsvector NOT NULL -- of the content, then of the title
);
CREATE INDEX texts_words ON texts USING gin (words);

-- The number of a claim is its version's times 2^24 and then counts down from
-- 2^24 - 1, so that downwards the numbers run from the newest article to the
-- oldest, and in each from its first claim to its last.
CREATE TABLE claims (
  num           bigint PRIMARY KEY,
  version       bigint NOT NULL,
  id            text COLLATE "C" NOT NULL,
  content       text COLLATE "C" NOT NULL,
  source        text COLLATE "C",
  kind          text COLLATE "C",
  naming        text COLLATE "C",
  speaker       text COLLATE "C", -- the name of the entity
  speakers      text COLLATE "C", -- every word it can be found by, a name a line
  cue           text COLLATE "C",
  channel       text COLLATE "C",
  manner        text COLLATE "C",
  level         text COLLATE "C",
  polarity      text COLLATE "C",
  score         double precision,
  within        text COLLATE "C",
  incident      text COLLATE "C",
  type          text COLLATE "C", -- of the incident
  places        text COLLATE "C", -- names of the places that the content or the incident names, a line each
  countries     text COLLATE "C", -- ISO 3166-1 alpha-2, a line each
  words         tsvector NOT NULL, -- of the content
  speaker_words tsvector,
  place_words   tsvector,
  country_words tsvector
);
-- One index: words and a speaker's name together are one look into it.
CREATE INDEX claims_words ON claims USING gin (words, speaker_words, place_words, country_words);
-- Of what stands for a type, as much as an index surely takes.
CREATE INDEX claims_type ON claims (left(type, 64), num) WHERE type IS NOT NULL;

CREATE TABLE entities (
  version  bigint NOT NULL,
  seq      bigint NOT NULL, -- from 0, within the version
  id       text COLLATE "C" NOT NULL,
  type     text COLLATE "C" NOT NULL,
  name     text COLLATE "C" NOT NULL,
  aliases  text COLLATE "C", -- a line each
  mentions bigint NOT NULL,
  lat      double precision,
  lon      double precision,
  country  text COLLATE "C",
  region   text COLLATE "C",
  geonames bigint,
  PRIMARY KEY (version, seq)
);

CREATE TABLE dates (
  version bigint NOT NULL,
  seq     bigint NOT NULL,
  words   text COLLATE "C" NOT NULL,
  value   text COLLATE "C", -- EDTF
  first   text COLLATE "C",
  last    text COLLATE "C",
  PRIMARY KEY (version, seq)
);

CREATE TABLE figures (
  version     bigint NOT NULL,
  seq         bigint NOT NULL,
  words       text COLLATE "C" NOT NULL,
  value       double precision,
  low         double precision,
  high        double precision,
  approximate bigint NOT NULL,
  unit        text COLLATE "C",
  counted     text COLLATE "C",
  claim       text COLLATE "C",
  incident    text COLLATE "C",
  PRIMARY KEY (version, seq)
);

CREATE TABLE incidents (
  version      bigint NOT NULL,
  seq          bigint NOT NULL,
  id           text COLLATE "C" NOT NULL,
  type         text COLLATE "C" NOT NULL,
  words        text COLLATE "C", -- that first tell of it
  date         text COLLATE "C", -- EDTF
  first        text COLLATE "C",
  last         text COLLATE "C",
  place        text COLLATE "C",
  lat          double precision,
  lon          double precision,
  country      text COLLATE "C",
  geonames     bigint,
  killed_low   bigint,
  killed_best  bigint,
  killed_high  bigint,
  wounded_low  bigint,
  wounded_best bigint,
  wounded_high bigint,
  PRIMARY KEY (version, seq)
);

-- How far the reading of an input has come.
CREATE TABLE inputs (
  key    bytea PRIMARY KEY, -- SHA-256 of the origin
  origin text COLLATE "C" NOT NULL,
  state  text COLLATE "C" NOT NULL
);

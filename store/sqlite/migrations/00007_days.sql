-- The days on which articles appeared become words of the indexes, so that what
-- was said in some week is found without going through all that was ever said: the day, the
-- month and the year of an article of one day from 1970 to 2099, "dx" for any other that has a date.

-- +goose Up
PRAGMA user_version = 7;

DROP TABLE claims_fts;
DROP TABLE texts_fts;
DROP VIEW IF EXISTS claims_words;
DROP VIEW IF EXISTS texts_words;
DROP VIEW IF EXISTS version_days;

CREATE VIEW version_days AS SELECT num, CASE
    WHEN first = last AND first >= '1970' AND first < '2100' THEN 'd' || replace(first, '-', '') || ' m' || substr(first, 1, 4) || substr(first, 6, 2) || ' y' || substr(first, 1, 4)
    WHEN first IS NOT NULL THEN 'dx'
  END AS days FROM versions;

CREATE VIEW claims_words AS SELECT c.num, c.content, c.speakers, c.places, c.countries, v.days FROM claims c JOIN version_days v ON v.num = c.version;

CREATE VIEW texts_words AS SELECT t.num, t.title, t.content, v.days FROM texts t JOIN version_days v ON v.num = t.num;

CREATE VIRTUAL TABLE claims_fts USING fts5 (
  content, speakers, places, countries, days,
  content = 'claims_words', content_rowid = 'num', tokenize = 'porter unicode61 remove_diacritics 2'
);

CREATE VIRTUAL TABLE texts_fts USING fts5 (
  title, content, days,
  content = 'texts_words', content_rowid = 'num', tokenize = 'porter unicode61 remove_diacritics 2'
);

INSERT INTO claims_fts (claims_fts) VALUES ('rebuild');
INSERT INTO texts_fts (texts_fts) VALUES ('rebuild');

-- Incidents across articles. See package gathering, whose tables these are. A
-- record's id is kept with its highest bit turned, so that ids come in the order of
-- unsigned numbers.

-- +goose Up

CREATE TABLE incident_records (
  id      bigint PRIMARY KEY,
  version bigint NOT NULL REFERENCES versions (num),
  parent  bigint, -- the id of the record before it that tells of the same incident
  score   double precision NOT NULL, -- how well it fits that one
  tree    bigint NOT NULL, -- the same for all records of one incident
  pin     bigint, -- the same for all that a correction has put together
  said    bigint NOT NULL, -- in what ways claims of the article speak of it: a bit for each
  record  bytea NOT NULL
);
CREATE INDEX incident_records_version ON incident_records (version);
CREATE INDEX incident_records_parent ON incident_records (parent) WHERE parent IS NOT NULL;
CREATE INDEX incident_records_tree ON incident_records (tree);
CREATE INDEX incident_records_pin ON incident_records (pin) WHERE pin IS NOT NULL;

CREATE TABLE incident_keys (
  hash bigint NOT NULL,
  day  bigint NOT NULL,
  id   bigint NOT NULL,
  PRIMARY KEY (hash, day, id)
);

-- What an incident can be found by. Days are counted from 1970-01-01.
CREATE TABLE incident_sums (
  tree            bigint PRIMARY KEY,
  id              bigint NOT NULL, -- of its first record
  day             bigint NOT NULL, -- its last day, negated, so that the newest comes first; 2^31 - 1 where it has none
  first           bigint,
  last            bigint,
  type            text COLLATE "C" NOT NULL,
  place           text COLLATE "C",
  country         text COLLATE "C",
  articles        bigint NOT NULL, -- that report it
  said            bigint NOT NULL, -- in what ways claims of these speak of it
  published_first bigint, -- the days between which they appeared
  published_last  bigint
);
CREATE INDEX incident_sums_day ON incident_sums (day, id);
CREATE INDEX incident_sums_vague ON incident_sums (day, id) WHERE first <> last; -- of no one day
CREATE INDEX incident_sums_articles ON incident_sums (articles) WHERE articles > 4;
CREATE INDEX incident_sums_type ON incident_sums (type, day, id);
CREATE INDEX incident_sums_country ON incident_sums (country, day, id) WHERE country IS NOT NULL;

CREATE TABLE incident_places (
  word text COLLATE "C" NOT NULL, -- of the name of an incident's place, in small letters without accents
  tree bigint NOT NULL
);
CREATE INDEX incident_places_word ON incident_places USING hash (word); -- which takes a word of any length
CREATE INDEX incident_places_tree ON incident_places (tree);

-- By what words those can be found on whose word articles report incidents.
CREATE TABLE incident_speakers (
  word text COLLATE "C" NOT NULL,
  id   bigint NOT NULL, -- of a record
  PRIMARY KEY (word, id)
);
CREATE INDEX incident_speakers_id ON incident_speakers (id);

-- Merges and splits made by hand.
CREATE TABLE corrections (
  number    bigint PRIMARY KEY,
  split     bigint NOT NULL, -- 1, or 0 for a merge
  made      bigint NOT NULL, -- seconds since 1970 UTC
  incidents text COLLATE "C" NOT NULL, -- the ids given, a line each
  articles  text COLLATE "C" NOT NULL,
  results   text COLLATE "C" NOT NULL, -- the ids of what came of it
  pin_a     bigint NOT NULL, -- of what came of it: of a split, of what was left
  pin_b     bigint NOT NULL, -- of a split, of what was taken out; else that of pin_a
  undone    bigint NOT NULL
);

-- The records that a correction concerned, each with the pin that it had before.
CREATE TABLE correction_records (
  number bigint NOT NULL REFERENCES corrections (number),
  id     bigint NOT NULL,
  pin    bigint,
  PRIMARY KEY (number, id)
);
CREATE INDEX correction_records_id ON correction_records (id);

INSERT INTO ungathered SELECT num FROM texts WHERE num NOT IN (SELECT num FROM ungathered);

-- What articles have to do with one another. See package gathering, whose
-- tables these are. Their numbers are those of versions.

-- +goose Up

CREATE TABLE copy_texts (
  num      bigint PRIMARY KEY REFERENCES versions (num),
  hash     bigint NOT NULL, -- of the text
  original bigint -- the text with the same words of which this is a copy
);
CREATE INDEX copy_texts_hash ON copy_texts (hash);
CREATE INDEX copy_texts_original ON copy_texts (original) WHERE original IS NOT NULL;

CREATE TABLE copy_keys (
  key integer NOT NULL,
  num bigint NOT NULL,
  PRIMARY KEY (key, num)
);

CREATE TABLE copy_links (
  a     bigint NOT NULL,
  b     bigint NOT NULL,
  own   bigint NOT NULL, -- words outside quotation marks that both texts have
  of_a  double precision NOT NULL, -- the share of each text's words that this is
  of_b  double precision NOT NULL,
  spans bytea NOT NULL, -- where they stand in each
  PRIMARY KEY (a, b)
);
CREATE INDEX copy_links_b ON copy_links (b);

-- The versions that are still to be gathered.
CREATE TABLE ungathered (
  num bigint PRIMARY KEY REFERENCES versions (num) ON DELETE CASCADE
);
INSERT INTO ungathered SELECT num FROM texts;

-- What articles have to do with one another. See package gathering, whose
-- tables these are. Their numbers are those of versions.

-- +goose Up
PRAGMA user_version = 2;

CREATE TABLE copy_texts (
  num      INTEGER PRIMARY KEY REFERENCES versions (num),
  hash     INTEGER NOT NULL, -- of the text
  original INTEGER -- the text with the same words of which this is a copy
) STRICT;
CREATE INDEX copy_texts_hash ON copy_texts (hash);
CREATE INDEX copy_texts_original ON copy_texts (original) WHERE original IS NOT NULL;

CREATE TABLE copy_keys (
  key INTEGER NOT NULL, -- 32 bits
  num INTEGER NOT NULL,
  PRIMARY KEY (key, num)
) STRICT, WITHOUT ROWID;

CREATE TABLE copy_links (
  a     INTEGER NOT NULL,
  b     INTEGER NOT NULL,
  own   INTEGER NOT NULL, -- words outside quotation marks that both texts have
  of_a  REAL NOT NULL,    -- the share of each text's words that this is
  of_b  REAL NOT NULL,
  spans BLOB NOT NULL,    -- where they stand in each
  PRIMARY KEY (a, b)
) STRICT, WITHOUT ROWID;
CREATE INDEX copy_links_b ON copy_links (b);

-- The versions that are still to be gathered.
CREATE TABLE ungathered (
  num INTEGER PRIMARY KEY REFERENCES versions (num) ON DELETE CASCADE
) STRICT;
INSERT INTO ungathered SELECT num FROM texts;

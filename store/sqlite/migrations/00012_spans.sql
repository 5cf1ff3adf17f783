-- The keys of incidents lie together by the weeks that they are of, and no longer by their hashes
-- alone: what comes new touches a few pages of a large store. They are made anew of the records
-- when the store is opened. What is asked of each text that may be like a new one stands in an index, as
-- the rows of versions are as large as pages. See package gathering.

-- +goose Up
PRAGMA user_version = 12;

CREATE INDEX versions_head ON versions (num, article, published, title);

DROP TABLE incident_keys;
CREATE TABLE incident_keys (
  span INTEGER NOT NULL,
  hash INTEGER NOT NULL,
  day  INTEGER NOT NULL,
  id   INTEGER NOT NULL,
  PRIMARY KEY (span, hash, day, id)
) STRICT, WITHOUT ROWID;

-- The keys of records from a later id on are still to be made.
CREATE TABLE keys_remaking (
  after INTEGER NOT NULL
) STRICT;
INSERT INTO keys_remaking SELECT -9223372036854775807 - 1 WHERE EXISTS (SELECT 1 FROM incident_records);

DELETE FROM keys_waiting WHERE kind = 1;
UPDATE keys_generation SET generation = random();

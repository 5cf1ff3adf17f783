-- The keys of incidents lie together by the weeks that they are of, and no longer by their hashes
-- alone: what comes new touches a few pages of a large store. They are made anew of the records
-- when the store is opened. See package gathering.

-- +goose Up

DROP TABLE incident_keys;
CREATE TABLE incident_keys (
  span bigint NOT NULL,
  hash bigint NOT NULL,
  day  bigint NOT NULL,
  id   bigint NOT NULL,
  PRIMARY KEY (span, hash, day, id)
);

-- The keys of records from a later id on are still to be made.
CREATE TABLE keys_remaking (
  after bigint NOT NULL
);
INSERT INTO keys_remaking SELECT (-9223372036854775808)::bigint WHERE EXISTS (SELECT 1 FROM incident_records);

-- The keys of new articles wait before they are put in copy_keys and
-- incident_keys, those of many articles in their order. See package gathering.

-- +goose Up
PRAGMA user_version = 6;

CREATE TABLE keys_waiting (
  seq  INTEGER PRIMARY KEY,
  kind INTEGER NOT NULL, -- 0 for those of a text, 1 for those of a record of an incident
  id   INTEGER NOT NULL, -- of the text or the record
  keys BLOB NOT NULL
) STRICT;

-- Another number whenever something is taken out of what waits.
CREATE TABLE keys_generation (
  generation INTEGER NOT NULL
) STRICT;
INSERT INTO keys_generation VALUES (0);

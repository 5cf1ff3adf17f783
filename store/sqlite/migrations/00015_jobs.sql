-- The work that a server has taken on. See package jobs, whose tables these
-- are. Times are microseconds since 1970 UTC.

-- +goose Up
PRAGMA user_version = 15;

CREATE TABLE jobs (
  number   INTEGER PRIMARY KEY,
  id       TEXT NOT NULL UNIQUE,
  kind     TEXT NOT NULL,
  who      TEXT NOT NULL,
  request  TEXT NOT NULL, -- JSON
  state    TEXT NOT NULL,
  made     INTEGER NOT NULL,
  begun    INTEGER,
  ended    INTEGER,
  done     INTEGER NOT NULL,
  total    INTEGER NOT NULL,
  result   TEXT, -- JSON
  error    TEXT,
  revision INTEGER NOT NULL,
  owner    TEXT,
  lease    INTEGER -- until when it is the owner's
) STRICT;
CREATE INDEX jobs_state ON jobs (state, number);

CREATE TABLE job_inputs (
  number INTEGER NOT NULL,
  seq    INTEGER NOT NULL, -- from 0
  data   BLOB NOT NULL,
  PRIMARY KEY (number, seq)
) STRICT;

-- The work that a server has taken on. See package jobs, whose tables these
-- are. Times are microseconds since 1970 UTC.

-- +goose Up

CREATE TABLE jobs (
  number   bigint PRIMARY KEY,
  id       text COLLATE "C" NOT NULL UNIQUE,
  kind     text COLLATE "C" NOT NULL,
  who      text COLLATE "C" NOT NULL,
  request  text COLLATE "C" NOT NULL, -- JSON
  state    text COLLATE "C" NOT NULL,
  made     bigint NOT NULL,
  begun    bigint,
  ended    bigint,
  done     bigint NOT NULL,
  total    bigint NOT NULL,
  result   text COLLATE "C", -- JSON
  error    text COLLATE "C",
  revision bigint NOT NULL,
  owner    text COLLATE "C",
  lease    bigint -- until when it is the owner's
);
CREATE INDEX jobs_state ON jobs (state, number);

CREATE TABLE job_inputs (
  number bigint NOT NULL,
  seq    bigint NOT NULL, -- from 0
  data   bytea NOT NULL,
  PRIMARY KEY (number, seq)
);

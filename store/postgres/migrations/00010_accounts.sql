-- Accounts, sessions, tokens and the audit log. See package accounts, whose
-- tables these are. Times are microseconds since 1970 UTC.

-- +goose Up

CREATE TABLE accounts (
  name     text COLLATE "C" PRIMARY KEY,
  hash     text COLLATE "C" NOT NULL, -- of the password, in the PHC string format
  scopes   text COLLATE "C" NOT NULL, -- joined by commas
  made     bigint NOT NULL,
  changed  bigint NOT NULL, -- the password
  disabled bigint -- since when; NULL for one that is let in
);

CREATE TABLE account_sessions (
  id      text COLLATE "C" PRIMARY KEY, -- a digest of what the browser keeps
  account text COLLATE "C" NOT NULL,
  made    bigint NOT NULL,
  seen    bigint NOT NULL,
  ends    bigint NOT NULL,
  address text COLLATE "C" NOT NULL,
  agent   text COLLATE "C" NOT NULL
);
CREATE INDEX account_sessions_account ON account_sessions (account);

CREATE TABLE account_tokens (
  id       text COLLATE "C" PRIMARY KEY, -- a digest of the token
  account  text COLLATE "C" NOT NULL,
  name     text COLLATE "C" NOT NULL,
  scopes   text COLLATE "C" NOT NULL,
  made     bigint NOT NULL,
  expires  bigint, -- NULL for never
  used     bigint,
  restored bigint, -- when it came back with a backup
  UNIQUE (account, name)
);

-- Only ever added to.
CREATE TABLE audit (
  num     bigint PRIMARY KEY,
  at      bigint NOT NULL,
  who     text COLLATE "C" NOT NULL,
  via     text COLLATE "C" NOT NULL,
  address text COLLATE "C" NOT NULL,
  action  text COLLATE "C" NOT NULL,
  subject text COLLATE "C" NOT NULL,
  sum     text COLLATE "C" NOT NULL -- a digest of the entry and of the sum before it
);
CREATE INDEX audit_at ON audit (at);

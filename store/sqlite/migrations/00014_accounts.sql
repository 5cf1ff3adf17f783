-- Accounts, sessions, tokens and the audit log. See package accounts, whose
-- tables these are. Times are microseconds since 1970 UTC.

-- +goose Up
PRAGMA user_version = 14;

CREATE TABLE accounts (
  name     TEXT PRIMARY KEY,
  hash     TEXT NOT NULL, -- of the password, in the PHC string format
  scopes   TEXT NOT NULL, -- joined by commas
  made     INTEGER NOT NULL,
  changed  INTEGER NOT NULL, -- the password
  disabled INTEGER -- since when; NULL for one that is let in
) STRICT, WITHOUT ROWID;

CREATE TABLE account_sessions (
  id      TEXT PRIMARY KEY, -- a digest of what the browser keeps
  account TEXT NOT NULL,
  made    INTEGER NOT NULL,
  seen    INTEGER NOT NULL,
  ends    INTEGER NOT NULL,
  address TEXT NOT NULL,
  agent   TEXT NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX account_sessions_account ON account_sessions (account);

CREATE TABLE account_tokens (
  id       TEXT PRIMARY KEY, -- a digest of the token
  account  TEXT NOT NULL,
  name     TEXT NOT NULL,
  scopes   TEXT NOT NULL,
  made     INTEGER NOT NULL,
  expires  INTEGER, -- NULL for never
  used     INTEGER,
  restored INTEGER, -- when it came back with a backup
  UNIQUE (account, name)
) STRICT, WITHOUT ROWID;

-- Only ever added to.
CREATE TABLE audit (
  num     INTEGER PRIMARY KEY,
  at      INTEGER NOT NULL,
  who     TEXT NOT NULL,
  via     TEXT NOT NULL,
  address TEXT NOT NULL,
  action  TEXT NOT NULL,
  subject TEXT NOT NULL,
  sum     TEXT NOT NULL -- a digest of the entry and of the sum before it
) STRICT;
CREATE INDEX audit_at ON audit (at);

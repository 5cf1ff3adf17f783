-- Saved searches, webhooks and what is to be posted to them. See package
-- alerts, whose tables these are. Times are microseconds since 1970 UTC.

-- +goose Up
PRAGMA user_version = 4;

CREATE TABLE alert_searches (
  name   TEXT PRIMARY KEY,
  search TEXT NOT NULL, -- JSON
  saved  INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE alert_hooks (
  id     TEXT PRIMARY KEY, -- a hash of the address
  url    TEXT NOT NULL,
  opened INTEGER NOT NULL,
  closed TEXT -- why; NULL for one that is open
) STRICT, WITHOUT ROWID;

-- The versions that a webhook is still to hear of.
CREATE TABLE alert_news (
  hook TEXT NOT NULL,
  num  INTEGER NOT NULL,
  PRIMARY KEY (hook, num)
) STRICT, WITHOUT ROWID;

CREATE TABLE alert_outbox (
  id       TEXT PRIMARY KEY,
  hook     TEXT NOT NULL,
  search   TEXT NOT NULL,
  subject  TEXT NOT NULL,
  article  TEXT NOT NULL, -- a hash of its id
  body     TEXT NOT NULL, -- JSON; empty when the outcome is known
  made     INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  next     INTEGER NOT NULL,
  outcome  TEXT -- NULL for what is still to be posted
) STRICT, WITHOUT ROWID;
CREATE INDEX alert_outbox_next ON alert_outbox (hook, next) WHERE outcome IS NULL;
CREATE INDEX alert_outbox_article ON alert_outbox (hook, article);

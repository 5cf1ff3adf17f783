-- Saved searches, webhooks and what is to be posted to them. See package
-- alerts, whose tables these are. Times are microseconds since 1970 UTC.

-- +goose Up

CREATE TABLE alert_searches (
  name   text PRIMARY KEY,
  search text NOT NULL, -- JSON
  saved  bigint NOT NULL
);

CREATE TABLE alert_hooks (
  id     text PRIMARY KEY, -- a hash of the address
  url    text NOT NULL,
  opened bigint NOT NULL,
  closed text -- why; NULL for one that is open
);

-- The versions that a webhook is still to hear of.
CREATE TABLE alert_news (
  hook text NOT NULL,
  num  bigint NOT NULL,
  PRIMARY KEY (hook, num)
);

CREATE TABLE alert_outbox (
  id       text PRIMARY KEY,
  hook     text NOT NULL,
  search   text NOT NULL,
  subject  text NOT NULL,
  article  text NOT NULL, -- a hash of its id
  body     text NOT NULL, -- JSON; empty when the outcome is known
  made     bigint NOT NULL,
  attempts bigint NOT NULL,
  next     bigint NOT NULL,
  outcome  text -- NULL for what is still to be posted
);
CREATE INDEX alert_outbox_next ON alert_outbox (hook, next) WHERE outcome IS NULL;
CREATE INDEX alert_outbox_article ON alert_outbox (hook, article);

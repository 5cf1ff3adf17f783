-- Saved searches, webhooks and what is to be posted to them. See package
-- alerts, whose tables these are. Times are microseconds since 1970 UTC.

-- +goose Up

CREATE TABLE alert_searches (
  name   text COLLATE "C" PRIMARY KEY,
  search text COLLATE "C" NOT NULL, -- JSON
  saved  bigint NOT NULL
);

CREATE TABLE alert_hooks (
  id     text COLLATE "C" PRIMARY KEY, -- a hash of the address
  url    text COLLATE "C" NOT NULL,
  opened bigint NOT NULL,
  closed text COLLATE "C" -- why; NULL for one that is open
);

-- The versions that a webhook is still to hear of.
CREATE TABLE alert_news (
  hook text COLLATE "C" NOT NULL,
  num  bigint NOT NULL,
  PRIMARY KEY (hook, num)
);

CREATE TABLE alert_outbox (
  id       text COLLATE "C" PRIMARY KEY,
  hook     text COLLATE "C" NOT NULL,
  search   text COLLATE "C" NOT NULL,
  subject  text COLLATE "C" NOT NULL,
  article  text COLLATE "C" NOT NULL, -- a hash of its id
  body     text COLLATE "C" NOT NULL, -- JSON; empty when the outcome is known
  made     bigint NOT NULL,
  attempts bigint NOT NULL,
  next     bigint NOT NULL,
  outcome  text COLLATE "C" -- NULL for what is still to be posted
);
CREATE INDEX alert_outbox_next ON alert_outbox (hook, next) WHERE outcome IS NULL;
CREATE INDEX alert_outbox_article ON alert_outbox (hook, article);

-- What people corrected of the claims of articles. See package amending, whose
-- table this is. The ledgers in versions stay as they were read.

-- +goose Up
PRAGMA user_version = 13;

CREATE TABLE ledger_corrections (
  number  INTEGER PRIMARY KEY,
  article INTEGER NOT NULL REFERENCES articles (num) ON DELETE CASCADE,
  body    BLOB NOT NULL, -- JSON: a correction.Correction
  undone  TEXT NOT NULL -- who took it back, and when: JSON, empty while it stands
) STRICT;
CREATE INDEX ledger_corrections_article ON ledger_corrections (article);

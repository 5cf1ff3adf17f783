-- What people corrected of the claims of articles. See package amending, whose
-- table this is. The ledgers in versions stay as they were read.

-- +goose Up
CREATE TABLE ledger_corrections (
  number  bigint PRIMARY KEY,
  article bigint NOT NULL REFERENCES articles (num) ON DELETE CASCADE,
  body    bytea NOT NULL, -- JSON: a correction.Correction
  undone  text COLLATE "C" NOT NULL -- who took it back, and when: JSON, empty while it stands
);
CREATE INDEX ledger_corrections_article ON ledger_corrections (article);

-- When a version is removed, SQLite looks for claims that refer to it: without
-- an index it went through the claims of the whole store.

-- +goose Up
PRAGMA user_version = 9;

CREATE INDEX claims_version ON claims (version);

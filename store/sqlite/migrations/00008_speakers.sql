-- Speakers are counted from their index alone.

-- +goose Up
PRAGMA user_version = 8;

DROP INDEX claims_speaker;
CREATE INDEX claims_speaker ON claims (speaker, kind) WHERE speaker IS NOT NULL;

-- How often something is told of an incident that many articles report, so that
-- one more article needs no look at the others. See package gathering.

-- +goose Up
PRAGMA user_version = 10;

CREATE TABLE incident_tallies (
  tree  INTEGER PRIMARY KEY,
  tally BLOB NOT NULL
) STRICT;

-- How often something is told of an incident that many articles report, so that
-- one more article needs no look at the others. See package gathering.

-- +goose Up

CREATE TABLE incident_tallies (
  tree  bigint PRIMARY KEY,
  tally bytea NOT NULL
);

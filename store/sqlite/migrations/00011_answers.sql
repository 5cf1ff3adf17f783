-- What lets questions be answered that had to look at all there is: who speaks
-- most, and which incidents were told of in some days. See package gathering.

-- +goose Up
PRAGMA user_version = 11;

-- Those on whose word 64 claims stand and more.
CREATE TABLE speakers (
  name     TEXT PRIMARY KEY,
  claims   INTEGER NOT NULL,
  articles INTEGER NOT NULL,
  first    TEXT, -- the days of these articles
  last     TEXT,
  kinds    TEXT NOT NULL -- of sources, each with how many claims have it before it, a line each
) STRICT, WITHOUT ROWID;

INSERT INTO speakers (name, claims, articles, first, last, kinds)
WITH often AS MATERIALIZED (SELECT speaker, count(*) AS claims FROM claims WHERE speaker IS NOT NULL GROUP BY speaker HAVING count(*) >= 64),
  told AS MATERIALIZED (SELECT DISTINCT o.speaker, c.num >> 24 AS version FROM often o CROSS JOIN claims c ON c.speaker = o.speaker),
  by_kind AS (SELECT c.speaker, count(*) || ' ' || coalesce(c.kind, '') AS of FROM often o CROSS JOIN claims c ON c.speaker = o.speaker GROUP BY c.speaker, c.kind),
  kinds AS MATERIALIZED (SELECT speaker, group_concat(of, char(10)) AS kinds FROM by_kind GROUP BY speaker)
SELECT o.speaker, o.claims, count(*), min(v.first), max(v.last), k.kinds
FROM often o CROSS JOIN told t ON t.speaker = o.speaker CROSS JOIN versions v ON v.num = t.version JOIN kinds k ON k.speaker = o.speaker GROUP BY o.speaker;

CREATE INDEX speakers_claims ON speakers (claims DESC, name);

-- Incidents that articles told of before they happened, or long after, and of those without a
-- day the few that were told of for long, or not from the day on that the id has.
CREATE INDEX incident_sums_apart ON incident_sums (day, id, published_first, published_last)
  WHERE (last > published_first + 1 OR last < published_last - 30 OR last IS NULL AND (published_last - published_first > 30 OR (id >> 48) + 32768 <> published_first));

-- What lets questions be answered that had to look at all there is: who speaks
-- most, which incidents were told of in some days, and what appeared in some days. See package gathering.

-- +goose Up

CREATE INDEX claims_speaker ON claims USING hash (speaker); -- which takes a name of any length

-- Those on whose word 64 claims stand and more.
CREATE TABLE speakers (
  name     text COLLATE "C" NOT NULL, -- each once: one transaction at a time writes here
  claims   bigint NOT NULL,
  articles bigint NOT NULL,
  first    text COLLATE "C", -- the days of these articles
  last     text COLLATE "C",
  kinds    text COLLATE "C" NOT NULL -- of sources, each with how many claims have it before it, a line each
);

INSERT INTO speakers (name, claims, articles, first, last, kinds)
WITH told AS MATERIALIZED (SELECT c.speaker, c.kind, c.version, count(*) AS n FROM claims c
    WHERE c.speaker IN (SELECT speaker FROM claims WHERE speaker IS NOT NULL GROUP BY speaker HAVING count(*) >= 64) GROUP BY c.speaker, c.kind, c.version),
  by_kind AS (SELECT speaker, coalesce(kind, '') AS kind, sum(n) AS n FROM told GROUP BY speaker, kind),
  kinds AS (SELECT speaker, sum(n) AS claims, string_agg(n || ' ' || kind, E'\n' ORDER BY kind) AS kinds FROM by_kind GROUP BY speaker),
  days AS (SELECT t.speaker, count(DISTINCT t.version) AS articles, min(v.first) AS first, max(v.last) AS last FROM told t JOIN versions v ON v.num = t.version GROUP BY t.speaker)
SELECT k.speaker, k.claims, d.articles, d.first, d.last, k.kinds FROM kinds k JOIN days d ON d.speaker = k.speaker;

CREATE INDEX speakers_name ON speakers USING hash (name);
CREATE INDEX speakers_claims ON speakers (claims);

-- Incidents that articles told of before they happened, or long after, and of those without a
-- day the few that were told of for long, or not from the day on that the id has.
CREATE INDEX incident_sums_apart ON incident_sums (day, id, published_first, published_last)
  WHERE (last > published_first + 1 OR last < published_last - 30 OR last IS NULL AND (published_last - published_first > 30 OR (id >> 48) + 32768 <> published_first));

CREATE INDEX versions_first ON versions (first, num);
CREATE INDEX versions_vague ON versions (num) WHERE first <> last; -- of no one day

package postgres

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"

	"hearsay/ledger"
	"hearsay/store"
	"hearsay/store/alerts"
	"hearsay/store/amending"
	"hearsay/store/conditions"
	"hearsay/store/gathering"
	"hearsay/store/query"
	"hearsay/store/relevance"
	"hearsay/store/rows"
)

// articleColumns are the columns that scanArticle reads.
const articleColumns = `a.id, v.version, v.origin, v.given, v.url, v.title, v.byline, v.site, v.published, v.language, v.hash, v.added, v.ledger`

// Article returns the newest version: see store.Store.
func (s *Store) Article(ctx context.Context, id string) (*store.Article, *ledger.Ledger, error) {
	key := keyOf(id)
	return s.one(ctx, id, `SELECT `+articleColumns+`, a.num FROM articles a JOIN versions v ON v.article = a.num AND v.version = a.version WHERE a.key = $1`, key[:])
}

// Version returns one version: see store.Store.
func (s *Store) Version(ctx context.Context, id string, version int) (*store.Article, *ledger.Ledger, error) {
	key := keyOf(id)
	return s.one(ctx, fmt.Sprintf("version %d of %s", version, id),
		`SELECT `+articleColumns+`, a.num FROM articles a JOIN versions v ON v.article = a.num WHERE a.key = $1 AND v.version = $2`, key[:], version)
}

func (s *Store) one(ctx context.Context, what, text string, args ...any) (*store.Article, *ledger.Ledger, error) {
	var a *store.Article
	var l *ledger.Ledger
	err := s.reading(ctx, func(tx pgx.Tx) (err error) {
		var num int64
		if a, l, err = s.scanArticle(tx.QueryRow(ctx, text, args...), &num); err != nil {
			return err
		}
		l, err = amending.To(ctx, &within{tx: tx}, num, l)
		return err
	})
	if errors.Is(err, pgx.ErrNoRows) {
		err = store.ErrNotFound
	}
	if err != nil {
		return nil, nil, fmt.Errorf("reading %s: %w", what, told(cmp.Or(ctx.Err(), err)))
	}
	return a, l, nil
}

// scanArticle reads articleColumns and what more columns there are.
func (s *Store) scanArticle(row pgx.Row, more ...any) (*store.Article, *ledger.Ledger, error) {
	var a store.Article
	var given, url, title, byline, site, published, language *string
	var hash, packed []byte
	var added int64
	if err := scanPlain(row, append([]any{&a.ID, &a.Version, &a.Origin, &given, &url, &title, &byline, &site, &published, &language, &hash, &added, &packed}, more...)); err != nil {
		return nil, nil, err
	}
	l, err := s.packer.Ledger(packed)
	if err != nil {
		return nil, nil, err
	}
	copy(a.Hash[:], hash)
	a.Added = time.UnixMicro(added).UTC()
	a.Article.ID, a.Article.URL, a.Article.Title = value(given), value(url), value(title)
	a.Article.Site, a.Article.Published, a.Article.Language = value(site), value(published), value(language)
	a.Article.Text = l.Document.Text
	a.Article.Byline = rows.Split(value(byline))
	return &a, l, nil
}

// value is what p points to, or nothing.
func value[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// where collects the conditions of a query and their values.
type where struct{ conditions.Where }

// versions adds what a filter says of articles.
func (w *where) versions(f *store.Filter) error {
	if err := w.Published(f); err != nil {
		return err
	}
	if f.Article != "" {
		key := keyOf(f.Article)
		w.Add("a.key = ?", key[:])
	}
	return nil
}

// claims adds what a filter says of claims, and what words they are to have.
func (w *where) claims(text string, f *store.Filter) error {
	for _, p := range [...]struct {
		column, text string
		parse        func(string) (query.Expr, error)
	}{
		{"words", text, query.Parse}, {"speaker_words", f.Speaker, query.Names}, {"place_words", f.Place, query.Names}, {"country_words", f.Country, query.Names},
	} {
		if p.text == "" {
			continue
		}
		e, err := p.parse(p.text)
		if err != nil {
			return fmt.Errorf("%w: %w", store.ErrQuery, err)
		}
		w.matches("c."+p.column, e)
	}
	if err := w.versions(f); err != nil {
		return err
	}
	if f.Article != "" { // a look at its claims alone
		key := keyOf(f.Article)
		const newest = `FROM articles o JOIN versions n ON n.article = o.num AND n.version = o.version WHERE o.key = ?`
		w.Add("c.num BETWEEN (SELECT n.num * ?::bigint "+newest+") AND (SELECT (n.num + 1) * ?::bigint - 1 "+newest+")", int64(rows.MaxClaims), key[:], int64(rows.MaxClaims), key[:])
	}
	w.Equal("c.naming", string(f.Naming))
	w.Equal("c.level", string(f.Level))
	w.Equal("c.polarity", string(f.Polarity))
	if f.Type != "" { // as the index has it, and as it is
		w.Add("left(c.type, 64) = left(?, 64) AND c.type = ?", string(f.Type), string(f.Type))
	}
	if f.Score != nil {
		w.Add("c.score BETWEEN ? AND ?", f.Score.Low, f.Score.High)
	}
	return w.Happened(f)
}

// matches adds the condition that a column of words matches a query.
func (w *where) matches(column string, e query.Expr) {
	q, ok := search(e)
	if !ok {
		w.Add("false")
		return
	}
	w.Add(column+" @@ to_tsquery('words', ?)", q)
}

// The tables of claims with their articles.
const fromClaims = ` FROM claims c JOIN versions v ON v.num = c.version JOIN articles a ON a.num = v.article`

// Articles yields articles: see store.Store.
func (s *Store) Articles(ctx context.Context, f store.Filter) iter.Seq2[*store.Article, error] {
	return again(ctx, s, "reading the articles", func(q querier) iter.Seq2[*store.Article, error] {
		return func(yield func(*store.Article, error) bool) {
			var w where
			if err := w.versions(&f); err != nil {
				yield(nil, err)
				return
			}
			w.Before("a.num", &f)
			list(ctx, q, yield, func(r pgx.Row) (*store.Article, error) {
				var number int64
				a, _, err := s.scanArticle(r, &number)
				if err == nil {
					a.Number = number
				}
				return a, err
			}, `SELECT `+articleColumns+`, a.num FROM articles a JOIN versions v ON v.article = a.num AND v.version = a.version`+w.String()+conditions.InTurn("a.num", &f)+conditions.Limit(f.Limit), w.Args)
		}
	})
}

// Claims yields claims: see store.Store.
func (s *Store) Claims(ctx context.Context, text string, f store.Filter) iter.Seq2[*store.Claim, error] {
	if f.Order == store.Relevance && text != "" {
		return relevance.Claims(text, f, func(f store.Filter) iter.Seq2[*store.Claim, error] { return s.Claims(ctx, text, f) })
	}
	return again(ctx, s, "looking for claims", func(q querier) iter.Seq2[*store.Claim, error] { return claimsIn(ctx, q, text, f) })
}

func claimsIn(ctx context.Context, q querier, text string, f store.Filter) iter.Seq2[*store.Claim, error] {
	return func(yield func(*store.Claim, error) bool) {
		var w where
		if err := w.claims(text, &f); err != nil {
			yield(nil, err)
			return
		}
		w.Before("c.num", &f)
		list(ctx, q, yield, scanClaim,
			`SELECT a.id, v.url, v.title, v.published, c.id, c.content, c.source, c.kind, c.naming, c.speaker, c.cue, c.manner, c.level, c.polarity, c.score, c.incident, c.type, c.places, c.num`+
				fromClaims+w.String()+conditions.NewestFirst("c.num")+conditions.Limit(f.Limit), w.Args)
	}
}

func scanClaim(r pgx.Row) (*store.Claim, error) {
	var c store.Claim
	var url, title, published, source, kind, naming, speaker, cue, manner, level, polarity, incident, sort, places *string
	var score *float64
	if err := scanPlain(r, []any{&c.Article, &url, &title, &published, &c.ID, &c.Content, &source, &kind, &naming, &speaker, &cue, &manner, &level, &polarity, &score,
		&incident, &sort, &places, &c.Number}); err != nil {
		return nil, err
	}
	c.URL, c.Title, c.Published = value(url), value(title), value(published)
	c.Source, c.Kind, c.Naming, c.Speaker = value(source), ledger.SourceKind(value(kind)), ledger.Naming(value(naming)), value(speaker)
	c.Cue, c.Manner = value(cue), ledger.Manner(value(manner))
	c.Level, c.Polarity, c.Score = ledger.Level(value(level)), ledger.Polarity(value(polarity)), value(score)
	c.Incident, c.Type = value(incident), ledger.IncidentType(value(sort))
	c.Places = rows.Split(value(places))
	return &c, nil
}

// placesOf asks where in a text, among its first words, those stand that a
// query looks for.
const placesOf = `(SELECT array_agg(p ORDER BY p) FROM unnest(t.words) AS u (lexeme, positions, weights), unnest(u.positions) AS p
	WHERE u.lexeme = ANY(tsvector_to_array(to_tsvector('words', ?))) OR u.lexeme ^@ ANY(tsvector_to_array(to_tsvector('words', ?))))`

// Texts yields articles by their words: see store.Store.
func (s *Store) Texts(ctx context.Context, text string, f store.Filter) iter.Seq2[*store.Hit, error] {
	if f.Order == store.Relevance {
		return relevance.Hits(text, f, func(f store.Filter) iter.Seq2[*store.Hit, error] { return s.Texts(ctx, text, f) })
	}
	return again(ctx, s, "looking for texts", func(q querier) iter.Seq2[*store.Hit, error] {
		return func(yield func(*store.Hit, error) bool) {
			e, err := query.Parse(text)
			if err != nil {
				yield(nil, fmt.Errorf("%w: %w", store.ErrQuery, err))
				return
			}
			whole, begun := wanted(e, nil, nil)
			w := where{conditions.Where{Args: []any{strings.Join(whole, " "), strings.Join(begun, " ")}}}
			w.matches("t.words", e)
			if err := w.versions(&f); err != nil {
				yield(nil, err)
				return
			}
			w.Before("t.num", &f)
			list(ctx, q, yield, func(r pgx.Row) (*store.Hit, error) {
				var h store.Hit
				var url, title, published *string
				var content string
				var places []int
				if err := scanPlain(r, []any{&h.Article, &url, &title, &published, &content, &places, &h.Number}); err != nil {
					return nil, err
				}
				h.URL, h.Title, h.Published = value(url), value(title), value(published)
				h.Snippet = snippet(content, places)
				return &h, nil
			}, `SELECT a.id, v.url, v.title, v.published, t.content, `+placesOf+
				`, t.num FROM texts t JOIN versions v ON v.num = t.num JOIN articles a ON a.num = v.article`+w.String()+conditions.NewestFirst("t.num")+conditions.Limit(f.Limit), w.Args)
		}
	})
}

// Speakers yields speakers: see store.Store.
func (s *Store) Speakers(ctx context.Context, f store.Filter) iter.Seq2[*store.Speaker, error] {
	return again(ctx, s, "looking for speakers", func(q querier) iter.Seq2[*store.Speaker, error] {
		return func(yield func(*store.Speaker, error) bool) {
			var w where
			if err := w.claims("", &f); err != nil {
				yield(nil, err)
				return
			}
			if len(w.Conditions) == 0 && f.Limit > 0 {
				var often []store.Speaker
				err := s.reading(ctx, func(tx pgx.Tx) (err error) {
					often, err = gathering.Speakers(ctx, &within{tx: tx}, f.Limit)
					return err
				})
				if err != nil {
					yield(nil, err)
					return
				}
				for i := range often {
					if !yield(&often[i], nil) {
						return
					}
				}
				if len(often) > 0 {
					return
				}
			}
			w.Add("c.speaker IS NOT NULL")
			list(ctx, q, yield, func(r pgx.Row) (*store.Speaker, error) {
				var p store.Speaker
				var kind, first, last *string
				err := scanPlain(r, []any{&p.Name, &kind, &p.Claims, &p.Articles, &first, &last})
				p.Kind, p.First, p.Last = ledger.SourceKind(value(kind)), value(first), value(last)
				return &p, err
			}, `WITH picked AS MATERIALIZED (SELECT c.speaker, c.kind, c.version, v.first, v.last`+fromClaims+w.String()+`),
			articles AS (SELECT speaker, count(*) AS n, min(first) AS first, max(last) AS last FROM picked GROUP BY speaker, version),
			speakers AS MATERIALIZED (SELECT speaker, sum(n)::bigint AS n, count(*) AS articles, min(first) AS first, max(last) AS last FROM articles
				GROUP BY speaker ORDER BY n DESC, speaker`+conditions.Limit(f.Limit)+`),
			kinds AS (SELECT speaker, kind, row_number() OVER (PARTITION BY speaker ORDER BY count(*) DESC, kind) AS rank FROM picked
				WHERE speaker IN (SELECT speaker FROM speakers) GROUP BY speaker, kind)
			SELECT s.speaker, k.kind, s.n, s.articles, s.first, s.last FROM speakers s JOIN kinds k ON k.speaker = s.speaker AND k.rank = 1 ORDER BY s.n DESC, s.speaker`, w.Args)
		}
	})
}

// querier is the pool of connections, or a transaction.
type querier interface {
	Query(ctx context.Context, text string, args ...any) (pgx.Rows, error)
}

// again yields what ask finds, and asks a second time if the connection was lost
// before the first thing was found.
func again[T any](ctx context.Context, s *Store, doing string, ask func(querier) iter.Seq2[T, error]) iter.Seq2[T, error] {
	return func(yield func(T, error) bool) {
		var failed error // when something had been found
		err := s.twice(ctx, func() error {
			found := false
			for v, err := range ask(s.pool) {
				switch {
				case err != nil && !found:
					return err
				case err != nil:
					failed = err
					return nil
				}
				if found = true; !yield(v, nil) {
					return nil
				}
			}
			return nil
		})
		if err = cmp.Or(failed, err); err != nil {
			var none T
			yield(none, fmt.Errorf("%s: %w", doing, told(cmp.Or(ctx.Err(), err))))
		}
	}
}

// list yields what scan makes of each row of a query. The server plans the
// query for the very words that are looked for: frequent ones and rare ones are
// best found in different ways.
func list[T any](ctx context.Context, q querier, yield func(*T, error) bool, scan func(pgx.Row) (*T, error), text string, args []any) {
	err := func() error {
		r, err := q.Query(ctx, numbered(text), append([]any{pgx.QueryExecModeCacheDescribe}, escaped(args)...)...)
		if err != nil {
			return err
		}
		defer r.Close()
		for r.Next() {
			v, err := scan(r)
			if err != nil {
				return err
			}
			if !yield(v, nil) {
				return nil
			}
		}
		return r.Err()
	}()
	if err != nil {
		yield(nil, err)
	}
}

// Stats counts: see store.Store.
func (s *Store) Stats(ctx context.Context) (st store.Stats, err error) {
	err = s.row(ctx, []any{&st.Articles, &st.Versions, &st.Claims, &st.Attributed, &st.Entities, &st.Dates, &st.Figures, &st.Incidents, &st.Inputs, &st.Schema, &st.Bytes},
		`SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM versions), (SELECT count(*) FROM claims),
		(SELECT count(*) FROM claims WHERE naming IS NOT NULL OR cue IS NOT NULL), (SELECT count(*) FROM entities), (SELECT count(*) FROM dates),
		(SELECT count(*) FROM figures), (SELECT count(*) FROM incidents), (SELECT count(*) FROM inputs), (SELECT max(version_id) FROM goose_db_version),
		(SELECT sum(pg_total_relation_size(oid)) FROM pg_class WHERE relnamespace = 'hearsay'::regnamespace AND relkind = 'r')`)
	if err != nil {
		return store.Stats{}, fmt.Errorf("counting what the store holds: %w", told(cmp.Or(ctx.Err(), err)))
	}
	return st, nil
}

// Alerts returns what the store knows of saved searches and webhooks. One at a
// time changes it.
func (s *Store) Alerts() store.Alerts {
	return alerts.New(
		func(ctx context.Context, f func(gathering.Tx) error) error {
			return s.writing(ctx, func(tx pgx.Tx) error {
				if err := alone(ctx, tx, changingAlerts); err != nil {
					return err
				}
				return flushed(ctx, tx, f)
			})
		},
		func(ctx context.Context, f func(gathering.Tx) error) error {
			return told(cmp.Or(s.reading(ctx, func(tx pgx.Tx) error { return f(&within{tx: tx}) }), ctx.Err()))
		})
}

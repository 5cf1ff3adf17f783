package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"iter"
	"os"
	"strings"
	"time"

	"hearsay/corpus/copies"
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

// versionColumns are the columns that scanArticle reads.
const versionColumns = `a.id, v.version, v.origin, v.given, v.url, v.title, v.byline, v.site, v.published, v.language, v.hash, v.added, v.ledger`

// Article returns the newest version: see store.Store.
func (s *Store) Article(ctx context.Context, id string) (*store.Article, *ledger.Ledger, error) {
	return s.one(ctx, id, `SELECT `+versionColumns+`, a.num FROM articles a JOIN versions v ON v.article = a.num AND v.version = a.version WHERE a.id = ?`, id)
}

// Version returns one version: see store.Store.
func (s *Store) Version(ctx context.Context, id string, version int) (*store.Article, *ledger.Ledger, error) {
	return s.one(ctx, fmt.Sprintf("version %d of %s", version, id),
		`SELECT `+versionColumns+`, a.num FROM articles a JOIN versions v ON v.article = a.num WHERE a.id = ? AND v.version = ?`, id, version)
}

func (s *Store) one(ctx context.Context, what, text string, args ...any) (*store.Article, *ledger.Ledger, error) {
	var a *store.Article
	var l *ledger.Ledger
	err := s.reading(ctx, func(r reader) (err error) {
		var num int64
		if a, l, err = s.scanArticle(r.QueryRowContext(ctx, text, args...), &num); err != nil {
			return err
		}
		l, err = amending.To(ctx, r, num, l)
		return err
	})
	if errors.Is(err, sql.ErrNoRows) {
		err = store.ErrNotFound
	}
	if err != nil {
		return nil, nil, fmt.Errorf("reading %s: %w", what, told(err))
	}
	return a, l, nil
}

// scanArticle reads versionColumns and what more columns there are.
func (s *Store) scanArticle(row interface{ Scan(...any) error }, more ...any) (*store.Article, *ledger.Ledger, error) {
	var a store.Article
	var given, url, title, byline, site, published, language sql.NullString
	var hash, packed []byte
	var added int64
	if err := row.Scan(append([]any{&a.ID, &a.Version, &a.Origin, &given, &url, &title, &byline, &site, &published, &language, &hash, &added, &packed}, more...)...); err != nil {
		return nil, nil, err
	}
	l, err := s.packer.Ledger(packed)
	if err != nil {
		return nil, nil, err
	}
	copy(a.Hash[:], hash)
	a.Added = time.UnixMicro(added).UTC()
	a.Article.ID, a.Article.URL, a.Article.Title = given.String, url.String, title.String
	a.Article.Site, a.Article.Published, a.Article.Language = site.String, published.String, language.String
	a.Article.Text = l.Document.Text
	a.Article.Byline = rows.Split(byline.String)
	return &a, l, nil
}

// where collects the conditions of a query and their values.
type where struct{ conditions.Where }

// versions adds what a filter says of articles.
func (w *where) versions(f *store.Filter) error {
	if err := w.Published(f); err != nil {
		return err
	}
	w.Equal("a.id", f.Article)
	return nil
}

// claims adds what a filter says of claims, and returns the words to look for
// in the index of claims.
func (w *where) claims(text string, f *store.Filter) (match string, err error) {
	if err := w.versions(f); err != nil {
		return "", err
	}
	w.Equal("c.naming", string(f.Naming))
	w.Equal("c.level", string(f.Level))
	w.Equal("c.polarity", string(f.Polarity))
	w.Equal("c.type", string(f.Type))
	if f.Score != nil {
		w.Add("c.score BETWEEN ? AND ?", f.Score.Low, f.Score.High)
	}
	if err := w.Happened(f); err != nil {
		return "", err
	}
	var parts []string
	for _, p := range [...]struct {
		column, text string
		parse        func(string) (query.Expr, error)
	}{
		{"content", text, query.Parse}, {"speakers", f.Speaker, query.Names}, {"places", f.Place, query.Names}, {"countries", f.Country, query.Names},
	} {
		if p.text == "" {
			continue
		}
		e, err := p.parse(p.text)
		if err != nil {
			return "", fmt.Errorf("%w: %w", store.ErrQuery, err)
		}
		parts = append(parts, p.column+" : ("+match5(e)+")")
	}
	days, err := matchDays(f.Since, f.Until)
	if err != nil {
		return "", fmt.Errorf("%w: %w", store.ErrQuery, err)
	}
	if days != "" {
		parts = append(parts, days)
	}
	match = strings.Join(parts, " AND ")
	if f.Article != "" {
		// The claims of a version lie together: no others need be looked at.
		num := "c.num"
		if match != "" {
			num = "claims_fts.rowid"
		}
		const newest = `(SELECT v.num FROM articles a JOIN versions v ON v.article = a.num AND v.version = a.version WHERE a.id = ?)`
		from, to := rows.ClaimNumbers(1)
		w.Add(fmt.Sprintf("%s BETWEEN %s * %d AND %[2]s * %[3]d + %d", num, newest, from, to-from), f.Article, f.Article)
	}
	return match, nil
}

// match5 writes a query in the language of FTS5.
func match5(e query.Expr) string {
	var b strings.Builder
	write5(&b, e)
	return b.String()
}

func write5(b *strings.Builder, e query.Expr) {
	join := func(list []query.Expr, with string) {
		b.WriteByte('(')
		for i, o := range list {
			if i > 0 {
				b.WriteString(with)
			}
			write5(b, o)
		}
		b.WriteByte(')')
	}
	switch e.Op {
	case query.Term:
		b.WriteString(`"` + strings.ReplaceAll(e.Words, `"`, `""`) + `"`)
		if e.Prefix {
			b.WriteByte('*')
		}
	case query.Or:
		join(e.Of, " OR ")
	case query.And:
		if len(e.Without) == 0 {
			join(e.Of, " AND ")
			return
		}
		b.WriteByte('(')
		join(e.Of, " AND ")
		b.WriteString(" NOT ")
		join(e.Without, " OR ")
		b.WriteByte(')')
	}
}

// The tables of claims with their articles. CROSS keeps the order of the
// tables: what is asked for first decides how many rows are looked at.
const (
	fromClaims = ` FROM claims c CROSS JOIN versions v ON v.num = c.version CROSS JOIN articles a ON a.num = v.article`
	fromFound  = ` FROM claims_fts CROSS JOIN claims c ON c.num = claims_fts.rowid CROSS JOIN versions v ON v.num = c.version CROSS JOIN articles a ON a.num = v.article`
)

// tables returns the tables to look in, with the words to match as the first condition.
func (w *where) tables(match string) string {
	if match == "" {
		return fromClaims
	}
	w.Conditions = append([]string{"claims_fts MATCH ?"}, w.Conditions...)
	w.Args = append([]any{match}, w.Args...)
	return fromFound
}

// Articles yields articles: see store.Store.
func (s *Store) Articles(ctx context.Context, f store.Filter) iter.Seq2[*store.Article, error] {
	return func(yield func(*store.Article, error) bool) {
		var w where
		if err := w.versions(&f); err != nil {
			yield(nil, err)
			return
		}
		w.Before("a.num", &f)
		list(ctx, s, "reading the articles", yield, func(r *sql.Rows) (*store.Article, error) {
			var number int64
			a, _, err := s.scanArticle(r, &number)
			if err == nil {
				a.Number = number
			}
			return a, err
		}, `SELECT `+versionColumns+`, a.num FROM articles a CROSS JOIN versions v ON v.article = a.num AND v.version = a.version`+w.String()+conditions.InTurn("a.num", &f)+conditions.Limit(f.Limit), w.Args)
	}
}

// Claims yields claims: see store.Store.
func (s *Store) Claims(ctx context.Context, text string, f store.Filter) iter.Seq2[*store.Claim, error] {
	if f.Order == store.Relevance && text != "" {
		return relevance.Claims(text, f, func(f store.Filter) iter.Seq2[*store.Claim, error] { return s.Claims(ctx, text, f) })
	}
	return func(yield func(*store.Claim, error) bool) {
		var w where
		match, err := w.claims(text, &f)
		if err != nil {
			yield(nil, err)
			return
		}
		from, num := w.tables(match), "c.num"
		if match != "" {
			num = "claims_fts.rowid" // the same number, and the index can go down it without sorting
		}
		w.Before(num, &f)
		list(ctx, s, "looking for claims", yield, scanClaim,
			`SELECT a.id, v.url, v.title, v.published, c.id, c.content, c.source, c.kind, c.naming, c.speaker, c.cue, c.manner, c.level, c.polarity, c.score, c.incident, c.type, c.places, c.num`+
				from+w.String()+conditions.NewestFirst(num)+conditions.Limit(f.Limit), w.Args)
	}
}

func scanClaim(r *sql.Rows) (*store.Claim, error) {
	var c store.Claim
	var url, title, published, source, kind, naming, speaker, cue, manner, level, polarity, incident, sort, places sql.NullString
	var score sql.NullFloat64
	if err := r.Scan(&c.Article, &url, &title, &published, &c.ID, &c.Content, &source, &kind, &naming, &speaker, &cue, &manner, &level, &polarity, &score,
		&incident, &sort, &places, &c.Number); err != nil {
		return nil, err
	}
	c.URL, c.Title, c.Published = url.String, title.String, published.String
	c.Source, c.Kind, c.Naming, c.Speaker = source.String, ledger.SourceKind(kind.String), ledger.Naming(naming.String), speaker.String
	c.Cue, c.Manner = cue.String, ledger.Manner(manner.String)
	c.Level, c.Polarity, c.Score = ledger.Level(level.String), ledger.Polarity(polarity.String), score.Float64
	c.Incident, c.Type = incident.String, ledger.IncidentType(sort.String)
	c.Places = rows.Split(places.String)
	return &c, nil
}

// Texts yields articles by their words: see store.Store.
func (s *Store) Texts(ctx context.Context, text string, f store.Filter) iter.Seq2[*store.Hit, error] {
	if f.Order == store.Relevance {
		return relevance.Hits(text, f, func(f store.Filter) iter.Seq2[*store.Hit, error] { return s.Texts(ctx, text, f) })
	}
	return func(yield func(*store.Hit, error) bool) {
		e, err := query.Parse(text)
		if err != nil {
			yield(nil, fmt.Errorf("%w: %w", store.ErrQuery, err))
			return
		}
		var w where
		w.Add("texts_fts MATCH ?", nil)
		if err := w.versions(&f); err != nil {
			yield(nil, err)
			return
		}
		match := "{title content} : (" + match5(e) + ")"
		days, err := matchDays(f.Since, f.Until)
		if err != nil {
			yield(nil, fmt.Errorf("%w: %w", store.ErrQuery, err))
			return
		}
		if days != "" {
			match += " AND " + days
		}
		w.Args[0] = match
		w.Before("texts_fts.rowid", &f)
		list(ctx, s, "looking for texts", yield, func(r *sql.Rows) (*store.Hit, error) {
			var h store.Hit
			var url, title, published sql.NullString
			err := r.Scan(&h.Article, &url, &title, &published, &h.Snippet, &h.Number)
			h.URL, h.Title, h.Published = url.String, title.String, published.String
			return &h, err
		}, `SELECT a.id, v.url, v.title, v.published, snippet(texts_fts, 1, '', '', '…', 32), texts_fts.rowid
			FROM texts_fts CROSS JOIN versions v ON v.num = texts_fts.rowid CROSS JOIN articles a ON a.num = v.article`+
			w.String()+conditions.NewestFirst("texts_fts.rowid")+conditions.Limit(f.Limit), w.Args)
	}
}

// Speakers yields speakers: see store.Store.
func (s *Store) Speakers(ctx context.Context, f store.Filter) iter.Seq2[*store.Speaker, error] {
	return func(yield func(*store.Speaker, error) bool) {
		var w where
		match, err := w.claims("", &f)
		if err != nil {
			yield(nil, err)
			return
		}
		if match == "" && len(w.Conditions) == 0 && f.Limit > 0 {
			var often []store.Speaker
			err := s.reading(ctx, func(r reader) (err error) {
				often, err = gathering.Speakers(ctx, r, f.Limit)
				return err
			})
			if err != nil {
				yield(nil, fmt.Errorf("looking for speakers: %w", told(cmp.Or(ctx.Err(), err))))
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
		from := w.tables(match)
		w.Add("c.speaker IS NOT NULL")
		list(ctx, s, "looking for speakers", yield, func(r *sql.Rows) (*store.Speaker, error) {
			var p store.Speaker
			var kind, first, last sql.NullString
			err := r.Scan(&p.Name, &kind, &p.Claims, &p.Articles, &first, &last)
			p.Kind, p.First, p.Last = ledger.SourceKind(kind.String), first.String, last.String
			return &p, err
		}, `WITH picked AS MATERIALIZED (SELECT c.speaker, c.kind, c.version, v.first, v.last`+from+w.String()+`),
			kinds AS (SELECT speaker, kind, row_number() OVER (PARTITION BY speaker ORDER BY count(*) DESC, kind) AS rank FROM picked GROUP BY speaker, kind)
			SELECT p.speaker, k.kind, count(*) AS n, count(DISTINCT p.version), min(p.first), max(p.last)
			FROM picked p JOIN kinds k ON k.speaker = p.speaker AND k.rank = 1 GROUP BY p.speaker ORDER BY n DESC, p.speaker`+conditions.Limit(f.Limit), w.Args)
	}
}

// Copies yields groups of copies: see store.Store.
func (s *Store) Copies(ctx context.Context, f store.Filter) iter.Seq2[copies.Group, error] {
	return gathered(ctx, s, "looking for copies", func(r reader) iter.Seq2[copies.Group, error] {
		return func(yield func(copies.Group, error) bool) {
			if err := conditions.WholeDays(f.Since, f.Until); err != nil {
				yield(copies.Group{}, err)
				return
			}
			gathering.Groups(ctx, r, f)(yield)
		}
	})
}

// list yields what scan makes of each row of a query.
func list[T any](ctx context.Context, s *Store, doing string, yield func(*T, error) bool, scan func(*sql.Rows) (*T, error), text string, args []any) {
	err := func() error {
		r, err := s.read.QueryContext(ctx, text, args...)
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
		yield(nil, fmt.Errorf("%s: %w", doing, told(cmp.Or(ctx.Err(), err))))
	}
}

// Alerts returns what the store knows of saved searches and webhooks.
func (s *Store) Alerts() store.Alerts {
	return alerts.New(
		func(ctx context.Context, f func(gathering.Tx) error) error {
			return s.writing(ctx, func(w *writer) error { return f(w) })
		},
		func(ctx context.Context, f func(gathering.Tx) error) error {
			return told(cmp.Or(s.reading(ctx, func(r reader) error { return f(r) }), ctx.Err()))
		})
}

// Stats counts: see store.Store.
func (s *Store) Stats(ctx context.Context) (st store.Stats, err error) {
	err = s.read.QueryRowContext(ctx, `SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM versions), (SELECT count(*) FROM claims),
		(SELECT count(*) FROM claims WHERE naming IS NOT NULL OR cue IS NOT NULL), (SELECT count(*) FROM entities), (SELECT count(*) FROM dates),
		(SELECT count(*) FROM figures), (SELECT count(*) FROM incidents), (SELECT count(*) FROM inputs), (SELECT user_version FROM pragma_user_version)`).
		Scan(&st.Articles, &st.Versions, &st.Claims, &st.Attributed, &st.Entities, &st.Dates, &st.Figures, &st.Incidents, &st.Inputs, &st.Schema)
	if err != nil {
		return store.Stats{}, fmt.Errorf("counting what the store holds: %w", told(err))
	}
	for _, name := range [...]string{s.file, s.file + "-wal"} {
		if info, err := os.Stat(name); err == nil {
			st.Bytes += info.Size()
		}
	}
	return st, nil
}

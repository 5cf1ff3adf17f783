package gathering

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"hearsay/ledger"
	"hearsay/store"
	"hearsay/store/rows"
)

// often is on how many claims a speaker has a row in the table of speakers: few have, and who speaks most is found
// among them without counting all claims. The migrations that fill the table know it too.
const often = 64

// Speakers returns those with most claims, as store.Store's Speakers without conditions: so many of them, or
// none where the table does not have as many.
func Speakers(ctx context.Context, tx Tx, most int) ([]store.Speaker, error) {
	var out []store.Speaker
	err := tx.Query(ctx, `SELECT `+speakerColumns+` FROM speakers ORDER BY claims DESC, name LIMIT ?`, []any{int64(most)}, func(scan func(...any) error) error {
		s, err := scanSpeaker(scan)
		if err == nil {
			out = append(out, store.Speaker{Name: s.name, Kind: s.kind(), Claims: int(s.claims), Articles: int(s.articles), First: s.first, Last: s.last})
		}
		return err
	})
	if err != nil || len(out) < most {
		return nil, err
	}
	return out, nil
}

// speaker is a row of the table of speakers.
type speaker struct {
	name             string
	claims, articles int64
	first, last      string           // the days of these articles
	kinds            map[string]int64 // of the sources of the claims
}

const speakerColumns = `name, claims, articles, first, last, kinds`

// scanSpeaker reads speakerColumns.
func scanSpeaker(scan func(...any) error) (*speaker, error) {
	s := &speaker{kinds: make(map[string]int64)}
	var first, last *string
	var kinds string
	if err := scan(&s.name, &s.claims, &s.articles, &first, &last, &kinds); err != nil {
		return nil, err
	}
	s.first, s.last = value0(first), value0(last)
	for _, line := range rows.Split(kinds) {
		n, kind, _ := strings.Cut(line, " ")
		count, err := strconv.ParseInt(n, 10, 64)
		if err != nil {
			return nil, fmt.Errorf("%w: how often %s speaks cannot be read: %v", store.ErrDamaged, s.name, err)
		}
		s.kinds[kind] = count
	}
	return s, nil
}

// kind is the most frequent one, of several the first by name.
func (s *speaker) kind() ledger.SourceKind {
	best := ""
	for _, k := range slices.Sorted(maps.Keys(s.kinds)) {
		if s.kinds[k] > s.kinds[best] {
			best = k
		}
	}
	return ledger.SourceKind(best)
}

// values are what stands in the row, but for the name.
func (s *speaker) values() []any {
	known := func(day string) any {
		if day == "" {
			return nil
		}
		return day
	}
	var kinds []string
	for _, k := range slices.Sorted(maps.Keys(s.kinds)) {
		if n := s.kinds[k]; n != 0 {
			kinds = append(kinds, strconv.FormatInt(n, 10)+" "+k)
		}
	}
	return []any{s.claims, s.articles, known(s.first), known(s.last), rows.Join(kinds)}
}

// spoke counts claims, or with a negative sign takes them away.
func (s *speaker) spoke(kinds map[string]int64, sign int64) {
	if s.kinds == nil {
		s.kinds = make(map[string]int64)
	}
	for k, n := range kinds {
		s.claims += sign * n
		s.kinds[k] += sign * n
	}
}

// covers takes the days of an article to those on which somebody spoke.
func (s *speaker) covers(first, last string) {
	if s.first == "" || first != "" && first < s.first {
		s.first = first
	}
	s.last = max(s.last, last)
}

// speech is how somebody's claims change in a transaction.
type speech struct {
	by                  speaker // what is added less what goes, with the days of what is added
	goneFirst, goneLast string  // the days of what goes, from the first to the last
}

// speaking gathers who speaks, for one transaction.
type speaking struct {
	tx Tx
	of map[string]*speech
}

func (s *speaking) change(name string) *speech {
	c := s.of[name]
	if c == nil {
		c = &speech{by: speaker{name: name}}
		s.of[name] = c
	}
	return c
}

// add takes the speakers of an article that has come.
func (s *speaking) add(a *Article) {
	first, last := rows.Days(a.text.Published)
	for name, kinds := range a.speakers {
		c := s.change(name)
		c.by.spoke(kinds, 1)
		c.by.articles++
		c.by.covers(first, last)
	}
}

// remove takes those of a version away, whose rows are still there.
func (s *speaking) remove(ctx context.Context, num int64) error {
	from, to := rows.ClaimNumbers(num)
	said := make(map[string]map[string]int64)
	err := s.tx.Query(ctx, `SELECT speaker, kind, count(*) FROM claims WHERE num BETWEEN ? AND ? AND speaker IS NOT NULL GROUP BY speaker, kind`, []any{from, to}, func(scan func(...any) error) error {
		var name string
		var kind *string
		var n int64
		err := scan(&name, &kind, &n)
		if said[name] == nil {
			said[name] = make(map[string]int64)
		}
		said[name][value0(kind)] += n
		return err
	})
	if err != nil || len(said) == 0 {
		return err
	}
	var first, last string
	err = s.tx.Query(ctx, `SELECT first, last FROM versions WHERE num = ?`, []any{num}, func(scan func(...any) error) error {
		var a, b *string
		err := scan(&a, &b)
		first, last = value0(a), value0(b)
		return err
	})
	for name, kinds := range said {
		c := s.change(name)
		c.by.spoke(kinds, -1)
		c.by.articles--
		if first != "" && (c.goneFirst == "" || first < c.goneFirst) {
			c.goneFirst = first
		}
		c.goneLast = max(c.goneLast, last)
	}
	return err
}

// done brings the rows up to date.
func (s *speaking) done(ctx context.Context) error {
	for names := range slices.Chunk(slices.Sorted(maps.Keys(s.of)), some) {
		was, err := speakersOf(ctx, s.tx, names)
		if err != nil {
			return err
		}
		var others []string
		for _, name := range names {
			if row := was[name]; row != nil {
				if err := s.update(ctx, row, s.of[name]); err != nil {
					return err
				}
			} else if s.of[name].by.claims > 0 {
				others = append(others, name)
			}
		}
		many, err := s.many(ctx, others)
		if err != nil {
			return err
		}
		for _, name := range many {
			row, err := s.counted(ctx, name)
			if err != nil {
				return err
			}
			if err := s.tx.Exec(ctx, `INSERT INTO speakers (`+speakerColumns+`) VALUES (?, ?, ?, ?, ?, ?)`, append([]any{name}, row.values()...)...); err != nil {
				return err
			}
		}
	}
	clear(s.of)
	return nil
}

var speakersByName = `SELECT ` + speakerColumns + ` FROM speakers WHERE name IN ` + someMarks

// speakersOf returns the rows of some names, those that there are.
func speakersOf(ctx context.Context, tx Tx, names []string) (map[string]*speaker, error) {
	was := make(map[string]*speaker)
	err := tx.Query(ctx, speakersByName, filled(names), func(scan func(...any) error) error {
		row, err := scanSpeaker(scan)
		if err == nil {
			was[row.name] = row
		}
		return err
	})
	return was, err
}

// filled are names as arguments of someMarks.
func filled(names []string) []any {
	args := make([]any, some)
	for i := range args {
		args[i] = names[min(i, len(names)-1)]
	}
	return args
}

// update changes the row of somebody who had one.
func (s *speaking) update(ctx context.Context, row *speaker, c *speech) error {
	row.spoke(c.by.kinds, 1)
	row.articles += c.by.articles
	if row.claims < often {
		return s.tx.Exec(ctx, `DELETE FROM speakers WHERE name = ?`, row.name)
	}
	row.covers(c.by.first, c.by.last)
	if c.goneFirst != "" && c.goneFirst == row.first && row.first != c.by.first || c.goneLast != "" && c.goneLast == row.last && row.last != c.by.last {
		var err error
		if row, err = s.counted(ctx, row.name); err != nil {
			return err
		}
	}
	return s.tx.Exec(ctx, `UPDATE speakers SET claims = ?, articles = ?, first = ?, last = ?, kinds = ? WHERE name = ?`, append(row.values(), row.name)...)
}

// countingClaims is the statement that counts the claims of some speakers, no further than is needed.
var countingClaims = func() string {
	one := `SELECT %d, count(*) FROM (SELECT 1 FROM claims WHERE speaker = ? LIMIT ` + strconv.Itoa(often) + `) AS c`
	all := make([]string, some)
	for i := range all {
		all[i] = fmt.Sprintf(one, i)
	}
	return strings.Join(all, " UNION ALL ")
}()

// many are those of some names, in order, that have enough claims for a row.
func (s *speaking) many(ctx context.Context, names []string) (out []string, err error) {
	if len(names) == 0 {
		return nil, nil
	}
	err = s.tx.Query(ctx, countingClaims, filled(names), func(scan func(...any) error) error {
		var i int
		var n int64
		err := scan(&i, &n)
		if n >= often && i < len(names) {
			out = append(out, names[i])
		}
		return err
	})
	slices.Sort(out)
	return out, err
}

// counted counts anew how somebody speaks.
func (s *speaking) counted(ctx context.Context, name string) (*speaker, error) {
	row := &speaker{name: name, kinds: make(map[string]int64)}
	err := s.tx.Query(ctx, `SELECT kind, count(*) FROM claims WHERE speaker = ? GROUP BY kind`, []any{name}, func(scan func(...any) error) error {
		var kind *string
		var n int64
		err := scan(&kind, &n)
		row.kinds[value0(kind)] += n
		row.claims += n
		return err
	})
	if err != nil {
		return nil, err
	}
	err = s.tx.Query(ctx, `SELECT count(*), min(v.first), max(v.last) FROM (SELECT DISTINCT num >> 24 AS version FROM claims WHERE speaker = ?) AS c JOIN versions v ON v.num = c.version`,
		[]any{name}, func(scan func(...any) error) error {
			var first, last *string
			err := scan(&row.articles, &first, &last)
			row.first, row.last = value0(first), value0(last)
			return err
		})
	return row, err
}

// speakers checks the table of speakers.
func (v *verifier) speakers(ctx context.Context) error {
	want := make(map[string]*speaker)
	err := v.tx.Query(ctx, `SELECT c.speaker, count(DISTINCT c.version), min(v.first), max(v.last) FROM claims c JOIN versions v ON v.num = c.version
		WHERE c.speaker IS NOT NULL GROUP BY c.speaker HAVING count(*) >= ?`, []any{int64(often)}, func(scan func(...any) error) error {
		s := &speaker{kinds: make(map[string]int64)}
		var first, last *string
		err := scan(&s.name, &s.articles, &first, &last)
		s.first, s.last = value0(first), value0(last)
		want[s.name] = s
		return err
	})
	if err != nil {
		return err
	}
	err = v.tx.Query(ctx, `SELECT speaker, kind, count(*) FROM claims WHERE speaker IS NOT NULL GROUP BY speaker, kind`, nil, func(scan func(...any) error) error {
		var name string
		var kind *string
		var n int64
		err := scan(&name, &kind, &n)
		if s := want[name]; s != nil {
			s.kinds[value0(kind)] += n
			s.claims += n
		}
		return err
	})
	if err != nil {
		return err
	}
	err = v.tx.Query(ctx, `SELECT `+speakerColumns+` FROM speakers`, nil, func(scan func(...any) error) error {
		s, err := scanSpeaker(scan)
		if err != nil {
			return err
		}
		if w := want[s.name]; w == nil || !slices.Equal(w.values(), s.values()) {
			v.found("how often %s speaks is not what the ledgers say", s.name)
		}
		delete(want, s.name)
		return nil
	})
	if err != nil {
		return err
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		v.found("%s is not among those who speak often", name)
	}
	return nil
}

package gathering

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"iter"
	"maps"
	"math"
	"slices"
	"strings"
	"time"
	"unicode"

	"golang.org/x/text/runes"
	"golang.org/x/text/transform"
	"golang.org/x/text/unicode/norm"

	"hearsay/corpus/incidents"
	"hearsay/store"
	"hearsay/text/edtf"
)

// sum is a row of incident_sums: what an incident can be found by.
type sum struct {
	id                            incidents.ID
	day                           int64 // see noDay
	first, last                   *int64
	kind, place, country          string
	articles                      int64
	publishedFirst, publishedLast *int64
}

// noDay is the day of an incident that has none. Others have their last day, negated, so
// that they come from the newest to the oldest.
const noDay = math.MaxInt32

// sumOf sums up the records of one incident, which are in order.
func sumOf(members []incidents.Kept) sum {
	n := incidents.Sum(members, nil)
	s := sum{id: members[0].ID, day: noDay, kind: string(n.Type), articles: int64(n.Support.Articles)}
	if d := edtf.Parse(n.Date); d.Known {
		s.first, s.last = number(d.First), number(d.Last)
		s.day = -*s.last
	}
	if n.Place != nil {
		s.place, s.country = n.Place.Name, n.Place.Country
	}
	for _, k := range members {
		if d := edtf.Parse(k.Published); k.Main && d.Known {
			if s.publishedFirst == nil {
				s.publishedFirst, s.publishedLast = number(d.First), number(d.Last)
			}
			*s.publishedFirst, *s.publishedLast = min(*s.publishedFirst, int64(d.First)), max(*s.publishedLast, int64(d.Last))
		}
	}
	return s
}

func number(n int32) *int64 {
	v := int64(n)
	return &v
}

// values are what stands in the row, but for the tree.
func (s *sum) values() []any {
	optional := func(v *int64) any {
		if v == nil {
			return nil
		}
		return *v
	}
	known := func(v string) any {
		if v == "" {
			return nil
		}
		return v
	}
	return []any{signed(s.id), s.day, optional(s.first), optional(s.last), s.kind, known(s.place), known(s.country), s.articles,
		optional(s.publishedFirst), optional(s.publishedLast)}
}

const sumColumns = `id, day, first, last, type, place, country, articles, published_first, published_last`

// scanSum reads sumColumns.
func scanSum(scan func(...any) error, others ...any) (s sum, err error) {
	var id int64
	var place, country *string
	err = scan(append(others, &id, &s.day, &s.first, &s.last, &s.kind, &place, &country, &s.articles, &s.publishedFirst, &s.publishedLast)...)
	s.id, s.place, s.country = unsigned(id), value0(place), value0(country)
	return s, err
}

// sumUp brings the rows of the trees that have changed up to date.
func (s *records) sumUp(ctx context.Context) error {
	for _, tree := range slices.Sorted(maps.Keys(s.dirty)) {
		members, err := s.Members(ctx, tree, 0)
		if err != nil {
			return err
		}
		var now *sum
		if slices.ContainsFunc(members, incidents.Kept.Tells) {
			incidents.Order(members)
			v := sumOf(members)
			now = &v
		}
		var was *sum
		err = s.tx.Query(ctx, `SELECT `+sumColumns+` FROM incident_sums WHERE tree = ?`, []any{int64(tree)}, func(scan func(...any) error) error {
			v, err := scanSum(scan)
			was = &v
			return err
		})
		if err != nil {
			return err
		}
		if err := s.putSum(ctx, int64(tree), was, now); err != nil {
			return err
		}
	}
	clear(s.dirty)
	return nil
}

// putSum puts a row in the place of another; nil is none.
func (s *records) putSum(ctx context.Context, tree int64, was, now *sum) error {
	if was != nil && now != nil && slices.Equal(was.values(), now.values()) {
		return nil
	}
	before, after := []string(nil), []string(nil)
	if was != nil {
		before = wordsOf(was)
		if err := s.tx.Exec(ctx, `DELETE FROM incident_sums WHERE tree = ?`, tree); err != nil {
			return err
		}
	}
	if now != nil {
		after = wordsOf(now)
		if err := s.tx.Exec(ctx, `INSERT INTO incident_sums (tree, `+sumColumns+`) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
			append([]any{tree}, now.values()...)...); err != nil {
			return err
		}
	}
	for _, w := range before {
		if !slices.Contains(after, w) {
			if err := s.tx.Exec(ctx, `DELETE FROM incident_places WHERE word = ? AND tree = ?`, w, tree); err != nil {
				return err
			}
		}
	}
	for _, w := range after {
		if !slices.Contains(before, w) {
			if err := s.tx.Exec(ctx, `INSERT INTO incident_places (word, tree) VALUES (?, ?)`, w, tree); err != nil {
				return err
			}
		}
	}
	return nil
}

// mostWords is how many words of a place's name it can be found by.
const mostWords = 16

// wordsOf are the words by which an incident's place is found.
func wordsOf(s *sum) []string {
	all := words(s.place)
	return all[:min(len(all), mostWords)]
}

// words are the words of a name, each once, in small letters and without accents.
func words(name string) []string {
	plain, _, err := transform.String(transform.Chain(norm.NFD, runes.Remove(runes.In(unicode.Mn)), norm.NFC), strings.ToLower(name))
	if err != nil {
		plain = strings.ToLower(name)
	}
	all := strings.FieldsFunc(plain, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsNumber(r) })
	slices.Sort(all)
	return slices.Compact(all)
}

// Claims yields claims: it is a home's store.Store.Claims without a query.
type Claims func(ctx context.Context, f store.Filter) iter.Seq2[*store.Claim, error]

// Incidents yields incidents: see store.Incidents. It asks for claims while no query of tx is running.
func Incidents(ctx context.Context, tx Tx, claims Claims, f store.IncidentFilter) iter.Seq2[*incidents.Incident, error] {
	return func(yield func(*incidents.Incident, error) bool) {
		l := lookup{tx: tx, shelf: newShelf(tx), records: newRecords(tx), claims: claims, filter: f, left: cmp.Or(f.Limit, math.MaxInt)}
		if err := l.all(ctx, func(n *incidents.Incident) bool { return yield(n, nil) }); err != nil {
			yield(nil, err)
		}
	}
}

// Incident returns the incident that a record belongs to: see store.Incidents.
func Incident(ctx context.Context, tx Tx, id string) (*incidents.Incident, error) {
	l := lookup{tx: tx, shelf: newShelf(tx), records: newRecords(tx)}
	of, err := recordID(id)
	if err != nil {
		return nil, err
	}
	members, err := (&incidents.Index{Shelf: l.records}).Members(ctx, of)
	if err != nil {
		return nil, notFound(err)
	}
	return l.sum(ctx, members)
}

// recordID reads the id of a record as people write it.
func recordID(id string) (incidents.ID, error) {
	of, err := incidents.ParseID(strings.TrimSpace(id))
	if err != nil {
		return 0, fmt.Errorf("%w: %w", store.ErrNotFound, err)
	}
	return of, nil
}

// notFound makes of the error of a shelf that of a store.
func notFound(err error) error {
	if errors.Is(err, incidents.ErrNotFound) {
		return fmt.Errorf("%w: %w", store.ErrNotFound, err)
	}
	return err
}

// lookup looks for incidents.
type lookup struct {
	tx      Tx
	shelf   *shelf
	records *records
	claims  Claims
	filter  store.IncidentFilter
	left    int // incidents that may still be yielded

	conditions []string // of incident_sums s
	args       []any
	since      *int64 // the days of publication
	until      *int64
	told       map[incidents.ID]bool // the records about which the wanted speaker says something; nil if none is wanted
}

func (l *lookup) all(ctx context.Context, yield func(*incidents.Incident) bool) error {
	if err := l.plan(); err != nil {
		return err
	}
	if l.filter.Article == "" && l.filter.Speaker == "" {
		return l.byDay(ctx, yield)
	}
	trees, err := l.trees(ctx)
	if err != nil {
		return err
	}
	return l.of(ctx, trees, yield)
}

// plan makes conditions of the filter.
func (l *lookup) plan() error {
	f := &l.filter
	var days [4]*int64
	for i, day := range [...]string{f.HappenedSince, f.HappenedUntil, f.Since, f.Until} {
		if day == "" {
			continue
		}
		if _, err := time.Parse(time.DateOnly, day); err != nil {
			return fmt.Errorf("%w: %q is not a day such as 2024-03-27", store.ErrQuery, day)
		}
		days[i] = number(edtf.Parse(day).First)
	}
	l.since, l.until = days[2], days[3]
	for i, condition := range [...]string{"s.last >= ?", "s.first <= ?", "s.published_last >= ?", "s.published_first <= ?"} {
		if days[i] != nil {
			l.add(condition, *days[i])
		}
	}
	if f.Type != "" {
		l.add("s.type = ?", string(f.Type))
	}
	if f.Country != "" {
		l.add("s.country = ?", strings.ToUpper(f.Country))
	}
	if f.Place != "" {
		of := words(f.Place)
		if len(of) == 0 {
			return fmt.Errorf("%w: %q holds no word to search for", store.ErrQuery, f.Place)
		}
		for _, w := range of {
			l.add("s.tree IN (SELECT p.tree FROM incident_places p WHERE p.word = ?)", w)
		}
	}
	if least := max(f.Articles, f.Origins); least > 0 {
		l.add("s.articles >= ?", int64(least))
	}
	return nil
}

func (l *lookup) add(condition string, arg any) {
	l.conditions = append(l.conditions, condition)
	l.args = append(l.args, arg)
}

func (l *lookup) where(first string) string {
	return " WHERE " + strings.Join(append([]string{first}, l.conditions...), " AND ")
}

// pick is an incident that may be wanted.
type pick struct {
	tree, day, id int64
}

func picks(into *[]pick) func(func(...any) error) error {
	return func(scan func(...any) error) error {
		var p pick
		err := scan(&p.tree, &p.day, &p.id)
		*into = append(*into, p)
		return err
	}
}

// byDay goes down the days.
func (l *lookup) byDay(ctx context.Context, yield func(*incidents.Incident) bool) error {
	const atOnce = 128
	text := `SELECT s.tree, s.day, s.id FROM incident_sums s` + l.where("(s.day, s.id) > (?, ?)") + ` ORDER BY s.day, s.id LIMIT 128`
	for after := (pick{day: math.MinInt32, id: math.MinInt64}); ; {
		var page []pick
		if err := l.tx.Query(ctx, text, append([]any{after.day, after.id}, l.args...), picks(&page)); err != nil {
			return err
		}
		if more, err := l.each(ctx, page, yield); err != nil || !more || len(page) < atOnce {
			return err
		}
		after = page[len(page)-1]
	}
}

// of goes through incidents by their trees.
func (l *lookup) of(ctx context.Context, trees []int64, yield func(*incidents.Incident) bool) error {
	var found []pick
	text := `SELECT s.tree, s.day, s.id FROM incident_sums s` + l.where("s.tree IN "+someMarks)
	err := inSome(trees, func(args []any) error { return l.tx.Query(ctx, text, append(args, l.args...), picks(&found)) })
	if err != nil {
		return err
	}
	slices.SortFunc(found, func(a, b pick) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.id, b.id)) })
	_, err = l.each(ctx, found, yield)
	return err
}

// trees are the incidents of the wanted article, or about which the wanted speaker says something.
func (l *lookup) trees(ctx context.Context) ([]int64, error) {
	f := &l.filter
	trees := make(map[int64]bool)
	if f.Speaker == "" {
		of, err := l.records.Of(ctx, f.Article)
		for _, k := range of {
			trees[int64(k.Tree)] = true
		}
		return slices.Sorted(maps.Keys(trees)), err
	}
	l.told = make(map[incidents.ID]bool)
	for c, err := range l.claims(ctx, l.ofClaims(f.Article)) {
		if err != nil {
			return nil, err
		}
		if c.Incident != "" {
			l.told[incidents.IDOf(c.Published, c.Article, c.Incident)] = true
		}
	}
	ids := make([]int64, 0, len(l.told))
	for id := range l.told {
		ids = append(ids, signed(id))
	}
	slices.Sort(ids)
	err := inSome(ids, func(args []any) error {
		return l.tx.Query(ctx, `SELECT r.tree FROM incident_records r WHERE r.id IN `+someMarks, args, func(scan func(...any) error) error {
			var tree int64
			err := scan(&tree)
			trees[tree] = true
			return err
		})
	})
	return slices.Sorted(maps.Keys(trees)), err
}

// ofClaims is what the filter says of claims, those of an article unless it is "".
func (l *lookup) ofClaims(article string) store.Filter {
	f := &l.filter
	return store.Filter{Article: article, Since: f.Since, Until: f.Until, Speaker: f.Speaker, Naming: f.Naming, Level: f.Level, Polarity: f.Polarity, Score: f.Score}
}

// each yields the incidents that are wanted, and reports whether more may be.
func (l *lookup) each(ctx context.Context, found []pick, yield func(*incidents.Incident) bool) (more bool, err error) {
	for _, p := range found {
		members, err := l.records.Members(ctx, uint64(p.tree), 0)
		if err != nil {
			return false, err
		}
		if len(members) == 0 {
			return false, fmt.Errorf("%w: nothing tells of the incident %v", store.ErrDamaged, unsigned(p.id))
		}
		incidents.Order(members)
		if ok, err := l.wanted(ctx, members); err != nil || !ok {
			if err != nil {
				return false, err
			}
			continue
		}
		n, err := l.sum(ctx, members)
		if err != nil {
			return false, err
		}
		if n.Support.Articles < l.filter.Articles || n.Support.Origins < l.filter.Origins {
			continue
		}
		if !yield(n) {
			return false, nil
		}
		if l.left--; l.left == 0 {
			return false, nil
		}
	}
	return true, nil
}

// wanted reports whether one of the articles that report the incident is as the filter wants it.
func (l *lookup) wanted(ctx context.Context, members []incidents.Kept) (bool, error) {
	f := &l.filter
	ofClaims := f.Naming != "" || f.Level != "" || f.Polarity != "" || f.Score != nil
	if l.since == nil && l.until == nil && f.Article == "" && f.Speaker == "" && !ofClaims {
		return true, nil
	}
	for _, k := range members {
		if !k.Main || f.Article != "" && k.Article != f.Article {
			continue
		}
		if d := edtf.Parse(k.Published); l.since != nil && (!d.Known || int64(d.Last) < *l.since) || l.until != nil && (!d.Known || int64(d.First) > *l.until) {
			continue
		}
		ok := true
		if l.told != nil {
			ok = l.told[k.ID]
		} else if ofClaims {
			var err error
			if ok, err = l.tells(ctx, k); err != nil {
				return false, err
			}
		}
		if ok {
			return true, nil
		}
	}
	return false, nil
}

// tells reports whether a claim of the record's article about its incident is as the filter wants it.
func (l *lookup) tells(ctx context.Context, k incidents.Kept) (bool, error) {
	for c, err := range l.claims(ctx, l.ofClaims(k.Article)) {
		if err != nil {
			return false, err
		}
		if c.Incident == k.Local {
			return true, nil
		}
	}
	return false, nil
}

// sum sums up the records of an incident, copies counted once.
func (l *lookup) sum(ctx context.Context, members []incidents.Kept) (*incidents.Incident, error) {
	var nums []int64
	seen := make(map[string]bool)
	for _, k := range members {
		if k.Main && !seen[k.Article] {
			seen[k.Article] = true
			nums = append(nums, l.records.seen[k.ID].version)
		}
	}
	if len(nums) < 2 {
		return incidents.Sum(members, nil), nil
	}
	groups, _, err := l.shelf.groups(ctx, nums...)
	if err != nil {
		return nil, err
	}
	first := make(map[string]string)
	for _, g := range groups {
		for _, id := range g.Articles {
			first[id] = g.First
		}
	}
	return incidents.Sum(members, func(article string) string { return cmp.Or(first[article], article) }), nil
}

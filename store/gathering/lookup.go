package gathering

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"hearsay/corpus/incidents"
	"hearsay/store"
	"hearsay/text/edtf"
	"iter"
	"math"
	"slices"
	"strings"
	"time"
)

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
	after      pick     // nothing up to it is wanted
	place      []string // the words of its name
	since      *int64   // the days of publication
	until      *int64

	happenedSince, happenedUntil *int64
	speaker                      []string // the beginnings of the words of the name
	ways                         int64    // in which a claim is to speak of it
}

func (l *lookup) all(ctx context.Context, yield func(*incidents.Incident) bool) error {
	if err := l.plan(); err != nil {
		return err
	}
	trees, known, err := l.trees(ctx)
	if err != nil {
		return err
	}
	if known {
		return l.of(ctx, trees, yield)
	}
	return l.byDay(ctx, yield)
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
	l.happenedSince, l.happenedUntil, l.since, l.until = days[0], days[1], days[2], days[3]
	for i, condition := range [...]string{"s.last >= ?", "s.first <= ?", "s.published_last >= ?", "s.published_first <= ?"} {
		if days[i] != nil {
			l.add(condition, *days[i])
		}
	}
	l.after = pick{day: math.MinInt32, id: math.MinInt64}
	if f.After != nil {
		id, err := incidents.ParseID(f.After.ID)
		if err != nil {
			return fmt.Errorf("%w: %w", store.ErrQuery, err)
		}
		l.after = pick{day: f.After.Day, id: signed(id)}
	}
	if f.Type != "" {
		l.add("s.type = ?", string(f.Type))
	}
	if f.Country != "" {
		l.add("s.country = ?", strings.ToUpper(f.Country))
	}
	l.place = words(f.Place)
	if f.Place != "" && len(l.place) == 0 {
		return fmt.Errorf("%w: %q holds no word to search for", store.ErrQuery, f.Place)
	}
	for _, w := range l.place {
		l.add("EXISTS (SELECT 1 FROM incident_places p WHERE p.word = ? AND p.tree = s.tree)", w)
	}
	if f.Naming != "" || f.Level != "" || f.Polarity != "" || f.Score != nil {
		l.ways = ways(&f.Filter)
		l.add("s.said & ? <> 0", l.ways)
	}
	if f.Speaker != "" {
		of := nameWords(f.Speaker)
		if len(of) == 0 {
			return fmt.Errorf("%w: %q holds no word to search for", store.ErrQuery, f.Speaker)
		}
		l.speaker = of
		for _, w := range of {
			l.add("EXISTS (SELECT 1 FROM incident_records r CROSS JOIN incident_speakers w WHERE r.tree = s.tree AND w.id = r.id AND w.word = ?)", w)
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

// part is a part of incident_sums, in the order of days and ids.
type part struct {
	condition string
	args      []any
}

// The parts of incident_sums by the days on which articles told of an incident. Of most it is known when they happened, and they
// are told of from then on for some weeks; others have no day, and the days on which they are told of are near that of their id. An index
// has the rest, which is named in its very words.
const (
	toldAtTheTime = `s.last <= s.published_first + 1 AND s.last >= s.published_last - 30`
	toldOfNoDay   = `s.last IS NULL AND s.published_last - s.published_first <= 30 AND (s.id >> 48) + 32768 = s.published_first`
	toldApart     = `(s.last > s.published_first + 1 OR s.last < s.published_last - 30 OR s.last IS NULL AND (s.published_last - s.published_first > 30 OR (s.id >> 48) + 32768 <> s.published_first))`
)

// parts are those that have to be gone through.
func (l *lookup) parts() []part {
	from := func(day *int64, further int64) int64 { // no incident of this day or earlier ones counts
		if day == nil {
			return math.MaxInt32
		}
		return further - *day
	}
	to := func(day *int64, further int64) int64 {
		if day == nil {
			return math.MinInt32
		}
		return -*day - further
	}
	switch {
	case l.happenedSince != nil || l.happenedUntil != nil:
		// Most incidents are of one day. The few others are looked through.
		return []part{
			{"s.day BETWEEN ? AND ? AND s.first = s.last", []any{to(l.happenedUntil, 0), from(l.happenedSince, 0)}},
			{"s.first <> s.last", nil},
		}
	case l.since != nil || l.until != nil:
		first, last := int64(math.MinInt64), int64(math.MaxInt64)
		if l.since != nil {
			first = signed(incidents.FirstOf(*l.since - 30))
		}
		if l.until != nil && incidents.FirstOf(*l.until) != incidents.FirstOf(*l.until+1) { // or it is a day that ids do not tell from others
			last = signed(incidents.FirstOf(*l.until + 1))
		}
		return []part{
			{"s.day BETWEEN ? AND ? AND " + toldAtTheTime, []any{to(l.until, 1), from(l.since, 30)}},
			{"s.day = ? AND s.id BETWEEN ? AND ? AND " + toldOfNoDay, []any{int64(noDay), first, last}},
			{toldApart, nil},
		}
	}
	return []part{{"true", nil}}
}

// byDay goes down the days.
func (l *lookup) byDay(ctx context.Context, yield func(*incidents.Incident) bool) error {
	const (
		atOnce = 128
		inTurn = ` ORDER BY s.day, s.id LIMIT 128`
	)
	parts := l.parts()
	var texts []string
	for i, p := range parts {
		texts = append(texts, fmt.Sprintf(`SELECT * FROM (SELECT s.tree, s.day, s.id FROM incident_sums s%s%s) AS part%d`, l.where("(s.day, s.id) > (?, ?) AND "+p.condition), inTurn, i))
	}
	text := strings.Join(texts, " UNION ALL ")
	if len(parts) > 1 {
		text = `SELECT tree, day, id FROM (` + text + `) AS s` + inTurn
	}
	for after := l.after; ; {
		var args []any
		for _, p := range parts {
			args = slices.Concat(args, []any{after.day, after.id}, p.args, l.args)
		}
		var page []pick
		if err := l.tx.Query(ctx, text, args, picks(&page)); err != nil {
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
	found = slices.DeleteFunc(found, func(p pick) bool { return cmp.Or(cmp.Compare(p.day, l.after.day), cmp.Compare(p.id, l.after.id)) <= 0 })
	if err != nil {
		return err
	}
	slices.SortFunc(found, func(a, b pick) int { return cmp.Or(cmp.Compare(a.day, b.day), cmp.Compare(a.id, b.id)) })
	_, err = l.each(ctx, found, yield)
	return err
}

// few is how many incidents, or claims, are looked at one by one rather than all incidents by their days.
const few = 2000

// trees returns the incidents among which the wanted ones are, if they are known to be few.
func (l *lookup) trees(ctx context.Context) (trees []int64, known bool, err error) {
	f := &l.filter
	if f.Article != "" {
		of, err := l.records.Of(ctx, f.Article)
		for _, k := range of {
			trees = append(trees, int64(k.Tree))
		}
		slices.Sort(trees)
		return slices.Compact(trees), true, err
	}
	// The first of these that are few will do: the others are conditions anyway.
	if least := max(f.Articles, f.Origins); least > 4 {
		if trees, known, err = l.few(ctx, `SELECT s.tree FROM incident_sums s WHERE s.articles > 4 AND s.articles >= ?`, int64(least)); known || err != nil {
			return trees, known, err
		}
	}
	for _, w := range l.speaker {
		if trees, known, err = l.few(ctx, `SELECT r.tree FROM incident_speakers w JOIN incident_records r ON r.id = w.id WHERE w.word = ?`, w); known || err != nil {
			return trees, known, err
		}
	}
	for _, w := range l.place {
		if trees, known, err = l.few(ctx, `SELECT p.tree FROM incident_places p WHERE p.word = ?`, w); known || err != nil {
			return trees, known, err
		}
	}
	return nil, false, nil
}

// few returns the trees that a query yields, if they are few.
func (l *lookup) few(ctx context.Context, text string, args ...any) (trees []int64, known bool, err error) {
	err = l.tx.Query(ctx, fmt.Sprintf(`%s LIMIT %d`, text, few+1), args, numbers(&trees))
	known = err == nil && len(trees) <= few
	slices.Sort(trees)
	return slices.Compact(trees), known, err
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
	if l.since == nil && l.until == nil && f.Article == "" && f.Speaker == "" && l.ways == 0 && f.Score == nil {
		return true, nil
	}
	for _, k := range members {
		if !k.Main || f.Article != "" && k.Article != f.Article || l.ways != 0 && l.records.seen[k.ID].said&l.ways == 0 {
			continue
		}
		if d := edtf.Parse(k.Published); l.since != nil && (!d.Known || int64(d.Last) < *l.since) || l.until != nil && (!d.Known || int64(d.First) > *l.until) {
			continue
		}
		ok := true
		if f.Speaker != "" || f.Score != nil {
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
	f := &l.filter
	if f.Speaker != "" {
		var n int64
		args := []any{signed(k.ID)}
		for _, w := range l.speaker {
			args = append(args, w)
		}
		err := l.tx.Query(ctx, `SELECT count(*) FROM incident_speakers w WHERE w.id = ? AND w.word IN (?`+strings.Repeat(", ?", len(l.speaker)-1)+`)`, args,
			func(scan func(...any) error) error { return scan(&n) })
		if err != nil || int(n) < len(l.speaker) {
			return false, err
		}
		if l.ways == 0 {
			return true, nil
		}
	}
	// One claim has to be all that is wanted. Its speaker is known by the name and the words of the text; to look
	// in the index of words would cost more for each article than for all of them together.
	for c, err := range l.claims(ctx, store.Filter{Article: k.Article, Naming: f.Naming, Level: f.Level, Polarity: f.Polarity, Score: f.Score}) {
		if err != nil {
			return false, err
		}
		if c.Incident != k.Local {
			continue
		}
		names := nameWords(c.Speaker + " " + c.Source)
		if !slices.ContainsFunc(l.speaker, func(w string) bool { return !slices.Contains(names, w) }) {
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

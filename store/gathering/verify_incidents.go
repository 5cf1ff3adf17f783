package gathering

import (
	"bytes"
	"context"
	"errors"
	"hash/fnv"
	"maps"
	"math"
	"reflect"
	"slices"

	"hearsay/corpus/incidents"
	"hearsay/store"
)

// told compares the records with what the ledgers tell, and their keys with the records.
func (v *verifier) told(ctx context.Context) error {
	const together = 64
	type version struct {
		num int64
		id  string
	}
	keys := make(map[incidents.ID]sketch)
	known := make(map[incidents.ID]string) // the article of each record
	var words spokenWords
	for after := int64(math.MinInt64); ; {
		var page []version
		err := v.tx.Query(ctx, `SELECT v.num, a.id FROM articles a JOIN versions v ON v.article = a.num AND v.version = a.version
			WHERE v.num > ? AND NOT EXISTS (SELECT 1 FROM ungathered u WHERE u.num = v.num) ORDER BY v.num LIMIT ?`,
			[]any{after, int64(together)}, func(scan func(...any) error) error {
				var n version
				err := scan(&n.num, &n.id)
				page = append(page, n)
				return err
			})
		if err != nil {
			return err
		}
		for _, n := range page {
			after = n.num
			l, err := v.read(ctx, n.num)
			if err != nil {
				continue // the home finds it too
			}
			want := incidents.Records(n.id, l)
			have, err := v.records.kept(ctx, recordColumns+`incident_records r WHERE r.version = ?`, n.num)
			if err != nil {
				return err
			}
			said := saidOf(want, l)
			for _, k := range have {
				if v.records.seen[k.ID].said != said[k.ID].ways {
					v.found("%s: in what ways its claims speak of the incident %v is not what its ledger says", n.id, k.ID)
				}
				for _, w := range said[k.ID].words {
					words.add(w, k.ID)
				}
			}
			switch ok, err := v.same(ctx, want, have); {
			case err != nil:
				return err
			case !ok:
				v.found("%s: what it tells of incidents is not what its ledger says", n.id)
			}
			for _, k := range have {
				s := sketch{}
				for _, key := range incidents.Keys(k.Record) {
					s.add(keyed(int64(key.Hash), int64(key.Day), int64(key.Span())))
				}
				keys[k.ID], known[k.ID] = s, n.id
			}
		}
		if len(page) < together {
			break
		}
	}
	strays := 0
	one := func(hash, day, span, id int64) {
		s, ok := keys[unsigned(id)]
		if !ok {
			strays++
		}
		s.remove(keyed(hash, day, span))
		if ok {
			keys[unsigned(id)] = s
		}
	}
	err := v.tx.Query(ctx, `SELECT hash, day, span, id FROM incident_keys`, nil, func(scan func(...any) error) error {
		var hash, day, span, id int64
		err := scan(&hash, &day, &span, &id)
		one(hash, day, span, id)
		return err
	})
	if err != nil {
		return err
	}
	if err := v.waiting(ctx, ofRecord, one); err != nil {
		return err
	}
	if strays > 0 {
		v.found("%d keys of incidents are of none that is told of", strays)
	}
	for _, id := range slices.Sorted(maps.Keys(keys)) {
		if keys[id] != (sketch{}) {
			v.found("%s: the keys by which other articles on its incidents are found are not those that it gives", known[id])
		}
	}
	err = v.tx.Query(ctx, `SELECT word, id FROM incident_speakers`, nil, func(scan func(...any) error) error {
		var word string
		var id int64
		err := scan(&word, &id)
		words.remove(word, unsigned(id))
		return err
	})
	if err != nil {
		return err
	}
	if words != (spokenWords{}) {
		v.found("who speaks of incidents is not found by what the ledgers say")
	}
	return v.none(ctx, "an incident is told of by an article that is not there (%d)", `SELECT r.version FROM incident_records r
		WHERE r.version NOT IN (SELECT v.num FROM versions v JOIN articles a ON a.num = v.article AND a.version = v.version)`)
}

// keyed is one number for what is kept of a key.
func keyed(hash, day, span int64) int64 { return hash + day<<1 + span<<33 }

// spokenWords is a set of beginnings of words with their records.
type spokenWords struct{ sketch }

func (s *spokenWords) add(word string, id incidents.ID)    { s.sketch.add(key(word, id)) }
func (s *spokenWords) remove(word string, id incidents.ID) { s.sketch.remove(key(word, id)) }

func key(word string, id incidents.ID) int64 {
	h := fnv.New64a()
	h.Write([]byte(word))
	return int64(h.Sum64() ^ uint64(id)*0x9E3779B97F4A7C15)
}

// none wants a query to yield nothing, and finds fault with each number that it does.
func (v *verifier) none(ctx context.Context, finding, text string) error {
	var nums []int64
	if err := v.tx.Query(ctx, text, nil, numbers(&nums)); err != nil {
		return err
	}
	for _, n := range nums {
		v.found(finding, n)
	}
	return nil
}

// same reports whether the records that are kept are those that a ledger makes, but for one
// whose ID another has.
func (v *verifier) same(ctx context.Context, want []incidents.Record, have []incidents.Kept) (bool, error) {
	by := make(map[incidents.ID]*incidents.Record, len(have))
	for _, k := range have {
		by[k.ID] = k.Record
	}
	for i := range want {
		id := want[i].ID()
		r := by[id]
		if r == nil {
			if _, err := v.records.Record(ctx, id); err != nil {
				return false, ignore(err, incidents.ErrNotFound)
			}
			continue
		}
		delete(by, id)
		a, errA := want[i].MarshalBinary()
		b, errB := r.MarshalBinary()
		if errA != nil || errB != nil || !bytes.Equal(a, b) {
			return false, nil
		}
	}
	return len(by) == 0, nil
}

// ignore is err, unless it is the one that is expected.
func ignore(err, expected error) error {
	if errors.Is(err, expected) {
		return nil
	}
	return err
}

// trees checks who hangs from whom, that each tree is one, and its row of incident_sums.
func (v *verifier) trees(ctx context.Context) error {
	const together = 64
	words := make(map[int64][]string) // of the place of each tree
	for after := int64(math.MinInt64); ; {
		var page []int64
		err := v.tx.Query(ctx, `SELECT DISTINCT tree FROM incident_records WHERE tree > ? ORDER BY tree LIMIT ?`, []any{after, int64(together)}, numbers(&page))
		if err != nil {
			return err
		}
		for _, tree := range page {
			after = tree
			members, err := v.records.Members(ctx, uint64(tree), 0)
			if err != nil {
				return err
			}
			incidents.Order(members)
			place, err := v.tree(ctx, tree, members)
			if err != nil {
				return err
			}
			words[tree] = place
		}
		if len(page) < together {
			break
		}
	}
	if err := v.none(ctx, "an incident that nobody tells of can be found (%d)", `SELECT s.tree FROM incident_sums s
		WHERE NOT EXISTS (SELECT 1 FROM incident_records r WHERE r.tree = s.tree)`); err != nil {
		return err
	}
	if err := v.none(ctx, "of an incident that nobody tells of something is said to be told often (%d)", `SELECT t.tree FROM incident_tallies t
		WHERE NOT EXISTS (SELECT 1 FROM incident_sums s WHERE s.tree = t.tree)`); err != nil {
		return err
	}
	return v.places(ctx, words)
}

// tree checks one tree, and returns the words that its place is to be found by.
func (v *verifier) tree(ctx context.Context, tree int64, members []incidents.Kept) ([]string, error) {
	before := make(map[incidents.ID]incidents.Kept, len(members))
	for i, k := range members {
		parent, ok := before[k.Parent]
		before[k.ID] = k
		switch {
		case k.Parent == 0:
			if i > 0 {
				v.found("%s: what it tells of the incident %v stands apart from what others tell", k.Article, k.ID)
			}
		case !ok, k.Pin != 0 && parent.Pin != k.Pin:
			v.found("%s: what it tells of the incident %v hangs from what it should not", k.Article, k.ID)
		case k.Pin == 0 && (k.Score < incidents.Threshold || k.Score != incidents.Score(parent.Record, k.Record)):
			v.found("%s: what it tells of the incident %v does not fit what it hangs from as well as is said", k.Article, k.ID)
		}
	}
	if !slices.ContainsFunc(members, incidents.Kept.Tells) {
		return nil, nil
	}
	counted := v.records.summingOf(members)
	want := counted.sum()
	kept, err := v.records.tally(ctx, tree, &want)
	switch {
	case errors.Is(err, store.ErrDamaged):
		v.found("%s: of the incident %v: %v", members[0].Article, members[0].ID, err)
	case err != nil:
		return nil, err
	case kept != nil && (want.articles < tallied || !reflect.DeepEqual(kept.tally, counted.tally)):
		v.found("%s: how often something is told of the incident %v is not what the articles say", members[0].Article, members[0].ID)
	}
	n := 0
	err = v.tx.Query(ctx, `SELECT `+sumColumns+` FROM incident_sums WHERE tree = ?`, []any{tree}, func(scan func(...any) error) error {
		have, err := scanSum(scan)
		if n++; err == nil && !slices.Equal(have.values(), want.values()) {
			v.found("%s: the incident %v is not found by what is told of it", members[0].Article, members[0].ID)
		}
		return err
	})
	if n == 0 {
		v.found("%s: the incident %v cannot be found", members[0].Article, members[0].ID)
	}
	return wordsOf(&want), err
}

// places compares the words of places with those that the trees should have.
func (v *verifier) places(ctx context.Context, want map[int64][]string) error {
	strays := 0
	err := v.tx.Query(ctx, `SELECT word, tree FROM incident_places`, nil, func(scan func(...any) error) error {
		var word string
		var tree int64
		err := scan(&word, &tree)
		if i := slices.Index(want[tree], word); i >= 0 {
			want[tree] = slices.Delete(want[tree], i, i+1)
		} else {
			strays++
		}
		return err
	})
	if strays > 0 {
		v.found("%d incidents are found by the names of places that they have not", strays)
	}
	for _, left := range want {
		if len(left) > 0 {
			v.found("an incident is not found by %q in the name of its place", left[0])
		}
	}
	return err
}

package gathering

import (
	"context"
	"fmt"
	"math"
	"reflect"

	"hearsay/corpus/copies"
	"hearsay/ledger"
)

// Verify checks that what is gathered is what comes of the articles, and tells
// found of each thing that is not so. That no link is missing it does not check:
// for this all would have to be gathered anew. Read returns the ledger of a
// version. It takes some milliseconds an article.
func Verify(ctx context.Context, tx Tx, read func(ctx context.Context, num int64) (*ledger.Ledger, error), found func(format string, args ...any)) error {
	v := verifier{tx: tx, shelf: newShelf(tx), records: newRecords(tx), read: read, found: found, texts: make(map[int64]*shelved)}
	for _, check := range []func(context.Context) error{v.shelved, v.words, v.keys, v.links, v.told, v.trees, v.speakers} {
		if err := check(ctx); err != nil {
			return fmt.Errorf("checking what is gathered: %w", err)
		}
	}
	return nil
}

type verifier struct {
	tx      Tx
	shelf   *shelf
	records *records
	read    func(ctx context.Context, num int64) (*ledger.Ledger, error)
	found   func(format string, args ...any)
	texts   map[int64]*shelved
}

// shelved is a row of copy_texts and what else is known of its text.
type shelved struct {
	id       string
	hash     int64
	original int64
	seen     bool // its text is there
	linked   bool // as a copy, with its original
	keys     sketch
}

// sketch is a set of keys, as their number and their sum.
type sketch struct {
	n   int
	sum uint64
}

func (s *sketch) add(key int64) {
	s.n++
	s.sum += uint64(key) * 0x9E3779B97F4A7C15
}

func (s *sketch) remove(key int64) {
	s.n--
	s.sum -= uint64(key) * 0x9E3779B97F4A7C15
}

// shelved reads the rows of texts.
func (v *verifier) shelved(ctx context.Context) error {
	return v.tx.Query(ctx, `SELECT num, hash, original FROM copy_texts`, nil, func(scan func(...any) error) error {
		var num int64
		var original *int64
		s := new(shelved)
		err := scan(&num, &s.hash, &original)
		s.original = value0(original)
		v.texts[num] = s
		return err
	})
}

// words compares the rows with the texts.
func (v *verifier) words(ctx context.Context) error {
	const together = 64
	type row struct {
		num      int64
		id, body string
		waits    bool
	}
	for after := int64(math.MinInt64); ; {
		var page []row
		err := v.tx.Query(ctx, `SELECT t.num, a.id, t.content, (SELECT count(*) FROM ungathered u WHERE u.num = t.num)
			FROM texts t JOIN versions v ON v.num = t.num JOIN articles a ON a.num = v.article WHERE t.num > ? ORDER BY t.num LIMIT ?`,
			[]any{after, int64(together)}, func(scan func(...any) error) error {
				var r row
				var waits int64
				err := scan(&r.num, &r.id, &r.body, &waits)
				r.waits = waits > 0
				page = append(page, r)
				return err
			})
		if err != nil {
			return err
		}
		for _, r := range page {
			after = r.num
			w := copies.NewWords(r.body)
			s := v.texts[r.num]
			switch {
			case s != nil && (r.waits || !w.Comparable()):
				v.found("%s: it is among the texts that may have copies, and should not be", r.id)
			case s == nil && !r.waits && w.Comparable():
				v.found("%s: its copies were not looked for", r.id)
			case s != nil && s.hash != hash(r.body):
				v.found("%s: it was compared with others by another text", r.id)
			}
			if s == nil {
				continue
			}
			s.id, s.seen = r.id, true
			if s.original == 0 {
				for _, k := range indexed(w.Keys()) {
					s.keys.add(k)
				}
			}
		}
		if len(page) < together {
			break
		}
	}
	for num, s := range v.texts {
		if !s.seen {
			v.found("copies are looked for among a text that is not there (%d)", num)
			delete(v.texts, num)
		}
	}
	return nil
}

// keys compares the index of keys with those that the texts have.
func (v *verifier) keys(ctx context.Context) error {
	strays := 0
	one := func(key, num int64) {
		if s := v.texts[num]; s != nil {
			s.keys.remove(key)
		} else {
			strays++
		}
	}
	err := v.tx.Query(ctx, `SELECT key, num FROM copy_keys`, nil, func(scan func(...any) error) error {
		var key, num int64
		err := scan(&key, &num)
		one(key, num)
		return err
	})
	if err != nil {
		return err
	}
	if err := v.waiting(ctx, ofText, func(key, _, _, num int64) { one(key, num) }); err != nil {
		return err
	}
	if strays > 0 {
		v.found("%d keys of texts are of none that is there", strays)
	}
	for _, s := range v.texts {
		if s.keys != (sketch{}) {
			v.found("%s: the keys by which its copies are found are not those of its text", s.id)
		}
	}
	return nil
}

// waiting calls f for each key that waits of a kind.
func (v *verifier) waiting(ctx context.Context, kind int64, f func(key, day, span, id int64)) error {
	if _, ok := v.tx.(Waits); !ok {
		return nil
	}
	return v.tx.Query(ctx, `SELECT id, keys FROM keys_waiting WHERE kind = ?`, []any{kind}, func(scan func(...any) error) error {
		var id int64
		var keys []byte
		if err := scan(&id, &keys); err != nil {
			return err
		}
		return eachKey(kind, keys, func(key, day, span int64) { f(key, day, span, id) })
	})
}

// links makes each link anew.
func (v *verifier) links(ctx context.Context) error {
	const together = 64
	words := make(map[int64]*copies.Words) // of the first text of the links that come one after another
	for a, b := int64(math.MinInt64), int64(math.MinInt64); ; {
		var page []linkRow
		err := v.tx.Query(ctx, `SELECT a, b, own, of_a, of_b, spans FROM copy_links WHERE a > ? OR a = ? AND b > ? ORDER BY a, b LIMIT ?`,
			[]any{a, a, b, int64(together)}, func(scan func(...any) error) error {
				r, err := scanLink(scan)
				page = append(page, r)
				return err
			})
		if err != nil {
			return err
		}
		for i := range page {
			if err := v.link(ctx, &page[i], words); err != nil {
				return err
			}
			a, b = page[i].a, page[i].b
		}
		if len(page) < together {
			break
		}
	}
	for _, s := range v.texts {
		if s.original != 0 && !s.linked {
			v.found("%s: it has no link to the text that it is a copy of", s.id)
		}
	}
	return nil
}

func (v *verifier) link(ctx context.Context, r *linkRow, words map[int64]*copies.Words) error {
	a, b := v.texts[r.a], v.texts[r.b]
	if a == nil || b == nil {
		v.found("a link between copies leads to a text that is not there (%d, %d)", r.a, r.b)
		return nil
	}
	switch {
	case a.original == 0 && b.original == 0:
	case a.original == r.b && b.original == 0 && a.hash == b.hash:
		a.linked = true
	case b.original == r.a && a.original == 0 && a.hash == b.hash:
		b.linked = true
	default:
		v.found("%s and %s: a copy with the same words as another is linked with more than that", a.id, b.id)
	}
	x, _, err := v.shelf.text(ctx, r.a)
	if err != nil {
		return err
	}
	y, _, err := v.shelf.text(ctx, r.b)
	if err != nil {
		return err
	}
	if words[r.a] == nil {
		clear(words)
		words[r.a] = copies.NewWords(x.Body)
	}
	want, ok := copies.NewLink(x, y, copies.Compare(words[r.a], copies.NewWords(y.Body)))
	want.A, want.B = "", ""
	if !ok || x.ID >= y.ID || !reflect.DeepEqual(want, r.Link) {
		v.found("%s and %s: the link between them is not what their texts have in common", a.id, b.id)
	}
	return nil
}

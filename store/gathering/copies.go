package gathering

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"hearsay/corpus/copies"
	"hearsay/ledger"
	"hearsay/store"
)

const (
	mostOfKey = 64 // texts that are looked at of those with one key, the ones put last
	mostTwins = 64 // texts with the same words that are no copies of one another, and with which a further one is compared
)

// shelf is a copies.Shelf over the tables of a home, for one transaction.
//
// Texts with the very same words are a class. One that is a copy of another
// of its class is linked with that one alone, its original: the first, by day of
// publication and id, that it is a copy of. The others of the class have keys and are compared
// with other texts. So a story that a thousand papers print costs each of them one
// look, and who is the original does not depend on the order in which they came.
type shelf struct {
	tx   Tx
	keys *waiting         // nil where keys do not wait
	num  map[string]int64 // of the ids met so far
}

var _ copies.Shelf = (*shelf)(nil)

func newShelf(tx Tx) *shelf { return &shelf{tx, newWaiting(tx), make(map[string]int64)} }

// twin is a text of a class.
type twin struct {
	num      int64
	text     copies.Text // without its body
	original int64       // 0 where it is one itself
	kept     bool        // it has its row
}

// hash is by what texts with the same words are found.
func hash(body string) int64 {
	sum := sha256.Sum256([]byte(body))
	return int64(binary.BigEndian.Uint64(sum[:]))
}

// add puts a new text in its class, and on the shelf where it is an original.
func (s *shelf) add(ctx context.Context, num int64, a *Article) error {
	if !a.words.Comparable() {
		return nil
	}
	h := hash(a.text.Body)
	originals, err := s.twins(ctx, `c.hash = ? AND c.original IS NULL`, h, mostTwins+1)
	if err != nil {
		return err
	}
	own := twin{num: num, text: a.text}
	own.text.Body = ""
	if len(originals) == 0 || len(originals) > mostTwins {
		return s.putOriginal(ctx, &own, h, a)
	}
	slices.SortFunc(originals, earlier)
	same := copies.Compare(a.words, a.words)
	for i := range originals {
		o := &originals[i]
		l, ok := s.linked(o, &own, same, a)
		switch {
		case ok && earlier(*o, own) < 0:
			return s.putCopy(ctx, &own, o, h, l)
		case ok: // the new one comes before what has been its class's original
			return s.settle(ctx, h, a, &own)
		}
	}
	// It is a copy of no original; others may be copies of it all the same.
	others, err := s.twins(ctx, `c.hash = ? AND c.original IS NOT NULL`, h, 1)
	if err != nil {
		return err
	}
	if len(others) > 0 {
		return s.settle(ctx, h, a, &own)
	}
	return s.putOriginal(ctx, &own, h, a)
}

// remove takes a text off the shelf. Where it was the original of others, these
// get another.
func (s *shelf) remove(ctx context.Context, num int64) error {
	t, ok, err := s.text(ctx, num)
	if err != nil || !ok {
		return err
	}
	kept, err := s.twins(ctx, `c.num = ?`, num, 1)
	if err != nil || len(kept) == 0 {
		return err
	}
	words := copies.NewWords(t.Body)
	a := &Article{text: *t, words: words, keys: words.Keys()}
	if err := s.takeOff(ctx, &kept[0], a); err != nil {
		return err
	}
	if err := s.tx.Exec(ctx, `DELETE FROM copy_texts WHERE num = ?`, num); err != nil {
		return err
	}
	left, err := s.twins(ctx, `c.original = ?`, num, 1)
	if err != nil || len(left) == 0 {
		return err
	}
	return s.settle(ctx, hash(t.Body), a, nil)
}

// settle finds out who in a class is a copy of whom, with one that is new, and
// changes what has become different.
func (s *shelf) settle(ctx context.Context, h int64, a *Article, added *twin) error {
	class, err := s.twins(ctx, `c.hash = ?`, h, -1)
	if err != nil {
		return err
	}
	if added != nil {
		class = append(class, *added)
	}
	slices.SortFunc(class, earlier)
	same := copies.Compare(a.words, a.words)
	var originals []*twin
	type link struct {
		of *twin
		copies.Link
	}
	links := make([]link, len(class))
	for i := range class {
		t := &class[i]
		for _, o := range originals[:min(len(originals), mostTwins)] {
			if l, ok := s.linked(o, t, same, a); ok {
				links[i] = link{o, l}
				break
			}
		}
		if links[i].of == nil {
			originals = append(originals, t)
		}
	}
	// What has come to be a copy leaves the shelf before anything is compared with it.
	for i := range class {
		t, of := &class[i], links[i].of
		if t.kept && of != nil && t.original != of.num || t.kept && of == nil && t.original != 0 {
			if err := s.takeOff(ctx, t, a); err != nil {
				return err
			}
		}
	}
	for i := range class {
		t, of := &class[i], links[i].of
		switch {
		case of != nil && t.original != of.num:
			err = s.putCopy(ctx, t, of, h, links[i].Link)
		case of == nil && (!t.kept || t.original != 0):
			err = s.putOriginal(ctx, t, h, a)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// linked links two texts of a class. Same is what their words have in common.
func (s *shelf) linked(o, t *twin, same *copies.Match, a *Article) (copies.Link, bool) {
	first, second := o.text, t.text
	first.Body, second.Body = a.text.Body, a.text.Body
	return copies.NewLink(&first, &second, same)
}

// putOriginal puts a text on the shelf and links it with those that are there.
// A has the words of its class.
func (s *shelf) putOriginal(ctx context.Context, t *twin, h int64, a *Article) error {
	if err := s.put(ctx, t, h, nil); err != nil {
		return err
	}
	whole := t.text
	whole.Body = a.text.Body
	s.num[whole.ID] = t.num
	_, err := (&copies.Index{Shelf: s}).AddWords(ctx, &whole, a.words, a.keys)
	return err
}

// putCopy links a text with its original.
func (s *shelf) putCopy(ctx context.Context, t, of *twin, h int64, l copies.Link) error {
	if err := s.put(ctx, t, h, of.num); err != nil {
		return err
	}
	s.num[t.text.ID], s.num[of.text.ID] = t.num, of.num
	return s.putLinks(ctx, []copies.Link{l})
}

// put writes the row of a text.
func (s *shelf) put(ctx context.Context, t *twin, h int64, original any) error {
	if t.kept {
		return s.tx.Exec(ctx, `UPDATE copy_texts SET original = ? WHERE num = ?`, original, t.num)
	}
	return s.tx.Exec(ctx, `INSERT INTO copy_texts (num, hash, original) VALUES (?, ?, ?)`, t.num, h, original)
}

// takeOff removes the keys and links of a text.
func (s *shelf) takeOff(ctx context.Context, t *twin, a *Article) error {
	if t.original == 0 {
		var keys [][]any
		for _, k := range indexed(a.keys) {
			keys = append(keys, []any{k, t.num})
			if err := s.tx.Exec(ctx, `DELETE FROM copy_keys WHERE key = ? AND num = ?`, k, t.num); err != nil {
				return err
			}
		}
		if s.keys != nil {
			if err := s.keys.remove(ctx, ofText, t.num, `DELETE FROM temp.copy_waiting WHERE key = ? AND num = ?`, keys); err != nil {
				return err
			}
		}
	}
	if err := s.tx.Exec(ctx, `DELETE FROM copy_links WHERE a = ?`, t.num); err != nil {
		return err
	}
	return s.tx.Exec(ctx, `DELETE FROM copy_links WHERE b = ?`, t.num)
}

// earlier compares texts by the day on which they appeared, those without a
// whole day last, and by id.
func earlier(a, b twin) int {
	return cmp.Or(cmp.Compare(day(a.text.Published), day(b.text.Published)), cmp.Compare(a.text.ID, b.text.ID))
}

func day(published string) string {
	if _, err := time.Parse(time.DateOnly, published); err != nil {
		return "unknown"
	}
	return published
}

// twins returns the texts for which a condition on copy_texts c holds, no more than
// most if that is not negative.
func (s *shelf) twins(ctx context.Context, condition string, value int64, most int) (out []twin, err error) {
	text := `SELECT c.num, c.original, a.id, v.title, v.published FROM copy_texts c JOIN versions v ON v.num = c.num JOIN articles a ON a.num = v.article WHERE ` + condition
	if most >= 0 {
		text += ` ORDER BY c.num LIMIT ` + strconv.Itoa(most)
	}
	err = s.tx.Query(ctx, text, []any{value}, func(scan func(...any) error) error {
		t := twin{kept: true}
		var original *int64
		var title, published *string
		if err := scan(&t.num, &original, &t.text.ID, &title, &published); err != nil {
			return err
		}
		t.original, t.text.Title, t.text.Published = value0(original), value0(title), value0(published)
		s.num[t.text.ID] = t.num
		out = append(out, t)
		return nil
	})
	return out, err
}

// value0 is what p points to, or the zero value.
func value0[T any](p *T) (v T) {
	if p != nil {
		v = *p
	}
	return v
}

// text returns the text of a version.
func (s *shelf) text(ctx context.Context, num int64) (*copies.Text, bool, error) {
	var t *copies.Text
	err := s.tx.Query(ctx, `SELECT a.id, v.title, v.published, t.content FROM texts t JOIN versions v ON v.num = t.num JOIN articles a ON a.num = v.article WHERE t.num = ?`,
		[]any{num}, func(scan func(...any) error) error {
			t = new(copies.Text)
			var title, published *string
			err := scan(&t.ID, &title, &published, &t.Body)
			t.Title, t.Published = value0(title), value0(published)
			return err
		})
	return t, t != nil, err
}

// indexed are the keys as they stand in the index: their upper half, which tells
// texts apart as well, in half the room. Each stands once.
func indexed(keys []uint64) []int64 {
	out := make([]int64, len(keys))
	for i, k := range keys {
		out[i] = int64(int32(k >> 32))
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// sharing are the statements that find texts by 32, 64, 128 and 256 keys, those that
// have one of them, and those that have several. Their limits
// are no parameters: SQLite compiles a statement anew for each value of such a one.
var sharing = func() (out [4][copies.LeastShared]string) {
	const one = `SELECT num FROM (SELECT num FROM copy_keys WHERE key = ? ORDER BY num DESC LIMIT 64) AS k`
	for i := range out {
		all := strings.TrimSuffix(strings.Repeat(one+" UNION ALL ", 32<<i), " UNION ALL ")
		for j := range out[i] {
			out[i][j] = fmt.Sprintf(`SELECT f.num, a.id, v.title, v.published FROM (SELECT num, count(*) AS n FROM (%s) AS each_key GROUP BY num HAVING count(*) > %d ORDER BY n DESC, num DESC LIMIT 64) AS f
				JOIN versions v ON v.num = f.num JOIN articles a ON a.num = v.article ORDER BY f.n DESC, f.num DESC`, all, j)
		}
	}
	return out
}()

// Sharing implements copies.Shelf.
func (s *shelf) Sharing(ctx context.Context, keys []uint64, least, most int) (near []copies.Text, err error) {
	wanted := indexed(keys)
	if len(wanted) == 0 {
		return nil, nil
	}
	size := 0
	for len(wanted) > 32<<size {
		if size++; size == len(sharing) {
			return nil, errors.New("a text has more keys than a text may have")
		}
	}
	args := make([]any, 32<<size)
	for i, k := range wanted {
		args[i] = k
	}
	if s.keys != nil {
		nums, heads, err := s.keys.texts(ctx, size, args, least)
		if err != nil {
			return nil, err
		}
		for _, num := range nums {
			if t, ok := heads[num]; ok && len(near) < most {
				s.num[t.ID] = num
				near = append(near, t)
			}
		}
		return near, nil
	}
	err = s.tx.Query(ctx, sharing[size][min(max(least, 1), copies.LeastShared)-1], args, func(scan func(...any) error) error {
		num, t, err := scanHead(scan)
		s.num[t.ID] = num
		near = append(near, t)
		return err
	})
	return near[:min(len(near), most)], err
}

// scanHead reads the number of a text, and of the text all but its body.
func scanHead(scan func(...any) error) (num int64, t copies.Text, err error) {
	var title, published *string
	err = scan(&num, &t.ID, &title, &published)
	t.Title, t.Published = value0(title), value0(published)
	return num, t, err
}

// Text implements copies.Shelf.
func (s *shelf) Text(ctx context.Context, id string) (*copies.Text, error) {
	t, ok, err := s.text(ctx, s.num[id])
	if err == nil && !ok {
		err = fmt.Errorf("there is no text %s", id)
	}
	return t, err
}

// Put implements copies.Shelf.
func (s *shelf) Put(ctx context.Context, t *copies.Text, keys []uint64, links []copies.Link) error {
	num := s.num[t.ID]
	if s.keys != nil {
		if err := s.keys.putText(ctx, num, indexed(keys)); err != nil {
			return err
		}
		return s.putLinks(ctx, links)
	}
	var args []any
	for _, k := range indexed(keys) {
		args = append(args, k, num)
	}
	if err := insert(ctx, s.tx, `INSERT INTO copy_keys (key, num) VALUES `, 2, args); err != nil {
		return err
	}
	return s.putLinks(ctx, links)
}

func (s *shelf) putLinks(ctx context.Context, links []copies.Link) error {
	var args []any
	for _, l := range links {
		args = append(args, s.num[l.A], s.num[l.B], int64(l.Own), l.OfA, l.OfB, appendSpans(appendSpans(nil, l.InA), l.InB))
	}
	return insert(ctx, s.tx, `INSERT INTO copy_links (a, b, own, of_a, of_b, spans) VALUES `, 6, args)
}

// insert inserts rows of some columns each, several with one statement.
func insert(ctx context.Context, tx Tx, into string, columns int, args []any) error {
	tuple := "(?" + strings.Repeat(", ?", columns-1) + ")"
	for _, together := range [...]int{32, 4, 1} {
		text := ""
		for len(args) >= together*columns {
			if text == "" {
				text = into + tuple + strings.Repeat(", "+tuple, together-1)
			}
			if err := tx.Exec(ctx, text, args[:together*columns]...); err != nil {
				return err
			}
			args = args[together*columns:]
		}
	}
	return nil
}

// Links implements copies.Shelf.
func (s *shelf) Links(ctx context.Context, id string) ([]copies.Link, error) {
	rows, err := s.linksOf(ctx, []int64{s.num[id]})
	if err != nil {
		return nil, err
	}
	out := make([]copies.Link, len(rows))
	for i, r := range rows {
		for _, num := range [...]int64{r.a, r.b} {
			t, err := s.twins(ctx, `c.num = ?`, num, 1)
			if err != nil {
				return nil, err
			}
			if len(t) == 0 {
				return nil, fmt.Errorf("a link of %s leads nowhere", id)
			}
			if num == r.a {
				r.A = t[0].text.ID
			} else {
				r.B = t[0].text.ID
			}
		}
		out[i] = r.Link
	}
	return out, nil
}

// linkRow is a link by the numbers of its texts.
type linkRow struct {
	a, b int64
	copies.Link
}

// some is how many numbers a question is asked for at once.
const some = 32

var (
	someMarks = "(?" + strings.Repeat(", ?", some-1) + ")"
	linksFrom = `SELECT a, b, own, of_a, of_b, spans FROM copy_links WHERE a IN ` + someMarks
	linksTo   = `SELECT a, b, own, of_a, of_b, spans FROM copy_links WHERE b IN ` + someMarks
)

// inSome calls ask with the numbers as arguments of someMarks.
func inSome(nums []int64, ask func(args []any) error) error {
	for part := range slices.Chunk(nums, some) {
		args := make([]any, some)
		for i := range args {
			args[i] = part[min(i, len(part)-1)]
		}
		if err := ask(args); err != nil {
			return err
		}
	}
	return nil
}

// linksOf returns the links of texts, each once.
func (s *shelf) linksOf(ctx context.Context, nums []int64) (out []linkRow, err error) {
	seen := make(map[[2]int64]bool)
	err = inSome(nums, func(args []any) error {
		for _, text := range [...]string{linksFrom, linksTo} {
			err := s.tx.Query(ctx, text, args, func(scan func(...any) error) error {
				r, err := scanLink(scan)
				if err == nil && !seen[[2]int64{r.a, r.b}] {
					seen[[2]int64{r.a, r.b}] = true
					out = append(out, r)
				}
				return err
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
	return out, err
}

func scanLink(scan func(...any) error) (r linkRow, err error) {
	var spans []byte
	if err := scan(&r.a, &r.b, &r.Own, &r.OfA, &r.OfB, &spans); err != nil {
		return r, err
	}
	ok := false
	if r.InA, spans, ok = spansOf(spans); ok {
		r.InB, spans, ok = spansOf(spans)
	}
	if !ok || len(spans) > 0 {
		return r, fmt.Errorf("%w: the passages of a link between two copies cannot be read", store.ErrDamaged)
	}
	return r, nil
}

// appendSpans writes spans in order as their number, and of each how far it begins
// after the end of the one before and how long it is.
func appendSpans(b []byte, spans []ledger.Span) []byte {
	b = binary.AppendUvarint(b, uint64(len(spans)))
	at := 0
	for _, s := range spans {
		b = binary.AppendUvarint(b, uint64(s.Start-at))
		b = binary.AppendUvarint(b, uint64(s.End-s.Start))
		at = s.End
	}
	return b
}

// spansOf reads what appendSpans wrote, and returns what follows it.
func spansOf(b []byte) (spans []ledger.Span, rest []byte, ok bool) {
	next := func() int {
		v, n := binary.Uvarint(b)
		if n <= 0 || v > 1<<31 {
			ok = false
			return 0
		}
		b = b[n:]
		return int(v)
	}
	ok = true
	at := 0
	for n := next(); n > 0 && ok; n-- {
		start := at + next()
		at = start + next()
		spans = append(spans, ledger.Span{Start: start, End: at})
	}
	return spans, b, ok
}

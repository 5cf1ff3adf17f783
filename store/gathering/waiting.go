package gathering

import (
	"cmp"
	"context"
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"

	"hearsay/corpus/copies"
	"hearsay/corpus/incidents"
	"hearsay/store"
)

// Waits marks a Tx of a home where the keys of new articles wait before they are
// put in their tables. Each article has some fifty keys, which lie anywhere in an index; in one
// that is larger than what a home holds in memory each costs a page to be read and
// written. In their order, those of thousands of articles cost hardly more than
// one's. Until then they stand in a table of what waits, and once more, to be found by, in
// temporary tables of the connection that writes. What several processes add, each
// takes over from the first table when it next writes.
//
// The home has these tables beside the others, and runs Temporary on a
// connection before it first writes:
//
//	keys_waiting     (seq INTEGER PRIMARY KEY, kind NOT NULL, id NOT NULL, keys BYTES NOT NULL)
//	keys_generation  (generation 64 bits NOT NULL), one row: another number whenever something is taken out of what waits
type Waits interface {
	Tx
	KeysWait()
}

// Temporary makes a connection's temporary tables, or empties them.
var Temporary = [...]string{
	`CREATE TEMP TABLE IF NOT EXISTS copy_waiting (key INTEGER NOT NULL, num INTEGER NOT NULL, PRIMARY KEY (key, num)) WITHOUT ROWID`,
	`CREATE TEMP TABLE IF NOT EXISTS incident_waiting (hash INTEGER NOT NULL, day INTEGER NOT NULL, id INTEGER NOT NULL, span INTEGER NOT NULL, PRIMARY KEY (hash, day, id)) WITHOUT ROWID`,
	`CREATE TEMP TABLE IF NOT EXISTS keys_seen (generation INTEGER, last INTEGER NOT NULL)`,
	`DELETE FROM temp.copy_waiting`,
	`DELETE FROM temp.incident_waiting`,
	`DELETE FROM temp.keys_seen`,
	`INSERT INTO temp.keys_seen (generation, last) VALUES (NULL, 0)`,
}

// mostWaiting is how many sets of keys wait: those of some 30,000 articles.
const mostWaiting = 70_000

// The kinds of keys that wait.
const (
	ofText   = 0
	ofRecord = 1
)

// waiting is what waits, for one transaction.
type waiting struct {
	tx     Tx
	synced bool
}

// newWaiting is nil where keys do not wait.
func newWaiting(tx Tx) *waiting {
	if _, ok := tx.(Waits); ok {
		return &waiting{tx: tx}
	}
	return nil
}

// sync takes over what other processes have added.
func (w *waiting) sync(ctx context.Context) error {
	if w.synced {
		return nil
	}
	var generation, most, last int64
	var seen *int64
	err := w.tx.Query(ctx, `SELECT (SELECT generation FROM keys_generation), (SELECT coalesce(max(seq), 0) FROM keys_waiting), generation, last FROM temp.keys_seen`, nil,
		func(scan func(...any) error) error { return scan(&generation, &most, &seen, &last) })
	if err != nil {
		return err
	}
	if seen == nil || *seen != generation || most < last {
		if err := w.forget(ctx); err != nil {
			return err
		}
		last = 0
	}
	for last < most {
		if last, err = w.load(ctx, last); err != nil {
			return err
		}
	}
	w.synced = true
	return w.see(ctx, generation, last)
}

func (w *waiting) forget(ctx context.Context) error {
	if err := w.tx.Exec(ctx, `DELETE FROM temp.copy_waiting`); err != nil {
		return err
	}
	return w.tx.Exec(ctx, `DELETE FROM temp.incident_waiting`)
}

func (w *waiting) see(ctx context.Context, generation, last int64) error {
	return w.tx.Exec(ctx, `UPDATE temp.keys_seen SET generation = ?, last = ?`, generation, last)
}

// load takes over some of what was added after last, and returns what is the last then.
func (w *waiting) load(ctx context.Context, last int64) (int64, error) {
	var texts, records []any
	err := w.tx.Query(ctx, `SELECT seq, kind, id, keys FROM keys_waiting WHERE seq > ? ORDER BY seq LIMIT 500`, []any{last}, func(scan func(...any) error) error {
		var kind, id int64
		var keys []byte
		if err := scan(&last, &kind, &id, &keys); err != nil {
			return err
		}
		return eachKey(kind, keys, func(key, day, span int64) {
			if kind == ofText {
				texts = append(texts, key, id)
			} else {
				records = append(records, key, day, id, span)
			}
		})
	})
	if err != nil {
		return 0, err
	}
	if err := insert(ctx, w.tx, `INSERT OR IGNORE INTO temp.copy_waiting (key, num) VALUES `, 2, texts); err != nil {
		return 0, err
	}
	return last, insert(ctx, w.tx, `INSERT OR IGNORE INTO temp.incident_waiting (hash, day, id, span) VALUES `, 4, records)
}

// eachKey calls f for each of the keys of a text, which have no day and no span, or of a record.
func eachKey(kind int64, keys []byte, f func(key, day, span int64)) error {
	size := 4
	if kind == ofRecord {
		size = 16
	}
	if len(keys)%size != 0 {
		return fmt.Errorf("%w: keys that wait cannot be read", store.ErrDamaged)
	}
	number := func(b []byte) int64 { return int64(int32(binary.LittleEndian.Uint32(b))) }
	for ; len(keys) > 0; keys = keys[size:] {
		if kind == ofText {
			f(number(keys), 0, 0)
		} else {
			f(int64(binary.LittleEndian.Uint64(keys)), number(keys[8:]), number(keys[12:]))
		}
	}
	return nil
}

// putText has the keys of a text wait.
func (w *waiting) putText(ctx context.Context, num int64, keys []int64) error {
	if err := w.sync(ctx); err != nil {
		return err
	}
	encoded := make([]byte, 0, 4*len(keys))
	args := make([]any, 0, 2*len(keys))
	for _, k := range keys {
		encoded = binary.LittleEndian.AppendUint32(encoded, uint32(int32(k)))
		args = append(args, k, num)
	}
	if err := w.put(ctx, ofText, num, encoded); err != nil {
		return err
	}
	return insert(ctx, w.tx, `INSERT INTO temp.copy_waiting (key, num) VALUES `, 2, args)
}

// putRecord has the keys of a record wait.
func (w *waiting) putRecord(ctx context.Context, id int64, keys []incidents.Key) error {
	if err := w.sync(ctx); err != nil {
		return err
	}
	encoded := make([]byte, 0, 16*len(keys))
	args := make([]any, 0, 4*len(keys))
	for _, k := range keys {
		encoded = binary.LittleEndian.AppendUint64(encoded, uint64(k.Hash))
		encoded = binary.LittleEndian.AppendUint32(encoded, uint32(int32(k.Day)))
		encoded = binary.LittleEndian.AppendUint32(encoded, uint32(k.Span()))
		args = append(args, int64(k.Hash), int64(k.Day), id, int64(k.Span()))
	}
	if err := w.put(ctx, ofRecord, id, encoded); err != nil {
		return err
	}
	return insert(ctx, w.tx, `INSERT INTO temp.incident_waiting (hash, day, id, span) VALUES `, 4, args)
}

func (w *waiting) put(ctx context.Context, kind, id int64, keys []byte) error {
	return w.tx.Exec(ctx, `INSERT INTO keys_waiting (kind, id, keys) VALUES (?, ?, ?)`, kind, id, keys)
}

// remove takes the keys of a text or of a record out of what waits, if they do.
func (w *waiting) remove(ctx context.Context, kind, id int64, statement string, keys [][]any) error {
	if err := w.sync(ctx); err != nil || len(keys) == 0 {
		return err
	}
	text := `SELECT count(*) FROM temp.copy_waiting WHERE key = ? AND num = ?`
	if kind == ofRecord {
		text = `SELECT count(*) FROM temp.incident_waiting WHERE hash = ? AND day = ? AND id = ?`
	}
	there := 0
	if err := w.tx.Query(ctx, text, keys[0], func(scan func(...any) error) error { return scan(&there) }); err != nil || there == 0 {
		return err
	}
	for _, args := range keys {
		if err := w.tx.Exec(ctx, statement, args...); err != nil {
			return err
		}
	}
	if err := w.tx.Exec(ctx, `DELETE FROM keys_waiting WHERE kind = ? AND id = ?`, kind, id); err != nil {
		return err
	}
	return w.renew(ctx)
}

// renew has other processes begin anew.
func (w *waiting) renew(ctx context.Context) error {
	generation := rand.Int64()
	if err := w.tx.Exec(ctx, `UPDATE keys_generation SET generation = ?`, generation); err != nil {
		return err
	}
	return w.tx.Exec(ctx, `UPDATE temp.keys_seen SET generation = ?`, generation)
}

// done notes what this transaction added, and has nothing more wait where it is much.
func (w *waiting) done(ctx context.Context) error {
	if !w.synced {
		return nil
	}
	if err := w.tx.Exec(ctx, `UPDATE temp.keys_seen SET last = (SELECT coalesce(max(seq), 0) FROM keys_waiting)`); err != nil {
		return err
	}
	n := int64(0)
	if err := w.tx.Query(ctx, `SELECT last FROM temp.keys_seen`, nil, func(scan func(...any) error) error { return scan(&n) }); err != nil || n < mostWaiting {
		return err
	}
	return w.settle(ctx)
}

// settle puts what waits in its tables.
func (w *waiting) settle(ctx context.Context) error {
	for _, text := range [...]string{
		`INSERT OR IGNORE INTO copy_keys (key, num) SELECT key, num FROM temp.copy_waiting ORDER BY key, num`,
		`INSERT OR IGNORE INTO incident_keys (span, hash, day, id) SELECT span, hash, day, id FROM temp.incident_waiting ORDER BY span, hash, day, id`,
		`DELETE FROM keys_waiting`,
		`UPDATE temp.keys_seen SET last = 0`,
	} {
		if err := w.tx.Exec(ctx, text); err != nil {
			return err
		}
	}
	if err := w.forget(ctx); err != nil {
		return err
	}
	return w.renew(ctx)
}

// Settle has no keys wait any more. It is called when a home is left, so that who next
// comes finds them in their tables.
func Settle(ctx context.Context, tx Waits) error {
	some := false
	if err := tx.Query(ctx, `SELECT 1 FROM keys_waiting LIMIT 1`, nil, func(func(...any) error) error { some = true; return nil }); err != nil || !some {
		return err
	}
	w := newWaiting(tx)
	if err := w.sync(ctx); err != nil {
		return err
	}
	return w.settle(ctx)
}

// Renew is called when a home's tables have been put in the place of others.
func Renew(ctx context.Context, tx Waits) error { return newWaiting(tx).renew(ctx) }

// textTables are where keys are looked for: those in their places, and those that wait.
var textTables = [...]string{"copy_keys", "temp.copy_waiting"}

// counting are the statements that find texts by 32, 64, 128 and 256 keys in each of the tables.
var counting = func() (out [len(textTables)][4]string) {
	for t, table := range textTables {
		one := `SELECT num FROM (SELECT num FROM ` + table + ` WHERE key = ? ORDER BY num DESC LIMIT 64) AS k`
		for i := range out[t] {
			out[t][i] = `SELECT num, count(*) FROM (` + one + strings.Repeat(" UNION ALL "+one, 32<<i-1) + `) AS each_key GROUP BY num`
		}
	}
	return out
}()

var (
	// An index has these columns: the rows themselves are as large as pages, and of those asked for each lies in another.
	headsOf = `SELECT v.num, a.id, v.title, v.published FROM versions v INDEXED BY versions_head JOIN articles a ON a.num = v.article WHERE v.num IN ` + someMarks
	someOf  = recordColumns + `incident_records r WHERE r.id IN ` + someMarks
)

// texts returns the numbers of the texts that have at least so many of the keys, and
// what is known of them beside their bodies: those with most keys first, of these the last ones, 64 at most.
func (w *waiting) texts(ctx context.Context, size int, keys []any, least int) (nums []int64, heads map[int64]copies.Text, err error) {
	if err := w.sync(ctx); err != nil {
		return nil, nil, err
	}
	count := make(map[int64]int)
	for t := range counting {
		err := w.tx.Query(ctx, counting[t][size], keys, func(scan func(...any) error) error {
			var num int64
			var n int
			err := scan(&num, &n)
			count[num] += n
			return err
		})
		if err != nil {
			return nil, nil, err
		}
	}
	for num, n := range count {
		if n >= least {
			nums = append(nums, num)
		}
	}
	slices.SortFunc(nums, func(a, b int64) int { return cmp.Or(count[b]-count[a], cmp.Compare(b, a)) })
	nums = nums[:min(len(nums), 64)]
	heads = make(map[int64]copies.Text, len(nums))
	err = inSome(nums, func(args []any) error {
		return w.tx.Query(ctx, headsOf, args, func(scan func(...any) error) error {
			num, t, err := scanHead(scan)
			heads[num] = t
			return err
		})
	})
	return nums, heads, err
}

package postgres

import (
	"cmp"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5"

	"hearsay/ledger"
	"hearsay/store"
	"hearsay/store/accounts"
	"hearsay/store/checks"
	"hearsay/store/gathering"
	"hearsay/store/jobs"
	"hearsay/store/rows"
	"hearsay/store/sqlite"
)

const (
	maxFindings    = 100 // how many things wrong Verify names before it gives up
	verifiedAtOnce = 64  // versions
)

// Verify checks the store, as it is at one moment: see store.Store. That pages
// and indexes are whole is the server's matter.
func (s *Store) Verify(ctx context.Context) error {
	v := verifier{store: s, ctx: ctx}
	err := s.reading(ctx, func(tx pgx.Tx) error {
		v.tx = tx
		for _, check := range []func() error{v.articles, v.strays, v.inputs, v.gathered, v.checks, v.accounts, v.jobs} {
			if err := check(); err != nil {
				return err
			}
			if len(v.findings) >= maxFindings {
				break
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("verifying the store: %w", told(cmp.Or(ctx.Err(), err)))
	}
	if len(v.findings) > 0 {
		return fmt.Errorf("%w:\n%w", store.ErrDamaged, errors.Join(v.findings...))
	}
	return nil
}

type verifier struct {
	store    *Store
	ctx      context.Context
	tx       pgx.Tx
	findings []error
}

func (v *verifier) found(format string, args ...any) {
	if len(v.findings) < maxFindings {
		v.findings = append(v.findings, fmt.Errorf(format, args...))
	}
}

// none wants a query to yield nothing and takes each row of it for a finding.
func (v *verifier) none(finding, text string) error {
	return each(v.ctx, v.tx, func(r pgx.Rows) error {
		what, err := r.Values()
		if err == nil {
			v.found(finding, what...)
		}
		return err
	}, text)
}

// checks checks the published fact-checks.
func (v *verifier) checks() error {
	err := checks.Verify(v.ctx, &within{tx: v.tx})
	if errors.Is(err, store.ErrDamaged) {
		v.found("%v", err)
		return nil
	}
	return err
}

// jobs checks the work that a server has taken on.
func (v *verifier) jobs() error { return jobs.Verify(v.ctx, &within{tx: v.tx}, v.found) }

// accounts checks what is known of those who may use the store.
func (v *verifier) accounts() error { return accounts.Verify(v.ctx, &within{tx: v.tx}, v.found) }

// version is a row of versions with what its article says.
type version struct {
	key    []byte
	id     string
	newest int64

	num, version                  *int64 // nil where an article has none
	hash, packed                  []byte
	first, last, published, title *string

	ledger *ledger.Ledger
}

// articles checks each version's ledger, and that the rows of the newest ones
// are those that their ledgers make.
func (v *verifier) articles() error {
	// A cursor: there are other questions to ask between one row and the next.
	if _, err := v.tx.Exec(v.ctx, `DECLARE every_version CURSOR FOR SELECT a.key, a.id, a.version, v.num, v.version, v.hash, v.first, v.last, v.published, v.title, v.ledger
		FROM articles a LEFT JOIN versions v ON v.article = a.num ORDER BY a.num, v.version`); err != nil {
		return err
	}
	var before *version
	versions := int64(0)
	closing := func() {
		if before != nil && versions != before.newest {
			v.found("%s: it has %d versions, and its newest is to be number %d", before.id, versions, before.newest)
		}
	}
	for len(v.findings) < maxFindings {
		var some []*version
		err := each(v.ctx, v.tx, func(r pgx.Rows) error {
			row := new(version)
			some = append(some, row)
			return scanPlain(r, []any{&row.key, &row.id, &row.newest, &row.num, &row.version, &row.hash, &row.first, &row.last, &row.published, &row.title, &row.packed})
		}, fmt.Sprintf(`FETCH %d FROM every_version`, verifiedAtOnce))
		if err != nil {
			return err
		}
		if len(some) == 0 {
			closing()
			break
		}
		var newest []*version
		for _, row := range some {
			if before == nil || row.id != before.id {
				closing()
				before, versions = row, 0
				if key := keyOf(row.id); string(key[:]) != string(row.key) {
					v.found("%s: the key that it is found by is another's", row.id)
				}
			}
			if row.num == nil {
				continue
			}
			if versions++; *row.version != versions {
				v.found("%s: version %d stands where version %d should", row.id, *row.version, versions)
			}
			if v.whole(row) && *row.version == row.newest {
				if row.ledger, err = v.store.ledgerIn(v.tx)(v.ctx, *row.num); err != nil {
					return err
				}
				newest = append(newest, row)
			}
		}
		if err := v.says(newest); err != nil {
			return err
		}
	}
	_, err := v.tx.Exec(v.ctx, `CLOSE every_version`)
	return err
}

// whole checks one version by itself, and reads its ledger.
func (v *verifier) whole(row *version) bool {
	if a, b := rows.Days(value(row.published)); a != value(row.first) || b != value(row.last) {
		v.found("%s: its days of publication are not those of %q", row.id, value(row.published))
	}
	var err error
	if row.ledger, err = v.store.packer.Ledger(row.packed); err != nil {
		v.found("%s, version %d: %v", row.id, *row.version, err)
		return false
	}
	if sum := sha256.Sum256([]byte(row.ledger.Document.Text)); string(sum[:]) != string(row.hash) {
		v.found("%s, version %d: the hash is of another text", row.id, *row.version)
	}
	return true
}

// says checks the rows of what newest versions say, by sending the server the
// rows that there should be.
func (v *verifier) says(newest []*version) error {
	if len(newest) == 0 {
		return nil
	}
	names := make(map[int64]string, len(newest))
	nums, firsts, lasts := make([]int64, len(newest)), make([]int64, len(newest)), make([]int64, len(newest))
	want := insertion{table: "texts", columns: textColumns, values: make(columns, len(textColumns))}
	for i, row := range newest {
		nums[i] = *row.num
		firsts[i], lasts[i] = rows.ClaimNumbers(*row.num)
		names[*row.num] = row.id
		want.add(textRow(*row.num, value(row.title), row.ledger.Document.Text)...)
	}
	if err := v.differ(want, names, `num`, `num`, `num = ANY($%d)`, nums); err != nil {
		return err
	}
	for i := range rows.Tables {
		t := &rows.Tables[i]
		want := insertion{table: t.Name, columns: columnsOf[i], values: make(columns, len(columnsOf[i]))}
		for _, row := range newest {
			for seq, values := range t.Of(row.ledger) {
				want.add(tableRow(t, *row.num, seq, values)...)
			}
		}
		var err error
		if t.Name == "claims" {
			err = v.differ(want, names, `version`, `num`, `EXISTS (SELECT 1 FROM unnest($%d::bigint[], $%d::bigint[]) AS n (first, last) WHERE num BETWEEN n.first AND n.last)`, firsts, lasts)
		} else {
			err = v.differ(want, names, `version`, `version, seq`, `version = ANY($%d)`, nums)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// differ finds the versions of which a table has other rows than are wanted.
// Of names the versions by number; version and key are the columns of the number
// and those that tell rows apart, and there the condition for the rows to look at.
func (v *verifier) differ(want insertion, names map[int64]string, version, key, there string, args ...any) error {
	arrays, picked := arraysOf(want.columns)
	var numbers []any
	for i := range args {
		numbers = append(numbers, len(want.columns)+1+i)
	}
	list := joined(want.columns)
	text := fmt.Sprintf(`WITH want (%[1]s) AS MATERIALIZED (SELECT %[2]s FROM %[3]s), have AS MATERIALIZED (SELECT %[1]s FROM %[4]s WHERE %[5]s)
		SELECT DISTINCT coalesce(w.%[6]s, h.%[6]s) AS n FROM want w FULL JOIN have h USING (%[7]s) WHERE w IS DISTINCT FROM h ORDER BY n`,
		list, picked, arrays, want.table, fmt.Sprintf(there, numbers...), version, key)
	return each(v.ctx, v.tx, func(r pgx.Rows) error {
		var num int64
		if err := r.Scan(&num); err != nil {
			return err
		}
		v.found("%s: the rows of %s are not what its ledger says", cmp.Or(names[num], fmt.Sprintf("version %d", num)), want.table)
		return nil
	}, text, append(want.values.all(want.columns), args...)...)
}

// strays looks for rows of versions that are not the newest.
func (v *verifier) strays() error {
	const newest = `NOT EXISTS (SELECT 1 FROM versions v JOIN articles a ON a.num = v.article AND a.version = v.version WHERE v.num = `
	if err := v.none("a text of an older version (%v) is searched", `SELECT num FROM texts t WHERE `+newest+`t.num) ORDER BY num LIMIT 10`); err != nil {
		return err
	}
	for _, t := range rows.Tables {
		if err := v.none("a row of "+t.Name+" is of no newest version (%v)", `SELECT DISTINCT version FROM `+t.Name+` t WHERE `+newest+`t.version) ORDER BY version LIMIT 10`); err != nil {
			return err
		}
	}
	return nil
}

// inputs checks that each input is found by its name.
func (v *verifier) inputs() error {
	return each(v.ctx, v.tx, func(r pgx.Rows) error {
		var key []byte
		var origin string
		if err := scanPlain(r, []any{&key, &origin}); err != nil {
			return err
		}
		if of := keyOf(origin); string(of[:]) != string(key) {
			v.found("the input %s: the key that it is found by is another's", origin)
		}
		return nil
	}, `SELECT key, origin FROM inputs ORDER BY key`)
}

// gathered checks what the articles have to do with one another.
func (v *verifier) gathered() error {
	return gathering.Verify(v.ctx, &within{tx: v.tx}, v.store.ledgerIn(v.tx), v.found)
}

// Backup writes the store to a file: see store.Store. The file is a store in
// SQLite, so that it can be looked into without a server, and either home can
// restore it.
func (s *Store) Backup(ctx context.Context, file string, overwrite bool) error {
	if err := s.backup(ctx, file, overwrite); err != nil {
		return fmt.Errorf("backing up to %s: %w", file, told(cmp.Or(ctx.Err(), err)))
	}
	return nil
}

func (s *Store) backup(ctx context.Context, file string, overwrite bool) error {
	if _, err := os.Lstat(file); err == nil && !overwrite {
		return store.ErrExists
	} else if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	return aside(ctx, filepath.Dir(file), func(copied *sqlite.Store) error {
		err := s.reading(ctx, func(tx pgx.Tx) error {
			return copied.Fill(ctx, func(t sqlite.Table) iter.Seq2[[]any, error] { return tableOf(ctx, tx, t) })
		})
		if err != nil {
			return err
		}
		return copied.Backup(ctx, file, overwrite)
	})
}

// aside carries out f with a new store in a file of its own in a folder, and
// removes it afterwards.
func aside(ctx context.Context, folder string, f func(*sqlite.Store) error) (err error) {
	if err := ctx.Err(); err != nil {
		return err
	}
	own, err := os.MkdirTemp(folder, ".hearsay-")
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, os.RemoveAll(own)) }()
	copied, err := sqlite.Open(ctx, filepath.Join(own, "store.db"), sqlite.Options{})
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, copied.Close()) }()
	return f(copied)
}

// tableOf yields the rows of a table.
func tableOf(ctx context.Context, tx pgx.Tx, t sqlite.Table) iter.Seq2[[]any, error] {
	return func(yield func([]any, error) bool) {
		err := func() error {
			r, err := tx.Query(ctx, "SELECT "+strings.Join(t.Columns, ", ")+" FROM "+t.Name)
			if err != nil {
				return err
			}
			defer r.Close()
			for r.Next() {
				row, err := r.Values()
				if err != nil {
					return err
				}
				for i, v := range row {
					switch v := v.(type) {
					case string:
						row[i] = plain(v)
					case int32:
						row[i] = int64(v)
					}
				}
				if !yield(row, nil) {
					return nil
				}
			}
			return r.Err()
		}()
		if err != nil {
			yield(nil, err)
		}
	}
}

// Restore puts a backup in the place of what the store holds: see store.Store.
// The backup may be of either home. It is first copied, brought up to date and verified.
func (s *Store) Restore(ctx context.Context, file string) error {
	err := aside(ctx, "", func(copied *sqlite.Store) error {
		if err := copied.Restore(ctx, file); err != nil {
			return err
		}
		tables, err := copied.Tables(ctx)
		if err != nil {
			return err
		}
		return s.writing(ctx, func(tx pgx.Tx) error { return replace(ctx, tx, copied, tables) })
	})
	if err != nil {
		return fmt.Errorf("restoring %s: %w", file, told(cmp.Or(ctx.Err(), err)))
	}
	return nil
}

// replace puts the tables of a file in the place of the store's. Those who read
// meanwhile see the store as it was.
func replace(ctx context.Context, tx pgx.Tx, from *sqlite.Store, tables []sqlite.Table) error {
	if _, err := tx.Exec(ctx, `LOCK TABLE articles, inputs IN EXCLUSIVE MODE`); err != nil {
		return err
	}
	for _, l := range [...]lock{gatheringNow, changingAlerts, changingChecks, changingAccounts, changingJobs} {
		if err := alone(ctx, tx, l); err != nil {
			return err
		}
	}
	// What others refer to comes first, and goes last.
	rank := func(t sqlite.Table) int { return slices.Index([]string{"versions", "articles"}, t.Name) }
	slices.SortStableFunc(tables, func(a, b sqlite.Table) int { return rank(a) - rank(b) })
	for _, t := range tables {
		if _, err := tx.Exec(ctx, `DELETE FROM `+t.Name); err != nil {
			return err
		}
	}
	slices.Reverse(tables)
	for _, t := range tables {
		if err := load(ctx, tx, from, t); err != nil {
			return fmt.Errorf("filling %s: %w", t.Name, err)
		}
	}
	for sequence, table := range map[string]string{"article_nums": "articles", "version_nums": "versions"} {
		if _, err := tx.Exec(ctx, fmt.Sprintf(`SELECT setval('%s', greatest((SELECT max(num) FROM %s), (SELECT last_value FROM %[1]s)))`, sequence, table)); err != nil {
			return err
		}
	}
	// The file says already that it was restored.
	return flushed(ctx, tx, func(w gathering.Tx) error { return accounts.Strip(ctx, w) })
}

// loadedAtOnce is how many rows are sent with one statement.
const loadedAtOnce = 500

// load fills a table from one of a file.
func load(ctx context.Context, tx pgx.Tx, from *sqlite.Store, t sqlite.Table) error {
	into, further, err := columnsFor(ctx, tx, t)
	if err != nil {
		return err
	}
	pending := insertion{table: t.Name, columns: into}
	for row, err := range from.Rows(ctx, t) {
		if err != nil {
			return err
		}
		pending.add(slices.Concat(row, further(row))...)
		if len(pending.values[0]) == loadedAtOnce {
			if err := pending.exec(ctx, tx); err != nil {
				return err
			}
			pending.values = nil
		}
	}
	return pending.exec(ctx, tx)
}

// columnsFor returns the columns of a table, those that the file has and then
// those that only this home has, and a function that makes the values of these.
func columnsFor(ctx context.Context, tx pgx.Tx, t sqlite.Table) (into []column, further func(row []any) []any, err error) {
	kinds := make(map[string]kind)
	err = each(ctx, tx, func(r pgx.Rows) error {
		var name string
		var k kind
		err := r.Scan(&name, &k)
		if k == "integer" {
			k = bigint
		}
		kinds[name] = k
		return err
	}, `SELECT attname, format_type(atttypid, NULL) FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 AND NOT attisdropped`, t.Name)
	if err != nil {
		return nil, nil, err
	}
	at := make(map[string]int, len(t.Columns))
	for i, name := range t.Columns {
		k, ok := kinds[name]
		if !ok {
			return nil, nil, fmt.Errorf("the file's column %s.%s is unknown here", t.Name, name)
		}
		into = append(into, column{name, k})
		at[name] = i
	}
	said := func(row []any, name string) string {
		s, _ := row[at[name]].(string)
		return s
	}
	hashed := func(name string) func([]any) []any {
		into = append(into, column{"key", binary})
		return func(row []any) []any {
			key := keyOf(said(row, name))
			return []any{key[:]}
		}
	}
	further = func([]any) []any { return nil }
	switch t.Name {
	case "articles":
		further = hashed("id")
	case "inputs":
		further = hashed("origin")
	case "texts":
		into = append(into, column{"words", vectors})
		further = func(row []any) []any {
			words := textRow(0, said(row, "title"), said(row, "content"))
			return words[len(words)-1:]
		}
	case "claims":
		for _, x := range indexed {
			into = append(into, column{x.words, vector})
		}
		further = func(row []any) (out []any) {
			for _, x := range indexed {
				out = append(out, wordsIn(row[at[x.column]]))
			}
			return out
		}
	}
	return into, further, nil
}

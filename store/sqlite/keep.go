package sqlite

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"net/url"
	"os"
	"path/filepath"
	"reflect"
	"strings"
	"time"

	"modernc.org/sqlite"

	"hearsay/ledger"
	"hearsay/store"
	"hearsay/store/accounts"
	"hearsay/store/amending"
	"hearsay/store/checks"
	"hearsay/store/gathering"
	"hearsay/store/jobs"
	"hearsay/store/rows"
)

// maxFindings is how many things wrong Verify names before it gives up.
const maxFindings = 100

// Verify checks the store: see store.Store. Others may read meanwhile, and
// write for most of the time.
func (s *Store) Verify(ctx context.Context) error {
	v := verifier{store: s, ctx: ctx}
	for _, check := range []func() error{v.file, v.articles, v.strays, v.words, v.gathered, v.checks, v.accounts, v.jobs} {
		if err := check(); err != nil {
			if !errors.Is(err, store.ErrDamaged) {
				return fmt.Errorf("verifying the store: %w", told(err))
			}
			v.found("%v", err)
		}
		if len(v.findings) >= maxFindings {
			break
		}
	}
	if len(v.findings) > 0 {
		return fmt.Errorf("%w:\n%w", store.ErrDamaged, errors.Join(v.findings...))
	}
	return nil
}

type verifier struct {
	store    *Store
	ctx      context.Context
	findings []error
}

func (v *verifier) found(format string, args ...any) {
	if len(v.findings) < maxFindings {
		v.findings = append(v.findings, fmt.Errorf(format, args...))
	}
}

// file has SQLite check its pages, indexes and references. It does so on a
// connection of its own: on one that has read before, this check takes what it
// remembers of the indexes of words for what they are now.
func (v *verifier) file() error {
	db, err := sql.Open("sqlite", address(v.store.file, url.Values{"_pragma": {"busy_timeout(2000)", "query_only(1)"}}))
	if err != nil {
		return err
	}
	defer db.Close()
	r, err := db.QueryContext(v.ctx, "PRAGMA integrity_check")
	if err != nil {
		return told(err)
	}
	defer r.Close()
	for r.Next() {
		var finding string
		if err := r.Scan(&finding); err != nil {
			return told(err)
		}
		if finding != "ok" {
			v.found("%s", finding)
		}
	}
	if err := r.Err(); err != nil {
		return told(err)
	}
	return v.none("a row of %v belongs to nothing", `SELECT "table" FROM pragma_foreign_key_check LIMIT 10`)
}

// none wants a query to yield nothing and takes each row of it for a finding.
func (v *verifier) none(finding, text string) error {
	r, err := v.store.read.QueryContext(v.ctx, text)
	if err != nil {
		return told(err)
	}
	defer r.Close()
	for r.Next() {
		var what any
		if err := r.Scan(&what); err != nil {
			return told(err)
		}
		v.found(finding, what)
	}
	return told(r.Err())
}

// articles checks each version's ledger, and that the rows of the newest ones
// are those that their ledgers make.
func (v *verifier) articles() error {
	tx, err := v.store.read.BeginTx(v.ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	r, err := tx.QueryContext(v.ctx, `SELECT a.id, a.version, v.num, v.version, v.hash, v.first, v.last, v.published, v.title, v.ledger
		FROM articles a LEFT JOIN versions v ON v.article = a.num ORDER BY a.num, v.version`)
	if err != nil {
		return err
	}
	defer r.Close()
	before, versions, newest := "", 0, 0
	closing := func() {
		if before != "" && versions != newest {
			v.found("%s: it has %d versions, and its newest is to be number %d", before, versions, newest)
		}
	}
	for r.Next() {
		var id string
		var num, version sql.NullInt64
		var hash, packed []byte
		var first, last, published, title sql.NullString
		var latest int
		if err := r.Scan(&id, &latest, &num, &version, &hash, &first, &last, &published, &title, &packed); err != nil {
			return err
		}
		if id != before {
			closing()
			before, versions = id, 0
		}
		newest = latest
		if !num.Valid {
			continue
		}
		if versions++; int(version.Int64) != versions {
			v.found("%s: version %d stands where version %d should", id, version.Int64, versions)
		}
		if a, b := rows.Days(published.String); a != first.String || b != last.String {
			v.found("%s: its days of publication are not those of %q", id, published.String)
		}
		l, err := v.store.packer.Ledger(packed)
		if err != nil {
			v.found("%s, version %d: %v", id, version.Int64, err)
			continue
		}
		if sum := sha256.Sum256([]byte(l.Document.Text)); string(sum[:]) != string(hash) {
			v.found("%s, version %d: the hash is of another text", id, version.Int64)
		}
		if int(version.Int64) == latest {
			var article int64
			if err := tx.QueryRowContext(v.ctx, `SELECT article FROM versions WHERE num = ?`, num.Int64).Scan(&article); err != nil {
				return err
			}
			if l, err = amending.To(v.ctx, reader{tx}, article, l); err != nil {
				return err
			}
			if err := v.says(tx, id, num.Int64, title, l); err != nil {
				return err
			}
		}
		if len(v.findings) >= maxFindings {
			return nil
		}
	}
	closing()
	return r.Err()
}

// says checks the rows of what one version says.
func (v *verifier) says(tx *sql.Tx, id string, version int64, title sql.NullString, l *ledger.Ledger) error {
	var text string
	var titled sql.NullString
	err := tx.QueryRowContext(v.ctx, `SELECT title, content FROM texts WHERE num = ?`, version).Scan(&titled, &text)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		v.found("%s: its text cannot be searched", id)
	case err != nil:
		return err
	case text != l.Document.Text || titled != title:
		v.found("%s: the text that is searched is another than the ledger's", id)
	}
	for i := range rows.Tables {
		t := &rows.Tables[i]
		want := t.Of(l)
		a, b := keyColumns(t)
		condition, args := "version = ? ORDER BY seq", []any{version}
		if t.Name == "claims" {
			from, to := rows.ClaimNumbers(version)
			condition, args = "num BETWEEN ? AND ? ORDER BY num DESC", []any{from, to}
		}
		r, err := tx.QueryContext(v.ctx, fmt.Sprintf("SELECT %s, %s, %s FROM %s WHERE %s", a, b, strings.Join(t.Columns, ", "), t.Name, condition), args...)
		if err != nil {
			return err
		}
		n, differ := 0, false
		got, into := make([]any, 2+len(t.Columns)), make([]any, 2+len(t.Columns))
		expected := make([]any, 2+len(t.Columns))
		for i := range got {
			into[i] = &got[i]
		}
		for r.Next() {
			if err := r.Scan(into...); err != nil {
				r.Close()
				return err
			}
			if n < len(want) {
				key(t, expected, version, n)
				copy(expected[2:], want[n])
				differ = differ || !reflect.DeepEqual(got, expected)
			}
			n++
		}
		if err := r.Err(); err != nil {
			return err
		}
		if n != len(want) {
			v.found("%s: %d rows of %s where the ledger has %d", id, n, t.Name, len(want))
		} else if differ {
			v.found("%s: a row of %s is not what the ledger says", id, t.Name)
		}
	}
	return nil
}

// strays looks for rows of versions that are not the newest.
func (v *verifier) strays() error {
	const newest = `(SELECT v.num FROM versions v JOIN articles a ON a.num = v.article AND a.version = v.version)`
	if err := v.none("a text of an older version (%v) is searched", `SELECT num FROM texts WHERE num NOT IN `+newest+` LIMIT 10`); err != nil {
		return err
	}
	for _, t := range rows.Tables {
		if err := v.none("a row of "+t.Name+" is of an older version (%v)", `SELECT version FROM `+t.Name+` WHERE version NOT IN `+newest+` LIMIT 10`); err != nil {
			return err
		}
	}
	return nil
}

// indexesOfWords are the tables of FTS5.
var indexesOfWords = [...]string{"claims_fts", "texts_fts"}

// words has FTS5 compare its indexes with the rows. It asks in the form of an
// insertion, and so it needs the connection that writes.
func (v *verifier) words() error {
	for _, index := range indexesOfWords {
		err := v.store.writing(v.ctx, func(w *writer) error {
			_, err := w.exec(v.ctx, `INSERT INTO `+index+` (`+index+`, rank) VALUES ('integrity-check', 1)`)
			return err
		})
		if errors.Is(err, store.ErrDamaged) {
			v.found("%s: the index of words does not agree with the rows", index)
		} else if err != nil {
			return err
		}
	}
	return nil
}

// checks checks the published fact-checks.
func (v *verifier) checks() error {
	return v.store.reading(v.ctx, func(r reader) error { return checks.Verify(v.ctx, r) })
}

// gathered checks what the articles have to do with one another.
func (v *verifier) gathered() error {
	return v.store.reading(v.ctx, func(r reader) error { return gathering.Verify(v.ctx, r, v.store.ledgerIn(r), v.found) })
}

// jobs checks the work that a server has taken on.
func (v *verifier) jobs() error {
	return v.store.reading(v.ctx, func(r reader) error { return jobs.Verify(v.ctx, r, v.found) })
}

// accounts checks what is known of those who may use the store.
func (v *verifier) accounts() error {
	return v.store.reading(v.ctx, func(r reader) error { return accounts.Verify(v.ctx, r, v.found) })
}

// Backup copies the store: see store.Store.
func (s *Store) Backup(ctx context.Context, file string, overwrite bool) error {
	if err := s.backup(ctx, file, overwrite); err != nil {
		return fmt.Errorf("backing up to %s: %w", file, told(err))
	}
	return nil
}

func (s *Store) backup(ctx context.Context, file string, overwrite bool) (err error) {
	if same(file, s.file) {
		return errors.New("that is the store itself")
	}
	if !overwrite {
		// Making the file claims its name, whoever else may want it.
		claimed, failed := os.OpenFile(file, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
		if errors.Is(failed, fs.ErrExist) {
			return store.ErrExists
		}
		if failed != nil {
			return failed
		}
		claimed.Close()
		defer func() {
			if err != nil {
				os.Remove(file)
			}
		}()
	}
	beside := temporary(file)
	defer os.Remove(beside)
	if err := copyOf(ctx, s.file, beside); err != nil {
		return err
	}
	if err := strip(ctx, beside); err != nil {
		return err
	}
	if err := toDisk(beside); err != nil {
		return err
	}
	return os.Rename(beside, file)
}

// Restore puts a backup in the place of what the store holds: see store.Store.
// The file is first copied, brought up to date and verified.
func (s *Store) Restore(ctx context.Context, file string) error {
	if err := s.restore(ctx, file); err != nil {
		return fmt.Errorf("restoring %s: %w", file, told(err))
	}
	return nil
}

func (s *Store) restore(ctx context.Context, file string) (err error) {
	if info, err := os.Stat(file); err != nil {
		return err
	} else if !info.Mode().IsRegular() {
		return errors.New("it is no file")
	}
	if same(file, s.file) {
		return errors.New("that is the store itself")
	}
	beside := temporary(s.file)
	defer func() {
		for _, suffix := range []string{"", "-wal", "-shm", "-journal"} {
			os.Remove(beside + suffix)
		}
	}()
	if err := copyOf(ctx, file, beside); err != nil {
		return err
	}
	copied, err := Open(ctx, beside, Options{})
	if err != nil {
		return err
	}
	stats, err := copied.Stats(ctx)
	if err == nil {
		err = copied.Verify(ctx)
	}
	if closing := copied.Close(); err == nil {
		err = closing
	}
	if err != nil {
		return err
	}
	if stats.Schema != schema {
		return errors.New("it is no backup of a store")
	}
	if err := s.replace(ctx, beside); err != nil {
		return err
	}
	return s.writing(ctx, func(w *writer) error {
		if err := accounts.Restored(ctx, w, time.Now()); err != nil {
			return err
		}
		return gathering.Renew(ctx, w)
	})
}

// strip takes out of a copy of a store what does not belong in a backup, and
// leaves nothing of it in the file.
func strip(ctx context.Context, file string) (err error) {
	db, err := sql.Open("sqlite", address(file, url.Values{"_pragma": {"secure_delete(1)", "journal_mode(MEMORY)"}}))
	if err != nil {
		return err
	}
	defer func() { err = cmp.Or(err, db.Close()) }()
	conn, err := db.Conn(ctx)
	if err != nil {
		return err
	}
	w := &writer{conn: conn, prepared: make(map[string]*sql.Stmt)}
	defer func() { err = cmp.Or(err, w.close()) }()
	return accounts.Strip(ctx, w)
}

// replace overwrites the store's pages with those of a file, in one transaction.
func (s *Store) replace(ctx context.Context, file string) error {
	// The statements prepared so far are of the old pages, and the copying
	// wants the connection for itself.
	s.writer <- struct{}{}
	defer func() { <-s.writer }()
	if s.conn != nil {
		if err := s.conn.close(); err != nil {
			return err
		}
		s.conn = nil
	}
	return s.retry(ctx, func(ctx context.Context) error {
		conn, err := s.write.Conn(ctx)
		if err != nil {
			return err
		}
		defer conn.Close()
		return conn.Raw(func(c any) error {
			from, ok := c.(interface {
				NewRestore(string) (*sqlite.Backup, error)
			})
			if !ok {
				return errors.New("this build of SQLite cannot copy stores")
			}
			b, err := from.NewRestore(address(file, nil))
			if err != nil {
				return err
			}
			_, err = b.Step(-1)
			if closing := b.Finish(); err == nil {
				err = closing
			}
			return err
		})
	})
}

// copyOf has SQLite copy a database as it is at one moment, with what stands in
// the files beside it and without the room that is free in it.
func copyOf(ctx context.Context, file, to string) error {
	db, err := sql.Open("sqlite", address(file, url.Values{"mode": {"ro"}, "_pragma": {"busy_timeout(2000)"}}))
	if err != nil {
		return err
	}
	_, err = db.ExecContext(ctx, `VACUUM INTO ?`, to)
	if closing := db.Close(); err == nil {
		err = closing
	}
	return err
}

// temporary names a file beside another that nobody else uses.
func temporary(file string) string {
	return filepath.Join(filepath.Dir(file), fmt.Sprintf(".%s.%016x", filepath.Base(file), rand.Uint64()))
}

func same(a, b string) bool {
	x, err := os.Stat(a)
	if err != nil {
		return false
	}
	y, err := os.Stat(b)
	return err == nil && os.SameFile(x, y)
}

// toDisk has the system write a file to the disk.
func toDisk(file string) error {
	f, err := os.OpenFile(file, os.O_RDWR, 0)
	if err != nil {
		return err
	}
	err = f.Sync()
	if closing := f.Close(); err == nil {
		err = closing
	}
	return err
}

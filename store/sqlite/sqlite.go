// Package sqlite is the home of a store in one SQLite file, which any number
// of processes may have open at once.
//
// The file is in write-ahead mode: reading and adding do not wait for each
// other, and what a killed process left half-written is undone when the store
// is next opened. An article is added in one transaction. A crash of the
// program loses nothing that Add has returned from; a crash of the machine may
// lose the articles of the last moments, whole ones.
package sqlite

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/pressly/goose/v3"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"

	"hearsay/ledger"
	"hearsay/store"
	"hearsay/store/amending"
	"hearsay/store/checks"
	"hearsay/store/gathering"
	"hearsay/store/pack"
	"hearsay/store/patience"
)

//go:embed migrations/*.sql
var migrations embed.FS

// The marks of a store in the header of its file.
const (
	applicationID = 0x48736179 // "Hsay"
	schema        = 15         // the number of the last migration
)

// logPages is how many pages the log may have before they are put in their
// places, which has to wait for the disk: 64 MB. A page of an index is written by many
// articles, and put in its place once for all of them.
const logPages = 16384

// cached is how much of the file the connection that writes keeps in memory at most, in KB. In a store of
// half a million articles each one touches some hundred pages of indexes; with a quarter of
// this, to read them again and again from the system took a quarter of the time.
const cached = 256 << 10

// Options are how a store is opened. The zero value is right for all but tests.
type Options struct {
	MustExist bool          // do not make a store where there is none
	MaxPages  int           // the greatest size of the file in pages of 4096 bytes; 0 for no limit
	Patience  time.Duration // how long to wait for other processes; 0 for 30 seconds

	// Gathered is told how many of how many articles have been gathered, when a
	// store is opened that an earlier hearsay made, or that one left in the middle of this.
	Gathered func(done, of int)
}

// Store is a store in an SQLite file.
type Store struct {
	file     string
	patience time.Duration
	write    *sql.DB // one connection
	read     *sql.DB

	writer chan struct{} // held by the one goroutine that uses conn
	conn   *writer       // of write, made when something is first written

	packer *pack.Packer
	checks *checks.Shelf
}

var _ store.Store = (*Store)(nil)

// Open opens the store in a file, makes it where there is none, and brings an
// older form of it up to date.
func Open(ctx context.Context, file string, o Options) (*Store, error) {
	s := &Store{file: file, patience: o.Patience, writer: make(chan struct{}, 1)}
	s.checks = checks.New(transactions{s})
	if s.patience == 0 {
		s.patience = 30 * time.Second
	}
	if err := s.open(ctx, o); err != nil {
		s.Close()
		return nil, fmt.Errorf("opening the store %s: %w", file, err)
	}
	return s, nil
}

func (s *Store) open(ctx context.Context, o Options) (err error) {
	info, err := os.Stat(s.file)
	switch {
	case err == nil && info.IsDir():
		return errors.New("it is a folder")
	case errors.Is(err, fs.ErrNotExist) && o.MustExist:
		return store.ErrNoStore
	case errors.Is(err, fs.ErrNotExist):
		if err := os.MkdirAll(filepath.Dir(s.file), 0o700); err != nil {
			return err
		}
	case err != nil:
		return err
	}
	if s.packer, err = pack.New(); err != nil {
		return err
	}
	pragmas := []string{fmt.Sprintf("busy_timeout(%d)", min(s.patience, 2*time.Second).Milliseconds()), "foreign_keys(1)", "synchronous(NORMAL)", "temp_store(MEMORY)"}
	if o.MaxPages > 0 {
		pragmas = append(pragmas, fmt.Sprintf("max_page_count(%d)", o.MaxPages))
	}
	if s.write, err = sql.Open("sqlite", address(s.file, url.Values{"_txlock": {"immediate"}, "_pragma": slices.Concat(pragmas, []string{"journal_mode(WAL)", fmt.Sprintf("cache_size(-%d)", cached), fmt.Sprintf("wal_autocheckpoint(%d)", logPages), fmt.Sprintf("journal_size_limit(%d)", 2*4096*logPages)})})); err != nil {
		return err
	}
	s.write.SetMaxOpenConns(1)
	if err := s.retry(ctx, s.migrate); err != nil {
		return err
	}
	if s.read, err = sql.Open("sqlite", address(s.file, url.Values{"_pragma": slices.Concat(pragmas, []string{"query_only(1)", "cache_size(-16384)"})})); err != nil {
		return err
	}
	return s.gather(ctx, o.Gathered)
}

// gatheredAtOnce is how many articles of an older form are gathered in a transaction.
const gatheredAtOnce = 32

// remadeAtOnce is of how many records of an older form the keys are made in a transaction.
const remadeAtOnce = 4096

// gather gathers the articles that were there before their copies were looked for.
func (s *Store) gather(ctx context.Context, told func(done, of int)) error {
	var remaking bool
	if err := s.read.QueryRowContext(ctx, `SELECT EXISTS (SELECT 1 FROM keys_remaking)`).Scan(&remaking); err != nil {
		return err
	}
	for remaking {
		err := s.writing(ctx, func(w *writer) (err error) {
			remaking, err = gathering.Remake(ctx, w, remadeAtOnce)
			return err
		})
		if err != nil {
			return err
		}
	}
	var of int
	if err := s.read.QueryRowContext(ctx, `SELECT count(*) FROM ungathered`).Scan(&of); err != nil || of == 0 {
		return err
	}
	for done := 0; ; {
		n := 0
		err := s.writing(ctx, func(w *writer) (err error) {
			n, err = gathering.Resume(ctx, w, gatheredAtOnce, s.ledgerIn(w))
			return err
		})
		if err != nil || n == 0 {
			return err
		}
		done += n
		if told != nil {
			told(done, max(of, done))
		}
	}
}

// ledgerIn returns what reads the ledgers of versions in a transaction, with what was corrected of them.
func (s *Store) ledgerIn(tx gathering.Tx) func(context.Context, int64) (*ledger.Ledger, error) {
	return func(ctx context.Context, num int64) (l *ledger.Ledger, err error) {
		var packed []byte
		var article int64
		err = tx.Query(ctx, `SELECT article, ledger FROM versions WHERE num = ?`, []any{num}, func(scan func(...any) error) error { return scan(&article, &packed) })
		if err != nil {
			return nil, err
		}
		if l, err = s.packer.Ledger(packed); err != nil {
			return nil, err
		}
		return amending.To(ctx, tx, article, l)
	}
}

// address is the name by which SQLite knows a file, whatever characters are in it.
func address(file string, q url.Values) string {
	if full, err := filepath.Abs(file); err == nil {
		file = full
	}
	path := filepath.ToSlash(file)
	if !strings.HasPrefix(path, "/") { // a drive of Windows
		path = "/" + path
	}
	return "file://" + (&url.URL{Path: path}).EscapedPath() + "?" + q.Encode()
}

// migrate brings the store's form up to date. It may be called while another
// process does the same: what it then trips over is gone when it is tried again.
func (s *Store) migrate(ctx context.Context) error {
	var id, form, tables int
	err := s.write.QueryRowContext(ctx, `SELECT (SELECT application_id FROM pragma_application_id), (SELECT user_version FROM pragma_user_version),
		(SELECT count(*) FROM sqlite_master WHERE name NOT LIKE 'goose%' AND name NOT LIKE 'sqlite_%')`).Scan(&id, &form, &tables)
	switch {
	case err != nil:
		return err
	case id != applicationID && (id != 0 || form != 0 || tables != 0):
		return errors.New("it is a database of another program")
	case form > schema:
		return fmt.Errorf("a later hearsay made it (form %d; this one knows %d): use that one", form, schema)
	case form == schema:
		return nil
	}
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	p, err := goose.NewProvider(goose.DialectSQLite3, s.write, sub, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	if _, err := p.Up(ctx); err != nil {
		// Another process may have been the faster one.
		var now int
		if s.write.QueryRowContext(ctx, "PRAGMA user_version").Scan(&now) == nil && now != form {
			return errChanged
		}
		return err
	}
	return nil
}

// errChanged is another process changing the store's form: try again.
var errChanged = errors.New("another program is changing the store")

// Close closes the store. What was added stays.
func (s *Store) Close() error {
	var errs []error
	if s.conn != nil {
		// The next to come finds all keys in their places. Where that fails, for a lock or a
		// full disk, they wait on, and nothing is lost.
		ctx := context.Background()
		_ = s.conn.transaction(ctx, func(w *writer) error { return gathering.Settle(ctx, w) })
		errs = append(errs, s.conn.close())
	}
	for _, db := range []*sql.DB{s.read, s.write} {
		if db != nil {
			errs = append(errs, db.Close())
		}
	}
	if s.packer != nil {
		errs = append(errs, s.packer.Close())
	}
	return errors.Join(errs...)
}

// writing carries out f in one transaction that nobody else writes in. If f or
// the end of the transaction fails, nothing is changed. It waits for other
// processes, and calls f again when one has come in between.
func (s *Store) writing(ctx context.Context, f func(*writer) error) error {
	select {
	case s.writer <- struct{}{}:
		defer func() { <-s.writer }()
	case <-ctx.Done():
		return ctx.Err()
	}
	if s.conn == nil {
		conn, err := s.write.Conn(ctx)
		if err != nil {
			return told(err)
		}
		for _, text := range gathering.Temporary {
			if _, err := conn.ExecContext(ctx, text); err != nil {
				return errors.Join(told(err), conn.Close())
			}
		}
		s.conn = &writer{conn: conn, prepared: make(map[string]*sql.Stmt)}
	}
	return s.retry(ctx, func(ctx context.Context) error { return s.conn.transaction(ctx, f) })
}

// writer is the connection that writes.
type writer struct {
	conn     *sql.Conn
	prepared map[string]*sql.Stmt

	// Of the transaction:
	gathered  *gathering.Gathering
	unindexed []int64 // the versions whose words are still to be indexed, in order
}

func (w *writer) transaction(ctx context.Context, f func(*writer) error) (err error) {
	if _, err := w.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			// Some errors have ended the transaction already, and then this one fails.
			w.conn.ExecContext(context.WithoutCancel(ctx), "ROLLBACK")
		}
	}()
	w.gathered, w.unindexed = gathering.New(w), w.unindexed[:0]
	if err := f(w); err != nil {
		return err
	}
	if err := w.gathered.Done(ctx); err != nil {
		return err
	}
	if err := w.index(ctx); err != nil {
		return err
	}
	_, err = w.exec(ctx, "COMMIT")
	return err
}

// statement returns a statement, prepared when it first comes.
func (w *writer) statement(ctx context.Context, text string) (*sql.Stmt, error) {
	if stmt := w.prepared[text]; stmt != nil {
		return stmt, nil
	}
	stmt, err := w.conn.PrepareContext(ctx, text)
	if err != nil {
		return nil, err
	}
	w.prepared[text] = stmt
	return stmt, nil
}

func (w *writer) exec(ctx context.Context, text string, args ...any) (sql.Result, error) {
	stmt, err := w.statement(ctx, text)
	if err != nil {
		return nil, err
	}
	return stmt.ExecContext(ctx, args...)
}

// Exec implements gathering.Tx.
func (w *writer) Exec(ctx context.Context, text string, args ...any) error {
	_, err := w.exec(ctx, text, args...)
	return err
}

// Query implements gathering.Tx.
func (w *writer) Query(ctx context.Context, text string, args []any, each func(scan func(...any) error) error) error {
	stmt, err := w.statement(ctx, text)
	if err != nil {
		return err
	}
	rows, err := stmt.QueryContext(ctx, args...)
	if err != nil {
		return err
	}
	return eachRow(rows, each)
}

// KeysWait implements gathering.Waits.
func (*writer) KeysWait() {}

// eachRow calls each for the rows of a query.
func eachRow(r *sql.Rows, each func(scan func(...any) error) error) error {
	defer r.Close()
	for r.Next() {
		if err := each(r.Scan); err != nil {
			return err
		}
	}
	return r.Err()
}

// reader is a gathering.Tx that only reads: the store as it is at one moment.
type reader struct{ *sql.Tx }

// KeysWait implements gathering.Waits.
func (reader) KeysWait() {}

// OfDays implements gathering.Dated.
func (reader) OfDays(since, until string) (table, num, condition string, args []any, err error) {
	days, err := matchDays(since, until)
	return "texts_fts", "texts_fts.rowid", "texts_fts MATCH ?", []any{days}, err
}

// Exec refuses to change anything.
func (reader) Exec(context.Context, string, ...any) error {
	return errors.New("nothing is written by who only reads")
}

// Query implements gathering.Tx.
func (r reader) Query(ctx context.Context, text string, args []any, each func(scan func(...any) error) error) error {
	rows, err := r.QueryContext(ctx, text, args...)
	if err != nil {
		return err
	}
	return eachRow(rows, each)
}

// reading carries out f on the store as it is at one moment.
func (s *Store) reading(ctx context.Context, f func(reader) error) error {
	tx, err := s.read.BeginTx(ctx, &sql.TxOptions{ReadOnly: true})
	if err != nil {
		return err
	}
	defer tx.Rollback()
	return f(reader{tx})
}

// row scans the one row of a query into dest.
func (w *writer) row(ctx context.Context, text string, args []any, dest ...any) error {
	stmt, err := w.statement(ctx, text)
	if err != nil {
		return err
	}
	return stmt.QueryRowContext(ctx, args...).Scan(dest...)
}

func (w *writer) close() error {
	errs := make([]error, 0, len(w.prepared)+1)
	for _, stmt := range w.prepared {
		errs = append(errs, stmt.Close())
	}
	return errors.Join(append(errs, w.conn.Close())...)
}

// retry calls f until it does not fail for another process's lock, or the
// store's patience is at its end.
func (s *Store) retry(ctx context.Context, f func(context.Context) error) error {
	return told(patience.Retry(ctx, s.patience, busy, f))
}

func busy(err error) bool {
	if errors.Is(err, errChanged) {
		return true
	}
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return true
	}
	return false
}

// told makes of an error of the database one that a person can do something with.
func told(err error) error {
	var e *sqlite.Error
	if !errors.As(err, &e) {
		return err
	}
	switch e.Code() & 0xff {
	case sqlite3.SQLITE_FULL:
		return fmt.Errorf("%w: nothing of this was kept; make room and do it again", store.ErrFull)
	case sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED:
		return fmt.Errorf("%w: try again when it is done", store.ErrBusy)
	case sqlite3.SQLITE_CORRUPT:
		return fmt.Errorf("%w: restore a backup: %v", store.ErrDamaged, err)
	case sqlite3.SQLITE_NOTADB:
		return errors.New("it is no database")
	case sqlite3.SQLITE_READONLY:
		return errors.New("the store may not be written")
	case sqlite3.SQLITE_CANTOPEN:
		return errors.New("the file cannot be opened")
	}
	return err
}

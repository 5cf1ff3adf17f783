// Package postgres is the home of a store in a PostgreSQL database, which any
// number of machines may use at once.
//
// The store's tables are in a schema of their own, "hearsay", so that the
// database may hold other things too. The user needs the right to create that
// schema (CREATE on the database), or to own it; the database has to keep text
// as UTF-8. Settings are made when a connection begins: a pooler between has to
// keep sessions apart.
//
// What is found by words is the same as in the other homes but for texts, and
// claims, of more than 400,000 bytes of words: what is beyond is kept, and not found by its words.
//
// An article is added in one transaction. Those who add different articles do
// not wait for one another but to gather what the articles have to do with those
// that are there, which one does at a time. What was kept is what PostgreSQL
// has committed, as safe as its settings make that.
package postgres

import (
	"context"
	"embed"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"net"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

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

// schema is the number of the last migration.
const schema = 11

// A lock lets one of all those who use a database do something. It has a number,
// since it is of no table. Who takes several takes them in the order of these.
type lock int64

const (
	changingForm lock = 0x48736179_0001 + iota // the first half is "Hsay"
	gatheringNow                               // copies and incidents
	changingAlerts
	changingChecks
	changingAccounts
	changingJobs
)

// alone keeps others from what the lock is for until the transaction ends.
func alone(ctx context.Context, tx pgx.Tx, l lock) error {
	_, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock($1)`, int64(l))
	return err
}

// Options are how a store is opened. The zero value is right for all but tests.
type Options struct {
	MustExist bool          // do not make a store where there is none
	Patience  time.Duration // how long to wait for others; 0 for two minutes

	// Gathered is told how many of how many articles have been gathered, when a
	// store is opened that an earlier hearsay made, or that one left in the middle of this.
	Gathered func(done, of int)
}

// Store is a store in a PostgreSQL database.
type Store struct {
	name     string // for people
	patience time.Duration
	pool     *pgxpool.Pool
	packer   *pack.Packer
	checks   *checks.Shelf
}

var _ store.Store = (*Store)(nil)

// mostConnections is how many connections a Store uses at most, if its address
// does not say (pool_max_conns). They are made when they are wanted.
const mostConnections = 16

// Open opens the store at an address of the form
// postgres://user:password@host:port/database, makes it where there is none, and
// brings an older form of it up to date. What the address does not say is taken
// from where PostgreSQL's own programs take it: PGHOST, PGPASSWORD, ~/.pgpass and so on.
func Open(ctx context.Context, address string, o Options) (*Store, error) {
	c, err := pgxpool.ParseConfig(address)
	if err != nil {
		// The error may quote the address, and that may hold a password.
		return nil, errors.New("opening the store: its address is none of PostgreSQL's; it is of the form postgres://user:password@host:port/database, " +
			"with characters such as @ / : # in a password written as %40 %2F %3A %23")
	}
	s := &Store{name: nameOf(&c.ConnConfig.Config), patience: o.Patience}
	s.checks = checks.New(transactions{s})
	if s.patience == 0 {
		s.patience = 2 * time.Minute
	}
	if err := s.open(ctx, address, c, o); err != nil {
		s.Close()
		return nil, fmt.Errorf("opening the store %s: %w", s.name, told(err))
	}
	return s, nil
}

// nameOf names a database without its password.
func nameOf(c *pgconn.Config) string {
	return fmt.Sprintf("%s at %s", c.Database, c.Host)
}

func (s *Store) open(ctx context.Context, address string, c *pgxpool.Config, o Options) (err error) {
	if s.packer, err = pack.New(); err != nil {
		return err
	}
	if !strings.Contains(address, "pool_max_conns") {
		c.MaxConns = mostConnections
	}
	for name, value := range map[string]string{
		"search_path":      "hearsay",
		"application_name": "hearsay",
		"lock_timeout":     strconv.FormatInt(s.patience.Milliseconds(), 10),
	} {
		c.ConnConfig.RuntimeParams[name] = value
	}
	if s.pool, err = pgxpool.NewWithConfig(ctx, c); err != nil {
		return err
	}
	if err := s.retry(ctx, func() error { return s.migrate(ctx, o.MustExist) }); err != nil {
		return err
	}
	return s.gather(ctx, o.Gathered)
}

// migrate brings the store's form up to date, or makes the store.
func (s *Store) migrate(ctx context.Context, mustExist bool) error {
	conn, err := s.pool.Acquire(ctx)
	if err != nil {
		return err
	}
	defer conn.Release()
	if e := conn.Conn().PgConn().ParameterStatus("server_encoding"); e != "UTF8" {
		return fmt.Errorf("the database keeps text as %s, and has to keep it as UTF8 (CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0)", e)
	}
	form, err := formOf(ctx, conn)
	switch {
	case err != nil:
		return err
	case form > schema:
		return fmt.Errorf("a later hearsay made it (form %d; this one knows %d): use that one", form, schema)
	case form == schema:
		return nil
	case form == 0 && mustExist:
		return store.ErrNoStore
	}
	// One of those who come at once does it, while the others wait.
	if _, err := conn.Exec(ctx, `SELECT pg_advisory_lock($1)`, int64(changingForm)); err != nil {
		return err
	}
	defer conn.Exec(context.WithoutCancel(ctx), `SELECT pg_advisory_unlock($1)`, int64(changingForm)) // or the end of the connection does it
	if form == 0 {
		if _, err := conn.Exec(ctx, `CREATE SCHEMA IF NOT EXISTS hearsay`); err != nil {
			return err
		}
	}
	sub, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return err
	}
	db := stdlib.OpenDBFromPool(s.pool)
	defer db.Close()
	p, err := goose.NewProvider(goose.DialectPostgres, db, sub, goose.WithDisableGlobalRegistry(true))
	if err != nil {
		return err
	}
	_, err = p.Up(ctx)
	return err
}

// formOf returns the number of a store's form, 0 where there is no store.
func formOf(ctx context.Context, conn *pgxpool.Conn) (form int, err error) {
	var exists bool
	var others int
	err = conn.QueryRow(ctx, `SELECT to_regclass('hearsay.goose_db_version') IS NOT NULL,
		(SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace('hearsay') AND relkind = 'r')`).Scan(&exists, &others)
	if err != nil {
		return 0, err
	}
	if !exists && others > 0 {
		return 0, errors.New("its schema hearsay is of another program")
	}
	if exists {
		err = conn.QueryRow(ctx, `SELECT coalesce(max(version_id), 0) FROM hearsay.goose_db_version WHERE is_applied`).Scan(&form)
	}
	return form, err
}

// gatheredAtOnce is how many articles of an older form are gathered in a transaction.
const gatheredAtOnce = 32

// remadeAtOnce is of how many records of an older form the keys are made in a transaction.
const remadeAtOnce = 4096

// gather gathers the articles that were there before their copies were looked for.
func (s *Store) gather(ctx context.Context, told func(done, of int)) error {
	var remaking bool
	if err := s.pool.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM keys_remaking)`).Scan(&remaking); err != nil {
		return err
	}
	for remaking {
		err := s.writing(ctx, func(tx pgx.Tx) (err error) {
			if err := alone(ctx, tx, gatheringNow); err != nil {
				return err
			}
			w := &within{tx: tx}
			if remaking, err = gathering.Remake(ctx, w, remadeAtOnce); err != nil {
				return err
			}
			return w.flush(ctx)
		})
		if err != nil {
			return err
		}
	}
	var of int
	if err := s.pool.QueryRow(ctx, `SELECT count(*) FROM ungathered`).Scan(&of); err != nil || of == 0 {
		return err
	}
	for done := 0; ; {
		n := 0
		err := s.writing(ctx, func(tx pgx.Tx) (err error) {
			if err := alone(ctx, tx, gatheringNow); err != nil {
				return err
			}
			w := &within{tx: tx}
			if n, err = gathering.Resume(ctx, w, gatheredAtOnce, s.ledgerIn(tx)); err != nil {
				return err
			}
			return w.flush(ctx)
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
func (s *Store) ledgerIn(tx pgx.Tx) func(context.Context, int64) (*ledger.Ledger, error) {
	return func(ctx context.Context, num int64) (*ledger.Ledger, error) {
		var article int64
		var packed []byte
		if err := tx.QueryRow(ctx, `SELECT article, ledger FROM versions WHERE num = $1`, num).Scan(&article, &packed); err != nil {
			return nil, err
		}
		l, err := s.packer.Ledger(packed)
		if err != nil {
			return nil, err
		}
		return amending.To(ctx, &within{tx: tx}, article, l)
	}
}

// Close closes the store. What was added stays.
func (s *Store) Close() error {
	if s.pool != nil {
		s.pool.Close()
	}
	if s.packer != nil {
		return s.packer.Close()
	}
	return nil
}

// beginWriting begins a transaction that writes. All that it looks for it finds
// by indexes. The server is told, since it plans a statement once: what it finds best
// while the tables are all but empty would be used as they grow.
const beginWriting = `BEGIN; SET LOCAL enable_seqscan = off; SET LOCAL plan_cache_mode = force_generic_plan`

// writing carries out f in one transaction. If f or the end of the transaction
// fails, nothing is changed. It calls f again when others have come in between.
func (s *Store) writing(ctx context.Context, f func(pgx.Tx) error) error {
	return s.retry(ctx, func() error { return s.transaction(ctx, pgx.TxOptions{BeginQuery: beginWriting}, f) })
}

// reading carries out f on the store as it is at one moment.
func (s *Store) reading(ctx context.Context, f func(pgx.Tx) error) error {
	return s.transaction(ctx, pgx.TxOptions{IsoLevel: pgx.RepeatableRead, AccessMode: pgx.ReadOnly}, f)
}

func (s *Store) transaction(ctx context.Context, o pgx.TxOptions, f func(pgx.Tx) error) error {
	var tx pgx.Tx
	err := s.twice(ctx, func() (err error) {
		tx, err = s.pool.BeginTx(ctx, o)
		return err
	})
	if err != nil {
		return err
	}
	defer tx.Rollback(ctx) // after it was committed this does nothing
	if err := f(tx); err != nil {
		return err
	}
	return tx.Commit(ctx)
}

// twice calls f again if it finds its connection lost: the server may have been
// started anew since the connection was last used. F must be such that this does no harm.
func (s *Store) twice(ctx context.Context, f func() error) error {
	err := f()
	if errors.Is(told(err), store.ErrUnreachable) && ctx.Err() == nil {
		s.pool.Reset() // the others are lost too
		err = f()
	}
	return err
}

// errAgain is another process changing what was looked at: try again.
var errAgain = errors.New("another program is changing the same articles")

// retry calls f until it does not fail for what others do at the same time, or
// the store's patience is at its end.
func (s *Store) retry(ctx context.Context, f func() error) error {
	return told(patience.Retry(ctx, s.patience, passing, func(context.Context) error { return f() }))
}

// passing reports whether what failed may well succeed when it is done again.
func passing(err error) bool {
	if errors.Is(err, errAgain) {
		return true
	}
	var e *pgconn.PgError
	if !errors.As(err, &e) {
		return false
	}
	switch e.Code {
	case "40001", "40P01": // another transaction came in between
		return true
	}
	return false
}

// told makes of an error of the database one that a person can do something with.
func told(err error) error {
	if err == nil {
		return nil
	}
	var e *pgconn.PgError
	if errors.As(err, &e) {
		return toldBy(e, err)
	}
	var connecting *pgconn.ConnectError
	var network net.Error
	switch {
	case errors.Is(err, store.ErrUnreachable), errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, errAgain):
		return fmt.Errorf("%w: %v; try again when it is done", store.ErrBusy, err)
	case errors.As(err, &connecting):
		return fmt.Errorf("%w: %v; is its server running, and is the address right?", store.ErrUnreachable, cause(err))
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF), errors.Is(err, net.ErrClosed), errors.As(err, &network), err.Error() == "conn closed":
		return errLost(err)
	}
	return err
}

// errLost says that a connection was lost, and with it the answer to what was asked.
func errLost(err error) error {
	return fmt.Errorf("%w: the connection was lost (%v); give the same command again: what was kept by then is known", store.ErrUnreachable, err)
}

// cause is the innermost of the errors that err wraps, which says what happened
// and not to whom.
func cause(err error) error {
	for {
		inner := errors.Unwrap(err)
		if inner == nil {
			if several, ok := err.(interface{ Unwrap() []error }); ok && len(several.Unwrap()) > 0 {
				inner = several.Unwrap()[0]
			} else {
				return err
			}
		}
		err = inner
	}
}

// toldBy is told for what the server says: the classes of errors of PostgreSQL's
// appendix A.
func toldBy(e *pgconn.PgError, err error) error {
	switch e.Code {
	case "53100", "53200": // disk full, out of memory
		return fmt.Errorf("%w: nothing of this was kept; make room and do it again (the server says: %s)", store.ErrFull, e.Message)
	case "55P03", "40001", "40P01": // lock not available, serialization failure, deadlock
		return fmt.Errorf("%w: try again when it is done", store.ErrBusy)
	case "53300": // too many connections
		return fmt.Errorf("%w: the server takes no more connections; end some, or have it take more (max_connections)", store.ErrBusy)
	case "57P01", "57P02", "08006", "08003": // shut down, crashed, connection failed
		return errLost(errors.New(e.Message))
	case "57P03": // starting up or shutting down
		return fmt.Errorf("%w: %s; try again later", store.ErrUnreachable, e.Message)
	case "28P01", "28000": // wrong password, not let in
		return fmt.Errorf("the server refuses this user or password: %s", e.Message)
	case "3D000": // no such database
		return fmt.Errorf("%s: make it with createdb", e.Message)
	case "42501": // privilege
		return fmt.Errorf("the user may not do this: %s", e.Message)
	case "25006":
		return errors.New("the store may not be written")
	case "XX001", "XX002": // data or index corrupted
		return fmt.Errorf("%w: restore a backup: %v", store.ErrDamaged, err)
	}
	return err
}

// Package queue keeps articles that are still to be read in a PostgreSQL
// database, so that any number of processes, on any number of machines, can
// share the reading. The queue is River's (https://riverqueue.com).
//
// Put puts articles in, a Worker takes them out, reads them and keeps their
// ledgers in the store. A Worker finishes an article in the transaction that
// keeps its ledger: one that is killed at any moment has either done both or
// neither. Whether a Worker lives is told by a lock that it holds for as long
// as it is connected, so that what it had in hand when it died is taken again
// within seconds, whatever it died of.
package queue

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"log/slog"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/klauspost/compress/zstd"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
	"github.com/riverqueue/river/rivertype"

	"hearsay/article"
	"hearsay/store"
)

// Queue is the queue of one database. Its methods may be called from several
// goroutines at once, and by any number of processes.
type Queue struct {
	pool   *pgxpool.Pool
	client *river.Client[pgx.Tx] // puts in; each Worker has one of its own
	pack   *zstd.Encoder
	unpack *zstd.Decoder
	pause  time.Duration // see rest
}

// Article is an article that is to be read.
type Article struct {
	Name    string // what a person knows the input by
	Origin  string // the input it came from, for the store
	State   string // what the store is to remember of Origin once the article is kept, followed by its id; may be empty
	Article article.Article
}

// Counts are the numbers of articles in the queue.
type Counts struct {
	Waiting int `json:"waiting"` // to be read, at once or, after a failure, later
	Running int `json:"running"` // in the hands of a worker
	Failed  int `json:"failed"`  // given up
	Workers int `json:"workers"` // that live
}

// Failure is an article that was given up.
type Failure struct {
	Number   int64     `json:"number"`  // in the queue
	Article  string    `json:"article"` // id
	Name     string    `json:"name"`    // what a person knows the input by
	Attempts int       `json:"attempts"`
	At       time.Time `json:"at"`
	Reason   string    `json:"reason"`
}

// String says in a line what failed and why.
func (f Failure) String() string {
	s := cmp.Or(f.Name, f.Article) + ": "
	if f.Reason = strings.TrimPrefix(strings.TrimPrefix(f.Reason, "JobCancelError: "), s); f.Attempts > 1 {
		s += fmt.Sprintf("given up after %d attempts: ", f.Attempts)
	}
	return s + f.Reason
}

// job is an article as River keeps it.
type job struct {
	Key      string `json:"key" river:"unique"` // of the article's id and text
	Identity string `json:"identity"`           // of its id
	ID       string `json:"id"`
	Name     string `json:"name"`
	Packed   []byte `json:"packed"` // the Article, as JSON, packed with Zstandard
}

// Kind is River's name for such jobs. It is in the database.
func (job) Kind() string { return kind }

const (
	kind  = "read"
	queue = "articles"

	// schema is of the queue's tables, apart from the store's and what else the
	// database may hold.
	schema = "hearsay_queue"

	// maxPacked is the most bytes that a packed article may unfold to: the
	// largest text that article reads, and what JSON makes of it at worst.
	maxPacked = 512 << 20

	// maxAttempts is how often an article is tried that the store fails to take,
	// with longer and longer waits between. Three quarters of an hour pass.
	maxAttempts = 8

	// connections is how many a Queue uses at most, beside one for each Worker.
	connections = 4
)

// unique are the states in which an article that is put in again is not put in
// a second time. One that was given up is tried again when somebody says so.
var unique = []rivertype.JobState{
	rivertype.JobStateAvailable, rivertype.JobStatePending, rivertype.JobStateRetryable, rivertype.JobStateRunning,
	rivertype.JobStateScheduled, rivertype.JobStateCancelled, rivertype.JobStateDiscarded,
}

// The states as SQL.
const (
	unfinished = `('available', 'pending', 'retryable', 'running', 'scheduled')`
	givenUp    = `('cancelled', 'discarded')`
)

// Open opens the queue of the database at an address (postgres://…), and makes
// its tables where they are missing.
func Open(ctx context.Context, address string) (_ *Queue, err error) {
	config, err := pgxpool.ParseConfig(address)
	if err != nil {
		// The error may quote the address, and that may hold a password.
		return nil, errors.New("opening the queue: its address is none of PostgreSQL's; it is of the form postgres://user:password@host:port/database")
	}
	config.MaxConns = connections
	config.ConnConfig.RuntimeParams["search_path"] = schema
	config.ConnConfig.RuntimeParams["application_name"] = "hearsay work"
	q, err := unopened()
	if err != nil {
		return nil, fmt.Errorf("opening the queue: %w", err)
	}
	if q.pool, err = pgxpool.NewWithConfig(ctx, config); err != nil {
		return nil, fmt.Errorf("opening the queue: %w", err)
	}
	defer func() {
		if err != nil {
			q.Close()
		}
	}()
	if err := q.migrate(ctx); err != nil {
		return nil, fmt.Errorf("opening the queue: %w", err)
	}
	if q.client, err = river.NewClient(riverpgxv5.New(q.pool), &river.Config{Logger: silent, Schema: schema}); err != nil {
		return nil, fmt.Errorf("opening the queue: %w", err)
	}
	return q, nil
}

// unopened returns a queue that packs and unpacks, and has no database yet.
func unopened() (*Queue, error) {
	pack, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	unpack, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(maxPacked))
	if err != nil {
		return nil, err
	}
	return &Queue{pack: pack, unpack: unpack, pause: pause}, nil
}

// silent keeps River from writing to standard output. What fails comes back as
// an error, or is tried again.
var silent = slog.New(slog.DiscardHandler)

// Close ends the connections to the database.
func (q *Queue) Close() {
	if q.pool != nil {
		q.pool.Close()
	}
	q.unpack.Close()
}

// migrate makes the tables. Several processes may come at once: the first has a
// lock, and the others find everything done.
func (q *Queue) migrate(ctx context.Context) error {
	migrator, err := rivermigrate.New(riverpgxv5.New(q.pool), &rivermigrate.Config{Logger: silent, Schema: schema})
	if err != nil {
		return err
	}
	return pgx.BeginFunc(ctx, q.pool, func(tx pgx.Tx) error {
		if _, err := tx.Exec(ctx, `SELECT pg_advisory_xact_lock($1, $2)`, lockClass, lockTables); err != nil {
			return err
		}
		if _, err := q.pool.Exec(ctx, `CREATE SCHEMA IF NOT EXISTS `+schema); err != nil {
			return err
		}
		state, err := migrator.ValidateTx(ctx, tx, nil)
		if err != nil {
			return err
		}
		if !state.OK {
			// Not in this transaction, as a new value of an enumeration cannot be used in the one that adds it:
			// so the schema is not made in it either.
			if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
				return err
			}
		}
		// An article's versions are looked for when any of them is to be read.
		_, err = tx.Exec(ctx, `CREATE INDEX IF NOT EXISTS hearsay_queue_identity ON river_job ((args->>'identity'), id) WHERE kind = '`+kind+`'`)
		return err
	})
}

// Put puts articles in, in their order, and says of each whether it is new
// there: one whose very text waits, or was given up, already is not put in again.
// All of them are put in, or none.
func (q *Queue) Put(ctx context.Context, articles []Article) (fresh []bool, err error) {
	fresh = make([]bool, len(articles))
	var at []int // where in articles a parameter comes from
	var params []river.InsertManyParams
	met := make(map[string]bool)
	for i := range articles {
		j, err := q.job(&articles[i])
		if err != nil {
			return nil, fmt.Errorf("putting %s in the queue: %w", articles[i].Name, err)
		}
		if met[j.Key] { // River takes no two of one key at once
			continue
		}
		met[j.Key] = true
		at = append(at, i)
		params = append(params, river.InsertManyParams{Args: j, InsertOpts: &river.InsertOpts{
			Queue: queue, MaxAttempts: maxAttempts, UniqueOpts: river.UniqueOpts{ByArgs: true, ByState: unique},
		}})
	}
	if len(params) == 0 {
		return fresh, nil
	}
	results, err := q.client.InsertMany(ctx, params)
	if err != nil {
		return nil, fmt.Errorf("putting %d articles in the queue: %w", len(params), err)
	}
	for i, r := range results {
		fresh[at[i]] = !r.UniqueSkippedAsDuplicate
	}
	return fresh, nil
}

func (q *Queue) job(a *Article) (job, error) {
	plain, err := json.Marshal(a)
	if err != nil {
		return job{}, err
	}
	id := store.ID(&a.Article)
	identity := sha256.Sum256([]byte(id))
	text := sha256.Sum256([]byte(a.Article.Text))
	key := sha256.Sum256(append(identity[:], text[:]...))
	return job{
		Key: hex.EncodeToString(key[:]), Identity: hex.EncodeToString(identity[:]),
		ID: presentable(id), Name: presentable(a.Name), Packed: q.pack.EncodeAll(plain, nil),
	}, nil
}

// presentable is s as PostgreSQL takes it.
func presentable(s string) string {
	return strings.ReplaceAll(strings.ToValidUTF8(s, "\uFFFD"), "\x00", "\uFFFD")
}

// article unpacks a job.
func (q *Queue) article(j *job) (*Article, error) {
	plain, err := q.unpack.DecodeAll(j.Packed, nil)
	if err != nil {
		return nil, fmt.Errorf("it is damaged in the queue: %w", err)
	}
	a := new(Article)
	if err := json.Unmarshal(plain, a); err != nil {
		return nil, fmt.Errorf("it is damaged in the queue: %w", err)
	}
	return a, nil
}

// Counts counts the articles in the queue.
func (q *Queue) Counts(ctx context.Context) (Counts, error) {
	var c Counts
	err := q.pool.QueryRow(ctx, `SELECT
		count(*) FILTER (WHERE state IN `+unfinished+` AND state <> 'running'),
		count(*) FILTER (WHERE state = 'running'),
		count(*) FILTER (WHERE state IN `+givenUp+`)
		FROM river_job WHERE queue = $1`, queue).Scan(&c.Waiting, &c.Running, &c.Failed)
	if err != nil {
		return Counts{}, fmt.Errorf("counting the queue: %w", err)
	}
	alive, err := q.alive(ctx)
	if err != nil {
		return Counts{}, fmt.Errorf("counting the workers: %w", err)
	}
	c.Workers = len(alive)
	return c, nil
}

// sweep takes what is finished out of the queue. A worker that leads the others
// does so too, now and then, but the last one has to leave.
func (q *Queue) sweep(ctx context.Context) error {
	_, err := q.pool.Exec(ctx, `DELETE FROM river_job WHERE queue = $1 AND state = 'completed'`, queue)
	return err
}

// empty reports whether no article waits or is in a worker's hands.
func (q *Queue) empty(ctx context.Context) (empty bool, err error) {
	err = q.pool.QueryRow(ctx, `SELECT NOT EXISTS (SELECT FROM river_job WHERE queue = $1 AND state IN `+unfinished+`)`, queue).Scan(&empty)
	return empty, err
}

// Failed yields the articles that were given up, the first first.
func (q *Queue) Failed(ctx context.Context) iter.Seq2[Failure, error] {
	return func(yield func(Failure, error) bool) {
		rows, err := q.pool.Query(ctx, `SELECT id, args->>'id', args->>'name', attempt + coalesce((metadata->>'deaths')::int, 0), finalized_at,
			coalesce(errors[array_upper(errors, 1)]->>'error', '') FROM river_job
			WHERE queue = $1 AND state IN `+givenUp+` ORDER BY finalized_at, id`, queue)
		if err != nil {
			yield(Failure{}, fmt.Errorf("listing what failed: %w", err))
			return
		}
		defer rows.Close()
		for rows.Next() {
			var f Failure
			if err := rows.Scan(&f.Number, &f.Article, &f.Name, &f.Attempts, &f.At, &f.Reason); err != nil {
				yield(Failure{}, fmt.Errorf("listing what failed: %w", err))
				return
			}
			if !yield(f, nil) {
				return
			}
		}
		if err := rows.Err(); err != nil {
			yield(Failure{}, fmt.Errorf("listing what failed: %w", err))
		}
	}
}

// Retry has the articles that were given up tried again, as if for the first
// time: those of the numbers, or all if there are none. It returns how many.
func (q *Queue) Retry(ctx context.Context, numbers ...int64) (int, error) {
	tag, err := q.pool.Exec(ctx, `UPDATE river_job
		SET state = 'available', attempt = 0, max_attempts = $3, scheduled_at = now(), finalized_at = NULL, metadata = metadata - 'deaths' - 'alone' - 'cancel_attempted_at'
		WHERE queue = $1 AND state IN `+givenUp+` AND (cardinality($2::bigint[]) = 0 OR id = ANY($2))`, queue, append([]int64{}, numbers...), maxAttempts)
	if err != nil {
		return 0, fmt.Errorf("putting what failed back in the queue: %w", err)
	}
	return int(tag.RowsAffected()), nil
}

// Drop takes articles that were given up out of the queue: those of the
// numbers, or all if there are none. It returns how many.
func (q *Queue) Drop(ctx context.Context, numbers ...int64) (int, error) {
	tag, err := q.pool.Exec(ctx, `DELETE FROM river_job WHERE queue = $1 AND state IN `+givenUp+` AND (cardinality($2::bigint[]) = 0 OR id = ANY($2))`,
		queue, append([]int64{}, numbers...))
	if err != nil {
		return 0, fmt.Errorf("dropping what failed: %w", err)
	}
	return int(tag.RowsAffected()), nil
}

// errLost says that the connection by which a worker is known to live is gone.
var errLost = errors.New("the connection to the database was lost")

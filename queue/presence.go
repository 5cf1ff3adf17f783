package queue

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/rivertype"
)

// Advisory locks have two numbers. The first is ours, the second says what is
// locked: the making of the tables, or a worker's presence.
const (
	lockClass  int32 = 0x48656172 // "Hear"
	lockTables int32 = 0
)

const (
	// heartbeat is how often a worker looks whether it is still connected, and
	// whether others are.
	heartbeat = 5 * time.Second

	// patience is how long the database may take to answer a heartbeat.
	patience = 30 * time.Second

	// maxDeaths is how many workers may end while they read an article before
	// it is given up. Some may have been killed for other reasons.
	maxDeaths = 5

	// pause is how long it rests after the second.
	pause = 2 * time.Second
)

// presence is what says that a worker lives: a lock that its session in the
// database holds, and that goes with the session.
type presence struct {
	conn *pgx.Conn
	id   string // the worker's name in the queue; it ends in the number of the lock
}

// attend begins a presence. Lost connections are noticed on both ends within
// about a minute: by the worker as it asks, by the server as it probes.
func (q *Queue) attend(ctx context.Context) (*presence, error) {
	config := q.pool.Config().ConnConfig.Copy()
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return nil, err
	}
	fail := func(err error) (*presence, error) {
		return nil, errors.Join(err, conn.Close(context.WithoutCancel(ctx)))
	}
	if _, err := conn.Exec(ctx, `SET tcp_keepalives_idle = 20; SET tcp_keepalives_interval = 10; SET tcp_keepalives_count = 3; SET idle_session_timeout = 0`); err != nil {
		return fail(err)
	}
	host, err := os.Hostname()
	if err != nil {
		host = "unknown"
	}
	for {
		key := 1 + rand.Int32N(1<<31-1) // not lockTables
		var got bool
		if err := conn.QueryRow(ctx, `SELECT pg_try_advisory_lock($1, $2)`, lockClass, key).Scan(&got); err != nil {
			return fail(err)
		}
		if got {
			return &presence{conn: conn, id: fmt.Sprintf("%.60s-%d-%d", host, os.Getpid(), key)}, nil
		}
	}
}

// watch returns when the presence is lost, with why, or when ctx ends.
func (p *presence) watch(ctx context.Context) error {
	tick := time.NewTicker(heartbeat)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		asked, cancel := context.WithTimeout(context.WithoutCancel(ctx), patience)
		err := p.conn.Ping(asked)
		cancel()
		if err != nil {
			return fmt.Errorf("%w: %w", errLost, err)
		}
	}
}

// end ends the presence.
func (p *presence) end() error {
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	// The server would let go of the lock by itself, but after a while.
	_, err := p.conn.Exec(ctx, `SELECT pg_advisory_unlock_all()`)
	if closed := p.conn.Close(ctx); err == nil {
		err = closed
	}
	return err
}

// asker is a pool of connections or a transaction.
type asker interface {
	Query(ctx context.Context, sql string, args ...any) (pgx.Rows, error)
}

// alive returns the locks of the workers that live.
func (q *Queue) alive(ctx context.Context) (map[string]bool, error) {
	rows, err := q.pool.Query(ctx, `SELECT objid::bigint FROM pg_locks WHERE locktype = 'advisory' AND classid::bigint = $1 AND objid::bigint <> $2 AND objsubid = 2 AND granted
		AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`, int64(lockClass), int64(lockTables))
	if err != nil {
		return nil, err
	}
	keys, err := pgx.CollectRows(rows, pgx.RowTo[int64])
	if err != nil {
		return nil, err
	}
	alive := make(map[string]bool, len(keys))
	for _, k := range keys {
		alive[strconv.FormatInt(k, 10)] = true
	}
	return alive, nil
}

// orphan is an article in the hands of a worker, most likely of one that has ended.
type orphan struct {
	id      int64
	owner   string
	attempt int
	deaths  int
	alone   bool // it was the only one that was being read
}

// rescue puts what workers had in hand when they ended back in the queue.
//
// A worker may have ended because of what it read. If it had several articles
// in hand nobody can tell which, so each of them is suspected, and from then on
// read alone (see Worker). When a worker ends that reads a suspect alone, that
// one is to blame, and what else it had in hand is not. An article that so many
// workers ended with as maxDeaths says is given up.
func (q *Queue) rescue(ctx context.Context) error {
	// First what runs, then who lives: a worker that starts in between has nothing in what was seen.
	seen, err := orphans(ctx, q.pool, `SELECT `+orphanColumns+` FROM river_job WHERE queue = $1 AND state = 'running'`, queue)
	if err != nil || len(seen) == 0 {
		return err
	}
	alive, err := q.alive(ctx)
	if err != nil {
		return err
	}
	var dead []int64
	alone := make(map[string]bool) // workers that ended with one article
	owners := make(map[int64]string)
	for _, o := range seen {
		if !alive[o.owner[strings.LastIndexByte(o.owner, '-')+1:]] {
			dead = append(dead, o.id)
			owners[o.id] = o.owner
			alone[o.owner] = alone[o.owner] || o.alone
		}
	}
	if len(dead) == 0 {
		return nil
	}
	return pgx.BeginFunc(ctx, q.pool, func(tx pgx.Tx) error {
		// Another worker may be rescuing them too, and what was locked in a last transaction is about to be finished.
		locked, err := orphans(ctx, tx, `SELECT `+orphanColumns+` FROM river_job WHERE id = ANY($1) AND state = 'running' ORDER BY id FOR UPDATE SKIP LOCKED`, dead)
		if err != nil {
			return err
		}
		for _, o := range locked {
			if o.owner != owners[o.id] {
				continue
			}
			if err := o.release(ctx, tx, alone[o.owner] && !o.alone, q.rest(o.deaths+1)); err != nil {
				return err
			}
		}
		return nil
	})
}

// release puts what a session of our own had in hand back in the queue. It ended
// with its connection, not for what it read.
func (q *Queue) release(ctx context.Context, owner string) error {
	_, err := q.pool.Exec(ctx, `UPDATE river_job SET state = 'available', scheduled_at = now(), attempt = greatest(attempt - 1, 0), metadata = metadata - 'alone'
		WHERE queue = $1 AND state = 'running' AND attempted_by[array_upper(attempted_by, 1)] = $2`, queue, owner)
	return err
}

const orphanColumns = `id, coalesce(attempted_by[array_upper(attempted_by, 1)], ''), attempt,
	coalesce((metadata->>'deaths')::int, 0), coalesce((metadata->>'alone')::boolean, false)`

func orphans(ctx context.Context, in asker, query string, args ...any) ([]orphan, error) {
	rows, err := in.Query(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	return pgx.CollectRows(rows, func(row pgx.CollectableRow) (o orphan, err error) {
		return o, row.Scan(&o.id, &o.owner, &o.attempt, &o.deaths, &o.alone)
	})
}

// release puts an article back in the queue, or gives it up.
func (o *orphan) release(ctx context.Context, tx pgx.Tx, innocent bool, rest time.Duration) error {
	if innocent {
		_, err := tx.Exec(ctx, `UPDATE river_job SET state = 'available', scheduled_at = now(), attempt = greatest(attempt - 1, 0), metadata = metadata - 'alone' WHERE id = $1`, o.id)
		return err
	}
	o.deaths++
	told, err := json.Marshal(rivertype.AttemptError{At: time.Now().UTC(), Attempt: o.attempt, Error: o.reason()})
	if err != nil {
		return err
	}
	if o.deaths >= maxDeaths {
		_, err = tx.Exec(ctx, `UPDATE river_job SET state = 'discarded', finalized_at = now(), attempt = greatest(attempt - 1, 0), errors = array_append(errors, $2::jsonb),
			metadata = (metadata - 'alone') || jsonb_build_object('deaths', $3::int) WHERE id = $1`, o.id, told, o.deaths)
		return err
	}
	_, err = tx.Exec(ctx, `UPDATE river_job SET state = 'available', scheduled_at = now() + $4 * interval '1 second', attempt = greatest(attempt - 1, 0), errors = array_append(errors, $2::jsonb),
		metadata = (metadata - 'alone') || jsonb_build_object('deaths', $3::int) WHERE id = $1`, o.id, told, o.deaths, rest.Seconds())
	return err
}

func (o *orphan) reason() string {
	if o.deaths == 1 {
		return "the worker that read it was killed or crashed"
	}
	return fmt.Sprintf("%d workers that read it were killed or crashed, one after the other", o.deaths)
}

// rest is how long an article is left alone with which so many workers ended:
// after the first not at all, since it is most likely not to blame.
func (q *Queue) rest(deaths int) time.Duration {
	if deaths <= 1 {
		return 0
	}
	return q.pause << (deaths - 2)
}

// notes are what the queue keeps of an article beside the article.
type notes struct {
	Deaths  int // workers that ended while they had it in hand
	Snoozes int // times that it was put off; River counts them
}

func metadata(j *river.Job[job]) (n notes) {
	if json.Unmarshal(j.Metadata, &n) != nil {
		return notes{}
	}
	return n
}

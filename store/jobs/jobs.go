// Package jobs keeps the work that a server has taken on in the tables of a
// store, with its input. Like package gathering it is written in SQL that every
// home's database understands, over that package's Tx.
//
// A home has these tables. Times are microseconds since 1970 UTC.
//
//	jobs       (number PRIMARY KEY, id UNIQUE, kind, who, request, state, made, done, total, revision, all NOT NULL,
//	           begun, ended, result, error, owner, lease), an index on (state, number)
//	job_inputs (number, seq, data BYTES NOT NULL, PRIMARY KEY (number, seq))
package jobs

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"hearsay/store"
	"hearsay/store/gathering"
)

// Transaction carries out f in a transaction.
type Transaction func(ctx context.Context, f func(gathering.Tx) error) error

// Ledger is a store.Jobs in the tables of a store.
type Ledger struct{ write, read Transaction }

var _ store.Jobs = (*Ledger)(nil)

// New returns what is kept in the tables of a store. No two transactions of
// write may run at once, whichever process they are of.
func New(write, read Transaction) *Ledger { return &Ledger{write, read} }

// The limits of what waits.
const (
	mostWaiting = 1000
	mostInput   = 1 << 30   // bytes of all that waits
	piece       = 256 << 10 // bytes of an input in one row
)

func doing(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

func now() int64 { return time.Now().UnixMicro() }

// Accept keeps a job: see store.Jobs.
func (l *Ledger) Accept(ctx context.Context, j store.Job, input []byte) (out *store.Job, err error) {
	err = l.write(ctx, func(tx gathering.Tx) error {
		var waiting, bytes, last int64
		err := tx.Query(ctx, `SELECT (SELECT count(*) FROM jobs WHERE state IN ('queued', 'running')), CAST(coalesce((SELECT sum(length(data)) FROM job_inputs), 0) AS bigint), coalesce((SELECT max(number) FROM jobs), 0)`,
			nil, func(scan func(...any) error) error { return scan(&waiting, &bytes, &last) })
		if err != nil {
			return err
		}
		if waiting >= mostWaiting || bytes+int64(len(input)) > mostInput {
			return fmt.Errorf("%w: too many jobs are waiting", store.ErrFull)
		}
		err = tx.Exec(ctx, `INSERT INTO jobs (number, id, kind, who, request, state, made, done, total, revision) VALUES (?, ?, ?, ?, ?, 'queued', ?, 0, ?, 1)`,
			last+1, j.ID, j.Kind, j.Who, string(j.Request), now(), int64(j.Total))
		if err != nil {
			return err
		}
		for seq := int64(0); len(input) > 0; seq++ {
			n := min(len(input), piece)
			if err := tx.Exec(ctx, `INSERT INTO job_inputs (number, seq, data) VALUES (?, ?, ?)`, last+1, seq, input[:n]); err != nil {
				return err
			}
			input = input[n:]
		}
		out, err = one(ctx, tx, `number = ?`, last+1)
		return err
	})
	return out, doing("accepting a job", err)
}

const columns = `number, id, kind, who, request, state, made, begun, ended, done, total, result, error, revision`

func scanned(scan func(...any) error) (j store.Job, err error) {
	var request, state string
	var made, done, total int64
	var begun, ended *int64
	var result, failed *string
	if err := scan(&j.Number, &j.ID, &j.Kind, &j.Who, &request, &state, &made, &begun, &ended, &done, &total, &result, &failed, &j.Revision); err != nil {
		return j, err
	}
	at := func(t *int64) time.Time {
		if t == nil {
			return time.Time{}
		}
		return time.UnixMicro(*t).UTC()
	}
	j.Request, j.State, j.Made, j.Begun, j.Ended, j.Done, j.Total = []byte(request), store.JobState(state), at(&made), at(begun), at(ended), int(done), int(total)
	if result != nil {
		j.Result = []byte(*result)
	}
	if failed != nil {
		j.Error = *failed
	}
	return j, nil
}

// one returns the first job of which a condition holds, or ErrNotFound.
func one(ctx context.Context, tx gathering.Tx, condition string, args ...any) (*store.Job, error) {
	var out *store.Job
	err := tx.Query(ctx, `SELECT `+columns+` FROM jobs WHERE `+condition+` ORDER BY number LIMIT 1`, args, func(scan func(...any) error) error {
		j, err := scanned(scan)
		out = &j
		return err
	})
	if err == nil && out == nil {
		err = store.ErrNotFound
	}
	return out, err
}

// Job returns a job: see store.Jobs.
func (l *Ledger) Job(ctx context.Context, id string) (j *store.Job, err error) {
	err = l.read(ctx, func(tx gathering.Tx) (err error) {
		j, err = one(ctx, tx, `id = ?`, id)
		return err
	})
	return j, doing("reading a job", err)
}

// Jobs returns jobs: see store.Jobs.
func (l *Ledger) Jobs(ctx context.Context, who string, before int64, most int) (all []store.Job, err error) {
	where, args := []string{"number > 0"}, []any(nil)
	if who != "" {
		where, args = append(where, "who = ?"), append(args, who)
	}
	if before > 0 {
		where, args = append(where, "number < ?"), append(args, before)
	}
	err = l.read(ctx, func(tx gathering.Tx) error {
		all = nil
		return tx.Query(ctx, `SELECT `+columns+` FROM jobs WHERE `+strings.Join(where, " AND ")+` ORDER BY number DESC LIMIT ?`, append(args, int64(most)), func(scan func(...any) error) error {
			j, err := scanned(scan)
			all = append(all, j)
			return err
		})
	})
	return all, doing("reading the jobs", err)
}

// Take gives a job to an owner: see store.Jobs.
func (l *Ledger) Take(ctx context.Context, owner string, lease time.Duration) (j *store.Job, input []byte, err error) {
	// Mostly there is none, and to see that nobody need be kept from writing.
	err = l.read(ctx, func(tx gathering.Tx) (err error) {
		j, err = one(ctx, tx, free, now())
		return err
	})
	if err == nil {
		err = l.write(ctx, func(tx gathering.Tx) (err error) {
			if j, err = one(ctx, tx, free, now()); err != nil {
				return err
			}
			if err := tx.Exec(ctx, `UPDATE jobs SET state = 'running', begun = coalesce(begun, ?), owner = ?, lease = ?, revision = revision + 1 WHERE number = ?`,
				now(), owner, now()+lease.Microseconds(), j.Number); err != nil {
				return err
			}
			input = nil
			if err := tx.Query(ctx, `SELECT data FROM job_inputs WHERE number = ? ORDER BY seq`, []any{j.Number}, func(scan func(...any) error) error {
				var data []byte
				err := scan(&data)
				input = append(input, data...)
				return err
			}); err != nil {
				return err
			}
			j, err = one(ctx, tx, `number = ?`, j.Number)
			return err
		})
	}
	if errors.Is(err, store.ErrNotFound) {
		return nil, nil, nil
	}
	return j, input, doing("taking a job", err)
}

const free = `(state = 'queued' OR state = 'running' AND lease < ?)`

// Report keeps how far a job is: see store.Jobs.
func (l *Ledger) Report(ctx context.Context, owner string, lease time.Duration, j *store.Job) error {
	return doing("keeping how far a job is", l.write(ctx, func(tx gathering.Tx) error {
		if _, err := one(ctx, tx, `number = ? AND state = 'running' AND owner = ?`, j.Number, owner); err != nil {
			return err
		}
		var result, failed any
		if j.Result != nil {
			result = string(j.Result)
		}
		if j.Error != "" {
			failed = strings.ToValidUTF8(strings.ReplaceAll(j.Error, "\x00", ""), "\uFFFD")
		}
		var ended any
		if j.State.Ended() {
			ended = now()
			if err := tx.Exec(ctx, `DELETE FROM job_inputs WHERE number = ?`, j.Number); err != nil {
				return err
			}
		}
		return tx.Exec(ctx, `UPDATE jobs SET state = ?, done = ?, total = ?, result = ?, error = ?, ended = ?, lease = ?, revision = revision + 1 WHERE number = ?`,
			string(j.State), int64(j.Done), int64(j.Total), result, failed, ended, now()+lease.Microseconds(), j.Number)
	}))
}

// Cancel ends a job: see store.Jobs.
func (l *Ledger) Cancel(ctx context.Context, id string) error {
	return doing("cancelling a job", l.write(ctx, func(tx gathering.Tx) error {
		j, err := one(ctx, tx, `id = ?`, id)
		if err != nil {
			return err
		}
		if j.State.Ended() {
			return store.ErrEnded
		}
		if err := tx.Exec(ctx, `DELETE FROM job_inputs WHERE number = ?`, j.Number); err != nil {
			return err
		}
		return tx.Exec(ctx, `UPDATE jobs SET state = 'cancelled', ended = ?, revision = revision + 1 WHERE number = ?`, now(), j.Number)
	}))
}

// Prune forgets old jobs: see store.Jobs.
func (l *Ledger) Prune(ctx context.Context, before time.Time) error {
	return doing("forgetting old jobs", l.write(ctx, func(tx gathering.Tx) error {
		return tx.Exec(ctx, `DELETE FROM jobs WHERE ended < ?`, before.UnixMicro())
	}))
}

// Verify checks that each input is of a job that is still to be done.
func Verify(ctx context.Context, tx gathering.Tx, found func(format string, args ...any)) error {
	return tx.Query(ctx, `SELECT i.number FROM job_inputs i LEFT JOIN jobs j ON j.number = i.number WHERE i.seq = 0 AND (j.number IS NULL OR j.state NOT IN ('queued', 'running')) LIMIT 10`, nil,
		func(scan func(...any) error) error {
			var number int64
			err := scan(&number)
			found("there is an input of job %d, which needs none", number)
			return err
		})
}

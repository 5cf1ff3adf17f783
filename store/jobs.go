package store

import (
	"context"
	"encoding/json"
	"time"
)

// Jobs is the work that a server has taken on and is still to do, or has done. A
// job is kept with its input before whoever gave it is told so: it is not lost when
// the server stops or is killed, and whichever server next has the store takes it up.
type Jobs interface {
	// Accept keeps a job with its input, and returns it with its Number. Of j only
	// ID, Kind, Who, Request and Total count. Where too much waits already the error wraps ErrFull.
	Accept(ctx context.Context, j Job, input []byte) (*Job, error)

	// Job returns a job. An id that is not in the store is ErrNotFound.
	Job(ctx context.Context, id string) (*Job, error)

	// Jobs returns jobs, the last one first, no more than most: those of who, of
	// anyone if that is empty, with a Number below before unless it is 0.
	Jobs(ctx context.Context, who string, before int64, most int) ([]Job, error)

	// Take gives the owner the job that waits longest, or one whose owner has not been
	// heard of for as long as that owner asked for, with its input. It is nil where there is none.
	Take(ctx context.Context, owner string, lease time.Duration) (*Job, []byte, error)

	// Report keeps the State, Done, Total, Result and Error of a job that the owner has
	// taken, and the owner for as long again. One that has been cancelled meanwhile, or
	// that another has taken, is ErrNotFound. A job that is Queued again waits to be taken.
	Report(ctx context.Context, owner string, lease time.Duration, j *Job) error

	// Cancel ends a job that is not at its end. One that is, is ErrEnded.
	Cancel(ctx context.Context, id string) error

	// Prune forgets the jobs that ended before a time.
	Prune(ctx context.Context, before time.Time) error
}

// Job is work that a server has taken on.
type Job struct {
	Number   int64 // from 1, in the order in which they were accepted
	ID       string
	Kind     string
	Who      string // gave it
	Request  json.RawMessage
	State    JobState
	Made     time.Time
	Begun    time.Time       // zero until it is
	Ended    time.Time       // zero until it has
	Done     int             // of the Total
	Total    int             // 0 where it is not known
	Result   json.RawMessage // as far as it is there; nil for none
	Error    string          // why it failed
	Revision int64           // grows with every change
}

// JobState is how far a job is.
type JobState string

// How far a job is.
const (
	Queued    JobState = "queued"
	Running   JobState = "running"
	Finished  JobState = "done"
	Failed    JobState = "failed"
	Cancelled JobState = "cancelled"
)

// Ended reports whether nothing more will come of the job.
func (s JobState) Ended() bool { return s == Finished || s == Failed || s == Cancelled }

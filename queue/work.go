package queue

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/store"
)

// Store is what a Worker asks of a store in the queue's database.
type Store interface {
	Known(ctx context.Context, a *article.Article) (id string, ok bool, err error)
	Mark(ctx context.Context, origin, state string) error

	// AddAllAnd is store.Store's AddAll, and calls also in the same transaction
	// when the items have been added: what also does is kept with them, and an
	// error of it undoes all. It may be called more than once.
	AddAllAnd(ctx context.Context, items []store.Item, also func(ctx context.Context, tx pgx.Tx) error) ([]store.Result, error)
}

// Worker takes articles out of a queue, reads them and keeps their ledgers. Set
// the fields before Run; it must not be copied.
type Worker struct {
	Queue *Queue
	Store Store

	// Jobs is how many articles are read at a time, at least 1.
	Jobs int
	// Read makes a function that reads articles one after the other. It is
	// called once for each of the Jobs.
	Read func() func(*Article) (*ledger.Ledger, error)
	// UntilEmpty has Run return when no article waits or is in the hands of any
	// worker. Without it Run waits for more.
	UntilEmpty bool
	// Note is told, from several goroutines, what a person should know: that an
	// article failed, which has a name then, or that the database is away.
	Note func(name string, err error)

	done   Done
	former string        // the name of the session before this one
	pause  time.Duration // minPause if 0

	readers chan func(*Article) (*ledger.Ledger, error)
	// reading is held by each article that is read, for itself alone by one with
	// which a worker has ended before.
	reading sync.RWMutex
}

// Done are the numbers of articles that a Worker has finished.
type Done struct {
	Added, Changed, Known atomic.Int64 // as store.Outcome has them
	Failed                atomic.Int64 // given up
	Delayed               atomic.Int64 // failed, to be tried again
}

// Done returns what has been done so far.
func (w *Worker) Done() *Done { return &w.done }

const (
	// A worker takes moreInHand articles and inHand for each that it reads at a
	// time: enough to read on while a batch is kept, not so many that others go without.
	inHand     = 8
	moreInHand = 16

	// Ledgers are kept together to save the cost of a transaction for each.
	maxBatch = 32
	maxWait  = 200 * time.Millisecond

	// minVersionWait and maxVersionWait are between what an article waits when an
	// earlier version of it is still to be read, each time twice as long.
	minVersionWait = 100 * time.Millisecond
	maxVersionWait = 30 * time.Second

	// minPause and maxPause are between what a worker waits when the store takes
	// nothing, each time twice as long. One that is to stop when the queue is
	// empty tries maxTries times in a row.
	minPause = time.Second
	maxPause = 30 * time.Second
	maxTries = 5

	pollQueue = 250 * time.Millisecond
	retention = time.Minute // of what is finished: its text is in the store
)

// Run works until ctx ends: then it takes no further article, finishes those
// that are being read, leaves the others to the queue, and returns nil. It goes
// on when the database has been away for a while, or full. An error means that it
// could not begin or, with UntilEmpty, that it was away for too long.
func (w *Worker) Run(ctx context.Context) error {
	w.readers = make(chan func(*Article) (*ledger.Ledger, error), w.Jobs)
	for range w.Jobs {
		w.readers <- w.Read()
	}
	least := cmp.Or(w.pause, minPause)
	wait, tries := least, 0
	for first := true; ; first = false {
		began := time.Now()
		worked, err := w.session(ctx)
		switch {
		case err == nil || ctx.Err() != nil:
			return nil
		case first && !worked:
			return err
		case time.Since(began) > 2*maxPause:
			wait, tries = least, 0
		}
		if tries++; w.UntilEmpty && tries > maxTries {
			return err
		}
		if !worked { // or else it is said already
			w.Note("", fmt.Errorf("%w; trying again", err))
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(wait):
		}
		wait = min(2*wait, maxPause)
	}
}

// session works until ctx ends, or nothing can be kept any more, which is the
// error. It reports whether it could begin.
func (w *Worker) session(ctx context.Context) (worked bool, err error) {
	p, err := w.Queue.attend(ctx)
	if err != nil {
		return false, fmt.Errorf("joining the workers: %w", err)
	}
	fail := func(doing string, err error) (bool, error) {
		return false, errors.Join(fmt.Errorf("%s: %w", doing, err), p.end())
	}
	if w.former != "" {
		if err := w.Queue.release(ctx, w.former); err != nil {
			return fail("putting back what was in hand", err)
		}
	}
	w.former = p.id
	s := &session{Worker: w, keeping: make(chan ready), stopping: make(chan struct{}), ended: make(chan struct{}), away: make(chan error, 1)}
	workers := river.NewWorkers()
	river.AddWorker(workers, s)
	client, err := river.NewClient(riverpgxv5.New(w.Queue.pool), &river.Config{
		ID: p.id, Logger: silent, Schema: schema, Workers: workers,
		Queues:        map[string]river.QueueConfig{queue: {MaxWorkers: inHand*w.Jobs + moreInHand}},
		FetchCooldown: 50 * time.Millisecond, FetchPollInterval: pollQueue,
		// What takes long is large, not stuck: there is no limit. Dead workers' articles are rescued by presence.
		JobTimeout: -1, RescueStuckJobsAfter: 24 * time.Hour,
		CompletedJobRetentionPeriod: retention, CancelledJobRetentionPeriod: -1, DiscardedJobRetentionPeriod: -1,
	})
	if err != nil {
		return fail("starting to work", err)
	}
	if err := w.Queue.rescue(ctx); err != nil {
		return fail("putting back what others had in hand", err)
	}
	whole := context.WithoutCancel(ctx) // what is in hand is finished
	if err := client.Start(whole); err != nil {
		return fail("starting to work", err)
	}
	var kept sync.WaitGroup
	kept.Go(func() { s.keep(whole) })

	watched, stop := context.WithCancel(ctx)
	lost := make(chan error, 1)
	go func() { lost <- p.watch(watched) }()
	if err = s.untilDone(ctx, lost); err != nil {
		w.Note("", fmt.Errorf("%w; trying again", err)) // now: to stop may take a while
	}
	stop()

	close(s.stopping)
	if errors.Is(err, errLost) {
		// The database has let go of what is in hand, or will. It cannot be told anything now.
		ending, cancel := context.WithTimeout(whole, patience)
		err = errors.Join(err, client.StopAndCancel(ending))
		cancel()
	} else {
		err = errors.Join(err, client.Stop(whole), <-lost, w.Queue.sweep(whole))
	}
	close(s.ended)
	kept.Wait()
	if ended := p.end(); !errors.Is(err, errLost) { // or else it has ended already
		err = errors.Join(err, ended)
	}
	return true, err
}

// session is a Worker's work on one connection to the database.
type session struct {
	river.WorkerDefaults[job]
	*Worker
	keeping  chan ready
	stopping chan struct{} // closed when no further article is to be read
	ended    chan struct{} // closed when nothing more can be kept
	away     chan error    // why the store takes nothing now
}

// untilDone waits for the end of ctx, of the queue where that is wanted, of the
// presence, or of the store's readiness, and rescues what others leave behind.
func (s *session) untilDone(ctx context.Context, lost chan error) error {
	rescue := time.NewTicker(heartbeat)
	defer rescue.Stop()
	poll := time.NewTicker(pollQueue)
	defer poll.Stop()
	if !s.UntilEmpty {
		poll.Stop()
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case err := <-lost:
			lost <- nil // for whoever asks later
			return err
		case err := <-s.away:
			return err
		case <-rescue.C:
			// What fails for the database's sake is tried again; when it is gone, lost says so.
			_ = s.Queue.rescue(ctx)
		case <-poll.C:
			if empty, err := s.Queue.empty(ctx); err == nil && empty {
				return nil
			}
		}
	}
}

// NextRetry says when an article is tried again that failed for the database's
// sake: after 1, 4, 16, … seconds, an hour at most.
func (s *session) NextRetry(j *river.Job[job]) time.Time {
	return time.Now().Add(min(time.Hour, time.Second<<(2*min(max(j.Attempt, 1)-1, 8))))
}

// Work reads one article and keeps its ledger. River calls it, for several
// articles at once, and does by the error what is to be done with the article.
func (s *session) Work(ctx context.Context, j *river.Job[job]) error {
	err := s.work(ctx, j)
	var snooze *river.JobSnoozeError
	switch {
	case err == nil, errors.As(err, &snooze):
		return err
	case away(err):
		select {
		case s.away <- err:
		default: // it is known
		}
		return river.JobSnooze(minPause) // this was no attempt
	case transient(err) && j.Attempt < j.MaxAttempts:
		s.done.Delayed.Add(1)
		return err
	}
	s.done.Failed.Add(1)
	s.Note(j.Args.Name, err)
	return river.JobCancel(err)
}

func (s *session) work(ctx context.Context, j *river.Job[job]) error {
	if wait, err := s.Queue.earlier(ctx, j); err != nil {
		return err
	} else if wait {
		return river.JobSnooze(min(maxVersionWait, minVersionWait<<min(metadata(j).Snoozes, 10)))
	}
	a, err := s.Queue.article(&j.Args)
	if err != nil {
		return err
	}
	id, known, err := s.Store.Known(ctx, &a.Article)
	if err != nil {
		return err
	}
	if known {
		s.done.Known.Add(1)
		return s.mark(ctx, a, id)
	}
	if metadata(j).Deaths > 0 {
		return s.alone(ctx, j, a)
	}
	l, err := s.read(a)
	if err != nil {
		return err
	}
	return s.hand(ctx, j, a, l, false)
}

// read reads an article when it is its turn.
func (s *session) read(a *Article) (*ledger.Ledger, error) {
	s.reading.RLock() // before a reader is taken: one that reads alone needs one too
	defer s.reading.RUnlock()
	select {
	case read := <-s.readers:
		defer func() { s.readers <- read }()
		return read(a)
	case <-s.stopping:
		return nil, river.JobSnooze(0)
	}
}

// alone reads and keeps an article with which a worker has ended before, while
// no other article is read. The queue is told, so that whoever finds this
// worker ended knows which article it was.
func (s *session) alone(ctx context.Context, j *river.Job[job], a *Article) error {
	s.reading.Lock()
	defer s.reading.Unlock()
	select {
	case <-s.stopping:
		return river.JobSnooze(0)
	default:
	}
	const mark = `UPDATE river_job SET metadata = metadata || jsonb_build_object('alone', $2::boolean) WHERE id = $1 AND state = 'running'`
	if _, err := s.Queue.pool.Exec(ctx, mark, j.ID, true); err != nil {
		return err
	}
	read := <-s.readers
	l, err := read(a)
	s.readers <- read
	if err == nil {
		err = s.hand(ctx, j, a, l, true)
	}
	if err != nil { // else it is finished
		_, cleared := s.Queue.pool.Exec(ctx, mark, j.ID, false)
		err = errors.Join(err, cleared)
	}
	return err
}

// earlier reports whether another version of the article, put in before, is
// still to be read: the one put in last has to be the newest.
func (q *Queue) earlier(ctx context.Context, j *river.Job[job]) (earlier bool, err error) {
	err = q.pool.QueryRow(ctx, `SELECT EXISTS (SELECT FROM river_job WHERE kind = '`+kind+`' AND args->>'identity' = $1 AND id < $2 AND state IN `+unfinished+`)`,
		j.Args.Identity, j.ID).Scan(&earlier)
	return earlier, err
}

func (s *session) mark(ctx context.Context, a *Article, id string) error {
	if a.State == "" {
		return nil
	}
	return s.Store.Mark(ctx, a.Origin, a.State+" "+id)
}

// ready is an article that was read.
type ready struct {
	ctx     context.Context // of its job
	job     *river.Job[job]
	article *Article
	ledger  *ledger.Ledger
	kept    chan<- error
	alone   bool // others wait for it
	since   time.Time
}

// hand has an article kept.
func (s *session) hand(ctx context.Context, j *river.Job[job], a *Article, l *ledger.Ledger, alone bool) error {
	kept := make(chan error, 1)
	select {
	case s.keeping <- ready{ctx, j, a, l, kept, alone, time.Now()}:
		return <-kept
	case <-s.ended:
		return errLost
	}
}

// keep keeps what was read, in batches, until there will be no more.
func (s *session) keep(ctx context.Context) {
	var batch []ready
	flush := func() {
		s.flush(ctx, batch)
		batch = nil
	}
	var late <-chan time.Time
	for {
		select {
		case <-s.ended:
			flush()
			return
		case r := <-s.keeping:
			if len(batch) == 0 {
				late = time.After(maxWait - time.Since(r.since))
			}
			if batch = append(batch, r); len(batch) == maxBatch || r.alone {
				flush()
			}
		case <-late:
			for waiting := true; waiting && len(batch) < maxBatch; { // those that became ready while the last batch was kept
				select {
				case r := <-s.keeping:
					batch = append(batch, r)
				default:
					waiting = false
				}
			}
			flush()
		}
	}
}

// flush keeps a batch, and says to each who waits how that went.
func (s *session) flush(ctx context.Context, batch []ready) {
	if len(batch) == 0 {
		return
	}
	err := s.store(ctx, batch)
	if err == nil || away(err) {
		for _, r := range batch {
			r.kept <- err
		}
		return
	}
	// The store does not take one of them: which?
	for i, r := range batch {
		err := s.store(ctx, batch[i:i+1])
		if err != nil && !transient(err) {
			err = fmt.Errorf("the store does not take it: %s", strings.TrimPrefix(err.Error(), "adding "+r.article.Origin+": "))
		}
		r.kept <- err
	}
}

// store keeps a batch and finishes its jobs in one transaction.
func (s *session) store(ctx context.Context, batch []ready) error {
	items := make([]store.Item, len(batch))
	for i, r := range batch {
		items[i] = store.Item{Origin: r.article.Origin, Article: &r.article.Article, Ledger: r.ledger}
	}
	results, err := s.Store.AddAllAnd(ctx, items, func(_ context.Context, tx pgx.Tx) error {
		for _, r := range batch {
			if _, err := river.JobCompleteTx[*riverpgxv5.Driver](r.ctx, tx, r.job); err != nil {
				return fmt.Errorf("finishing %s in the queue: %w", r.article.Name, err)
			}
		}
		return nil
	})
	if err != nil {
		return err
	}
	for i, r := range results {
		switch r.Outcome {
		case store.Added:
			s.done.Added.Add(1)
		case store.Changed:
			s.done.Changed.Add(1)
		default:
			s.done.Known.Add(1)
		}
		if err := s.mark(ctx, batch[i].article, r.ID); err != nil {
			// It is kept, and finished: only the next to add this input has to get it once more.
			s.Note(batch[i].article.Name, err)
		}
	}
	return nil
}

// away reports whether an error means that the store takes nothing now, whatever
// it is given.
func away(err error) bool {
	for _, known := range []error{errLost, store.ErrFull, store.ErrBusy, store.ErrUnreachable, store.ErrDamaged,
		context.Canceled, context.DeadlineExceeded, io.EOF, io.ErrUnexpectedEOF, net.ErrClosed} {
		if errors.Is(err, known) {
			return true
		}
	}
	var server *pgconn.PgError
	if errors.As(err, &server) && len(server.Code) == 5 {
		switch server.Code[:2] { // PostgreSQL, appendix A
		case "08", "53", "57", "58", // connection, resources, an operator, the system
			"25", "28", "42": // read-only, not let in, tables that are missing or not ours
			return server.Code != "57014" // what took too long may do so for the sake of the article
		}
		return false
	}
	var network net.Error
	return errors.As(err, &network) || pgconn.SafeToRetry(err)
}

// transient reports whether an article may well be kept when it is tried again.
func transient(err error) bool {
	var server *pgconn.PgError
	if !errors.As(err, &server) || len(server.Code) != 5 {
		return away(err)
	}
	switch server.Code[:2] {
	case "22", "23", "54": // data, constraints, limits
		return false
	}
	return true
}

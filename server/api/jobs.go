package api

import (
	"bytes"
	"context"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strconv"
	"sync"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/danielgtaylor/huma/v2/adapters/humago"

	"hearsay/facts/claimreview"
	"hearsay/report"
	"hearsay/server/access"
	"hearsay/store"
)

// The kinds of job.
const (
	addingJob    = "add-articles"
	importingJob = "import-facts"
)

// jobRequest is how a job is to be done.
type jobRequest struct {
	Force bool `json:"force,omitempty"`
}

// Job is work that the server has taken on.
type Job struct {
	ID     string     `json:"id"`
	Kind   string     `json:"kind" enum:"add-articles,import-facts"`
	State  string     `json:"state" enum:"queued,running,done,failed,cancelled"`
	Who    string     `json:"who" doc:"Who gave it."`
	Made   time.Time  `json:"made"`
	Begun  *time.Time `json:"begun,omitempty"`
	Ended  *time.Time `json:"ended,omitempty" doc:"A day later it is forgotten."`
	Done   int        `json:"done" doc:"How many of the total."`
	Total  int        `json:"total,omitempty" doc:"Left out where it is not known."`
	Rate   float64    `json:"rate,omitempty" doc:"How many a second, since it was begun."`
	Result *Outcome   `json:"result,omitempty" doc:"As far as it is there."`
	Error  string     `json:"error,omitempty" doc:"Why it failed."`
}

func jobOf(j *store.Job) Job {
	out := Job{ID: j.ID, Kind: j.Kind, State: string(j.State), Who: j.Who, Made: j.Made, Done: j.Done, Total: j.Total, Error: j.Error}
	if !j.Begun.IsZero() {
		out.Begun = &j.Begun
		end := j.Ended
		if end.IsZero() {
			end = time.Now()
		}
		if seconds := end.Sub(j.Begun).Seconds(); seconds > 0 {
			out.Rate = float64(int(float64(j.Done)/seconds*100)) / 100
		}
	}
	if !j.Ended.IsZero() {
		out.Ended = &j.Ended
	}
	if j.Result != nil {
		result := Outcome{Items: []Added{}}
		if json.Unmarshal(j.Result, &result) == nil {
			out.Result = &result
		}
	}
	return out
}

// accept takes on a job.
func (a *API) accept(ctx context.Context, kind string, request jobRequest, input []byte, total int) (*taken, error) {
	r, err := json.Marshal(request)
	if err != nil {
		return nil, err
	}
	j, err := a.Store.Jobs().Accept(ctx, store.Job{ID: rand.Text(), Kind: kind, Who: access.From(ctx).Name, Request: r, Total: total}, input)
	if err != nil {
		return nil, err
	}
	select {
	case a.wake <- struct{}{}:
	default: // somebody is awake already
	}
	return &taken{Status: http.StatusAccepted, Location: prefix + "/jobs/" + j.ID, Body: jobOf(j)}, nil
}

// job returns a job that the one who asks may see.
func (a *API) job(ctx context.Context, id string) (*store.Job, error) {
	j, err := a.Store.Jobs().Job(ctx, id)
	if err != nil {
		return nil, err
	}
	if who := access.From(ctx); j.Who != who.Name && !who.May(access.Admin) {
		return nil, store.ErrNotFound // not even that it is there
	}
	return j, nil
}

// JobNamed is a job in the path.
type JobNamed struct {
	ID string `path:"id" minLength:"1" maxLength:"100"`
}

const mostFollowed = 64 // streams of events at a time

func (a *API) registerJobs() {
	register(a, operation{Operation: huma.Operation{OperationID: "list-jobs", Method: http.MethodGet, Path: "/jobs", Tags: []string{"jobs"}, Summary: "List jobs",
		Description: "One's own, and with the scope admin all of them. The last one comes first."}},
		func(ctx context.Context, in *Paging) (*pageOf[Job], error) {
			who := access.From(ctx)
			name := who.Name
			if who.May(access.Admin) {
				name = ""
			}
			before, err := in.after("jobs", name)
			if err != nil {
				return nil, err
			}
			all, err := a.Store.Jobs().Jobs(ctx, name, before, in.Limit+1)
			if err != nil {
				return nil, err
			}
			return paged(in.Limit, func(yield func(*store.Job, error) bool) {
				for i := range all {
					if !yield(&all[i], nil) {
						return
					}
				}
			}, jobOf, "jobs", name, func(j *store.Job) any { return after{j.Number} })
		})
	register(a, operation{Operation: huma.Operation{OperationID: "get-job", Method: http.MethodGet, Path: "/jobs/{id}", Tags: []string{"jobs"}, Summary: "Show how far a job is", Errors: []int{http.StatusNotFound}}},
		func(ctx context.Context, in *JobNamed) (*struct{ Body Job }, error) {
			j, err := a.job(ctx, in.ID)
			if err != nil {
				return nil, err
			}
			return &struct{ Body Job }{jobOf(j)}, nil
		})
	register(a, operation{scope: access.Add, Operation: huma.Operation{OperationID: "cancel-job", Method: http.MethodDelete, Path: "/jobs/{id}", Tags: []string{"jobs"}, Summary: "Cancel a job",
		Description: "What it has done stays done.", Errors: []int{http.StatusNotFound, http.StatusConflict}}},
		func(ctx context.Context, in *JobNamed) (*struct{}, error) {
			if _, err := a.job(ctx, in.ID); err != nil {
				return nil, err
			}
			return nil, a.Store.Jobs().Cancel(ctx, in.ID)
		})
	follow := operation{time: time.Hour, Operation: huma.Operation{OperationID: "follow-job", Method: http.MethodGet, Path: "/jobs/{id}/events", Tags: []string{"jobs"}, Summary: "Follow a job",
		Description: "Server-sent events: the job, as JSON, as it is and whenever it has changed, until it has ended. With Last-Event-ID only what came after. When the server stops, the stream ends.", Errors: []int{http.StatusNotFound}}}
	follow.Responses = map[string]*huma.Response{"200": {Description: "The events. Each has the job as its data.", Content: map[string]*huma.MediaType{"text/event-stream": {}}}}
	register(a, follow, func(ctx context.Context, in *struct {
		JobNamed
		Last string `header:"Last-Event-ID" maxLength:"20" doc:"The id of the last event that was received."`
	}) (*huma.StreamResponse, error) {
		j, err := a.job(ctx, in.ID)
		if err != nil {
			return nil, err
		}
		last, err := strconv.ParseInt(in.Last, 10, 64)
		if err != nil {
			last = 0 // it is no id of ours: all is new
		}
		select {
		case a.followed <- struct{}{}:
		default:
			return nil, refuse(http.StatusServiceUnavailable, "Too many jobs are being followed. Ask for the job itself from time to time.")
		}
		return &huma.StreamResponse{Body: func(hc huma.Context) {
			defer func() { <-a.followed }()
			a.follow(hc, j, last)
		}}, nil
	})
	register(a, operation{scope: access.Add, maxBody: maxBatch, time: readTime, Operation: huma.Operation{OperationID: "import-facts", Method: http.MethodPost, Path: "/imports/facts", Tags: []string{"facts", "jobs"}, DefaultStatus: http.StatusAccepted, SkipValidateBody: true,
		Summary: "Import published fact-checks", Description: fmt.Sprintf("ClaimReview of schema.org: one, a list or graph of them, a DataFeed, or one a line, up to %d MB: always a job. One that the store has, by its page and claim, takes the place of its former state.", maxBatch>>20),
		Errors:      []int{http.StatusRequestTimeout, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusInsufficientStorage},
		RequestBody: &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/json": {}, "application/ld+json": {}, "application/x-ndjson": {}}},
		Responses:   map[string]*huma.Response{"202": a.takes()["202"]}}},
		func(ctx context.Context, in *struct{ RawBody []byte }) (*taken, error) {
			if _, err := a.checks(); err != nil {
				return nil, err
			}
			return a.accept(ctx, importingJob, jobRequest{}, in.RawBody, 0)
		})
}

// follow sends a job whenever it has changed.
func (a *API) follow(hc huma.Context, j *store.Job, last int64) {
	r, w := humago.Unwrap(hc)
	control := http.NewResponseController(w)
	control.SetReadDeadline(time.Time{}) // nothing more is read: that there is nothing is no reason to end
	w.Header().Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
	const pause, silence = 250 * time.Millisecond, 15 * time.Second
	tick := time.NewTicker(pause)
	defer tick.Stop()
	said := time.Now()
	for {
		var message string
		switch {
		case j.Revision > last:
			data, err := json.Marshal(jobOf(j))
			if err != nil {
				return
			}
			last = j.Revision
			message = fmt.Sprintf("id: %d\nevent: job\ndata: %s\n\n", last, data)
		case time.Since(said) > silence:
			message = ":\n\n"
		}
		if message != "" {
			control.SetWriteDeadline(time.Now().Add(silence))
			if _, err := w.Write([]byte(message)); err != nil || control.Flush() != nil {
				return
			}
			said = time.Now()
		}
		if j.State.Ended() {
			return
		}
		select {
		case <-tick.C:
		case <-r.Context().Done():
			return
		case <-a.stopped:
			return
		}
		var err error
		if j, err = a.Store.Jobs().Job(r.Context(), j.ID); err != nil {
			return
		}
	}
}

// The hands that do jobs, and how long ended ones are remembered.
const (
	workers    = 2
	remembered = 24 * time.Hour
	look       = 2 * time.Second // for jobs that another server has taken on, or lost
)

// Work does the jobs that are taken on until ctx ends. Then it finishes the articles in
// hand, puts the jobs back, for whichever server has the store next, and returns; streams of events end.
func (a *API) Work(ctx context.Context) {
	defer context.AfterFunc(ctx, func() { close(a.stopped) })()
	var all sync.WaitGroup
	for range workers {
		all.Go(func() { a.work(ctx) })
	}
	all.Go(func() { a.prune(ctx) })
	all.Wait()
}

func (a *API) work(ctx context.Context) {
	owner := rand.Text()
	tick := time.NewTicker(look)
	defer tick.Stop()
	for ctx.Err() == nil {
		j, input, err := a.Store.Jobs().Take(ctx, owner, a.lease())
		if err != nil && ctx.Err() == nil {
			a.Log.ErrorContext(ctx, "taking a job", "error", err)
		}
		if j != nil {
			a.do(ctx, owner, j, input)
			continue
		}
		select {
		case <-ctx.Done():
		case <-tick.C:
		case <-a.wake:
		}
	}
}

func (a *API) prune(ctx context.Context) {
	tick := time.NewTicker(time.Hour)
	defer tick.Stop()
	for {
		if err := a.Store.Jobs().Prune(ctx, time.Now().Add(-remembered)); err != nil && ctx.Err() == nil {
			a.Log.ErrorContext(ctx, "forgetting old jobs", "error", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

func (a *API) lease() time.Duration {
	if a.Lease == 0 {
		return time.Minute
	}
	return a.Lease
}

// do does a job, or as much of it as there is time for.
func (a *API) do(ctx context.Context, owner string, j *store.Job, input []byte) {
	w := &working{API: a, job: j, owner: owner}
	w.outcome.Items = []Added{}
	if j.Result != nil { // it was broken off
		if err := json.Unmarshal(j.Result, &w.outcome); err != nil {
			a.Log.ErrorContext(ctx, "job", "id", j.ID, "error", err)
		}
	}
	err := json.Unmarshal(j.Request, &w.request)
	if err == nil {
		switch j.Kind {
		case addingJob:
			err = w.add(ctx, input)
		case importingJob:
			err = w.load(ctx, input)
		default:
			err = fmt.Errorf("it is of a kind %q that this hearsay does not know", j.Kind)
		}
	}
	switch {
	case errors.Is(err, store.ErrNotFound): // it was cancelled, or is another's now
		return
	case ctx.Err() != nil && err != nil:
		j.State = store.Queued
	case err != nil:
		a.Log.ErrorContext(ctx, "job failed", "id", j.ID, "kind", j.Kind, "error", err)
		j.State, j.Error = store.Failed, report.Line(err.Error())
	default:
		j.State = store.Finished
	}
	if err := w.report(context.WithoutCancel(ctx)); err != nil && !errors.Is(err, store.ErrNotFound) {
		a.Log.ErrorContext(ctx, "keeping what became of a job", "id", j.ID, "error", err)
	}
}

// working is a job that is being done.
type working struct {
	*API
	job     *store.Job
	owner   string
	request jobRequest
	outcome Outcome
	told    time.Time
}

func (w *working) report(ctx context.Context) (err error) {
	w.told = time.Now()
	if w.job.Result, err = json.Marshal(&w.outcome); err != nil {
		return err
	}
	return w.Store.Jobs().Report(ctx, w.owner, w.lease(), w.job)
}

// step counts one thing that is done, and now and then keeps how far the job is.
func (w *working) step(ctx context.Context, d Added) error {
	w.job.Done++
	w.outcome.count(d, true)
	const pause = 500 * time.Millisecond
	if time.Since(w.told) < pause {
		return nil
	}
	return w.report(context.WithoutCancel(ctx))
}

// add adds the articles of article JSONL from where it was broken off. Those after the last report come
// again after a kill, and are known then.
func (w *working) add(ctx context.Context, lines []byte) error {
	number := 0
	for line := range bytes.Lines(lines) {
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		if number++; number <= w.job.Done {
			continue
		}
		if ctx.Err() != nil {
			return ctx.Err()
		}
		done, err := w.API.add(ctx, number, line, w.request.Force)
		if err != nil {
			return err
		}
		if err := w.step(ctx, done); err != nil {
			return err
		}
	}
	return nil
}

// load imports fact-checks, from the beginning where it was broken off: those imported before are known then.
func (w *working) load(ctx context.Context, input []byte) error {
	shelf, err := w.checks()
	if err != nil {
		return err
	}
	w.job.Done, w.outcome = 0, Outcome{Items: []Added{}}
	batch := shelf.Batch()
	var fatal error
	err = claimreview.Read(bytes.NewReader(input), func(f claimreview.Found) bool {
		if fatal = ctx.Err(); fatal != nil {
			return false
		}
		if f.Err != nil {
			fatal = w.step(ctx, Added{Number: f.Record, Outcome: refusedOne, Message: report.Line(f.Err.Error())})
			return fatal == nil
		}
		if fatal = batch.Add(ctx, f.Review); fatal == nil {
			w.job.Done++
			w.outcome.Added, w.outcome.Changed, w.outcome.Known = batch.Counts.Added, batch.Counts.Changed, batch.Counts.Known
			if time.Since(w.told) > time.Second {
				fatal = w.report(context.WithoutCancel(ctx))
			}
		}
		return fatal == nil
	})
	if fatal != nil {
		return fatal
	}
	if flushed := batch.Flush(ctx); flushed != nil {
		return flushed
	}
	w.outcome.Added, w.outcome.Changed, w.outcome.Known = batch.Counts.Added, batch.Counts.Changed, batch.Counts.Known
	return err
}

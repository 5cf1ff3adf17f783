package queue_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"pgregory.net/rapid"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/queue"
	"hearsay/store"
	"hearsay/store/postgres/pgtest"
)

// worker, set to the address of a database, has the test program be a worker
// that works until the queue is empty.
const worker = "HEARSAY_TEST_WORKER"

func TestMain(m *testing.M) {
	if address := os.Getenv(worker); address != "" {
		if err := work(address); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		return
	}
	os.Exit(m.Run())
}

// work is what a worker process does.
func work(address string) error {
	ctx := context.Background()
	q, err := queue.Open(ctx, address)
	if err != nil {
		return err
	}
	defer q.Close()
	q.SetPause(10 * time.Millisecond)
	kept, err := openKept(ctx, address)
	if err != nil {
		return err
	}
	defer kept.pool.Close()
	w := &queue.Worker{Queue: q, Store: kept, Jobs: 2, Read: reader, UntilEmpty: true, Note: func(string, error) {}}
	fmt.Println("working")
	return w.Run(ctx)
}

// reader makes a reader that takes a moment, and does what the text says: fail,
// or end the process.
func reader() func(*queue.Article) (*ledger.Ledger, error) {
	return func(a *queue.Article) (*ledger.Ledger, error) {
		time.Sleep(2 * time.Millisecond)
		switch {
		case strings.Contains(a.Article.Text, "unreadable"):
			return nil, errors.New("nobody can read this")
		case strings.Contains(a.Article.Text, "poison"):
			os.Exit(3)
		}
		l := new(ledger.Ledger)
		l.Document.Text = a.Article.Text
		return l, nil
	}
}

// kept is a store of the simplest kind: each version that it keeps is a row.
type kept struct {
	pool *pgxpool.Pool
	mu   sync.Mutex
	fail func(store.Item) error // asked before each item is added; may be nil
}

func openKept(ctx context.Context, address string) (*kept, error) {
	pool, err := pgxpool.New(ctx, address)
	if err != nil {
		return nil, err
	}
	_, err = pool.Exec(ctx, `SELECT pg_advisory_lock(1); CREATE TABLE IF NOT EXISTS kept (num bigserial, id text, hash bytea);
		CREATE TABLE IF NOT EXISTS marks (origin text PRIMARY KEY, state text); SELECT pg_advisory_unlock(1)`)
	return &kept{pool: pool}, err
}

type querier interface {
	QueryRow(ctx context.Context, sql string, args ...any) pgx.Row
}

func newest(ctx context.Context, q querier, a *article.Article) (id string, known bool, err error) {
	id = store.ID(a)
	sum := sha256.Sum256([]byte(a.Text))
	err = q.QueryRow(ctx, `SELECT coalesce((SELECT hash FROM kept WHERE id = $1 ORDER BY num DESC LIMIT 1) = $2, false)`, id, sum[:]).Scan(&known)
	return id, known, err
}

func (k *kept) Known(ctx context.Context, a *article.Article) (string, bool, error) {
	return newest(ctx, k.pool, a)
}

func (k *kept) Mark(ctx context.Context, origin, state string) error {
	_, err := k.pool.Exec(ctx, `INSERT INTO marks VALUES ($1, $2) ON CONFLICT (origin) DO UPDATE SET state = excluded.state`, origin, state)
	return err
}

func (k *kept) AddAllAnd(ctx context.Context, items []store.Item, also func(context.Context, pgx.Tx) error) (results []store.Result, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	err = pgx.BeginFunc(ctx, k.pool, func(tx pgx.Tx) error {
		for _, it := range items {
			if k.fail != nil {
				if err := k.fail(it); err != nil {
					return err
				}
			}
			id, known, err := newest(ctx, tx, it.Article)
			if err != nil {
				return err
			}
			r := store.Result{ID: id, Outcome: store.Known}
			if !known {
				sum := sha256.Sum256([]byte(it.Article.Text))
				r.Outcome = store.Added
				if _, err := tx.Exec(ctx, `INSERT INTO kept (id, hash) VALUES ($1, $2)`, id, sum[:]); err != nil {
					return err
				}
			}
			results = append(results, r)
		}
		return also(ctx, tx)
	})
	return results, err
}

// ids returns the ids of the versions that are kept, in order.
func (k *kept) ids(t *testing.T) []string {
	t.Helper()
	rows, err := k.pool.Query(t.Context(), `SELECT id FROM kept ORDER BY id, num`)
	if err != nil {
		t.Fatal(err)
	}
	ids, err := pgx.CollectRows(rows, pgx.RowTo[string])
	if err != nil {
		t.Fatal(err)
	}
	return ids
}

// open opens the queue and the store of a new database.
func open(t *testing.T) (address string, q *queue.Queue, k *kept) {
	t.Helper()
	t.Parallel() // most of each test is waiting
	address = pgtest.Database(t)
	q, err := queue.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(q.Close)
	if k, err = openKept(t.Context(), address); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(k.pool.Close)
	return address, q, k
}

// articles are n articles, and their ids.
func articles(n int) (list []queue.Article, ids []string) {
	for i := range n {
		id := fmt.Sprintf("a%03d", i)
		ids = append(ids, id)
		list = append(list, queue.Article{Name: "wire.jsonl:" + id, Origin: "wire#" + id, Article: article.Article{ID: id, Text: "The bridge at Oster Fell is open, text " + id}})
	}
	return list, ids
}

func put(t *testing.T, q *queue.Queue, list ...queue.Article) []bool {
	t.Helper()
	fresh, err := q.Put(t.Context(), list)
	if err != nil {
		t.Fatal(err)
	}
	return fresh
}

func counts(t *testing.T, q *queue.Queue) queue.Counts {
	t.Helper()
	c, err := q.Counts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func failed(t *testing.T, q *queue.Queue) (list []queue.Failure) {
	t.Helper()
	for f, err := range q.Failed(t.Context()) {
		if err != nil {
			t.Fatal(err)
		}
		list = append(list, f)
	}
	return list
}

// run works in this process until the queue is empty.
func run(t *testing.T, q *queue.Queue, k *kept) *queue.Worker {
	t.Helper()
	w := &queue.Worker{Queue: q, Store: k, Jobs: 2, Read: reader, UntilEmpty: true, Note: func(name string, err error) { t.Logf("%s: %v", name, err) }}
	if err := w.Run(t.Context()); err != nil {
		t.Fatal(err)
	}
	return w
}

// TestRoundTrip checks that an article comes out of the queue as it went in.
func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := func(name string) string { return rapid.String().Draw(t, name) }
		want := &queue.Article{Name: s("name"), Origin: s("origin"), State: s("state"), Article: article.Article{
			ID: s("id"), URL: s("url"), Title: s("title"), Byline: rapid.SliceOfN(rapid.String(), 1, 3).Draw(t, "byline"),
			Site: s("site"), Published: s("published"), Language: s("language"), Text: s("text"),
		}}
		got, err := queue.RoundTrip(want)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatal(diff)
		}
	})
}

func TestPut(t *testing.T) {
	_, q, _ := open(t)
	list, _ := articles(3)
	other := list[2]
	other.Article.Text = "another text"
	odd := queue.Article{Name: "odd\x00name", Article: article.Article{ID: "o\x00dd", Text: "a\x00text"}}
	for i, step := range []struct {
		put  []queue.Article
		want []bool
	}{
		{nil, []bool{}},
		{list[:2], []bool{true, true}},
		{[]queue.Article{list[0], list[2], list[2], other}, []bool{false, true, false, true}},
		{[]queue.Article{odd}, []bool{true}},
	} {
		if got := put(t, q, step.put...); !slices.Equal(got, step.want) {
			t.Errorf("step %d: fresh are %v, want %v", i, got, step.want)
		}
	}
	if c := counts(t, q); c != (queue.Counts{Waiting: 5}) {
		t.Errorf("%+v, want 5 that wait", c)
	}
}

func TestWork(t *testing.T) {
	_, q, k := open(t)
	list, ids := articles(100)
	list[7].Article.ID, ids[7] = "odd", "odd"
	list[7].Article.Text = "a\x00text"
	list[8].State = "12@34"
	put(t, q, list...)
	bad := queue.Article{Name: "bad.txt", Article: article.Article{ID: "bad", Text: "unreadable"}}
	put(t, q, bad)
	w := run(t, q, k)
	slices.Sort(ids)
	if got := k.ids(t); !slices.Equal(got, ids) {
		t.Errorf("kept are %v", got)
	}
	d := w.Done()
	if d.Added.Load() != 100 || d.Failed.Load() != 1 || d.Known.Load()+d.Changed.Load()+d.Delayed.Load() != 0 {
		t.Errorf("added %d, known %d, failed %d", d.Added.Load(), d.Known.Load(), d.Failed.Load())
	}
	var state string
	if err := k.pool.QueryRow(t.Context(), `SELECT state FROM marks WHERE origin = $1`, list[8].Origin).Scan(&state); err != nil || state != "12@34 a008" {
		t.Errorf("the state of the input is %q, %v", state, err)
	}

	// What failed is listed, and not put in or tried again until somebody says so.
	if f := failed(t, q); len(f) != 1 || f[0].Article != "bad" || f[0].Name != "bad.txt" || !strings.Contains(f[0].Reason, "nobody can read this") || f[0].Attempts != 1 {
		t.Errorf("failed are %+v", f)
	}
	if fresh := put(t, q, bad, list[0]); fresh[0] || !fresh[1] {
		t.Errorf("fresh are %v", fresh)
	}
	w = run(t, q, k)
	if d := w.Done(); d.Added.Load() != 0 || d.Known.Load() != 1 || d.Failed.Load() != 0 {
		t.Errorf("then added %d, known %d, failed %d", d.Added.Load(), d.Known.Load(), d.Failed.Load())
	}
	if n, err := q.Retry(t.Context(), failed(t, q)[0].Number); n != 1 || err != nil {
		t.Errorf("retry: %d, %v", n, err)
	}
	if c := counts(t, q); c.Waiting != 1 || c.Failed != 0 {
		t.Errorf("after retry: %+v", c)
	}
	if w := run(t, q, k); w.Done().Failed.Load() != 1 {
		t.Errorf("it did not fail again")
	}
	if n, err := q.Drop(t.Context()); n != 1 || err != nil {
		t.Errorf("drop: %d, %v", n, err)
	}
	if c := counts(t, q); c != (queue.Counts{}) {
		t.Errorf("at the end: %+v", c)
	}
}

// TestStoreFails checks what becomes of articles that the store does not take:
// for a while, whatever it is given; for a while, for their own sake; or at all.
func TestStoreFails(t *testing.T) {
	_, q, k := open(t)
	list, ids := articles(40)
	put(t, q, list...)
	busy, timeouts := true, 0
	k.fail = func(it store.Item) error {
		switch {
		case it.Article.ID == "a005":
			return errors.New("adding wire#a005: it is odd")
		case it.Article.ID == "a010" && busy:
			busy = false
			return store.ErrBusy
		case it.Article.ID == "a015" && timeouts < 2:
			timeouts++
			return &pgconn.PgError{Code: "57014", Message: "statement timeout"}
		}
		return nil
	}
	w := run(t, q, k)
	if got, want := k.ids(t), slices.Delete(ids, 5, 6); !slices.Equal(got, want) {
		t.Errorf("kept are %v", got)
	}
	if f := failed(t, q); len(f) != 1 || f[0].Article != "a005" || f[0].String() != "wire.jsonl:a005: the store does not take it: it is odd" {
		t.Errorf("failed are %+v", f)
	}
	if w.Done().Delayed.Load() == 0 || busy {
		t.Error("none was tried again")
	}
}

// TestStoreFull checks that a store that takes nothing costs the articles
// nothing: a worker that is to stop gives up after a while, and another goes on.
func TestStoreFull(t *testing.T) {
	_, q, k := open(t)
	list, ids := articles(40)
	put(t, q, list...)
	k.fail = func(store.Item) error { return store.ErrFull }
	said := 0
	w := &queue.Worker{Queue: q, Store: k, Jobs: 2, Read: reader, UntilEmpty: true, Note: func(name string, err error) {
		if said++; name != "" || !errors.Is(err, store.ErrFull) {
			t.Errorf("%s: %v", name, err)
		}
	}}
	w.SetPause(time.Millisecond)
	if err := w.Run(t.Context()); !errors.Is(err, store.ErrFull) || said == 0 {
		t.Errorf("%v after %d words", err, said)
	}
	if c := counts(t, q); c != (queue.Counts{Waiting: 40}) {
		t.Errorf("then there are %+v", c)
	}
	k.fail = nil
	if w := run(t, q, k); w.Done().Delayed.Load() != 0 {
		t.Error("it counted as attempts")
	}
	if got := k.ids(t); !slices.Equal(got, ids) {
		t.Errorf("kept are %v", got)
	}
}

// TestVersions checks that the version put in last becomes the newest.
func TestVersions(t *testing.T) {
	_, q, k := open(t)
	var want [][]byte
	for i := range 6 {
		text := fmt.Sprint("version ", i)
		sum := sha256.Sum256([]byte(text))
		want = append(want, sum[:])
		put(t, q, queue.Article{Article: article.Article{ID: "a", Text: text}})
	}
	run(t, q, k)
	rows, err := k.pool.Query(t.Context(), `SELECT hash FROM kept ORDER BY num`)
	if err != nil {
		t.Fatal(err)
	}
	got, err := pgx.CollectRows(rows, pgx.RowTo[[]byte])
	if err != nil {
		t.Fatal(err)
	}
	if !slices.EqualFunc(got, want, slices.Equal) {
		t.Errorf("%d versions, not in the order in which they were put in", len(got))
	}
}

// TestStop ends a worker in the middle, another goes on.
func TestStop(t *testing.T) {
	_, q, k := open(t)
	list, ids := articles(100)
	put(t, q, list...)
	ctx, cancel := context.WithCancel(t.Context())
	k.fail = func(it store.Item) error { cancel(); return nil }
	w := &queue.Worker{Queue: q, Store: k, Jobs: 2, Read: reader, Note: func(name string, err error) { t.Errorf("%s: %v", name, err) }}
	if err := w.Run(ctx); err != nil {
		t.Fatal(err)
	}
	n := int(w.Done().Added.Load())
	if n == 0 || n == len(list) || n != len(k.ids(t)) {
		t.Fatalf("%d were added and %d are kept", n, len(k.ids(t)))
	}
	if c := counts(t, q); c != (queue.Counts{Waiting: len(list) - n}) {
		t.Errorf("%+v with %d kept", c, n)
	}
	run(t, q, k)
	if got := k.ids(t); !slices.Equal(got, ids) {
		t.Errorf("kept are %v", got)
	}
}

// TestDatabaseAway ends a worker's connections in the middle. It goes on.
func TestDatabaseAway(t *testing.T) {
	if testing.Short() {
		t.Skip("a worker takes five seconds to notice")
	}
	_, q, k := open(t)
	list, ids := articles(60)
	put(t, q, list[:30]...)
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	lost := make(chan bool, 1)
	w := &queue.Worker{Queue: q, Store: k, Jobs: 1, Read: reader, Note: func(name string, err error) {
		select {
		case lost <- true:
		default:
		}
	}}
	ended := make(chan error)
	go func() { ended <- w.Run(ctx) }()
	until := func(n int) {
		t.Helper()
		for len(k.ids(t)) < n {
			if ctx.Err() != nil {
				t.Fatalf("%d of %d articles after a minute", len(k.ids(t)), n)
			}
			time.Sleep(20 * time.Millisecond)
		}
	}
	until(30)
	if _, err := k.pool.Exec(ctx, `SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND objsubid = 2`); err != nil {
		t.Fatal(err)
	}
	<-lost
	put(t, q, list[30:]...)
	until(60)
	cancel()
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if got := k.ids(t); !slices.Equal(got, ids) {
		t.Errorf("kept are %v", got)
	}
}

// process is a worker in a process of its own.
type process struct {
	*exec.Cmd
	ended chan struct{}
}

// start starts a worker process and returns when it works.
func start(t *testing.T, address string) *process {
	t.Helper()
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	p := &process{exec.Command(program), make(chan struct{})}
	p.Env = append(os.Environ(), worker+"="+address)
	p.Stderr = os.Stderr
	out, err := p.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { p.Process.Kill(); <-p.ended })
	said := bufio.NewReader(out)
	line, err := said.ReadString('\n')
	if err != nil || line != "working\n" {
		t.Fatalf("a worker said %q, %v", line, err)
	}
	go func() {
		io.Copy(io.Discard, said)
		p.Wait()
		close(p.ended)
	}()
	return p
}

// TestKilled kills worker after worker. Nothing is lost, and nothing is kept twice.
func TestKilled(t *testing.T) {
	address, q, k := open(t)
	list, ids := articles(300)
	put(t, q, list...)
	kills := 0
	for ; kills < 8; kills++ {
		a, b := start(t, address), start(t, address)
		time.Sleep(time.Duration(20+40*kills) * time.Millisecond)
		for _, p := range []*process{a, b} {
			p.Process.Kill()
			<-p.ended
		}
	}
	left := counts(t, q)
	if left.Waiting+left.Running == 0 {
		t.Log("all was read before the last was killed")
	}
	q.SetPause(10 * time.Millisecond)
	run(t, q, k)
	if got := k.ids(t); !slices.Equal(got, ids) {
		t.Errorf("%d articles are kept, %d of them different, want %d", len(got), len(slices.Compact(got)), len(ids))
	}
	if f := failed(t, q); len(f) > 0 {
		t.Errorf("failed are %+v", f)
	}
}

// TestPoison has an article end each process that reads it. It is given up
// after a few, and the others are read.
func TestPoison(t *testing.T) {
	address, q, k := open(t)
	list, ids := articles(60)
	list[20].Article.Text = "poison"
	put(t, q, list...)
	ends := 0
	for ; counts(t, q).Waiting+counts(t, q).Running > 0; ends++ {
		if ends > queue.MaxDeaths {
			t.Fatalf("%d workers ended, and there is still %+v", ends, counts(t, q))
		}
		<-start(t, address).ended
	}
	if got, want := k.ids(t), slices.Delete(ids, 20, 21); !slices.Equal(got, want) {
		t.Errorf("kept are %v", got)
	}
	if f := failed(t, q); len(f) != 1 || f[0].Article != "a020" || f[0].Attempts != queue.MaxDeaths || !strings.Contains(f[0].Reason, "killed or crashed") {
		t.Errorf("failed are %+v", f)
	}
}

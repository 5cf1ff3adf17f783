package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"hearsay/store/postgres/pgtest"
)

// weeks is article JSONL of the week of the market bombing in the examples, as
// it went in several cities of other names, months apart.
func weeks(t *testing.T, n int) (file string, articles int) {
	t.Helper()
	week, err := os.ReadFile("../../examples/market-bombing.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	cities := []string{"Ostravel", "Quillmere", "Dornhaven", "Tarnwick", "Velisk", "Marrowgate"}
	var out strings.Builder
	for i := range n {
		for line := range strings.Lines(string(week)) {
			var a map[string]any
			if err := json.Unmarshal([]byte(line), &a); err != nil {
				t.Fatal(err)
			}
			for k, v := range a {
				if s, ok := v.(string); ok {
					s = strings.NewReplacer("Ostravel", cities[i], "OSTRAVEL", strings.ToUpper(cities[i])).Replace(s)
					a[k] = strings.NewReplacer("May", time.Month(i+5).String(), "2026-05", fmt.Sprintf("2026-%02d", i+5)).Replace(s)
				}
			}
			a["id"] = fmt.Sprint(a["id"], "-", cities[i])
			line, err := json.Marshal(a)
			if err != nil {
				t.Fatal(err)
			}
			out.Write(append(line, '\n'))
			articles++
		}
	}
	return writeFile(t, "weeks.jsonl", out.String()), articles
}

// hearsay runs the program, and returns what it prints.
func hearsay(t *testing.T, args ...string) string {
	t.Helper()
	program := exec.Command("hearsay", args...)
	var said bytes.Buffer
	program.Stderr = &said
	out, err := program.Output()
	if err != nil {
		t.Fatalf("hearsay %s: %v\n%s", strings.Join(args, " "), err, said.String())
	}
	return string(out)
}

// contents are all that can be asked of a store, in an order that does not
// depend on which article came first.
func contents(t *testing.T, db string) map[string]string {
	t.Helper()
	all := make(map[string]string)
	for _, what := range []string{"claims", "speakers", "copies", "incidents"} {
		lines := slices.Collect(strings.Lines(hearsay(t, what, "--db", db, "--format", "jsonl")))
		slices.Sort(lines)
		all[what] = strings.Join(lines, "")
	}
	var stats map[string]int
	if err := json.Unmarshal([]byte(hearsay(t, "stats", "--db", db, "--json")), &stats); err != nil {
		t.Fatal(err)
	}
	for _, own := range []string{"bytes", "schema"} { // of one home, not of what is in it
		delete(stats, own)
	}
	all["stats"] = fmt.Sprint(stats)
	hearsay(t, "verify", "--db", db)
	return all
}

// same reports where what two stores hold is not the same.
func same(t *testing.T, got, want map[string]string) {
	t.Helper()
	for what := range want {
		if want[what] == "" {
			t.Errorf("there are no %s: this shows nothing", what)
		}
		if got[what] == want[what] {
			continue
		}
		a, b := strings.Split(got[what], "\n"), strings.Split(want[what], "\n")
		for i := range min(len(a), len(b)) {
			if a[i] != b[i] {
				t.Errorf("%s: %d lines instead of %d, the first that differs is\n%.600s\ninstead of\n%.600s", what, len(a)-1, len(b)-1, a[i], b[i])
				break
			}
		}
	}
}

// startWorker starts a worker process.
func startWorker(t *testing.T, db string, out io.Writer, more ...string) *exec.Cmd {
	t.Helper()
	program := exec.Command("hearsay", append([]string{"work", "--db", db, "--jobs", "1"}, more...)...)
	program.Stdout, program.Stderr = out, os.Stderr
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { program.Process.Kill() }) // no harm if it has ended
	return program
}

// waitingIn is how many articles are in the queue and not yet read.
func waitingIn(t *testing.T, db string) int {
	t.Helper()
	var c struct{ Waiting, Running, Failed int }
	if err := json.Unmarshal([]byte(hearsay(t, "queue", "--db", db, "--json")), &c); err != nil {
		t.Fatal(err)
	}
	if c.Failed > 0 {
		t.Fatalf("%d articles failed", c.Failed)
	}
	return c.Waiting + c.Running
}

// until waits for something to become true.
func until(t *testing.T, met func() bool) {
	t.Helper()
	for deadline := time.Now().Add(2 * time.Minute); !met(); time.Sleep(50 * time.Millisecond) {
		if time.Now().After(deadline) {
			t.Fatal("that took more than two minutes")
		}
	}
}

// TestWorkers has four processes read what is in the queue, and wants what one
// process makes of it in a file.
func TestWorkers(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the program many times")
	}
	db := pgtest.Database(t)
	file, articles := weeks(t, 6)
	alone := filepath.Join(t.TempDir(), "alone.db")
	hearsay(t, "add", "-q", "--db", alone, file)
	want := contents(t, alone)

	var workers []*exec.Cmd
	var printed [4]bytes.Buffer
	for i := range printed {
		workers = append(workers, startWorker(t, db, &printed[i]))
	}
	until(t, func() bool { return strings.HasSuffix(hearsay(t, "queue", "--db", db), "workers: 4\n") })
	if out := hearsay(t, "add", "--queue", "--db", db, file); out != fmt.Sprintf("%d queued, 0 in the queue already, 0 known already, 0 refused\n", articles) {
		t.Errorf("add --queue: %s", out)
	}
	until(t, func() bool { return waitingIn(t, db) == 0 })
	for _, w := range workers {
		w.Process.Signal(syscall.SIGTERM) // no harm if it has ended
	}
	added := 0
	for i, w := range workers {
		w.Wait() // its error is its status: it was stopped
		var n int
		if _, err := fmt.Sscanf(printed[i].String(), "%d added, 0 changed, 0 known already, 0 failed\n", &n); err != nil {
			t.Errorf("worker %d printed %q: %v", i, printed[i].String(), err)
		}
		t.Logf("worker %d read %d articles", i, n)
		added += n
	}
	if added != articles {
		t.Errorf("together they added %d articles, want %d", added, articles)
	}
	same(t, contents(t, db), want)
	if out := hearsay(t, "queue", "--db", db); out != "0 waiting, 0 in hand, 0 failed; workers: 0\n" {
		t.Errorf("queue: %s", out)
	}
	if out := hearsay(t, "add", "--queue", "--db", db, file); out != fmt.Sprintf("0 queued, 0 in the queue already, %d known already, 0 refused\n", articles) {
		t.Errorf("add --queue when all was read: %s", out)
	}
}

// TestWorkersKilled kills workers in the middle, again and again. Nothing is
// lost, nothing is there twice.
func TestWorkersKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the program many times")
	}
	db := pgtest.Database(t)
	file, articles := weeks(t, 6)
	alone := filepath.Join(t.TempDir(), "alone.db")
	hearsay(t, "add", "-q", "--db", alone, file)

	hearsay(t, "add", "-q", "--queue", "--db", db, file)
	chance := rand.New(rand.NewPCG(1, 2))
	halfway := false
	for range 5 {
		a, b := startWorker(t, db, nil), startWorker(t, db, nil)
		for _, w := range []*exec.Cmd{a, b} {
			time.Sleep(time.Duration(250+chance.IntN(500)) * time.Millisecond)
			w.Process.Kill()
			w.Wait() // it was killed: an error without interest
		}
		left := waitingIn(t, db)
		halfway = halfway || left > 0 && left < articles
	}
	if !halfway {
		t.Log("on this machine nothing was read, or everything, before a worker was killed: this shows little")
	}
	if err := startWorker(t, db, nil, "--until-empty").Wait(); err != nil {
		t.Errorf("the last worker: %v", err)
	}
	same(t, contents(t, db), contents(t, alone))
}

// TestWorkerStops checks that a worker that is told to stop finishes what it
// reads, leaves the rest to others, and says so by its status.
func TestWorkerStops(t *testing.T) {
	db := pgtest.Database(t)
	file, articles := weeks(t, 6)
	hearsay(t, "add", "-q", "--queue", "--db", db, file)
	w := exec.Command("hearsay", "work", "--db", db, "--jobs", "1")
	var out, said bytes.Buffer
	w.Stdout, w.Stderr = &out, &said
	if err := w.Start(); err != nil {
		t.Fatal(err)
	}
	defer time.AfterFunc(time.Minute, func() { w.Process.Kill() }).Stop()
	until(t, func() bool { return waitingIn(t, db) < articles })
	if err := w.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	w.Wait() // its error is its status
	if code := w.ProcessState.ExitCode(); code != exitInterrupted {
		t.Errorf("exit status %d, want %d", code, exitInterrupted)
	}
	var added int
	if _, err := fmt.Sscanf(out.String(), "%d added, 0 changed, 0 known already, 0 failed\n", &added); err != nil || added == 0 {
		t.Errorf("it printed %q: %v", out.String(), err)
	}
	if !strings.Contains(said.String(), "finishing the articles in hand") {
		t.Errorf("it said %q", said.String())
	}
	if got, want := hearsay(t, "queue", "--db", db), fmt.Sprintf("%d waiting, 0 in hand, 0 failed; workers: 0\n", articles-added); got != want {
		t.Errorf("then the queue is %q, want %q", got, want)
	}
}

// TestQueueLists checks what is said of articles that failed, and what can be
// done with them.
func TestQueueLists(t *testing.T) {
	db := pgtest.Database(t)
	file := writeFile(t, "wire.jsonl", wire(3))
	hearsay(t, "add", "-q", "--queue", "--db", db, file)
	c, err := pgx.Connect(t.Context(), db)
	if err != nil {
		t.Fatal(err)
	}
	defer c.Close(t.Context())
	if _, err := c.Exec(t.Context(), `UPDATE hearsay_queue.river_job SET state = 'cancelled', finalized_at = now(), attempt = 1,
		errors = ARRAY[jsonb_build_object('error', E'it\x1b[31m is odd')] WHERE id <= 2`); err != nil {
		t.Fatal(err)
	}
	list := hearsay(t, "queue", "--db", db)
	if want := "1 waiting, 0 in hand, 2 failed; workers: 0\n     1  " + file + ":1: it\\x1b[31m is odd\n     2  " + file + ":2: it\\x1b[31m is odd\n"; list != want {
		t.Errorf("the list is %q, want %q", list, want)
	}
	if out := hearsay(t, "add", "--queue", "--db", db, file); out != "0 queued, 3 in the queue already, 0 known already, 0 refused\n" {
		t.Errorf("add --queue again: %s", out)
	}
	for _, step := range []struct {
		args []string
		want string
	}{
		{[]string{"--json"}, `"failures":[{"number":1,"article":"w0",`},
		{[]string{"--retry", "1"}, "1 to be tried again\n"},
		{[]string{"--drop"}, "1 dropped\n"},
		{nil, "2 waiting, 0 in hand, 0 failed; workers: 0\n"},
		{[]string{"--retry", "--json"}, `{"changed":0}` + "\n"},
	} {
		if got := hearsay(t, append([]string{"queue", "--db", db}, step.args...)...); !strings.Contains(got, step.want) {
			t.Errorf("queue %v: %q, want %q", step.args, got, step.want)
		}
	}
	if out, err := exec.Command("hearsay", "queue", "--db", db, "--retry", "17").CombinedOutput(); err == nil || !strings.Contains(string(out), "1 of the 1 numbers are of no article that failed") {
		t.Errorf("of a number that there is not: %v, %s", err, out)
	}
	if n := waitingIn(t, db); n != 2 {
		t.Errorf("%d wait", n)
	}
	if out := hearsay(t, "work", "--until-empty", "--json", "--db", db); !strings.HasPrefix(out, `{"added":2,"changed":0,"known":0,"failed":0,`) {
		t.Errorf("work --json: %s", out)
	}
}

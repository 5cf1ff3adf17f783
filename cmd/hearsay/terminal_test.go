//go:build unix

package main

import (
	"bufio"
	"bytes"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/creack/pty"

	"hearsay/store"
	"hearsay/store/sqlite"
)

// onTerminal runs the program with the streams that connect chooses on a
// terminal of 60 columns, and returns what appeared there.
func onTerminal(t *testing.T, connect func(program *exec.Cmd, terminal *os.File), env []string, args ...string) (screen string, exit int) {
	t.Helper()
	ours, theirs, err := pty.Open()
	if err != nil {
		t.Skip("no terminal can be opened here:", err)
	}
	defer ours.Close()
	if err := pty.Setsize(ours, &pty.Winsize{Rows: 24, Cols: 60}); err != nil {
		t.Fatal(err)
	}
	program := exec.Command("hearsay", args...)
	program.Env = append(os.Environ(), append([]string{"TERM=xterm", "NO_COLOR=", "CLICOLOR_FORCE="}, env...)...)
	connect(program, theirs)
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	theirs.Close()
	shown, _ := io.ReadAll(ours) // ends in an error when the program closes its side
	err = program.Wait()
	var failed *exec.ExitError
	if err != nil && !errors.As(err, &failed) {
		t.Fatal(err)
	}
	return strings.ReplaceAll(string(shown), "\r\n", "\n"), program.ProcessState.ExitCode()
}

func stdout(program *exec.Cmd, terminal *os.File) { program.Stdout = terminal }

const mill = "The mill at Oster Fell will close in May, its owner Una Brask said on Monday in a letter to all those who work there."

func writeFile(t *testing.T, name, text string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestColourOnATerminal(t *testing.T) {
	file := writeFile(t, "mill.txt", mill)
	for _, tc := range []struct {
		name   string
		env    []string
		colour bool
	}{
		{"by default", nil, true},
		{"NO_COLOR", []string{"NO_COLOR=1"}, false},
		{"NO_COLOR before CLICOLOR_FORCE", []string{"NO_COLOR=1", "CLICOLOR_FORCE=1"}, false},
		{"a terminal without colours", []string{"TERM=dumb"}, false},
	} {
		t.Run(tc.name, func(t *testing.T) {
			screen, exit := onTerminal(t, stdout, tc.env, "read", file)
			if exit != 0 || !strings.Contains(screen, "Una Brask") {
				t.Fatalf("status %d and\n%s", exit, screen)
			}
			if got := strings.Contains(screen, "\x1b["); got != tc.colour {
				t.Errorf("colour is %t, want %t:\n%q", got, tc.colour, screen)
			}
		})
	}
}

func TestTextFitsTheTerminal(t *testing.T) {
	file := writeFile(t, "mill.txt", strings.Repeat(mill+"\n\n", 5))
	screen, exit := onTerminal(t, stdout, []string{"NO_COLOR=1"}, "read", file)
	if exit != 0 {
		t.Fatalf("status %d", exit)
	}
	for line := range strings.Lines(screen) {
		if n := len([]rune(strings.TrimRight(line, "\n"))); n > 60 {
			t.Errorf("%d columns on a terminal of 60: %q", n, line)
		}
	}
}

func TestStandardInputThatIsATerminalIsNotWaitedFor(t *testing.T) {
	screen, exit := onTerminal(t, func(program *exec.Cmd, terminal *os.File) {
		program.Stdin, program.Stderr = terminal, terminal
	}, nil, "read")
	if exit != 2 || !strings.Contains(screen, "read needs a file") {
		t.Errorf("status %d and %q, want 2 and what is needed", exit, screen)
	}
}

func TestProgressOnATerminal(t *testing.T) {
	articles := writeFile(t, "articles.jsonl", strings.Repeat(`{"text":"It will rain, she said."}`+"\n", 50)+"{\n")
	stderr := func(program *exec.Cmd, terminal *os.File) { program.Stderr = terminal }
	screen, exit := onTerminal(t, stderr, nil, "read", "--format", "jsonl", "--articles", articles)
	if exit != 1 || !strings.Contains(screen, "articles.jsonl:51: ") {
		t.Errorf("status %d and %q, want 1 and the line that failed", exit, screen)
	}
	screen, _ = onTerminal(t, stderr, nil, "read", "--quiet", "--format", "jsonl", "--articles", articles)
	if strings.Contains(screen, "\x1b") || strings.Count(screen, "\n") != 1 {
		t.Errorf("with --quiet the terminal shows %q, want only the line that failed", screen)
	}
}

func TestExportOnATerminal(t *testing.T) {
	ledgers := writeFile(t, "ledgers.jsonl", strings.Repeat(`{"hearsay":1,"document":{"text":"Rain."},"sentences":[],"claims":[]}`+"\n", 3000))
	stderr := func(program *exec.Cmd, terminal *os.File) { program.Stderr = terminal }
	args := []string{"export", "--format", "html", "--from", ledgers, "--output", filepath.Join(t.TempDir(), "page.html")}
	screen, exit := onTerminal(t, stderr, nil, args...)
	if exit != 0 || !strings.Contains(screen, " written") {
		t.Errorf("status %d and %q", exit, screen)
	}
	if screen, _ = onTerminal(t, stderr, nil, append(args, "--quiet")...); screen != "" {
		t.Errorf("with --quiet the terminal shows %q", screen)
	}
}

func TestAddOnATerminal(t *testing.T) {
	articles := writeFile(t, "articles.jsonl", strings.Repeat(`{"text":"It will rain, she said."}`+"\n", 50)+"{\n")
	stderr := func(program *exec.Cmd, terminal *os.File) { program.Stderr = terminal }
	db := filepath.Join(t.TempDir(), "store.db")
	screen, exit := onTerminal(t, stderr, nil, "add", "--db", db, articles)
	if exit != 1 || !strings.Contains(screen, "articles.jsonl:51: ") || !strings.Contains(screen, " read") || !strings.Contains(screen, "\x1b") {
		t.Errorf("status %d and %q, want 1, the line that failed and a bar", exit, screen)
	}
	screen, _ = onTerminal(t, stderr, nil, "add", "--db", db, "--quiet", articles)
	if strings.Contains(screen, "\x1b") || strings.Count(screen, "\n") != 1 {
		t.Errorf("with --quiet the terminal shows %q, want only the line that failed", screen)
	}
}

// TestAddInterrupted checks that Ctrl-C ends adding while standard input is
// waited for, that what was read is kept, and that it says how to go on.
func TestAddInterrupted(t *testing.T) {
	db := filepath.Join(t.TempDir(), "store.db")
	program := exec.Command("hearsay", "add", "--db", db, "-")
	in, err := program.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	var out, said bytes.Buffer
	program.Stdout, program.Stderr = &out, &said
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	defer time.AfterFunc(time.Minute, func() { program.Process.Kill() }).Stop()
	// More than the walk reads at once to tell what the input is: when all of it
	// was taken, the first articles are in hand.
	if _, err := io.WriteString(in, strings.Repeat(`{"id":"a","text":"It will rain, she said."}`+"\n", 5000)); err != nil {
		t.Fatal(err)
	}
	if err := program.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	program.Wait()
	if code := program.ProcessState.ExitCode(); code != 130 {
		t.Errorf("exit status %d, want 130", code)
	}
	if !strings.HasPrefix(out.String(), "1 added") || !strings.Contains(said.String(), "to go on") {
		t.Errorf("it printed %q and said %q", out.String(), said.String())
	}
}

// TestAddKilled kills adding a hundred times, at any moment from the making of
// the store on, and checks that the store is whole each time and that in the end
// every article is in it once. It begins anew every ten times: checking takes as
// long as the store is full, and in an empty one more happens.
func TestAddKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the program many times")
	}
	const articles, stores, kills = 120, 10, 10
	lines := strings.ReplaceAll(wire(articles), "said.", "said."+strings.Repeat(" "+mill, 3))
	file := writeFile(t, "wire.jsonl", lines)
	chance := rand.New(rand.NewPCG(1, 2))
	halfway := 0
	for range stores {
		db, kept := filepath.Join(t.TempDir(), "store.db"), 0
		for range kills {
			program := exec.Command("hearsay", "add", "--quiet", "--db", db, file)
			if err := program.Start(); err != nil {
				t.Fatal(err)
			}
			time.Sleep(time.Duration(10+chance.IntN(120)) * time.Millisecond)
			program.Process.Kill()
			program.Wait()
			s, err := sqlite.Open(t.Context(), db, sqlite.Options{})
			if err != nil {
				t.Fatal(err)
			}
			stats, err := s.Stats(t.Context())
			if err := errors.Join(err, s.Verify(t.Context()), s.Close()); err != nil {
				t.Fatal(err)
			}
			if stats.Articles < kept {
				t.Fatalf("after %d articles there are %d", kept, stats.Articles)
			}
			kept = stats.Articles
		}
		if kept > 0 && kept < articles {
			halfway++
		}
		out, err := exec.Command("hearsay", "add", "--json", "--db", db, file).Output()
		if err != nil {
			t.Fatal(err)
		}
		var n counts
		if err := json.Unmarshal(out, &n); err != nil || n.Known != kept || n.Added != articles-kept || n.Changed != 0 {
			t.Errorf("%d articles were kept; then %s", kept, out)
		}
	}
	if halfway == 0 {
		t.Log("on this machine nothing was kept, or everything, before it was killed: this shows little")
	}
}

// TestWatchKilled kills watching at any moment, again and again, and checks that
// in the end each article is in the store, and each claim that matches a search
// was posted: maybe more than once, and then under the same id.
func TestWatchKilled(t *testing.T) {
	if testing.Short() {
		t.Skip("runs the program many times")
	}
	const items, kills = 40, 20
	var mu sync.Mutex
	posted := make(map[string]string) // contents of claims, by the ids of deliveries
	var feed strings.Builder
	feed.WriteString(`<rss version="2.0"><channel><title>Karsk Courier</title>`)
	for i := range items {
		fmt.Fprintf(&feed, `<item><guid isPermaLink="false">k%d</guid><description>Mill %d will be closed, Una Brask said.</description></item>`, i, i)
	}
	feed.WriteString(`</channel></rss>`)
	site := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch r.URL.Path {
		case "/feed":
			io.WriteString(w, feed.String())
		case "/hook":
			var body struct {
				Data struct{ Claim struct{ Content string } }
			}
			if err := json.NewDecoder(r.Body).Decode(&body); err != nil {
				return // killed while it posted
			}
			mu.Lock()
			defer mu.Unlock()
			id := r.Header.Get("webhook-id")
			if before, ok := posted[id]; ok && before != body.Data.Claim.Content {
				t.Errorf("%s was %q and is %q", id, before, body.Data.Claim.Content)
			}
			posted[id] = body.Data.Claim.Content
		default:
			http.NotFound(w, r)
		}
	}))
	defer site.Close()
	db := filepath.Join(t.TempDir(), "store.db")
	if out, err := exec.Command("hearsay", "claims", "--db", db, "--save", "mills", "--speaker", "Brask").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	watch := func() *exec.Cmd {
		program := exec.Command("hearsay", "watch", "--db", db, "--once", "--now", "--quiet", "--allow-private", "--delay", "0", "--webhook", site.URL+"/hook", site.URL+"/feed")
		program.Env = append(os.Environ(), "HEARSAY_WEBHOOK_SECRET=MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
		return program
	}
	chance := rand.New(rand.NewPCG(1, 3))
	for range kills {
		program := watch()
		if err := program.Start(); err != nil {
			t.Fatal(err)
		}
		time.Sleep(time.Duration(20+chance.IntN(150)) * time.Millisecond)
		program.Process.Kill()
		program.Wait()
	}
	s, err := sqlite.Open(t.Context(), db, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	// What a killed process had in hand is kept for it for two minutes: let them have passed.
	raw, err := sql.Open("sqlite", db)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.Exec(`UPDATE alert_outbox SET next = 0`); err != nil {
		t.Fatal(err)
	}
	if out, err := watch().CombinedOutput(); err != nil || len(out) > 0 {
		t.Fatalf("%v: %s", err, out)
	}
	if err := s.Verify(t.Context()); err != nil {
		t.Error(err)
	}
	want := make(map[string]bool)
	for c, err := range s.Claims(t.Context(), "", store.Filter{Speaker: "Brask"}) {
		if err != nil {
			t.Fatal(err)
		}
		want[c.Content] = true
	}
	if len(want) < items {
		t.Errorf("%d claims are in the store, of %d articles", len(want), items)
	}
	mu.Lock()
	defer mu.Unlock()
	for _, content := range posted {
		delete(want, content)
	}
	if len(want) > 0 {
		t.Errorf("%d claims were not posted", len(want))
	}
	if hooks, err := s.Alerts().Hooks(t.Context()); err != nil || len(hooks) != 1 || hooks[0].Posted != len(posted) || hooks[0].Pending+hooks[0].Lost+hooks[0].News > 0 {
		t.Errorf("%d ids were posted: %+v, %v", len(posted), hooks, err)
	}
}

// TestWatchEnds checks that watching ends at a signal, and says so by its status.
func TestWatchEnds(t *testing.T) {
	site := httptest.NewServer(pages("../../examples"))
	defer site.Close()
	program := exec.Command("hearsay", "watch", "--db", filepath.Join(t.TempDir(), "store.db"), "--allow-private", "--delay", "0", site.URL+"/feed.xml")
	out, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	program.Stderr = &said
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	defer time.AfterFunc(time.Minute, func() { program.Process.Kill() }).Stop()
	lines := bufio.NewReader(out)
	for line := ""; !strings.Contains(line, "; next at 20"); { // it has polled the feed and waits
		if line, err = lines.ReadString('\n'); err != nil {
			t.Fatalf("%v; it said %q", err, said.String())
		}
	}
	if err := program.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	rest, _ := io.ReadAll(lines)
	program.Wait()
	if code := program.ProcessState.ExitCode(); code != 130 || len(rest) != 0 || said.Len() != 0 {
		t.Errorf("exit status %d, want 130; it printed %q and said %q", code, rest, said.String())
	}
}

// TestInterrupt checks that Ctrl-C ends a run in the middle of its input, with
// every line that was begun finished.
func TestInterrupt(t *testing.T) {
	program := exec.Command("hearsay", "read", "--format", "jsonl", "--articles", "-")
	in, err := program.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := program.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	var said bytes.Buffer
	program.Stderr = &said
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	defer time.AfterFunc(time.Minute, func() { program.Process.Kill() }).Stop()
	if _, err := io.WriteString(in, `{"id":"a","text":"It will rain, she said."}`+"\n"); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewReader(out)
	first, err := lines.ReadBytes('\n')
	if err != nil || !json.Valid(first) {
		t.Fatalf("the first line is %q (%v), want a ledger", first, err)
	}
	if err := program.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	rest, _ := io.ReadAll(lines)
	program.Wait()
	if code := program.ProcessState.ExitCode(); code != 130 {
		t.Errorf("exit status %d, want 130", code)
	}
	if len(rest) != 0 || said.Len() != 0 {
		t.Errorf("after the interrupt it printed %q and said %q, want nothing", rest, said.String())
	}
}

// TestBrokenPipe checks that a reader who leaves early, as head does, hears no complaint.
func TestBrokenPipe(t *testing.T) {
	articles := writeFile(t, "articles.jsonl", strings.Repeat(`{"text":"It will rain, she said."}`+"\n", 2000))
	read, write, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	program := exec.Command("hearsay", "read", "--format", "jsonl", "--articles", articles)
	program.Stdout = write
	var said bytes.Buffer
	program.Stderr = &said
	if err := program.Start(); err != nil {
		t.Fatal(err)
	}
	write.Close()
	if _, err := bufio.NewReader(read).ReadBytes('\n'); err != nil {
		t.Fatal(err)
	}
	read.Close()
	program.Wait()
	if said.Len() != 0 {
		t.Errorf("it said %q, want nothing", said.String())
	}
}

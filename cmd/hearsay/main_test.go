package main

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
	"github.com/santhosh-tekuri/jsonschema/v6"

	"hearsay/ledger"
	"hearsay/store/postgres/pgtest"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"hearsay": main})
}

// TestScripts runs the program as a person would: testdata holds one script a
// behaviour. In them $EXAMPLES is the folder of example articles, $SITE the
// address of a web server on this machine, and noise.bin a file that is no text.
func TestScripts(t *testing.T) {
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	site := httptest.NewServer(pages(examples))
	t.Cleanup(site.Close) // the scripts run in parallel, after this function
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Setenv("EXAMPLES", examples)
			env.Setenv("SITE", site.URL)
			noise := []byte{0, 1, 2, 3, 0xff, 0xfe, 0x80, 0, 0, 0x10, 0x0b, 0, 0, 7, 0}
			return os.WriteFile(filepath.Join(env.WorkDir, "noise.bin"), noise, 0o666)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"pack":     pack,
			"status":   status,
			"validate": validate,
			"fill":     fill,
			"capture":  capture,
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

// TestScriptsPostgreSQL runs the scripts of testdata/postgres. In them $DATABASE
// is the address of an empty database, $SITE that of a web server, and the command same compares what hearsay
// prints of the stores week.db and $DATABASE.
func TestScriptsPostgreSQL(t *testing.T) {
	examples, err := filepath.Abs("../../examples")
	if err != nil {
		t.Fatal(err)
	}
	pgtest.Database(t) // or there is none, and this test is skipped
	site := httptest.NewServer(pages(examples))
	t.Cleanup(site.Close) // the scripts run in parallel, after this function
	testscript.Run(t, testscript.Params{
		Dir: "testdata/postgres",
		Setup: func(env *testscript.Env) error {
			env.Setenv("EXAMPLES", examples)
			env.Setenv("DATABASE", pgtest.Database(t))
			env.Setenv("SITE", site.URL)
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"status":  status,
			"capture": capture,
			"same":    sameAnswer,
		},
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
	})
}

// sameAnswer runs hearsay with two stores and wants it to print the same: same claims --limit 0
func sameAnswer(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: same command [arg...]")
	}
	var printed []string
	for _, db := range []string{"week.db", ts.Getenv("DATABASE")} {
		ts.Check(ts.Exec("hearsay", append(slices.Clone(args), "--db", db)...))
		printed = append(printed, ts.ReadFile("stdout"))
	}
	if printed[0] != printed[1] || printed[0] == "" {
		ts.Fatalf("the store in a file: %s\nthe store in PostgreSQL: %s", printed[0], printed[1])
	}
}

// pages serves what the scripts ask for over HTTP.
func pages(examples string) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /arrests", func(w http.ResponseWriter, r *http.Request) {
		http.ServeFile(w, r, filepath.Join(examples, "harbour-arrests.html"))
	})
	mux.HandleFunc("GET /application", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.Write([]byte("<html><body><div id=app></div><script>start()</script></body></html>"))
	})
	mux.HandleFunc("GET /to-a-file", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Location", "file:///etc/hostname")
		w.WriteHeader(http.StatusFound)
	})
	mux.HandleFunc("GET /robots.txt", func(w http.ResponseWriter, r *http.Request) {
		io.WriteString(w, "User-agent: hearsay\nDisallow: /hidden\n")
	})
	mux.HandleFunc("POST /hook", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusNoContent) })
	mux.HandleFunc("POST /hook/gone", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusGone) })
	mux.HandleFunc("POST /hook/busy", func(w http.ResponseWriter, r *http.Request) { w.WriteHeader(http.StatusServiceUnavailable) })
	mux.HandleFunc("GET /feed.xml", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, harbourFeed) })
	mux.HandleFunc("GET /list.opml", func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, harbourList) })
	return mux
}

// harbourFeed is a feed of two items: of one it has a teaser and the page is at
// /arrests, of the other there is no page.
const harbourFeed = `<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour News</title>
<item><guid>1</guid><title>Arrests at the harbour</title><link>/arrests</link><pubDate>Fri, 22 Mar 2024 20:00:00 GMT</pubDate><description>Three men were held.</description></item>
<item><guid>2</guid><title>Gone</title><link>/nothing</link><description>It is gone.</description></item>
</channel></rss>`

// harbourList is a list of feeds that names the feed twice, and itself.
const harbourList = `<opml version="2.0"><body><outline text="News"><outline xmlUrl="/feed.xml"/></outline>
<outline xmlUrl="/feed.xml"/><outline type="include" url="/list.opml"/></body></opml>`

// pack packs files with gzip: pack file... makes file.gz of each
func pack(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: pack file...")
	}
	for _, name := range args {
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		_, err := w.Write([]byte(ts.ReadFile(name)))
		ts.Check(errors.Join(err, w.Close()))
		ts.Check(os.WriteFile(ts.MkAbs(name)+".gz", packed.Bytes(), 0o666))
	}
}

// status runs a command and wants its exit status: status 2 hearsay read --format xml
func status(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: status number command [arg...]")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	if err := ts.Exec(args[1], args[2:]...); err != nil {
		var exit *exec.ExitError
		if !errors.As(err, &exit) {
			ts.Fatalf("%v", err)
		}
		got = exit.ExitCode()
	}
	if got != want {
		ts.Fatalf("exit status %d, want %d", got, want)
	}
}

// capture sets a variable to what the brackets of an expression match first in
// the output of the last command: capture ID '^([0-9a-f]+)  attack'
func capture(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: capture variable expression")
	}
	re, err := regexp.Compile("(?m)" + args[1])
	ts.Check(err)
	found := re.FindStringSubmatch(ts.ReadFile("stdout"))
	if len(found) != 2 {
		ts.Fatalf("no match for %q with one pair of brackets", args[1])
	}
	ts.Setenv(args[0], found[1])
}

// validate holds each JSON value of a file against the schema of a ledger: validate stdout
func validate(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: validate file")
	}
	document, err := jsonschema.UnmarshalJSON(bytes.NewReader(ledger.Schema()))
	ts.Check(err)
	compiler := jsonschema.NewCompiler()
	ts.Check(compiler.AddResource("ledger.json", document))
	schema, err := compiler.Compile("ledger.json")
	ts.Check(err)

	values := json.NewDecoder(bytes.NewReader([]byte(ts.ReadFile(args[0]))))
	values.UseNumber()
	n := 0
	for ; values.More(); n++ {
		var v any
		ts.Check(values.Decode(&v))
		if err := schema.Validate(v); err != nil {
			ts.Fatalf("value %d of %s: %v", n+1, args[0], err)
		}
	}
	if n == 0 {
		ts.Fatalf("%s holds no JSON value", args[0])
	}
}

// TestVersionOfABuild checks the one command whose output a script cannot pin.
func TestVersionOfABuild(t *testing.T) {
	if _, err := os.Stat("../../.git"); err != nil {
		t.Skip("not a clone: there is no commit to name")
	}
	if testing.Short() {
		t.Skip("builds the program")
	}
	program := filepath.Join(t.TempDir(), "hearsay")
	build := exec.Command("go", "build", "-buildvcs=true", "-o", program, ".")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("%v\n%s", err, out)
	}
	commit, err := exec.Command("git", "rev-parse", "--short=12", "HEAD").Output()
	if err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command(program, "version").Output()
	if err != nil {
		t.Fatal(err)
	}
	if want := bytes.TrimSpace(commit); !bytes.Contains(out, want) {
		t.Errorf("version prints %q, want the commit %s in it", out, want)
	}
}

package api_test

import (
	"context"
	"encoding/json"
	"flag"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/reading"
	"hearsay/server"
	"hearsay/server/access"
	"hearsay/server/api"
	"hearsay/store"
	"hearsay/store/sqlite"
)

// desk is a server with the API of a store of its own.
type desk struct {
	t       testing.TB
	store   store.Store
	api     *api.API
	handler http.Handler
	as      access.Principal
}

var reader = sync.OnceValues(reading.New)
var hand sync.Mutex

func read(_ context.Context, _ string, a *article.Article, techniques float64) (*ledger.Ledger, error) {
	hand.Lock()
	defer hand.Unlock()
	r, err := reader()
	if err != nil {
		return nil, err
	}
	r.Techniques = techniques
	return r.Read(a)
}

// open returns a server of a new store with these articles.
func open(t testing.TB, articles ...article.Article) *desk {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "store.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	d := serve(t, s)
	for i := range articles {
		l, err := read(t.Context(), "", &articles[i], 0)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := s.Add(t.Context(), "test", &articles[i], l); err != nil {
			t.Fatal(err)
		}
	}
	return d
}

func serve(t testing.TB, s store.Store) *desk {
	t.Helper()
	d := &desk{t: t, store: s, as: server.Local()}
	a, err := api.New(api.Options{Store: s, Getter: &article.Getter{}, Forced: &article.Getter{Force: true}, Read: read, Lease: 200 * time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	d.api = a
	d.handler, err = server.New(server.Options{Routes: a.Routes(), Who: func(*http.Request) (access.Principal, error) { return d.as, nil }})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// ask sends a request; a body that is no string is sent as JSON.
func (d *desk) ask(method, path string, body any) *httptest.ResponseRecorder {
	d.t.Helper()
	var r io.Reader
	kind := "application/json"
	switch b := body.(type) {
	case nil:
	case string:
		r, kind = strings.NewReader(b), "text/plain"
		switch {
		case strings.HasSuffix(path, "/imports/articles"):
			kind = "application/x-ndjson"
		case strings.HasSuffix(path, "/imports/facts"):
			kind = "application/ld+json"
		}
	default:
		j, err := json.Marshal(b)
		if err != nil {
			d.t.Fatal(err)
		}
		r = strings.NewReader(string(j))
	}
	q := httptest.NewRequestWithContext(d.t.Context(), method, "http://localhost"+path, r)
	if r != nil {
		q.Header.Set("Content-Type", kind)
	}
	w := httptest.NewRecorder()
	d.handler.ServeHTTP(w, q)
	return w
}

// get gets what is to be there, as JSON.
func (d *desk) get(path string, into any) {
	d.t.Helper()
	w := d.ask("GET", path, nil)
	if w.Code != http.StatusOK {
		d.t.Fatalf("%s: %d %s", path, w.Code, w.Body)
	}
	if err := json.Unmarshal(w.Body.Bytes(), into); err != nil {
		d.t.Fatalf("%s: %v: %s", path, err, w.Body)
	}
}

var bakery = article.Article{ID: "a1", Published: "2031-05-06", Title: "Four killed as shells hit Zinder bakery",
	Text: "Shells hit a bakery in Zinder on Monday and killed four people, the town's mayor said. Mayor Adan Berro blamed the Karsh Front for the shelling."}

var bakery2 = map[string]any{"id": "b1", "text": "The bridge at Orlen has fallen, the harbour master said on Tuesday.", "published": "2031-05-06"}

func TestAnswers(t *testing.T) {
	d := open(t, bakery)
	text := map[string]any{"text": "The bridge has fallen, the harbour master said on Tuesday."}
	for _, test := range []struct {
		method, path string
		body         any
		want         int
		has          string // in the answer
	}{
		{"GET", "/articles", nil, 200, `"id":"a1","version":1`},
		{"GET", "/articles?published_since=2031-05-07", nil, 200, `{"items":[]}`},
		{"GET", "/articles/a1", nil, 200, `"versions":[{"version":1,`},
		{"GET", "/articles/none", nil, 404, `"status":404`},
		{"GET", "/articles/a1/ledger", nil, 200, `{"hearsay":1,"document":{"id":"a1"`},
		{"GET", "/articles/a1/ledger?version=2", nil, 404, `"status":404`},
		{"GET", "/claims", nil, 200, `"content":"Shells hit a bakery in Zinder on Monday and killed four people"`},
		{"GET", "/claims?certainty=denied", nil, 200, `{"items":[]}`},
		{"GET", "/claims?certainty=-1..3&country=ne", nil, 200, `"claim":"c1"`},
		{"GET", "/claims?certainty=3..1", nil, 400, "certainty"},
		{"GET", "/claims?speaker=", nil, 422, "query.speaker"},
		{"GET", "/claims?certainty=sure", nil, 422, "query.certainty"},
		{"GET", "/claims?limit=0", nil, 422, "query.limit"},
		{"GET", "/claims?limit=1e9", nil, 422, "query.limit"},
		{"GET", "/claims?cursor=AAAA", nil, 400, "cursor"},
		{"GET", "/claims?since=2031-05-07", nil, 422, "unknown query parameter"},
		{"GET", "/claims?speaker=%00", nil, 400, "speaker"},
		{"GET", "/claims?speaker=%ff", nil, 400, "speaker"},
		{"GET", "/claims?type=party", nil, 422, "query.type"},
		{"GET", "/search/claims?q=bakery", nil, 200, `"claim":"c1"`},
		{"GET", "/search/claims?q=%22", nil, 400, "query"},
		{"GET", "/search/claims", nil, 422, "query.q"},
		{"GET", "/search/articles?q=bakery&order=relevance", nil, 200, `"snippet"`},
		{"GET", "/speakers", nil, 200, `"speaker":"Adan Berro"`},
		{"GET", "/incidents", nil, 200, `"blamed_on":[{"name":"Karsh Front","by":"Adan Berro"`},
		{"GET", "/incidents?min_killed=5", nil, 200, `{"items":[]}`},
		{"GET", "/incidents/0000000000000001", nil, 404, `"status":404`},
		{"GET", "/copies", nil, 200, `{"items":[]}`},
		{"GET", "/diff?a=a1&b=a1", nil, 200, `"change":"reprinted"`},
		{"GET", "/diff?a=a1&b=b1", nil, 404, `"status":404`},
		{"GET", "/facts", nil, 200, `{"items":[]}`},
		{"POST", "/facts/match", text, 200, `{"matches":[]}`},
		{"PUT", "/searches/claims/shells?q=shells&country=NE", nil, 204, ""},
		{"PUT", "/searches/incidents/big?min_killed=50", nil, 204, ""},
		{"PUT", "/searches/claims/bad?q=%22", nil, 400, "query"},
		{"GET", "/searches", nil, 200, `{"search":"big","of":"incidents","filters":{"min-killed":"50"}`},
		{"DELETE", "/searches/big", nil, 204, ""},
		{"DELETE", "/searches/big", nil, 404, `"status":404`},
		{"GET", "/stats", nil, 200, `"articles":1`},
		{"POST", "/read", text, 200, `"text":"the harbour master"`},
		{"POST", "/read?format=html&rank=figures,accusations", text, 200, "<!doctype html>"},
		{"POST", "/read?format=csv&rank=all&techniques=none", text, 200, "harbour master"},
		{"POST", "/read?rank=all,figures", text, 400, "rank"},
		{"POST", "/read?techniques=2", text, 422, "query.techniques"},
		{"POST", "/read", map[string]any{"html": "<article><p>The bridge has fallen, the harbour master said on Tuesday.</p></article>"}, 200, "harbour master"},
		{"POST", "/read", map[string]any{}, 400, "Give a text"},
		{"POST", "/read", map[string]any{"text": " "}, 422, `"code":"empty"`},
		{"POST", "/read", map[string]any{"text": strings.Repeat("Der Bürgermeister sagte am Dienstag, die Brücke sei eingestürzt, und niemand wisse, warum. ", 4)}, 422, `"code":"language"`},
		{"POST", "/read", map[string]any{"url": "http://127.0.0.1:1/"}, 422, `"code":"refused_url"`},
		{"POST", "/read", map[string]any{"url": "file:///etc/passwd"}, 400, "http or https"},
		{"POST", "/read", map[string]any{"texts": 1}, 422, "body.texts"},
		{"POST", "/read", map[string]any{"text": strings.Repeat("The bridge fell. ", 30_000)}, 413, "400 KB"},
		{"POST", "/read", "The bridge", 415, "content type"},
		{"POST", "/read/file?published=2024-01-01", "The bridge has fallen, the harbour master said on Tuesday.", 200, `"published":"2024-01-01"`},
		{"POST", "/claims", nil, 405, "GET, HEAD"},
		{"GET", "/nothing", nil, 404, "openapi.json"},
		{"GET", "/exports/ftm", nil, 200, `"schema":"Article"`},
		{"GET", "/exports/csv?table=claims", nil, 200, "the town's mayor"},
		{"GET", "/exports/csv", nil, 400, "table"},
		{"GET", "/exports/geojson?country=SE", nil, 200, `"features"`},
		{"GET", "/exports/ftm?q=bakery", nil, 400, "incidents"},
		{"GET", "/exports/annotations?q=%22", nil, 400, "query"},
		{"GET", "/exports/jsonl?q=bakery", nil, 200, `{"hearsay":1`},
		{"GET", "/exports/docx", nil, 422, "path.format"},
		{"POST", "/articles", map[string]any{"articles": []any{bakery2, map[string]any{"id": "e", "text": " "}, bakery2}}, 200, `{"added":1,"changed":0,"known":1,"refused":1,"items":[{"number":1,"outcome":"added","id":"b1"},{"number":2,"outcome":"refused","code":"empty"`},
		{"POST", "/articles", map[string]any{"articles": []any{}}, 422, "body.articles"},
		{"POST", "/imports/articles", "\n\n", 400, "no line"},
		{"GET", "/jobs", nil, 200, `{"items":[]}`},
		{"GET", "/jobs/none", nil, 404, `"status":404`},
		{"DELETE", "/jobs/none", nil, 404, `"status":404`},
		{"GET", "/jobs/none/events", nil, 404, `"status":404`},
		{"DELETE", "/articles/a1", nil, 204, ""},
		{"DELETE", "/articles/a1", nil, 404, `"status":404`},
	} {
		w := d.ask(test.method, "/api/v1"+test.path, test.body)
		if w.Code != test.want || !strings.Contains(strings.ToLower(w.Body.String()), strings.ToLower(test.has)) {
			t.Errorf("%s %s: %d %.400s; want %d with %q", test.method, test.path, w.Code, w.Body, test.want, test.has)
		}
		if kind := w.Header().Get("Content-Type"); w.Code >= 400 && kind != "application/problem+json" {
			t.Errorf("%s %s: a problem as %s", test.method, test.path, kind)
		}
	}
}

func TestHostileBodies(t *testing.T) {
	d := open(t)
	for _, test := range []struct {
		name, body string
		announced  int64
		want       int
	}{
		{"nothing", "", 0, 400},
		{"no JSON", `{"text":`, 0, 400},
		{"deep", strings.Repeat("[", 100_000), 0, 400},
		{"deep and closed", `{"text":` + strings.Repeat("[", 9000) + strings.Repeat("]", 9000) + `}`, 0, 422},
		{"a huge number", `{"text":1e999999}`, 0, 400},
		{"a long number", `{"text":` + strings.Repeat("9", 100_000) + `}`, 0, 400},
		{"a name in capitals", `{"TEXT":"The bridge fell."}`, 0, 422},
		{"a gigabyte announced", `{}`, 1 << 30, 413},
		{"more than is taken, of no stated length", `{"text":"` + strings.Repeat("a", 5<<20) + `"}`, -1, 413},
		{"null", `null`, 0, 422},
		{"a list", `[]`, 0, 422},
	} {
		q := httptest.NewRequest("POST", "http://localhost/api/v1/read", strings.NewReader(test.body))
		q.Header.Set("Content-Type", "application/json")
		if test.announced != 0 {
			q.ContentLength = test.announced
		}
		w := httptest.NewRecorder()
		d.handler.ServeHTTP(w, q)
		if w.Code != test.want || w.Header().Get("Content-Type") != "application/problem+json" || w.Body.Len() > 5000 {
			t.Errorf("%s: %d, %d bytes: %.300s; want %d", test.name, w.Code, w.Body.Len(), w.Body, test.want)
		}
	}
}

// Each operation takes the scope that it names, and no other.
func TestScopes(t *testing.T) {
	var description struct {
		Paths map[string]map[string]struct {
			OperationID string
			Security    []map[string][]access.Scope
		}
	}
	d := open(t)
	d.get("/api/openapi.json", &description)
	checked := 0
	for path, methods := range description.Paths {
		for method, op := range methods {
			if len(op.Security) != 2 || len(op.Security[0]["token"]) != 1 {
				t.Errorf("%s names no scope", op.OperationID)
				continue
			}
			needed := op.Security[0]["token"][0]
			d.as = access.Principal{Name: "ada"}
			for _, s := range access.Scopes() {
				if s != needed {
					d.as.Scopes = append(d.as.Scopes, s)
				}
			}
			at := strings.NewReplacer("{id}", "1", "{name}", "x").Replace(path)
			w := d.ask(strings.ToUpper(method), at, nil)
			if w.Code != 403 || w.Header().Get("Content-Type") != "application/problem+json" || !strings.Contains(w.Body.String(), string(needed)) {
				t.Errorf("%s without %s: %d %s", op.OperationID, needed, w.Code, w.Body)
			}
			checked++
		}
	}
	if checked < 20 {
		t.Errorf("only %d were checked", checked)
	}
}

var update = flag.Bool("update", false, "write the description anew")

// The description is what others build on: what changes it is to be seen.
func TestDescription(t *testing.T) {
	got, err := api.Description()
	if err != nil {
		t.Fatal(err)
	}
	golden := filepath.Join("testdata", "openapi.json")
	if *update {
		if err := os.WriteFile(golden, got, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(strings.Split(string(want), "\n"), strings.Split(string(got), "\n")); d != "" {
		t.Errorf("the description has changed (go test ./server/api -update writes it anew):\n%s", d)
	}
	// Whatever it refers to is in it.
	refs := regexp.MustCompile(`"\$ref": "#/components/(\w+)/(\w+)"`).FindAllStringSubmatch(string(got), -1)
	var all struct {
		Components map[string]map[string]any
	}
	if err := json.Unmarshal(got, &all); err != nil || len(refs) < 100 {
		t.Fatalf("%d references, %v", len(refs), err)
	}
	for _, r := range refs {
		if _, ok := all.Components[r[1]][r[2]]; !ok {
			t.Errorf("there is no %s", r[0])
		}
	}
}

// The examples of docs/api.md do what they say.
func TestExamples(t *testing.T) {
	curl, err := exec.LookPath("curl")
	if err != nil {
		t.Skip("SKIPPED: the examples of docs/api.md are not run, since there is no curl here (Debian: apt-get install curl)")
	}
	shell, err := exec.LookPath("sh")
	if err != nil {
		t.Skip("SKIPPED: the examples of docs/api.md are not run, since there is no shell here")
	}
	doc, err := os.ReadFile(filepath.Join("..", "..", "docs", "api.md"))
	if err != nil {
		t.Fatal(err)
	}
	d := open(t)
	d.work()
	web := httptest.NewServer(d.handler)
	defer web.Close()
	examples := regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(string(doc), -1)
	if len(examples) < 5 {
		t.Fatalf("only %d examples", len(examples))
	}
	for _, e := range examples {
		script := strings.ReplaceAll(strings.ReplaceAll(e[1], "http://127.0.0.1:8080", web.URL), "curl ", curl+" --silent --show-error --fail-with-body ")
		cmd := exec.CommandContext(t.Context(), shell, "-e")
		cmd.Dir = t.TempDir()
		cmd.Stdin = strings.NewReader(script)
		out, err := cmd.CombinedOutput()
		if err != nil || len(out) == 0 {
			t.Errorf("%s%v: %s", e[1], err, out)
		}
	}
}

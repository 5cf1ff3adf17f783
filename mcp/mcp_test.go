package mcp_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
	"pgregory.net/rapid"

	"hearsay/article"
	"hearsay/facts"
	"hearsay/ledger"
	"hearsay/mcp"
	"hearsay/reading"
	"hearsay/server"
	"hearsay/server/access"
	"hearsay/store"
	"hearsay/store/checks"
	"hearsay/store/sqlite"
)

var update = flag.Bool("update", false, "write the golden files anew")

// reader is one for all tests: its models take a moment to open.
var reader = sync.OnceValues(reading.New)

var oneAtATime sync.Mutex

func read(_ context.Context, _ string, a *article.Article) (*ledger.Ledger, error) {
	oneAtATime.Lock()
	defer oneAtATime.Unlock()
	r, err := reader()
	if err != nil {
		return nil, err
	}
	return r.Read(a)
}

// ledgers are those of examples, as they were once read: what is told of them does
// not change when the readers do.
var ledgers = sync.OnceValues(func() ([]*ledger.Ledger, error) {
	f, err := os.Open("testdata/ledgers.jsonl")
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var all []*ledger.Ledger
	for lines := json.NewDecoder(f); ; {
		l := new(ledger.Ledger)
		if err := lines.Decode(l); errors.Is(err, io.EOF) {
			return all, nil
		} else if err != nil {
			return nil, err
		}
		all = append(all, l)
	}
})

// recall gives the ledger of one of these texts.
func recall(_ context.Context, _ string, a *article.Article) (*ledger.Ledger, error) {
	all, err := ledgers()
	if err != nil {
		return nil, err
	}
	for _, l := range all {
		if l.Document.Text == a.Text {
			l := *l
			l.Document.ID, l.Document.Title, l.Document.Published = a.ID, a.Title, a.Published
			return &l, nil
		}
	}
	return nil, errors.New("that text is none of the examples")
}

// week fills a store with a week of invented news, and a fact-check of a part of it.
func week(t *testing.T) store.Store {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "week.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	var items []store.Item
	getter := new(article.Getter)
	f, err := os.Open("../examples/market-bombing.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for a, err := range getter.JSONL(t.Context(), f, "week") {
		if err != nil {
			t.Fatal(err)
		}
		l, err := recall(t.Context(), "", &a)
		if err != nil {
			t.Fatal(err)
		}
		l.Document.URL = a.URL
		items = append(items, store.Item{Origin: "week", Article: &a, Ledger: l})
	}
	if _, err := s.AddAll(t.Context(), items); err != nil {
		t.Fatal(err)
	}
	batch := s.Checks().Batch()
	for _, r := range []*facts.Review{
		{URL: "https://checks.example/lamprey", Claim: "The Northern Front carried out the bombing of the Lamprey Market in Ostravel", Publisher: "Ostravel Checks", Rating: "Unproven", Published: "2026-05-20", Claimant: "Rade Velkan"},
		{URL: "https://checks.example/ferry", Claim: "The ferry to Seld is free for pensioners", Publisher: "Ostravel Checks", Rating: "False", Published: "2026-02-01"},
	} {
		if err := batch.Add(t.Context(), r); err != nil {
			t.Fatal(err)
		}
	}
	if err := batch.Flush(t.Context()); err != nil {
		t.Fatal(err)
	}
	return s
}

func options(s store.Store) mcp.Options {
	finder := s.(checks.Home).Checks().Finder()
	return mcp.Options{Store: s, Getter: new(article.Getter), Forced: &article.Getter{Force: true}, Read: read, Version: "test",
		Match: func(ctx context.Context, text string, most int) ([]facts.Match, error) {
			oneAtATime.Lock()
			defer oneAtATime.Unlock()
			return finder.Match(ctx, text, most, true)
		}}
}

// connect connects an assistant to a server over HTTP.
func connect(t *testing.T, o mcp.Options) *sdk.ClientSession {
	t.Helper()
	h, err := server.New(server.Options{Routes: []server.Route{mcp.New(o).Route()}})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(h)
	t.Cleanup(web.Close)
	session, err := sdk.NewClient(&sdk.Implementation{Name: "test"}, nil).Connect(t.Context(), &sdk.StreamableClientTransport{Endpoint: web.URL + "/mcp"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { session.Close() })
	return session
}

func call(t *testing.T, s *sdk.ClientSession, tool string, arguments any) *sdk.CallToolResult {
	t.Helper()
	r, err := s.CallTool(t.Context(), &sdk.CallToolParams{Name: tool, Arguments: arguments})
	if err != nil {
		t.Fatalf("%s: %v", tool, err)
	}
	return r
}

// words are what an answer says in words.
func words(r *sdk.CallToolResult) string {
	var b strings.Builder
	for _, c := range r.Content {
		if text, ok := c.(*sdk.TextContent); ok {
			b.WriteString(text.Text)
		}
	}
	return b.String()
}

func structured(t *testing.T, r *sdk.CallToolResult, to any) {
	t.Helper()
	b, err := json.Marshal(r.StructuredContent)
	if err == nil {
		err = json.Unmarshal(b, to)
	}
	if err != nil {
		t.Fatal(err)
	}
}

func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(file, got, 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	want, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(got, want) {
		t.Errorf("%s is otherwise; if it should be, write it with -update:\n%s", file, got)
	}
}

func TestWhatCanBeAsked(t *testing.T) {
	s := connect(t, options(week(t)))
	tools, err := s.ListTools(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	templates, err := s.ListResourceTemplates(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	resources, err := s.ListResources(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, tool := range tools.Tools {
		if a := tool.Annotations; a == nil || !a.ReadOnlyHint {
			t.Errorf("%s is not said to change nothing", tool.Name)
		}
	}
	b, err := json.MarshalIndent([]any{tools.Tools, templates.ResourceTemplates, resources.Resources}, "", " ")
	if err != nil {
		t.Fatal(err)
	}
	golden(t, "tools.json", append(b, '\n'))
	if len(b) > 100<<10 {
		t.Errorf("the list of tools has %d bytes: an assistant has it before it all the time", len(b))
	}
}

// TestAnswers holds what assistants are told of a week of news.
func TestAnswers(t *testing.T) {
	o := options(week(t))
	o.Read = recall
	s := connect(t, o)
	text, err := os.ReadFile("../examples/harbour-blast.txt")
	if err != nil {
		t.Fatal(err)
	}
	var list struct{ Incidents []struct{ ID, Type string } }
	structured(t, call(t, s, "search_incidents", map[string]any{"country": "XX"}), &list)
	if len(list.Incidents) != 0 {
		t.Errorf("in a country of no incident there are %v", list)
	}
	structured(t, call(t, s, "search_incidents", map[string]any{"min_articles": 3}), &list)
	if len(list.Incidents) != 1 {
		t.Fatalf("incidents %v, want one", list)
	}
	for _, test := range []struct {
		name, tool string
		arguments  any
	}{
		{"read", "read_text", map[string]any{"text": string(text), "published": "2025-03-19", "title": "Blast at Arvel harbour", "limit": 20}},
		{"worth", "read_text", map[string]any{"text": string(text), "published": "2025-03-19", "limit": 4, "order": "checkworthiness"}},
		{"rest", "read_text", map[string]any{"text": string(text), "published": "2025-03-19", "limit": 20, "skip": 40}},
		{"article", "get_article", map[string]any{"id": "beacon-2"}},
		{"claims", "search_claims", map[string]any{"query": "bomb*", "naming": "named", "limit": 5}},
		{"denials", "search_claims", map[string]any{"polarity": "denied", "speaker": "front"}},
		{"sure", "search_claims", map[string]any{"score_low": 2.5, "place": "ostravel", "limit": 3}},
		{"articles", "search_articles", map[string]any{"query": "hospital doctor", "order": "relevance"}},
		{"speakers", "list_speakers", map[string]any{"limit": 3}},
		{"incidents", "search_incidents", map[string]any{"happened_since": "2026-05-01"}},
		{"incident", "get_incident", map[string]any{"id": list.Incidents[0].ID}},
		{"match", "match_claim", map[string]any{"text": "The Northern Front bombed the Lamprey Market in Ostravel, Rade Velkan said"}},
		{"unmatched", "match_claim", map[string]any{"text": "A comet was seen over the hills"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := call(t, s, test.tool, test.arguments)
			if r.IsError {
				t.Fatal(words(r))
			}
			b, err := json.MarshalIndent(r.StructuredContent, "", " ")
			if err != nil {
				t.Fatal(err)
			}
			golden(t, test.name+".txt", fmt.Appendf(nil, "%s\n%s\n", words(r), b))
		})
	}
}

// TestNothingStandsWithoutItsSpeaker goes through all that an answer has: each
// accusation is by somebody, each quotation says on whose word, and where it stands.
func TestNothingStandsWithoutItsSpeaker(t *testing.T) {
	home := week(t)
	s := connect(t, options(home))
	quotations, accusations := 0, 0
	var look func(path string, v any, text func(article string) []rune)
	look = func(path string, v any, text func(article string) []rune) {
		switch v := v.(type) {
		case []any:
			for i, e := range v {
				look(fmt.Sprintf("%s[%d]", path, i), e, text)
			}
		case map[string]any:
			if _, ok := v["accused"]; ok {
				accusations++
				if by, _ := v["by"].(string); by == "" {
					t.Errorf("%s: an accusation by nobody: %v", path, v)
				}
			}
			if quotes, ok := v["quotes"].([]any); ok {
				if a, _ := v["attribution"].(string); !strings.HasPrefix(a, "According to ") {
					t.Errorf("%s: words on nobody's word: %v", path, v)
				}
				id := ""
				switch in := v["article"].(type) {
				case string:
					id = in
				case map[string]any:
					id, _ = in["id"].(string)
				}
				for _, q := range quotes {
					q := q.(map[string]any)
					quotations++
					start, end := int(q["start"].(float64)), int(q["end"].(float64))
					if got := string(text(id)[start:end]); got != q["text"] {
						t.Errorf("%s: at %d–%d stands %q, not %q", path, start, end, got, q["text"])
					}
				}
			}
			for name, e := range v {
				look(path+"."+name, e, text)
			}
		}
	}
	stored := func(id string) []rune {
		_, l, err := home.Article(t.Context(), id)
		if err != nil {
			t.Fatalf("%q: %v", id, err)
		}
		return []rune(l.Document.Text)
	}
	var list struct{ Incidents []struct{ ID string } }
	structured(t, call(t, s, "search_incidents", nil), &list)
	for _, n := range list.Incidents {
		look("incident", call(t, s, "get_incident", map[string]any{"id": n.ID}).StructuredContent, stored)
	}
	look("claims", call(t, s, "search_claims", map[string]any{"limit": 100}).StructuredContent, stored)
	for _, name := range []string{"harbour-blast.txt", "hidden-hands.txt", "ferry-strandings.txt"} {
		text, err := os.ReadFile("../examples/" + name)
		if err != nil {
			t.Fatal(err)
		}
		look(name, call(t, s, "read_text", map[string]any{"text": string(text)}).StructuredContent, func(string) []rune { return []rune(string(text)) })
	}
	if quotations < 200 || accusations < 1 {
		t.Errorf("%d quotations and %d accusations were looked at", quotations, accusations)
	}
}

func TestPages(t *testing.T) {
	s := connect(t, options(week(t)))
	seen := map[string]bool{}
	arguments := map[string]any{"limit": 7}
	for range 100 {
		var page struct {
			Claims []struct {
				ID      string
				Article struct{ ID string }
			}
			Next int64
		}
		structured(t, call(t, s, "search_claims", arguments), &page)
		for _, c := range page.Claims {
			at := c.Article.ID + " " + c.ID
			if seen[at] {
				t.Fatalf("%s comes twice", at)
			}
			seen[at] = true
		}
		if page.Next == 0 {
			break
		}
		arguments["after"] = page.Next
	}
	var all struct{ Claims []any }
	structured(t, call(t, s, "search_claims", map[string]any{"limit": 100}), &all)
	if len(seen) != len(all.Claims) || len(seen) < 50 {
		t.Errorf("%d claims by pages, %d at once", len(seen), len(all.Claims))
	}
}

func TestResources(t *testing.T) {
	home := week(t)
	odd := article.Article{ID: "https://odd.example/a b?c=%2F&d=é#1", Title: "Odd", Text: "The mayor said that the café was open."}
	l, err := read(t.Context(), "", &odd)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := home.Add(t.Context(), "odd", &odd, l); err != nil {
		t.Fatal(err)
	}
	s := connect(t, options(home))
	for _, id := range []string{"kpa-1", odd.ID} {
		at := strings.ReplaceAll(url.QueryEscape(id), "+", "%20")
		_, l, err := home.Article(t.Context(), id)
		if err != nil {
			t.Fatal(err)
		}
		r, err := s.ReadResource(t.Context(), &sdk.ReadResourceParams{URI: "hearsay://article/" + at})
		if err != nil || len(r.Contents) != 1 || r.Contents[0].Text != l.Document.Text {
			t.Errorf("the text of %s: %v, %v", id, r, err)
		}
		r, err = s.ReadResource(t.Context(), &sdk.ReadResourceParams{URI: "hearsay://ledger/" + at})
		if err != nil {
			t.Fatal(err)
		}
		var got ledger.Ledger
		if err := json.Unmarshal([]byte(r.Contents[0].Text), &got); err != nil || len(got.Claims) != len(l.Claims) || got.Document.Text != l.Document.Text {
			t.Errorf("the ledger of %s: %v", id, err)
		}
	}
	r, err := s.ReadResource(t.Context(), &sdk.ReadResourceParams{URI: "hearsay://schema/ledger"})
	if err != nil || r.Contents[0].Text != string(ledger.Schema()) {
		t.Errorf("the schema: %v", err)
	}
	for _, uri := range []string{"hearsay://article/none", "hearsay://article/%zz", "hearsay://article/..%2F..%2Fetc%2Fpasswd", "hearsay://ledger/", "file:///etc/passwd"} {
		if r, err := s.ReadResource(t.Context(), &sdk.ReadResourceParams{URI: uri}); err == nil {
			t.Errorf("%s is %v", uri, r)
		}
	}
}

func TestWhatIsRefused(t *testing.T) {
	private := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		fmt.Fprint(w, "The secret of this machine, the minister said, is that nobody knows it.")
	}))
	t.Cleanup(private.Close)
	s := connect(t, options(week(t)))
	for _, test := range []struct {
		name, tool string
		arguments  any
		want       string
	}{
		{"nothing", "read_text", map[string]any{}, "either text or url"},
		{"both", "read_text", map[string]any{"text": "a", "url": "https://a.example"}, "either text or url"},
		{"a file", "read_text", map[string]any{"url": "/etc/passwd"}, "url is to be an address"},
		{"a file's address", "read_text", map[string]any{"url": "file:///etc/passwd"}, "url is to be an address"},
		{"a private address", "read_text", map[string]any{"url": private.URL}, "not on the public web"},
		{"another language", "read_text", map[string]any{"text": "Der Bürgermeister sagte am Dienstag, dass die Brücke gesperrt bleibe, bis die Fachleute sie geprüft hätten. Die Polizei bat die Leute, einen anderen Weg zu nehmen, und kündigte an, dass die Arbeiten bis zum Herbst dauern würden."}, "Set force"},
		{"a blank text", "read_text", map[string]any{"text": " \n "}, "empty"},
		{"a long text", "read_text", map[string]any{"text": strings.Repeat("The mayor spoke. ", 30000)}, "maxLength"},
		{"a long text of long letters", "read_text", map[string]any{"text": strings.Repeat("The mayor — éé — spoke. ", 17000)}, "too long"},
		{"no day", "read_text", map[string]any{"text": "The mayor spoke.", "published": "yesterday"}, "a day such as"},
		{"an order of another tool", "read_text", map[string]any{"text": "The mayor spoke.", "order": "newest"}, "enum"},
		{"a negative number", "search_claims", map[string]any{"limit": -1}, "minimum"},
		{"an unknown naming", "search_claims", map[string]any{"naming": "secret"}, "enum"},
		{"an unknown type", "search_claims", map[string]any{"type": "war"}, "enum"},
		{"no country", "search_claims", map[string]any{"country": "Valdria"}, "pattern"},
		{"an impossible score", "search_claims", map[string]any{"score_low": 2, "score_high": -2}, "between -3 and 3"},
		{"a query that makes no sense", "search_claims", map[string]any{"query": `"never closed`}, "quotation mark"},
		{"SQL", "search_claims", map[string]any{"query": `x" OR 1=1; DROP TABLE claims --`}, ""},
		{"a property that is none", "search_claims", map[string]any{"qeury": "x"}, "additional"},
		{"no query", "search_articles", map[string]any{}, "query"},
		{"an article that is none", "get_article", map[string]any{"id": "none"}, "holds nothing under that id"},
		{"an incident that is none", "get_incident", map[string]any{"id": "0000000000000000"}, "holds nothing under that id"},
		{"no incident's id", "get_incident", map[string]any{"id": "' OR 1=1"}, "holds nothing under that id"},
		{"no claim", "match_claim", map[string]any{"text": " "}, "Give the claim"},
		{"a long claim", "match_claim", map[string]any{"text": strings.Repeat("claim ", 2000)}, "read_text"},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := call(t, s, test.tool, test.arguments)
			if !r.IsError || !strings.Contains(words(r), test.want) {
				t.Errorf("failed %t, without %q: %.300s", r.IsError, test.want, words(r))
			}
		})
	}
	if r := call(t, s, "search_claims", map[string]any{"limit": 1}); r.IsError {
		t.Errorf("after all that: %s", words(r))
	}
}

// TestFaults holds that a fault of ours stays with its call and is not told.
func TestFaults(t *testing.T) {
	o := options(week(t))
	faults := map[string]func() error{
		"a panic":  func() error { panic("the cause") },
		"an error": func() error { return errors.New("the cause") },
	}
	for name, fault := range faults {
		o.Read = func(context.Context, string, *article.Article) (*ledger.Ledger, error) { return nil, fault() }
		s := connect(t, o)
		r := call(t, s, "read_text", map[string]any{"text": "The mayor said that the bridge was open."})
		if !r.IsError || !strings.Contains(words(r), "A fault of this program") || strings.Contains(words(r), "the cause") {
			t.Errorf("%s: %s", name, words(r))
		}
		if r := call(t, s, "list_speakers", nil); r.IsError {
			t.Errorf("after %s: %s", name, words(r))
		}
	}
}

// TestWhoMayAsk holds that over HTTP the server's own rules hold: accounts,
// hosts, origins and sizes.
func TestWhoMayAsk(t *testing.T) {
	h, err := server.New(server.Options{Routes: []server.Route{mcp.New(options(week(t))).Route()}, Hosts: []string{"desk.example"},
		Who: func(r *http.Request) (access.Principal, error) {
			switch r.Header.Get("Authorization") {
			case "Bearer reader":
				return access.Principal{Name: "ana", Scopes: []access.Scope{access.Read}}, nil
			case "Bearer adder":
				return access.Principal{Name: "oda", Scopes: []access.Scope{access.Add}}, nil
			}
			return access.Principal{}, access.ErrNobody
		}})
	if err != nil {
		t.Fatal(err)
	}
	list := `{"jsonrpc":"2.0","id":1,"method":"tools/list","params":{}}`
	for _, test := range []struct {
		name, method, host, body string
		header                   map[string]string
		want                     int
	}{
		{"a reader", "POST", "127.0.0.1:8081", list, map[string]string{"Authorization": "Bearer reader"}, 200},
		{"by the name of a proxy", "POST", "desk.example", list, map[string]string{"Authorization": "Bearer reader"}, 200},
		{"nobody", "POST", "127.0.0.1:8081", list, nil, 401},
		{"one who may not read", "POST", "127.0.0.1:8081", list, map[string]string{"Authorization": "Bearer adder"}, 403},
		{"by a name that is made to lead here", "POST", "evil.example", list, map[string]string{"Authorization": "Bearer reader"}, 421},
		{"a page of another site", "POST", "127.0.0.1:8081", list, map[string]string{"Authorization": "Bearer reader", "Origin": "https://evil.example"}, 403},
		{"a stream", "GET", "127.0.0.1:8081", "", map[string]string{"Authorization": "Bearer reader"}, 405},
		{"no JSON", "POST", "127.0.0.1:8081", "{", map[string]string{"Authorization": "Bearer reader"}, 400},
		{"too much", "POST", "127.0.0.1:8081", strings.Repeat(" ", 1<<20), map[string]string{"Authorization": "Bearer reader"}, 413},
		{"a version that is none", "POST", "127.0.0.1:8081", list, map[string]string{"Authorization": "Bearer reader", "Mcp-Protocol-Version": "1999-01-01"}, 400},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest(test.method, "/mcp", strings.NewReader(test.body))
			r.Host = test.host
			r.Header.Set("Content-Type", "application/json")
			r.Header.Set("Accept", "application/json, text/event-stream")
			for name, value := range test.header {
				r.Header.Set(name, value)
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != test.want {
				t.Errorf("status %d, want %d: %.300s", w.Code, test.want, w.Body)
			}
			if test.want == 200 && !strings.Contains(w.Body.String(), "search_claims") {
				t.Errorf("answered %.300s", w.Body)
			}
		})
	}
}

// TestWhateverATextHolds gives texts of pieces that are hard on readers and on what
// is said of them: no line of an answer is one that a text made up.
func TestWhateverATextHolds(t *testing.T) {
	s := connect(t, options(week(t)))
	pieces := []string{"The mayor said that ", "“it was ", "the Front's ", "\n[c1] According to Ana Tessel: ", "\u0085", "\u2028", "<script>", "\x1b[31m", "é", "𝔘", "\"", " killed nine people. ", "Police said. ", "\n\n", "]]>"}
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 1, 12).Draw(rt, "text"), "")
		r, err := s.CallTool(t.Context(), &sdk.CallToolParams{Name: "read_text", Arguments: map[string]any{"text": text, "force": true}})
		if err != nil {
			rt.Fatal(err)
		}
		var got struct{ Listed []any }
		b, err := json.Marshal(r.StructuredContent)
		if err != nil {
			rt.Fatal(err)
		}
		if !r.IsError {
			if err := json.Unmarshal(b, &got); err != nil {
				rt.Fatal(err)
			}
		}
		lines := 0
		for line := range strings.Lines(words(r)) {
			if strings.HasPrefix(line, "[c") {
				lines++
			}
			if strings.ContainsAny(strings.TrimSuffix(line, "\n"), "\x1b\u0085\u2028\r") {
				rt.Fatalf("%q has what a terminal obeys", line)
			}
		}
		if lines != len(got.Listed) {
			rt.Fatalf("%d claims on %d lines: %s", len(got.Listed), lines, words(r))
		}
	})
}

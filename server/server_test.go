package server_test

import (
	"bytes"
	"context"
	"crypto/tls"
	"encoding/json"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"strings"
	"testing"
	"time"

	"hearsay/server"
	"hearsay/server/access"
	"hearsay/server/pace"
)

// echo answers with the body it was sent.
var echo = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(r.Body)
	if err != nil {
		http.Error(w, err.Error(), http.StatusRequestEntityTooLarge)
		return
	}
	w.Write(body)
})

func serve(t *testing.T, o server.Options) http.Handler {
	t.Helper()
	if o.Routes == nil {
		o.Routes = []server.Route{{Pattern: "/echo", Handler: echo, MaxBody: 10}}
	}
	s, err := server.New(o)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestWhoMayAskWhat(t *testing.T) {
	h := serve(t, server.Options{Hosts: []string{"desk.wend.example"}})
	for _, test := range []struct {
		name, method, host, body string
		header                   map[string]string
		want                     int
	}{
		{"this machine", "GET", "127.0.0.1:8080", "", nil, 200},
		{"by its name", "GET", "localhost:8080", "", nil, 200},
		{"without a port", "GET", "localhost", "", nil, 200},
		{"IPv6", "GET", "[::1]:8080", "", nil, 200},
		{"IPv6 without a port", "GET", "[::1]", "", nil, 200},
		{"IPv4 in IPv6", "GET", "[::ffff:127.0.0.1]:8080", "", nil, 200},
		{"a name allowed", "GET", "Desk.Wend.example", "", nil, 200},
		{"a name that was made to lead here", "GET", "evil.example:8080", "", nil, 421},
		{"one that begins like us", "GET", "localhost.evil.example", "", nil, 421},
		{"one with our address in it", "GET", "127.0.0.1.evil.example:8080", "", nil, 421},
		{"another address", "GET", "192.168.1.7:8080", "", nil, 421},
		{"no host", "GET", "", "", nil, 421},
		{"a post of our own", "POST", "127.0.0.1:8080", "hello", map[string]string{"Origin": "http://127.0.0.1:8080", "Sec-Fetch-Site": "same-origin"}, 200},
		{"a post of a program", "POST", "127.0.0.1:8080", "hello", nil, 200},
		{"a post of another site", "POST", "127.0.0.1:8080", "hello", map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		{"a post of another port", "POST", "127.0.0.1:8080", "hello", map[string]string{"Sec-Fetch-Site": "same-site"}, 403},
		{"a post of an old browser", "POST", "127.0.0.1:8080", "hello", map[string]string{"Origin": "http://evil.example"}, 403},
		{"a post of a page without an origin", "POST", "127.0.0.1:8080", "hello", map[string]string{"Origin": "null"}, 403},
		{"a delete of another site", "DELETE", "127.0.0.1:8080", "", map[string]string{"Sec-Fetch-Site": "cross-site"}, 403},
		{"a link on another site", "GET", "127.0.0.1:8080", "", map[string]string{"Sec-Fetch-Site": "cross-site"}, 200},
		{"too long", "POST", "127.0.0.1:8080", "hello, you!", nil, 413},
		{"compressed", "POST", "127.0.0.1:8080", "hello", map[string]string{"Content-Encoding": "gzip"}, 415},
	} {
		t.Run(test.name, func(t *testing.T) {
			r := httptest.NewRequest(test.method, "/echo", strings.NewReader(test.body))
			r.Host = test.host
			for name, value := range test.header {
				r.Header.Set(name, value)
			}
			w := httptest.NewRecorder()
			h.ServeHTTP(w, r)
			if w.Code != test.want {
				t.Errorf("status %d, want %d: %s", w.Code, test.want, w.Body)
			}
			if w.Code == 200 && w.Body.String() != test.body {
				t.Errorf("body %q, want %q", w.Body, test.body)
			}
		})
	}
}

func TestABodyOfNoStatedLengthIsHeldToItsLimit(t *testing.T) {
	r := httptest.NewRequest("POST", "http://localhost/echo", io.MultiReader(strings.NewReader("hello, you!")))
	r.ContentLength = -1
	w := httptest.NewRecorder()
	serve(t, server.Options{}).ServeHTTP(w, r)
	if w.Code != 413 {
		t.Errorf("status %d, want 413", w.Code)
	}
}

func TestEveryAnswerHasItsHeaders(t *testing.T) {
	h := serve(t, server.Options{})
	for _, target := range []string{"http://localhost/echo", "http://localhost/nowhere", "http://evil.example/echo", "http://localhost/healthz"} {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", target, nil))
		policy := w.Header().Get("Content-Security-Policy")
		if !strings.Contains(policy, "default-src 'none'") || strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
			t.Errorf("%s: policy %q", target, policy)
		}
		for name, want := range map[string]string{"X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY", "Referrer-Policy": "same-origin", "Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin", "Cache-Control": "no-store"} {
			if got := w.Header().Get(name); got != want {
				t.Errorf("%s: %s is %q, want %q", target, name, got, want)
			}
		}
	}
}

func TestAFaultStaysWithItsRequest(t *testing.T) {
	var log bytes.Buffer
	h := serve(t, server.Options{Log: slog.New(slog.NewTextHandler(&log, nil)), Routes: []server.Route{
		{Pattern: "/fault", Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("the cause") })},
	}})
	w := httptest.NewRecorder()
	h.ServeHTTP(w, httptest.NewRequest("GET", "http://localhost/fault?q=secret", nil))
	if w.Code != 500 || strings.Contains(w.Body.String(), "the cause") {
		t.Errorf("status %d, body %q", w.Code, w.Body)
	}
	if got := log.String(); !strings.Contains(got, "the cause") || !strings.Contains(got, "status=500") || strings.Contains(got, "secret") {
		t.Errorf("the log has %q", got)
	}
}

func TestScopes(t *testing.T) {
	whoever := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, access.From(r.Context()).Name) })
	routes := []server.Route{
		{Pattern: "GET /open", Open: true, Handler: whoever},
		{Pattern: "GET /plain", Handler: whoever},
		{Pattern: "POST /add", Scope: access.Add, Handler: whoever},
		{Pattern: "POST /remove", Scope: access.Admin, Handler: whoever},
	}
	who := func(r *http.Request) (access.Principal, error) {
		switch name := r.Header.Get("X-Name"); name {
		case "":
			return access.Principal{}, access.ErrNobody
		case "reader":
			return access.Principal{Name: name, Scopes: []access.Scope{access.Read}}, nil
		default:
			return access.Principal{Name: name, Scopes: []access.Scope{access.Read, access.Add}}, nil
		}
	}
	with, without := serve(t, server.Options{Routes: routes, Who: who}), serve(t, server.Options{Routes: routes})
	for _, test := range []struct {
		h                  http.Handler
		name, method, path string
		want               int
		body               string
	}{
		{with, "", "GET", "/open", 200, ""},
		{with, "", "GET", "/plain", 401, "This is for those who have an account. Log in, or send a token.\n"},
		{with, "", "POST", "/add", 401, "This is for those who have an account. Log in, or send a token.\n"},
		{with, "reader", "GET", "/plain", 200, "reader"},
		{with, "reader", "GET", "/open", 200, "reader"},
		{with, "reader", "POST", "/add", 403, "Your account does not allow that: it takes the scope add.\n"},
		{with, "ada", "POST", "/add", 200, "ada"},
		{with, "ada", "POST", "/remove", 403, "Your account does not allow that: it takes the scope admin.\n"},
		{with, "", "GET", "/healthz", 200, "ok\n"},
		{without, "", "POST", "/remove", 200, "local"},
	} {
		r := httptest.NewRequest(test.method, "http://localhost"+test.path, nil)
		r.Header.Set("X-Name", test.name)
		w := httptest.NewRecorder()
		test.h.ServeHTTP(w, r)
		if w.Code != test.want || w.Body.String() != test.body {
			t.Errorf("%q %s %s: %d %q, want %d %q", test.name, test.method, test.path, w.Code, w.Body, test.want, test.body)
		}
	}
}

func TestRefusalsToProgramsAreProblems(t *testing.T) {
	routes := []server.Route{{Pattern: "/api/echo", Handler: echo, MaxBody: 10}, {Pattern: "/echo", Handler: echo, MaxBody: 10}}
	h := serve(t, server.Options{Routes: routes})
	nobody := serve(t, server.Options{Routes: routes, Who: func(*http.Request) (access.Principal, error) { return access.Principal{}, access.ErrNobody }})
	for _, test := range []struct {
		h      http.Handler
		target string
		header [2]string
		want   int
	}{
		{nobody, "http://localhost/api/echo", [2]string{}, 401},
		{h, "http://localhost/api/echo", [2]string{"Sec-Fetch-Site", "cross-site"}, 403},
		{h, "http://localhost/api/echo", [2]string{}, 413},
		{h, "http://localhost/api/echo", [2]string{"Content-Encoding", "gzip"}, 415},
		{h, "http://evil.example/api/echo", [2]string{}, 421},
	} {
		r := httptest.NewRequest("POST", test.target, strings.NewReader(strings.Repeat("long ", 20_000)))
		if test.header[0] != "" {
			r.Header.Set(test.header[0], test.header[1])
		}
		w := httptest.NewRecorder()
		test.h.ServeHTTP(w, r)
		var problem struct {
			Title, Detail string
			Status        int
		}
		if err := json.Unmarshal(w.Body.Bytes(), &problem); err != nil || w.Code != test.want || problem.Status != test.want ||
			problem.Title != http.StatusText(test.want) || problem.Detail == "" || w.Header().Get("Content-Type") != "application/problem+json" {
			t.Errorf("%s: %d %v %s", test.target, w.Code, w.Header(), w.Body)
		}
	}
	w := httptest.NewRecorder()
	nobody.ServeHTTP(w, httptest.NewRequest("GET", "http://localhost/echo", nil))
	if got := w.Header().Get("Content-Type"); w.Code != 401 || got != "text/plain; charset=utf-8" {
		t.Errorf("to a browser: %d %s", w.Code, got)
	}
}

func TestHealth(t *testing.T) {
	var fault error
	h := serve(t, server.Options{Ready: func(context.Context) error { return fault }})
	for _, test := range []struct {
		fault error
		path  string
		want  int
	}{
		{nil, "/healthz", 200}, {nil, "/readyz", 200}, {errors.New("the store is away"), "/healthz", 200}, {errors.New("the store is away"), "/readyz", 503},
	} {
		fault = test.fault
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "http://localhost"+test.path, nil))
		if w.Code != test.want {
			t.Errorf("%s with %v: status %d, want %d", test.path, test.fault, w.Code, test.want)
		}
	}
}

func TestListensOnThisMachineOnly(t *testing.T) {
	for address, ok := range map[string]bool{
		"127.0.0.1:0": true, "localhost:0": true, "127.8.9.1:0": true,
		"0.0.0.0:0": false, ":0": false, "[::]:0": false, "192.0.2.1:0": false, "wend.example:80": false, "8080": false, "127.0.0.1": false,
	} {
		l, err := server.Listen(t.Context(), address)
		if (err == nil) != ok {
			t.Errorf("Listen(%q): %v", address, err)
		}
		if l != nil {
			if !l.Addr().(*net.TCPAddr).IP.IsLoopback() {
				t.Errorf("Listen(%q) listens on %s", address, l.Addr())
			}
			l.Close()
		}
	}
	if _, err := server.Listen(t.Context(), "0.0.0.0:0"); !errors.Is(err, server.ErrExposed) {
		t.Errorf("Listen beyond this machine: %v", err)
	}
}

func TestStoppingFinishesWhatIsInHand(t *testing.T) {
	begun, finish := make(chan struct{}), make(chan struct{})
	s, err := server.New(server.Options{Routes: []server.Route{{Pattern: "/slow", Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		close(begun)
		<-finish
		io.WriteString(w, "done")
	})}}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := server.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	got := make(chan string, 1)
	go func() {
		res, err := http.Get("http://" + l.Addr().String() + "/slow")
		if err != nil {
			got <- err.Error()
			return
		}
		defer res.Body.Close()
		body, _ := io.ReadAll(res.Body)
		got <- string(body)
	}()
	<-begun
	stop()
	for { // until it takes no more
		c, err := net.Dial("tcp", l.Addr().String())
		if err != nil {
			break
		}
		c.Close()
	}
	close(finish)
	if g := <-got; g != "done" {
		t.Errorf("the request in hand got %q", g)
	}
	if err := <-ended; err != nil {
		t.Errorf("Serve: %v", err)
	}
}

func TestPatternsThatContradict(t *testing.T) {
	if _, err := server.New(server.Options{Routes: []server.Route{{Pattern: "GET /healthz", Handler: echo}}}); err == nil {
		t.Error("no error for a pattern that is taken")
	}
}

func TestAssets(t *testing.T) {
	var a server.Assets
	a.Add("desk.css", []byte("p{}"))
	at := a.Path("desk.css")
	w := httptest.NewRecorder()
	serve(t, server.Options{Routes: a.Routes()}).ServeHTTP(w, httptest.NewRequest("GET", "http://localhost"+at, nil))
	if w.Code != 200 || w.Body.String() != "p{}" || w.Header().Get("Content-Type") != "text/css; charset=utf-8" || !strings.Contains(w.Header().Get("Cache-Control"), "immutable") {
		t.Errorf("%s: %d %v %q", at, w.Code, w.Header(), w.Body)
	}
	var other server.Assets
	other.Add("desk.css", []byte("p{ }"))
	if other.Path("desk.css") == at {
		t.Error("another file has the same address")
	}
}

// plain says who a request counts as coming from.
var plain = http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) { io.WriteString(w, r.RemoteAddr) })

func anyone(*http.Request) (access.Principal, error) { return server.Local(), nil }

func TestReached(t *testing.T) {
	routes := []server.Route{{Pattern: "GET /", Handler: plain}}
	here := serve(t, server.Options{Routes: routes})
	behind := serve(t, server.Options{Routes: routes, Who: anyone, Exposed: true, Proxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.0/28")}, Hosts: []string{"desk.example"}})
	own := serve(t, server.Options{Routes: routes, Who: anyone, Exposed: true, TLS: &tls.Config{}, Hosts: []string{"desk.example"}})
	for _, test := range []struct {
		name, from, header, value string
		h                         http.Handler
		want                      int
		strict                    bool
	}{
		{"this machine", "127.0.0.1:9", "", "", here, 200, false},
		{"a proxy that nobody spoke of", "127.0.0.1:9", "X-Forwarded-For", "198.51.100.7", here, 403, false},
		{"another kind of it", "127.0.0.1:9", "Forwarded", "for=198.51.100.7", here, 403, false},
		{"by the proxy", "192.0.2.1:9", "X-Forwarded-For", "198.51.100.7", behind, 200, true},
		{"past the proxy", "198.51.100.7:9", "", "", behind, 403, true},
		{"past the proxy, as if by it", "198.51.100.7:9", "X-Forwarded-For", "192.0.2.1", behind, 403, true},
		{"by TLS", "198.51.100.7:9", "", "", own, 200, true},
	} {
		r := httptest.NewRequest("GET", "http://localhost/", nil)
		r.RemoteAddr = test.from
		if test.header != "" {
			r.Header.Set(test.header, test.value)
		}
		w := httptest.NewRecorder()
		test.h.ServeHTTP(w, r)
		if w.Code != test.want || (w.Header().Get("Strict-Transport-Security") != "") != test.strict {
			t.Errorf("%s: %d %v", test.name, w.Code, w.Header())
		}
	}
	for name, o := range map[string]server.Options{"accounts": {Exposed: true, TLS: &tls.Config{}}, "TLS": {Exposed: true, Who: anyone}} {
		if _, err := server.New(o); err == nil {
			t.Errorf("a server that others reach was made without %s", name)
		}
	}
}

func TestForwardedFor(t *testing.T) {
	h := serve(t, server.Options{Routes: []server.Route{{Pattern: "GET /", Handler: plain}}, Who: anyone, Exposed: true, TLS: &tls.Config{},
		Proxies: []netip.Prefix{netip.MustParsePrefix("192.0.2.1/32"), netip.MustParsePrefix("2001:db8::/64")}})
	for _, test := range []struct {
		from string
		said []string
		want string
	}{
		{"192.0.2.1:9", []string{"198.51.100.7"}, "198.51.100.7:0"},
		{"192.0.2.1:9", []string{"127.0.0.1, 198.51.100.7"}, "198.51.100.7:0"}, // the first is what the person said
		{"192.0.2.1:9", []string{"127.0.0.1", "198.51.100.7, 2001:db8::5"}, "198.51.100.7:0"},
		{"192.0.2.1:9", []string{"::ffff:198.51.100.7"}, "198.51.100.7:0"},
		{"192.0.2.1:9", []string{"198.51.100.7, nonsense"}, "192.0.2.1:0"},
		{"192.0.2.1:9", nil, "192.0.2.1:0"},
		{"[2001:db8::1]:9", []string{"2001:db8:1::7"}, "[2001:db8:1::7]:0"},
		{"198.51.100.9:9", []string{"127.0.0.1"}, "198.51.100.9:9"}, // who is no proxy is not believed
	} {
		r := httptest.NewRequest("GET", "http://localhost/", nil)
		r.RemoteAddr = test.from
		r.Header["X-Forwarded-For"] = test.said
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if got := w.Body.String(); got != test.want {
			t.Errorf("%s saying %q counts as %s, want %s", test.from, test.said, got, test.want)
		}
	}
}

func TestRates(t *testing.T) {
	limit := func(n int) pace.Limit { return pace.Limit{Every: time.Hour, Burst: n} }
	h := serve(t, server.Options{Rates: server.Rates{Known: limit(3), Strangers: limit(2)}, Routes: []server.Route{{Pattern: "GET /", Handler: plain}},
		Who: func(r *http.Request) (access.Principal, error) {
			if name := r.Header.Get("X-Name"); name != "" {
				return access.Principal{Name: name, Scopes: access.Scopes()}, nil
			}
			return access.Principal{}, access.ErrNobody
		}})
	ask := func(name, from string) *httptest.ResponseRecorder {
		r := httptest.NewRequest("GET", "http://localhost/", nil)
		r.RemoteAddr = from
		r.Header.Set("X-Name", name)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		return w
	}
	for i, test := range []struct {
		name, from string
		want       int
	}{
		{"ada", "192.0.2.1:1", 200}, {"ada", "192.0.2.2:1", 200}, {"ada", "192.0.2.1:1", 200}, {"ada", "192.0.2.3:1", 429}, {"mara", "192.0.2.1:1", 200},
		{"", "192.0.2.1:1", 401}, {"", "192.0.2.1:2", 401}, {"", "192.0.2.1:3", 429}, {"", "192.0.2.9:1", 401},
		{"", "[2001:db8::1]:1", 401}, {"", "[2001:db8::2]:1", 401}, {"", "[2001:db8::3]:1", 429}, {"", "[2001:db8:0:1::3]:1", 401},
	} {
		if w := ask(test.name, test.from); w.Code != test.want || (w.Header().Get("Retry-After") != "") != (test.want == 429) {
			t.Errorf("request %d of %q from %s: %d %v, want %d", i, test.name, test.from, w.Code, w.Header(), test.want)
		}
	}
}

func TestACookieWithoutAnOriginChangesNothing(t *testing.T) {
	h := serve(t, server.Options{})
	for header, want := range map[string]int{"": 403, "Origin": 200, "Sec-Fetch-Site": 200} {
		r := httptest.NewRequest("POST", "http://localhost/echo", strings.NewReader("hello"))
		r.Header.Set("Cookie", "hearsay=1")
		switch header {
		case "Origin":
			r.Header.Set(header, "http://localhost")
		case "Sec-Fetch-Site":
			r.Header.Set(header, "same-origin")
		}
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("with %q: %d, want %d", header, w.Code, want)
		}
	}
}

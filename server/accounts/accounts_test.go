package accounts

import (
	"context"
	"errors"
	"html/template"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"hearsay/server"
	"hearsay/server/access"
	"hearsay/server/pace"
	"hearsay/store"
	"hearsay/store/sqlite"
)

const secretWords = "otter-lamp-quarry-mile"

// place is a server with accounts, and a clock that the test sets.
type place struct {
	*Accounts
	http.Handler
	store *sqlite.Store
	at    time.Time
}

func newPlace(t *testing.T) *place {
	t.Helper()
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "desk.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	p := &place{store: s, at: time.Date(2026, 5, 4, 9, 0, 0, 0, time.UTC)}
	p.Accounts = New(Options{Store: s.Accounts(), Secure: true, Page: func(w http.ResponseWriter, _ *http.Request, status int, _ string, body template.HTML) {
		w.WriteHeader(status)
		io.WriteString(w, string(body))
	}})
	p.now = func() time.Time { return p.at }
	p.addresses = pace.New(pace.Limit{Every: 6 * time.Second, Burst: 10}, 100)
	for name, scopes := range map[string][]string{"ada": {"read", "add"}, "mara": {"read"}} {
		a := store.Account{Name: name, Hash: Hash(secretWords), Scopes: scopes, Made: p.at, Changed: p.at}
		if err := s.Accounts().AddAccount(t.Context(), a, store.AuditEntry{At: p.at, Action: store.AccountAdded, Subject: name}); err != nil {
			t.Fatal(err)
		}
	}
	who := http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		q := access.From(r.Context())
		io.WriteString(w, q.Name+" via "+q.Via)
	})
	did := http.HandlerFunc(func(_ http.ResponseWriter, r *http.Request) { access.Did(r.Context(), "add", "a1") })
	web, err := server.New(server.Options{Who: p.Who, Audit: p.Audit, Refused: p.Refused, Routes: append(p.Routes(),
		server.Route{Pattern: "GET /{$}", Handler: who}, server.Route{Pattern: "POST /add", Scope: access.Add, Handler: did},
		server.Route{Pattern: "GET /export", Audit: "export", Handler: who}, server.Route{Pattern: "POST /change", Scope: access.Add, Handler: who})})
	if err != nil {
		t.Fatal(err)
	}
	p.Handler = web
	return p
}

// ask sends a request as a browser does, with a form where there is one.
func (p *place) ask(method, path, cookie string, form url.Values, change ...func(*http.Request)) *httptest.ResponseRecorder {
	r := httptest.NewRequest(method, "http://localhost"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Accept", "text/html")
	if form != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	if method == http.MethodPost {
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	if cookie != "" {
		r.Header.Set("Cookie", "__Host-hearsay="+cookie)
	}
	for _, f := range change {
		f(r)
	}
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	return w
}

func (p *place) login(t *testing.T, name string) (cookie string) {
	t.Helper()
	w := p.ask("POST", "/login", "", url.Values{"name": {name}, "password": {secretWords}})
	for _, c := range w.Result().Cookies() {
		if c.Name == "__Host-hearsay" && c.HttpOnly && c.Secure && c.SameSite == http.SameSiteLaxMode && c.Path == "/" && c.Domain == "" {
			return c.Value
		}
	}
	t.Fatalf("no session: %d %v %s", w.Code, w.Header(), w.Body)
	return ""
}

func TestPasswords(t *testing.T) {
	for password, ok := range map[string]bool{
		secretWords: true, "ўзгариш эртага бошланади": true, "fourteen chars": false, "fifteen charss!": true,
		strings.Repeat("a", 20): false, "abcabcabcabcabcabc": false, "PasswordPassword": false, "123456789012345": false, "abcdefghijklmnopq": false, "987654321098765": false,
		"adahearsaypassword1": false, "\xff" + secretWords: false, strings.Repeat("long words ", 30): false,
	} {
		if err := CheckPassword("ada", password); (err == nil) != ok || err != nil && !errors.Is(err, ErrPassword) {
			t.Errorf("%q: %v", password, err)
		}
	}
	kept := Hash(secretWords)
	if !regexp.MustCompile(`^\$argon2id\$v=19\$m=19456,t=2,p=1\$[A-Za-z0-9+/]{22}\$[A-Za-z0-9+/]{43}$`).MatchString(kept) || kept == Hash(secretWords) {
		t.Errorf("kept as %s", kept)
	}
	if !matches(kept, secretWords) || matches(kept, secretWords+" ") || matches(kept, "") {
		t.Error("the wrong passwords match")
	}
	if !matches(Hash("caf\u00e9 in the old harbour"), "cafe\u0301 in the old harbour") {
		t.Error("how a keyboard composes a letter makes a difference")
	}
	for _, bad := range []string{"", "$", "$argon2id$v=19$m=99999999,t=2,p=1$c2FsdA$aGFzaGhhc2hoYXNoaGFzaA", "$argon2i$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA", "$argon2id$v=19$m=8,t=0,p=1$c2FsdA$aGFzaGhhc2hoYXNoaGFzaA", "$argon2id$v=19$m=8,t=1,p=1$$"} {
		if matches(bad, "") {
			t.Errorf("%q matches", bad)
		}
	}
}

func TestNames(t *testing.T) {
	for name, want := range map[string]string{" Ada ": "ada", "m.ara+desk@wend.example": "m.ara+desk@wend.example", "": "", "a b": "", "local": "", "adä": "", strings.Repeat("a", 65): "", "a/b": ""} {
		if got, err := Name(name); got != want || (err == nil) != (want != "") {
			t.Errorf("Name(%q) = %q, %v", name, got, err)
		}
	}
}

func TestWithin(t *testing.T) {
	for next, want := range map[string]string{"/articles?q=a b": "/articles?q=a b", "": "/", "//evil.example": "/", "/\\evil.example": "/", "https://evil.example/": "/", "javascript:alert(1)": "/", "/\nx": "/", "articles": "/", "http:/x": "/", "/%zz": "/"} {
		if got := within(next); got != want {
			t.Errorf("within(%q) = %q, want %q", next, got, want)
		}
	}
}

func TestLoggingInAndOut(t *testing.T) {
	p := newPlace(t)
	if w := p.ask("GET", "/export?x=1", "", nil); w.Code != 303 || w.Header().Get("Location") != "/login?next=%2Fexport%3Fx%3D1" {
		t.Errorf("a stranger: %d %v", w.Code, w.Header())
	}
	if w := p.ask("GET", "/login?next=/export", "", nil); w.Code != 200 || !strings.Contains(w.Body.String(), `value="/export"`) {
		t.Errorf("the page to log in: %d %s", w.Code, w.Body)
	}
	cookie := p.login(t, " ADA")
	if w := p.ask("GET", "/", cookie, nil); w.Code != 200 || w.Body.String() != "ada via session" {
		t.Errorf("%d %s", w.Code, w.Body)
	}
	for name, forged := range map[string]string{"changed": cookie[:51] + "7", "short": cookie[:20], "of SQL": "' OR 1=1 --' OR 1=1 --' OR 1=1 --' OR 1=1 --' OR 1=1", "its own digest": digest(cookie)[:52]} {
		if forged == cookie {
			forged = cookie[:51] + "a"
		}
		if w := p.ask("GET", "/", forged, nil); w.Code != 303 {
			t.Errorf("a forged cookie, %s: %d %s", name, w.Code, w.Body)
		}
	}
	// Logging in again ends the session before, and another's cookie is not taken over.
	again := p.ask("POST", "/login", cookie, url.Values{"name": {"ada"}, "password": {secretWords}, "next": {"//evil.example"}})
	if got := again.Header().Get("Location"); again.Code != 303 || got != "/" {
		t.Errorf("%d, leads to %s", again.Code, got)
	}
	if w := p.ask("GET", "/", cookie, nil); w.Code != 303 {
		t.Errorf("the old session goes on: %d", w.Code)
	}
	cookie = again.Result().Cookies()[0].Value
	if w := p.ask("POST", "/logout", cookie, url.Values{}); w.Code != 303 || w.Result().Cookies()[0].MaxAge >= 0 {
		t.Errorf("logging out: %d %v", w.Code, w.Header())
	}
	if w := p.ask("GET", "/", cookie, nil); w.Code != 303 {
		t.Errorf("after logging out: %d", w.Code)
	}
	// A session that is not used ends, and so does any after a week.
	cookie = p.login(t, "ada")
	p.at = p.at.Add(idle)
	if w := p.ask("GET", "/", cookie, nil); w.Code != 303 {
		t.Errorf("after %v: %d", idle, w.Code)
	}
	cookie = p.login(t, "ada")
	for began := p.at; ; p.at = p.at.Add(idle - time.Minute) {
		w := p.ask("GET", "/", cookie, nil)
		if over := p.at.Sub(began) >= longest; over != (w.Code == 303) {
			t.Fatalf("after %v: %d", p.at.Sub(began), w.Code)
		} else if over {
			break
		}
	}
}

func TestWhoMayNotLogIn(t *testing.T) {
	p := newPlace(t)
	try := func(name, password, from string, change ...func(*http.Request)) *httptest.ResponseRecorder {
		return p.ask("POST", "/login", "", url.Values{"name": {name}, "password": {password}}, append(change, func(r *http.Request) { r.RemoteAddr = from + ":999" })...)
	}
	var wrong []string
	for name, w := range map[string]*httptest.ResponseRecorder{"ada": try("ada", "no such words at all", "192.0.2.1"), "nobody": try("nobody", secretWords, "192.0.2.2")} {
		if w.Code != 401 || len(w.Result().Cookies()) > 0 {
			t.Errorf("%s: %d", name, w.Code)
		}
		wrong = append(wrong, strings.ReplaceAll(w.Body.String(), name, ""))
	}
	if wrong[0] != wrong[1] {
		t.Error("the answer says which names there are")
	}
	if err := p.store.Accounts().SetDisabled(t.Context(), "mara", true, store.AuditEntry{At: p.at, Action: store.AccountDisabled}); err != nil {
		t.Fatal(err)
	}
	if w := try("mara", secretWords, "192.0.2.3"); w.Code != 401 {
		t.Errorf("a disabled account: %d", w.Code)
	}
	silent := func(r *http.Request) { r.Header.Del("Sec-Fetch-Site") }
	foreign := func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }
	for name, change := range map[string]func(*http.Request){"of no page": silent, "of another site": foreign} {
		if w := try("ada", secretWords, "192.0.2.4", change); w.Code != 403 || len(w.Result().Cookies()) > 0 {
			t.Errorf("a login %s: %d", name, w.Code)
		}
	}
	// Whoever guesses waits, twice as long each time; the person at another address does not.
	for i := range 5 {
		if w := try("ada", "no such words at all", "192.0.2.5"); w.Code != 401 {
			t.Errorf("attempt %d: %d", i, w.Code)
		}
	}
	if w := try("ada", secretWords, "192.0.2.5"); w.Code != 429 || w.Header().Get("Retry-After") != "1" {
		t.Errorf("guessed too often: %d %v", w.Code, w.Header())
	}
	p.at = p.at.Add(2 * time.Second)
	try("ada", "no such words at all", "192.0.2.5")
	if w := try("ada", secretWords, "192.0.2.5"); w.Code != 429 || w.Header().Get("Retry-After") != "2" {
		t.Errorf("and again: %d %v", w.Code, w.Header())
	}
	if w := try("ada", secretWords, "192.0.2.6"); w.Code != 303 {
		t.Errorf("ada is locked out by another: %d", w.Code)
	}
	// One address tries names no faster than one account.
	last := 0
	for i := range 12 {
		last = try("nobody"+string(rune('a'+i)), "no such words at all", "2001:db8::"+string(rune('1'+i%9))).Code
	}
	if last != 429 {
		t.Errorf("the twelfth name from one network: %d", last)
	}
	entries, err := p.store.Accounts().Audit(t.Context(), store.AuditFilter{Action: store.LoginFailed})
	if err != nil || len(entries) == 0 {
		t.Fatalf("%v, %v", entries, err)
	}
	for _, e := range entries {
		if e.Subject != "ada" && e.Subject != "mara" && e.Subject != "" || e.Address == "" {
			t.Errorf("the audit log has %+v", e)
		}
	}
}

func TestTries(t *testing.T) {
	var all tries
	now := time.Unix(1_000_000, 0)
	for i := range 30 { // the wait is bounded
		wait := all.begin("a", now)
		if wait > longWait {
			t.Fatalf("attempt %d waits %v", i, wait)
		}
		now = now.Add(wait)
	}
	for i := range mostTries + 10 {
		all.begin(strings.Repeat("x", i%7)+string(rune(i)), now)
		if i%5000 == 0 {
			now = now.Add(time.Second)
		}
		if len(all.list) > mostTries {
			t.Fatal("too many are remembered")
		}
		if i > mostTries { // each more costs a walk
			break
		}
	}
	all.succeed("a")
	if all.list["a"] != nil {
		t.Error("who succeeded is not forgotten")
	}
}

func TestTokens(t *testing.T) {
	p := newPlace(t)
	ctx := t.Context()
	entry := store.AuditEntry{At: p.at, Who: "local", Via: "terminal"}
	token, err := NewToken(ctx, p.store.Accounts(), "ada", "feed", []access.Scope{access.Read, access.Add}, time.Hour, entry)
	if err != nil || !strings.HasPrefix(token, "hsy_") {
		t.Fatalf("%q, %v", token, err)
	}
	for name, scopes := range map[string][]access.Scope{"more": {access.Admin}, "": {access.Read}, "a\nb": {access.Read}, "none": nil} {
		if _, err := NewToken(ctx, p.store.Accounts(), "ada", name, scopes, 0, entry); err == nil {
			t.Errorf("a token %q that may %v was made", name, scopes)
		}
	}
	send := func(method, path, header, cookie string) int {
		return p.ask(method, path, cookie, nil, func(r *http.Request) {
			r.Header.Del("Sec-Fetch-Site") // a program
			r.Header.Del("Accept")
			r.Header.Set("Authorization", header)
		}).Code
	}
	cookie := p.login(t, "ada")
	for _, test := range []struct {
		name, method, path, header, cookie string
		want                               int
	}{
		{"the token", "GET", "/", "Bearer " + token, "", 200},
		{"in small letters", "GET", "/", "bearer " + token, "", 200},
		{"it changes something", "POST", "/add", "Bearer " + token, "", 200},
		{"another", "GET", "/", "Bearer " + token[:55] + "b", "", 401},
		{"with a cookie that is good", "GET", "/", "Bearer hsy_", cookie, 401},
		{"as a name and password", "GET", "/", "Basic YWRhOm90dGVy", "", 401},
		{"its digest", "GET", "/", "Bearer hsy_" + digest(token)[:52], "", 401},
		{"looks after tokens", "GET", "/account", "Bearer " + token, "", 401},
	} {
		if test.name == "another" && test.header == "Bearer "+token {
			test.header = "Bearer " + token[:55] + "c"
		}
		if test.name == "looks after tokens" {
			test.want = 303 // to the page to log in
		}
		if got := send(test.method, test.path, test.header, test.cookie); got != test.want {
			t.Errorf("%s: %d, want %d", test.name, got, test.want)
		}
	}
	// What the account may no more, the token may no more.
	book := p.store.Accounts()
	if err := book.SetScopes(ctx, "ada", []string{"read"}, entry); err != nil {
		t.Fatal(err)
	}
	if got := send("POST", "/add", "Bearer "+token, ""); got != 403 {
		t.Errorf("after the account was narrowed: %d", got)
	}
	if err := book.SetDisabled(ctx, "ada", true, entry); err != nil {
		t.Fatal(err)
	}
	if got := send("GET", "/", "Bearer "+token, ""); got != 401 {
		t.Errorf("of a disabled account: %d", got)
	}
	if err := book.SetDisabled(ctx, "ada", false, entry); err != nil {
		t.Fatal(err)
	}
	p.at = p.at.Add(time.Hour)
	if got := send("GET", "/", "Bearer "+token, ""); got != 401 {
		t.Errorf("after it has expired: %d", got)
	}
}

func TestOnesOwnAccount(t *testing.T) {
	p := newPlace(t)
	cookie, other := p.login(t, "ada"), p.login(t, "ada")
	form := func(v ...string) url.Values {
		f := url.Values{}
		for i := 0; i < len(v); i += 2 {
			f.Add(v[i], v[i+1])
		}
		return f
	}
	if w := p.ask("POST", "/account/tokens", cookie, form("name", "feed", "scope", "read", "days", "30", "password", "not this one, surely")); w.Code != 403 || strings.Contains(w.Body.String(), "hsy_") {
		t.Errorf("a token without the password: %d %s", w.Code, w.Body)
	}
	w := p.ask("POST", "/account/tokens", cookie, form("name", "<b>feed", "scope", "read", "days", "30", "password", secretWords))
	token := regexp.MustCompile(`hsy_[a-z2-7]{52}`).FindString(w.Body.String())
	if w.Code != 200 || token == "" || strings.Contains(w.Body.String(), "<b>feed") {
		t.Errorf("a token: %d %s", w.Code, w.Body)
	}
	if w := p.ask("POST", "/account/tokens", cookie, form("name", "rule", "scope", "admin", "days", "30", "password", secretWords)); w.Code != 422 {
		t.Errorf("a token that may more than its account: %d %s", w.Code, w.Body)
	}
	if w := p.ask("GET", "/account", cookie, nil); w.Code != 200 || strings.Contains(w.Body.String(), token) || strings.Contains(w.Body.String(), cookie) || !strings.Contains(w.Body.String(), "&lt;b&gt;feed") {
		t.Errorf("the account: %d %s", w.Code, w.Body)
	}
	if w := p.ask("POST", "/account/sessions/end", cookie, form("id", digest(other))); w.Code != 303 {
		t.Errorf("ending another session: %d", w.Code)
	}
	if w := p.ask("GET", "/", other, nil); w.Code != 303 {
		t.Errorf("it goes on: %d", w.Code)
	}
	if w := p.ask("POST", "/account/tokens/remove", cookie, form("name", "<b>feed")); w.Code != 303 {
		t.Errorf("removing a token: %d", w.Code)
	}
	if all, err := p.store.Accounts().Tokens(t.Context(), "ada"); err != nil || len(all) > 0 {
		t.Errorf("%v, %v", all, err)
	}
	for name, test := range map[string]struct {
		old, next string
		want      int
	}{"wrong": {"not this one, surely", "seven herons over Wend", 403}, "short": {secretWords, "heron", 422}, "right": {secretWords, "seven herons over Wend", 303}} {
		w := p.ask("POST", "/account/password", p.login(t, "mara"), form("password", test.old, "new", test.next))
		if w.Code != test.want || (test.want == 303) != (len(w.Result().Cookies()) == 1) {
			t.Errorf("%s: %d %v", name, w.Code, w.Header())
		}
		if test.want == 303 { // back to what the test logs in with
			if err := p.store.Accounts().SetPassword(t.Context(), "mara", Hash(secretWords), store.AuditEntry{At: p.at, Action: store.PasswordChanged}); err != nil {
				t.Fatal(err)
			}
		}
	}
}

func TestTheAuditLog(t *testing.T) {
	p := newPlace(t)
	cookie := p.login(t, "ada")
	reader := p.login(t, "mara")
	p.ask("POST", "/add", cookie, url.Values{})
	p.ask("POST", "/change", cookie, url.Values{"secret": {"words of a text"}})
	p.ask("GET", "/export?q=searched", cookie, nil)
	p.ask("GET", "/", cookie, nil)
	p.ask("POST", "/add", reader, url.Values{}) // who may not
	all, err := p.store.Accounts().Audit(t.Context(), store.AuditFilter{After: 2})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, e := range all {
		got = append(got, string(e.Action)+" "+e.Who+" "+e.Subject)
	}
	want := []string{"login ada ", "login mara ", "add ada a1", "add ada /change", "export ada /export"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

type kept = store.Accounts

// broken is a store that does not answer.
type broken struct{ kept }

func (broken) Session(context.Context, string) (store.Session, store.Account, error) {
	return store.Session{}, store.Account{}, store.ErrUnreachable
}

func TestAStoreThatFailsLetsNobodyIn(t *testing.T) {
	p := newPlace(t)
	cookie := p.login(t, "ada")
	p.Store = broken{p.Store}
	if w := p.ask("GET", "/", cookie, nil); w.Code != 503 {
		t.Errorf("%d %s", w.Code, w.Body)
	}
}

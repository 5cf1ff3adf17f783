// Package accounts lets those in who have an account: a person with a browser
// by name and password, from then on by a session, a program by a token. It
// has the pages on which to log in and out and to look after one's own.
//
// Neither a session nor a token is kept, only its SHA-256: both are 256 random
// bits, so that nothing is gained by guessing, and nothing by reading the store.
package accounts

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/base32"
	"encoding/hex"
	"errors"
	"fmt"
	"html/template"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"strings"
	"sync"
	"time"
	"unicode"
	"unicode/utf8"

	"hearsay/server/access"
	"hearsay/server/pace"
	"hearsay/store"
)

// Options are what Accounts work with. Only Log may be left out.
type Options struct {
	Store store.Accounts
	// Page writes a page around what stands in it.
	Page func(w http.ResponseWriter, r *http.Request, status int, title string, body template.HTML)
	// Secure says that browsers reach the server by TLS, so that they send the cookie over nothing else.
	Secure bool
	Log    *slog.Logger
}

// Accounts knows who asks.
type Accounts struct {
	Options
	now       func() time.Time
	comparing chan struct{} // one for each password that is being compared
	nobody    string        // the hash of a password that nobody has
	addresses *pace.Limiter // attempts to log in, of an address
	tries     tries
	touching  sync.Mutex // held by whoever keeps when something was last used
}

// Of sessions.
const (
	idle     = 12 * time.Hour     // after which one that is not used ends
	longest  = 7 * 24 * time.Hour // after which any ends
	touched  = 10 * time.Minute   // how exactly is kept when it was last used
	patience = time.Second / 2    // how long is waited to keep that
)

// New makes Accounts.
func New(o Options) *Accounts {
	if o.Log == nil {
		o.Log = slog.New(slog.DiscardHandler)
	}
	return &Accounts{Options: o, now: time.Now, comparing: make(chan struct{}, mostAtOnce), nobody: Hash(rand.Text()),
		addresses: pace.New(pace.Limit{Every: 6 * time.Second, Burst: 10}, 50_000)}
}

// Name brings the name of an account into the form in which it is kept.
func Name(name string) (string, error) {
	name = strings.ToLower(strings.TrimSpace(name))
	fits := func(r rune) bool {
		return r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || strings.ContainsRune("._-@+", r)
	}
	if name == "" || len(name) > 64 || strings.IndexFunc(name, func(r rune) bool { return !fits(r) }) >= 0 {
		return "", fmt.Errorf("the name of an account has 1 to 64 letters (a to z), digits and signs of . _ - @ +, not %q", name)
	}
	if name == "local" {
		return "", errors.New("local is the name of whoever works at the machine itself: take another")
	}
	return name, nil
}

// tokenPrefix lets people, and programs that look for secrets in texts, see what a token is.
const tokenPrefix = "hsy_"

var tokenForm = base32.NewEncoding("abcdefghijklmnopqrstuvwxyz234567").WithPadding(base32.NoPadding)

// secret returns 256 random bits as text, and their digest, which is kept.
func secret(prefix string) (text, id string) {
	b := make([]byte, 32)
	rand.Read(b) // which never fails
	text = prefix + tokenForm.EncodeToString(b)
	return text, digest(text)
}

func digest(secret string) string {
	sum := sha256.Sum256([]byte(secret))
	return hex.EncodeToString(sum[:])
}

// secretChars is how long 256 bits are as text.
const secretChars = 52

// NewToken makes a token of an account, which may do no more than the account
// may, and returns it: it is not kept, and cannot be said again. Life is how
// long it is good for, 0 for ever. By is who makes it, for the audit log.
func NewToken(ctx context.Context, s store.Accounts, account, name string, scopes []access.Scope, life time.Duration, by store.AuditEntry) (string, error) {
	name = strings.TrimSpace(name)
	if name == "" || utf8.RuneCountInString(name) > 60 || !utf8.ValidString(name) || strings.IndexFunc(name, func(r rune) bool { return !unicode.IsPrint(r) }) >= 0 {
		return "", errors.New("the name of a token has 1 to 60 characters, all of which can be printed")
	}
	of, err := s.Account(ctx, account)
	if err != nil {
		return "", err
	}
	var list []string
	for _, scope := range scopes {
		if !slices.Contains(of.Scopes, string(scope)) {
			return "", fmt.Errorf("%s itself may not %s, so no token of it may", account, scope)
		}
		list = append(list, string(scope))
	}
	if len(list) == 0 {
		return "", errors.New("a token takes one scope at least")
	}
	text, id := secret(tokenPrefix)
	t := store.Token{ID: id, Account: account, Name: name, Scopes: list, Made: by.At}
	if life > 0 {
		t.Expires = by.At.Add(life)
	}
	by.Action, by.Subject = store.TokenAdded, account+": "+name+" ("+strings.Join(list, ",")+")"
	return text, s.AddToken(ctx, t, by)
}

// Who says who sent a request, by its token or its session. Where nobody is
// known the error is access.ErrNobody; others are faults of the store.
func (a *Accounts) Who(r *http.Request) (access.Principal, error) {
	if sent := r.Header.Values("Authorization"); len(sent) > 0 {
		kind, token, _ := strings.Cut(sent[0], " ")
		if len(sent) > 1 || !strings.EqualFold(kind, "Bearer") || len(token) != len(tokenPrefix)+secretChars || !strings.HasPrefix(token, tokenPrefix) {
			return access.Principal{}, access.ErrNobody
		}
		return a.ofToken(r.Context(), digest(token))
	}
	_, of, err := a.session(r)
	if err != nil {
		return access.Principal{}, err
	}
	return principal(of.Name, of.Scopes, "session"), nil
}

func principal(name string, scopes []string, via string) access.Principal {
	p := access.Principal{Name: name, Via: via}
	for _, s := range scopes {
		p.Scopes = append(p.Scopes, access.Scope(s))
	}
	return p
}

// ofToken returns whose token it is. It may do what both it and its account may now.
func (a *Accounts) ofToken(ctx context.Context, id string) (access.Principal, error) {
	t, of, err := a.Store.Token(ctx, id)
	now := a.now()
	switch {
	case errors.Is(err, store.ErrNotFound):
		return access.Principal{}, access.ErrNobody
	case err != nil:
		return access.Principal{}, err
	case subtle.ConstantTimeCompare([]byte(t.ID), []byte(id)) != 1, !of.Disabled.IsZero(), !t.Expires.IsZero() && !now.Before(t.Expires):
		return access.Principal{}, access.ErrNobody
	}
	if now.Sub(t.Used) >= touched {
		a.touch(ctx, func(ctx context.Context) error { return a.Store.UseToken(ctx, id, now) })
	}
	both := slices.DeleteFunc(slices.Clone(t.Scopes), func(s string) bool { return !slices.Contains(of.Scopes, s) })
	return principal(of.Name, both, "token "+t.Name), nil
}

// cookie is the name of the session's cookie. With its prefix a browser takes it by
// TLS only, from this host alone, and gives it to no other.
func (a *Accounts) cookie() string {
	if a.Secure {
		return "__Host-hearsay"
	}
	return "hearsay"
}

// session returns the session of a request and its account.
func (a *Accounts) session(r *http.Request) (store.Session, store.Account, error) {
	sent := r.CookiesNamed(a.cookie())
	if len(sent) != 1 || len(sent[0].Value) != secretChars {
		return store.Session{}, store.Account{}, access.ErrNobody
	}
	id := digest(sent[0].Value)
	s, of, err := a.Store.Session(r.Context(), id)
	now := a.now()
	switch {
	case errors.Is(err, store.ErrNotFound):
		return s, of, access.ErrNobody
	case err != nil:
		return s, of, err
	case subtle.ConstantTimeCompare([]byte(s.ID), []byte(id)) != 1, !of.Disabled.IsZero(), !now.Before(s.Ends), now.Sub(s.Seen) >= idle:
		return s, of, access.ErrNobody
	}
	if now.Sub(s.Seen) >= touched {
		a.touch(r.Context(), func(ctx context.Context) error { return a.Store.SeeSession(ctx, id, now) })
	}
	return s, of, nil
}

// touch keeps when something was last used, if that can be done at once: nobody is kept waiting for it.
func (a *Accounts) touch(ctx context.Context, keep func(context.Context) error) {
	if !a.touching.TryLock() {
		return
	}
	defer a.touching.Unlock()
	ctx, cancel := context.WithTimeout(ctx, patience)
	defer cancel()
	if err := keep(ctx); err != nil {
		a.Log.DebugContext(ctx, "keeping when it was last used", "error", err)
	}
}

// Audit writes to the audit log what was done. It fits server.Options.Audit.
func (a *Accounts) Audit(ctx context.Context, p access.Principal, address string, d access.Deed) {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	e := store.AuditEntry{At: a.now(), Who: p.Name, Via: p.Via, Address: address, Action: store.Action(d.Action), Subject: d.Subject}
	if err := a.Store.Record(ctx, e); err != nil {
		a.Log.ErrorContext(ctx, "the audit log lacks an entry", "who", p.Name, "action", d.Action, "error", err)
	}
}

// entry begins an entry of the audit log on what a request asks for.
func (a *Accounts) entry(r *http.Request, who string, what store.Action) store.AuditEntry {
	return store.AuditEntry{At: a.now(), Who: who, Via: "session", Address: addressOf(r), Action: what}
}

func addressOf(r *http.Request) string {
	host, _, err := net.SplitHostPort(r.RemoteAddr)
	if err != nil {
		return r.RemoteAddr
	}
	return host
}

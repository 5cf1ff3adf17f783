// Package access says who asks and what they may do. The server finds out who it
// is and puts it in the context of each request; whatever serves the request
// asks here, so that pages, API and tools hold everyone to the same rules.
package access

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
)

// Scope is something that a person or a program may be allowed to do.
type Scope string

// The scopes. None of them contains another.
const (
	Read    Scope = "read"    // read texts without keeping them, and see all that the store holds
	Add     Scope = "add"     // put articles and fact-checks in the store
	Correct Scope = "correct" // correct ledgers and incidents, and mark claims as checked
	Admin   Scope = "admin"   // remove articles, and manage accounts, tokens, searches and webhooks
)

// Scopes are all of them, from the least to the most.
func Scopes() []Scope { return []Scope{Read, Add, Correct, Admin} }

// ParseScopes reads a list such as "read,add". An empty list is an error.
func ParseScopes(list string) ([]Scope, error) {
	var out []Scope
	for name := range strings.SplitSeq(list, ",") {
		s := Scope(strings.TrimSpace(name))
		if !slices.Contains(Scopes(), s) {
			return nil, fmt.Errorf("%q is no scope: there are read, add, correct and admin", s)
		}
		if !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	return out, nil
}

// ErrNobody is why nobody is known to ask: there is no account behind the
// request, or one that is not let in. Other errors of whoever finds that out are faults.
var ErrNobody = errors.New("nobody is logged in")

// Principal is who asks.
type Principal struct {
	Name   string // of the account; corrections and the audit log bear it
	Scopes []Scope
	Via    string // how it is known: "session", "token NAME"; empty where there are no accounts
}

// May reports whether the principal may do what the scope allows.
func (p Principal) May(s Scope) bool { return slices.Contains(p.Scopes, s) }

// Deed is something that was done, for the audit log.
type Deed struct {
	Action  string // "add", "correct", "remove", "export"
	Subject string // what it was done to, such as the id of an article; no words that were searched for, and none of a text
}

// Deeds are those of one request. All its methods may be called by several goroutines.
type Deeds struct {
	mu   sync.Mutex
	list []Deed
}

// All are the deeds so far.
func (d *Deeds) All() []Deed {
	d.mu.Lock()
	defer d.mu.Unlock()
	return slices.Clone(d.list)
}

// Noting returns a context in which Did notes what was done in what it returns.
func Noting(ctx context.Context) (context.Context, *Deeds) {
	d := new(Deeds)
	return context.WithValue(ctx, deedsKey{}, d), d
}

// Did notes that who asks has done something, for the audit log. Whatever takes
// more than the scope Read and notes nothing itself is in the log by its path.
func Did(ctx context.Context, action, subject string) {
	if d, ok := ctx.Value(deedsKey{}).(*Deeds); ok {
		d.mu.Lock()
		defer d.mu.Unlock()
		d.list = append(d.list, Deed{action, subject})
	}
}

type (
	key      struct{}
	deedsKey struct{}
)

// With returns a context in which p is who asks.
func With(ctx context.Context, p Principal) context.Context {
	return context.WithValue(ctx, key{}, p)
}

// From returns who asks. In a context that says nothing of it that is nobody,
// who may do nothing.
func From(ctx context.Context) Principal {
	p, _ := ctx.Value(key{}).(Principal)
	return p
}

// Package access says who asks and what they may do. The server finds out who it
// is and puts it in the context of each request; whatever serves the request
// asks here, so that pages, API and tools hold everyone to the same rules.
package access

import (
	"context"
	"fmt"
	"slices"
	"strings"
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

// Principal is who asks.
type Principal struct {
	Name   string // of the account; corrections and the audit log bear it
	Scopes []Scope
}

// May reports whether the principal may do what the scope allows.
func (p Principal) May(s Scope) bool { return slices.Contains(p.Scopes, s) }

type key struct{}

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

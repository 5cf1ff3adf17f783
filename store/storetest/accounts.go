package storetest

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"hearsay/store"
)

// then is the moment at which everything in these tests is done.
var then = time.Date(2026, 5, 4, 9, 30, 0, 123_000, time.UTC)

// done is an entry of the audit log.
func done(what store.Action, subject string) store.AuditEntry {
	return store.AuditEntry{At: then, Who: "local", Via: "terminal", Action: what, Subject: subject}
}

// phc has the form of a password's hash, and is none.
const phc = "$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA"

// person adds an account.
func person(t *testing.T, s store.Store, name string, scopes ...string) store.Account {
	t.Helper()
	a := store.Account{Name: name, Hash: phc, Scopes: scopes, Made: then, Changed: then}
	if err := s.Accounts().AddAccount(t.Context(), a, done(store.AccountAdded, name)); err != nil {
		t.Fatal(err)
	}
	return a
}

func accountsKept(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	book := s.Accounts()
	if all, err := book.Accounts(ctx); err != nil || len(all) != 0 {
		t.Errorf("a new store has the accounts %v, %v", all, err)
	}
	mara, ada := person(t, s, "mara", "read"), person(t, s, "ada", "read", "admin")
	if err := book.AddAccount(ctx, store.Account{Name: "ada", Hash: "other"}, done(store.AccountAdded, "ada")); !errors.Is(err, store.ErrTaken) {
		t.Errorf("a second account was added under one name: %v", err)
	}
	all, err := book.Accounts(ctx)
	if d := cmp.Diff([]store.Account{ada, mara}, all); d != "" || err != nil {
		t.Errorf("got %v, %s", err, d)
	}
	later := done(store.PasswordChanged, "ada")
	later.At = then.Add(time.Hour)
	for what, err := range map[string]error{
		"password": book.SetPassword(ctx, "ada", phc+"2", later),
		"scopes":   book.SetScopes(ctx, "ada", []string{"read"}, done(store.ScopesChanged, "ada")),
		"disabled": book.SetDisabled(ctx, "ada", true, later),
	} {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	ada.Hash, ada.Changed, ada.Disabled, ada.Scopes = phc+"2", later.At, later.At, []string{"read"}
	got, err := book.Account(ctx, "ada")
	if d := cmp.Diff(ada, got); d != "" || err != nil {
		t.Errorf("got %v, %s", err, d)
	}
	if err := book.SetDisabled(ctx, "ada", false, later); err != nil {
		t.Error(err)
	}
	if got, err := book.Account(ctx, "ada"); err != nil || !got.Disabled.IsZero() {
		t.Errorf("got %+v, %v", got, err)
	}
	if err := book.DeleteAccount(ctx, "ada", done(store.AccountRemoved, "ada")); err != nil {
		t.Error(err)
	}
	entries, err := book.Audit(ctx, store.AuditFilter{})
	if err != nil || len(entries) != 7 {
		t.Fatalf("the audit log has %v, %v", entries, err)
	}

	// Of an account that is not there nothing is done, and nothing said.
	nobody := func(a store.Account, err error) error { return err }
	for what, err := range map[string]error{
		"reading":  nobody(book.Account(ctx, "ada")),
		"password": book.SetPassword(ctx, "ada", phc, later),
		"scopes":   book.SetScopes(ctx, "ada", nil, later),
		"disabled": book.SetDisabled(ctx, "ada", true, later),
		"removing": book.DeleteAccount(ctx, "ada", later),
		"session":  book.OpenSession(ctx, store.Session{ID: "s", Account: "ada", Made: then, Seen: then, Ends: then}, later),
		"token":    book.AddToken(ctx, store.Token{ID: "t", Account: "ada", Name: "n", Made: then}, later),
	} {
		if !errors.Is(err, store.ErrNotFound) {
			t.Errorf("%s: %v for an account that is not there", what, err)
		}
	}
	if entries, err := book.Audit(ctx, store.AuditFilter{}); err != nil || len(entries) != 7 {
		t.Errorf("the audit log has %v, %v", entries, err)
	}
	whole(t, s)
}

func sessionsKept(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	book := s.Accounts()
	ada := person(t, s, "ada", "read")
	person(t, s, "mara", "read")
	begin := func(id, name string, made time.Time) store.Session {
		v := store.Session{ID: id, Account: name, Made: made, Seen: made, Ends: made.Add(time.Hour), Address: "192.0.2.7", Agent: "a browser"}
		if err := book.OpenSession(ctx, v, done(store.LoggedIn, "")); err != nil {
			t.Fatal(err)
		}
		return v
	}
	one := begin("one", "ada", then)
	begin("hers", "mara", then)
	got, account, err := book.Session(ctx, "one")
	if d := cmp.Diff(one, got) + cmp.Diff(ada, account); d != "" || err != nil {
		t.Errorf("got %v, %s", err, d)
	}
	if err := book.SeeSession(ctx, "one", then.Add(time.Minute)); err != nil {
		t.Error(err)
	}
	if err := book.SeeSession(ctx, "one", then.Add(time.Second)); err != nil { // who came first and was slow
		t.Error(err)
	}
	if got, _, err := book.Session(ctx, "one"); err != nil || !got.Seen.Equal(then.Add(time.Minute)) {
		t.Errorf("got %+v, %v", got, err)
	}
	if _, _, err := book.Session(ctx, "two"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("got %v for a session that there is not", err)
	}
	if err := book.CloseSession(ctx, "mara", "one", done(store.LoggedOut, "")); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a session was ended as another's: %v", err)
	}

	// A session that is over goes when the next is opened.
	begin("two", "ada", then.Add(2*time.Hour))
	if all, err := book.Sessions(ctx, "ada"); err != nil || len(all) != 1 || all[0].ID != "two" {
		t.Errorf("got %+v, %v", all, err)
	}
	if err := book.CloseSession(ctx, "ada", "two", done(store.LoggedOut, "")); err != nil {
		t.Error(err)
	}
	if _, _, err := book.Session(ctx, "two"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("got %v for a session that was ended", err)
	}

	// There are no more than so many, and the newest stay.
	for i := range 60 {
		begin(fmt.Sprint("many", i), "ada", then.Add(3*time.Hour+time.Duration(i)*time.Second))
	}
	if all, err := book.Sessions(ctx, "ada"); err != nil || len(all) != 50 || all[0].ID != "many59" || all[49].ID != "many10" {
		t.Errorf("got %d sessions, %v", len(all), err)
	}

	// They end with the password, and when the account is disabled or removed; another's stay.
	for what, end := range map[string]func() error{
		"password": func() error { return book.SetPassword(ctx, "ada", phc, done(store.PasswordChanged, "ada")) },
		"disabled": func() error { return book.SetDisabled(ctx, "ada", true, done(store.AccountDisabled, "ada")) },
	} {
		begin("last", "ada", then.Add(4*time.Hour))
		if err := end(); err != nil {
			t.Error(err)
		}
		if all, err := book.Sessions(ctx, "ada"); err != nil || len(all) != 0 {
			t.Errorf("%s: got %+v, %v", what, all, err)
		}
	}
	begin("last", "ada", then.Add(4*time.Hour))
	if err := book.DeleteAccount(ctx, "ada", done(store.AccountRemoved, "ada")); err != nil {
		t.Error(err)
	}
	if _, _, err := book.Session(ctx, "last"); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("got %v for a session of an account that was removed", err)
	}
	if _, _, err := book.Session(ctx, "hers"); err != nil {
		t.Error(err)
	}
	// What a browser says of itself is cut.
	long := store.Session{ID: "long", Account: "mara", Made: then, Seen: then, Ends: then.Add(time.Hour), Agent: strings.Repeat("é", 1000) + "\xff"}
	if err := book.OpenSession(ctx, long, done(store.LoggedIn, "")); err != nil {
		t.Error(err)
	}
	if got, _, err := book.Session(ctx, "long"); err != nil || len(got.Agent) > 310 || !strings.HasPrefix(got.Agent, "éé") {
		t.Errorf("got %q, %v", got.Agent, err)
	}
	whole(t, s)
}

func tokensKept(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	book := s.Accounts()
	ada := person(t, s, "ada", "read", "add")
	person(t, s, "mara", "read")
	feed := store.Token{ID: "1", Account: "ada", Name: "feed", Scopes: []string{"read", "add"}, Made: then, Expires: then.Add(time.Hour)}
	chart := store.Token{ID: "2", Account: "ada", Name: "chart", Scopes: []string{"read"}, Made: then}
	other := store.Token{ID: "3", Account: "mara", Name: "chart", Scopes: []string{"read"}, Made: then}
	for _, k := range []store.Token{feed, chart, other} {
		if err := book.AddToken(ctx, k, done(store.TokenAdded, k.Name)); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.AddToken(ctx, store.Token{ID: "4", Account: "ada", Name: "feed", Made: then}, done(store.TokenAdded, "feed")); !errors.Is(err, store.ErrTaken) {
		t.Errorf("a second token was added under one name: %v", err)
	}
	got, account, err := book.Token(ctx, "1")
	if d := cmp.Diff(feed, got) + cmp.Diff(ada, account); d != "" || err != nil {
		t.Errorf("got %v, %s", err, d)
	}
	for name, want := range map[string][]store.Token{"ada": {chart, feed}, "": {chart, feed, other}, "nobody": nil} {
		got, err := book.Tokens(ctx, name)
		if d := cmp.Diff(want, got); d != "" || err != nil {
			t.Errorf("%q: got %v, %s", name, err, d)
		}
	}
	if err := book.UseToken(ctx, "1", then.Add(time.Minute)); err != nil {
		t.Error(err)
	}
	if got, _, err := book.Token(ctx, "1"); err != nil || !got.Used.Equal(then.Add(time.Minute)) {
		t.Errorf("got %+v, %v", got, err)
	}
	if err := book.DeleteToken(ctx, "mara", "feed", done(store.TokenRemoved, "feed")); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a token was removed as another's: %v", err)
	}
	if err := book.DeleteToken(ctx, "ada", "feed", done(store.TokenRemoved, "feed")); err != nil {
		t.Error(err)
	}
	if err := book.DeleteAccount(ctx, "ada", done(store.AccountRemoved, "ada")); err != nil {
		t.Error(err)
	}
	for id, want := range map[string]error{"1": store.ErrNotFound, "2": store.ErrNotFound, "3": nil} {
		if _, _, err := book.Token(ctx, id); !errors.Is(err, want) {
			t.Errorf("the token %s: %v, want %v", id, err, want)
		}
	}
	whole(t, s)
}

func auditLog(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	book := s.Accounts()
	want := []store.AuditEntry{
		{Number: 1, At: then, Who: "ada", Via: "session", Address: "192.0.2.7", Action: store.LoggedIn},
		{Number: 2, At: then.Add(time.Minute), Address: "2001:db8::1", Action: store.LoginFailed, Subject: "ada"},
		{Number: 3, At: then.Add(2 * time.Minute), Who: "mara", Via: "token feed", Action: store.DidAdd, Subject: "https://wend.example/a?b=<\x00'\">\u2028"},
		{Number: 4, At: then.Add(3 * time.Minute), Who: "ada", Via: "session", Action: store.LoggedOut},
	}
	for _, e := range want {
		e.Number = 77 // which is the store's to say
		if err := book.Record(ctx, e); err != nil {
			t.Fatal(err)
		}
	}
	for _, test := range []struct {
		name string
		f    store.AuditFilter
		want []int64
	}{
		{"all", store.AuditFilter{}, []int64{1, 2, 3, 4}},
		{"last first", store.AuditFilter{LastFirst: true, Limit: 2}, []int64{4, 3}},
		{"before", store.AuditFilter{LastFirst: true, Before: 3}, []int64{2, 1}},
		{"after", store.AuditFilter{After: 2}, []int64{3, 4}},
		{"days", store.AuditFilter{Since: then.Add(time.Minute), Until: then.Add(3 * time.Minute)}, []int64{2, 3}},
		{"who", store.AuditFilter{Who: "ada"}, []int64{1, 4}},
		{"action", store.AuditFilter{Action: store.LoginFailed}, []int64{2}},
	} {
		got, err := book.Audit(ctx, test.f)
		if err != nil {
			t.Error(err)
		}
		var numbers []int64
		for _, e := range got {
			numbers = append(numbers, e.Number)
			if d := cmp.Diff(want[e.Number-1], e); d != "" {
				t.Errorf("%s: %s", test.name, d)
			}
		}
		if !slices.Equal(numbers, test.want) {
			t.Errorf("%s: %v, want %v", test.name, numbers, test.want)
		}
	}
	// Whoever writes at once, the chain holds.
	var writing sync.WaitGroup
	for range 3 {
		writing.Go(func() {
			for i := range 10 {
				if err := book.Record(ctx, done(store.DidCorrect, fmt.Sprint(i))); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writing.Wait()
	if all, err := book.Audit(ctx, store.AuditFilter{}); err != nil || len(all) != 34 || all[33].Number != 34 {
		t.Errorf("%d entries, %v", len(all), err)
	}
	whole(t, s)
}

// accountsInBackup checks that accounts, tokens and the audit log are in a
// backup, and that who is logged in is not, not even as bytes that are no longer used.
func accountsInBackup(t *testing.T, open func(testing.TB) store.Store) {
	s, ctx := open(t), t.Context()
	book := s.Accounts()
	person(t, s, "ada", "read", "admin")
	if err := book.AddToken(ctx, store.Token{ID: "1", Account: "ada", Name: "feed", Scopes: []string{"read"}, Made: then}, done(store.TokenAdded, "feed")); err != nil {
		t.Fatal(err)
	}
	secret := strings.Repeat("5e551011", 8)
	open1 := store.Session{ID: secret, Account: "ada", Made: then, Seen: then, Ends: then.Add(time.Hour)}
	if err := book.OpenSession(ctx, open1, done(store.LoggedIn, "")); err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "copy")
	if err := s.Backup(ctx, file, false); err != nil {
		t.Fatal(err)
	}
	if bytes, err := os.ReadFile(file); err != nil || strings.Contains(string(bytes), secret) {
		t.Errorf("a session is in the backup: %v", err)
	}
	if _, _, err := book.Session(ctx, secret); err != nil {
		t.Errorf("making a backup ended a session: %v", err)
	}
	for what, err := range map[string]error{
		"token":    book.DeleteToken(ctx, "ada", "feed", done(store.TokenRemoved, "feed")),
		"password": book.SetScopes(ctx, "ada", []string{"read"}, done(store.ScopesChanged, "ada")),
	} {
		if err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := s.Restore(ctx, file); err != nil {
		t.Fatal(err)
	}
	if all, err := book.Accounts(ctx); err != nil || len(all) != 1 || !slices.Equal(all[0].Scopes, []string{"read", "admin"}) {
		t.Errorf("got %+v, %v", all, err)
	}
	if all, err := book.Tokens(ctx, ""); err != nil || len(all) != 1 || all[0].Restored.IsZero() {
		t.Errorf("got %+v, %v", all, err)
	}
	if _, _, err := book.Session(ctx, secret); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("a session goes on after the store was restored: %v", err)
	}
	all, err := book.Audit(ctx, store.AuditFilter{})
	var told []store.Action
	for _, e := range all {
		told = append(told, e.Action)
	}
	if want := []store.Action{store.AccountAdded, store.TokenAdded, store.LoggedIn, store.StoreRestored}; !slices.Equal(told, want) || err != nil {
		t.Errorf("the audit log tells of %v, %v; want %v", told, err, want)
	}
	whole(t, s)
}

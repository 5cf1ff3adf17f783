package accounts_test

import (
	"net/http/httptest"
	"path/filepath"
	"testing"
	"time"

	"hearsay/report/browsertest"
	"hearsay/server"
	"hearsay/server/accounts"
	"hearsay/server/desk"
	"hearsay/store"
	"hearsay/store/sqlite"
)

// TestLoggingInInABrowser logs in and out in the frame of the desk, with scripts
// and without, and has the pages judged, also at the width of a phone.
func TestLoggingInInABrowser(t *testing.T) {
	s, err := sqlite.Open(t.Context(), filepath.Join(t.TempDir(), "desk.db"), sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	now := time.Now()
	const words = "otter-lamp-quarry-mile"
	if err := s.Accounts().AddAccount(t.Context(), store.Account{Name: "ada", Hash: accounts.Hash(words), Scopes: []string{"read"}, Made: now, Changed: now}, store.AuditEntry{At: now, Action: store.AccountAdded}); err != nil {
		t.Fatal(err)
	}
	pages, err := desk.New(desk.Options{Store: s})
	if err != nil {
		t.Fatal(err)
	}
	people := accounts.New(accounts.Options{Store: s.Accounts(), Page: pages.Plain})
	web, err := server.New(server.Options{Routes: append(pages.Routes(), people.Routes()...), Who: people.Who, Audit: people.Audit, Refused: people.Refused})
	if err != nil {
		t.Fatal(err)
	}
	at := httptest.NewServer(web)
	defer at.Close()
	axe := browsertest.NewAxe(t)
	for _, scripts := range []bool{true, false} {
		tab := browsertest.Open(t, 390, 844)
		tab.Forgive(true) // a wrong password is answered with an error
		if !scripts {
			tab.NoScripts()
		}
		tab.Go(at.URL + "/speakers")
		tab.Is(`location.pathname + location.search`, "/login?next=%2Fspeakers")
		tab.Is(`document.documentElement.scrollWidth <= innerWidth`, true)
		if scripts {
			axe.Judge(tab, "to log in")
		}
		tab.Fill("#name", "ada")
		tab.Fill("#password", "not the right words")
		tab.Click(".give button")
		tab.Until(`document.querySelector('.problem') !== null`)
		tab.Fill("#password", words)
		tab.Click(".give button")
		tab.Until(`location.pathname === '/speakers' && document.readyState === 'complete'`)
		tab.Is(`document.querySelector('footer a').textContent`, "ada")
		tab.Click("footer a")
		tab.Until(`location.pathname === '/account' && document.readyState === 'complete'`)
		tab.Is(`document.documentElement.scrollWidth <= innerWidth`, true)
		tab.Fill("#token-name", map[bool]string{true: "feed", false: "chart"}[scripts])
		tab.Fill("#token-password", words)
		tab.Click("form[action='/account/tokens'] button")
		tab.Until(`document.querySelector('.problem code') !== null`)
		tab.Is(`document.querySelector('.problem code').textContent.length`, 56.0)
		tab.Is(`document.documentElement.scrollWidth <= innerWidth`, true)
		if scripts {
			axe.Judge(tab, "one's own account")
		}
		tab.Click("form[action='/logout'] button")
		tab.Until(`location.pathname === '/login' && document.readyState === 'complete'`)
		tab.Go(at.URL + "/account")
		tab.Is(`location.pathname`, "/login")
	}
}

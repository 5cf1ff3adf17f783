package main

import (
	"testing"

	"hearsay/ledger"
)

func TestMainOf(t *testing.T) {
	mentions := func(n int) []ledger.Mention { return make([]ledger.Mention, n) }
	l := &ledger.Ledger{Incidents: []ledger.Incident{
		{ID: "i1", Type: ledger.Arrests, Mentions: mentions(9)},
		{ID: "i2", Type: ledger.Attack, Mentions: mentions(2), Killed: &ledger.Toll{Best: 3}, Date: "2023-05-09"},
		{ID: "i3", Type: ledger.Attack, Mentions: mentions(4)},
	}}
	if got := mainOf(l); got == nil || got.ID != "i2" {
		t.Errorf("the main incident is %v, want i2", got)
	}
	if got := mainOf(&ledger.Ledger{}); got != nil {
		t.Errorf("a text without incidents has the main incident %v", got)
	}
	if got, want := of(&l.Incidents[1]), (told{killed: 3, date: "2023-05-09"}); got != want {
		t.Errorf("of it is told %v, want %v", got, want)
	}
}

func TestFrequent(t *testing.T) {
	list := []told{{killed: 2}, {killed: 1, date: "2023-05-09"}, {killed: 1}, {killed: 3}}
	if got := frequent(list, func(t told) int { return t.killed }, func(int) bool { return true }); got != 1 {
		t.Errorf("most articles say %d, want 1", got)
	}
	if got := frequent(list, func(t told) string { return t.date }, func(d string) bool { return d != "" }); got != "2023-05-09" {
		t.Errorf("the day is %q", got)
	}
}

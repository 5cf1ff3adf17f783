package storetest

import (
	"errors"
	"math/rand/v2"
	"path/filepath"
	"testing"

	"hearsay/ledger"
	"hearsay/ledger/correction"
	"hearsay/store"
)

// claimsCorrected corrects an article, and wants all that is asked for to follow: what is
// searched, verified, backed up, made of a new version, and undone.
func claimsCorrected(t *testing.T, open func(testing.TB) store.Store) {
	s := open(t)
	ctx := t.Context()
	a, l := Random(rand.New(rand.NewPCG(7, 7)), "a1", 8)
	if _, _, err := s.Add(ctx, "test", a, l); err != nil {
		t.Fatal(err)
	}
	spoken := ""
	for _, c := range l.Claims {
		if c.Source != nil {
			spoken = c.ID
			break
		}
	}
	if _, err := s.Correct(ctx, "nowhere", "anna", correction.Request{Kind: correction.Removed, Claim: "c1"}); !errors.Is(err, store.ErrNotFound) {
		t.Errorf("an article that is not there: %v", err)
	}
	var refused *correction.RequestError
	if _, err := s.Correct(ctx, "a1", "anna", correction.Request{Kind: correction.Checked, Claim: "c1"}); !errors.Is(err, store.ErrCorrection) || !errors.As(err, &refused) {
		t.Errorf("checked without a note: %v", err)
	}
	made, err := s.Correct(ctx, "a1", "anna", correction.Request{Kind: correction.Speaker, Claim: spoken, After: &correction.Reading{Speaker: &correction.Identity{Name: "Quillon Zevander"}}},
		correction.Request{Kind: correction.Checked, Claim: "c2", Note: "Seen.", Link: "https://check.example/2"})
	if err != nil {
		t.Fatal(err)
	}
	if len(made) != 2 || made[0].Number != 1 || made[1].Number != 2 || made[0].Article != "a1" || made[0].Version != 1 || made[0].Who != "anna" {
		t.Errorf("%+v", made)
	}
	speaks := func(want int) {
		t.Helper()
		n := 0
		for _, err := range s.Claims(ctx, "", store.Filter{Speaker: "Zevander"}) {
			if err != nil {
				t.Fatal(err)
			}
			n++
		}
		if n != want {
			t.Errorf("%d claims of the corrected speaker, want %d", n, want)
		}
	}
	verified := func() {
		t.Helper()
		if err := s.Verify(ctx); err != nil {
			t.Error(err)
		}
	}
	speaks(1)
	verified()
	_, now, err := s.Article(ctx, "a1")
	if err != nil {
		t.Fatal(err)
	}
	if len(now.Claims[1].Checked) != 1 || now.Claims[1].Checked[0].Who != "anna" {
		t.Errorf("%+v", now.Claims[1].Checked)
	}
	backup := filepath.Join(t.TempDir(), "backup.db")
	if err := s.Backup(ctx, backup, false); err != nil {
		t.Fatal(err)
	}

	// A new version.
	b := *a
	b.Text = "Brindle Bay waits.\n" + a.Text
	moved := len(b.Text) - len(a.Text)
	_, again := Random(rand.New(rand.NewPCG(7, 7)), "a1", 8)
	again.Document.Text = b.Text
	shift(again, moved)
	if _, o, err := s.Add(ctx, "test", &b, again); err != nil || o != store.Changed {
		t.Fatal(o, err)
	}
	speaks(1)
	verified()

	if err := s.UndoCorrection(ctx, 1, "bo"); err != nil {
		t.Fatal(err)
	}
	speaks(0)
	verified()
	for _, number := range []int{1, 9} {
		if err := s.UndoCorrection(ctx, number, "bo"); !errors.Is(err, store.ErrNotFound) {
			t.Errorf("undoing %d again: %v", number, err)
		}
	}
	c, err := s.Corrected(ctx, "a1")
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Corrections) != 2 || c.Corrections[0].Undone == nil || c.Corrections[0].Undone.Who != "bo" || c.Outcomes[1].State != correction.Applied {
		t.Errorf("%+v\n%+v", c.Corrections, c.Outcomes)
	}
	if len(c.AsRead.Claims[1].Checked) != 0 || len(c.Ledger.Claims[1].Checked) != 1 {
		t.Error("as it was read it has the mark, or corrected it has not")
	}
	list := func(f store.CorrectionFilter) (numbers []int) {
		for c, err := range s.ClaimCorrections(ctx, f) {
			if err != nil {
				t.Fatal(err)
			}
			numbers = append(numbers, c.Number)
		}
		return numbers
	}
	for _, x := range []struct {
		f    store.CorrectionFilter
		want int
	}{{store.CorrectionFilter{}, 2}, {store.CorrectionFilter{Standing: true}, 1}, {store.CorrectionFilter{Who: "bo"}, 0}, {store.CorrectionFilter{Article: "a1", Kind: correction.Speaker}, 1},
		{store.CorrectionFilter{Before: 2}, 1}, {store.CorrectionFilter{Limit: 1}, 1}, {store.CorrectionFilter{Article: "a2"}, 0}} {
		if got := list(x.f); len(got) != x.want {
			t.Errorf("%+v lists %v", x.f, got)
		}
	}
	if err := s.Restore(ctx, backup); err != nil {
		t.Fatal(err)
	}
	speaks(1)
	verified()
	if err := s.Remove(ctx, "a1"); err != nil {
		t.Fatal(err)
	}
	if got := list(store.CorrectionFilter{}); len(got) != 0 {
		t.Errorf("of an article that was removed corrections are left: %v", got)
	}
	verified()
}

// shift moves all of a ledger's spans on.
func shift(l *ledger.Ledger, by int) {
	move := func(s *ledger.Span) { s.Start, s.End = s.Start+by, s.End+by }
	for i := range l.Sentences {
		move(&l.Sentences[i].Span)
	}
	for i := range l.Claims {
		c := &l.Claims[i]
		for j := range c.Content {
			move(&c.Content[j].Span)
		}
		if c.Cue != nil {
			move(&c.Cue.Span)
		}
		if c.Source != nil {
			move(&c.Source.Span)
		}
	}
	for i := range l.Entities {
		for j := range l.Entities[i].Mentions {
			move(&l.Entities[i].Mentions[j].Span)
		}
	}
	for i := range l.Dates {
		move(&l.Dates[i].Span)
	}
	for i := range l.Figures {
		move(&l.Figures[i].Span)
	}
	for i := range l.Incidents {
		for j := range l.Incidents[i].Mentions {
			move(&l.Incidents[i].Mentions[j].Span)
		}
	}
}

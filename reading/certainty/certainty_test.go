package certainty_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hearsay/ledger"
	"hearsay/reading/certainty"
	"hearsay/reading/internal/readingtest"
	"hearsay/reading/tree"
	"hearsay/text"
)

// judged reads a text in which [claim:…] marks contents and [cue:…] the cue of
// the nearest claim, and returns its ledger with the claims judged.
func judged(t testing.TB, r *certainty.Reader, marked string) *ledger.Ledger {
	t.Helper()
	d, spans := readingtest.Marked(t, marked)
	l := ledgerOf(d)
	for _, s := range spans {
		if s.Label == "claim" {
			l.Claims = append(l.Claims, ledger.Claim{ID: string(rune('a' + len(l.Claims))), Content: []ledger.Piece{{Span: span(d, s.Range)}}})
		}
	}
	for _, s := range spans {
		if s.Label != "cue" {
			continue
		}
		nearest, least := -1, 1<<30
		for i := range l.Claims {
			c := l.Claims[i].Content[0].Span
			gap := max(c.Start-span(d, s.Range).End, span(d, s.Range).Start-c.End)
			if gap = max(gap, 0); gap < least {
				nearest, least = i, gap
			}
		}
		l.Claims[nearest].Cue = &ledger.Piece{Span: span(d, s.Range)}
	}
	tr := new(tree.Tree)
	tr.Reset(d)
	r.Read(d, tr, l)
	return l
}

func ledgerOf(d *text.Doc) *ledger.Ledger {
	l := &ledger.Ledger{Hearsay: ledger.Version, Document: ledger.Document{Text: d.Text}}
	for _, s := range d.Sentences {
		l.Sentences = append(l.Sentences, ledger.Sentence{Span: span(d, text.Range{First: s.First, End: s.End})})
	}
	return l
}

func span(d *text.Doc, r text.Range) ledger.Span {
	return ledger.Span{Start: int(d.Tokens[r.First].Start), End: int(d.Tokens[r.End-1].End)}
}

func reader(t testing.TB) *certainty.Reader {
	m, err := certainty.Default()
	if err != nil {
		t.Fatal(err)
	}
	return &certainty.Reader{Model: m}
}

func TestLevelAndPolarity(t *testing.T) {
	const (
		yes = ledger.Affirmed
		no  = ledger.Denied
	)
	r := reader(t)
	for _, c := range []struct {
		text     string
		level    ledger.Level
		polarity ledger.Polarity
	}{
		// Plain statements, whoever makes them.
		{"[claim:The bridge at Arvel fell on Monday].", ledger.LevelCertain, yes},
		{"The mayor [cue:said] [claim:four men were arrested in Tormark].", ledger.LevelCertain, yes},
		{"The ministry [cue:confirmed] [claim:that the ferry had sunk].", ledger.LevelCertain, yes},
		{"[claim:The police managed to arrest the smugglers].", ledger.LevelCertain, yes},
		// Negations.
		{"[claim:The guild did not burn the barn].", ledger.LevelCertain, no},
		{"[claim:Nobody was hurt in the fire].", ledger.LevelCertain, no},
		{"[claim:The divers found no bodies in the hold].", ledger.LevelCertain, no},
		{"[claim:The band no longer supports the mayor].", ledger.LevelCertain, no},
		{"[claim:The engineers never inspected the dam].", ledger.LevelCertain, no},
		{"[claim:There is no evidence that Varn opened the gate].", ledger.LevelCertain, no},
		{"Varn [cue:denied] [claim:that he had opened the gate].", ledger.LevelCertain, no},
		{"Varn [cue:denied] [claim:any link to the smugglers].", ledger.LevelCertain, no},
		{"Varn [cue:refuted] [claim:that the dam was unsafe].", ledger.LevelCertain, no},
		{"Varn [cue:did not deny] [claim:that he had opened the gate].", ledger.LevelPossible, yes},
		{"The police [cue:did not confirm] [claim:that the barn burned].", ledger.LevelPossible, yes},
		{"The mayor [cue:did not know] [claim:that the barn burned].", ledger.LevelCertain, yes},
		{"The company [cue:denied] [claim:that it did not pay its crews].", ledger.LevelCertain, yes},
		// What looks like a negation and is none.
		{"[claim:The fire not only destroyed the mill but killed a watchman].", ledger.LevelCertain, yes},
		{"[claim:The crew sold no fewer than forty tickets].", ledger.LevelCertain, yes},
		// Modals and hedges.
		{"[claim:The fire may have killed two men].", ledger.LevelPossible, yes},
		{"[claim:The group might attack the harbour].", ledger.LevelPossible, yes},
		{"The mayor [cue:said] [claim:the dam may be unsafe].", ledger.LevelPossible, yes},
		{"[claim:The ferry could sink].", ledger.LevelPossible, yes},
		{"[claim:A second fire cannot be ruled out].", ledger.LevelPossible, yes},
		{"[claim:It is not excluded that the dam will burst].", ledger.LevelPossible, yes},
		{"[claim:The sailors could hear shots].", ledger.LevelCertain, yes},
		{"[claim:The divers could not find the wreck].", ledger.LevelCertain, no},
		// Hearsay.
		{"[claim:The guild has [cue:reportedly] paid the sailors].", ledger.LevelProbable, yes},
		{"[claim:The smugglers are believed to have fled to Tormark].", ledger.LevelProbable, yes},
		{"Farmers [cue:fear] [claim:that the dam will burst].", ledger.LevelPossible, yes},
		// Questions assert nothing.
		{"[claim:Who gains from the fire in Arvel?]", ledger.LevelUnknown, yes},
		{"[claim:Did the guild burn the mill]?", ledger.LevelUnknown, yes},
		{"The court will [cue:decide] [claim:whether the guild burned the mill].", ledger.LevelUnknown, yes},
	} {
		t.Run(c.text, func(t *testing.T) {
			got := judged(t, r, c.text).Claims[0].Certainty
			if got.Level != c.level || got.Polarity != c.polarity {
				t.Errorf("%s, %s (%v) instead of %s, %s", got.Level, got.Polarity, got.Score, c.level, c.polarity)
			}
		})
	}
}

// TestLessThanCertain checks wordings of which the words leave open how far
// they commit themselves: only that they are less than a plain statement.
func TestLessThanCertain(t *testing.T) {
	r := reader(t)
	for _, s := range []string{
		"Britta Varn [cue:promised] [claim:to rebuild the mill].",
		"The guild plans [claim:to close the harbour in spring].",
		"[claim:The mill will probably close in spring].",
		"[claim:The council is expected to close the harbour].",
		"[claim:The talks could end the strike].",
		"[claim:The dam is likely to burst].",
		"The captain [cue:warned] [claim:that the ferry could sink].",
		"The clerk [cue:alleged] [claim:that Varn took the money].",
	} {
		if got := judged(t, r, s).Claims[0].Certainty; got.Level == ledger.LevelCertain || got.Polarity != ledger.Affirmed {
			t.Errorf("%q: %s, %s, %v", s, got.Level, got.Polarity, got.Score)
		}
	}
}

func TestBoosters(t *testing.T) {
	r := reader(t)
	for _, c := range []struct {
		text    string
		boosted bool
	}{
		{"[claim:It is no coincidence that Varn often travelled to Tormark].", true},
		{"[claim:The role of the guild in the fire cannot be ignored].", true},
		{"[claim:It cannot be denied that the guild burned the mill].", true},
		{"[claim:It is clear that the guild burned the mill].", true},
		{"It [cue:has become clear] [claim:that the guild burned the mill].", true},
		{"[claim:The guild undoubtedly burned the mill].", true},
		{"[claim:There is no doubt that the guild burned the mill].", true},
		{"[claim:The warning did not come out of thin air].", true},
		{"[claim:The choice of Tormark did not come from a vacuum].", true},
		{"[claim:The guild no longer hides its ties to the smugglers].", true},
		{"[claim:The letter is a clear confirmation of its ties to the smugglers].", true},
		{"It [cue:goes without saying] [claim:that the guild burned the mill].", true},
		{"[claim:Of course the guild burned the mill].", true},
		{"[claim:The guild burned the mill].", false},
		{"[claim:The report is clear].", false},
		{"[claim:It is not clear that the guild burned the mill].", false},
		{"[claim:The guild could not hide the smugglers].", false},
		{"[claim:The smoke came out of the air shaft].", false},
		{"[claim:The ship changed course near Arvel].", false},
		{"[claim:She spoke clearly].", false},
		{"[claim:The pilot survived the accident].", false},
	} {
		t.Run(c.text, func(t *testing.T) {
			got := judged(t, r, c.text).Claims[0].Certainty
			if got.Boosted != c.boosted {
				t.Errorf("boosted: %t", got.Boosted)
			}
			if c.boosted && got.Polarity == ledger.Denied {
				t.Errorf("a negation that presses was taken for a denial")
			}
		})
	}
}

// TestBoosterAddsNothing checks that a claim which is pressed has the level of
// its bare wording.
func TestBoosterAddsNothing(t *testing.T) {
	r := reader(t)
	for _, c := range [][2]string{
		{"[claim:The guild may have burned the mill].", "[claim:It is no coincidence that the guild may have burned the mill]."},
		{"[claim:The guild burned the mill].", "[claim:It is no secret that the guild burned the mill]."},
		{"[claim:The guild did not burn the mill].", "[claim:It is obvious that the guild did not burn the mill]."},
	} {
		bare, pressed := judged(t, r, c[0]).Claims[0].Certainty, judged(t, r, c[1]).Claims[0].Certainty
		if bare.Level != pressed.Level || bare.Polarity != pressed.Polarity || bare.Boosted || !pressed.Boosted {
			t.Errorf("%q: %+v, but %q: %+v", c[0], *bare, c[1], *pressed)
		}
	}
}

// TestAnyText checks on random texts and claims that every claim is judged,
// that score, level and polarity agree, and that what a Reader has read before
// makes no difference.
func TestAnyText(t *testing.T) {
	vocabulary := strings.Fields(`the guild may not have burned mill . ? , “ ” no coincidence that it is clear cannot be ignored doubt
		whether if nobody denied said to plan might reportedly believed of course thin air came out did hide longer which confirms and in
		Varn Tormark 12 undoubtedly fails refused`)
	// The score that each level leaves room for, in the claim's own direction.
	room := map[ledger.Level][2]float64{ledger.LevelCertain: {1.75, 3}, ledger.LevelProbable: {1, 2.75}, ledger.LevelPossible: {0, 2}, ledger.LevelUnknown: {0, 1}}
	used := reader(t)
	rapid.Check(t, func(rt *rapid.T) {
		d := readingtest.Parse(t, strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, 40).Draw(rt, "words"), " "))
		part := func(name string) ledger.Span {
			a := rapid.IntRange(0, len(d.Tokens)-1).Draw(rt, name)
			return span(d, text.Range{First: int32(a), End: int32(rapid.IntRange(a+1, len(d.Tokens)).Draw(rt, name+" end"))})
		}
		l, again := ledgerOf(d), ledgerOf(d)
		for i := range rapid.IntRange(0, 4).Draw(rt, "claims") {
			c := ledger.Claim{ID: string(rune('a' + i)), Content: []ledger.Piece{{Span: part("content")}}}
			if rapid.Bool().Draw(rt, "cue") {
				c.Cue = &ledger.Piece{Span: part("cue")}
			}
			if i > 0 && rapid.Bool().Draw(rt, "within") {
				c.Within, c.Source = l.Claims[i-1].ID, &ledger.Source{Naming: ledger.NamingNone}
			}
			l.Claims, again.Claims = append(l.Claims, c), append(again.Claims, c)
		}
		tr := new(tree.Tree)
		tr.Reset(d)
		used.Read(d, tr, l)
		fresh := certainty.Reader{Model: used.Model}
		fresh.Read(d, tr, again)
		for i := range l.Claims {
			c := l.Claims[i].Certainty
			if c == nil {
				t.Fatalf("claim %d is not judged", i)
			}
			if *c != *again.Claims[i].Certainty {
				t.Fatalf("%+v, then %+v", *c, *again.Claims[i].Certainty)
			}
			size, least := c.Score, room[c.Level][0]
			if c.Polarity == ledger.Denied {
				size, least = -size, min(least, 0.5)
			}
			if size < least || size > room[c.Level][1] {
				t.Fatalf("a score of %v for what is %s and %s", c.Score, c.Level, c.Polarity)
			}
		}
	})
}

// TestWithoutModel checks that the rules alone tell what is exact.
func TestWithoutModel(t *testing.T) {
	var r certainty.Reader
	if got := judged(t, &r, "[claim:The guild did not burn the mill].").Claims[0].Certainty; got.Polarity != ledger.Denied || got.Score >= 0 {
		t.Errorf("%+v", *got)
	}
	if got := judged(t, &r, "[claim:The guild may have burned the mill].").Claims[0].Certainty; got.Level != ledger.LevelPossible {
		t.Errorf("%+v", *got)
	}
}

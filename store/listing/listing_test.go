package listing_test

import (
	"errors"
	"iter"
	"strings"
	"testing"

	"hearsay/ledger"
	"hearsay/store"
	"hearsay/store/listing"
)

func of[T any](list ...*T) iter.Seq2[*T, error] {
	return func(yield func(*T, error) bool) {
		for _, v := range list {
			if !yield(v, nil) {
				return
			}
		}
	}
}

func TestClaims(t *testing.T) {
	claims := of(
		&store.Claim{Article: "a1", Title: "=HYPER()", Published: "2024-03-27", ID: "c1", Content: "the \x1b[2Jmill,\nburns", Source: "he", Kind: ledger.KindPerson,
			Naming: ledger.NamingNamed, Speaker: "Mara Lind", Cue: "said", Level: ledger.LevelCertain, Polarity: ledger.Denied, Score: -3,
			Incident: "i1", Type: ledger.Attack, Places: []string{"Karsk", "Brindle Bay"}},
		&store.Claim{Article: "a1", ID: "c2", Content: "the mill is old"},
	)
	for format, want := range map[string]string{
		listing.Text: `Mara Lind (he), "said":
  the \x1b[2Jmill, burns
  certain; denied; attack; Karsk, Brindle Bay
  a1 c1, 2024-03-27, =HYPER()

The article itself:
  the mill is old
  a1 c2

`,
		listing.JSONL: `{"article":"a1","title":"=HYPER()","published":"2024-03-27","claim":"c1","content":"the \u001b[2Jmill,\nburns",` +
			`"source":{"text":"he","kind":"person","naming":"named","speaker":"Mara Lind"},"cue":"said","certainty":{"level":"certain","polarity":"denied","score":-3},` +
			`"incident":"i1","type":"attack","places":["Karsk","Brindle Bay"]}
{"article":"a1","claim":"c2","content":"the mill is old"}
`,
		listing.CSV: "article,url,title,published,claim,voice,naming,speaker,source,kind,cue,manner,content,level,polarity,score,incident,type,places\n" +
			"a1,,'=HYPER(),2024-03-27,c1,attributed,named,Mara Lind,he,person,said,,\"the \x1b[2Jmill,\nburns\",certain,denied,-3,i1,attack,Karsk; Brindle Bay\n" +
			"a1,,,,c2,article,,,,,,,the mill is old,,,,,,\n",
	} {
		var b strings.Builder
		if n, err := listing.Claims(&b, format, claims); n != 2 || err != nil {
			t.Errorf("%s: %d, %v", format, n, err)
		}
		if b.String() != want {
			t.Errorf("%s:\n%s\nwant\n%s", format, b.String(), want)
		}
	}
}

func TestSpeakers(t *testing.T) {
	var b strings.Builder
	listing.Speakers(&b, listing.Text, of(
		&store.Speaker{Name: "Mara Lind", Kind: ledger.KindPerson, Claims: 3, Articles: 2, First: "2024-03-01", Last: "2024-03-27"},
		&store.Speaker{Name: "Harbour Guild", Claims: 1, Articles: 1}))
	const want = "Mara Lind: 3 claims in 2 articles; person; 2024-03-01 to 2024-03-27\nHarbour Guild: 1 claim in 1 article\n"
	if b.String() != want {
		t.Errorf("got %q, want %q", b.String(), want)
	}
}

// TestFails holds that what came before an error is printed.
func TestFails(t *testing.T) {
	broken := errors.New("broken")
	var b strings.Builder
	n, err := listing.Hits(&b, listing.CSV, func(yield func(*store.Hit, error) bool) {
		if yield(&store.Hit{Article: "a1", Snippet: "mill"}, nil) {
			yield(nil, broken)
		}
	})
	if n != 1 || !errors.Is(err, broken) || b.String() != "article,url,title,published,snippet\na1,,,,mill\n" {
		t.Errorf("%d, %v, %q", n, err, b.String())
	}
}

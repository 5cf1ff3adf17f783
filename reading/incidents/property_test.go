package incidents_test

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/reading"
)

// pieces are what random articles are made of.
var pieces = []string{
	"Gunmen attacked a market in Orlo on Tuesday, killing 12 people.", "The attack was claimed by the Dawn Brigade.", "A second bomb wounded 4 soldiers near Velm in June 2021.",
	"The Northern League denied responsibility for the bombing.", "President Ema Tolv accused it of carrying out the attack.", "Police arrested two men over the incident.",
	"Another attack killed a student.", "the operation", "He said its fighters had attacked the camp", "responsibility for", "claimed", "“", "”", "(22 dead)", "if they attack", "at least 3 dead and",
	"ORLO, 3 May --", "\n\n", "This crime", "attacks", "said on Monday that", ",", ".", "the death of Rob Tarr", "himself", "was shot and died", "In January", "and", "four others",
}

func randomText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(pieces), 0, 30).Draw(t, "pieces"), " ")
}

// TestRandomArticles holds what must be true of every ledger: that it keeps
// the ledger's rules, that tolls are in order, that nobody is both accused and
// accuser in one entry, and that reading again gives the same.
func TestRandomArticles(t *testing.T) {
	used, err := reading.New()
	if err != nil {
		t.Fatal(err)
	}
	rapid.Check(t, func(rt *rapid.T) {
		a := &article.Article{Text: randomText(rt), Published: "2023-05-11"}
		l, err := used.Read(a)
		if err != nil {
			rt.Fatal(err)
		}
		if err := l.Validate(); err != nil {
			rt.Fatalf("%q: %v", a.Text, err)
		}
		for i := range l.Incidents {
			n := &l.Incidents[i]
			for _, toll := range []*ledger.Toll{n.Killed, n.Wounded} {
				if toll != nil && (toll.Low > toll.Best || toll.Best > toll.High || toll.Low < 0) {
					rt.Errorf("%q: %s: toll %+v", a.Text, n.ID, *toll)
				}
			}
			if len(n.Mentions) == 0 {
				rt.Errorf("%q: %s has no mention", a.Text, n.ID)
			}
			for _, p := range n.BlamedOn {
				if p.By != "" && p.By == p.Entity {
					rt.Errorf("%q: %s: %s accuses themselves", a.Text, n.ID, p.By)
				}
			}
		}
		fresh, err := reading.New()
		if err != nil {
			rt.Fatal(err)
		}
		again, err := fresh.Read(a)
		if err != nil {
			rt.Fatal(err)
		}
		if !reflect.DeepEqual(l, again) {
			rt.Errorf("%q: a fresh reader reads otherwise", a.Text)
		}
	})
}

// TestLongTexts reads texts in which every word tells of something, as one
// sentence and as many, so that what is not linear does not end.
func TestLongTexts(t *testing.T) {
	r, err := reading.New()
	if err != nil {
		t.Fatal(err)
	}
	const n = 4000
	for _, piece := range []string{"attack ", "killed two and ", "the attack on the attack of ", "Gunmen killed 3 people in Lima. ", "An attack killed 5 people in Lima on 3 May 2021. ", "claimed responsibility for ", "Smith was shot and "} {
		l, err := r.Read(&article.Article{Text: strings.Repeat(piece, n)})
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Validate(); err != nil {
			t.Errorf("%q: %v", piece, err)
		}
	}
}

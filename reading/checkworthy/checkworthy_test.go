package checkworthy_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/reading"
	"hearsay/reading/checkworthy"
	"hearsay/reading/internal/readingtest"
	"hearsay/reading/tree"
	"hearsay/text"
)

// read makes the ledger of a text, as the program does.
func read(t testing.TB, r *reading.Reader, s string) *ledger.Ledger {
	t.Helper()
	l, err := r.Read(&article.Article{Text: s, Published: "2031-05-20"})
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func newReader(t testing.TB) *reading.Reader {
	t.Helper()
	r, err := reading.New()
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestReasons(t *testing.T) {
	const (
		figure     = ledger.ReasonFigure
		accusation = ledger.ReasonAccusation
		event      = ledger.ReasonEvent
		comparison = ledger.ReasonComparison
		record     = ledger.ReasonRecord
		source     = ledger.ReasonSource
		opinion    = ledger.ReasonOpinion
		prediction = ledger.ReasonPrediction
		question   = ledger.ReasonQuestion
		private    = ledger.ReasonPrivate
	)
	r := newReader(t)
	for _, c := range []struct {
		text string
		want []ledger.Reason
	}{
		{"The flood killed 12 people.", []ledger.Reason{figure}},
		{"Dozens of houses burned.", []ledger.Reason{figure}},
		{"The walk took Britta Varn home.", nil},
		{"Britta Varn stole the money of the guild.", []ledger.Reason{accusation}},
		{"Britta Varn was charged with fraud.", []ledger.Reason{accusation}},
		{"Prosecutors accused Britta Varn of theft.", []ledger.Reason{accusation}},
		{"Britta Varn is a liar.", []ledger.Reason{accusation}},
		{"The mill was robbed by Britta Varn.", []ledger.Reason{accusation}},
		{"Britta Varn is responsible for the attack.", []ledger.Reason{accusation}},
		{"Britta Varn sponsors terrorists.", []ledger.Reason{accusation}},
		{"Britta Varn shot and killed three men.", []ledger.Reason{figure, accusation}},
		{"Neither Britta Varn nor her cousin stole the money.", nil},
		{"The attacks of Britta Varn on the plan were loud.", nil},
		{"The village lies in the north of Tormark.", nil},
		{"Someone stole the money.", nil},
		{"Britta Varn did not steal the money.", nil},
		{"The stolen car was found.", nil},
		{"The ferry sank off Belgrade on 3 May 2031.", []ledger.Reason{event}},
		{"The ferry sank in May 2031.", nil},
		{"Their boats are faster than those of the navy.", []ledger.Reason{comparison}},
		{"It is the longest bridge of the province.", []ledger.Reason{comparison}},
		{"Rents rose by 12 percent.", []ledger.Reason{figure, comparison}},
		{"More than 40 people came.", []ledger.Reason{figure}},
		{"The senate passed the bill.", []ledger.Reason{record}},
		{"The vote on the amendment was quick.", []ledger.Reason{record}},
		{"“The dam is dry,” Britta Varn said.", []ledger.Reason{source}},
		{"“The dam is dry,” an official said.", nil},
		{"I think the dam was dry.", []ledger.Reason{opinion}},
		{"The council should close the dam.", []ledger.Reason{opinion}},
		{"The dam is terrible.", []ledger.Reason{opinion}},
		{"The council will close the dam.", []ledger.Reason{prediction}},
		{"The dam is expected to burst.", []ledger.Reason{prediction}},
		{"We are going to close the dam.", []ledger.Reason{prediction}},
		{"Who closed the dam?", []ledger.Reason{question}},
		{"My wife loves the sea.", []ledger.Reason{private}},
	} {
		t.Run(c.text, func(t *testing.T) {
			if got := read(t, r, c.text).Sentences[0].Reasons; !slices.Equal(got, c.want) {
				t.Errorf("%q instead of %q", got, c.want)
			}
		})
	}
}

// TestOrder checks that what a fact-checker would look into stands above what
// he would not, within one text.
func TestOrder(t *testing.T) {
	r := newReader(t)
	for _, pair := range [][2]string{
		{"Unemployment in the province rose to 12 percent last year.", "Thank you very much for the question."},
		{"The ministry spent 40 million crowns on the bridge in 2029.", "What do you want to know about it?"},
		{"Britta Varn took 3 million crowns from the guild.", "We have to do better."},
		{"More than 900 miners died in the collapse of the shaft.", "I hope that you are well."},
		{"He voted against the budget four times.", "Share this on your pages."},
		{"12 killed in Arvel blast.", "Photo: Britta Varn"},
		{"The guild bribed three ministers, a court in Arvel ruled.", "By Britta Varn, Staff Writer"},
	} {
		high, low := read(t, r, pair[0]).Sentences[0].Checkworthiness, read(t, r, pair[1]).Sentences[0].Checkworthiness
		if high < 0.7 || low > 0.3 {
			t.Errorf("%q has %v, %q has %v", pair[0], high, pair[1], low)
		}
	}
}

// TestClaimsAreJudgedByTheirContents checks that it makes no difference to a
// claim who is said to have said it.
func TestClaimsAreJudgedByTheirContents(t *testing.T) {
	r := newReader(t)
	l := read(t, r, "Officials in Arvel said 12 people were killed in the fire.")
	bare := read(t, r, "12 people were killed in the fire")
	if len(l.Claims) != 1 || len(bare.Claims) != 1 {
		t.Fatalf("%d claims and %d", len(l.Claims), len(bare.Claims))
	}
	got, want := l.Claims[0], bare.Claims[0]
	if l.Quote(got.Content[0].Span) != bare.Document.Text {
		t.Fatalf("the claim is %q", l.Quote(got.Content[0].Span))
	}
	if diff := got.Checkworthiness - want.Checkworthiness; diff < -0.05 || diff > 0.05 || !slices.Equal(got.Reasons, want.Reasons) {
		t.Errorf("%v %q, but %v %q without its source", got.Checkworthiness, got.Reasons, want.Checkworthiness, want.Reasons)
	}
}

// TestAnyText checks on random texts and claims that all is judged, that reasons
// come in their order, and that what a Reader has read before makes no difference.
func TestAnyText(t *testing.T) {
	m, err := checkworthy.Default()
	if err != nil {
		t.Fatal(err)
	}
	order := ledger.Reasons()
	vocabulary := []string{"the", "guild", "Varn", "Tormark", "stole", "40", "%", "was", "accused", "of", "fraud", ".", "?", "“", "”", "will",
		"I", "think", "more", "than", "passed", "law", "my", "wife", "by", "in", "2030", "rose", "$", "—", "not", "responsible", "for"}
	used := checkworthy.Reader{Model: m}
	rapid.Check(t, func(rt *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 40).Draw(rt, "words")
		s := ""
		for _, w := range words {
			s += w + " "
		}
		d := readingtest.Parse(t, s)
		tr := new(tree.Tree)
		tr.Reset(d)
		l, again := ledgerOf(d), ledgerOf(d)
		if len(d.Tokens) > 0 {
			span := func(name string) ledger.Span {
				a := rapid.IntRange(0, len(d.Tokens)-1).Draw(rt, name)
				return spanOf(d, text.Range{First: int32(a), End: int32(rapid.IntRange(a+1, len(d.Tokens)).Draw(rt, name+" end"))})
			}
			for range rapid.IntRange(0, 3).Draw(rt, "claims") {
				c := ledger.Claim{Content: []ledger.Piece{{Span: span("content")}}, Source: &ledger.Source{Naming: ledger.NamingNamed}}
				l.Claims, again.Claims = append(l.Claims, c), append(again.Claims, c)
			}
			e := ledger.Entity{Type: ledger.TypePerson, Mentions: []ledger.Mention{{Span: span("mention")}, {Span: span("pronoun"), Pronoun: true}}}
			l.Entities = append(l.Entities, e)
			l.Figures = append(l.Figures, ledger.Figure{Piece: ledger.Piece{Span: span("figure")}, Unit: "USD"})
			l.Dates = append(l.Dates, ledger.Date{Piece: ledger.Piece{Span: span("date")}, Value: "2030"})
			again.Entities, again.Figures, again.Dates = l.Entities, l.Figures, l.Dates
		}
		used.Read(d, tr, l)
		fresh := checkworthy.Reader{Model: m}
		fresh.Read(d, tr, again)
		check := func(w, same ledger.Worth) {
			if !(w.Checkworthiness > 0 && w.Checkworthiness < 1) {
				rt.Fatalf("a probability of %v", w.Checkworthiness)
			}
			last := -1
			for _, r := range w.Reasons {
				at := slices.Index(order, r)
				if at <= last {
					rt.Fatalf("reasons out of their order: %q", w.Reasons)
				}
				last = at
			}
			if w.Checkworthiness != same.Checkworthiness || !slices.Equal(w.Reasons, same.Reasons) {
				rt.Fatalf("%+v, then %+v", w, same)
			}
		}
		for i := range l.Sentences {
			check(l.Sentences[i].Worth, again.Sentences[i].Worth)
		}
		for i := range l.Claims {
			check(l.Claims[i].Worth, again.Claims[i].Worth)
		}
	})
}

func ledgerOf(d *text.Doc) *ledger.Ledger {
	l := &ledger.Ledger{Hearsay: ledger.Version, Document: ledger.Document{Text: d.Text}}
	for _, s := range d.Sentences {
		l.Sentences = append(l.Sentences, ledger.Sentence{Span: spanOf(d, text.Range{First: s.First, End: s.End})})
	}
	return l
}

func spanOf(d *text.Doc, r text.Range) ledger.Span {
	return ledger.Span{Start: int(d.Tokens[r.First].Start), End: int(d.Tokens[r.End-1].End)}
}

func TestOpenRefusesWhatIsNoModel(t *testing.T) {
	for name, data := range map[string]string{
		"nothing": "", "short": "HCW1", "another magic": "HCW0\x00\x00\x80\x3f\x00\x00\x00\x00",
		"no table":    "HCW1\x00\x00\x80\x3f\x00\x00\x00\x00",
		"no slope":    string(checkworthy.Pack(nil, 0, 1)),
		"falls":       string(checkworthy.Pack(nil, -1, 0)),
		"not numbers": "HCW1\xff\xff\xff\xff\xff\xff\xff\xff",
	} {
		if _, err := checkworthy.Open(data); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
}

package ledger_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"github.com/santhosh-tekuri/jsonschema/v6"
	"pgregory.net/rapid"

	"hearsay/ledger"
	"hearsay/ledger/ledgertest"
)

const ferry = "“Die Fähre ist sicher”, Mayor Ida Løvås told Radio Brønn. It reportedly sank."

// find is the span of words in text, which must be there.
func find(t testing.TB, text, words string) ledger.Piece {
	t.Helper()
	i := strings.Index(text, words)
	if i < 0 {
		t.Fatalf("%q is not in the text", words)
	}
	return ledger.Piece{Span: ledger.Span{Start: i, End: i + len(words)}}
}

// sample is a valid ledger with every field of the contract in it.
func sample(t testing.TB) *ledger.Ledger {
	at := func(words string) ledger.Piece { return find(t, ferry, words) }
	cue, channel, reportedly := at("told"), at("Radio Brønn"), at("reportedly")
	return &ledger.Ledger{
		Hearsay: ledger.Version,
		Document: ledger.Document{
			ID: "a1", URL: "https://news.example/ferry", Title: "Ferry", Byline: []string{"A. Writer"}, Site: "News",
			Published: "2031-05-04", Language: "en", Text: ferry,
		},
		Sentences: []ledger.Sentence{
			{ID: "s1", Span: at("“Die Fähre ist sicher”, Mayor Ida Løvås told Radio Brønn.").Span},
			{ID: "s2", Span: at("It reportedly sank.").Span},
		},
		Claims: []ledger.Claim{
			{
				ID: "c1", Sentence: "s1", Content: []ledger.Piece{at("“Die Fähre ist sicher”")}, Manner: ledger.MannerDirect,
				Source: &ledger.Source{Piece: at("Mayor Ida Løvås"), Kind: ledger.KindPerson, Naming: ledger.NamingNamed, Entity: "e1", Speaker: "e1"},
				Cue:    &cue, Channel: &channel,
				Certainty: &ledger.Certainty{Level: ledger.LevelCertain, Polarity: ledger.Affirmed, Score: 2.5, Boosted: true},
			},
			{
				ID: "c2", Sentence: "s1", Content: []ledger.Piece{at("sicher")}, Within: "c1",
				Corrected: []ledger.Amendment{{Kind: "unattributed", Who: "anna", When: "2031-05-05T09:00:00Z", Number: 3}, {Kind: "content", Who: "bo", When: "2031-05-05T09:30:00Z"}},
				Checked:   []ledger.Check{{Note: "The register says 40.", Link: "https://register.example/4", Who: "bo", When: "2031-05-06T10:00:00+02:00", Number: 4}},
			},
			{
				ID: "c3", Sentence: "s2", Content: []ledger.Piece{at("It"), at("sank")}, Manner: ledger.MannerIndirect,
				Source: &ledger.Source{Naming: ledger.NamingNone}, Cue: &reportedly, Incident: "i1",
			},
		},
		Entities: []ledger.Entity{{
			ID: "e1", Type: ledger.TypePerson, Name: "Ida Løvås", Aliases: []string{"Løvås"}, Roles: []string{"Mayor"},
			Mentions: []ledger.Mention{{Span: at("Mayor Ida Løvås").Span}, {Span: at("It").Span, Pronoun: true}},
			Place:    &ledger.Place{Lat: 0, Lon: 10.5, Country: "XA", Region: "XA-3", GeoNames: 7},
		}},
		Dates: []ledger.Date{{Piece: at("Mayor"), Value: "2031-05"}, {Piece: at("It")}},
		Figures: []ledger.Figure{
			{Piece: at("Die"), Value: new(12.0), Low: new(12.0), Approximate: true, Unit: ledger.UnitKilled, Of: "Fähre", Claim: "c1", Incident: "i1"},
			{Piece: at("ist"), High: new(0.5), Unit: ledger.UnitShare},
		},
		Incidents: []ledger.Incident{{
			ID: "i1", Type: ledger.ManMadeDisaster, Mentions: []ledger.Mention{{Span: at("Fähre").Span}, {Span: at("sank").Span}}, Date: "2031-05-04",
			Places: []string{"e1"}, Killed: &ledger.Toll{Low: 3, Best: 4, High: 12, Figures: []int{0}}, Wounded: &ledger.Toll{},
			Targets: []ledger.Party{{Piece: at("Fähre")}}, Means: []ledger.Piece{at("sicher")}, Attackers: []ledger.Party{{Piece: at("It")}},
			ClaimedBy: []ledger.Party{{Piece: at("Brønn"), Entity: "e1", Claim: "c1", By: "e1"}}, BlamedOn: []ledger.Party{{Piece: at("Radio"), Claim: "c3"}},
			DeniedBy: []ledger.Party{{Piece: at("Mayor"), Entity: "e1"}}, Arrested: []ledger.Party{{Piece: at("Ida")}},
		}},
	}
}

const sampleJSON = `{"hearsay":1,
 "document":{"id":"a1","url":"https://news.example/ferry","title":"Ferry","byline":["A. Writer"],"site":"News",
  "published":"2031-05-04","language":"en",
  "text":"“Die Fähre ist sicher”, Mayor Ida Løvås told Radio Brønn. It reportedly sank."},
 "sentences":[{"id":"s1","start":0,"end":57},{"id":"s2","start":58,"end":77}],
 "claims":[
  {"id":"c1","content":[{"start":0,"end":22,"text":"“Die Fähre ist sicher”"}],"sentence":"s1",
   "source":{"start":24,"end":39,"text":"Mayor Ida Løvås","kind":"person","naming":"named","entity":"e1","speaker":"e1"},
   "cue":{"start":40,"end":44,"text":"told"},"channel":{"start":45,"end":56,"text":"Radio Brønn"},"manner":"direct",
   "certainty":{"level":"certain","polarity":"affirmed","score":2.5,"boosted":true}},
  {"id":"c2","content":[{"start":15,"end":21,"text":"sicher"}],"sentence":"s1","within":"c1",
   "corrected":[{"kind":"unattributed","who":"anna","when":"2031-05-05T09:00:00Z","number":3},{"kind":"content","who":"bo","when":"2031-05-05T09:30:00Z"}],
   "checked":[{"note":"The register says 40.","link":"https://register.example/4","who":"bo","when":"2031-05-06T10:00:00+02:00","number":4}]},
  {"id":"c3","content":[{"start":58,"end":60,"text":"It"},{"start":72,"end":76,"text":"sank"}],"sentence":"s2",
   "source":{"naming":"none"},"cue":{"start":61,"end":71,"text":"reportedly"},"manner":"indirect","incident":"i1"}],
 "entities":[{"id":"e1","type":"person","name":"Ida Løvås","aliases":["Løvås"],"roles":["Mayor"],
  "mentions":[{"start":24,"end":39},{"start":58,"end":60,"pronoun":true}],
  "place":{"lat":0,"lon":10.5,"country":"XA","region":"XA-3","geonames":7}}],
 "dates":[{"start":24,"end":29,"text":"Mayor","value":"2031-05"},{"start":58,"end":60,"text":"It"}],
 "figures":[
  {"start":1,"end":4,"text":"Die","value":12,"low":12,"approximate":true,"unit":"killed","of":"Fähre","claim":"c1","incident":"i1"},
  {"start":11,"end":14,"text":"ist","high":0.5,"unit":"share"}],
 "incidents":[{"id":"i1","type":"man-made disaster","mentions":[{"start":5,"end":10},{"start":72,"end":76}],"date":"2031-05-04","places":["e1"],
  "killed":{"low":3,"best":4,"high":12,"figures":[0]},"wounded":{"low":0,"best":0,"high":0,"figures":[]},
  "targets":[{"start":5,"end":10,"text":"Fähre"}],"means":[{"start":15,"end":21,"text":"sicher"}],"attackers":[{"start":58,"end":60,"text":"It"}],
  "claimed_by":[{"start":51,"end":56,"text":"Brønn","entity":"e1","claim":"c1","by":"e1"}],
  "blamed_on":[{"start":45,"end":50,"text":"Radio","claim":"c3"}],
  "denied_by":[{"start":24,"end":29,"text":"Mayor","entity":"e1"}],"arrested":[{"start":30,"end":33,"text":"Ida"}]}]}`

func generic(t testing.TB, data []byte) any {
	t.Helper()
	v, err := jsonschema.UnmarshalJSON(bytes.NewReader(data))
	if err != nil {
		t.Fatalf("not JSON: %v\n%s", err, data)
	}
	return v
}

func TestMarshal(t *testing.T) {
	l := sample(t)
	if err := l.Validate(); err != nil {
		t.Fatal(err)
	}
	got, err := json.Marshal(*l) // by value too: spans must never leave as bytes
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(generic(t, []byte(sampleJSON)), generic(t, got)); diff != "" {
		t.Errorf("JSON differs (-want +got):\n%s", diff)
	}
	if empty, err := new(ledger.Ledger).AppendJSON([]byte("before ")); err != nil ||
		string(empty) != `before {"hearsay":1,"document":{"text":""},"sentences":[],"claims":[]}` {
		t.Errorf("zero ledger: %s, %v", empty, err)
	}
}

func TestUnmarshal(t *testing.T) {
	var got ledger.Ledger
	if err := json.Unmarshal([]byte(sampleJSON), &got); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(sample(t), &got); diff != "" {
		t.Errorf("ledger differs (-want +got):\n%s", diff)
	}
}

func TestMarshalRefuses(t *testing.T) {
	for _, test := range []struct {
		name  string
		spoil func(*ledger.Ledger)
		want  string
	}{
		{"behind the text", func(l *ledger.Ledger) { l.Claims[1].Content[0].End = 1000 }, "claim c2: content 1: bytes 18 to 1000 are not in the text"},
		{"before the text", func(l *ledger.Ledger) { l.Sentences[0].Start = -1 }, "sentence s1: bytes -1"},
		{"backwards", func(l *ledger.Ledger) { l.Claims[0].Cue.Start = 70 }, "claim c1: cue: bytes 70 to 51"},
		{"empty", func(l *ledger.Ledger) { l.Claims[0].Channel.End = l.Claims[0].Channel.Start }, "claim c1: channel: the span at byte 52 is empty"},
		{"mention cut", func(l *ledger.Ledger) { l.Entities[0].Mentions[0].End -= 2 }, "entity e1: mention 1: byte 44 lies inside"},
		{"inside a character", func(l *ledger.Ledger) { l.Claims[0].Content[0].Start = 1 }, "claim c1: content 1: byte 1 lies inside a character"},
		{"nobody with a span", func(l *ledger.Ledger) { l.Claims[2].Source.End = 3 }, "claim c3: source: it has a span"},
		{"somebody without one", func(l *ledger.Ledger) { l.Claims[2].Source.Naming = ledger.NamingUnnamed }, "claim c3: source: the span at byte 0 is empty"},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := sample(t)
			test.spoil(l)
			out, err := l.AppendJSON([]byte("kept"))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("error %v, want one with %q", err, test.want)
			}
			if string(out) != "kept" {
				t.Errorf("dst came back as %q", out)
			}
		})
	}
}

func TestUnmarshalRefuses(t *testing.T) {
	for _, test := range []struct{ name, old, new, want string }{
		{"no version", `"hearsay":1`, `"other":1`, `no "hearsay" number`},
		{"later version", `"hearsay":1`, `"hearsay":2`, "version 2"},
		{"other words", `"text":"told"`, `"text":"tolt"`, `claim c1: cue: code points 40 to 44 of the text are "told", not "tolt"`},
		{"behind the text", `"start":45,"end":56`, `"start":45,"end":99`, "claim c1: channel: code points 45 to 99 are not in the text, which has 77"},
		{"before the text", `"start":58,"end":77`, `"start":-3,"end":77`, "sentence s2: code points -3"},
		{"backwards", `"start":15,"end":21`, `"start":21,"end":15`, "claim c2: content 1: code points 21 to 15"},
		{"no span", `"start":15,"end":21,`, ``, "claim c2: content 1: the span at code point 0 is empty"},
		{"nobody with a span", `{"naming":"none"}`, `{"naming":"none","start":1,"end":3}`, "claim c3: source: it has a span"},
		{"fraction", `"start":24,"end":39,"text"`, `"start":2.5,"end":39,"text"`, ": a JSON number 2.5 does not belong here"},
		{"wrong type", `"sentences":[`, `"sentences":7,"was":[`, "sentences: a JSON number does not belong here"},
		{"not JSON", `"claims":[`, `"claims":[,`, "not valid JSON at byte"},
	} {
		t.Run(test.name, func(t *testing.T) {
			data := strings.Replace(sampleJSON, test.old, test.new, 1)
			if data == sampleJSON {
				t.Fatal("the case changes nothing")
			}
			l := ledger.Ledger{Document: ledger.Document{Text: "kept"}}
			err := l.UnmarshalJSON([]byte(data))
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatalf("error %v, want one with %q", err, test.want)
			}
			if l.Document.Text != "kept" {
				t.Error("the ledger was changed")
			}
		})
	}
	if err := new(ledger.Ledger).UnmarshalJSON([]byte(`[1]`)); err == nil || !strings.Contains(err.Error(), "a JSON array where an object should stand") {
		t.Errorf("a list: %v", err)
	}
}

func TestInvalidUTF8CountsAsReplacementCharacters(t *testing.T) {
	// Each stray byte is one code point, both as it is counted and as it is written.
	l := &ledger.Ledger{
		Hearsay:   ledger.Version,
		Document:  ledger.Document{Text: "a\xff\xe2\x82b\x80 é"},
		Sentences: []ledger.Sentence{{ID: "s1", Span: ledger.Span{Start: 0, End: 9}}},
		Claims:    []ledger.Claim{{ID: "c1", Sentence: "s1", Content: []ledger.Piece{{Span: ledger.Span{Start: 3, End: 6}}}}},
	}
	out, err := l.AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	var back ledger.Ledger
	if err := json.Unmarshal(out, &back); err != nil {
		t.Fatal(err)
	}
	if want := "a\ufffd\ufffd\ufffdb\ufffd é"; back.Document.Text != want {
		t.Errorf("text %q, want %q", back.Document.Text, want)
	}
	if got := back.Quote(back.Claims[0].Content[0].Span); got != "\ufffdb\ufffd" {
		t.Errorf("content %q", got)
	}
	if err := l.Validate(); err == nil || !strings.Contains(err.Error(), "not valid UTF-8") {
		t.Errorf("Validate: %v", err)
	}
}

func TestJSONIsOneSafeLine(t *testing.T) {
	var all strings.Builder
	for r := rune(0); r < 0x3000; r++ {
		all.WriteRune(r)
	}
	out, err := (&ledger.Ledger{Document: ledger.Document{Text: all.String()}}).AppendJSON(nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range string(out) {
		if r < ' ' || r >= 0x7F && r < 0xA0 || r == '\u2028' || r == '\u2029' {
			t.Errorf("%U stands unescaped", r)
		}
	}
	var back ledger.Ledger
	if err := json.Unmarshal(out, &back); err != nil || back.Document.Text != all.String() {
		t.Errorf("the text does not read back (%v)", err)
	}
}

func TestFailure(t *testing.T) {
	f := ledger.Failure{Input: "missing.txt", Code: "not-found", Message: "no such file"}
	out, err := json.Marshal(f)
	if err != nil {
		t.Fatal(err)
	}
	if want := `{"hearsay":1,"error":{"input":"missing.txt","code":"not-found","message":"no such file"}}`; string(out) != want {
		t.Errorf("got %s, want %s", out, want)
	}
	if err := compile(t).Validate(generic(t, out)); err != nil {
		t.Error(err)
	}
	var back ledger.Failure
	if err := json.Unmarshal(out, &back); err != nil || back != f {
		t.Errorf("read back %+v, %v", back, err)
	}
	if err := json.Unmarshal([]byte(sampleJSON), &back); err == nil {
		t.Error("a ledger was read as a failure")
	}
	var found ledger.Failure
	if err := json.Unmarshal(out, new(ledger.Ledger)); !errors.As(err, &found) || found != f {
		t.Errorf("a failure read as a ledger gave %v", err)
	}
	if got := f.Error(); got != "missing.txt: no such file" {
		t.Errorf("Error() = %q", got)
	}
}

// TestRandomLedgers holds random ledgers against the naive way to each answer.
func TestRandomLedgers(t *testing.T) {
	schema := compile(t)
	rapid.Check(t, func(t *rapid.T) {
		l := ledgertest.Random().Draw(t, "ledger")
		if err := l.Validate(); err != nil {
			t.Fatalf("Validate: %v", err)
		}
		out, err := l.AppendJSON(nil)
		if err != nil {
			t.Fatal(err)
		}
		var value any
		if err := json.Unmarshal(out, &value); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(byReflection(t, l), value); diff != "" {
			t.Fatalf("not what encoding/json writes (-want +got):\n%s", diff)
		}
		if err := schema.Validate(value); err != nil {
			t.Fatal(err)
		}
		var back ledger.Ledger
		if err := json.Unmarshal(out, &back); err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(l, &back); diff != "" {
			t.Fatalf("read back differs (-want +got):\n%s", diff)
		}
	})
}

// byReflection writes l with encoding/json alone, its spans counted one by one.
func byReflection(t *rapid.T, l *ledger.Ledger) any {
	type plain ledger.Ledger
	c := plain(*l)
	span := func(s ledger.Span) ledger.Span {
		return ledger.Span{Start: utf8.RuneCountInString(l.Document.Text[:s.Start]), End: utf8.RuneCountInString(l.Document.Text[:s.End])}
	}
	piece := func(p ledger.Piece) ledger.Piece {
		return ledger.Piece{Span: span(p.Span), Text: l.Quote(p.Span)}
	}
	pointer := func(p *ledger.Piece) *ledger.Piece {
		if p == nil {
			return nil
		}
		q := piece(*p)
		return &q
	}
	mentions := func(list []ledger.Mention) (out []ledger.Mention) {
		for _, m := range list {
			out = append(out, ledger.Mention{Span: span(m.Span), Pronoun: m.Pronoun})
		}
		return out
	}
	parties := func(list []ledger.Party) (out []ledger.Party) {
		for _, p := range list {
			p.Piece = piece(p.Piece)
			out = append(out, p)
		}
		return out
	}
	toll := func(t *ledger.Toll) *ledger.Toll {
		if t == nil {
			return nil
		}
		return &ledger.Toll{Low: t.Low, Best: t.Best, High: t.High, Figures: append([]int{}, t.Figures...)}
	}
	c.Sentences, c.Claims, c.Entities = []ledger.Sentence{}, []ledger.Claim{}, nil
	for _, s := range l.Sentences {
		s.Span = span(s.Span)
		c.Sentences = append(c.Sentences, s)
	}
	for _, k := range l.Claims {
		content := k.Content
		k.Content = nil
		for _, p := range content {
			k.Content = append(k.Content, piece(p))
		}
		if k.Source != nil && k.Source.Naming != ledger.NamingNone {
			s := *k.Source
			s.Piece = piece(s.Piece)
			k.Source = &s
		}
		k.Cue, k.Channel = pointer(k.Cue), pointer(k.Channel)
		c.Claims = append(c.Claims, k)
	}
	for _, e := range l.Entities {
		e.Mentions = mentions(e.Mentions)
		c.Entities = append(c.Entities, e)
	}
	c.Dates, c.Figures, c.Incidents = nil, nil, nil
	for _, d := range l.Dates {
		d.Piece = piece(d.Piece)
		c.Dates = append(c.Dates, d)
	}
	for _, f := range l.Figures {
		f.Piece = piece(f.Piece)
		c.Figures = append(c.Figures, f)
	}
	for _, n := range l.Incidents {
		n.Mentions = mentions(n.Mentions)
		means := n.Means
		n.Means = nil
		for _, p := range means {
			n.Means = append(n.Means, piece(p))
		}
		n.Killed, n.Wounded = toll(n.Killed), toll(n.Wounded)
		n.Targets, n.Attackers, n.Arrested = parties(n.Targets), parties(n.Attackers), parties(n.Arrested)
		n.ClaimedBy, n.BlamedOn, n.DeniedBy = parties(n.ClaimedBy), parties(n.BlamedOn), parties(n.DeniedBy)
		c.Incidents = append(c.Incidents, n)
	}
	c.Techniques = nil
	for _, x := range l.Techniques {
		x.Span = span(x.Span)
		c.Techniques = append(c.Techniques, x)
	}
	data, err := json.Marshal(c)
	if err != nil {
		t.Fatal(err)
	}
	var value map[string]any
	if err := json.Unmarshal(data, &value); err != nil {
		t.Fatal(err)
	}
	for i, x := range l.Techniques {
		value["techniques"].([]any)[i].(map[string]any)["explanation"] = x.Label.Explanation()
	}
	for _, k := range value["claims"].([]any) {
		if s, ok := k.(map[string]any)["source"].(map[string]any); ok && s["naming"] == "none" {
			delete(s, "start") // reflection cannot leave a zero span out
			delete(s, "end")
		}
	}
	return value
}

func compile(t testing.TB) *jsonschema.Schema {
	t.Helper()
	c := jsonschema.NewCompiler()
	c.AssertFormat()
	if err := c.AddResource("ledger.json", generic(t, ledger.Schema())); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile("ledger.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestSchema(t *testing.T) {
	schema := compile(t)
	if err := schema.Validate(generic(t, []byte(sampleJSON))); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		name, old, new string
		valid          bool
	}{
		{"new field", `"manner":"direct"`, `"manner":"direct","mood":{"level":"certain"}`, true},
		{"worth", `"manner":"direct"`, `"manner":"direct","checkworthiness":0.81,"reasons":["a figure"]`, true},
		{"worth above one", `"manner":"direct"`, `"manner":"direct","checkworthiness":1.2`, false},
		{"unknown reason", `"manner":"direct"`, `"manner":"direct","reasons":["a hunch"]`, false},
		{"technique", `"entities":[`, `"techniques":[{"start":15,"end":21,"label":"Doubt","score":0.5}],"entities":[`, true},
		{"unknown technique", `"entities":[`, `"techniques":[{"start":15,"end":21,"label":"Charm","score":0.5}],"entities":[`, false},
		{"new list", `"entities":[`, `"figures":[],"entities":[`, true},
		{"another version", `"hearsay":1`, `"hearsay":2`, false},
		{"no version", `"hearsay":1,`, ``, false},
		{"no text", `"text":"“Die`, `"words":"“Die`, false},
		{"empty title", `"title":"Ferry"`, `"title":""`, false},
		{"no date", `"2031-05-04"`, `"4 May 2031"`, false},
		{"no language", `"language":"en"`, `"language":"English, mostly"`, false},
		{"content not a list", `"content":[{"start":15,"end":21,"text":"sicher"}]`, `"content":{"start":15,"end":21,"text":"sicher"}`, false},
		{"no content", `"content":[{"start":15,"end":21,"text":"sicher"}]`, `"content":[]`, false},
		{"content without words", `{"start":15,"end":21,"text":"sicher"}`, `{"start":15,"end":21}`, false},
		{"start before the text", `"start":15`, `"start":-1`, false},
		{"fraction", `"start":15`, `"start":1.5`, false},
		{"sentence without end", `"start":58,"end":77`, `"start":58`, false},
		{"unknown manner", `"direct"`, `"shouted"`, false},
		{"unknown naming", `"naming":"named"`, `"naming":"known"`, false},
		{"unknown kind", `"kind":"person"`, `"kind":"robot"`, false},
		{"source without words", `"text":"Mayor Ida Løvås",`, ``, false},
		{"source without naming", `"naming":"named",`, ``, false},
		{"nobody with a span", `{"naming":"none"}`, `{"naming":"none","start":1,"end":3,"text":"ie"}`, false},
		{"nobody of a kind", `{"naming":"none"}`, `{"naming":"none","kind":"person"}`, false},
		{"nobody and no cue", `"source":{"naming":"none"},"cue":{"start":61,"end":71,"text":"reportedly"}`, `"source":{"naming":"none"}`, false},
		{"cue without source", `"source":{"naming":"none"},"cue"`, `"cue"`, false},
		{"unknown type", `"type":"person"`, `"type":"vegetable"`, false},
		{"entity without mentions", `"mentions":[{"start":24,"end":39},{"start":58,"end":60,"pronoun":true}]`, `"mentions":[]`, false},
		{"error without code", `"document":`, `"error":{"input":"x","message":"y"},"document":`, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			data := strings.Replace(sampleJSON, test.old, test.new, 1)
			if data == sampleJSON {
				t.Fatal("the case changes nothing")
			}
			if err := schema.Validate(generic(t, []byte(data))); (err == nil) != test.valid {
				t.Errorf("valid %v, want %v: %v", err == nil, test.valid, err)
			}
		})
	}
}

func TestSchemaAndValidateAgreeOnDates(t *testing.T) {
	var s struct {
		Defs struct {
			Date struct{ Pattern string }
		} `json:"$defs"`
	}
	if err := json.Unmarshal(ledger.Schema(), &s); err != nil {
		t.Fatal(err)
	}
	pattern := regexp.MustCompile(s.Defs.Date.Pattern)
	for date, want := range map[string]bool{
		"2031": true, "2031-05": true, "2031-05-04": true, "2031-05-04/2031-05-09": true, "2031~": true, "XXXX-03-04": true,
		"2031-05-04T06:30:00Z": true, "2031-05-04T06:30:00+02:00": true, "2031-05-04T06:30:00": true,
		"4 May": false, "2031-05/..": true, "../2031-05": true, "203X": true, "2031-33": true, "..": false,
		"31": false, "2031-5-4": false, "2031-05-04 ": false, "2031/": false,
	} {
		l := ledger.Ledger{Document: ledger.Document{Published: date}}
		if got := l.Validate() == nil; got != want {
			t.Errorf("Validate takes %q: %v", date, got)
		}
		if got := pattern.MatchString(date); got != want {
			t.Errorf("the schema takes %q: %v", date, got)
		}
	}
}

func TestValidate(t *testing.T) {
	for _, test := range []struct {
		name  string
		spoil func(*ledger.Ledger)
		want  string
	}{
		{"version", func(l *ledger.Ledger) { l.Hearsay = 3 }, "version 3"},
		{"date", func(l *ledger.Ledger) { l.Document.Published = "yesterday" }, `"yesterday" is not an EDTF date`},
		{"sentence without id", func(l *ledger.Ledger) { l.Sentences[1].ID = "" }, "sentence number 2 has no id"},
		{"sentence twice", func(l *ledger.Ledger) { l.Sentences[1].ID = "s1" }, "sentence s1: there are two"},
		{"sentence outside", func(l *ledger.Ledger) { l.Sentences[1].End = 999 }, "sentence s2: bytes"},
		{"sentences overlap", func(l *ledger.Ledger) { l.Sentences[1].Start -= 2 }, "sentence s2 begins before"},
		{"claim without id", func(l *ledger.Ledger) { l.Claims[0].ID = "" }, "claim number 1 has no id"},
		{"claim twice", func(l *ledger.Ledger) { l.Claims[2].ID = "c1" }, "claim c1: there are two"},
		{"claims out of order", func(l *ledger.Ledger) { l.Claims[1], l.Claims[2] = l.Claims[2], l.Claims[1] }, "claim c2 begins before"},
		{"no content", func(l *ledger.Ledger) { l.Claims[0].Content = nil }, "claim c1: it has no content"},
		{"content cut", func(l *ledger.Ledger) { l.Claims[0].Content[0].Start++ }, "claim c1: content 1: byte 1 lies inside"},
		{"content out of order", func(l *ledger.Ledger) { c := l.Claims[2].Content; c[0], c[1] = c[1], c[0] }, "claim c3: content 2 begins before"},
		{"no such sentence", func(l *ledger.Ledger) { l.Claims[0].Sentence = "s9" }, `claim c1: there is no sentence "s9"`},
		{"other sentence", func(l *ledger.Ledger) { l.Claims[0].Sentence = "s2" }, "claim c1: its content does not begin in sentence s2"},
		{"cue without source", func(l *ledger.Ledger) { l.Claims[2].Source = nil }, "claim c3: it has a cue and no source"},
		{"own voice by channel", func(l *ledger.Ledger) { l.Claims[1].Channel = l.Claims[0].Channel }, "claim c2: it has a channel"},
		{"own voice with manner", func(l *ledger.Ledger) { l.Claims[1].Manner = ledger.MannerDirect }, "claim c2: it has a channel or a manner"},
		{"nobody and no cue", func(l *ledger.Ledger) { l.Claims[2].Cue = nil }, "claim c3: it has neither a cue nor"},
		{"nobody with a kind", func(l *ledger.Ledger) { l.Claims[2].Source.Kind = ledger.KindPerson }, "claim c3: source: it says more"},
		{"source outside", func(l *ledger.Ledger) { l.Claims[0].Source.End = 999 }, "claim c1: source: bytes"},
		{"naming", func(l *ledger.Ledger) { l.Claims[0].Source.Naming = "known" }, `"known" is no naming`},
		{"kind", func(l *ledger.Ledger) { l.Claims[0].Source.Kind = "robot" }, `"robot" is no kind`},
		{"entity", func(l *ledger.Ledger) { l.Claims[0].Source.Entity = "e7" }, `there is no entity "e7"`},
		{"speaker", func(l *ledger.Ledger) { l.Claims[0].Source.Speaker = "e7" }, `there is no entity "e7" to be its speaker`},
		{"cue outside", func(l *ledger.Ledger) { l.Claims[0].Cue.End = 999 }, "claim c1: cue: bytes"},
		{"channel outside", func(l *ledger.Ledger) { l.Claims[0].Channel.End = 999 }, "claim c1: channel: bytes"},
		{"manner", func(l *ledger.Ledger) { l.Claims[0].Manner = "shouted" }, `"shouted" is no manner`},
		{"worth", func(l *ledger.Ledger) { l.Claims[1].Checkworthiness = math.NaN() }, "claim c2: its check-worthiness is NaN"},
		{"corrected by nobody", func(l *ledger.Ledger) { l.Claims[1].Corrected[0].Who = "" }, `claim c2: a correction of "unattributed": it does not say who`},
		{"corrected at no time", func(l *ledger.Ledger) { l.Claims[1].Corrected[0].When = "yesterday" }, `claim c2: a correction of "unattributed": "yesterday" is no time`},
		{"corrected in nothing", func(l *ledger.Ledger) { l.Claims[1].Corrected[1].Kind = "" }, `claim c2: a correction of "": it does not say of what`},
		{"checked without a note", func(l *ledger.Ledger) { l.Claims[1].Checked[0].Note = "" }, "claim c2: that it was checked: it has no note"},
		{"checked with a script", func(l *ledger.Ledger) { l.Claims[1].Checked[0].Link = "javascript:alert(1)" }, `claim c2: that it was checked: "javascript:alert(1)" is no address`},
		{"checked at no time", func(l *ledger.Ledger) { l.Claims[1].Checked[0].When = "" }, `claim c2: that it was checked: "" is no time`},
		{"worth of a sentence", func(l *ledger.Ledger) { l.Sentences[1].Checkworthiness = 1.5 }, "sentence s2: its check-worthiness is 1.5"},
		{"reason", func(l *ledger.Ledger) { l.Claims[1].Reasons = []ledger.Reason{"a hunch"} }, `claim c2: "a hunch" is no reason`},
		{"reason twice", func(l *ledger.Ledger) {
			l.Claims[1].Reasons = []ledger.Reason{ledger.ReasonFigure, ledger.ReasonFigure}
		}, `claim c2: it gives the reason "a figure" twice`},
		{"technique", func(l *ledger.Ledger) { l.Techniques = []ledger.Technique{{Span: ledger.Span{End: 3}, Label: "Charm"}} }, `technique 1: "Charm" is no label`},
		{"technique outside", func(l *ledger.Ledger) {
			l.Techniques = []ledger.Technique{{Span: ledger.Span{End: 999}, Label: ledger.Doubt}}
		}, "technique 1: bytes"},
		{"technique of no claim", func(l *ledger.Ledger) {
			l.Techniques = []ledger.Technique{{Span: ledger.Span{End: 4}, Label: ledger.Doubt, Claim: "c9"}}
		}, `technique 1: there is no claim "c9"`},
		{"within nothing", func(l *ledger.Ledger) { l.Claims[1].Within = "c9" }, `there is no claim "c9" for it to be within`},
		{"within one that does not hold it", func(l *ledger.Ledger) { l.Claims[2].Within = "c1" }, "claim c3 does not lie within the content of c1"},
		{"within itself", func(l *ledger.Ledger) { l.Claims[1].Within = "c2" }, "claim c2 is within itself"},
		{"in a circle", func(l *ledger.Ledger) {
			l.Claims[1].Content = l.Claims[0].Content
			l.Claims[0].Within = "c2"
		}, "claim c1 is within itself"},
		{"no claims", func(l *ledger.Ledger) { l.Claims = nil }, "sentence s1 asserts something"},
		{"entity without id", func(l *ledger.Ledger) { l.Entities[0].ID = "" }, "entity number 1 has no id"},
		{"entity twice", func(l *ledger.Ledger) { l.Entities = append(l.Entities, l.Entities[0]) }, "entity e1: there are two"},
		{"entity without name", func(l *ledger.Ledger) { l.Entities[0].Name = "" }, "entity e1 has no name"},
		{"type", func(l *ledger.Ledger) { l.Entities[0].Type = "vegetable" }, `"vegetable" is no type`},
		{"no mentions", func(l *ledger.Ledger) { l.Entities[0].Mentions = nil }, "entity e1 is nowhere mentioned"},
		{"mention outside", func(l *ledger.Ledger) { l.Entities[0].Mentions[1].End = 999 }, "entity e1: mention 2: bytes"},
		{"level", func(l *ledger.Ledger) { l.Claims[0].Certainty.Level = "sure" }, `claim c1: certainty: "sure" is no level`},
		{"polarity", func(l *ledger.Ledger) { l.Claims[0].Certainty.Polarity = "" }, `claim c1: certainty: "" is no polarity`},
		{"score", func(l *ledger.Ledger) { l.Claims[0].Certainty.Score = 3.5 }, "claim c1: certainty: a score of 3.5 is not between"},
		{"score that is no number", func(l *ledger.Ledger) { l.Claims[0].Certainty.Score = math.NaN() }, "claim c1: certainty: a score of NaN"},
		{"score against its polarity", func(l *ledger.Ledger) { l.Claims[0].Certainty.Score = -1 }, "claim c1: certainty: a score of -1 for what is affirmed"},
		{"claim about no incident", func(l *ledger.Ledger) { l.Claims[2].Incident = "i9" }, `claim c3: there is no incident "i9"`},
		{"latitude", func(l *ledger.Ledger) { l.Entities[0].Place.Lat = 91 }, "entity e1: place: 91, 10.5 are no coordinates"},
		{"country", func(l *ledger.Ledger) { l.Entities[0].Place.Country = "Xa" }, `entity e1: place: "Xa" is not of the form`},
		{"place that says nothing", func(l *ledger.Ledger) { *l.Entities[0].Place = ledger.Place{} }, "entity e1: place: it says nothing"},
		{"geonames", func(l *ledger.Ledger) { l.Entities[0].Place.GeoNames = -1 }, "entity e1: place: -1 is no id"},
		{"date outside", func(l *ledger.Ledger) { l.Dates[1].End = 999 }, "date 2: bytes"},
		{"date in words", func(l *ledger.Ledger) { l.Dates[0].Value = "in May" }, `date 1: "in May" is not an EDTF date`},
		{"dates out of order", func(l *ledger.Ledger) { l.Dates[0], l.Dates[1] = l.Dates[1], l.Dates[0] }, "date 2 stands before"},
		{"figure outside", func(l *ledger.Ledger) { l.Figures[0].End = 999 }, "figure 1: bytes"},
		{"figure without a number", func(l *ledger.Ledger) { l.Figures[1].High = nil }, "figure 2: it says no number"},
		{"figure that is no number", func(l *ledger.Ledger) { l.Figures[1].High = new(math.Inf(1)) }, "figure 2: it holds what is no number"},
		{"figure's bounds", func(l *ledger.Ledger) { l.Figures[1].Low = new(2.0) }, "figure 2: its low, 2, is above its high, 0.5"},
		{"figure's claim", func(l *ledger.Ledger) { l.Figures[0].Claim = "c9" }, `figure 1: there is no claim "c9"`},
		{"figure's incident", func(l *ledger.Ledger) { l.Figures[0].Incident = "i9" }, `figure 1: there is no incident "i9"`},
		{"figures out of order", func(l *ledger.Ledger) { l.Figures[0], l.Figures[1] = l.Figures[1], l.Figures[0] }, "figure 2 stands before"},
		{"incident without id", func(l *ledger.Ledger) { l.Incidents[0].ID = "" }, "incident number 1 has no id"},
		{"incident twice", func(l *ledger.Ledger) { l.Incidents = append(l.Incidents, l.Incidents[0]) }, "incident i1: there are two"},
		{"type of incident", func(l *ledger.Ledger) { l.Incidents[0].Type = "quarrel" }, `incident i1: "quarrel" is no type`},
		{"incident nowhere mentioned", func(l *ledger.Ledger) { l.Incidents[0].Mentions = nil }, "incident i1: it is nowhere mentioned"},
		{"incident's mention outside", func(l *ledger.Ledger) { l.Incidents[0].Mentions[0].Start = -1 }, "incident i1: mention 1: bytes"},
		{"incident's mentions out of order", func(l *ledger.Ledger) { m := l.Incidents[0].Mentions; m[0], m[1] = m[1], m[0] }, "incident i1: mention 2 stands before"},
		{"incident's date", func(l *ledger.Ledger) { l.Incidents[0].Date = "Monday" }, `incident i1: "Monday" is not an EDTF date`},
		{"incident's place", func(l *ledger.Ledger) { l.Incidents[0].Places[0] = "e9" }, `incident i1: there is no entity "e9" to be its place`},
		{"means outside", func(l *ledger.Ledger) { l.Incidents[0].Means[0].End = 999 }, "incident i1: means 1: bytes"},
		{"party outside", func(l *ledger.Ledger) { l.Incidents[0].BlamedOn[0].End = 999 }, "incident i1: blamed_on 1: bytes"},
		{"party's entity", func(l *ledger.Ledger) { l.Incidents[0].DeniedBy[0].Entity = "e9" }, `incident i1: denied_by 1: there is no entity "e9"`},
		{"party's claim", func(l *ledger.Ledger) { l.Incidents[0].ClaimedBy[0].Claim = "c9" }, `incident i1: claimed_by 1: there is no claim "c9"`},
		{"party's accuser", func(l *ledger.Ledger) { l.Incidents[0].Arrested[0].By = "e9" }, `incident i1: arrested 1: there is no entity "e9" to say so`},
		{"toll's order", func(l *ledger.Ledger) { l.Incidents[0].Killed.Best = 2 }, "incident i1: a toll of 3, at best 2, at most 12"},
		{"toll's figure", func(l *ledger.Ledger) { l.Incidents[0].Killed.Figures[0] = 2 }, "incident i1: a toll names figure 2 of 2"},
		{"mentions out of order", func(l *ledger.Ledger) { m := l.Entities[0].Mentions; m[0], m[1] = m[1], m[0] }, "entity e1: mention 2 stands before"},
	} {
		t.Run(test.name, func(t *testing.T) {
			l := sample(t)
			if err := l.Validate(); err != nil {
				t.Fatal(err)
			}
			test.spoil(l)
			if err := l.Validate(); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("error %v, want one with %q", err, test.want)
			}
		})
	}
}

func TestValidateAllowsQuestionsWithoutClaims(t *testing.T) {
	l := ledger.Ledger{Document: ledger.Document{Text: "Who knew? 42."}, Sentences: []ledger.Sentence{
		{ID: "s1", Span: ledger.Span{Start: 0, End: 9}}, {ID: "s2", Span: ledger.Span{Start: 10, End: 13}},
	}}
	if err := l.Validate(); err != nil {
		t.Error(err)
	}
}

func TestRanked(t *testing.T) {
	claim := func(id string, worth float64, reasons ...ledger.Reason) ledger.Claim {
		return ledger.Claim{ID: id, Worth: ledger.Worth{Checkworthiness: worth, Reasons: reasons}}
	}
	l := ledger.Ledger{Claims: []ledger.Claim{
		claim("c1", 0.2), claim("c2", 0.9, ledger.ReasonSource), claim("c3", 0.4, ledger.ReasonFigure),
		claim("c4", 0.9, ledger.ReasonFigure, ledger.ReasonEvent), claim("c5", 0.5, ledger.ReasonAccusation),
	}}
	for _, test := range []struct {
		prefer []ledger.Reason
		want   []int
	}{
		{nil, []int{1, 3, 4, 2, 0}},
		{[]ledger.Reason{ledger.ReasonFigure}, []int{3, 2, 1, 4, 0}},
		{[]ledger.Reason{ledger.ReasonAccusation, ledger.ReasonFigure}, []int{3, 4, 2, 1, 0}},
		{[]ledger.Reason{ledger.ReasonOpinion}, []int{1, 3, 4, 2, 0}},
	} {
		if diff := cmp.Diff(test.want, l.Ranked(test.prefer...)); diff != "" {
			t.Errorf("preferring %q (-want +got):\n%s", test.prefer, diff)
		}
	}
}

func TestReasonsHaveKeys(t *testing.T) {
	for _, r := range ledger.Reasons() {
		if back, ok := ledger.ReasonOf(r.Key()); !ok || back != r || r.Key() == "" {
			t.Errorf("%q has the key %q, which is that of %q", r, r.Key(), back)
		}
	}
	if r, ok := ledger.ReasonOf(""); ok {
		t.Errorf("no key is that of %q", r)
	}
}

func TestTechniquesAreExplained(t *testing.T) {
	labels := ledger.TechniqueLabels()
	if len(labels) != 23 {
		t.Errorf("%d techniques, want 23", len(labels))
	}
	for _, label := range labels {
		if x := label.Explanation(); label.Name() == "" || !strings.HasSuffix(x, ".") || strings.Count(x, ".") != 1 {
			t.Errorf("%s: the name %q and the explanation %q, which should be one sentence", label, label.Name(), x)
		}
	}
}

func FuzzUnmarshal(f *testing.F) {
	f.Add([]byte(sampleJSON))
	f.Add([]byte(`{"hearsay":1,"error":{"input":"-","code":"empty","message":"nothing to read"}}`))
	f.Add([]byte(`{"hearsay":1,"document":{"text":"\ud800\u0000é"},"sentences":[{"id":"s1","start":0,"end":3}],"claims":null}`))
	f.Add([]byte(`{"hearsay":1,"document":{"text":"a"},"claims":[{"id":"","content":[{"start":0,"end":1}],"source":{"naming":"none"}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		var l ledger.Ledger
		if err := json.Unmarshal(data, &l); err != nil {
			return
		}
		out, err := l.AppendJSON(nil)
		if err != nil {
			t.Fatalf("what was read cannot be written: %v", err)
		}
		var back ledger.Ledger
		if err := json.Unmarshal(out, &back); err != nil {
			t.Fatalf("what was written cannot be read: %v\n%s", err, out)
		}
		if diff := cmp.Diff(l, back); diff != "" {
			t.Fatalf("read back differs (-want +got):\n%s", diff)
		}
		_ = l.Validate() // it must come to an end on whatever can be read
	})
}

// long repeats the sample's text and claims n times over.
func long(b *testing.B, n int) (*ledger.Ledger, int) {
	one := sample(b)
	l := &ledger.Ledger{Hearsay: ledger.Version, Document: one.Document, Entities: one.Entities}
	l.Document.Text = strings.Repeat(ferry+" ", n)
	for i := range n {
		move := func(p ledger.Piece) ledger.Piece {
			by := i * (len(ferry) + 1)
			return ledger.Piece{Span: ledger.Span{Start: p.Start + by, End: p.End + by}}
		}
		for _, s := range one.Sentences {
			s.Span = move(ledger.Piece{Span: s.Span}).Span
			l.Sentences = append(l.Sentences, s)
		}
		for _, c := range one.Claims {
			content := c.Content
			c.Content = nil
			for _, p := range content {
				c.Content = append(c.Content, move(p))
			}
			if c.Source != nil && c.Source.Naming != ledger.NamingNone {
				source := *c.Source
				source.Piece = move(source.Piece)
				c.Source = &source
			}
			if c.Cue != nil {
				cue := move(*c.Cue)
				c.Cue = &cue
			}
			l.Claims = append(l.Claims, c)
		}
	}
	return l, len(strings.Fields(l.Document.Text))
}

func BenchmarkAppendJSON(b *testing.B) {
	l, words := long(b, 100)
	var buf []byte
	b.ReportAllocs()
	for b.Loop() {
		var err error
		if buf, err = l.AppendJSON(buf[:0]); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(words), "ns/word")
}

// BenchmarkReflection is what AppendJSON is measured against: encoding/json
// over the same structs, the words of each piece filled in beforehand and no
// code point counted.
func BenchmarkReflection(b *testing.B) {
	type plain ledger.Ledger
	l, words := long(b, 100)
	fill := func(p *ledger.Piece) {
		if p != nil {
			p.Text = l.Quote(p.Span)
		}
	}
	for i := range l.Claims {
		c := &l.Claims[i]
		for j := range c.Content {
			fill(&c.Content[j])
		}
		fill(c.Cue)
		fill(c.Channel)
		if c.Source != nil {
			fill(&c.Source.Piece)
		}
	}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := json.Marshal((*plain)(l)); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(words), "ns/word")
}

func BenchmarkUnmarshal(b *testing.B) {
	l, words := long(b, 100)
	data, err := l.AppendJSON(nil)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		if err := new(ledger.Ledger).UnmarshalJSON(data); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(words), "ns/word")
}

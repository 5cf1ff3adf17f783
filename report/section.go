package report

import (
	"bytes"
	_ "embed"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"hearsay/ledger"
)

//go:embed page/section.html
var sectionMarkup string

// Section is a ledger as a part of a page that others make. Beside what the
// HTML format shows, the text has names, places and dates marked, each kind of
// mark can be switched off, and the claims can be sifted and put in another
// order by a form, whose fields Sifting reads. The page has to be served with Style
// and Script.
type Section struct {
	Ledger *ledger.Ledger
	Title  string  // where the document has none
	Fields []Field // what the form carries along
	// Correct is the address at which a claim can be corrected, without the
	// claim's id at its end; empty where none can be.
	Correct string
	Sifting
}

// Field is a hidden field of a form.
type Field struct{ Name, Value string }

// Sifting says which claims are shown to begin with and what is marked. Its
// zero value shows all of them in the order of the text.
type Sifting struct {
	Footing string   // what a claim stands on: named, unnamed, nobody, own; empty for all
	Speaker string   // who is heard, by the name that the page gives; empty for all
	Wording string   // how sure the wording is: certain, probable, possible, unknown, or denied; empty for all
	ByWorth bool     // by check-worthiness, not in the order of the text
	Marks   []string // the kinds of marks in the text, of Marks; nil for those that are on at first
}

// marking is a kind of mark that can be switched.
type marking struct {
	Key, Name string
	On        bool
}

var markings = []marking{
	{"attribution", "attribution", true}, {"certainty", "certainty", true},
	{"names", "names", false}, {"places", "places", false}, {"dates", "dates", false},
	{"wording", "techniques", true},
}

// SiftingOf reads the fields of a section's form. What it does not know it leaves out.
func SiftingOf(get func(name string) []string) Sifting {
	first := func(name string) string {
		if v := get(name); len(v) > 0 {
			return v[0]
		}
		return ""
	}
	s := Sifting{Speaker: first("speaker"), ByWorth: first("order") == "worth"}
	if f := first("footing"); slices.Contains(footingClasses[:], f) {
		s.Footing = f
	}
	if w := first("wording"); slices.ContainsFunc(wordings, func(x choice) bool { return x.Value == w }) {
		s.Wording = w
	}
	if first("sifted") != "" {
		s.Marks = append([]string{}, get("mark")...)
	}
	return s
}

// choice is one of those that a list offers.
type choice struct {
	Value, Name string
	Number      int // of a voice
	Chosen      bool
}

var wordings = []choice{
	{Value: string(ledger.LevelCertain), Name: "put as certain"}, {Value: string(ledger.LevelProbable), Name: "put as probable"},
	{Value: string(ledger.LevelPossible), Name: "put as possible"}, {Value: string(ledger.LevelUnknown), Name: "left open"},
	{Value: string(ledger.Denied), Name: "denied"},
}

// sift says whether a claim is among those shown at first.
type sift struct{ Out bool }

// sifted is by what claims can be put in order and sifted, a word for each in the
// order of the text: its place by check-worthiness, the number of its voice, which is 0 for
// nobody's, and which of the wordings it has, by their digits.
type sifted struct{ Ranks, Voices, Levels string }

// section is what the template takes.
type section struct {
	*article
	Fields   []Field
	Marks    []marking
	Speakers []choice
	Wordings []choice
	Judged   bool // there is an order by check-worthiness
	ByWorth  bool
	Shown    int
}

// HTML returns the section. It refuses a ledger whose spans do not lie in its text.
func (s *Section) HTML() (template.HTML, error) {
	if err := s.Ledger.CheckSpans(); err != nil {
		return "", err
	}
	o := newOutline(s.Ledger)
	o.layered = true
	a := articleOf(o, "a1")
	if s.Title != "" && s.Ledger.Document.Title == "" {
		a.Title = s.Title
	}
	a.weigh(o, nil)
	a.Choice, a.Form, a.Chosen = "footing", "sift", s.Footing
	t := section{article: a, Fields: s.Fields, ByWorth: s.ByWorth, Wordings: slices.Clone(wordings), Marks: slices.Clone(markings)}
	if len(a.Works) == 0 {
		t.Marks = slices.DeleteFunc(t.Marks, func(m marking) bool { return m.Key == "wording" })
	}
	for i := range t.Marks {
		if s.Marks != nil {
			t.Marks[i].On = slices.Contains(s.Marks, t.Marks[i].Key)
		}
	}
	for i := range t.Wordings {
		t.Wordings[i].Chosen = t.Wordings[i].Value == s.Wording
	}
	for i := range o.voices {
		v := &o.voices[i]
		t.Speakers = append(t.Speakers, choice{Value: v.name, Name: v.name, Number: i + 1, Chosen: v.name == s.Speaker})
	}
	t.sift(o, s)
	pageOf, err := pageTemplate()
	if err != nil {
		return "", fmt.Errorf("writing a section: %w", err)
	}
	var out bytes.Buffer
	if err := pageOf.ExecuteTemplate(&out, "section", &t); err != nil {
		return "", fmt.Errorf("writing a section: %w", err)
	}
	return template.HTML(out.String()), nil // what html/template has escaped
}

// sift says of each entry by what it can be sifted and whether it is shown, and
// puts the entries in order.
func (t *section) sift(o *outline, s *Section) {
	entries := slices.Clone(t.Entries)
	sifts := make([]sift, len(entries))
	ranks, voices, digits := make([]string, len(entries)), make([]string, len(entries)), make([]string, len(entries))
	for i, e := range entries {
		c, x, voice := &o.Claims[i], &sifts[i], o.voice[i]+1
		var levels []string
		if c.Certainty != nil {
			levels = append(levels, string(c.Certainty.Level))
			if c.Certainty.Polarity == ledger.Denied {
				levels = append(levels, string(ledger.Denied))
			}
		}
		ranks[i], voices[i], digits[i] = strconv.Itoa(e.Rank), strconv.Itoa(voice), "0"
		for k, w := range wordings {
			if slices.Contains(levels, w.Value) {
				digits[i] += strconv.Itoa(k + 1)
			}
		}
		x.Out = s.Speaker != "" && (voice == 0 || o.voices[voice-1].name != s.Speaker) || s.Wording != "" && !slices.Contains(levels, s.Wording)
		if !x.Out && (s.Footing == "" || e.Class == s.Footing) {
			t.Shown++
		}
		e.Sift = x
		e.hands(c)
		if s.Correct != "" {
			e.Correct = s.Correct + url.QueryEscape(c.ID)
		}
		t.Judged = t.Judged || c.Checkworthiness > 0
	}
	t.Sifted = &sifted{strings.Join(ranks, " "), strings.Join(voices, " "), strings.Join(digits, " ")}
	if s.ByWorth && t.Judged {
		t.Ranked, t.Order = true, "by check-worthiness"
		for rank, i := range o.Ranked() {
			t.Entries[rank] = entries[i]
		}
	}
}

// hand is what somebody did to a claim.
type hand struct{ What, Note, Link string }

// hands says of an entry what people corrected of its claim, and who checked it.
func (e *entry) hands(c *ledger.Claim) {
	for _, a := range c.Corrected {
		e.Hands = append(e.Hands, hand{What: "corrected by " + a.Who + ", " + a.When + ": " + a.Kind})
	}
	for _, k := range c.Checked {
		h := hand{What: "checked by " + k.Who + ", " + k.When, Note: k.Note}
		if strings.HasPrefix(k.Link, "https://") || strings.HasPrefix(k.Link, "http://") {
			h.Link = k.Link
		}
		e.Hands = append(e.Hands, h)
	}
}

// Of is of how many claims those shown are.
func (t *section) Of() string { return strconv.Itoa(len(t.Entries)) }

// Style is the style sheet of pages with a Section.
func Style() string { return pageStyle }

// Script is the script of pages with a Section.
func Script() string { return pageScript }

// What a mark that belongs to no claim marks. They are less than the roles in a
// claim, so that of two marks of the same words theirs is the inner one.
const (
	isName role = -1 - iota
	isPlace
	isDate
	isWorded
)

var layerClasses = map[role]string{isName: "y-name", isPlace: "y-place", isDate: "y-date", isWorded: "w"}

// layers adds to marks those of names, places and dates.
func (o *outline) layers(marks []mark) []mark {
	for i := range o.Entities {
		e := &o.Entities[i]
		is := isName
		switch e.Type {
		case ledger.TypePlace:
			is = isPlace
		case ledger.TypeOther:
			continue
		}
		for _, m := range e.Mentions {
			if !m.Pronoun {
				marks = append(marks, mark{Span: m.Span, is: is, claim: -1})
			}
		}
	}
	for i := range o.Dates {
		marks = append(marks, mark{Span: o.Dates[i].Span, is: isDate, claim: -1})
	}
	return marks
}

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
// order by a form, whose fields Sifting reads. A long ledger is shown in parts, of which
// the page has one: none is longer than partSize and a quarter of it. The page has to
// be served with Style and Script.
type Section struct {
	Ledger *ledger.Ledger
	Title  string // where the document has none
	// Path is where the page is, without parameters, and Fields are those parameters
	// that say which it is: the form carries them along, and the ways to other parts do.
	Path   string
	Fields []Field
	// Correct is where claims are corrected, empty where none can be: a form asks
	// there with the fields CorrectOf and one called claim.
	Correct   string
	CorrectOf []Field
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

	// Of a ledger that is shown in parts: that which lists a claim of this id, or else
	// that of this number, from 1, or of what is told of the whole (Whole).
	Claim string
	Part  int
	Whole bool
}

// wholePart is what the field part says of the part on the whole text.
const wholePart = "whole"

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
	s := Sifting{Speaker: first("speaker"), ByWorth: first("order") == "worth", Claim: first("claim"), Whole: first("part") == wholePart}
	if n, err := strconv.Atoi(first("part")); err == nil {
		s.Part = n
	}
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
	Works    []work        // of this part of the text
	Turns    []turn        // the parts, and what is told of the whole; none where all is on one page
	Before   *turn         // the part before this one
	Next     *turn         // the part after it
	every    []*entry      // of all parts, in the order of the text
	Reads    bool          // it has the text, or a part of it
	Meaning  template.HTML // what is told of the whole, where that is on this page
}

// The most of what a page lists of a whole ledger, however long its text is.
const (
	mostListed   = 40
	mostSpeakers = 200
	mostMeant    = 40_000 // bytes of what is told of the whole, below a text that is all on one page
)

// HTML returns the section. It refuses a ledger whose spans do not lie in its text.
func (s *Section) HTML() (template.HTML, error) {
	if err := s.Ledger.CheckSpans(); err != nil {
		return "", err
	}
	o := newOutline(s.Ledger)
	o.layered = true
	parts, of := o.parts()
	w := &window{parts: parts, of: of, path: s.path(nil)}
	beyond := len(parts)
	w.here = min(max(s.Part, 1), beyond) - 1
	if i, ok := o.claimAt[s.Claim]; ok {
		w.here = of[i]
	} else if s.Whole && beyond > 1 {
		w.here = beyond
	}
	t := s.section(o, w)
	var err error
	if beyond == 1 || w.here == beyond {
		if t.Meaning, err = rendered("meaning", t); err != nil {
			return "", err
		}
	}
	if apart := len(t.Meaning) > mostMeant; beyond == 1 && apart && s.Whole {
		w.here = beyond
		t = s.section(o, w)
		if t.Meaning, err = rendered("meaning", t); err != nil {
			return "", err
		}
	} else if beyond == 1 && apart {
		t.Meaning = ""
	}
	t.Reads = w.here < beyond
	if beyond > 1 || t.Meaning == "" || !t.Reads {
		t.turn(o, s, w)
	}
	return rendered("section", t)
}

// rendered is a part of a page.
func rendered(name string, t *section) (template.HTML, error) {
	pageOf, err := pageTemplate()
	if err != nil {
		return "", fmt.Errorf("writing a section: %w", err)
	}
	var out bytes.Buffer
	if err := pageOf.ExecuteTemplate(&out, name, t); err != nil {
		return "", fmt.Errorf("writing a section: %w", err)
	}
	return template.HTML(out.String()), nil // what html/template has escaped
}

// section is what the template takes of the part that w shows.
func (s *Section) section(o *outline, w *window) *section {
	a := articleOf(o, "a1", w)
	if s.Title != "" && s.Ledger.Document.Title == "" {
		a.Title = s.Title
	}
	a.weigh(o, nil)
	a.Choice, a.Form, a.Chosen = "footing", "sift", s.Footing
	a.bound()
	t := &section{article: a, Fields: s.Fields, ByWorth: s.ByWorth, Wordings: slices.Clone(wordings), Marks: slices.Clone(markings)}
	a.Correct, a.CorrectOf = s.Correct, s.CorrectOf
	for _, x := range a.Works {
		x.Notes = slices.DeleteFunc(slices.Clone(x.Notes), func(n *note) bool { return w.at(n.at) != w.here })
		if len(x.Notes) > 0 {
			t.Works = append(t.Works, x)
		}
	}
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
		if v := &o.voices[i]; i < mostSpeakers || v.name == s.Speaker {
			t.Speakers = append(t.Speakers, choice{Value: v.name, Name: v.name, Number: i + 1, Chosen: v.name == s.Speaker})
		}
	}
	t.sift(o, s)
	if len(a.Voices) > mostListed {
		a.MoreVoices = len(a.Voices) - mostListed
		a.Voices = a.Voices[:mostListed]
	}
	return t
}

// sift says of each entry of this part by what it can be sifted and whether it is
// shown, and puts the entries in order.
func (t *section) sift(o *outline, s *Section) {
	number := make(map[int]int, len(t.Speakers)) // of a voice: where the form offers it
	for i, x := range t.Speakers {
		number[x.Number-1] = i + 1
	}
	t.every = t.Entries
	entries := make([]*entry, len(t.Entries))
	var ranks, voices, digits []string
	for i, e := range t.Entries {
		c := &o.Claims[i]
		t.Judged = t.Judged || c.Checkworthiness > 0
		if !t.window.lists(i) {
			continue
		}
		entries[i] = e
		levels := levelsOf(c)
		digit := "0"
		for k, w := range wordings {
			if slices.Contains(levels, w.Value) {
				digit += strconv.Itoa(k + 1)
			}
		}
		ranks, voices, digits = append(ranks, strconv.Itoa(e.Rank)), append(voices, strconv.Itoa(number[o.voice[i]])), append(digits, digit)
		e.Sift = &sift{Out: s.out(o, i)}
		if !e.Sift.Out && (s.Footing == "" || e.Class == s.Footing) {
			t.Shown++
		}
		e.hands(c)
	}
	t.Sifted = &sifted{strings.Join(ranks, " "), strings.Join(voices, " "), strings.Join(digits, " ")}
	if s.ByWorth && t.Judged {
		t.Ranked, t.Order = true, "by check-worthiness"
		inText := slices.Clone(entries)
		for rank, i := range o.Ranked() {
			entries[rank] = inText[i]
		}
	}
	t.Entries = slices.DeleteFunc(entries, func(e *entry) bool { return e == nil })
}

// out reports whether claim i is sifted out, by whoever speaks or by its wording.
func (s *Sifting) out(o *outline, i int) bool {
	voice := o.voice[i]
	return s.Speaker != "" && (voice < 0 || o.voices[voice].name != s.Speaker) || s.Wording != "" && !slices.Contains(levelsOf(&o.Claims[i]), s.Wording)
}

// levelsOf are which of the wordings a claim has.
func levelsOf(c *ledger.Claim) []string {
	switch {
	case c.Certainty == nil:
		return nil
	case c.Certainty.Polarity == ledger.Denied:
		return []string{string(c.Certainty.Level), string(ledger.Denied)}
	}
	return []string{string(c.Certainty.Level)}
}

// turn lists the parts, with how many of the claims of each are shown where some are not.
func (t *section) turn(o *outline, s *Section, w *window) {
	shown := make([]int, len(w.parts))
	for i := range o.Claims {
		if f := footingOf(&o.Claims[i]); !s.out(o, i) && (s.Footing == "" || footingClasses[f] == s.Footing) {
			shown[w.of[i]]++
		}
	}
	first, last := make([]string, len(w.parts)), make([]string, len(w.parts))
	for i, e := range t.every {
		last[w.of[i]] = e.Anchor
		if k := w.of[i]; first[k] == "" {
			first[k] = e.Anchor
		}
	}
	path := s.path(&s.Sifting)
	for i := range w.parts {
		x := turn{Name: "Part " + strconv.Itoa(i+1), Path: path + strconv.Itoa(i+1) + "#reading", First: first[i], Last: last[i], Here: i == w.here}
		if len(w.parts) == 1 {
			x.Name = "The text"
		}
		if s.Speaker != "" || s.Wording != "" || s.Footing != "" {
			x.Shown = claims(shown[i])
		}
		t.Turns = append(t.Turns, x)
	}
	if w.here < len(w.parts) {
		if w.here > 0 {
			t.Before = &t.Turns[w.here-1]
		}
		if w.here+1 < len(w.parts) {
			t.Next = &t.Turns[w.here+1]
		}
		if len(w.parts) > 1 {
			t.Part = strconv.Itoa(w.here + 1)
		}
	}
	if t.Foremost != nil || t.Incidents != nil || t.Checks != nil || t.Moments != nil || t.Kin != nil {
		t.Turns = append(t.Turns, turn{Name: "What, when and who", Path: path + wholePart + "#whole", Here: w.here == len(w.parts)})
	}
}

// path is where the parts are, without their number at its end: sifted as by f, or with
// the marks as they are and all claims where it is nil.
func (s *Section) path(f *Sifting) string {
	v := url.Values{}
	for _, x := range s.Fields {
		v.Add(x.Name, x.Value)
	}
	if s.Marks != nil {
		v.Set("sifted", "1")
		v["mark"] = s.Marks
	}
	if f != nil {
		for name, value := range map[string]string{"speaker": f.Speaker, "wording": f.Wording, "footing": f.Footing} {
			if value != "" {
				v.Set(name, value)
			}
		}
		if f.ByWorth {
			v.Set("order", "worth")
		}
	}
	path := s.Path + "?" + v.Encode()
	if len(v) > 0 {
		path += "&"
	}
	return path + "part="
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

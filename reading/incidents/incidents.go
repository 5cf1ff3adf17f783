// Package incidents gathers the events that a text tells of into incidents:
// what happened, when, where, to whom, by whose word. The rules are told in
// docs/incidents.md.
package incidents

import (
	"hearsay/ledger"
	"hearsay/reading/tree"
	"hearsay/text"
	"hearsay/text/edtf"
)

// Event is one mention of something that happened.
type Event struct {
	Trigger text.Range // the words that tell of it
	Head    int32      // the token that heads them
	Type    ledger.IncidentType
	Score   float32 // how much speaks for the type, from 0 to 1
}

// Reader gathers incidents. The zero Reader is ready; it keeps its memory from
// text to text and must not be used by two goroutines at once.
type Reader struct {
	d    *text.Doc
	t    *tree.Tree
	l    *ledger.Ledger
	word map[uint32]word

	means  []word  // token -> what its lemma or form can mean
	entity []int32 // token -> entity that a mention over it means, plus one
	named  []bool  // token -> it is in a name
	claim  []int32 // token -> the innermost claim whose content it is in, plus one
	cue    []int32 // token -> the claim whose cue it is in, plus one
	told   []int32 // token -> the mention that it heads, plus one
	dates  []spot  // in text order
	places []spot
	counts []count
	days   []edtf.Days // of l.Dates

	mentions  []mention
	incidents []incident
	victims   []victim
	above     []int32 // mention -> the one that the grammar ties it to, -1 for none
	recent    []int32 // the open incidents, the one told of last at the end
	claimant  string  // the entity that claimed a deed last
	band      int32   // the one armed group that the text names, plus one, 0 for none
	claimed   int32   // the sentence in which it did
	chain     [climbs]link
	chained   int
}

// spot is a token that stands for something in the ledger.
type spot struct {
	token int32
	index int32 // in the ledger's list
}

// Read adds the incidents of d, whose tree is t, to l, the ledger of d with
// all but incidents in it, and enters in l's figures and claims which incident
// they are about.
func (r *Reader) Read(d *text.Doc, t *tree.Tree, events []Event, l *ledger.Ledger) {
	r.d, r.t, r.l = d, t, l
	r.word = table()
	if !r.worthwhile(events) {
		return
	}
	r.index()
	r.collect(events)
	r.gather()
	if len(r.incidents) == 0 {
		return
	}
	r.tally()
	r.parties()
	r.write()
}

// worthwhile reports whether the text can tell of an incident.
func (r *Reader) worthwhile(events []Event) bool {
	if len(events) > 0 {
		return true
	}
	for i := range r.d.Tokens {
		if r.d.Tokens[i].Lemma == lemmaResponsibility {
			return true
		}
	}
	return false
}

// index notes for every token what the ledger says of it.
func (r *Reader) index() {
	d, l := r.d, r.l
	n := len(d.Tokens)
	r.means, r.entity, r.named = sized(r.means, n), sized(r.entity, n), sized(r.named, n)
	r.claim, r.cue, r.told = sized(r.claim, n), sized(r.cue, n), sized(r.told, n)
	for i := range d.Tokens {
		t := &d.Tokens[i]
		r.means[i] = 0
		if t.Tag != text.Comma && t.Tag != text.Stop {
			r.means[i] = r.word[t.Lemma] | r.word[t.Lower]
		}
	}
	r.dates, r.places = r.dates[:0], r.places[:0]
	r.days = r.days[:0]
	line := r.dateline()
	for i := range l.Dates {
		r.days = append(r.days, edtf.Parse(l.Dates[i].Value))
		// The day in a dateline is that of the report.
		if x := d.Cover(l.Dates[i].Start, l.Dates[i].End); !x.Empty() && x.First >= line {
			r.dates = append(r.dates, spot{tree.Head(d, x), int32(i)})
		}
	}
	for i := range l.Entities {
		e := &l.Entities[i]
		for _, m := range e.Mentions {
			x := d.Cover(m.Start, m.End)
			for j := x.First; j < x.End; j++ {
				// The mention that begins last is the innermost.
				if r.entity[j] == 0 || !m.Pronoun {
					r.entity[j] = int32(i) + 1
					r.named[j] = !m.Pronoun
				}
			}
			if e.Type == ledger.TypePlace && !x.Empty() && x.First >= line {
				r.places = append(r.places, spot{tree.Head(d, x), int32(i)})
			}
		}
	}
	sortSpots(r.places)
	sortSpots(r.dates)
	budget := 8 * n
	for i := range l.Claims {
		if c := l.Claims[i].Cue; c != nil {
			x := d.Cover(c.Start, c.End)
			for j := x.First; j < min(x.End, x.First+16); j++ {
				r.cue[j] = int32(i) + 1
			}
		}
		for _, p := range l.Claims[i].Content {
			x := d.Cover(p.Start, p.End)
			if budget -= x.Len(); budget < 0 {
				break // only claims nested without end get here
			}
			for j := x.First; j < x.End; j++ {
				r.claim[j] = int32(i) + 1
			}
		}
	}
}

// dateline is the first token after the dateline of a report, "LIMA, 3 May
// (Agency) --"; 0 where there is none.
func (r *Reader) dateline() int32 {
	const longest = 24
	d := r.d
	for i := range int32(min(len(d.Tokens), longest)) {
		t := &d.Tokens[i]
		if t.Tag == text.VBD || t.Tag == text.VBZ || t.Tag == text.MD {
			return 0 // an aside in a sentence
		}
		switch d.Form(i) {
		case "--", "—", "–":
			if i > 0 && d.Tokens[0].Tag.Proper() {
				return i + 1
			}
			return 0
		}
	}
	return 0
}

func sized[T any](s []T, n int) []T {
	if cap(s) < n {
		return make([]T, n, n+n/4)
	}
	s = s[:n]
	clear(s)
	return s
}

// countsOf are the figures that are m's by its sentence.
func (r *Reader) countsOf(m *mention) func(func(*count) bool) {
	return func(yield func(*count) bool) {
		for _, k := range m.counts[:m.counted] {
			if !yield(&r.counts[k]) {
				return
			}
		}
	}
}

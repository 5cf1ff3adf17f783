package sources

import (
	"strings"
	"sync"

	"hearsay/reading/lexicon"
	"hearsay/text"
)

// reach is how many tokens of a phrase are looked at.
const reach = 10

// Channel finds through what the words were said: "in a statement posted on
// its website", "told reporters". It looks in the cue, directly behind cue and
// source, and at the head of the sentence, whose first token is first, and
// returns an empty range when nothing there is a channel. It never overlaps
// the source or the content.
func Channel(d *text.Doc, first int32, source, cue text.Range, content []text.Range) text.Range {
	verb := false
	for i := cue.First; i < cue.End; i++ {
		verb = verb || d.Tokens[i].Tag.Verb() && d.Tokens[i].Lower != wordAccording
	}
	if !verb {
		return text.Range{}
	}
	f := finder{d: d, source: source, content: content}
	for i := cue.First; i < cue.End; i++ {
		if r := f.at(i, d.Tokens[i].Tag.Verb() && i+1 < cue.End, cue.End); !r.Empty() {
			return r
		}
	}
	if r := f.at(cue.End-1, true, int32(len(d.Tokens))); !r.Empty() {
		return r
	}
	if r := f.phrase(cue.End); !r.Empty() {
		return r
	}
	// "said the minister in a speech"
	if source.First >= cue.End && source.First <= cue.End+1 {
		at := source.End
		if at < int32(len(d.Tokens)) && d.Tokens[at].Tag == text.Comma {
			at++
		}
		if r := f.phrase(at); !r.Empty() {
			return r
		}
	}
	// "In a message sent to the paper, it said"
	begin := first
	for begin < source.First && begin < first+2 && (d.Tokens[begin].Tag == text.CC || d.Tokens[begin].Tag == text.RB || d.Tokens[begin].Tag == text.Comma) {
		begin++
	}
	if begin < cue.First && cue.First-begin < 60 {
		if r := f.phrase(begin); !r.Empty() && r.End <= cue.First && (source.Empty() || r.End <= source.First+1 || r.First > source.End) {
			return r
		}
	}
	return text.Range{}
}

type finder struct {
	d       *text.Doc
	source  text.Range
	content []text.Range
}

// at finds the channel at the token behind i: an audience, when the verb at i
// can take one, or a phrase with a preposition.
func (f finder) at(i int32, verb bool, limit int32) text.Range {
	if verb && addresses()[f.lemma(i)] {
		if r := f.audience(i + 1); !r.Empty() {
			if more := f.phrase(r.End); !more.Empty() && more.First == r.End {
				r.End = more.End
			}
			return r
		}
	}
	if i+1 < limit {
		return f.phrase(i + 1)
	}
	return text.Range{}
}

// audience is the noun phrase at i when it means those who are spoken to in
// public: "reporters", "the newspaper", "Reuters".
func (f finder) audience(i int32) text.Range {
	h, class, name := f.noun(i)
	if h < 0 {
		return text.Range{}
	}
	if class&lexicon.Audience != 0 || name&lexicon.Media != 0 {
		return f.clip(text.Range{First: i, End: h + 1})
	}
	return text.Range{}
}

// phrase is the prepositional phrase at i when its noun is a channel.
func (f finder) phrase(i int32) text.Range {
	tokens := f.d.Tokens
	if i < 0 || int(i) >= len(tokens) || tokens[i].Tag != text.IN && tokens[i].Tag != text.TO && tokens[i].Tag != text.RP {
		return text.Range{}
	}
	p, ok := prepositions()[tokens[i].Lower]
	if !ok {
		return text.Range{}
	}
	h, class, name := f.noun(i + 1)
	if h < 0 {
		return text.Range{}
	}
	good := false
	switch p {
	case "to":
		good = class&lexicon.Audience != 0 && class&lexicon.Organization == 0 || name&lexicon.Media != 0
	case "through":
		good = class&lexicon.Channel != 0
	case "on":
		good = class&lexicon.Channel != 0 && class&lexicon.Person == 0 || name&lexicon.Media != 0
	default:
		good = class&lexicon.Channel != 0 && class&lexicon.Person == 0
	}
	if good && name == 0 && h == i+1 && tokens[h].Tag == text.NN && !bare()[tokens[h].Lower] {
		good = false // "in order", "on account"
	}
	if !good {
		return text.Range{}
	}
	return f.clip(text.Range{First: i, End: f.extend(h + 1)})
}

// noun finds the head of the noun phrase that begins at i: its last noun, what
// it can mean and, of a name, what is known of it. h is -1 when there is none.
func (f finder) noun(i int32) (h int32, class, name lexicon.Class) {
	tokens := f.d.Tokens
	h = -1
	seq, run := uint64(0), int32(-1)
	for k := i; k < int32(len(tokens)) && k < i+reach; k++ {
		t := &tokens[k]
		switch {
		case t.Tag.Noun():
			if lexicon.Of(t.Lower)&lexicon.Time != 0 && k == h+1 && h >= 0 {
				return h, class, name // "a statement Tuesday"
			}
			if !t.Tag.Proper() {
				seq, run = 0, -1
			} else if run < 0 {
				seq, run = lexicon.Sequence(0, t.Lower), k
			} else {
				seq = lexicon.Sequence(seq, t.Lower)
			}
			h = k
			class = lexicon.Of(f.lemma(k))
			name = 0
			if run >= 0 {
				name = lexicon.Named(seq)
				if k > run && lexicon.Of(t.Lower)&lexicon.Newsprint != 0 {
					name |= lexicon.Media
				}
			}
		case t.Tag == text.DT, t.Tag == text.PRPS, t.Tag == text.JJ, t.Tag == text.CD, t.Tag == text.JJR, t.Tag == text.JJS,
			(t.Tag == text.VBN || t.Tag == text.VBG || t.Tag == text.RB) && h < 0 && k > i:
			if h >= 0 {
				return h, class, name
			}
		case t.Tag == text.POS:
			// The owner's phrase; the noun is to come.
			if h < 0 {
				return -1, 0, 0
			}
			if k+1 >= int32(len(tokens)) || !tokens[k+1].Tag.Noun() && tokens[k+1].Tag != text.JJ && tokens[k+1].Tag != text.OpenQ {
				return h, class, name
			}
			if tokens[k+1].Tag == text.JJ {
				h, class, name = -1, 0, 0
			}
			seq, run = 0, -1
		default:
			return h, class, name
		}
	}
	return h, class, name
}

// extend goes on behind a channel's noun over what says more of it: "posted on
// its website", "of the council", but not over when it was.
func (f finder) extend(end int32) int32 {
	tokens := f.d.Tokens
	for range 4 {
		k := end
		if k < int32(len(tokens)) && (tokens[k].Tag == text.VBN || tokens[k].Tag == text.VBG || tokens[k].Tag == text.VBD) {
			k++
		}
		if k+1 >= int32(len(tokens)) || tokens[k].Tag != text.IN && tokens[k].Tag != text.TO || clauses()[tokens[k].Lower] {
			return end
		}
		h, class, _ := f.noun(k + 1)
		if h < 0 || class&lexicon.Time != 0 || lexicon.Of(tokens[h].Lower)&lexicon.Time != 0 {
			return end
		}
		end = h + 1
	}
	return end
}

// clip cuts r off before the content and the source, and drops it where it
// begins inside one of them.
func (f finder) clip(r text.Range) text.Range {
	cut := func(o text.Range) {
		switch {
		case o.Empty() || r.End <= o.First || o.End <= r.First:
		case o.First <= r.First:
			r = text.Range{}
		default:
			r.End = o.First
		}
	}
	cut(f.source)
	for _, c := range f.content {
		cut(c)
	}
	for !r.Empty() && f.d.Tokens[r.End-1].Shape&(text.HasLower|text.HasUpper|text.HasDigit) == 0 {
		r.End--
	}
	if r.Len() == 1 && f.d.Tokens[r.First].Tag == text.IN {
		return text.Range{}
	}
	return r
}

func (f finder) lemma(i int32) uint32 {
	// A name keeps its capitals in the lemma.
	if t := &f.d.Tokens[i]; t.Lemma != 0 && !t.Tag.Proper() {
		return t.Lemma
	}
	return f.d.Tokens[i].Lower
}

var (
	wordAccording = text.Hash("according")

	// prepositions maps those that can begin a channel to how they are treated.
	prepositions = sync.OnceValue(func() map[uint32]string {
		m := map[uint32]string{}
		for f := range strings.FieldsSeq("in during at by over to on through via within inside") {
			how := f
			if f == "via" {
				how = "through"
			}
			m[text.Hash(f)] = how
		}
		return m
	})
	addresses = words("tell inform ask assure remind warn brief")
	clauses   = words("that as because while after before since although though whether if about against than like despite amid")
	bare      = words("twitter facebook telegram instagram youtube tiktok whatsapp reddit weibo television tv radio phone telephone email e-mail mail text testimony video court fax letter statement")
)

func words(list string) func() map[uint32]bool {
	return sync.OnceValue(func() map[uint32]bool {
		m := map[uint32]bool{}
		for f := range strings.FieldsSeq(list) {
			m[text.Hash(f)] = true
		}
		return m
	})
}

package techniques

import (
	"hearsay/reading/names"
	"hearsay/reading/tree"
	"hearsay/text"
)

// view is what features are made of: a text with what its words and sentences
// are, looked up once.
type view struct {
	d     *text.Doc
	t     *tree.Tree
	class []uint8       // of each token, learned from news
	like  []names.Class // of each token, learned from very much text
	in    []sentence
}

// sentence is what the features of its tokens share.
type sentence struct {
	end    uint8 // how it ends: see ends
	where  uint8 // where it stands: see places
	quoted bool  // most of it is in quotation marks
}

// How a sentence ends.
const (
	endsPlain uint8 = iota
	endsAsking
	endsCalling
	endsOpen // without a stop: a heading
)

// Where a sentence stands.
const (
	whereFirst uint8 = iota // the title, as it is in most texts
	whereSecond
	whereOpening // among the first six
	whereMiddle
	whereLast // among the last three
)

func (v *view) reset(d *text.Doc, t *tree.Tree, m *Model) {
	v.d, v.t = d, t
	v.class, v.like = v.class[:0], v.like[:0]
	for i := range d.Tokens {
		v.class = append(v.class, m.classes.Of(d.Tokens[i].Lower))
		v.like = append(v.like, m.like.Of(d.Tokens[i].Lower))
	}
	v.in = v.in[:0]
	for s, x := range d.Sentences {
		var in sentence
		quoted := 0
		for i := x.First; i < x.End; i++ {
			if d.Tokens[i].Quote > 0 {
				quoted++
			}
		}
		in.quoted = 2*quoted > int(x.End-x.First)
		in.end = v.ends(x)
		switch {
		case s < 2:
			in.where = uint8(s)
		case s < 6:
			in.where = whereOpening
		case s >= len(d.Sentences)-3:
			in.where = whereLast
		default:
			in.where = whereMiddle
		}
		v.in = append(v.in, in)
	}
}

func (v *view) ends(x text.Sentence) uint8 {
	for i := x.End - 1; i >= x.First && i >= x.End-3; i-- {
		t := &v.d.Tokens[i]
		if t.Tag != text.Stop {
			continue
		}
		switch v.d.Text[t.Start] {
		case '?':
			return endsAsking
		case '!':
			return endsCalling
		}
		return endsPlain
	}
	return endsOpen
}

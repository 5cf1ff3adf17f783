package attribution

import (
	"hearsay/linear"
	"hearsay/text"
	"hearsay/text/clusters"
)

// Scratch holds what reading one text needs besides the text. It is reused
// from text to text and must not be used by two goroutines at once. The zero
// Scratch is ready.
type Scratch struct {
	view      view
	arguments arguments
	decoder   decoder
	features  []linear.Feature
	scores    []int32
	labels    []uint8
	cues      []candidate
	choices   []choice
	taken     []int32 // not 0 for the tokens of cues
	byCue     []int32
	found     []Relation
}

// view is a parsed text with what the features of every token ask of its
// trees, computed once for each text in time linear in its tokens.
type view struct {
	doc    *text.Doc
	tokens []text.Token // the text's own, but that all quotation marks look alike
	prior  *prior

	sentence []int32 // the sentence each token stands in
	left     []int32 // the first token of each token's subtree
	right    []int32 // the last
	depth    []int32 // steps to the root
	starts   []int32 // the highest token whose subtree starts at each token
	ends     []int32 // the highest token whose subtree ends at it
	children []childSet
	speech   []int32  // the nearest ancestor that is likely to be a cue, -1 for none
	via      []int32  // the ancestor, or the token itself, that hangs directly from it
	class    []uint32 // the class of each token by the company that such words keep
	bucket   []uint8  // how likely the token's lemma is to be the head of a cue
	quote    []int32  // the innermost quotation the token stands in, -1 for none
}

// childSet says which relations a token's children have.
type childSet uint32

const (
	hasSubject childSet = 1 << iota
	hasPassiveSubject
	hasClause // ccomp
	hasOpenClause
	hasObject
	hasMark
	hasPassive
	hasParataxis
	hasOblique
	hasAdverbial
	hasNegation
	hasAux
	hasParticle
	hasCopula
	hasRelative
	hasCase
	hasPossessive
)

func childBit(r text.Rel) childSet {
	switch r {
	case text.Nsubj, text.Csubj:
		return hasSubject
	case text.NsubjPass:
		return hasPassiveSubject
	case text.Ccomp:
		return hasClause
	case text.Xcomp:
		return hasOpenClause
	case text.Obj:
		return hasObject
	case text.Mark:
		return hasMark
	case text.AuxPass:
		return hasPassive
	case text.Parataxis:
		return hasParataxis
	case text.Obl, text.Nmod:
		return hasOblique
	case text.Advcl:
		return hasAdverbial
	case text.Aux:
		return hasAux
	case text.CompoundPrt:
		return hasParticle
	case text.Cop:
		return hasCopula
	case text.ACLRelcl, text.ACL:
		return hasRelative
	case text.Case:
		return hasCase
	case text.NmodPoss:
		return hasPossessive
	}
	return 0
}

// reset makes v the view of d.
func (v *view) reset(d *text.Doc, p *prior, words *clusters.Table) {
	n := len(d.Tokens)
	v.doc, v.prior = d, p
	v.tokens = append(v.tokens[:0], d.Tokens...)
	for _, q := range d.Quotes {
		t := &v.tokens[q.Open]
		t.Tag, t.Lower, t.Lemma = text.OpenQ, openMark, openMark
		if q.Closed {
			t = &v.tokens[q.Close]
			t.Tag, t.Lower, t.Lemma = text.CloseQ, closeMark, closeMark
		}
	}
	v.sentence = sized(v.sentence, n)
	v.left = sized(v.left, n)
	v.right = sized(v.right, n)
	v.depth = sized(v.depth, n)
	v.starts = sized(v.starts, n)
	v.ends = sized(v.ends, n)
	v.speech = sized(v.speech, n)
	v.via = sized(v.via, n)
	v.quote = sized(v.quote, n)
	if cap(v.bucket) < n {
		v.bucket = make([]uint8, n, n+n/4)
		v.children = make([]childSet, n, n+n/4)
		v.class = make([]uint32, n, n+n/4)
	}
	v.bucket, v.children, v.class = v.bucket[:n], v.children[:n], v.class[:n]
	for s, sent := range d.Sentences {
		for i := sent.First; i < sent.End; i++ {
			v.sentence[i] = int32(s)
		}
	}
	for i := range v.tokens {
		v.left[i], v.right[i], v.depth[i], v.quote[i] = -1, -1, -1, -1
		v.children[i] = 0
		v.class[i] = uint32(words.Of(v.tokens[i].Lower))
		v.bucket[i] = p.bucket(v.tokens[i].Lemma, v.tokens[i].Tag)
	}
	// A subtree's first token climbs until it meets an ancestor that an
	// earlier one has reached: each ancestor is set once.
	for i := range v.tokens {
		for a := int32(i); a >= 0 && v.left[a] < 0; a = v.tokens[a].Head {
			v.left[a] = int32(i)
		}
	}
	for i := len(v.tokens) - 1; i >= 0; i-- {
		for a := int32(i); a >= 0 && v.right[a] < 0; a = v.tokens[a].Head {
			v.right[a] = int32(i)
		}
	}
	for i := range v.tokens {
		t := &v.tokens[i]
		if t.Head >= 0 {
			v.children[t.Head] |= childBit(t.Rel)
			if t.Lemma == lemmaNot || t.Lower == lemmaNever {
				v.children[t.Head] |= hasNegation
			}
		}
	}
	for i := range v.tokens {
		v.ancestors(int32(i))
		v.starts[i], v.ends[i] = int32(i), int32(i)
	}
	for i := range v.tokens {
		if at := &v.starts[v.left[i]]; v.depth[i] < v.depth[*at] {
			*at = int32(i)
		}
		if at := &v.ends[v.right[i]]; v.depth[i] < v.depth[*at] {
			*at = int32(i)
		}
	}
	// Quotations come in the order of their opening marks, so an inner one
	// overwrites the one around it.
	for q, quote := range d.Quotes {
		for i := quote.Open; i <= quote.Close; i++ {
			v.quote[i] = int32(q)
		}
	}
}

// ancestors fills depth, speech and via for i and for every ancestor that
// lacks them.
func (v *view) ancestors(i int32) {
	if v.depth[i] >= 0 {
		return
	}
	h := v.tokens[i].Head
	if h < 0 {
		v.depth[i], v.speech[i], v.via[i] = 0, -1, i
		return
	}
	v.ancestors(h) // sentences are short: the recursion is no deeper than one
	v.depth[i] = v.depth[h] + 1
	if v.bucket[h] >= likelyCue {
		v.speech[i], v.via[i] = h, i
	} else {
		v.speech[i], v.via[i] = v.speech[h], v.via[h]
	}
}

func sized(s []int32, n int) []int32 {
	if cap(s) < n {
		return make([]int32, n, n+n/4)
	}
	return s[:n]
}

var (
	lemmaNot   = text.Hash("not")
	lemmaNever = text.Hash("never")
	openMark   = text.Hash("``")
	closeMark  = text.Hash("''")
)

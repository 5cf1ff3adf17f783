package attribution

import (
	"hearsay/linear"
	"hearsay/text"
)

// The labels of the first pass, which finds the cues.
const (
	cueOut uint8 = iota
	cueBegin
	cueIn
	cueLabels
)

// CueLabels is the number of labels of the first pass.
const CueLabels = int(cueLabels)

// CueMove reports whether a label of the first pass may follow another; from is -1 at a sentence's start.
func CueMove(from, to int) bool { return to != int(cueIn) || from > int(cueOut) }

// at returns token i of a sentence, or the zero token outside it.
func (v *view) at(i, first, end int32) text.Token {
	if i < first || i >= end {
		return text.Token{Head: -1}
	}
	return v.tokens[i]
}

// cueFeatures appends the features by which token i is a cue or not.
func (v *view) cueFeatures(f []linear.Feature, i int32) []linear.Feature {
	s := v.doc.Sentences[v.sentence[i]]
	var w [7]text.Token // the tokens around i, which is w[3]
	var b, class [7]uint32
	for k := range w {
		j := i + int32(k) - 3
		w[k] = v.at(j, s.First, s.End)
		if j >= s.First && j < s.End {
			b[k] = uint32(v.bucket[j])
			class[k] = v.class[j]
		}
	}
	t := w[3]
	tag := func(k int) uint32 { return uint32(w[k].Tag) }
	add := func(template, a, b, c uint32) { f = append(f, linear.Join(template, a, b, c)) }

	inQuote := uint32(min(t.Quote, 2))
	open, closing := v.besideQuote(i, s)
	add(1, t.Lower, 0, 0)
	add(2, t.Lemma, tag(3), 0)
	add(3, t.Lemma, inQuote, 0)
	for k := range w {
		if k != 3 {
			add(10+uint32(k), w[k].Lower, 0, 0)
			add(20+uint32(k), tag(k), 0, 0)
		}
	}
	add(30, tag(3), 0, 0)
	add(31, tag(2), tag(3), 0)
	add(32, tag(3), tag(4), 0)
	add(33, tag(2), tag(3), tag(4))
	add(34, w[2].Lemma, t.Lemma, 0)
	add(35, t.Lemma, w[4].Lemma, 0)
	add(36, t.Lemma, tag(4), tag(5))
	add(37, t.Lemma, tag(2), tag(1))
	add(38, w[2].Lemma, tag(3), w[4].Lemma)
	add(39, tag(4), tag(5), tag(6))
	add(40, tag(1), tag(2), tag(3))
	add(41, w[1].Lemma, w[2].Lemma, t.Lemma)
	add(42, t.Lemma, w[4].Lemma, w[5].Lemma)
	add(43, b[3], tag(3), inQuote)
	add(44, b[2], b[3], b[4])
	add(45, b[2], tag(3), tag(2))
	add(46, b[4], tag(3), tag(4))
	add(47, b[3], b[5], tag(4))
	add(48, uint32(t.Shape), tag(3), 0)
	add(49, inQuote, open, closing)
	add(50, b[3], open, closing)
	add(51, t.Lemma, open, closing)

	add(52, class[3], tag(3), inQuote)
	add(53, class[2], class[3], 0)
	add(54, class[3], class[4], 0)
	add(55, class[3], b[3], tag(4))
	add(56, class[1], class[2], tag(3))
	add(57, class[4], class[5], tag(3))

	h := v.at(t.Head, s.First, s.End)
	hb := uint32(0)
	side := uint32(2)
	if t.Head >= 0 {
		hb = uint32(v.bucket[t.Head])
		side = b2u(t.Head < i)
	}
	set := uint32(v.children[i])
	add(60, uint32(t.Rel), tag(3), side)
	add(61, uint32(t.Rel), h.Lemma, side)
	add(62, uint32(t.Rel), hb, tag(3))
	add(63, t.Lemma, uint32(t.Rel), hb)
	add(64, t.Lemma, h.Lemma, 0)
	add(65, set, b[3], tag(3))
	add(66, set&uint32(hasClause|hasOpenClause|hasParataxis|hasObject|hasOblique), t.Lemma, 0)
	add(67, set&uint32(hasSubject|hasPassiveSubject|hasPassive|hasMark|hasCase), t.Lemma, 0)
	add(68, set, uint32(t.Rel), tag(3))
	add(58, class[3], set, 0)
	if t.Head >= 0 {
		add(59, uint32(t.Rel), v.class[t.Head], class[3])
		add(69, uint32(v.children[t.Head]), uint32(t.Rel), tag(3))
		add(70, uint32(h.Tag), uint32(h.Rel), uint32(t.Rel))
		g := v.at(h.Head, s.First, s.End)
		add(71, g.Lemma, uint32(h.Rel), uint32(t.Rel))
	}
	if sp := v.speech[i]; sp >= 0 {
		via := v.tokens[v.via[i]]
		add(72, uint32(via.Rel), v.tokens[sp].Lemma, b2u(sp < i))
		add(73, uint32(via.Rel), b[3], tag(3))
		add(74, uint32(via.Rel), min(uint32(v.depth[i]-v.depth[sp]), 4), b[3])
	} else {
		add(75, b[3], tag(3), min(uint32(v.depth[i]), 4))
	}
	subject, clause := v.core(i, s)
	add(76, subject.Lower, b[3], 0)
	add(77, uint32(subject.Tag), b[3], uint32(clause.Tag))
	add(78, t.Lemma, uint32(subject.Tag), uint32(subject.Shape))
	add(79, uint32(min(clause.Quote, 1)), b[3], uint32(clause.Rel))
	add(80, t.Lemma, uint32(clause.Rel), uint32(clause.Tag))
	add(81, bucketOf(i-s.First), bucketOf(s.End-i), b[3])
	add(82, b[3], v.sentenceKind(s), uint32(t.Rel))
	add(83, t.Lemma, v.sentenceKind(s), 0)
	return f
}

// core returns i's subject and clausal complement, zero tokens where it has none.
func (v *view) core(i int32, s text.Sentence) (subject, clause text.Token) {
	if v.children[i]&(hasSubject|hasPassiveSubject|hasClause|hasOpenClause|hasParataxis) == 0 {
		return
	}
	lo, hi := max(v.left[i], s.First, i-40), min(v.right[i]+1, s.End, i+40)
	for j := lo; j < hi; j++ {
		if v.tokens[j].Head != i {
			continue
		}
		switch v.tokens[j].Rel {
		case text.Nsubj, text.NsubjPass, text.Csubj:
			subject = v.tokens[j]
		case text.Ccomp, text.Xcomp, text.Parataxis:
			if clause.Rel != text.Ccomp {
				clause = v.tokens[j]
			}
		}
	}
	return
}

// besideQuote says how far, in buckets, the nearest quotation marks are that
// open after i and close before it, in its sentence.
func (v *view) besideQuote(i int32, s text.Sentence) (open, closing uint32) {
	for k := int32(1); k <= 6; k++ {
		if j := i + k; open == 0 && j < s.End && v.tokens[j].Quote > v.tokens[j-1].Quote {
			open = uint32(k+2) / 2
		}
		if j := i - k; closing == 0 && j >= s.First && v.tokens[j].Quote > v.tokens[j+1].Quote {
			closing = uint32(k+2) / 2
		}
	}
	return
}

// sentenceKind says how a sentence stands to quotation marks: whether it
// begins, ends and is wholly inside one.
func (v *view) sentenceKind(s text.Sentence) uint32 {
	if s.End <= s.First {
		return 0
	}
	first, last := v.tokens[s.First], v.tokens[s.End-1]
	return b2u(first.Quote > 0) | b2u(last.Quote > 0)<<1 | b2u(last.Tag == text.Colon)<<2
}

func b2u(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// bucketOf puts a distance into one of a few buckets that widen with it.
func bucketOf(n int32) uint32 {
	switch {
	case n < 0:
		return 16 + bucketOf(-n)
	case n < 5:
		return uint32(n)
	case n < 8:
		return 5
	case n < 12:
		return 6
	case n < 20:
		return 7
	case n < 40:
		return 8
	}
	return 9
}

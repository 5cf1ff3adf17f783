package techniques

import (
	"math"
	"slices"

	"hearsay/text"
)

// opinion is what the first two models say of a text.
type opinion struct {
	word  []float64 // word × chain label
	whole []float64 // sentence × whole label
	some  []float64 // of each sentence: the mean probability that a word is in some technique
	all   float64   // the same of the text
	each  [chainLabels]float64
}

// candidate is a run of words that may be a technique.
type candidate struct {
	text.Range
	judge    int8  // whose it is to weigh
	chain    uint8 // its label in the chain, 0 for none
	sentence int32
	repeats  repeats
}

// levels are the probabilities above which runs of words are candidates.
var levels = [...]float64{0.03, 0.08, 0.16, 0.32}

// leastWhole is the probability from which on a sentence is a candidate.
const leastWhole = 0.01

// reset makes room for a text.
func (o *opinion) reset(tokens, sentences int) {
	o.word = slices.Grow(o.word[:0], tokens*chainLabels)[:tokens*chainLabels]
	o.whole = slices.Grow(o.whole[:0], sentences*wholeLabels)[:sentences*wholeLabels]
}

// sum adds up what the models say of the words.
func (o *opinion) sum(v *view) {
	o.some = o.some[:0]
	o.all = 0
	o.each = [chainLabels]float64{}
	n := 0
	for _, x := range v.d.Sentences {
		sum := 0.0
		for i := x.First; i < x.End; i++ {
			p := o.word[int(i)*chainLabels:][:chainLabels]
			sum += 1 - p[0]
			for l := range o.each {
				o.each[l] += p[l]
			}
		}
		o.all += sum
		n += int(x.End - x.First)
		o.some = append(o.some, sum/float64(max(1, x.End-x.First)))
	}
	o.all /= float64(max(1, n))
	for l := range o.each {
		o.each[l] /= float64(max(1, n))
	}
}

// runs appends the runs of words and the sentences that may be techniques.
func (o *opinion) runs(to []candidate, v *view) []candidate {
	for s, x := range v.d.Sentences {
		for l := 1; l < chainLabels; l++ {
			begin := len(to)
			add := func(r text.Range) {
				r = bare(v.d, r)
				if !r.Empty() && !slices.ContainsFunc(to[begin:], func(c candidate) bool { return c.Range == r }) {
					to = append(to, candidate{Range: r, judge: judgeOfChain[l], chain: uint8(l), sentence: int32(s)})
				}
			}
			for _, level := range levels {
				from, before := int32(-1), text.Range{End: -1}
				for i := x.First; i <= x.End; i++ {
					in := i < x.End && o.word[int(i)*chainLabels+l] >= level
					if in && from < 0 {
						from = i
					}
					if !in && from >= 0 {
						add(text.Range{First: from, End: i})
						if before.End >= 0 && from-before.End <= widestGap {
							add(text.Range{First: before.First, End: i})
						}
						before, from = text.Range{First: from, End: i}, -1
					}
				}
				if len(to) == begin {
					break // no word is so probable, and none will be more so
				}
			}
		}
		whole := trim(v.d, text.Range{First: x.First, End: x.End})
		for l, judge := range judgeOfWhole {
			if judge < 0 || o.whole[s*wholeLabels+l] < leastWhole || whole.Len() < 2 {
				continue
			}
			to = append(to, candidate{Range: whole, judge: judge, sentence: int32(s)})
			if q := quoted(v.d, whole); q.Len() > leastQuoted && q != whole {
				to = append(to, candidate{Range: q, judge: judge, sentence: int32(s)})
			}
		}
	}
	return to
}

// Of two runs of words with so many words between them at most the words from the
// one to the other are a candidate too.
const widestGap = 2

// leastQuoted is how many words of a sentence must be more than that to be
// a candidate as the part in quotation marks.
const leastQuoted = 5

// quoted is the longest part of r in quotation marks, without them.
func quoted(d *text.Doc, r text.Range) text.Range {
	var longest text.Range
	for i := r.First; i < r.End; {
		k := i
		for k < r.End && (d.Tokens[k].Quote > 0) == (d.Tokens[i].Quote > 0) {
			k++
		}
		if p := trim(d, text.Range{First: i, End: k}); d.Tokens[i].Quote > 0 && p.Len() > longest.Len() {
			longest = p
		}
		i = k
	}
	return longest
}

// bare leaves out the words at the ends of a run that only join it to what is
// beside it, and marks. Of a run that a quotation mark without its partner
// parts it leaves the longer part.
func bare(d *text.Doc, r text.Range) text.Range {
	for r.First < r.End && (mark(d.Tokens[r.First].Tag) || d.Tokens[r.First].Tag == text.CC) {
		r.First++
	}
	for r.End > r.First {
		switch t := d.Tokens[r.End-1].Tag; {
		case mark(t), t == text.CC, t == text.IN, t == text.TO, t == text.DT, t == text.PRPS, t == text.POS, t == text.WDT, t == text.WP:
			r.End--
			continue
		}
		break
	}
	for i, open := r.First, int32(-1); i < r.End; i++ {
		single := int32(-1)
		switch t := d.Tokens[i].Tag; {
		case t == text.OpenQ:
			open = i
		case t == text.CloseQ && open >= 0:
			open = -1
		case t == text.CloseQ:
			single = i
		}
		if i == r.End-1 && open >= 0 {
			single = open
		}
		if single >= 0 {
			if single-r.First >= r.End-single-1 {
				return bare(d, text.Range{First: r.First, End: single})
			}
			return bare(d, text.Range{First: single + 1, End: r.End})
		}
	}
	return r
}

// mark reports whether a tag is a mark's that no technique begins or ends with.
func mark(t text.Tag) bool {
	return t == text.OpenQ || t == text.CloseQ || t == text.Stop || t == text.Comma || t == text.Colon || t == text.LeftB || t == text.RightB
}

// trim leaves out the marks at the ends of a run.
func trim(d *text.Doc, r text.Range) text.Range {
	for r.First < r.End && mark(d.Tokens[r.First].Tag) {
		r.First++
	}
	for r.End > r.First && mark(d.Tokens[r.End-1].Tag) {
		r.End--
	}
	return r
}

// NumFacts is how many numbers are known of a candidate.
const factSome = 29

// NumFacts is how many
const NumFacts = 64

func logit(p float64) float32 {
	p = min(max(p, 1e-4), 1-1e-4)
	return float32(math.Log(p / (1 - p)))
}

// facts writes what is known of a candidate.
func (o *opinion) facts(v *view, c *candidate, to *[NumFacts]float32) {
	d := v.d
	*to = [NumFacts]float32{}
	x, in := d.Sentences[c.sentence], &v.in[c.sentence]
	at := 0
	put := func(f float32) { to[at] = f; at++ }
	is := func(b bool) {
		if b {
			to[at] = 1
		}
		at++
	}
	n := float64(c.End - c.First)
	own := int(c.chain)
	var mean [chainLabels]float64
	top, least := 0.0, 1.0
	var nouns, proper, adjectives, verbs, adverbs, capitals bool
	for i := c.First; i < c.End; i++ {
		p := o.word[int(i)*chainLabels:][:chainLabels]
		for l := range p {
			mean[l] += p[l] / n
		}
		q := p[own]
		if own == 0 {
			q = 1 - q
		}
		top = max(top, q)
		least = min(least, q)
		t := &d.Tokens[i]
		switch {
		case t.Tag.Proper():
			proper = true
		case t.Tag.Noun():
			nouns = true
		case t.Tag.Verb():
			verbs = true
		case t.Tag == text.JJ || t.Tag == text.JJR || t.Tag == text.JJS:
			adjectives = true
		case t.Tag == text.RB || t.Tag == text.RBR || t.Tag == text.RBS:
			adverbs = true
		}
		if t.Shape&text.HasUpper != 0 && t.Shape&text.HasLower == 0 && t.End-t.Start > 2 {
			capitals = true
		}
	}
	put(1)
	if own == 0 {
		put(logit(1 - mean[0]))
	} else {
		put(logit(mean[own]))
	}
	put(logit(top))
	put(logit(least))
	put(logit(1 - mean[0]))
	for l := 1; l < chainLabels; l++ {
		put(logit(mean[l]))
	}
	beside := func(i int32) float32 {
		if i < x.First || i >= x.End {
			return -4
		}
		if own == 0 {
			return logit(1 - o.word[int(i)*chainLabels])
		}
		return logit(o.word[int(i)*chainLabels+own])
	}
	put(beside(c.First - 1))
	put(beside(c.End))
	put(float32(math.Log(n)))
	is(n == 1)
	is(n >= 5)
	put(float32(n) / float32(x.End-x.First))
	put(float32(math.Log(float64(x.End - x.First))))
	for l := 0; l < wholeLabels; l++ {
		put(logit(o.whole[int(c.sentence)*wholeLabels+l]))
	}
	put(logit(o.some[c.sentence]))
	side := func(s int32) float32 {
		if s < 0 || int(s) >= len(o.some) {
			return -3
		}
		return logit(o.some[s])
	}
	put(side(c.sentence - 1))
	put(side(c.sentence + 1))
	put(logit(o.all))
	if own > 0 {
		put(logit(o.each[own]))
	} else {
		put(0)
	}
	is(in.end == endsAsking)
	is(in.end == endsCalling)
	is(in.end == endsOpen)
	is(in.where == whereFirst)
	is(in.where == whereSecond || in.where == whereOpening)
	is(in.where == whereLast)
	is(in.quoted)
	is(d.Tokens[c.First].Quote > 0)
	is(c.First > x.First && d.Tokens[c.First-1].Tag == text.OpenQ)
	is(nouns)
	is(proper)
	is(adjectives)
	is(verbs)
	is(adverbs)
	is(capitals)
	is(d.Tokens[c.End-1].Tag.Noun())
	is(d.Tokens[c.First].Tag == text.DT)
	put(float32(math.Log(float64(len(d.Tokens)))))
	put(float32(math.Log1p(float64(c.repeats.times))))
	put(float32(math.Log1p(float64(c.repeats.number))))
	put(float32(math.Log1p(float64(c.repeats.since))))
	is(c.judge == judgeOfRepetition && n == 1)
	m, a, w := to[1], to[4], to[factSome]
	put(m * m / 4)
	put(a * a / 4)
	put(m * a / 4)
	put(m * to[factSome+3] / 4)
	put(a * to[factSome+3] / 4)
	put(w * w / 4)
	put(m * to[12] / 4)
	put(a * to[12] / 4)
}

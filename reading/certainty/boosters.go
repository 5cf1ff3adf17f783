package certainty

import (
	"strings"

	"hearsay/text"
)

// pressing says in what sort of phrase a word may press.
type pressing uint8

const (
	noPress       pressing = iota
	pressAdverb            // "undoubtedly", before what it presses
	pressCourse            // "of course"
	pressDoubt             // "there is no doubt", "beyond doubt"
	pressChance            // "it is no coincidence"
	pressClear             // "it is clear that"
	pressIgnore            // "cannot be ignored"
	pressHide              // "no longer hides"
	pressNowhere           // "did not come out of thin air": the air
	pressProof             // "is a clear confirmation"
	pressConfirm           // "which confirms"
	pressIndicate          // "all the data indicate"
	pressSaying            // "goes without saying"
	pressNeedless          // "needless to say"
	pressTruth             // "the truth is that"
)

// presses are the words that such phrases are known by: lemmas or forms.
var presses = func() map[uint32]pressing {
	m := map[uint32]pressing{}
	for _, l := range []struct {
		kind  pressing
		words string
	}{
		{pressAdverb, `undoubtedly unquestionably indisputably undeniably indubitably incontestably doubtless obviously clearly evidently
			certainly surely definitely plainly manifestly unmistakably assuredly`},
		{pressCourse, `course`},
		{pressDoubt, `doubt`},
		{pressChance, `coincidence accident secret surprise wonder mystery`},
		{pressClear, `clear obvious evident undeniable indisputable unmistakable plain self-evident incontestable undisputable`},
		{pressIgnore, `ignore deny overlook dispute underestimate refute disregard dismiss conceal forget escape`},
		{pressHide, `hide`},
		{pressNowhere, `air vacuum nowhere void`},
		{pressProof, `confirmation proof evidence testimony testament`},
		{pressConfirm, `confirm prove`},
		{pressIndicate, `indicate show point suggest`},
		{pressSaying, `saying`},
		{pressNeedless, `needless`},
		{pressTruth, `fact truth reality`},
	} {
		for _, w := range strings.Fields(l.words) {
			m[text.Hash(w)] = l.kind
		}
	}
	return m
}()

var (
	nearlies    = words("almost", "nearly", "not", "n't", "n’t", "far", "less")
	inspirers   = words("clear", "further", "irrefutable", "conclusive", "undeniable", "obvious", "strong", "definitive", "hard", "living", "ultimate", "incontrovertible", "best", "indisputable")
	arrivals    = words("come", "appear", "arise", "emerge", "spring", "happen", "materialize", "materialise", "be", "grow", "fall", "develop")
	indications = words("datum", "data", "evidence", "sign", "indication", "fact", "indicator", "clue")
	anyone      = words("we", "you", "one", "nobody")
	beyonds     = words("without", "beyond", "no")
	articles    = words("a", "any")
	leaves      = words("be", "leave", "have")
	becomes     = words("become", "be")
)

const mostPhrase = 6 // words between the parts of a phrase

// booster marks the phrase that token i makes press, if it does, and the claim
// that it presses.
func (v *view) booster(i int32) {
	tokens := v.d.Tokens
	t := &tokens[i]
	kind := presses[t.Lemma]
	if kind == noPress {
		if kind = presses[t.Lower]; kind == noPress {
			return
		}
	}
	h := t.Head
	before := func(n int32) uint32 { return v.lower(i - n) }
	switch kind {
	case pressAdverb:
		if t.Rel == text.Advmod && h > i && (tokens[h].Tag.Verb() || v.wording[h].cop) && tokens[h].Rel != text.Amod && !nearlies[before(1)] {
			v.mark(i, -1)
		}
	case pressCourse:
		if before(1) == lowerOf && (h < 0 || t.Rel != text.Obj) {
			v.mark(i, -1)
		}
	case pressDoubt:
		switch {
		case t.Tag.Verb():
			v.ignored(i)
		case beyonds[before(1)] || beyonds[before(2)] && articles[before(1)]:
			v.markClause(i)
		}
	case pressChance:
		switch {
		case t.Lemma == lemmaSecret && h >= 0 && tokens[h].Lemma == lemmaMake && v.wording[i].not:
			v.mark(i, h)
		case t.Tag == text.NN && v.wording[i].not && (v.wording[i].cop || i == v.opening(i)+1):
			v.mark(i, -1)
		}
	case pressClear:
		if v.wording[i].not || v.wording[i].mark != 0 && v.wording[i].mark != lowerThat || v.lower(i+1) != lowerThat && v.lower(i+2) != lowerThat {
			return
		}
		switch {
		case v.wording[i].cop:
			v.mark(i, -1)
		case h >= 0 && becomes[tokens[h].Lemma] && !v.wording[h].not && v.wording[h].auxes&auxModal == 0:
			v.mark(i, h)
		}
	case pressIgnore:
		v.ignored(i)
	case pressHide:
		if t.Tag.Verb() && v.wording[i].not && v.wording[i].auxes&(auxTo|auxModal) == 0 && v.t.Find(v.d, i, text.Obj) >= 0 {
			v.mark(i, -1)
		} else {
			v.ignored(i)
		}
	case pressNowhere:
		v.nowhere(i)
	case pressProof:
		if v.wording[i].cop && !v.wording[i].not {
			for c := v.t.Child(i); c >= 0 && c < i; c = v.t.Next(c) {
				if tokens[c].Rel == text.Amod && inspirers[tokens[c].Lower] {
					v.mark(i, -1)
				}
			}
		}
	case pressConfirm:
		if t.Tag == text.VBZ || t.Tag == text.VBP {
			if s := v.t.Find(v.d, i, text.Nsubj); s >= 0 && s < i && (tokens[s].Lower == lowerThis || tokens[s].Lower == lowerThat && tokens[s].Tag == text.DT || tokens[s].Lower == lowerWhich) && !v.wording[i].not {
				v.mark(i, -1)
			}
		}
	case pressIndicate:
		if s := v.t.Find(v.d, i, text.Nsubj); s >= 0 && s < i && indications[tokens[s].Lemma] && !v.wording[i].not && v.has(s, lowerAll) {
			v.mark(i, -1)
		}
	case pressSaying:
		if before(1) == lowerWithout && i >= 2 && tokens[i-2].Lemma == lemmaGo {
			v.mark(i, i-2)
		}
	case pressNeedless:
		if int(i)+2 < len(tokens) && tokens[i+2].Lemma == lemmaSay {
			v.mark(i, i+2)
		}
	case pressTruth:
		// "The fact is that …", "the truth is, …"
		if before(1) == lowerThe && int(i)+2 < len(tokens) && tokens[i+1].Lemma == lemmaBe && (tokens[i+2].Lower == lowerThat || tokens[i+2].Tag == text.Comma) {
			v.mark(i, i+1)
		}
	}
}

// ignored marks "cannot be ignored" and "nobody can deny".
func (v *view) ignored(i int32) {
	t, w := &v.d.Tokens[i], &v.wording[i]
	if !t.Tag.Verb() || w.modal == 0 || !w.not {
		return
	}
	if w.auxes&auxBe != 0 && t.Tag == text.VBN {
		v.mark(i, -1)
		return
	}
	if s := v.t.Find(v.d, i, text.Nsubj); s >= 0 && s < i && (anyone[v.d.Tokens[s].Lower] || v.wording[s].not) {
		v.mark(i, -1)
	}
}

// nowhere marks "did not come out of thin air", "is not from a vacuum".
func (v *view) nowhere(i int32) {
	for k := i - 1; k >= max(0, i-mostPhrase); k-- {
		if arrivals[v.d.Tokens[k].Lemma] && v.d.Tokens[k].Tag.Verb() {
			at := k
			if !v.wording[k].not {
				if at = i; !v.wording[i].not {
					return
				}
			}
			v.mark(i, at)
			return
		}
	}
}

// has reports whether one of the words that hang from i is that word.
func (v *view) has(i int32, lower uint32) bool {
	for c, n := v.t.Child(i), 0; c >= 0 && n < mostChildren; c, n = v.t.Next(c), n+1 {
		if v.d.Tokens[c].Lower == lower {
			return true
		}
	}
	return false
}

// lower is the hash of token i's lower-case form, 0 outside the text.
func (v *view) lower(i int32) uint32 {
	if i < 0 || int(i) >= len(v.d.Tokens) {
		return 0
	}
	return v.d.Tokens[i].Lower
}

// opening is the first token of i's sentence.
func (v *view) opening(i int32) int32 {
	if s := v.t.Sentence(i); s >= 0 {
		return v.d.Sentences[s].First
	}
	return i
}

// markClause marks token i and, where it is said to be or to be left, the verb
// that says so: "there is no doubt", "this leaves no doubt".
func (v *view) markClause(i int32) {
	h := v.d.Tokens[i].Head
	if h >= 0 && h < i && i-h < mostPhrase && leaves[v.d.Tokens[h].Lemma] {
		v.mark(i, h)
		return
	}
	v.mark(i, -1)
}

// mark makes token i, and token with where there is one, part of a phrase that
// presses, and notes the claim that is pressed: the one the phrase stands in
// or introduces, or else the one of which the word above or below it is part.
func (v *view) mark(i, with int32) {
	v.press[i] = true
	if with >= 0 {
		v.press[with] = true
	}
	for _, k := range [...]int32{i, with} {
		if k < 0 {
			continue
		}
		if c := v.cueOf[k]; c >= 0 {
			v.boosted[c] = true
			return
		}
		if c := v.owner[k]; c >= 0 {
			v.boosted[c] = true
			return
		}
	}
	for _, k := range [...]int32{i, with} {
		if k < 0 {
			continue
		}
		for c, n := v.t.Child(k), 0; c >= 0 && n < mostChildren; c, n = v.t.Next(c), n+1 {
			if v.d.Tokens[c].Tag.Verb() && v.owner[c] >= 0 {
				v.boosted[v.owner[c]] = true
				return
			}
		}
	}
}

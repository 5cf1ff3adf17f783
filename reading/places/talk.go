package places

import (
	"math"

	"hearsay/reading/lexicon"
	"hearsay/reading/places/gazetteer"
	"hearsay/text"
)

// talk is how often a text speaks of each country and region, by name, by
// adjective or by abbreviation: "Russian" speaks of Russia. A word that can
// mean two of them counts half for each.
type talk struct {
	said    []float32 // by place: the countries, then the regions
	touched []gazetteer.Place
	country float32 // how often of any country, the country of a region included
	region  float32
}

// longestArea is how many words the names have that are listened for.
const longestArea = 4

// listen counts the countries and regions that d speaks of.
func (k *talk) listen(d *text.Doc, t *gazetteer.Table) {
	if k.said == nil {
		k.said = make([]float32, t.Areas())
	}
	for _, p := range k.touched {
		k.said[p] = 0
	}
	k.touched, k.country, k.region = k.touched[:0], 0, 0
	for i := int32(0); i < int32(len(d.Tokens)); {
		if !begins(d, i) {
			i++
			continue
		}
		hits, n := area(d, t, i)
		if n == 0 {
			i++
			continue
		}
		count := float32(0)
		for j := range hits.Len() {
			if t.Kind(hits.At(j).Place) > gazetteer.Region {
				break
			}
			count++
		}
		for j := range int(count) {
			p := hits.At(j).Place
			k.count(t, p, 1/count)
		}
		i += n
	}
}

func (k *talk) count(t *gazetteer.Table, p gazetteer.Place, weight float32) {
	add := func(p gazetteer.Place) {
		if k.said[p] == 0 {
			k.touched = append(k.touched, p)
		}
		k.said[p] += weight
	}
	if t.Kind(p) == gazetteer.Region {
		add(p)
		k.region += weight
	}
	if c := t.Country(p); c != gazetteer.None {
		add(c)
		k.country += weight
	}
}

// own is how a name that is itself that of a country or region has been
// counted: a name must not speak for itself.
type own struct {
	mentions, areas float32
}

// of says how much the text speaks of p, a country or a region, from 0 to 1,
// without the mentions of a name that has been counted for p itself.
func (k *talk) of(p gazetteer.Place, o own, itself bool) float32 {
	if p == gazetteer.None || int(p) >= len(k.said) {
		return 0
	}
	said := k.said[p]
	if itself && o.areas > 0 {
		said -= o.mentions / o.areas
	}
	if said <= 0.01 {
		return 0
	}
	return float32(math.Log1p(float64(said)) / math.Log1p(float64(max(k.country, 3))))
}

// begins reports whether a name can begin with the token.
func begins(d *text.Doc, i int32) bool {
	tok := &d.Tokens[i]
	return tok.Shape&text.FirstUpper != 0 && (tok.Tag.Proper() || tok.Tag == text.JJ || tok.Tag == text.NN || tok.Tag == text.NNS)
}

// area returns what the longest name of a country or region that begins with
// the token can mean, and its length in tokens; 0 where there is none. The
// countries and regions stand first in the hits.
func area(d *text.Doc, t *gazetteer.Table, i int32) (gazetteer.Hits, int32) {
	var best gazetteer.Hits
	length := int32(0)
	key := uint64(0)
	for n := int32(0); n < longestArea && int(i+n) < len(d.Tokens); n++ {
		tok := &d.Tokens[i+n]
		if n > 0 && tok.Shape&text.FirstUpper == 0 && d.Form(i+n) != "of" && d.Form(i+n) != "the" && d.Form(i+n) != "and" {
			break
		}
		key = lexicon.Sequence(key, tok.Lower)
		hits := t.Find(key)
		if hits.Len() == 0 {
			continue
		}
		h := hits.At(0)
		if t.Kind(h.Place) > gazetteer.Region || h.Form == gazetteer.Alternate || h.Form == gazetteer.Abbreviation && n == 0 && !abbreviates(d, i) {
			continue
		}
		best, length = hits, n+1
	}
	return best, length
}

// abbreviates reports whether the token can be an abbreviation of a region:
// it ends with a full stop, or stands after a comma and has no small letters
// beside the first ("Dallas, TX").
func abbreviates(d *text.Doc, i int32) bool {
	form := d.Form(i)
	if form[len(form)-1] == '.' && len(form) > 2 {
		return true
	}
	if i == 0 {
		return false
	}
	after := d.Tokens[i-1].Tag == text.Comma || d.Tokens[i-1].Tag == text.LeftB
	stop := int(i)+1 < len(d.Tokens) && d.Form(i+1) == "."
	return after && (stop || d.Tokens[i].Shape&text.HasLower == 0) || len(form) > 2 && d.Tokens[i].Shape&text.HasLower == 0
}

package places

import (
	"math"

	"hearsay/reading/places/gazetteer"
)

// Features is what speaks for one candidate, and Weights what each is worth.
// A candidate's score is their product.
type (
	Features [NumFeatures]float32
	Weights  [NumFeatures]float32
)

// The features.
const (
	fSize       = iota // doublings of the number of people
	fKnown             // the number of people is known
	fLargest           // the largest town of the name
	fSmaller           // by how many doublings it is smaller than that
	fCountry           // how much the text speaks of the country it lies in
	fRegion            // and of the region
	fBeside            // a place it lies in is named right beside it: "Springfield, Ill."
	fAbout             // or in the words around it: "a town in Ohio"
	fNear              // how near it lies to the text's other places
	fSameRegion        // the share of the other places that lie in its region
	fSameCountry
	fHomonym              // the capital of a country that has a region of that name elsewhere: "Washington"
	fOnly                 // the name means nothing else
	fKind                 // one for each kind
	fForm    = fKind + 12 // one for each form

	// NumFeatures is the number of features.
	NumFeatures = fForm + 6
)

// Given returns the weights that are set by hand. What stands right beside a
// name settles it, but in the corpora other features mostly say the same, so
// that training would leave little to this one, and nothing for a text in
// which it is all there is.
//
// The corpora are mostly of local papers, which name the Athens and the
// Washington at hand; most news means the capital.
func Given() map[int]float32 {
	return map[int]float32{fBeside: 5, fAbout: 1.5, fKind + int(gazetteer.Capital): 1.5, fHomonym: 2}
}

// alone fills in the features that need no other name's meaning.
func (c *candidate) alone(r *Reader, n *name, f *Features) {
	*f = Features{}
	size := float32(r.table.Size(c.place)) / 8
	f[fSize] = size
	if size > 0 {
		f[fKnown] = 1
	}
	if c.kind.Populated() {
		if size >= n.largest {
			f[fLargest] = 1
		}
		f[fSmaller] = n.largest - size
	}
	f[fCountry] = r.talk.of(c.country, n.own, n.means(r, c.country))
	if c.kind != gazetteer.Region {
		f[fRegion] = r.talk.of(c.region, n.own, n.means(r, c.region))
	}
	if c.beside {
		f[fBeside] = 1
	} else if c.about {
		f[fAbout] = 1
	}
	if c.kind == gazetteer.Capital && n.homonym(r, c) {
		f[fHomonym] = 1
	}
	if n.end-n.first == 1 {
		f[fOnly] = 1
	}
	f[fKind+int(c.kind)] = 1
	f[fForm+int(c.form)] = 1
}

// means reports whether the name can mean the area, or one in it: then its
// mentions have been counted for it.
func (n *name) means(r *Reader, area gazetteer.Place) bool {
	for j := n.first; j < n.end && r.cands[j].kind <= gazetteer.Region; j++ {
		if c := &r.cands[j]; c.place == area || c.country == area {
			return true
		}
	}
	return false
}

// homonym reports whether the name is also that of a region of the capital's
// country in which the capital does not lie.
func (n *name) homonym(r *Reader, capital *candidate) bool {
	for j := n.first; j < n.end && r.cands[j].kind <= gazetteer.Region; j++ {
		if c := &r.cands[j]; c.kind == gazetteer.Region && c.country == capital.country && c.place != capital.region {
			return true
		}
	}
	return false
}

// together fills in the features that depend on what the other names mean.
func (c *candidate) together(r *Reader, i int, f *Features) {
	near, region, country, others := float32(0), float32(0), float32(0), float32(0)
	for k := max(0, i-neighbours); k < min(len(r.names), i+neighbours+1); k++ {
		n := &r.names[k]
		if k == i || n.best < 0 {
			continue
		}
		o := &r.cands[n.best]
		if o.place == c.place || o.kind == gazetteer.Continent {
			continue
		}
		others++
		if c.country != gazetteer.None && o.country == c.country {
			country++
			if c.region != gazetteer.None && o.region == c.region {
				region++
			}
		}
		if o.kind == gazetteer.Country {
			continue
		}
		// The cosine of the angle between them.
		switch cos := o.x*c.x + o.y*c.y + o.z*c.z; {
		case cos > 1-7.9e-5: // 80 km
			near += 1
		case cos > 1-4.9e-4: // 200 km
			near += 0.6
		case cos > 1-3.1e-3: // 500 km
			near += 0.3
		case cos > 1-1.2e-2: // 1,000 km
			near += 0.1
		}
	}
	f[fNear] = float32(math.Log1p(float64(near)))
	f[fSameRegion] = region / (others + 1)
	f[fSameCountry] = country / (others + 1)
}

// neighbours is how many names before and after one are asked where they lie.
const neighbours = 16

// dot is the score of f.
func (w *Weights) dot(f *Features) float32 {
	s := float32(0)
	for i, v := range f {
		s += v * w[i]
	}
	return s
}

// Explain calls visit with each candidate of each entity of the last Read and
// its features, given what the other names were taken to mean: what training
// learns the weights from. The features are visit's only until it returns.
func (r *Reader) Explain(visit func(entity int, p gazetteer.Place, lat, lon float64, f *Features)) {
	for i := range r.names {
		n := &r.names[i]
		for j := n.first; j < n.end; j++ {
			f := r.cands[j].features
			r.cands[j].together(r, i, &f)
			lat, lon := r.table.At(r.cands[j].place)
			visit(int(n.entity), r.cands[j].place, lat, lon, &f)
		}
	}
}

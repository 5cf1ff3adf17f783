package incidents

import (
	"math"

	"hearsay/text/edtf"
)

// Threshold is the least Score at which two records are taken to tell of one incident.
const Threshold = 3

// Score says how likely it is that two records tell of one incident. It is the same with
// the records exchanged, and depends on nothing but them.
func Score(a, b *Record) float64 {
	if a.Article == b.Article {
		return 0
	}
	if ca, cb := classOf(a.Type), classOf(b.Type); ca != cb && ca != others && cb != others {
		return 0
	}
	s := 0.0
	da, db := daysOf(a), daysOf(b)
	if da.Known && db.Known {
		switch gap := da.Apart(db); {
		case gap == 0:
			s += 2
		case gap == 1:
			s++
		case gap > 3:
			return 0
		}
	}
	if len(a.Places) > 0 && len(b.Places) > 0 {
		near := math.Inf(-1)
		for i := range a.Places {
			for j := range b.Places {
				near = max(near, alike(&a.Places[i], &b.Places[j]))
			}
		}
		s += near
	}
	s += 3 * float64(min(common(a.Names, b.Names), 2))
	if a.Killed != nil && b.Killed != nil && a.Killed.Best == b.Killed.Best {
		s++
	}
	return s
}

// daysOf is when the incident of a record may have been.
func daysOf(r *Record) edtf.Days {
	if d := edtf.Parse(r.Date); d.Known {
		return d
	}
	if d := edtf.Parse(r.Published); d.Known && r.Main {
		return edtf.Days{First: d.First - 3, Last: d.Last, Known: true}
	}
	return edtf.Days{}
}

// alike is what it counts that two records name these places.
func alike(a, b *Place) float64 {
	switch {
	case a.GeoNames != 0 && a.GeoNames == b.GeoNames && a.Region != "", fold(a.Name) == fold(b.Name) && a.Region != "":
		return 2
	case a.Country != "" && b.Country != "" && a.Country != b.Country:
		return -4
	case a.Region != "" && b.Region != "" && a.Region != b.Region:
		return -3
	}
	return 0
}

// common counts what two lists in order share.
func common[T uint32 | uint64](a, b []T) (n int) {
	for i, j := 0, 0; i < len(a) && j < len(b); {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			n, i, j = n+1, i+1, j+1
		}
	}
	return n
}

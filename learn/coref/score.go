// Package coref measures coreference: which mentions of a text mean the same
// one. It holds the three measures of the CoNLL shared tasks (Pradhan et al.
// 2012, 2014), the gold annotation of the GUM corpus in the form in which they
// take it, and a baseline of a few lines to set beside what is measured.
package coref

// Chains are sets of mentions that mean the same one. A mention is any number
// that both sides use for it; no mention is in two chains of one side.
type Chains [][]int

// Fraction is a sum of parts over a sum of wholes. It is 0 over nothing.
type Fraction struct{ Hit, Of float64 }

// Value is the fraction's value.
func (f Fraction) Value() float64 {
	if f.Of == 0 {
		return 0
	}
	return f.Hit / f.Of
}

func (f *Fraction) add(hit, of float64) {
	f.Hit += hit
	f.Of += of
}

// Measure is the precision and recall of one way to compare chains.
type Measure struct{ Precision, Recall Fraction }

// F1 is the harmonic mean of precision and recall.
func (m Measure) F1() float64 {
	p, r := m.Precision.Value(), m.Recall.Value()
	if p+r == 0 {
		return 0
	}
	return 2 * p * r / (p + r)
}

// Score sums the three measures over documents.
type Score struct {
	MUC    Measure // Vilain et al. 1995: links needed to join what belongs together
	BCubed Measure // Bagga and Baldwin 1998: of each mention, how much of its chain is right
	CEAF   Measure // Luo 2005, phi4: chains paired one to one as well as can be
}

// CoNLL is the mean of the three F1s.
func (s *Score) CoNLL() float64 { return (s.MUC.F1() + s.BCubed.F1() + s.CEAF.F1()) / 3 }

// Add compares the chains of one document with the gold ones. Chains of one
// mention count on neither side, as in CoNLL-2011 and 2012.
func (s *Score) Add(gold, found Chains) {
	gold, found = several(gold), several(found)
	common := overlaps(gold, found)
	s.MUC.Recall.add(links(gold, common))
	s.BCubed.Recall.add(shared(gold, common))
	total := best(gold, found, common)
	s.CEAF.Recall.add(total, float64(len(gold)))
	s.CEAF.Precision.add(total, float64(len(found)))
	common = transposed(common, len(found))
	s.MUC.Precision.add(links(found, common))
	s.BCubed.Precision.add(shared(found, common))
}

func several(c Chains) Chains {
	var out Chains
	for _, x := range c {
		if len(x) > 1 {
			out = append(out, x)
		}
	}
	return out
}

// overlaps is how many mentions chain i of a has in common with chain j of b.
func overlaps(a, b Chains) [][]int {
	of := map[int]int{}
	for j, x := range b {
		for _, m := range x {
			of[m] = j
		}
	}
	out := make([][]int, len(a))
	for i, x := range a {
		out[i] = make([]int, len(b))
		for _, m := range x {
			if j, ok := of[m]; ok {
				out[i][j]++
			}
		}
	}
	return out
}

func transposed(m [][]int, columns int) [][]int {
	out := make([][]int, columns)
	for j := range out {
		out[j] = make([]int, len(m))
		for i := range m {
			out[j][i] = m[i][j]
		}
	}
	return out
}

// links is MUC's recall of a: of the links that join each of its chains, those
// that are left when the other side has cut it up.
func links(a Chains, common [][]int) (hit, of float64) {
	for i, x := range a {
		parts, found := 0, 0
		for _, n := range common[i] {
			if n > 0 {
				parts++
				found += n
			}
		}
		parts += len(x) - found // a mention that the other side lacks is a part of its own
		hit += float64(len(x) - parts)
		of += float64(len(x) - 1)
	}
	return hit, of
}

// shared is B-cubed's recall of a: for each mention, how much of its chain the
// other side's chain of it has.
func shared(a Chains, common [][]int) (hit, of float64) {
	for i, x := range a {
		for _, n := range common[i] {
			hit += float64(n*n) / float64(len(x))
		}
		of += float64(len(x))
	}
	return hit, of
}

// best is the greatest sum of phi4, 2·|common|/(|a|+|b|), over all ways to pair
// the chains one to one.
func best(a, b Chains, common [][]int) float64 {
	n := max(len(a), len(b))
	cost := make([][]float64, n)
	for i := range cost {
		cost[i] = make([]float64, n)
		for j := range cost[i] {
			if i < len(a) && j < len(b) {
				cost[i][j] = -2 * float64(common[i][j]) / float64(len(a[i])+len(b[j]))
			}
		}
	}
	return -assign(cost)
}

// assign is the least sum of costs when every row of a square matrix takes a
// column of its own: the Hungarian method with potentials, of cubic cost.
func assign(cost [][]float64) float64 {
	n := len(cost)
	const far = 1e18
	u, v := make([]float64, n+1), make([]float64, n+1)
	row := make([]int, n+1) // column -> its row; column 0 holds the row under way
	way := make([]int, n+1)
	for i := 1; i <= n; i++ {
		row[0] = i
		least, used := make([]float64, n+1), make([]bool, n+1)
		for j := range least {
			least[j] = far
		}
		at := 0
		for row[at] != 0 {
			used[at] = true
			delta, next := far, 0
			for j := 1; j <= n; j++ {
				if used[j] {
					continue
				}
				if c := cost[row[at]-1][j-1] - u[row[at]] - v[j]; c < least[j] {
					least[j], way[j] = c, at
				}
				if least[j] < delta {
					delta, next = least[j], j
				}
			}
			for j := range used {
				if used[j] {
					u[row[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			at = next
		}
		for at != 0 {
			row[at] = row[way[at]]
			at = way[at]
		}
	}
	total := 0.0
	for j := 1; j <= n; j++ {
		total += cost[row[j]-1][j-1]
	}
	return total
}

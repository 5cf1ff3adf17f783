package muc4

// Count is what became of the fillers of a slot.
type Count struct {
	Correct, Partial, Incorrect int
	Missing                     int // in the key, not in the response
	Spurious                    int // in the response, not in the key
}

// Add adds d to c.
func (c *Count) Add(d Count) {
	c.Correct += d.Correct
	c.Partial += d.Partial
	c.Incorrect += d.Incorrect
	c.Missing += d.Missing
	c.Spurious += d.Spurious
}

// Recall, Precision and F are as the conference defines them: a partly correct
// filler counts half, an optional one that the response lacks not at all.
func (c Count) Recall() float64 {
	return ratio(c.earned(), float64(c.Correct+c.Partial+c.Incorrect+c.Missing))
}

// Precision is explained at Recall.
func (c Count) Precision() float64 {
	return ratio(c.earned(), float64(c.Correct+c.Partial+c.Incorrect+c.Spurious))
}

// F is the harmonic mean of Recall and Precision.
func (c Count) F() float64 {
	r, p := c.Recall(), c.Precision()
	return ratio(2*r*p, r+p)
}

func (c Count) earned() float64 { return float64(c.Correct) + 0.5*float64(c.Partial) }

func ratio(a, b float64) float64 {
	if b == 0 {
		return 0
	}
	return a / b
}

// Score is the sum over reports. Matched is counted over the pairs of
// templates and the key's that have no partner ("matched/missing");
// All counts the fillers of the response's that have none as spurious
// too ("all templates", the main figure of 1992).
type Score struct {
	Matched, All [NumSlots]Count
	// Templates in pairs, of the key alone, of the response alone.
	Pairs, Missing, Spurious int
}

// Total is the sum of a score's slots.
func Total(slots *[NumSlots]Count) Count {
	var c Count
	for _, s := range slots {
		c.Add(s)
	}
	return c
}

// Pair is a template of the key beside one of the response; nil where there is none.
type Pair struct {
	Key, Response *Template
}

// Add scores one report's response and returns the pairs that were compared,
// in the order of the key, then the response.
func (s *Score) Add(key, response []Template) []Pair {
	of := align(key, response)
	used := make([]bool, len(response))
	var pairs []Pair
	for i := range key {
		k := &key[i]
		if of[i] < 0 {
			if k.Optional {
				continue
			}
			s.Missing++
			pairs = append(pairs, Pair{Key: k})
		} else {
			s.Pairs++
			used[of[i]] = true
			pairs = append(pairs, Pair{Key: k, Response: &response[of[i]]})
		}
	}
	for j := range response {
		if !used[j] {
			s.Spurious++
			pairs = append(pairs, Pair{Response: &response[j]})
		}
	}
	for _, p := range pairs {
		for slot := range NumSlots {
			var k, r []Fill
			if p.Key != nil {
				k = p.Key.Slots[slot]
			}
			if p.Response != nil {
				r = p.Response.Slots[slot]
			}
			c := Compare(slot, k, r)
			s.All[slot].Add(c)
			if p.Key != nil {
				s.Matched[slot].Add(c)
			}
		}
	}
	return pairs
}

// Compare counts the fillers of one slot. They are paired so that they earn
// most; of what is left over, one of the key's and one of the response's
// together are one incorrect filler.
func Compare(slot Slot, key, response []Fill) Count {
	earn := make([][]int, len(key))
	for i, k := range key {
		earn[i] = make([]int, len(response))
		for j, r := range response {
			earn[i][j] = int(match(slot, k, r))
		}
	}
	var c Count
	left := len(response)
	lacking := 0
	for i, j := range assign(earn, len(response)) {
		switch {
		case j >= 0 && earn[i][j] == int(Correct):
			c.Correct++
			left--
		case j >= 0 && earn[i][j] == int(Partial):
			c.Partial++
			left--
		case !key[i].Optional:
			lacking++
		}
	}
	c.Incorrect = min(lacking, left)
	c.Missing = lacking - c.Incorrect
	c.Spurious = left - c.Incorrect
	return c
}

// align gives each template of the key the one of the response that it is
// compared with, -1 for none, so that all of them together earn most. A pair
// has to have something of a scored slot in common; where several do as well,
// the same type of incident counts.
func align(key, response []Template) []int {
	earn := make([][]int, len(key))
	for i := range key {
		earn[i] = make([]int, len(response))
		for j := range response {
			n := 0
			for slot := range NumSlots {
				c := Compare(slot, key[i].Slots[slot], response[j].Slots[slot])
				n += 2*c.Correct + c.Partial
			}
			if n > 0 {
				earn[i][j] = 8 * n
				if share(key[i].Types, response[j].Types) {
					earn[i][j] += 3
				}
			}
		}
	}
	return assign(earn, len(response))
}

// assign pairs rows with columns so that the sum of what the pairs earn is
// largest (Kuhn 1955, Munkres 1957), and returns each row's column, -1 where
// it earns nothing. earn must not be negative.
func assign(earn [][]int, columns int) []int {
	rows := len(earn)
	out := make([]int, rows)
	for i := range out {
		out[i] = -1
	}
	n := max(rows, columns)
	if rows == 0 || columns == 0 {
		return out
	}
	at := func(i, j int) int { // the cost
		if i < rows && j < columns {
			return -earn[i][j]
		}
		return 0
	}
	const inf = int(^uint(0) >> 1)
	u, v := make([]int, n+1), make([]int, n+1)
	rowOf, way := make([]int, n+1), make([]int, n+1)
	for i := 1; i <= n; i++ {
		rowOf[0] = i
		least, seen := make([]int, n+1), make([]bool, n+1)
		for j := range least {
			least[j] = inf
		}
		j0 := 0
		for {
			seen[j0] = true
			i0, delta, j1 := rowOf[j0], inf, 0
			for j := 1; j <= n; j++ {
				if seen[j] {
					continue
				}
				if c := at(i0-1, j-1) - u[i0] - v[j]; c < least[j] {
					least[j], way[j] = c, j0
				}
				if least[j] < delta {
					delta, j1 = least[j], j
				}
			}
			for j := 0; j <= n; j++ {
				if seen[j] {
					u[rowOf[j]] += delta
					v[j] -= delta
				} else {
					least[j] -= delta
				}
			}
			j0 = j1
			if rowOf[j0] == 0 {
				break
			}
		}
		for j0 != 0 {
			rowOf[j0] = rowOf[way[j0]]
			j0 = way[j0]
		}
	}
	for j := 1; j <= n; j++ {
		if i := rowOf[j] - 1; i < rows && j-1 < columns && earn[i][j-1] > 0 {
			out[i] = j - 1
		}
	}
	return out
}

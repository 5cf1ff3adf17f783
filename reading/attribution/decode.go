package attribution

import "math"

// decoder finds the best sequence of labels (Viterbi).
type decoder struct {
	best []int32
	from []uint8

	steps []step
	path  []uint8
}

// never is the score of a move that is not allowed, low enough to lose and
// high enough not to overflow when added up.
const never = math.MinInt32 / 4

// lost is a score that only a move that is not allowed can bring about.
const lost = never / 2

// decode writes the best labels for a sequence of scores, L to a position, to
// out and returns their score. moves has a row of L scores for the start and
// one for each label before.
func (d *decoder) decode(scores []int32, moves []int32, L int, out []uint8) int32 {
	n := len(scores) / L
	if n == 0 {
		return 0
	}
	if cap(d.best) < 2*L {
		d.best = make([]int32, 2*L)
	}
	if cap(d.from) < n*L {
		d.from = make([]uint8, n*L, n*L*5/4)
	}
	prev, cur, from := d.best[:L], d.best[L:2*L], d.from[:n*L]
	for l := range prev {
		prev[l] = max(never, moves[l]+scores[l])
	}
	for i := 1; i < n; i++ {
		for to := range cur {
			top, at := int32(math.MinInt32), 0
			for p, s := range prev {
				if s += moves[(p+1)*L+to]; s > top {
					top, at = s, p
				}
			}
			cur[to] = max(never, top+scores[i*L+to])
			from[i*L+to] = uint8(at)
		}
		prev, cur = cur, prev
	}
	at := 0
	for l, s := range prev {
		if s > prev[at] {
			at = l
		}
	}
	total := prev[at]
	for i := n - 1; i >= 0; i-- {
		out[i] = uint8(at)
		at = int(from[i*L+at])
	}
	return total
}

// step is one way to reach a label at a position.
type step struct {
	score int32
	from  uint8 // the label before
	rank  uint8 // which of the ways to reach it
}

// decodeBest finds the k best sequences of labels, best first, and calls each
// with every one of them and its score. labels is valid during the call.
func (d *decoder) decodeBest(scores []int32, moves []int32, L, k int, each func(labels []uint8, score int32)) {
	n := len(scores) / L
	if n == 0 {
		return
	}
	if cap(d.steps) < n*L*k {
		d.steps = make([]step, n*L*k, n*L*k*5/4)
	}
	steps := d.steps[:n*L*k]
	clearSteps(steps)
	for l := range L {
		steps[l*k].score = max(never, moves[l]+scores[l])
	}
	var next [16]uint8 // per label before, how many of its ways are used up
	for i := 1; i < n; i++ {
		before := steps[(i-1)*L*k : i*L*k]
		for to := range L {
			clear(next[:L])
			out := steps[(i*L+to)*k : (i*L+to+1)*k]
			for r := range out {
				top, at := int32(lost), -1
				for p := range L {
					if int(next[p]) < k {
						if s := max(never, before[p*k+int(next[p])].score) + moves[(p+1)*L+to]; s > top {
							top, at = s, p
						}
					}
				}
				if at < 0 {
					break
				}
				out[r] = step{max(never, top+scores[i*L+to]), uint8(at), next[at]}
				next[at]++
			}
		}
	}
	d.path = sizedLabels(d.path, n)
	last := steps[(n-1)*L*k:]
	clear(next[:L])
	for range k {
		top, at := int32(lost), -1
		for l := range L {
			if int(next[l]) < k {
				if s := last[l*k+int(next[l])].score; s > top {
					top, at = s, l
				}
			}
		}
		if at < 0 {
			return
		}
		l, r := at, int(next[at])
		next[at]++
		for i := n - 1; i >= 0; i-- {
			d.path[i] = uint8(l)
			s := steps[(i*L+l)*k+r]
			l, r = int(s.from), int(s.rank)
		}
		each(d.path, top)
	}
}

func clearSteps(steps []step) {
	for i := range steps {
		steps[i] = step{score: never}
	}
}

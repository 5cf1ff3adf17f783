package encoder

import (
	"fmt"
	"math"
	"slices"
)

// Batch runs a Model over sequences of pieces. The sequences lie end to end,
// without padding, and each is computed as if it were alone, to the last bit.
// A Batch keeps its memory for the next use and is for one goroutine.
type Batch struct {
	model  *Model
	ids    []int32
	cases  []Case
	starts []int // of each sequence in ids, and the end of the last

	// [pieces, Hidden], but for wide, which is [pieces, Intermediate]
	states, query, key, value, mixed, wide []float32
	scores                                 []float32 // of one piece over its sequence
}

// NewBatch makes an empty Batch.
func (m *Model) NewBatch() *Batch { return &Batch{model: m, starts: []int{0}} }

// Reset empties b.
func (b *Batch) Reset() {
	b.ids, b.cases, b.starts = b.ids[:0], b.cases[:0], b.starts[:1]
}

// Add appends a sequence, which gets [CLS] before and [SEP] after it.
func (b *Batch) Add(pieces []Piece) error {
	if most := b.model.sizes.Positions - 2; len(pieces) > most {
		return fmt.Errorf("a sequence of %d word pieces, where the encoder has room for %d", len(pieces), most)
	}
	entries := len(b.model.words) / b.model.sizes.Hidden
	for _, p := range pieces {
		if p.ID < 0 || int(p.ID) >= entries || p.Case >= numCases {
			return fmt.Errorf("word piece %d of case %d is not one of the encoder's %d", p.ID, p.Case, entries)
		}
	}
	b.ids, b.cases = append(b.ids, b.model.first), append(b.cases, Lower)
	for _, p := range pieces {
		b.ids, b.cases = append(b.ids, p.ID), append(b.cases, p.Case)
	}
	b.ids, b.cases = append(b.ids, b.model.last), append(b.cases, Lower)
	b.starts = append(b.starts, len(b.ids))
	return nil
}

// Len is the number of sequences.
func (b *Batch) Len() int { return len(b.starts) - 1 }

// Vectors returns what Run made of sequence i: of [CLS], each piece and [SEP]
// the Hidden numbers of the last layer, end to end. They are overwritten by
// the next Run.
func (b *Batch) Vectors(i int) []float32 {
	h := b.model.sizes.Hidden
	return b.states[b.starts[i]*h : b.starts[i+1]*h]
}

// Embed writes to into, of length Hidden, the embedding of sequence i: the mean of its
// vectors, divided by its Euclidean length.
func (b *Batch) Embed(into []float32, i int) {
	clear(into)
	vectors := b.Vectors(i)
	for at := 0; at < len(vectors); at += len(into) {
		for j, v := range vectors[at : at+len(into)] {
			into[j] += v
		}
	}
	var square float64
	for _, v := range into {
		square += float64(float64(v) * float64(v))
	}
	if length := float32(math.Sqrt(square)); length > 0 {
		for j := range into {
			into[j] /= length
		}
	}
}

// Run computes the vectors of all sequences.
func (b *Batch) Run() {
	m, n := b.model, len(b.ids)
	h := m.sizes.Hidden
	for _, s := range []*[]float32{&b.states, &b.query, &b.key, &b.value, &b.mixed} {
		*s = slices.Grow((*s)[:0], n*h)[:n*h]
	}
	b.wide = slices.Grow(b.wide[:0], n*m.sizes.Intermediate)[:n*m.sizes.Intermediate]
	b.scores = slices.Grow(b.scores[:0], m.sizes.Positions)[:m.sizes.Positions]

	for s, start := range b.starts[:b.Len()] {
		for i := start; i < b.starts[s+1]; i++ {
			word, position, mark := int(b.ids[i])*h, (i-start)*h, int(b.cases[i])*h
			for j := range h {
				b.states[i*h+j] = m.words[word+j] + m.positions[position+j] + m.cases[mark+j]
			}
		}
	}
	m.norm.apply(b.states, m.sizes.Epsilon)
	for i := range m.layers {
		l := &m.layers[i]
		l.query.apply(b.query, b.states)
		l.key.apply(b.key, b.states)
		l.value.apply(b.value, b.states)
		for s, start := range b.starts[:b.Len()] {
			b.attend(start, b.starts[s+1])
		}
		l.attended.apply(b.query, b.mixed)
		add(b.states, b.query)
		l.afterAttention.apply(b.states, m.sizes.Epsilon)
		l.widen.apply(b.wide, b.states)
		gelu(b.wide)
		l.narrow.apply(b.query, b.wide)
		add(b.states, b.query)
		l.afterFeedForward.apply(b.states, m.sizes.Epsilon)
	}
}

// attend fills mixed for the pieces from start to end, which attend to one
// another: softmax(q·k/√d) v, each head by itself.
func (b *Batch) attend(start, end int) {
	h := b.model.sizes.Hidden
	d := h / b.model.sizes.Heads
	scale := float32(1 / math.Sqrt(float64(d)))
	scores := b.scores[:end-start]
	for head := 0; head < h; head += d {
		for i := start; i < end; i++ {
			q := b.query[i*h+head:][:d]
			most := float32(math.Inf(-1))
			for j := range scores {
				scores[j] = dot(q, b.key[(start+j)*h+head:][:d]) * scale
				most = max(most, scores[j])
			}
			var sum float32
			for j, s := range scores {
				scores[j] = float32(math.Exp(float64(s - most)))
				sum += scores[j]
			}
			mixed := b.mixed[i*h+head:][:d]
			clear(mixed)
			for j, s := range scores {
				share, v := s/sum, b.value[(start+j)*h+head:][:d]
				for k := range mixed {
					mixed[k] += float32(share * v[k])
				}
			}
		}
	}
}

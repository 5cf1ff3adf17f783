package attribution

import (
	"encoding/binary"
	"fmt"
	"math"
	"slices"

	"hearsay/linear"
	"hearsay/text/clusters"
)

// Parts are what a Model is made of, as training gives them.
type Parts struct {
	Counts             Counts
	Cues, Arguments    []linear.Row
	CueMoves, ArgMoves [][]float32 // row 0 for the start, row l+1 after label l
	Rank               []linear.Row
	Trust              float64 // what the second pass's scores are worth in the third
	Keep               float32 // what a reading as an attribution is given over one as none in the third pass
	CueBias            float32 // added to the beginning of a cue: more of it, more cues
}

const fileMagic = "HAT1"

// Bytes writes the parts as a model that Open reads.
func (p *Parts) Bytes() ([]byte, error) {
	pr := p.Counts.prior(nil)
	var prior []byte
	for kind, level := range []map[uint32]uint8{pr.verbs, pr.others} {
		for _, lemma := range slices.Sorted(func(yield func(uint32) bool) {
			for l, b := range level {
				if b > 1 && !yield(l) { // reading cannot tell 0 from 1 and need not
					return
				}
			}
		}) {
			prior = binary.LittleEndian.AppendUint32(prior, lemma)
			prior = append(prior, byte(kind), level[lemma])
		}
	}
	cueClip, argClip := clip(p.Cues), clip(p.Arguments)
	cues, err := linear.Freeze(p.Cues, CueLabels, cueClip)
	if err != nil {
		return nil, fmt.Errorf("writing the attribution model's cues: %w", err)
	}
	arguments, err := linear.Freeze(p.Arguments, ArgLabels, argClip)
	if err != nil {
		return nil, fmt.Errorf("writing the attribution model's arguments: %w", err)
	}
	out := []byte(fileMagic)
	section := func(b []byte) {
		out = binary.LittleEndian.AppendUint32(out, uint32(len(b)))
		out = append(out, b...)
	}
	section(prior)
	cueMoves := make([][]float32, len(p.CueMoves))
	for i, row := range p.CueMoves {
		cueMoves[i] = slices.Clone(row)
		cueMoves[i][cueBegin] += p.CueBias
	}
	section(appendMoves(nil, cueMoves, cueClip))
	section(appendMoves(nil, p.ArgMoves, argClip))
	section(cues)
	section(arguments)
	rankClip := clip(p.Rank)
	rank, err := linear.Freeze(p.Rank, 1, rankClip)
	if err != nil {
		return nil, fmt.Errorf("writing the attribution model's ranking: %w", err)
	}
	section(rank)
	section(binary.LittleEndian.AppendUint32(nil, uint32(math.Round(p.Trust*float64(argClip/rankClip)*(1<<trustBits)))))
	section(binary.LittleEndian.AppendUint32(nil, uint32(quantise(p.Keep, rankClip))))
	return out, nil
}

// Open reads a model from bytes written by Parts.Bytes. The model keeps data.
func Open(data string) (*Model, error) {
	fail := func(what string) (*Model, error) {
		return nil, fmt.Errorf("opening the attribution model: %s", what)
	}
	if len(data) < len(fileMagic) || data[:len(fileMagic)] != fileMagic {
		return fail("not a model of version " + fileMagic)
	}
	rest := data[len(fileMagic):]
	var sections [8]string
	for i := range sections {
		if len(rest) < 4 {
			return fail("cut short")
		}
		n := int(binary.LittleEndian.Uint32([]byte(rest[:4])))
		if n > len(rest)-4 {
			return fail("cut short")
		}
		sections[i], rest = rest[4:4+n], rest[4+n:]
	}
	words, err := clusters.Default()
	if err != nil {
		return nil, fmt.Errorf("opening the attribution model: %w", err)
	}
	m := &Model{words: words, prior: &prior{verbs: map[uint32]uint8{}, others: map[uint32]uint8{}}}
	for b := []byte(sections[0]); len(b) >= 6; b = b[6:] {
		lemma := binary.LittleEndian.Uint32(b)
		if b[4] == 0 {
			m.prior.verbs[lemma] = b[5]
		} else {
			m.prior.others[lemma] = b[5]
		}
	}
	var ok bool
	if m.cueMoves, ok = moves(sections[1], CueLabels); !ok {
		return fail("wrong number of moves between cue labels")
	}
	if m.argMoves, ok = moves(sections[2], ArgLabels); !ok {
		return fail("wrong number of moves between argument labels")
	}
	if m.cues, err = linear.Open(sections[3]); err != nil {
		return nil, fmt.Errorf("opening the attribution model's cues: %w", err)
	}
	if m.arguments, err = linear.Open(sections[4]); err != nil {
		return nil, fmt.Errorf("opening the attribution model's arguments: %w", err)
	}
	if m.rank, err = linear.Open(sections[5]); err != nil {
		return nil, fmt.Errorf("opening the attribution model's ranking: %w", err)
	}
	if len(sections[6]) != 4 || len(sections[7]) != 4 {
		return fail("cut short")
	}
	m.keep = int32(binary.LittleEndian.Uint32([]byte(sections[7])))
	m.trust = int64(binary.LittleEndian.Uint32([]byte(sections[6])))
	if m.cues.Labels() != CueLabels || m.arguments.Labels() != ArgLabels || m.rank.Labels() != 1 {
		return fail("wrong number of labels")
	}
	return m, nil
}

// clip is the weight that becomes the largest 8-bit one: all but one in two
// thousand of those that are not 0 stay below it.
func clip(rows []linear.Row) float32 {
	var all []float32
	for _, r := range rows {
		for _, w := range r.Weights {
			if w != 0 {
				all = append(all, float32(math.Abs(float64(w))))
			}
		}
	}
	if len(all) == 0 {
		return 1
	}
	slices.Sort(all)
	return all[len(all)-1-len(all)/2000]
}

func quantise(w, clip float32) int32 { return int32(math.RoundToEven(float64(w / clip * 127))) }

func appendMoves(out []byte, rows [][]float32, clip float32) []byte {
	for _, row := range rows {
		for _, w := range row {
			q := int32(never)
			if !math.IsInf(float64(w), -1) {
				q = quantise(w, clip)
			}
			out = binary.LittleEndian.AppendUint32(out, uint32(q))
		}
	}
	return out
}

func moves(section string, labels int) ([]int32, bool) {
	out := make([]int32, (labels+1)*labels)
	if len(section) != 4*len(out) {
		return nil, false
	}
	for i := range out {
		out[i] = int32(binary.LittleEndian.Uint32([]byte(section[4*i : 4*i+4])))
	}
	return out, true
}

package matching

import (
	"maps"
	"slices"
	"strings"

	"hearsay/facts/words"
)

func sortedKeys(m map[uint64]int) []uint64 { return slices.Sorted(maps.Keys(m)) }

// part is what a word of a query is part of.
type part uint8

const (
	inText part = iota
	inTag
	inHandle
	inSignature // "— Name (@account) January 6, 2020", below a post that was copied
	parts
)

// factor is what a word counts for in finding, by what it is part of.
var factor = [parts]float64{inText: 1, inTag: 0.8, inHandle: 0.4, inSignature: 0.35}

// word is a word of a query; the same word is in it once.
type word struct {
	term   uint64
	kind   words.Kind
	part   part
	at     int // its place among the words that are none of grammar
	times  int
	rarity float64
	text   string
}

// query is a text taken apart.
type query struct {
	words   []word
	place   map[uint64]int // of a term in words
	pairs   map[uint64]int // terms of two words side by side, and the place of the first
	order   []uint64       // terms that are none of grammar, as they come
	negated bool
}

// longest is how many bytes of a text are looked at: a post, or a claim with what stands around it.
const longest = 4000

// read takes a text apart.
func (q *query) read(r *words.Reader, text string) {
	if len(text) > longest {
		text = strings.ToValidUTF8(text[:longest], "")
	}
	q.words, q.order, q.negated = q.words[:0], q.order[:0], false
	if q.place == nil {
		q.place, q.pairs = make(map[uint64]int), make(map[uint64]int)
	}
	clear(q.place)
	clear(q.pairs)
	signature := signatureOf(text)
	whole := words.Plain // of what the parts are
	for _, w := range r.Read(text) {
		in := inText
		switch {
		case w.Part && whole == words.Handle:
			in = inHandle
		case w.Part:
			in = inTag
		case w.Kind == words.Handle:
			whole, in = w.Kind, inHandle
		case w.Kind == words.Tag:
			whole, in = w.Kind, inTag
		}
		if int(w.Start) >= signature {
			in = inSignature
		}
		switch w.Kind {
		case words.Function:
			continue
		case words.Negation:
			q.negated = true
			continue
		}
		q.add(w, in, text[w.Start:w.End])
	}
	// Hashtags in small letters alone are taken apart by known words, and need a
	// reader of their own while the words are those of r.
	for i := range q.words {
		if w := q.words[i]; w.kind == words.Tag || w.kind == words.Handle {
			for _, piece := range pieces(strings.TrimLeft(w.text, "#@")) {
				for _, p := range r.Read(piece) {
					if p.Kind != words.Function && p.Kind != words.Negation {
						p.Kind = words.Plain
						q.add(p, w.part, piece)
					}
				}
			}
		}
	}
}

func (q *query) add(w words.Word, in part, text string) {
	at := len(q.order)
	if at > 0 && in == inText {
		if pair := words.Joined(q.order[at-1], w.Term); q.pairs[pair] == 0 {
			q.pairs[pair] = at
		}
	}
	q.order = append(q.order, w.Term)
	if i, ok := q.place[w.Term]; ok {
		same := &q.words[i]
		same.times++
		same.part = min(same.part, in)
		if same.kind == words.Plain {
			same.kind = w.Kind
		}
		return
	}
	q.place[w.Term] = len(q.words)
	q.words = append(q.words, word{term: w.Term, kind: w.Kind, part: in, at: at, times: 1, text: text})
}

// signatureOf returns where the signature of a post begins, the end of the text if it has none.
func signatureOf(text string) int {
	at := strings.LastIndex(text, "— ")
	if at <= 0 || len(text)-at > 120 {
		return len(text)
	}
	if rest := text[at:]; !strings.Contains(rest, "(@") || !strings.Contains(rest, ")") {
		return len(text)
	}
	return at
}

// pieces takes a hashtag in small letters apart by the words it is made of, the
// likeliest way: "stopthesteal" is stop, the, steal. It returns nil for one that
// is a single word, or not made of known ones.
func pieces(tag string) []string {
	n := len(tag)
	if n < 6 || n > 32 {
		return nil
	}
	for i := range n {
		if tag[i] < 'a' || tag[i] > 'z' {
			return nil
		}
	}
	var best [33]struct {
		cost float64
		from int
		ok   bool
	}
	best[0].ok = true
	for to := 1; to <= n; to++ {
		for from := max(0, to-14); from < to; from++ {
			if !best[from].ok || from == 0 && to == n {
				continue
			}
			cost, ok := pieceCost(tag[from:to])
			if !ok {
				continue
			}
			if cost += best[from].cost; !best[to].ok || cost < best[to].cost {
				best[to].cost, best[to].from, best[to].ok = cost, from, true
			}
		}
	}
	if !best[n].ok {
		return nil
	}
	if cost, ok := pieceCost(tag); ok && cost <= best[n].cost {
		return nil
	}
	var found []string
	for at := n; at > 0; at = best[at].from {
		found = append(found, tag[best[at].from:at])
	}
	slices.Reverse(found)
	return found
}

// pieceCost is how unlikely a piece is to be a word of its own.
func pieceCost(piece string) (float64, bool) {
	if words.Grammar(piece) {
		return 5 - float64(min(len(piece), 3)), true
	}
	if len(piece) < 3 {
		return 0, false
	}
	r, ok := general(words.Of(piece))
	return 4 + r, ok
}

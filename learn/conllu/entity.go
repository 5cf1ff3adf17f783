package conllu

import (
	"slices"
	"strconv"
	"strings"
)

// Entity is one mention that GUM annotates (Zeldes 2017): the words
// [First, End) of its document, counted from 0.
type Entity struct {
	First, End int
	Group      string // what it has in common with the mentions of the same
	Type       string // "person", "abstract"…
	Core       []int  // the words that its shortest form needs; none where that is not said
}

// Entities reads the Entity annotations of a document, in the order in which
// they open.
func (d *Document) Entities() []Entity {
	var out []Entity
	var open []int
	at := 0
	for _, s := range d.Sentences {
		for _, w := range s.Words {
			for f := range strings.SplitSeq(w.Misc, "|") {
				if v, ok := strings.CutPrefix(f, "Entity="); ok {
					out, open = brackets(v, at, out, open)
				}
			}
			at++
		}
	}
	return out
}

// brackets reads one value of Entity, like "(7-abstract-new-nnnnn-cf6-2-coref(3-person-giv-nnnnn-cf1-1-ana)"
// or "7)6)", at word number at. What it opens and closes is in open.
func brackets(v string, at int, out []Entity, open []int) ([]Entity, []int) {
	for v != "" {
		if v[0] != '(' {
			group, rest, _ := strings.Cut(v, ")")
			for k := len(open) - 1; k >= 0; k-- {
				if out[open[k]].Group == group {
					out[open[k]].End = at + 1
					open = slices.Delete(open, k, k+1)
					break
				}
			}
			v = rest
			continue
		}
		end := len(v)
		if k := strings.IndexAny(v[1:], "()"); k >= 0 {
			end = k + 1
		}
		f := strings.Split(v[1:end], "-")
		e := Entity{First: at, End: at + 1, Group: f[0]}
		if len(f) > 1 {
			e.Type = f[1]
		}
		if len(f) > 5 {
			for n := range strings.SplitSeq(f[5], ",") {
				if k, err := strconv.Atoi(n); err == nil {
					e.Core = append(e.Core, at+k-1)
				}
			}
		}
		out = append(out, e)
		if end < len(v) && v[end] == ')' {
			end++
		} else {
			open = append(open, len(out)-1)
		}
		v = v[end:]
	}
	return out, open
}

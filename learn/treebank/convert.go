package treebank

import (
	"fmt"
	"strings"

	"hearsay/learn/polnear"
	"hearsay/text"
)

// gumTag is the tag for one of GUM's, which has a few more than the Penn
// Treebank and tags the preposition "to" as IN.
func gumTag(name, form string) text.Tag {
	if strings.EqualFold(form, "to") && name == "IN" {
		return text.TO
	}
	if t, ok := text.ParseTag(name); ok {
		return t
	}
	switch name {
	case "AFX":
		return text.JJ
	case "ADD":
		return text.NNP
	case "NFP":
		return text.Colon
	}
	return text.FW // GW, XX: pieces of words and what is no word
}

// ud2 folds a relation of Universal Dependencies 2 into those the reader has.
func ud2(name string) (text.Rel, bool) {
	if r, ok := text.ParseRel(name); ok {
		return r, true
	}
	switch name {
	case "nmod:desc": // the title before a name
		return text.Compound, true
	case "obl:unmarked", "nmod:tmod", "obl:tmod", "nmod:npmod", "obl:npmod":
		return text.NmodTmod, true
	}
	switch base, _, _ := strings.Cut(name, ":"); base {
	case "clf", "dislocated", "goeswith", "list", "orphan", "reparandum":
		return text.Dep, true
	default:
		return text.ParseRel(base)
	}
}

// ud1 renames a relation of Stanford's Universal Dependencies 1, given the tags
// of dependent and head and whether the dependent is an adjunct of a clause
// although its head is a noun.
func ud1(name string, dependent, head text.Tag, clausal bool) (text.Rel, bool) {
	switch name {
	case "dobj":
		return text.Obj, true
	case "nsubjpass":
		return text.NsubjPass, true
	case "csubjpass":
		return text.Csubj, true
	case "auxpass":
		return text.AuxPass, true
	case "neg":
		if dependent == text.DT {
			return text.Det, true
		}
		return text.Advmod, true
	case "mwe":
		return text.Fixed, true
	case "nmod":
		switch head {
		case text.NN, text.NNS, text.NNP, text.NNPS, text.CD, text.PRP, text.DT, text.Dollar, text.EX, text.WP, text.FW, text.SYM, text.PRPS:
			if !clausal {
				return text.Nmod, true
			}
		}
		return text.Obl, true
	}
	return ud2(name)
}

// merge puts words together that are joined by hyphens without spaces. The
// whole has the head, relation and tag of the part that hangs outside; a part
// that describes makes the whole an adjective, as the Penn Treebank has it.
func merge(nodes []node) []node {
	group := make([]int, len(nodes)) // old index -> new
	var out []node
	for i := 0; i < len(nodes); {
		j := i + 1
		for j+1 < len(nodes) && nodes[j].tag == text.Hyph && nodes[j-1].tag != text.Hyph &&
			nodes[j-1].end == nodes[j].start && nodes[j].end == nodes[j+1].start && nodes[j+1].tag != text.Hyph {
			j += 2
		}
		whole := nodes[i]
		if j > i+1 {
			for k := i; k < j; k++ {
				if nodes[k].head < i || nodes[k].head >= j {
					whole = nodes[k]
				}
			}
			whole.start, whole.end = nodes[i].start, nodes[j-1].end
			whole.form = ""
			for _, n := range nodes[i:j] {
				whole.form += n.form
			}
			switch first := nodes[i].tag; {
			case whole.rel == text.Amod && !whole.tag.Proper():
				whole.tag = text.JJ
			case whole.rel == text.Compound && (first >= text.IN && first <= text.JJS || first == text.CD || first >= text.RB && first <= text.RP || first == text.VBN):
				whole.tag, whole.rel = text.JJ, text.Amod
			}
		}
		for k := i; k < j; k++ {
			group[k] = len(out)
		}
		out = append(out, whole)
		i = j
	}
	for i := range out {
		if out[i].head >= 0 {
			out[i].head = group[out[i].head]
		}
	}
	return out
}

// silver converts one sentence of CoreNLP's columns. The nodes have no form and no place yet.
func silver(columns []polnear.Column) ([]node, error) {
	nodes := make([]node, len(columns))
	rels := make([]string, len(columns))
	for i, c := range columns {
		tag, ok := text.ParseTag(c.Tag)
		if !ok {
			return nil, fmt.Errorf("the unknown tag %q", c.Tag)
		}
		if c.Head < 0 || c.Head > len(columns) || c.Head == i+1 {
			return nil, fmt.Errorf("word %d has head %d in a sentence of %d words", i+1, c.Head, len(columns))
		}
		nodes[i] = node{tag: tag, head: c.Head - 1}
		rels[i] = c.Rel
	}
	headNamesFirst(nodes, rels, columns)
	subject := make([]bool, len(nodes)) // the word has a copula: it is a clause
	for i, n := range nodes {
		if n.head >= 0 && rels[i] == "cop" {
			subject[n.head] = true
		}
	}
	for i := range nodes {
		n := &nodes[i]
		var head text.Tag
		clausal := false
		if n.head >= 0 {
			head = nodes[n.head].tag
			clausal = subject[n.head] && i < n.head
		}
		var ok bool
		if n.rel, ok = ud1(rels[i], n.tag, head, clausal); !ok {
			return nil, fmt.Errorf("the unknown relation %q", rels[i])
		}
	}
	hangFromConjunct(nodes)
	return nodes, nil
}

// headNamesFirst makes the first word of a person's name the head of the
// others, where Stanford's scheme has the last word with compounds.
func headNamesFirst(nodes []node, rels []string, columns []polnear.Column) {
	for first := 0; first < len(nodes); {
		end := first
		for end < len(nodes) && columns[end].NER == "PERSON" && nodes[end].tag.Proper() {
			end++
		}
		last := end - 1
		name := last > first && (nodes[last].head < first || nodes[last].head > last)
		for k := first; k < last && name; k++ {
			name = nodes[k].head == last && rels[k] == "compound"
		}
		if name {
			nodes[first].head, rels[first] = nodes[last].head, rels[last]
			for k := range nodes {
				switch {
				case k > first && k <= last:
					nodes[k].head, rels[k] = first, "flat"
				case k != first && nodes[k].head == last:
					nodes[k].head = first
				}
			}
		}
		first = max(end, first+1)
	}
}

// hangFromConjunct hangs conjunctions and the marks before a conjunct from
// that conjunct, where Universal Dependencies 1 hangs them from the first one.
func hangFromConjunct(nodes []node) {
	left := make([]int, len(nodes)) // the first word below each
	for i := range left {
		left[i] = i
	}
	for i := range nodes {
		for h, steps := nodes[i].head, 0; h >= 0 && steps < len(nodes); h, steps = nodes[h].head, steps+1 {
			left[h] = min(left[h], i)
		}
	}
	for k, n := range nodes {
		if n.rel != text.Conj || n.head > k {
			continue
		}
		for p := left[k] - 1; p > n.head; p-- {
			if nodes[p].head != n.head || left[p] != p || nodes[p].rel != text.Cc && nodes[p].rel != text.Punct {
				break
			}
			nodes[p].head = k
		}
	}
}

// tree reports whether following heads leads from every node to the one root.
func tree(nodes []node) bool {
	roots := 0
	for i := range nodes {
		steps := 0
		h := i
		for ; nodes[h].head >= 0; h = nodes[h].head {
			if steps++; steps > len(nodes) {
				return false
			}
		}
		if h == i {
			roots++
		}
	}
	return roots == 1
}

package treebank

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hearsay/learn/polnear"
	"hearsay/text"
)

// columns reads "word/TAG/NER head relation" lines.
func columns(s string) []polnear.Column {
	var out []polnear.Column
	for line := range strings.Lines(strings.TrimSpace(s)) {
		var c polnear.Column
		var word string
		if _, err := fmt.Sscan(line, &word, &c.Head, &c.Rel); err != nil {
			panic(err)
		}
		f := strings.Split(word, "/")
		c.Word, c.Tag, c.NER = f[0], f[1], "O"
		if len(f) > 2 {
			c.NER = f[2]
		}
		out = append(out, c)
	}
	return out
}

func TestSilver(t *testing.T) {
	for name, c := range map[string]struct{ in, want string }{
		"a passive": {`
			It/PRP 4 nsubjpass
			was/VBD 4 auxpass
			not/RB 4 neg
			said/VBN 0 root
			by/IN 6 case
			guards/NNS 4 nmod`,
			"4 nsubj:pass, 4 aux:pass, 4 advmod, 0 root, 6 case, 4 obl"},
		"a noun's complement and an object": {`
			Guards/NNS 4 nsubj
			of/IN 3 case
			Varnholm/NNP 1 nmod
			left/VBD 0 root
			no/DT 6 neg
			trace/NN 4 dobj`,
			"4 nsubj, 3 case, 1 nmod, 0 root, 6 det, 4 obj"},
		"a copula's adjunct before a noun": {`
			In/IN 2 case
			May/NNP 6 nmod
			he/PRP 6 nsubj
			was/VBD 6 cop
			the/DT 6 det
			mayor/NN 0 root
			of/IN 8 case
			Varnholm/NNP 6 nmod`,
			"2 case, 6 obl, 6 nsubj, 6 cop, 6 det, 0 root, 8 case, 6 nmod"},
		"a name after a title": {`
			Mayor/NNP 3 compound
			Ina/NNP/PERSON 3 compound
			Tolve/NNP/PERSON 5 nmod:poss
			's/POS 3 case
			claim/NN 0 root`,
			"2 compound, 5 nmod:poss, 2 flat, 2 case, 0 root"},
		"two people side by side": {`
			Ina/NNP/PERSON 4 nsubj
			Bo/NNP/PERSON 4 dobj
			then/RB 4 advmod
			met/VBD 0 root`,
			"4 nsubj, 4 obj, 4 advmod, 0 root"},
		"three conjuncts": {`
			Guards/NNS 0 root
			,/, 1 punct
			clerks/NNS 1 conj
			,/, 1 punct
			and/CC 1 cc
			old/JJ 7 amod
			drivers/NNS 1 conj
			./. 1 punct`,
			"0 root, 3 punct, 1 conj, 7 punct, 7 cc, 7 amod, 1 conj, 1 punct"},
		"a conjunction that joins sentences": {`
			But/CC 3 cc
			he/PRP 3 nsubj
			left/VBD 0 root`,
			"3 cc, 3 nsubj, 0 root"},
		"renamed subtypes": {`
			All/PDT 3 det:predet
			the/DT 3 det
			guards/NNS 4 nsubj
			left/VBD 0 root
			Friday/NNP 4 nmod:tmod
			as/RB 4 cc
			well/RB 6 mwe`,
			"3 det, 3 det, 4 nsubj, 0 root, 4 nmod:unmarked, 4 cc, 6 fixed"},
	} {
		nodes, err := silver(columns(c.in))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		var got []string
		for _, n := range nodes {
			got = append(got, fmt.Sprintf("%d %s", n.head+1, n.rel))
		}
		if g := strings.Join(got, ", "); g != c.want {
			t.Errorf("%s:\n got %s\nwant %s", name, g, c.want)
		}
	}
}

func TestSilverRefuses(t *testing.T) {
	for in, want := range map[string]string{
		"a/NN 0 rooted": `the unknown relation "rooted"`,
		"a/NOUN 0 root": `the unknown tag "NOUN"`,
		"a/NN 2 root":   "word 1 has head 2 in a sentence of 1 words",
		"a/NN 1 root":   "word 1 has head 1 in a sentence of 1 words",
	} {
		if _, err := silver(columns(in)); err == nil || err.Error() != want {
			t.Errorf("%s: error %v, want %s", in, err, want)
		}
	}
}

func TestUD2(t *testing.T) {
	for name, want := range map[string]text.Rel{
		"nsubj": text.Nsubj, "nsubj:outer": text.Nsubj, "csubj:pass": text.Csubj, "obl:agent": text.Obl, "obl:unmarked": text.NmodTmod,
		"nmod:desc": text.Compound, "advcl:relcl": text.Advcl, "acl:relcl": text.ACLRelcl, "reparandum": text.Dep, "cc:preconj": text.Cc,
	} {
		if got, ok := ud2(name); !ok || got != want {
			t.Errorf("ud2(%q) = %v, %v; want %v", name, got, ok, want)
		}
	}
	if got, ok := ud2("nonsense"); ok {
		t.Errorf("ud2 makes %v of nonsense", got)
	}
}

func TestGUMTag(t *testing.T) {
	for _, c := range []struct {
		name, form string
		want       text.Tag
	}{{"IN", "To", text.TO}, {"IN", "of", text.IN}, {"ADD", "varnholm.example", text.NNP}, {"GW", "any", text.FW}} {
		if got := gumTag(c.name, c.form); got != c.want {
			t.Errorf("gumTag(%s, %s) = %v, want %v", c.name, c.form, got, c.want)
		}
	}
}

// words makes nodes of "form/TAG head relation" with a space before each but where form begins with "_".
func words(s string) []node {
	var out []node
	at := 0
	for _, c := range columns(s) {
		form, glued := strings.CutPrefix(c.Word, "_")
		if !glued {
			at++
		}
		tag, _ := text.ParseTag(c.Tag)
		rel, _ := text.ParseRel(c.Rel)
		out = append(out, node{form: form, start: at, end: at + len(form), tag: tag, head: c.Head - 1, rel: rel})
		at += len(form)
	}
	return out
}

func TestMerge(t *testing.T) {
	got := merge(words(`
		a/DT 5 det
		long/JJ 4 amod
		_-/HYPH 2 punct
		_term/NN 5 compound
		plan/NN 0 root
		by/IN 7 case
		Ina/NNP 5 nmod
		Ek/NNP 7 flat
		_-/HYPH 10 punct
		_Tolve/NNP 8 flat`))
	var lines []string
	for _, n := range got {
		lines = append(lines, fmt.Sprintf("%s/%s %d %s", n.form, n.tag, n.head+1, n.rel))
	}
	want := []string{"a/DT 3 det", "long-term/JJ 3 amod", "plan/NN 0 root", "by/IN 5 case", "Ina/NNP 3 nmod", "Ek-Tolve/NNP 5 flat"}
	if !slices.Equal(lines, want) {
		t.Errorf("got %q\nwant %q", lines, want)
	}
	if !tree(got) {
		t.Error("what was merged is no tree")
	}
}

func TestTree(t *testing.T) {
	for heads, want := range map[string]bool{"0": true, "2 0": true, "2 1": false, "0 0": false, "2 3 1 0": false} {
		var nodes []node
		for _, f := range strings.Fields(heads) {
			nodes = append(nodes, node{head: int(f[0]-'0') - 1})
		}
		if got := tree(nodes); got != want {
			t.Errorf("tree(%s) = %v", heads, got)
		}
	}
}

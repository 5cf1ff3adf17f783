package conllu_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"hearsay/learn/conllu"
)

const sample = `# newdoc id = INV_news_dam
# newpar
# sent_id = INV_news_dam-1
# text = Guards didn't see it.
1	Guards	guard	NOUN	NNS	_	4	nsubj	_	_
2-3	didn't	_	_	_	_	_	_	_	_
2	did	do	AUX	VBD	_	4	aux	_	_
3	n't	not	PART	RB	_	4	advmod	_	_
4	see	see	VERB	VB	_	0	root	_	_
4.1	saw	see	VERB	VBD	_	_	_	_	_
5	it	it	PRON	PRP	_	4	obj	_	Entity=(1)|SpaceAfter=No
6	.	.	PUNCT	.	_	4	punct	_	_

# sent_id = INV_news_dam-2
1	Nobody	nobody	PRON	NN	_	0	root	_	_
`

func TestRead(t *testing.T) {
	got, err := conllu.Read(strings.NewReader(sample))
	if err != nil {
		t.Fatal(err)
	}
	want := []conllu.Document{{ID: "INV_news_dam", Sentences: []conllu.Sentence{
		{ID: "INV_news_dam-1", NewParagraph: true, Words: []conllu.Word{
			{"Guards", "guard", "NOUN", "NNS", 4, "nsubj", "_", true},
			{"did", "do", "AUX", "VBD", 4, "aux", "_", false},
			{"n't", "not", "PART", "RB", 4, "advmod", "_", true},
			{"see", "see", "VERB", "VB", 0, "root", "_", true},
			{"it", "it", "PRON", "PRP", 4, "obj", "Entity=(1)|SpaceAfter=No", false},
			{".", ".", "PUNCT", ".", 4, "punct", "_", true},
		}},
		{ID: "INV_news_dam-2", Words: []conllu.Word{{"Nobody", "nobody", "PRON", "NN", 0, "root", "_", true}}},
	}}}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if g := got[0].Genre(); g != "news" {
		t.Errorf("Genre() = %q", g)
	}
}

func TestReadRefuses(t *testing.T) {
	for name, c := range map[string]struct{ from, to, want string }{
		"a field too few":     {"4	see	see	", "4	see	", "line 9: 9 fields instead of 10"},
		"a number left out":   {"5	it", "7	it", `line 11: word "7" where 5 was expected`},
		"a head that is none": {"	4	obj", "	x	obj", `line 11: "x" is no head`},
		"a word its own head": {"	4	obj", "	5	obj", `line 11: "5" is no head`},
		"a head too far":      {"	4	obj", "	9	obj", "line 13: word 5 has head 9 in a sentence of 6 words"},
		"a range backwards":   {"2-3", "3-2", `line 6: "3-2" is no range of words`},
	} {
		_, err := conllu.Read(strings.NewReader(strings.Replace(sample, c.from, c.to, 1)))
		if err == nil || err.Error() != c.want {
			t.Errorf("%s: error %v, want %s", name, err, c.want)
		}
	}
}

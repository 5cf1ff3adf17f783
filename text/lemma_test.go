package text_test

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hearsay/text"
)

func TestAppendLemma(t *testing.T) {
	for tag, words := range map[text.Tag]string{
		text.VBZ: "says say goes go has have is be 's be watches watch dies die studies study vetoes veto misses miss focuses focus undergoes undergo",
		text.VBD: "said say was be were be had have 'd have stopped stop planned plan agreed agree studied study died die hoped hope announced announce " +
			"threatened threaten controlled control killed kill overthrew overthrow withdrew withdraw rebuilt rebuild co-led co-lead visited visit " +
			"voted vote created create repeated repeat judged judge charged charge hinged hinge changed change belonged belong lay lie laid lay " +
			"required require appeared appear declared declare honored honor stored store quoted quote panicked panic referred refer offered offer " +
			"passed pass raised raise used use discussed discuss closed close analyzed analyze argued argue freed free tied tie reached reach",
		text.VBN: "known know been be gone go written write shown show held hold misled mislead understood understand told tell reported report believed believe",
		text.VBG: "being be lying lie dying die seeing see making make running run hoping hope hopping hop opening open bringing bring telling tell adding add " +
			"developing develop escaping escape skiing ski staring stare warring war ageing age interfering interfere considering consider putting put",
		text.VBP:  "are be 're be am be 'm be 've have say say",
		text.VB:   "be be 've have say say",
		text.MD:   "'ll will wo will ca can 'd would sha shall must must",
		text.RB:   "n't not now now",
		text.DT:   "an a these this those that the the",
		text.PRP:  "him he them they me I us we her she It it",
		text.PRPS: "his his their their",
		text.NNS: "officials official women woman gunmen gunman children child wives wife crises crisis analyses analysis people people series series " +
			"countries country movies movie boxes box churches church heroes hero shoes shoe buses bus causes cause viruses virus cases case " +
			"politics politics 1990s 1990 attorneys-general attorney-general by-products by-product grandchildren grandchild headquarters headquarters",
		text.NN:  "Police police President president",
		text.NNP: "O’Dale O'Dale VELMARK VELMARK",
		text.JJR: "better good larger large bigger big easier easy smaller small wider wide freer free worse bad more more longer long later late simpler simple",
		text.JJS: "best good latest late biggest big deadliest deadly least least strangest strange youngest young",
	} {
		pairs := strings.Fields(words)
		for i := 0; i < len(pairs); i += 2 {
			if got := string(text.AppendLemma(nil, pairs[i], tag)); got != pairs[i+1] {
				t.Errorf("%s/%v is of %q, not %q", pairs[i], tag, got, pairs[i+1])
			}
		}
	}
}

// TestLemmatize checks that the hashes of Lemmatize are those of AppendLemma,
// for any form and tag, and that AppendLemma only appends.
func TestLemmatize(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		d := segment(rapid.OneOf(rapid.String(), rapid.StringMatching(`([A-Za-z]{0,9}(ed|ing|ies|s|er|est|men|’s|n't)? ){0,9}`)).Draw(rt, "text"))
		for i := range d.Tokens {
			d.Tokens[i].Tag = text.Tag(rapid.IntRange(0, text.NumTags-1).Draw(rt, "tag"))
		}
		d.Lemmatize()
		for i, tok := range d.Tokens {
			lemma := d.LemmaOf(int32(i))
			if tok.Lemma != text.Hash(lemma) {
				rt.Fatalf("%q/%v has not the hash of its lemma %q", d.Form(int32(i)), tok.Tag, lemma)
			}
			if got := string(text.AppendLemma([]byte("x-"), d.Form(int32(i)), tok.Tag)); got != "x-"+lemma {
				rt.Fatalf("appending the lemma of %q/%v gives %q", d.Form(int32(i)), tok.Tag, got)
			}
		}
	})
}

func BenchmarkLemmatize(b *testing.B) {
	d := segment(strings.Repeat(article+"\n", 20))
	tags := []text.Tag{text.DT, text.NN, text.VBD, text.IN, text.NNP, text.NNS, text.VB, text.PRP, text.VBG, text.JJ, text.VBZ, text.NN, text.Comma, text.IN, text.RB, text.CD, text.JJR, text.Stop}
	for i := range d.Tokens {
		d.Tokens[i].Tag = tags[i%len(tags)]
	}
	d.Lemmatize()
	b.ReportAllocs()
	for b.Loop() {
		d.Lemmatize()
	}
	b.ReportMetric(float64(len(d.Tokens))*float64(b.N)/b.Elapsed().Seconds(), "words/s")
}

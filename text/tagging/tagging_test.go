package tagging_test

import (
	"strings"
	"sync"
	"testing"

	"pgregory.net/rapid"

	"hearsay/text"
	"hearsay/text/tagging"
)

func model(t testing.TB) *tagging.Model {
	t.Helper()
	m, err := tagging.Default()
	if err != nil {
		t.Fatal(err)
	}
	return m
}

func read(m *tagging.Model, s string) *text.Doc {
	d := new(text.Doc)
	d.Reset(s)
	d.Segment()
	m.Tag(d)
	return d
}

func tagged(d *text.Doc) string {
	var words []string
	for i, t := range d.Tokens {
		words = append(words, d.Form(int32(i))+"/"+t.Tag.String())
	}
	return strings.Join(words, " ")
}

func TestTag(t *testing.T) {
	m := model(t)
	for _, c := range []struct{ text, want string }{
		{"The minister said the bridge was closed.", "The/DT minister/NN said/VBD the/DT bridge/NN was/VBD closed/VBN ./."},
		{"Officials in Varnholm deny it.", "Officials/NNS in/IN Varnholm/NNP deny/VBP it/PRP ./."},
		{"She doesn't know who opened the gates.", "She/PRP does/VBZ n't/RB know/VB who/WP opened/VBD the/DT gates/NNS ./."},
		{"“We can go,” he said.", "“/`` We/PRP can/MD go/VB ,/, ”/'' he/PRP said/VBD ./."},
		{`"We can go," he said.`, "\"/`` We/PRP can/MD go/VB ,/, \"/'' he/PRP said/VBD ./."},
		{"The claim that the guards left is false.", "The/DT claim/NN that/IN the/DT guards/NNS left/VBD is/VBZ false/JJ ./."},
		{"They plan to report the plan.", "They/PRP plan/VBP to/TO report/VB the/DT plan/NN ./."},
		{"", ""},
	} {
		if got := tagged(read(m, c.text)); got != c.want {
			t.Errorf("Tag(%q):\n got %s\nwant %s", c.text, got, c.want)
		}
	}
}

func TestTagFillsEveryToken(t *testing.T) {
	m := model(t)
	rapid.Check(t, func(t *rapid.T) {
		d := read(m, rapid.StringN(0, 300, -1).Draw(t, "text"))
		for i, token := range d.Tokens {
			if token.Tag == text.NoTag || int(token.Tag) >= text.NumTags {
				t.Fatalf("token %d %q has tag %d", i, d.Form(int32(i)), token.Tag)
			}
		}
	})
}

func TestTagIsSafeToShare(t *testing.T) {
	m := model(t)
	const s = "The mayor of Ostrava-on-Lake told reporters on Monday that nobody had warned her. “Nobody,” she added."
	want := tagged(read(m, s))
	var wg sync.WaitGroup
	for range 8 {
		wg.Go(func() {
			for range 50 {
				if got := tagged(read(m, s)); got != want {
					t.Errorf("got %s\nwant %s", got, want)
					return
				}
			}
		})
	}
	wg.Wait()
}

func TestTagAllocatesNothing(t *testing.T) {
	m := model(t)
	d := read(m, strings.Repeat("The old harbour, he said, has been closed since March. ", 20))
	if n := testing.AllocsPerRun(10, func() { m.Tag(d) }); n > 0 {
		t.Errorf("Tag allocates %v times", n)
	}
}

func TestOpenRefuses(t *testing.T) {
	whole := string(tagging.Pack(tagging.NewDictionary(nil), nil))
	for name, data := range map[string]string{
		"nothing":        "",
		"another format": "PK\x03\x04 and more than a header",
		"a cut header":   whole[:6],
		"a cut table":    whole,
		"a long size":    "HTG1\xff\xff\xff\xff",
	} {
		if _, err := tagging.Open(data); err == nil {
			t.Errorf("Open accepts %s", name)
		}
	}
}

func BenchmarkTag(b *testing.B) {
	m := model(b)
	d := read(m, strings.Repeat("The regional governor, who took office in 2019, told the paper on Friday that “no decision” about the dam had been taken. ", 100))
	for b.Loop() {
		m.Tag(d)
	}
	b.ReportMetric(float64(len(d.Tokens)*b.N)/b.Elapsed().Seconds(), "words/s")
}

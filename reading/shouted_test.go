package reading

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hearsay/text"
)

func TestRecapitalize(t *testing.T) {
	tests := []struct{ name, text, guess, want string }{
		{"an abbreviation in brackets", "THE ORVANE FRONT [OVF] SAID. LATER OVF REBELS LEFT.", "The Orvane front [Ovf] said. Later ovf rebels left.", "The Orvane front [OVF] said. Later OVF rebels left."},
		{"one that a bracket explains", "OVF [FRONT OF ORVANE] MEN LEFT.", "Ovf [front of Orvane] men left.", "OVF [front of Orvane] men left."},
		{"a remark in brackets", "THE PLAN [WORDS INDISTINCT] FAILED.", "The plan [words indistinct] failed.", "The plan [words indistinct] failed."},
		{"a name that everybody knows", "THE RED CROSS LEFT.", "The red cross left.", "The Red Cross left."},
		{"a word that is only a word", "THE FRONT IS COLD.", "The front is cold.", "The front is cold."},
	}
	for _, c := range tests {
		var d text.Doc
		d.Reset(c.text)
		d.Segment()
		if got := recapitalize(&d, c.guess); got != c.want {
			t.Errorf("%s: got %q, want %q", c.name, got, c.want)
		}
	}
}

// Only the case of letters changes, so that offsets stay what they are.
func TestRecapitalizeKeepsLetters(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		words := rapid.SliceOfN(rapid.SampledFrom([]string{"THE", "OVF", "[", "]", "(", ")", "RED", "CROSS", "FRONT", "OF", "--", "É", "."}), 0, 40).Draw(r, "words")
		s := strings.Join(words, " ")
		var d text.Doc
		d.Reset(s)
		d.Segment()
		if got := recapitalize(&d, strings.ToLower(s)); !strings.EqualFold(got, s) || len(got) != len(s) {
			r.Fatalf("%q became %q", s, got)
		}
	})
}

func TestSplitDateline(t *testing.T) {
	tests := []struct {
		name, text string
		want       int
	}{
		{"a dateline", "Orvane, 3 May 89 (agency) -- Two men were killed on Monday.", 2},
		{"none", "Two men were killed on Monday.", 1},
		{"nothing behind it", "Orvane, 3 May 89 --", 1},
		{"empty", "", 0},
	}
	for _, c := range tests {
		var d text.Doc
		d.Reset(c.text)
		d.Segment()
		splitDateline(&d)
		if len(d.Sentences) != c.want {
			t.Errorf("%s: %d sentences, want %d", c.name, len(d.Sentences), c.want)
		}
		end := int32(0)
		for _, s := range d.Sentences {
			if s.First != end || s.End <= s.First {
				t.Errorf("%s: sentence %v after token %d", c.name, s, end)
			}
			end = s.End
		}
	}
}

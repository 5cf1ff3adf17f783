package voice_test

import (
	"slices"
	"strings"
	"testing"

	"hearsay/reading/internal/readingtest"
	"hearsay/reading/tree"
	"hearsay/reading/voice"
	"hearsay/text"
)

var labels = map[string]voice.Mark{"s": voice.Source, "cue": voice.Cue, "c": voice.Content, "ch": voice.Channel}

// claims reads the claims of a text in which attributions are labelled; pieces
// of one claim are joined by " | ".
func claims(t *testing.T, s string) []string {
	t.Helper()
	d, spans := readingtest.Marked(t, s)
	marks := make([]voice.Mark, len(d.Tokens))
	for _, x := range spans {
		for i := x.First; i < x.End; i++ {
			marks[i] |= labels[x.Label]
		}
	}
	var tr tree.Tree
	tr.Reset(d)
	var out []string
	for _, c := range new(voice.Reader).Read(d, &tr, marks) {
		var pieces []string
		for _, p := range c.Content {
			pieces = append(pieces, d.Words(p))
		}
		out = append(out, strings.Join(pieces, " | "))
	}
	return out
}

func TestOwnVoice(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"a sentence", "The gate was shut.", []string{"The gate was shut"}},
		{"a nominal sentence", "Such a bloody attack (154 dead) in the capital is an attempt to frighten the voters.",
			[]string{"Such a bloody attack (154 dead) in the capital is an attempt to frighten the voters"}},
		{"all attributed", "[s:Varn] [cue:said] [c:the gate was shut].", nil},
		{"scaffolding", "[c:The gate was shut], [s:Varn] [cue:said], in a speech on Monday.", nil},
		{"a question", "Who shut the gate?", nil},
		{"a question in a headline", "What is the Free Coast Brigade\n\nThe gate was shut.", []string{"The gate was shut"}},
		{"a relative clause stays with its host", "The men fled to Tormark, which has become a haven for smugglers of every kind.",
			[]string{"The men fled to Tormark, which has become a haven for smugglers of every kind"}},
		{"a greeting", "Good morning, Port Arvel!", nil},
		{"a byline", "By Pavla Dorn\n\nThe gate was shut.", []string{"The gate was shut"}},
		{"a command", "Read more here.", nil},
		{"a headline with a verb", "Bomb destroys ferry terminal in Port Arvel\n\nThe gate was shut.", []string{"Bomb destroys ferry terminal in Port Arvel", "The gate was shut"}},
		{"two long clauses", "The port authority closed all four gates on Monday, and the ferry company sent its passengers home by bus.",
			[]string{"The port authority closed all four gates on Monday", "the ferry company sent its passengers home by bus"}},
		{"a shared subject", "[s:Varn] met the families on Monday and [cue:said] [c:the gate was shut].", []string{"Varn met the families on Monday"}},
		{"a subject shared with the cue", "[s:She] [cue:denied] [c:the charge] and left the harbour early on Monday.", []string{"She | left the harbour early on Monday"}},
		{"in passing", "[s:Varn, who fled to Tormark last year,] [cue:said] [c:the gate was shut].", []string{"who fled to Tormark last year"}},
		{"behind the attribution", "[s:Varn] [cue:said] [c:the gate was shut], but the police found it open on Monday.", []string{"the police found it open on Monday"}},
		{"quoted and nobody's", "“We were all asleep when it came.”", nil},
		{"a quoted word", "The “liberators” burned the harbour.", []string{"The “liberators” burned the harbour"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			if got := claims(t, test.text); !slices.Equal(got, test.want) {
				t.Errorf("the claims are %q, not %q", got, test.want)
			}
		})
	}
}

func TestMarksMustNotBeKept(t *testing.T) {
	var r voice.Reader
	var tr tree.Tree
	d := readingtest.Parse(t, "The gate was shut. Nobody opened it.")
	tr.Reset(d)
	marks := make([]voice.Mark, len(d.Tokens))
	first := len(r.Read(d, &tr, marks))
	for i := range marks {
		marks[i] = voice.Content
	}
	if second := len(r.Read(d, &tr, marks)); first != 2 || second != 0 {
		t.Errorf("%d claims, and %d when all is attributed; 2 and 0 were expected", first, second)
	}
	r.Read(new(text.Doc), new(tree.Tree), nil)
}

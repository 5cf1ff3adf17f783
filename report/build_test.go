package report_test

import (
	"cmp"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"hearsay/ledger"
)

// claim is a claim of a hand-made ledger, by the words of the text. Source, cue
// and channel are those nearest to the content.
type claim struct {
	key, within          string
	content              string // pieces are parted by |
	source, cue, channel string
	kind                 ledger.SourceKind
	naming               ledger.Naming
	manner               ledger.Manner
	speaker              string // an entity's name
}

type builder struct {
	t testing.TB
	l *ledger.Ledger
}

// build makes a ledger of the text in testdata.
func build(t testing.TB, file string, document ledger.Document, entities []ledger.Entity, claims []claim) *ledger.Ledger {
	t.Helper()
	text, err := os.ReadFile(filepath.Join("testdata", file))
	if err != nil {
		t.Fatal(err)
	}
	document.Text = string(text)
	b := builder{t, &ledger.Ledger{Hearsay: ledger.Version, Document: document}}
	b.sentences()
	for i, e := range entities {
		e.ID = fmt.Sprintf("e%d", i+1)
		for _, name := range append([]string{e.Name}, e.Aliases...) {
			e.Mentions = append(e.Mentions, ledger.Mention{Span: b.nearest(name, 0, 0)})
		}
		slices.SortFunc(e.Mentions, func(a, b ledger.Mention) int { return cmp.Compare(a.Start, b.Start) })
		b.l.Entities = append(b.l.Entities, e)
	}
	b.claims(claims)
	if err := b.l.Validate(); err != nil {
		t.Fatalf("%s: %v", file, err)
	}
	return b.l
}

// sentence is good enough for the texts of these tests.
var sentence = regexp.MustCompile(`[^\s].*?([.?!:][”"]?( |\n|$)|\n)`)

func (b *builder) sentences() {
	text := b.l.Document.Text
	for i, at := range sentence.FindAllStringIndex(text, -1) {
		end := at[0] + len(strings.TrimSpace(text[at[0]:at[1]]))
		b.l.Sentences = append(b.l.Sentences, ledger.Sentence{ID: fmt.Sprintf("s%d", i+1), Span: ledger.Span{Start: at[0], End: end}})
	}
}

func (b *builder) claims(claims []claim) {
	ids := map[string]string{}
	var list []ledger.Claim
	for _, k := range claims {
		c := ledger.Claim{Manner: k.manner, Within: k.within}
		at := 0
		for words := range strings.SplitSeq(k.content, "|") {
			p := ledger.Piece{Span: b.after(words, at)}
			at = p.End
			c.Content = append(c.Content, p)
		}
		near, last := c.Content[0].Start, c.Content[len(c.Content)-1].End
		for _, s := range b.l.Sentences {
			if s.Start <= near && near < s.End {
				c.Sentence = s.ID
			}
		}
		if k.naming != "" {
			c.Source = &ledger.Source{Naming: k.naming, Kind: k.kind}
			if k.source != "" {
				c.Source.Span = b.nearest(k.source, near, last)
			}
			if k.speaker != "" {
				c.Source.Speaker = b.entity(k.speaker)
				c.Source.Entity = c.Source.Speaker
			}
		}
		if k.cue != "" {
			c.Cue = &ledger.Piece{Span: b.nearest(k.cue, near, last)}
		}
		if k.channel != "" {
			c.Channel = &ledger.Piece{Span: b.nearest(k.channel, near, last)}
		}
		c.ID = k.key
		list = append(list, c)
	}
	slices.SortStableFunc(list, func(a, b ledger.Claim) int { return cmp.Compare(a.Content[0].Start, b.Content[0].Start) })
	for i := range list {
		id := fmt.Sprintf("c%d", i+1)
		if list[i].ID != "" {
			ids[list[i].ID] = id
		}
		list[i].ID = id
	}
	for i := range list {
		if w := list[i].Within; w != "" {
			list[i].Within = ids[w]
		}
	}
	b.l.Claims = list
}

func (b *builder) entity(name string) string {
	for _, e := range b.l.Entities {
		if e.Name == name {
			return e.ID
		}
	}
	b.t.Fatalf("no entity %q", name)
	return ""
}

func (b *builder) after(words string, from int) ledger.Span {
	b.t.Helper()
	i := strings.Index(b.l.Document.Text[from:], words)
	if i < 0 {
		b.t.Fatalf("%q is not in the text after byte %d", words, from)
	}
	return ledger.Span{Start: from + i, End: from + i + len(words)}
}

// nearest is where words stand nearest to the bytes from start to end.
func (b *builder) nearest(words string, start, end int) ledger.Span {
	b.t.Helper()
	away := func(s ledger.Span) int { return max(start-s.End, s.Start-end, 0) }
	best := b.after(words, 0)
	for s := best; ; {
		i := strings.Index(b.l.Document.Text[s.End:], words)
		if i < 0 {
			return best
		}
		s = ledger.Span{Start: s.End + i, End: s.End + i + len(words)}
		if !whole(b.l.Document.Text, s) {
			continue
		}
		if !whole(b.l.Document.Text, best) || away(s) < away(best) {
			best = s
		}
	}
}

// whole reports whether s does not begin or end inside a word.
func whole(text string, s ledger.Span) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:s.Start])
	after, _ := utf8.DecodeRuneInString(text[s.End:])
	return !unicode.IsLetter(before) && !unicode.IsLetter(after)
}

// first is where words stand first in l's text.
func first(t testing.TB, l *ledger.Ledger, words string) ledger.Piece {
	t.Helper()
	return ledger.Piece{Span: (&builder{t, l}).after(words, 0)}
}

func ferry(t testing.TB) *ledger.Ledger {
	l := build(t, "ferry.txt", ledger.Document{
		ID: "ferry", URL: "https://vester.example/news/ferry?id=1&page=2", Title: "Ferry to Holm Island runs aground", Byline: []string{"Maja Lund"},
		Site: "Vester Courier", Published: "2031-05-04", Language: "en",
	}, []ledger.Entity{
		{Type: ledger.TypePerson, Name: "Tove Anker", Roles: []string{"schoolteacher"}},
		{Type: ledger.TypePerson, Name: "Jens Orre", Aliases: []string{"Orre"}, Roles: []string{"captain"}},
		{Type: ledger.TypePerson, Name: "Ingrid Falk", Roles: []string{"head of the Vester Line"}},
		{Type: ledger.TypeOrganization, Name: "The maritime board"},
	}, []claim{
		{content: "The ferry Sela ran aground off Holm Island on Sunday morning with 212 passengers on board"},
		{content: "Nobody was killed", source: "the island's hospital", cue: "said", naming: ledger.NamingUnnamed, kind: ledger.KindOrganization, manner: ledger.MannerIndirect},
		{content: "eleven people were treated for broken bones"},
		{content: "“I saw the rocks and thought, this is where it ends,”", source: "Tove Anker, a schoolteacher who was on the upper deck", cue: "said", naming: ledger.NamingNamed, kind: ledger.KindPerson, manner: ledger.MannerDirect, speaker: "Tove Anker"},
		{content: "that the crew “had no idea where the life jackets were.”", source: "She", cue: "told", channel: "Radio Vester", naming: ledger.NamingNamed, kind: ledger.KindPerson, manner: ledger.MannerMixed, speaker: "Tove Anker"},
		{content: "that he had left the bridge", source: "Captain Jens Orre", cue: "denied", naming: ledger.NamingNamed, kind: ledger.KindPerson, manner: ledger.MannerIndirect, speaker: "Jens Orre"},
		{key: "mate", content: "a mate had told him the channel was clear", source: "he", cue: "said", channel: "In a statement read by his lawyer", naming: ledger.NamingNamed, kind: ledger.KindPerson, manner: ledger.MannerIndirect, speaker: "Jens Orre"},
		{within: "mate", content: "the channel was clear", source: "a mate", cue: "told", naming: ledger.NamingUnnamed, kind: ledger.KindPerson, manner: ledger.MannerIndirect},
		{content: "“I trusted the man at the radar,”", source: "Orre", cue: "wrote", naming: ledger.NamingNamed, kind: ledger.KindPerson, manner: ledger.MannerDirect, speaker: "Jens Orre"},
		{content: "the radar had been out of order since March", source: "Two crew members, who asked not to be named", cue: "said", naming: ledger.NamingUnnamed, kind: ledger.KindPerson, manner: ledger.MannerIndirect},
		{content: "The company|knew", cue: "reportedly", naming: ledger.NamingNone, manner: ledger.MannerIndirect},
		{content: "“We will publish every page of the log,”|“And if anyone in this house kept quiet about a broken radar, that person will answer for it.”", source: "Ingrid Falk, who heads the Vester Line", cue: "said", naming: ledger.NamingNamed, kind: ledger.KindPerson, manner: ledger.MannerDirect, speaker: "Ingrid Falk"},
		{content: "The maritime board|expects to take six months", source: "its spokesman", cue: "according to", naming: ledger.NamingUnnamed, kind: ledger.KindOrganization, manner: ledger.MannerIndirect, speaker: "The maritime board"},
		{content: "the wreck will be towed to Vester before the winter", cue: "It is believed that", naming: ledger.NamingNone, manner: ledger.MannerIndirect},
		{content: "The Sela was built in 1998 and carries half of the island's freight"},
	})
	at := func(words string) ledger.Piece { return first(t, l, words) }
	l.Claims[5].Certainty = &ledger.Certainty{Level: ledger.LevelCertain, Polarity: ledger.Denied, Score: -2.75}
	l.Claims[13].Certainty = &ledger.Certainty{Level: ledger.LevelProbable, Polarity: ledger.Affirmed, Score: 1.5}
	l.Dates = []ledger.Date{{Piece: at("Sunday morning"), Value: "2031-05-04"}, {Piece: at("since March"), Value: "2031-03/.."}, {Piece: at("six months")},
		{Piece: at("the winter"), Value: "2031-24"}, {Piece: at("1998"), Value: "1998"}}
	l.Figures = []ledger.Figure{
		{Piece: at("212 passengers"), Value: new(212.0), Unit: ledger.UnitCount, Of: "passengers", Claim: "c1", Incident: "i1"},
		{Piece: at("Nobody"), Value: new(0.0), Unit: ledger.UnitKilled, Claim: "c2", Incident: "i1"},
		{Piece: at("eleven people"), Value: new(11.0), Unit: ledger.UnitWounded, Of: "people", Claim: "c3", Incident: "i1"},
	}
	l.Claims[0].Incident, l.Claims[1].Incident, l.Claims[2].Incident = "i1", "i1", "i1"
	l.Incidents = []ledger.Incident{{ID: "i1", Type: ledger.ManMadeDisaster, Mentions: []ledger.Mention{{Span: at("ran aground").Span}}, Date: "2031-05-04",
		Killed: &ledger.Toll{Figures: []int{1}}, Wounded: &ledger.Toll{Low: 11, Best: 11, High: 11, Figures: []int{2}}}}
	for i, w := range []ledger.Worth{
		0:  {Checkworthiness: 0.81, Reasons: []ledger.Reason{ledger.ReasonFigure, ledger.ReasonEvent}},
		1:  {Checkworthiness: 0.81, Reasons: []ledger.Reason{ledger.ReasonFigure}},
		2:  {Checkworthiness: 0.64, Reasons: []ledger.Reason{ledger.ReasonFigure}},
		3:  {Checkworthiness: 0.04, Reasons: []ledger.Reason{ledger.ReasonPrivate}},
		4:  {Checkworthiness: 0.55, Reasons: []ledger.Reason{ledger.ReasonAccusation, ledger.ReasonSource}},
		5:  {Checkworthiness: 0.62, Reasons: []ledger.Reason{ledger.ReasonSource}},
		7:  {Checkworthiness: 0.48},
		9:  {Checkworthiness: 0.912, Reasons: []ledger.Reason{ledger.ReasonAccusation}},
		13: {Checkworthiness: 0.3, Reasons: []ledger.Reason{ledger.ReasonPrediction}},
		14: {Checkworthiness: 0.5, Reasons: []ledger.Reason{ledger.ReasonFigure, ledger.ReasonComparison}},
	} {
		l.Claims[i].Worth = w
	}
	l.Techniques = []ledger.Technique{
		{Span: at("this is where it ends").Span, Label: ledger.AppealToFear, Score: 0.61, Claim: "c4"},
		{Span: at("had no idea").Span, Label: ledger.Exaggeration, Score: 0.7, Claim: "c5"},
		{Span: at("We will publish every page of the log").Span, Label: ledger.Repetition, Score: 0.42, Claim: "c12"},
		{Span: at("every page").Span, Label: ledger.Exaggeration, Score: 0.5, Claim: "c12"},
		{Span: at("half of the island's freight").Span, Label: ledger.Exaggeration, Score: 0.33},
	}
	bow := ledger.Review{URL: "https://checks.example/ferry?a=1&b=2", Publisher: "The <Harbour> Check", Rating: "Mostly \"so\"", Published: "2031-05-06", ClaimReviewed: "Eleven people were hurt when a ferry ran aground."}
	l.Matches = []ledger.Match{
		{Claim: "c1", Review: bow, Score: 0.3, Level: ledger.MatchRelated},
		{Claim: "c1", Review: ledger.Review{URL: "javascript:alert(1)", ClaimReviewed: "A ferry sank in 1998."}, Score: 0.2, Level: ledger.MatchRelated},
		{Claim: "c3", Review: bow, Score: 0.9, Level: ledger.MatchLikely, Same: []ledger.Same{{Kind: "figure", Text: "Eleven"}, {Kind: "word", Text: "hurt"}}},
	}
	if err := l.Validate(); err != nil {
		t.Fatal(err)
	}
	return l
}

func quarry(t testing.TB) *ledger.Ledger {
	l := build(t, "quarry.txt", ledger.Document{Title: "Who opened the sluice at Marrow Quarry?", Published: "2031-11", Language: "en"}, []ledger.Entity{
		{Type: ledger.TypePlace, Name: "Marrow Quarry", Place: &ledger.Place{Lat: -12.5, Lon: 8.25, Country: "XA"}},
		{Type: ledger.TypePlace, Name: "Lower Dunmere"},
	}, []claim{
		{content: "Water from Marrow Quarry flooded forty houses in Lower Dunmere on Tuesday night"},
		{content: "the sluice was opened by hand", source: "Officials", cue: "say", naming: ledger.NamingUnnamed, kind: ledger.KindGovernment, manner: ledger.MannerIndirect},
		{content: "that somebody was paid to do it, and that the money came from abroad", source: "Sources close to the inquiry", cue: "believe", naming: ledger.NamingUnnamed, kind: ledger.KindUnknown, manner: ledger.MannerIndirect},
		{content: "that a foreign firm wants the land", cue: "It is said", naming: ledger.NamingNone, manner: ledger.MannerIndirect},
		{content: "The firm has|sent men to the valley twice this year", cue: "allegedly", naming: ledger.NamingNone, manner: ledger.MannerIndirect},
		{content: "to have seen a grey van", source: "many residents", cue: "claim", naming: ledger.NamingUnnamed, kind: ledger.KindGroup, manner: ledger.MannerIndirect},
		{content: "“They want us out,”", source: "one woman, who gave no name", cue: "said", naming: ledger.NamingUnnamed, kind: ledger.KindPerson, manner: ledger.MannerDirect},
		{key: "inn", content: "he had heard from a cousin that the police “already know who it was.”", source: "A man at the inn", cue: "said", naming: ledger.NamingUnnamed, kind: ledger.KindPerson, manner: ledger.MannerMixed},
		{key: "cousin", within: "inn", content: "that the police “already know who it was.”", source: "a cousin", cue: "heard from", naming: ledger.NamingUnnamed, kind: ledger.KindPerson, manner: ledger.MannerMixed},
		{within: "cousin", content: "who it was", source: "the police", cue: "already know", naming: ledger.NamingNamed, kind: ledger.KindGovernment, manner: ledger.MannerIndirect},
		{content: "The valley has been asking questions for years"},
		{content: "It is no coincidence that the flood came a week before the vote"},
		{content: "The council could not be reached"},
		{content: "Everything points to a plan"},
	})
	at := func(words string) ledger.Piece { return first(t, l, words) }
	l.Claims[11].Certainty = &ledger.Certainty{Level: ledger.LevelCertain, Polarity: ledger.Affirmed, Score: 3, Boosted: true}
	l.Claims[3].Certainty = &ledger.Certainty{Level: ledger.LevelUnknown, Polarity: ledger.Affirmed}
	l.Dates = []ledger.Date{{Piece: at("Tuesday night")}, {Piece: at("this year"), Value: "2031"}}
	l.Techniques = []ledger.Technique{
		{Span: at("Who opened the sluice at Marrow Quarry?").Span, Label: ledger.Doubt, Score: 0.9},
		{Span: at("It is said that a foreign firm wants the land").Span, Label: ledger.Obfuscation, Score: 0.31},
		{Span: at("It is no coincidence that the flood came a week before the vote").Span, Label: ledger.CausalOversimplification, Score: 0.8},
		{Span: at("no coincidence").Span, Label: ledger.Doubt, Score: 0.64},
	}
	l.Incidents = []ledger.Incident{{ID: "i1", Type: ledger.ManMadeDisaster, Mentions: []ledger.Mention{{Span: at("flooded").Span}, {Span: at("the flood").Span}},
		Places: []string{l.Entities[1].ID, l.Entities[0].ID}, Targets: []ledger.Party{{Piece: at("forty houses")}}, Means: []ledger.Piece{at("Water")},
		Attackers: []ledger.Party{{Piece: at("somebody"), Claim: "c3"}}, BlamedOn: []ledger.Party{{Piece: at("The firm"), Claim: "c5"}, {Piece: at("a foreign firm"), Claim: "c4", By: "e2"}},
		ClaimedBy: []ledger.Party{{Piece: at("They"), Claim: "c7"}}, DeniedBy: []ledger.Party{{Piece: at("The council")}}, Arrested: []ledger.Party{{Piece: at("A man"), Claim: "c8"}}}}
	if err := l.Validate(); err != nil {
		t.Fatal(err)
	}
	return l
}

func translation(t testing.TB) *ledger.Ledger {
	return build(t, "translation.txt", ledger.Document{ID: "kozan-7", URL: "javascript:alert(1)", Title: "Letter from Kōzan: what the mayor did & did not <say>", Byline: []string{"R. Óg", "-2+3"}, Site: "Brücke"}, []ledger.Entity{
		{Type: ledger.TypePerson, Name: "Aiko Tanabe (田辺愛子)", Roles: []string{"Mayor"}},
		{Type: ledger.TypePerson, Name: "Émile N'Guessan", Roles: []string{"deputy"}},
	}, []claim{
		{content: "«Le pont est sûr»", source: "Mayor Aiko Tanabe (田辺愛子)", cue: "told", naming: ledger.NamingNamed, kind: ledger.KindPerson, manner: ledger.MannerDirect, speaker: "Aiko Tanabe (田辺愛子)"},
		{content: "“橋は安全です。心配はいりません。何度も何度も検査をしました。”", source: "Mayor Aiko Tanabe (田辺愛子)", cue: "adding", naming: ledger.NamingNamed, kind: ledger.KindPerson, manner: ledger.MannerDirect, speaker: "Aiko Tanabe (田辺愛子)"},
		{content: "that she had “smiled”", source: "The daily Kōzan Asahi-no-Hikari", cue: "reported", naming: ledger.NamingNamed, kind: ledger.KindMedia, manner: ledger.MannerMixed},
		{key: "deputy", content: "engineers had told him that an inspector's report calls three of the cables “unsafe – beyond repair”", source: "he", cue: "said", naming: ledger.NamingNamed, kind: ledger.KindPerson, manner: ledger.MannerMixed, speaker: "Émile N'Guessan"},
		{key: "engineers", within: "deputy", content: "that an inspector's report calls three of the cables “unsafe – beyond repair”", source: "engineers", cue: "told", naming: ledger.NamingUnnamed, kind: ledger.KindPerson, manner: ledger.MannerMixed},
		{within: "engineers", content: "three of the cables “unsafe – beyond repair”", source: "an inspector's report", cue: "calls", naming: ledger.NamingUnnamed, kind: ledger.KindDocument, manner: ledger.MannerMixed},
		{content: "The report, 48 pages long, says so on page 3"},
		{content: "that \"the bridge will fall\"", source: "A post on the forum Brücke & Straße <bruecke.example>", cue: "claims", naming: ledger.NamingNamed, kind: ledger.KindMedia, manner: ledger.MannerMixed},
		{content: "its author goes by =SUM(A1)"},
		{content: "It has been read 12,000 times"},
	})
}

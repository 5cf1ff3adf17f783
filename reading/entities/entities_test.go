package entities_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hearsay/reading/entities"
	"hearsay/reading/internal/readingtest"
	"hearsay/reading/names"
	"hearsay/reading/tree"
	"hearsay/text"
)

// cast reads a text whose labels "source", "cue" and "content" make one
// attribution each time a cue comes.
func cast(t *testing.T, s string) (*text.Doc, []readingtest.Span, *entities.Cast) {
	t.Helper()
	d, spans := readingtest.Marked(t, s)
	var tr tree.Tree
	tr.Reset(d)
	var said []entities.Said
	source, content := readingtest.All(spans, "source"), readingtest.All(spans, "content")
	for i, cue := range readingtest.All(spans, "cue") {
		said = append(said, entities.Said{Source: source[i], Cue: cue, Content: content[i : i+1]})
	}
	return d, spans, new(entities.Reader).Read(d, &tr, named(t, d), said)
}

// named are the names that the program's own reader finds in d.
func named(t *testing.T, d *text.Doc) []entities.Named {
	t.Helper()
	m, err := names.Default()
	if err != nil {
		t.Fatal(err)
	}
	kinds := map[names.Type]entities.Kind{names.Person: entities.Person, names.Organization: entities.Organization, names.Place: entities.Place}
	var out []entities.Named
	for _, n := range names.NewReader(m).Read(d) {
		out = append(out, entities.Named{Range: n.Range, Kind: kinds[n.Type]})
	}
	return out
}

// meant is the name of the entity that the words r mean, "-" for nobody.
func meant(d *text.Doc, c *entities.Cast, r text.Range) string {
	name := "-"
	for _, m := range c.Mentions {
		if m.First >= r.First && m.End <= r.End && m.End == r.End && m.Entity >= 0 {
			name = d.Words(c.Entities[m.Entity].Name)
		}
	}
	return name
}

func TestPronounsAndDescriptions(t *testing.T) {
	for _, test := range []struct{ name, text string }{
		{"he is the man named last", "Davor Hesk met the families. [Davor Hesk:He] promised help."},
		{"she is the woman, although a man was named since", "Mrs. Varn praised Davor Hesk. [Varn:She] said that he had done well."},
		{"gender by given name", "Mirela Tosk knows Davor Hesk well. [Davor Hesk:He] bought coffee from her."},
		{"the object of a verb is not its subject", "Davor Hesk arrived late. Jens Aabel criticised [Davor Hesk:him]."},
		{"her husband is another", "Ilse Varn spoke first. [Ilse Varn:Her] husband waited outside. [Ilse Varn:She] thanked the crowd."},
		{"the minister is who was called so", "Interior Minister Davor Hesk arrived on Tuesday. Mayor Jens Aabel was there too. [Davor Hesk:The minister] gave no names."},
		{"a spokeswoman stays the same", "Runa Falk, a spokeswoman for the port, spoke to the press. [Runa Falk:The spokeswoman] gave no names."},
		{"the group is the group named", "The Free Coast Brigade sent a message. [Free Coast Brigade:The group] offered no evidence."},
		{"nor is it many groups, or a body that is no group", "The Free Coast Brigade sent a message. Davor Hesk fears extremist groups. The Port Authority closed the gate. [Free Coast Brigade:The group] offered no evidence."},
		{"the court is the court named", "The Arvel District Court met on Monday. [Arvel District Court:The court] heard three witnesses."},
		{"the company is the company named", "Morrow Lines Inc. runs the ferry. [Morrow Lines Inc.:The company] declined to comment."},
		{"its is the body's", "The Port Authority closed the gate. [Port Authority:Its] staff went home."},
		{"weather means nobody", "Davor Hesk arrived. [-:It] rained all day."},
		{"a man said to be something", "Jens Aabel is the director of the line. Ilse Varn knows him. [Jens Aabel:The director] resigned."},
		{"a role in apposition", "Colin Marr, an analyst at the Falk Group, was asked. [Colin Marr:The analyst] shrugged."},
		{"described before he is named", "[Leon Abrik:The spokesman] spoke for an hour. The spokesman, Leon Abrik, gave no names. He left."},
		{"named to a post", "Jens Aabel was named director of the line. Ilse Varn knows him. [Jens Aabel:The director] resigned."},
		{"the noun of a name", "The National Museum of Arvel opened on Monday. Ilse Varn came. [National Museum of Arvel:The museum] was full."},
		{"a rental company is another company than the one named", "Morrow Lines Inc. runs the ferry. [The rental company:The rental company] declined to comment."},
		{"a possessive before its owner", "In [Ilse Varn:her] first speech, Ilse Varn spoke of grief."},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, spans, c := cast(t, test.text)
			for _, s := range spans {
				if got := meant(d, c, s.Range); got != s.Label {
					t.Errorf("%q means %q, not %q", d.Words(s.Range), got, s.Label)
				}
			}
		})
	}
}

func TestNamesOfOneBearer(t *testing.T) {
	for _, test := range []struct{ name, text string }{
		{"surname", "President Vladen Puric spoke. [Vladen Puric:Puric] left."},
		{"title", "Vladen Puric spoke. Mr. [Vladen Puric:Puric] left."},
		{"acronym in brackets", "The Harbour Workers' Union ([Harbour Workers' Union:HWU]) met. The [Harbour Workers' Union:HWU] left."},
		{"acronym derived", "The National Transport Agency met. The [National Transport Agency:NTA] said nothing."},
		{"surname before the full name in the text", "[Anka Rovic:Rovic] rejects deal\n\nAnka Rovic rejected the deal on Monday."},
		{"two of one surname, by title", "Hanne Vik met Jens Vik. Mrs. [Hanne Vik:Vik] smiled. Mr. [Jens Vik:Vik] did not."},
		{"a surname that is a title", "Stephen King spoke. Mr. [Stephen King:King] left."},
		{"the end of a body's name", "The Valdrian Harbour Council met on Monday. The [Valdrian Harbour Council:Harbour Council] voted."},
		{"middle initial", "Colin B. Marr spoke. [Colin B. Marr:Colin Marr] left."},
		{"also known as", "Davor Hesk, also known as [Davor Hesk:Feryd Tarn], arrived. Mr. [Davor Hesk:Tarn] spoke."},
		{"another name in brackets", "Anka Rovic ([Anka Rovic:Lark]) was arrested on Monday."},
		{"accents", "Anka Rović spoke on Monday. Mrs. [Anka Rović:Rovic] left."},
		{"an initial for the first name", "Colin Marr spoke on Monday. On Tuesday [Colin Marr:C. Marr] left."},
		{"a spelling", "President Vladen Zelinsky spoke on Monday. Mr. [Vladen Zelinsky:Zelinskyy] left."},
		{"the Arabic article", "Shihab al-Tarni spoke on Monday. Mr. [Shihab al-Tarni:Tarni] left."},
		{"a country by any of its names", "Troops from the United States landed. The [United States:U.S.] said so. [United States:America] was proud."},
		{"a group with its letter", "Fighters of ISIS Khorasan Province came. [ISIS Khorasan Province:ISIS-K] claimed the attack."},
		{"and not the group that it is of", "Fighters of ISIS Khorasan Province came. The leaders of [Islamic State:Islamic State] denied it."},
		{"a surname that is a man's first name", "Ilse Warren spoke on Monday. [Ilse Warren:Warren] left."},
		{"a headline in capitals", "PORT ARVEL IS CLOSED\n\nSoldiers came to [Port Arvel:Port Arvel] on Monday. The mayor of Port Arvel left."},
		{"a name and its general noun", "Fighters of the Red Dawn came at night. The [Red Dawn:Red Dawn] group claimed the attack."},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, spans, c := cast(t, test.text)
			for _, s := range spans {
				if got := meant(d, c, s.Range); got != s.Label {
					t.Errorf("%q means %q, not %q", d.Words(s.Range), got, s.Label)
				}
			}
		})
	}
}

func TestKinds(t *testing.T) {
	for _, test := range []struct {
		text string
		want entities.Kind
	}{
		{"[x:Davor Hesk], 42, was arrested.", entities.Person},
		{"Witnesses saw Mr. [x:Tarn] there.", entities.Person},
		{"The [x:Ministry of Harbours] was closed.", entities.Government},
		{"The [x:Falk Foundation] paid for it.", entities.Organization},
		{"The [x:Seld Courier] printed the letter.", entities.Media},
		{"He lives in [x:Tormark]. She was born in [x:Tormark].", entities.Place},
		{"The news agency [x:Valdrex] had the story first.", entities.Media},
		{"The company, [x:Morrow Tarn], denied it.", entities.Organization},
		{"The [x:Blue Shore Brigade] claimed the attack.", entities.Group},
	} {
		d, spans, c := cast(t, test.text)
		found := false
		for _, m := range c.Mentions {
			if m.Range == spans[0].Range {
				found = true
				if k := c.Entities[m.Entity].Kind; k != test.want {
					t.Errorf("%q is of kind %d, not %d", d.Words(m.Range), k, test.want)
				}
			}
		}
		if !found {
			t.Errorf("%q is no mention", d.Words(spans[0].Range))
		}
	}
}

// TestAShipIsNobody: neither a person nor a body nor a place.
func TestAShipIsNobody(t *testing.T) {
	d, spans, c := cast(t, "The ferry [x:Linnet] ran aground. Davor Hesk saw it.")
	named := 0
	for _, m := range c.Mentions {
		if m.Form == entities.Name {
			named++
		}
		if m.Range == spans[0].Range {
			t.Errorf("%q is a mention", d.Words(m.Range))
		}
	}
	if named != 1 {
		t.Errorf("%d names, not the one of Davor Hesk", named)
	}
}

func TestSpeakers(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"who is whom it follows", "Ilse Varn, [source:who] [cue:said] [content:the gate was shut], left early.", []string{"Ilse Varn"}},
		{"a role before the name", "[source:Ministry spokesman Leon Abrik] [cue:said] [content:the gate was shut].", []string{"Leon Abrik"}},
		{"nobody known", "[source:He] [cue:said] [content:the gate was shut].", []string{"-"}},
		{"the same description again", "[source:A senior aide] [cue:said] [content:the gate was shut]. [source:The aide] [cue:added] [content:that it would open].",
			[]string{"A senior aide", "A senior aide"}},
		{"who speaks is not spoken of", "[source:Davor Hesk] [cue:said] [content:the gate was shut]. “[content:The captain knew, or he did not want to know],” [source:he] [cue:said].",
			[]string{"Davor Hesk", "Davor Hesk"}},
		{"speaking on", "[source:Davor Hesk] [cue:said] [content:the gate was shut]. Jens Aabel stood beside him. “[content:It will open],” [source:he] [cue:said].",
			[]string{"Davor Hesk", "Davor Hesk"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, _, c := cast(t, test.text)
			var got []string
			for _, s := range c.Speakers {
				name := "-"
				if s.Entity >= 0 {
					name = d.Words(c.Entities[s.Entity].Name)
				}
				got = append(got, name)
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("the speakers are %q, not %q", got, test.want)
			}
		})
	}
}

func TestRoles(t *testing.T) {
	for _, test := range []struct {
		name, text string
		want       []string
	}{
		{"a title before the name", "Interior Minister Davor Hesk arrived.", []string{"Interior Minister"}},
		{"in apposition, without whose it is", "Davor Hesk, a counterterrorism analyst at the Falk Group, arrived.", []string{"counterterrorism analyst"}},
		{"an age is no role", "A 41-year-old teacher, Davor Hesk, arrived.", []string{"teacher"}},
		{"to be a man is none", "Davor Hesk, a man of 41, arrived.", nil},
		{"named to a post", "Davor Hesk was named director.", []string{"director"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			d, _, c := cast(t, test.text)
			var got []string
			for _, r := range c.Roles {
				if !r.Plain && d.Words(c.Entities[r.Entity].Name) == "Davor Hesk" {
					got = append(got, d.Words(r.Range))
				}
			}
			if !slices.Equal(got, test.want) {
				t.Errorf("%q, not %q", got, test.want)
			}
		})
	}
}

// TestTwoOfOneName: one name, two bearers.
func TestTwoOfOneName(t *testing.T) {
	for _, s := range []string{
		"[a:Hanne Vik] met [b:Jens Vik].",
		"The [a:Port Authority] met the [b:Road Authority].",
		"[a:Islamic State] denied that [b:ISIS Khorasan Province] had claimed it.",
	} {
		_, spans, c := cast(t, s)
		var of []int32
		for _, x := range spans {
			for _, m := range c.Mentions {
				if m.Range == x.Range {
					of = append(of, m.Entity)
				}
			}
		}
		if len(of) != 2 || of[0] < 0 || of[1] < 0 || of[0] == of[1] {
			t.Errorf("%q: the two are %v", s, of)
		}
	}
}

// TestWhoWroteIt: "I" outside every quotation is one, and nobody named.
func TestWhoWroteIt(t *testing.T) {
	d, spans, c := cast(t, "[a:I] met Davor Hesk. He told [a:me] so. [b:We] left.")
	of := map[string]map[int32]bool{"a": {}, "b": {}}
	for _, x := range spans {
		for _, m := range c.Mentions {
			if m.Range == x.Range {
				of[x.Label][m.Entity] = true
				if m.Entity < 0 || c.Entities[m.Entity].Named {
					t.Errorf("%q means %d", d.Words(x.Range), m.Entity)
				}
			}
		}
	}
	if len(of["a"]) != 1 || len(of["b"]) != 1 || maps.Equal(of["a"], of["b"]) {
		t.Errorf("I and we are %v", of)
	}
}

// TestWhateverIsGiven holds what is true of every Cast, whatever the text, the
// names and the attributions, and that a Reader used before finds the same.
func TestWhateverIsGiven(t *testing.T) {
	used := new(entities.Reader)
	words := []string{"Hesk", "Davor", "Mr.", "the", "The", "minister", "group", "(", ")", ",", ".", "he", "she", "they", "it", "I", "we", "who", "also", "known",
		"as", "aka", "al-Tarn", "“", "”", "'s", "ISIS-K", "HWU", "Harbour", "Workers", "Union", "of", "said", "named", "director", "his", "Ünal", "-", "’"}
	tb := t
	rapid.Check(t, func(t *rapid.T) {
		d := readingtest.Parse(tb, strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 0, 40).Draw(t, "words"), " "))
		n := len(d.Tokens)
		ranges := func(label string) text.Range {
			first := rapid.IntRange(0, n-1).Draw(t, label)
			return text.Range{First: int32(first), End: int32(rapid.IntRange(first+1, min(n, first+6)).Draw(t, label+" end"))}
		}
		var named []entities.Named
		var said []entities.Said
		if n > 0 {
			for range rapid.IntRange(0, 6).Draw(t, "names") {
				named = append(named, entities.Named{Range: ranges("name"), Kind: rapid.SampledFrom([]entities.Kind{entities.Person, entities.Organization, entities.Place, entities.Unknown}).Draw(t, "kind")})
			}
			for range rapid.IntRange(0, 3).Draw(t, "attributions") {
				said = append(said, entities.Said{Source: ranges("source"), Cue: ranges("cue"), Content: []text.Range{ranges("content")}})
			}
		}
		var tr tree.Tree
		tr.Reset(d)
		c := used.Read(d, &tr, named, said)
		counts := make([]int32, len(c.Entities))
		for i, m := range c.Mentions {
			if m.Empty() || m.First < 0 || int(m.End) > n || m.Head < 0 || int(m.Head) >= n {
				t.Fatalf("mention %v is outside the text", m)
			}
			if i > 0 && c.Mentions[i-1].Head > m.Head {
				t.Fatalf("mentions out of order")
			}
			if m.Entity >= 0 {
				counts[m.Entity]++
			}
		}
		for e, x := range c.Entities {
			if x.Count != counts[e] {
				t.Fatalf("entity %d counts %d mentions and has %d", e, x.Count, counts[e])
			}
			if x.Name.Empty() || int(x.Name.End) > n {
				t.Fatalf("entity %d has the name %v", e, x.Name)
			}
		}
		if len(c.Speakers) != len(said) {
			t.Fatalf("%d speakers of %d attributions", len(c.Speakers), len(said))
		}
		fresh := new(entities.Reader).Read(d, &tr, named, said)
		if !slices.Equal(fresh.Speakers, c.Speakers) || !slices.Equal(means(fresh), means(c)) {
			t.Fatal("a Reader used before finds something else")
		}
	})
}

// means is whom each mention of a cast means.
func means(c *entities.Cast) []int32 {
	out := []int32{}
	for _, m := range c.Mentions {
		out = append(out, m.First, m.End, m.Entity)
	}
	return out
}

// TestFirstPerson has an attribution inside another one's content.
func TestFirstPerson(t *testing.T) {
	d, spans := readingtest.Marked(t, "“[outer:[inner source:I] [inner cue:believe] [inner:the gate was open]],” [outer cue:said] [outer source:Mirela Tosk].")
	var tr tree.Tree
	tr.Reset(d)
	c := new(entities.Reader).Read(d, &tr, named(t, d), []entities.Said{
		{Source: readingtest.One(spans, "inner source"), Cue: readingtest.One(spans, "inner cue"), Content: readingtest.All(spans, "inner")},
		{Source: readingtest.One(spans, "outer source"), Cue: readingtest.One(spans, "outer cue"), Content: readingtest.All(spans, "outer")},
	})
	for k, s := range c.Speakers {
		if s.Entity < 0 || d.Words(c.Entities[s.Entity].Name) != "Mirela Tosk" {
			t.Errorf("attribution %d is not spoken by Mirela Tosk", k)
		}
	}
	if c.Speakers[0].Literal >= 0 {
		t.Error("“I” is taken for a name")
	}
}

func TestAReaderForgetsTheTextBefore(t *testing.T) {
	var r entities.Reader
	var tr tree.Tree
	first := readingtest.Parse(t, "Davor Hesk met Ilse Varn.")
	tr.Reset(first)
	r.Read(first, &tr, named(t, first), nil)
	second := readingtest.Parse(t, "He met her.")
	tr.Reset(second)
	for _, m := range r.Read(second, &tr, named(t, second), nil).Mentions {
		if m.Entity >= 0 {
			t.Errorf("%q means someone of another text", second.Words(m.Range))
		}
	}
}

package sources_test

import (
	"testing"

	"hearsay/ledger"
	"hearsay/reading/internal/readingtest"
	"hearsay/reading/sources"
	"hearsay/reading/tree"
	"hearsay/text"
)

func TestJudge(t *testing.T) {
	for _, test := range []struct {
		text   string
		kind   ledger.SourceKind
		naming ledger.Naming
	}{
		{"[s:Davor Hesk] said the gate was shut.", ledger.KindPerson, ledger.NamingNamed},
		{"[s:Colin B. Marr, an analyst at the Falk Group,] said the gate was shut.", ledger.KindPerson, ledger.NamingNamed},
		{"[s:Ministry spokesman Leon Abrik] said the gate was shut.", ledger.KindPerson, ledger.NamingNamed},
		{"[s:Officials] said the gate was shut.", ledger.KindGovernment, ledger.NamingUnnamed},
		{"[s:US officials] said the gate was shut.", ledger.KindGovernment, ledger.NamingUnnamed},
		{"[s:A senior aide] said the gate was shut.", ledger.KindPerson, ledger.NamingUnnamed},
		{"[s:A person familiar with the matter] said the gate was shut.", ledger.KindPerson, ledger.NamingUnnamed},
		{"[s:A source close to the inquiry] said the gate was shut.", ledger.KindPerson, ledger.NamingUnnamed},
		{"[s:Sources] said the gate was shut.", ledger.KindGroup, ledger.NamingUnnamed},
		{"[s:Many] said the gate was shut.", ledger.KindGroup, ledger.NamingUnnamed},
		{"[s:Critics of the plan] said the gate was shut.", ledger.KindGroup, ledger.NamingUnnamed},
		{"[s:Protesters] said the gate was shut.", ledger.KindGroup, ledger.NamingUnnamed},
		{"[s:The ministry] said the gate was shut.", ledger.KindGovernment, ledger.NamingUnnamed},
		{"[s:The Russian army] said the gate was shut.", ledger.KindGovernment, ledger.NamingNamed},
		{"[s:Police] said the gate was shut.", ledger.KindGovernment, ledger.NamingUnnamed},
		{"[s:The Kremlin] said the gate was shut.", ledger.KindGovernment, ledger.NamingNamed},
		{"[s:Washington] said the gate was shut.", ledger.KindGovernment, ledger.NamingNamed},
		{"[s:A UN report] said the gate was shut.", ledger.KindDocument, ledger.NamingNamed},
		{"[s:The statistics] showed the gate was shut.", ledger.KindDocument, ledger.NamingUnnamed},
		{"[s:A poll] showed the gate was shut.", ledger.KindDocument, ledger.NamingUnnamed},
		{"[s:Local media] said the gate was shut.", ledger.KindMedia, ledger.NamingUnnamed},
		{"[s:The Seld Courier] said the gate was shut.", ledger.KindMedia, ledger.NamingNamed},
		{"[s:Reuters] said the gate was shut.", ledger.KindMedia, ledger.NamingNamed},
		{"[s:The company] said the gate was shut.", ledger.KindOrganization, ledger.NamingUnnamed},
		{"[s:The Falk Foundation] said the gate was shut.", ledger.KindOrganization, ledger.NamingNamed},
		{"[s:The family] said the gate was shut.", ledger.KindGroup, ledger.NamingUnnamed},
		{"[s:Republicans] said the gate was shut.", ledger.KindGroup, ledger.NamingUnnamed},
		{"[s:Hamas] said the gate was shut.", ledger.KindGroup, ledger.NamingNamed},
		{"[s:He] said the gate was shut.", ledger.KindPerson, ledger.NamingUnnamed},
		{"[s:They] said the gate was shut.", ledger.KindGroup, ledger.NamingUnnamed},
	} {
		d, spans := readingtest.Marked(t, test.text)
		var tr tree.Tree
		tr.Reset(d)
		j := sources.Judge(d, &tr, readingtest.One(spans, "s"))
		if j.Kind != test.kind || j.Naming != test.naming {
			t.Errorf("%q is %s/%s, not %s/%s", d.Words(spans[0].Range), j.Kind, j.Naming, test.kind, test.naming)
		}
	}
}

func TestNoSourceIsNoneInParticular(t *testing.T) {
	d := readingtest.Parse(t, "The gate was reportedly shut.")
	if j := sources.Judge(d, new(tree.Tree), text.Range{}); j != (sources.Judgement{Naming: ledger.NamingNone}) {
		t.Errorf("no source is judged %+v", j)
	}
}

func TestImpersonal(t *testing.T) {
	for _, test := range []struct {
		text string
		want bool
	}{
		{"[s:It] [cue:is said] that the gate was shut.", true},
		{"[s:It] [cue:has become clear] that the gate was shut.", true},
		{"[s:It] [cue:seems] that the gate was shut.", true},
		{"The company wrote to us. [s:It] [cue:said] that the gate was shut.", false},
		{"[s:He] [cue:is said] to have shut the gate.", false},
	} {
		d, spans := readingtest.Marked(t, test.text)
		var tr tree.Tree
		tr.Reset(d)
		if got := sources.Impersonal(d, &tr, readingtest.One(spans, "s"), readingtest.One(spans, "cue")); got != test.want {
			t.Errorf("%q: impersonal is %v", d.Text, got)
		}
	}
}

func TestSeveralSources(t *testing.T) {
	d, spans := readingtest.Marked(t, "[s:Ilse Varn and Davor Hesk] said the gate was shut.")
	var tr tree.Tree
	tr.Reset(d)
	if j := sources.Judge(d, &tr, spans[0].Range); !j.Several || j.Kind != ledger.KindGroup || j.Naming != ledger.NamingNamed {
		t.Errorf("two named people are judged %+v", j)
	}
}

func TestChannel(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"[s:Varn] [cue:said] in a statement [c:that the gate was shut].", "in a statement"},
		{"[s:The group] [cue:said] in a statement posted on its Telegram channel [c:that the gate was shut].", "in a statement posted on its Telegram channel"},
		{"[s:Varn] [cue:announced] in a televised speech on Saturday evening [c:that the gate was shut].", "in a televised speech"},
		{"[s:Varn] [cue:told reporters] [c:that the gate was shut].", "reporters"},
		{"[s:Varn] [cue:told] reporters [c:that the gate was shut].", "reporters"},
		{"[s:Varn] [cue:told] Reuters [c:that the gate was shut].", "Reuters"},
		{"“[c:The gate is shut],” [s:Varn] [cue:wrote] on Twitter.", "on Twitter"},
		{"“[c:The gate is shut],” [s:Varn] [cue:wrote on Facebook].", "on Facebook"},
		{"“[c:The gate is shut],” [cue:said] [s:Varn] in an interview with the Seld Courier.", "in an interview with the Seld Courier"},
		{"[s:Varn] [cue:said] by phone [c:that the gate was shut].", "by phone"},
		{"[s:Varn] [cue:said] through a spokesman [c:that the gate was shut].", "through a spokesman"},
		{"[s:Varn] [cue:said] at a rally [c:that the gate was shut].", "at a rally"},
		{"In a message sent to the newspaper, [s:the group] [cue:said] [c:the gate was shut].", "In a message sent to the newspaper"},
		{"[s:Varn] [cue:said in an interview on Monday] [c:that the gate was shut].", "in an interview"},
		{"[s:Varn] [cue:said] on Monday [c:that the gate was shut].", ""},
		{"[s:Varn] [cue:said] in response [c:that the gate was shut].", ""},
		{"[c:The gate was shut], [cue:according to] [s:a statement].", ""},
		{"[s:Varn] [cue:told] her husband [c:that the gate was shut].", ""},
		{"[s:Varn] [cue:spoke] in order [c:to calm the crowd].", ""},
	} {
		d, spans := readingtest.Marked(t, test.text)
		got := sources.Channel(d, 0, readingtest.One(spans, "s"), readingtest.One(spans, "cue"), readingtest.All(spans, "c"))
		if d.Words(got) != test.want {
			t.Errorf("%q: the channel is %q, not %q", d.Text, d.Words(got), test.want)
		}
	}
}

func TestManner(t *testing.T) {
	for _, test := range []struct {
		text string
		want ledger.Manner
	}{
		{"“[c:The gate is shut],” Varn [cue:said].", ledger.MannerDirect},
		{"[c:“The gate is shut,”] Varn [cue:said].", ledger.MannerDirect},
		{"Varn [cue:said] [c:that the gate was shut].", ledger.MannerIndirect},
		{"Varn [cue:said] [c:that the gate was “shut for good”].", ledger.MannerMixed},
		{"“Hesk [cue:says] [c:the gate is shut],” Varn wrote.", ledger.MannerIndirect},
		{"“Hesk [cue:says] [c:‘the gate is shut’],” Varn wrote.", ledger.MannerDirect},
	} {
		d, spans := readingtest.Marked(t, test.text)
		if got := sources.Manner(d, readingtest.One(spans, "cue"), readingtest.All(spans, "c")); got != test.want {
			t.Errorf("%q is %s, not %s", d.Text, got, test.want)
		}
	}
}

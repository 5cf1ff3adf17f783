package muc4

import (
	"reflect"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hearsay/ledger"
)

// key is a file of answers about invented events.
const key = `;;; a remark
0.  MESSAGE: ID                     DEV-MUC3-9001 (INVENTED)
1.  MESSAGE: TEMPLATE               1
2.  INCIDENT: DATE                  - 04 MAY 90
3.  INCIDENT: LOCATION              TESSALY: ORVANE (CITY): OLD PORT (NEIGHBORHOOD) / TESSALY: ORVANE (CITY)
4.  INCIDENT: TYPE                  BOMBING
9.  PERP: INDIVIDUAL ID             "GROUP OF MEN" / "MEN"
                                    ? "A BAKER"
10. PERP: ORGANIZATION ID           "ORVANE RIVER FRONT" / "ORF"
11. PERP: ORGANIZATION CONFIDENCE   CLAIMED OR ADMITTED / REPORTED AS FACT: "ORVANE RIVER FRONT" /
                                      "ORF"
21. HUM TGT: NUMBER                 2: "FISHERMEN"
                                    PLURAL: "CLERKS"
                                    ~5: "GUARDS"
23. HUM TGT: EFFECT OF INCIDENT     DEATH: "FISHERMEN"
                                    INJURY: "GUARDS" / "WATCHMEN"
                                    ? INJURY: "CLERKS"
24. HUM TGT: TOTAL NUMBER           9

0.  MESSAGE: ID                     DEV-MUC3-9001 (INVENTED)
1.  MESSAGE: TEMPLATE               2 (OPTIONAL)
2.  INCIDENT: DATE                  01 MAY 90 - 03 MAY 90
3.  INCIDENT: LOCATION              TESSALY
4.  INCIDENT: TYPE                  ATTACK
21. HUM TGT: NUMBER                 4: "MILLERS"
                                    PLURAL: "PILOTS"
23. HUM TGT: EFFECT OF INCIDENT     DEATH: "MILLERS"
                                    DEATH: "PILOTS"
24. HUM TGT: TOTAL NUMBER           7-

0.  MESSAGE: ID                     DEV-MUC3-9002 (INVENTED)
1.  MESSAGE: TEMPLATE               *
2.  INCIDENT: DATE                  *
`

func TestParseKey(t *testing.T) {
	got := ParseKey(key)
	if k, ok := got["DEV-MUC3-9002"]; !ok || len(k) != 0 {
		t.Errorf("the irrelevant report has %v", k)
	}
	want := []Template{
		{Number: "1", Types: []string{"BOMBING"}, Slots: [NumSlots][]Fill{
			Date:         {{Any: []string{"- 04 MAY 90"}}},
			Location:     {{Any: []string{"TESSALY: ORVANE (CITY): OLD PORT (NEIGHBORHOOD)", "TESSALY: ORVANE (CITY)"}}},
			Individual:   {{Any: []string{"GROUP OF MEN", "MEN"}}, {Optional: true, Any: []string{"A BAKER"}}},
			Organization: {{Any: []string{"ORVANE RIVER FRONT", "ORF"}}},
			Confidence:   {{Any: []string{"CLAIMED OR ADMITTED", "REPORTED AS FACT"}, Of: []string{"ORVANE RIVER FRONT", "ORF"}}},
			Killed:       {{Any: []string{"2"}}},
			Wounded:      {{Any: []string{"5-"}}},
		}},
		{Number: "2", Optional: true, Types: []string{"ATTACK"}, Slots: [NumSlots][]Fill{
			Date:     {{Any: []string{"01 MAY 90 - 03 MAY 90"}}},
			Location: {{Any: []string{"TESSALY"}}},
			Killed:   {{Any: []string{"7-"}}},
		}},
	}
	if !reflect.DeepEqual(got["DEV-MUC3-9001"], want) {
		t.Errorf("got  %+v\nwant %+v", got["DEV-MUC3-9001"], want)
	}
}

func TestMatch(t *testing.T) {
	for _, c := range []struct {
		slot          Slot
		key, response string
		want          Credit
	}{
		{Date, "03 MAY 90", "03 MAY 90", Correct},
		{Date, "03 MAY 90", "3 MAY 90", Correct},
		{Date, "03 MAY 90", "04 MAY 90", Wrong},
		{Date, "- 04 MAY 90", "- 04 MAY 90", Correct},
		{Date, "- 04 MAY 90", "- 05 MAY 90", Wrong},
		{Date, "- 04 MAY 90", "02 MAY 90", Partial},
		{Date, "- 04 MAY 90", "02 JAN 90", Wrong},
		{Date, "01 MAY 90 - 03 MAY 90", "02 MAY 90", Partial},
		{Date, "01 MAY 90 - 03 MAY 90", "04 MAY 90", Wrong},
		{Location, "TESSALY: ORVANE (CITY)", "TESSALY: ORVANE", Correct},
		{Location, "TESSALY: ORVANE (CITY)", "ORVANE", Correct},
		{Location, "TESSALY: ORVANE (CITY): OLD PORT (NEIGHBORHOOD)", "TESSALY: ORVANE", Partial},
		{Location, "TESSALY: ORVANE (CITY)", "TESSALY: KELDA", Partial},
		{Location, "TESSALY", "TESSALY: KELDA", Partial},
		{Location, "TESSALY: ORVANE (CITY) - KELDA (TOWN)", "TESSALY: KELDA", Correct},
		{Location, "TESSALY: ORVANE (CITY)", "MORVIA: KELDA", Wrong},
		{Individual, "MEN", "THE MEN", Correct},
		{Individual, "MEN", "THREE ARMED MEN", Correct},
		{Individual, "HEAVILY ARMED MEN", "MEN", Partial},
		{Individual, "GROUP OF ARMED MEN", "ARMED MEN", Partial},
		{Individual, "ANNA MIRELA VOSS", "VOSS", Partial},
		{Individual, "MEN", "WOMEN", Wrong},
		{Organization, "ORF", "ORF GUERRILLAS", Partial},
		{Confidence, "SUSPECTED OR ACCUSED", "SUSPECTED OR ACCUSED BY AUTHORITIES", Partial},
		{Confidence, "POSSIBLE", "REPORTED AS FACT", Wrong},
		{Killed, "5", "5", Correct},
		{Killed, "5", "6", Wrong},
		{Killed, "5-", "6", Partial},
		{Killed, "PLURAL", "2", Partial},
		{Killed, "PLURAL", "1", Wrong},
		{Killed, "~40", "42", Partial},
		{Killed, "4-6", "7", Wrong},
	} {
		k, r := Fill{Any: []string{c.key}}, Fill{Any: []string{c.response}}
		if c.slot == Confidence {
			k.Of, r.Of = []string{"ORF"}, []string{"THE ORF"}
		}
		if got := match(c.slot, k, r); got != c.want {
			t.Errorf("%v: %q beside %q earns %d, want %d", c.slot, c.response, c.key, got, c.want)
		}
	}
}

func fillsOf(values ...string) []Fill {
	var out []Fill
	for _, v := range values {
		if f, ok := parseFill(v); ok {
			out = append(out, f)
		}
	}
	return out
}

func TestCompare(t *testing.T) {
	for _, c := range []struct {
		name          string
		key, response []Fill
		want          Count
	}{
		{"alternatives", fillsOf(`"ORVANE FRONT" / "ORF"`), fillsOf(`"ORF"`), Count{Correct: 1}},
		{"optional and lacking", fillsOf(`? "MEN"`), nil, Count{}},
		{"optional and given", fillsOf(`? "MEN"`), fillsOf(`"MEN"`), Count{Correct: 1}},
		{"optional and another given", fillsOf(`? "MEN"`), fillsOf(`"CLERKS"`), Count{Spurious: 1}},
		{"wrong", fillsOf(`"MEN"`), fillsOf(`"CLERKS"`), Count{Incorrect: 1}},
		{"lacking", fillsOf(`"MEN"`, `"CLERKS"`), fillsOf(`"CLERKS"`), Count{Correct: 1, Missing: 1}},
		{"too much", fillsOf(`"MEN"`), fillsOf(`"CLERKS"`, `"MEN"`), Count{Correct: 1, Spurious: 1}},
		{"the best pairs", fillsOf(`"ARMED MEN"`, `"MEN"`), fillsOf(`"MEN"`, `"ARMED MEN"`), Count{Correct: 2}},
		{"null", fillsOf(`-`), nil, Count{}},
	} {
		if got := Compare(Individual, c.key, c.response); got != c.want {
			t.Errorf("%s: %+v, want %+v", c.name, got, c.want)
		}
	}
	other := Fill{Any: []string{"REPORTED AS FACT"}, Of: []string{"KELDA LEAGUE"}}
	if got := Compare(Confidence, fillsOf(`REPORTED AS FACT: "ORF"`), []Fill{other}); got != (Count{Incorrect: 1}) {
		t.Errorf("a confidence in another organisation: %+v", got)
	}
}

func at(place, killed string) Template {
	var t Template
	t.Slots[Location], t.Slots[Killed] = fillsOf(place), fillsOf(killed)
	return t
}

func TestAlignment(t *testing.T) {
	key := []Template{at("TESSALY: ORVANE", "3"), at("TESSALY: KELDA", "5"), at("MORVIA", "9")}
	key[2].Optional = true
	response := []Template{at("TESSALY: KELDA", "5"), at("TESSALY: ORVANE", "4"), at("LURIA", "1")}
	var s Score
	s.Add(key, response)
	if s.Pairs != 2 || s.Missing != 0 || s.Spurious != 1 {
		t.Errorf("%d pairs, %d missing, %d spurious", s.Pairs, s.Missing, s.Spurious)
	}
	if got, want := s.All[Location], (Count{Correct: 2, Spurious: 1}); got != want {
		t.Errorf("location, all templates: %+v, want %+v", got, want)
	}
	if got, want := s.Matched[Killed], (Count{Correct: 1, Incorrect: 1}); got != want {
		t.Errorf("killed, matched templates: %+v, want %+v", got, want)
	}
	c := Total(&s.All)
	if c != (Count{Correct: 3, Incorrect: 1, Spurious: 2}) {
		t.Errorf("all slots: %+v", c)
	}
	if r, p := c.Recall(), c.Precision(); r != 0.75 || p != 0.5 || c.F() != 0.6 {
		t.Errorf("recall %v, precision %v, F %v", r, p, c.F())
	}
	if half := (Count{Partial: 1}); half.Recall() != 0.5 || half.Precision() != 0.5 {
		t.Errorf("a partly correct filler is not half of one")
	}
}

// TestAssign compares the assignment with trying all.
func TestAssign(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		rows, columns := rapid.IntRange(0, 5).Draw(t, "rows"), rapid.IntRange(0, 5).Draw(t, "columns")
		earn := make([][]int, rows)
		for i := range earn {
			earn[i] = rapid.SliceOfN(rapid.IntRange(0, 4), columns, columns).Draw(t, "row")
		}
		var best func(i int, used []bool) int
		best = func(i int, used []bool) int {
			if i == rows {
				return 0
			}
			most := best(i+1, used)
			for j := range columns {
				if !used[j] {
					used[j] = true
					most = max(most, earn[i][j]+best(i+1, used))
					used[j] = false
				}
			}
			return most
		}
		got, seen := 0, make([]bool, columns)
		for i, j := range assign(earn, columns) {
			if j < 0 {
				continue
			}
			if seen[j] {
				t.Fatalf("column %d is given twice", j)
			}
			seen[j] = true
			got += earn[i][j]
		}
		if want := best(0, make([]bool, columns)); got != want {
			t.Fatalf("%v earns %d, want %d", earn, got, want)
		}
	})
}

func TestHeader(t *testing.T) {
	r := reports("DEV-MUC3-9001 (INVENTED)\n\n   ORVANE, 3 MAY 90 (ORVANE RADIO) -- [REPORT] [A CLERK] [TEXT] THE PORT\nIS OPEN.\n\n   FOG.\n\n\nDEV-MUC3-9002 (INVENTED)\n\n   KELDA, NO DATE -- FOG.\n")
	want := []Report{
		{ID: "DEV-MUC3-9001", Published: "1990-05-03", Text: "ORVANE, 3 MAY 90 (ORVANE RADIO) -- THE PORT IS OPEN.\n\nFOG.\n"},
		{ID: "DEV-MUC3-9002", Text: "KELDA, NO DATE -- FOG.\n"},
	}
	if !reflect.DeepEqual(r, want) {
		t.Errorf("got %+v", r)
	}
}

func TestRespond(t *testing.T) {
	const text = "ORVANE FRONT GUNMEN OF THE KELDA LEAGUE"
	piece := func(start, end int) ledger.Piece { return ledger.Piece{Span: ledger.Span{Start: start, End: end}} }
	l := &ledger.Ledger{
		Document: ledger.Document{Text: text, Published: "1990-05-04"},
		Entities: []ledger.Entity{
			{ID: "e1", Type: ledger.TypeOrganization, Name: "Orvane Front"},
			{ID: "e2", Type: ledger.TypePlace, Name: "Callao", Place: &ledger.Place{Country: "PE"}},
			{ID: "e3", Type: ledger.TypePlace, Name: "Peru", Place: &ledger.Place{Country: "PE"}},
			{ID: "e4", Type: ledger.TypePlace, Name: "Norway", Place: &ledger.Place{Country: "NO"}},
			{ID: "e5", Type: ledger.TypeOrganization, Name: "Kelda League", Mentions: []ledger.Mention{{Span: ledger.Span{Start: 27, End: 39}}}},
		},
		Claims: []ledger.Claim{
			{ID: "c1", Source: &ledger.Source{Kind: ledger.KindGovernment}, Certainty: &ledger.Certainty{Level: ledger.LevelPossible}},
		},
		Incidents: []ledger.Incident{
			{ID: "i1", Type: ledger.Attack, Date: "1990-05-03", Places: []string{"e2", "e3"}, Killed: &ledger.Toll{Best: 3},
				Attackers: []ledger.Party{{Piece: piece(13, 39)}},
				ClaimedBy: []ledger.Party{{Piece: piece(0, 12), Entity: "e1"}},
				BlamedOn:  []ledger.Party{{Piece: piece(0, 6), Entity: "e5", Claim: "c1"}}},
			{ID: "i2", Type: ledger.PeacefulProtest, Places: []string{"e2"}},
			{ID: "i3", Type: ledger.Attack, Places: []string{"e4"}},
			{ID: "i4", Type: ledger.Attack, Date: "1989-05-03", Places: []string{"e2"}},
			{ID: "i5", Type: ledger.Attack},
		},
	}
	got := Respond(l)
	if len(got) != 1 {
		t.Fatalf("%d templates: %+v", len(got), got)
	}
	want := [NumSlots][]Fill{
		Date:         {{Any: []string{"03 MAY 90"}}},
		Location:     {{Any: []string{"PERU: CALLAO"}}},
		Individual:   {{Any: []string{"GUNMEN OF THE KELDA LEAGUE"}}},
		Organization: {{Any: []string{"ORVANE FRONT"}}, {Any: []string{"KELDA LEAGUE"}}},
		Confidence: {{Any: []string{"CLAIMED OR ADMITTED"}, Of: []string{"ORVANE FRONT"}},
			{Any: []string{"SUSPECTED OR ACCUSED BY AUTHORITIES"}, Of: []string{"KELDA LEAGUE"}}},
		Killed: {{Any: []string{"3"}}},
	}
	for s := range NumSlots {
		if !reflect.DeepEqual(got[0].Slots[s], want[s]) {
			t.Errorf("%v: %+v, want %+v", s, got[0].Slots[s], want[s])
		}
	}
	if !slices.Equal(got[0].Types, []string{"ATTACK"}) {
		t.Errorf("types %v", got[0].Types)
	}
}

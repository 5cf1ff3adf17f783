package listing_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"hearsay/corpus/copies"
	"hearsay/corpus/incidents"
	"hearsay/ledger"
	"hearsay/store"
	"hearsay/store/listing"
)

// blast is an incident of which everything is told.
func blast() *incidents.Incident {
	nine, twenty := 9, 20
	return &incidents.Incident{ID: "00000000000000a1", Type: ledger.RemoteExplosive, Date: "2031-05-14",
		Place:     &incidents.Where{Name: "Ostravel", Lat: 1.5, Lon: -2, Country: "XK"},
		Articles:  []string{"a1", "a2", "a3"},
		Mentioned: []string{"a4"},
		Killed: &incidents.Toll{Low: 9, Best: 14, High: 17, Figures: []incidents.Statement{
			{Value: 9, Low: &nine, Article: "a1", Claim: "c1", Speaker: "police", Naming: ledger.NamingUnnamed, Published: "2031-05-14"},
			{Value: 9, Low: &nine, Article: "a2", Claim: "c1", Speaker: "The police", Naming: ledger.NamingUnnamed, Published: "2031-05-14"},
			{Value: 14, Article: "a3", Claim: "c2", Speaker: "Ana Tessel", Naming: ledger.NamingNamed, Published: "2031-05-15"},
			{Value: 2, Part: true, Article: "a3", Claim: "c3", Published: "2031-05-15"},
			{Value: 2, Part: true, Article: "a3", Claim: "c3", Published: "2031-05-15"},
			{Value: 17, Approximate: true, Article: "a3", Naming: ledger.NamingNone, Claim: "c4", Published: "2031-05-15"},
		}, Movement: []incidents.Moment{{Published: "2031-05-14", Low: 9, Best: 9, High: 9}, {Published: "2031-05-15", Low: 9, Best: 14, High: 17}}},
		Wounded: &incidents.Toll{Low: 20, Best: 20, High: 20, Figures: []incidents.Statement{
			{Value: 20, High: &twenty, Article: "a1", Published: "2031-05-14"}}},
		ClaimedBy: []incidents.Claimant{{Name: "Lantern Brigade", Articles: []string{"a3"}}},
		BlamedOn: []incidents.Accusation{{Name: "Northern Front", By: "Rade Velkan", Articles: []string{"a3"}},
			{Name: "smugglers", Articles: []string{"a2"}}},
		DeniedBy: []incidents.Claimant{{Name: "Northern Front", Articles: []string{"a3"}}},
		Support:  incidents.Support{Articles: 3, Origins: 2, Speakers: 1}, SameOrigin: [][]string{{"a1", "a2"}}}
}

func heads(id string) (listing.Head, error) {
	return map[string]listing.Head{"a1": {Published: "2031-05-14", Title: "Bomb\nkills \x1b[2Jnine"}, "a2": {Published: "2031-05-14"}, "a3": {Published: "2031-05-15", Title: "Fourteen dead"}}[id], nil
}

func TestIncidents(t *testing.T) {
	words := func(article, claim string) (string, error) {
		return map[string]string{"a3 c2": "14 people\nhad died"}[article+" "+claim], nil
	}
	for format, want := range map[string]string{
		listing.Text: `00000000000000a1  remote explosive/landmine/ied, 2031-05-14, Ostravel (XK)
  3 articles, 2 independent origins, 1 speaker
  of one origin: [1] [2]
  Killed: 14 (from 9 to 17)
    2031-05-14  at least 9  police  [1] c1 [2] c1
    2031-05-15  14          Ana Tessel  [3] c2
                “14 people had died”
    2031-05-15  2, a part   the article itself  [3] c3
    2031-05-15  about 17    nobody named  [3] c4
    over time: 9 on 2031-05-14; 14 (from 9 to 17) on 2031-05-15
  Wounded: 20
    2031-05-14  at most 20  the article itself  [1]
  Claimed by Lantern Brigade [3]
  Blamed on Northern Front, by Rade Velkan [3]
  Blamed on smugglers, by the article itself or nobody named [2]
  Denied by Northern Front [3]
  Reported in
    [1]  2031-05-14  a1  Bomb kills \x1b[2Jnine
    [2]  2031-05-14  a2
    [3]  2031-05-15  a3  Fourteen dead
  Mentioned in passing in
    [4]  no day      a4

000000000000000b  other, day unknown; put together by hand
  1 article, 1 independent origin, 0 speakers
  Reported in
    [1]  2031-05-14  a1  Bomb kills \x1b[2Jnine

`,
		listing.CSV: "id,type,date,place,country,lat,lon,killed_low,killed_best,killed_high,wounded_low,wounded_best,wounded_high,claimed_by,blamed_on,denied_by,articles,origins,speakers,reported_in,mentioned_in\n" +
			`00000000000000a1,remote explosive/landmine/ied,2031-05-14,Ostravel,XK,1.5,-2,9,14,17,20,20,20,Lantern Brigade,"Northern Front, by Rade Velkan; smugglers, by the article itself or nobody named",Northern Front,3,2,1,a1; a2; a3,a4` + "\n" +
			"000000000000000b,other,,,,,,,,,,,,,,,1,1,0,a1,\n",
		listing.JSONL: `{"id":"00000000000000a1","type":"remote explosive/landmine/ied","date":"2031-05-14","place":{"name":"Ostravel","lat":1.5,"lon":-2,"country":"XK"},` +
			`"articles":["a1","a2","a3"],"mentioned_in":["a4"],"killed":{"low":9,"best":14,"high":17,"figures":[` +
			`{"value":9,"low":9,"article":"a1","claim":"c1","speaker":"police","naming":"unnamed","published":"2031-05-14"},` +
			`{"value":9,"low":9,"article":"a2","claim":"c1","speaker":"The police","naming":"unnamed","published":"2031-05-14"},` +
			`{"value":14,"article":"a3","claim":"c2","speaker":"Ana Tessel","naming":"named","published":"2031-05-15"},` +
			`{"value":2,"part":true,"article":"a3","claim":"c3","published":"2031-05-15"},` +
			`{"value":2,"part":true,"article":"a3","claim":"c3","published":"2031-05-15"},` +
			`{"value":17,"approximate":true,"article":"a3","claim":"c4","naming":"none","published":"2031-05-15"}],` +
			`"over_time":[{"published":"2031-05-14","low":9,"best":9,"high":9},{"published":"2031-05-15","low":9,"best":14,"high":17}]},` +
			`"wounded":{"low":20,"best":20,"high":20,"figures":[{"value":20,"high":20,"article":"a1","published":"2031-05-14"}]},` +
			`"claimed_by":[{"name":"Lantern Brigade","articles":["a3"]}],"blamed_on":[{"name":"Northern Front","by":"Rade Velkan","articles":["a3"]},{"name":"smugglers","articles":["a2"]}],` +
			`"denied_by":[{"name":"Northern Front","articles":["a3"]}],"support":{"articles":3,"origins":2,"speakers":1},"same_origin":[["a1","a2"]]}` + "\n" +
			`{"id":"000000000000000b","type":"other","articles":["a1"],"support":{"articles":1,"origins":1,"speakers":0},"corrected":true}` + "\n",
	} {
		var b strings.Builder
		all := of(blast(), &incidents.Incident{ID: "000000000000000b", Type: ledger.OtherIncident, Articles: []string{"a1"},
			Support: incidents.Support{Articles: 1, Origins: 1}, Corrected: true})
		if n, err := listing.Incidents(&b, format, all, heads, words); n != 2 || err != nil {
			t.Errorf("%s: %d, %v", format, n, err)
		}
		if b.String() != want {
			t.Errorf("%s:\n%s\nwant\n%s", format, b.String(), want)
		}
	}
}

// TestIncidentsFail holds that a listing ends where an article cannot be looked up.
func TestIncidentsFail(t *testing.T) {
	broken := errors.New("broken")
	var b strings.Builder
	n, err := listing.Incidents(&b, listing.Text, of(blast(), blast()), func(string) (listing.Head, error) { return listing.Head{}, broken }, nil)
	if n != 0 || !errors.Is(err, broken) || b.Len() > 0 {
		t.Errorf("%d, %v, %q", n, err, b.String())
	}
}

func TestCopies(t *testing.T) {
	groups := func(yield func(copies.Group, error) bool) {
		yield(copies.Group{Articles: []string{"a1", "a2", "a3"}, First: "a1",
			Copies: []copies.Copy{{Article: "a2", Of: "a1", Change: copies.Reprinted}, {Article: "a3", Of: "a1", Change: copies.Edited}}}, nil)
	}
	for format, want := range map[string]string{
		listing.Text: `3 articles of one origin
  2031-05-14  a1  Bomb kills \x1b[2Jnine
  2031-05-14  a2  (reprinted from a1, or the other way round)
  2031-05-15  a3  Fourteen dead  (edited from a1)

`,
		listing.CSV: "first,article,published,title,url,of,change\n" +
			"a1,a1,2031-05-14,\"Bomb\nkills \x1b[2Jnine\",,,\na1,a2,2031-05-14,,,a1,reprinted\na1,a3,2031-05-15,Fourteen dead,,a1,edited\n",
		listing.JSONL: `{"articles":["a1","a2","a3"],"first":"a1","copies":[{"article":"a2","of":"a1","change":"reprinted"},{"article":"a3","of":"a1","change":"edited"}]}` + "\n",
	} {
		var b strings.Builder
		if n, err := listing.Copies(&b, format, groups, heads); n != 1 || err != nil {
			t.Errorf("%s: %d, %v", format, n, err)
		}
		if b.String() != want {
			t.Errorf("%s:\n%s\nwant\n%s", format, b.String(), want)
		}
	}
}

func TestCorrections(t *testing.T) {
	made := time.Date(2031, 5, 20, 16, 4, 5, 0, time.FixedZone("", 3600))
	for format, want := range map[string]string{
		listing.Text: `  1  2031-05-20 15:04  merged 00000000000000a1, 000000000000000b into 00000000000000a1
 12  2031-05-20 15:04  split a1, a2 off 00000000000000a1 into 00000000000000a1 and 00000000000000c2
`,
		listing.CSV: "number,made,correction,incidents,articles,into\n1,2031-05-20T15:04:05Z,merge,00000000000000a1; 000000000000000b,,00000000000000a1\n" +
			"12,2031-05-20T15:04:05Z,split,00000000000000a1,a1; a2,00000000000000a1; 00000000000000c2\n",
		listing.JSONL: `{"number":1,"made":"2031-05-20T15:04:05Z","correction":"merge","incidents":["00000000000000a1","000000000000000b"],"into":["00000000000000a1"]}` + "\n" +
			`{"number":12,"made":"2031-05-20T15:04:05Z","correction":"split","incidents":["00000000000000a1"],"articles":["a1","a2"],"into":["00000000000000a1","00000000000000c2"]}` + "\n",
	} {
		var b strings.Builder
		if n, err := listing.Corrections(&b, format, of(
			&store.Correction{Number: 1, Made: made, Incidents: []string{"00000000000000a1", "000000000000000b"}, Into: []string{"00000000000000a1"}},
			&store.Correction{Number: 12, Split: true, Made: made, Incidents: []string{"00000000000000a1"}, Articles: []string{"a1", "a2"},
				Into: []string{"00000000000000a1", "00000000000000c2"}})); n != 2 || err != nil {
			t.Errorf("%s: %d, %v", format, n, err)
		}
		if b.String() != want {
			t.Errorf("%s:\n%s\nwant\n%s", format, b.String(), want)
		}
	}
}

// TestLongIncidents holds that a listing prints the ends of what is long and looks up no
// more, while an incident printed by itself is printed whole.
func TestLongIncidents(t *testing.T) {
	n := &incidents.Incident{ID: "00000000000000a1", Type: ledger.Attack, Killed: &incidents.Toll{}, ClaimedBy: []incidents.Claimant{{Name: "Front"}}}
	for i := range 50 {
		id := fmt.Sprint("a", i+1)
		n.Articles = append(n.Articles, id)
		n.Killed.Figures = append(n.Killed.Figures, incidents.Statement{Value: i, Article: id})
		n.ClaimedBy[0].Articles = append(n.ClaimedBy[0].Articles, id)
	}
	n.Support.Articles = 50
	looked := 0
	counting := func(id string) (listing.Head, error) {
		looked++
		return listing.Head{}, nil
	}
	var b strings.Builder
	if _, err := listing.Incidents(&b, listing.Text, of(n), counting, nil); err != nil {
		t.Fatal(err)
	}
	const left = "    … 30 more; hearsay incidents show 00000000000000a1 prints all\n"
	if got := b.String(); looked != 20 || strings.Count(got, left) != 2 || !strings.Contains(got, "[10] … 30 more … [41]") ||
		!strings.Contains(got, "    [10]  no day      a10\n"+left+"    [41]  no day      a41\n") {
		t.Errorf("%d looked up\n%s", looked, got)
	}
	b.Reset()
	if _, err := listing.Incidents(&b, listing.Text, of(n), counting, func(string, string) (string, error) { return "", nil }); err != nil {
		t.Fatal(err)
	}
	if strings.Contains(b.String(), "more") || strings.Count(b.String(), "no day") != 100 {
		t.Errorf("%s", b.String())
	}
}

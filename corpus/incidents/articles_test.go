package incidents_test

import (
	"context"
	"slices"
	"strings"
	"testing"

	"hearsay/article"
	"hearsay/corpus/incidents"
	"hearsay/reading"
)

// week is a week of invented news of a war: one town, an attack nearly each day, figures that grow, and politics around it.
var week = []article.Article{
	{ID: "a1", Published: "2031-05-06", Title: "Four killed as shells hit Zinder bakery", Text: `Shells hit a bakery in Zinder on Monday and killed four people, the town's mayor said.
The shelling began before dawn and lasted an hour. Rescuers searched the ruins of the bakery on Hassan Street for others. Mayor Adan Berro blamed the Karsh Front for the shelling.`},
	{ID: "a2", Published: "2031-05-07", Title: "Toll of Zinder bakery shelling rises to seven", Text: `Seven people are now known to have died in Monday's shelling of a bakery in Zinder, the regional hospital said on Wednesday.
Three of the wounded died overnight. The Karsh Front denied that it had shelled the town. The bakery on Hassan Street was destroyed.`},
	{ID: "b1", Published: "2031-05-08", Title: "Missile strikes market in Zinder", Text: `A missile struck a market in Zinder on Wednesday, killing 12 people and wounding 30, officials said.
The missile hit the cattle market at noon, when it was full. Witnesses spoke of two blasts. The interior minister, Ema Tolv, said the missile was fired from across the river.`},
	{ID: "b2", Published: "2031-05-09", Title: "Fifteen dead after missile strike on Zinder cattle market", Text: `At least 15 people died when a missile struck the cattle market in Zinder on Wednesday, the interior ministry said on Friday.
Interior Minister Ema Tolv visited the market and called the missile strike a crime. Thirty-four people were wounded.`},
	{ID: "c1", Published: "2031-05-09", Title: "Drone hits fuel depot near Zinder", Text: `A drone strike on a fuel depot near Zinder killed two soldiers on Thursday, the army said.
The depot burned through the night. It was the third attack on the town this week.`},
	{ID: "d1", Published: "2031-05-11", Title: "Zinder buries its dead after a week of fire", Text: `Thousands walked behind the coffins through Zinder on Saturday. The market was hit by a missile on Wednesday and 15 people were killed. On Monday shells had killed seven people in a bakery.`},
	{ID: "e1", Published: "2031-05-09", Title: "Ministers meet in Geneva over the river war", Text: `Foreign ministers of the river states signed a truce in Geneva on Thursday after two days of talks. Foreign Minister Oda Brask said the truce would hold if both sides wished it.`},
	{ID: "e2", Published: "2031-05-10", Title: "Truce signed in Geneva is broken within hours", Text: `The truce that was signed in Geneva on Thursday was broken within hours, Foreign Minister Oda Brask said. The ministers are to meet again in June.`},
	{ID: "f1", Published: "2031-05-09", Title: "Council of Niamey votes down water fees", Text: `The council of Niamey voted on Thursday against higher fees for water. Councillor Tarn Hollin said that the fees would have hurt the poor, and that Zinder had none.`},
}

func gatherAll(t *testing.T, articles []article.Article) *incidents.Memory {
	t.Helper()
	r, err := reading.New()
	if err != nil {
		t.Fatal(err)
	}
	m := &incidents.Memory{}
	x := incidents.Index{Shelf: m}
	for i := range articles {
		l, err := r.Read(&articles[i])
		if err != nil {
			t.Fatal(err)
		}
		must(t, x.Add(context.Background(), articles[i].ID, incidents.Records(articles[i].ID, l)))
	}
	return m
}

// TestAWeekOfWar holds that attacks on one town in one week are told apart, while what grows is one.
func TestAWeekOfWar(t *testing.T) {
	m := gatherAll(t, week)
	home := map[string]*incidents.Incident{}
	var lines []string
	for _, members := range m.Incidents() {
		n := incidents.Sum(members, nil)
		lines = append(lines, n.Date+" "+string(n.Type)+" "+strings.Join(n.Articles, ",")+" ("+strings.Join(n.Mentioned, ",")+")")
		for _, a := range n.Articles {
			home[a] = n
		}
	}
	t.Log("\n" + strings.Join(lines, "\n"))
	for _, pair := range []string{"a1 a2", "b1 b2", "e1 e2"} {
		a, b, _ := strings.Cut(pair, " ")
		if home[a] == nil || home[a] != home[b] {
			t.Errorf("%s are apart", pair)
		}
	}
	for _, pair := range []string{"a1 b1", "a1 c1", "b1 c1", "a1 e1", "b1 e1", "c1 e1", "e1 d1", "e1 f1"} {
		a, b, _ := strings.Cut(pair, " ")
		if home[a] != nil && home[a] == home[b] {
			t.Errorf("%s are one", pair)
		}
	}
	if n := home["a1"]; n.Killed == nil || n.Killed.High != 7 || n.Killed.Best != 7 || len(n.Killed.Movement) != 2 {
		t.Errorf("the bakery: %+v", n.Killed)
	} else if !slices.ContainsFunc(n.BlamedOn, func(a incidents.Accusation) bool { return a.Name == "Karsh Front" && a.By == "Adan Berro" }) {
		t.Errorf("the bakery is blamed on %+v", n.BlamedOn)
	}
	if n := home["b1"]; n.Killed == nil || n.Killed.Best != 15 {
		t.Errorf("the market: %+v", n.Killed)
	}
}

package incidents_test

import (
	"slices"
	"strings"
	"testing"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/reading"
)

// want is what an article is to yield of one incident. Empty fields are not
// compared, "-" stands for nothing.
type want struct {
	kind      string
	date      string
	place     string // the name of one of its places
	killed    string // low best high, or the best alone
	wounded   string
	claimed   string // names or words, joined by ", "
	blamed    string
	by        string // who blames
	denied    string
	arrested  string
	attackers string
	mentions  int // at least
}

// articles are of our own writing. Places and people are invented but for
// those of which the gazetteer is asked.
var articles = []struct {
	name      string
	published string
	text      string
	want      []want
}{
	{
		name: "one attack told in five sentences", published: "2023-05-11",
		text: `Gunmen attacked a bus station in Kaduna on Tuesday, killing 12 people and wounding 30, police said.
The attack began shortly after noon, witnesses said. It was the worst violence in the city for years.
The regional governor, Adan Berro, condemned the attack and promised that those behind it would be found.
The assault lasted an hour. The Karsh Liberation Front claimed responsibility for the attack in a statement.`,
		want: []want{{date: "2023-05-09", place: "Kaduna", killed: "12", wounded: "30", claimed: "Karsh Liberation Front", attackers: "Gunmen", mentions: 4}},
	},
	{
		name: "four attacks in one paragraph", published: "2023-05-11",
		text: `In January, the Karsh Front claimed responsibility for an attack on a wedding party in Mombasa that killed 14 people, and in March 2022 its militants claimed a suicide bombing at the embassy in Amman. In Bamako, the group claimed an assault on an army camp that killed 31 soldiers and wounded 8 others. In June 2021 a car bomb killed nine people in Lima.`,
		want: []want{
			{date: "2023-01", place: "Mombasa", killed: "14", claimed: "Karsh Front"},
			{kind: "suicide bomb", date: "2022-03", place: "Amman", killed: "-"},
			{place: "Bamako", killed: "31", wounded: "8"},
			{date: "2021-06", place: "Lima", killed: "9"},
		},
	},
	{
		name: "whose guerrillas they are", published: "2023-05-11",
		text: `Four soldiers were killed on Tuesday when Karsh Front guerrillas attacked a post near Tarvik. Two days later the guerrillas kidnapped a priest in Orvane.`,
		want: []want{{date: "2023-05-09", killed: "4", blamed: "Karsh Front"}, {blamed: "Karsh Front"}},
	},
	{
		name: "a bracket between a name and its people", published: "2023-05-11",
		text: `KLF [Karsh Liberation Front] guerrillas, who have claimed responsibility for the attack on the bridge at Tarvik on Tuesday, wounded three people.`,
		want: []want{{claimed: "Karsh Liberation Front"}},
	},
	{
		name: "a murder carried out by somebody", published: "2023-05-11",
		text: `The government condemned the murder of a judge, carried out by Karsh Front rebels in Tarvik on Tuesday.`,
		want: []want{{date: "2023-05-09", blamed: "Karsh Front"}},
	},
	{
		name: "a spokesman who claims for a body", published: "2023-05-11",
		text: `A bomb killed two people in Tarvik on Tuesday. A spokesman for the Karsh Front claimed responsibility for the attack.`,
		want: []want{{date: "2023-05-09", killed: "2", claimed: "Karsh Front"}},
	},
	{
		name: "a deed that came a day after another", published: "2023-05-11",
		text: `A grenade was thrown at a police post in Orvane on Wednesday, wounding three officers. The attack came a day after a car bomb killed 14 people at a market in Tarvik.`,
		want: []want{{kind: "grenade", date: "2023-05-10", killed: "-", wounded: "3"}, {kind: "remote explosive/landmine/ied", date: "-", killed: "14", wounded: "-"}},
	},
	{
		name: "more than some are not some more", published: "2023-05-11",
		text: `A bomb exploded at a market in Tarvik on Tuesday. A doctor said that more than 40 people had been wounded. The ministry said that 31 people were wounded.`,
		want: []want{{wounded: "31 31 40"}},
	},
	{
		name: "a father's deed is not the son's", published: "2023-05-11",
		text: `A woman was shot dead in Tarvik on Tuesday, the police said. A young boy told investigators that his father shot her. "His father shot her," the boy said. The brother of Ada Venn shot a guard, a neighbour said.`,
		want: []want{{killed: "1", claimed: "-", blamed: "-"}},
	},
	{
		name: "those who have died since", published: "2023-05-11",
		text: `Prosecutors raised the number of dead of the bombing in Tarvik on Tuesday to 28. The health ministry said that five people had since died of their wounds.`,
		want: []want{{killed: "28 28 28"}},
	},
	{
		name: "those who died later are not all", published: "2023-05-11",
		text: `Two more people have died of their wounds after the car bomb in Tarvik on Tuesday, the health ministry said. The death toll now stands at 16.`,
		want: []want{{killed: "16 16 16"}},
	},
	{
		name: "a toll that rises", published: "2023-05-11",
		text: `At least 3 people were killed on Wednesday when a bomb exploded at a market in Tarvik, officials said.
By the evening the death toll had risen to 11, the health ministry said, and 25 people were wounded.`,
		want: []want{{date: "2023-05-10", killed: "11", wounded: "25"}},
	},
	{
		name: "one before it, told at the end of a sentence", published: "2023-05-11",
		text: `An explosion killed 23 people in Tarvik on Tuesday. The attack was the deadliest in the country since the bombing of the Maren railway station in November 2019, which killed 31 people. That bombing was also claimed by the Coast Brigade.`,
		want: []want{{date: "2023-05-09", killed: "23", claimed: "-"}, {date: "2019-11", killed: "31", claimed: "Coast Brigade"}},
	},
	{
		name: "one before it, the day of the article unknown",
		text: `An explosion killed 23 people in Tarvik on Tuesday. The attack was the deadliest in the country since the bombing of the Maren railway station in November 2019, which killed 31 people.`,
		want: []want{{date: "-", killed: "23"}, {date: "2019-11", killed: "31"}},
	},
	{
		name: "a claim, an accusation and a denial", published: "2023-05-11",
		text: `A rocket attack on the town of Orlo killed four people on Monday. President Ema Tolv accused the Northern League of carrying out the attack. The Northern League denied responsibility for the attack.`,
		want: []want{{date: "2023-05-08", killed: "4", blamed: "Northern League", by: "Ema Tolv", denied: "Northern League"}},
	},
	{
		name: "arrests", published: "2023-05-11",
		text: `Police have arrested two men over the shooting of a student in Velm last Thursday. The student died in hospital. The suspects are to appear in court on Friday.`,
		want: []want{{killed: "1", arrested: "two men"}},
	},
	{
		name: "a protest", published: "2023-05-11",
		text: `Thousands of teachers marched through Quito on Saturday to demand higher pay. The protest ended peacefully.`,
		want: []want{{kind: "peaceful protest", date: "2023-05-06", place: "Quito", killed: "-", mentions: 2}},
	},
	{
		name: "a crash", published: "2023-05-11",
		text: `A ferry capsized off Banjul early on Sunday, killing at least 40 people. The ferry, the Lady Amma, had been carrying twice as many passengers as allowed. Rescuers pulled 60 people from the water after the disaster.`,
		want: []want{{kind: "man-made disaster", date: "2023-05-07", killed: "40"}},
	},
	{
		name: "an earthquake", published: "2023-05-11",
		text: `A powerful earthquake struck southern Peru on Tuesday, killing 17 people and injuring more than 200. The quake destroyed hundreds of homes in the region of Arequipa.`,
		want: []want{{kind: "natural disaster", date: "2023-05-09", killed: "17", wounded: "200"}},
	},
	{
		name: "background after the news", published: "2023-05-11",
		text: `A suicide bomber blew himself up outside a mosque in Peshawar on Wednesday, killing six worshippers.
No group has claimed responsibility for the bombing.
In October 2019 gunmen stormed a college in Nairobi and killed 20 students. Two years earlier, in August 2017, a truck bomb in Mogadishu killed 50 people.`,
		want: []want{
			{kind: "suicide bomb", date: "2023-05-10", place: "Peshawar", killed: "6", claimed: "-"},
			{date: "2019-10", place: "Nairobi", killed: "20"},
			{date: "2017-08", place: "Mogadishu", killed: "50"},
		},
	},
	{
		name: "nothing has happened", published: "2023-05-11",
		text: `The embassy warned of the possibility of attacks in the coming weeks. Militants could attack hotels, it said. The group has vowed to launch attacks on foreign interests, and its attacks on convoys are well known. Police said they had no information about any attack.`,
		want: nil,
	},
	{
		name: "an opinion", published: "2023-05-11",
		text: `Every attack of this type serves those who wish to divide us. The massacre of 22 pilgrims in Tarvik on Friday was no exception, and whoever ordered the crime knew what he did. Such a bloody attack (22 dead) cannot be answered with words. Terrorist attacks on our cities will go on as long as governments look away.`,
		want: []want{{date: "2023-05-05", killed: "22", mentions: 3}},
	},
	{
		name: "two that look alike", published: "2023-05-11",
		text: `A car bomb killed three people in Beirut on Monday. A second car bomb killed five people in Tripoli on Tuesday. Both bombings were claimed by the Dawn Brigade.`,
		want: []want{
			{date: "2023-05-08", place: "Beirut", killed: "3"},
			{date: "2023-05-09", place: "Tripoli", killed: "5"},
		},
	},
	{
		name: "shot and died", published: "2023-05-11",
		text: `Three people were shot outside a club in Velm late on Saturday, and one of them died, police said. The dead man was Rob Tarr, 31. The shooting happened at about 11 p.m.`,
		want: []want{{date: "2023-05-06", killed: "1", wounded: "2"}},
	},
	{
		name: "an abduction", published: "2023-05-11",
		text: `Armed men kidnapped the mayor of Orlo, Vey Sarn, on Sunday, his family said. The Red Column took responsibility for the kidnapping in a call to a radio station. The mayor denied last year that he had ever paid the Red Column.`,
		want: []want{{kind: "abduction/forced disappearance", date: "2023-05-07", claimed: "Red Column", attackers: "Armed men"}},
	},
	{
		name: "a claim put in the group's own words", published: "2023-05-11",
		text: `The Dawn Brigade said in a statement on its website that its fighters had attacked an army post near Zinder on Tuesday. The army said 4 soldiers were killed.`,
		want: []want{{date: "2023-05-09", place: "Zinder", killed: "4", claimed: "Dawn Brigade"}},
	},
	{
		name: "the same people told of again, and what the law did", published: "2023-05-11",
		text: `A boy was shot and killed outside a school in Velm just after 9 p.m. on Sunday, police said. The teenager died at the scene.
A man was arrested on Tuesday and charged with the killing. He will appear in court on Friday. The shooting was the third in the town.`,
		want: []want{{date: "2023-05-07", place: "Velm", killed: "1", wounded: "-", arrested: "A man"}},
	},
	{
		name: "a report that turns to something else", published: "2023-05-11",
		text: `Rebels ambushed a convoy near Orlo on Monday and killed four soldiers.
Meanwhile, two farmers were killed by a mine in Tarvik on Wednesday.`,
		want: []want{{date: "2023-05-08", killed: "4", attackers: "Rebels"}, {date: "2023-05-10", killed: "2"}},
	},
	{
		name: "blame without names", published: "2023-05-11",
		text: `Sela Oru, a union leader, was shot dead in Lima on Monday. The union blamed the government and the army for the murder.
The interior minister, Tam Beld, rejected responsibility for the murder.`,
		want: []want{{date: "2023-05-08", killed: "1", blamed: "the government, the army", denied: "Tam Beld"}},
	},
	{
		name: "statistics are no toll", published: "2023-05-11",
		text: `Gunmen killed two people in Velm on Monday. In 2022, 45 people were killed in the town.`,
		want: []want{{date: "2023-05-08", killed: "2"}},
	},
}

func TestArticles(t *testing.T) {
	r, err := reading.New()
	if err != nil {
		t.Fatal(err)
	}
	for _, a := range articles {
		t.Run(a.name, func(t *testing.T) {
			l, err := r.Read(&article.Article{Text: a.text, Published: a.published})
			if err != nil {
				t.Fatal(err)
			}
			if len(l.Incidents) != len(a.want) {
				t.Errorf("%d incidents, want %d:%s", len(l.Incidents), len(a.want), all(l))
				return
			}
			for i, w := range a.want {
				compare(t, l, &l.Incidents[i], w)
			}
			if t.Failed() {
				t.Log(all(l))
			}
		})
	}
}

func compare(t *testing.T, l *ledger.Ledger, n *ledger.Incident, w want) {
	t.Helper()
	check := func(what, got, want string) {
		t.Helper()
		if want == "-" && got == "" || want == "" || got == want {
			return
		}
		t.Errorf("%s: %s %q, want %q", n.ID, what, got, want)
	}
	check("type", string(n.Type), w.kind)
	check("date", n.Date, w.date)
	check("killed", toll(n.Killed, w.killed), w.killed)
	check("wounded", toll(n.Wounded, w.wounded), w.wounded)
	check("claimed by", parties(l, n.ClaimedBy), w.claimed)
	check("blamed on", parties(l, n.BlamedOn), w.blamed)
	check("denied by", parties(l, n.DeniedBy), w.denied)
	check("arrested", parties(l, n.Arrested), w.arrested)
	check("attackers", parties(l, n.Attackers), w.attackers)
	if w.by != "" && (len(n.BlamedOn) == 0 || name(l, n.BlamedOn[0].By) != w.by) {
		t.Errorf("%s: blamed by %v, want %q", n.ID, n.BlamedOn, w.by)
	}
	if w.place != "" && !slices.ContainsFunc(n.Places, func(id string) bool { return name(l, id) == w.place }) {
		t.Errorf("%s: not placed in %s", n.ID, w.place)
	}
	if len(n.Mentions) < w.mentions {
		t.Errorf("%s: %d mentions, want %d", n.ID, len(n.Mentions), w.mentions)
	}
}

// toll writes a toll as it is wanted.
func toll(t *ledger.Toll, want string) string {
	switch {
	case t == nil:
		return ""
	case strings.Contains(want, " "):
		return itoa(t.Low) + " " + itoa(t.Best) + " " + itoa(t.High)
	}
	return itoa(t.Best)
}

func itoa(n int) string {
	if n < 10 {
		return string(rune('0' + n))
	}
	return itoa(n/10) + string(rune('0'+n%10))
}

func parties(l *ledger.Ledger, list []ledger.Party) string {
	var out []string
	for _, p := range list {
		if s := name(l, p.Entity); s != "" {
			out = append(out, s)
		} else {
			out = append(out, l.Quote(p.Span))
		}
	}
	return strings.Join(out, ", ")
}

func name(l *ledger.Ledger, id string) string {
	for i := range l.Entities {
		if l.Entities[i].ID == id {
			return l.Entities[i].Name
		}
	}
	return ""
}

func all(l *ledger.Ledger) string {
	var b strings.Builder
	for i := range l.Incidents {
		n := &l.Incidents[i]
		b.WriteString("\n" + n.ID + " " + string(n.Type) + " " + n.Date + " killed " + toll(n.Killed, " ") + " wounded " + toll(n.Wounded, " ") + " claimed " + parties(l, n.ClaimedBy) +
			" blamed " + parties(l, n.BlamedOn) + " held " + parties(l, n.Arrested) + " attackers " + parties(l, n.Attackers) + " places")
		for _, p := range n.Places {
			b.WriteString(" " + name(l, p))
		}
		b.WriteString(" told")
		for _, m := range n.Mentions {
			b.WriteString(" " + l.Quote(m.Span) + ";")
		}
	}
	return b.String()
}

package figures_test

import (
	"fmt"
	"math"
	"reflect"
	"strings"
	"testing"

	"hearsay/ledger"
	"hearsay/reading/figures"
	"hearsay/reading/internal/readingtest"
	"hearsay/reading/tree"
	"hearsay/text"

	"pgregory.net/rapid"
)

// read reads the figures of a text without dates, names and claims.
func read(t testing.TB, s string) (*text.Doc, *ledger.Ledger) {
	t.Helper()
	d := readingtest.Parse(t, s)
	var tr tree.Tree
	tr.Reset(d)
	l := &ledger.Ledger{Document: ledger.Document{Text: s}}
	new(figures.Reader).Read(d, &tr, l)
	return d, l
}

// describe writes a figure as "words: value [low, high] unit of": "~" stands
// before what is approximate, and what is not given is left out.
func describe(l *ledger.Ledger, f ledger.Figure) string {
	var b strings.Builder
	b.WriteString(l.Quote(f.Span) + ":")
	if f.Approximate {
		b.WriteString(" ~")
	}
	if f.Value != nil {
		fmt.Fprintf(&b, " %.10g", *f.Value)
	}
	if f.Low != nil || f.High != nil {
		b.WriteString(" [")
		if f.Low != nil {
			fmt.Fprintf(&b, "%.10g", *f.Low)
		}
		b.WriteString(",")
		if f.High != nil {
			fmt.Fprintf(&b, "%.10g", *f.High)
		}
		b.WriteString("]")
	}
	b.WriteString(" " + f.Unit)
	if f.Of != "" {
		b.WriteString(" of " + f.Of)
	}
	return b.String()
}

func TestFigures(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"OSTRAVEL, 14 May (KPA) - A car bomb killed at least nine people and wounded more than 20 at a market on Thursday, police said.",
			"at least nine people: 9 [9,] killed of people; more than 20: 20 [20,] wounded"},
		{"A grenade was thrown at a police post in Orvane on Wednesday, wounding three officers.", "three officers: 3 wounded of officers"},
		{"The factory employs 4,000 workers.", "4,000 workers: 4000 count of workers"},
		{"The town has 1.2 million inhabitants.", "1.2 million inhabitants: 1200000 count of inhabitants"},
		{"Twenty-three ships left Port Arvel.", "Twenty-three ships: 23 count of ships"},
		{"One hundred and twenty boats sank in the harbour.", "One hundred and twenty boats: 120 count of boats"},
		{"Two thousand five hundred sheep were lost.", "Two thousand five hundred sheep: 2500 count of sheep"},
		{"A hundred houses burned.", "A hundred houses: 100 count of houses"},
		{"A dozen lorries stood at the gate.", "A dozen lorries: 12 count of lorries"},
		{"Half a dozen lorries stood at the gate.", "Half a dozen lorries: 6 count of lorries"},
		{"Half a million people watched the boat race.", "Half a million people: 500000 count of people"},
		{"Two and a half million people watched the race.", "Two and a half million people: 2500000 count of people"},
		{"Dozens of shops were looted.", "Dozens of shops: [24,] count of shops"},
		{"Scores of shops were looted.", "Scores of shops: [40,] count of shops"},
		{"Hundreds of shops were looted.", "Hundreds of shops: [200,] count of shops"},
		{"Tens of thousands of people marched to the square.", "Tens of thousands of people: [20000,] count of people"},
		{"Hundreds of thousands of people marched.", "Hundreds of thousands of people: [200000,] count of people"},
		{"Millions of birds passed over the bay.", "Millions of birds: [2000000,] count of birds"},
		{"Several hundred students marched.", "Several hundred students: ~ [300,] count of students"},
		{"A few thousand students marched.", "A few thousand students: ~ [2000,] count of students"},
		{"Two dozen officers stood guard.", "Two dozen officers: 24 count of officers"},
		{"At least 40 people saw the fire.", "At least 40 people: 40 [40,] count of people"},
		{"More than 950 of its citizens joined the ranks.", "More than 950 of its citizens: 950 [950,] count of citizens"},
		{"Up to 30 boats were moored there.", "Up to 30 boats: 30 [,30] count of boats"},
		{"Fewer than 20 boats were moored there.", "Fewer than 20 boats: 20 [,20] count of boats"},
		{"No more than 20 boats were moored there.", "No more than 20 boats: 20 [,20] count of boats"},
		{"No fewer than 20 boats were moored there.", "No fewer than 20 boats: 20 [20,] count of boats"},
		{"As many as 300 villagers hid in the school.", "As many as 300 villagers: 300 [,300] count of villagers"},
		{"Well over 300 villagers hid in the school.", "Well over 300 villagers: 300 [300,] count of villagers"},
		{"At most 12 guests came.", "At most 12 guests: 12 [,12] count of guests"},
		{"A total of 84 guests came.", "A total of 84 guests: 84 count of guests"},
		{"A minimum of 12 guests is needed.", "A minimum of 12 guests: 12 [12,] count of guests"},
		{"About 300 villagers hid in the school.", "About 300 villagers: ~ 300 count of villagers"},
		{"Nearly 300 villagers hid in the school.", "Nearly 300 villagers: ~ 300 count of villagers"},
		{"Some 300 villagers hid in the school.", "Some 300 villagers: ~ 300 count of villagers"},
		{"An estimated 6,000 fighters hid in the hills.", "An estimated 6,000 fighters: ~ 6000 count of fighters"},
		{"Roughly 300 villagers hid in the school.", "Roughly 300 villagers: ~ 300 count of villagers"},
		{"Close to 300 villagers hid in the school.", "Close to 300 villagers: ~ 300 count of villagers"},
		{"The band has 30 to 40 members.", "30 to 40 members: [30,40] count of members"},
		{"Between 30 and 40 boats left.", "Between 30 and 40 boats: [30,40] count of boats"},
		{"The band has 12-15 members.", "12-15 members: [12,15] count of members"},
		{"Two or three boats left.", "Two or three boats: [2,3] count of boats"},
		{"Two to three million people live there.", "Two to three million people: [2000000,3000000] count of people"},
		{"More than half of them returned.", "More than half of them: 0.5 [0.5,] share"},
		{"Half of the members returned.", "Half of the members: 0.5 share of members"},
		{"Two-thirds of voters stayed at home.", "Two-thirds of voters: 0.6666666667 share of voters"},
		{"A quarter of the fleet was lost.", "A quarter of the fleet: 0.25 share of fleet"},
		{"One in five pupils missed school.", "One in five pupils: 0.2 share of pupils"},
		{"Nine out of ten pupils missed school.", "Nine out of ten pupils: 0.9 share of pupils"},
		{"The party won 34 percent of the vote.", "34 percent of the vote: 34 percent of vote"},
		{"Prices rose by 3.5%.", "3.5%: 3.5 percent"},
		{"Turnout was below 40 per cent.", "below 40 per cent: 40 [,40] percent"},
		{"Turnout reached 60 to 65 percent.", "60 to 65 percent: [60,65] percent"},
		{"The harbour cost $3 million.", "$3 million: 3000000 USD"},
		{"The harbour cost €500,000.", "€500,000: 500000 EUR"},
		{"The harbour cost two billion rubles.", "two billion rubles: 2000000000 RUB"},
		{"The harbour cost £1.2m.", "£1.2m: 1200000 GBP"},
		{"The harbour cost 40 million pounds.", "40 million pounds: 40000000 GBP"},
		{"The harbour cost US$3.5bn.", "US$3.5bn: 3500000000 USD"},
		{"The harbour cost 300 million yen.", "300 million yen: 300000000 JPY"},
		{"The harbour cost at least 5 million Swiss francs.", "at least 5 million Swiss francs: 5000000 [5000000,] CHF"},
		{"The harbour cost 5 million Canadian dollars.", "5 million Canadian dollars: 5000000 CAD"},
		{"He was fined 900 Mexican pesos.", "900 Mexican pesos: 900 MXN"},
		{"The sack weighs 40 kilograms.", "40 kilograms: 40 measure of kilograms"},
		{"The road is 12 km long.", "12 km: 12 measure of km"},
		{"The road is 12km long.", "12km: 12 measure of km"},
		{"They crossed a 5-kilometre strait.", "5-kilometre: 5 measure of kilometre"},
		{"The march took three hours.", "three hours: 3 measure of hours"},
		{"The fire burned 400 square kilometres of forest.", "400 square kilometres: 400 measure of square kilometres"},
		{"The ship carried 2,000 tonnes of grain.", "2,000 tonnes: 2000 measure of tonnes"},
		{"It was 12 degrees at noon.", "12 degrees: 12 measure of degrees"},
		{"A 34-year-old carpenter found the boat.", "34-year-old: 34 years of age of carpenter"},
		{"The carpenter, aged 16, found the boat.", "aged 16: 16 years of age"},
		{"Orla Venn, 34, found the boat.", "34: 34 years of age"},
		{"The boys are 12 years old.", "12 years old: 12 years of age"},
		{"The boys, ages 12, 13 and 17, found the boat.", "ages 12: 12 years of age; 13: 13 years of age; 17: 17 years of age"},
		{"A twenty-three-year-old carpenter found the boat.", "twenty-three-year-old: 23 years of age of carpenter"},
		{"The six-month-old baby slept.", "six-month-old: 0.5 years of age of baby"},
		{"The blast killed 84 people.", "84 people: 84 killed of people"},
		{"84 people were killed in the blast.", "84 people: 84 killed of people"},
		{"Such a bloody attack (154 dead) frightened the town.", "154 dead: 154 killed"},
		{"A death toll of 84 was given.", "84: 84 killed"},
		{"The death toll stands at 84.", "84: 84 killed"},
		{"The death toll reached 84 on the second day.", "84: 84 killed"},
		{"Officials put the death toll at 84.", "84: 84 killed"},
		{"The death toll rose from 133 to 144.", "133: 133 killed; 144: 144 killed"},
		{"The number of dead rose to 144.", "144: 144 killed"},
		{"The storm claimed 84 lives.", "84 lives: 84 killed of lives"},
		{"The blast left 30 dead and 17 wounded.", "30 dead: 30 killed; 17 wounded: 17 wounded"},
		{"The attack killed 30 soldiers and wounded 17 others.", "30 soldiers: 30 killed of soldiers; 17 others: 17 wounded of others"},
		{"There was a crash in which 12 died.", "12: 12 killed"},
		{"Two of the wounded later died.", "Two of the wounded: 2 killed"},
		{"Blast kills 12, hurts 30", "12: 12 killed; 30: 30 wounded"},
		{"12 killed in harbour blast", "12: 12 killed"},
		{"2 adults, six children dead in Tormark fire", "2 adults: 2 killed of adults; six children: 6 killed of children"},
		{"Twelve people lost their lives.", "Twelve people: 12 killed of people"},
		{"There were 84 deaths.", "84 deaths: 84 killed"},
		{"Seven bodies were found in the hold.", "Seven bodies: 7 killed of bodies"},
		{"The killing of six priests shocked the town.", "six priests: 6 killed of priests"},
		{"The army lost 12 men.", "12 men: 12 killed of men"},
		{"The dead included two children.", "two children: 2 killed of children"},
		{"Five sailors and a nurse were killed.", "Five sailors: 5 killed of sailors; a nurse: 1 killed of nurse"},
		{"The mine killed 1 officer and 3 sailors.", "1 officer: 1 killed of officer; 3 sailors: 3 killed of sailors"},
		{"No one was killed.", "No one: 0 killed"},
		{"Nobody was hurt.", "Nobody: 0 wounded"},
		{"There were no casualties.", "no casualties: 0 killed of casualties"},
		{"No injuries were reported.", "No injuries: 0 wounded"},
		{"Both men died.", "Both men: 2 killed of men"},
		{"Several sailors were wounded.", "Several sailors: [3,] wounded of sailors"},
		{"At least 40 people were killed and 60 injured in the fire.", "At least 40 people: 40 [40,] killed of people; 60 injured: 60 wounded"},
		{"Two soldiers and a child were wounded.", "Two soldiers: 2 wounded of soldiers; a child: 1 wounded of child"},
		{"Four people suffered burns.", "Four people: 4 wounded of people"},
		{"Five sailors were taken to hospital.", "Five sailors: 5 wounded of sailors"},
		{"Police found two men with gunshot wounds.", "two men: 2 wounded of men"},
		{"Three sailors are in critical condition.", "Three sailors: 3 wounded of sailors"},
		{"The raid led to the death of a guard and injuries to two others.", "a guard: 1 killed of guard; two others: 2 wounded of others"},
		{"Two men were shot dead.", "Two men: 2 killed of men"},
		{"Three boys were shot.", "Three boys: 3 wounded of boys"},
		{"Three boys were fatally stabbed.", "Three boys: 3 killed of boys"},
		{"43 students are missing.", "43 students: 43 missing of students"},
		{"At least 12 are still missing.", "At least 12: 12 [12,] missing"},
		{"Security forces managed to arrest all four perpetrators.", "four perpetrators: 4 arrested of perpetrators"},
		{"Seven suspects were detained.", "Seven suspects: 7 arrested of suspects"},
		{"Police took three men into custody.", "three men: 3 arrested of men"},
		{"The police made 12 arrests.", "12 arrests: 12 arrested"},
		{"More than 2 million people fled their homes.", "More than 2 million people: 2000000 [2000000,] displaced of people"},
		{"Around 300 families were left homeless.", "Around 300 families: ~ 300 displaced of families"},
		{"The army evacuated 900 villagers.", "900 villagers: 900 displaced of villagers"},
		{"300 villagers were forced from their homes.", "300 villagers: 300 displaced of villagers"},
		{"Four gunmen stormed the hotel.", "Four gunmen: 4 attackers of gunmen"},
		{"About 300 militants attacked the base.", "About 300 militants: ~ 300 attackers of militants"},
		{"The gunmen took 20 people hostage.", "20 people: 20 hostages of people"},
		{"The rebels kidnapped 276 girls.", "276 girls: 276 hostages of girls"},
		{"The rebels still hold 12 hostages.", "12 hostages: 12 hostages of hostages"},
		{"The attack killed a policeman.", "a policeman: 1 killed of policeman"},
		{"Orla Venn was shot dead.", "Orla Venn: 1 killed of Orla Venn"},
		{"The mayor's murder shocked the town.", "The mayor: 1 killed of mayor"},
		{"She was pronounced dead at the scene.", "She: 1 killed"},
		{"A 17-year-old was killed.", "17-year-old: 17 years of age; 17-year-old: 1 killed of 17-year-old"},
		{"The storm claimed the life of a ferryman.", "a ferryman: 1 killed of ferryman"},
		{"The blast killed soldiers.", ""},
		{"Civilians were killed.", ""},
		{"The bomb could kill 300 people.", "300 people: 300 count of people"},
		{"They tried to kill two ministers.", "two ministers: 2 count of ministers"},
		{"Two dogs were killed.", "Two dogs: 2 count of dogs"},
		{"The mob was not wounded.", ""},
		{"The treaty was signed in 1994.", ""},
		{"He was born on October 28, 1994.", ""},
		{"They met at 5 p.m.", ""},
		{"They met at 10:30.", ""},
		{"The Su-27 landed.", ""},
		{"He flew in a Boeing 737.", ""},
		{"The Group of 7 met.", ""},
		{"Article 5 was invoked.", ""},
		{"Call 555-0142 now.", ""},
		{"Tormark won 3-1.", ""},
		{"Tormark won 5-4.", ""},
		{"He lives at 6740 Harbour Street.", ""},
		{"He came third.", ""},
		{"It was the 20th attack.", ""},
		{"One of the largest bases was shut.", ""},
		{"He is the one who left.", ""},
		{"One day it will end.", "One day: 1 measure of day"},
		{"See page 34.", ""},
		{"Flight 370 vanished.", ""},
	} {
		_, l := read(t, test.text)
		var got []string
		for _, f := range l.Figures {
			got = append(got, describe(l, f))
		}
		if g := strings.Join(got, "; "); g != test.want {
			t.Errorf("%s\n got %s\nwant %s", test.text, g, test.want)
		}
	}
}

func TestClaims(t *testing.T) {
	const s = "Varn said that four men died and that the mayor called it a murder of 12 people."
	d := readingtest.Parse(t, s)
	var tr tree.Tree
	tr.Reset(d)
	piece := func(words string) []ledger.Piece {
		at := strings.Index(s, words)
		return []ledger.Piece{{Span: ledger.Span{Start: at, End: at + len(words)}}}
	}
	l := &ledger.Ledger{Document: ledger.Document{Text: s}, Claims: []ledger.Claim{
		{ID: "c0", Content: piece("that four men died and that the mayor called it a murder of 12 people")},
		{ID: "c1", Content: piece("a murder of 12 people"), Within: "c0"},
	}}
	new(figures.Reader).Read(d, &tr, l)
	var got []string
	for _, f := range l.Figures {
		got = append(got, l.Quote(f.Span)+" "+f.Claim)
	}
	if g, want := strings.Join(got, "; "), "four men c0; 12 people c1"; g != want {
		t.Errorf("got %s, want %s", g, want)
	}
}

// TestNamesAndDates reads figures where the ledger has names and dates: numbers
// in them are none, and a name that is struck is one person.
func TestNamesAndDates(t *testing.T) {
	const s = "On 4 March 12 men of Group 7 shot Osk Venn in Tormark, and Venn died of 3 wounds."
	d := readingtest.Parse(t, s)
	var tr tree.Tree
	tr.Reset(d)
	span := func(words string) ledger.Span {
		at := strings.Index(s, words)
		return ledger.Span{Start: at, End: at + len(words)}
	}
	second := span("Venn died")
	second.End -= len(" died")
	l := &ledger.Ledger{Document: ledger.Document{Text: s},
		Dates: []ledger.Date{{Piece: ledger.Piece{Span: span("4 March")}}},
		Entities: []ledger.Entity{
			{ID: "e1", Type: ledger.TypeOrganization, Mentions: []ledger.Mention{{Span: span("Group 7")}}},
			{ID: "e2", Type: ledger.TypePerson, Mentions: []ledger.Mention{{Span: span("Osk Venn")}, {Span: second}}},
		}}
	new(figures.Reader).Read(d, &tr, l)
	var got []string
	for _, f := range l.Figures {
		got = append(got, describe(l, f))
	}
	const want = "12 men: 12 count of men; Venn: 1 killed of Venn; 3 wounds: 3 count of wounds"
	if g := strings.Join(got, "; "); g != want {
		t.Errorf("got %s\nwant %s", g, want)
	}
}

// vocabulary is what TestAnyWords makes texts of.
var vocabulary = strings.Fields(`the a an of in to and or at least more than about some no one both two twenty-three hundred thousand million dozen
	dozens half several few third 12 4,000 1.5 30-40 3-1 555-0142 999999999999999999999 1e9 34-year-old 5-kilometre % $ €500 dollars percent
	per cent years old aged between from people men soldiers policeman Venn she dead wounded killed killing were was died missing toll death
	rose hostage , . ( ) " - -- shot others among in every five out km year-old - March 1994 p.m. NO KILLED 1,2,3,4 ½ ٣ 0 0.0 -5 +7`)

// TestAnyWords checks on texts of any words that figures come in order and on
// whole tokens, that their bounds agree, and that a Reader that has read
// another text gives the same.
func TestAnyWords(t *testing.T) {
	used := new(figures.Reader)
	rapid.Check(t, func(rt *rapid.T) {
		s := strings.Join(rapid.SliceOfN(rapid.SampledFrom(vocabulary), 0, 60).Draw(rt, "words"), " ")
		d, l := read(t, s)
		var tr tree.Tree
		tr.Reset(d)
		again := &ledger.Ledger{Document: l.Document}
		used.Read(d, &tr, again)
		if !reflect.DeepEqual(l.Figures, again.Figures) {
			rt.Fatalf("%q: a used Reader gives %v, a fresh one %v", s, again.Figures, l.Figures)
		}
		before := 0
		for _, f := range l.Figures {
			if f.Start < before || f.End <= f.Start || f.End > len(s) {
				rt.Fatalf("%q: span %v after one that begins at %d", s, f.Span, before)
			}
			before = f.Start
			x := d.Cover(f.Start, f.End)
			if x.Empty() || int(d.Tokens[x.First].Start) != f.Start || int(d.Tokens[x.End-1].End) != f.End {
				rt.Fatalf("%q: %q is not whole tokens", s, l.Quote(f.Span))
			}
			if f.Value == nil && f.Low == nil && f.High == nil {
				rt.Fatalf("%q: %q has no number", s, l.Quote(f.Span))
			}
			for _, p := range []*float64{f.Value, f.Low, f.High} {
				if p != nil && (math.IsNaN(*p) || math.IsInf(*p, 0) || *p < 0) {
					rt.Fatalf("%q: %q is %v", s, l.Quote(f.Span), *p)
				}
			}
			if f.Low != nil && f.High != nil && *f.Low > *f.High {
				rt.Fatalf("%q: %q lies between %v and %v", s, l.Quote(f.Span), *f.Low, *f.High)
			}
			if f.Unit == "" {
				rt.Fatalf("%q: %q has no unit", s, l.Quote(f.Span))
			}
		}
	})
}

// TestRepetition reads long texts of one phrase over and over, with the tokens
// of each hung from one another in chains and in fans, as no parser would.
func TestRepetition(t *testing.T) {
	const phrases = 2000
	for _, phrase := range []string{"3 men and ", "killed ", "34-year-old ", "of the ", "9", "twenty hundred ", "dead, ", "Varn, 34, ", "at least ",
		"toll of 3 rose to 4 ", "$ ", "he was shot and "} {
		s := strings.Repeat(phrase, phrases)
		d := new(text.Doc)
		d.Reset(s)
		d.Segment()
		d.Lemmatize()
		for _, hang := range []func(i int32) int32{
			func(i int32) int32 { return i - 1 },
			func(i int32) int32 { return min(i-1, 0) },
		} {
			for i := range d.Tokens {
				d.Tokens[i].Head, d.Tokens[i].Rel, d.Tokens[i].Tag = hang(int32(i)), text.Conj, text.NN
			}
			var tr tree.Tree
			tr.Reset(d)
			l := &ledger.Ledger{Document: ledger.Document{Text: s}}
			new(figures.Reader).Read(d, &tr, l)
			for _, f := range l.Figures {
				if f.Start < 0 || f.End > len(s) || f.Start >= f.End {
					t.Fatalf("%q repeated: %v", phrase, f.Span)
				}
			}
		}
	}
}

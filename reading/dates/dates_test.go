package dates

import (
	"slices"
	"strings"
	"testing"

	"hearsay/ledger"
	"hearsay/reading/internal/readingtest"
	"hearsay/reading/tree"
	"hearsay/text"

	"pgregory.net/rapid"
)

// read is what a Reader finds in s, as "words = value".
func read(r *Reader, d *text.Doc, published string) []string {
	t := new(tree.Tree)
	t.Reset(d)
	l := &ledger.Ledger{Document: ledger.Document{Text: d.Text, Published: published}}
	r.Read(d, t, l)
	var out []string
	for _, x := range l.Dates {
		s := d.Text[x.Start:x.End]
		if x.Value != "" {
			s += " = " + x.Value
		}
		out = append(out, s)
	}
	return out
}

func TestExpressions(t *testing.T) {
	const wednesday = "2024-03-27"
	for _, x := range []struct {
		text, published string
		want            []string
	}{
		{"The dam at Orvale burst on 4 March 2024.", "", []string{"4 March 2024 = 2024-03-04"}},
		{"The dam burst on March 4, 2024, and was rebuilt in May 2025.", "", []string{"March 4, 2024 = 2024-03-04", "May 2025 = 2025-05"}},
		{"It was signed on the fourth of March.", wednesday, []string{"the fourth of March = 2024-03-04"}},
		{"It was signed on the fourth of March.", "", []string{"the fourth of March = XXXX-03-04"}},
		{"The mine closed in January.", wednesday, []string{"January = 2024-01"}},
		{"The mine closed in November.", wednesday, []string{"November = 2023-11"}},
		{"The mine will open in November.", wednesday, []string{"November = 2024-11"}},
		{"The mine will open in January.", wednesday, []string{"January = 2025-01"}},
		{"The mine closed in January.", "", []string{"January = XXXX-01"}},
		{"The envoy arrived on Friday.", wednesday, []string{"Friday = 2024-03-22"}},
		{"The envoy will arrive on Friday.", wednesday, []string{"Friday = 2024-03-29"}},
		{"The envoy is expected to arrive on Friday.", wednesday, []string{"Friday = 2024-03-29"}},
		{"The envoy arrived on Friday.", "", []string{"Friday"}},
		{"The envoy spoke on Wednesday.", wednesday, []string{"Wednesday = 2024-03-27"}},
		{"The envoy left Orvale last Friday evening.", wednesday, []string{"last Friday evening = 2024-03-22"}},
		{"He spoke yesterday, and will speak again tomorrow night.", wednesday, []string{"yesterday = 2024-03-26", "tomorrow night = 2024-03-28"}},
		{"Sales fell last year but rose this month.", wednesday, []string{"last year = 2023", "this month = 2024-03"}},
		{"Sales fell last week.", wednesday, []string{"last week = 2024-03-18/2024-03-24"}},
		{"She died two years ago.", wednesday, []string{"two years ago = 2022"}},
		{"She died about a year ago.", wednesday, []string{"about a year ago = 2023~"}},
		{"She left ten days ago.", wednesday, []string{"ten days ago = 2024-03-17"}},
		{"The fighting lasted two hours, and he is three years old.", wednesday, nil},
		{"They meet every Friday.", wednesday, nil},
		{"Rents have risen for the past two years.", wednesday, []string{"the past two years = 2022/2024"}},
		{"The strike ran from 4 to 9 March.", wednesday, []string{"4 to 9 March = 2024-03-04/2024-03-09"}},
		{"The strike of March 4-9, 2021, failed.", "", []string{"March 4-9, 2021 = 2021-03-04/2021-03-09"}},
		{"The strike of 12/03/1998 failed.", "", []string{"12/03/1998 = 1998-12-03"}},
		{"The strike of 23/03/1998 failed.", "", []string{"23/03/1998 = 1998-03-23"}},
		{"The note is dated 1998-03-12.", "", []string{"1998-03-12 = 1998-03-12"}},
		{"In the early 1990s the town grew.", "", []string{"the early 1990s = 199X"}},
		{"The town grew in the mid-1990s.", "", []string{"the mid-1990s = 199X"}},
		{"The town grew in the '80s.", "", []string{"the '80s = 198X"}},
		{"Its post-1945 borders hold.", "", []string{"1945 = 1945"}},
		{"In the summer of 2014 the town burned.", "", []string{"the summer of 2014 = 2014-22"}},
		{"Profit rose in the third quarter of 1984.", "", []string{"the third quarter of 1984 = 1984-35"}},
		{"Profit rose in the fourth quarter.", wednesday, []string{"the fourth quarter = 2023-36"}},
		{"He held the post in 1994-95.", "", []string{"1994-95 = 1994/1995"}},
		{"The war of 1939-1945 ended it.", "", []string{"1939-1945 = 1939/1945"}},
		{"On May 2, 1995, he was hired, and the following year he left.", wednesday, []string{"May 2, 1995 = 1995-05-02", "the following year = 1996"}},
		{"In September 2022 the river rose. Later that month the town drowned.", wednesday,
			[]string{"September 2022 = 2022-09", "Later that month = 2022-09"}},
		{"He was freed on March 4. Two days later he was dead.", wednesday, []string{"March 4 = 2024-03-04", "Two days later = 2024-03-06"}},
		{"The vote took place two days before Christmas 2020.", "", []string{"two days before Christmas 2020 = 2020-12-23"}},
		{"He left in June last year.", wednesday, []string{"June last year = 2023-06"}},
		{"The city fell in nineteen seventy-nine.", "", []string{"nineteen seventy-nine = 1979"}},
		{"The strike lasted from January 5 to February 10, 2019.", wednesday, []string{"January 5 = 2019-01-05", "February 10, 2019 = 2019-02-10"}},
		{"They met on March 3 and 4, 2020.", wednesday, []string{"March 3 = 2020-03-03", "4, 2020 = 2020-03-04"}},
		{"They meet on April 24 and 25.", wednesday, []string{"April 24 = 2024-04-24", "25 = 2024-04-25"}},
		{"The 2023/24 season was short.", wednesday, []string{"2023/24 = 2023/2024"}},
		{"He was born on 29 February 1999.", "", []string{"29 February 1999"}},
		{"The envoy left at 9 a.m. EST on Tuesday.", wednesday, []string{"9 a.m. EST on Tuesday = 2024-03-26"}},
		{"The truce lasts until Sunday.", wednesday, []string{"Sunday = 2024-03-31"}},
		{"The truce, due to end on Sunday, held.", wednesday, []string{"Sunday = 2024-03-31"}},
		{"The vote is on Friday.", wednesday, []string{"Friday = 2024-03-29"}},
		{"They will discuss Friday's attack.", wednesday, []string{"Friday = 2024-03-22"}},
		{"He left in the week of March 4.", wednesday, []string{"the week of March 4 = 2024-03-04/2024-03-10"}},
		{"He left the day before yesterday.", wednesday, []string{"the day before yesterday = 2024-03-25"}},
		{"The bombing on Friday killed six. Two days after the bombing, a man was held.", wednesday,
			[]string{"Friday = 2024-03-22", "Two days after = 2024-03-24"}},
		{"Two days after the bombing, a man was held.", wednesday, []string{"Two days after"}},
		{"He was seen on March 4, the day before the vote.", wednesday, []string{"March 4 = 2024-03-04", "the day before = 2024-03-04"}},
		{"Prices rose 4 percent in 2020. The mayor said at the time that it was enough.", wednesday, []string{"2020 = 2020", "at the time = 2020~"}},
		{"Profit was 3 crowns in the third quarter, against 2 a year earlier.", wednesday,
			[]string{"the third quarter = 2023-35", "a year earlier = 2022-35"}},
		{"Profit was 3 crowns in the first quarter, against 2 a year earlier.", wednesday,
			[]string{"the first quarter = 2024-33", "a year earlier = 2023-33"}},
		{"The Sept. 11 attacks changed that.", wednesday, []string{"Sept. 11 = 2001-09-11"}},
		{"They flee around Christmas 2021, and on Good Friday.", wednesday, []string{"around Christmas 2021 = 2021-12-25~", "Good Friday = 2024-03-29"}},
		{"The firm expects to finish by year-end.", wednesday, []string{"year-end = 2024-12-31"}},
		{"Several years ago he sang.", wednesday, []string{"Several years ago"}},
		{"Temperatures in the low 50s and the mid-30s hurt a man in his 40s.", wednesday, nil},
		{"It needs Windows 2000, and costs $ 1999.", wednesday, nil},
		{"He is a 3 a.m. guest of Krona Today.", wednesday, nil},
		{"ORVALE, 21 NOV 89 -- A BOMB WENT OFF TODAY.", "1989-11-21", []string{"21 NOV 89 = 1989-11-21", "TODAY = 1989-11-21"}},
		{"They met on 13, 14 and 15 September 1989.", wednesday,
			[]string{"13 = 1989-09-13", "14 = 1989-09-14", "15 September 1989 = 1989-09-15"}},
		{"They met on 12 and 13 February.", wednesday, []string{"12 = 2024-02-12", "13 February = 2024-02-13"}},
		{"They met between 12 and 16 February.", wednesday, []string{"12 and 16 February = 2024-02-12/2024-02-16"}},
		{"The town will vote next year in February.", wednesday, []string{"next year = 2025", "February = 2025-02"}},
		{"Shots were heard between 1830 and 2200 on 10 December.", wednesday, []string{"10 December = 2023-12-10"}},
		{"The firm was founded in 2001, and that spring it failed.", wednesday, []string{"2001 = 2001", "that spring = 2001-21"}},
		{"The trial opens a week from tomorrow.", wednesday, []string{"a week from tomorrow = 2024-04-04"}},
		{"It closed the day before last Monday.", wednesday, []string{"the day before last Monday = 2024-03-24"}},
		{"It closed two days before Christmas and a week after Easter 2019.", wednesday,
			[]string{"two days before Christmas = 2023-12-23", "a week after Easter 2019 = 2019-04-28"}},
		{"Branda watched Friday Night Lights and paid 2,000 crowns.", wednesday, nil},
		{"He may leave, she said, and they march on.", wednesday, nil},
		{"Some 2000 people fled.", wednesday, nil},
		{"The file has 99999999 lines and 12/99/2000 errors, in the year 99999999.", wednesday, nil},
	} {
		got := read(new(Reader), readingtest.Parse(t, x.text), x.published)
		if !slices.Equal(got, x.want) {
			t.Errorf("%s (%s)\n got %q\nwant %q", x.text, x.published, got, x.want)
		}
	}
}

// soup is a text of words of time and others in any order.
func soup(t *rapid.T) string {
	words := []string{"the", "of", "in", "on", "Orvale", "fell", "will", "said", ".", ",", "-", "–", "'s", "1994", "4", "31", "99999999", "3-9", "1990-95",
		"12/03/1998", "0000-00-00", "9999-12-31", "mid-1990s", "post-1945", "'98", "9 a.m.", "14:00", "twenty-three", "nineteen", "thousand", "May", "to"}
	for _, e := range entries {
		for _, w := range strings.Fields(e.list) {
			if e.flags&capital != 0 && w != "-" {
				w = strings.ToUpper(w[:1]) + w[1:]
			}
			words = append(words, w)
		}
	}
	for _, h := range holidays {
		words = append(words, strings.Split(h.names, "|")[0])
	}
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), 1, 60).Draw(t, "words"), " ")
}

func TestAnyWordsGiveAValidLedger(t *testing.T) {
	used := new(Reader)
	rapid.Check(t, func(rt *rapid.T) {
		d := readingtest.Parse(t, soup(rt))
		tr := new(tree.Tree)
		tr.Reset(d)
		published := rapid.SampledFrom([]string{"", "2024", "2024-02", "2024-02-29", "0001-01-01", "9999-12-31", "no date"}).Draw(rt, "published")
		var first []ledger.Date
		for k, r := range []*Reader{new(Reader), used, used} {
			l := &ledger.Ledger{Document: ledger.Document{Text: d.Text, Published: published}}
			r.Read(d, tr, l)
			if k == 0 {
				first = l.Dates
			} else if !slices.Equal(first, l.Dates) {
				rt.Fatalf("%q: a Reader that has read before finds %v, a fresh one %v", d.Text, l.Dates, first)
			}
		}
		l := ledger.Ledger{Hearsay: ledger.Version, Document: ledger.Document{Text: d.Text}, Dates: first}
		if err := l.Validate(); err != nil {
			rt.Fatalf("%q, published %q: %v", d.Text, published, err)
		}
		end := 0
		for _, x := range first {
			if x.Start < end || x.End <= x.Start {
				rt.Fatalf("%q: %v overlaps what stands before it", d.Text, x)
			}
			end = x.End
		}
	})
}

func TestWithoutAPublicationOnlyAbsoluteDatesHaveValues(t *testing.T) {
	d := readingtest.Parse(t, "Yesterday, last week, two years ago, this month and next Friday he spoke; tomorrow he will. He left Orvale on Monday.")
	got := read(new(Reader), d, "")
	if len(got) != 7 {
		t.Errorf("found %q, want seven expressions", got)
	}
	for _, s := range got {
		if strings.Contains(s, "=") {
			t.Errorf("%q has a value", s)
		}
	}
}

func TestManyDatesInOneSentence(t *testing.T) {
	const n = 20_000
	d := readingtest.Parse(t, strings.Repeat("about the end of the day of ", n)+"and on Friday, "+strings.Repeat("March 4 and ", n)+"he fell.")
	if got := read(new(Reader), d, "2024-03-27"); len(got) < n*9/10 {
		t.Errorf("found %d dates, want nearly %d", len(got), n)
	}
}

func TestNamesAreNoDates(t *testing.T) {
	const words = "The May Second Brigade said so, and Friday Abesa left on Friday."
	d := readingtest.Parse(t, words)
	tr := new(tree.Tree)
	tr.Reset(d)
	l := &ledger.Ledger{Document: ledger.Document{Text: words, Published: "2024-03-27"}}
	for kind, name := range map[ledger.EntityType]string{ledger.TypeOrganization: "The May Second Brigade", ledger.TypePerson: "Friday Abesa"} {
		at := strings.Index(words, name)
		l.Entities = append(l.Entities, ledger.Entity{Type: kind, Mentions: []ledger.Mention{{Span: ledger.Span{Start: at, End: at + len(name)}}}})
	}
	new(Reader).Read(d, tr, l)
	if len(l.Dates) != 1 || l.Quote(l.Dates[0].Span) != "Friday" || l.Dates[0].Start < strings.Index(words, "left") {
		t.Errorf("found %v, want the Friday at the end", l.Dates)
	}
}

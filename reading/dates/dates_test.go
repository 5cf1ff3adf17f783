package dates

import (
	"slices"
	"testing"

	"hearsay/ledger"
	"hearsay/reading/internal/readingtest"
	"hearsay/reading/tree"
	"hearsay/text"
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
		{"The envoy arrived on Friday.", "", []string{"on", "Friday"}[1:]},
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

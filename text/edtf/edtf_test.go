package edtf

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestParse(t *testing.T) {
	day := func(s string) int32 {
		d, err := time.Parse(time.DateOnly, s)
		if err != nil {
			t.Fatal(err)
		}
		return int32(d.Unix() / 86400)
	}
	for _, c := range []struct{ value, first, last string }{
		{"2024-03-22", "2024-03-22", "2024-03-22"},
		{"2024-03-22~", "2024-03-22", "2024-03-22"},
		{"2024-03-22T21:30", "2024-03-22", "2024-03-22"},
		{"2024-02", "2024-02-01", "2024-02-29"},
		{"2023", "2023-01-01", "2023-12-31"},
		{"2023~", "2023-01-01", "2023-12-31"},
		{"199X", "1990-01-01", "1999-12-31"},
		{"2024-12", "2024-12-01", "2024-12-31"},
		{"2024-34", "2024-04-01", "2024-06-30"},
		{"2024-03-04/2024-03-09", "2024-03-04", "2024-03-09"},
		{"2024-02/2024-03", "2024-02-01", "2024-03-31"},
		{"XXXX-03-04", "", ""},
		{"2024-03-22/..", "", ""},
		{"2024-13", "", ""},
		{"2024-03-32", "", ""},
		{"2024-03-22-01", "", ""},
		{"", "", ""},
		{"soon", "", ""},
	} {
		got := Parse(c.value)
		if c.first == "" {
			if got.Known {
				t.Errorf("Parse(%q) is known", c.value)
			}
			continue
		}
		if want := (Days{day(c.first), day(c.last), true}); got != want {
			t.Errorf("Parse(%q) = %v, want %v", c.value, got, want)
		}
	}
}

func TestDaysOfTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := time.Unix(rapid.Int64Range(-50000, 50000).Draw(t, "day")*86400, 0).UTC()
		if got, want := dayOf(int32(d.Year()), int32(d.Month()), int32(d.Day())), int32(d.Unix()/86400); got != want && d.Unix() >= 0 {
			t.Errorf("%v is day %d, want %d", d, got, want)
		}
	})
}

func TestApart(t *testing.T) {
	for _, c := range []struct {
		a, b   string
		gap    int32
		covers bool
	}{
		{"2024-03", "2024-03-22", 0, true},
		{"2024-03-22", "2024-03", 0, false},
		{"2024-03-22", "2024-03-24", 2, false},
		{"2024-03-24", "2024-03-22", 2, false},
		{"2023", "2024-01-02", 2, false},
	} {
		a, b := Parse(c.a), Parse(c.b)
		if got := a.Apart(b); got != c.gap {
			t.Errorf("%s and %s are %d days apart, want %d", c.a, c.b, got, c.gap)
		}
		if got := a.Covers(b); got != c.covers {
			t.Errorf("%s covers %s: %v, want %v", c.a, c.b, got, c.covers)
		}
	}
}

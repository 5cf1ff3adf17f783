package sqlite

import (
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

func TestDayWords(t *testing.T) {
	for _, tc := range []struct {
		since, until string
		want         []string
	}{
		{"2024-02-27", "2024-03-02", []string{"dx", "d20240227", "d20240228", "d20240229", "d20240301", "d20240302"}},
		{"2024-11-30", "2026-01-31", []string{"dx", "d20241130", "m202412", "y2025", "m202601"}},
		{"2024-03-02", "2024-03-01", []string{"dx"}},
		{"2098-12-31", "", []string{"dx", "d20981231", "y2099"}},
		{"", "1970-02-01", []string{"dx", "m197001", "d19700201"}},
		{"1900-01-01", "1969-12-31", []string{"dx"}},
		{"2150-01-01", "", []string{"dx"}},
	} {
		if got, err := dayWords(tc.since, tc.until); err != nil || !slices.Equal(got, tc.want) {
			t.Errorf("%s to %s: %q, %v; want %q", tc.since, tc.until, got, err, tc.want)
		}
	}
}

// TestDayWordsSayWhichDays holds that a day has one of the words just when it lies in between.
func TestDayWordsSayWhichDays(t *testing.T) {
	day := rapid.Custom(func(t *rapid.T) time.Time {
		return time.Date(2000, 1, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(-2000, 2000).Draw(t, "day"))
	})
	rapid.Check(t, func(t *rapid.T) {
		a, b, c := day.Draw(t, "since"), day.Draw(t, "until"), day.Draw(t, "appeared")
		words, err := dayWords(a.Format(time.DateOnly), b.Format(time.DateOnly))
		if err != nil {
			t.Fatal(err)
		}
		has := slices.ContainsFunc([]string{c.Format("d20060102"), c.Format("m200601"), c.Format("y2006")}, func(w string) bool { return slices.Contains(words, w) })
		if in := !c.Before(a) && !c.After(b); has != in {
			t.Fatalf("%v to %v: %v is found: %v", a, b, c, has)
		}
	})
}

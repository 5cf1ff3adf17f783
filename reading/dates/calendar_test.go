package dates

import (
	"testing"
	"time"

	"pgregory.net/rapid"
)

func drawDay(t *rapid.T) date {
	n := rapid.IntRange(number(firstYear, 1, 1), number(lastYear, 12, 31)).Draw(t, "day")
	d, ok := fromNumber(n)
	if !ok {
		t.Fatalf("no day %d", n)
	}
	return d
}

func drawDate(t *rapid.T) date {
	d := drawDay(t)
	g := rapid.SampledFrom([]grain{century, decade, year, half, season, quarter, month, week, weekend, day}).Draw(t, "grain")
	if e, ok := d.to(g); ok {
		return e
	}
	return d
}

func TestDaysAreThoseOfTheStandardLibrary(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDay(t)
		k := rapid.IntRange(-3000, 3000).Draw(t, "shift")
		std := time.Date(int(d.year), time.Month(d.part), int(d.day), 0, 0, 0, 0, time.UTC)
		if w := (int(std.Weekday())+6)%7 + 1; w != weekday(d.first()) {
			t.Fatalf("%s is day %d of the week, not %d", std, w, weekday(d.first()))
		}
		want := std.AddDate(0, 0, k)
		e, ok := d.add(k, day)
		if in := want.Year() >= firstYear && want.Year() <= lastYear; ok != in {
			t.Fatalf("%s and %d days: %v", std, k, ok)
		}
		if ok && string(e.append(nil, false)) != want.Format(time.DateOnly) {
			t.Fatalf("%s and %d days: %s, want %s", std, k, e.append(nil, false), want)
		}
	})
}

func TestDatesHoldTheDaysTheyAreMadeFrom(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDay(t)
		for g := century; g <= day; g++ {
			e, ok := d.to(g)
			if !ok {
				if g != season || d.year != 1 { // the winter before the first year
					if g != week && g != weekend {
						t.Fatalf("%v has no grain %d", d, g)
					}
				}
				continue
			}
			// A weekend is the one at the end of the day's week.
			if g != weekend && (d.first() < e.first() || d.first() > e.last()) {
				t.Fatalf("%v is not in %v, days %d to %d", d, e, e.first(), e.last())
			}
			if again, ok := e.to(g); !ok || again != e {
				t.Fatalf("%v is not itself but %v", e, again)
			}
		}
	})
}

func TestMovingOnAndBack(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDate(t)
		n := rapid.IntRange(-500, 500).Draw(t, "n")
		there, ok := d.add(n, d.grain)
		if !ok {
			return
		}
		if back, ok := there.add(-n, d.grain); !ok || back != d {
			t.Fatalf("%v by %d is %v, and back %v", d, n, there, back)
		}
		if (n > 0) != (there.first() > d.first()) {
			t.Fatalf("%v by %d is %v", d, n, there)
		}
		if n == 1 && there.first() != d.last()+1 && d.grain != weekend {
			t.Fatalf("%v does not follow on %v", there, d)
		}
	})
}

func TestNoShiftLeavesTheCalendar(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		d := drawDate(t)
		n := rapid.Int().Draw(t, "n")
		g := grain(rapid.IntRange(0, int(hour)).Draw(t, "unit"))
		if e, ok := d.add(n, g); ok && (e.year < firstYear || e.grain != d.grain || e.grain >= month && (e.part < 1 || e.part > 12)) {
			t.Fatalf("%v by %d is %v", d, n, e)
		}
	})
}

func TestMonthEnds(t *testing.T) {
	for _, x := range []struct {
		from string
		n    int
		unit grain
		want string
	}{
		{"2024-01-31", 1, month, "2024-02-29"},
		{"2023-01-31", 1, month, "2023-02-28"},
		{"2024-02-29", 1, year, "2025-02-28"},
		{"2024-02-29", 4, year, "2028-02-29"},
		{"2024-03-31", -1, month, "2024-02-29"},
		{"2024-12-31", 1, day, "2025-01-01"},
		{"1900-02-28", 1, day, "1900-03-01"},
		{"2000-02-28", 1, day, "2000-02-29"},
		{"2024-11", 3, month, "2025-02"},
		{"2024", -30, year, "1994"},
		{"2024-05-15", -2, week, "2024-05-01"},
		{"2024-05", 1, quarter, "2024-08"},
	} {
		d, ok := parse(x.from)
		if !ok {
			t.Fatalf("%s is no date", x.from)
		}
		got, ok := d.add(x.n, x.unit)
		if s := string(got.append(nil, false)); !ok || s != x.want {
			t.Errorf("%s by %d of grain %d is %s, want %s", x.from, x.n, x.unit, s, x.want)
		}
	}
}

func TestEDTF(t *testing.T) {
	d, _ := parse("2024-03-22")
	for g, want := range map[grain]string{
		century: "20XX", decade: "202X", year: "2024", half: "2024-40", season: "2024-21", quarter: "2024-33", month: "2024-03",
		week: "2024-03-18/2024-03-24", weekend: "2024-03-23/2024-03-24", day: "2024-03-22",
	} {
		e, ok := d.to(g)
		if s := string(e.append(nil, false)); !ok || s != want {
			t.Errorf("grain %d: %s, want %s", g, s, want)
		}
	}
	yearless, _ := dayOf(0, 2, 29)
	if s := string(yearless.append(nil, true)); s != "XXXX-02-29~" {
		t.Errorf("a day of an unknown year: %s", s)
	}
	if s := string(value{from: yearless, to: d}.append(nil)); s != "XXXX-02-29/2024-03-22" {
		t.Errorf("a stretch: %s", s)
	}
}

func TestParse(t *testing.T) {
	for _, x := range []struct {
		in, want string
	}{
		{"2024-03-27", "2024-03-27"}, {"2024-03-27T10:00:00Z", "2024-03-27"}, {"2024-03", "2024-03"}, {"2024", "2024"}, {"2024~", "2024"},
		{"2024-03-04/2024-03-09", "2024-03-04"}, {"2024-21", "2024"}, {"2024-02-30", ""}, {"199X", ""}, {"", ""}, {"99999999", ""}, {"0000", ""},
	} {
		d, ok := parse(x.in)
		got := ""
		if ok {
			got = string(d.append(nil, false))
		}
		if got != x.want {
			t.Errorf("%q is %q, want %q", x.in, got, x.want)
		}
	}
}

func TestHolidays(t *testing.T) {
	for _, x := range []struct {
		name string
		year int
		want string
	}{
		{"easter|easter sunday", 2024, "2024-03-31"}, {"easter|easter sunday", 2000, "2000-04-23"}, {"good friday", 1998, "1998-04-10"},
		{"thanksgiving|thanksgiving day", 1999, "1999-11-25"}, {"memorial day", 1998, "1998-05-25"}, {"labor day", 2025, "2025-09-01"},
		{"christmas eve", 2023, "2023-12-24"}, {"ash wednesday", 2024, "2024-02-14"},
	} {
		for _, h := range holidays {
			if h.names != x.name {
				continue
			}
			d, ok := h.in(x.year)
			if s := string(d.append(nil, false)); !ok || s != x.want {
				t.Errorf("%s of %d: %s, want %s", x.name, x.year, s, x.want)
			}
		}
	}
}

package sqlite

import (
	"fmt"
	"strings"
	"time"
)

// The years whose days are words of the indexes: see migrations/00007_days.sql.
const (
	firstYear = 1970
	lastYear  = 2099
)

// dayWords are words of an index's column of days of which an article has one that
// appeared, or may have, between two days, both included: days, and in the place
// of all days of a month or a year that alone. An empty day is no limit.
// Other articles may have one too: "dx" is for all whose day is not known.
func dayWords(since, until string) ([]string, error) {
	from, to := time.Date(firstYear, time.January, 1, 0, 0, 0, 0, time.UTC), time.Date(lastYear, time.December, 31, 0, 0, 0, 0, time.UTC)
	for _, limit := range [...]struct {
		day  string
		into *time.Time
	}{{since, &from}, {until, &to}} {
		if limit.day == "" {
			continue
		}
		day, err := time.Parse(time.DateOnly, limit.day)
		if err != nil {
			return nil, err
		}
		if limit.into == &from && day.After(from) || limit.into == &to && day.Before(to) {
			*limit.into = day
		}
	}
	words := []string{"dx"}
	for day := from; !day.After(to); {
		year, month := time.Date(day.Year()+1, time.January, 1, 0, 0, 0, 0, time.UTC), time.Date(day.Year(), day.Month()+1, 1, 0, 0, 0, 0, time.UTC)
		switch {
		case day.YearDay() == 1 && year.AddDate(0, 0, -1).Compare(to) <= 0:
			words = append(words, fmt.Sprintf("y%04d", day.Year()))
			day = year
		case day.Day() == 1 && month.AddDate(0, 0, -1).Compare(to) <= 0:
			words = append(words, day.Format("m200601"))
			day = month
		default:
			words = append(words, day.Format("d20060102"))
			day = day.AddDate(0, 0, 1)
		}
	}
	return words, nil
}

// matchDays asks an index for the articles between two days; for none where there
// is no limit.
func matchDays(since, until string) (string, error) {
	if since == "" && until == "" {
		return "", nil
	}
	words, err := dayWords(since, until)
	if err != nil {
		return "", err
	}
	return "days : (" + strings.Join(words, " OR ") + ")", nil
}

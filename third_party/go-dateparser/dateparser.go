// Package dateparser stands in for github.com/markusmobius/go-dateparser, which
// go-htmldate imports for an extensive search that Hearsay leaves off
// (SkipExtensiveSearch). Merely linked, the real one compiles the date formats
// of 200 languages at each start of the program: 0.15 s and 95 MB. This one has
// what go-htmldate names, and finds no dates.
//
// It takes the real one's place by a replace directive in the go.mod of
// Hearsay. Drop both when go-dateparser makes its tables when they are needed.
package dateparser

import (
	"errors"
	"time"

	"github.com/markusmobius/go-dateparser/date"
)

// ParserType is a way of reading a date.
type ParserType uint8

// The ways of reading a date that go-htmldate names.
const (
	AbsoluteTime ParserType = iota
	CustomFormat
)

// PreferredDateSource says which reading of an incomplete date is taken.
type PreferredDateSource uint8

// The readings of an incomplete date that go-htmldate names.
const (
	CurrentPeriod PreferredDateSource = iota
	Past
)

// Configuration is the choices that go-htmldate makes.
type Configuration struct {
	CurrentTime         time.Time
	PreferredDateSource PreferredDateSource
	StrictParsing       bool
}

// Parser reads no dates.
type Parser struct{ ParserTypes []ParserType }

// Parse returns an error: the extensive search is not built in.
func (*Parser) Parse(*Configuration, string, ...string) (date.Date, error) {
	return date.Date{}, errors.New("the extensive search for dates is not built in")
}

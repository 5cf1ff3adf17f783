package report

import "strings"

// Cell returns s as it may stand in a cell of CSV: see harmless.
func Cell(s string) string { return harmless(s) }

// Line returns s as it may be printed on one line of a terminal: without
// control characters, and with each run of white space as one space.
func Line(s string) string { return strings.Join(strings.Fields(clean(s)), " ") }

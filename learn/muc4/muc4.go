// Package muc4 reads the reports and answer keys of the Third and Fourth
// Message Understanding Conferences (1991 and 1992) and scores the incidents
// that a ledger holds against them by the task's own definitions.
//
// The task fills a template for each act of political violence that a report
// tells of. Seven of its slots are scored here: those that a ledger has
// something to say of (see Slot). Killed and wounded are no slots of the
// task's; FromKey says how they follow from those that are.
package muc4

import (
	"archive/tar"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
)

// Slot is one of the slots that are scored.
type Slot uint8

// The slots that are scored, with the numbers they have in the task.
const (
	Date         Slot = iota // 2, INCIDENT: DATE
	Location                 // 3, INCIDENT: LOCATION
	Individual               // 9, PERP: INDIVIDUAL ID
	Organization             // 10, PERP: ORGANIZATION ID
	Confidence               // 11, PERP: ORGANIZATION CONFIDENCE
	Killed                   // derived from 21, 23 and 24
	Wounded                  // likewise
	NumSlots
)

var slotNames = [NumSlots]string{"date", "location", "perpetrator", "organization", "confidence", "killed", "wounded"}

// String is a short name of the slot.
func (s Slot) String() string { return slotNames[s] }

// Template is one incident, of the key or of a response.
type Template struct {
	Number   string   // of a key: its number in the report
	Optional bool     // of a key: a response need not have it
	Types    []string // INCIDENT: TYPE and its alternatives
	Slots    [NumSlots][]Fill
}

// Fill is one filler of a slot: any of the alternatives will do.
type Fill struct {
	Optional bool // of a key: a response need not have it
	Any      []string
	Of       []string // what it is cross-referenced to, and the alternatives
}

// Report is one report of the corpus with its key.
type Report struct {
	ID        string // "DEV-MUC3-0001"
	Published string // EDTF, from the dateline; empty where it gives no date
	Text      string // without the corpus's own marks between the dateline and the body
	Key       []Template
}

// Development returns the 1,300 development reports in the archive of that name, in the
// order of their ids. The test reports that the archive holds too are left alone.
func Development(name string) ([]Report, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("opening the corpus: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	texts, keys := map[string]Report{}, map[string][]Template{}
	for t := tar.NewReader(z); ; {
		h, err := t.Next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		base := path.Base(h.Name)
		isText, isKey := strings.HasPrefix(base, "dev-muc3-"), strings.HasPrefix(base, "key-dev-")
		if !isText && !isKey {
			continue
		}
		b, err := io.ReadAll(t)
		if err != nil {
			return nil, fmt.Errorf("reading %s of %s: %w", h.Name, name, err)
		}
		if isText {
			for _, r := range reports(string(b)) {
				texts[r.ID] = r
			}
		} else {
			for id, k := range ParseKey(string(b)) {
				keys[id] = append(keys[id], k...)
			}
		}
	}
	var out []Report
	for id, r := range texts {
		r.Key = keys[id]
		out = append(out, r)
	}
	if len(out) == 0 {
		return nil, fmt.Errorf("%s holds no development reports", name)
	}
	slices.SortFunc(out, func(a, b Report) int { return strings.Compare(a.ID, b.ID) })
	return out, nil
}

// reports cuts a file of reports. Each begins with a line that is its id and a
// remark in brackets.
func reports(file string) []Report {
	var out []Report
	var body []string
	flush := func() {
		if len(out) > 0 {
			r := &out[len(out)-1]
			r.Published, r.Text = header(strings.Trim(strings.Join(body, "\n"), "\n") + "\n")
		}
		body = body[:0]
	}
	for _, line := range strings.Split(file, "\n") {
		if id, _, ok := strings.Cut(line, " ("); ok && strings.HasPrefix(line, "DEV-MUC3-") {
			flush()
			out = append(out, Report{ID: id})
			continue
		}
		body = append(body, line)
	}
	flush()
	return out
}

// bodies are the marks of the corpus after which a report's own words begin.
var bodies = []string{"[TEXT]", "[SUMMARY]", "[EXCERPT]", "[EXCERPTS]"}

// header returns the day in a report's dateline and the report without what
// stands between the dateline and the body.
func header(s string) (published, body string) {
	line, rest, ok := strings.Cut(s, "--")
	if !ok || len(line) > 200 {
		return "", s
	}
	if _, after, ok := strings.Cut(line, ","); ok {
		f := strings.Fields(after)
		for len(f) >= 3 {
			if d, ok := parseDay(f[0], f[1], f[2]); ok {
				published = d.edtf()
				break
			}
			f = f[1:]
		}
	}
	at, end := -1, 0
	for _, b := range bodies {
		if i := strings.Index(rest, b); i >= 0 && i < 400 && (at < 0 || i < at) {
			at, end = i, i+len(b)
		}
	}
	if at >= 0 {
		rest = rest[end:]
	}
	return published, unwrap(line + "--" + rest)
}

// unwrap joins the lines of each paragraph: where a line of the corpus ends
// means nothing.
func unwrap(s string) string {
	var b strings.Builder
	for _, line := range strings.Split(s, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" && b.Len() > 0 && !strings.HasSuffix(b.String(), "\n"):
			b.WriteString("\n\n")
		case line != "" && b.Len() > 0 && !strings.HasSuffix(b.String(), "\n"):
			b.WriteByte(' ')
			fallthrough
		default:
			b.WriteString(line)
		}
	}
	return strings.TrimRight(b.String(), "\n") + "\n"
}

// keySlots are the numbers of the task's slots that are read.
const (
	slotID            = 0
	slotTemplate      = 1
	slotDate          = 2
	slotLocation      = 3
	slotType          = 4
	slotIndividual    = 9
	slotOrganization  = 10
	slotConfidence    = 11
	slotHumanNumber   = 21
	slotHumanEffect   = 23
	slotHumanTotal    = 24
	valueColumn       = 36 // where the fillers stand
	mostSlots         = 25
	irrelevantFilling = "*"
)

// ParseKey reads answer keys: the templates of each report, none for one in
// which nothing is to be found.
func ParseKey(file string) map[string][]Template {
	out := map[string][]Template{}
	var (
		lines [mostSlots][]string
		slot  = -1
	)
	flush := func() {
		if len(lines[slotID]) > 0 {
			id := strings.Fields(lines[slotID][0])[0]
			if t, ok := template(&lines); ok {
				out[id] = append(out[id], t)
			} else if _, seen := out[id]; !seen {
				out[id] = nil
			}
		}
		lines, slot = [mostSlots][]string{}, -1
	}
	for _, line := range strings.Split(file, "\n") {
		switch n, value, ok := slotLine(line); {
		case ok:
			if n == slotID {
				flush()
			}
			slot = n
			lines[n] = append(lines[n], value)
		case strings.HasPrefix(line, " ") && slot >= 0:
			v := strings.TrimSpace(line)
			if last := len(lines[slot]) - 1; v != "" && last >= 0 {
				// An alternative on a line of its own belongs to the filler before it.
				if strings.HasPrefix(v, "/") || strings.HasSuffix(lines[slot][last], "/") {
					lines[slot][last] += " " + v
				} else {
					lines[slot] = append(lines[slot], v)
				}
			}
		default:
			slot = -1 // a remark or an empty line
		}
	}
	flush()
	return out
}

// slotLine reads "2.  INCIDENT: DATE                  30 DEC 89".
func slotLine(line string) (slot int, value string, ok bool) {
	number, _, ok := strings.Cut(line, ".")
	if !ok || len(number) > 2 {
		return 0, "", false
	}
	slot, err := strconv.Atoi(number)
	if err != nil || slot < 0 || slot >= mostSlots || len(line) < valueColumn {
		return 0, "", false
	}
	return slot, strings.TrimSpace(line[valueColumn:]), true
}

// template makes a template of the lines of its slots; ok is false for that of
// an irrelevant report.
func template(lines *[mostSlots][]string) (t Template, ok bool) {
	number := strings.Join(lines[slotTemplate], " ")
	if number == irrelevantFilling || number == "" {
		return t, false
	}
	t.Optional = strings.Contains(number, "OPTIONAL")
	t.Number, _, _ = strings.Cut(number, " ")
	for _, v := range lines[slotType] {
		for _, a := range strings.Split(v, "/") {
			t.Types = append(t.Types, strings.TrimSpace(a))
		}
	}
	for s, n := range map[Slot]int{Date: slotDate, Location: slotLocation, Individual: slotIndividual, Organization: slotOrganization,
		Confidence: slotConfidence} {
		for _, v := range lines[n] {
			if f, ok := parseFill(v); ok {
				t.Slots[s] = append(t.Slots[s], f)
			}
		}
	}
	t.Slots[Killed] = toll(lines, "DEATH")
	t.Slots[Wounded] = toll(lines, "INJURY")
	return t, true
}

// parseFill reads one filler: "? " before an optional one, alternatives apart
// by slashes, a cross-reference after a colon.
func parseFill(v string) (f Fill, ok bool) {
	v = strings.TrimSpace(v)
	if strings.HasPrefix(v, "?") {
		f.Optional = true
		v = strings.TrimSpace(v[1:])
	}
	if v == "" || v == "-" || v == irrelevantFilling {
		return f, false
	}
	if q := strings.Index(v, `"`); q >= 0 {
		if c := strings.LastIndex(v[:q], ":"); c >= 0 {
			f.Any, f.Of = alternatives(v[:c]), alternatives(v[c+1:])
			return f, len(f.Any) > 0
		}
	}
	f.Any = alternatives(v)
	return f, len(f.Any) > 0
}

// alternatives cuts at the slashes that stand outside quotation marks. The
// marks, and brackets around a whole alternative, go.
func alternatives(v string) []string {
	var out []string
	var b strings.Builder
	quoted := false
	add := func() {
		s := strings.TrimSpace(b.String())
		for strings.HasPrefix(s, "(") && strings.HasSuffix(s, ")") {
			s = strings.TrimSpace(s[1 : len(s)-1])
		}
		s = strings.TrimSpace(strings.TrimPrefix(s, "?"))
		if s != "" {
			out = append(out, s)
		}
		b.Reset()
	}
	for i := 0; i < len(v); i++ {
		switch c := v[i]; {
		case c == '\\' && i+1 < len(v) && v[i+1] == '"':
			i++ // a quotation mark of the report's own
		case c == '"':
			quoted = !quoted
		case c == '/' && !quoted:
			add()
		default:
			b.WriteByte(c)
		}
	}
	add()
	return out
}

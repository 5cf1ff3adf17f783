// Package edits makes copies of a text as editors do: sentences cut and put in,
// a site's boilerplate around it, paragraphs in another order, words replaced
// by others of the same meaning, numbers changed. What it makes is known to be a
// copy, and so measures whether copies are found; it is no part of the program.
package edits

import (
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Strength is how much of a text is changed.
type Strength int

// The strengths.
const (
	Trifling Strength = iota + 1 // a word here and there
	Light                        // a sentence dropped, a line of the site's own added
	Moderate                     // shortened and touched up
	Heavy                        // a quarter cut, a fifth added, words replaced throughout
	Severe                       // hardly more than half left, in another order, within other matter
)

// Strengths are all of them, the lightest first.
var Strengths = [...]Strength{Trifling, Light, Moderate, Heavy, Severe}

// String is the strength's name.
func (s Strength) String() string {
	return [...]string{"none", "trifling", "light", "moderate", "heavy", "severe"}[s]
}

// amounts are the chances that a strength stands for.
type amounts struct {
	cut, insert float64 // of a sentence
	move        float64 // of a paragraph
	boilerplate int     // the most paragraphs put around the text
	word        float64 // of a word that the table of synonyms has
	number      float64 // of a number
}

var byStrength = [...]amounts{
	Trifling: {word: 0.05, number: 0.05},
	Light:    {cut: 0.05, insert: 0.05, boilerplate: 1, word: 0.1, number: 0.1},
	Moderate: {cut: 0.15, insert: 0.1, boilerplate: 2, move: 0.2, word: 0.2, number: 0.25},
	Heavy:    {cut: 0.25, insert: 0.2, boilerplate: 2, move: 0.4, word: 0.35, number: 0.4},
	Severe:   {cut: 0.35, insert: 0.3, boilerplate: 3, move: 0.7, word: 0.5, number: 0.5},
}

// Editor makes edited copies. The same Rand, texts and order of calls give the
// same copies.
type Editor struct {
	Rand *rand.Rand
	// Filler are sentences that are put in; none are where it is empty.
	Filler []string
}

// Edit returns an edited copy of the text. At least one sentence of the text is
// kept; a text without one is returned with its words and numbers changed.
func (e *Editor) Edit(text string, s Strength) string {
	a := byStrength[s]
	var paragraphs []string
	kept := 0
	last := ""
	for p := range strings.SplitSeq(text, "\n") {
		var out []string
		for _, sentence := range sentences(p) {
			last = sentence
			if e.Rand.Float64() >= a.cut {
				out = append(out, e.reword(sentence, a))
				kept++
			}
			if len(e.Filler) > 0 && e.Rand.Float64() < a.insert {
				out = append(out, pick(e.Rand, e.Filler))
			}
		}
		if len(out) > 0 {
			paragraphs = append(paragraphs, strings.Join(out, " "))
		}
	}
	if kept == 0 {
		paragraphs = append(paragraphs, e.reword(last, a))
	}
	for i := range paragraphs {
		if e.Rand.Float64() < a.move {
			j := e.Rand.IntN(len(paragraphs))
			paragraphs[i], paragraphs[j] = paragraphs[j], paragraphs[i]
		}
	}
	for range e.Rand.IntN(a.boilerplate + 1) {
		at := 0
		if e.Rand.IntN(2) == 0 {
			at = len(paragraphs)
		}
		paragraphs = slices.Insert(paragraphs, at, pick(e.Rand, boilerplate[:]))
	}
	return strings.Join(paragraphs, "\n\n")
}

// Title returns an edited copy of a headline: words are replaced, and from
// Heavy on some are dropped.
func (e *Editor) Title(title string, s Strength) string {
	a := byStrength[s]
	words := strings.Fields(e.reword(title, a))
	if s < Heavy || len(words) < 4 {
		return strings.Join(words, " ")
	}
	kept := slices.DeleteFunc(slices.Clone(words), func(string) bool { return e.Rand.Float64() < a.cut/2 })
	if len(kept) < 2 {
		kept = words
	}
	return strings.Join(kept, " ")
}

func pick(r *rand.Rand, from []string) string { return from[r.IntN(len(from))] }

// sentences divides a paragraph where a capital follows a full stop: enough to
// cut in likely places.
func sentences(p string) (all []string) {
	start := 0
	for i := 0; i+2 < len(p); i++ {
		if p[i+1] != ' ' || p[i] != '.' && p[i] != '!' && p[i] != '?' {
			continue
		}
		if r, _ := utf8.DecodeRuneInString(p[i+2:]); unicode.IsUpper(r) || r == '“' || r == '"' {
			all = append(all, p[start:i+1])
			start = i + 2
		}
	}
	if rest := strings.TrimSpace(p[start:]); rest != "" {
		all = append(all, rest)
	}
	return all
}

// reword replaces words and numbers of a sentence.
func (e *Editor) reword(sentence string, a amounts) string {
	var b strings.Builder
	for i := 0; i < len(sentence); {
		j := i
		for j < len(sentence) && letterOrDigit(sentence[j]) {
			j++
		}
		if j == i {
			_, size := utf8.DecodeRuneInString(sentence[i:])
			b.WriteString(sentence[i : i+size])
			i += size
			continue
		}
		b.WriteString(e.word(sentence[i:j], a))
		i = j
	}
	return b.String()
}

func letterOrDigit(c byte) bool {
	return 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
}

func (e *Editor) word(w string, a amounts) string {
	if n, err := strconv.Atoi(w); err == nil && len(w) < 6 {
		if e.Rand.Float64() < a.number {
			n += 1 + e.Rand.IntN(9)
		}
		return strconv.Itoa(n)
	}
	others := synonyms[strings.ToLower(w)]
	if len(others) == 0 || e.Rand.Float64() >= a.word {
		return w
	}
	other := pick(e.Rand, others)
	if w[0] <= 'Z' {
		other = strings.ToUpper(other[:1]) + other[1:]
	}
	return other
}

// boilerplate is what sites put around their stories, in words of our own.
var boilerplate = [...]string{
	"Sign up for our morning letter and have the day's first stories in your inbox before breakfast. You may leave the list whenever you like.",
	"Have you seen something that we should know of? Call our newsroom or write to us, and send us your photographs.",
	"This is a breaking story. Come back to this page for updates as we learn more.",
	"You have read all of your free stories this month. Subscribers read without limit, on paper and on every device.",
	"Comments are open to registered readers. Keep to the subject, be civil, and report what is not.",
	"Copyright of this material is reserved. It may not be published, broadcast, rewritten or passed on.",
	"Follow our channel for more news from the region, the weather on the hour and live traffic.",
	"Related stories: the week in pictures. Council meets on the new bridge. What to do this weekend.",
}

// synonyms are words of news and what another editor may put for them. Where a
// word has several forms the list has the one that fits most often.
var synonyms = func() map[string][]string {
	m := map[string][]string{}
	for line := range strings.Lines(`
		said stated, added, told reporters
		say state, report
		says states, reports
		told informed
		police officers, authorities
		officers police, deputies
		officer policeman
		man male
		men males
		woman female
		boy youngster
		girl youngster
		child youngster
		children youngsters
		teen youth
		teenager youth
		suspect alleged attacker
		suspects alleged attackers
		victim injured person
		victims injured people
		shot hit
		shooting gunfire
		killed slain
		died succumbed
		dead deceased
		death passing
		injured hurt, wounded
		wounded hurt, injured
		injuries wounds
		wounds injuries
		hospital medical center
		gun firearm, weapon
		weapon gun
		home residence
		house residence
		car vehicle
		vehicle car
		street road
		near close to
		around about
		about around
		after following
		when as
		before prior to
		because since
		however still
		also too
		many numerous
		several a number of
		people persons
		found discovered
		arrested detained
		charged accused
		taken brought
		transported taken
		happened occurred
		occurred happened
		began started
		started began
		fired discharged
		fled ran
		left departed
		went headed
		called phoned
		saw noticed
		believe think
		think believe
		believed thought
		investigating looking into
		investigation inquiry
		investigators detectives
		detectives investigators
		department force
		county district
		city town
		neighborhood area
		area neighborhood
		block stretch
		night evening
		evening night
		early shortly
		several some
		condition state
		critical grave
		serious grave
		family relatives
		friend acquaintance
		friends acquaintances
		party gathering
		school college
		court tribunal
		judge magistrate
		prison jail
		jail prison
		according as reported
		released made public
		identified named
		named identified
		still yet
		now at present
		then afterwards
		where in which
		while as
		inside within
		outside in front of
		between among
		least minimum
		first initial
		big large
		large big
		small little
		new fresh
		old aged
	`) {
		word, others, ok := strings.Cut(strings.TrimSpace(line), " ")
		if ok {
			m[word] = strings.Split(others, ", ")
		}
	}
	return m
}()

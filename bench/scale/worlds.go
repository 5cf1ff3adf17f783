package main

import (
	"cmp"
	"fmt"
	"hash/fnv"
	"math/rand/v2"
	"regexp"
	"slices"
	"strings"
	"time"

	"hearsay/article"
	"hearsay/corpus/copies/edits"
	"hearsay/ledger"
)

// seed is an article that others are made from, with its ledger where that is
// wanted ready.
type seed struct {
	Incident string
	Article  article.Article
	Ledger   *ledger.Ledger
}

// worlds makes any number of articles from a few. In each world the articles
// tell the same stories at another time and in other words: each word of three
// letters and more is another one, of the same length and about as frequent, so that what is
// said of a text by bytes holds of the other too, no two worlds have passages in
// common, and the words of all of them are as frequent as those of one. Rare words are made
// up anew, as more text has more names. Words as frequent as "said", names of places and numbers
// stay. The articles on one incident move by one number of days, and the worlds follow one
// another in time. Of the articles of a world some are reprinted by others a day or two later,
// with another headline and a line of the site's own below.
//
// What is made depends on the seeds and the number of an article alone.
type worlds struct {
	seeds  []seed
	blocks [][]string     // words among which one stands for another
	rare   map[string]int // words that are made up anew, and how many letters they have
	order  []place        // the articles of a world, in the order of their days
	began  time.Time      // the first day of all seeds

	number int // of the world that words is for
	words  map[string]string
}

// place is an article of a world: a seed, or the nth reprint of it.
type place struct {
	seed, reprint int
}

const (
	kept     = 40 // the most frequent words stay
	block    = 24 // words that are exchanged for one another
	rareness = 2  // how often a rare word stands in the seeds at most
	alphabet = 16 // ways in which a rare word is made up
	apart    = 18 // days between one world and the next
	spread   = 90 // days within which the incidents of a world are put
)

var firstDay = time.Date(2015, time.January, 1, 0, 0, 0, 0, time.UTC)

func newWorlds(seeds []seed) *worlds {
	w := &worlds{seeds: seeds, rare: make(map[string]int), number: -1}
	count := make(map[string]int)
	fixed := make(map[string]bool) // words of names of places
	for i := range seeds {
		s := &seeds[i]
		eachWord(s.Article.Text, func(word string) { count[strings.ToLower(word)]++ })
		if s.Ledger == nil {
			continue
		}
		for _, e := range s.Ledger.Entities {
			if e.Place != nil && e.Place.GeoNames != 0 {
				eachWord(e.Name, func(word string) { fixed[strings.ToLower(word)] = true })
			}
		}
	}
	all := make([]string, 0, len(count))
	for word := range count {
		all = append(all, word)
	}
	slices.SortFunc(all, func(a, b string) int { return cmp.Or(count[b]-count[a], strings.Compare(a, b)) })
	byLength := make(map[int][]string)
	var lengths []int
	for i, word := range all {
		switch n := len(word); {
		case i < kept || n < 3 || fixed[word]:
		case count[word] <= rareness:
			w.rare[word] = n
		default:
			if byLength[n] == nil {
				lengths = append(lengths, n)
			}
			byLength[n] = append(byLength[n], word)
		}
	}
	slices.Sort(lengths)
	for _, n := range lengths {
		for part := range slices.Chunk(byLength[n], block) {
			w.blocks = append(w.blocks, part)
		}
	}
	w.place()
	return w
}

// place puts the articles of a world in order.
func (w *worlds) place() {
	first := make(map[string]time.Time) // by incident
	for i := range w.seeds {
		s := &w.seeds[i]
		day, err := time.Parse(time.DateOnly, s.Article.Published)
		if err != nil {
			continue
		}
		if f, ok := first[s.Incident]; !ok || day.Before(f) {
			first[s.Incident] = day
		}
		if w.began.IsZero() || day.Before(w.began) {
			w.began = day
		}
	}
	r := rand.New(rand.NewPCG(1, 2))
	days := make(map[place]int)
	for i := range w.seeds {
		s := &w.seeds[i]
		after := 0
		if day, err := time.Parse(time.DateOnly, s.Article.Published); err == nil {
			after = int(day.Sub(first[s.Incident]).Hours() / 24)
		}
		after += int(number(s.Incident) % spread)
		p := place{seed: i}
		for {
			w.order = append(w.order, p)
			days[p] = after
			if p.reprint++; r.IntN(10) != 0 && (p.reprint == 1 || r.IntN(3) == 0) {
				break
			}
			after += r.IntN(2)
		}
	}
	slices.SortStableFunc(w.order, func(a, b place) int { return days[a] - days[b] })
}

func number(s string) uint64 {
	h := fnv.New64a()
	h.Write([]byte(s))
	return h.Sum64()
}

// enter makes the words of a world.
func (w *worlds) enter(n int) {
	if w.number == n {
		return
	}
	r := rand.New(rand.NewPCG(uint64(n), 3))
	w.number, w.words = n, make(map[string]string)
	for _, words := range w.blocks {
		for i, j := range r.Perm(len(words)) {
			w.words[words[i]] = words[j]
		}
	}
	for word := range w.rare {
		w.words[word] = made(word, (number(word)+uint64(n))%alphabet)
	}
}

// made is a word of as many letters, vowels in the place of vowels.
func made(word string, way uint64) string {
	const vowels, others = "aeiou", "bcdfghjklmnprstvwxyz"
	out := []byte(word)
	for i, c := range out {
		if at := strings.IndexByte(vowels, c); at >= 0 {
			out[i] = vowels[(uint64(at)+way)%uint64(len(vowels))]
		} else if at := strings.IndexByte(others, c); at >= 0 {
			out[i] = others[(uint64(at)+way*3+uint64(i))%uint64(len(others))]
		}
	}
	return string(out)
}

// eachWord calls f with each word of ASCII letters.
func eachWord(s string, f func(word string)) {
	for i := 0; i < len(s); {
		j := i
		for j < len(s) && letter(s[j]) {
			j++
		}
		if j > i {
			f(s[i:j])
			i = j
			continue
		}
		i++
	}
}

func letter(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// said puts the words of the world for those of s. Words that are part of
// something longer, such as an address or a word with an accent, are changed too: each
// stands for its like wherever it stands.
func (w *worlds) said(s string) string {
	out := []byte(s)
	at := 0
	low := make([]byte, 0, 32)
	eachWord(s, func(word string) {
		// eachWord hands on pieces of s in order.
		at += strings.Index(s[at:], word)
		low = append(low[:0], word...)
		for i := range low {
			low[i] |= 0x20
		}
		other, ok := w.words[string(low)]
		for i := 0; ok && i < len(word); i++ {
			out[at+i] = other[i] &^ (^word[i] & 0x20)
		}
		at += len(word)
	})
	return string(out)
}

// sites are what papers put below a story, in words of our own.
var sites = [...]string{
	"Sign up for the evening letter and have the day's stories in your inbox.",
	"Call our newsroom if you have seen something that we should know of.",
	"This story will be updated as we learn more.",
	"Comments are open to registered readers. Be civil.",
}

// ready returns article number n with its ledger.
func (w *worlds) ready(n int) (string, *article.Article, *ledger.Ledger) {
	p, s, days := w.at(n)
	l := *s.Ledger
	a := s.Article
	a.Text, a.Title = w.said(a.Text), w.said(a.Title)
	if p.reprint > 0 {
		r := rand.New(rand.NewPCG(uint64(n), 4))
		e := edits.Editor{Rand: r}
		a.Text += "\n\n" + sites[r.IntN(len(sites))]
		a.Title = e.Title(a.Title, edits.Moderate)
		days += r.IntN(2)
	}
	a.ID = fmt.Sprintf("%s-%d", s.Article.ID, n)
	a.URL = fmt.Sprintf("https://paper%d.example/%d/%s", number(s.Article.ID)%997, n, s.Article.ID)
	a.Published = moved(a.Published, days)
	d := &l.Document
	d.ID, d.URL, d.Title, d.Text, d.Published = a.ID, a.URL, a.Title, a.Text, a.Published
	l.Entities = slices.Clone(l.Entities)
	for i := range l.Entities {
		e := &l.Entities[i]
		e.Name, e.Aliases, e.Roles = w.said(e.Name), w.each(e.Aliases), w.each(e.Roles)
	}
	l.Dates = slices.Clone(l.Dates)
	for i := range l.Dates {
		l.Dates[i].Value = moved(l.Dates[i].Value, days)
	}
	l.Figures = slices.Clone(l.Figures)
	for i := range l.Figures {
		l.Figures[i].Of = w.said(l.Figures[i].Of)
	}
	l.Incidents = slices.Clone(l.Incidents)
	for i := range l.Incidents {
		l.Incidents[i].Date = moved(l.Incidents[i].Date, days)
	}
	return fmt.Sprintf("worlds.jsonl#%d", n), &a, &l
}

func (w *worlds) each(list []string) []string {
	out := make([]string, len(list))
	for i, s := range list {
		out[i] = w.said(s)
	}
	return out
}

// at enters the world of article n and returns its place, its seed, and by how many
// days it moves.
func (w *worlds) at(n int) (p place, s *seed, days int) {
	w.enter(n / len(w.order))
	p = w.order[n%len(w.order)]
	s = &w.seeds[p.seed]
	since := int(firstDay.Sub(w.began).Hours() / 24)
	return p, s, since + w.number*apart + int(number(s.Incident)%spread)
}

// edited returns article number n to be read: a seed as an editor changed it,
// at one of the five strengths, and at another time.
func (w *worlds) edited(n int) article.Article {
	s := &w.seeds[n%len(w.seeds)]
	round := n / len(w.seeds)
	a := s.Article
	if round > 0 {
		r := rand.New(rand.NewPCG(uint64(n), 5))
		e := edits.Editor{Rand: r, Filler: sites[:]}
		strength := edits.Strengths[r.IntN(len(edits.Strengths))]
		a.Text, a.Title = e.Edit(a.Text, strength), e.Title(a.Title, strength)
		a.ID = fmt.Sprintf("%s-%d", a.ID, n)
		a.URL = fmt.Sprintf("https://paper%d.example/%d/%s", r.IntN(997), n, s.Article.ID)
		a.Published = moved(a.Published, int(number(fmt.Sprint(s.Incident, round))%3650))
	}
	return a
}

// dates are the days, months and years in EDTF.
var dates = regexp.MustCompile(`\d{4}(-\d{2}(-\d{2})?)?`)

// moved moves each date of an EDTF value by some days.
func moved(value string, days int) string {
	return dates.ReplaceAllStringFunc(value, func(date string) string {
		form := "2006-01-02"[:len(date)]
		t, err := time.Parse(form, date)
		if err != nil {
			return date
		}
		return t.AddDate(0, 0, days).Format(form)
	})
}

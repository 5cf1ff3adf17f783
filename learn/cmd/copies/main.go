// Copies measures how well copies are found, on the articles of the Gun
// Violence Archive:
//
//	go run ./learn/cmd/copies -data ../shared/data/gva
//
// Of every article of 40 words and more, edited copies are made at five
// strengths (package edits), each given the original's day or one of the two after it,
// and put in an index with all articles, in an order of chance. A pair is two
// texts that end in one group. It is right when both were made from one article, and
// wrong when they were not; pairs of texts from different articles on one
// incident, and from articles with the same text, are left out here, since some
// are reprints. Those are measured on the articles as they are: how many pairs
// of one incident are taken for copies, how many of these share less than half of
// the words of either, and of the pairs of identical texts how many. -show prints the
// pairs that were taken for copies, to be judged by eye: those that share more than half are,
// but for a few, one text that was edited or gone on with.
package main

import (
	"bufio"
	"compress/gzip"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"hearsay/corpus/copies"
	"hearsay/corpus/copies/edits"
)

func main() {
	log.SetFlags(0)
	data := flag.String("data", "../shared/data/gva", "the folder with the articles")
	seed := flag.Uint64("seed", 1, "what the edits depend on")
	each := flag.Int("copies", 2, "how many copies are made of an article")
	only := flag.Int("strength", 0, "measure at this strength only, 1 to 5; -1 for none, 0 for all")
	show := flag.Bool("show", false, "print the pairs of articles that are taken for copies")
	flag.Parse()
	if err := run(os.Stdout, *data, *seed, *each, *only, *show); err != nil {
		log.Fatal("copies: ", err)
	}
}

// listed is an article that the archive lists under an incident.
type listed struct {
	ID        string `json:"id"`
	Incident  string `json:"incident"`
	Title     string `json:"title"`
	Published string `json:"published"`
	Text      string `json:"text"`
}

func run(w io.Writer, folder string, seed uint64, each, only int, show bool) error {
	articles, err := read(filepath.Join(folder, "articles.jsonl.gz"))
	if err != nil {
		return err
	}
	if _, err := asTheyAre(w, articles, show); err != nil {
		return err
	}
	for _, s := range edits.Strengths {
		if only != 0 && int(s) != only {
			continue
		}
		if _, err := edited(w, articles, s, seed, each); err != nil {
			return err
		}
	}
	return nil
}

func read(file string) (articles []listed, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	for d := json.NewDecoder(bufio.NewReader(z)); ; {
		var a listed
		if err := d.Decode(&a); errors.Is(err, io.EOF) {
			return articles, nil
		} else if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		articles = append(articles, a)
	}
}

func (a *listed) text() *copies.Text {
	return &copies.Text{ID: a.ID, Title: a.Title, Published: a.Published, Body: a.Text}
}

// index puts texts in an index in the order given and says how long one took.
func index(texts []*copies.Text) (*copies.Memory, time.Duration, error) {
	shelf := &copies.Memory{}
	x := copies.Index{Shelf: shelf}
	began := time.Now()
	for _, t := range texts {
		if _, err := x.Add(context.Background(), t); err != nil {
			return nil, 0, err
		}
	}
	return shelf, time.Since(began) / time.Duration(max(1, len(texts))), nil
}

// pairs yields each two of a group's articles.
func pairs(groups []copies.Group, f func(a, b string)) {
	for _, g := range groups {
		for i, a := range g.Articles {
			for _, b := range g.Articles[i+1:] {
				f(a, b)
			}
		}
	}
}

// unedited is what was found among the articles as they are.
type unedited struct {
	identical, identicalFound int // pairs of identical texts on one incident
	differing, taken          int // pairs of different texts on one incident, and those taken for copies
	slight                    int // of these, those that share less than half of either
}

// asTheyAre measures on the unedited articles.
func asTheyAre(w io.Writer, articles []listed, show bool) (unedited, error) {
	byID := map[string]*listed{}
	perIncident := map[string]int{}
	perText := map[string]int{}
	perTextHere := map[[2]string]int{} // of one incident too
	var texts []*copies.Text
	for i := range articles {
		a := &articles[i]
		byID[a.ID] = a
		perIncident[a.Incident]++
		if len(strings.Fields(a.Text)) >= 15 {
			perText[a.Text]++
			perTextHere[[2]string{a.Incident, a.Text}]++
		}
		texts = append(texts, a.text())
	}
	shelf, took, err := index(texts)
	if err != nil {
		return unedited{}, err
	}
	groups := shelf.Groups()
	var u unedited
	same, elsewhere := 0, 0
	var shown []string
	pairs(groups, func(x, y string) {
		a, b := byID[x], byID[y]
		kind := "other incidents"
		switch {
		case a.Text == b.Text && a.Incident == b.Incident:
			u.identicalFound++
			return
		case a.Text == b.Text:
			kind = "same text, other incidents"
			same++
		case a.Incident == b.Incident:
			kind = "one incident"
			u.taken++
		default:
			elsewhere++
		}
		m := copies.Compare(copies.NewWords(a.Text), copies.NewWords(b.Text))
		if a.Incident == b.Incident && max(m.OfA, m.OfB) < 0.5 {
			u.slight++
		}
		shown = append(shown, fmt.Sprintf("%s: %.2f and %.2f, %d words\n  %s %s %s\n    %.300q\n  %s %s %s\n    %.300q",
			kind, m.OfA, m.OfB, m.Own, a.ID, a.Published, a.Title, a.Text, b.ID, b.Published, b.Title, b.Text))
	})
	u.identical = of(perTextHere)
	u.differing = of(perIncident) - u.identical
	fmt.Fprintf(w, "%d articles, %v each; %d groups\n", len(articles), took.Round(time.Microsecond), len(groups))
	fmt.Fprintf(w, "identical texts: on one incident %d of %d pairs found; on different ones %d of %d\n", u.identicalFound, u.identical, same, of(perText)-u.identical)
	fmt.Fprintf(w, "different texts: on one incident %d of %d pairs taken for copies, %d of them with less than half in common; on different ones %d\n", u.taken, u.differing, u.slight, elsewhere)
	if show {
		slices.Sort(shown)
		fmt.Fprintln(w, strings.Join(shown, "\n"))
	}
	return u, nil
}

// of is how many pairs there are within all of the counts.
func of[K comparable](counts map[K]int) (n int) {
	for _, c := range counts {
		n += c * (c - 1) / 2
	}
	return n
}

// edited measures on copies made at a strength and returns F1 over pairs.
func edited(w io.Writer, articles []listed, s edits.Strength, seed uint64, each int) (f1 float64, err error) {
	const leastWords = 40
	r := rand.New(rand.NewPCG(seed, uint64(s)))
	e := &edits.Editor{Rand: r}
	for i := range articles {
		// From the middle of a text, so that it is not what a site begins its pages with.
		if f := strings.Split(articles[i].Text, ". "); len(f) > 2 {
			e.Filler = append(e.Filler, strings.TrimSpace(f[len(f)/2])+".")
		}
	}
	var texts []*copies.Text
	from := map[string]*listed{} // by the ID of a text
	want := 0
	for i := range articles {
		a := &articles[i]
		texts = append(texts, a.text())
		from[a.ID] = a
		if len(strings.Fields(a.Text)) < leastWords {
			continue
		}
		for k := range each {
			t := a.text()
			t.ID = fmt.Sprintf("%s copy %d", a.ID, k+1)
			t.Body = e.Edit(a.Text, s)
			t.Title = e.Title(a.Title, s)
			if day, err := time.Parse(time.DateOnly, a.Published); err == nil {
				t.Published = day.AddDate(0, 0, r.IntN(3)).Format(time.DateOnly)
			}
			texts = append(texts, t)
			from[t.ID] = a
		}
		want += (each + 1) * each / 2
	}
	r.Shuffle(len(texts), func(i, j int) { texts[i], texts[j] = texts[j], texts[i] })
	shelf, took, err := index(texts)
	if err != nil {
		return 0, err
	}
	right, wrong, first, groups := 0, 0, 0, shelf.Groups()
	pairs(groups, func(x, y string) {
		a, b := from[x], from[y]
		switch {
		case a == b:
			right++
		case x == a.ID && y == b.ID, a.Incident == b.Incident, a.Text == b.Text:
		default:
			wrong++
		}
	})
	for _, g := range groups {
		if from[g.First].ID == g.First {
			first++
		}
	}
	p, q := float64(right)/float64(max(1, right+wrong)), float64(right)/float64(max(1, want))
	f1 = 2 * p * q / max(p+q, 1e-9)
	fmt.Fprintf(w, "%-8v precision %.4f recall %.4f F1 %.4f (%d pairs to find); the original is first in %.3f of %d groups; %v a text\n",
		s, p, q, f1, want, float64(first)/float64(max(1, len(groups))), len(groups), took.Round(time.Microsecond))
	return f1, nil
}

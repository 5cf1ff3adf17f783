// Coref measures on the GUM corpus how well pronouns and names find their
// entity, given gold tags and trees:
//
//	go run ./learn/cmd/coref -data ../shared/data/gum/dev.conllu.gz
package main

import (
	"flag"
	"fmt"
	"log"
	"slices"
	"strconv"
	"strings"

	"hearsay/learn/conllu"
	"hearsay/learn/treebank"
	"hearsay/reading/entities"
	"hearsay/reading/tree"
	"hearsay/text"
)

func main() {
	log.SetFlags(0)
	data := flag.String("data", "../shared/data/gum/dev.conllu.gz", "a file of the GUM corpus")
	genres := flag.String("genres", "news,interview,speech,bio,court", "the genres to measure on; empty for all")
	verbose := flag.Bool("v", false, "print every wrong pronoun")
	flag.Parse()
	total, err := measure(*data, strings.Split(*genres, ","), *verbose)
	if err != nil {
		log.Fatal(err)
	}
	total.print()
}

// measure reads the documents of the genres, all for the one genre "".
func measure(path string, genres []string, verbose bool) (*score, error) {
	docs, err := conllu.Load(path)
	if err != nil {
		return nil, err
	}
	texts, err := treebank.GUM(path, false)
	if err != nil {
		return nil, err
	}
	total := &score{pronouns: map[string]*[3]int{}}
	var r entities.Reader
	var t tree.Tree
	for i := range docs {
		if len(genres) > 0 && genres[0] != "" && !slices.Contains(genres, docs[i].Genre()) {
			continue
		}
		d := texts[i].Doc
		prepare(d, docs[i])
		t.Reset(d)
		total.add(d, r.Read(d, &t, nil, nil), gold(docs[i]), verbose)
	}
	return total, nil
}

// prepare fills in the lemmas and quotations that the treebank's texts lack.
func prepare(d *text.Doc, c conllu.Document) {
	i, open := 0, false
	for _, s := range c.Sentences {
		for _, w := range s.Words {
			d.Tokens[i].Lemma = text.Hash(strings.ToLower(w.Lemma))
			switch w.Form {
			case "“", "``":
				open = true
			case "\"":
				open = !open
			}
			if open {
				d.Tokens[i].Quote = 1
			}
			if w.Form == "”" || w.Form == "''" {
				open = false
			}
			i++
		}
	}
}

// span is one gold mention: tokens [first, end) of entity group.
type span struct {
	first, end int
	group      string
	kind       string
	pronoun    bool
}

// gold reads the mentions of a document from its Entity annotations.
func gold(c conllu.Document) []span {
	var out []span
	var open []int
	at := 0
	for _, s := range c.Sentences {
		for _, w := range s.Words {
			for f := range strings.SplitSeq(w.Misc, "|") {
				if v, ok := strings.CutPrefix(f, "Entity="); ok {
					out, open = brackets(v, at, out, open)
				}
			}
			at++
		}
	}
	return out
}

// brackets reads one value of Entity, like "(7-abstract-new(3-person-new)" or "7)6)".
func brackets(v string, at int, out []span, open []int) ([]span, []int) {
	for v != "" {
		if v[0] != '(' {
			group, rest, _ := strings.Cut(v, ")")
			for k := len(open) - 1; k >= 0; k-- {
				if out[open[k]].group == group {
					out[open[k]].end = at + 1
					open = slices.Delete(open, k, k+1)
					break
				}
			}
			v = rest
			continue
		}
		end := len(v)
		if k := strings.IndexAny(v[1:], "()"); k >= 0 {
			end = k + 1
		}
		f := strings.Split(v[1:end], "-")
		m := span{first: at, group: f[0], end: at + 1}
		if len(f) > 1 {
			m.kind = f[1]
		}
		out = append(out, m)
		if end < len(v) && v[end] == ')' {
			end++
		} else {
			open = append(open, len(out)-1)
		}
		v = v[end:]
	}
	return out, open
}

type score struct {
	pronouns           map[string]*[3]int // right, answered, all
	same, found, asked int                // pairs of names
	kinds              [2]int
}

func (s *score) add(d *text.Doc, c *entities.Cast, gold []span, verbose bool) {
	smallest := func(first, end int) int {
		best := -1
		for i, g := range gold {
			if g.first <= first && g.end >= end && (best < 0 || g.end-g.first < gold[best].end-gold[best].first) {
				best = i
			}
		}
		return best
	}
	nominal := map[string]bool{}
	for i := range gold {
		g := &gold[i]
		tag := d.Tokens[g.first].Tag
		g.pronoun = g.end-g.first == 1 && (tag == text.PRP || tag == text.PRPS)
		if !g.pronoun {
			nominal[g.group] = true
		}
	}
	// What each entity of ours is in gold: most of its mentions by name and noun.
	votes := make([]map[string]int, len(c.Entities))
	names := [][2]string{}
	for _, m := range c.Mentions {
		if m.Entity < 0 || m.Form == entities.Pronoun {
			continue
		}
		g := smallest(int(m.First), int(m.End))
		if g < 0 {
			continue
		}
		if votes[m.Entity] == nil {
			votes[m.Entity] = map[string]int{}
		}
		votes[m.Entity][gold[g].group]++
		if m.Form == entities.Name && gold[g].end-gold[g].first <= int(m.End-m.First)+3 {
			names = append(names, [2]string{strconv.Itoa(int(m.Entity)), gold[g].group})
			if k, ok := kinds[c.Entities[m.Entity].Kind]; ok {
				s.kinds[1]++
				if k == gold[g].kind {
					s.kinds[0]++
				} else if verbose {
					fmt.Printf("KIND %s: %q %s\n", k, d.Words(m.Range), gold[g].kind)
				}
			}
		}
	}
	for i := range names {
		for j := range i {
			ours, theirs := names[i][0] == names[j][0], names[i][1] == names[j][1]
			if ours {
				s.found++
			}
			if theirs {
				s.asked++
			}
			if ours && theirs {
				s.same++
			}
		}
	}
	is := func(e int32) string {
		best := ""
		for g, n := range votes[e] {
			if best == "" || n > votes[e][best] || n == votes[e][best] && g < best {
				best = g
			}
		}
		return best
	}
	ours := map[int32]int32{}
	for _, m := range c.Mentions {
		if m.Form == entities.Pronoun && m.Entity >= 0 {
			ours[m.First] = m.Entity
		}
	}
	for _, g := range gold {
		if !g.pronoun || !nominal[g.group] {
			continue
		}
		word := strings.ToLower(d.Form(int32(g.first)))
		class := classes[word]
		if class == "" {
			continue
		}
		if s.pronouns[class] == nil {
			s.pronouns[class] = new([3]int)
		}
		n := s.pronouns[class]
		n[2]++
		e, ok := ours[int32(g.first)]
		if ok {
			n[1]++
		}
		if ok && is(e) == g.group {
			n[0]++
		} else if verbose {
			got := "nobody"
			if ok {
				got = d.Words(c.Entities[e].Name)
			}
			want := ""
			for _, o := range gold {
				if o.group == g.group && !o.pronoun {
					want = d.Words(text.Range{First: int32(o.first), End: int32(o.end)})
					break
				}
			}
			fmt.Printf("%s -> %s, not %s: %s\n", word, got, want, d.Words(text.Range{First: max(0, int32(g.first)-25), End: min(int32(len(d.Tokens)), int32(g.first)+8)}))
		}
	}
}

var kinds = map[entities.Kind]string{entities.Person: "person", entities.Organization: "organization", entities.Government: "organization",
	entities.Media: "organization", entities.Place: "place"}

var classes = map[string]string{"he": "he", "him": "he", "his": "he", "himself": "he", "she": "she", "her": "she", "hers": "she", "herself": "she",
	"they": "they", "them": "they", "their": "they", "themselves": "they", "it": "it", "its": "it", "itself": "it"}

func (s *score) print() {
	for _, class := range []string{"he", "she", "they", "it"} {
		if n := s.pronouns[class]; n != nil {
			fmt.Printf("%-5s right %d of %d answered, %d in all: precision %.3f recall %.3f\n", class, n[0], n[1], n[2],
				float64(n[0])/float64(max(1, n[1])), float64(n[0])/float64(n[2]))
		}
	}
	fmt.Printf("names: pairs precision %.3f recall %.3f; kind right %.3f of %d\n", float64(s.same)/float64(max(1, s.found)),
		float64(s.same)/float64(max(1, s.asked)), float64(s.kinds[0])/float64(max(1, s.kinds[1])), s.kinds[1])
}

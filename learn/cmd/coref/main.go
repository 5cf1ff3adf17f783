// Coref measures on the GUM corpus how well the mentions of a text find their
// entities, beside a baseline that joins equal names and gives a pronoun to
// the last name that fits:
//
//	go run ./learn/cmd/coref -data ../shared/data/gum/dev.conllu.gz
package main

import (
	"flag"
	"fmt"
	"log"
	"strconv"
	"strings"

	"hearsay/learn/analysis"
	"hearsay/learn/coref"
	"hearsay/reading/attribution"
	"hearsay/reading/entities"
	"hearsay/reading/names"
	"hearsay/reading/tree"
	"hearsay/text"
)

func main() {
	log.SetFlags(0)
	data := flag.String("data", "../shared/data/gum/dev.conllu.gz", "a file of the GUM corpus")
	genres := flag.String("genres", "news,interview,speech", "the genres to measure on; empty for all")
	verbose := flag.Bool("v", false, "print every wrong pronoun and every wrong link")
	flag.Parse()
	var list []string
	if *genres != "" {
		list = strings.Split(*genres, ",")
	}
	m, err := measure(*data, list, *verbose)
	if err != nil {
		log.Fatal(err)
	}
	m.print()
}

// measured is what was measured on some documents.
type measured struct {
	documents, mentions int
	all, listed         [2]coref.Score // ours and the baseline's: on all gold mentions, and on those of listed
	detail              detail
}

// listed are the types of GUM's that the ledger lists.
var listed = []string{"person", "organization", "place"}

// measure reads the documents of the genres, all when there are none, from
// their bare text on.
func measure(path string, genres []string, verbose bool) (*measured, error) {
	docs, err := coref.Load(path, genres...)
	if err != nil {
		return nil, err
	}
	r, err := newReader()
	if err != nil {
		return nil, err
	}
	m := &measured{detail: detail{pronouns: map[string]*[3]int{}}}
	for i := range docs {
		d := &docs[i]
		cast, named := r.read(d.Gold.Text)
		for k, spots := range [][]coref.Spot{spots(&r.doc, cast), coref.Baseline(&r.doc, named)} {
			m.all[k].Add(d.Chains(spots))
			m.listed[k].Add(d.Chains(spots, listed...))
		}
		m.documents++
		m.mentions += len(d.Mentions)
		m.detail.add(d, &r.doc, cast, verbose)
	}
	return m, nil
}

// reader is what the program does to find who is who, on bare text.
type reader struct {
	analyser  *analysis.Analyser
	extractor *attribution.Model
	doc       text.Doc
	extract   attribution.Scratch
	names     *names.Reader
	tree      tree.Tree
	cast      entities.Reader
}

func newReader() (*reader, error) {
	var r reader
	var err error
	if r.analyser, err = analysis.New(); err != nil {
		return nil, err
	}
	if r.extractor, err = attribution.Default(); err != nil {
		return nil, err
	}
	namer, err := names.Default()
	if err != nil {
		return nil, err
	}
	r.names = names.NewReader(namer)
	return &r, nil
}

func (r *reader) read(s string) (*entities.Cast, []entities.Named) {
	r.analyser.Fill(&r.doc, s)
	var said []entities.Said
	for _, x := range r.extractor.Read(&r.doc, &r.extract) {
		said = append(said, entities.Said{Source: x.Source, Cue: x.Cue, Content: x.Content})
	}
	r.tree.Reset(&r.doc)
	var named []entities.Named
	for _, n := range r.names.Read(&r.doc) {
		named = append(named, entities.Named{Range: n.Range, Kind: kindOf[n.Type]})
	}
	return r.cast.Read(&r.doc, &r.tree, named, said), named
}

var kindOf = [...]entities.Kind{names.Person: entities.Person, names.Organization: entities.Organization, names.Place: entities.Place,
	names.Misc: entities.Unknown}

// spots are the mentions of the cast that have an entity.
func spots(d *text.Doc, c *entities.Cast) []coref.Spot {
	var out []coref.Spot
	for _, m := range c.Mentions {
		if m.Entity >= 0 {
			out = append(out, coref.Spot{Start: d.Tokens[m.First].Start, End: d.Tokens[max(m.End-1, m.Head)].End, Entity: m.Entity})
		}
	}
	return out
}

// detail is what the figures do not show by themselves: pronouns, pairs of names, kinds.
type detail struct {
	pronouns           map[string]*[3]int // right, answered, all
	same, found, asked int                // pairs of names
	kinds              [2]int
}

func (s *detail) add(g *coref.Document, d *text.Doc, c *entities.Cast, verbose bool) {
	nominal := map[string]bool{}
	for _, m := range g.Mentions {
		if coref.Pronoun(g.Gold.Words(m.Range)) == "" {
			nominal[m.Group] = true
		}
	}
	// What each entity of ours is in gold: most of its mentions by name and noun.
	votes := make([]map[string]int, len(c.Entities))
	var names [][2]string
	for _, m := range c.Mentions {
		if m.Entity < 0 || m.Form == entities.Pronoun {
			continue
		}
		at := g.Match(d.Tokens[m.First].Start, d.Tokens[m.End-1].End, nil)
		if at < 0 {
			continue
		}
		gold := &g.Mentions[at]
		if votes[m.Entity] == nil {
			votes[m.Entity] = map[string]int{}
		}
		votes[m.Entity][gold.Group]++
		if m.Form == entities.Name && gold.Len() <= m.Len()+3 {
			names = append(names, [2]string{strconv.Itoa(int(m.Entity)), gold.Group})
			if k, ok := kinds[c.Entities[m.Entity].Kind]; ok {
				s.kinds[1]++
				if k == gold.Type {
					s.kinds[0]++
				} else if verbose {
					fmt.Printf("KIND %s: %q %s\n", k, d.Words(m.Range), gold.Type)
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
	ours := map[int32]int32{} // where a pronoun begins -> whom we say it means
	for _, m := range c.Mentions {
		if m.Form == entities.Pronoun && m.Entity >= 0 {
			ours[d.Tokens[m.First].Start] = m.Entity
		}
	}
	for _, m := range g.Mentions {
		class := coref.Pronoun(g.Gold.Words(m.Range))
		if class == "" || !nominal[m.Group] {
			continue
		}
		if s.pronouns[class] == nil {
			s.pronouns[class] = new([3]int)
		}
		n := s.pronouns[class]
		n[2]++
		e, ok := ours[g.Gold.Tokens[m.First].Start]
		if ok {
			n[1]++
		}
		if ok && is(e) == m.Group {
			n[0]++
		} else if verbose {
			got, want := "nobody", ""
			if ok {
				got = d.Words(c.Entities[e].Name)
			}
			for _, o := range g.Mentions {
				if o.Group == m.Group && coref.Pronoun(g.Gold.Words(o.Range)) == "" {
					want = g.Gold.Words(o.Range)
					break
				}
			}
			fmt.Printf("%s -> %s, not %s: %s\n", class, got, want,
				g.Gold.Words(text.Range{First: max(0, m.First-25), End: min(int32(len(g.Gold.Tokens)), m.First+8)}))
		}
	}
}

var kinds = map[entities.Kind]string{entities.Person: "person", entities.Organization: "organization", entities.Government: "organization",
	entities.Media: "organization", entities.Place: "place"}

func (m *measured) print() {
	fmt.Printf("%d documents, %d gold mentions\n", m.documents, m.mentions)
	for _, x := range []struct {
		name   string
		scores *[2]coref.Score
	}{{"every gold mention", &m.all}, {"people, organisations, places", &m.listed}} {
		for k, who := range []string{"ours", "baseline"} {
			s := &x.scores[k]
			fmt.Printf("%-30s %-8s CoNLL F1 %.3f", x.name, who, s.CoNLL())
			for _, y := range []struct {
				name string
				m    coref.Measure
			}{{"MUC", s.MUC}, {"B3", s.BCubed}, {"CEAF", s.CEAF}} {
				fmt.Printf("   %s %.3f (P %.3f R %.3f)", y.name, y.m.F1(), y.m.Precision.Value(), y.m.Recall.Value())
			}
			fmt.Println()
		}
	}
	m.detail.print()
}

func (s *detail) print() {
	for _, class := range []string{"he", "she", "they", "it"} {
		if n := s.pronouns[class]; n != nil {
			fmt.Printf("%-5s right %d of %d answered, %d in all: precision %.3f recall %.3f\n", class, n[0], n[1], n[2],
				float64(n[0])/float64(max(1, n[1])), float64(n[0])/float64(n[2]))
		}
	}
	fmt.Printf("names: pairs precision %.3f recall %.3f; kind right %.3f of %d\n", float64(s.same)/float64(max(1, s.found)),
		float64(s.same)/float64(max(1, s.asked)), float64(s.kinds[0])/float64(max(1, s.kinds[1])), s.kinds[1])
}

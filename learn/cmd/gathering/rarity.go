package main

import (
	"cmp"
	"encoding/binary"

	"math"

	"path/filepath"
	"regexp"
	"slices"

	"hearsay/corpus/incidents"
	"hearsay/learn/geoparsing"
	"hearsay/learn/muc4"
	"hearsay/learn/polnear"
)

// capitals are two words with capitals, which may be a name.
var capitals = regexp.MustCompile(`\b\p{Lu}[\p{L}'’-]+ \p{Lu}[\p{L}'’-]+\b`)

// rarities makes the table of how rare the words of news are, from the texts of
// several corpora: a word is as common as in the one that has it in most of its
// texts, so that neither the words of shootings nor those of politics or wars count as rare.
func rarities(shared string, g *archive) ([]byte, error) {
	var corpora [][]string
	articles, _, err := polnear.LoadSplit(filepath.Join(shared, "polnear"), "train")
	if err != nil {
		return nil, err
	}
	var texts []string
	for i := range articles {
		texts = append(texts, articles[i].Text)
	}
	corpora = append(corpora, texts)
	texts = nil
	for _, a := range g.articles {
		if tuning(a.Incident) {
			texts = append(texts, a.Title+"\n"+a.Text)
		}
	}
	corpora = append(corpora, texts)
	reports, err := muc4.Development(filepath.Join(shared, "muc4.tar.gz"))
	if err != nil {
		return nil, err
	}
	texts = nil
	for _, r := range reports {
		texts = append(texts, r.Text)
	}
	corpora = append(corpora, texts)
	local, err := geoparsing.Load(filepath.Join(shared, "geoparsing", "lgl.xml.gz"))
	if err != nil {
		return nil, err
	}
	texts = nil
	for i := range local {
		texts = append(texts, local[i].Text)
	}
	corpora = append(corpora, texts)
	docs, err := loadECB(filepath.Join(shared, "ecbplus", "train_sentences.jsonl.gz"))
	if err != nil {
		return nil, err
	}
	texts = nil
	for _, d := range docs {
		texts = append(texts, d.text)
	}
	corpora = append(corpora, texts)

	commonest := map[uint32]float64{}
	for _, texts := range corpora {
		in := map[uint32]int{}
		for _, s := range texts {
			seen := map[uint32]bool{}
			add := func(w uint32) {
				if !seen[w] {
					seen[w] = true
					in[w]++
				}
			}
			incidents.EachWord(s, add)
			for _, name := range capitals.FindAllString(s, -1) {
				add(incidents.NameHash(name))
			}
		}
		for w, n := range in {
			if n >= 3 {
				commonest[w] = max(commonest[w], float64(n)/float64(len(texts)))
			}
		}
	}
	const unit, least = 32, 0.0035
	type entry struct {
		word uint32
		rare byte
	}
	var all []entry
	for w, share := range commonest {
		if share >= least {
			all = append(all, entry{w, byte(math.Round(-math.Log(min(share, 1)) * unit))})
		}
	}
	slices.SortFunc(all, func(a, b entry) int { return cmp.Compare(a.word, b.word) })
	var out []byte
	for _, e := range all {
		out = append(binary.LittleEndian.AppendUint32(out, e.word), e.rare)
	}
	return out, nil
}

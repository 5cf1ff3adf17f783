// Package names trains the tagger of hearsay/reading/names.
package names

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"

	"hearsay/learn/conllu"
	"hearsay/learn/polnear"
	"hearsay/reading/names"
	"hearsay/text"
	"hearsay/text/offset"
)

// Article is a text with its names, in bytes and in order, none inside another.
type Article struct {
	Corpus string
	Text   string
	Names  []Span
	// The names are not all right, or by another convention: only what a model
	// that has learned from others agrees with is learned from.
	Silver bool
	// Names of type Misc are not marked.
	NoMisc bool
}

// Span is one name.
type Span struct {
	Start, End int
	Type       names.Type
}

// conll is the Corpus of CoNLL-2003.
const conll = "conll"

var conllTypes = map[string]names.Type{"PER": names.Person, "ORG": names.Organization, "LOC": names.Place, "MISC": names.Misc}

// CoNLL loads a file of the shared task of CoNLL-2003 (Tjong Kim Sang and De
// Meulder 2003). The texts are put together from the tokens, a line a sentence.
func CoNLL(path string) ([]Article, error) {
	r, err := open(path)
	if err != nil {
		return nil, fmt.Errorf("loading CoNLL-2003: %w", err)
	}
	defer r.Close()
	var out []Article
	var b strings.Builder
	var found []Span
	inside := false // the token before is in a name, the last of found
	end := func() {
		if b.Len() > 0 {
			out = append(out, Article{Corpus: conll, Text: b.String(), Names: found})
		}
		b.Reset()
		found, inside = nil, false
	}
	s := bufio.NewScanner(r)
	for line := 1; s.Scan(); line++ {
		f := strings.Fields(s.Text())
		if len(f) == 0 {
			if b.Len() > 0 && !strings.HasSuffix(b.String(), "\n") {
				b.WriteByte('\n')
			}
			inside = false
			continue
		}
		word, label := f[0], f[len(f)-1]
		if word == "-DOCSTART-" {
			end()
			continue
		}
		if t := b.String(); t != "" && !strings.HasSuffix(t, "\n") && !strings.HasSuffix(t, "(") &&
			!slices.Contains([]string{",", ".", ";", ":", "!", "?", ")", "'s", "%"}, word) {
			b.WriteByte(' ')
		}
		start := b.Len()
		b.WriteString(word)
		part, name, ok := strings.Cut(label, "-")
		if !ok {
			inside = false
			continue
		}
		t := conllTypes[name]
		if t == names.None {
			return nil, fmt.Errorf("loading CoNLL-2003: %s, line %d: the label %q is of no type", path, line, label)
		}
		if last := len(found) - 1; inside && part == "I" && found[last].Type == t {
			found[last].End = b.Len()
		} else {
			found = append(found, Span{start, b.Len(), t})
		}
		inside = true
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("loading CoNLL-2003: %s: %w", path, err)
	}
	end()
	return out, nil
}

func open(path string) (io.ReadCloser, error) {
	f, err := os.Open(path)
	if err != nil || !strings.HasSuffix(path, ".gz") {
		return f, err
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return struct {
		io.Reader
		io.Closer
	}{z, f}, nil
}

var silverTypes = map[string]names.Type{"PERSON": names.Person, "ORGANIZATION": names.Organization, "LOCATION": names.Place, "MISC": names.Misc}

// PolNeAR loads the names that CoreNLP found in a split of PolNeAR, "train" or "dev".
func PolNeAR(folder, split string) ([]Article, error) {
	texts, byID, err := polnear.LoadSplit(folder, split)
	if err != nil {
		return nil, err
	}
	var out []Article
	for _, t := range texts {
		c := byID[t.ID]
		if c == nil {
			continue
		}
		runes := offset.NewRunes(t.Text)
		a := Article{Corpus: "polnear", Text: t.Text, Silver: true}
		for _, s := range c.Sentences {
			before := names.None
			for _, w := range s {
				now := silverTypes[w.NER]
				switch start, end := runes.Byte(w.Start), runes.Byte(w.End); {
				case now == names.None:
				case now == before:
					a.Names[len(a.Names)-1].End = end
				default:
					a.Names = append(a.Names, Span{start, end, now})
				}
				before = now
			}
		}
		out = append(out, a)
	}
	return out, nil
}

// GUM loads the names of people, organisations and places in a file of the GUM
// corpus (Zeldes 2017). The corpus marks whole phrases; a name is what is
// capitalised in one around a head that is a proper noun.
func GUM(path string) ([]Article, error) {
	docs, err := conllu.Load(path)
	if err != nil {
		return nil, err
	}
	var out []Article
	for _, d := range docs {
		var b strings.Builder
		var words []gumWord
		for _, s := range d.Sentences {
			if s.NewParagraph && b.Len() > 0 {
				b.WriteString("\n\n")
			}
			first := len(words)
			for i, w := range s.Words {
				start := b.Len()
				b.WriteString(w.Form)
				words = append(words, gumWord{start, b.Len(), first + w.Head - 1, w.XPOS, w.Form})
				if w.Head == 0 {
					words[len(words)-1].head = -1
				}
				if w.SpaceAfter || i == len(s.Words)-1 {
					b.WriteByte(' ')
				}
			}
		}
		out = append(out, Article{Corpus: "gum/" + d.Genre(), Text: b.String(), Names: gumNames(words, d.Entities()), Silver: true, NoMisc: true})
	}
	return out, nil
}

type gumWord struct {
	start, end, head int
	tag, form        string
}

var gumTypes = map[string]names.Type{"person": names.Person, "organization": names.Organization, "place": names.Place}

// gumNames are the names in the phrases; of nested ones the longest.
func gumNames(words []gumWord, phrases []conllu.Entity) []Span {
	type candidate struct {
		first, end int
		t          names.Type
	}
	var all []candidate
	for _, p := range phrases {
		t := gumTypes[p.Type]
		if t == names.None {
			continue
		}
		head := -1
		for i := p.First; i < p.End; i++ {
			if h := words[i].head; h < p.First || h >= p.End {
				head = i
				break
			}
		}
		if head < 0 || !strings.HasPrefix(words[head].tag, "NNP") {
			continue
		}
		// The head's run of proper nouns; "of", "the" and the like go with what they join.
		first, end := head, head+1
		proper := func(i int) bool {
			return i >= p.First && i < p.End && (strings.HasPrefix(words[i].tag, "NNP") || words[i].tag == "HYPH" ||
				text.ShapeOf(words[i].form)&text.FirstUpper != 0 && words[i].tag != "DT" && words[i].tag != "PRP$")
		}
		joins := func(i int) bool {
			return i >= p.First && i < p.End && slices.Contains([]string{"of", "the", "for", "and", "de", "&"}, words[i].form)
		}
		for {
			switch {
			case proper(first - 1):
				first--
				continue
			case t != names.Person && joins(first-1) && proper(first-2):
				first -= 2
				continue
			}
			break
		}
		for {
			switch {
			case proper(end):
				end++
				continue
			case t != names.Person && joins(end) && proper(end+1) && words[end].form != "and":
				end += 2
				continue
			case t != names.Person && joins(end) && joins(end+1) && proper(end+2):
				end += 3
				continue
			}
			break
		}
		for t == names.Person && first < end && title(words[first].form) {
			first++
		}
		if first == end || t == names.Person && words[end-1].tag == "NNPS" { // "the President", "Americans"
			continue
		}
		all = append(all, candidate{first, end, t})
	}
	slices.SortStableFunc(all, func(a, b candidate) int {
		if a.first != b.first {
			return a.first - b.first
		}
		return b.end - a.end
	})
	var out []Span
	at := 0
	for _, c := range all {
		if c.first >= at {
			out = append(out, Span{words[c.first].start, words[c.end-1].end, c.t})
			at = c.end
		}
	}
	return out
}

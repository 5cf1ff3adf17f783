// Package conllu reads treebanks in the CoNLL-U format of Universal
// Dependencies: https://universaldependencies.org/format.html.
package conllu

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"io"
	"os"
	"strconv"
	"strings"
)

// Document is what stands between two "# newdoc" comments.
type Document struct {
	ID        string
	Sentences []Sentence
}

// Genre is the second part of an id as GUM gives them: "news" of "GUM_news_iodine".
func (d Document) Genre() string {
	_, rest, _ := strings.Cut(d.ID, "_")
	genre, _, _ := strings.Cut(rest, "_")
	return genre
}

// Sentence is one sentence, its words in order. Empty nodes are left out.
type Sentence struct {
	ID           string
	NewParagraph bool // a "# newpar" comment stands before it
	Words        []Word
}

// Word is one syntactic word. Head counts the sentence's words from 1; 0 is the root.
type Word struct {
	Form, Lemma, UPOS, XPOS string
	Head                    int
	Rel                     string
	Misc                    string
	SpaceAfter              bool // whether white space follows; false inside a multiword token
}

// Load reads a file, gzipped when its name ends in .gz.
func Load(path string) ([]Document, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("loading a treebank: %w", err)
	}
	defer f.Close()
	var r io.Reader = f
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(f); err != nil {
			return nil, fmt.Errorf("loading a treebank: %s: %w", path, err)
		}
	}
	docs, err := Read(r)
	if err != nil {
		return nil, fmt.Errorf("loading a treebank: %s: %w", path, err)
	}
	return docs, nil
}

// Read reads documents until the end of r. Sentences before the first
// "# newdoc" belong to a document without an id. The error names the line.
func Read(r io.Reader) ([]Document, error) {
	var (
		docs     []Document
		sentence Sentence
		multi    struct { // the multiword token that is open
			last  int
			space bool
		}
	)
	end := func() error {
		if len(sentence.Words) > 0 {
			for i, w := range sentence.Words {
				if w.Head > len(sentence.Words) {
					return fmt.Errorf("word %d has head %d in a sentence of %d words", i+1, w.Head, len(sentence.Words))
				}
			}
			if len(docs) == 0 {
				docs = append(docs, Document{})
			}
			d := &docs[len(docs)-1]
			d.Sentences = append(d.Sentences, sentence)
		}
		sentence = Sentence{}
		multi.last = 0
		return nil
	}
	s := bufio.NewScanner(r)
	s.Buffer(nil, 1<<22)
	n := 0
	for s.Scan() {
		n++
		line := s.Text()
		switch {
		case strings.TrimSpace(line) == "":
			if err := end(); err != nil {
				return nil, fmt.Errorf("line %d: %w", n, err)
			}
		case line[0] == '#':
			name, value, _ := strings.Cut(strings.TrimSpace(line[1:]), " = ")
			switch name {
			case "newdoc id", "newdoc":
				docs = append(docs, Document{ID: value})
			case "sent_id":
				sentence.ID = value
			case "newpar", "newpar id":
				sentence.NewParagraph = true
			}
		default:
			f := strings.Split(line, "\t")
			if len(f) != 10 {
				return nil, fmt.Errorf("line %d: %d fields instead of 10", n, len(f))
			}
			space := !strings.Contains("|"+f[9]+"|", "|SpaceAfter=No|")
			if first, last, ok := strings.Cut(f[0], "-"); ok {
				a, err := strconv.Atoi(first)
				b, err2 := strconv.Atoi(last)
				if err != nil || err2 != nil || a > b {
					return nil, fmt.Errorf("line %d: %q is no range of words", n, f[0])
				}
				multi.last, multi.space = b, space
				continue
			}
			if strings.Contains(f[0], ".") {
				continue
			}
			id, err := strconv.Atoi(f[0])
			if err != nil || id != len(sentence.Words)+1 {
				return nil, fmt.Errorf("line %d: word %q where %d was expected", n, f[0], len(sentence.Words)+1)
			}
			head, err := strconv.Atoi(f[6])
			if err != nil || head < 0 || head == id {
				return nil, fmt.Errorf("line %d: %q is no head", n, f[6])
			}
			switch {
			case id < multi.last:
				space = false
			case id == multi.last:
				space = multi.space
			}
			sentence.Words = append(sentence.Words, Word{f[1], f[2], f[3], f[4], head, f[7], f[9], space})
		}
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("line %d: %w", n+1, err)
	}
	if err := end(); err != nil {
		return nil, fmt.Errorf("line %d: %w", n, err)
	}
	return docs, nil
}

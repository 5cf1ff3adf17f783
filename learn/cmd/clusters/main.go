// Command clusters learns the word classes of hearsay/text/clusters from the
// texts at hand, unannotated.
//
//	go run ./learn/cmd/clusters           # learn and write text/clusters/classes.bin
package main

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"os"
	"path/filepath"
	"strings"

	"hearsay/learn/clusters"
	"hearsay/packed"
	"hearsay/text"
	read "hearsay/text/clusters"
)

// corpora are the files that are read, JSON objects with a text.
var corpora = []string{"polnear/train.jsonl", "gva/articles.jsonl.gz", "persuasion/semeval2020-train.jsonl.gz",
	"factchecks/factchecks-60k.jsonl.gz"}

func main() {
	log.SetFlags(log.Ltime)
	var (
		data   = flag.String("data", "../shared/data", "folder of the corpora")
		out    = flag.String("out", "text/clusters/classes.bin", "file of the classes")
		words  = flag.Int("words", 32_000, "how many words are put into classes")
		rounds = flag.Int("rounds", 8, "how often each word may change its class")
		show   = flag.Bool("show", false, "print the classes")
	)
	flag.Parse()
	if err := run(*data, *out, *words, *rounds, *show); err != nil {
		log.Fatal(err)
	}
}

func run(data, out string, words, rounds int, show bool) error {
	var (
		counts clusters.Counts
		d      text.Doc
		forms  = map[uint32]string{}
	)
	for _, name := range corpora {
		err := texts(filepath.Join(data, name), func(s string) {
			d.Reset(s)
			d.Segment()
			counts.Add(&d)
			if show {
				for i, t := range d.Tokens {
					if forms[t.Lower] == "" {
						forms[t.Lower] = strings.Clone(strings.ToLower(d.Form(int32(i))))
					}
				}
			}
		})
		if err != nil {
			return err
		}
		log.Print(name)
	}
	list, of := counts.Learn(words, read.Count, rounds)
	b, err := read.Pack(list, of)
	if err != nil {
		return err
	}
	if show {
		members := make([][]string, read.Count)
		for i, w := range list {
			members[of[i]] = append(members[of[i]], forms[w])
		}
		for k, m := range members {
			fmt.Println(k, len(m), m[:min(25, len(m))])
		}
	}
	if err := packed.WriteFile(out, b); err != nil {
		return fmt.Errorf("writing the word classes: %w", err)
	}
	return nil
}

// texts calls f with each text of a file of JSON objects.
func texts(path string, f func(string)) error {
	file, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("loading texts: %w", err)
	}
	defer file.Close()
	var r io.Reader = file
	if strings.HasSuffix(path, ".gz") {
		if r, err = gzip.NewReader(file); err != nil {
			return fmt.Errorf("loading texts: %s: %w", path, err)
		}
	}
	for dec := json.NewDecoder(r); ; {
		var a struct{ Text string }
		if err := dec.Decode(&a); errors.Is(err, io.EOF) {
			return nil
		} else if err != nil {
			return fmt.Errorf("loading texts: %s: %w", path, err)
		}
		f(a.Text)
	}
}

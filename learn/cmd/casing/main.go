// Command casing trains the model of hearsay/text/casing and measures it.
//
//	go run ./learn/cmd/casing          # train and write text/casing/weights.bin
//	go run ./learn/cmd/casing -eval    # measure the file
package main

import (
	"bufio"
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

	"hearsay/learn/casing"
	"hearsay/learn/polnear"
	"hearsay/learn/treebank"
	"hearsay/packed"
	read "hearsay/text/casing"
)

func main() {
	log.SetFlags(log.Ltime)
	var (
		o    = casing.Defaults
		data = flag.String("data", "../shared/data", "folder of the corpora")
		out  = flag.String("out", "text/casing/weights.bin", "file of the model")
		eval = flag.Bool("eval", false, "measure the file instead of training")
	)
	flag.IntVar(&o.Epochs, "epochs", o.Epochs, "rounds of training")
	flag.IntVar(&o.Features, "features", o.Features, "features that are kept")
	flag.IntVar(&o.Least, "least", o.Least, "times that a known word was seen")
	flag.Uint64Var(&o.Seed, "seed", o.Seed, "seed of the order in which sentences are learned")
	flag.Parse()
	if err := run(o, *data, *out, *eval); err != nil {
		log.Fatal("casing: ", err)
	}
}

func run(o casing.Options, data, out string, eval bool) error {
	o.Progress = func(epoch int, correct float64) { log.Printf("epoch %d: %.4f", epoch, correct) }
	if !eval {
		texts, err := training(data)
		if err != nil {
			return err
		}
		m, err := casing.Train(texts, o)
		if err != nil {
			return err
		}
		if err := packed.WriteFile(out, m); err != nil {
			return fmt.Errorf("writing the model: %w", err)
		}
		log.Printf("%s: %d bytes", out, len(m))
	}
	b, err := packed.ReadFile(out)
	if err != nil {
		return fmt.Errorf("measuring: %w", err)
	}
	m, err := read.Open(b)
	if err != nil {
		return fmt.Errorf("measuring %s: %w", out, err)
	}
	news, err := newspaper(data, "dev")
	if err != nil {
		return err
	}
	gum, err := genres(data, "dev")
	if err != nil {
		return err
	}
	wire, err := reuters(filepath.Join(data, "conll2003", "testa.txt.gz"))
	if err != nil {
		return err
	}
	for _, set := range []struct {
		name  string
		texts []string
	}{{"polnear/dev", news}, {"gum/dev", gum}, {"conll2003/testa", wire}} {
		x := casing.Accuracy(m, set.texts)
		fmt.Printf("%-16s %6d words  accuracy %.2f  capitals: R %.2f P %.2f\n", set.name, x.Words, percent(x.Right, x.Words),
			percent(x.Both, x.Capitals), percent(x.Both, x.Found))
	}
	return nil
}

func percent(a, b int) float64 { return 100 * float64(a) / float64(max(1, b)) }

// training are the texts that the model learns from: politics, shootings,
// foreign news and other genres.
func training(data string) ([]string, error) {
	texts, err := newspaper(data, "train")
	if err != nil {
		return nil, err
	}
	shootings, err := articles(filepath.Join(data, "gva", "articles.jsonl.gz"))
	if err != nil {
		return nil, err
	}
	gum, err := genres(data, "train")
	if err != nil {
		return nil, err
	}
	wire, err := reuters(filepath.Join(data, "conll2003", "train.txt.gz"))
	if err != nil {
		return nil, err
	}
	texts = append(texts, shootings...)
	texts = append(texts, gum...)
	return append(texts, wire...), nil
}

func newspaper(data, split string) ([]string, error) {
	all, err := polnear.Load(filepath.Join(data, "polnear", split+".jsonl"))
	if err != nil {
		return nil, err
	}
	var out []string
	for _, a := range all {
		out = append(out, a.Text)
	}
	return out, nil
}

func genres(data, split string) ([]string, error) {
	all, err := treebank.GUM(filepath.Join(data, "gum", split+".conllu.gz"), false)
	if err != nil {
		return nil, err
	}
	var out []string
	for _, a := range all {
		out = append(out, a.Doc.Text)
	}
	return out, nil
}

func open(name string) (io.ReadCloser, *gzip.Reader, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, nil, err
	}
	z, err := gzip.NewReader(f)
	if err != nil {
		f.Close()
		return nil, nil, fmt.Errorf("reading %s: %w", name, err)
	}
	return f, z, nil
}

func articles(name string) ([]string, error) {
	f, z, err := open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []string
	for d := json.NewDecoder(z); ; {
		var a struct{ Text string }
		if err := d.Decode(&a); errors.Is(err, io.EOF) {
			return out, nil
		} else if err != nil {
			return nil, fmt.Errorf("reading %s: %w", name, err)
		}
		out = append(out, a.Text)
	}
}

// reuters reads sentences of one word a line. A sentence is a text, since the
// corpus has no other bounds that are sure.
func reuters(name string) ([]string, error) {
	f, z, err := open(name)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []string
	var b strings.Builder
	s := bufio.NewScanner(z)
	for s.Scan() {
		word, _, _ := strings.Cut(s.Text(), " ")
		switch {
		case word == "-DOCSTART-":
		case word == "":
			if b.Len() > 0 {
				out = append(out, b.String())
			}
			b.Reset()
		default:
			if b.Len() > 0 {
				b.WriteByte(' ')
			}
			b.WriteString(word)
		}
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("reading %s: %w", name, err)
	}
	if b.Len() > 0 {
		out = append(out, b.String())
	}
	return out, nil
}

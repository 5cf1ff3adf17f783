package parsing_test

import (
	"os"
	"testing"

	"hearsay/learn/parsing"
	"hearsay/learn/treebank"
	readparsing "hearsay/text/parsing"
	readtagging "hearsay/text/tagging"
)

// The floors are what the committed weights reach, less a tenth of a point.
// Marks are left out: the treebanks differ in where they hang them.
func TestAccuracy(t *testing.T) {
	const data = "../../../shared/data"
	if _, err := os.Stat(data); err != nil {
		t.Skip("NOT MEASURED: the treebanks are not at " + data)
	}
	if testing.Short() {
		t.Skip("NOT MEASURED: -short")
	}
	gum, news, silver, err := treebank.Dev(data)
	if err != nil {
		t.Fatal(err)
	}
	tagger, err := readtagging.Default()
	if err != nil {
		t.Fatal(err)
	}
	parser, err := readparsing.Default()
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name     string
		articles []treebank.Article
		uas, las float64
	}{
		{"gum/dev", gum, 80.7, 76.2},
		{"gum/dev, news", news, 82.8, 78.4},
		{"polnear/dev (silver)", silver, 84.4, 81.6},
	} {
		_, words := parsing.Measure(tagger, parser, c.articles)
		t.Logf("%s: UAS %.2f, LAS %.2f", c.name, words.UAS(), words.LAS())
		if words.UAS() < c.uas || words.LAS() < c.las {
			t.Errorf("%s: UAS %.2f, LAS %.2f; the floors are %.1f and %.1f", c.name, words.UAS(), words.LAS(), c.uas, c.las)
		}
	}
}

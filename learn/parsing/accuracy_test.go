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
		{"gum/dev", gum, 78.6, 74.6},
		{"gum/dev, news", news, 78.3, 75.0},
		{"polnear/dev (silver)", silver, 82.4, 79.9},
	} {
		all, _ := parsing.Measure(tagger, parser, c.articles)
		t.Logf("%s: UAS %.2f, LAS %.2f", c.name, all.UAS(), all.LAS())
		if all.UAS() < c.uas || all.LAS() < c.las {
			t.Errorf("%s: UAS %.2f, LAS %.2f; the floors are %.1f and %.1f", c.name, all.UAS(), all.LAS(), c.uas, c.las)
		}
	}
}

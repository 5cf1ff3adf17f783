package tagging_test

import (
	"os"
	"testing"

	"hearsay/learn/tagging"
	"hearsay/learn/treebank"
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
	for _, c := range []struct {
		name     string
		articles []treebank.Article
		floor    float64
	}{
		{"gum/dev", gum, 95.7},
		{"gum/dev, news", news, 95.0},
		{"polnear/dev (silver)", silver, 97.7},
	} {
		correct, total := tagging.Accuracy(tagger, c.articles)
		got := 100 * float64(correct) / float64(total)
		t.Logf("%s: %.2f", c.name, got)
		if got < c.floor {
			t.Errorf("%s: %.2f; the floor is %.1f", c.name, got, c.floor)
		}
	}
}

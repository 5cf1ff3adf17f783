package main

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"hearsay/corpus/copies/edits"
)

// TestMeasure measures on two invented incidents, one of them in two papers.
func TestMeasure(t *testing.T) {
	ferry := "A ferry with 90 people aboard ran aground off Vessel Bay in thick fog on Friday night and was pulled free by two tugs at dawn, the harbour authority said. " +
		"Nobody was hurt. The master, Una Brask, told the coastguard that a light on the eastern mole had not been burning."
	bakers := "Bakers in Lindmere stopped work on Thursday over the price of flour, and most shops had no bread by noon. " +
		"The guild said that it would meet the mayor, Oskar Tarn, at the end of the week, and that hospitals and schools would have their loaves."
	folder := t.TempDir()
	f, err := os.Create(filepath.Join(folder, "articles.jsonl.gz"))
	if err != nil {
		t.Fatal(err)
	}
	z := gzip.NewWriter(f)
	e := json.NewEncoder(z)
	for _, a := range []listed{
		{"a", "1", "Ferry aground off Vessel Bay", "2031-05-02", ferry},
		{"b", "1", "Ferry aground", "2031-05-02", ferry},
		{"c", "2", "Bakers of Lindmere strike", "2031-05-02", bakers},
	} {
		if err := e.Encode(a); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	var out strings.Builder
	if err := run(&out, folder, 1, 2, 1, false); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		"identical texts: on one incident 1 of 1 pairs found; on different ones 0 of 0",
		"different texts: on one incident 0 of 0 pairs taken for copies, 0 of them with less than half in common; on different ones 0",
		"trifling precision 1.0000 recall 1.0000",
	} {
		if !strings.Contains(out.String(), want) {
			t.Errorf("no %q in\n%s", want, &out)
		}
	}
	if err := run(&out, t.TempDir(), 1, 2, 1, false); err == nil {
		t.Error("an empty folder is measured")
	}
}

// TestAccuracy keeps what docs/accuracy.md says of copies: all articles as they
// are, and edited copies of those on every third incident.
func TestAccuracy(t *testing.T) {
	articles, err := read("../../../../shared/data/gva/articles.jsonl.gz")
	if errors.Is(err, fs.ErrNotExist) {
		t.Skip("SKIPPED: the accuracy of copies is not measured without ../shared/data/gva")
	}
	if err != nil {
		t.Fatal(err)
	}
	u, err := asTheyAre(io.Discard, articles, false)
	if err != nil {
		t.Fatal(err)
	}
	// The six pairs that are not found are no stories but what a site prints in the place of one.
	if missed := u.identical - u.identicalFound; missed > 6 {
		t.Errorf("%d of %d pairs of identical texts on one incident are not found", missed, u.identical)
	}
	// Of those taken, all but some dozen are one text, edited or gone on with: the floor is
	// for what was judged by eye when it was set. Those with less than half in common are not.
	if u.taken > 50 || u.slight*200 > u.differing {
		t.Errorf("%d of %d pairs of different texts on one incident are taken for copies, %d with less than half in common", u.taken, u.differing, u.slight)
	}
	var some []listed
	for _, a := range articles {
		if n, err := strconv.Atoi(a.Incident); err == nil && n%3 == 0 {
			some = append(some, a)
		}
	}
	for strength, least := range map[edits.Strength]float64{edits.Light: 0.98, edits.Heavy: 0.90} {
		f1, err := edited(io.Discard, some, strength, 1, 2)
		if err != nil {
			t.Fatal(err)
		}
		if f1 < least {
			t.Errorf("%v editing: F1 %.4f, not %.2f", strength, f1, least)
		}
		t.Logf("%v editing: F1 %.4f on copies of %d articles", strength, f1, len(some))
	}
}

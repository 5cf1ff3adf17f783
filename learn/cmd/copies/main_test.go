package main

import (
	"compress/gzip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
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
		"different texts: on one incident 0 of 0 pairs taken for copies; on different ones 0",
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

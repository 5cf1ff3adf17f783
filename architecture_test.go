// Package hearsay_test holds what is true of the repository as a whole.
package hearsay_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// mayImport says, for the packages of each folder, which folders of ours they
// may import beside their own: docs/architecture.md draws it. The longest
// folder that a package lies in counts.
var mayImport = map[string][]string{
	"":                    {},
	"encoder":             {"packed"},
	"linear":              {},
	"mcp":                 {"server", "article", "corpus", "export", "facts", "ledger", "report", "store", "text/offset"},
	"packed":              {},
	"text/offset":         {},
	"text/edtf":           {},
	"text":                {"linear", "packed"},
	"ledger":              {"text/offset"},
	"article":             {},
	"article/feed":        {},
	"article/fetch":       {},
	"article/inputs":      {"article"},
	"article/language":    {},
	"article/page":        {"article/plain"},
	"article/pdf":         {},
	"article/plain":       {},
	"article/telegram":    {},
	"article/warc":        {},
	"reading":             {"article", "ledger", "text", "linear"},
	"reading/batch":       {},
	"reading/lexicon":     {"text"},
	"reading/tree":        {"text"},
	"reading/attribution": {"reading/tree", "reading/lexicon", "text", "linear", "packed"},
	"reading/entities":    {"reading/tree", "reading/lexicon", "text", "linear"},
	"reading/names":       {"reading/lexicon", "reading/places", "text", "linear", "packed"},
	"reading/places":      {"reading/tree", "reading/lexicon", "text", "ledger", "packed"},
	"reading/dates":       {"reading/tree", "reading/lexicon", "text", "ledger"},
	"reading/figures":     {"reading/tree", "reading/lexicon", "text", "ledger"},
	"reading/certainty":   {"reading/tree", "reading/lexicon", "text", "linear", "ledger", "packed"},
	"reading/checkworthy": {"reading/tree", "reading/lexicon", "text", "linear", "ledger", "packed"},
	"reading/events":      {"reading/tree", "reading/lexicon", "text", "linear", "ledger", "packed"},
	"reading/incidents":   {"reading/tree", "reading/lexicon", "text", "linear", "ledger"},
	"reading/prospects":   {"reading/tree", "text"},
	"reading/sources":     {"reading/tree", "reading/lexicon", "text", "ledger"},
	"reading/techniques":  {"reading/tree", "reading/names", "text", "linear", "ledger", "packed"},
	"reading/voice":       {"reading/tree", "reading/lexicon", "text", "linear"},
	"corpus/copies":       {"ledger", "text/offset"},
	"corpus/incidents":    {"ledger", "text/edtf", "text/offset"},
	"queue":               {"article", "ledger", "store"},
	"facts":               {},
	"facts/matching":      {"facts", "reading/lexicon", "reading/places", "text"},
	"report":              {"ledger", "text/offset"},
	"server":              {},
	"server/access":       {},
	"server/api":          {"server", "article", "corpus", "export", "facts", "ledger", "report", "store"},
	"server/accounts":     {"server", "store"},
	"server/pace":         {},
	"server/desk":         {"server", "article", "corpus", "ledger", "report", "store", "text/edtf", "facts"},
	"server/desk/world":   {},
	"store":               {"article", "corpus", "facts", "ledger", "text/edtf", "text/offset"},
	"store/listing":       {"store", "corpus", "facts", "ledger", "report"},
	"export":              {"corpus", "ledger", "text/offset"},
	"export/destination":  {},
	"export/drafts":       {"export", "facts", "ledger"},
	"export/exporttest":   {"export", "corpus", "ledger"},
	"export/formats":      {"export", "report"},
	"export/source":       {"export", "article", "corpus", "ledger", "store"},
	"export/tables":       {"export", "corpus", "ledger", "report", "text/offset"},
	"watch":               {"article", "corpus", "ledger", "store"},
	"learn":               {"encoder", "linear", "packed", "text", "ledger", "article", "reading", "corpus", "facts", "server/desk/world"},
	"bench":               {"article", "reading"},
	"bench/scale":         {"bench/clock", "article", "corpus", "ledger", "reading", "store"},
	"cmd":                 {"article", "corpus", "export", "facts", "ledger", "mcp", "queue", "reading", "report", "server", "store", "watch"},
}

// TestDependenciesPointOneWay checks each import of one of our packages by
// another against mayImport. Tests may import what they like.
func TestDependenciesPointOneWay(t *testing.T) {
	out, err := exec.Command("go", "list", "-json=ImportPath,Imports", "./...").Output()
	if err != nil {
		t.Fatal(err)
	}
	checked := 0
	for packages := json.NewDecoder(bytes.NewReader(out)); ; {
		var p struct {
			ImportPath string
			Imports    []string
		}
		if err := packages.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		from, _ := ours(p.ImportPath)
		rule, ok := folderOf(from)
		if !ok {
			t.Errorf("mayImport does not say what %s may import", p.ImportPath)
			continue
		}
		for _, i := range p.Imports {
			to, own := ours(i)
			if !own {
				continue
			}
			checked++
			if !allowed(rule, to) {
				t.Errorf("%s imports %s, which packages in %q may not", p.ImportPath, i, rule)
			}
		}
	}
	if checked == 0 {
		t.Error("no import was checked")
	}
}

// ours returns the folder of a package of this module.
func ours(path string) (folder string, ok bool) {
	if path == "hearsay" {
		return "", true
	}
	return strings.CutPrefix(path, "hearsay/")
}

// folderOf returns the longest folder of mayImport that a package lies in.
func folderOf(pkg string) (longest string, ok bool) {
	for folder := range mayImport {
		if within(pkg, folder) && len(folder) >= len(longest) {
			longest, ok = folder, true
		}
	}
	return longest, ok
}

// allowed reports whether packages in folder may import pkg: when a folder that
// they may import holds it, or their own does.
func allowed(folder, pkg string) bool {
	for _, may := range mayImport[folder] {
		if within(pkg, may) {
			return true
		}
	}
	return within(pkg, folder)
}

func within(pkg, folder string) bool {
	return pkg == folder || strings.HasPrefix(pkg, folder+"/")
}

// TestProgramIsSmall builds the program as `make build` does: stripped, it has
// to stay below 80 MB.
func TestProgramIsSmall(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped with -short: linking the program takes seconds")
	}
	t.Parallel()
	const limit = 80_000_000 // bytes
	file := filepath.Join(t.TempDir(), "hearsay")
	build := exec.Command("go", "build", "-trimpath", "-ldflags", "-s -w", "-o", file, "./cmd/hearsay")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("building the program: %v\n%s", err, out)
	}
	info, err := os.Stat(file)
	if err != nil {
		t.Fatal(err)
	}
	if info.Size() >= limit {
		t.Errorf("the program has %.1f MB, and %d MB are the limit", float64(info.Size())/1e6, limit/1_000_000)
	}
}

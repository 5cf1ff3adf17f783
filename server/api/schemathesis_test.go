package api_test

import (
	"bytes"
	"cmp"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"testing"

	"hearsay/article"
	"hearsay/server"
	"hearsay/server/access"
)

// TestAgainstItsDescription has schemathesis ask for whatever the description says
// may be asked for, and for what it says may not, of a real server. HEARSAY_API_EXAMPLES is
// how often it does so of each operation.
func TestAgainstItsDescription(t *testing.T) {
	if testing.Short() {
		t.Skip("skipped with -short: it asks for many things")
	}
	program := schemathesis(t)
	d := open(t, bakery, article.Article{ID: "https://courier.example/2", URL: "https://courier.example/2", Published: "2031-05-07", Title: "Toll rises", Text: "Seven people died in the shelling of a bakery in Zinder on Monday, the regional hospital said. The Karsh Front denied that it had shelled the town."})
	d.work()
	const token = "a token of a test"
	h, err := server.New(server.Options{Routes: d.api.Routes(), Who: func(r *http.Request) (access.Principal, error) {
		if r.Header.Get("Authorization") != "Bearer "+token {
			return access.Principal{}, access.ErrNobody
		}
		return access.Principal{Name: "ada", Scopes: access.Scopes()}, nil
	}})
	if err != nil {
		t.Fatal(err)
	}
	web := httptest.NewServer(h)
	defer web.Close()
	examples, phases := os.Getenv("HEARSAY_API_EXAMPLES"), "examples,coverage,fuzzing,stateful"
	if examples == "" {
		phases = "examples,coverage,fuzzing"
	}
	config, err := filepath.Abs(filepath.Join("testdata", "schemathesis.toml"))
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.CommandContext(t.Context(), program, "--config-file", config, "run", web.URL+"/api/openapi.json",
		"--header", "Authorization: Bearer "+token, "--max-examples", cmp.Or(examples, "4"), "--phases", phases, "--generation-deterministic", "--no-color")
	cmd.Dir = t.TempDir() // where it leaves what it remembers
	out, err := cmd.CombinedOutput()
	if err != nil {
		t.Errorf("schemathesis: %v\n%s", err, out)
	} else if m := cases.FindSubmatch(out); m == nil || len(m[1]) < 3 || !bytes.Equal(m[1], m[2]) {
		t.Errorf("it did not say that hundreds of cases have passed:\n%s", out)
	}
	if err := d.store.Verify(t.Context()); err != nil {
		t.Error(err)
	}
}

// cases is how schemathesis says how many there were.
var cases = regexp.MustCompile(`(\d+) generated, (\d+) passed`)

// schemathesis is where .ci/python has put it.
func schemathesis(t *testing.T) string {
	t.Helper()
	cache := os.Getenv("XDG_CACHE_HOME")
	if cache == "" {
		home, err := os.UserHomeDir()
		if err != nil {
			t.Fatal(err)
		}
		cache = filepath.Join(home, ".cache")
	}
	program := filepath.Join(cache, "hearsay-tests", "python", "bin", "schemathesis")
	if _, err := os.Stat(program); err != nil {
		t.Skip("SKIPPED: the API is not held to its description, since schemathesis is not installed: bash .ci/python")
	}
	return program
}

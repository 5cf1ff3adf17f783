package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

func TestServe(t *testing.T) {
	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	defer out.Close()
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	held := false
	go func() {
		ended <- run(ctx, []string{"serve", "--listen", "127.0.0.1:0", "--db", filepath.Join(t.TempDir(), "desk.db"), "--log-format", "json"},
			streams{os.Stdin, os.Stdout, in, func() { held = true }})
		in.Close()
	}()
	log := bufio.NewReader(out)
	line, err := log.ReadString('\n')
	if err != nil {
		t.Fatal(err)
	}
	address := strings.Fields(line[strings.Index(line, "http://"):])[0]
	for path, want := range map[string]string{"/healthz": "ok", "/readyz": "ok", "/": "Who says so?", "/articles": "There is no article here yet", "/metrics": "hearsay_store_articles 0"} {
		res, err := http.Get(address + path)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != http.StatusOK || !strings.Contains(string(body), want) {
			t.Errorf("%s: %s, %v, without %q: %s", path, res.Status, err, want, body)
		}
	}
	stop()
	if status := <-ended; status != exitRead {
		t.Errorf("status %d", status)
	}
	if !held {
		t.Error("what is in hand is not waited for")
	}
	rest, err := io.ReadAll(log)
	if err != nil {
		t.Fatal(err)
	}
	if got := strings.Count(string(rest), `"msg":"request"`); got != 5 {
		t.Errorf("%d requests are logged, want 5: %s", got, rest)
	}
}

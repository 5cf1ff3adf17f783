package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"
)

// TestAssistant has the SDK's own client start the program and talk to it.
func TestAssistant(t *testing.T) {
	db := filepath.Join(t.TempDir(), "week.db")
	if out, err := exec.Command("hearsay", "add", "--quiet", "--db", db, "../../examples/market-bombing.jsonl").CombinedOutput(); err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	program := exec.Command("hearsay", "mcp", "--db", db, "--log-format", "json")
	var log bytes.Buffer
	program.Stderr = &log
	s, err := sdk.NewClient(&sdk.Implementation{Name: "test"}, nil).Connect(t.Context(), &sdk.CommandTransport{Command: program}, nil)
	if err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		tool      string
		arguments map[string]any
		want      string
	}{
		{"read_text", map[string]any{"text": "The harbour master, Oda Brask, said that the ferry had sunk.", "published": "2031-05-02"}, "According to Oda Brask"},
		{"search_incidents", map[string]any{"min_origins": 2}, "is accused of it by Rade Velkan"},
		{"list_speakers", nil, "Ana Tessel"},
		{"match_claim", map[string]any{"text": "The ferry had sunk."}, "No published fact-check"},
	} {
		r, err := s.CallTool(t.Context(), &sdk.CallToolParams{Name: test.tool, Arguments: test.arguments})
		if err != nil {
			t.Fatal(err)
		}
		if text, ok := r.Content[0].(*sdk.TextContent); !ok || r.IsError || !strings.Contains(text.Text, test.want) {
			t.Errorf("%s: failed %t, without %q: %s", test.tool, r.IsError, test.want, text.Text)
		}
	}
	if err := s.Close(); err != nil {
		t.Errorf("the program ended with %v: %s", err, log.String())
	}
	if n := strings.Count(log.String(), `"msg":"tool"`); n != 4 || strings.Contains(log.String(), "Brask") {
		t.Errorf("%d calls are logged, want 4 without what they asked: %s", n, log.String())
	}
}

// TestAssistantsStreams holds that standard output has nothing but the protocol,
// whatever comes in, and that the program ends when its input does, or on a signal.
func TestAssistantsStreams(t *testing.T) {
	hello := `{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"test","version":"1"}}}` + "\n"
	list := `{"jsonrpc":"2.0","method":"notifications/initialized"}` + "\n" + `{"jsonrpc":"2.0","id":2,"method":"tools/list","params":{}}` + "\n"
	for _, test := range []struct {
		name, input string
		signal      os.Signal
		answers     int
		status      int
		said        string // on standard error
	}{
		{"nothing", "", nil, 0, 0, ""},
		{"a list", hello + list, nil, 2, 0, ""},
		{"a signal", hello + list, syscall.SIGTERM, 2, exitInterrupted, ""},
		{"no JSON", "{]\n", nil, 0, exitUnread, "hearsay: talking to the assistant"},
		{"a line without end", strings.Repeat("x", 2<<20), nil, 0, exitUnread, "hearsay: talking to the assistant"},
	} {
		t.Run(test.name, func(t *testing.T) {
			program := exec.Command("hearsay", "mcp", "--db", filepath.Join(t.TempDir(), "new.db"), "--quiet")
			in, err := program.StdinPipe()
			if err != nil {
				t.Fatal(err)
			}
			out, err := program.StdoutPipe()
			if err != nil {
				t.Fatal(err)
			}
			var said bytes.Buffer
			program.Stderr = &said
			if err := program.Start(); err != nil {
				t.Fatal(err)
			}
			go io.WriteString(in, test.input) // it may be gone before it has all of it
			lines := bufio.NewScanner(out)
			lines.Buffer(nil, 1<<20)
			for range test.answers {
				var message struct{ JSONRPC string }
				if !lines.Scan() || json.Unmarshal(lines.Bytes(), &message) != nil || message.JSONRPC != "2.0" {
					t.Fatalf("answered %q, %v", lines.Text(), lines.Err())
				}
			}
			switch {
			case test.signal != nil:
				program.Process.Signal(test.signal) // or it is gone, and that is seen below
			case test.status == 0:
				in.Close()
			}
			for lines.Scan() {
				t.Errorf("beside the answers it wrote %q", lines.Text())
			}
			program.Wait() // its status says all
			if got := program.ProcessState.ExitCode(); got != test.status || !strings.Contains(said.String(), test.said) {
				t.Errorf("status %d, want %d; it said %q", got, test.status, said.String())
			}
		})
	}
}

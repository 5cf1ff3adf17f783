//go:build unix

// Package pgtest gives tests databases of a real PostgreSQL, which it starts
// for them.
package pgtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"

	"github.com/jackc/pgx/v5"
)

// Database returns the address (postgres://…) of a new, empty database, which
// is dropped when the test ends. Other processes of this machine may use it
// too. The server is one of PostgreSQL's own, started when a test first asks
// for it and stopped when the test program ends, in whatever way it does. Where
// PostgreSQL is not installed the test is skipped.
func Database(t testing.TB) (address string) {
	t.Helper()
	// From template0, which nobody is ever connected to: copying another fails while somebody is.
	return database(t, running(t), "template0")
}

// Copy returns the address of a new database, as Database does, that is a copy
// of one that fill has filled. It does so once for each name, and has to leave that
// database with no connection to it.
func Copy(t testing.TB, name string, fill func(address string) error) (address string) {
	t.Helper()
	s := running(t)
	filled.Lock()
	defer filled.Unlock()
	template, ok := filled.templates[name]
	if !ok {
		template = fmt.Sprintf("template%d", 2+len(filled.templates)) // PostgreSQL has two
		if err := s.create(template, "template0"); err != nil {
			t.Fatal(err)
		}
		if err := fill(s.address(template)); err != nil {
			t.Fatal(err)
		}
		filled.templates[name] = template
	}
	return database(t, s, template)
}

var (
	databases atomic.Int64
	start     = sync.OnceValues(startServer)

	// filled are the databases that Copy copies.
	filled = struct {
		sync.Mutex
		templates map[string]string // by the name of what fills them
	}{templates: make(map[string]string)}

	errMissing = errors.New("PostgreSQL is not installed")
)

// running returns the server, or ends the test.
func running(t testing.TB) *server {
	t.Helper()
	s, err := start()
	if errors.Is(err, errMissing) {
		t.Skip("SKIPPED: PostgreSQL is not installed (Debian: apt-get install postgresql), and this test needs its server")
	}
	if err != nil {
		t.Fatalf("starting PostgreSQL: %v", err)
	}
	return s
}

// database makes a database for a test.
func database(t testing.TB, s *server, template string) (address string) {
	t.Helper()
	name := fmt.Sprintf("test%d", databases.Add(1))
	if err := s.create(name, template); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.exec("DROP DATABASE " + name + " WITH (FORCE)"); err != nil {
			t.Error(err)
		}
	})
	return s.address(name)
}

// role is who the tests connect as: the server's superuser.
const role = "hearsay"

type server struct {
	folder   string         // of its data and its socket
	lifeline io.WriteCloser // when this is closed, by us or by our end, the server stops
}

// startServer starts a server that listens on a socket in a temporary folder.
func startServer() (*server, error) {
	programs, err := installed()
	if err != nil {
		return nil, err
	}
	folder, err := os.MkdirTemp("", "hearsay-pg-") // short: the name of a socket has 107 bytes at most
	if err != nil {
		return nil, err
	}
	s, err := startIn(folder, programs)
	if err != nil {
		os.RemoveAll(folder)
		return nil, err
	}
	return s, nil
}

// keeper makes and starts a server, says how that went, and waits for the end
// of its input: the test program's end, even by kill -9. Ctrl-C at the terminal
// is not for it. What the server holds is wanted by nobody then.
//
// The server sorts names as people in America do (ICU's en-US) and not by their
// bytes, so that a test fails where an order is left to the server.
const keeper = `
trap '' INT HUP TERM
programs=$1 folder=$2 role=$3
{
	"$programs/initdb" --pgdata "$folder/data" --username "$role" --auth trust --no-sync --encoding UTF8 \
		--locale C.UTF-8 --locale-provider icu --icu-locale en-US &&
	"$programs/pg_ctl" start -w -t 60 -D "$folder/data" -l "$folder/log" -o "-k '$folder' -c listen_addresses= \
		-c fsync=off -c synchronous_commit=off -c full_page_writes=off -c shared_buffers=64MB -c max_connections=200 -c jit=off"
} >"$folder/started" 2>&1 && echo started || cat "$folder/started" "$folder/log"
exec >&-
cat >/dev/null
"$programs/pg_ctl" stop -w -m immediate -D "$folder/data" >/dev/null
rm -rf "$folder"
`

func startIn(folder, programs string) (*server, error) {
	c := exec.Command("/bin/sh", "-c", keeper, "sh", programs, folder, role)
	c.Dir = folder
	if os.Getuid() == 0 { // as whom a server refuses to run
		who, err := other()
		if err != nil {
			return nil, err
		}
		if err := os.Chown(folder, int(who.Uid), int(who.Gid)); err != nil {
			return nil, err
		}
		c.SysProcAttr = &syscall.SysProcAttr{Credential: who}
	}
	lifeline, err := c.StdinPipe()
	if err != nil {
		return nil, err
	}
	said, err := c.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := c.Start(); err != nil {
		return nil, err
	}
	how, err := io.ReadAll(said)
	if err == nil && string(how) != "started\n" {
		err = fmt.Errorf("%s", how)
	}
	if err != nil {
		lifeline.Close()
		c.Wait() // how it went is known already
		return nil, err
	}
	return &server{folder: folder, lifeline: lifeline}, nil
}

// installed returns the folder of PostgreSQL's programs, of its newest version
// if there are several.
func installed() (string, error) {
	// Debian's are not in the PATH; others' are.
	const debian = "/usr/lib/postgresql"
	found, err := filepath.Glob(debian + "/*/bin/initdb")
	if err != nil {
		return "", err
	}
	version := func(file string) int {
		number, _, _ := strings.Cut(strings.TrimPrefix(file, debian+"/"), "/")
		n, err := strconv.Atoi(number)
		if err != nil {
			return 0
		}
		return n
	}
	if len(found) > 0 {
		return filepath.Dir(slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) })), nil
	}
	file, err := exec.LookPath("initdb")
	if err != nil {
		return "", errMissing
	}
	return filepath.Dir(file), nil
}

// other is a user that is not root.
func other() (*syscall.Credential, error) {
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err := strconv.ParseUint(u.Uid, 10, 32)
		if err != nil {
			continue
		}
		gid, err := strconv.ParseUint(u.Gid, 10, 32)
		if err != nil {
			continue
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("a server does not run as root, and this system has no user postgres or nobody")
}

func (s *server) address(database string) string {
	u := url.URL{Scheme: "postgres", User: url.User(role), Path: "/" + database, RawQuery: url.Values{"host": {s.folder}}.Encode()}
	return u.String()
}

// create makes a database. Files are copied and not logged: nobody wants them after a crash.
func (s *server) create(name, template string) error {
	return s.exec("CREATE DATABASE " + name + " TEMPLATE " + template + " STRATEGY file_copy")
}

// exec carries out a statement on a connection of its own.
func (s *server) exec(statement string) error {
	ctx := context.Background() // a test's own is over when it cleans up
	c, err := pgx.Connect(ctx, s.address("postgres"))
	if err != nil {
		return err
	}
	_, err = c.Exec(ctx, statement)
	return errors.Join(err, c.Close(ctx))
}

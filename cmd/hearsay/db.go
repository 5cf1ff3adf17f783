package main

import (
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"time"

	"hearsay/store"
	"hearsay/store/postgres"
	"hearsay/store/sqlite"
)

// database is the flag of every command that uses a store.
type database struct {
	DB string `name:"db" placeholder:"STORE" env:"HEARSAY_DB" help:"The store: an SQLite file, or postgres://user@host:port/database (the password best in PGPASSWORD or ~/.pgpass). Default: hearsay.db in the folder where this system keeps a user's data."`
}

// open opens the store; with create it is made where there is none.
func (d *database) open(ctx context.Context, create bool) (store.Store, error) {
	file := d.DB
	if file == "" {
		folder, err := dataFolder()
		if err != nil {
			return nil, fmt.Errorf("it is not known where to keep the store, name a file with --db: %w", err)
		}
		file = filepath.Join(folder, "hearsay", "hearsay.db")
	}
	switch scheme, _, ok := strings.Cut(file, "://"); {
	case scheme == "postgres" && ok, scheme == "postgresql" && ok:
		return postgres.Open(ctx, file, postgres.Options{MustExist: !create, Gathered: newGathered(os.Stderr)})
	case ok:
		return nil, usagef("--db takes a file or a postgres:// address; this hearsay has no store at %s addresses", scheme)
	}
	return sqlite.Open(ctx, file, sqlite.Options{MustExist: !create, Gathered: newGathered(os.Stderr)})
}

// newGathered returns what tells on w, now and then, how far the articles of a
// store that an earlier hearsay made have been gathered.
func newGathered(w io.Writer) func(done, of int) {
	const pause = 2 * time.Second
	next := time.Now().Add(pause)
	return func(done, of int) {
		if now := time.Now(); now.After(next) {
			fmt.Fprintf(w, "hearsay: looking for copies among what is in the store: %d of %d articles\n", done, of)
			next = now.Add(pause)
		}
	}
}

// dataFolder is where programs keep a user's data: by the XDG Base Directory
// Specification, and where macOS and Windows want it.
func dataFolder() (string, error) {
	switch runtime.GOOS {
	case "windows":
		if d := os.Getenv("LocalAppData"); d != "" {
			return d, nil
		}
	case "darwin":
		if home, err := os.UserHomeDir(); err == nil {
			return filepath.Join(home, "Library", "Application Support"), nil
		}
	default:
		if d := os.Getenv("XDG_DATA_HOME"); filepath.IsAbs(d) {
			return d, nil
		}
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(home, ".local", "share"), nil
}

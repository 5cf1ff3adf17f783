package pgtest_test

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"

	"hearsay/store/postgres/pgtest"
)

// Set, it has the test program stand still once it has a database.
const still = "HEARSAY_TEST_STILL"

func TestDatabase(t *testing.T) {
	addresses := []string{pgtest.Database(t), pgtest.Database(t)}
	for i, address := range addresses {
		c, err := pgx.Connect(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close(t.Context())
		// In another's database there would be this table already.
		if _, err := c.Exec(t.Context(), `CREATE TABLE things (name text)`); err != nil {
			t.Errorf("database %d: %v", i, err)
		}
	}
	if os.Getenv(still) != "" {
		fmt.Println(addresses[0])
		io.Copy(io.Discard, os.Stdin)
	}
}

func TestCopy(t *testing.T) {
	filled := 0
	fill := func(address string) error {
		filled++
		c, err := pgx.Connect(t.Context(), address)
		if err != nil {
			return err
		}
		_, err = c.Exec(t.Context(), `CREATE TABLE things AS SELECT 7 AS n`)
		return errors.Join(err, c.Close(t.Context()))
	}
	for range 2 {
		c, err := pgx.Connect(t.Context(), pgtest.Copy(t, "things", fill))
		if err != nil {
			t.Fatal(err)
		}
		defer c.Close(t.Context())
		var n int
		if err := c.QueryRow(t.Context(), `UPDATE things SET n = n + 1 RETURNING n`).Scan(&n); err != nil || n != 8 {
			t.Errorf("%d, %v", n, err)
		}
	}
	if filled != 1 {
		t.Errorf("it was filled %d times", filled)
	}
}

// TestKilled kills a test program and wants its server to be gone, and all that
// it wrote.
func TestKilled(t *testing.T) {
	pgtest.Database(t) // or this test is skipped too
	program, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	c := exec.Command(program, "-test.run", "^TestDatabase$")
	c.Env = append(os.Environ(), still+"=1")
	if _, err := c.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	line := bufio.NewScanner(out)
	line.Scan()
	address, err := url.Parse(line.Text())
	if err != nil || address.Query().Get("host") == "" {
		t.Fatalf("the program printed %q, %v", line.Text(), err)
	}
	folder := address.Query().Get("host")
	if _, err := os.Stat(filepath.Join(folder, "data", "postmaster.pid")); err != nil {
		t.Error(err)
	}
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	c.Wait() // it was killed: an error without interest
	for range 600 {
		if _, err := os.Stat(folder); os.IsNotExist(err) {
			return
		}
		time.Sleep(50 * time.Millisecond)
	}
	t.Errorf("%s is there half a minute after the program was killed", folder)
}

//go:build !unix

// Package pgtest gives tests databases of a real PostgreSQL, which it starts
// for them.
package pgtest

import "testing"

// Database skips the test: on this system no server is started.
func Database(t testing.TB) (address string) {
	t.Helper()
	t.Skip("SKIPPED: this test needs a PostgreSQL server, which is only started on Unix")
	return ""
}

// Copy skips the test, as Database does.
func Copy(t testing.TB, _ string, _ func(address string) error) (address string) {
	t.Helper()
	return Database(t)
}

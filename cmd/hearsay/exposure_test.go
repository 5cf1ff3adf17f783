package main

import (
	"bytes"
	"io"
	"log/slog"
	"os"
	"testing"
	"time"
)

func TestARenewedCertificateIsTakenUp(t *testing.T) {
	folder := t.TempDir()
	certFile, keyFile, _ := selfSigned(t, folder)
	c := &certificate{cert: certFile, key: keyFile, log: slog.New(slog.NewTextHandler(io.Discard, nil))}
	get := func() []byte {
		t.Helper()
		c.looked = time.Time{} // as if it had been a while
		loaded, err := c.get(nil)
		if err != nil {
			t.Fatal(err)
		}
		return loaded.Certificate[0]
	}
	first := get()
	if !bytes.Equal(get(), first) {
		t.Error("another certificate, of the same files")
	}
	selfSigned(t, folder)
	later := time.Now().Add(time.Minute)
	for _, file := range []string{certFile, keyFile} {
		if err := os.Chtimes(file, later, later); err != nil {
			t.Fatal(err)
		}
	}
	second := get()
	if bytes.Equal(second, first) {
		t.Error("the renewed certificate is not taken up")
	}
	// One that cannot be read does not take the place of the one before.
	if err := os.WriteFile(certFile, []byte("half of it"), 0o600); err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(get(), second) {
		t.Error("a file that is being written takes the certificate away")
	}
	if _, err := (&certificate{cert: certFile, key: keyFile}).get(nil); err == nil {
		t.Error("no error for a certificate that is none")
	}
}

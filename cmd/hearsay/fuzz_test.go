package main

import (
	"bytes"
	"context"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"hearsay/article"
	"hearsay/reading"
	"hearsay/report"
)

// FuzzRead reads any bytes as the program does, as text, page or PDF, and
// prints what comes of them in every format. Whatever is read must make a
// ledger that keeps the contract; whatever is refused must be refused by an
// *article.Error.
func FuzzRead(f *testing.F) {
	files, err := filepath.Glob("../../examples/*.*")
	if err != nil {
		f.Fatal(err)
	}
	for _, name := range files {
		seed, err := os.ReadFile(name)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(seed[:min(len(seed), 2000)])
	}
	for _, seed := range []string{
		"", "\ufeff\"", "He said: «\"‘“", "\"\n\n\"\n\n\"said", "<p>\"Yes,\" she said.", "%PDF-1.4\n1 0 obj", "\xff\xfeH\x00e\x00", "said said said that that according to to",
	} {
		f.Add([]byte(seed))
	}
	reader, err := reading.New()
	if err != nil {
		f.Fatal(err)
	}
	f.Fuzz(func(t *testing.T, input []byte) {
		getter := &article.Getter{Force: true, Stdin: bytes.NewReader(input)}
		a, err := getter.Get(context.Background(), "-")
		if err != nil {
			var known *article.Error
			if !errors.As(err, &known) || known.Code == "" || known.Message == "" {
				t.Fatalf("refused by %v, which says too little", err)
			}
			return
		}
		l, err := reader.Read(&a)
		if err != nil {
			t.Fatal(err)
		}
		if err := l.Validate(); err != nil {
			t.Fatal(err)
		}
		for _, format := range report.Formats() {
			w, err := report.New(format, io.Discard, report.Options{Width: 40, Color: true})
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(w.Write(l), w.Close()); err != nil {
				t.Fatalf("%s: %v", format, err)
			}
		}
	})
}

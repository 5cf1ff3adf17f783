// Package jsonl reads the research data that comes as gzipped JSON lines.
package jsonl

import (
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"os"
)

// Each calls each with every value of a gzipped file of JSON lines, in order.
// It ends at the first error, its own or each's.
func Each[T any](path string, each func(*T) error) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return fmt.Errorf("opening %s: %w", path, err)
	}
	for d := json.NewDecoder(z); ; {
		var v T
		if err := d.Decode(&v); err == io.EOF {
			return nil
		} else if err != nil {
			return fmt.Errorf("reading %s: %w", path, err)
		}
		if err := each(&v); err != nil {
			return err
		}
	}
}

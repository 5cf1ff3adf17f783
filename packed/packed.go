// Package packed holds models and tables as they lie in the repository and in
// the program: compressed with Zstandard (RFC 8878). Whoever reads with one
// unpacks it on first use; who does not, never does.
package packed

import (
	"bytes"
	"fmt"
	"os"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// window is how far back repetitions are looked for, and so how much has to
// be kept while unpacking. Models repeat little; a small window stays in the
// processor's cache.
const window = 128 << 10

// Write packs data. What comes out depends on the data and on the version of
// the compressor, and on nothing else.
func Write(data []byte) ([]byte, error) {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1), zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithWindowSize(window))
	if err != nil {
		return nil, fmt.Errorf("packing %d bytes: %w", len(data), err)
	}
	packed := e.EncodeAll(data, nil)
	return packed, e.Close()
}

// Read unpacks what Write packed.
func Read(packed []byte) (string, error) {
	var h zstd.Header
	if err := h.Decode(packed); err != nil {
		return "", fmt.Errorf("unpacking: %w", err)
	}
	d, err := zstd.NewReader(bytes.NewReader(packed), zstd.WithDecoderConcurrency(1)) // one block after the other, without goroutines
	if err != nil {
		return "", fmt.Errorf("unpacking: %w", err)
	}
	defer d.Close()
	var out strings.Builder
	if h.HasFCS {
		out.Grow(int(min(h.FrameContentSize, mostTrusted)))
	}
	if _, err := d.WriteTo(&out); err != nil {
		return "", fmt.Errorf("unpacking: %w", err)
	}
	return out.String(), nil
}

// mostTrusted is the size that Read takes a header's word for before it has seen it.
const mostTrusted = 64 << 20

// WriteFile writes data into a file, packed.
func WriteFile(name string, data []byte) error {
	packed, err := Write(data)
	if err != nil {
		return fmt.Errorf("writing %s: %w", name, err)
	}
	return os.WriteFile(name, packed, 0o644)
}

// ReadFile returns what WriteFile wrote into a file.
func ReadFile(name string) (string, error) {
	packed, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	data, err := Read(packed)
	if err != nil {
		return "", fmt.Errorf("%s: %w", name, err)
	}
	return data, nil
}

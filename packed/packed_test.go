package packed_test

import (
	"bytes"
	"errors"
	"io/fs"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"testing"

	"hearsay/packed"
)

// TestReadGivesBackWhatWasWritten checks that data comes back as it was, and
// that the same data is packed the same way each time.
func TestReadGivesBackWhatWasWritten(t *testing.T) {
	noise := make([]byte, 300_000) // of more than one block
	random := rand.NewChaCha8([32]byte{})
	random.Read(noise)
	for name, data := range map[string][]byte{
		"nothing":           nil,
		"a byte":            {7},
		"a million zeros":   make([]byte, 1_000_000),
		"noise":             noise,
		"noise between two": slices.Concat(bytes.Repeat([]byte("quay"), 50_000), noise, bytes.Repeat([]byte("tide"), 50_000)),
	} {
		p, err := packed.Write(data)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := packed.Write(data); err != nil || !bytes.Equal(again, p) {
			t.Errorf("%s is packed in two ways (%v)", name, err)
		}
		if got, err := packed.Read(p); err != nil || got != string(data) {
			t.Errorf("%s: %d bytes came back as %d (%v)", name, len(data), len(got), err)
		}
	}
}

func TestReadRefusesWhatIsNotPacked(t *testing.T) {
	good, err := packed.Write(bytes.Repeat([]byte("the ferry left the quay"), 100))
	if err != nil {
		t.Fatal(err)
	}
	other := bytes.Clone(good)
	other[len(other)-1] ^= 1
	for name, data := range map[string][]byte{
		"nothing": nil, "text": []byte("the ferry left the quay"), "cut short": good[:len(good)-1], "changed": other,
	} {
		if _, err := packed.Read(data); err == nil {
			t.Errorf("%s: unpacked", name)
		}
	}
}

func TestFiles(t *testing.T) {
	name := filepath.Join(t.TempDir(), "model.bin")
	if _, err := packed.ReadFile(name); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("reading a file that there is not: %v", err)
	}
	if err := packed.WriteFile(name, []byte("weights")); err != nil {
		t.Fatal(err)
	}
	if got, err := packed.ReadFile(name); err != nil || got != "weights" {
		t.Errorf("got %q, %v", got, err)
	}
}

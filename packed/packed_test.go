package packed_test

import (
	"bytes"
	"errors"
	"io/fs"
	"path/filepath"
	"testing"

	"pgregory.net/rapid"

	"hearsay/packed"
)

// TestReadGivesBackWhatWasWritten checks that data comes back as it was, and
// that the same data is packed the same way each time.
func TestReadGivesBackWhatWasWritten(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		part := rapid.SliceOf(rapid.Byte()).Draw(t, "data")
		data := bytes.Repeat(part, rapid.SampledFrom([]int{0, 1, 3, 5000}).Draw(t, "times"))
		p, err := packed.Write(data)
		if err != nil {
			t.Fatal(err)
		}
		if again, err := packed.Write(data); err != nil || !bytes.Equal(again, p) {
			t.Fatalf("%d bytes are packed in two ways (%v)", len(data), err)
		}
		if got, err := packed.Read(p); err != nil || got != string(data) {
			t.Fatalf("%d bytes came back as %d (%v)", len(data), len(got), err)
		}
	})
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

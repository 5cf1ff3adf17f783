package destination_test

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"

	"hearsay/export/destination"
)

func fill(t *testing.T, d *destination.Destination, name, content string) {
	t.Helper()
	w, err := d.Create(name)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := io.WriteString(w, content); err != nil {
		t.Fatal(err)
	}
}

// holds wants a folder to hold these files and no others.
func holds(t *testing.T, folder string, want map[string]string) {
	t.Helper()
	entries, err := os.ReadDir(folder)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		content, err := os.ReadFile(filepath.Join(folder, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		if w, ok := want[e.Name()]; !ok || w != string(content) {
			t.Errorf("%s holds %q", e.Name(), content)
		}
	}
	if len(entries) != len(want) {
		t.Errorf("there are %d files, not %d", len(entries), len(want))
	}
}

func TestFile(t *testing.T) {
	folder := t.TempDir()
	path := filepath.Join(folder, "out.json")
	if err := os.WriteFile(path, []byte("before"), 0o666); err != nil {
		t.Fatal(err)
	}
	d, err := destination.File(path)
	if err != nil {
		t.Fatal(err)
	}
	fill(t, d, "", "abandoned")
	if content, _ := os.ReadFile(path); string(content) != "before" {
		t.Errorf("while it is written there is %q", content)
	}
	d.Abandon()
	holds(t, folder, map[string]string{"out.json": "before"})
	if err := d.Commit(); err == nil {
		t.Error("what was abandoned can be committed")
	}

	if d, err = destination.File(path); err != nil {
		t.Fatal(err)
	}
	fill(t, d, "", "after")
	if err := d.Commit(); err != nil {
		t.Fatal(err)
	}
	d.Abandon() // too late
	holds(t, folder, map[string]string{"out.json": "after"})
}

func TestLink(t *testing.T) {
	folder := t.TempDir()
	if err := os.WriteFile(filepath.Join(folder, "real"), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := os.Symlink("real", filepath.Join(folder, "link")); err != nil {
		t.Skip("SKIPPED: no links can be made here:", err)
	}
	d, err := destination.File(filepath.Join(folder, "link"))
	if err != nil {
		t.Fatal(err)
	}
	fill(t, d, "", "new")
	if err := d.Commit(); err != nil {
		t.Fatal(err)
	}
	holds(t, folder, map[string]string{"real": "new", "link": "new"})
}

func TestFolder(t *testing.T) {
	names := []string{"a.csv", "b.csv"}
	folder := t.TempDir()
	path := filepath.Join(folder, "tables")
	for _, content := range []string{"first", "second"} { // the second takes the first's place
		d, err := destination.Folder(path, names)
		if err != nil {
			t.Fatal(err)
		}
		fill(t, d, "a.csv", content)
		if content == "first" {
			fill(t, d, "b.csv", content)
		}
		if err := d.Commit(); err != nil {
			t.Fatal(err)
		}
	}
	holds(t, path, map[string]string{"a.csv": "second"})

	d, err := destination.Folder(path, names)
	if err != nil {
		t.Fatal(err)
	}
	fill(t, d, "a.csv", "third")
	d.Abandon()
	if _, err := d.Create("b.csv"); err == nil {
		t.Error("a file can be made in what was abandoned")
	}
	holds(t, path, map[string]string{"a.csv": "second"})

	// What somebody else put there meanwhile stays.
	if d, err = destination.Folder(path, names); err != nil {
		t.Fatal(err)
	}
	fill(t, d, "a.csv", "fourth")
	if err := os.WriteFile(filepath.Join(path, "notes.txt"), []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	if err := d.Commit(); !errors.Is(err, destination.ErrOther) {
		t.Error(err)
	}
	holds(t, path, map[string]string{"a.csv": "second", "notes.txt": "mine"})
	if _, err := destination.Folder(path, names); !errors.Is(err, destination.ErrOther) {
		t.Error(err)
	}
	if entries, _ := os.ReadDir(folder); len(entries) != 1 {
		t.Errorf("beside the folder there is %v", entries)
	}
}

func TestWrongKind(t *testing.T) {
	folder := t.TempDir()
	if _, err := destination.File(folder); err == nil {
		t.Error("a folder is a file")
	}
	file := filepath.Join(folder, "file")
	if err := os.WriteFile(file, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := destination.Folder(file, nil); err == nil {
		t.Error("a file is a folder")
	}
	if _, err := destination.File(filepath.Join(folder, "none", "file")); err == nil {
		t.Error("a file can be made where there is no folder")
	}
	holds(t, folder, map[string]string{"file": "mine"})
}

func TestFullDisk(t *testing.T) {
	if _, err := os.Stat("/dev/full"); err != nil {
		t.Skip("SKIPPED: this system has no /dev/full")
	}
	d, err := destination.File("/dev/full")
	if err != nil {
		t.Fatal(err)
	}
	fill(t, d, "", "x")
	if err := d.Commit(); err == nil {
		t.Error("what could not be written is said to have been")
	}
}

func TestStream(t *testing.T) {
	var out bytes.Buffer
	d := destination.Stream(&out)
	fill(t, d, "", "all")
	if err := d.Commit(); err != nil || out.String() != "all" {
		t.Error(out.String(), err)
	}
}

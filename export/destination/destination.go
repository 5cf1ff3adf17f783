// Package destination is where an export goes: a file, a folder of files, or a
// stream. Files and folders appear whole or not at all: what is written stands
// under a name of its own beside its place until all of it is on the disk.
package destination

import (
	"bufio"
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"sync"
)

// ErrOther is the error for a folder that holds something else than an export,
// which is not replaced.
var ErrOther = errors.New("the folder is there already and holds other files; name a new one")

// Destination is one place to write to. After Create and writing comes Commit, or
// Abandon, which may be called at any time, from another goroutine too.
type Destination struct {
	path   string // where it is to stand; empty for a stream
	beside string // where it stands until it is whole; empty for a stream
	folder bool
	names  []string // of the files that a folder may hold

	stream *bufio.Writer

	mu    sync.Mutex
	done  bool // committed or abandoned
	files []*file
}

// file is a file that is being written.
type file struct {
	*os.File
	buffer *bufio.Writer
}

// Stream writes to w, which is not closed.
func Stream(w io.Writer) *Destination { return &Destination{stream: bufio.NewWriterSize(w, 1<<16)} }

// File writes to a file, in the place of one that is there. What is no regular file,
// such as a pipe or a device, is written to as it comes.
func File(path string) (*Destination, error) {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real // so that a link stays one
	}
	if info, err := os.Stat(path); err == nil && !info.Mode().IsRegular() {
		if info.IsDir() {
			return nil, fmt.Errorf("%s is a folder; name a file", path)
		}
		f, err := os.OpenFile(path, os.O_WRONLY, 0)
		if err != nil {
			return nil, err
		}
		d := &Destination{}
		d.files = append(d.files, &file{f, bufio.NewWriterSize(f, 1<<16)})
		return d, nil
	}
	d := &Destination{path: path, beside: besides(path)}
	if err := d.create(d.beside); err != nil {
		return nil, err
	}
	return d, nil
}

// Folder writes to files in a folder that is made, or that holds nothing but files
// with the given names: they are what is replaced.
func Folder(path string, names []string) (*Destination, error) {
	path = filepath.Clean(path)
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real
	}
	d := &Destination{path: path, beside: besides(path), folder: true, names: names}
	if err := d.replaceable(); err != nil {
		return nil, err
	}
	if err := os.Mkdir(d.beside, 0o777); err != nil {
		return nil, fmt.Errorf("the output cannot be written: %w", err)
	}
	return d, nil
}

// besides is a name in the folder of path that no other export uses, nor one
// that was killed left behind.
func besides(path string) string {
	return filepath.Join(filepath.Dir(path), fmt.Sprintf(".%s.%016x.part", filepath.Base(path), rand.Uint64()))
}

// replaceable says why what is in a folder's place cannot be replaced.
func (d *Destination) replaceable() error {
	entries, err := os.ReadDir(d.path)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		if info, failed := os.Stat(d.path); failed == nil && !info.IsDir() {
			return fmt.Errorf("%s is a file; name a folder, since there are several tables", d.path)
		}
		return err
	}
	for _, e := range entries {
		if !e.Type().IsRegular() || !slices.Contains(d.names, e.Name()) {
			return fmt.Errorf("%s: %w", d.path, ErrOther)
		}
	}
	return nil
}

// Create returns what to write one file of a folder to. Of a stream and of a single
// file there is one, whatever it is called.
func (d *Destination) Create(name string) (io.Writer, error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	switch {
	case d.stream != nil:
		return d.stream, nil
	case !d.folder:
		return d.files[0].buffer, nil
	case d.done:
		return nil, fs.ErrClosed
	}
	if err := d.create(filepath.Join(d.beside, name)); err != nil {
		return nil, err
	}
	return d.files[len(d.files)-1].buffer, nil
}

func (d *Destination) create(path string) error {
	f, err := os.OpenFile(path, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o666)
	if err != nil {
		return fmt.Errorf("the output cannot be written: %w", err)
	}
	d.files = append(d.files, &file{f, bufio.NewWriterSize(f, 1<<16)})
	return nil
}

// Commit puts what was written in its place. On an error there is nothing new there.
func (d *Destination) Commit() (err error) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if d.done {
		return fs.ErrClosed
	}
	defer func() {
		if err != nil {
			d.abandon()
			err = fmt.Errorf("writing the output: %w", err)
		}
		d.done = true
	}()
	if d.stream != nil {
		return d.stream.Flush()
	}
	for _, f := range d.files {
		if err := f.buffer.Flush(); err != nil {
			return err
		}
		if d.beside != "" {
			if err := f.Sync(); err != nil {
				return err
			}
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
	if d.beside == "" {
		return nil
	}
	if !d.folder {
		return os.Rename(d.beside, d.path)
	}
	return d.swap()
}

// swap puts a folder in the place of one that may be there.
func (d *Destination) swap() error {
	if err := d.replaceable(); err != nil {
		return err
	}
	old := d.beside + ".old"
	err := os.Rename(d.path, old)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	if failed := os.Rename(d.beside, d.path); failed != nil {
		if err == nil {
			failed = cmp.Or(os.Rename(old, d.path), failed)
		}
		return failed
	}
	if err != nil {
		return nil // there was none
	}
	return os.RemoveAll(old)
}

// Abandon takes away what was written, unless it has been committed.
func (d *Destination) Abandon() {
	d.mu.Lock()
	defer d.mu.Unlock()
	if !d.done {
		d.abandon()
	}
	d.done = true
}

func (d *Destination) abandon() {
	for _, f := range d.files {
		f.Close()
	}
	if d.beside != "" {
		os.RemoveAll(d.beside)
	}
}

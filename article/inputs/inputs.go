// Package inputs goes through whatever may hold articles and yields them one by
// one: files and folders, standard input, web addresses; texts, pages, PDFs,
// article JSONL, feeds and lists of feeds, WARC files, Telegram exports, and
// gzip of any of them. What an input holds is told by its bytes.
//
// All of it is taken for hostile. Memory is bounded by the longest record
// allowed, not by the length of the input, and what is endless, nested or packed
// beyond reason is refused in one line that names the input and the record.
package inputs

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"iter"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"

	"hearsay/article"
	"hearsay/article/feed"
)

// The limits.
const (
	MaxRecord = 32 << 20 // bytes of a line of article JSONL
	MaxFile   = 64 << 20 // bytes of a text, a page or a PDF
	MaxFetch  = 64 << 20 // bytes of what stands at an address
	maxFolder = 100      // folders within one another
	headBytes = 64 << 10 // what a stream is told by
)

// Item is one article that is still to be got, or what stands in its place.
type Item struct {
	// Name is what a person knows the item by: the input as it was given and,
	// of an input that holds several, the record: "wire.jsonl:12".
	Name string
	// Origin names the item the same way in every run, wherever it is started.
	Origin string
	// State changes when the bytes behind Origin do. It is empty where they are
	// not known yet, and where getting the article takes no longer than
	// remembering it would.
	State string
	// Found says that nobody named the item: it was met in a folder.
	Found bool

	get func(context.Context) (article.Article, error)
}

// Get returns the article. It may take long (a page to fetch, a PDF to read) and
// may be called by any goroutine. The error is an *article.Error.
func (it Item) Get(ctx context.Context) (article.Article, error) { return it.get(ctx) }

// Walker goes through inputs. Set the fields before the first use; it must not
// be copied.
type Walker struct {
	// Getter gets the articles. Its limits of size hold for files and addresses.
	Getter *article.Getter
	// Stdin is what the input "-" reads, os.Stdin by default.
	Stdin io.Reader

	read atomic.Int64
}

// Read returns how many bytes of files have been read.
func (w *Walker) Read() int64 { return w.read.Load() }

// Size returns how many bytes of files Walk will read, and false where that is
// not known beforehand, since an input is neither file nor folder.
func Size(names []string) (bytes int64, known bool) {
	known = true
	for _, name := range names {
		if name == "-" || isAddress(name) {
			known = false
			continue
		}
		for _, f := range files(name) {
			if f.err == nil && f.info.Mode().IsRegular() {
				bytes += f.info.Size()
			}
		}
	}
	return bytes, known
}

// Walk yields the items of the inputs in order: of a folder in the order of the
// names in it, of a file in its own. An input or record that cannot be read is
// an item whose Get says why. Walk ends early when ctx does.
func (w *Walker) Walk(ctx context.Context, names []string) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		r := &run{w: w, ctx: ctx, yield: yield, feeds: make(map[string]bool)}
		for _, name := range names {
			if !r.input(name) {
				return
			}
		}
	}
}

// Feed yields the items of a feed that was got from an address, as Walk would.
func (w *Walker) Feed(ctx context.Context, address string, f *feed.Feed) iter.Seq[Item] {
	return func(yield func(Item) bool) {
		r := &run{w: w, ctx: ctx, yield: yield}
		r.entries(stream{name: address, origin: address}, f)
	}
}

// run is one walk. Its methods return false when the walk is over.
type run struct {
	w     *Walker
	ctx   context.Context
	yield func(Item) bool
	feeds map[string]bool // addresses of feeds and lists that were met
	lists int             // lists that were fetched
}

func (r *run) input(name string) bool {
	switch {
	case name == "-":
		stdin := r.w.Stdin
		if stdin == nil {
			stdin = os.Stdin
		}
		return r.stream(stream{name: name, origin: name, r: stdin})
	case isAddress(name):
		return r.address(name, nil)
	}
	for _, f := range files(name) {
		if r.ctx.Err() != nil {
			return false
		}
		if !r.file(f) {
			return false
		}
	}
	return true
}

// item yields an item, unless the walk is over.
func (r *run) item(it Item) bool { return r.ctx.Err() == nil && r.yield(it) }

// fail yields an item that cannot be got.
func (r *run) fail(it Item, err error) bool {
	e := Fail(it.Name, err)
	it.State = ""
	it.get = func(context.Context) (article.Article, error) { return article.Article{}, e }
	return r.item(it)
}

// found is a file that was named or met in a folder.
type found struct {
	path  string
	info  os.FileInfo
	inDir bool
	err   error
}

// files returns the file called name, or all files below the folder of that
// name, in the order of their names. Hidden files are left out, and so is what
// is no file, such as a pipe, unless it was named. Links to files are followed,
// links to folders are not: they may lead round in a circle.
func files(name string) []found {
	info, err := os.Stat(name)
	if err != nil || !info.IsDir() {
		return []found{{path: name, info: info, err: err}}
	}
	var list []found
	var folder func(dir string, depth int)
	folder = func(dir string, depth int) {
		entries, err := os.ReadDir(dir)
		if err == nil && depth > maxFolder {
			err, entries = errFolders, nil
		}
		if err != nil {
			list = append(list, found{path: dir, inDir: true, err: err})
		}
		for _, e := range entries {
			path := filepath.Join(dir, e.Name())
			if strings.HasPrefix(e.Name(), ".") {
				continue
			}
			if e.IsDir() {
				folder(path, depth+1)
				continue
			}
			switch info, err := os.Stat(path); {
			case err != nil:
				list = append(list, found{path: path, inDir: true, err: err})
			case info.IsDir():
				list = append(list, found{path: path, inDir: true, err: errLink})
			case info.Mode().IsRegular():
				list = append(list, found{path: path, info: info, inDir: true})
			}
		}
	}
	folder(name, 1)
	return list
}

func (r *run) file(f found) bool {
	it := Item{Name: f.path, Origin: absolute(f.path), Found: f.inDir}
	if f.err != nil {
		return r.fail(it, f.err)
	}
	file, err := os.Open(f.path)
	if err != nil {
		return r.fail(it, err)
	}
	defer file.Close()
	s := stream{name: f.path, origin: it.Origin, found: f.inDir, r: file, counted: true}
	if f.info.Mode().IsRegular() {
		s.info = f.info
	}
	return r.stream(s)
}

// document reads a whole file in a worker, not in the walk.
func (r *run) document(path string, info os.FileInfo, inDir bool) bool {
	return r.item(Item{
		Name: path, Origin: absolute(path), Found: inDir,
		State: fmt.Sprintf("%d@%d", info.Size(), info.ModTime().UnixNano()),
		get: func(ctx context.Context) (article.Article, error) {
			if info.Size() > MaxFile {
				return article.Article{}, Fail(path, fmt.Errorf("%w: %d MB, the limit is %d MB", errTooLarge, info.Size()>>20, MaxFile>>20))
			}
			body, err := os.ReadFile(path)
			r.w.read.Add(int64(len(body)))
			if err != nil {
				return article.Article{}, Fail(path, err)
			}
			return r.w.Getter.Read(ctx, path, article.Source{Body: body})
		},
	})
}

// absolute returns the name of a file that holds in every folder.
func absolute(path string) string {
	if abs, err := filepath.Abs(path); err == nil {
		return abs
	}
	return path
}

// isAddress reports whether an input is meant as an address and not as a file.
func isAddress(name string) bool {
	scheme, _, ok := strings.Cut(name, "://")
	return ok && !strings.ContainsAny(scheme, `/\. `)
}

// address gets what stands at an address. within are the lists that led to it.
func (r *run) address(address string, within []string) bool {
	it := Item{Name: address, Origin: address}
	if r.ctx.Err() != nil {
		return false
	}
	client := r.w.Getter.Client()
	client.MaxBytes = MaxFetch
	res, err := client.Get(r.ctx, address)
	if err != nil {
		return r.fail(it, err)
	}
	return r.stream(stream{
		name: address, origin: address, url: res.URL, contentType: res.ContentType, within: within,
		r: strings.NewReader(string(res.Body)),
	})
}

// stream is bytes of a kind that is still to be told.
type stream struct {
	name, origin     string
	url, contentType string
	found            bool
	info             os.FileInfo // of a regular file
	counted          bool        // what is read of it counts as progress
	packed           bool        // it came out of gzip
	within           []string    // the lists of feeds that led here
	r                io.Reader
}

func (s *stream) item() Item { return Item{Name: s.name, Origin: s.origin, Found: s.found} }

// record names a record of the stream: by a person by its line or offset, in
// Origin likewise.
func (s *stream) record(sep string, record any) Item {
	return Item{Name: fmt.Sprint(s.name, sep, record), Origin: fmt.Sprint(s.origin, "#", record), Found: s.found}
}

// stream tells what the bytes are and yields what is in them.
func (r *run) stream(s stream) bool {
	var counter *counting
	if s.counted {
		counter = &counting{r: s.r, total: &r.w.read}
		s.r = counter
	}
	br := bufio.NewReaderSize(s.r, headBytes)
	s.r = br
	head, err := br.Peek(headBytes)
	if err != nil && err != io.EOF {
		return r.fail(s.item(), err)
	}
	switch kindOf(head) {
	case kindGzip:
		return r.gzip(s, br)
	case kindWARC:
		return r.warc(s)
	case kindJSONL:
		return r.jsonl(s)
	case kindTelegram:
		return r.telegram(s)
	case kindFeed:
		return r.feed(s)
	case kindOPML:
		return r.opml(s)
	case kindArray:
		return r.fail(s.item(), errArray)
	}
	if s.info != nil && !s.packed {
		counter.undo()
		return r.document(s.name, s.info, s.found)
	}
	body, err := readAll(s.r, MaxFile)
	if err != nil {
		return r.fail(s.item(), err)
	}
	it := s.item()
	it.State = digest(body)
	g := r.w.Getter
	it.get = func(ctx context.Context) (article.Article, error) {
		return g.Read(ctx, it.Name, article.Source{URL: s.url, ContentType: s.contentType, Body: body})
	}
	return r.item(it)
}

func readAll(r io.Reader, limit int64) ([]byte, error) {
	body, err := io.ReadAll(io.LimitReader(r, limit+1))
	if err != nil {
		return nil, fmt.Errorf("reading broke off after %d bytes: %w", len(body), err)
	}
	if int64(len(body)) > limit {
		return nil, fmt.Errorf("%w: more than %d MB", errTooLarge, limit>>20)
	}
	return body, nil
}

// digest returns a short name of bytes that no others have.
func digest[S string | []byte](parts ...S) string {
	h := sha256.New()
	for _, p := range parts {
		fmt.Fprintf(h, "%d:", len(p))
		h.Write([]byte(p))
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

// counting counts what is read.
type counting struct {
	r     io.Reader
	n     int64
	total *atomic.Int64
}

func (c *counting) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	c.total.Add(int64(n))
	return n, err
}

// undo takes back what was counted: it will be read again.
func (c *counting) undo() { c.total.Add(-c.n) }

var (
	errTooLarge = errors.New("it is too large")
	errFolders  = fmt.Errorf("more than %d folders lie within one another", maxFolder)
	errLink     = errors.New("a link to a folder is not followed")
	errArray    = errors.New("it is a JSON array")
	errNested   = errors.New("it is gzip within gzip")
	errBomb     = errors.New("it is packed beyond reason")
	errLoop     = errors.New("the list of feeds includes itself")
	errLists    = errors.New("too many lists of feeds include one another")
)

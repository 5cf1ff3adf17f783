package index

import (
	"encoding/binary"
	"fmt"
	"io"
	"math"
	"slices"

	"hearsay/facts/words"
)

// blockSize is how many documents of a list of postings are skipped or read together.
const blockSize = 128

// Builder collects documents for one segment. The zero value is ready for use.
// It serves one goroutine.
type Builder struct {
	docs  []doc
	texts []byte

	terms    map[uint64]uint32 // to its place in hashes
	hashes   []uint64
	counts   []uint32
	postings []building

	reader words.Reader
	times  map[uint64][fields]int
	order  []uint64 // keys of times in the order they came in
}

type doc struct {
	id           int64
	text         uint64 // where its claim begins
	claim, title uint32 // bytes
}

type building struct {
	term, doc uint32
	impact    uint8
	times     Times
}

// Len returns the number of documents collected.
func (b *Builder) Len() int { return len(b.docs) }

// Size returns about how much memory what was collected takes, in bytes.
func (b *Builder) Size() int { return len(b.postings)*12 + len(b.texts) + len(b.hashes)*40 }

// Add takes a document in. Documents keep their order, and are told apart by
// their ids.
func (b *Builder) Add(id int64, claim, title, body string) {
	if b.terms == nil {
		b.terms = make(map[uint64]uint32)
		b.times = make(map[uint64][fields]int)
	}
	num := uint32(len(b.docs))
	b.docs = append(b.docs, doc{id: id, text: uint64(len(b.texts)), claim: uint32(len(claim)), title: uint32(len(title))})
	b.texts = append(append(b.texts, claim...), title...)

	clear(b.times)
	b.order = b.order[:0]
	if title == claim {
		title = ""
	}
	lengths := [fields]int{Claim: b.count(Claim, claim), Title: b.count(Title, title), Body: b.count(Body, body)}
	for _, h := range b.order {
		times := b.times[h]
		term, ok := b.terms[h]
		if !ok {
			term = uint32(len(b.hashes))
			b.terms[h] = term
			b.hashes = append(b.hashes, h)
			b.counts = append(b.counts, 0)
		}
		b.counts[term]++
		b.postings = append(b.postings, building{term: term, doc: num, impact: uint8(math.Ceil(impact(times, lengths) * 255)), times: packTimes(times)})
	}
}

// count counts the words of a field and returns how many there are.
func (b *Builder) count(f Field, text string) (n int) {
	for _, w := range b.reader.Read(text) {
		if w.Kind == words.Function || w.Kind == words.Negation {
			continue
		}
		t, ok := b.times[w.Term]
		if !ok {
			b.order = append(b.order, w.Term)
		}
		t[f]++
		b.times[w.Term] = t
		n++
	}
	return n
}

// WriteTo writes the segment and makes the builder ready for the next.
func (b *Builder) WriteTo(w io.Writer) (int64, error) {
	byHash := make([]uint32, len(b.hashes))
	for i := range byHash {
		byHash[i] = uint32(i)
	}
	slices.SortFunc(byHash, func(x, y uint32) int {
		if b.hashes[x] < b.hashes[y] {
			return -1
		}
		return 1
	})
	// The postings are put in order by counting: first where each term's begin.
	begin := make([]uint32, len(b.hashes))
	at := uint32(0)
	for _, t := range byHash {
		begin[t] = at
		at += b.counts[t]
	}
	sorted := make([]posting, len(b.postings))
	for _, p := range b.postings {
		sorted[begin[p.term]] = posting{p.doc, p.impact, p.times}
		begin[p.term]++
	}
	out := newWriter(w)
	for _, t := range byHash {
		out.list(b.hashes[t], sorted[begin[t]-b.counts[t]:begin[t]])
	}
	for _, d := range b.docs {
		out.doc(d.id, b.texts[d.text:][:d.claim], b.texts[d.text+uint64(d.claim):][:d.title])
	}
	err := out.close()
	*b = Builder{reader: b.reader}
	return out.at, err
}

type posting struct {
	doc    uint32
	impact uint8
	times  Times
}

// The form of a segment: the lists of postings by the hashes of their terms, the
// texts, the directory of terms, the table of documents, then where these begin.
//
//	list       if longer than a block: for each block its last document u32, where it ends u32
//	           counted from the first block, its greatest impact u8; then the blocks
//	block      documents, each as its distance from the one before, uvarint; impacts u8; times u8
//	directory  for each term: hash u64, where its list begins u48, documents u32, greatest impact u8
//	documents  for each: id i64, where its text begins u48, bytes of claim u32, of title u32
//	end        the hash of every 512th term u64; then nine u64: see tail
const (
	headSize   = 9
	entrySize  = 19
	docSize    = 22
	everyEntry = 512
	tailSize   = 7 * 8
	magic      = 0x3174636146796153
)

// tail is the end of a segment.
type tail struct {
	texts, directory, documents, sample uint64 // where they begin
	terms, docs                         uint64
}

// writer writes a segment from its beginning to its end.
type writer struct {
	w         io.Writer
	at        int64
	err       error
	buf       []byte
	directory []byte
	documents []byte
	sample    []byte
	tail      tail
}

func newWriter(w io.Writer) *writer { return &writer{w: w} }

func (w *writer) flush() {
	if w.err == nil {
		var n int
		n, w.err = w.w.Write(w.buf)
		w.at += int64(n)
	}
	w.buf = w.buf[:0]
}

// list writes the postings of a term, which come by ascending documents.
func (w *writer) list(hash uint64, list []posting) {
	if w.tail.terms%everyEntry == 0 {
		w.sample = binary.LittleEndian.AppendUint64(w.sample, hash)
	}
	w.tail.terms++
	begin := uint64(w.at) + uint64(len(w.buf))
	blocks := (len(list) + blockSize - 1) / blockSize
	heads := len(w.buf)
	if blocks > 1 {
		w.buf = append(w.buf, make([]byte, blocks*headSize)...)
	}
	first := len(w.buf)
	var greatest, last = uint8(0), uint32(0)
	for i := range blocks {
		block := list[i*blockSize : min(len(list), (i+1)*blockSize)]
		var most uint8
		for _, p := range block {
			w.buf = binary.AppendUvarint(w.buf, uint64(p.doc-last))
			last = p.doc
			most = max(most, p.impact)
		}
		for _, p := range block {
			w.buf = append(w.buf, p.impact)
		}
		for _, p := range block {
			w.buf = append(w.buf, byte(p.times))
		}
		greatest = max(greatest, most)
		if blocks > 1 {
			head := w.buf[heads+i*headSize:]
			binary.LittleEndian.PutUint32(head, last)
			binary.LittleEndian.PutUint32(head[4:], uint32(len(w.buf)-first))
			head[8] = most
		}
	}
	w.directory = binary.LittleEndian.AppendUint64(w.directory, hash)
	w.directory = appendUint48(w.directory, begin)
	w.directory = binary.LittleEndian.AppendUint32(w.directory, uint32(len(list)))
	w.directory = append(w.directory, greatest)
	if len(w.buf) >= 1<<20 {
		w.flush()
	}
}

// doc writes a document; the lists have been written.
func (w *writer) doc(id int64, claim, title []byte) {
	if w.tail.docs == 0 {
		w.flush()
		w.tail.texts = uint64(w.at)
	}
	w.tail.docs++
	w.documents = binary.LittleEndian.AppendUint64(w.documents, uint64(id))
	w.documents = appendUint48(w.documents, uint64(w.at)+uint64(len(w.buf))-w.tail.texts)
	w.documents = binary.LittleEndian.AppendUint32(w.documents, uint32(len(claim)))
	w.documents = binary.LittleEndian.AppendUint32(w.documents, uint32(len(title)))
	w.buf = append(append(w.buf, claim...), title...)
	if len(w.buf) >= 1<<20 {
		w.flush()
	}
}

func (w *writer) close() error {
	w.flush()
	w.tail.directory = uint64(w.at)
	w.tail.documents = w.tail.directory + uint64(len(w.directory))
	w.tail.sample = w.tail.documents + uint64(len(w.documents))
	for _, part := range [][]byte{w.directory, w.documents, w.sample} {
		w.buf = part
		w.flush()
	}
	w.buf = nil
	for _, n := range []uint64{w.tail.texts, w.tail.directory, w.tail.documents, w.tail.sample, w.tail.terms, w.tail.docs, magic} {
		w.buf = binary.LittleEndian.AppendUint64(w.buf, n)
	}
	w.flush()
	if w.err != nil {
		return fmt.Errorf("writing a segment: %w", w.err)
	}
	return nil
}

func appendUint48(b []byte, n uint64) []byte {
	return append(b, byte(n), byte(n>>8), byte(n>>16), byte(n>>24), byte(n>>32), byte(n>>40))
}

func uint48(b []byte) uint64 {
	return uint64(b[0]) | uint64(b[1])<<8 | uint64(b[2])<<16 | uint64(b[3])<<24 | uint64(b[4])<<32 | uint64(b[5])<<40
}

package index

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"
	"sort"
)

// Source holds the bytes of a segment. What Bytes returns is not changed by
// anybody and may be kept.
type Source interface {
	Size() int64
	// Bytes returns the n bytes from at on.
	Bytes(at int64, n int) ([]byte, error)
}

// Memory is a Source in memory.
type Memory []byte

// Size implements Source.
func (m Memory) Size() int64 { return int64(len(m)) }

// Bytes implements Source.
func (m Memory) Bytes(at int64, n int) ([]byte, error) {
	if at < 0 || n < 0 || at > int64(len(m))-int64(n) {
		return nil, fmt.Errorf("there are no %d bytes at %d", n, at)
	}
	return m[at:][:n:n], nil
}

// ErrDamaged is a segment that is not as it was written.
var ErrDamaged = errors.New("a segment of the index is damaged")

// Segment is an opened segment. It serves any number of goroutines, if its
// Source does.
type Segment struct {
	from   Source
	tail   tail
	sample []uint64
}

// Open opens a segment; only its end is read.
func Open(from Source) (*Segment, error) {
	size := from.Size()
	if size < tailSize {
		return nil, ErrDamaged
	}
	b, err := from.Bytes(size-tailSize, tailSize)
	if err != nil {
		return nil, err
	}
	var n [7]uint64
	for i := range n {
		n[i] = binary.LittleEndian.Uint64(b[i*8:])
	}
	s := &Segment{from: from, tail: tail{texts: n[0], directory: n[1], documents: n[2], sample: n[3], terms: n[4], docs: n[5]}}
	t := &s.tail
	sampled := (t.terms + everyEntry - 1) / everyEntry
	end := uint64(size - tailSize)
	if n[6] != magic || t.texts > t.directory || t.directory > end || t.terms > end || t.docs > min(end, math.MaxUint32) ||
		t.documents != t.directory+t.terms*entrySize || t.sample != t.documents+t.docs*docSize || end != t.sample+sampled*8 {
		return nil, ErrDamaged
	}
	if b, err = from.Bytes(int64(t.sample), int(sampled*8)); err != nil {
		return nil, err
	}
	s.sample = make([]uint64, sampled)
	for i := range s.sample {
		s.sample[i] = binary.LittleEndian.Uint64(b[i*8:])
	}
	return s, nil
}

// Docs returns the number of documents.
func (s *Segment) Docs() int { return int(s.tail.docs) }

// Doc returns what is kept of a document, the first being 0.
func (s *Segment) Doc(num uint32) (id int64, claim, title string, err error) {
	if uint64(num) >= s.tail.docs {
		return 0, "", "", ErrDamaged
	}
	b, err := s.from.Bytes(int64(s.tail.documents)+int64(num)*docSize, docSize)
	if err != nil {
		return 0, "", "", err
	}
	id = int64(binary.LittleEndian.Uint64(b))
	at, c, t := uint48(b[8:]), uint64(binary.LittleEndian.Uint32(b[14:])), uint64(binary.LittleEndian.Uint32(b[18:]))
	if at > s.tail.directory-s.tail.texts || c+t > s.tail.directory-s.tail.texts-at {
		return 0, "", "", ErrDamaged
	}
	if b, err = s.from.Bytes(int64(s.tail.texts+at), int(c+t)); err != nil {
		return 0, "", "", err
	}
	return id, string(b[:c]), string(b[c:]), nil
}

// ID returns the id of a document.
func (s *Segment) ID(num uint32) (int64, error) {
	if uint64(num) >= s.tail.docs {
		return 0, ErrDamaged
	}
	b, err := s.from.Bytes(int64(s.tail.documents)+int64(num)*docSize, 8)
	if err != nil {
		return 0, err
	}
	return int64(binary.LittleEndian.Uint64(b)), nil
}

// entry is a term's entry in the directory.
type entry struct {
	hash     uint64
	at       uint64
	docs     uint32
	greatest uint8
}

func (s *Segment) entry(b []byte) (entry, error) {
	e := entry{binary.LittleEndian.Uint64(b), uint48(b[8:]), binary.LittleEndian.Uint32(b[14:]), b[18]}
	if e.at > s.tail.texts || uint64(e.docs) > s.tail.docs || e.docs == 0 {
		return e, ErrDamaged
	}
	return e, nil
}

// find finds a term in the directory.
func (s *Segment) find(hash uint64) (e entry, ok bool, err error) {
	i := sort.Search(len(s.sample), func(i int) bool { return s.sample[i] > hash })
	if i == 0 {
		return entry{}, false, nil
	}
	first := uint64(i-1) * everyEntry
	n := min(everyEntry, s.tail.terms-first)
	b, err := s.from.Bytes(int64(s.tail.directory+first*entrySize), int(n*entrySize))
	if err != nil {
		return entry{}, false, err
	}
	at := sort.Search(int(n), func(i int) bool { return binary.LittleEndian.Uint64(b[i*entrySize:]) >= hash })
	if at == int(n) || binary.LittleEndian.Uint64(b[at*entrySize:]) != hash {
		return entry{}, false, nil
	}
	e, err = s.entry(b[at*entrySize:][:entrySize])
	return e, err == nil, err
}

// Having returns how many documents have a term.
func (s *Segment) Having(term uint64) (int, error) {
	e, _, err := s.find(term)
	return int(e.docs), err
}

// list is a term's postings, read block by block.
type list struct {
	s      *Segment
	e      entry
	blocks int
	heads  []byte // of the blocks; nil where there is one
	body   int64  // where the first block begins
	end    int64  // where what can be a block ends, for a list without heads

	block int // the one that is decoded; -1 for none
	n     int // documents in it
	at    int // the next of them
	docs  [blockSize]uint32
	raw   []byte // impacts, then times
}

const noDoc = math.MaxUint32

// open makes l the list of a term.
func (l *list) open(s *Segment, e entry) error {
	l.s, l.e, l.block, l.n, l.at = s, e, -1, 0, 0
	l.blocks = (int(e.docs) + blockSize - 1) / blockSize
	l.heads, l.body = nil, int64(e.at)
	if l.blocks > 1 {
		var err error
		if l.heads, err = s.from.Bytes(l.body, l.blocks*headSize); err != nil {
			return err
		}
		l.body += int64(len(l.heads))
	}
	l.end = int64(s.tail.texts)
	return nil
}

// last returns the last document of a block.
func (l *list) last(block int) uint32 {
	if l.heads == nil {
		return noDoc - 1
	}
	return binary.LittleEndian.Uint32(l.heads[block*headSize:])
}

// most returns the greatest impact in a block.
func (l *list) most(block int) uint8 {
	if l.heads == nil {
		return l.e.greatest
	}
	return l.heads[block*headSize+8]
}

// load decodes a block.
func (l *list) load(block int) error {
	n := min(blockSize, int(l.e.docs)-block*blockSize)
	from, to, before := int64(0), int64(0), uint32(0)
	if l.heads == nil {
		to = min(int64(n)*7, l.end-l.body)
	} else {
		if block > 0 {
			from = int64(binary.LittleEndian.Uint32(l.heads[(block-1)*headSize+4:]))
			before = l.last(block - 1)
		}
		to = int64(binary.LittleEndian.Uint32(l.heads[block*headSize+4:]))
		if to < from || to-from > blockSize*7 || l.body+to > l.end {
			return ErrDamaged
		}
	}
	b, err := l.s.from.Bytes(l.body+from, int(to-from))
	if err != nil {
		return err
	}
	doc := before
	for i := range n {
		if len(b) > 0 && b[0] < 0x80 {
			doc += uint32(b[0])
			b = b[1:]
		} else {
			v, size := binary.Uvarint(b)
			if size <= 0 || v >= l.s.tail.docs {
				return ErrDamaged
			}
			doc += uint32(v)
			b = b[size:]
		}
		if uint64(doc) >= l.s.tail.docs {
			return ErrDamaged
		}
		l.docs[i] = doc
	}
	if len(b) < 2*n {
		return ErrDamaged
	}
	l.block, l.n, l.at, l.raw = block, n, 0, b[:2*n]
	return nil
}

// seek goes to the first posting whose document is doc or later and returns
// that document, noDoc where there is none. It goes forward only.
func (l *list) seek(doc uint32) (uint32, error) {
	block := max(l.block, 0)
	for block < l.blocks && l.last(block) < doc {
		block++
	}
	if block != l.block {
		if block == l.blocks {
			l.block, l.n, l.at = l.blocks, 0, 0
			return noDoc, nil
		}
		if err := l.load(block); err != nil {
			return noDoc, err
		}
	}
	if l.at < l.n && l.docs[l.at] < doc { // a search by halves
		low, high := l.at, l.n
		for low < high {
			mid := int(uint(low+high) >> 1)
			if l.docs[mid] < doc {
				low = mid + 1
			} else {
				high = mid
			}
		}
		l.at = low
	}
	if l.at < l.n {
		return l.docs[l.at], nil
	}
	if l.block+1 < l.blocks { // heads of a damaged segment only
		return noDoc, ErrDamaged
	}
	l.block, l.n, l.at = l.blocks, 0, 0
	return noDoc, nil
}

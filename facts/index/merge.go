package index

import (
	"io"
	"slices"
)

// Merge writes one segment of several, without the documents whose ids are
// gone. Documents keep their order. It returns how many there are and the
// number of bytes written.
func Merge(segments []*Segment, gone func(id int64) bool, w io.Writer) (docs int, size int64, err error) {
	out := newWriter(w)
	numbers := make([][]uint32, len(segments)) // of the documents in the new segment
	next := uint32(0)
	for i, s := range segments {
		numbers[i] = make([]uint32, s.Docs())
		for num := range numbers[i] {
			id, err := s.ID(uint32(num))
			if err != nil {
				return 0, 0, err
			}
			if gone != nil && gone(id) {
				numbers[i][num] = noDoc
				continue
			}
			numbers[i][num] = next
			next++
		}
	}
	var merged []posting
	var l list
	directories := make([]directory, len(segments))
	for i, s := range segments {
		directories[i] = directory{s: s}
		if err := directories[i].next(); err != nil {
			return 0, 0, err
		}
	}
	for {
		hash, any := uint64(0), false
		for i := range directories {
			if d := &directories[i]; !d.done && (!any || d.e.hash < hash) {
				hash, any = d.e.hash, true
			}
		}
		if !any {
			break
		}
		merged = merged[:0]
		for i := range directories {
			d := &directories[i]
			if d.done || d.e.hash != hash {
				continue
			}
			if err := l.open(d.s, d.e); err != nil {
				return 0, 0, err
			}
			for block := range l.blocks {
				if err := l.load(block); err != nil {
					return 0, 0, err
				}
				merged = slices.Grow(merged, l.n)
				for k, doc := range l.docs[:l.n] {
					if num := numbers[i][doc]; num != noDoc {
						merged = append(merged, posting{num, l.raw[k], Times(l.raw[l.n+k])})
					}
				}
			}
			if err := d.next(); err != nil {
				return 0, 0, err
			}
		}
		if len(merged) > 0 {
			out.list(hash, merged)
		}
		if out.err != nil {
			return 0, 0, out.err
		}
	}
	for i, s := range segments {
		for num, to := range numbers[i] {
			if to == noDoc {
				continue
			}
			id, claim, title, err := s.Doc(uint32(num))
			if err != nil {
				return 0, 0, err
			}
			out.doc(id, []byte(claim), []byte(title))
		}
	}
	err = out.close()
	return int(next), out.at, err
}

// directory goes through the terms of a segment.
type directory struct {
	s    *Segment
	rest []byte
	read uint64 // entries
	e    entry
	done bool
}

func (d *directory) next() (err error) {
	if len(d.rest) == 0 {
		n := min(1024, d.s.tail.terms-d.read)
		if n == 0 {
			d.done = true
			return nil
		}
		if d.rest, err = d.s.from.Bytes(int64(d.s.tail.directory+d.read*entrySize), int(n*entrySize)); err != nil {
			return err
		}
		d.read += n
	}
	before := d.e.hash
	d.e, err = d.s.entry(d.rest[:entrySize])
	d.rest = d.rest[entrySize:]
	if err == nil && d.e.hash < before {
		return ErrDamaged
	}
	return err
}

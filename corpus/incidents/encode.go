package incidents

import (
	"encoding/binary"
	"errors"
	"fmt"
	"math"

	"hearsay/ledger"
)

// form is the number of the encoding, its first byte. Records of different forms are not to be
// compared: with another form goes a migration of the stores, which has them make their records again.
const form = 3

var errEncoding = errors.New("not a record as this program writes it")

// AppendBinary appends the record as bytes for a store, in a form that the first of them numbers.
func (r *Record) AppendBinary(b []byte) ([]byte, error) {
	w := writer{append(b, form)}
	w.string(r.Article)
	w.string(r.Local)
	w.len(len(r.Also))
	for _, s := range r.Also {
		w.string(s)
	}
	w.string(r.Published)
	w.bool(r.Main)
	w.string(string(r.Type))
	w.string(r.Date)
	w.places(r.Places)
	for _, c := range [...]*Count{r.Killed, r.Wounded} {
		if w.bool(c != nil); c == nil {
			continue
		}
		w.int(c.Low)
		w.int(c.Best)
		w.int(c.High)
		w.bool(c.Official)
		w.len(len(c.Figures))
		for i := range c.Figures {
			f := &c.Figures[i]
			w.int(f.Value)
			w.int(f.Low)
			w.int(f.High)
			w.bool(f.Approximate)
			w.string(f.Claim)
			w.speaker(f.Speaker)
		}
	}
	for _, list := range [...][]Party{r.ClaimedBy, r.BlamedOn, r.DeniedBy} {
		w.len(len(list))
		for _, p := range list {
			w.string(p.Name)
			w.string(p.By)
			w.string(p.Claim)
		}
	}
	w.len(len(r.Speakers))
	for _, s := range r.Speakers {
		w.speaker(s)
	}
	w.bool(r.Own)
	w.places(r.Around)
	w.len(len(r.Names))
	for _, x := range r.Names {
		w.uint64(x)
	}
	for _, words := range [...][]uint32{r.Words, r.Title} {
		w.len(len(words))
		for _, x := range words {
			w.b = binary.LittleEndian.AppendUint32(w.b, x)
		}
	}
	return w.b, nil
}

// MarshalBinary is AppendBinary to no bytes.
func (r *Record) MarshalBinary() ([]byte, error) { return r.AppendBinary(nil) }

// UnmarshalBinary reads what AppendBinary wrote.
func (r *Record) UnmarshalBinary(b []byte) error {
	if len(b) == 0 || b[0] != form {
		return fmt.Errorf("%w: of form %d at most", errEncoding, form)
	}
	x := reader{b: b[1:]}
	*r = Record{Article: x.string(), Local: x.string()}
	for range x.len(1) {
		r.Also = append(r.Also, x.string())
	}
	r.Published, r.Main, r.Type, r.Date = x.string(), x.bool(), ledger.IncidentType(x.string()), x.string()
	r.Places = x.places()
	for _, to := range [...]**Count{&r.Killed, &r.Wounded} {
		if !x.bool() {
			continue
		}
		c := &Count{Low: x.int(), Best: x.int(), High: x.int(), Official: x.bool()}
		for range x.len(8) {
			c.Figures = append(c.Figures, Figure{Value: x.int(), Low: x.int(), High: x.int(), Approximate: x.bool(), Claim: x.string(), Speaker: x.speaker()})
		}
		*to = c
	}
	for _, to := range [...]*[]Party{&r.ClaimedBy, &r.BlamedOn, &r.DeniedBy} {
		for range x.len(3) {
			*to = append(*to, Party{Name: x.string(), By: x.string(), Claim: x.string()})
		}
	}
	for range x.len(3) {
		r.Speakers = append(r.Speakers, x.speaker())
	}
	r.Own = x.bool()
	r.Around = x.places()
	for range x.len(8) {
		r.Names = append(r.Names, x.uint64())
	}
	for _, to := range [...]*[]uint32{&r.Words, &r.Title} {
		for range x.len(4) {
			*to = append(*to, x.uint32())
		}
	}
	if x.bad || len(x.b) > 0 {
		return errEncoding
	}
	return nil
}

type writer struct{ b []byte }

func (w *writer) len(n int) { w.b = binary.AppendUvarint(w.b, uint64(n)) }
func (w *writer) int(n int) { w.b = binary.AppendVarint(w.b, int64(n)) }

func (w *writer) string(s string) {
	w.len(len(s))
	w.b = append(w.b, s...)
}

func (w *writer) bool(v bool) {
	if v {
		w.b = append(w.b, 1)
	} else {
		w.b = append(w.b, 0)
	}
}

func (w *writer) uint64(v uint64) { w.b = binary.LittleEndian.AppendUint64(w.b, v) }

func (w *writer) float(v float64) { w.uint64(math.Float64bits(v)) }

func (w *writer) places(list []Place) {
	w.len(len(list))
	for _, p := range list {
		w.place(p)
	}
}

func (w *writer) place(p Place) {
	w.string(p.Name)
	w.float(p.Lat)
	w.float(p.Lon)
	w.string(p.Country)
	w.string(p.Region)
	w.int(p.GeoNames)
}

func (w *writer) speaker(s Speaker) {
	w.string(s.Name)
	w.string(string(s.Naming))
	w.string(string(s.Kind))
}

// reader reads until something is wrong; from then on it reads nothing but zeros.
type reader struct {
	b   []byte
	bad bool
}

func (r *reader) take(n int) []byte {
	if n < 0 || n > len(r.b) {
		r.bad, r.b = true, nil
		return make([]byte, min(max(n, 0), 8))
	}
	b := r.b[:n]
	r.b = r.b[n:]
	return b
}

// len reads how many things follow, each of which takes so many bytes at least.
func (r *reader) len(each int) int {
	n, size := binary.Uvarint(r.b)
	if size <= 0 || n > uint64(len(r.b)/each) {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[size:]
	return int(n)
}

func (r *reader) int() int {
	n, size := binary.Varint(r.b)
	if size <= 0 {
		r.bad, r.b = true, nil
		return 0
	}
	r.b = r.b[size:]
	return int(n)
}

func (r *reader) string() string { return string(r.take(r.len(1))) }

func (r *reader) bool() bool {
	v := r.take(1)[0]
	r.bad = r.bad || v > 1
	return v == 1
}

func (r *reader) uint32() uint32 { return binary.LittleEndian.Uint32(r.take(4)) }
func (r *reader) uint64() uint64 { return binary.LittleEndian.Uint64(r.take(8)) }

func (r *reader) float() float64 {
	v := math.Float64frombits(r.uint64())
	r.bad = r.bad || math.IsNaN(v)
	return v
}

func (r *reader) places() (list []Place) {
	for range r.len(20) {
		list = append(list, r.place())
	}
	return list
}

func (r *reader) place() Place {
	return Place{Name: r.string(), Place: ledger.Place{Lat: r.float(), Lon: r.float(), Country: r.string(), Region: r.string(), GeoNames: r.int()}}
}

func (r *reader) speaker() Speaker {
	return Speaker{Name: r.string(), Naming: ledger.Naming(r.string()), Kind: ledger.SourceKind(r.string())}
}

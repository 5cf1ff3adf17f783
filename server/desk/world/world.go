// Package world has the outlines of the earth's land and the borders of
// countries, coarse enough to be drawn on a page: those of Natural Earth
// (naturalearthdata.com, 1:110m, public domain), packed by learn/cmd/outlines.
package world

import (
	_ "embed"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
)

//go:embed outlines.bin
var outlines []byte

// Scale is how many units of the drawing a degree has.
const Scale = 5

// Width and Height are the size of the drawing of the whole earth: a plate
// carrée, longitude -180 at x 0, latitude 90 at y 0.
const (
	Width  = 360 * Scale
	Height = 180 * Scale
)

// At is where a place is in the drawing; lat and lon are degrees (WGS 84).
func At(lat, lon float64) (x, y float64) { return (lon + 180) * Scale, (90 - lat) * Scale }

// Point is a point of an outline, in units of the drawing.
type Point struct{ X, Y int }

// Pack writes the outlines of land, each a ring, and the borders, each a line:
// the numbers of lines and of points, and the way from point to point, as
// varints of encoding/binary.
func Pack(land, borders [][]Point) []byte {
	var out []byte
	for _, lines := range [][][]Point{land, borders} {
		out = binary.AppendUvarint(out, uint64(len(lines)))
		for _, line := range lines {
			out = binary.AppendUvarint(out, uint64(len(line)))
			var at Point
			for _, p := range line {
				out = binary.AppendVarint(out, int64(p.X-at.X))
				out = binary.AppendVarint(out, int64(p.Y-at.Y))
				at = p
			}
		}
	}
	return out
}

// SVG returns a drawing with two paths, of the ids land and borders, that other
// drawings on the same server can use.
func SVG() ([]byte, error) { return draw(outlines) }

var errCut = errors.New("the outlines of the earth are cut short")

func draw(packed []byte) ([]byte, error) {
	var b strings.Builder
	fmt.Fprintf(&b, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d">`, Width, Height)
	r := reader{rest: packed}
	for _, id := range []string{"land", "borders"} {
		fmt.Fprintf(&b, `<path id="%s" d="`, id)
		for range r.unsigned() {
			points := r.unsigned()
			for i := range points {
				x, y := r.signed(), r.signed()
				if r.failed {
					return nil, errCut
				}
				switch i {
				case 0:
					fmt.Fprintf(&b, "M%d %d", x, y)
				case 1:
					fmt.Fprintf(&b, "l%d %d", x, y)
				default:
					fmt.Fprintf(&b, " %d %d", x, y)
				}
			}
			if id == "land" {
				b.WriteByte('z')
			}
		}
		b.WriteString(`"/>`)
	}
	b.WriteString("</svg>")
	if r.failed || len(r.rest) > 0 {
		return nil, errCut
	}
	return []byte(b.String()), nil
}

// reader reads varints, zeros where there are no more.
type reader struct {
	rest   []byte
	failed bool
}

func (r *reader) take(n int) {
	if n <= 0 {
		r.failed, r.rest = true, nil
		return
	}
	r.rest = r.rest[n:]
}

func (r *reader) unsigned() int {
	v, n := binary.Uvarint(r.rest)
	if r.take(n); v > uint64(len(r.rest)) { // each of what is counted has a byte at least
		r.failed = true
		return 0
	}
	return int(v)
}

func (r *reader) signed() int64 {
	v, n := binary.Varint(r.rest)
	r.take(n)
	return v
}

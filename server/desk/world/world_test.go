package world

import (
	"bytes"
	"encoding/xml"
	"strings"
	"testing"
)

func TestTheEarthIsDrawn(t *testing.T) {
	svg, err := SVG()
	if err != nil {
		t.Fatal(err)
	}
	if len(svg) > 60<<10 {
		t.Errorf("a drawing of %d bytes", len(svg))
	}
	if err := xml.Unmarshal(svg, new(struct{ XMLName xml.Name })); err != nil {
		t.Error(err)
	}
	for _, id := range []string{`id="land" d="M`, `id="borders" d="M`} {
		if !bytes.Contains(svg, []byte(id)) {
			t.Errorf("the drawing has no %s", id)
		}
	}
}

func TestPackedIsDrawn(t *testing.T) {
	packed := Pack([][]Point{{{10, 20}, {30, 20}, {30, 5}}}, [][]Point{{{0, 0}, {5, 7}}})
	svg, err := draw(packed)
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`id="land" d="M10 20l20 0 0 -15z"`, `id="borders" d="M0 0l5 7"`} {
		if !strings.Contains(string(svg), want) {
			t.Errorf("%s has no %s", svg, want)
		}
	}
	for n := range len(packed) {
		if _, err := draw(packed[:n]); err == nil {
			t.Errorf("no error for %d of %d bytes", n, len(packed))
		}
	}
}

func TestPlacesAreInTheDrawing(t *testing.T) {
	for _, p := range []struct{ lat, lon, x, y float64 }{{90, -180, 0, 0}, {-90, 180, Width, Height}, {0, 0, Width / 2, Height / 2}} {
		if x, y := At(p.lat, p.lon); x != p.x || y != p.y {
			t.Errorf("At(%v, %v) = %v, %v", p.lat, p.lon, x, y)
		}
	}
}

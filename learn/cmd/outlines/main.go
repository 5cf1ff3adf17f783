// Outlines packs the outlines that the map of incidents is drawn with:
//
//	npm pack world-atlas@2.0.2 && tar -xzf world-atlas-2.0.2.tgz
//	outlines -from package/countries-110m.json
//
// The npm package world-atlas has Natural Earth's 1:110m countries (public
// domain) as TopoJSON: lines that countries share are there once, so those that
// two countries have are their border.
package main

import (
	"encoding/json"
	"flag"
	"fmt"
	"math"
	"os"

	"hearsay/server/desk/world"
)

func main() {
	from := flag.String("from", "package/countries-110m.json", "TopoJSON of countries and land")
	out := flag.String("out", "server/desk/world/outlines.bin", "where to write")
	flag.Parse()
	if err := run(*from, *out); err != nil {
		fmt.Fprintln(os.Stderr, "outlines:", err)
		os.Exit(1)
	}
}

type topology struct {
	Transform struct {
		Scale, Translate [2]float64
	}
	Arcs    [][][2]int
	Objects map[string]struct {
		Geometries []struct {
			Type string
			Arcs json.RawMessage
		}
	}
}

func run(from, out string) error {
	body, err := os.ReadFile(from)
	if err != nil {
		return err
	}
	var t topology
	if err := json.Unmarshal(body, &t); err != nil {
		return fmt.Errorf("reading %s: %w", from, err)
	}
	rings, err := t.rings("land")
	if err != nil {
		return err
	}
	var land, borders [][]world.Point
	for _, ring := range rings {
		var line []world.Point
		for _, arc := range ring {
			line = append(line, t.arc(arc)...)
		}
		land = append(land, whole(sparse(line))...)
	}
	countries, err := t.rings("countries")
	if err != nil {
		return err
	}
	uses := make([]int, len(t.Arcs))
	for _, ring := range countries {
		for _, arc := range ring {
			uses[max(arc, ^arc)]++
		}
	}
	for arc, n := range uses {
		if line := sparse(t.arc(arc)); n > 1 && len(line) > 1 {
			borders = append(borders, line)
		}
	}
	packed := world.Pack(land, borders)
	fmt.Printf("%d outlines, %d borders, %d bytes\n", len(land), len(borders), len(packed))
	return os.WriteFile(out, packed, 0o644)
}

// rings are the rings of an object's polygons, each as its arcs.
func (t *topology) rings(object string) (rings [][]int, err error) {
	for _, g := range t.Objects[object].Geometries {
		var polygons [][][]int
		switch g.Type {
		case "Polygon":
			polygons = make([][][]int, 1)
			err = json.Unmarshal(g.Arcs, &polygons[0])
		case "MultiPolygon":
			err = json.Unmarshal(g.Arcs, &polygons)
		}
		if err != nil {
			return nil, fmt.Errorf("reading the arcs of %s: %w", object, err)
		}
		for _, p := range polygons {
			rings = append(rings, p...)
		}
	}
	return rings, nil
}

// arc returns the points of an arc; a negative number is one backwards.
func (t *topology) arc(n int) []world.Point {
	var points []world.Point
	x, y := 0, 0
	for _, step := range t.Arcs[max(n, ^n)] {
		x, y = x+step[0], y+step[1]
		px, py := world.At(float64(y)*t.Transform.Scale[1]+t.Transform.Translate[1], float64(x)*t.Transform.Scale[0]+t.Transform.Translate[0])
		points = append(points, world.Point{X: int(math.Round(px)), Y: int(math.Round(py))})
	}
	if n < 0 {
		for i, j := 0, len(points)-1; i < j; i, j = i+1, j-1 {
			points[i], points[j] = points[j], points[i]
		}
	}
	return points
}

// whole makes of a ring that goes over the edge of the map, where the longitudes
// 180 and -180 meet, one that goes on beyond the edge, and a second one where
// that comes in again. A ring around a pole is closed there.
func whole(ring []world.Point) [][]world.Point {
	shift := 0
	low, high := world.Width, 0
	for i := range ring {
		ring[i].X += shift
		if i > 0 {
			switch by := ring[i].X - ring[i-1].X; {
			case by > world.Width/2:
				shift, ring[i].X = shift-world.Width, ring[i].X-world.Width
			case by < -world.Width/2:
				shift, ring[i].X = shift+world.Width, ring[i].X+world.Width
			}
		}
		low, high = min(low, ring[i].X), max(high, ring[i].X)
	}
	switch {
	case len(ring) <= 3:
		return nil
	case shift != 0:
		ring = append(ring, world.Point{X: ring[len(ring)-1].X, Y: world.Height}, world.Point{X: ring[0].X, Y: world.Height})
	default:
		ring = ring[:len(ring)-1] // the last is the first
	}
	out := [][]world.Point{ring}
	for _, by := range []int{-world.Width, world.Width} {
		if low+by < world.Width && high+by > 0 && (low < 0 || high > world.Width) {
			again := make([]world.Point, len(ring))
			for i, p := range ring {
				again[i] = world.Point{X: p.X + by, Y: p.Y}
			}
			out = append(out, again)
		}
	}
	return out
}

// sparse leaves out points that are where the one before is.
func sparse(line []world.Point) []world.Point {
	var out []world.Point
	for _, p := range line {
		if len(out) == 0 || out[len(out)-1] != p {
			out = append(out, p)
		}
	}
	return out
}

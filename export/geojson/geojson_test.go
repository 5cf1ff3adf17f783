package geojson_test

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"

	"hearsay/export"
	"hearsay/export/exporttest"
	"hearsay/export/geojson"
)

func write(t *testing.T, incidents ...*export.Incident) string {
	t.Helper()
	var out bytes.Buffer
	w := geojson.New(&out)
	for _, n := range incidents {
		if err := w.Incident(n); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func TestFeatures(t *testing.T) {
	beyond := exporttest.Incident()
	beyond.Place.Lat = 91
	var c struct {
		Type     string
		Features []struct {
			Type, ID string
			Geometry *struct {
				Type        string
				Coordinates []float64
			}
			Properties map[string]any
		}
	}
	if err := json.Unmarshal([]byte(write(t, exporttest.Incident(), exporttest.Unlocated(), beyond)), &c); err != nil {
		t.Fatal(err)
	}
	if c.Type != "FeatureCollection" || len(c.Features) != 3 {
		t.Fatalf("%+v", c)
	}
	f := c.Features[0]
	if f.Type != "Feature" || f.Geometry.Type != "Point" || len(f.Geometry.Coordinates) != 2 || f.Geometry.Coordinates[0] != -5.25 || f.Geometry.Coordinates[1] != 60.5 {
		t.Errorf("a point is longitude and latitude: %+v", f)
	}
	for i, f := range c.Features[1:] {
		if f.Geometry != nil {
			t.Errorf("%d: it is somewhere: %+v", i, f)
		}
	}
}

// TestUnlocated: section 3.2 has a Feature without a place say so.
func TestUnlocated(t *testing.T) {
	if out := write(t, exporttest.Unlocated()); !strings.Contains(out, `"geometry":null`) {
		t.Error(out)
	}
}

func TestNothing(t *testing.T) {
	if out := write(t); out != "{\"type\":\"FeatureCollection\",\"features\":[\n]}\n" {
		t.Errorf("%q", out)
	}
}

func TestAccusationsHaveTheirMakers(t *testing.T) {
	out := write(t, exporttest.Incident())
	if strings.Count(out, `"name":"Grey League","by":"`) != 2 {
		t.Error(out)
	}
}

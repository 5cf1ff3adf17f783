package geoparsing

import (
	"math"
	"os"
	"path/filepath"
	"testing"
)

func TestLoad(t *testing.T) {
	path := filepath.Join(t.TempDir(), "corpus.xml")
	const corpus = `<articles>
<article><dltime>2009-03-20 12:24:52</dltime><text><![CDATA[Flood in Éstal. Tamm is dry.]]></text><toponyms>
<toponym><start>9</start><end>14</end><phrase>Éstal</phrase><gaztag><lat>1.5</lat><lon>-2.25</lon></gaztag></toponym>
<toponym><start>16</start><end>20</end><phrase>Tamm</phrase></toponym>
<toponym><start>16</start><end>2000</end><phrase>beyond the text</phrase></toponym></toponyms></article>
<article><text>In Orrin it rained.</text><locations>
<location><name>Orrin</name><start>4</start><end>9</end><lat>3</lat><lon>4</lon></location></locations></article>
</articles>`
	if err := os.WriteFile(path, []byte(corpus), 0o644); err != nil {
		t.Fatal(err)
	}
	articles, err := Load(path)
	if err != nil {
		t.Fatal(err)
	}
	if len(articles) != 2 || articles[0].Dated != "2009-03-20" || articles[1].Dated != "" || len(articles[0].Gold) != 2 || len(articles[1].Gold) != 1 {
		t.Fatalf("%+v", articles)
	}
	for _, c := range []struct {
		article, toponym int
		words            string
		placed           bool
		lat, lon         float64
	}{
		{0, 0, "Éstal", true, 1.5, -2.25},
		{0, 1, "Tamm", false, 0, 0},
		{1, 0, "Orrin", true, 3, 4}, // counted from 1
	} {
		a := articles[c.article]
		g := a.Gold[c.toponym]
		if got := a.Text[g.Start:g.End]; got != c.words || g.Placed != c.placed || g.Lat != c.lat || g.Lon != c.lon {
			t.Errorf("%q: %+v, want %+v", got, g, c)
		}
	}
	if _, err := Load(path + ".missing"); err == nil {
		t.Error("a missing file is loaded")
	}
}

func TestKilometres(t *testing.T) {
	for _, c := range []struct{ lat1, lon1, lat2, lon2, want float64 }{
		{0, 0, 0, 0, 0}, {0, 0, 0, 90, 10007.5}, {0, 0, 0, 180, 20015}, {60, 179, 60, -179, 111.2},
	} {
		if got := Kilometres(c.lat1, c.lon1, c.lat2, c.lon2); math.Abs(got-c.want) > 1 {
			t.Errorf("from %v,%v to %v,%v: %.1f km, want %.1f", c.lat1, c.lon1, c.lat2, c.lon2, got, c.want)
		}
	}
}

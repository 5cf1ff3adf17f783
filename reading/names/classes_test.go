package names

import (
	"strings"
	"testing"

	"pgregory.net/rapid"

	"hearsay/packed"
	"hearsay/text"
)

func TestClassesGiveBackWhatWasPacked(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		words := rapid.SliceOfDistinct(rapid.Uint32(), func(w uint32) uint32 { return w >> 16 }).Draw(t, "words")
		levels := [][2]uint8{{}, {1, 2}, {3, 4}, {255, 6}}
		of := make([]uint16, len(words))
		for i := range of {
			of[i] = uint16(rapid.IntRange(1, len(levels)-1).Draw(t, "class"))
		}
		data, err := PackClasses(words, of, levels)
		if err != nil {
			t.Fatal(err)
		}
		c, err := openClasses(string(data))
		if err != nil {
			t.Fatal(err)
		}
		for i, w := range words {
			if got, want := c.Of(w), (Class{of[i], levels[of[i]][0], levels[of[i]][1]}); got != want {
				t.Fatalf("word %d: %v instead of %v", i, got, want)
			}
		}
		if _, err := openClasses(string(data[:len(data)-1])); err == nil {
			t.Fatal("classes that are cut off were opened")
		}
	})
	for _, bad := range []uint16{0, 4} {
		if _, err := PackClasses([]uint32{7}, []uint16{bad}, make([][2]uint8, 4)); err == nil {
			t.Errorf("a word of class %d of 4 was packed", bad)
		}
	}
}

// TestDefaultClasses checks that like words are together on the top level, and that an invented one has no class.
func TestDefaultClasses(t *testing.T) {
	c, err := DefaultClasses()
	if err != nil {
		t.Fatal(err)
	}
	of := func(w string) Class { return c.Of(text.Hash(w)) }
	if of("sergei").Fine == 0 || of("sergei").Top != of("vladimir").Top {
		t.Errorf("sergei is in %v, vladimir in %v", of("sergei"), of("vladimir"))
	}
	if got := of("dunmarrow-upon-sull"); got != (Class{}) {
		t.Errorf("an invented word is in %v", got)
	}
}

func TestOpenRefusesWhatIsNoModel(t *testing.T) {
	c, err := DefaultClasses()
	if err != nil {
		t.Fatal(err)
	}
	good, err := packed.Read(weights)
	if err != nil {
		t.Fatal(err)
	}
	for name, data := range map[string]string{"nothing": "", "not magic": "X" + good[1:], "cut off in a pass": good[:1000], "cut off in the table": good[:len(good)-1],
		"one pass": good[:len(good)/2]} {
		if _, err := Open(data, c); err == nil {
			t.Errorf("%s: opened", name)
		}
	}
	if _, err := openClasses(strings.Repeat("x", 100)); err == nil {
		t.Error("what are no classes was opened")
	}
}

// TestMoves checks that names can be spelt and nothing else can.
func TestMoves(t *testing.T) {
	for _, n := range []int{1, 2, 5} {
		from := -1
		for k := range n {
			to := int(Label(Place, k, n))
			if !Move(from, to) || last(to) != (k == n-1) || typeOf(uint8(to)) != Place {
				t.Errorf("token %d of %d: %d after %d", k, n, to, from)
			}
			from = to
		}
	}
	for _, c := range [][2]int{{-1, int(Label(Person, 1, 3))}, {0, int(Label(Person, 1, 2))}, {int(Label(Person, 0, 2)), 0},
		{int(Label(Person, 0, 2)), int(Label(Place, 1, 2))}, {int(Label(Misc, 0, 1)), int(Label(Misc, 1, 2))}} {
		if Move(c[0], c[1]) {
			t.Errorf("%d may follow %d", c[1], c[0])
		}
	}
}

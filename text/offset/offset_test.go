package offset_test

import (
	"strings"
	"testing"

	"hearsay/text/offset"
)

// check compares every lookup with what a range loop over the text counts.
func check(t *testing.T, s string) {
	t.Helper()
	r := offset.NewRunes(s)
	cp := 0
	for i := range s {
		if got := r.Byte(cp); got != i {
			t.Fatalf("Byte(%d) = %d, want %d in %q", cp, got, i, s)
		}
		if got := r.CodePoint(i); got != cp {
			t.Fatalf("CodePoint(%d) = %d, want %d in %q", i, got, cp, s)
		}
		cp++
	}
	if r.Count() != cp {
		t.Fatalf("Count() = %d, want %d in %q", r.Count(), cp, s)
	}
	for _, past := range []int{0, 1, 1000} {
		if got := r.Byte(cp + past); got != len(s) {
			t.Fatalf("Byte(%d) = %d, want %d in %q", cp+past, got, len(s), s)
		}
		if got := r.CodePoint(len(s) + past); got != cp {
			t.Fatalf("CodePoint(%d) = %d, want %d in %q", len(s)+past, got, cp, s)
		}
	}
	if r.Byte(-5) != 0 || r.CodePoint(-5) != 0 {
		t.Fatalf("offsets before the text are not 0 in %q", s)
	}
}

func TestRunes(t *testing.T) {
	for _, s := range []string{
		"",
		"a",
		"é",
		"The mayor of Örnsvik said “no”.",
		strings.Repeat("a", 63) + "é" + strings.Repeat("b", 70),
		strings.Repeat("a", 64) + "é",
		strings.Repeat("é", 200),
		strings.Repeat("😀", 200) + strings.Repeat("x", 300),
		strings.Repeat("x", 300) + strings.Repeat("😀", 129),
		"bad \xff\xfe bytes \xe2\x80 cut short \xe2\x80",
		strings.Repeat("\xff", 130),
		"\x00\u200b\ufeff",
	} {
		check(t, s)
	}
}

func TestCodePointInsideARune(t *testing.T) {
	r := offset.NewRunes("a€b")
	for off, want := range []int{0, 1, 1, 1, 2, 3} {
		if got := r.CodePoint(off); got != want {
			t.Errorf("CodePoint(%d) = %d, want %d", off, got, want)
		}
	}
}

func TestZeroRunes(t *testing.T) {
	var r offset.Runes
	if r.Count() != 0 || r.Byte(3) != 0 || r.CodePoint(3) != 0 {
		t.Error("the zero Runes is not that of the empty text")
	}
}

func FuzzRunes(f *testing.F) {
	f.Add("The mayor of Örnsvik said “no”.")
	f.Add("\xff\x00\xe2\x80")
	f.Fuzz(func(t *testing.T, s string) { check(t, s) })
}

func BenchmarkRunes(b *testing.B) {
	s := strings.Repeat("The mayor of Örnsvik said “no” to the bridge. ", 2000)
	b.Run("new", func(b *testing.B) {
		b.SetBytes(int64(len(s)))
		for b.Loop() {
			offset.NewRunes(s)
		}
	})
	b.Run("lookup", func(b *testing.B) {
		r := offset.NewRunes(s)
		i := 0
		for b.Loop() {
			i = (i + 7919) % len(s)
			r.CodePoint(i)
		}
	})
}

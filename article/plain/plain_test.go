package plain_test

import (
	"errors"
	"math/rand/v2"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	utf16 "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
	"pgregory.net/rapid"

	"hearsay/article/plain"
)

func TestDecode(t *testing.T) {
	for _, c := range []struct {
		name, in, contentType, want string
		err                         error
	}{
		{name: "empty"},
		{name: "ascii", in: "The mayor said so.\r\n\n\tTwice.\n", want: "The mayor said so.\r\n\n\tTwice.\n"},
		{name: "utf-8", in: "“Nö,” said Zoë.", want: "“Nö,” said Zoë."},
		{name: "utf-8 mark", in: "\xEF\xBB\xBF“Nö”", want: "“Nö”"},
		{name: "mark only", in: "\xEF\xBB\xBF"},
		{name: "second mark stays", in: "\xEF\xBB\xBF\uFEFFx", want: "\uFEFFx"},
		{name: "utf-16 little endian", in: "\xFF\xFEN\x00\xF6\x00", want: "Nö"},
		{name: "utf-16 big endian", in: "\xFE\xFF\x00N\x00\xF6", want: "Nö"},
		{name: "utf-16 surrogates", in: "\xFE\xFF\xD8\x3D\xDE\x00", want: "😀"},
		{name: "utf-32 little endian", in: "\xFF\xFE\x00\x00N\x00\x00\x00", want: "N"},
		{name: "utf-32 big endian", in: "\x00\x00\xFE\xFF\x00\x00\x00N", want: "N"},
		{name: "windows-1252", in: "\x93No,\x94 said Zo\xEB at the caf\xE9 \x97 twice.", want: "“No,” said Zoë at the café — twice."},
		{name: "windows-1252 at the end", in: "She runs a caf\xE9", want: "She runs a café"},
		{name: "named", in: "\xD0\xCF\xD6\xC1\xD2", contentType: "text/plain; charset=koi8-r", want: "пожар"},
		{name: "named utf-8", in: "Nö", contentType: `text/plain; charset="UTF-8"`, want: "Nö"},
		{name: "named wrongly", in: "\xEF\xBB\xBFNö", contentType: "text/plain; charset=koi8-r", want: "Nö"},
		{name: "damaged utf-8", in: "“Nö,” said \xC3 Zoë.", want: "“Nö,” said \uFFFD Zoë."},
		{name: "terminal colours", in: "\x1b[1mbold\x1b[0m text", want: "\x1b[1mbold\x1b[0m text"},
		{name: "form feed", in: "page one\fpage two\x1a", want: "page one\fpage two\x1a"},
		{name: "one stray control", in: "a \x01 stray", want: "a \x01 stray"},

		{name: "cut in a quotation mark", in: "The mayor said \xE2\x80", err: plain.ErrTruncated},
		{name: "cut after one byte", in: "The mayor said “yes\xE2", err: plain.ErrTruncated},
		{name: "cut in ascii but for it", in: "The mayor said \xE2", err: plain.ErrTruncated},
		{name: "cut after a mark", in: "\xEF\xBB\xBFThe mayor of Z\xC3", err: plain.ErrTruncated},
		{name: "cut utf-16", in: "\xFF\xFEN\x00\xF6", err: plain.ErrTruncated},
		{name: "cut utf-32", in: "\xFF\xFE\x00\x00N\x00", err: plain.ErrTruncated},
		{name: "zeros", in: strings.Repeat("\x00", 100), err: plain.ErrBinary},
		{name: "one zero", in: "text\x00text", err: plain.ErrBinary},
		{name: "png", in: "\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", err: plain.ErrBinary},
		{name: "zip", in: "PK\x03\x04\x14\x00\x06\x00", err: plain.ErrBinary},
		{name: "no such charset", in: "text", contentType: "text/plain; charset=martian", err: plain.ErrCharset},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := plain.Decode([]byte(c.in), c.contentType)
			if !errors.Is(err, c.err) {
				t.Fatalf("error %v, want %v", err, c.err)
			}
			if got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

// TestDecodeNoise gives noise of many lengths, which must not pass for text.
func TestDecodeNoise(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	for size := 200; size < 1<<16; size = size * 3 / 2 {
		noise := make([]byte, size)
		for i := range noise {
			noise[i] = byte(r.Uint32())
		}
		if _, err := plain.Decode(noise, ""); !errors.Is(err, plain.ErrBinary) {
			t.Errorf("%d bytes of noise: %v", size, err)
		}
		for i := range noise { // without zeros, as compressed data may be
			noise[i] = byte(1 + r.IntN(255))
		}
		if _, err := plain.Decode(noise, ""); !errors.Is(err, plain.ErrBinary) {
			t.Errorf("%d bytes of noise without zeros: %v", size, err)
		}
	}
}

// text draws texts without control characters.
var text = rapid.StringOf(rapid.RuneFrom(nil, unicode.Letter, unicode.Punct, unicode.Nd, unicode.Zs)).
	Filter(func(s string) bool { return !strings.HasPrefix(s, "\uFEFF") })

func TestDecodeGivesBackTheText(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := text.Draw(t, "text")
		encoded := map[string]string{"utf-8": s, "utf-8 with mark": "\uFEFF" + s}
		for name, enc := range map[string]interface{ String(string) (string, error) }{
			"utf-16le": utf16.UTF16(utf16.LittleEndian, utf16.UseBOM).NewEncoder(),
			"utf-16be": utf16.UTF16(utf16.BigEndian, utf16.UseBOM).NewEncoder(),
			"utf-32le": utf32.UTF32(utf32.LittleEndian, utf32.UseBOM).NewEncoder(),
			"utf-32be": utf32.UTF32(utf32.BigEndian, utf32.UseBOM).NewEncoder(),
		} {
			e, err := enc.String(s)
			if err != nil {
				t.Fatal(err)
			}
			encoded[name] = e
		}
		for name, e := range encoded {
			got, err := plain.Decode([]byte(e), "")
			if err != nil || got != s {
				t.Fatalf("%s: got %q, %v", name, got, err)
			}
		}
	})
}

func TestMostlyUTF8(t *testing.T) {
	latin1, err := charmap.Windows1252.NewEncoder().String("Zoë, Noël and Chloë at the café")
	if err != nil {
		t.Fatal(err)
	}
	for s, want := range map[string]bool{"": true, "ascii": true, "Zoë": true, latin1: false, "Zoë, Noël \xFF": true} {
		if got := plain.MostlyUTF8([]byte(s)); got != want {
			t.Errorf("%q: got %v", s, got)
		}
	}
}

func FuzzDecode(f *testing.F) {
	for _, s := range []string{"", "text", "\xFF\xFE\x00\x00", "\xFE\xFF\xD8\x00", "“Nö”\xC3", "caf\xE9", "\xEF\xBB\xBF\xE2"} {
		f.Add([]byte(s), "")
	}
	f.Add([]byte("\x1b$B"), "text/plain; charset=iso-2022-jp")
	f.Add([]byte("x"), "text/plain; charset=replacement")
	f.Fuzz(func(t *testing.T, b []byte, contentType string) {
		s, err := plain.Decode(b, contentType)
		if err != nil {
			if !errors.Is(err, plain.ErrBinary) && !errors.Is(err, plain.ErrTruncated) && !errors.Is(err, plain.ErrCharset) {
				t.Fatalf("an error of no kind: %v", err)
			}
			return
		}
		if !utf8.ValidString(s) {
			t.Fatalf("not UTF-8: %q", s)
		}
		if contentType == "" && utf8.Valid(b) && s != strings.TrimPrefix(string(b), "\uFEFF") {
			t.Fatalf("the text was changed: %q to %q", b, s)
		}
	})
}

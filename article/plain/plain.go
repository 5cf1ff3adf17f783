// Package plain turns the bytes of a text file into its text: it finds the
// charset as a browser would, and refuses what is no text.
package plain

import (
	"bytes"
	"errors"
	"fmt"
	"mime"
	"net/http"
	"strings"
	"unicode/utf8"

	"golang.org/x/net/html/charset"
	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"
)

var (
	// ErrBinary is returned for bytes that are no text in any charset.
	ErrBinary = errors.New("not a text")
	// ErrTruncated is returned for a text that ends inside a character.
	ErrTruncated = errors.New("the text ends in the middle of a character")
	// ErrCharset is returned where the sender names a charset that is not known.
	ErrCharset = errors.New("unknown charset")
)

// boms are the byte-order marks, the longer before the shorter that begins it.
var boms = []struct {
	mark string
	unit int // bytes of one code unit
	enc  encoding.Encoding
}{
	{"\xEF\xBB\xBF", 1, encoding.Nop},
	{"\xFF\xFE\x00\x00", 4, utf32.UTF32(utf32.LittleEndian, utf32.IgnoreBOM)},
	{"\x00\x00\xFE\xFF", 4, utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM)},
	{"\xFF\xFE", 2, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM)},
	{"\xFE\xFF", 2, unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM)},
}

// Decode returns the text in b as valid UTF-8, with nothing added and nothing
// cut but a byte-order mark. contentType is the sender's Content-Type or empty.
//
// The charset is the byte-order mark's, else the one that contentType names,
// else UTF-8 where the bytes are UTF-8, else windows-1252, as the WHATWG
// Encoding Standard has it for western locales. A text that is UTF-8 but for
// damaged characters keeps its charset: each damage becomes U+FFFD. A text cut
// inside its last character gives ErrTruncated, for then more than that
// character is missing.
func Decode(b []byte, contentType string) (string, error) {
	for _, bom := range boms {
		rest, ok := bytes.CutPrefix(b, []byte(bom.mark))
		if !ok {
			continue
		}
		if bom.unit == 1 {
			if incompleteTail(rest) > 0 {
				return "", fmt.Errorf("%w, at byte %d", ErrTruncated, len(b))
			}
			return checked(strings.ToValidUTF8(string(rest), "\uFFFD"))
		}
		if len(rest)%bom.unit != 0 {
			return "", fmt.Errorf("%w, at byte %d", ErrTruncated, len(b))
		}
		s, err := bom.enc.NewDecoder().Bytes(rest)
		if err != nil {
			return "", fmt.Errorf("%w: %v", ErrBinary, err)
		}
		return checked(string(s))
	}

	if name := charsetOf(contentType); name != "" {
		enc, canonical := charset.Lookup(name)
		if enc == nil {
			return "", fmt.Errorf("%w %q", ErrCharset, name)
		}
		if canonical != "utf-8" {
			s, err := enc.NewDecoder().Bytes(b)
			if err != nil {
				return "", fmt.Errorf("%w: %v", ErrBinary, err)
			}
			return checked(string(s))
		}
	}

	if utf8.Valid(b) {
		return checked(string(b))
	}
	if looksBinary(b) {
		return "", binaryError(b)
	}
	good, bad := multibyte(b)
	if tail := incompleteTail(b); tail > 0 && bad == tail && (good > 0 || tail > 1 || commonLead(b[len(b)-1])) {
		return "", fmt.Errorf("%w, at byte %d", ErrTruncated, len(b))
	}
	if good > bad {
		return checked(strings.ToValidUTF8(string(b), "\uFFFD"))
	}
	enc, _ := charset.Lookup("windows-1252")
	s, err := enc.NewDecoder().Bytes(b)
	if err != nil {
		return "", fmt.Errorf("%w: %v", ErrBinary, err)
	}
	return checked(string(s))
}

// charsetOf returns the charset parameter of a Content-Type.
func charsetOf(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return params["charset"]
}

// MostlyUTF8 reports whether b is UTF-8, damaged in places at most. Plain ASCII
// is.
func MostlyUTF8(b []byte) bool {
	if utf8.Valid(b) {
		return true
	}
	good, bad := multibyte(b)
	return good > bad
}

// multibyte counts the whole characters of more than one byte in b and the
// bytes that belong to no character.
func multibyte(b []byte) (good, bad int) {
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		_, size := utf8.DecodeRune(b)
		if size == 1 {
			bad++
		} else {
			good++
		}
		b = b[size:]
	}
	return good, bad
}

// incompleteTail returns how many bytes at the end of b begin a character that
// b does not finish.
func incompleteTail(b []byte) int {
	for n := 1; n <= utf8.UTFMax-1 && n <= len(b); n++ {
		tail := b[len(b)-n:]
		if !utf8.RuneStart(tail[0]) {
			continue
		}
		if tail[0] >= utf8.RuneSelf && !utf8.FullRune(tail) {
			return n
		}
		return 0
	}
	return 0
}

// commonLead reports whether a lone last byte is more likely the first byte of
// a UTF-8 character than a letter of windows-1252. Two bytes begin the Latin
// letters, one the typographic quotation marks and dashes; as letters they
// are "Â", "Ã" and "â", which end few words.
func commonLead(c byte) bool { return c == 0xC2 || c == 0xC3 || c == 0xE2 }

// checked returns s unless its control characters show that it is no text.
func checked(s string) (string, error) {
	if looksBinary(s) {
		return "", binaryError([]byte(s[:min(len(s), sniffLen)]))
	}
	return s, nil
}

const (
	sniffLen = 8000 // bytes in which one NUL is enough, the length that git looks at
	// A text may hold stray control characters, a page of noise holds one in ten.
	maxControlShare = 50
)

// looksBinary reports whether s is something other than a text: a NUL near its
// beginning, or control characters beyond what a damaged text holds.
func looksBinary[S string | []byte](s S) bool {
	controls := 0
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == 0 && i < sniffLen:
			return true
		case c >= ' ' && c != 0x7F, c == '\t', c == '\n', c == '\v', c == '\f', c == '\r', c == 0x1B:
		default:
			controls++
		}
	}
	return controls > 1 && controls*maxControlShare > len(s)
}

// binaryError names the kind of file where its first bytes tell it.
func binaryError(b []byte) error {
	kind := http.DetectContentType(b)
	if kind == "application/octet-stream" || strings.HasPrefix(kind, "text/") {
		return fmt.Errorf("%w but binary data", ErrBinary)
	}
	return fmt.Errorf("%w but %s", ErrBinary, kind)
}

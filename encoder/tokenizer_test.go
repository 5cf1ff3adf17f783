package encoder_test

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"

	"hearsay/encoder"
)

// vocabulary is a small one: enough to cut the words of the tests.
var vocabulary = strings.Fields(`[PAD] [UNK] [CLS] [SEP] [MASK] the ferry left quay ##side har ##bour ##s ' . , - [ ] ! $ sep cafe uber nai ##ve
	un ##able a b ##a ##b 港 口 ` + "\u1112 ##\u1161 ##\u11ab")

func tokenizer(t testing.TB) *encoder.Tokenizer {
	t.Helper()
	tok, err := encoder.NewTokenizer(vocabulary)
	if err != nil {
		t.Fatal(err)
	}
	return tok
}

func TestTokenizer(t *testing.T) {
	tok := tokenizer(t)
	for _, c := range []struct{ text, want string }{
		{"", ""},
		{" \t\r\n", ""},
		{"The ferry left.", "the:The/1 ferry:ferry left:left .:."},
		{"the HARBOURS' quayside", "the:the har:HAR/2 ##bour:BOUR/2 ##s:S/1 ':' quay:quay ##side:side"},
		{"unQuayable", "[UNK]:unQuayable/3"},
		{"Café ÜBER naïve", "cafe:Café/1 uber:ÜBER/2 nai:naï ##ve:ve"},
		{"Cafe\u0301.", "cafe:Cafe/1 .:."}, // an accent of its own belongs to no piece at a word's end
		{"A B", "a:A/1 b:B/1"},
		{"aBa", "a:a ##b:B/1 ##a:a"},
		{"quay-side", "quay:quay -:- [UNK]:side"},
		{"[SEP]", "[:[ sep:SEP/2 ]:]"},
		{"左港口", "[UNK]:左 港:港 口:口"},
		{"한 한", "\u1112:한 ##\u1161:한 ##\u11ab:한 \u1112:한 ##\u1161:한 ##\u11ab:한"},
		{"fer\u00adry a\u200db", "ferry:fer\u00adry a:a ##b:b"}, // soft hyphens and joiners are not there
		{"a\xffb\x00a", "a:a ##b:b ##a:a"},
		{"a\u00a0b\u2003the\u0085left", "a:a b:b [UNK]:the\u0085left"},
		{"$a €a", "$:$ a:a [UNK]:€a"}, // a mark of ASCII is always apart, others when they are punctuation
		{strings.Repeat("ab", 50), strings.TrimSpace("a:a ##b:b " + strings.Repeat("##a:a ##b:b ", 49))},
		{strings.Repeat("ab", 50) + "a", "[UNK]:" + strings.Repeat("ab", 50) + "a"},
	} {
		var got []string
		for _, p := range tok.Append(nil, c.text, 0) {
			s := vocabulary[p.ID] + ":" + c.text[p.Start:p.End]
			if p.Case != encoder.Lower {
				s += "/" + string('0'+rune(p.Case))
			}
			got = append(got, s)
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%q:\n got %s\nwant %s", c.text, s, c.want)
		}
	}
}

func TestTokenizerNeedsItsSpecialPieces(t *testing.T) {
	for _, lacks := range []string{"[UNK]", "[CLS]", "[SEP]"} {
		without := slices.DeleteFunc(slices.Clone(vocabulary), func(s string) bool { return s == lacks })
		if _, err := encoder.NewTokenizer(without); err == nil {
			t.Errorf("made without %s", lacks)
		}
	}
}

// checkPieces holds what is true of the pieces of any text.
func checkPieces(t interface{ Errorf(string, ...any) }, pieces []encoder.Piece, text string, at int32) {
	last := at
	for _, p := range pieces {
		if p.ID < 0 || int(p.ID) >= len(vocabulary) {
			t.Errorf("%q: piece %d is not in the vocabulary", text, p.ID)
		}
		if p.Start >= p.End || p.Start < at || int(p.End-at) > len(text) || p.End < last {
			t.Errorf("%q: piece [%d,%d) after one that ends at %d", text, p.Start, p.End, last)
		} else if utf8.ValidString(text) && !utf8.ValidString(text[p.Start-at:p.End-at]) {
			t.Errorf("%q: piece [%d,%d) cuts a character", text, p.Start, p.End)
		}
		last = p.End
	}
}

// TestPiecesOfParts checks that what stands left and right of white space is
// cut by itself, wherever it stands.
func TestPiecesOfParts(t *testing.T) {
	tok := tokenizer(t)
	words := rapid.SliceOf(rapid.OneOf(rapid.String(), rapid.SampledFrom([]string{"The", "HARBOUR", "quayside", "naïve", "港口", "[SEP]", "ab"})))
	rapid.Check(t, func(t *rapid.T) {
		left, right := strings.Join(words.Draw(t, "left"), ""), strings.Join(words.Draw(t, "right"), " ")
		at := rapid.Int32Range(0, 1000).Draw(t, "at")
		whole := tok.Append(nil, left+" "+right, at)
		checkPieces(t, whole, left+" "+right, at)
		parts := tok.Append(nil, left, at)
		parts = tok.Append(parts, right, at+int32(len(left))+1)
		if !slices.Equal(parts, whole) {
			t.Fatalf("%q and %q apart: %v, together: %v", left, right, parts, whole)
		}
	})
}

func FuzzTokenizer(f *testing.F) {
	tok := tokenizer(f)
	f.Add("The harbours' quayside, naïve\u0301 港口 한 [SEP]\xff")
	f.Add(strings.Repeat("ab", 51))
	f.Fuzz(func(t *testing.T, text string) {
		checkPieces(t, tok.Append(nil, text, 0), text, 0)
	})
}

func TestTokenizerAllocatesNothing(t *testing.T) {
	tok := tokenizer(t)
	text := strings.Repeat("The ferry left the harbour's quayside, unable 港口 café 한 naïve. ", 20)
	pieces := tok.Append(nil, text, 0)
	if n := testing.AllocsPerRun(10, func() { pieces = tok.Append(pieces[:0], text, 0) }); n != 0 {
		t.Errorf("%v allocations", n)
	}
}

func BenchmarkTokenizer(b *testing.B) {
	tok := tokenizer(b)
	text := strings.Repeat("The ferry left the harbour's quayside, unable. ", 200)
	b.SetBytes(int64(len(text)))
	var pieces []encoder.Piece
	for b.Loop() {
		pieces = tok.Append(pieces[:0], text, 0)
	}
}

// reference is the folder with what other programs make of the same sentences,
// which `make check-encoder` fills.
func reference(t *testing.T, file string) []byte {
	t.Helper()
	folder := os.Getenv("HEARSAY_ENCODER_REFERENCE")
	if folder == "" {
		t.Skip("SKIPPED: without HEARSAY_ENCODER_REFERENCE there is nothing to compare with; `make check-encoder` makes it")
	}
	data, err := os.ReadFile(filepath.Join(folder, file))
	if err != nil {
		t.Fatal(err)
	}
	return data
}

// TestTokenizerAgainstReference compares pieces and offsets with those of
// Hugging Face's tokenizers.
func TestTokenizerAgainstReference(t *testing.T) {
	lines := reference(t, "tokens.jsonl")
	var entries []string
	if err := json.Unmarshal(reference(t, "vocabulary.json"), &entries); err != nil {
		t.Fatal(err)
	}
	tok, err := encoder.NewTokenizer(entries)
	if err != nil {
		t.Fatal(err)
	}
	count, pieces, wrong := 0, 0, 0
	for d := json.NewDecoder(bytes.NewReader(lines)); d.More(); count++ {
		var want struct {
			Text  string
			IDs   []int32
			Spans [][2]int32
		}
		if err := d.Decode(&want); err != nil {
			t.Fatal(err)
		}
		var ids []int32
		var spans [][2]int32
		for _, p := range tok.Append(nil, want.Text, 0) {
			ids, spans = append(ids, p.ID), append(spans, [2]int32{p.Start, p.End})
		}
		pieces += len(ids)
		if !slices.Equal(ids, want.IDs) || !slices.Equal(spans, want.Spans) {
			if wrong++; wrong <= 10 {
				t.Errorf("%q:\n got %v %v\nwant %v %v", want.Text, ids, spans, want.IDs, want.Spans)
			}
		}
	}
	t.Logf("%d sentences, %d pieces, %d sentences cut otherwise", count, pieces, wrong)
	if count < 1000 || wrong > 0 {
		t.Errorf("%d of %d sentences are cut otherwise", wrong, count)
	}
}

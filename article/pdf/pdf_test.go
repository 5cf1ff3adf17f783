package pdf_test

import (
	"bytes"
	"compress/zlib"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"hearsay/article/pdf"
)

// writer makes PDFs for the tests: objects, a table of where they stand, a
// trailer.
type writer struct {
	bytes.Buffer
	offsets []int
}

func newWriter() *writer {
	w := new(writer)
	w.WriteString("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n")
	return w
}

// object writes the next object and returns its number.
func (w *writer) object(format string, args ...any) int {
	w.offsets = append(w.offsets, w.Len())
	fmt.Fprintf(w, "%d 0 obj\n", len(w.offsets))
	fmt.Fprintf(w, format, args...)
	w.WriteString("\nendobj\n")
	return len(w.offsets)
}

func (w *writer) stream(dict, data string) int {
	return w.object("<< %s /Length %d >>\nstream\n%s\nendstream", dict, len(data), data)
}

// end writes the table and a trailer with the entries given.
func (w *writer) end(trailer string) []byte {
	start := w.Len()
	fmt.Fprintf(w, "xref\n0 %d\n0000000000 65535 f \n", len(w.offsets)+1)
	for _, o := range w.offsets {
		fmt.Fprintf(w, "%010d 00000 n \n", o)
	}
	fmt.Fprintf(w, "trailer\n<< /Size %d %s >>\nstartxref\n%d\n%%%%EOF\n", len(w.offsets)+1, trailer, start)
	return w.Bytes()
}

// document makes a PDF of pages with these content streams, set in Helvetica.
func document(info string, pages ...string) []byte {
	w := newWriter()
	const firstPage = 5 // after catalogue, page tree, font and metadata
	w.object("<< /Type /Catalog /Pages 2 0 R >>")
	var kids strings.Builder
	for i := range pages {
		fmt.Fprintf(&kids, "%d 0 R ", firstPage+2*i)
	}
	w.object("<< /Type /Pages /Kids [%s] /Count %d >>", kids.String(), len(pages))
	w.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>")
	w.object("<< %s >>", info)
	for i, content := range pages {
		w.object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents %d 0 R /Resources << /Font << /F1 3 0 R >> >> >>", firstPage+2*i+1)
		w.stream("", content)
	}
	return w.end("/Root 1 0 R /Info 4 0 R")
}

// at shows s, in windows-1252, at a place on the page.
func at(x, y, size float64, s string) string {
	s = strings.NewReplacer(`\`, `\\`, `(`, `\(`, `)`, `\)`).Replace(s)
	return fmt.Sprintf("BT /F1 %g Tf %g %g Td (%s) Tj ET\n", size, x, y, s)
}

// set shows lines below one another from y on, those that begin with a tab
// indented, and leaves a gap at an empty one.
func set(x, y, size float64, lines ...string) string {
	var content strings.Builder
	for _, l := range lines {
		indent := 0.0
		if rest, ok := strings.CutPrefix(l, "\t"); ok {
			l, indent = rest, 2*size
		}
		if l != "" {
			content.WriteString(at(x+indent, y, size, l))
			y -= 1.2 * size
		} else {
			y -= 0.8 * size
		}
	}
	return content.String()
}

// reader is shared by the tests: preparing PDFium takes most of their time.
var reader pdf.Reader

func read(t *testing.T, b []byte) *pdf.Document {
	t.Helper()
	doc, err := reader.Read(t.Context(), b)
	if err != nil {
		t.Fatal(err)
	}
	return doc
}

func TestParagraphs(t *testing.T) {
	for _, c := range []struct {
		name  string
		pages []string
		want  string
	}{
		{"lines join", []string{set(72, 700, 11,
			"The old paper mill on the river burned on Tuesday night, the fire service of",
			"Velmora said on Wednesday morning, and nobody was hurt in the fire.")},
			"The old paper mill on the river burned on Tuesday night, the fire service of Velmora said on Wednesday morning, and nobody was hurt in the fire."},
		{"gaps part paragraphs", []string{set(72, 700, 11,
			"The old paper mill on the river burned on Tuesday night, the fire service of",
			"Velmora said.", "",
			"The police questioned two people, according to a spokeswoman, and arrested",
			"nobody.")},
			"The old paper mill on the river burned on Tuesday night, the fire service of Velmora said.\n\nThe police questioned two people, according to a spokeswoman, and arrested nobody."},
		{"indents part paragraphs", []string{set(72, 700, 11,
			"\tThe old paper mill on the river burned on Tuesday night, the fire service",
			"of Velmora said, and the bridge beside it was closed to all traffic for a day.",
			"\tThe police questioned two people, according to a spokeswoman, and they",
			"arrested nobody.")},
			"The old paper mill on the river burned on Tuesday night, the fire service of Velmora said, and the bridge beside it was closed to all traffic for a day.\n\nThe police questioned two people, according to a spokeswoman, and they arrested nobody."},
		{"short lines part paragraphs", []string{set(72, 700, 11,
			"The old paper mill on the river burned on Tuesday night, the fire service of",
			"Velmora said.",
			"The police questioned two people, according to a spokeswoman, and arrested",
			"nobody.")},
			"The old paper mill on the river burned on Tuesday night, the fire service of Velmora said.\n\nThe police questioned two people, according to a spokeswoman, and arrested nobody."},
		{"headings stand apart", []string{at(72, 730, 20, "Paper mill burns") + set(72, 705, 11,
			"The old paper mill on the river burned on Tuesday night, the fire service of",
			"Velmora said.")},
			"Paper mill burns\n\nThe old paper mill on the river burned on Tuesday night, the fire service of Velmora said."},
		{"divided words", []string{set(72, 700, 11,
			"The old paper mill on the river burned on Tuesday night, the fire ser-",
			"vice of Velmora said. The self-made owner, a well-known man, is a self-",
			"made man indeed, and a friend of the Marn-",
			"Albion club.")},
			"The old paper mill on the river burned on Tuesday night, the fire service of Velmora said. The self-made owner, a well-known man, is a self-made man indeed, and a friend of the Marn-Albion club."},
		{"over a page's end", []string{
			set(72, 700, 11, "The old paper mill on the river burned on Tuesday night, the fire service of"),
			set(72, 700, 11, "Velmora said on Wednesday."),
		},
			"The old paper mill on the river burned on Tuesday night, the fire service of Velmora said on Wednesday."},
		{"new paragraph on a new page", []string{
			set(72, 700, 11, "The old paper mill on the river burned on Tuesday night, said the mayor."),
			set(72, 700, 11, "The police questioned two people."),
		},
			"The old paper mill on the river burned on Tuesday night, said the mayor.\n\nThe police questioned two people."},
		{"page numbers and running heads", []string{
			at(72, 800, 9, "The Velmora Courier, 27 March") + set(72, 700, 11, "The old paper mill burned on Tuesday.") + at(290, 40, 9, "1"),
			at(72, 800, 9, "The Velmora Courier, 27 March") + set(72, 700, 11, "The police questioned two people.") + at(290, 40, 9, "2"),
			at(72, 800, 9, "The Velmora Courier, 27 March") + set(72, 700, 11, "The cause is not known.") + at(290, 40, 9, "3"),
		},
			"The old paper mill burned on Tuesday.\n\nThe police questioned two people.\n\nThe cause is not known."},
		{"two columns", []string{set(72, 700, 11,
			"The old paper mill on the river",
			"burned on Tuesday night, the fire") + set(320, 700, 11,
			"service of Velmora said, and the",
			"police questioned two people.")},
			"The old paper mill on the river burned on Tuesday night, the fire service of Velmora said, and the police questioned two people."},
		{"marks", []string{set(72, 700, 11, "\x93No,\x94 said Zo\xEB \x97 she meant \x91yes\x92.")},
			"“No,” said Zoë — she meant ‘yes’."},
		{"list", []string{set(72, 700, 11,
			"\x95 The mill was built in 1871 by the Tarn family of Harlund.",
			"\x95 It closed nine years ago.")},
			"• The mill was built in 1871 by the Tarn family of Harlund.\n\n• It closed nine years ago."},
		{"an empty page between", []string{set(72, 700, 11, "The old mill"), "", set(72, 700, 11, "burned down.")},
			"The old mill burned down."},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := read(t, document("", c.pages...)).Text; got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestMetadata(t *testing.T) {
	page := set(72, 700, 11, "The old paper mill burned.")
	for _, c := range []struct{ info, want string }{
		{"", "//"},
		{"/Title (Mill burns) /Author (Ilse Tarrow; Pell Ondry) /CreationDate (D:20240327101500+01'00')", "Mill burns/Ilse Tarrow,Pell Ondry/2024-03-27"},
		{"/Title <FEFF005A006F00EB> /CreationDate (20240327)", "Zoë//2024-03-27"},
		{"/Title (Microsoft Word - mill.doc) /CreationDate (D:19040101)", "//"},
		{"/Title (mill-final2.docx) /CreationDate (yesterday)", "//"},
		{"/Title (untitled)", "//"},
	} {
		doc := read(t, document(c.info, page))
		if got := doc.Title + "/" + strings.Join(doc.Authors, ",") + "/" + doc.Created; got != c.want {
			t.Errorf("%s: got %s, want %s", c.info, got, c.want)
		}
	}
}

// TestLongDocument has more pages than are interpreted, so that PDFium is
// compiled.
func TestLongDocument(t *testing.T) {
	if testing.Short() {
		t.Skip("compiling PDFium takes some seconds")
	}
	var pages []string
	var want []string
	for i := range 12 {
		s := fmt.Sprintf("The fire chief wrote report %d in the same week.", i+1)
		pages, want = append(pages, set(72, 700, 11, s)), append(want, s)
	}
	if got := read(t, document("", pages...)).Text; got != strings.Join(want, "\n\n") {
		t.Errorf("got %s", got)
	}
}

// encrypted makes a PDF that asks for a password that is not the empty one.
func encrypted() []byte {
	w := newWriter()
	w.object("<< /Type /Catalog /Pages 2 0 R >>")
	w.object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	w.object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R >>")
	w.stream("", "nothing that can be read")
	key := strings.Repeat("5A", 32)
	w.object("<< /Filter /Standard /V 1 /R 2 /O <%s> /U <%s> /P -4 >>", key, key)
	return w.end("/Root 1 0 R /Encrypt 5 0 R /ID [<00112233445566778899AABBCCDDEEFF> <00112233445566778899AABBCCDDEEFF>]")
}

// pictures makes a PDF of one picture.
func pictures() []byte {
	w := newWriter()
	w.object("<< /Type /Catalog /Pages 2 0 R >>")
	w.object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	w.object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /XObject << /I 5 0 R >> >> >>")
	w.stream("", "595 0 0 842 0 0 cm /I Do")
	w.stream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", "\x80")
	return w.end("/Root 1 0 R")
}

// bomb makes a PDF whose one content stream unpacks to size bytes of operators.
func bomb(t testing.TB, size int) []byte {
	var packed bytes.Buffer
	zw := zlib.NewWriter(&packed)
	for n, line := 0, 0; n < size; line++ {
		written, err := io.WriteString(zw, at(float64(line%100), float64(line/100), 1, strings.Repeat("The mill burns. ", 10)))
		if err != nil {
			t.Fatal(err)
		}
		n += written
	}
	zw.Close()
	w := newWriter()
	w.object("<< /Type /Catalog /Pages 2 0 R >>")
	w.object("<< /Type /Pages /Kids [3 0 R] /Count 1 >>")
	w.object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << /Font << /F1 5 0 R >> >> >>")
	w.stream("/Filter /FlateDecode", packed.String())
	w.object("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>")
	return w.end("/Root 1 0 R")
}

func TestErrors(t *testing.T) {
	whole := document("", set(72, 700, 11, "The old paper mill burned."))
	loop := newWriter()
	loop.object("<< /Type /Catalog /Pages 2 0 R >>")
	loop.object("<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 2 /Parent 2 0 R >>")
	many := newWriter()
	many.object("<< /Type /Catalog /Pages 2 0 R >>")
	many.object("<< /Type /Pages /Kids [%s] /Count %d >>", strings.Repeat("3 0 R ", pdf.MaxPages+1), pdf.MaxPages+1)
	many.object("<< /Type /Page /Parent 2 0 R /MediaBox [0 0 1 1] >>")
	for _, c := range []struct {
		name string
		pdf  []byte
		want []error // any of them
	}{
		{"empty", nil, []error{pdf.ErrBroken}},
		{"header only", []byte("%PDF-1.7\n"), []error{pdf.ErrBroken}},
		{"encrypted", encrypted(), []error{pdf.ErrEncrypted}},
		{"a picture", pictures(), []error{pdf.ErrNoText}},
		{"no pages", document(""), []error{pdf.ErrNoText, pdf.ErrBroken}},
		{"a half", whole[:len(whole)/2], []error{pdf.ErrBroken, pdf.ErrNoText}},
		{"pages in pages", loop.end("/Root 1 0 R"), []error{pdf.ErrNoText, pdf.ErrBroken}},
		{"too many pages", many.end("/Root 1 0 R"), []error{pdf.ErrTooLarge}},
		{"too many bytes", make([]byte, pdf.MaxBytes+1), []error{pdf.ErrTooLarge}},
		{"deep arrays", []byte("%PDF-1.7\n1 0 obj\n" + strings.Repeat("[", 1<<15) + "\ntrailer\n<< /Root 1 0 R >>\n%%EOF\n"), []error{pdf.ErrBroken, pdf.ErrNoText}},
		{"too many characters", bomb(t, 180_000), []error{pdf.ErrTooLarge}},
	} {
		t.Run(c.name, func(t *testing.T) {
			doc, err := reader.Read(t.Context(), c.pdf)
			for _, want := range c.want {
				if errors.Is(err, want) {
					return
				}
			}
			t.Errorf("got %v, %v; want %v", doc, err, c.want)
		})
	}
}

// TestRepairs reads what viewers read too: junk before the header, a table of
// objects that is wrong, a newer version.
func TestRepairs(t *testing.T) {
	whole := string(document("", set(72, 700, 11, "The old paper mill burned.")))
	for name, s := range map[string]string{
		"no table":   whole[:strings.Index(whole, "xref\n")] + "trailer\n<< /Root 1 0 R >>\n%%EOF\n",
		"wrong":      strings.Replace(whole, "xref\n0 6\n", "xref\n0 6\n0000000099 00000 n \n", 1),
		"PDF 2.0":    strings.Replace(whole, "%PDF-1.7", "%PDF-2.0", 1),
		"junk":       "junk\n" + whole,
		"junk after": whole + strings.Repeat("\n", 500),
	} {
		if got := read(t, []byte(s)).Text; got != "The old paper mill burned." {
			t.Errorf("%s: got %q", name, got)
		}
	}
}

func TestCanceled(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := reader.Read(ctx, document("", at(72, 700, 11, "x"))); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v", err)
	}
}

// TestDeadline stops PDFium amid a content stream that takes minutes.
func TestDeadline(t *testing.T) {
	ctx, cancel := context.WithTimeout(t.Context(), time.Second)
	defer cancel()
	if _, err := reader.Read(ctx, bomb(t, 10<<20)); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestClose(t *testing.T) {
	var r pdf.Reader
	if err := r.Close(); err != nil {
		t.Errorf("an unused Reader: %v", err)
	}
	for range 2 {
		if doc, err := r.Read(t.Context(), document("", at(72, 700, 11, "The mill burns."))); err != nil || doc.Text != "The mill burns." {
			t.Errorf("got %v, %v", doc, err)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestReaderByMany(t *testing.T) {
	b := document("", set(72, 700, 11, "The old paper mill burned."))
	done := make(chan error)
	const readers = 3
	for range readers {
		go func() {
			doc, err := reader.Read(t.Context(), b)
			if err == nil && doc.Text != "The old paper mill burned." {
				err = fmt.Errorf("got %q", doc.Text)
			}
			done <- err
		}()
	}
	for range readers {
		if err := <-done; err != nil {
			t.Error(err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(document("/Title (Mill burns)", set(72, 700, 11, "The old pa-", "per mill burned.")))
	f.Add(encrypted())
	f.Add(pictures())
	f.Add(bomb(f, 1<<10))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 1<<16 {
			return
		}
		doc, err := reader.Read(t.Context(), b)
		if err != nil {
			for _, known := range []error{pdf.ErrBroken, pdf.ErrEncrypted, pdf.ErrNoText, pdf.ErrTooLarge, pdf.ErrTimeout} {
				if errors.Is(err, known) {
					return
				}
			}
			t.Fatalf("an error of no kind: %v", err)
		}
		if strings.TrimSpace(doc.Text) == "" {
			t.Error("no text and no error")
		}
		for _, s := range append([]string{doc.Text, doc.Title, doc.Created}, doc.Authors...) {
			if !utf8.ValidString(s) {
				t.Errorf("not UTF-8: %q", s)
			}
		}
	})
}

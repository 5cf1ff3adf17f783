package language_test

import (
	"archive/tar"
	"bufio"
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/article/language"
)

// TestEnglishData takes the English texts at hand, articles as well as tables of
// results, single sentences and posts, of which none may count as foreign.
func TestEnglishData(t *testing.T) {
	dir := filepath.Join("..", "..", "..", "shared", "data")
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		t.Skipf("LANGUAGE NOT CHECKED: %v", err)
	}
	for _, c := range []struct {
		file  string
		texts func(t *testing.T, r io.Reader, yield func(string))
	}{
		{"polnear/train.jsonl", jsonlTexts},
		{"polnear/dev.jsonl", jsonlTexts},
		{"gva/articles.jsonl.gz", jsonlTexts},
		{"persuasion/semeval2020-train.jsonl.gz", jsonlTexts},
		{"persuasion/semeval2023-train.jsonl.gz", jsonlTexts},
		{"factuality/uw-dev.jsonl.gz", jsonlTexts},
		{"factuality/uds-ih2-dev.jsonl.gz", jsonlTexts},
		{"factchecks/queries-train.tsv", tableTexts},
		{"factchecks/queries-dev.tsv", tableTexts},
		{"factchecks/snopes-tweets-train-dev.tsv", tableTexts},
		{"checkworthy/ct24-train.tsv.gz", tableTexts},
		{"conll2003/train.txt.gz", conllTexts},
		{"conll2003/testa.txt.gz", conllTexts},
		{"tempeval3/tbaq-cleaned.tar.gz", timeMLTexts},
	} {
		t.Run(c.file, func(t *testing.T) {
			file, err := os.Open(filepath.Join(dir, filepath.FromSlash(c.file)))
			if err != nil {
				t.Skipf("LANGUAGE NOT CHECKED: %v", err)
			}
			defer file.Close()
			var r io.Reader = bufio.NewReader(file)
			if strings.HasSuffix(c.file, ".gz") {
				if r, err = gzip.NewReader(r); err != nil {
					t.Fatal(err)
				}
			}
			read, english := 0, 0
			c.texts(t, r, func(text string) {
				read++
				got := language.Detect(text)
				if got.Foreign {
					t.Errorf("taken for %s: %.100q", got.Name, text)
				}
				if got.Code == "en" {
					english++
				}
			})
			if read == 0 {
				t.Error("no text found")
			}
			t.Logf("%d texts, %d of them surely English", read, english)
		})
	}
}

func jsonlTexts(t *testing.T, r io.Reader, yield func(string)) {
	for dec := json.NewDecoder(r); dec.More(); {
		var line struct{ Text string }
		if err := dec.Decode(&line); err != nil {
			t.Fatal(err)
		}
		yield(line.Text)
	}
}

// tableTexts yields the second column.
func tableTexts(t *testing.T, r io.Reader, yield func(string)) {
	table := csv.NewReader(r)
	table.Comma, table.LazyQuotes, table.FieldsPerRecord = '\t', true, -1
	for {
		row, err := table.Read()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		yield(row[1])
	}
}

// conllTexts yields each document as its tokens with spaces between.
func conllTexts(t *testing.T, r io.Reader, yield func(string)) {
	var text strings.Builder
	lines := bufio.NewScanner(r)
	for lines.Scan() {
		token, _, _ := strings.Cut(lines.Text(), " ")
		if token == "-DOCSTART-" {
			if text.Len() > 0 {
				yield(text.String())
			}
			text.Reset()
			continue
		}
		text.WriteString(token)
		text.WriteByte(' ')
	}
	if err := lines.Err(); err != nil {
		t.Fatal(err)
	}
	yield(text.String())
}

// timeMLTexts yields the text element of each document.
func timeMLTexts(t *testing.T, r io.Reader, yield func(string)) {
	files := tar.NewReader(r)
	for {
		h, err := files.Next()
		if err == io.EOF {
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasSuffix(h.Name, ".tml") {
			continue
		}
		var text strings.Builder
		dec := xml.NewDecoder(files)
		dec.Strict = false
		for {
			token, err := dec.Token()
			if err == io.EOF {
				break
			}
			if err != nil {
				t.Fatalf("%s: %v", h.Name, err)
			}
			if s, ok := token.(xml.CharData); ok {
				text.Write(s)
			}
		}
		yield(text.String())
	}
}

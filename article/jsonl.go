package article

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"unicode/utf8"
)

var (
	errLine = errors.New("not an article")
	// ErrLongLine is returned for a line beyond the limit.
	ErrLongLine = errors.New("the line is too long")
)

// keptLine is the largest line buffer that is kept for the lines to come.
const keptLine = 1 << 20

// line is an article in article JSONL. Text, HTML or a title is required.
type line struct {
	ID        string `json:"id"`
	URL       string `json:"url"`
	Title     string `json:"title"`
	Published string `json:"published"`
	Text      string `json:"text"`
	HTML      string `json:"html"`
}

// JSONL yields the articles in r, which holds one JSON object a line, each with
// its "text" or in its stead its "html", and with "id", "url", "title" and
// "published" where they are known. The text is passed on as it stands; where there is
// none, the title is the text, since a headline is something that is said too. Blank
// lines are skipped. name says what r is, for the errors.
//
// A line that cannot be read yields an *Error whose Input is "name:line", and
// the next line follows. A failure of r, or the end of ctx, yields an *Error
// and is the last. One line at a time is in memory.
func (g *Getter) JSONL(ctx context.Context, r io.Reader, name string) iter.Seq2[Article, error] {
	return func(yield func(Article, error) bool) {
		lines := NewLines(r, cmp.Or(g.MaxFileBytes, DefaultMaxFileBytes))
		for n := 1; ; n++ {
			input := name + ":" + strconv.Itoa(n)
			if err := ctx.Err(); err != nil {
				yield(Article{}, Fail(input, err))
				return
			}
			b, err := lines.Next()
			switch {
			case err == io.EOF:
				return
			case errors.Is(err, ErrLongLine):
				if !yield(Article{}, Fail(input, err)) {
					return
				}
				continue
			case err != nil:
				yield(Article{}, Fail(input, err))
				return
			}
			if len(bytes.TrimSpace(b)) == 0 {
				continue
			}
			if !yield(g.Line(ctx, input, b)) {
				return
			}
		}
	}
}

// Line reads one line of article JSONL as JSONL does. input is what the error
// calls it.
//
// The error is an *Error.
func (g *Getter) Line(ctx context.Context, input string, b []byte) (Article, error) {
	a, err := g.line(ctx, b)
	if err != nil {
		return Article{}, Fail(input, err)
	}
	return a, nil
}

func (g *Getter) line(ctx context.Context, b []byte) (Article, error) {
	if !utf8.Valid(b) {
		// encoding/json would put U+FFFD in the text and say nothing.
		return Article{}, fmt.Errorf("%w: it is not UTF-8", errLine)
	}
	var l line
	if err := json.Unmarshal(b, &l); err != nil {
		return Article{}, fmt.Errorf("%w: %w", errLine, describe(err))
	}
	a := Article{Text: l.Text}
	switch {
	case l.Text != "":
	case l.HTML != "":
		var err error
		if a, err = readPage(ctx, []byte(l.HTML), "text/html; charset=utf-8", l.URL); err != nil {
			return Article{}, err
		}
	case l.Title != "":
		a.Text = l.Title // of some articles no more than the headline is at hand
	default:
		return Article{}, fmt.Errorf(`%w: it has neither "text" nor "html" nor "title"`, errLine)
	}
	a.ID = l.ID
	a.URL = cmp.Or(l.URL, a.URL)
	a.Title = cmp.Or(l.Title, a.Title)
	if err := g.settleDate(&a, l.Published); err != nil {
		return Article{}, err
	}
	return a, g.checkText(&a)
}

// describe says what is wrong with a line in the words of the format and not of
// the program.
func describe(err error) error {
	if e := (*json.UnmarshalTypeError)(nil); errors.As(err, &e) {
		if e.Field == "" {
			return fmt.Errorf("it is a JSON %s and not an object", e.Value)
		}
		return fmt.Errorf("%q is a %s and not a string", e.Field, e.Value)
	}
	if e := (*json.SyntaxError)(nil); errors.As(err, &e) {
		return fmt.Errorf("it is not JSON: %w, at byte %d", err, e.Offset)
	}
	return err
}

// Lines reads lines of any length up to a limit, into one buffer.
type Lines struct {
	r     *bufio.Reader
	limit int64
	buf   []byte
	begun bool
}

// NewLines returns the lines of r, none of them longer than limit bytes.
func NewLines(r io.Reader, limit int64) *Lines {
	return &Lines{r: bufio.NewReaderSize(r, 64<<10), limit: limit}
}

// Next returns the next line, which is valid until the next call, without the
// byte-order mark that may stand before the first. It returns ErrLongLine for a
// line beyond the limit, having skipped it, and io.EOF at the end.
func (l *Lines) Next() ([]byte, error) {
	if cap(l.buf) > keptLine {
		l.buf = nil
	}
	l.buf = l.buf[:0]
	long, any := false, false
	for {
		part, err := l.r.ReadSlice('\n')
		any = any || len(part) > 0
		if int64(len(l.buf)+len(part)) > l.limit {
			long, l.buf = true, l.buf[:0]
		}
		if !long {
			l.buf = append(l.buf, part...)
		}
		switch {
		case err == bufio.ErrBufferFull:
			continue
		case err == io.EOF && any, err == nil:
			if long {
				return nil, fmt.Errorf("%w: more than %d MB", ErrLongLine, l.limit>>20)
			}
			if !l.begun {
				l.begun = true
				return bytes.TrimPrefix(l.buf, []byte("\xEF\xBB\xBF")), nil
			}
			return l.buf, nil
		case err == io.EOF:
			return nil, io.EOF
		default:
			return nil, fmt.Errorf("reading broke off: %w", err)
		}
	}
}

package claimreview

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"hearsay/facts"
)

// MaxRecord is how many bytes one fact-check, or one line, may have.
const MaxRecord = 16 << 20

// Found is a fact-check that was read, or why one could not be.
type Found struct {
	Review *facts.Review
	Err    error
	// Record is the number of the line, where there is an object a line, else of
	// the fact-check; from 1.
	Record int
}

// errEnough ends reading because nobody wants more.
var errEnough = errors.New("enough")

// Read calls each for the fact-checks of r in their order: one object, a list of
// objects, a graph, a DataFeed, or one of these a line. A fact-check, or a line, that
// cannot be understood is told and passed over. What is no JSON at all, or cannot be read
// on, ends the reading with an error; so does each, by returning false, without one.
func Read(r io.Reader, each func(Found) bool) error {
	br := bufio.NewReaderSize(r, 1<<20)
	if mark, _ := br.Peek(3); string(mark) == "\xef\xbb\xbf" {
		br.Discard(3)
	}
	var err error
	if byLine(br) {
		err = lines(br, each)
	} else {
		err = whole(br, each)
	}
	if err == errEnough {
		return nil
	}
	return err
}

// byLine reports whether there is a value a line: when the first line is one, or
// two of the first lines are.
func byLine(br *bufio.Reader) bool {
	head, _ := br.Peek(br.Size())
	good := 0
	for i := 0; i < 16; {
		line, rest, more := bytes.Cut(head, []byte("\n"))
		head = rest
		if line = bytes.TrimSpace(line); len(line) == 0 && more {
			continue
		}
		if len(line) > 0 && (line[0] == '{' || line[0] == '[') && json.Valid(line) {
			if good++; i == 0 && more || good > 1 {
				return true
			}
		}
		if !more {
			return false
		}
		i++
	}
	return false
}

func lines(br *bufio.Reader, each func(Found) bool) error {
	var long []byte
	for number := 1; ; number++ {
		long = long[:0]
		line, err := br.ReadSlice('\n')
		for err == bufio.ErrBufferFull {
			if len(long) <= MaxRecord {
				long = append(long, line...)
			}
			line, err = br.ReadSlice('\n')
		}
		if err != nil && err != io.EOF {
			return err
		}
		if len(long) > 0 {
			long = append(long, line...)
			line = long
		}
		switch line = bytes.TrimSpace(line); {
		case len(line) == 0:
		case len(line) > MaxRecord:
			if !each(Found{Err: fmt.Errorf("it is longer than %d MB", MaxRecord>>20), Record: number}) {
				return errEnough
			}
		default:
			any, e := value(line, 0, func(r *facts.Review, err error) bool { return each(Found{r, err, number}) })
			if e != nil {
				return e
			}
			if !any && !each(Found{Err: errNone, Record: number}) {
				return errEnough
			}
		}
		if err == io.EOF {
			return nil
		}
	}
}

// errNone is a record in which there is no fact-check.
var errNone = errors.New("there is no ClaimReview in it")

// maxNested is how many lists and feeds may stand in one another.
const maxNested = 8

// value hands on the fact-checks in a value and reports whether there were any, or errors.
func value(b []byte, depth int, each func(*facts.Review, error) bool) (any bool, err error) {
	b = bytes.TrimSpace(b)
	if len(b) == 0 || depth > maxNested {
		return false, nil
	}
	switch b[0] {
	case '[':
		var list []json.RawMessage
		if err := json.Unmarshal(b, &list); err != nil {
			return true, told(each, fmt.Errorf("it is no JSON: %w", err))
		}
		for _, m := range list {
			found, err := value(m, depth+1, each)
			if err != nil {
				return true, err
			}
			any = any || found
		}
		return any, nil
	case '{':
		var o object
		if err := json.Unmarshal(b, &o); err != nil {
			return true, told(each, fmt.Errorf("it is no JSON: %w", err))
		}
		return o.hand(depth, each)
	}
	if !json.Valid(b) {
		return true, told(each, errors.New("it is no JSON"))
	}
	return false, nil
}

func told(each func(*facts.Review, error) bool, err error) error {
	if !each(nil, err) {
		return errEnough
	}
	return nil
}

// hand hands on the fact-check that an object is, or those in it.
func (o *object) hand(depth int, each func(*facts.Review, error) bool) (any bool, err error) {
	if o.is("ClaimReview") || len(o.Type) == 0 && o.Claim != "" {
		if !each(o.review()) {
			return true, errEnough
		}
		any = true
	}
	for _, part := range o.parts() {
		found, err := value(part, depth+1, each)
		if err != nil {
			return true, err
		}
		any = any || found
	}
	return any, nil
}

// whole reads one document, however long, element by element.
func whole(br *bufio.Reader, each func(Found) bool) error {
	limited := &limited{r: br}
	limited.reset()
	d := json.NewDecoder(limited)
	number := 0
	count := func(r *facts.Review, err error) bool {
		number++
		return each(Found{r, err, number})
	}
	any := false
	for {
		found, err := document(d, limited, count)
		any = any || found
		switch {
		case err == io.EOF && any:
			return nil
		case err == io.EOF:
			return errNone
		case err == errEnough || errors.Is(err, errLong):
			return err
		case err != nil && limited.err != nil && limited.err != io.EOF:
			return limited.err
		case err != nil:
			return fmt.Errorf("it is no JSON: %w", err)
		}
	}
}

// document reads one value: a list or a feed element by element.
func document(d *json.Decoder, l *limited, each func(*facts.Review, error) bool) (any bool, err error) {
	t, err := d.Token()
	if err != nil {
		return false, err
	}
	switch t {
	case json.Delim('['):
		any, err = elements(d, l, each)
	case json.Delim('{'):
		rest := make(map[string]json.RawMessage)
		for d.More() {
			key, err := d.Token()
			if err != nil {
				return any, err
			}
			name, _ := key.(string)
			l.reset()
			if name == "dataFeedElement" || name == "@graph" {
				first, err := d.Token()
				if err != nil {
					return any, err
				}
				if first == json.Delim('[') {
					found, err := elements(d, l, each)
					if err != nil {
						return any || found, err
					}
					any = any || found
					continue
				}
				// One object in place of a list: it is read as it comes.
				if first == json.Delim('{') {
					o, err := members(d, l)
					if err != nil {
						return any, err
					}
					rest[name] = o
				}
				continue
			}
			var m json.RawMessage
			if err := d.Decode(&m); err != nil {
				return any, err
			}
			rest[name] = m
		}
		if _, err := d.Token(); err != nil {
			return any, ended(err)
		}
		whole, err := json.Marshal(rest)
		if err != nil {
			return any, err
		}
		found, err := value(whole, 0, each)
		return any || found, err
	}
	return any, err
}

// members reads the rest of an object whose brace has been read.
func members(d *json.Decoder, l *limited) (json.RawMessage, error) {
	o := make(map[string]json.RawMessage)
	for d.More() {
		key, err := d.Token()
		if err != nil {
			return nil, err
		}
		name, _ := key.(string)
		var m json.RawMessage
		if err := d.Decode(&m); err != nil {
			return nil, err
		}
		o[name] = m
	}
	if _, err := d.Token(); err != nil {
		return nil, ended(err)
	}
	l.reset()
	return json.Marshal(o)
}

// elements reads the rest of a list whose bracket has been read.
func elements(d *json.Decoder, l *limited, each func(*facts.Review, error) bool) (any bool, err error) {
	for d.More() {
		l.reset()
		var m json.RawMessage
		if err := d.Decode(&m); err != nil {
			return any, err
		}
		found, err := value(m, 1, each)
		if err != nil {
			return true, err
		}
		any = any || found
	}
	_, err = d.Token()
	return any, ended(err)
}

// ended makes of the end of input within a document the error that it is.
func ended(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

var errLong = fmt.Errorf("a record in it is longer than %d MB", MaxRecord>>20)

// limited fails when one element is too long.
type limited struct {
	r    io.Reader
	left int
	err  error
}

func (l *limited) reset() { l.left = MaxRecord + 1<<20 }

func (l *limited) Read(p []byte) (int, error) {
	if l.left <= 0 {
		return 0, errLong
	}
	n, err := l.r.Read(p[:min(len(p), l.left)])
	l.left -= n
	l.err = err
	return n, err
}

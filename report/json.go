package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"

	"hearsay/ledger"
)

// jsonlWriter writes each ledger or failure on a line of its own.
type jsonlWriter struct {
	w    io.Writer
	line []byte // reused
}

func (j *jsonlWriter) Write(l *ledger.Ledger) (err error) {
	if j.line, err = l.AppendJSON(j.line[:0]); err != nil {
		return err
	}
	return j.end()
}

func (j *jsonlWriter) Fail(f ledger.Failure) error {
	record, err := f.MarshalJSON()
	if err != nil {
		return fmt.Errorf("writing failure: %w", err)
	}
	j.line = append(j.line[:0], record...)
	return j.end()
}

func (j *jsonlWriter) end() error {
	j.line = append(j.line, '\n')
	_, err := j.w.Write(j.line)
	return err
}

func (j *jsonlWriter) Close() error { return nil }

// jsonWriter writes one ledger, indented for people. Where the one input fails
// there is no document at all.
type jsonWriter struct {
	w       io.Writer
	written bool
}

func (j *jsonWriter) Write(l *ledger.Ledger) error {
	if j.written {
		return ErrSecondLedger
	}
	line, err := l.AppendJSON(nil)
	if err != nil {
		return err
	}
	var out bytes.Buffer
	if err := json.Indent(&out, line, "", " "); err != nil {
		return fmt.Errorf("indenting JSON: %w", err)
	}
	out.WriteByte('\n')
	j.written = true
	_, err = j.w.Write(out.Bytes())
	return err
}

func (j *jsonWriter) Fail(ledger.Failure) error { return nil }

func (j *jsonWriter) Close() error { return nil }

package ledger

import (
	"encoding/json"
	"errors"
	"fmt"
)

// Failure says that one input could not be read: the record that stands in the
// place of its ledger. It is an error, so that the reader of a list of ledgers
// can tell the two apart by errors.As.
type Failure struct {
	Input   string // the input as the person named it: a file, a URL, "-"
	Code    string // a short lower-case word for programs, such as "not-found"
	Message string // for a person: what failed and what to do
}

// failure is Failure's form in JSON.
type failure struct {
	Input   string `json:"input"`
	Code    string `json:"code"`
	Message string `json:"message"`
}

type failureRecord struct {
	Hearsay int      `json:"hearsay"`
	Error   *failure `json:"error"`
}

// Error is the message with the input before it, where there is one.
func (f Failure) Error() string {
	if f.Input == "" {
		return f.Message
	}
	return f.Input + ": " + f.Message
}

// MarshalJSON writes {"hearsay":1,"error":{"input":…,"code":…,"message":…}}.
func (f Failure) MarshalJSON() ([]byte, error) {
	own := failure(f)
	return json.Marshal(failureRecord{Hearsay: Version, Error: &own})
}

// UnmarshalJSON reads what MarshalJSON writes.
func (f *Failure) UnmarshalJSON(data []byte) error {
	var in failureRecord
	if err := json.Unmarshal(data, &in); err != nil {
		return fmt.Errorf("reading failure record: %w", plainly(err))
	}
	if in.Hearsay != Version || in.Error == nil {
		return errors.New(`reading failure record: it wants "hearsay":1 and "error"`)
	}
	*f = Failure(*in.Error)
	return nil
}

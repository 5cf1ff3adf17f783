// Package telegram reads the messages in the file result.json that Telegram
// Desktop writes when a chat, a channel or a whole account is exported in the
// machine-readable format.
package telegram

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"
)

// MaxMessage is the longest message that is read, with all that the export says
// of it. Telegram itself allows 4096 characters of text.
const MaxMessage = 1 << 20

var (
	// ErrBroken is returned where the file is not a Telegram export from here on.
	ErrBroken = errors.New("the Telegram export is damaged")
	// ErrTooLarge is returned for a message beyond MaxMessage. It is the end.
	ErrTooLarge = errors.New("the message is too large")
)

// maxDepth is how deep lists and objects may lie within one another; in an
// export there are ten levels at most.
const maxDepth = 100

var errDepth = fmt.Errorf("%w: lists and objects lie more than %d deep within one another", ErrBroken, maxDepth)

// Message is a message with a text.
type Message struct {
	Chat          string // the name of the channel, group or person
	ChatID        int64
	ID            int64
	From          string // who sent it; in a channel mostly the channel
	ForwardedFrom string // who wrote it, where it was passed on
	Author        string // who signed it, in channels that show that
	Date          string // YYYY-MM-DD, in the zone of the computer that exported
	Edited        bool
	Text          string // plain: links and styles are gone, their words are left
}

// Reader yields the messages of an export. At most one is in memory.
type Reader struct {
	budget *budget
	dec    *json.Decoder
	chat   chat
	path   []frame // the objects and arrays that are open
	ended  error
}

// chat is what stands beside a chat's messages, before them.
type chat struct {
	Name string
	ID   int64
}

// frame is an object or array that is open.
type frame struct {
	key   string // the name it stands under
	array bool
}

// NewReader reads the export in r.
func NewReader(r io.Reader) *Reader {
	b := &budget{r: r}
	dec := json.NewDecoder(b)
	dec.UseNumber() // a number that is passed over may be beyond all others
	return &Reader{budget: b, dec: dec}
}

// Next returns the next message that has a text; service messages ("joined the
// group") and pictures without words are passed over. At the end the error is
// io.EOF; after any error Next returns it again.
func (r *Reader) Next() (Message, error) {
	for r.ended == nil {
		m, ok, err := r.step()
		if err != nil {
			r.ended = r.explain(err)
			break
		}
		if ok {
			return m, nil
		}
	}
	return Message{}, r.ended
}

// step reads one value: a message, a field beside messages, or the beginning or
// end of what holds them.
func (r *Reader) step() (Message, bool, error) {
	r.budget.left = MaxMessage
	inMessages := len(r.path) > 0 && r.path[len(r.path)-1] == frame{"messages", true}
	if inMessages && r.dec.More() {
		var raw rawMessage
		if err := r.dec.Decode(&raw); err != nil {
			var wrong *json.UnmarshalTypeError
			if errors.As(err, &wrong) { // an odd message: the decoder has passed over it
				return Message{}, false, nil
			}
			return Message{}, false, err
		}
		m, ok := r.message(&raw)
		return m, ok, nil
	}
	token, err := r.dec.Token()
	if err != nil {
		return Message{}, false, err
	}
	switch token := token.(type) {
	case json.Delim:
		return Message{}, false, r.delim(token, "")
	case string:
		if n := len(r.path); n > 0 && !r.path[n-1].array { // the name of a field
			return Message{}, false, r.field(token)
		}
	}
	if len(r.path) == 0 {
		return Message{}, false, fmt.Errorf("%w: it is not an object", ErrBroken)
	}
	return Message{}, false, nil
}

// delim opens or closes an object or array that stands under key.
func (r *Reader) delim(d json.Delim, key string) error {
	if len(r.path) == maxDepth && (d == '{' || d == '[') {
		return errDepth
	}
	switch d {
	case '{':
		r.path = append(r.path, frame{key, false})
		if len(r.path) > 1 && r.path[len(r.path)-2] == (frame{"list", true}) {
			r.chat = chat{}
		}
	case '[':
		r.path = append(r.path, frame{key, true})
	default:
		r.path = r.path[:len(r.path)-1]
		if len(r.path) == 0 {
			return io.EOF
		}
	}
	return nil
}

// field reads the value of a field of an object: it goes into what may hold
// messages, keeps what the chat is called and passes over the rest.
func (r *Reader) field(key string) error {
	switch key {
	case "chats", "left_chats", "list", "messages":
		token, err := r.dec.Token()
		if err != nil {
			return err
		}
		if d, ok := token.(json.Delim); ok {
			return r.delim(d, key)
		}
		return nil
	case "name":
		return r.value(&r.chat.Name)
	case "id":
		return r.value(&r.chat.ID)
	}
	return r.pass()
}

// value decodes a value that may also be of another type, and is then left out.
func (r *Reader) value(v any) error {
	err := r.dec.Decode(v)
	if wrong := (*json.UnmarshalTypeError)(nil); errors.As(err, &wrong) {
		return nil
	}
	return err
}

// pass reads a value of any length and keeps nothing of it.
func (r *Reader) pass() error {
	depth := 0
	for {
		r.budget.left = MaxMessage
		token, err := r.dec.Token()
		if err != nil {
			return err
		}
		if d, ok := token.(json.Delim); ok {
			if d == '{' || d == '[' {
				depth++
			} else {
				depth--
			}
		}
		switch depth {
		case 0:
			return nil
		case maxDepth:
			return errDepth
		}
	}
}

func (r *Reader) explain(err error) error {
	switch {
	case err == io.EOF && len(r.path) == 0:
		return io.EOF
	case errors.Is(err, ErrTooLarge), errors.Is(err, ErrBroken):
		return err
	case err == io.EOF, errors.Is(err, io.ErrUnexpectedEOF):
		return fmt.Errorf("%w: it is cut short after %d bytes", ErrBroken, r.dec.InputOffset())
	}
	if syntax := (*json.SyntaxError)(nil); errors.As(err, &syntax) {
		return fmt.Errorf("%w: it is not JSON: %w, near byte %d", ErrBroken, err, r.dec.InputOffset())
	}
	return fmt.Errorf("reading broke off at byte %d: %w", r.dec.InputOffset(), err)
}

// rawMessage is a message as it stands in the file.
type rawMessage struct {
	ID            int64   `json:"id"`
	Type          string  `json:"type"`
	Date          string  `json:"date"`
	Edited        string  `json:"edited"`
	From          name    `json:"from"`
	ForwardedFrom name    `json:"forwarded_from"`
	Author        name    `json:"author"`
	Text          content `json:"text"`
}

func (r *Reader) message(raw *rawMessage) (Message, bool) {
	if raw.Type != "message" || strings.TrimSpace(string(raw.Text)) == "" {
		return Message{}, false
	}
	m := Message{
		Chat: strings.TrimSpace(r.chat.Name), ChatID: r.chat.ID, ID: raw.ID,
		From: string(raw.From), ForwardedFrom: string(raw.ForwardedFrom), Author: string(raw.Author),
		Edited: raw.Edited != "", Text: string(raw.Text),
	}
	if day, _, _ := strings.Cut(raw.Date, "T"); isDay(day) {
		m.Date = day
	}
	return m, true
}

func isDay(s string) bool {
	_, err := time.Parse(time.DateOnly, s)
	return err == nil
}

// name is a string that may be null, as the name of a deleted account is, or
// anything else, which is no name.
type name string

func (n *name) UnmarshalJSON(b []byte) error {
	var s string
	if json.Unmarshal(b, &s) == nil {
		*n = name(strings.TrimSpace(s))
	}
	return nil
}

// content is the text of a message: a string, or an array of strings and of
// objects with a "text", which are links, styles, mentions and the like.
type content string

func (c *content) UnmarshalJSON(b []byte) error {
	var whole string
	if json.Unmarshal(b, &whole) == nil {
		*c = content(whole)
		return nil
	}
	var parts []json.RawMessage
	if json.Unmarshal(b, &parts) != nil {
		return nil
	}
	var text strings.Builder
	for _, part := range parts {
		var plain string
		var styled struct {
			Text string `json:"text"`
		}
		if json.Unmarshal(part, &plain) == nil {
			text.WriteString(plain)
		} else if json.Unmarshal(part, &styled) == nil {
			text.WriteString(styled.Text)
		}
	}
	*c = content(text.String())
	return nil
}

// budget is a reader that fails when more than left bytes are wanted of it
// before left is set anew: the decoder keeps the whole of the value that it is
// reading, however long the file makes it.
type budget struct {
	r    io.Reader
	left int
}

func (b *budget) Read(p []byte) (int, error) {
	if b.left <= 0 {
		return 0, fmt.Errorf("%w: more than %d MB", ErrTooLarge, MaxMessage>>20)
	}
	n, err := b.r.Read(p[:min(len(p), b.left)])
	b.left -= n
	return n, err
}

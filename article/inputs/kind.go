package inputs

import (
	"bytes"
	"encoding/json"
	"strings"

	"hearsay/article/feed"
)

// kind is what a stream holds.
type kind int

const (
	kindDocument kind = iota // a text, a page or a PDF: one article
	kindGzip
	kindWARC
	kindJSONL
	kindTelegram
	kindFeed
	kindOPML
	kindArray // a JSON array, which is none of ours
)

// kindOf tells what a stream holds from its first headBytes bytes.
func kindOf(head []byte) kind {
	switch {
	case bytes.HasPrefix(head, []byte("\x1f\x8b")):
		return kindGzip
	case bytes.HasPrefix(bytes.TrimLeft(head, "\r\n"), []byte("WARC/")):
		return kindWARC
	}
	trimmed := bytes.TrimLeft(head, "\uFEFF \t\r\n")
	switch {
	case bytes.HasPrefix(trimmed, []byte("{")):
		return jsonKind(trimmed)
	case bytes.HasPrefix(trimmed, []byte("[")):
		if bytes.HasPrefix(bytes.TrimLeft(trimmed[1:], " \t\r\n"), []byte(`{"`)) {
			return kindArray
		}
		return kindDocument
	}
	switch feed.Sniff(head) {
	case feed.IsFeed:
		return kindFeed
	case feed.IsOPML:
		return kindOPML
	}
	return kindDocument
}

// jsonKind tells what begins with an object from the names of its fields, as far
// as they are in head. An object with none of the names that count is article
// JSONL too, since its error then says what a line must have.
func jsonKind(head []byte) kind {
	inside := bytes.TrimLeft(head[1:], " \t\r\n")
	if !bytes.HasPrefix(inside, []byte(`"`)) && !bytes.HasPrefix(inside, []byte("}")) {
		return kindDocument // a text in braces
	}
	d := json.NewDecoder(bytes.NewReader(head))
	if _, err := d.Token(); err != nil {
		return kindJSONL
	}
	for d.More() {
		key, err := d.Token()
		if err != nil {
			break
		}
		switch key {
		case "text", "html":
			return kindJSONL
		case "messages", "chats", "left_chats":
			if value, err := d.Token(); err == nil && (value == json.Delim('[') || value == json.Delim('{')) {
				return kindTelegram
			}
			return kindJSONL
		case "version":
			if value, err := d.Token(); err != nil {
				return kindJSONL
			} else if s, ok := value.(string); ok && strings.Contains(s, "jsonfeed.org/version/") {
				return kindFeed
			} else if _, nested := value.(json.Delim); nested {
				return kindJSONL
			}
			continue
		}
		var value json.RawMessage
		if d.Decode(&value) != nil {
			break // cut off by the end of head
		}
	}
	return kindJSONL
}

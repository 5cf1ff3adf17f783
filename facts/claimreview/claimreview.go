// Package claimreview reads and writes published fact-checks in the form in
// which they are exchanged: ClaimReview of schema.org, as JSON-LD.
package claimreview

import (
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"net/url"
	"strings"
	"time"
	"unicode/utf8"

	"hearsay/facts"
)

// The limits of one fact-check.
const (
	maxURL   = 4 << 10
	maxClaim = 64 << 10
	maxBody  = 1 << 20
)

// object is a JSON object of which it is not known yet what it is.
type object struct {
	Type          names           `json:"@type"`
	URL           word            `json:"url"`
	ID            word            `json:"@id"`
	Claim         word            `json:"claimReviewed"`
	Name          word            `json:"name"`
	Headline      word            `json:"headline"`
	Body          word            `json:"reviewBody"`
	Description   word            `json:"description"`
	Author        named           `json:"author"`
	Publisher     named           `json:"publisher"`
	Rating        rating          `json:"reviewRating"`
	DatePublished word            `json:"datePublished"`
	ItemReviewed  itemReviewed    `json:"itemReviewed"`
	Elements      json.RawMessage `json:"dataFeedElement"`
	Graph         json.RawMessage `json:"@graph"`
	Item          json.RawMessage `json:"item"`
	Review        json.RawMessage `json:"review"`
	MainEntity    json.RawMessage `json:"mainEntity"`
	HasPart       json.RawMessage `json:"hasPart"`
}

// is reports whether an object is of a type, however that is written.
func (o *object) is(kind string) bool {
	for _, t := range o.Type {
		if at := strings.LastIndexAny(t, "/:#"); t[at+1:] == kind {
			return true
		}
	}
	return false
}

// parts are what an object holds that may be fact-checks.
func (o *object) parts() []json.RawMessage {
	return []json.RawMessage{o.Graph, o.Elements, o.Item, o.Review, o.MainEntity, o.HasPart}
}

// review makes a fact-check of an object.
func (o *object) review() (*facts.Review, error) {
	r := &facts.Review{
		URL:       strings.TrimSpace(first(string(o.URL), string(o.ID))),
		Claim:     plain(string(o.Claim), maxClaim),
		Title:     plain(first(string(o.Name), string(o.Headline)), maxClaim),
		Body:      plain(first(string(o.Body), string(o.Description)), maxBody),
		Publisher: plain(first(string(o.Author), string(o.Publisher)), maxURL),
		Rating:    plain(string(o.Rating), maxURL),
		Published: day(string(o.DatePublished)),
		Claimant:  plain(string(o.ItemReviewed.author), maxURL),
		Claimed:   day(string(o.ItemReviewed.published)),
	}
	u, err := url.Parse(r.URL)
	switch {
	case r.URL == "":
		return nil, errors.New("it has no url")
	case r.Claim == "":
		return nil, errors.New("it has no claimReviewed")
	case len(r.URL) > maxURL:
		return nil, fmt.Errorf("its url is longer than %d bytes", maxURL)
	case err != nil || u.Host == "" || u.Scheme != "https" && u.Scheme != "http":
		return nil, fmt.Errorf("its url %.80q is no address of a page", r.URL)
	}
	return r, nil
}

func first(a, b string) string {
	if strings.TrimSpace(a) != "" {
		return a
	}
	return b
}

// plain is a text without the signs of HTML for single letters, and no longer than most bytes.
func plain(s string, most int) string {
	if strings.IndexByte(s, '&') >= 0 {
		s = html.UnescapeString(s)
	}
	s = strings.TrimSpace(s)
	if len(s) > most {
		s = s[:most]
		for len(s) > 0 && !utf8.ValidString(s[max(0, len(s)-utf8.UTFMax):]) {
			s = s[:len(s)-1]
		}
	}
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "")
	}
	return s
}

// day returns the day of a date of ISO 8601, "" where it is none.
func day(s string) string {
	s = strings.TrimSpace(s)
	if len(s) > 10 {
		s = s[:10]
	}
	if _, err := time.Parse(time.DateOnly, s); err != nil {
		return ""
	}
	return s
}

// word is a text that may be written as a number, a list of texts or an object with "@value".
type word string

func (w *word) UnmarshalJSON(b []byte) error {
	*w = word(textOf(b, 0))
	return nil
}

// named is somebody: a name, an object with a name, or a list of these.
type named = word

// names are one text or several.
type names []string

func (n *names) UnmarshalJSON(b []byte) error {
	if len(b) > 0 && b[0] == '"' {
		var s string
		if err := json.Unmarshal(b, &s); err != nil {
			return err
		}
		*n = names{s}
		return nil
	}
	var list []json.RawMessage
	if json.Unmarshal(b, &list) != nil {
		return nil // of no type that is known
	}
	for _, m := range list {
		var s string
		if json.Unmarshal(m, &s) == nil {
			*n = append(*n, s)
		}
	}
	return nil
}

// textOf returns the text that a value is, or has for its name.
func textOf(b []byte, depth int) string {
	if len(b) == 0 || depth > 4 {
		return ""
	}
	switch b[0] {
	case '"':
		var s string
		if json.Unmarshal(b, &s) == nil {
			return s
		}
	case '[':
		var list []json.RawMessage
		if json.Unmarshal(b, &list) == nil {
			for _, m := range list {
				if s := textOf(m, depth+1); s != "" {
					return s
				}
			}
		}
	case '{':
		var o struct {
			Value json.RawMessage `json:"@value"`
			Name  json.RawMessage `json:"name"`
			ID    json.RawMessage `json:"@id"`
		}
		if json.Unmarshal(b, &o) == nil {
			return first(textOf(o.Value, depth+1), first(textOf(o.Name, depth+1), textOf(o.ID, depth+1)))
		}
	case 'n', 't', 'f':
	default:
		return string(b)
	}
	return ""
}

// rating is what a reviewRating says in words, else in numbers.
type rating string

func (r *rating) UnmarshalJSON(b []byte) error {
	var list []json.RawMessage
	if json.Unmarshal(b, &list) == nil {
		for _, m := range list {
			if r.UnmarshalJSON(m); *r != "" {
				return nil
			}
		}
		return nil
	}
	if len(b) > 0 && b[0] != '{' {
		*r = rating(textOf(b, 0))
		return nil
	}
	var o struct {
		AlternateName word `json:"alternateName"`
		Name          word `json:"name"`
		Value         word `json:"ratingValue"`
		Best          word `json:"bestRating"`
	}
	if json.Unmarshal(b, &o) != nil {
		return nil
	}
	*r = rating(first(string(o.AlternateName), string(o.Name)))
	if *r == "" && o.Value != "" {
		*r = rating(o.Value)
		if o.Best != "" {
			*r += rating(" of " + string(o.Best))
		}
	}
	return nil
}

// itemReviewed is the claim: who made it and when.
type itemReviewed struct{ author, published word }

func (i *itemReviewed) UnmarshalJSON(b []byte) error {
	var o struct {
		Author    named `json:"author"`
		Published word  `json:"datePublished"`
	}
	if json.Unmarshal(b, &o) == nil {
		i.author, i.published = o.Author, o.Published
	}
	return nil
}

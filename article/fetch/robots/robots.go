// Package robots reads robots.txt, in which a server says what programs may ask
// it for (RFC 9309). Of a file it keeps what concerns one program only, so that
// those of many servers can be in memory.
//
// The package of that name that most Go programs use parts from the RFC where
// it matters here: its wildcards match anywhere in an address, its ties go by
// the order of the lines, and one bad line makes it refuse the file.
package robots

import (
	"bytes"
	"math"
	"net/url"
	"strconv"
	"strings"
	"time"
)

// MaxBytes is how much of a file counts: the RFC wants 500 KiB at least.
const MaxBytes = 500 << 10

// Rules are what a file says to one program. The zero Rules allow everything.
type Rules struct {
	Delay time.Duration // wanted between two requests; 0 where the file does not say
	rules []rule
}

type rule struct {
	pattern string // normal
	allow   bool
}

// maxDelay is the longest Delay.
const maxDelay = 24 * time.Hour

// Parse returns what a file says to the program with this product token, such
// as "hearsay". Lines that it does not understand are passed over.
func Parse(file []byte, token string) Rules {
	file = bytes.TrimPrefix(file[:min(len(file), MaxBytes)], []byte("\uFEFF"))
	var own, all Rules
	named := false        // a group is for the program itself
	var mine, anyone bool // whom the present group is for
	gathering := false    // the lines before were those that name programs
	for line := range strings.FieldsFuncSeq(string(file), func(r rune) bool { return r == '\r' || r == '\n' }) {
		line, _, _ = strings.Cut(line, "#")
		key, value, ok := strings.Cut(line, ":")
		if !ok {
			continue
		}
		value = strings.TrimSpace(value)
		key = strings.ToLower(strings.TrimSpace(key))
		if key == "user-agent" {
			if !gathering {
				mine, anyone, gathering = false, false, true
			}
			anyone = anyone || strings.HasPrefix(value, "*")
			if strings.EqualFold(productToken(value), token) {
				mine, named = true, true
			}
			continue
		}
		add := func(f func(*Rules)) {
			if mine {
				f(&own)
			}
			if anyone {
				f(&all)
			}
		}
		switch key {
		case "allow", "disallow":
			gathering = false
			if value != "" { // to disallow nothing is to say nothing
				r := rule{normal(value), key == "allow"}
				add(func(to *Rules) { to.rules = append(to.rules, r) })
			}
		case "crawl-delay": // not in the RFC, and no end of a group therefore
			if s, err := strconv.ParseFloat(value, 64); err == nil && s > 0 {
				d := time.Duration(math.Min(s, maxDelay.Seconds()) * float64(time.Second))
				add(func(to *Rules) { to.Delay = max(to.Delay, d) })
			}
		}
	}
	if named {
		return own
	}
	return all
}

// productToken returns the name at the beginning of a value.
func productToken(value string) string {
	end := strings.IndexFunc(value, func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= 'A' && r <= 'Z' || r == '-' || r == '_')
	})
	if end < 0 {
		return value
	}
	return value[:end]
}

// Allow reports whether an address of the server may be asked for: by the
// longest pattern that matches its path and query, and of two as long by the
// one that allows it.
func (r *Rules) Allow(u *url.URL) bool {
	path := u.EscapedPath()
	if path == "" {
		path = "/"
	}
	if path == "/robots.txt" {
		return true
	}
	if u.RawQuery != "" {
		path += "?" + u.RawQuery
	}
	path = normal(path)
	longest, allow := -1, true
	for _, rule := range r.rules {
		if n := len(rule.pattern); (n > longest || n == longest && rule.allow) && match(rule.pattern, path) {
			longest, allow = n, rule.allow
		}
	}
	return allow
}

// match reports whether a path begins with what pattern says, in which * stands
// for any characters and $ at the end for the end of the path. It tries every
// piece of the pattern at the first place where it fits, and so is no slower
// than a search for each.
func match(pattern, path string) bool {
	pattern, whole := strings.CutSuffix(pattern, "$")
	first, rest, wild := strings.Cut(pattern, "*")
	path, ok := strings.CutPrefix(path, first)
	if !ok {
		return false
	}
	if !wild {
		return !whole || path == ""
	}
	for {
		var piece string
		piece, rest, wild = strings.Cut(rest, "*")
		if !wild && whole {
			return strings.HasSuffix(path, piece)
		}
		at := strings.Index(path, piece)
		if at < 0 {
			return false
		}
		path = path[at+len(piece):]
		if !wild {
			return true
		}
	}
}

// normal returns a path or a pattern in one of the forms that mean the same
// (RFC 9309, section 2.2.2): octets beyond ASCII percent-encoded, and those that
// need it not, not.
func normal(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c == '%' && i+2 < len(s) {
			if n, err := strconv.ParseUint(s[i+1:i+3], 16, 8); err == nil {
				i += 2
				if d := byte(n); unreserved(d) {
					b.WriteByte(d)
				} else {
					b.WriteString("%" + strings.ToUpper(s[i-1:i+1]))
				}
				continue
			}
		}
		if c > ' ' && c < 0x7f {
			b.WriteByte(c)
			continue
		}
		const hex = "0123456789ABCDEF"
		b.Write([]byte{'%', hex[c>>4], hex[c&15]})
	}
	return b.String()
}

func unreserved(c byte) bool {
	return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~", c) >= 0
}

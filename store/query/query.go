// Package query reads the language of searches, the same for every home of a
// store:
//
//	bridge closed          both words, anywhere
//	"bridge was closed"    these words in this order
//	bridg*                 words that begin so
//	bridge OR ferry        either
//	bridge -ferry          the first without the second; also NOT ferry
//	(bridge OR ferry) toll in brackets first
//
// Case and accents do not count, and English words are found in their other
// forms. A home turns the Expr into what its database understands.
package query

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"
)

// What a query may be made of at most. A person writes nothing near to it.
const (
	maxLength = 2000 // bytes
	maxTerms  = 100
	maxDepth  = 20
)

// Op is what an Expr does.
type Op uint8

// The kinds of Expr.
const (
	Term Op = iota // Words, in their order
	And            // all of Of and none of Without
	Or             // any of Of
)

// Expr is a query, or a part of one.
type Expr struct {
	Op      Op
	Words   string // of a Term: what stood there, with at least one letter or digit
	Prefix  bool   // of a Term: the last word may go on
	Of      []Expr // of And and Or: at least one
	Without []Expr // of And
}

// Error says what cannot be understood in a query. It is one line.
type Error struct{ Message string }

// Error returns the message.
func (e *Error) Error() string { return e.Message }

func errorf(format string, args ...any) error { return &Error{fmt.Sprintf(format, args...)} }

// Parse reads a query. Every error is an *Error.
func Parse(s string) (Expr, error) {
	if len(s) > maxLength {
		return Expr{}, errorf("the query is %d bytes long, and %d is the most that is taken", len(s), maxLength)
	}
	if !utf8.ValidString(s) {
		return Expr{}, errorf("the query is not valid UTF-8")
	}
	p := parser{rest: s}
	if err := p.next(); err != nil {
		return Expr{}, err
	}
	if p.token.kind == end {
		return Expr{}, errorf("the query is empty")
	}
	e, err := p.either(0)
	if err != nil {
		return Expr{}, err
	}
	if p.token.kind == closing {
		return Expr{}, errorf("the query has a closing bracket too many")
	}
	return e, nil
}

// Names returns the query for all the words of a name, in any order. It is an
// *Error if name holds no word.
func Names(name string) (Expr, error) {
	if len(name) > maxLength {
		return Expr{}, errorf("a name of %d bytes is too long", len(name))
	}
	e := Expr{Op: And}
	for _, w := range strings.Fields(strings.ToValidUTF8(name, " ")) {
		if isWord(w) {
			e.Of = append(e.Of, Expr{Words: clean(w)})
		}
	}
	switch {
	case len(e.Of) == 0:
		return Expr{}, errorf("%q holds no word to search for", name)
	case len(e.Of) > maxTerms:
		return Expr{}, errorf("a name of %d words is too long", len(e.Of))
	}
	return e, nil
}

type kind uint8

const (
	end kind = iota
	word
	phrase
	opening
	closing
	minus
	or
	and
	not
)

type token struct {
	kind   kind
	words  string
	prefix bool
}

type parser struct {
	rest  string
	token token
	terms int
}

// next reads one token off the rest of the query.
func (p *parser) next() error {
	p.rest = strings.TrimLeftFunc(p.rest, unicode.IsSpace)
	if p.rest == "" {
		p.token = token{}
		return nil
	}
	switch p.rest[0] {
	case '(':
		p.token, p.rest = token{kind: opening}, p.rest[1:]
		return nil
	case ')':
		p.token, p.rest = token{kind: closing}, p.rest[1:]
		return nil
	case '-':
		p.token, p.rest = token{kind: minus}, p.rest[1:]
		return nil
	case '"':
		words, after, ok := strings.Cut(p.rest[1:], `"`)
		if !ok {
			return errorf(`a quotation mark is not closed: "%s`, clean(p.rest[1:]))
		}
		p.token = token{kind: phrase, words: words}
		p.rest, p.token.prefix = strings.CutPrefix(after, "*")
	default:
		n := strings.IndexFunc(p.rest, func(r rune) bool { return unicode.IsSpace(r) || r == '(' || r == ')' || r == '"' })
		if n < 0 {
			n = len(p.rest)
		}
		words := p.rest[:n]
		p.rest = p.rest[n:]
		switch words {
		case "OR":
			p.token = token{kind: or}
			return nil
		case "AND":
			p.token = token{kind: and}
			return nil
		case "NOT":
			p.token = token{kind: not}
			return nil
		}
		p.token = token{kind: word}
		p.token.words, p.token.prefix = strings.CutSuffix(words, "*")
	}
	p.token.words = clean(p.token.words)
	if !isWord(p.token.words) {
		return errorf("%q holds no word to search for", p.token.words)
	}
	if p.terms++; p.terms > maxTerms {
		return errorf("the query has more than %d terms", maxTerms)
	}
	return nil
}

// either reads alternatives with OR between them.
func (p *parser) either(depth int) (Expr, error) {
	e := Expr{Op: Or}
	for {
		one, err := p.all(depth)
		if err != nil {
			return Expr{}, err
		}
		e.Of = append(e.Of, one)
		if p.token.kind != or {
			break
		}
		if err := p.next(); err != nil {
			return Expr{}, err
		}
	}
	if len(e.Of) == 1 {
		return e.Of[0], nil
	}
	return e, nil
}

// all reads what is to be found together, as far as an OR, a bracket or the end.
func (p *parser) all(depth int) (Expr, error) {
	e := Expr{Op: And}
	joined := false // by an AND that wants a term after it
	for {
		without := false
		for p.token.kind == minus || p.token.kind == not {
			without = !without
			joined = true
			if err := p.next(); err != nil {
				return Expr{}, err
			}
		}
		if k := p.token.kind; k == end || k == closing || k == or || k == and {
			if joined || k == and || len(e.Of)+len(e.Without) == 0 {
				return Expr{}, errorf("the query lacks a word %s", place(k))
			}
			break
		}
		one, err := p.term(depth)
		if err != nil {
			return Expr{}, err
		}
		if without {
			e.Without = append(e.Without, one)
		} else {
			e.Of = append(e.Of, one)
		}
		if joined = p.token.kind == and; joined {
			if err := p.next(); err != nil {
				return Expr{}, err
			}
		}
	}
	switch {
	case len(e.Of) == 0:
		return Expr{}, errorf("the query says only what is not to be found; put a word before the NOT or the minus")
	case len(e.Of) == 1 && len(e.Without) == 0:
		return e.Of[0], nil
	}
	return e, nil
}

func place(k kind) string {
	switch k {
	case or:
		return "before OR"
	case and:
		return "before AND"
	case closing:
		return "before a closing bracket"
	}
	return "at its end"
}

// term reads a word, a phrase or a bracket.
func (p *parser) term(depth int) (Expr, error) {
	if p.token.kind != opening {
		e := Expr{Words: p.token.words, Prefix: p.token.prefix}
		return e, p.next()
	}
	if depth == maxDepth {
		return Expr{}, errorf("the query has brackets more than %d deep", maxDepth)
	}
	if err := p.next(); err != nil {
		return Expr{}, err
	}
	e, err := p.either(depth + 1)
	if err != nil {
		return Expr{}, err
	}
	if p.token.kind != closing {
		return Expr{}, errorf("a bracket of the query is not closed")
	}
	return e, p.next()
}

// clean keeps control characters from the database and from error messages.
func clean(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}

func isWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

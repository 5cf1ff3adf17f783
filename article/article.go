// Package article gets the text of one article, wherever it stands: a plain
// text file, standard input, a web page, a PDF with a text layer, or a line of
// article JSONL. Each input becomes one Article or one Error.
//
// The subpackages hold one kind of input each and know nothing of the others:
// plain decodes text, page finds the main text of HTML, pdf reads PDF, fetch
// gets a URL, language says what language a text is in; feed, warc and telegram
// read what holds many articles. Package inputs goes through any of these.
package article

import (
	"strings"
	"unicode"
)

// Article is the text that was read and what is known of where it came from.
// What is unknown is empty.
type Article struct {
	ID        string
	URL       string
	Title     string
	Byline    []string // names of the authors, in the page's order
	Site      string   // the publisher's name for itself
	Published string   // EDTF (ISO 8601-2), mostly a day: "2024-03-27"
	Language  string   // BCP 47: "en", "de", "en-GB"
	Text      string   // valid UTF-8
}

// The codes of Error. They are part of the output contract: a program may
// branch on them.
const (
	CodeMissing      = "missing"       // no such file
	CodePermission   = "permission"    // the file may not be read
	CodeFolder       = "folder"        // a folder where a file was wanted
	CodeUnreadable   = "unreadable"    // reading broke off
	CodeEmpty        = "empty"         // nothing but white space
	CodeBinary       = "binary"        // not a text
	CodeEncoding     = "encoding"      // a text cut inside a character, or a charset unknown
	CodeNoArticle    = "no_article"    // a page without a main text
	CodePDFEncrypted = "pdf_encrypted" // a PDF that needs a password
	CodePDFNoText    = "pdf_no_text"   // a PDF of images
	CodePDFBroken    = "pdf_broken"    // a PDF that cannot be parsed
	CodeTooLarge     = "too_large"     // over a limit of size or structure
	CodeRefusedURL   = "refused_url"   // not http or https, or not a public address
	CodeTimeout      = "timeout"       // a time limit passed
	CodeCanceled     = "canceled"      // the caller gave up
	CodeFetch        = "fetch"         // the network or the server failed
	CodeRobots       = "robots"        // the server's robots.txt forbids it
	CodeLanguage     = "language"      // a text that is not in English
	CodeJSON         = "json"          // a line of article JSONL that is not one article
	CodeBroken       = "broken"        // an archive, export, feed or list that is damaged or cut short
	CodeUsage        = "usage"         // an option of the Getter that makes no sense
)

// Error says why an input could not be read. Every error that this package
// returns is an *Error.
type Error struct {
	Input   string // as it was given; for a line of JSONL "name:line"
	Code    string // one of the Code constants
	Message string // one line for a person: what failed and what to do
	Err     error  // the cause, for errors.Is; may be nil
}

// Error returns the input and the message as one line without control
// characters, whatever the input was called.
func (e *Error) Error() string {
	if e.Input == "" {
		return oneLine(e.Message)
	}
	return oneLine(e.Input) + ": " + oneLine(e.Message)
}

// Unwrap returns the cause.
func (e *Error) Unwrap() error { return e.Err }

// oneLine makes s safe to print on a terminal line: a file name or a server's
// words may hold line breaks and escape sequences.
func oneLine(s string) string {
	clean := func(r rune) bool { return r == unicode.ReplacementChar || !unicode.IsPrint(r) }
	if strings.IndexFunc(s, clean) < 0 {
		return s
	}
	return strings.Map(func(r rune) rune {
		if clean(r) {
			return ' '
		}
		return r
	}, s)
}

package article

import (
	"context"
	"errors"
	"io/fs"
	"net"
	"os"
	"strings"

	"hearsay/article/fetch"
	"hearsay/article/page"
	"hearsay/article/pdf"
	"hearsay/article/plain"
)

// failures says, for each thing that can go wrong, by which code a program
// knows it and what a person can do. The first that matches counts.
var failures = []struct {
	cause  error
	code   string
	advice string // follows what failed
}{
	{errFolder, CodeFolder, "name the files in it"},
	{errEmpty, CodeEmpty, "there is no text to read"},
	{errTooLarge, CodeTooLarge, "split it"},
	{errForeign, CodeLanguage, "only English is read; --force reads it anyway"},
	{errLanguage, CodeUsage, "give a BCP 47 tag such as en or en-GB"},
	{errDate, CodeUsage, "give a date such as 2024-03-27"},
	{errLine, CodeJSON, "each line must be one article as a JSON object"},
	{ErrLongLine, CodeTooLarge, "each line must be one article"},
	{fs.ErrNotExist, CodeMissing, "check the name"},
	{fs.ErrPermission, CodePermission, "change its permissions or copy it"},

	{plain.ErrBinary, CodeBinary, "give a text, a web page or a PDF"},
	{plain.ErrTruncated, CodeEncoding, "the file is cut short; get it again, or save it as UTF-8"},
	{plain.ErrCharset, CodeEncoding, "save the text as UTF-8 and give the file"},

	{page.ErrNoArticle, CodeNoArticle, "open it in a browser, save the article's text and give that"},
	{page.ErrTooLarge, CodeTooLarge, "save the article's text and give that"},
	{page.ErrCharset, CodeEncoding, "save the text as UTF-8 and give the file"},

	{pdf.ErrEncrypted, CodePDFEncrypted, "remove the password and give the copy"},
	{pdf.ErrNoText, CodePDFNoText, "run OCR over it and give the result"},
	{pdf.ErrBroken, CodePDFBroken, "open it in a viewer and print it to a new PDF"},
	{pdf.ErrTooLarge, CodeTooLarge, "split it"},
	{pdf.ErrTimeout, CodeTimeout, "split it, or print it to a new PDF"},

	{fetch.ErrRefused, CodeRefusedURL, "--allow-private lets private addresses be read"},
	{fetch.ErrScheme, CodeRefusedURL, "give an http or https address"},
	{fetch.ErrTooLarge, CodeTooLarge, "save the article's text and give that"},
	{fetch.ErrRedirects, CodeFetch, "open the address in a browser and give the one where it ends"},
	{fetch.ErrBinary, CodeBinary, "give the address of an article"},
	{fetch.ErrTimeout, CodeTimeout, "try again later"},
	{fetch.ErrRobots, CodeRobots, "open it in a browser, save the page and give the file"},
	{fetch.ErrDenied, CodeFetch, "open it in a browser, save the page and give the file"},
	{fetch.ErrNotFound, CodeFetch, "check the address"},
	{fetch.ErrServer, CodeFetch, "try again later"},
	{fetch.ErrNetwork, CodeFetch, "check the address and the connection"},

	{context.DeadlineExceeded, CodeTimeout, "try again, or give a shorter text"},
	{os.ErrDeadlineExceeded, CodeTimeout, "try again"},
	{context.Canceled, CodeCanceled, "nothing was read"},
}

// NewError returns an Error whose texts fit on one line of a terminal and hold
// no password.
func NewError(input, code, message string, cause error) *Error {
	return &Error{Input: withoutPassword(input), Code: code, Message: oneLine(message), Err: cause}
}

// Fail makes the Error for what went wrong with input. It knows the errors of
// plain, page, pdf and fetch, of the file system and the context; another is
// CodeUnreadable. An err that is an *Error already is returned as it is.
func Fail(input string, err error) *Error {
	if e := (*Error)(nil); errors.As(err, &e) {
		return e
	}
	for _, f := range failures {
		if errors.Is(err, f.cause) {
			return NewError(input, f.code, words(err)+"; "+f.advice, err)
		}
	}
	return NewError(input, CodeUnreadable, "cannot be read: "+words(err), err)
}

// words says what err is without what the reader of the message knows or does
// not care for: the input's name and the system calls.
func words(err error) string {
	if e := (*fs.PathError)(nil); errors.As(err, &e) {
		return e.Err.Error()
	}
	if e := (*net.OpError)(nil); errors.As(err, &e) && errors.Is(e.Err, fetch.ErrRefused) {
		return e.Err.Error()
	}
	return err.Error()
}

// withoutPassword returns input without the password that a URL may hold.
func withoutPassword(input string) string {
	scheme, rest, isURL := strings.Cut(input, "://")
	host, _, _ := strings.Cut(rest, "/")
	at := strings.LastIndexByte(host, '@')
	if !isURL || at < 0 {
		return input
	}
	user, _, _ := strings.Cut(host[:at], ":")
	return scheme + "://" + user + ":xxxxx" + rest[at:]
}

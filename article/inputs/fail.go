package inputs

import (
	"compress/flate"
	"compress/gzip"
	"errors"
	"io"

	"hearsay/article"
	"hearsay/article/feed"
	"hearsay/article/telegram"
	"hearsay/article/warc"
)

// failures says, for each thing that can go wrong with what holds articles, by
// which code a program knows it and what a person can do. The first that matches
// counts; the rest is known to article.Fail.
var failures = []struct {
	cause  error
	code   string
	advice string // follows what failed
}{
	{errBomb, article.CodeTooLarge, "unpack it and give what is in it"},
	{errNested, article.CodeTooLarge, "unpack it once and give the result"},
	{errTooLarge, article.CodeTooLarge, "split it"},
	{errFolders, article.CodeTooLarge, "name the inner folder"},
	{errLink, article.CodeFolder, "name the folder itself"},
	{errArray, article.CodeJSON, "give article JSONL: one article a line, as a JSON object"},
	{errLoop, article.CodeBroken, "take it out of the list"},
	{errLists, article.CodeTooLarge, "name the lists one by one"},
	{errNoText, article.CodeNoArticle, "there is nothing to read"},

	{warc.ErrTruncated, article.CodeBroken, "what came before was read; get the file again for the rest"},
	{warc.ErrTooLarge, article.CodeTooLarge, "it is passed over"},
	{warc.ErrPage, article.CodeBroken, "it is passed over"},
	{warc.ErrBroken, article.CodeBroken, "what came before was read; get the file again for the rest"},
	{telegram.ErrTooLarge, article.CodeTooLarge, "what came before was read"},
	{telegram.ErrBroken, article.CodeBroken, "what came before was read; export the chat again for the rest"},
	{feed.ErrTooLarge, article.CodeTooLarge, "give the addresses of its articles"},
	{feed.ErrBroken, article.CodeBroken, "check the address in a browser"},

	{gzip.ErrHeader, article.CodeBroken, "get the file again"},
	{gzip.ErrChecksum, article.CodeBroken, "get the file again"},
	{io.ErrUnexpectedEOF, article.CodeBroken, "the file is cut short; get it again"},
}

// Fail makes the error for what went wrong with an input or record of that name.
// It knows what article.Fail knows, and the errors of feed, warc and telegram.
func Fail(name string, err error) *article.Error {
	if e := (*article.Error)(nil); errors.As(err, &e) {
		return e
	}
	for _, f := range failures {
		if errors.Is(err, f.cause) {
			return article.NewError(name, f.code, err.Error()+"; "+f.advice, err)
		}
	}
	if corrupt := flate.CorruptInputError(0); errors.As(err, &corrupt) {
		return article.NewError(name, article.CodeBroken, err.Error()+"; get the file again", err)
	}
	return article.Fail(name, err)
}

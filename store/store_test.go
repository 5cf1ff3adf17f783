package store_test

import (
	"testing"

	"hearsay/article"
	"hearsay/store"
)

func TestID(t *testing.T) {
	for _, test := range []struct {
		article article.Article
		want    string
	}{
		{article.Article{ID: "a1", URL: "https://wend.example/", Text: "x"}, "a1"},
		{article.Article{URL: "https://wend.example/a", Text: "x"}, "https://wend.example/a"},
		{article.Article{Text: "abc"}, "sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"}, // FIPS 180-4's example
	} {
		if got := store.ID(&test.article); got != test.want {
			t.Errorf("ID(%+v) = %q, want %q", test.article, got, test.want)
		}
	}
}

func TestNormalURL(t *testing.T) {
	for in, want := range map[string]string{
		"HTTPS://Wend.Example:443":                 "https://wend.example/",
		" http://wend.example:80/A?b=C#d ":         "http://wend.example/A?b=C",
		"http://wend.example:8080/":                "http://wend.example:8080/",
		"https://reader:secret@wend.example/a%20b": "https://wend.example/a%20b",
		"http://[2001:DB8::1]:80/":                 "http://[2001:db8::1]/",
		"news/1.html":                              "news/1.html",
		"http://wend.example/%zz":                  "http://wend.example/%zz",
		"":                                         "",
	} {
		if got := store.NormalURL(in); got != want {
			t.Errorf("NormalURL(%q) = %q, want %q", in, got, want)
		}
		if again := store.NormalURL(want); again != want {
			t.Errorf("NormalURL(%q) = %q: not the same once more", want, again)
		}
	}
}

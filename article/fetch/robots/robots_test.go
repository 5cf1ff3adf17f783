package robots_test

import (
	"net/url"
	"strings"
	"testing"
	"time"

	"hearsay/article/fetch/robots"
)

func TestAllow(t *testing.T) {
	for _, test := range []struct {
		name, file string
		yes, no    []string
	}{
		{"empty", "", []string{"/", "/a", ""}, nil},
		{"no rules", "<html><body>Not found: sorry</body></html>", []string{"/a"}, nil},
		{"everyone", "User-agent: *\nDisallow: /private\n", []string{"/", "/priv", "/public/private"}, []string{"/private", "/private/x", "/privately", "/private?x"}},
		{"all", "User-Agent: *\r\nDisallow: /\r\n", []string{"/robots.txt"}, []string{"/", "/x", ""}},
		{"disallow nothing", "User-agent: *\nDisallow:\n", []string{"/"}, nil},
		{"the own group counts", "User-agent: *\nDisallow: /\n\nUser-agent: Hearsay\nDisallow: /x\n", []string{"/", "/y"}, []string{"/x"}},
		{"an own group without rules", "User-agent: *\nDisallow: /\n\nUser-agent: hearsay\n", []string{"/"}, nil},
		{"a group with a version", "User-agent: hearsay/2.0 (news)\nDisallow: /x\n", nil, []string{"/x"}},
		{"no part of a name", "User-agent: hear\nDisallow: /\nUser-agent: hearsay-news\nDisallow: /\n", []string{"/x"}, nil},
		{"two names", "User-agent: other\nUser-agent: hearsay\nDisallow: /x\nUser-agent: third\nDisallow: /y", []string{"/y"}, []string{"/x"}},
		{"two groups", "User-agent: hearsay\nDisallow: /x\nUser-agent: other\nDisallow: /z\nUser-agent: hearsay\nDisallow: /y", []string{"/z"}, []string{"/x", "/y"}},
		{"other lines between", "User-agent: hearsay\nSitemap: http://velmora.example/map\nCrawl-delay: 1\nUser-agent: other\nDisallow: /x\n", nil, []string{"/x"}},
		{"before any group", "Disallow: /x\nUser-agent: *\nDisallow: /y\n", []string{"/x"}, []string{"/y"}},
		{"comments", "# all\nUser-agent: * # everyone\nDisallow: /x # not this\n", []string{"/y"}, []string{"/x"}},
		{"the longest counts", "User-agent: *\nAllow: /a/b\nDisallow: /a\nAllow: /a/c/d\nDisallow: /a/c\n", []string{"/a/b", "/a/c/d", "/"}, []string{"/a", "/a/c", "/a/x"}},
		{"of two as long the kinder", "User-agent: *\nDisallow: /a\nAllow: /a\n", []string{"/a"}, nil},
		{"wildcards", "User-agent: *\nDisallow: /p*x\nDisallow: /*.pdf$\nDisallow: /*/tag/\n", []string{"/a/p/x", "/a.pdf?x", "/p", "/tag/"}, []string{"/px", "/p/y/x/z", "/a/b.pdf", "/.pdf", "/a/tag/b"}},
		{"a pattern's end", "User-agent: *\nDisallow: /a$\nDisallow: /b*$\nDisallow: /x*ab$", []string{"/ab", "/xabc"}, []string{"/a", "/b", "/bcd", "/xababab"}},
		{"a dollar within", "User-agent: *\nDisallow: /a$b\n", []string{"/a"}, []string{"/a$b"}},
		{"queries", "User-agent: *\nDisallow: /*?print=\n", []string{"/a", "/a?x=1"}, []string{"/a?print=1"}},
		{"encoded", "User-agent: *\nDisallow: /caf%C3%A9\nDisallow: /%7Ejoe\nDisallow: /a%2fb\nDisallow: /ü", []string{"/a/b"}, []string{"/café", "/caf%c3%a9", "/~joe", "/%7ejoe", "/a%2Fb", "/%C3%BC"}},
		{"byte-order mark", "\uFEFFUser-agent: *\nDisallow: /x", nil, []string{"/x"}},
		{"beyond the limit", "User-agent: *\nDisallow: /x\n" + strings.Repeat("#\n", robots.MaxBytes/2) + "Disallow: /y", []string{"/y"}, []string{"/x"}},
	} {
		rules := robots.Parse([]byte(test.file), "hearsay")
		for allow, paths := range map[bool][]string{true: test.yes, false: test.no} {
			for _, path := range paths {
				u, err := url.Parse("http://velmora.example" + path)
				if err != nil {
					t.Fatal(err)
				}
				if rules.Allow(u) != allow {
					t.Errorf("%s: %s: got %t, want %t", test.name, path, !allow, allow)
				}
			}
		}
	}
}

func TestDelay(t *testing.T) {
	for file, want := range map[string]time.Duration{
		"":                                  0,
		"User-agent: *\nCrawl-delay: 2.5":   2500 * time.Millisecond,
		"User-agent: *\nCrawl-delay: soon":  0,
		"User-agent: *\nCrawl-delay: -3":    0,
		"User-agent: *\nCrawl-delay: NaN":   0,
		"User-agent: *\nCrawl-delay: +Inf":  24 * time.Hour,
		"User-agent: other\nCrawl-delay: 5": 0,
		"User-agent: *\nCrawl-delay: 5\nUser-agent: hearsay\nCrawl-delay: 1":            time.Second,
		"User-agent: *\nCrawl-delay: 5\nDisallow:\nUser-agent: hearsay\nCrawl-delay: 1": time.Second,
	} {
		if got := robots.Parse([]byte(file), "hearsay").Delay; got != want {
			t.Errorf("%q: got %v, want %v", file, got, want)
		}
	}
}

// FuzzParse checks that any file and any address can be asked about, and that
// an address in another form gets the same answer.
func FuzzParse(f *testing.F) {
	f.Add("User-agent: *\nDisallow: /a*b$\nAllow: /%7e", "/~x?y")
	f.Add("user-agent:hearsay\ndisallow:*****$$%", "/%zz")
	f.Fuzz(func(t *testing.T, file, path string) {
		rules := robots.Parse([]byte(file), "hearsay")
		u, err := url.Parse("http://velmora.example/" + path)
		if err != nil || strings.ContainsAny(path, "%?#") {
			return
		}
		var encoded strings.Builder
		for _, c := range []byte(path) {
			if c >= 'a' && c <= 'z' {
				encoded.WriteString("%" + string("0123456789abcdef"[c>>4]) + string("0123456789abcdef"[c&15]))
			} else {
				encoded.WriteByte(c)
			}
		}
		v, err := url.Parse("http://velmora.example/" + encoded.String())
		if err != nil {
			return
		}
		if u.Path != "/robots.txt" && rules.Allow(u) != rules.Allow(v) {
			t.Errorf("%q: %v and %v are not the same", file, u, v)
		}
	})
}

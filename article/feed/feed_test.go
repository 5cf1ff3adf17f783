package feed_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/google/go-cmp/cmp"

	"hearsay/article/feed"
)

const rss = `<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Velmora  Courier</title><link>https://velmora.example/</link><language>en-GB</language>
<item><title>Mill burns &amp;amp; smokes</title><link>/mill</link><guid isPermaLink="false">m1</guid><pubDate>Wed, 27 Mar 2024 08:15:00 +0100</pubDate>
<dc:creator>Ilse Tarrow</dc:creator><description>A teaser.</description><content:encoded><![CDATA[<p>The mill burns.</p>]]></content:encoded></item>
<item><title>Ferry</title><guid>https://velmora.example/ferry</guid><description>It sails.</description></item>
<item><title>Neither</title></item>
</channel></rss>`

const atom = `<feed xmlns="http://www.w3.org/2005/Atom"><title>Velmora Courier</title>
<entry><id>urn:m1</id><title>Mill burns</title><link href="mill"/><updated>2024-03-27T23:00:00-05:00</updated>
<author><name>Ilse Tarrow</name></author><summary>A teaser.</summary><content type="html">&lt;p&gt;The mill burns.&lt;/p&gt;</content></entry></feed>`

const jsonFeed = `{"version": "https://jsonfeed.org/version/1.1", "title": "Velmora Courier", "language": "en", "authors": [{"name": "The Courier"}],
"items": [{"id": 1711527300, "url": "mill", "title": "Mill burns", "content_html": "<p>The mill burns.</p>", "date_published": "2024-03-27T08:15:00Z", "authors": [{"name": "Ilse Tarrow"}]},
{"id": "n2", "external_url": "https://oster.example/x", "content_text": "It sails."}, {"id": "n3", "summary": "In short."}]}`

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name, body, contentType string
		want                    feed.Feed
	}{
		{"RSS", rss, "", feed.Feed{Title: "Velmora Courier", Language: "en-GB", Items: []feed.Item{
			{ID: "m1", URL: "https://velmora.example/mill", Title: "Mill burns & smokes", Byline: []string{"Ilse Tarrow"}, Published: "2024-03-27", HTML: "<p>The mill burns.</p>"},
			{ID: "https://velmora.example/ferry", URL: "https://velmora.example/ferry", Title: "Ferry", HTML: "It sails."},
			{Title: "Neither"},
		}}},
		{"Atom", atom, "application/atom+xml", feed.Feed{Title: "Velmora Courier", Items: []feed.Item{
			{ID: "urn:m1", URL: "https://velmora.example/feeds/mill", Title: "Mill burns", Byline: []string{"Ilse Tarrow"}, Published: "2024-03-28", HTML: "<p>The mill burns.</p>"},
		}}},
		{"JSON", jsonFeed, "", feed.Feed{Title: "Velmora Courier", Language: "en", Items: []feed.Item{
			{ID: "1711527300", URL: "https://velmora.example/feeds/mill", Title: "Mill burns", Byline: []string{"Ilse Tarrow"}, Published: "2024-03-27", HTML: "<p>The mill burns.</p>"},
			{ID: "n2", URL: "https://oster.example/x", Byline: []string{"The Courier"}, Text: "It sails."},
			{ID: "n3", Byline: []string{"The Courier"}, Text: "In short."},
		}}},
		{"a charset that is declared", "<?xml version='1.0' encoding='iso-8859-1'?><rss><channel><title>Velm\xf6ra</title></channel></rss>", "", feed.Feed{Title: "Velmöra"}},
		{"a charset that the server names", "<rss><channel><title>Velm\xf6ra</title></channel></rss>", "text/xml; charset=windows-1252", feed.Feed{Title: "Velmöra"}},
		{"UTF-16", wide(`<?xml version="1.0" encoding="utf-16"?><rss><channel><title>Velmöra</title></channel></rss>`), "", feed.Feed{Title: "Velmöra"}},
		{"control characters", "\uFEFF<rss><channel><title>Vel\x01mora\x00</title></channel></rss>", "", feed.Feed{Title: "Vel mora"}},
		{"nothing in it", "<rss/>", "", feed.Feed{}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got, err := feed.Parse([]byte(c.body), c.contentType, "https://velmora.example/feeds/all")
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(&c.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func wide(s string) string {
	b := []byte{0xFE, 0xFF}
	for _, u := range utf16.Encode([]rune(s)) {
		b = append(b, byte(u>>8), byte(u))
	}
	return string(b)
}

func TestHostile(t *testing.T) {
	for _, c := range []struct {
		name, body string
		want       error
		says       string
	}{
		{"no feed", "<html><body>hello</body></html>", feed.ErrBroken, ""},
		{"cut", rss[:len(rss)/2], feed.ErrBroken, ""},
		{"nothing", "", feed.ErrBroken, ""},
		{"unknown charset", "<?xml version='1.0' encoding='velmoran'?><rss/>", feed.ErrBroken, "velmoran"},
		{"ten million items", "<rss><channel>" + strings.Repeat("<item/>", 10_000_000/5), feed.ErrTooLarge, "20000 items"},
		{"more bytes than allowed", strings.Repeat(" ", feed.MaxBytes+1), feed.ErrTooLarge, "limit is 20 MB"},
		{"deep", "<rss><channel>" + strings.Repeat("<a:b>", 1_000_000), feed.ErrTooLarge, "200 deep"},
		{"namespaces", "<rss><channel><item " + namespaces(1000) + "/></channel></rss>", feed.ErrTooLarge, "200 namespaces"},
		{"entities", `<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><rss><channel><title>&b;</title></channel></rss>`, nil, ""},
		{"JSON that is no feed", `{"items": []}`, feed.ErrBroken, "JSON Feed"},
		{"JSON that is cut", jsonFeed[:100], feed.ErrBroken, ""},
		{"JSON items that are none", `{"version": "https://jsonfeed.org/version/1", "items": {"id": 1}}`, feed.ErrBroken, "no list"},
		{"many JSON items", `{"version": "https://jsonfeed.org/version/1", "items": [{}` + strings.Repeat(",{}", 1_000_000) + "]}", feed.ErrTooLarge, "20000 items"},
		{"deep JSON", `{"version": "https://jsonfeed.org/version/1", "x": ` + strings.Repeat("[", 1_000_000), feed.ErrBroken, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := feed.Parse([]byte(c.body), "", "")
			if !errors.Is(err, c.want) || err != nil && !strings.Contains(err.Error(), c.says) {
				t.Errorf("got %v, %.100v; want %v: …%s…", f, err, c.want, c.says)
			}
		})
	}
}

func namespaces(n int) string {
	var s strings.Builder
	for i := range n {
		fmt.Fprintf(&s, `xmlns:n%d="u" `, i)
	}
	return s.String()
}

func TestFull(t *testing.T) {
	long := strings.Repeat("The mill of Velmora burns. ", 40)
	for _, c := range []struct {
		item feed.Item
		want bool
	}{
		{feed.Item{}, false},
		{feed.Item{HTML: "<p>A teaser.</p>"}, false},
		{feed.Item{HTML: "<p>" + long + "</p>"}, true},
		{feed.Item{Text: long}, true},
		{feed.Item{HTML: "<p>" + long + "</p><a href=x>Read more</a>"}, false},
		{feed.Item{Text: long + "[…]"}, false},
		{feed.Item{HTML: `<img alt="` + long + `">`}, false},
	} {
		if got := c.item.Full(); got != c.want {
			t.Errorf("%.60q: %t, want %t", c.item.HTML+c.item.Text, got, c.want)
		}
	}
}

func TestParseOPML(t *testing.T) {
	got, err := feed.ParseOPML([]byte(`<?xml version="1.0"?><opml version="2.0"><head><title>x</title></head><body>
		<outline text="News"><outline type="rss" xmlUrl="https://velmora.example/feed.xml" htmlUrl="https://velmora.example/"/>
		<outline XMLURL="other.xml"/></outline><outline xmlUrl="https://velmora.example/feed.xml"/><outline xmlUrl="file:///etc/passwd"/>
		<outline type="include" url="more.opml"/><outline type="link" url="https://velmora.example/page"/><outline text="nothing"/></body></opml>`),
		"", "https://velmora.example/lists/all.opml")
	want := []feed.Outline{{URL: "https://velmora.example/feed.xml"}, {URL: "https://velmora.example/lists/other.xml"},
		{URL: "https://velmora.example/lists/more.opml", List: true}}
	if diff := cmp.Diff(want, got); diff != "" || err != nil {
		t.Error(diff, err)
	}
	if _, err := feed.ParseOPML([]byte("<opml><outline"), "", ""); !errors.Is(err, feed.ErrBroken) {
		t.Errorf("cut: %v", err)
	}
	var many strings.Builder
	for i := range 30_000 {
		fmt.Fprintf(&many, `<outline xmlUrl="https://velmora.example/%d"/>`, i)
	}
	if _, err := feed.ParseOPML([]byte(many.String()), "", ""); !errors.Is(err, feed.ErrTooLarge) {
		t.Errorf("many: %v", err)
	}
}

func TestSniff(t *testing.T) {
	for head, want := range map[string]feed.Kind{
		rss: feed.IsFeed, atom: feed.IsFeed, rss[:60]: feed.Other, "": feed.Other, "rss": feed.Other,
		"<!-- a --><?x y?>\n<!DOCTYPE rss>\n<rss version='2.0'>":                                   feed.IsFeed,
		"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'>":                        feed.IsFeed,
		"\uFEFF <opml version='1.0'>":                                                              feed.IsOPML,
		wide("<feed>"):                                                                             feed.IsFeed,
		"<!DOCTYPE html><html><body><rss>":                                                         feed.Other,
		"<p>One speaks of <rss> here.":                                                             feed.Other,
		"<html xmlns='http://www.w3.org/1999/xhtml'><head><title>feed</title></head></html>":       feed.Other,
		"<?xml version='1.0' encoding='velmoran'?><rss>":                                           feed.Other,
		"<?xml version='1.0' encoding='windows-1251'?><rss><channel><title>\xc2\xe5</title></rss>": feed.IsFeed,
	} {
		if got := feed.Sniff([]byte(head)); got != want {
			t.Errorf("%.50q: %d, want %d", head, got, want)
		}
	}
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(rss), "")
	f.Add([]byte(atom), "text/xml; charset=utf-8")
	f.Add([]byte(jsonFeed), "")
	f.Add([]byte(wide("<rss><channel/></rss>")), "")
	f.Add([]byte(`<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"><item rdf:about="x"><title>y</title></item></rdf:RDF>`), "")
	f.Fuzz(func(t *testing.T, b []byte, contentType string) {
		parsed, err := feed.Parse(b, contentType, "https://velmora.example/feed")
		if (parsed == nil) == (err == nil) {
			t.Fatalf("%v and %v", parsed, err)
		}
		if err != nil && !errors.Is(err, feed.ErrBroken) && !errors.Is(err, feed.ErrTooLarge) {
			t.Fatalf("an error of no kind: %v", err)
		}
		if err == nil {
			for _, it := range parsed.Items {
				if it.URL != "" && !strings.HasPrefix(strings.ToLower(it.URL), "http") {
					t.Fatalf("an address that is none: %q", it.URL)
				}
				it.Full()
			}
		}
	})
}

func FuzzParseOPML(f *testing.F) {
	f.Add([]byte(`<opml><body><outline xmlUrl="x"/><outline type="include" url="https://velmora.example/y"/></body></opml>`))
	f.Fuzz(func(t *testing.T, b []byte) {
		list, err := feed.ParseOPML(b, "", "https://velmora.example/list")
		if err != nil && !errors.Is(err, feed.ErrBroken) && !errors.Is(err, feed.ErrTooLarge) {
			t.Fatalf("an error of no kind: %v", err)
		}
		seen := make(map[feed.Outline]bool)
		for _, o := range list {
			if seen[o] || !strings.HasPrefix(strings.ToLower(o.URL), "http") {
				t.Fatalf("%+v", o)
			}
			seen[o] = true
		}
	})
}

// TestRhythm checks how often a feed wants to be read, and when it may be.
func TestRhythm(t *testing.T) {
	hours := func(list ...int) (h [24]bool) {
		for _, n := range list {
			h[n] = true
		}
		return h
	}
	every := [24]bool{}
	for i := range every {
		every[i] = true
	}
	at := func(s string) time.Time {
		when, err := time.Parse(time.RFC3339, s)
		if err != nil {
			t.Fatal(err)
		}
		return when
	}
	for _, test := range []struct {
		channel  string
		want     feed.Rhythm
		from, to string
	}{
		{"", feed.Rhythm{}, "2024-03-27T08:15:30Z", "2024-03-27T08:15:30Z"},
		{"<ttl>60</ttl>", feed.Rhythm{Every: time.Hour}, "2024-03-27T08:15:30Z", "2024-03-27T08:15:30Z"},
		{"<ttl>soon</ttl><ttl>-5</ttl>", feed.Rhythm{}, "2024-03-27T08:15:30Z", "2024-03-27T08:15:30Z"},
		{"<skipHours><hour>0</hour><hour>23</hour><hour>x</hour><hour>77</hour></skipHours>", feed.Rhythm{SkipHour: hours(0, 23)}, "2024-03-27T23:15:30Z", "2024-03-28T01:00:00Z"},
		{"<skipHours><hour>24</hour></skipHours>", feed.Rhythm{SkipHour: hours(0)}, "2024-03-27T02:15:30+02:00", "2024-03-27T01:00:00Z"},
		{"<skipDays><day>Saturday</day><day>sunday</day><day>Someday</day></skipDays>", feed.Rhythm{SkipDay: [7]bool{0: true, 6: true}}, "2024-03-30T08:15:30Z", "2024-04-01T00:00:00Z"},
		{"<skipHours>" + strings.Repeat("<hour>1</hour>", 3) + "</skipHours>", feed.Rhythm{SkipHour: hours(1)}, "2024-03-27T08:15:30Z", "2024-03-27T08:15:30Z"},
	} {
		f, err := feed.Parse([]byte(`<rss version="2.0"><channel>`+test.channel+`<item><guid>1</guid></item></channel></rss>`), "", "")
		if err != nil {
			t.Fatal(err)
		}
		if f.Rhythm != test.want {
			t.Errorf("%s: got %+v", test.channel, f.Rhythm)
		}
		if got := f.Rhythm.Next(at(test.from)); !got.Equal(at(test.to)) {
			t.Errorf("%s: after %s comes %v, want %s", test.channel, test.from, got, test.to)
		}
	}
	never := feed.Rhythm{SkipHour: every}
	if now := at("2024-03-27T08:15:30Z"); !never.Next(now).Equal(now) {
		t.Error("a feed that leaves out every hour is never read")
	}
}

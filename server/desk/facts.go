package desk

import (
	"cmp"
	"context"
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"hearsay/facts"
	"hearsay/store"
	"hearsay/store/checks"
)

// checksPage lists the published fact-checks of the collection.
type checksPage struct {
	Query       string
	Fields      []field
	Total       int
	Checks      []checkLine
	Next, First string
}

type checkLine struct {
	*facts.Review
	Path string // its page
	Link string // its publisher's page: only http and https
}

func checkLineOf(r *facts.Review) checkLine {
	line := checkLine{Review: r, Path: "/check?" + url.Values{"id": {r.ID()}}.Encode()}
	if u, err := url.Parse(r.URL); err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") {
		line.Link = u.String()
	}
	return line
}

// mostFound is how many fact-checks are found by words, the most that a Finder gives.
const mostFound = 60

func (d *Desk) checks(r *http.Request) (*view, error) {
	home, ok := d.Store.(checks.Home)
	if !ok {
		return nil, errNowhere
	}
	q := queryOf(r)
	f, err := q.filter()
	if err != nil {
		return nil, err
	}
	words, err := q.text("q")
	if err != nil {
		return nil, err
	}
	publisher, err := q.text("publisher")
	if err != nil {
		return nil, err
	}
	ctx, shelf := r.Context(), home.Checks()
	p := checksPage{Query: words, Fields: append([]field{{Name: "publisher", Label: "Publisher", Kind: "text", Value: publisher}}, q.fieldsOf("since", "until")...)}
	if p.Total, err = shelf.Len(ctx); err != nil {
		return nil, err
	}
	if words != "" {
		found, err := shelf.Finder().Match(ctx, words, mostFound, false)
		if err != nil {
			return nil, err
		}
		for i := range found {
			k := found[i].Review
			if !strings.Contains(strings.ToLower(k.Publisher), strings.ToLower(publisher)) || (f.Since != "" || f.Until != "") && k.Published == "" || f.Since != "" && k.Published < f.Since || f.Until != "" && k.Published > f.Until {
				continue
			}
			p.Checks = append(p.Checks, checkLineOf(k))
		}
		return &view{name: "checks", Title: "Published fact-checks", Way: "search", Page: p}, nil
	}
	list, more, err := store.First(pageSize, shelf.All(ctx, checks.Filter{Publisher: publisher, Since: f.Since, Until: f.Until, Before: f.Before, Limit: f.Limit}))
	if err != nil {
		return nil, err
	}
	var last int64
	for _, k := range list {
		p.Checks, last = append(p.Checks, checkLineOf(k.Review)), k.Number
	}
	p.Next, p.First = pages(q, "/checks", more, last)
	return &view{name: "checks", Title: "Published fact-checks", Way: "search", Page: p}, nil
}

// checkPage is one fact-check, with the claims of the collection that it may be about.
type checkPage struct {
	Check  checkLine
	Claims []claimLine
	Slow   bool // looking for them was broken off
}

// Claims that a fact-check may be about are sought among those that have most of
// its rarer words in common with it: so many, and no longer than that.
const (
	checkLook = 60
	checkTime = 8 * time.Second
)

func (d *Desk) check(r *http.Request) (*view, error) {
	home, ok := d.Store.(checks.Home)
	if !ok {
		return nil, errNowhere
	}
	id, err := queryOf(r).text("id")
	if err != nil {
		return nil, err
	}
	shelf := home.Checks()
	list, _, err := store.First(1, shelf.All(r.Context(), checks.Filter{ID: id, Limit: 1}))
	if err != nil {
		return nil, err
	}
	if id == "" || len(list) == 0 {
		return nil, store.ErrNotFound
	}
	p := checkPage{Check: checkLineOf(list[0].Review)}
	ctx, cancel := context.WithTimeout(r.Context(), checkTime)
	defer cancel()
	p.Claims, err = d.claimsOf(ctx, shelf.Finder(), list[0].Review)
	if errors.Is(err, context.DeadlineExceeded) && r.Context().Err() == nil {
		p.Slow, err = true, nil
	}
	if err != nil {
		return nil, err
	}
	return &view{name: "check", Title: "Fact-check: " + p.Check.Claim, Way: "search", Page: p}, nil
}

// claimsOf are the claims of the collection that a fact-check is likely to be about, then
// those that it is related to, by the same measure by which a claim's fact-checks are found.
func (d *Desk) claimsOf(ctx context.Context, finder *checks.Finder, check *facts.Review) (out []claimLine, err error) {
	words := rarer(check.Claim)
	if words == "" {
		return nil, nil
	}
	for c, err := range d.Store.Claims(ctx, words, store.Filter{Order: store.Relevance, Limit: checkLook}) {
		if err != nil {
			return out, err
		}
		found, err := finder.Match(ctx, strings.TrimSpace(c.Content+" "+cmp.Or(c.Speaker, c.Source)), 3, true)
		if err != nil {
			return out, err
		}
		for i := range found {
			if m := &found[i]; m.ID == check.ID() {
				var same []string
				for _, s := range m.Same {
					same = append(same, "“"+s.Text+"”")
				}
				line := lineOf(c)
				line.Match, line.InCommon = string(m.Level), strings.Join(same, ", ")
				out = append(out, line)
			}
		}
	}
	slices.SortStableFunc(out, func(a, b claimLine) int { return cmp.Compare(a.Match, b.Match) }) // likely, related
	return out, nil
}

// rarer is a search for any of the longer words of a text: the longest are seldom the most frequent.
func rarer(text string) string {
	words := strings.FieldsFunc(strings.ToLower(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	words = slices.DeleteFunc(words, func(w string) bool { return utf8.RuneCountInString(w) < 4 && strings.Trim(w, "0123456789") != "" })
	slices.SortStableFunc(words, func(a, b string) int { return cmp.Compare(utf8.RuneCountInString(b), utf8.RuneCountInString(a)) })
	var some []string
	for _, w := range words {
		if !slices.Contains(some, `"`+w+`"`) && len(some) < 6 {
			some = append(some, `"`+w+`"`)
		}
	}
	return strings.Join(some, " OR ")
}

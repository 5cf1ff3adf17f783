package desk

import (
	"net/http"
	"net/url"

	"hearsay/facts"
	"hearsay/store"
	"hearsay/store/checks"
)

// checksPage lists the published fact-checks of the collection.
type checksPage struct {
	Fields      []field
	Total       int
	Checks      []checkLine
	Next, First string
}

type checkLine struct {
	*facts.Review
	Link string // only http and https
}

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
	publisher, err := q.text("publisher")
	if err != nil {
		return nil, err
	}
	shelf := home.Checks()
	p := checksPage{Fields: append([]field{{Name: "publisher", Label: "Publisher", Kind: "text", Value: publisher}}, q.fieldsOf("since", "until")...)}
	if p.Total, err = shelf.Len(r.Context()); err != nil {
		return nil, err
	}
	list, more, err := store.First(pageSize, shelf.All(r.Context(), checks.Filter{Publisher: publisher, Since: f.Since, Until: f.Until, Before: f.Before, Limit: f.Limit}))
	if err != nil {
		return nil, err
	}
	var last int64
	for _, k := range list {
		line := checkLine{Review: k.Review}
		if u, err := url.Parse(k.URL); err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https") {
			line.Link = u.String()
		}
		p.Checks, last = append(p.Checks, line), k.Number
	}
	p.Next, p.First = pages(q, "/checks", more, last)
	return &view{name: "checks", Title: "Published fact-checks", Way: "search", Page: p}, nil
}

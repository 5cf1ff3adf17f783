package desk

import (
	"cmp"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"hearsay/ledger"
	"hearsay/store"
)

// savedSearch is one in the list of those that were saved at the command line.
type savedSearch struct {
	Name, Kind, Path, Saved string
	For                     []string
	Beyond                  bool // it asks for more than its page here can
}

func (d *Desk) searches(r *http.Request) (*view, error) {
	all, err := d.Store.Alerts().Searches(r.Context())
	if err != nil {
		return nil, err
	}
	list := make([]savedSearch, 0, len(all))
	for i := range all {
		list = append(list, savedOf(&all[i]))
	}
	return &view{name: "searches", Title: "Saved searches", Way: "search", Page: list}, nil
}

// savedOf says what a search looks for, and where its page is.
func savedOf(s *store.Search) savedSearch {
	out := savedSearch{Name: s.Name, Kind: string(s.Kind), Saved: s.Saved.Format(time.DateOnly)}
	v := url.Values{}
	f := &s.Filter
	certainty := string(f.Level)
	if f.Polarity == ledger.Denied {
		certainty = string(ledger.Denied)
	}
	atLeast := func(n int) string {
		if n > 0 {
			return strconv.Itoa(n)
		}
		return ""
	}
	for _, p := range []struct{ parameter, name, value string }{
		{"q", "words", s.Query}, {"speaker", "speaker", f.Speaker}, {"naming", "source", string(f.Naming)}, {"wording", "wording", certainty},
		{"type", "about", string(f.Type)}, {"place", "place", f.Place}, {"country", "country", f.Country}, {"since", "published from", f.Since}, {"until", "published until", f.Until},
		{"hsince", "happened from", f.HappenedSince}, {"huntil", "happened until", f.HappenedUntil}, {"origins", "independent origins, at least", atLeast(f.Origins)},
		{"", "articles, at least", atLeast(f.Articles)}, {"", "killed, at least", atLeast(s.Killed)}, {"", "wounded, at least", atLeast(s.Wounded)},
		{"", "claimed by", s.ClaimedBy}, {"", "blamed on", s.BlamedOn},
	} {
		if p.value == "" {
			continue
		}
		out.For = append(out.For, p.name+" "+p.value)
		if p.parameter == "" {
			out.Beyond = true
		} else {
			v.Set(p.parameter, p.value)
		}
	}
	if f.Score != nil {
		out.Beyond = true
		out.For = append(out.For, "certainty "+strings.Join([]string{strconv.FormatFloat(f.Score.Low, 'f', -1, 64), strconv.FormatFloat(f.Score.High, 'f', -1, 64)}, " to "))
	}
	out.Path = cmp.Or(map[store.SearchKind]string{store.OfIncidents: "/incidents"}[s.Kind], "/search") + "?" + v.Encode()
	return out
}

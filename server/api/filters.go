package api

import (
	"net/http"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/danielgtaylor/huma/v2"

	"hearsay/ledger"
	"hearsay/report"
	"hearsay/store"
)

// IncidentType is a type of incident as a parameter.
type IncidentType string

// Schema lists the types.
func (IncidentType) Schema(huma.Registry) *huma.Schema {
	s := &huma.Schema{Type: huma.TypeString}
	for _, t := range ledger.IncidentTypes() {
		s.Enum = append(s.Enum, string(t))
	}
	s.PrecomputeMessages()
	return s
}

// Published selects by days of publication.
type Published struct {
	Since string `query:"published_since" format:"date" example:"2024-03-22" doc:"Of articles published on this day or later."`
	Until string `query:"published_until" format:"date" doc:"Of articles published on this day or earlier."`
}

// Happened selects by the days of incidents.
type Happened struct {
	Since string `query:"happened_since" format:"date" example:"2024-03-22" doc:"About incidents that happened on this day or later, whenever they were told of."`
	Until string `query:"happened_until" format:"date" doc:"About incidents that happened on this day or earlier."`
}

// About selects claims, and incidents by what is claimed of them.
type About struct {
	Article   string       `query:"article" minLength:"1" maxLength:"2000" doc:"Of this article only, by its id."`
	Place     string       `query:"place" minLength:"1" maxLength:"200" doc:"With these words in the name of a place that it tells of."`
	Country   string       `query:"country" pattern:"^[A-Za-z]{2}$" example:"SE" doc:"Of a place in this country: two letters (ISO 3166-1)."`
	Speaker   string       `query:"speaker" minLength:"1" maxLength:"200" doc:"On the word of somebody with these words in their name, their role, or the words that the text names them by."`
	Naming    string       `query:"naming" enum:"named,unnamed,none" doc:"Whose source is named, unnamed (\"officials\") or none (\"reportedly\")."`
	Certainty string       `query:"certainty" pattern:"^(certain|probable|possible|unknown|denied|-?[0-3](\\.[0-9]{1,3})?\\.\\.-?[0-3](\\.[0-9]{1,3})?)$" example:"denied" doc:"Worded as certain, probable, possible or unknown; denied for what is said not to be so; or from one score to another, such as -3..-1: from -3, certainly not so, to 3, certainly so."`
	Type      IncidentType `query:"type" doc:"About an incident of this type."`
}

// filter is what a store is asked for.
func filter(p *Published, h *Happened, a *About) (f store.Filter, err error) {
	f = store.Filter{Since: p.Since, Until: p.Until, HappenedSince: h.Since, HappenedUntil: h.Until, Article: a.Article, Place: a.Place, Country: strings.ToUpper(a.Country),
		Speaker: a.Speaker, Naming: ledger.Naming(a.Naming), Type: ledger.IncidentType(a.Type)}
	if f.Level, f.Polarity, f.Score, err = store.ParseCertainty(a.Certainty); err != nil {
		return f, refuse(http.StatusBadRequest, "The parameter certainty "+report.Line(err.Error())+".")
	}
	for _, s := range []struct{ name, value string }{{"article", f.Article}, {"place", f.Place}, {"speaker", f.Speaker}} {
		if err := plain(s.name, s.value); err != nil {
			return f, err
		}
	}
	return f, nil
}

// plain refuses a parameter that is no text.
func plain(name, value string) error {
	if !utf8.ValidString(value) || strings.IndexFunc(value, unicode.IsControl) >= 0 {
		return refuse(http.StatusBadRequest, "The parameter "+name+" is to be text in UTF-8 without control characters.")
	}
	return nil
}

// Gathered selects incidents by what all articles tell of them.
type Gathered struct {
	MinArticles int    `query:"min_articles" minimum:"0" maximum:"1000000" doc:"That at least so many articles report; 1 leaves out what is only mentioned in passing."`
	MinOrigins  int    `query:"min_origins" minimum:"0" maximum:"1000000" doc:"Whose reports have at least so many independent origins: copies count once, and so do stories that only relay one named speaker."`
	MinKilled   int    `query:"min_killed" minimum:"0" maximum:"1000000000" doc:"Of which the best figure of the killed is at least this."`
	MinWounded  int    `query:"min_wounded" minimum:"0" maximum:"1000000000" doc:"Of which the best figure of the wounded is at least this."`
	ClaimedBy   string `query:"claimed_by" minLength:"1" maxLength:"200" doc:"That somebody with these words in their name claims to have done."`
	BlamedOn    string `query:"blamed_on" minLength:"1" maxLength:"200" doc:"That are blamed on somebody with these words in their name, whoever does so."`
}

func (g *Gathered) search(f store.Filter) (store.Search, error) {
	for _, s := range []struct{ name, value string }{{"claimed_by", g.ClaimedBy}, {"blamed_on", g.BlamedOn}} {
		if err := plain(s.name, s.value); err != nil {
			return store.Search{}, err
		}
	}
	return store.Search{Kind: store.OfIncidents, Filter: store.IncidentFilter{Filter: f, Articles: g.MinArticles, Origins: g.MinOrigins},
		Killed: g.MinKilled, Wounded: g.MinWounded, ClaimedBy: g.ClaimedBy, BlamedOn: g.BlamedOn}, nil
}

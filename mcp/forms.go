package mcp

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"hearsay/corpus/incidents"
	"hearsay/export"
	"hearsay/facts"
	"hearsay/ledger"
	"hearsay/store"
	"hearsay/text/offset"
)

// The most that an answer has of each sort; it says where there is more.
const (
	mostQuoted   = 2000      // bytes of one quotation
	mostWords    = 128 << 10 // bytes of quotations in one answer
	mostInText   = 30        // incidents and matches of one text, and speakers in it
	mostFigures  = 60        // of either sort, of an incident
	mostReports  = 60        // articles of an incident
	mostParties  = 40        // claimants, accusations, denials of an incident
	mostEvidence = 2         // quotations for each of them
)

// quote is words of an article and where in its text they stand.
type quote struct {
	Text  string `json:"text" jsonschema:"the words, exactly as the article has them"`
	Start int    `json:"start" jsonschema:"where they begin in the article's text, in Unicode code points"`
	End   int    `json:"end" jsonschema:"where they end"`
	Cut   bool   `json:"cut,omitempty" jsonschema:"text has only the beginning of the words from start to end"`
}

// head is what is known of an article beside its text.
type head struct {
	ID        string   `json:"id,omitempty" jsonschema:"the article's id in the store, for get_article; missing where it is not kept"`
	URL       string   `json:"url,omitempty"`
	Title     string   `json:"title,omitempty"`
	Byline    []string `json:"byline,omitempty"`
	Site      string   `json:"site,omitempty"`
	Published string   `json:"published,omitempty" jsonschema:"EDTF, mostly a day such as 2024-03-27"`
}

// claim is one thing that an article asserts or has somebody assert.
type claim struct {
	ID              string          `json:"id" jsonschema:"the claim's id in its article"`
	Article         *head           `json:"article,omitempty" jsonschema:"the article it is in, where the answer is of several"`
	Attribution     string          `json:"attribution" jsonschema:"on whose word it stands and how it is worded; to be kept with the quotation whenever the claim is passed on"`
	Voice           string          `json:"voice" jsonschema:"somebody: it is on somebody's word; article: the article asserts it in its own voice"`
	Quotes          []quote         `json:"quotes" jsonschema:"what is claimed; pieces that stand apart in the text are apart here"`
	Speaker         string          `json:"speaker,omitempty" jsonschema:"the name of who speaks, after pronouns and descriptions were resolved"`
	Kind            string          `json:"kind,omitempty" jsonschema:"person, organization, government, document, media, group or unknown"`
	Naming          string          `json:"naming,omitempty" jsonschema:"named; unnamed, as in \"officials\"; or none, as in \"reportedly\""`
	Source          *quote          `json:"source,omitempty" jsonschema:"the words that name the source"`
	Cue             *quote          `json:"cue,omitempty" jsonschema:"the words that attribute"`
	Manner          ledger.Manner   `json:"manner,omitempty" jsonschema:"direct: all in quotation marks; mixed: in part; indirect: not"`
	Certainty       ledger.Level    `json:"certainty,omitempty" jsonschema:"how sure the wording is (certain, probable, possible, unknown); it says nothing of whether it is so"`
	Polarity        ledger.Polarity `json:"polarity,omitempty" jsonschema:"denied where the wording says that it is not so"`
	Within          string          `json:"within,omitempty" jsonschema:"the claim inside whose words this one stands"`
	Incident        string          `json:"incident,omitempty" jsonschema:"the incident, in the same article, that it is about"`
	Checkworthiness float64         `json:"checkworthiness,omitempty" jsonschema:"how probable it is that it deserves a fact-check, from 0 to 1"`
	Reasons         []ledger.Reason `json:"reasons,omitempty" jsonschema:"what speaks for checking it, and against"`

	Corrected []ledger.Amendment `json:"corrected,omitempty" jsonschema:"what people corrected of it by hand"`
	Checked   []ledger.Check     `json:"checked,omitempty" jsonschema:"who checked it, and what they wrote: it is their word"`
}

// place is where something happened.
type place struct {
	Name    string   `json:"name"`
	Country string   `json:"country,omitempty" jsonschema:"ISO 3166-1"`
	Lat     *float64 `json:"lat,omitempty"`
	Lon     *float64 `json:"lon,omitempty"`
}

// evidence is words of an article that something rests on.
type evidence struct {
	Article     string  `json:"article,omitempty" jsonschema:"the id of the article, where the answer is of several"`
	Claim       string  `json:"claim,omitempty" jsonschema:"the claim's id in it"`
	Attribution string  `json:"attribution,omitempty"`
	Quotes      []quote `json:"quotes,omitempty"`
}

// figure is a number that somebody gives of those killed or wounded.
type figure struct {
	Value     int       `json:"value"`
	Worded    string    `json:"worded" jsonschema:"with what the wording commits itself to: \"at least 9\""`
	By        string    `json:"by" jsonschema:"who gives it"`
	Naming    string    `json:"naming,omitempty"`
	Published string    `json:"published,omitempty"`
	Article   string    `json:"article,omitempty"`
	Evidence  *evidence `json:"evidence,omitempty" jsonschema:"the words that give it"`
}

// toll is how many people an incident is said to have hurt.
type toll struct {
	Low     int      `json:"low" jsonschema:"the lowest figure that somebody gives"`
	Best    int      `json:"best" jsonschema:"the figure that a fixed rule prefers; the others stand beside it"`
	High    int      `json:"high" jsonschema:"the highest figure"`
	Figures []figure `json:"figures,omitempty" jsonschema:"every figure with who gives it"`
}

// party is somebody who claims a deed, or denies it.
type party struct {
	Name     string     `json:"name"`
	Articles []string   `json:"articles,omitempty" jsonschema:"ids of articles that say so"`
	Evidence []evidence `json:"evidence,omitempty"`
}

// accusation is that somebody says of somebody that they did it. It never stands without By.
type accusation struct {
	Accused  string     `json:"accused" jsonschema:"who is said to have done it"`
	By       string     `json:"by" jsonschema:"who says so; the accusation must not be passed on without them"`
	Articles []string   `json:"articles,omitempty" jsonschema:"ids of articles that report the accusation"`
	Evidence []evidence `json:"evidence,omitempty"`
}

// support is on how many feet an account stands.
type support struct {
	Articles int `json:"articles" jsonschema:"articles that report it"`
	Origins  int `json:"origins" jsonschema:"independent origins among them: copies of one story count once"`
	Speakers int `json:"speakers" jsonschema:"different named speakers who assert it"`
}

// happening is an incident, of one article or of several.
type happening struct {
	ID        string              `json:"id"`
	Type      ledger.IncidentType `json:"type"`
	Date      string              `json:"date,omitempty" jsonschema:"EDTF"`
	Places    []place             `json:"places,omitempty"`
	Killed    *toll               `json:"killed,omitempty"`
	Wounded   *toll               `json:"wounded,omitempty"`
	ClaimedBy []party             `json:"claimed_by,omitempty" jsonschema:"who says that they did it"`
	BlamedOn  []accusation        `json:"blamed_on,omitempty" jsonschema:"accusations, each with who makes it"`
	DeniedBy  []party             `json:"denied_by,omitempty" jsonschema:"who says that they did not"`
	Support   *support            `json:"support,omitempty"`
	Mentioned []string            `json:"mentioned_in,omitempty" jsonschema:"ids of articles that mention it in passing"`
	Origins   [][]string          `json:"same_origin,omitempty" jsonschema:"sets of articles that count as one origin"`
	Corrected bool                `json:"corrected,omitempty" jsonschema:"put together by hand"`
	More      bool                `json:"more,omitempty" jsonschema:"there is more of something than is listed"`
}

// check is a published fact-check. Its rating is its publisher's word.
type check struct {
	Claim         string            `json:"claim,omitempty" jsonschema:"the claim of the text that it is about"`
	URL           string            `json:"url"`
	Publisher     string            `json:"publisher,omitempty"`
	Published     string            `json:"published,omitempty"`
	ClaimReviewed string            `json:"claim_reviewed" jsonschema:"what was checked, in the publisher's words"`
	Claimant      string            `json:"claimant,omitempty" jsonschema:"who made the claim that was checked"`
	Rating        string            `json:"rating,omitempty" jsonschema:"the publisher's rating, in the publisher's words"`
	Level         ledger.MatchLevel `json:"level" jsonschema:"likely: more likely than not it is about the same claim; related: about something that the claim has to do with"`
	Probability   float64           `json:"probability" jsonschema:"how probable it is that it is about this very claim"`
	InCommon      []ledger.Same     `json:"in_common,omitempty" jsonschema:"what the match rests on"`
}

// former makes the forms of one article's parts.
type former struct {
	export.Article
	runes offset.Runes
	left  *int // bytes of quotations that the answer may still have
}

// formerOf is for an answer that may have left more bytes of quotations.
func formerOf(id string, l *ledger.Ledger, left *int) *former {
	return &former{Article: export.Article{ID: id, Ledger: l}, runes: offset.NewRunes(l.Document.Text), left: left}
}

func (f *former) head() head {
	d := &f.Ledger.Document
	return head{f.ID, d.URL, d.Title, d.Byline, d.Site, d.Published}
}

func (f *former) quote(s ledger.Span) quote {
	q := quote{Text: f.Ledger.Quote(s), Start: f.runes.CodePoint(s.Start), End: f.runes.CodePoint(s.End)}
	if len(q.Text) > mostQuoted {
		q.Text, q.Cut = strings.ToValidUTF8(q.Text[:mostQuoted], ""), true
	}
	*f.left -= len(q.Text)
	return q
}

func (f *former) quotes(pieces []ledger.Piece) []quote {
	out := make([]quote, 0, len(pieces))
	for i := range pieces {
		out = append(out, f.quote(pieces[i].Span))
	}
	return out
}

// attribution says on whose word a claim stands and how it is worded.
func (f *former) attribution(c *ledger.Claim) string {
	s := f.Attribution(c)
	if c.Certainty == nil {
		return s
	}
	switch c.Certainty.Level {
	case ledger.LevelProbable, ledger.LevelPossible:
		s += ", worded as " + string(c.Certainty.Level)
	case ledger.LevelUnknown:
		s += ", in words that leave it open"
	}
	return s
}

func (f *former) claim(c *ledger.Claim) claim {
	out := claim{ID: c.ID, Attribution: f.attribution(c), Voice: "article", Quotes: f.quotes(c.Content), Speaker: f.Speaker(c), Manner: c.Manner,
		Within: c.Within, Incident: c.Incident, Checkworthiness: c.Checkworthiness, Reasons: c.Reasons, Corrected: c.Corrected, Checked: c.Checked}
	if c.Attributed() {
		out.Voice = "somebody"
	}
	if s := c.Source; s != nil {
		out.Kind, out.Naming = string(s.Kind), string(s.Naming)
		if s.Naming != ledger.NamingNone {
			q := f.quote(s.Span)
			out.Source = &q
		}
	}
	if c.Cue != nil {
		q := f.quote(c.Cue.Span)
		out.Cue = &q
	}
	if c.Certainty != nil {
		out.Certainty, out.Polarity = c.Certainty.Level, c.Certainty.Polarity
	}
	return out
}

// evidence are the words of a claim, nil for a claim that the ledger has not
// and where the answer is full.
func (f *former) evidence(id string) *evidence {
	c := f.Claim(id)
	if c == nil || *f.left <= 0 {
		return nil
	}
	return &evidence{Article: f.ID, Claim: id, Attribution: f.attribution(c), Quotes: f.quotes(c.Content)}
}

// name is what a party of an incident is called.
func (f *former) name(p *ledger.Party) string {
	if e := f.Entity(p.Entity); e != nil {
		return e.Name
	}
	return f.Words(p.Span)
}

// happening is an incident as this one article tells of it.
func (f *former) happening(n *ledger.Incident) happening {
	out := happening{ID: n.ID, Type: n.Type, Date: n.Date, Killed: f.toll(n.Killed), Wounded: f.toll(n.Wounded)}
	for _, id := range n.Places {
		e := f.Entity(id)
		if e == nil {
			continue
		}
		p := place{Name: e.Name}
		if e.Place != nil {
			p.Country = e.Place.Country
			p.Lat, p.Lon = located(e.Place.Lat, e.Place.Lon)
		}
		out.Places = append(out.Places, p)
	}
	parties := func(list []ledger.Party) (all []party) {
		for i := range list[:min(len(list), mostParties)] {
			p := party{Name: f.name(&list[i])}
			if e := f.evidence(list[i].Claim); e != nil {
				p.Evidence = []evidence{*e}
			}
			if p.Name != "" {
				all = append(all, p)
			}
		}
		out.More = out.More || len(list) > mostParties
		return all
	}
	out.ClaimedBy, out.DeniedBy = parties(n.ClaimedBy), parties(n.DeniedBy)
	for i, p := range parties(n.BlamedOn) {
		a := accusation{Accused: p.Name, Evidence: p.Evidence}
		by := &n.BlamedOn[i]
		if e := f.Entity(by.By); e != nil {
			a.By = e.Name
		} else {
			a.By = f.According(f.Claim(by.Claim))
		}
		out.BlamedOn = append(out.BlamedOn, a)
	}
	return out
}

func (f *former) toll(t *ledger.Toll) *toll {
	if t == nil {
		return nil
	}
	out := &toll{Low: t.Low, Best: t.Best, High: t.High}
	for _, i := range t.Figures {
		if i < 0 || i >= len(f.Ledger.Figures) || len(out.Figures) == mostFigures {
			continue
		}
		g := &f.Ledger.Figures[i]
		c := f.Claim(g.Claim)
		s := figure{Worded: f.Words(g.Span), By: f.According(c), Evidence: f.evidence(g.Claim)}
		if g.Value != nil {
			s.Value = int(*g.Value)
		} else if g.Low != nil {
			s.Value = int(*g.Low)
		}
		if c != nil && c.Source != nil {
			s.Naming = string(c.Source.Naming)
		}
		out.Figures = append(out.Figures, s)
	}
	return out
}

func located(lat, lon float64) (*float64, *float64) {
	if lat == 0 && lon == 0 {
		return nil, nil
	}
	return &lat, &lon
}

// gathered is an incident as several articles tell of it; of gives the forms of
// an article, nil of one that is not to be looked into. Where of is nil, nothing is quoted.
func gathered(n *incidents.Incident, of func(article string) (*former, error)) (*happening, error) {
	out := &happening{ID: n.ID, Type: n.Type, Date: n.Date, Corrected: n.Corrected, Support: &support{n.Support.Articles, n.Support.Origins, n.Support.Speakers}}
	if n.Place != nil {
		p := place{Name: n.Place.Name, Country: n.Place.Country}
		p.Lat, p.Lon = located(n.Place.Lat, n.Place.Lon)
		out.Places = []place{p}
	}
	some := func(list []string, most int) []string {
		out.More = out.More || len(list) > most
		return list[:min(len(list), most)]
	}
	sum := func(t *incidents.Toll) (*toll, error) {
		if t == nil {
			return nil, nil
		}
		sum := &toll{Low: t.Low, Best: t.Best, High: t.High}
		if of == nil {
			return sum, nil
		}
		out.More = out.More || len(t.Figures) > mostFigures
		for i := range t.Figures[:min(len(t.Figures), mostFigures)] {
			s := &t.Figures[i]
			g := figure{Value: s.Value, Worded: s.Worded(), By: export.Giver(s), Naming: string(s.Naming), Published: s.Published, Article: s.Article}
			f, err := of(s.Article)
			if err != nil {
				return nil, err
			}
			if f != nil {
				g.Evidence = f.evidence(s.Claim)
			}
			sum.Figures = append(sum.Figures, g)
		}
		return sum, nil
	}
	// words are those of the first articles that have a party of that name, and
	// for an accusation the same accuser.
	words := func(name, by string, articles []string, in func(*ledger.Incident) []ledger.Party) (all []evidence, err error) {
		if of == nil {
			return nil, nil
		}
		for _, id := range articles {
			if len(all) == mostEvidence {
				break
			}
			f, err := of(id)
			if err != nil {
				return nil, err
			}
			if f == nil {
				continue
			}
			if e := f.said(name, by, in); e != nil {
				all = append(all, *e)
			}
		}
		return all, nil
	}
	parties := func(list []incidents.Claimant, in func(*ledger.Incident) []ledger.Party) (all []party, err error) {
		out.More = out.More || len(list) > mostParties
		for _, c := range list[:min(len(list), mostParties)] {
			p := party{Name: c.Name, Articles: some(c.Articles, mostReports)}
			if p.Evidence, err = words(c.Name, "", c.Articles, in); err != nil {
				return nil, err
			}
			all = append(all, p)
		}
		return all, nil
	}
	var errs [4]error
	out.Killed, errs[0] = sum(n.Killed)
	out.Wounded, errs[1] = sum(n.Wounded)
	out.ClaimedBy, errs[2] = parties(n.ClaimedBy, func(i *ledger.Incident) []ledger.Party { return i.ClaimedBy })
	out.DeniedBy, errs[3] = parties(n.DeniedBy, func(i *ledger.Incident) []ledger.Party { return i.DeniedBy })
	if err := cmp.Or(errs[:]...); err != nil {
		return nil, err
	}
	out.More = out.More || len(n.BlamedOn) > mostParties
	for i := range n.BlamedOn[:min(len(n.BlamedOn), mostParties)] {
		b := &n.BlamedOn[i]
		a := accusation{Accused: b.Name, By: export.Accuser(b), Articles: some(b.Articles, mostReports)}
		var err error
		if a.Evidence, err = words(b.Name, b.By, b.Articles, func(i *ledger.Incident) []ledger.Party { return i.BlamedOn }); err != nil {
			return nil, err
		}
		out.BlamedOn = append(out.BlamedOn, a)
	}
	if of != nil {
		out.Mentioned = some(n.Mentioned, mostReports)
		for _, set := range n.SameOrigin[:min(len(n.SameOrigin), mostReports)] {
			out.Origins = append(out.Origins, some(set, mostReports))
		}
	}
	return out, nil
}

// said are the words by which an article says that somebody has a part in one of
// its incidents; by, unless it is empty, is who says so.
func (f *former) said(name, by string, in func(*ledger.Incident) []ledger.Party) *evidence {
	for i := range f.Ledger.Incidents {
		list := in(&f.Ledger.Incidents[i])
		at := slices.IndexFunc(list, func(p ledger.Party) bool {
			if !strings.EqualFold(f.name(&p), name) {
				return false
			}
			c := f.Claim(p.Claim)
			if e := f.Entity(p.By); e != nil {
				return by == "" || strings.EqualFold(e.Name, by)
			}
			return by == "" || c != nil && strings.EqualFold(f.Speaker(c), by)
		})
		if at >= 0 {
			if e := f.evidence(list[at].Claim); e != nil {
				return e
			}
		}
	}
	return nil
}

// checkOf is a match in a ledger.
func checkOf(m *ledger.Match) check {
	r := &m.Review
	return check{Claim: m.Claim, URL: r.URL, Publisher: r.Publisher, Published: r.Published, ClaimReviewed: r.ClaimReviewed, Rating: r.Rating,
		Level: m.Level, Probability: m.Score, InCommon: m.Same}
}

// matchOf is a match of a text with a published fact-check.
func matchOf(m *facts.Match) check {
	r := m.Review
	c := check{URL: r.URL, Publisher: r.Publisher, Published: r.Published, ClaimReviewed: r.Claim, Claimant: r.Claimant, Rating: r.Rating,
		Level: ledger.MatchLevel(m.Level), Probability: float64(int(m.Score*10000+0.5)) / 10000}
	for _, s := range m.Same {
		c.InCommon = append(c.InCommon, ledger.Same{Kind: string(s.Kind), Text: s.Text})
	}
	return c
}

// speaker is a name on whose word claims stand.
type speaker struct {
	Name     string `json:"name"`
	Kind     string `json:"kind,omitempty"`
	Claims   int    `json:"claims"`
	Articles int    `json:"articles"`
	First    string `json:"first,omitempty" jsonschema:"the earliest day of publication"`
	Last     string `json:"last,omitempty" jsonschema:"the latest"`
}

func speakerOf(s *store.Speaker) speaker {
	return speaker{s.Name, string(s.Kind), s.Claims, s.Articles, s.First, s.Last}
}

// counted is a number with a noun.
func counted(n int, one string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %ss", n, one)
}

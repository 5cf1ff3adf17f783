package mcp

import (
	"cmp"
	"context"
	"errors"
	"net/url"
	"slices"
	"strings"
	"time"

	sdk "github.com/modelcontextprotocol/go-sdk/mcp"

	"hearsay/article"
	"hearsay/corpus/incidents"
	"hearsay/ledger"
	"hearsay/store"
)

// instructions are what an assistant is told before it calls anything.
const instructions = `Hearsay says what news texts assert and on whose word. It never says whether anything is true, and neither should you on its account.

- Each claim has an "attribution": keep it with the words when you pass them on. A claim with voice "article" is the article's own; cite the article for it.
- Words under blamed_on are accusations. Say who makes them ("by"), and never state them as fact. claimed_by is who says that they did it themselves; denied_by who denies it.
- Certainty and polarity are those of the wording, not of the world.
- Figures differ by who gives them. Name the giver and the day; "best" is the choice of a fixed rule and no finding.
- support.origins counts copies of one story once. Many articles of one origin are one source.
- A fact-check that is matched is its publisher's; repeat the rating as theirs, with its address. "related" is not about the same claim.
- Quotations are exact. To cite one, give the article's title, address and day, and its claim id or its characters from start to end (Unicode code points of the article's text).`

const readText = "read_text" // the one tool that asks anybody outside

// The orders of what is listed.
const (
	inText    = "text"
	byWorth   = "checkworthiness"
	newest    = "newest"
	relevance = "relevance"
)

func (s *Server) addTools() {
	tool(s, &sdk.Tool{Name: readText, Title: "Read a text", InputSchema: inputOf[readInput](inText, byWorth),
		Description: "Read a news text, given itself or by its address on the web, and say who says what in it: each claim with its exact words, on whose word it stands, how certain its wording is and whether it is the article's own voice; incidents with figures, claimants and accusations; published fact-checks of its claims. English only. Nothing is kept."},
		readTime, s.read)
	tool(s, &sdk.Tool{Name: "get_article", Title: "Get an article", InputSchema: inputOf[articleInput](inText, byWorth),
		Description: "Get an article of the store by its id: the same as read_text gives of a text."},
		askTime, s.article)
	tool(s, &sdk.Tool{Name: "search_claims", Title: "Search claims", InputSchema: inputOf[claimsInput](newest, relevance),
		Description: "Find claims in the articles of the store by their words, or list them without a query, selected by who says them, how they are worded, what they are about and when; the article added last first."},
		askTime, s.claims)
	tool(s, &sdk.Tool{Name: "search_articles", Title: "Search articles", InputSchema: inputOf[articlesInput](newest, relevance),
		Description: "Find articles in the store by the words of their title and text; the one added last first."},
		askTime, s.articles)
	tool(s, &sdk.Tool{Name: "list_speakers", Title: "List speakers", InputSchema: inputOf[speakersInput](),
		Description: "List those on whose word the store's claims stand, the one with the most claims first. A speaker is a name: two people of one name are one."},
		askTime, s.speakers)
	tool(s, &sdk.Tool{Name: "search_incidents", Title: "Search incidents", InputSchema: inputOf[incidentsInput](),
		Description: "List incidents that the store's articles tell of, the one that happened last first, in short; get_incident has all of one."},
		askTime, s.incidents)
	tool(s, &sdk.Tool{Name: "get_incident", Title: "Get an incident", InputSchema: inputOf[incidentInput](),
		Description: "Get what all articles of the store tell of one incident: every figure of killed and wounded with who gives it, who claims it, who is accused and by whom, who denies it, on how many independent origins that stands, with the words and where they are."},
		askTime, s.incident)
	tool(s, &sdk.Tool{Name: "match_claim", Title: "Match a claim with fact-checks", InputSchema: inputOf[matchInput](),
		Description: "Find published fact-checks, of those imported into the store, that are about a claim: likely the same claim, or related to it, each with its publisher's rating as its publisher's word."},
		askTime, s.match)
}

// amount is how many of something are wanted: n of at most most, or usual.
func amount(n, usual, most int) int { return min(cmp.Or(n, usual), most) }

// How many of each are listed where a call does not say, and at most.
const (
	usualClaims, mostClaims       = 60, 200
	usualFound, mostFound         = 20, 100
	usualIncidents, mostIncidents = 20, 50
	usualMatches, mostMatches     = 5, 20
)

type readInput struct {
	Text      string `json:"text,omitempty" jsonschema:"the text; either this or url"`
	URL       string `json:"url,omitempty" jsonschema:"the address of an article on the public web, http or https"`
	Title     string `json:"title,omitempty" jsonschema:"the article's title, where text is given and has none in it"`
	Published string `json:"published,omitempty" jsonschema:"the day of publication, 2006-01-02, where the text does not say it: days such as \"on Tuesday\" are reckoned from it"`
	Force     bool   `json:"force,omitempty" jsonschema:"read a text that is not in English as if it were"`
	page
}

// page says which claims of one text are wanted.
type page struct {
	Order string `json:"order,omitempty" jsonschema:"text: in the order of the text, the default; checkworthiness: first what deserves checking most"`
	Limit int    `json:"limit,omitempty" jsonschema:"how many claims to list: 60 unless given, 200 at most"`
	Skip  int    `json:"skip,omitempty" jsonschema:"how many claims to pass over: what next was in the answer before"`
}

// reading is what a text says and on whose word.
type reading struct {
	Article    head        `json:"article"`
	Language   string      `json:"language,omitempty"`
	Characters int         `json:"characters" jsonschema:"the length of the text that the offsets refer to, in Unicode code points"`
	Claims     int         `json:"claims" jsonschema:"how many claims the text has"`
	Attributed int         `json:"attributed" jsonschema:"how many of them are on somebody's word; the others are the article's own"`
	Listed     []claim     `json:"listed"`
	Next       int         `json:"next,omitempty" jsonschema:"there are more claims: call again with this as skip"`
	Speakers   []speaking  `json:"speakers,omitempty" jsonschema:"who speaks in the text, the most heard first"`
	Incidents  []happening `json:"incidents,omitempty"`
	FactChecks []check     `json:"fact_checks,omitempty" jsonschema:"published fact-checks that are or may be about its claims"`
	More       bool        `json:"more,omitempty" jsonschema:"there are more speakers, incidents or fact-checks than are listed"`
}

// speaking is somebody who speaks in a text.
type speaking struct {
	Name    string   `json:"name"`
	Type    string   `json:"type" jsonschema:"person, organization, place or other"`
	Roles   []string `json:"roles,omitempty" jsonschema:"titles and roles as the text gives them"`
	Aliases []string `json:"aliases,omitempty"`
	Claims  int      `json:"claims" jsonschema:"how many claims stand on their word"`
}

func (s *Server) read(ctx context.Context, in readInput) (*reading, error) {
	if (in.Text == "") == (in.URL == "") {
		return nil, problemf("Give either text or url.")
	}
	if len(in.Text) > maxText {
		return nil, problemf("%s", tooLong)
	}
	if _, err := time.Parse(time.DateOnly, in.Published); err != nil && in.Published != "" {
		return nil, problemf("published is to be a day such as 2024-03-27.")
	}
	getter := s.Getter
	if in.Force {
		getter = s.Forced
	}
	var a article.Article
	var err error
	if in.URL != "" {
		// An address on the web, and so never a file of this machine.
		u, bad := url.Parse(in.URL)
		if bad != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
			return nil, problemf("url is to be an address such as https://example.org/news/1.html.")
		}
		a, err = getter.Get(ctx, in.URL)
	} else {
		a, err = getter.Accept("this text", article.Article{Text: in.Text})
	}
	if err != nil {
		return nil, err
	}
	if len(a.Text) > maxText {
		return nil, problemf("%s", tooLong)
	}
	a.Title, a.Published = cmp.Or(a.Title, in.Title), cmp.Or(a.Published, in.Published)
	l, err := s.Read(ctx, cmp.Or(in.URL, "this text"), &a)
	if err != nil {
		return nil, err
	}
	return readingOf("", l, in.page)
}

type articleInput struct {
	ID string `json:"id" jsonschema:"the article's id, as the other tools give it"`
	page
}

func (s *Server) article(ctx context.Context, in articleInput) (*reading, error) {
	_, l, err := s.Store.Article(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	return readingOf(in.ID, l, in.page)
}

// readingOf makes the answer of a ledger; id is empty for a text that is not kept.
func readingOf(id string, l *ledger.Ledger, p page) (*reading, error) {
	left := mostWords
	f := formerOf(id, l, &left)
	r := &reading{Article: f.head(), Language: l.Document.Language, Characters: f.runes.Count(), Claims: len(l.Claims), Listed: []claim{}}
	order := make([]*ledger.Claim, len(l.Claims))
	heard := map[string]int{}
	for i := range l.Claims {
		c := &l.Claims[i]
		order[i] = c
		if c.Attributed() {
			r.Attributed++
		}
		if c.Source != nil {
			heard[c.Source.Speaker]++
		}
	}
	if p.Order == byWorth {
		slices.SortStableFunc(order, func(a, b *ledger.Claim) int { return cmp.Compare(b.Checkworthiness, a.Checkworthiness) })
	}
	// Half of the words are for incidents, whose figures repeat those of claims.
	at := min(p.Skip, len(order))
	for _, c := range order[at:] {
		if len(r.Listed) == amount(p.Limit, usualClaims, mostClaims) || left < mostWords/2 {
			r.Next = at
			break
		}
		r.Listed = append(r.Listed, f.claim(c))
		at++
	}
	for i := range l.Entities {
		e := &l.Entities[i]
		if n := heard[e.ID]; n > 0 {
			r.Speakers = append(r.Speakers, speaking{e.Name, string(e.Type), e.Roles, e.Aliases, n})
		}
	}
	slices.SortStableFunc(r.Speakers, func(a, b speaking) int { return cmp.Compare(b.Claims, a.Claims) })
	r.Speakers, r.More = upTo(mostInText, r.Speakers, r.More)
	list, more := upTo(mostInText, l.Incidents, r.More)
	r.More = more
	for i := range list {
		r.Incidents = append(r.Incidents, f.happening(&list[i]))
	}
	matches, more := upTo(mostInText, l.Matches, r.More)
	r.More = more
	for i := range matches {
		r.FactChecks = append(r.FactChecks, checkOf(&matches[i]))
	}
	return r, nil
}

// upTo cuts a list, and says whether that, or what was cut before, left something out.
func upTo[T any](most int, list []T, before bool) ([]T, bool) {
	return list[:min(len(list), most)], before || len(list) > most
}

// about selects claims and incidents by what claims say.
type about struct {
	Speaker   string   `json:"speaker,omitempty" jsonschema:"on the word of somebody with these words in their name, their role, or the words that the text names them by"`
	Naming    string   `json:"naming,omitempty" jsonschema:"with a source that is named, unnamed (\"officials\") or none (\"reportedly\")"`
	Certainty string   `json:"certainty,omitempty" jsonschema:"worded as certain, probable or possible, or leaving it open (unknown)"`
	Polarity  string   `json:"polarity,omitempty" jsonschema:"denied: saying that it is not so"`
	ScoreLow  *float64 `json:"score_low,omitempty" jsonschema:"with a certainty score from here, -3 (certainly not so) to 3 (certainly so)"`
	ScoreHigh *float64 `json:"score_high,omitempty" jsonschema:"with a certainty score up to here"`
	Place     string   `json:"place,omitempty" jsonschema:"about a place with these words in its name"`
	Country   string   `json:"country,omitempty" jsonschema:"about a place in this country, two letters in capitals (ISO 3166-1)"`
	Type      string   `json:"type,omitempty" jsonschema:"about an incident of this type"`
	Article   string   `json:"article,omitempty" jsonschema:"of the article with this id"`

	PublishedSince string `json:"published_since,omitempty" jsonschema:"of articles published on this day, 2006-01-02, or later"`
	PublishedUntil string `json:"published_until,omitempty" jsonschema:"of articles published on this day or earlier"`
	HappenedSince  string `json:"happened_since,omitempty" jsonschema:"about what happened on this day or later, whenever it was told of"`
	HappenedUntil  string `json:"happened_until,omitempty" jsonschema:"about what happened on this day or earlier"`
}

// filter makes of what is asked for what a store is asked for, one more than limit
// so that it is known whether there is more.
func (a *about) filter(limit int) (store.Filter, error) {
	f := store.Filter{Since: a.PublishedSince, Until: a.PublishedUntil, HappenedSince: a.HappenedSince, HappenedUntil: a.HappenedUntil,
		Article: a.Article, Place: a.Place, Country: a.Country, Speaker: a.Speaker, Naming: ledger.Naming(a.Naming), Level: ledger.Level(a.Certainty),
		Polarity: ledger.Polarity(a.Polarity), Type: ledger.IncidentType(a.Type), Limit: limit + 1}
	if a.ScoreLow != nil || a.ScoreHigh != nil {
		f.Score = &store.Interval{Low: -3, High: 3}
		if a.ScoreLow != nil {
			f.Score.Low = *a.ScoreLow
		}
		if a.ScoreHigh != nil {
			f.Score.High = *a.ScoreHigh
		}
		if !(-3 <= f.Score.Low && f.Score.Low <= f.Score.High && f.Score.High <= 3) {
			return f, problemf("score_low and score_high lie between -3 and 3, the low one first.")
		}
	}
	return f, nil
}

type claimsInput struct {
	Query string `json:"query,omitempty" jsonschema:"words; \"a phrase\"; wor* for words that begin so; OR; -word for what is not to be there; brackets"`
	Order string `json:"order,omitempty" jsonschema:"newest, the default: what was added last first; relevance: first what matches the query best of the newest found"`
	about
	Limit int   `json:"limit,omitempty" jsonschema:"how many to list: 20 unless given, 100 at most"`
	After int64 `json:"after,omitempty" jsonschema:"what next was in the answer before, for the claims after those; with the order newest only"`
}

// claimsFound are claims of several articles.
type claimsFound struct {
	Claims []claim `json:"claims"`
	More   bool    `json:"more,omitempty" jsonschema:"there are more"`
	Next   int64   `json:"next,omitempty" jsonschema:"to be given as after for those"`
}

func (s *Server) claims(ctx context.Context, in claimsInput) (*claimsFound, error) {
	limit := amount(in.Limit, usualFound, mostFound)
	f, err := in.filter(limit)
	if err != nil {
		return nil, err
	}
	f.Before = in.After
	if in.Order == relevance {
		f.Order, f.Before = store.Relevance, 0
	}
	list, more, err := store.First(limit, s.Store.Claims(ctx, in.Query, f))
	if err != nil {
		return nil, err
	}
	left := mostWords
	shelf := s.shelf(ctx, &left)
	out := &claimsFound{Claims: []claim{}, More: more}
	for _, c := range list {
		if left <= 0 {
			out.More = true
			break
		}
		l, err := shelf(c.Article)
		if errors.Is(err, store.ErrNotFound) {
			continue // removed in the meantime
		}
		if err != nil {
			return nil, err
		}
		in := l.Claim(c.ID)
		if in == nil {
			continue // of another version, which came in the meantime
		}
		found, at := l.claim(in), l.head()
		found.Article = &at
		out.Claims = append(out.Claims, found)
		out.Next = c.Number
	}
	if !out.More || f.Order == store.Relevance {
		out.Next = 0
	}
	return out, nil
}

// shelf gives the forms of articles, each got once, for one answer.
func (s *Server) shelf(ctx context.Context, left *int) func(id string) (*former, error) {
	known := map[string]*former{}
	return func(id string) (*former, error) {
		if f, ok := known[id]; ok {
			return f, nil
		}
		_, l, err := s.Store.Article(ctx, id)
		if err != nil {
			return nil, err
		}
		known[id] = formerOf(id, l, left)
		return known[id], nil
	}
}

type articlesInput struct {
	Query          string `json:"query" jsonschema:"words; \"a phrase\"; wor* for words that begin so; OR; -word for what is not to be there; brackets"`
	Order          string `json:"order,omitempty" jsonschema:"newest, the default, or relevance"`
	PublishedSince string `json:"published_since,omitempty" jsonschema:"published on this day, 2006-01-02, or later"`
	PublishedUntil string `json:"published_until,omitempty" jsonschema:"published on this day or earlier"`
	Limit          int    `json:"limit,omitempty" jsonschema:"how many to list: 20 unless given, 100 at most"`
	After          int64  `json:"after,omitempty" jsonschema:"what next was in the answer before, for the articles after those; with the order newest only"`
}

// articlesFound are articles whose texts have the words.
type articlesFound struct {
	Articles []hit `json:"articles"`
	More     bool  `json:"more,omitempty" jsonschema:"there are more"`
	Next     int64 `json:"next,omitempty" jsonschema:"to be given as after for those"`
}

type hit struct {
	Article head   `json:"article"`
	Snippet string `json:"snippet" jsonschema:"words of the article around a match, without who says them: get_article says that"`
}

func (s *Server) articles(ctx context.Context, in articlesInput) (*articlesFound, error) {
	limit := amount(in.Limit, usualFound, mostFound)
	f := store.Filter{Since: in.PublishedSince, Until: in.PublishedUntil, Before: in.After, Limit: limit + 1}
	if in.Order == relevance {
		f.Order, f.Before = store.Relevance, 0
	}
	list, more, err := store.First(limit, s.Store.Texts(ctx, in.Query, f))
	if err != nil {
		return nil, err
	}
	out := &articlesFound{Articles: []hit{}, More: more}
	for _, h := range list {
		out.Articles = append(out.Articles, hit{head{ID: h.Article, URL: h.URL, Title: h.Title, Published: h.Published}, h.Snippet})
		out.Next = h.Number
	}
	if !more || f.Order == store.Relevance {
		out.Next = 0
	}
	return out, nil
}

type speakersInput struct {
	about
	Limit int `json:"limit,omitempty" jsonschema:"how many to list: 20 unless given, 100 at most"`
}

// speakersFound are those who are heard.
type speakersFound struct {
	Speakers []speaker `json:"speakers"`
	More     bool      `json:"more,omitempty" jsonschema:"there are more"`
}

func (s *Server) speakers(ctx context.Context, in speakersInput) (*speakersFound, error) {
	limit := amount(in.Limit, usualFound, mostFound)
	f, err := in.filter(limit)
	if err != nil {
		return nil, err
	}
	list, more, err := store.First(limit, s.Store.Speakers(ctx, f))
	if err != nil {
		return nil, err
	}
	out := &speakersFound{Speakers: []speaker{}, More: more}
	for _, p := range list {
		out.Speakers = append(out.Speakers, speakerOf(p))
	}
	return out, nil
}

type incidentsInput struct {
	about
	MinArticles int `json:"min_articles,omitempty" jsonschema:"that at least so many articles report"`
	MinOrigins  int `json:"min_origins,omitempty" jsonschema:"whose reports have at least so many independent origins"`
	Limit       int `json:"limit,omitempty" jsonschema:"how many to list: 20 unless given, 50 at most; for others give days"`
}

// incidentsFound are incidents in short.
type incidentsFound struct {
	Incidents []happening `json:"incidents"`
	More      bool        `json:"more,omitempty" jsonschema:"there are more: give days, places or types to find them"`
}

func (s *Server) incidents(ctx context.Context, in incidentsInput) (*incidentsFound, error) {
	limit := amount(in.Limit, usualIncidents, mostIncidents)
	f, err := in.filter(limit)
	if err != nil {
		return nil, err
	}
	list, more, err := store.First(limit, s.Store.Incidents(ctx, store.IncidentFilter{Filter: f, Articles: in.MinArticles, Origins: in.MinOrigins}))
	if err != nil {
		return nil, err
	}
	out := &incidentsFound{Incidents: []happening{}, More: more}
	for _, n := range list {
		h, err := gathered(n, nil)
		if err != nil {
			return nil, err
		}
		out.Incidents = append(out.Incidents, *h)
	}
	return out, nil
}

type incidentInput struct {
	ID string `json:"id" jsonschema:"the incident's id, as search_incidents gives it"`
}

// account is what articles tell of one incident.
type account struct {
	Incident happening `json:"incident"`
	Articles []head    `json:"articles" jsonschema:"the articles that report it, by day of publication"`
}

func (s *Server) incident(ctx context.Context, in incidentInput) (*account, error) {
	if _, err := incidents.ParseID(in.ID); err != nil {
		return nil, store.ErrNotFound
	}
	n, err := s.Store.Incident(ctx, in.ID)
	if err != nil {
		return nil, err
	}
	left := mostWords
	shelf := s.shelf(ctx, &left)
	out := &account{Articles: []head{}}
	listed := map[string]bool{}
	more := len(n.Articles) > mostReports
	for _, id := range n.Articles[:min(len(n.Articles), mostReports)] {
		l, err := shelf(id)
		if errors.Is(err, store.ErrNotFound) {
			continue // removed in the meantime
		}
		if err != nil {
			return nil, err
		}
		listed[id] = true
		out.Articles = append(out.Articles, l.head())
	}
	h, err := gathered(n, func(id string) (*former, error) {
		if !listed[id] && len(listed) >= 2*mostReports {
			return nil, nil
		}
		l, err := shelf(id)
		if errors.Is(err, store.ErrNotFound) {
			return nil, nil
		}
		listed[id] = err == nil
		return l, err
	})
	if err != nil {
		return nil, err
	}
	h.More = h.More || more
	out.Incident = *h
	return out, nil
}

type matchInput struct {
	Text  string `json:"text" jsonschema:"the claim, in a sentence or two, with the name of who is said to have said it"`
	Limit int    `json:"limit,omitempty" jsonschema:"how many to list: 5 unless given, 20 at most"`
}

// matches are published fact-checks that are, or may be, about a claim.
type matches struct {
	FactChecks []check `json:"fact_checks" jsonschema:"the likeliest first; none does not mean that nobody checked it"`
}

func (s *Server) match(ctx context.Context, in matchInput) (*matches, error) {
	if strings.TrimSpace(in.Text) == "" {
		return nil, problemf("Give the claim as text.")
	}
	if len(in.Text) > maxClaim {
		return nil, problemf("A claim may have %d bytes; read_text compares all claims of a longer text.", maxClaim)
	}
	out := &matches{FactChecks: []check{}}
	if s.Match == nil {
		return out, nil
	}
	found, err := s.Match(ctx, in.Text, amount(in.Limit, usualMatches, mostMatches))
	if err != nil {
		return nil, err
	}
	for i := range found {
		if found[i].Level != "" { // what is only the best of what there is says nothing
			out.FactChecks = append(out.FactChecks, matchOf(&found[i]))
		}
	}
	return out, nil
}

// maxClaim is how many bytes a claim may have that is to be matched.
const maxClaim = 8 << 10

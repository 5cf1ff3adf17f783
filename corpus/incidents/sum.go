package incidents

import (
	"cmp"
	"fmt"
	"math"
	"slices"
	"strconv"

	"hearsay/ledger"
	"hearsay/text/edtf"
)

// Incident is what several articles tell of one incident, in the form of the
// contract's `hearsay incidents`. What none of them tells is left out.
type Incident struct {
	ID        string              `json:"id"` // of its first record
	Type      ledger.IncidentType `json:"type"`
	Date      string              `json:"date,omitempty"` // EDTF
	Place     *Where              `json:"place,omitempty"`
	Articles  []string            `json:"articles"`               // those that report it, by day of publication
	Mentioned []string            `json:"mentioned_in,omitempty"` // those that mention it in passing
	Killed    *Toll               `json:"killed,omitempty"`
	Wounded   *Toll               `json:"wounded,omitempty"`
	ClaimedBy []Claimant          `json:"claimed_by,omitempty"`
	BlamedOn  []Accusation        `json:"blamed_on,omitempty"` // who is said to have done it, each with who says so
	DeniedBy  []Claimant          `json:"denied_by,omitempty"`
	Support   Support             `json:"support"`
	// SameOrigin are the sets of articles that count as one origin each: copies of one
	// story, and stories that do no more than relay one and the same speaker.
	SameOrigin [][]string `json:"same_origin,omitempty"`
	Corrected  bool       `json:"corrected,omitempty"` // put together by hand
}

// Where is where an incident took place.
type Where struct {
	Name     string  `json:"name"`
	Lat      float64 `json:"lat,omitempty"` // WGS 84 degrees; 0, 0 is unknown
	Lon      float64 `json:"lon,omitempty"`
	Country  string  `json:"country,omitempty"`  // ISO 3166-1 alpha-2
	Region   string  `json:"region,omitempty"`   // ISO 3166-2
	GeoNames int     `json:"geonames,omitempty"` // the id in GeoNames
}

// Toll is how many people were killed, or wounded, by the rule in docs/incidents.md, with all figures given.
type Toll struct {
	Low      int         `json:"low"`
	Best     int         `json:"best"`
	High     int         `json:"high"`
	Figures  []Statement `json:"figures"`             // by day of publication
	Movement []Moment    `json:"over_time,omitempty"` // what the rule gave after each day that changed it
}

// Statement is one figure with who gives it.
type Statement struct {
	Value       int               `json:"value"`
	Low         *int              `json:"low,omitempty"`
	High        *int              `json:"high,omitempty"`
	Approximate bool              `json:"approximate,omitempty"`
	Part        bool              `json:"part,omitempty"` // the article counts others too: "two more", "two men and three women"
	Article     string            `json:"article"`
	Claim       string            `json:"claim,omitempty"`
	Speaker     string            `json:"speaker,omitempty"` // empty for the article itself
	Naming      ledger.Naming     `json:"naming,omitempty"`
	Kind        ledger.SourceKind `json:"kind,omitempty"`
	Published   string            `json:"published,omitempty"`
}

// Worded is the figure as it is worded: "at least 9".
func (f *Statement) Worded() string {
	s := strconv.Itoa(f.Value)
	switch {
	case f.Part:
		return s + ", a part"
	case f.Low != nil && f.High != nil && *f.Low != *f.High:
		return fmt.Sprintf("%d to %d", *f.Low, *f.High)
	case f.Low != nil && f.High == nil:
		return "at least " + strconv.Itoa(*f.Low)
	case f.High != nil && f.Low == nil:
		return "at most " + strconv.Itoa(*f.High)
	case f.Approximate:
		return "about " + s
	}
	return s
}

// Moment is what was known of a figure after some day.
type Moment struct {
	Published string `json:"published"`
	Low       int    `json:"low"`
	Best      int    `json:"best"`
	High      int    `json:"high"`
}

// Claimant is who claims the deed, or denies it, and the articles that say so.
type Claimant struct {
	Name     string   `json:"name"`
	Articles []string `json:"articles"`
}

// Accusation is on whom the deed is blamed, by whom, and the articles that say so.
type Accusation struct {
	Name     string   `json:"name"`
	By       string   `json:"by,omitempty"` // who says so, "two officials" too; empty for the articles themselves, and where they name nobody: "reportedly"
	Articles []string `json:"articles"`
}

// Support is on how many feet an account stands.
type Support struct {
	Articles int `json:"articles"` // that report it
	Origins  int `json:"origins"`  // of them, copies counted once, and what relays one and the same named speaker only
	Speakers int `json:"speakers"` // different speakers with a name who assert it
}

// Sum sums up what the records of one incident tell. They are in the order of Order, at
// least one. Origin gives the original of an article that is a copy, and the article's
// own id for any other; nil stands for no copies.
func Sum(members []Kept, origin func(article string) string) *Incident {
	if origin == nil {
		origin = func(article string) string { return article }
	}
	n := &Incident{ID: members[0].ID.String(), Articles: []string{}}
	var main []Kept
	var t Tally
	listed := map[string]bool{}
	for _, k := range members {
		t.Add(k)
		n.Corrected = n.Corrected || k.Pin != 0
		if !k.Main {
			continue
		}
		main = append(main, k)
		if !listed[k.Article] {
			listed[k.Article] = true
			n.Articles = append(n.Articles, k.Article)
		}
	}
	for _, k := range members {
		if !listed[k.Article] {
			listed[k.Article] = true
			n.Mentioned = append(n.Mentioned, k.Article)
		}
	}
	if len(main) == 0 {
		main = members
	}
	origin = independent(main, origin)
	n.Type = t.Type()
	n.Date = t.Date()
	if p := t.Place(); p.Name != "" {
		n.Place = &Where{p.Name, p.Lat, p.Lon, p.Country, p.Region, p.GeoNames}
	}
	n.Killed = toll(main, func(r *Record) *Count { return r.Killed }, origin)
	n.Wounded = toll(main, func(r *Record) *Count { return r.Wounded }, origin)
	n.ClaimedBy = claimants(members, func(r *Record) []Party { return r.ClaimedBy })
	n.DeniedBy = claimants(members, func(r *Record) []Party { return r.DeniedBy })
	n.BlamedOn = accusations(members)
	n.Support = support(main, origin)
	if n.Support.Articles = len(n.Articles); n.Support.Articles == 0 {
		n.Support.Origins = 0 // nobody reports it
	}
	n.SameOrigin = together(main, n.Articles, origin)
	return n
}

// together returns those articles that share an origin, in sets of two and more.
func together(records []Kept, articles []string, origin func(string) string) (sets [][]string) {
	counts := map[string]bool{} // the articles that tell of it: the others have no origin
	for _, k := range records {
		counts[k.Article] = counts[k.Article] || k.Tells()
	}
	at := map[string]int{}
	for _, id := range articles {
		if !counts[id] {
			continue
		}
		from := origin(id)
		i, ok := at[from]
		if !ok {
			i = len(sets)
			at[from], sets = i, append(sets, nil)
		}
		sets[i] = append(sets[i], id)
	}
	return slices.DeleteFunc(sets, func(s []string) bool { return len(s) < 2 })
}

// claimants are those whom records list, each under the name that comes first, with the articles that say so.
func claimants(records []Kept, of func(*Record) []Party) (list []Claimant) {
	at := map[string]int{}
	for _, k := range records {
		for _, p := range of(k.Record) {
			i, ok := at[fold(p.Name)]
			if !ok {
				i = len(list)
				at[fold(p.Name)] = i
				list = append(list, Claimant{Name: p.Name})
			}
			list[i].Articles = with(list[i].Articles, k.Article)
		}
	}
	return list
}

// accusations are those on whom the deed is blamed, apart for each who blames them.
func accusations(records []Kept) (list []Accusation) {
	at := map[[2]string]int{}
	for _, k := range records {
		for _, p := range k.BlamedOn {
			key := [2]string{fold(p.Name), fold(p.By)}
			i, ok := at[key]
			if !ok {
				i = len(list)
				at[key] = i
				list = append(list, Accusation{Name: p.Name, By: p.By})
			}
			list[i].Articles = with(list[i].Articles, k.Article)
		}
	}
	return list
}

// with appends an article to those of the records before it, once.
func with(list []string, article string) []string {
	if n := len(list); n > 0 && list[n-1] == article {
		return list
	}
	return append(list, article)
}

// toll sums up the counts of killed, or wounded, by the rule in docs/incidents.md.
func toll(records []Kept, of func(*Record) *Count, origin func(string) string) *Toll {
	t := &Toll{Figures: []Statement{}}
	var told []account
	for _, k := range records {
		c := of(k.Record)
		if c == nil {
			continue
		}
		told = append(told, account{c, k.Published, origin(k.Article)})
		for _, f := range c.Figures {
			s := Statement{Value: f.Value, Approximate: f.Approximate, Article: k.Article, Claim: f.Claim, Speaker: f.Speaker.Name,
				Naming: f.Speaker.Naming, Kind: f.Speaker.Kind, Published: k.Published}
			s.Part = f.Value < c.Low || f.Value > c.High
			if f.Low >= 0 {
				s.Low = &f.Low
			}
			if f.High >= 0 {
				s.High = &f.High
			}
			t.Figures = append(t.Figures, s)
		}
	}
	if len(told) == 0 {
		return nil
	}
	slices.SortStableFunc(told, func(a, b account) int { return cmp.Compare(dayOf(a.published), dayOf(b.published)) })
	told = firsthand(told)
	var v verdict
	for i, a := range told {
		v.hear(a)
		if i+1 < len(told) && dayOf(told[i+1].published) == dayOf(a.published) {
			continue
		}
		m := Moment{Published: a.published, Low: v.low, Best: v.best(), High: v.high}
		t.Low, t.Best, t.High = m.Low, m.Best, m.High
		if n := len(t.Movement); m.Published != "" && (n == 0 || t.Movement[n-1].Best != m.Best || t.Movement[n-1].Low != m.Low || t.Movement[n-1].High != m.High) {
			t.Movement = append(t.Movement, m)
		}
	}
	return t
}

// account is what one article says of a toll.
type account struct {
	*Count
	published string
	origin    string
}

// firsthand leaves out what copies say that their originals said before them: a wire's count
// of Monday is no new one in Wednesday's paper.
func firsthand(told []account) []account {
	type count struct {
		origin string
		best   int
	}
	seen := make(map[count]bool, len(told))
	return slices.DeleteFunc(told, func(a account) bool {
		c := count{a.origin, a.Best}
		repeated := seen[c]
		seen[c] = true
		return repeated
	})
}

// dayOf puts what has no day after all that has.
func dayOf(published string) int32 {
	if d := edtf.Parse(published); d.Known {
		return d.First
	}
	return math.MaxInt32
}

// verdict is what the rule makes of what was told so far, in the order of the days.
type verdict struct {
	low, high               int
	any, credible, official origins
	heard                   bool
	officialDay             int32 // the last on which somebody counted officially
}

func (v *verdict) hear(a account) {
	if !v.heard {
		v.low, v.high, v.heard = a.Low, a.High, true
	}
	v.low, v.high = min(v.low, a.Low), max(v.high, a.High)
	v.any.add(a)
	if a.credible() {
		v.credible.add(a)
	}
	if a.Official {
		if day := dayOf(a.published); day != v.officialDay {
			v.official, v.officialDay = origins{}, day
		}
		v.official.add(a)
	}
}

// best is the latest official number; else the one of most independent origins, of several the
// lowest, where what nobody in particular says counts only if there is no other.
func (v *verdict) best() int {
	switch {
	case v.official.most > 0:
		return v.official.best
	case v.credible.most > 0:
		return v.credible.best
	}
	return v.any.best
}

// credible reports whether somebody stands for the number, if only the article.
func (a *account) credible() bool {
	given := false
	for _, f := range a.Figures {
		if f.Value == a.Best {
			if f.Speaker.Naming != ledger.NamingNone {
				return true
			}
			given = true
		}
	}
	return !given
}

// origins are those of each number, and which number has most of them.
type origins struct {
	of         map[given]bool
	count      map[int]int
	best, most int
}

// given is a number that an origin gives.
type given struct {
	number int
	origin string
}

func (v *origins) add(a account) {
	if v.of == nil {
		v.of, v.count = make(map[given]bool), make(map[int]int)
	}
	if x := (given{a.Best, a.origin}); !v.of[x] {
		v.of[x] = true
		v.count[a.Best]++
	}
	if n := v.count[a.Best]; n > v.most || n == v.most && a.Best < v.best {
		v.best, v.most = a.Best, n
	}
}

// support counts origins and speakers of the records.
func support(records []Kept, origin func(string) string) Support {
	origins, speakers := map[string]bool{}, map[string]bool{}
	for _, k := range records {
		if !k.Tells() {
			continue
		}
		origins[origin(k.Article)] = true
		for _, s := range k.Speakers {
			if s.Naming == ledger.NamingNamed {
				speakers[fold(s.Name)] = true
			}
		}
	}
	return Support{Origins: len(origins), Speakers: len(speakers)}
}

// independent makes of the originals of copies the origins of an account: where an original and all its
// copies do no more than relay one named speaker, that speaker is the origin, and so of others who do.
func independent(records []Kept, original func(string) string) (origin func(article string) string) {
	relayed := map[string]string{} // of each original; empty where there is more to it than one speaker
	for _, k := range records {
		if !k.Tells() {
			continue
		}
		speaker := ""
		if !k.Own && len(k.Speakers) == 1 && k.Speakers[0].Naming == ledger.NamingNamed {
			speaker = fold(k.Speakers[0].Name)
		}
		from := original(k.Article)
		if was, ok := relayed[from]; ok && was != speaker {
			speaker = ""
		}
		relayed[from] = speaker
	}
	return func(article string) string {
		from := original(article)
		if speaker := relayed[from]; speaker != "" {
			return "\x00" + speaker // no article has such an id
		}
		return from
	}
}

package correction

import (
	"time"

	"hearsay/ledger"
)

// Example is what was corrected of one text, to be learned from: its JSON is a
// line of hearsay corrections export. Claims of the text that are not in it were not
// looked at, or were left as they are: which of the two is not known.
type Example struct {
	Document struct {
		ID        string `json:"id,omitempty"`
		Title     string `json:"title,omitempty"`
		Published string `json:"published,omitempty"`
		Language  string `json:"language,omitempty"`
		Text      string `json:"text"` // what every Start and End counts code points of
	} `json:"document"`
	Claims []ExampleClaim `json:"claims"`
}

// ExampleClaim is one claim, as it was read and as corrected.
type ExampleClaim struct {
	Read        *Reading `json:"read"`      // nil for one that was missed
	Corrected   *Reading `json:"corrected"` // nil for what is no claim
	Corrections []Deed   `json:"corrections"`
}

// Deed is who corrected what of a claim, and when.
type Deed struct {
	Number int       `json:"number"`
	Kind   Kind      `json:"kind"`
	Who    string    `json:"who"`
	Made   time.Time `json:"made"`
}

// ExampleOf makes an example of a text of the ledger that was read and what was corrected
// of it, and reports whether anything was that stands and fits. That a claim was checked is no matter of how it is read.
func ExampleOf(asRead *ledger.Ledger, list []Correction) (*Example, bool) {
	a := newApplier(asRead, list)
	a.run()
	e := new(Example)
	d := &asRead.Document
	e.Document.ID, e.Document.Title, e.Document.Published, e.Document.Language, e.Document.Text = d.ID, d.Title, d.Published, d.Language, d.Text
	read := newApplier(asRead, nil)
	at := make(map[string]int)
	for i := range list {
		c, o := &list[i], &a.outcomes[i]
		if o.State != Applied && o.State != Replaced || c.Kind == Checked {
			continue
		}
		n, ok := at[o.Claim]
		if !ok {
			n = len(e.Claims)
			at[o.Claim] = n
			e.Claims = append(e.Claims, ExampleClaim{})
			if was := read.byID(o.Claim); was != nil {
				e.Claims[n].Read = read.before(Removed, was)
			}
			if now := a.byID(o.Claim); now != nil {
				e.Claims[n].Corrected = a.before(Removed, now)
			}
		}
		e.Claims[n].Corrections = append(e.Claims[n].Corrections, Deed{c.Number, c.Kind, c.Who, c.Made})
	}
	return e, len(e.Claims) > 0
}

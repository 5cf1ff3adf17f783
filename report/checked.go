package report

import (
	"strings"

	"hearsay/ledger"
)

// checked is a published fact-check with the claims that it is, or may be, about.
type checked struct {
	*ledger.Match       // the surest of them
	claims        []int // that are matched as likely as that one, in the order of the text
	related       []int // that are only related where others are likely
}

// checks are the published fact-checks: those that are likely to be about a
// claim of the text first, else in the order of the claims.
func (o *outline) checks() []checked {
	var list []checked
	at := make(map[ledger.Review]int)
	for _, level := range []ledger.MatchLevel{ledger.MatchLikely, ledger.MatchRelated} {
		for i := range o.Matches {
			m := &o.Matches[i]
			claim := o.claim(m.Claim)
			if m.Level != level || claim < 0 {
				continue
			}
			k, ok := at[m.Review]
			if !ok {
				k = len(list)
				at[m.Review] = k
				list = append(list, checked{Match: m})
			}
			if m.Level == list[k].Level && m.Score > list[k].Score {
				list[k].Match = m
			}
			if list[k].Level == level {
				list[k].claims = append(list[k].claims, claim)
			} else {
				list[k].related = append(list[k].related, claim)
			}
		}
	}
	return list
}

// publication says who published a check and when, as far as is known.
func publication(r *ledger.Review) string {
	var parts []string
	if r.Publisher != "" {
		parts = append(parts, r.Publisher)
	}
	if r.Published != "" {
		parts = append(parts, inWords(r.Published))
	}
	return strings.Join(parts, ", ")
}

// inCommon says what a claim and a check have in common.
func inCommon(same []ledger.Same) string {
	var parts []string
	for _, s := range same {
		if s.Kind == "word" {
			parts = append(parts, "“"+s.Text+"”")
		} else {
			parts = append(parts, "the "+s.Kind+" “"+s.Text+"”")
		}
	}
	return strings.Join(parts, ", ")
}

package reading

import (
	"cmp"
	"slices"
	"strings"

	"hearsay/ledger"
	"hearsay/reading/entities"
	"hearsay/text"
)

func sourceKind(k entities.Kind) ledger.SourceKind {
	switch k {
	case entities.Person:
		return ledger.KindPerson
	case entities.Organization:
		return ledger.KindOrganization
	case entities.Government, entities.Place:
		return ledger.KindGovernment // "Washington confirmed"
	case entities.Media:
		return ledger.KindMedia
	case entities.Group:
		return ledger.KindGroup
	case entities.Document:
		return ledger.KindDocument
	}
	return ""
}

// entities enters those that have a name, and of the others those that speak
// more than once or are identified by what they are: "Valdria's health
// ministry". One who is heard once and has no name is no one to be counted.
func (r *Reader) entities(l *ledger.Ledger, cast *entities.Cast) {
	n := len(cast.Entities)
	r.wanted = append(r.wanted[:0], make([]int32, n)...)
	for k := range r.judged {
		if j := &r.judged[k]; j.speaker >= 0 {
			if j.Naming == ledger.NamingNamed {
				r.wanted[j.speaker] = 1
			}
			if j.literal >= 0 && j.literal == j.speaker && cast.Entities[j.literal].Spoken > 1 && !cast.Entities[j.literal].Plural {
				r.wanted[j.literal] = 1
			}
		}
	}
	for e := range cast.Entities {
		x := &cast.Entities[e]
		if x.Count > 0 && (x.Named && x.Kind != entities.Unknown || x.Spoken > 1 && !x.Plural && x.Kind != entities.Unknown) {
			r.wanted[e] = 1
		}
		if x.Count == 0 {
			r.wanted[e] = 0
		}
	}
	// Numbered by their first mention: wanted becomes the number in l plus one.
	for i := range cast.Mentions {
		m := &cast.Mentions[i]
		if m.Entity < 0 || r.wanted[m.Entity] == 0 {
			continue
		}
		if r.wanted[m.Entity] == 1 {
			x := &cast.Entities[m.Entity]
			l.Entities = append(l.Entities, ledger.Entity{ID: id('e', len(l.Entities)), Type: entityType(x), Name: r.name(x),
				Mentions: make([]ledger.Mention, 0, x.Count)})
			r.wanted[m.Entity] = int32(len(l.Entities)) + 1
		}
		e := &l.Entities[r.wanted[m.Entity]-2]
		span := r.span(m.Range)
		if n := len(e.Mentions); n > 0 && e.Mentions[n-1].Span == span {
			continue
		}
		e.Mentions = append(e.Mentions, ledger.Mention{Span: span, Pronoun: m.Form != entities.Name})
		if m.Form == entities.Name {
			e.Aliases = include(e.Aliases, clean(r.doc.Words(m.Range)), e.Name)
		}
	}
	for i := range cast.Roles {
		x := &cast.Roles[i]
		if r.wanted[x.Entity] >= 2 && !x.Plain {
			e := &l.Entities[r.wanted[x.Entity]-2]
			e.Roles = include(e.Roles, clean(r.doc.Words(x.Range)), e.Name)
		}
	}
	for i := range l.Entities {
		slices.SortStableFunc(l.Entities[i].Mentions, func(a, b ledger.Mention) int { return cmp.Compare(a.Start, b.Start) })
	}
}

// mostForms bounds the aliases and the roles of one entity.
const mostForms = 20

// include adds s to the list unless it is there or is the name itself.
func include(list []string, s, name string) []string {
	if s == name || len(list) >= mostForms || slices.Contains(list, s) {
		return list
	}
	return append(list, s)
}

func (r *Reader) name(x *entities.Entity) string {
	n := x.Name
	if !x.Named {
		for n.Len() > 1 {
			if t := r.doc.Tokens[n.First].Tag; t != text.DT && t != text.PDT {
				break
			}
			n.First++
		}
	}
	return clean(r.doc.Words(n))
}

// clean puts one space where the text has any white space, and drops
// quotation marks of which s has only one of a pair.
func clean(s string) string {
	if strings.Count(s, "“") != strings.Count(s, "”") {
		if bare := strings.NewReplacer("“", "", "”", "").Replace(s); strings.TrimSpace(bare) != "" {
			s = bare
		}
	}
	if !strings.ContainsAny(s, "\n\t\r\u00a0") && !strings.Contains(s, "  ") {
		return s
	}
	return strings.Join(strings.Fields(s), " ")
}

func entityType(x *entities.Entity) ledger.EntityType {
	switch {
	case x.Plural:
		return ledger.TypeOther
	case x.Kind == entities.Person:
		return ledger.TypePerson
	case x.Kind == entities.Place:
		return ledger.TypePlace
	case x.Kind.Body():
		return ledger.TypeOrganization
	}
	return ledger.TypeOther
}

func (r *Reader) entity(l *ledger.Ledger, e int32) string {
	if e < 0 || r.wanted[e] < 2 {
		return ""
	}
	return l.Entities[r.wanted[e]-2].ID
}

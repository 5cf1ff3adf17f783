package reading

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/reading/attribution"
	"hearsay/reading/entities"
	"hearsay/reading/prospects"
	"hearsay/reading/sources"
	"hearsay/reading/voice"
	"hearsay/text"
)

// judged is one attribution with what the readers say of it.
type judged struct {
	sources.Judgement
	channel text.Range
	manner  ledger.Manner
	literal int32 // entity, -1 for none
	speaker int32
}

// judge weighs the source, channel and manner of every relation. What the text
// as a whole says of a speaker goes before the source's own words.
func (r *Reader) judge(relations []attribution.Relation, cast *entities.Cast) {
	r.judged = r.judged[:0]
	for k := range relations {
		rel := &relations[k]
		j := judged{Judgement: sources.Judge(&r.doc, &r.tree, rel.Source), literal: -1, speaker: -1}
		if sources.Impersonal(&r.doc, &r.tree, rel.Source, rel.Cue) {
			j.Judgement = sources.Judgement{Naming: ledger.NamingNone}
		}
		first := int32(0)
		if s := r.tree.Sentence(rel.Cue.First); s >= 0 {
			first = r.doc.Sentences[s].First
		}
		j.channel = sources.Channel(&r.doc, first, rel.Source, rel.Cue, rel.Content)
		j.manner = sources.Manner(&r.doc, rel.Cue, rel.Content)
		if j.Naming != ledger.NamingNone && !j.Several {
			s := cast.Speakers[k]
			j.literal, j.speaker = s.Literal, s.Entity
		}
		if j.speaker >= 0 {
			e := &cast.Entities[j.speaker]
			if kind := sourceKind(e.Kind); kind != "" && !j.Many {
				j.Kind = kind
			}
			switch {
			case j.Many:
				// "Republicans", "US officials": nobody in particular.
			case e.Named:
				j.Naming = ledger.NamingNamed
			}
		}
		r.judged = append(r.judged, j)
	}
}

// mark notes for every token what parts of attributions it is in.
func (r *Reader) mark(relations []attribution.Relation) {
	n := len(r.doc.Tokens)
	if cap(r.marks) < n {
		r.marks = make([]voice.Mark, n, n+n/4)
	}
	r.marks = r.marks[:n]
	clear(r.marks)
	set := func(x text.Range, m voice.Mark) {
		for i := x.First; i < x.End; i++ {
			r.marks[i] |= m
		}
	}
	for k := range relations {
		set(relations[k].Source, voice.Source)
		set(relations[k].Cue, voice.Cue)
		set(r.judged[k].channel, voice.Channel)
		for _, c := range relations[k].Content {
			set(c, voice.Content)
		}
	}
}

// assemble makes the ledger of what the readers found.
func (r *Reader) assemble(a *article.Article, relations []attribution.Relation, cast *entities.Cast, own []voice.Claim, ahead []prospects.Prospect) *ledger.Ledger {
	l := &ledger.Ledger{
		Hearsay: ledger.Version,
		Document: ledger.Document{ID: a.ID, URL: a.URL, Title: a.Title, Byline: slices.Clone(a.Byline), Site: a.Site,
			Published: a.Published, Language: a.Language, Text: a.Text},
	}
	l.Sentences = make([]ledger.Sentence, len(r.doc.Sentences))
	for i, s := range r.doc.Sentences {
		l.Sentences[i] = ledger.Sentence{ID: id('s', i), Span: r.span(text.Range{First: s.First, End: s.End})}
	}
	r.entities(l, cast)
	r.claims(l, relations, own, ahead)
	return l
}

// lookAhead finds what the claims tell of as in prospect only. The claims are
// numbered as by claims: the attributions, then those of the text's own voice.
func (r *Reader) lookAhead(relations []attribution.Relation, own []voice.Claim) []prospects.Prospect {
	r.prospects.Begin(len(r.doc.Tokens))
	for k := range relations {
		r.prospects.Add(relations[k].Content)
	}
	for _, c := range own {
		r.prospects.Add(c.Content)
	}
	return r.prospects.Read(&r.doc, &r.tree)
}

// claims enters the attributed claims, those of the text's own voice, and what
// either tells of as in prospect, in the order in which their contents begin.
func (r *Reader) claims(l *ledger.Ledger, relations []attribution.Relation, own []voice.Claim, ahead []prospects.Prospect) {
	r.order = r.order[:0]
	enter := func(number int, content []text.Range, relation, within int32) {
		if c := r.content(content); len(c) > 0 {
			r.order = append(r.order, entry{content: c, number: int32(number), relation: relation, within: within})
		}
	}
	for k := range relations {
		enter(k, relations[k].Content, int32(k), relations[k].Within)
	}
	for k, c := range own {
		enter(len(relations)+k, c.Content, -1, -1)
	}
	for k, p := range ahead {
		enter(len(relations)+len(own)+k, []text.Range{p.Content}, -1, p.Claim)
	}
	if len(r.order) == 0 {
		r.whole()
	}
	slices.SortStableFunc(r.order, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.content[0].Start, b.content[0].Start), cmp.Compare(b.end(), a.end()))
	})
	r.claimOf = append(r.claimOf[:0], make([]int32, len(relations)+len(own)+len(ahead))...)
	l.Claims = make([]ledger.Claim, len(r.order))
	for i, o := range r.order {
		if o.number >= 0 {
			r.claimOf[o.number] = int32(i) + 1
		}
	}
	for i, o := range r.order {
		c := &l.Claims[i]
		c.ID = id('c', i)
		c.Content = o.content
		c.Sentence = l.Sentences[r.sentenceAt(l, o.content[0].Start)].ID
		if at := r.around(i); at >= 0 {
			c.Within = l.Claims[at].ID
			if o.relation < 0 && l.Claims[at].Source != nil {
				// What is in prospect stands on the same word as the claim around it.
				source := *l.Claims[at].Source
				c.Source, c.Manner = &source, l.Claims[at].Manner
				if source.Naming == ledger.NamingNone {
					c.Cue = l.Claims[at].Cue // nothing else says that it is on somebody's word
				}
				if c.Manner == ledger.MannerMixed {
					c.Manner = sources.Manner(&r.doc, text.Range{}, []text.Range{ahead[int(o.number)-len(relations)-len(own)].Content})
				}
			}
		}
		if o.relation < 0 {
			continue
		}
		rel, j := &relations[o.relation], &r.judged[o.relation]
		c.Source = &ledger.Source{Kind: j.Kind, Naming: j.Naming}
		if j.Naming != ledger.NamingNone {
			c.Source.Span = r.span(rel.Source)
			c.Source.Entity = r.entity(l, j.literal)
			c.Source.Speaker = r.entity(l, j.speaker)
		}
		c.Cue = r.piece(rel.Cue)
		c.Channel = r.piece(j.channel)
		c.Manner = j.manner
	}
}

// around is the claim in which the i-th of r.order stands, -1 for none: it must
// come before it and reach as far.
func (r *Reader) around(i int) int {
	o := &r.order[i]
	if o.within < 0 || int(o.within) >= len(r.claimOf) {
		return -1
	}
	at := int(r.claimOf[o.within]) - 1
	if at < 0 || at >= i || r.order[at].content[0].Start > o.content[0].Start || o.end() > r.order[at].end() {
		return -1
	}
	return at
}

// An entry is one claim on its way to its place.
type entry struct {
	content  []ledger.Piece
	number   int32 // among all claims, before they are put in order; -1 for that of whole
	relation int32 // the attribution that makes it, -1 for none
	within   int32 // the number of the claim around it, -1 for none
}

func (e entry) end() int { return e.content[len(e.content)-1].End }

// whole makes a claim of the first sentence that has words and asks nothing:
// a text that says something has a claim, even where no tree shows it.
func (r *Reader) whole() {
	for _, s := range r.doc.Sentences {
		words := r.doc.Words(text.Range{First: s.First, End: s.End})
		if strings.ContainsFunc(words, unicode.IsLetter) && !strings.ContainsAny(words, "?？؟") {
			r.order = append(r.order, entry{content: r.content([]text.Range{{First: s.First, End: s.End}}), number: -1, relation: -1, within: -1})
			return
		}
	}
}

// content makes pieces of ranges: in order, none empty, none overlapping.
func (r *Reader) content(ranges []text.Range) []ledger.Piece {
	out := make([]ledger.Piece, 0, len(ranges))
	end := int32(0)
	for _, x := range ranges {
		if x.First = max(x.First, end); x.Empty() {
			continue
		}
		end = x.End
		out = append(out, ledger.Piece{Span: r.span(x)})
	}
	return out
}

func (r *Reader) piece(x text.Range) *ledger.Piece {
	if x.Empty() {
		return nil
	}
	return &ledger.Piece{Span: r.span(x)}
}

func (r *Reader) span(x text.Range) ledger.Span {
	if x.Empty() {
		return ledger.Span{}
	}
	return ledger.Span{Start: int(r.doc.Tokens[x.First].Start), End: int(r.doc.Tokens[x.End-1].End)}
}

// sentenceAt is the index of the sentence in which the byte stands.
func (r *Reader) sentenceAt(l *ledger.Ledger, at int) int {
	i, found := slices.BinarySearchFunc(l.Sentences, at, func(s ledger.Sentence, at int) int { return cmp.Compare(s.Start, at) })
	if !found {
		i--
	}
	return max(i, 0)
}

// id is the name of the i-th thing of a kind, counted from 0.
func id(kind byte, i int) string {
	var b [12]byte
	b[0] = kind
	return string(strconv.AppendInt(b[:1], int64(i)+1, 10))
}

package report

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/rivo/uniseg"

	"hearsay/ledger"
)

const (
	defaultWidth = 80
	narrowest    = 40  // a narrower terminal wraps the lines itself
	widest       = 100 // longer lines are hard to read
)

// textWriter writes ledgers for a terminal: what was read, the profile of its
// sources, and the claims by speaker.
type textWriter struct {
	w       io.Writer
	rank    *Ranking
	page    page // its memory is reused
	ledgers int
}

func newTextWriter(w io.Writer, opt Options) *textWriter {
	width := opt.Width
	if width <= 0 {
		width = defaultWidth
	}
	return &textWriter{w: w, rank: opt.Rank, page: page{width: min(max(width, narrowest), widest), color: opt.Color}}
}

func (t *textWriter) Write(l *ledger.Ledger) error {
	if err := l.CheckSpans(); err != nil {
		return err
	}
	p := &t.page
	p.buf = p.buf[:0]
	if t.ledgers > 0 {
		p.blank()
		p.lines([]run{{faint, p.rule("=", "═", p.width)}})
		p.blank()
	}
	t.ledgers++
	r := textReport{page: p, outline: newOutline(l), rank: t.rank}
	sections := []func(){r.head, r.profile, r.heard, r.happened, r.checked, r.persuasion, r.timeline, r.cast, r.speakers, r.nobody, r.own}
	if t.rank != nil {
		sections = []func(){r.head, r.profile, r.ranked, r.checked, r.persuasion, r.heard, r.happened, r.timeline, r.cast}
	}
	for _, section := range sections {
		section()
	}
	_, err := t.w.Write(p.buf)
	return err
}

func (t *textWriter) Fail(ledger.Failure) error { return nil }

// Close says once what the report is not.
func (t *textWriter) Close() error {
	if t.ledgers == 0 {
		return nil
	}
	p := &t.page
	p.buf = p.buf[:0]
	p.blank()
	p.lines(nil, run{faint, "This is what the text says and on whose word. Whether a claim is true is not judged here."})
	_, err := t.w.Write(p.buf)
	return err
}

// textReport is one ledger on its way to a page.
type textReport struct {
	*page
	*outline
	rank *Ranking
}

func (r textReport) head() {
	d := &r.Document
	r.lines(nil, run{strong, r.title()})
	about := r.origin()
	if d.Language != "" && d.Language != "en" {
		about = append(about, "language "+d.Language)
	}
	if len(about) > 0 {
		r.lines(nil, run{faint, strings.Join(about, r.sign(" | ", " · "))})
	}
	if d.URL != "" {
		r.lines(nil, run{faint, d.URL})
	}
}

func (r textReport) profile() {
	r.heading("What the claims stand on", claims(len(r.Claims)))
	if len(r.Claims) == 0 {
		r.lines(nil, run{regular, "The text makes no claim."})
		return
	}
	for f, n := range r.count {
		share := fmt.Sprintf("%3d%% ", (100*n+len(r.Claims)/2)/len(r.Claims))
		r.bar(n, len(r.Claims), footingColors[f], share, run{regular, footingNames[f]})
	}
}

// mostHeard is how many of those who are heard the overview names.
const mostHeard = 8

func (r textReport) heard() {
	if len(r.voices) == 0 {
		return
	}
	r.heading("Who is heard", "")
	for i, v := range r.voices {
		if i == mostHeard {
			r.lines([]run{{regular, strings.Repeat(" ", countWidth+1)}}, run{faint, fmt.Sprintf("and %s more, below", strconv.Itoa(len(r.voices)-i))})
			break
		}
		about := []run{{regular, v.name}}
		if s := v.about(); s != "" {
			about = append(about, run{faint, ", " + s})
		}
		color := footingColors[onUnnamed]
		if v.named {
			color = footingColors[onNamed]
		}
		r.bar(len(v.claims), len(r.voices[0].claims), color, "", about...)
	}
}

// about says in a few words who v is.
func (v *voice) about() string {
	about := v.role()
	if v.named {
		return about
	}
	if about != "" {
		about += ", "
	}
	return about + "not named"
}

// happened lists the incidents with what is said of each, and by whom.
func (r textReport) happened() {
	if len(r.Incidents) == 0 {
		return
	}
	r.heading("What is said to have happened", count(len(r.Incidents), "incident", "incidents"))
	for i := range r.Incidents {
		r.incident(&r.Incidents[i])
	}
}

// checked lists the published fact-checks.
func (r textReport) checked() {
	list := r.checks()
	if len(list) == 0 {
		return
	}
	r.heading("Published fact-checks of like claims", "what they found is their publishers' word")
	for _, k := range list {
		line := []run{{strong, string(k.Level)}, {regular, ": " + k.Review.ClaimReviewed}}
		for _, c := range k.claims {
			line = append(line, r.at(c)...)
		}
		for j, c := range k.related {
			if j == 0 {
				line = append(line, run{faint, ", related to"})
			}
			line = append(line, r.at(c)...)
		}
		r.lines([]run{{regular, "  "}}, line...)
		about := publication(&k.Review)
		if k.Review.Rating != "" {
			if about != "" {
				about += ": "
			}
			about += "rated " + r.quote(k.Review.Rating)
		}
		if about != "" {
			r.lines([]run{{regular, "      "}}, run{regular, about})
		}
		r.lines([]run{{regular, "      "}}, run{faint, k.Review.URL})
		if same := inCommon(k.Same); same != "" {
			r.lines([]run{{regular, "      "}}, run{faint, "in common: " + strings.NewReplacer("“", r.sign(`"`, "“"), "”", r.sign(`"`, "”")).Replace(same)})
		}
	}
}

// persuasion lists the techniques with where the text uses each.
func (r textReport) persuasion() {
	if len(r.passages) == 0 {
		return
	}
	r.heading("How the wording works", count(len(r.passages), "passage", "passages"))
	r.lines([]run{{regular, "  "}}, run{faint, wordingMeans})
	for _, t := range r.techniques() {
		line := []run{{strong, t.passages[0].name()}}
		if s := t.label.Explanation(); s != "" {
			line = append(line, run{regular, ": " + s})
		}
		r.lines([]run{{regular, "  "}}, line...)
		for _, p := range t.passages {
			words, cut := opening(r.Quote(p.Span), mostOfPassage)
			if cut {
				words += r.sign(" ...", " …")
			}
			id := p.label + strings.Repeat(" ", max(4-len(p.label), 1))
			whose := strings.ReplaceAll(r.whose(p), "’", r.sign("'", "’"))
			line := []run{{regular, r.quote(words)}, {faint, ", " + whose}}
			if p.score > 0 {
				line = append(line, run{faint, ", " + scored(p.score)})
			}
			r.lines([]run{{faint, "      " + id}}, append(line, r.at(p.claim)...)...)
		}
	}
}

// mostOfPassage is how many bytes of one are repeated in the list of techniques.
const mostOfPassage = 160

func (r textReport) incident(n *ledger.Incident) {
	id := label(n.ID)
	id += strings.Repeat(" ", max(4-width(id), 1))
	line := []run{{strong, string(n.Type)}}
	for _, s := range r.scene(n) {
		line = append(line, run{regular, ", " + s})
	}
	r.lines([]run{{faint, "  " + id}}, line...)
	for _, t := range r.tolls(n) {
		r.field(t.name, []run{{strong, t.sum}})
		for _, g := range t.given {
			r.field("", append([]run{{regular, r.quote(g.words) + ", says " + g.by}}, r.at(g.claim)...))
		}
	}
	for _, p := range r.taken(n) {
		var runs []run
		for j, t := range p.takes {
			if j > 0 {
				runs = append(runs, run{regular, "; "})
			}
			runs = append(runs, run{regular, t.name})
			if t.by != "" {
				runs = append(runs, run{faint, ", according to " + t.by})
			}
			runs = append(runs, r.at(t.claim)...)
		}
		r.field(p.name, runs)
	}
	if means := r.means(n); len(means) > 0 {
		r.field("means", r.quoted(means))
	}
	r.field("told as", r.quoted(r.mentioned(n)))
}

// quoted are stretches of the text with the claims that they stand in.
func (r textReport) quoted(list []told) []run {
	var runs []run
	for j, t := range list {
		if j == mostQuoted {
			runs = append(runs, run{faint, fmt.Sprintf(" and %d more", len(list)-j)})
			break
		}
		if j > 0 {
			between := ", "
			if t.about != "" {
				between = "; "
			}
			runs = append(runs, run{regular, between})
		}
		runs = append(append(runs, run{regular, r.quote(t.words)}), r.at(t.claim)...)
		if t.about != "" {
			runs = append(runs, run{faint, ": " + strings.ReplaceAll(t.about, "…", r.sign("...", "…"))})
		}
	}
	return runs
}

// mostQuoted is how many mentions of one thing are shown.
const mostQuoted = 12

// at names the claim that something stands in.
func (r textReport) at(claim int) []run {
	if claim < 0 {
		return nil
	}
	return []run{{faint, " " + label(r.Claims[claim].ID)}}
}

// field shows one thing that is said of an incident.
func (r textReport) field(name string, runs []run) {
	const column = 12
	name += strings.Repeat(" ", max(column-width(name), 1))
	r.lines([]run{{faint, "      " + name}}, runs...)
}

// timeline lists the dates, the earliest first.
func (r textReport) timeline() {
	moments := r.outline.timeline()
	if len(moments) == 0 {
		return
	}
	r.heading("When", count(len(r.Dates), "expression of time", "expressions of time"))
	column := 0
	for _, m := range moments {
		column = max(column, width(inWords(m.value)))
	}
	column = min(column, 24)
	for _, m := range moments {
		value := inWords(m.value)
		value += strings.Repeat(" ", max(column-width(value), 0)+2)
		r.lines([]run{{strong, "  " + value}}, r.quoted(m.mentions)...)
	}
}

// mostKin is how many entities of a type are shown with what is known of them.
const mostKin = 12

// cast lists the people, bodies and places.
func (r textReport) cast() {
	if len(r.Entities) == 0 {
		return
	}
	r.heading("Who and where", "by how often they are mentioned")
	for _, k := range r.kin() {
		r.lines([]run{{regular, "  "}}, run{leaning, k.name})
		var rest []string
		for i, e := range k.entities {
			if i >= mostKin {
				rest = append(rest, e.Name)
				continue
			}
			line := []run{{regular, e.Name}}
			if s := known(e); s != "" {
				line = append(line, run{faint, ", " + s})
			}
			r.lines([]run{{faint, fmt.Sprintf("%*d ", countWidth, len(e.Mentions))}}, line...)
		}
		if len(rest) > 0 {
			r.lines([]run{{regular, strings.Repeat(" ", countWidth+1)}}, run{faint, "and "}, run{regular, strings.Join(rest, ", ")})
		}
	}
}

// ranked lists all claims in the order in which to check them.
func (r textReport) ranked() {
	if len(r.Claims) == 0 {
		return
	}
	r.heading("What to check first", r.rank.how())
	r.lines([]run{{regular, "  "}}, run{faint, worthMeans})
	for _, i := range r.order(r.rank) {
		r.entry(i, 0, true)
	}
}

func (r textReport) speakers() {
	for i := range r.voices {
		v := &r.voices[i]
		about := v.about()
		if about != "" {
			about += ", "
		}
		r.heading(v.name, about+claims(len(v.claims)))
		r.list(v.claims)
	}
}

func (r textReport) nobody() {
	if n := r.count[onNobody]; n > 0 {
		r.heading("On nobody's word in particular", claims(n))
		r.list(r.on(onNobody))
	}
}

func (r textReport) own() {
	if n := r.count[ownVoice]; n > 0 {
		r.heading("In the article's own voice", claims(n))
		r.list(r.on(ownVoice))
	}
}

// heading begins a section.
func (r textReport) heading(name, about string) {
	r.blank()
	if about == "" {
		r.lines(nil, run{strong, name})
	} else {
		r.lines(nil, run{strong, name}, run{faint, " (" + about + ")"})
	}
}

// list shows claims that are inside no other, each with those inside it, and
// says where the others are shown.
func (r textReport) list(claims []int) {
	roots, rest := r.roots(claims)
	for _, i := range roots {
		r.claim(i, 0)
	}
	if len(rest) > 0 {
		ids := make([]string, len(rest))
		for j, i := range rest {
			ids[j] = r.Claims[i].ID + " in " + r.Claims[r.outer[i]].ID
		}
		intro := "Reported by another: "
		if len(roots) > 0 {
			intro = "Also reported by another: "
		}
		r.lines([]run{{regular, "  "}}, run{faint, intro + strings.Join(ids, ", ")})
	}
}

// deepest is how far claims inside claims are indented.
const deepest = 4

// claim shows a claim and, indented under it, those inside it.
func (r textReport) claim(i, depth int) {
	r.entry(i, depth, false)
	for _, inner := range r.inner[i] {
		r.claim(inner, depth+1)
	}
}

// entry shows one claim. Where it stands alone, not among those of its speaker
// or under the claim that it is inside of, it says these too.
func (r textReport) entry(i, depth int, alone bool) {
	c := &r.Claims[i]
	indent := strings.Repeat(" ", 2+4*min(depth, deepest))
	id := label(c.ID)
	id += strings.Repeat(" ", max(4-width(id), 1))
	if worth := r.worth(&c.Worth); alone && len(worth) > 0 {
		r.lines([]run{{faint, indent + id}}, worth...)
		id = strings.Repeat(" ", width(id))
	}
	f := footingOf(c)
	line := []run{{footingColors[f], glance[f]}}
	if c.Manner != "" {
		line = append(line, run{regular, ", " + string(c.Manner)})
	}
	certainty := sure(c)
	for _, s := range certainty {
		line = append(line, run{regular, ", "}, run{strong, s})
	}
	for j, p := range r.attribution(c) {
		switch {
		case j == 0:
			line = append(line, run{regular, ": "})
		case p.apart:
			line = append(line, run{faint, r.sign(" ... ", " … ")})
		default:
			line = append(line, run{regular, " "})
		}
		if p.is == isCue {
			line = append(line, run{leaning, r.sign("*", "") + p.words + r.sign("*", "")})
		} else {
			line = append(line, run{regular, p.words})
		}
	}
	if v := r.voice[i]; (depth > 0 || alone) && v >= 0 && fold(r.voices[v].name) != fold(whole(r.words(&c.Source.Piece))) {
		line = append(line, run{faint, " (" + r.voices[v].name + ")"})
	}
	if outer := r.outer[i]; alone && outer >= 0 {
		line = append(line, run{faint, ", inside " + label(r.Claims[outer].ID)})
	}
	if f != ownVoice || depth > 0 || alone || len(certainty) > 0 {
		r.lines([]run{{faint, indent + id}}, line...)
		id = strings.Repeat(" ", width(id))
	}
	content := r.worked(i)
	if !alone && c.Checkworthiness >= deserves {
		content = append(content, run{faint, " [" + scored(c.Checkworthiness)})
		if s := why(&c.Worth, ", "); s != "" {
			content = append(content, run{faint, " " + s})
		}
		content = append(content, run{faint, "]"})
	}
	r.lines([]run{{faint, indent + id}}, content...)
}

// worth is how far something deserves checking, and why.
func (r textReport) worth(w *ledger.Worth) []run {
	var line []run
	if w.Checkworthiness > 0 {
		line = append(line, run{strong, scored(w.Checkworthiness)})
	}
	if s := why(w, r.sign(", ", " · ")); s != "" {
		line = append(line, run{regular, " " + s})
	}
	return line
}

// worked is what claim i claims, with the passages in it underlined, and each
// with the number it has in the list of techniques.
func (r textReport) worked(i int) []run {
	c := &r.Claims[i]
	if r.worded == nil || len(r.worded[i]) == 0 {
		return []run{{regular, r.content(c, r.sign(" [...] ", " […] "))}}
	}
	var line []run
	rest := r.worded[i]
	for j, piece := range c.Content {
		if j > 0 {
			line = append(line, run{regular, r.sign(" [...] ", " […] ")})
		}
		var open []int // passages, the one that begins last at the end
		at := piece.Start
		for {
			for len(rest) > 0 && r.passages[rest[0]].shown.Start <= at && at < piece.End {
				if p := &r.passages[rest[0]]; p.shown.Start == at && p.shown.End > at && len(open) < most {
					line = append(line, run{worked, r.sign("_", "")})
					open = append(open, rest[0])
				}
				rest = rest[1:]
			}
			to := piece.End
			if len(rest) > 0 {
				to = min(to, r.passages[rest[0]].shown.Start)
			}
			style := regular
			for _, k := range open {
				to, style = min(to, r.passages[k].shown.End), worked
			}
			line = append(line, run{style, r.Document.Text[at:to]})
			at = to
			for k := len(open) - 1; k >= 0; k-- {
				if p := &r.passages[open[k]]; p.shown.End <= at {
					line = append(line, run{worked, r.sign("_", "")}, run{faint, "[" + p.label + "]"})
					open = append(open[:k], open[k+1:]...)
				}
			}
			if at >= piece.End {
				break
			}
		}
	}
	return line
}

// label is an id as it is shown beside a claim. Ids are short; one that is not
// leaves room for the claim.
func label(id string) string {
	const most = 12
	id = clean(strings.Join(strings.Fields(id), " "))
	if width(id) <= most {
		return id
	}
	short, rest, state := "", id, -1
	for {
		cluster, after, w, next := uniseg.FirstGraphemeClusterInString(rest, state)
		if width(short)+w > most-1 {
			return short + "~"
		}
		short, rest, state = short+cluster, after, next
	}
}

// glance is the word before each claim that says what it stands on.
var glance = [footings]string{"named", "unnamed", "nobody named", "own voice"}

// footingColors are told apart in the dark and on white; the words beside them
// say the same.
var footingColors = [footings]style{"36", "33", "35", "34"}

const (
	countWidth = 5
	longestBar = 20
)

// bar draws how many of a whole: a number, a bar, its share if wanted, and what it is.
func (r textReport) bar(n, whole int, s style, share string, about ...run) {
	most := min(longestBar, r.width/4)
	length := n * most / whole
	if n > 0 {
		length = max(length, 1)
	}
	r.lines([]run{
		{regular, fmt.Sprintf("%*d ", countWidth, n)},
		{s, r.rule("#", "█", length)},
		{faint, strings.Repeat(" ", most-length+1) + share},
	}, about...)
}

// quote puts words of the text in quotation marks.
func (p *page) quote(words string) string {
	return p.sign(`"`, "“") + words + p.sign(`"`, "”")
}

// sign is an ASCII sign, or its better form where the terminal can show it.
func (p *page) sign(ascii, better string) string {
	if p.color {
		return better
	}
	return ascii
}

func (p *page) rule(ascii, better string, n int) string {
	return strings.Repeat(p.sign(ascii, better), n)
}

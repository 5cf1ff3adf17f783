// Package reading turns an article into its ledger. It is the one place that
// knows which reader runs when: the text is divided, tagged and parsed, the
// attributions are found in it, then who speaks in them and what the text says
// in its own voice, and all of it is put into the ledger's order.
package reading

import (
	"cmp"
	"fmt"
	"sync"
	"time"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/reading/attribution"
	"hearsay/reading/certainty"
	"hearsay/reading/checkworthy"
	"hearsay/reading/dates"
	"hearsay/reading/entities"
	"hearsay/reading/events"
	"hearsay/reading/figures"
	"hearsay/reading/incidents"
	"hearsay/reading/names"
	"hearsay/reading/places"
	"hearsay/reading/places/gazetteer"
	"hearsay/reading/prospects"
	"hearsay/reading/techniques"
	"hearsay/reading/tree"
	"hearsay/reading/voice"
	"hearsay/text"
	"hearsay/text/casing"
	"hearsay/text/parsing"
	"hearsay/text/tagging"
)

// Reader reads articles one after the other and reuses its memory. Each
// goroutine needs its own; the models behind them are shared.
type Reader struct {
	// Techniques is how probable it must be, from 0 to 1, that words are a
	// technique of persuasion for the ledger to list them. Where it is 0, that is
	// left to the reader of techniques; above 1 none is listed.
	Techniques float64

	tagger    *tagging.Model
	parser    *parsing.Model
	extractor *attribution.Model

	doc       text.Doc
	tree      tree.Tree
	parse     parsing.Scratch
	extract   attribution.Scratch
	names     *names.Reader
	cast      entities.Reader
	voice     voice.Reader
	prospects prospects.Reader
	named     []entities.Named
	said      []entities.Said

	places    places.Reader
	dates     dates.Reader
	figures   figures.Reader
	certainty certainty.Reader
	events    events.Reader
	incidents incidents.Reader
	worth     checkworthy.Reader
	told      []incidents.Event
	persuades techniques.Reader

	judged  []judged
	marks   []voice.Mark
	wanted  []int32
	claimOf []int32
	order   []entry

	times [numStages]int64
}

// Stage is the time that one of the readers has taken so far.
type Stage struct {
	Name        string
	Nanoseconds int64
}

const (
	stageSegment = iota
	stageTag
	stageLemmatize
	stageParse
	stageAttribution
	stageNames
	stageEntities
	stageSources
	stageVoice
	stageProspects
	stageAssemble
	stagePlaces
	stageDates
	stageFigures
	stageCertainty
	stageEvents
	stageIncidents
	stageCheckworthy
	stageTechniques
	numStages
)

var stageName = [numStages]string{"segment", "tag", "lemmatize", "parse", "attribution", "names", "entities", "sources", "voice", "prospects", "assemble",
	"places", "dates", "figures", "certainty", "events", "incidents", "checkworthy", "techniques"}

// New makes a Reader. The models are opened on first use in the program, on
// all cores.
func New() (*Reader, error) {
	var (
		r     Reader
		namer *names.Model
	)
	// The largest first. The words' classes and the gazetteer are parts of the
	// tagger of names, which would open them one after the other.
	models := []struct {
		name string
		open func() error
	}{
		{"the attribution model", func() (err error) { r.extractor, err = attribution.Default(); return err }},
		{"the gazetteer", func() error { _, err := gazetteer.Default(); return err }},
		{"the parser", func() (err error) { r.parser, err = parsing.Default(); return err }},
		{"the classes of words", func() error { _, err := names.DefaultClasses(); return err }},
		{"the tagger", func() (err error) { r.tagger, err = tagging.Default(); return err }},
		{"the tagger of names", func() (err error) { namer, err = names.Default(); return err }},
		{"the model of certainty", func() (err error) { r.certainty.Model, err = certainty.Default(); return err }},
		{"the model of check-worthiness", func() (err error) { r.worth.Model, err = checkworthy.Default(); return err }},
		{"the model of techniques", func() (err error) { r.persuades.Model, err = techniques.Default(); return err }},
	}
	var opening sync.WaitGroup
	errs := make([]error, len(models))
	for i, m := range models {
		opening.Go(func() {
			if err := m.open(); err != nil {
				errs[i] = fmt.Errorf("opening %s: %w", m.name, err)
			}
		})
	}
	opening.Wait()
	if err := cmp.Or(errs...); err != nil {
		return nil, err
	}
	r.names = names.NewReader(namer)
	return &r, nil
}

// Read makes the ledger of a. The ledger keeps nothing of the Reader.
func (r *Reader) Read(a *article.Article) (*ledger.Ledger, error) {
	c := clock{r: r, last: time.Now()}
	d := &r.doc
	d.Reset(a.Text)
	d.Segment()
	if casing.Shouted(a.Text) {
		m, err := casing.Default()
		if err != nil {
			return nil, fmt.Errorf("opening the model of case: %w", err)
		}
		// Offsets stay what they are: the readers see other letters, the
		// ledger has the text as it was.
		d.Reset(recapitalize(d, m.Restore(d)))
		d.Segment()
		splitDateline(d)
	}
	c.lap(stageSegment)
	r.tagger.Tag(d)
	c.lap(stageTag)
	d.Lemmatize()
	c.lap(stageLemmatize)
	r.parser.Parse(d, &r.parse)
	c.lap(stageParse)
	relations := r.extractor.Read(d, &r.extract)
	c.lap(stageAttribution)
	return r.compose(a, relations, &c), nil
}

// compose makes the ledger of the parsed text and the attributions in it.
func (r *Reader) compose(a *article.Article, relations []attribution.Relation, c *clock) *ledger.Ledger {
	d, t := &r.doc, &r.tree
	t.Reset(d)
	r.named = r.named[:0]
	for _, n := range r.names.Read(d) {
		r.named = append(r.named, entities.Named{Range: n.Range, Kind: kindOf[n.Type]})
	}
	c.lap(stageNames)
	r.said = r.said[:0]
	for k := range relations {
		x := &relations[k]
		r.said = append(r.said, entities.Said{Source: x.Source, Cue: x.Cue, Content: x.Content})
	}
	cast := r.cast.Read(d, t, r.named, r.said)
	c.lap(stageEntities)
	r.judge(relations, cast)
	c.lap(stageSources)
	r.mark(relations)
	own := r.voice.Read(d, t, r.marks)
	c.lap(stageVoice)
	ahead := r.lookAhead(relations, own)
	c.lap(stageProspects)
	l := r.assemble(a, relations, cast, own, ahead)
	c.lap(stageAssemble)

	// From here on each reader adds to the ledger what it finds, given the
	// text and the ledger so far.
	r.places.Read(d, t, l)
	c.lap(stagePlaces)
	r.dates.Read(d, t, l)
	c.lap(stageDates)
	r.figures.Read(d, t, l)
	c.lap(stageFigures)
	r.certainty.Read(d, t, l)
	c.lap(stageCertainty)
	r.told = r.told[:0]
	for _, e := range r.events.Read(d, t) {
		r.told = append(r.told, incidents.Event(e))
	}
	c.lap(stageEvents)
	r.incidents.Read(d, t, r.told, l)
	c.lap(stageIncidents)
	r.worth.Read(d, t, l)
	c.lap(stageCheckworthy)
	r.persuades.Read(d, t, l, r.Techniques)
	c.lap(stageTechniques)
	return l
}

// kindOf is what an entity of a name's type is, as far as the name tells.
var kindOf = [...]entities.Kind{names.Person: entities.Person, names.Organization: entities.Organization, names.Place: entities.Place,
	names.Misc: entities.Unknown}

// Times says how long each of the readers has taken over all that r has read,
// in the order in which they run.
func (r *Reader) Times() []Stage {
	out := make([]Stage, numStages)
	for i := range out {
		out[i] = Stage{stageName[i], r.times[i]}
	}
	return out
}

// clock adds the time between its laps to a Reader's stages.
type clock struct {
	r    *Reader
	last time.Time
}

func (c *clock) lap(stage int) {
	now := time.Now()
	c.r.times[stage] += now.Sub(c.last).Nanoseconds()
	c.last = now
}

package events

import (
	_ "embed"
	"fmt"
	"math"
	"sync"

	"hearsay/ledger"
	"hearsay/linear"
	"hearsay/packed"
	"hearsay/text"
)

//go:embed weights.bin
var weights []byte

// Default returns the model that is built in. It is opened on first use.
var Default = sync.OnceValues(func() (*Model, error) {
	data, err := packed.Read(weights)
	if err != nil {
		return nil, fmt.Errorf("opening a model of events: %w", err)
	}
	return Open(data)
})

// Model weighs the types that an event may be of by the words around it. It
// does not change: any number of goroutines may use one.
type Model struct{ table *linear.Table }

// Open reads a model: a table of linear.Freeze with a label for each of Types. The
// model keeps data.
func Open(data string) (*Model, error) {
	t, err := linear.Open(data)
	if err != nil {
		return nil, fmt.Errorf("opening a model of events: %w", err)
	}
	if t.Labels() != len(Types) {
		return nil, fmt.Errorf("opening a model of events: %d types instead of %d", t.Labels(), len(Types))
	}
	return &Model{t}, nil
}

// Types are the types of incidents in the order of a model's labels.
var Types = []ledger.IncidentType{
	ledger.ArmedClash, ledger.GovernmentRegains, ledger.NonStateOvertakes, ledger.NonViolentTransfer, ledger.HeadquartersFounded,
	ledger.AirStrike, ledger.Shelling, ledger.RemoteExplosive, ledger.SuicideBomb, ledger.Grenade, ledger.ChemicalWeapon, ledger.Attack,
	ledger.Abduction, ledger.SexualViolence, ledger.MobViolence, ledger.ViolentDemo, ledger.PeacefulProtest, ledger.ProtestIntervention,
	ledger.ForceAgainstProtest, ledger.PropertyDestruction, ledger.Agreement, ledger.Arrests, ledger.ChangeToGroup, ledger.DisruptedWeapons,
	ledger.Diplomacy, ledger.OrganizedCrime, ledger.NaturalDisaster, ledger.ManMadeDisaster, ledger.OtherIncident,
}

// labelOf is the place of a type in Types.
var labelOf = func() map[ledger.IncidentType]uint8 {
	m := map[ledger.IncidentType]uint8{}
	for i, t := range Types {
		m[t] = uint8(i)
	}
	return m
}()

// Label is the place of t in Types.
func Label(t ledger.IncidentType) (label int, ok bool) {
	l, ok := labelOf[t]
	return int(l), ok
}

func set(types ...ledger.IncidentType) (bits uint32) {
	for _, t := range types {
		bits |= 1 << labelOf[t]
	}
	return bits
}

// may are the types that an event of each kind may turn out to be, as bits by
// Label: a word narrows down what happened, those around it say which of that.
var may = func() (m [numKinds]uint32) {
	violence := set(ledger.ArmedClash, ledger.AirStrike, ledger.Shelling, ledger.RemoteExplosive, ledger.SuicideBomb, ledger.Grenade,
		ledger.ChemicalWeapon, ledger.Attack, ledger.SexualViolence, ledger.MobViolence, ledger.ViolentDemo, ledger.ForceAgainstProtest,
		ledger.PropertyDestruction)
	protests := set(ledger.PeacefulProtest, ledger.ViolentDemo, ledger.ProtestIntervention, ledger.ForceAgainstProtest)
	for _, k := range []kind{attack, bombing, shooting, strike, airStrike, shelling, grenade, chemical, suicide} {
		m[k] = violence
	}
	// What goes off is no fight, and neither is a murder unless the rules say
	// who fought whom.
	for _, k := range []kind{attack, bombing, strike, shooting, airStrike, shelling, grenade, chemical, suicide} {
		m[k] &^= set(ledger.ArmedClash)
	}
	m[killing] = violence&^set(ledger.ArmedClash) | set(ledger.ManMadeDisaster, ledger.NaturalDisaster)
	m[blast] = violence&^set(ledger.ArmedClash) | set(ledger.ManMadeDisaster)
	m[attack] |= set(ledger.OrganizedCrime)
	m[clash] = violence | set(ledger.ProtestIntervention, ledger.GovernmentRegains)
	m[abduction] = set(ledger.Abduction, ledger.Arrests)
	m[arrest] = set(ledger.Arrests, ledger.ProtestIntervention, ledger.OrganizedCrime, ledger.ForceAgainstProtest, ledger.DisruptedWeapons)
	m[protest], m[riot] = protests, protests|set(ledger.MobViolence, ledger.PropertyDestruction)
	m[sexual] = set(ledger.SexualViolence)
	m[mob] = set(ledger.MobViolence, ledger.Attack)
	m[looting] = set(ledger.PropertyDestruction, ledger.MobViolence, ledger.ViolentDemo, ledger.AirStrike, ledger.Shelling, ledger.RemoteExplosive,
		ledger.ManMadeDisaster)
	m[seizure] = set(ledger.DisruptedWeapons, ledger.OrganizedCrime, ledger.AirStrike, ledger.PropertyDestruction)
	m[capture] = set(ledger.GovernmentRegains, ledger.NonStateOvertakes, ledger.NonViolentTransfer)
	m[handover] = set(ledger.NonViolentTransfer, ledger.ChangeToGroup)
	m[base] = set(ledger.HeadquartersFounded, ledger.ChangeToGroup)
	m[change] = set(ledger.ChangeToGroup, ledger.HeadquartersFounded, ledger.NonViolentTransfer)
	m[agreement] = set(ledger.Agreement, ledger.Diplomacy, ledger.ChangeToGroup)
	m[diplomacy] = set(ledger.Diplomacy, ledger.Agreement)
	m[crime] = set(ledger.OrganizedCrime)
	m[nature] = set(ledger.NaturalDisaster)
	m[accident] = set(ledger.ManMadeDisaster, ledger.NaturalDisaster)
	for k := range m {
		m[k] |= set(typeOf[k])
	}
	return m
}()

// Candidate is an event with what a model judges it by.
type Candidate struct {
	Event
	Kind     uint8  // what its words tell of by themselves
	May      uint32 // the types it may be of, as bits by Label
	Features []linear.Feature
}

// mayBe are the types that the event at i may turn out to be.
func (r *Reader) mayBe(i int32, k kind, rule uint8, s text.Sentence) uint32 {
	m := may[k] | 1<<rule
	if k == attack || k == strike {
		// Armed men who go for armed men fight.
		if on, near := r.hit(i), r.near(i, s); on&militaryWord != 0 || on == 0 && near&militaryWord != 0 && near&rebelWord != 0 {
			m |= set(ledger.ArmedClash)
		}
	}
	return m
}

// features appends the features of the event at i.
func (r *Reader) features(to []linear.Feature, i int32, m trigger, rule uint8, s text.Sentence) []linear.Feature {
	d := r.d
	k := uint32(m.kind)
	word := key(&d.Tokens[i])
	add := func(template, a, b, c uint32) { to = append(to, linear.Join(template, a, b, c)) }
	add(1, uint32(rule), 0, 0)
	add(2, uint32(rule), word, 0)
	add(3, k, 0, 0)
	add(4, word, 0, 0)
	near := r.near(i, s)
	by, on := r.actors(i), r.hit(i)
	for b := class(1); b != 0 && b < lastClass; b <<= 1 {
		if near&b != 0 {
			add(5, uint32(b), 0, 0)
			add(6, uint32(b), k, 0)
		}
		if by&b != 0 {
			add(7, uint32(b), 0, 0)
		}
		if on&b != 0 {
			add(8, uint32(b), 0, 0)
		}
	}
	for j := max(s.First, i-nearby); j < min(s.End, i+nearby); j++ {
		if t := &d.Tokens[j]; j != i && content(t) {
			add(9, key(t), 0, 0)
		}
	}
	n := 0
	for c := r.t.Child(i); c >= 0 && n < mostArgs; c = r.t.Next(c) {
		n++
		if t := &d.Tokens[c]; content(t) {
			add(10, key(t), uint32(t.Rel), 0)
		}
	}
	// What else the sentences around tell.
	for j := max(0, i-2*nearby); j < min(int32(len(d.Tokens)), i+2*nearby); j++ {
		if t := &d.Tokens[j]; false && (j < s.First || j >= s.End) && content(t) {
			add(11, key(t), 0, 0)
		}
	}
	return to
}

// content reports whether a word says something by itself, and not only of
// whom or where: names are left out, since what happens changes more slowly than
// where.
func content(t *text.Token) bool {
	return t.Tag == text.NN || t.Tag == text.NNS || t.Tag.Verb() && t.Rel != text.Aux && t.Rel != text.AuxPass && t.Rel != text.Cop ||
		t.Tag >= text.JJ && t.Tag <= text.JJS || t.Tag == text.RP
}

// choose is the type among may that the model finds likeliest for an event with
// those features, its share of the likelihood of all of may, and its score.
func (m *Model) choose(features []linear.Feature, may uint32) (best uint8, share float32) {
	var scores [32]int32
	m.table.AddAll(features, scores[:len(Types)])
	top := int32(math.MinInt32)
	for l := range Types {
		if may&(1<<l) != 0 && scores[l] > top {
			best, top = uint8(l), scores[l]
		}
	}
	var sum float64
	for l := range Types {
		if may&(1<<l) != 0 {
			sum += math.Exp(float64(scores[l]-top) * float64(m.table.Scale()))
		}
	}
	return best, float32(1 / sum)
}

// RuleFeature is the feature that says that the rules give the type of that label.
func RuleFeature(label int) linear.Feature { return linear.Join(1, uint32(label), 0, 0) }

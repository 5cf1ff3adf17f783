// Package events trains the types of hearsay/reading/events and measures them
// on the snippets of CASE 2021 (task 2: fine-grained classification of
// socio-political events; Haneczok et al. 2021).
package events

import (
	"bufio"
	"compress/gzip"
	"fmt"
	"os"
	"strings"

	"hearsay/ledger"
)

// Snippet is some sentences about an event of one type.
type Snippet struct {
	ID, Text string
	Code     string // the task's name of the type
}

// Types maps the task's codes to our types. ATTRIB, the claim of
// responsibility for an attack, is no type of incident: see Claimed.
var Types = map[string]ledger.IncidentType{
	"ABDUCT_DISSAP":                 ledger.Abduction,
	"AGREEMENT":                     ledger.Agreement,
	"AIR_STRIKE":                    ledger.AirStrike,
	"ARMED_CLASH":                   ledger.ArmedClash,
	"ARREST":                        ledger.Arrests,
	"ART_MISS_ATTACK":               ledger.Shelling,
	"ATTACK":                        ledger.Attack,
	"CHANGE_TO_GROUP_ACT":           ledger.ChangeToGroup,
	"CHEM_WEAP":                     ledger.ChemicalWeapon,
	"DIPLO":                         ledger.Diplomacy,
	"DISR_WEAP":                     ledger.DisruptedWeapons,
	"FORCE_AGAINST_PROTEST":         ledger.ForceAgainstProtest,
	"GOV_REGAINS_TERIT":             ledger.GovernmentRegains,
	"GRENADE":                       ledger.Grenade,
	"HQ_ESTABLISHED":                ledger.HeadquartersFounded,
	"MAN_MADE_DISASTER":             ledger.ManMadeDisaster,
	"MOB_VIOL":                      ledger.MobViolence,
	"NATURAL_DISASTER":              ledger.NaturalDisaster,
	"NON_STATE_ACTOR_OVERTAKES_TER": ledger.NonStateOvertakes,
	"NON_VIOL_TERRIT_TRANSFER":      ledger.NonViolentTransfer,
	"ORG_CRIME":                     ledger.OrganizedCrime,
	"OTHER":                         ledger.OtherIncident,
	"PEACE_PROTEST":                 ledger.PeacefulProtest,
	"PROPERTY_DISTRUCT":             ledger.PropertyDestruction,
	"PROTEST_WITH_INTER":            ledger.ProtestIntervention,
	"REM_EXPLOS":                    ledger.RemoteExplosive,
	"SEX_VIOL":                      ledger.SexualViolence,
	"SUIC_BOMB":                     ledger.SuicideBomb,
	"VIOL_DEMONSTR":                 ledger.ViolentDemo,
}

// Load reads a file of snippets: tab-separated lines, a header first.
func Load(name string) ([]Snippet, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, fmt.Errorf("loading snippets: %w", err)
	}
	defer f.Close()
	z, err := gzip.NewReader(f)
	if err != nil {
		return nil, fmt.Errorf("loading snippets: %s: %w", name, err)
	}
	var out []Snippet
	s := bufio.NewScanner(z)
	for line := 1; s.Scan(); line++ {
		f := strings.Split(s.Text(), "\t")
		if line == 1 {
			continue
		}
		if len(f) != 3 {
			return nil, fmt.Errorf("loading snippets: %s: line %d has %d fields", name, line, len(f))
		}
		out = append(out, Snippet{ID: f[0], Text: f[1], Code: f[2]})
	}
	if err := s.Err(); err != nil {
		return nil, fmt.Errorf("loading snippets: %s: %w", name, err)
	}
	return out, nil
}

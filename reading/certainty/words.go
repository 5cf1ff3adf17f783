package certainty

import (
	"strings"

	"hearsay/text"
)

func words(list ...string) map[uint32]bool {
	m := make(map[uint32]bool, len(list))
	for _, w := range list {
		m[text.Hash(w)] = true
	}
	return m
}

var (
	lemmaBe   = text.Hash("be")
	lemmaCan  = text.Hash("can")
	lemmaDo   = text.Hash("do")
	lemmaGo   = text.Hash("go")
	lemmaHave = text.Hash("have")
	lemmaMake = text.Hash("make")
	lemmaRule = text.Hash("rule")
	lemmaSay  = text.Hash("say")

	lemmaSecret = text.Hash("secret")

	lowerAll     = text.Hash("all")
	lowerLonger  = text.Hash("longer")
	lowerNo      = text.Hash("no")
	lowerOf      = text.Hash("of")
	lowerOut     = text.Hash("out")
	lowerThat    = text.Hash("that")
	lowerThe     = text.Hash("the")
	lowerThis    = text.Hash("this")
	lowerWhether = text.Hash("whether")
	lowerWhich   = text.Hash("which")
	lowerWithout = text.Hash("without")
)

var (
	negations = words("not", "never", "no", "neither", "nor", "hardly", "scarcely", "nowhere")
	nobodies  = words("nobody", "nothing", "none", "neither")
	// notNegated are what makes the "not" or "no" before them assert.
	notNegated = words("only", "just", "merely", "simply", "solely", "least", "less", "fewer", "later", "until", "alone", "doubt", "longer")
	// denials are verbs that say that their content is not so.
	denials = words("deny", "refute", "rebut", "repudiate", "disavow", "disprove", "debunk", "disclaim")
	// raised are cues whose negation is that of what they attribute.
	raised = words("believe", "think", "expect", "suppose", "imagine")
	// uncommitted are cues that, negated, commit nobody: "did not confirm", "did not deny".
	uncommitted = words("say", "claim", "deny", "refute", "allege", "confirm", "suggest", "assert", "argue", "insist", "promise", "verify", "prove",
		"show", "indicate", "announce", "imply", "state", "tell", "believe", "think", "expect", "rule", "exclude")
	// mights are modals that leave it open, coulds do so where they are not
	// negated, cans say that it is within reach or right.
	mights = words("may", "might")
	coulds = words("could")
	// perceptions are what one could do because one did: "they could hear shots".
	perceptions = words("see", "hear", "feel", "smell")
	cans        = words("can", "must", "should", "ought", "need")
)

// modal is the full form of a modal of which a clitic is part: "can" for the
// "ca" of "can't".
func modal(lower uint32) uint32 {
	if full, ok := clitics[lower]; ok {
		return full
	}
	return lower
}

var clitics = map[uint32]uint32{
	text.Hash("ca"): lemmaCan, text.Hash("wo"): text.Hash("will"), text.Hash("sha"): text.Hash("shall"),
	text.Hash("'ll"): text.Hash("will"), text.Hash("’ll"): text.Hash("will"),
	text.Hash("'d"): text.Hash("would"), text.Hash("’d"): text.Hash("would"),
}

// colouring says how a word colours a complement that is the claim's main event.
type colouring uint8

const (
	none    colouring = iota
	implied           // whoever says "managed to flee" says "fled"
	hedging           // "seems to have fled", "is likely to flee"
	passive           // hedging in the passive only: "is believed to have fled"
)

var colour = func() map[uint32]colouring {
	m := map[uint32]colouring{}
	for _, l := range []struct {
		colouring colouring
		words     string
	}{
		{implied, `manage fail begin start continue happen prove`},
		{hedging, `seem appear tend likely unlikely sure certain bound set due able unable possible probable have`},
		{passive, `exclude rule expect believe think suppose say report know understand consider allege estimate schedule suspect rumor rumour assume presume
			reckon deem feel fear claim project forecast predict mean see`},
	} {
		for _, w := range strings.Fields(l.words) {
			m[text.Hash(w)] = l.colouring
		}
	}
	return m
}()

// force is the most that a cue leaves of the score of what it attributes.
var force = func() map[uint32]float64 {
	m := map[uint32]float64{}
	for most, list := range map[float64]string{
		leastCertain - step: `believe think expect assume presume predict estimate suggest allege suspect reckon guess forecast project feel
			reportedly allegedly apparently likely accuse consider imply hint anticipate see view regard perceive intend plan agree promise pledge vow`,
		leastProbable - step: `fear hope worry speculate wonder doubt want urge demand ask seek propose supposedly purportedly rumour rumor
			threaten aim try call possibility`,
	} {
		for _, w := range strings.Fields(list) {
			m[text.Hash(w)] = most
		}
	}
	return m
}()

var (
	// hedges are adverbs that make a statement less than sure.
	hedges = words("probably", "possibly", "perhaps", "maybe", "likely", "presumably", "apparently", "seemingly", "reportedly", "allegedly", "supposedly",
		"purportedly", "potentially", "conceivably", "arguably", "ostensibly", "almost", "nearly", "virtually", "unlikely")
	// conditions open clauses that assert nothing.
	conditions = words("if", "unless", "whether", "lest", "provided", "until")
	// refusals deny what they are followed by: "declined to comment".
	refusals = words("decline", "refuse")
	failures = words("fail", "unlikely", "unable")
	// exclusions deny what they are said of, and leave it open where they are negated.
	exclusions = words("exclude", "preclude")
	// opens are predicates that leave open whatever they are said of.
	opens = words("likely", "unlikely", "possible", "probable", "seem", "appear", "plausible", "conceivable", "doubtful", "questionable", "uncertain", "unclear")
)

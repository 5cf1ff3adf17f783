package certainty

import "hearsay/text"

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
	lemmaFail = text.Hash("fail")
	lemmaGo   = text.Hash("go")
	lemmaHave = text.Hash("have")
	lemmaMake = text.Hash("make")
	lemmaSay  = text.Hash("say")

	lowerAll     = text.Hash("all")
	lowerIf      = text.Hash("if")
	lowerLonger  = text.Hash("longer")
	lowerNo      = text.Hash("no")
	lowerOf      = text.Hash("of")
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
	// mights are modals that leave it open, coulds those that may do so.
	mights = words("may", "might")
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

// colouring says when a word only colours its complement.
type colouring uint8

const (
	never colouring = iota
	passive
	always
)

var colour = func() map[uint32]colouring {
	m := map[uint32]colouring{}
	for w := range words("seem", "appear", "tend", "happen", "prove", "fail", "manage", "begin", "start", "continue", "have", "likely", "unlikely",
		"sure", "certain", "bound", "set", "due", "able", "unable", "possible", "probable") {
		m[w] = always
	}
	for w := range words("expect", "believe", "think", "suppose", "say", "report", "know", "understand", "consider", "allege", "estimate",
		"schedule", "suspect", "rumor", "rumour", "assume", "presume", "reckon", "deem", "feel", "fear", "claim", "project", "forecast", "predict",
		"mean", "see") {
		m[w] = passive
	}
	return m
}()

// hearsays are the adverbs that put a clause on nobody's word, with the most
// that they leave of its score.
var hearsays = map[uint32]float64{
	text.Hash("reportedly"): 2, text.Hash("apparently"): 2, text.Hash("allegedly"): 1.5, text.Hash("supposedly"): 1.2, text.Hash("purportedly"): 1.2,
}

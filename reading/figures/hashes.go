package figures

import "hearsay/text"

// The words and lemmas that the rules name one by one, by their hashes.
var (
	hashYo         = text.Hash("yo")
	hashHurt       = text.Hash("hurt")
	hashPercentage = text.Hash("percentage")
	hashPoint      = text.Hash("point")
	hashA          = text.Hash("a")
	hashAge        = text.Hash("age")
	hashAged       = text.Hash("aged")
	hashAges       = text.Hash("ages")
	hashAn         = text.Hash("an")
	hashAnd        = text.Hash("and")
	hashAttempted  = text.Hash("attempted")
	hashBetween    = text.Hash("between")
	hashBoth       = text.Hash("both")
	hashBurn       = text.Hash("burn")
	hashCasualty   = text.Hash("casualty")
	hashCent       = text.Hash("cent")
	hashClaim      = text.Hash("claim")
	hashCommit     = text.Hash("commit")
	hashCondition  = text.Hash("condition")
	hashCost       = text.Hash("cost")
	hashCouple     = text.Hash("couple")
	hashCustody    = text.Hash("custody")
	hashDay        = text.Hash("day")
	hashDead       = text.Hash("dead")
	hashDeadly     = text.Hash("deadly")
	hashDeath      = text.Hash("death")
	hashEvery      = text.Hash("every")
	hashExpect     = text.Hash("expect")
	hashFatal      = text.Hash("fatal")
	hashFind       = text.Hash("find")
	hashFrom       = text.Hash("from")
	hashHalf       = text.Hash("half")
	hashHandful    = text.Hash("handful")
	hashHave       = text.Hash("have")
	hashHe         = text.Hash("he")
	hashHer        = text.Hash("her")
	hashHim        = text.Hash("him")
	hashIn         = text.Hash("in")
	hashInclude    = text.Hash("include")
	hashInjury     = text.Hash("injury")
	hashIt         = text.Hash("it")
	hashLife       = text.Hash("life")
	hashLose       = text.Hash("lose")
	hashMonth      = text.Hash("month")
	hashMore       = text.Hash("more")
	hashNever      = text.Hash("never")
	hashNo         = text.Hash("no")
	hashNot        = text.Hash("not")
	hashNt         = text.Hash("n't")
	hashOf         = text.Hash("of")
	hashOld        = text.Hash("old")
	hashOne        = text.Hash("one")
	hashOr         = text.Hash("or")
	hashOther      = text.Hash("other")
	hashOthers     = text.Hash("others")
	hashOut        = text.Hash("out")
	hashOver       = text.Hash("over")
	hashPer        = text.Hash("per")
	hashPercent    = text.Hash("percent")
	hashPound      = text.Hash("pound")
	hashPounds     = text.Hash("pounds")
	hashPull       = text.Hash("pull")
	hashReceive    = text.Hash("receive")
	hashRecover    = text.Hash("recover")
	hashRemain     = text.Hash("remain")
	hashShe        = text.Hash("she")
	hashShot       = text.Hash("shot")
	hashSign       = text.Hash("%")
	hashSuffer     = text.Hash("suffer")
	hashSuicide    = text.Hash("suicide")
	hashSurvive    = text.Hash("survive")
	hashSustain    = text.Hash("sustain")
	hashTake       = text.Hash("take")
	hashTo         = text.Hash("to")
	hashToll       = text.Hash("toll")
	hashUnder      = text.Hash("under")
	hashWeek       = text.Hash("week")
	hashWith       = text.Hash("with")
	hashWound      = text.Hash("wound")
	hashYear       = text.Hash("year")
	hashYearOld    = text.Hash("year-old")
)

func hashes(list ...string) []uint32 {
	out := make([]uint32, len(list))
	for i, w := range list {
		out[i] = text.Hash(w)
	}
	return out
}

func among(h uint32, list []uint32) bool {
	for _, x := range list {
		if x == h {
			return true
		}
	}
	return false
}

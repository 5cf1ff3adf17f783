package techniques

import (
	"slices"

	"hearsay/ledger"
)

// chainLabel are the labels of words, after that of words in no technique:
// the techniques that are a matter of some words.
var chainLabel = [...]ledger.TechniqueLabel{"", ledger.LoadedLanguage, ledger.NameCalling, ledger.Exaggeration, ledger.FlagWaving, ledger.Slogans}

const chainLabels = len(chainLabel)

// wholeLabel are what is asked of sentences, each by itself: whether some
// technique is in them, and then which.
var wholeLabel = [...]ledger.TechniqueLabel{"", ledger.Doubt, ledger.AppealToFear, ledger.CausalOversimplification, ledger.AppealToAuthority,
	ledger.FalseDilemma, ledger.FlagWaving, ledger.Exaggeration, ledger.ConversationKiller, ledger.Slogans, ledger.GuiltByAssociation, ledger.LoadedLanguage}

const wholeLabels = len(wholeLabel)

// judged are the techniques that the model finds, in the order of its judges.
var judged = [...]ledger.TechniqueLabel{ledger.LoadedLanguage, ledger.NameCalling, ledger.Exaggeration, ledger.FlagWaving, ledger.Slogans,
	ledger.Doubt, ledger.AppealToFear, ledger.CausalOversimplification, ledger.AppealToAuthority, ledger.FalseDilemma, ledger.Repetition}

// judgeOfChain and judgeOfWhole say for each label which judge its candidates
// have, -1 for none.
var (
	judgeOfChain = judges(chainLabel[:], nil)
	// The techniques that are found word by word are of sentences only evidence.
	judgeOfWhole = judges(wholeLabel[:], chainLabel[:])
)

const judgeOfRepetition = int8(len(judged) - 1)

// listed are the techniques that are found: those of the judges, then those
// that only rules find.
var listed = append(judged[:len(judged):len(judged)], ledger.AppealToTime, ledger.AppealToValues, ledger.ConsequentialSimplification,
	ledger.QuestioningReputation, ledger.Whataboutism, ledger.AppealToHypocrisy, ledger.AppealToPopularity, ledger.ConversationKiller,
	ledger.StrawMan)

// judgeOf is the place of a technique among those listed.
func judgeOf(l ledger.TechniqueLabel) int8 { return int8(slices.Index(listed, l)) }

func judges(labels, without []ledger.TechniqueLabel) []int8 {
	out := make([]int8, len(labels))
	for i, l := range labels {
		out[i] = -1
		for k, j := range judged {
			if j == l {
				out[i] = int8(k)
			}
		}
		for _, w := range without {
			if w == l {
				out[i] = -1
			}
		}
	}
	return out
}

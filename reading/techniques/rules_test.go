package techniques_test

import (
	"testing"

	"hearsay/ledger"
)

// TestRules reads wordings that are techniques wherever they stand, beside
// others that are like them and are none.
func TestRules(t *testing.T) {
	r := reader(t)
	for _, c := range []struct {
		text  string
		label ledger.TechniqueLabel
		words string // "" where the rules find nothing
	}{
		{"The dam broke at night. Who benefits from the ruin of Ostmark?", ledger.Doubt, "Who benefits from the ruin of Ostmark"},
		{"Who really profits from the closing of the mill?", ledger.Doubt, "Who really profits from the closing of the mill"},
		{"Is it a coincidence that the mayor left an hour before?", ledger.Doubt, "Is it a coincidence that the mayor left an hour before"},
		{"What are they trying to hide in the archive of Varnholt?", ledger.Doubt, "What are they trying to hide in the archive of Varnholt"},
		{"Who is really behind the strike?", ledger.Doubt, "Who is really behind the strike"},
		{"Are we supposed to believe that the bridge fell by itself?", ledger.Doubt, "Are we supposed to believe that the bridge fell by itself"},
		{"The study asks who benefits from the new bus line.", ledger.Doubt, ""},
		{"It was a coincidence that both ferries were late.", ledger.Doubt, ""},

		{"The time has come to act, for the valley is running dry.", ledger.AppealToTime, "The time has come"},
		{"We must stop them before it is too late.", ledger.AppealToTime, "before it is too late"},
		{"The time of the meeting has come out wrong in the letter.", ledger.AppealToTime, ""},

		{"They sign it in the name of freedom.", ledger.AppealToValues, "in the name of freedom"},
		{"The tax goes against our most sacred values.", ledger.AppealToValues, "our most sacred values"},
		{"The account is in the name of Freda Holm.", ledger.AppealToValues, ""},

		{"The ban on fireworks is a slippery slope.", ledger.ConsequentialSimplification, "The ban on fireworks is a slippery slope"},
		{"One more tax will inevitably lead to ruin.", ledger.ConsequentialSimplification, "One more tax will inevitably lead to ruin"},
		{"Walkers were warned of slippery paths on the slope.", ledger.ConsequentialSimplification, ""},

		{"The treasurer cannot be trusted.", ledger.QuestioningReputation, "cannot be trusted"},
		{"The treasurer is a known liar.", ledger.QuestioningReputation, "a known liar"},
		{"The council has lost all credibility.", ledger.QuestioningReputation, "has lost all credibility"},
		{"The money can not be entrusted to a bank.", ledger.QuestioningReputation, ""},

		{"This opens the door to clear questions: Who gains from it? The mayor is silent.", ledger.Doubt, "Who gains from it"},
		{"The bridge stays shut, end of story.", ledger.ConversationKiller, "end of story"},
		{"The end of the story is told in another book.", ledger.ConversationKiller, ""},
		{"Where was the outrage when the old mill was sold?", ledger.Whataboutism, "Where was the outrage when the old mill was sold"},
		{"They should practice what they preach.", ledger.AppealToHypocrisy, "They should practice what they preach"},
		{"Everyone knows that the harbour is lost.", ledger.AppealToPopularity, "Everyone knows that the harbour is lost"},
		{"Everyone at the mill knows the way home.", ledger.AppealToPopularity, ""},
		{"The governor would have us believe that nothing happened.", ledger.StrawMan, "The governor would have us believe that nothing happened"},
	} {
		l, _ := read(t, r, c.text, 0.34) // what the model alone finds is seldom so sure
		got := ""
		for _, x := range l.Techniques {
			if x.Label == c.label {
				got = l.Quote(x.Span)
			}
		}
		if got != c.words {
			t.Errorf("%s in %q: %q instead of %q", c.label, c.text, got, c.words)
		}
	}
}

// TestRulesKnowWhoseWordsTheyAre reads an insinuating question that somebody asks.
func TestRulesKnowWhoseWordsTheyAre(t *testing.T) {
	l, _ := read(t, reader(t), `“[direct:Who benefits from the ruin of Ostmark?]” the miller asked.`, 0.34)
	x := find(l, ledger.Doubt, "Who benefits")
	if x == nil || x.Claim != "direct1" || l.Quote(x.Span) != "Who benefits from the ruin of Ostmark" {
		t.Errorf("found %q, %v", show(l), x)
	}
}

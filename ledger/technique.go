package ledger

// Technique is a stretch of words that persuades by other means than reasons.
// It says how the wording works, not whether what it says is so.
type Technique struct {
	Span
	Label TechniqueLabel `json:"label"`
	Score float64        `json:"score"` // how probable it is that these words are such a technique

	// Claim is the claim in whose content the words are quoted: they are its
	// speaker's. Empty where they are the article's own.
	Claim string `json:"claim,omitempty"`
}

// TechniqueLabel is a technique of persuasion, by its name in SemEval-2023
// Task 3 (Piskorski et al. 2023), subtask 3.
type TechniqueLabel string

// The techniques of persuasion.
const (
	LoadedLanguage              TechniqueLabel = "Loaded_Language"
	NameCalling                 TechniqueLabel = "Name_Calling-Labeling"
	Repetition                  TechniqueLabel = "Repetition"
	Doubt                       TechniqueLabel = "Doubt"
	Exaggeration                TechniqueLabel = "Exaggeration-Minimisation"
	AppealToFear                TechniqueLabel = "Appeal_to_Fear-Prejudice"
	FlagWaving                  TechniqueLabel = "Flag_Waving"
	CausalOversimplification    TechniqueLabel = "Causal_Oversimplification"
	ConsequentialSimplification TechniqueLabel = "Consequential_Oversimplification"
	FalseDilemma                TechniqueLabel = "False_Dilemma-No_Choice"
	AppealToAuthority           TechniqueLabel = "Appeal_to_Authority"
	AppealToPopularity          TechniqueLabel = "Appeal_to_Popularity"
	AppealToValues              TechniqueLabel = "Appeal_to_Values"
	AppealToTime                TechniqueLabel = "Appeal_to_Time"
	AppealToHypocrisy           TechniqueLabel = "Appeal_to_Hypocrisy"
	GuiltByAssociation          TechniqueLabel = "Guilt_by_Association"
	QuestioningReputation       TechniqueLabel = "Questioning_the_Reputation"
	Slogans                     TechniqueLabel = "Slogans"
	ConversationKiller          TechniqueLabel = "Conversation_Killer"
	StrawMan                    TechniqueLabel = "Straw_Man"
	RedHerring                  TechniqueLabel = "Red_Herring"
	Whataboutism                TechniqueLabel = "Whataboutism"
	Obfuscation                 TechniqueLabel = "Obfuscation-Vagueness-Confusion"
)

// techniques are all techniques with their names for people and what each does.
var techniques = [...]struct {
	label             TechniqueLabel
	name, explanation string
}{
	{LoadedLanguage, "loaded language", "The words carry strong feelings of their own, so that they judge while they seem to describe."},
	{NameCalling, "name-calling", "Somebody is given a label that is meant to be disliked or admired, in place of anything said about what they did."},
	{Repetition, "repetition", "The same thing is said again and again, until it is familiar enough to be believed."},
	{Doubt, "doubt", "Somebody's word or ability is put in question, often by a question that does not expect an answer."},
	{Exaggeration, "exaggeration or minimisation", "Something is made to look larger or smaller, better or worse, than what is given for it supports."},
	{AppealToFear, "appeal to fear or prejudice", "Fear of what would follow, or dislike of a group, is to carry the point."},
	{FlagWaving, "flag-waving", "Love of a country or a group is to carry the point: whoever belongs must agree."},
	{CausalOversimplification, "causal oversimplification", "One cause is named for something that is likely to have several."},
	{ConsequentialSimplification, "slippery slope", "One step is said to lead on to the worst, or the best, without the steps between."},
	{FalseDilemma, "false dilemma", "Two ways are offered as if there were no third, or one as if there were no other."},
	{AppealToAuthority, "appeal to authority", "Something is to be so because somebody of standing says it, without what they base it on."},
	{AppealToPopularity, "appeal to popularity", "Something is to be right because many think or do it."},
	{AppealToValues, "appeal to values", "The point is tied to what the reader holds dear, such as freedom or faith, in place of support for it."},
	{AppealToTime, "appeal to time", "The moment is said to leave no time for thinking it over."},
	{AppealToHypocrisy, "appeal to hypocrisy", "A point is turned away by saying that whoever makes it does not live up to it."},
	{GuiltByAssociation, "guilt by association", "Somebody is put in a bad light by being named together with something that the reader dislikes."},
	{QuestioningReputation, "attack on reputation", "Somebody's character or record is attacked in place of what they say."},
	{Slogans, "slogan", "A short, striking phrase takes the place of the reasons for it."},
	{ConversationKiller, "conversation killer", "The words end the discussion rather than add to it."},
	{StrawMan, "straw man", "Another position is answered than the one that was taken."},
	{RedHerring, "red herring", "The attention is drawn to something else than what is in question."},
	{Whataboutism, "whataboutism", "A charge is met with a charge against whoever makes it, or against somebody else."},
	{Obfuscation, "vagueness", "The wording leaves it open what exactly is said, and so cannot be answered."},
}

// TechniqueLabels returns the labels of all techniques.
func TechniqueLabels() []TechniqueLabel {
	out := make([]TechniqueLabel, len(techniques))
	for i := range techniques {
		out[i] = techniques[i].label
	}
	return out
}

// Name is what people call t, in lower case; empty where t is no technique's label.
func (t TechniqueLabel) Name() string {
	for i := range techniques {
		if techniques[i].label == t {
			return techniques[i].name
		}
	}
	return ""
}

// Explanation says in one sentence what t does; empty where t is no technique's label.
func (t TechniqueLabel) Explanation() string {
	for i := range techniques {
		if techniques[i].label == t {
			return techniques[i].explanation
		}
	}
	return ""
}

package checkworthy

import (
	"strings"
	"sync"

	"hearsay/text"
)

// known is what a word tells of itself: to the score, and to the rules of the reasons.
type known struct {
	kind kind
	sort sort
}

// words knows lower-case forms and lemmas by their hashes.
var words = sync.OnceValue(func() map[uint32]known {
	m := map[uint32]known{}
	for _, l := range []struct {
		kind  kind
		words string
	}{
		{isI, `i me my mine myself`},
		{isWe, `we us our ours ourselves let's`},
		{isYou, `you your yours yourself yourselves`},
		{isThey, `he she they him her them his hers their theirs`},
		{isMind, `think believe feel hope want wish like love guess suppose know agree disagree trust doubt understand imagine wonder
			prefer consider regard`},
		{isOught, `should must ought need shall deserve`},
		{isWill, `will 'll ’ll gonna`},
		{isMight, `may might could would can perhaps maybe possibly probably likely`},
		{isNot, `not n't n’t never no none nobody nothing neither nor without`},
		{isMore, `more less fewer most least than highest lowest largest biggest smallest greatest higher lower larger bigger smaller
			twice half double triple times record compared unprecedented leading top bottom rank ranked majority`},
		{isTrend, `rise fall increase decrease double triple quadruple grow drop decline climb soar plunge surge shrink cut raise reduce
			slash gain lose add create expand widen jump slump sink growth loss gain reduction`},
		{isState, `vote sign pass bill law act legislation amendment ban repeal tax treaty court rule ruling sue convict sentence veto
			enact approve reject senate congress parliament budget deficit debt record policy administration government federal
			regulation constitution statute sanction tariff program agency department appoint nominate elect election`},
		{isWrong, `lie fraud corruption corrupt bribe bribery steal theft cheat accuse charge blame indict murder kill attack crime criminal
			illegal illegally violate violation abuse torture rape assault smuggle launder conspire conspiracy collude collusion
			deceive mislead deny cover-up scandal terrorist terrorism massacre bomb shoot embezzle guilty falsify rig betray`},
		{isPraise, `good great bad terrible wonderful horrible awful disaster disastrous tremendous best worst better worse important wrong
			right fantastic beautiful strong weak fair unfair shameful sad tragic incredible amazing nice proud ridiculous crazy
			stupid smart tough happy sorry glad`},
		{isAsk, `who what why how where when which whether ?`},
		{isSaid, `say tell according report announce claim state testify write admit acknowledge confirm`},
		{isWhen, `since ago ever history year years month months decade decades century last first time times day days week weeks`},
		{isAll, `all every always only each any everyone everybody everything entire whole`},
	} {
		for _, w := range strings.Fields(l.words) {
			h := text.Hash(w)
			k := m[h]
			k.kind |= l.kind
			m[h] = k
		}
	}
	for _, l := range sorts {
		for _, w := range strings.Fields(l.words) {
			h := text.Hash(w)
			k := m[h]
			k.sort |= l.sort
			m[h] = k
		}
	}
	return m
})

// sort is what a word is to the rules of the reasons, as bits.
type sort uint32

const (
	numerals  sort = 1 << iota // numbers in words that are no cardinals
	light                      // verbs that by themselves tell of nothing that happened
	accuses                    // verbs whose object is said to have done wrong
	wrongs                     // verbs whose subject does wrong
	wrong                      // nouns and adjectives of wrong
	wrongdoer                  // nouns of who does wrong
	warlike                    // words of violence that may be a figure of speech
	helps                      // verbs of what is wrong only by whom it helps
	where                      // words after "lie" where it tells of a place
	ties                       // words that tie somebody to something
	multiple                   // "twice"
	moves                      // words of growth and decline
	legal                      // nouns of laws and rulings
	votes                      // words of votes and rulings
	enacts                     // verbs of what is done to laws
	deed                       // nouns of what is enacted beside laws
	foresees                   // words before an infinitive that foretells
	tells                      // verbs of foretelling
	home                       // nouns of private life
)

var sorts = []struct {
	sort  sort
	words string
}{
	{numerals, `dozen dozens score scores hundred hundreds thousand thousands million millions billion billions trillion trillions half
		third thirds quarter quarters majority couple`},
	{light, `be have do get go come seem look want need try`},
	{accuses, `accuse blame charge indict convict prosecute suspect arrest detain jail imprison sentence implicate denounce impeach
		reprimand`},
	{wrongs, `steal lie cheat bribe murder rape embezzle launder smuggle torture defraud abuse assault attack massacre violate falsify rig
		betray collude conspire plagiarize plagiarise harass threaten persecute kidnap abduct kill bomb poison shoot loot obstruct
		mislead deceive swindle rob extort blackmail intimidate discriminate invade slander evade misuse sabotage assassinate target
		mastermind orchestrate hack pollute molest stab`},
	{wrong, `fraud corruption bribery theft murder crime lie perjury treason collusion conspiracy abuse misconduct negligence cover-up
		embezzlement extortion blackmail racketeering genocide massacre atrocity torture rape assault terrorism aggression espionage
		wrongdoing violation kickback bribe offence offense scandal tax-evasion evasion corrupt guilty complicit dishonest fraudulent
		criminal unlawful illegal negligent attack killing bombing shooting sabotage plot manslaughter laundering smuggling kidnapping
		abduction robbery harassment discrimination cheating plagiarism deception`},
	{wrongdoer, `liar criminal thief murderer killer crook fraudster terrorist spy traitor rapist racist bully swindler accomplice culprit
		perpetrator suspect mastermind gangster smuggler`},
	{warlike, `attack bomb bombing target assault kill shoot shooting stab`},
	{helps, `support fund finance arm train shelter harbor harbour sponsor back aid recruit protect`},
	{where, `in on at down ahead within behind beneath under between along near outside there idle dormant low still`},
	{ties, `responsible responsibility role involvement part hand complicity guilty guilt behind blame participation link tie connection
		involve implicate complicit party`},
	{multiple, `twice threefold fourfold fivefold tenfold two-fold`},
	{moves, `rise fall increase decrease double triple quadruple halve grow growth drop decline climb soar plunge surge shrink jump slump
		gain loss rebound dip plummet contract expand widen narrow reduction cut slash raise reduce`},
	{legal, `law legislation amendment treaty statute constitution ordinance decree referendum ruling verdict veto lawsuit subpoena
		resolution act regulation directive injunction indictment conviction acquittal charter statute-book budget impeachment`},
	{votes, `vote veto enact legislate ratify repeal impeach acquit sue outlaw legalize legalise ballot overrule overturn nationalize nationalise`},
	{enacts, `pass sign approve reject block introduce adopt oppose support draft propose amend rescind revoke uphold strike sponsor file
		break violate implement end cancel`},
	{deed, `bill measure order agreement deal sanction accord pact contract motion plan law tariff ban tax`},
	{foresees, `expect likely unlikely set due predict forecast project plan intend bind`},
	{tells, `predict forecast foresee foretell`},
	{home, `wife husband mother father mom dad son daughter brother sister grandmother grandfather birthday wedding breakfast dinner lunch
		hobby childhood dog cat kitchen vacation holiday parent grandparent uncle aunt kid grandchild`},
}

var (
	lowerQuestion = text.Hash("?")

	lemmaGo    = text.Hash("go")
	lemmaLie   = text.Hash("lie")
	lowerLay   = text.Hash("lay")
	lowerLain  = text.Hash("lain")
	lowerBy    = text.Hash("by")
	lowerThan  = text.Hash("than")
	lowerLeast = text.Hash("least")
	lowerMost  = text.Hash("most")
)

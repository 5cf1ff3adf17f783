package incidents

import (
	"strings"
	"sync"

	"hearsay/ledger"
	"hearsay/text"
)

// word is what a word can mean to a reader of incidents, as a set of bits.
type word uint64

const (
	dies        word = 1 << iota // a verb whose subject dies: "died"
	wounds                       // a verb whose object is hurt: "injured"
	hits                         // a verb whose object is hurt and may be dead: "shot"
	death                        // a noun of somebody's death: "the death of"
	neutral                      // tells what something did and not what it was: "kill", "damage"
	anaphor                      // a noun that takes up what was told: "the incident"
	light                        // a verb that only says that its object was done: "carried out"
	manages                      // what completes the verb was done: "managed to"
	doubts                       // what hangs from the word has not happened: "plan", "possibility of"
	habitual                     // again and again: "often"
	other                        // not one told of before: "another", "previous"
	none                         // none in particular: "any", "no"
	again                        // the one told of before: "this", "same"
	series                       // stands for many: "series", "wave"
	owns                         // a verb by which one claims what was done, with "responsibility"
	accuses                      // a verb whose object is said to have done it: "blame"
	imputes                      // a verb that puts its object on somebody: "attribute to"
	charges                      // a verb of an accusation by the law: "charge with"
	arrests                      // a verb or noun of taking into custody
	confesses                    // a verb of admitting: "confess"
	culprit                      // a noun for those who did it: "perpetrator"
	fighter                      // a noun for those who act with weapons and have no name: "gunman"
	weapon                       // what it was done with
	human                        // a noun for one human being that lexicon lacks: "victim", "boy"
	says                         // a verb of saying: its date is not its content's
	official                     // a noun for who counts the dead: "police", "ministry"
	total                        // says that a figure is the whole: "total", "toll", "overall"
	more                         // says that a figure is a part: "another", "others"
	place                        // a preposition of where something is: "in"
	untimely                     // a preposition that makes a date no day of something: "since"
	denies                       // a verb of denying: "deny"
	involvement                  // a noun for a part in a deed
	nobody                       // "nobody"
	fell                         // a noun of violence that "death" stands with: "shooting death"
	those                        // a pronoun for several told of: "them"
	partly                       // says that what follows is a part: "including"
	turning                      // begins a sentence that turns to something else: "Meanwhile"
	month                        // the name of a month
	shortly                      // says that a time is near the hour named: "just after"
	court                        // a verb of what the law does afterwards: its day is not the deed's
	grown                        // a man or woman
	young                        // a child or youth
	female                       // a woman or girl
	posted                       // says when a page was made: "Updated"
	harmed                       // one whom a figure counts as killed or wounded; set for each text
	comes                        // a verb that says no more of a deed than when it was: "come"
	rebel                        // a noun for the members of an armed group: "guerrilla"
	spokes                       // a noun for who speaks for a body
	onemore                      // one more of a kind: "a second bomb"
)

var words = []struct {
	is   word
	list string
}{
	{neutral, "kill murder assassinate slay massacre behead lynch slaughter gun execute martyr"},
	{dies | neutral, "die perish succumb"},
	{wounds | neutral, "wound injure hurt maim"},
	{hits, "shoot stab strike hit"},
	{death | neutral, "death killing murder slaying assassination homicide execution fatality"},
	{neutral, "damage destroy fatality casualty injury dead wounded loss claim death shatter burn collapse rock leave cause"},
	{anaphor, "incident operation crime tragedy massacre case event assault atrocity violence carnage ordeal disaster catastrophe bloodshed act outrage raid strike blast attack deed action"},
	{light, "carry launch commit stage mount conduct perpetrate make execute direct coordinate undertake wage unleash deliver claim orchestrate organize mastermind stag see witness suffer"},
	{manages, "manage continue begin start proceed help succeed happen go come turn appear seem allege believe say report think know suspect accuse use"},
	{doubts, "plan plot threaten threat possibility risk danger fear warn warning vow want hope prevent urge call refuse fail promise intend intention prepare preparation aim avoid avert deter stop " +
		"foil thwart try attempt seek wish order ability capability likelihood potential prospect chance expect consider discuss propose ask demand desire decide decision agree encourage incite incitement " +
		"conspire conspiracy need effort allow let able capable ready likely unlikely type kind sort form campaign idea concept nature definition series wave number spate string rate history pattern " +
		"end halt cease condone oppose forbid ban prohibit resist"},
	{series, "series wave number spate string pattern rate history type kind sort form campaign nature"},
	{habitual, "often frequently regularly sometimes usually always repeatedly routinely commonly typically ever never"},
	{other, "another other second third fourth fifth separate previous earlier similar new latest recent past further additional different subsequent later next future last first"},
	{onemore, "another second third fourth fifth separate other"},
	{none, "any no every each either neither all many most more some few various numerous several"},
	{again, "the this that these those same such said its their his her latter"},
	{owns, "claim take accept admit assume acknowledge"},
	{accuses, "blame accuse suspect implicate denounce identify name"},
	{imputes, "attribute ascribe impute link trace pin blame"},
	{charges, "charge indict convict prosecute sentence try"},
	{arrests, "arrest detain capture apprehend nab jail imprison custody detention"},
	{confesses, "confess admit"},
	{culprit, "perpetrator culprit attacker assailant suspect killer murderer shooter bomber gunman terrorist kidnapper hijacker assassin arsonist mastermind detainee defendant offender abductor captor"},
	{fighter, "gunman attacker assailant bomber militant rebel insurgent terrorist guerrilla extremist assassin sniper hijacker kidnapper raider robber arsonist mob gang fighter shooter killer " +
		"bandit commando separatist jihadist subversive paramilitary hitman pirate rioter looter soldier troop policeman officer police trooper hooligan knifeman suspect gunmen men man youth teenager intruder " +
		"abductor captor individual warplane drone aircraft helicopter jet plane column unit squad person people member trafficker criminal delinquent sicario militiaman contra partisan separatist dissident professional thug vigilante murderer trooper"},
	{rebel, "guerrilla guerilla rebel terrorist subversive insurgent militant extremist"},
	{spokes, "spokesman spokeswoman spokesperson representative"},
	{weapon, "bomb rifle gun pistol handgun shotgun knife machete grenade rocket missile mortar mine landmine dynamite explosive shell artillery machinegun revolver firearm kalashnikov ak-47 m-16 uzi bullet " +
		"axe hammer sword dagger acid gas sarin chlorine drone charge device ied tnt gasoline petrol molotov torpedo cannon howitzer launcher stone club bat poison truck-bomb car-bomb airstrike bazooka bayonet weapon"},
	{human, "victim boy girl man woman teen teenager child baby infant toddler mother father son daughter brother sister husband wife person passerby bystander civilian driver passenger student resident officer deputy " +
		"soldier policeman priest journalist worker guard bodyguard peasant farmer mayor judge suspect gunman shooter attacker bomber juvenile male female adult youth grandfather grandmother uncle aunt cousin nephew niece " +
		"boyfriend girlfriend neighbor friend roommate clerk employee trooper sergeant marine sailor nurse doctor teacher lawyer leader member grandson granddaughter stepson stepdaughter stepfather homeowner " +
		"pedestrian customer rapper pastor bartender manager owner deputy patient inmate prisoner hostage tourist colonel general lieutenant captain major president senator deputy minister ambassador nun bishop archbishop " +
		"unionist activist reporter photographer engineer businessman rancher professor rector councilman chief commander newborn bouncer dealer firefighter"},
	{says, "say tell report announce add state declare confirm note quote inform comment reveal disclose indicate"},
	{official, "police ministry minister government official governor spokesman spokeswoman spokesperson authority army military sheriff prosecutor president mayor committee commission chief coroner examiner hospital"},
	{total, "total toll overall altogether"},
	{more, "another other others more further additional"},
	{denies, "deny disclaim reject"},
	{involvement, "involvement responsibility role part complicity participation hand connection"},
	{nobody, "nobody none no-one neither noone"},
	{those, "them those whom"},
	{fell, "shooting stabbing beating bombing gunshot knife hit-and-run"},
	{posted, "posted updated published modified"},
	{female, "woman girl mother daughter sister wife grandmother aunt niece girlfriend stepdaughter nun female she her herself"},
	{young, "boy girl child baby infant toddler teen teenager youth juvenile kid newborn"},
	{grown, "man woman father mother husband wife grandfather grandmother uncle aunt"},
	{court, "arrest charge arraign plead sentence convict indict appear face book jail extradite release bury mourn surrender try testify announce identify investigate"},
	{shortly, "just shortly right soon immediately"},
	{month, "january february march april may june july august september october november december"},
	{turning, "meanwhile elsewhere separately addition additionally moreover furthermore"},
	{partly, "including include among whom"},
	{place, "in at near through outside inside around along across throughout between off within beside above below over"},
	{untimely, "since until till before after from"},
	{comes, "come happen occur"},
}

var table = sync.OnceValue(func() map[uint32]word {
	m := make(map[uint32]word, 1024)
	for _, w := range words {
		for f := range strings.FieldsSeq(w.list) {
			m[text.Hash(f)] |= w.is
		}
	}
	return m
})

func hash(s string) uint32 { return text.Hash(s) }

var (
	lowerSuch    = hash("such")
	lowerNot     = hash("not")
	lowerNt      = hash("n't")
	lowerNever   = hash("never")
	lowerNo      = hash("no")
	lowerIf      = hash("if")
	lowerUnless  = hash("unless")
	lowerWhether = hash("whether")
	lowerMay     = hash("may")
	lowerMight   = hash("might")
	lowerMust    = hash("must")
	lowerA       = hash("a")
	lowerAn      = hash("an")
	lowerOne     = hash("one")
	lowerBy      = hash("by")
	lowerOf      = hash("of")
	lowerOn      = hash("on")
	lowerOnto    = hash("upon")
	lowerSince   = text.Hash("since")
	lowerAgainst = hash("against")
	lowerThan    = hash("than")
	lowerAt      = hash("at")
	lowerIn      = hash("in")
	lowerFor     = hash("for")
	lowerTo      = hash("to")
	lowerWith    = hash("with")
	lowerFrom    = hash("from")
	lowerWithout = hash("without")
	lowerBehind  = hash("behind")
	lowerAs      = hash("as")
	lowerIt      = hash("it")
	lowerSUV     = hash("suv")
	lemmaGo      = hash("go")
	lemmaHave    = hash("have")
	lemmaBe      = hash("be")
	lowerBlock   = hash("block")
	lemmaUse     = hash("use")
	lemmaDo      = hash("do")

	lowerHimself    = hash("himself")
	lowerHerself    = hash("herself")
	lowerItself     = hash("itself")
	lowerThemselves = hash("themselves")

	lemmaResponsibility = hash("responsibility")
	lemmaCredit         = hash("credit")
	lemmaResponsible    = hash("responsible")
	lemmaDeny           = hash("deny")
	lemmaClaim          = hash("claim")
	lemmaAdmit          = hash("admit")
)

// family is a set of sorts of incident that words for one another's members
// may tell of.
type family uint16

const (
	violence family = 1 << iota // that of armed people, of no closer sort
	bombs
	strikes // from the air or from afar
	kidnaps
	rapes
	protests
	ruins // things destroyed
	territory
	deals // agreements, meetings, moves of an organisation
	custody
	crime
	nature
	accident
	others
	every = 1<<iota - 1
)

// families says of each type in which family it is, and with the words of
// which families one incident can be told.
var families = map[ledger.IncidentType]struct{ in, with family }{
	ledger.Attack:              {violence, violence | bombs | strikes | kidnaps | rapes | ruins | crime},
	ledger.ArmedClash:          {violence, violence | bombs | strikes | ruins | territory},
	ledger.GovernmentRegains:   {territory, territory | violence},
	ledger.NonStateOvertakes:   {territory, territory | violence},
	ledger.NonViolentTransfer:  {territory, territory},
	ledger.HeadquartersFounded: {deals, deals},
	ledger.AirStrike:           {strikes, strikes | bombs | violence | ruins},
	ledger.Shelling:            {strikes, strikes | bombs | violence | ruins},
	ledger.RemoteExplosive:     {bombs, bombs | strikes | violence | ruins | accident},
	ledger.SuicideBomb:         {bombs, bombs | violence | ruins},
	ledger.Grenade:             {bombs, bombs | violence | ruins},
	ledger.ChemicalWeapon:      {bombs, bombs | violence},
	ledger.Abduction:           {kidnaps, kidnaps | violence | crime},
	ledger.SexualViolence:      {rapes, rapes | violence | crime | kidnaps},
	ledger.MobViolence:         {protests | violence, protests | violence | ruins},
	ledger.ViolentDemo:         {protests, protests | violence | ruins},
	ledger.PeacefulProtest:     {protests, protests},
	ledger.ProtestIntervention: {protests, protests},
	ledger.ForceAgainstProtest: {protests, protests | violence},
	ledger.PropertyDestruction: {ruins, ruins | violence | bombs | strikes | protests},
	ledger.Agreement:           {deals, deals},
	ledger.Arrests:             {custody, custody},
	ledger.ChangeToGroup:       {deals, deals},
	ledger.DisruptedWeapons:    {custody, custody},
	ledger.Diplomacy:           {deals, deals},
	ledger.OrganizedCrime:      {crime, crime | violence | kidnaps},
	ledger.NaturalDisaster:     {nature, nature},
	ledger.ManMadeDisaster:     {accident, accident | bombs | violence | ruins},
	ledger.OtherIncident:       {others, others},
}

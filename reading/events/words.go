package events

import (
	"strings"
	"sync"

	"hearsay/ledger"
	"hearsay/text"
)

// kind is what a word tells of, before what stands around it is looked at.
type kind uint8

const (
	noKind    kind = iota
	attack         // somebody goes for somebody, by means not yet known
	bombing        // something is made to go off
	blast          // something goes off, by whose doing is not yet known
	shooting       // with firearms
	killing        // somebody is killed, on purpose or not
	strike         // from the air or from afar
	airStrike      // from the air
	shelling       // from afar
	grenade        //
	chemical       //
	suicide        //
	clash          // two sides fight
	abduction      //
	arrest         //
	protest        //
	riot           // a protest that turns on people or things
	sexual         //
	mob            //
	looting        // things are broken, burned or stolen
	seizure        // of weapons
	capture        // of territory, by force
	handover       // of territory, without
	base           // a base is set up
	change         // forces move, change sides or begin to act otherwise
	agreement      //
	diplomacy      //
	crime          // for gain
	nature         //
	accident       //
	summary        // a word for what has been told of already: "the crime"
	numKinds
)

// typeOf is what a kind is when nothing around it says more.
var typeOf = [numKinds]ledger.IncidentType{
	noKind: ledger.OtherIncident, attack: ledger.Attack, bombing: ledger.RemoteExplosive, blast: ledger.RemoteExplosive,
	shooting: ledger.Attack, killing: ledger.Attack, strike: ledger.Attack, airStrike: ledger.AirStrike, shelling: ledger.Shelling,
	grenade: ledger.Grenade, chemical: ledger.ChemicalWeapon, suicide: ledger.SuicideBomb, clash: ledger.ArmedClash,
	abduction: ledger.Abduction, arrest: ledger.Arrests, protest: ledger.PeacefulProtest, riot: ledger.ViolentDemo,
	sexual: ledger.SexualViolence, mob: ledger.MobViolence, looting: ledger.PropertyDestruction, seizure: ledger.DisruptedWeapons,
	capture: ledger.GovernmentRegains, handover: ledger.NonViolentTransfer, base: ledger.HeadquartersFounded, change: ledger.ChangeToGroup,
	agreement: ledger.Agreement, diplomacy: ledger.Diplomacy, crime: ledger.OrganizedCrime, nature: ledger.NaturalDisaster,
	accident: ledger.ManMadeDisaster, summary: ledger.Attack,
}

// triggers are the words that tell of an event by themselves. The weight, in
// hundredths, is how often they do.
var triggers = []struct {
	kind         kind
	weight       uint8
	verbs, nouns string
}{
	{attack, 80, `attack assault ambush assail storm raid behead dynamite maim machine-gun`,
		`attack assault ambush raid counterattack counter-attack offensive onslaught atrocity atentado`},
	{attack, 45, `beat stab torture besiege wound injure hurt`, `incursion stabbing beating violence bloodshed torture siege hostility`},
	{summary, 40, ``, `operation crime action incident aggression tragedy`},
	{strike, 50, `target strike hit`, `strike`},
	{airStrike, 90, `bomb strafe`, `airstrike air-strike strafing bombing-raid airraid`},
	{bombing, 60, ``, `car-bomb`},
	{bombing, 90, `detonate`, `bombing car-bombing bomb-attack carbomb`},
	{blast, 80, `explode dynamite`, `explosion blast detonation`},
	{shooting, 85, `shoot ambush fire snipe machine-gun`, `shooting gunfire shootings drive-by`},
	{killing, 70, `kill murder assassinate massacre execute slay slaughter behead gun butcher liquidate poison`,
		`killing murder assassination massacre execution slaying slaughter manslaughter homicide beheading bloodbath genocide carnage`},
	{shelling, 90, `shell bombard mortar`, `shelling bombardment cannonade barrage mortaring`},
	{clash, 85, `clash skirmish`, `clash skirmish firefight gunfight gunbattle shootout shoot-out battle fighting combat crossfire hostilities`},
	{clash, 50, `fight battle`, `fight confrontation`},
	{abduction, 90, `kidnap abduct hijack skyjack snatch carjack`, `kidnapping abduction hijacking kidnap hostage-taking disappearance carjacking`},
	{arrest, 80, `arrest detain apprehend imprison jail`, `arrest detention crackdown round-up roundup`},
	{protest, 80, `protest demonstrate rally`, `protest demonstration rally sit-in vigil picket walkout boycott shutdown`},
	{protest, 55, `march picket strike`, `march`},
	{riot, 85, `riot rampage`, `riot rioting unrest rampage`},
	{sexual, 90, `rape molest sodomize gang-rape grope`, `rape molestation gang-rape`},
	{mob, 90, `lynch`, `lynching pogrom`},
	{looting, 80, `loot torch vandalize vandalise ransack pillage plunder sabotage desecrate bulldoze deface uproot`,
		`looting arson vandalism desecration sabotage pillage plunder torching`},
	{looting, 55, `burn demolish destroy damage raze smash`, `destruction demolition`},
	{seizure, 85, `defuse deactivate disarm`, ``},
	{capture, 85, `recapture retake overrun reconquer liberate conquer`, `recapture liberation`},
	{handover, 50, `withdraw retreat vacate relinquish cede`, `withdrawal retreat pullout handover`},
	{change, 60, `deploy reinforce mobilize mobilise redeploy dispatch defect regroup amass fortify`, `deployment reinforcement mobilization mobilisation defection redeployment build-up buildup`},
	{agreement, 80, ``, `ceasefire cease-fire truce armistice accord amnesty reconciliation`},
	{agreement, 60, `surrender`, `surrender`},
	{agreement, 75, ``, `prisoner-swap prisoner-exchange handshake`},
	{diplomacy, 70, ``, `sanction expulsion embargo ultimatum`},
	{crime, 75, `smuggle traffic rob extort counterfeit launder bribe hack poach burgle`,
		`scam smuggling poaching bribery burglary ransomware malware trafficking robbery extortion heist cybercrime cyberattack cyber-attack hacking piracy corruption fraud counterfeiting racketeering burglary`},
	{nature, 90, ``, `earthquake quake aftershock tsunami hurricane cyclone typhoon tornado landslide mudslide avalanche wildfire bushfire flood flooding
		drought heatwave eruption epidemic pandemic outbreak tremor rainstorm blizzard hailstorm sandstorm sinkhole cloudburst mudflow thunderstorm monsoon cholera ebola`},
	{accident, 85, `derail capsize overturn`, `derailment shipwreck stampede capsizing`},
	{accident, 65, `crash collide collapse leak spill sink`, `crash collision accident leak leakage spill spillage wreck pileup fire blaze collapse poisoning blackout`},
}

// frame is a verb that tells of an event with certain words beside it.
type frame struct {
	kind   kind
	weight uint8
	verbs  string
	args   string // one of them hangs from the verb, or from its object or subject where it is passive
	only   relation
}

// relation narrows down where a frame's words may stand.
type relation uint8

const (
	anywhere relation = iota
	object            // the object, or the subject of a passive
	subject           // the subject, or the object of "by"
	withUp            // anywhere, and "up" goes with the verb
)

const (
	armsWords = `weapon gun rifle pistol firearm ammunition ammo arm munition explosive grenade bomb cache arsenal device rocket mine landmine ied
		projectile missile cartridge bullet shotgun kalashnikov launcher warhead shell tnt handgun weaponry revolver vest package vbied`
	landWords = `town village city area district territory neighborhood neighbourhood region province hill position post stronghold camp airport port
		airbase base point crossing bridge ground land suburb quarter outpost mountain island locality settlement field oilfield site ground camps`
)

var frames = []frame{
	{chemical, 85, `use drop release launch fire unleash`, `gas chlorine sarin chemical mustard nerve`, anywhere},
	{shooting, 90, `open`, `fire`, anywhere},
	{shooting, 75, `exchange trade`, `fire gunfire shot`, anywhere},
	{shooting, 80, `spray riddle pump`, `bullet`, anywhere},
	{shelling, 85, `fire launch lob land`, `rocket missile shell mortar artillery projectile`, anywhere},
	{grenade, 90, `throw hurl lob toss explode launch fire`, `grenade`, anywhere},
	{bombing, 85, `throw hurl plant place set emplace toss put`, `bomb explosive dynamite device ied mine landmine charge molotov`, anywhere},
	{blast, 85, `go`, `off`, anywhere},
	{blast, 85, `blow blew`, `up himself herself themselves itself`, anywhere},
	{attack, 70, `come`, `under`, anywhere},
	{attack, 70, `break`, `into`, anywhere},
	{looting, 85, `set`, `fire ablaze alight afire light`, anywhere},
	{accident, 80, `catch`, `fire`, anywhere},
	{abduction, 85, `take hold seize`, `hostage captive`, anywhere},
	{arrest, 80, `take`, `custody`, anywhere},
	{arrest, 60, `round`, `up`, anywhere},
	{protest, 85, `take pour flood`, `street streets`, anywhere},
	{protest, 70, `block`, `road street highway traffic railway bridge`, object},
	{riot, 80, `throw hurl pelt`, `stone rock bottle brick molotov cocktail petrol`, anywhere},
	{capture, 80, `take regain seize gain establish assume`, `control`, object},
	{capture, 80, `capture seize occupy regain reclaim free secure clear recover re-enter recapture retake overrun liberate`, landWords, object},
	{capture, 60, `take win enter storm`, `town village city district territory neighborhood neighbourhood hill stronghold outpost suburb field oilfield`, object},
	{arrest, 80, `capture`, `commander leader militant fighter terrorist member man men people gunman bandit suspect migrant`, object},
	{change, 60, `enter`, `troop plane jet warship convoy force fighter army`, subject},
	{capture, 60, `drive push`, `back out`, anywhere},
	{handover, 80, `hand turn`, `over`, anywhere},
	{handover, 75, `pull`, `out`, anywhere},
	{seizure, 85, `seize seized confiscate intercept find discover recover dismantle destroy defuse uncover capture unearth identify locate impound`, armsWords, anywhere},
	{base, 85, `establish build construct create found`, `base headquarters camp outpost post checkpoint garrison`, object},
	{base, 85, `set`, `base headquarters camp outpost post checkpoint garrison point`, withUp},
	{change, 70, `send dispatch move forward transfer form join`, `force troop reinforcement fighter soldier convoy brigade battalion unit division ranks rank`, anywhere},
	{agreement, 80, `sign reach agree conclude broker announce declare violate extend accept negotiate hold resume begin start`,
		`agreement deal treaty pact accord ceasefire cease-fire truce negotiation talk talks dialogue peace`, anywhere},
	{agreement, 80, `exchange swap release free`, `prisoner captive detainee`, object},
	{diplomacy, 85, `expel expels summon recall withdraw`, `diplomat ambassador envoy attaché consul`, anywhere},
	{diplomacy, 85, `impose slap lift announce approve unveil face threaten tighten`, `sanction`, anywhere},
	{diplomacy, 80, `sever cut break restore`, `tie relation`, anywhere},
	{protest, 75, `gather assemble turn walk participate chant occupy camp stage hold pour flood join attend`,
		`protester demonstrator activist supporter marcher rally protest demonstration march sit-in picket`, anywhere},
	{protest, 60, `gather pour flood`, `crowd thousands hundreds`, subject},
	{shelling, 75, `pound hammer hit strike target`, `artillery mortar rocket missile shell`, anywhere},
	{airStrike, 85, `drop`, `bomb munition explosive barrel`, object},
	{airStrike, 80, `pound hit strike target launch carry conduct destroy`, `warplane jet airstrike drone aircraft airforce`, anywhere},
	{arrest, 75, `catch nab capture intercept hold bust charge`, `suspect man men smuggler trafficker gang member national migrant suspected`, object},
	{crime, 80, `steal forge fake circulate smuggle`, `car vehicle money document video image drug goods migrant`, object},
	{crime, 80, `seize confiscate bust intercept dismantle uncover`, `drug cocaine heroin hashish cannabis marijuana cosmetic cosmetics goods counterfeit cigarette ring gang
		narcotic trafficker smuggler`, object},
	{accident, 75, `run`, `aground ashore over`, anywhere},
	{accident, 75, `plunge veer skid`, `bus car truck van train lorry vehicle`, subject},
	{seizure, 80, `foil thwart neutralize neutralise`, `bomb bombing explosive device`, object},
	{capture, 70, `fall`, `rebel militant taliban insurgent fighter hand hands`, anywhere},
	{diplomacy, 80, `freeze ban revoke`, `asset visa travel`, object},
	{change, 70, `split merge recruit train arm`, `faction group militia fighter troop force soldier recruit brigade`, object},
	{protest, 75, `form`, `chain`, object},
	{abduction, 75, `go`, `missing`, anywhere},
	{accident, 75, `release`, `water gas chemical oil wastewater toxin`, object},
	{diplomacy, 80, `close shut reopen`, `embassy consulate`, anywhere},
	{sexual, 85, `assault abuse harass attack`, `sexually`, anywhere},
	{looting, 70, `blow blew`, `pylon pipeline tower`, anywhere},
}

// Some words speak of what happens to people or things rather than of an
// event, with certain others before or after them.
// Some nouns tell of an event with others before or after them.
var compounds = []struct {
	kind   kind
	weight uint8
	nouns  string
	with   string // compounded with the noun, or said of it
}{
	{agreement, 75, `talk talks agreement deal treaty pact process negotiation initiative`, `peace ceasefire cease-fire prisoner nuclear truce hostage withdrawal`},
	{agreement, 75, `exchange swap release`, `prisoner hostage captive detainee soldier`},
	{nature, 75, `snow rain snowfall rainfall`, `heavy torrential record monsoon`},
	{nature, 75, `disaster`, `natural`},
	{diplomacy, 75, `closure`, `embassy consulate`},
	{bombing, 60, `bomb device`, `car truck suicide roadside parcel letter nail pipe petrol`},
	{attack, 70, `violence`, `mob sectarian ethnic communal`},
}

var (
	// figures are who or what stands before a noun that is no event then.
	plainBefore = map[string]string{
		"attack":     "heart panic asthma anxiety verbal personal media advertising rhetorical ad",
		"assault":    "verbal rhetorical",
		"strike":     "first third lightning",
		"fire":       "friendly bush camp forest",
		"battle":     "legal court political electoral uphill",
		"fight":      "title prize championship",
		"clash":      "title cup league culture",
		"war":        "trade price culture cold civil world drug star class",
		"crash":      "market stock",
		"collapse":   "economic financial",
		"explosion":  "population",
		"raid":       "bear",
		"campaign":   "election",
		"rally":      "campaign stock market share political election",
		"operation":  "business daily mining bank airline surgical normal heart surgery rescue commercial relief retail",
		"action":     "legal court disciplinary class affirmative",
		"crime":      "war hate organized organised violent",
		"corruption": "anti",
	}
	// plainAfter are the words in an object or "on"-phrase that make a figure of speech of it.
	plainAfter = wordSet(`reputation credibility character record policy legacy integrity honesty judgment judgement plan proposal decision
		press freedom democracy rights right value constitution law rule institution agreement bill budget idea argument view speech remark
		problem poverty issue cancer corruption inflation unemployment crime disease hunger terrorism racism discrimination climate
		trafficking trafficker drug drugs narcotic narcotics deal balance bargain chord tone accord pose note match jackpot personality civilization civilisation interest system rival
		debate economy theory critic philosophy critics politics question`)
	// weakAttacks are deeds that politicians and companies do to one another with words.
	weakAttacks = wordSet(`attack assault assail target hit strike beat hurt fight fighting battle combat confrontation confront offensive onslaught
		counterattack counter-attack come`)
	// goesWrong are what happens to buildings and vehicles, and to much else in a figure of speech.
	goesWrong = wordSet(`explode crash collapse sink leak spill overturn`)
	// votes are what landslides are of, and papers what leaks are of.
	votes  = wordSet(`win won victory election electoral vote voter reelection re-election poll`)
	papers = wordSet(`email e-mail document information memo tape recording transcript cable report name data`)
	// unreal govern what has not happened: "the threat of an attack".
	unreal = wordSet(`possibility threat risk fear danger warning plan plot potential prevent avoid avert thwart foil threaten plan possible
		potential future imminent would-be hypothetical attempt prospect deter preparation prepare scenario warn chance intend intention
		likelihood fear refuse`)
)

// Classes of the words that say by what means, by whom or against whom.
type class uint32

const (
	suicideWord class = 1 << iota
	chemicalWord
	grenadeWord
	aircraftWord
	artilleryWord
	explosiveWord
	protesterWord
	policeWord
	crowdForce // tear gas, batons: how police meet a crowd
	liveForce  // live rounds
	rebelWord
	stateWord
	militaryWord // what only armies have: bases, convoys, patrols
	armsWord
	landWord
	violentWord
	vehicleWord // what has accidents
	plantWord   // what blows up by itself
	sexualWord
	mobWord
	noFight // without resistance
	labourWord
	bomberWord
	cyberWord
	crimeWord
	chiefProtesterWord
	hardWord     // somebody was really hurt, or could be: what figures of speech do without
	buildingWord // what falls in, leaks or sinks
	demandWord   // what makes a rally a protest
	lastClass
)

var classes = []struct {
	class class
	words string
}{
	{suicideWord, `suicide kamikaze suicide-bomb suicide-bomber himself herself themselves`},
	{cyberWord, `website cyber hacker computer online server software network`},
	{bomberWord, `bomber bombers kamikaze suicide-bomber`},
	{crimeWord, `drug cocaine heroin hashish cannabis smuggler smuggling cartel gang counterfeit trafficker trafficking fake pornographic migrant steal stolen
		fraud corruption steroid cyber hacker scam ring launder theft robbery`},
	{chiefProtesterWord, `protester demonstrator rioter protest demonstration rally marcher protestor`},
	{chemicalWord, `chemical chlorine sarin poisonous poison toxic mustard nerve`},
	{grenadeWord, `grenade`},
	{aircraftWord, `warplane jet fighter-jet aircraft drone airstrike aerial helicopter uav plane bomber-plane f-16 air gunship`},
	{artilleryWord, `artillery mortar rocket missile howitzer katyusha shell shelling tank ballistic`},
	{explosiveWord, `bomb explosive ied mine landmine dynamite device car-bomb bombing improvised roadside tnt`},
	{protesterWord, `protester demonstrator rioter protest demonstration rally march marcher activist sit-in protestor demonstrators`},
	{policeWord, `police force officer policeman army soldier troop guard gendarme`},
	{crowdForce, `tear teargas cannon baton rubber pellet disperse dispersal water`},
	{liveForce, `live ammunition excessive brutally kill crackdown beat suppress violently gunfire shoot dead round break`},
	{rebelWord, `rebel militant guerrilla insurgent terrorist fighter jihadist extremist isis isil taliban al-shabab al-shabaab shabaab shabab boko
		houthi houthis huthi hezbollah hamas pkk ypg al-qaida al-qaeda qaeda opposition separatist faction mujahideen daesh islamist farc fmln eln
		gunman bandit militia subversive`},
	{stateWord, `army government troop soldier force police military security regime state syrian iraqi afghan national`},
	{militaryWord, `base convoy patrol checkpoint barracks camp troop soldier military position army outpost garrison policeman post headquarters brigade`},
	{armsWord, armsWords},
	{landWord, landWords},
	{violentWord, `violent violence stone rock molotov clash riot block torch throw pelt fire burn aggressive unrest scuffle cocktail`},
	{vehicleWord, `car bus train plane vehicle truck boat ship helicopter ferry aircraft lorry motorcycle driver flight road highway motorist tanker van`},
	{plantWord, `factory plant gas boiler warehouse pipeline tank refinery mine chemical fireworks firework furnace hospital building propane oil fertilizer`},
	{sexualWord, `sexual sexually rape`},
	{mobWord, `mob vigilante lynch`},
	{noFight, `withdraw resistance peacefully pull vacate without hand withdrawal`},
	{hardWord, `kill dead die wound injure injury casualty bomb bombing bomber explode explosion blast shoot shooting gunman gunmen gunfire knife machete
		stab massacre murder assassinate assassination militant rebel terrorist insurgent guerrilla soldier troop fighter jihadist hostage kidnap corpse
		civilian rocket mortar missile grenade airstrike ambush raid arson torch gunpoint bullet policeman assailant attacker responsibility`},
	{buildingWord, `building bridge roof wall house tower dam stadium mine ship boat ferry tunnel scaffold balcony tank reactor`},
	{demandWord, `protester protest protestor demonstrator demonstration march marcher activist slogan banner placard chant demand against denounce condemn oppose
		tear police dissident opposition grievance wage strike union ban arrest outside anti-government`},
	{labourWord, `labor labour general hunger worker union miner teacher nurse rail doctor student transport nationwide wage pilot`},
}

type trigger struct {
	kind   kind
	weight uint8
}

type argFrame struct {
	trigger
	args map[uint32]bool
	only relation
}

type lexicon struct {
	verbs, nouns map[uint32]trigger
	frames       map[uint32][]argFrame
	compounds    map[uint32]argFrame
	forms        map[uint32]uint32 // the verb that a form in -ed is of
	classes      map[uint32]class
	before       map[uint32]map[uint32]bool
}

// wordSet is the words and their plain plurals: a noun that is taken for
// another part of speech keeps its ending.
func wordSet(words string) map[uint32]bool {
	m := map[uint32]bool{}
	for _, w := range strings.Fields(words) {
		m[text.Hash(w)] = true
		m[text.Hash(w+"s")] = true
	}
	return m
}

var theLexicon = sync.OnceValue(func() *lexicon {
	l := &lexicon{compounds: map[uint32]argFrame{}, forms: map[uint32]uint32{}, verbs: map[uint32]trigger{}, nouns: map[uint32]trigger{}, frames: map[uint32][]argFrame{}, classes: map[uint32]class{},
		before: map[uint32]map[uint32]bool{}}
	add := func(m map[uint32]trigger, words string, t trigger) {
		for _, w := range strings.Fields(words) {
			if h := text.Hash(w); m[h].kind == noKind {
				m[h] = t
			}
		}
	}
	for _, t := range triggers {
		add(l.verbs, t.verbs, trigger{t.kind, t.weight})
		add(l.nouns, t.nouns, trigger{t.kind, t.weight})
	}
	for _, f := range frames {
		args := wordSet(f.args)
		for _, v := range strings.Fields(f.verbs) {
			h := text.Hash(v)
			l.frames[h] = append(l.frames[h], argFrame{trigger{f.kind, f.weight}, args, f.only})
		}
	}
	for _, c := range compounds {
		with := wordSet(c.with)
		for _, n := range strings.Fields(c.nouns) {
			l.compounds[text.Hash(n)] = argFrame{trigger: trigger{c.kind, c.weight}, args: with}
		}
	}
	for _, t := range triggers {
		for _, v := range strings.Fields(t.verbs) {
			l.forms[text.Hash(strings.TrimSuffix(v, "e")+"ed")] = text.Hash(v)
		}
	}
	for _, c := range classes {
		for _, w := range strings.Fields(c.words) {
			l.classes[text.Hash(w)] |= c.class
		}
	}
	for w, b := range plainBefore {
		l.before[text.Hash(w)] = wordSet(b)
	}
	return l
})

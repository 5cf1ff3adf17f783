package figures

import (
	"strings"
	"sync"

	"hearsay/ledger"
	"hearsay/text"
)

// unit is one of the units in which people are counted, 0 for none. The larger
// of two that a text gives the same people counts: who was wounded and died is
// among the killed.
type unit uint8

const (
	noUnit unit = iota
	attackers
	hostages
	displaced
	arrested
	missing
	wounded
	killed
)

var unitName = [...]string{noUnit: ledger.UnitCount, attackers: ledger.UnitAttackers, hostages: ledger.UnitHostages, displaced: ledger.UnitDisplaced,
	arrested: ledger.UnitArrested, missing: ledger.UnitMissing, wounded: ledger.UnitWounded, killed: ledger.UnitKilled}

// trait is what the readers ask of a word, as a set of bits.
type trait uint64

const (
	numeral    trait = 1 << iota // "seven", "twenty-three": word.n is its value
	multiplier                   // "hundred", "million": word.n is what it multiplies by
	plenty                       // "dozens", "hundreds": word.n is one of them
	few                          // "several": word.n is the least it says
	none                         // "no", "nobody"
	fraction                     // "third", "quarters": word.n is one of them
	filler                       // stands between those counted and what befell them: "were", "also"
	fatally                      // makes a wounding deadly
	attack                       // what attackers do
	assailant                    // "gunmen": attackers wherever they are counted
	fighter                      // "militants": attackers where they attack
	crowd                        // stands for those of whom it is said to be many: "a group of"
	toll                         // "toll", "number": counts the dead
	measure                      // a unit of length, weight, time…
	label                        // stands before a number that names: "Article 5"
	body                         // "bodies" of the dead
	hospital                     // where the wounded are taken
	attempt                      // what follows did not come about: "tried to kill"
	dead                         // "dead" and the like, as an adjective
	irreal                       // "could", "would"
	month
	clock // says that the number before it is an hour, or makes it an ordinal
	tally // goes with a score: "margin"
	power // "square", before a unit of measure
	span  // a unit of time
	street
	shoots
	drive  // displaces where it is from home
	things // what is counted is no people
	strike // "hit": wounds where it is with a bullet
	bullet // a missile, or a part of the body that one hits
	human  // a single human being, of those that the lexicon does not list
	many   // stands for a number of people: "people", "soldiers"
)

// word is what the reader knows of a word form.
type word struct {
	traits trait
	object unit // what a verb says of its object, or of its subject in the passive
	does   unit // what a verb says of its subject in the active
	state  unit // what an adjective says of its noun
	noun   unit // what a noun says of those counted by it: "84 deaths"
	of     unit // what a noun says of those whose it is: "the killing of", "Varn's death"
	n      float64
	money  string // a currency's ISO 4217 code
}

// wordList is a table of word forms that share what the reader knows of them.
type wordList struct {
	word
	list string
}

var wordLists = []wordList{
	{word{object: killed}, `kill kills killed killing murder murders murdered murdering slay slays slew slain slaying slaughter slaughtered
		massacre massacred massacring assassinate assassinated assassinating assassinates behead beheaded beheading beheads
		executed executing lynched lynching electrocuted decapitated poisoned`},
	{word{object: wounded}, `wound wounds wounded wounding injure injures injured injuring hurt hurts hurting maim maimed maiming
		hospitalized hospitalised stabbed stabbing stab grazed paralyzed`},
	{word{object: arrested}, `arrest arrests arrested arresting detain detains detained detaining apprehend apprehended apprehending
		capture captures captured capturing jailed imprisoned`},
	{word{object: displaced}, `displace displaces displaced displacing evacuate evacuates evacuated evacuating uproot uprooted uprooting`},
	{word{object: hostages}, `abduct abducts abducted abducting kidnap kidnaps kidnapped kidnapping kidnaped`},
	{word{does: killed}, `die dies died dying perish perishes perished perishing drowned drown succumbed`},
	{word{does: displaced}, `flee flees fled fleeing`},
	{word{state: killed, traits: dead}, `dead deceased lifeless`},
	{word{state: wounded}, `wounded injured hurt unconscious`},
	{word{state: missing}, `missing unaccounted`},
	{word{state: displaced}, `homeless displaced`},
	{word{state: hostages}, `hostage captive`},
	{word{noun: killed}, `death deaths fatality fatalities murders killings homicides homicide slayings assassinations`},
	{word{noun: wounded}, `injuries`},
	{word{noun: arrested}, `arrests`},
	{word{noun: hostages}, `hostages captives`},
	{word{noun: displaced}, `refugees evacuees`},
	{word{of: killed}, `death deaths killing killings murder murders assassination assassinations slaying slayings massacre slaughter execution
		beheading`},
	{word{of: wounded}, `wounding`},
	{word{of: arrested}, `arrest arrests detention capture`},
	{word{of: hostages}, `kidnapping abduction kidnappings`},
	{word{of: displaced}, `evacuation displacement`},

	{word{traits: attack}, `attack attacks attacked attacking storm stormed storming ambush ambushed ambushing raid raided opened fired firing
		stormed assault assaulted burst hijacked seized`},
	{word{traits: assailant}, `gunmen gunman attackers attacker assailants assailant bombers bomber hijackers hijacker perpetrators perpetrator
		kidnappers raiders shooters shooter hitmen assassins`},
	{word{traits: fighter}, `men militants militant rebels rebel guerrillas guerrilla insurgents insurgent terrorists terrorist fighters
		individuals people youths bandits extremists jihadists commandos subjects suspects males`},
	{word{traits: crowd}, `number total group groups scores couple pair handful lot dozen score rest remainder`},
	{word{traits: toll}, `toll number count tally`},
	{word{traits: body}, `body bodies corpse corpses remains`},
	{word{traits: hospital}, `hospital hospitals clinic infirmary surgery`},
	{word{traits: attempt}, `try tries tried trying attempt attempts attempted attempting threaten threatens threatened threatening plan plans
		planned planning plot plots plotted plotting conspire conspired conspiring conspiracy want wants wanted wanting intend intended
		solicited ordered order hired`},
	{word{traits: irreal}, `could would might may should can must will wo 'd ’d`},
	{word{traits: fatally}, `fatally mortally`},
	{word{traits: filler}, `who that is are was were be been being has have had having 's also later since already reportedly allegedly so far then still
		subsequently apparently instantly seriously critically badly slightly lightly severely gravely confirmed feared believed presumed
		reported left found declared pronounced said to now currently immediately all both either or and fatally mortally`},
	{word{traits: none}, `no none nobody neither zero`},
	{word{traits: label}, `no. article articles chapter page pages section flight route highway interstate channel room apartment apt number #
		no nos. phase paragraph line gate runway volume vol. act bill resolution proposition amendment district precinct ward unit
		battalion brigade platoon squad figure table sector area building block exit lot suite platform track court pier battery
		tel phone fax box title version model type class grade stage code serial lane unit i-`},
	{word{object: wounded, traits: shoots}, `shot shooting shoots shoot`},
	{word{traits: drive}, `forced forcing drove driven driving`},
	{word{traits: strike}, `strike strikes struck striking hit hits hitting`},
	{word{traits: bullet}, `bullet bullets gunfire shot shots gunshot gunshots shrapnel pellet pellets round rounds crossfire leg legs arm arms
		head chest neck stomach abdomen shoulder thigh foot hip torso buttocks wrist ankle knee groin`},
	{word{traits: human}, `teen teenager juvenile victim youth toddler infant baby male female suspect boy girl man woman person shooter gunman
		grandmother grandfather motorist pedestrian cyclist rider driver passenger deputy trooper cop patron partygoer clerk cashier
		student classmate roommate stepson stepdaughter stepbrother stepsister acquaintance newborn adolescent minor another civilian peasant policeman guerrilla extremist subversive hunter worker robber burglar`},
	{word{traits: things}, `times time counts count charges shots shot rounds bullets gunshots deer houses homes cars vehicles dogs dog cows cattle
		shootings explosions bombs animals horses sheep pigs goats birds occasions generations attacks incidents cases wounds casings guns weapons blocks`},
	{word{traits: month}, `january february march april may june july august september october november december jan jan. feb feb. mar mar. apr
		apr. jun jun. jul jul. aug aug. sep sep. sept sept. oct oct. nov nov. dec dec.`},
	{word{traits: clock}, `am pm a.m. p.m. a.m p.m o'clock o’clock st nd rd th gmt utc`},
	{word{traits: tally}, `margin ratio`},
	{word{traits: power}, `square cubic metric nautical`},
	{word{traits: span}, `minute minutes hour hours day days week weeks month months year years decade decades century centuries`},
	{word{traits: street}, `street st. st avenue ave. ave road rd. rd boulevard blvd. blvd lane drive dr. block highway way court place`},
	{word{traits: measure}, `km kms kilometer kilometers kilometre kilometres mile miles m meter meters metre metres cm centimeter centimeters
		centimetre centimetres millimeter millimeters mm foot feet ft inch inches yard yards acre acres hectare hectares
		ton tons tonne tonnes kg kilo kilos kilogram kilograms gram grams pound pounds lb lbs lb. lbs. ounce ounces oz
		liter liters litre litres gallon gallons barrel barrels second seconds minute minutes hour hours day days week weeks month
		months year years decade decades century centuries degree degrees mph kph knots kilowatt kilowatts megawatt megawatts gigawatt
		gigawatts watt watts volt volts calories nights night weekend weekends nm`},
	{word{traits: many}, `people persons person men women children soldiers troops civilians others victims policemen officers fighters boys girls
		workers students passengers militants rebels families villagers residents protesters demonstrators prisoners inmates
		marines sailors servicemen firefighters migrants refugees peasants guerrillas guards adults teens teenagers males females`},
	{word{traits: numeral, n: 1}, `one`},
	{word{traits: multiplier, n: 12}, `dozen`},
	{word{traits: multiplier, n: 100}, `hundred`},
	{word{traits: multiplier, n: 1e3}, `thousand k`},
	{word{traits: multiplier, n: 1e6}, `million mn m`},
	{word{traits: multiplier, n: 1e9}, `billion bn b`},
	{word{traits: multiplier, n: 1e12}, `trillion tn`},
	{word{traits: plenty, n: 12}, `dozens`},
	{word{traits: plenty, n: 20}, `scores`},
	{word{traits: plenty, n: 10}, `tens`},
	{word{traits: plenty, n: 100}, `hundreds`},
	{word{traits: plenty, n: 1e3}, `thousands`},
	{word{traits: plenty, n: 1e6}, `millions`},
	{word{traits: plenty, n: 1e9}, `billions`},
	{word{traits: few, n: 3}, `several`},
	{word{traits: few, n: 2}, `few`},
	{word{traits: fraction, n: 1. / 2}, `half`},
	{word{traits: fraction, n: 1. / 3}, `third thirds`},
	{word{traits: fraction, n: 1. / 4}, `quarter quarters`},
	{word{traits: fraction, n: 1. / 5}, `fifth fifths`},
	{word{traits: fraction, n: 1. / 10}, `tenth tenths`},

	{word{money: "USD"}, `dollar dollars $ us$ usd`},
	{word{money: "EUR"}, `euro euros € eur`},
	{word{money: "GBP"}, `sterling £ gbp`},
	{word{money: "JPY"}, `yen jpy`},
	{word{money: "CNY"}, `yuan renminbi cny rmb`},
	{word{money: "RUB"}, `ruble rubles rouble roubles ₽ rub`},
	{word{money: "INR"}, `rupee rupees ₹ inr`},
	{word{money: "ILS"}, `shekel shekels ₪ ils`},
	{word{money: "UAH"}, `hryvnia hryvnias ₴ uah`},
	{word{money: "PLN"}, `zloty zlotys pln`},
	{word{money: "TRY"}, `lira liras ₺`},
	{word{money: "THB"}, `baht ฿`},
	{word{money: "KRW"}, `₩ krw`},
	{word{money: "NGN"}, `naira ₦`},
	{word{money: "PHP"}, `₱ php`},
	{word{money: "ZAR"}, `zar`},
	{word{money: "CHF"}, `chf`},
	{word{money: "CAD"}, `c$ ca$ cad`},
	{word{money: "AUD"}, `a$ au$ aud`},
	{word{money: "HKD"}, `hk$ hkd`},
	{word{money: "NZD"}, `nz$ nzd`},
	{word{money: "SGD"}, `s$ sgd`},
	{word{money: "BRL"}, `r$ reais brl`},
	{word{money: "AFN"}, `afghanis`},
	{word{money: "BDT"}, `taka`},
	{word{money: "VND"}, `dong`},
}

// nationalMoney gives the code of a currency whose name needs its country.
var nationalMoney = map[string]string{
	"canadian dollar": "CAD", "australian dollar": "AUD", "singapore dollar": "SGD", "kong dollar": "HKD", "zealand dollar": "NZD",
	"pakistani rupee": "PKR", "lankan rupee": "LKR", "nepalese rupee": "NPR", "mexican peso": "MXN", "philippine peso": "PHP",
	"colombian peso": "COP", "argentine peso": "ARS", "chilean peso": "CLP", "swiss franc": "CHF", "egyptian pound": "EGP",
	"british pound": "GBP", "lebanese pound": "LBP", "syrian pound": "SYP", "sudanese pound": "SDG", "saudi riyal": "SAR",
	"iranian rial": "IRR", "yemeni rial": "YER", "omani rial": "OMR", "qatari riyal": "QAR", "emirati dirham": "AED",
	"moroccan dirham": "MAD", "iraqi dinar": "IQD", "kuwaiti dinar": "KWD", "jordanian dinar": "JOD", "serbian dinar": "RSD",
	"turkish lira": "TRY", "lebanese lira": "LBP", "swedish krona": "SEK", "norwegian krone": "NOK", "danish krone": "DKK",
	"icelandic krona": "ISK", "czech koruna": "CZK", "hungarian forint": "HUF", "kenyan shilling": "KES", "somali shilling": "SOS",
	"indian rupee": "INR", "indonesian rupiah": "IDR",
}

var smallNumbers = strings.Fields(`one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
	eighteen nineteen twenty`)

var tens = strings.Fields(`twenty thirty forty fifty sixty seventy eighty ninety`)

var words = sync.OnceValue(func() map[uint32]*word {
	m := map[uint32]*word{}
	add := func(form string, w word) {
		h := text.Hash(form)
		x := m[h]
		if x == nil {
			x = new(word)
			m[h] = x
		}
		x.traits |= w.traits
		x.object, x.does, x.state = max(x.object, w.object), max(x.does, w.does), max(x.state, w.state)
		x.noun, x.of = max(x.noun, w.noun), max(x.of, w.of)
		if w.n != 0 {
			x.n = w.n
		}
		if w.money != "" {
			x.money = w.money
		}
	}
	for _, l := range wordLists {
		for _, f := range strings.Fields(l.list) {
			add(f, l.word)
		}
	}
	for i, f := range smallNumbers {
		add(f, word{traits: numeral, n: float64(i + 1)})
	}
	for i, t := range tens {
		n := float64(20 + 10*i)
		add(t, word{traits: numeral, n: n})
		for k, f := range smallNumbers[:9] {
			add(t+"-"+f, word{traits: numeral, n: n + float64(k+1)})
			add(t+f, word{traits: numeral, n: n + float64(k+1)})
		}
	}
	for i, f := range smallNumbers {
		add(f+"-thirds", word{traits: fraction, n: float64(i+1) / 3})
		add(f+"-third", word{traits: fraction, n: float64(i+1) / 3})
		add(f+"-quarters", word{traits: fraction, n: float64(i+1) / 4})
		add(f+"-quarter", word{traits: fraction, n: float64(i+1) / 4})
		add(f+"-fifths", word{traits: fraction, n: float64(i+1) / 5})
		add(f+"-fifth", word{traits: fraction, n: float64(i+1) / 5})
		add(f+"-tenths", word{traits: fraction, n: float64(i+1) / 10})
	}
	return m
})

// nations gives the code of a currency for the hash of its country's word and
// the hash of its name in the singular.
var nations = sync.OnceValue(func() map[[2]uint32]string {
	m := map[[2]uint32]string{}
	for k, v := range nationalMoney {
		a, b, _ := strings.Cut(k, " ")
		m[[2]uint32{text.Hash(a), text.Hash(b)}] = v
	}
	return m
})

// digits reads a token that begins with a digit: its value, the byte after its
// digits, and whether it is one number. Commas divide groups of three, a point
// begins the decimals.
func digits(s string) (v float64, end int, ok bool) {
	const most = 15 // digits that a float64 holds exactly; a longer number counts nothing
	n, group, scale := 0, 0, 0.0
	i := 0
	for ; i < len(s); i++ {
		c := s[i]
		if c >= '0' && c <= '9' {
			if n == most {
				return 0, 0, false
			}
			v = v*10 + float64(c-'0')
			scale *= 10
			n++
			group++
			continue
		}
		if c == ',' && scale == 0 && threeDigits(s[i+1:]) && (group == 3 || n == group && n > 0 && n < 3) {
			group = 0
			continue
		}
		if c == '.' && scale == 0 && i+1 < len(s) && s[i+1] >= '0' && s[i+1] <= '9' {
			scale = 1
			continue
		}
		break
	}
	if scale > 1 {
		v /= scale
	}
	return v, i, n > 0
}

// threeDigits reports whether s begins with three digits and no fourth.
func threeDigits(s string) bool {
	for i := range 3 {
		if i >= len(s) || s[i] < '0' || s[i] > '9' {
			return false
		}
	}
	return len(s) == 3 || s[3] < '0' || s[3] > '9'
}

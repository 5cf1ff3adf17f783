package dates

import (
	"strings"
	"sync"

	"hearsay/text"
)

// A kind is what a word is to the grammar of time.
type kind uint8

const (
	other       kind = iota // no word of time; any run of them is one item
	monthName               // value: 1–12
	weekdayName             // value: 1 for Monday – 7
	seasonName              // value: 1 for spring – 4
	holidayName             // value: index in holidays
	unitName                // value: the grain
	dayPart                 // "morning"
	dayPoint                // "noon"
	cardinal                // value: the number
	ordinal                 // value: the number
	yearNumber              // "'98", which can be nothing else; value: the year
	decadeName              // "1990s"; value: the first year
	fullDate                // "12/03/1998"; value: index in lexer.full
	rangeOfTwo              // "1994-95", "4-9"; value: index in lexer.pairs
	clockTime               // "7:15", "9pm"
	meridiem                // "a.m.", which makes a number a time of day
	zoneName                // "EST"
	deictic                 // "yesterday"; value: days after the publication
	lastWord
	pastWord // "the past two years"
	nextWord
	comingWord
	thisWord
	currentWord   // "the current year"
	thatWord      // "that", "the same"
	previousWord  // before what was told of: "the previous day"
	followingWord // after it
	agoWord
	earlierWord // "a year earlier", "earlier this year"
	laterWord
	beforeWord
	afterWord
	fromNowWord // "hence"; also "from now"
	earlyWord   // a part of what follows: "early March", "mid-1990s"
	endWord     // a part of what follows after "of": "the end of 1990"
	halfWord
	theWord
	article // "a", "an"
	vague   // "few", "several": a number that is not said
	about
	ofWord
	inWord // in, on, during, for, at: what often stands before a date
	sinceWord
	untilWord
	fromWord
	betweenWord
	toWord
	andWord
	orWord
	soWord
	comma
	dash
	hyphen
	possessive
	fiscalWord
	eachWord // of what comes again and again: "every", "per"
	oldWord  // of age
	nowWord
	eraWord    // "post-1945"
	wholeWord  // "the full year"
	timeWord   // "at the time"
	latestWord // "the latest quarter": the last that is known of
)

// Flags tell apart words of one kind.
type flags uint8

const (
	plural   flags = 1 << iota
	capital        // no word of time without a capital
	short          // an abbreviation without its point, sure only beside a number
	spelled        // a number in letters
	doubtful       // a name that is also another word or a person's
	noun           // no word of time as a verb or an adverb
)

// A word is an entry of the lexicon of time.
type word struct {
	kind  kind
	flags flags
	value int32
}

// A holiday falls on one day of each year, and on which is told by a rule.
type holidayRule struct {
	month, day int8 // of a fixed feast
	weekday    int8 // of a feast on the nth such weekday of the month, from its end where nth is negative
	nth        int8
	plus       int8 // days after that
	moves      bool // with Easter, from which plus counts
}

// holidays are the days that news call by a name: public holidays of the
// English-speaking countries and the church's feasts, with the words that name them.
var holidays = []struct {
	names string
	holidayRule
}{
	{"christmas|christmas day", holidayRule{month: 12, day: 25}},
	{"christmas eve", holidayRule{month: 12, day: 24}},
	{"boxing day", holidayRule{month: 12, day: 26}},
	{"new year 's day|new year 's", holidayRule{month: 1, day: 1}},
	{"new year 's eve", holidayRule{month: 12, day: 31}},
	{"valentine 's day", holidayRule{month: 2, day: 14}},
	{"st. patrick 's day|saint patrick 's day", holidayRule{month: 3, day: 17}},
	{"april fool 's day|april fools ' day", holidayRule{month: 4, day: 1}},
	{"may day", holidayRule{month: 5, day: 1}},
	{"bastille day", holidayRule{month: 7, day: 14}},
	{"halloween", holidayRule{month: 10, day: 31}},
	{"all saints ' day", holidayRule{month: 11, day: 1}},
	{"veterans day|armistice day|remembrance day", holidayRule{month: 11, day: 11}},
	{"thanksgiving|thanksgiving day", holidayRule{month: 11, weekday: 4, nth: 4}},
	{"election day", holidayRule{month: 11, weekday: 1, nth: 1, plus: 1}},
	{"black friday", holidayRule{month: 11, weekday: 4, nth: 4, plus: 1}},
	{"labor day", holidayRule{month: 9, weekday: 1, nth: 1}},
	{"memorial day", holidayRule{month: 5, weekday: 1, nth: -1}},
	{"columbus day", holidayRule{month: 10, weekday: 1, nth: 2}},
	{"presidents day|presidents ' day|president 's day", holidayRule{month: 2, weekday: 1, nth: 3}},
	{"martin luther king day", holidayRule{month: 1, weekday: 1, nth: 3}},
	{"mother 's day", holidayRule{month: 5, weekday: 7, nth: 2}},
	{"father 's day", holidayRule{month: 6, weekday: 7, nth: 3}},
	{"easter|easter sunday", holidayRule{moves: true}},
	{"easter monday", holidayRule{moves: true, plus: 1}},
	{"good friday", holidayRule{moves: true, plus: -2}},
	{"maundy thursday", holidayRule{moves: true, plus: -3}},
	{"holy saturday", holidayRule{moves: true, plus: -1}},
	{"palm sunday", holidayRule{moves: true, plus: -7}},
	{"ash wednesday", holidayRule{moves: true, plus: -46}},
	{"ascension day", holidayRule{moves: true, plus: 39}},
	{"pentecost|whit sunday", holidayRule{moves: true, plus: 49}},
}

// in returns the holiday of the year y.
func (h holidayRule) in(y int) (date, bool) {
	switch {
	case y < firstYear || y > lastYear:
		return date{}, false
	case h.moves:
		m, d := easter(y)
		return cast(number(y, m, d)+int(h.plus), day)
	case h.nth > 0:
		first := number(y, int(h.month), 1)
		return cast(first+(int(h.weekday)-weekday(first)+7)%7+7*int(h.nth-1)+int(h.plus), day)
	case h.nth < 0:
		end := number(y, int(h.month), daysIn(y, int(h.month)))
		return cast(end-(weekday(end)-int(h.weekday)+7)%7+7*int(h.nth+1), day)
	}
	return dayOf(y, int(h.month), int(h.day))
}

// easter returns month and day of Easter in the Gregorian calendar, by the
// anonymous algorithm that Meeus gives in Astronomical Algorithms.
func easter(y int) (m, d int) {
	a, b, c := y%19, y/100, y%100
	h := (19*a + b - b/4 - (b-(b+8)/25+1)/3 + 15) % 30
	l := (32 + 2*(b%4) + 2*(c/4) - h - c%4) % 7
	k := (a + 11*h + 22*l) / 451
	n := h + l - 7*k + 114
	return n / 31, n%31 + 1
}

// entries is the lexicon: words of one kind, numbered from the first value on.
var entries = []struct {
	kind  kind
	flags flags
	value int32
	step  int32
	list  string
}{
	{monthName, capital, 1, 1, "january february march april may june july august september october november december"},
	{monthName, capital, 1, 1, "jan. feb. mar. apr. - jun. jul. aug. sept. oct. nov. dec."},
	{monthName, capital, 9, 1, "sep."},
	{monthName, capital | short, 1, 1, "jan feb mar apr - jun jul aug sep oct nov dec"},
	{monthName, capital | short, 9, 1, "sept"},
	{weekdayName, capital, 1, 1, "monday tuesday wednesday thursday friday saturday sunday"},
	{weekdayName, capital | short, 1, 1, "mon. tues. wed. thurs. fri. sat. sun."},
	{weekdayName, capital | short, 1, 1, "mon tue wed thu fri sat sun"},
	{weekdayName, capital | short, 2, 2, "tue. thu."},
	{seasonName, noun, 1, 1, "spring summer autumn winter"},
	{seasonName, noun | doubtful, 3, 0, "fall"},
	{unitName, 0, int32(hour), 0, "minute hour"},
	{unitName, plural, int32(hour), 0, "seconds minutes hours"},
	{unitName, 0, int32(day), 0, "day"},
	{unitName, plural, int32(day), 0, "days"},
	{unitName, 0, int32(week), 0, "week"},
	{unitName, plural, int32(week), 0, "weeks"},
	{unitName, 0, int32(weekend), 0, "weekend"},
	{unitName, plural, int32(weekend), 0, "weekends"},
	{unitName, 0, int32(month), 0, "month"},
	{unitName, plural, int32(month), 0, "months"},
	{unitName, 0, int32(quarter), 0, "quarter"},
	{unitName, plural, int32(quarter), 0, "quarters"},
	{unitName, 0, int32(year), 0, "year"},
	{unitName, plural, int32(year), 0, "years"},
	{unitName, 0, int32(decade), 0, "decade"},
	{unitName, plural, int32(decade), 0, "decades"},
	{unitName, 0, int32(century), 0, "century"},
	{unitName, plural, int32(century), 0, "centuries"},
	{dayPart, 0, 0, 0, "morning afternoon evening night nightfall midmorning midafternoon dawn dusk"},
	{dayPart, plural, 0, 0, "mornings afternoons evenings nights"},
	{dayPoint, 0, 0, 0, "noon midnight midday"},
	{cardinal, spelled, 1, 1, "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen"},
	{cardinal, spelled, 20, 10, "twenty thirty forty fifty sixty seventy eighty ninety"},
	{cardinal, spelled, 100, 900, "hundred thousand"},
	{ordinal, spelled, 1, 1, "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth"},
	{ordinal, spelled, 30, 0, "thirtieth"},
	{decadeName, doubtful, 1920, 10, "twenties thirties forties fifties sixties seventies eighties nineties"},
	{meridiem, 0, 0, 0, "a.m. p.m. am pm a.m p.m"},
	{zoneName, capital, 0, 0, "est edt cst cdt mst mdt pst pdt et gmt utc bst cet cest"},
	{deictic, 0, 0, 0, "today tonight"},
	{deictic, 0, -1, 0, "yesterday"},
	{deictic, 0, 1, 0, "tomorrow"},
	{lastWord, 0, 0, 0, "last"},
	{pastWord, 0, 0, 0, "past"},
	{nextWord, 0, 0, 0, "next"},
	{comingWord, 0, 0, 0, "coming upcoming"},
	{thisWord, 0, 0, 0, "this"},
	{currentWord, 0, 0, 0, "current present"},
	{thatWord, 0, 0, 0, "that same"},
	{previousWord, 0, 0, 0, "previous preceding prior"},
	{followingWord, 0, 0, 0, "following subsequent ensuing"},
	{agoWord, 0, 0, 0, "ago"},
	{earlierWord, 0, 0, 0, "earlier previously"},
	{laterWord, 0, 0, 0, "later afterward afterwards thereafter"},
	{beforeWord, 0, 0, 0, "before"},
	{afterWord, 0, 0, 0, "after"},
	{fromNowWord, 0, 0, 0, "hence"},
	{earlyWord, 0, 0, 0, "early late mid sometime"},
	{endWord, 0, 0, 0, "end beginning start middle close eve"},
	{halfWord, 0, 0, 0, "half"},
	{theWord, 0, 0, 0, "the"},
	{article, 0, 0, 0, "a an"},
	{vague, 0, 0, 0, "few several couple many"},
	{about, 0, 0, 0, "about around nearly almost roughly approximately circa c. ca. some"},
	{ofWord, 0, 0, 0, "of"},
	{inWord, 0, 0, 0, "in on during for at over within"},
	{sinceWord, 0, 0, 0, "since"},
	{untilWord, 0, 0, 0, "until till by through"},
	{fromWord, 0, 0, 0, "from"},
	{betweenWord, 0, 0, 0, "between"},
	{toWord, 0, 0, 0, "to"},
	{andWord, 0, 0, 0, "and &"},
	{orWord, 0, 0, 0, "or"},
	{soWord, 0, 0, 0, "so"},
	{comma, 0, 0, 0, ","},
	{dash, 0, 0, 0, "- – −"},
	{possessive, 0, 0, 0, "'s '"},
	{fiscalWord, 0, 0, 0, "fiscal"},
	{eachWord, 0, 0, 0, "every each per any"},
	{oldWord, 0, 0, 0, "old"},
	{nowWord, 0, 0, 0, "now"},
	{eraWord, 0, 0, 0, "post pre"},
	{wholeWord, 0, 0, 0, "full whole entire"},
	{timeWord, 0, 0, 0, "time"},
	{latestWord, 0, 0, 0, "latest"},
}

// doubted are the months whose names are also other words or people's.
const doubted = "march april may june august"

type lexicon struct {
	words    map[uint32]word
	holidays map[uint32][]feast // by their first word
}

// feast is the name of a holiday, after its first word.
type feast struct {
	rest []uint32
	rule int32
}

var lexiconOf = sync.OnceValue(func() *lexicon {
	x := &lexicon{words: map[uint32]word{}, holidays: map[uint32][]feast{}}
	for _, e := range entries {
		v := e.value
		for _, w := range strings.Fields(e.list) {
			if w != "-" || e.kind == dash {
				x.words[text.Hash(w)] = word{e.kind, e.flags, v}
			}
			v += e.step
		}
	}
	for _, w := range strings.Fields(doubted) {
		e := x.words[text.Hash(w)]
		e.flags |= doubtful
		x.words[text.Hash(w)] = e
	}
	for i, h := range holidays {
		for name := range strings.SplitSeq(h.names, "|") {
			f := feast{rule: int32(i)}
			for _, w := range strings.Fields(name) {
				f.rest = append(f.rest, text.Hash(w))
			}
			x.holidays[f.rest[0]] = append(x.holidays[f.rest[0]], feast{f.rest[1:], f.rule})
		}
	}
	return x
})

// counted are words that a number of four digits before them counts.
var counted = set(`people troops soldiers men women children percent % per feet miles meters metres kilometers kilometres pounds dollars
	euros jobs points tons tonnes km kg mph rpm barrels acres workers students members votes seats shares hours times degrees
	calories employees francs marks rubles yen yards square cubic homes houses kilograms megawatts watts dead`)

// set makes the hashes of a list of words.
func set(list string) func() map[uint32]bool {
	return sync.OnceValue(func() map[uint32]bool {
		s := map[uint32]bool{}
		for _, w := range strings.Fields(list) {
			s[text.Hash(w)] = true
		}
		return s
	})
}

// attacks are what follows "Sept. 11" where that names the day in 2001.
var attacks = set("attack attacks terror terrorist hijackings hijackers")

// Words that a rule asks for by themselves.
var (
	wordAhead    = text.Hash("ahead")
	wordAs       = text.Hash("as")
	wordAt       = text.Hash("at")
	wordBe       = text.Hash("be")
	wordBy       = text.Hash("by")
	wordCan      = text.Hash("can")
	wordCould    = text.Hash("could")
	wordEarly    = text.Hash("early")
	wordEnded    = text.Hash("ended")
	wordEnding   = text.Hash("ending")
	wordFirst    = text.Hash("first")
	wordFor      = text.Hash("for")
	wordGo       = text.Hash("go")
	wordHad      = text.Hash("had")
	wordHas      = text.Hash("has")
	wordHave     = text.Hash("have")
	wordIn       = text.Hash("in")
	wordLast     = text.Hash("last")
	wordNo       = text.Hash("no.")
	wordNumber   = text.Hash("number")
	wordOf       = text.Hash("of")
	wordOnly     = text.Hash("only")
	wordOver     = text.Hash("over")
	wordPlan     = text.Hash("plan")
	wordSchedule = text.Hash("schedule")
	wordSet      = text.Hash("set")
	wordSince    = text.Hash("since")
	wordSoon     = text.Hash("soon")
	wordThat     = text.Hash("that")
	wordThrough  = text.Hash("through")
	wordTill     = text.Hash("till")
	wordUntil    = text.Hash("until")
	wordWas      = text.Hash("was")
	wordWere     = text.Hash("were")
	wordWithin   = text.Hash("within")
)

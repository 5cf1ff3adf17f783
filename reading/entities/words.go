package entities

import (
	"strings"
	"sync"

	"hearsay/reading/lexicon"
	"hearsay/text"
)

var (
	wordThe    = text.Hash("the")
	wordThis   = text.Hash("this")
	wordThat   = text.Hash("that")
	wordThese  = text.Hash("these")
	wordThose  = text.Hash("those")
	wordOf     = text.Hash("of")
	wordFor    = text.Hash("for")
	wordOn     = text.Hash("on")
	wordIn     = text.Hash("in")
	wordNear   = text.Hash("near")
	wordWho    = text.Hash("who")
	wordNews   = text.Hash("news")
	wordOne    = text.Hash("one")
	wordAs     = text.Hash("as")
	wordNot    = text.Hash("not")
	wordNt     = text.Hash("n't")
	wordNever  = text.Hash("never")
	wordTo     = text.Hash("to")
	wordGroup  = text.Hash("group")
	wordOwn    = text.Hash("own")
	wordAgency = text.Hash("agency")
)

type number uint8

const (
	one number = iota
	many
)

// A pronoun's person, number and gender.
type person struct {
	person uint8 // 1, 2 or 3
	number number
	gender lexicon.Class
	human  bool
	self   bool // reflexive
}

var pronouns = map[uint32]person{
	text.Hash("i"):          {1, one, 0, true, false},
	text.Hash("me"):         {1, one, 0, true, false},
	text.Hash("my"):         {1, one, 0, true, false},
	text.Hash("mine"):       {1, one, 0, true, false},
	text.Hash("myself"):     {1, one, 0, true, true},
	text.Hash("ours"):       {1, many, 0, true, false},
	text.Hash("ourselves"):  {1, many, 0, true, true},
	text.Hash("you"):        {2, many, 0, true, false},
	text.Hash("your"):       {2, many, 0, true, false},
	text.Hash("yours"):      {2, many, 0, true, false},
	text.Hash("yourself"):   {2, many, 0, true, true},
	text.Hash("we"):         {1, many, 0, true, false},
	text.Hash("us"):         {1, many, 0, true, false},
	text.Hash("our"):        {1, many, 0, true, false},
	text.Hash("he"):         {3, one, lexicon.Male, true, false},
	text.Hash("him"):        {3, one, lexicon.Male, true, false},
	text.Hash("his"):        {3, one, lexicon.Male, true, false},
	text.Hash("himself"):    {3, one, lexicon.Male, true, true},
	text.Hash("she"):        {3, one, lexicon.Female, true, false},
	text.Hash("her"):        {3, one, lexicon.Female, true, false},
	text.Hash("hers"):       {3, one, lexicon.Female, true, false},
	text.Hash("herself"):    {3, one, lexicon.Female, true, true},
	text.Hash("it"):         {3, one, 0, false, false},
	text.Hash("its"):        {3, one, 0, false, false},
	text.Hash("itself"):     {3, one, 0, false, true},
	text.Hash("they"):       {3, many, 0, false, false},
	text.Hash("them"):       {3, many, 0, false, false},
	text.Hash("their"):      {3, many, 0, false, false},
	text.Hash("theirs"):     {3, many, 0, false, false},
	text.Hash("themselves"): {3, many, 0, false, true},
}

// set makes the hashes of a list of words.
func set(list string) func() map[uint32]bool {
	return sync.OnceValue(func() map[uint32]bool {
		s := map[uint32]bool{}
		for _, f := range strings.Fields(list) {
			s[text.Hash(f)] = true
		}
		return s
	})
}

var (
	particles  = set("de van von der den del della di da dos du al el bin ibn ben la le")
	honorifics = set("mr mr. mrs mrs. ms ms. miss sir dame dr dr. prof prof. sen sen. rep rep. gov gov. gen gen. col col. lt lt. maj maj. sgt sgt. capt capt. rev rev. president first")
	renaming   = set("group organization organisation movement network militia newspaper magazine agency broadcaster website company firm outlet app platform")
	suffixes   = set("jr jr. sr sr. ii iii iv")

	humanVerbs = set("say tell think believe write die marry ask know feel want love hate smile laugh wear remember forget hope fear graduate study learn teach speak talk cry read bear grow")

	restricts = set("former vice deputy ex assistant acting interim associate under then late")

	vehicles = set("ferry ship boat vessel yacht submarine tanker frigate destroyer trawler steamer barge cutter tug aircraft rocket satellite spacecraft car")
	joins    = set("based led backed born style era held controlled run owned linked funded like wide sponsored trained bound area dominated affiliated aligned occupied brokered mediated friendly elect made built related inspired supported allied")
	hollow   = set("seem appear become turn happen")
	callings = set("call name dub know")

	incorporated = set("inc inc. corp corp. ltd ltd. plc llc co co. gmbh ag sa s.a. n.v. nv ab oyj spa s.p.a.")
	facilities   = set("centre center hospital clinic church cathedral school university college club federation union house court office line lines station")
	armed        = set("terrorist militant extremist armed islamist jihadist insurgent rebel separatist criminal radical same whole entire")
	locals       = set("mayor governor resident inhabitant native street outskirts suburb centre center coast port north south east west capital")
	anybody      = set("man woman boy girl person child teenager one other somebody someone people figure figures nobody")
	appointments = set("name appoint elect make declare nominate install reelect re-elect crown swear promote")
	renamings    = set("aka a.k.a. a.k.a alias née nicknamed abbreviated formerly previously")
	between      = set("also better or who is was widely commonly internationally simply often the known called as to")

	// Which kinds of body a general noun can stand for.
	anyBody   = set("group organization organisation movement front faction militia brigade branch network body")
	business  = set("company corporation firm business airline carrier manufacturer operator contractor maker startup retailer publisher bank")
	press     = set("newspaper paper magazine broadcaster outlet website site journal network station channel agency daily weekly")
	authority = set("agency department government administration authority office ministry police army court")
)

func particle(word uint32) bool  { return particles()[word] }
func honorific(word uint32) bool { return honorifics()[word] }
func humanVerb(word uint32) bool { return humanVerbs()[word] }
func renames(word uint32) bool   { return renaming()[word] }

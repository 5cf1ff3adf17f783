package text

// abbr is how an abbreviation behaves before the next word.
type abbr uint8

const (
	abbrNone   abbr = iota
	abbrTitle       // "Mr.": a name follows, so it never ends a sentence
	abbrInner       // "e.g.", "vs.": never ends a sentence
	abbrNumber      // "No.", "p.": an abbreviation only before a number
	abbrEnd         // "Inc.", "Calif.", "U.S.": may end a sentence, told by the next word
	abbrMonth       // "Jan.", "Mon.": likewise
	abbrTime        // "p.m.": likewise, but a time zone or a day may follow
	abbrLetter      // "J.": an initial
)

// spelling is how an abbreviation must be written to be one.
type spelling uint8

const (
	anyCase spelling = iota
	capital          // "Mass.": with one capital, for "mass." and "MASS." are words
)

type abbreviated struct {
	abbr     abbr
	spelling spelling
}

// longestAbbreviation is the most bytes of an entry of abbreviations.
const longestAbbreviation = 7

// abbreviations are written in lower case and without their last stop.
var abbreviations = func() map[string]abbreviated {
	m := map[string]abbreviated{}
	add := func(a abbr, s spelling, words ...string) {
		for _, w := range words {
			m[w] = abbreviated{a, s}
		}
	}
	add(abbrTitle, anyCase, "mr", "mrs", "ms", "mx", "messrs", "mme", "mlle", "dr", "drs", "prof", "profs", "lt", "cmdr", "capt", "sgt", "cpl", "pvt",
		"brig", "supt", "insp", "atty", "asst", "msgr", "gov", "govs", "sens", "reps", "st", "ste")
	add(abbrTitle, capital, "col", "maj", "adm", "sen", "gen", "gens", "rep", "rev", "hon", "rt", "pres", "amb", "sec", "secy", "det", "del", "ald", "cong", "mt", "ft", "pt", "fr",
		"pfc", "spc", "cdr", "lieut", "treas", "dep", "sra", "sta", "pte", "mgr", "supr")
	add(abbrInner, anyCase, "e.g", "i.e", "vs", "v", "cf", "viz", "eg", "approx", "esp", "incl", "a.k.a", "d.b.a", "f.k.a", "n.b")
	add(abbrInner, capital, "op", "ed", "eds", "trans", "est")
	add(abbrNumber, anyCase, "no", "nos", "p", "pp", "vol", "vols", "fig", "figs", "art", "arts", "sect", "para", "ch", "chap", "ver", "nr", "pg", "ca", "c")
	add(abbrEnd, anyCase, "inc", "corp", "co", "cos", "ltd", "plc", "llc", "bros", "jr", "sr", "esq", "assn", "ass'n", "assoc", "dept", "div", "univ",
		"mfg", "intl", "int'l", "nat'l", "govt", "gov't", "etc", "ave", "blvd", "hwy", "al", "ph.d", "lbs")
	add(abbrEnd, capital, "ala", "ariz", "ark", "cal", "calif", "colo", "conn", "fla", "ga", "ia", "ida", "ill", "ind", "kan", "kans", "ky", "la", "mass", "md", "mich", "minn",
		"miss", "mo", "mont", "neb", "nebr", "nev", "okla", "ont", "ore", "pa", "penn", "tenn", "tex", "va", "vt", "wash", "wis", "wisc", "wyo",
		"alta", "sask", "que", "cia", "cie", "dist", "pty", "rd", "inst", "bldg", "dr")
	m["dr"] = abbreviated{abbrTitle, anyCase}
	add(abbrMonth, capital, "jan", "feb", "febr", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec",
		"mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun")
	add(abbrTime, anyCase, "a.m", "p.m")
	return m
}()

// abbreviation returns what kind of abbreviation the stop at t[end] makes of
// the word t[start:end], abbrNone if the stop is not the word's own.
func abbreviation(t string, start, end int) abbr {
	n := end - start
	if n > longestAbbreviation {
		return abbrNone
	}
	var buf [longestAbbreviation]byte
	for i := range n {
		buf[i] = lowered[t[start+i]]
	}
	a := abbreviations[string(buf[:n])]
	if a.spelling == capital {
		if !upperAt(t, start) {
			return abbrNone
		}
		// In capitals only a title before a name: "GEN. VARO".
		if upperAt(t, start+1) && !(a.abbr == abbrTitle && end+2 < len(t) && t[end+1] == ' ' && upperAt(t, end+2) && upperAt(t, end+3)) {
			return abbrNone
		}
	}
	if a.abbr == abbrNumber {
		i := end + 1
		for i < len(t) && i < end+3 && classAt(t, i) == cSpace {
			_, size := classify(t, i)
			i += size
		}
		if classAt(t, i) != cDigit {
			return abbrNone
		}
	}
	return a.abbr
}

// starters are words that, capitalised, most often begin a sentence: after
// "U.S." or "Inc." they tell that one has ended.
var starters = hashes(
	"the", "a", "an", "this", "that", "these", "those", "he", "she", "it", "they", "we", "i", "you", "his", "her", "its", "their", "our", "my", "your",
	"but", "and", "or", "so", "yet", "if", "when", "while", "as", "at", "in", "on", "for", "from", "by", "with", "after", "before", "during", "since", "until",
	"although", "though", "because", "however", "meanwhile", "moreover", "instead", "also", "still", "now", "then", "there", "here", "what", "who", "why", "how", "where", "which",
	"one", "some", "many", "most", "all", "both", "each", "every", "few", "several", "another", "other", "others", "no", "not", "nor", "never", "nothing", "none",
	"is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "could", "would", "should", "let", "according", "asked", "despite",
	"under", "about", "among", "between", "without", "within", "even", "only", "just", "once", "more", "much", "perhaps", "maybe", "yes", "well", "to", "of", "through",
	"such", "like", "unlike", "given", "earlier", "later", "today", "yesterday", "tomorrow", "last", "next", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
	"officials", "police", "people", "critics", "experts", "analysts", "supporters", "everyone", "everybody", "nobody", "someone", "something", "whether", "thus", "therefore", "too", "anyone",
	"prosecutors", "authorities", "investigators", "lawmakers", "voters", "sources", "witnesses", "residents",
)

// zones are the words that, capitalised, go on with a time of day.
var zones = hashes(
	"est", "edt", "et", "e.t.", "cst", "cdt", "ct", "mst", "mdt", "mt", "pst", "pdt", "pt", "p.t.", "gmt", "utc", "bst", "cet", "ist",
	"eastern", "central", "mountain", "pacific", "local", "greenwich",
	"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
	"january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
	"jan.", "feb.", "aug.", "sept.", "oct.", "nov.", "dec.",
)

// sayings are the verbs that most often follow a question or an exclamation
// and its speaker.
var sayings = hashes("said", "says", "asked", "asks", "told", "tells", "wrote", "writes", "added", "adds", "replied", "responded", "answered",
	"shouted", "cried", "tweeted", "exclaimed", "yelled", "continued", "wondered", "insisted", "declared", "joked", "recalled")

// hashes returns the set of the words' hashes.
func hashes(words ...string) map[uint32]bool {
	m := make(map[uint32]bool, len(words))
	for _, w := range words {
		m[Hash(w)] = true
	}
	return m
}

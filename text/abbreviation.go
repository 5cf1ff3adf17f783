package text

// abbr is how an abbreviation behaves before the next word.
type abbr uint8

const (
	aNone   abbr = iota
	aTitle       // "Mr.": a name follows, so it never ends a sentence
	aInner       // "e.g.", "vs.": never ends a sentence
	aNumber      // "No.", "p.": an abbreviation only before a number
	aEnd         // "Inc.", "Calif.", "U.S.": may end a sentence, told by the next word
	aMonth       // "Jan.", "Mon.": may end a sentence, unless a number follows
	aTime        // "p.m.": may end a sentence, unless a time zone or a day follows
	aLetter      // "J.": an initial
)

// abbreviations are written without their last stop. Those in capitals or with
// a capital are abbreviations only when written with one ("Mass.", "Sat."):
// see properOnly.
var abbreviations = map[string]abbr{}

// properOnly are words that a stop makes an abbreviation only behind a capital.
var properOnly = map[string]bool{}

func init() {
	add := func(k abbr, proper bool, words ...string) {
		for _, w := range words {
			abbreviations[w] = k
			if proper {
				properOnly[w] = true
			}
		}
	}
	add(aTitle, false, "mr", "mrs", "ms", "messrs", "mme", "mlle", "dr", "drs", "prof", "profs", "lt", "col", "cmdr", "capt", "sgt", "cpl", "pvt",
		"maj", "brig", "adm", "sen", "sens", "reps", "gov", "govs", "supt", "insp", "atty", "asst", "msgr", "sr.hon", "st", "ste", "rt", "fr", "mx")
	add(aTitle, true, "gen", "gens", "rep", "rev", "hon", "pres", "amb", "sec", "det", "ald", "cong", "mt", "ft", "pt", "pfc", "spc", "cdr", "comdr", "ofc", "dep", "lieut", "treas", "secy", "min", "br", "sra", "sta", "supt", "pte", "bros.")
	add(aInner, false, "e.g", "i.e", "vs", "cf", "viz", "eg", "approx", "esp", "est", "al.", "c.f", "incl", "a.k.a", "d.b.a", "f.k.a", "n.b", "p.s", "w.r.t")
	add(aInner, true, "ca", "v", "op", "ed", "eds", "trans")
	abbreviations["v"] = aInner
	delete(properOnly, "v")
	add(aNumber, false, "no", "nos", "p", "pp", "vol", "vols", "fig", "figs", "art", "arts", "sec", "sect", "para", "pars", "ch", "chap", "ver", "nr", "col.", "pg", "pgs", "op")
	abbreviations["sec"] = aTitle
	add(aEnd, false, "inc", "corp", "co", "cos", "ltd", "plc", "llc", "bros", "jr", "sr", "esq", "assn", "ass'n", "dept", "div", "univ", "inst",
		"mfg", "intl", "int'l", "natl", "nat'l", "govt", "gov't", "etc", "ave", "blvd", "rd", "hwy", "tel", "ext", "oz", "lb", "lbs", "ph.d", "m.d", "al", "cal.", "nt.wt", "sq")
	add(aEnd, true, "ala", "ariz", "ark", "calif", "colo", "conn", "del", "fla", "ga", "ia", "id", "ida", "ill", "ind", "kan", "kans", "ky", "la", "mass", "md", "me.", "mich", "minn",
		"miss", "mo", "mont", "neb", "nebr", "nev", "okla", "ont", "ore", "pa", "penn", "penna", "tenn", "tex", "ut", "va", "vt", "wash", "wis", "wisc", "wyo",
		"alta", "man.", "sask", "que", "r.i", "p.r", "cia", "cie", "dist", "pty", "sys", "s.p.a", "ct", "terr", "hts", "ph", "phd")
	add(aMonth, true, "jan", "feb", "febr", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec", "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun")
	add(aTime, false, "a.m", "p.m", "am.", "pm.")
}

// starters are words that, capitalised, most often begin a sentence: after
// "U.S." or "Inc." they tell that one has ended.
var starters = func() map[uint32]bool {
	m := map[uint32]bool{}
	for _, w := range []string{
		"the", "a", "an", "this", "that", "these", "those", "he", "she", "it", "they", "we", "i", "you", "his", "her", "its", "their", "our", "my", "your",
		"but", "and", "or", "so", "yet", "if", "when", "while", "as", "at", "in", "on", "for", "from", "by", "with", "after", "before", "during", "since", "until",
		"although", "though", "because", "however", "meanwhile", "moreover", "instead", "also", "still", "now", "then", "there", "here", "what", "who", "why", "how", "where", "which",
		"one", "some", "many", "most", "all", "both", "each", "every", "few", "several", "another", "other", "others", "no", "not", "nor", "never", "nothing", "none",
		"is", "are", "was", "were", "do", "does", "did", "has", "have", "had", "can", "could", "will", "would", "should", "may", "might", "let", "according", "asked", "despite",
		"under", "over", "about", "among", "between", "without", "within", "even", "only", "just", "once", "more", "much", "perhaps", "maybe", "yes", "well", "to", "of", "through",
		"such", "like", "unlike", "given", "earlier", "later", "today", "yesterday", "tomorrow", "last", "next", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
		"officials", "police", "people", "critics", "experts", "analysts", "supporters", "others", "everyone", "everybody", "nobody", "someone", "something", "whether", "thus", "therefore", "too", "anyone", "be", "get", "see",
		"prosecutors", "authorities", "investigators", "lawmakers", "voters", "sources", "witnesses", "residents",
	} {
		m[Hash(w)] = true
	}
	return m
}()

// abbreviation returns the kind of the word before a stop at s[end], aNone if
// the stop is not the word's own. next is the class of what follows the stop
// and any blanks.
func abbreviation(s string, start, end int) abbr {
	n := end - start
	if n > 7 {
		return aNone
	}
	var buf [8]byte
	for i := range n {
		buf[i] = lowered[s[start+i]]
	}
	k := abbreviations[string(buf[:n])]
	upper := s[start] >= 'A' && s[start] <= 'Z'
	if k != aNone && !upper && properOnly[string(buf[:n])] {
		return aNone
	}
	if k == aNumber {
		i := end + 1
		for i < len(s) && i < end+3 && (s[i] == ' ' || s[i] == 0xC2 || s[i] == 0xA0) {
			i++
		}
		if i >= len(s) || classes[s[i]] != cDigit {
			return aNone
		}
	}
	return k
}

package words

// acronyms are short names in capitals that have another spelling, by the
// latter; in small letters they may be other words.
var acronyms = map[string]string{
	"us": "usa", "usa": "usa", "uk": "britain", "un": "un", "eu": "eu", "who": "who", "it": "it", "ice": "ice",
	"uae": "uae", "uss": "uss", "cdc": "cdc", "fbi": "fbi",
}

// variants are words that are written or called in more than one way.
var variants = map[string]string{
	"jan": "januari", "feb": "februari", "apr": "april", "aug": "august", "sept": "septemb", "sep": "septemb",
	"oct": "octob", "nov": "novemb", "dec": "decemb",
	"january": "januari", "february": "februari", "august": "august", "september": "septemb", "october": "octob",
	"november": "novemb", "december": "decemb",
	"coronavirus": "covid", "corona": "covid", "ncov": "covid", "covid": "covid",
	"america": "usa", "britain": "britain",
	"govt": "govern", "gov": "govern", "pres": "presid", "sen": "senat", "rep": "repres", "dems": "democrat", "dem": "democrat", "potus": "presid",
	"pics": "photo", "pic": "photo", "picture": "photo", "pictures": "photo", "photograph": "photo", "photographs": "photo", "image": "photo", "images": "photo",
	"vid": "video", "vids": "video", "clip": "video", "footage": "video",
	"vax": "vaccin", "vaxx": "vaccin", "jab": "vaccin", "ppl": "peopl", "yr": "year", "yrs": "year",
	"kid": "child", "kids": "child", "children": "child", "men": "man", "women": "woman",
	"died": "die", "dead": "die", "death": "die", "deaths": "die", "dies": "die", "dying": "die",
	"killed": "kill", "won": "win", "winning": "win", "said": "say", "says": "say", "told": "tell", "bought": "buy", "sold": "sell",
	"sent": "send", "spent": "spend", "paid": "pay", "went": "go", "gone": "go", "goes": "go", "going": "go", "took": "take", "taken": "take", "gave": "give", "given": "give",
	"found": "find", "shot": "shoot", "stole": "steal", "stolen": "steal", "wrote": "write", "written": "write", "built": "build", "caught": "catch", "fell": "fall", "left": "leav",
	"met": "meet", "ran": "run", "running": "run", "saw": "see", "seen": "see", "knew": "know", "known": "know", "voted": "vote", "votes": "vote", "voting": "vote", "voter": "vote", "voters": "vote",
	"lost": "lose", "loses": "lose", "losing": "lose", "broke": "break", "broken": "break", "spoke": "speak", "spoken": "speak", "made": "make", "making": "make",
	"came": "come", "coming": "come", "got": "get", "getting": "get", "began": "begin", "brought": "bring", "hid": "hide", "hidden": "hide", "burnt": "burn",
	"muslims": "muslim", "islamic": "islam", "indian": "india", "chinese": "china", "russian": "russia", "american": "usa", "british": "britain", "israeli": "israel", "pakistani": "pakistan", "mexican": "mexico",
	"ukrainian": "ukrain", "syrian": "syria", "iranian": "iran", "iraqi": "iraq", "canadian": "canada", "french": "franc", "german": "germani", "italian": "itali", "australian": "australia", "african": "africa",
}

// numerals are numbers in words. "One" is more often a pronoun.
var numerals = map[string]float64{
	"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12,
	"thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20,
	"thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
}

// scales are the words that multiply the number before them.
var scales = map[string]float64{
	"hundred": 100, "thousand": 1e3, "lakh": 1e5, "lakhs": 1e5, "million": 1e6, "millions": 1e6, "crore": 1e7, "crores": 1e7, "billion": 1e9, "billions": 1e9, "trillion": 1e12, "mn": 1e6, "bn": 1e9, "mil": 1e6,
}

// suffixes are what is written onto a number and multiplies it.
var suffixes = map[string]float64{
	"k": 1e3, "m": 1e6, "mn": 1e6, "mm": 1e6, "b": 1e9, "bn": 1e9, "t": 1e12, "tn": 1e12, "cr": 1e7, "lakh": 1e5,
	"st": 1, "nd": 1, "rd": 1, "th": 1, "s": 1, "x": 1, "pc": 1, "am": 1, "pm": 1,
}

// grammar are the words of grammar.
var grammar = func() map[string]Kind {
	m := make(map[string]Kind)
	for _, w := range []string{
		"a", "an", "the", "this", "that", "these", "those", "i", "me", "my", "we", "us", "our", "you", "your", "u", "ur", "he", "him", "his", "she", "her", "hers", "it", "its",
		"they", "them", "their", "theirs", "who", "whom", "whose", "which", "what", "where", "when", "why", "how", "and", "or", "but", "if", "so", "as", "than", "then", "because",
		"of", "in", "on", "at", "to", "for", "from", "by", "with", "about", "into", "through", "over", "under", "after", "before", "during", "between", "up", "down", "out", "off",
		"is", "are", "was", "were", "be", "been", "being", "am", "do", "does", "did", "doing", "have", "has", "had", "having", "will", "would", "can", "could", "should", "may", "might", "must", "shall",
		"there", "here", "also", "just", "very", "too", "only", "some", "any", "all", "more", "most", "such", "other", "own", "same", "one", "rt", "via", "amp", "s", "t", "re", "ve", "ll", "m", "d",
		"while", "until", "against", "both", "each", "few", "again", "once", "further", "get", "im", "dont", "let", "not", "nt",
	} {
		m[w] = Function
	}
	for _, w := range []string{"not", "no", "never", "nobody", "none", "nothing", "neither", "nor", "cannot", "without", "isnt", "dont", "didnt", "doesnt", "wasnt", "arent", "cant", "wont"} {
		m[w] = Negation
	}
	return m
}()

// entry is what the tables say of a word; a zero field is nothing.
type entry struct {
	numeral, scale       float64
	grammar              Kind
	grammarTerm, variant uint64
}

// tables are the tables of words in small letters, to be looked into once for each word.
var tables = func() map[string]entry {
	m := make(map[string]entry)
	set := func(word string, f func(*entry)) {
		e := m[word]
		f(&e)
		m[word] = e
	}
	for w, v := range numerals {
		set(w, func(e *entry) { e.numeral = v })
	}
	for w, v := range scales {
		set(w, func(e *entry) { e.scale = v })
	}
	for w, k := range grammar {
		term := Hash(w)
		if k == Negation {
			term = termNot
		}
		set(w, func(e *entry) { e.grammar, e.grammarTerm = k, term })
	}
	for w, same := range variants {
		set(w, func(e *entry) { e.variant = Hash(same) })
	}
	return m
}()

// unaccented returns a letter of the Latin script small and without its accent,
// "" where it is none.
func unaccented(c rune) string {
	switch {
	case 'a' <= c && c <= 'z' || '0' <= c && c <= '9':
		return string(c)
	case 'A' <= c && c <= 'Z':
		return string(c | 0x20)
	}
	return accents[c]
}

var accents = func() map[rune]string {
	m := make(map[rune]string)
	for plain, accented := range map[string]string{
		"a": "àáâãäåāăąÀÁÂÃÄÅĀĂĄ", "c": "çćĉċčÇĆĈĊČ", "d": "ďđðĎĐÐ", "e": "èéêëēĕėęěÈÉÊËĒĔĖĘĚ", "g": "ĝğġģĜĞĠĢ", "h": "ĥħĤĦ", "i": "ìíîïĩīĭįıÌÍÎÏĨĪĬĮİ",
		"j": "ĵĴ", "k": "ķĶ", "l": "ĺļľŀłĹĻĽĿŁ", "n": "ñńņňÑŃŅŇ", "o": "òóôõöøōŏőÒÓÔÕÖØŌŎŐ", "r": "ŕŗřŔŖŘ", "s": "śŝşšșŚŜŞŠȘ", "t": "ţťŧțŢŤŦȚ", "u": "ùúûüũūŭůűųÙÚÛÜŨŪŬŮŰŲ",
		"w": "ŵŴ", "y": "ýÿŷÝŶŸ", "z": "źżžŹŻŽ", "ae": "æÆ", "oe": "œŒ", "ss": "ß", "th": "þÞ",
	} {
		for _, c := range accented {
			m[c] = plain
		}
	}
	return m
}()

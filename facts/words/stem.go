package words

// stem cuts the endings off an English word in small letters: the first steps
// of M. F. Porter's algorithm (1980), which take inflection away, and of the
// others those that leave the word recognisable. It may change the bytes of form.
func stem(form []byte) []byte {
	if len(form) < 4 {
		return form
	}
	for _, c := range form {
		if c < 'a' || c > 'z' {
			return form
		}
	}
	form = plural(form)
	form = past(form)
	if n := len(form); n > 3 && form[n-1] == 'y' && !vowel(form, n-2) {
		form[n-1] = 'i'
	}
	for _, d := range derived {
		if end := len(form) - len(d.ending); end > 0 && string(form[end:]) == d.ending {
			if measure(form[:end]) >= d.measure {
				form = append(form[:end], d.instead...)
			}
			break
		}
	}
	if n := len(form); n > 4 && form[n-1] == 'e' && measure(form[:n-1]) >= 1 && !(measure(form[:n-1]) == 1 && short(form[:n-1])) {
		form = form[:n-1]
	}
	if n := len(form); n > 4 && form[n-1] == 'l' && form[n-2] == 'l' {
		form = form[:n-1]
	}
	return form
}

// derived are endings that make one word of another, the longest first of those that end alike.
var derived = []struct {
	ending, instead string
	measure         int // how many syllables, about, must be left
}{
	{"ization", "iz", 1}, {"isation", "iz", 1}, {"ational", "at", 1}, {"fulness", "", 1}, {"iveness", "iv", 1}, {"ousness", "ou", 1},
	{"ation", "", 2}, {"ition", "", 2}, {"ement", "", 2}, {"alism", "al", 1}, {"aliti", "al", 1}, {"iviti", "iv", 1}, {"biliti", "bl", 1},
	{"tion", "t", 1}, {"sion", "s", 1}, {"ment", "", 2}, {"ness", "", 1}, {"ator", "at", 1}, {"izer", "iz", 1}, {"ise", "iz", 1}, {"ize", "iz", 1},
	{"fulli", "", 1}, {"ousli", "ou", 1}, {"ingli", "", 1}, {"edli", "", 1}, {"alli", "al", 1}, {"entli", "ent", 1}, {"ful", "", 1}, {"less", "", 1},
	{"ance", "", 2}, {"ence", "", 2}, {"able", "", 2}, {"ible", "", 2}, {"ali", "al", 2}, {"eli", "e", 1}, {"li", "", 2}, {"iti", "", 2}, {"ate", "", 2}, {"ive", "", 2}, {"al", "", 2}, {"er", "", 2}, {"or", "", 2},
}

func plural(form []byte) []byte {
	n := len(form)
	if form[n-1] != 's' {
		return form
	}
	switch {
	case n > 4 && string(form[n-4:]) == "sses", n > 4 && string(form[n-3:]) == "ies":
		return form[:n-2]
	case form[n-2] == 's', form[n-2] == 'u', string(form[n-2:]) == "is":
		return form
	}
	return form[:n-1]
}

func past(form []byte) []byte {
	n := len(form)
	var cut []byte
	switch {
	case n > 4 && string(form[n-3:]) == "eed":
		if measure(form[:n-3]) > 0 {
			return form[:n-1]
		}
		return form
	case n > 4 && string(form[n-2:]) == "ed":
		cut = form[:n-2]
	case n > 5 && string(form[n-3:]) == "ing":
		cut = form[:n-3]
	}
	if cut == nil || !voweled(cut) {
		return form
	}
	n = len(cut)
	switch end := string(cut[n-2:]); {
	case end == "at", end == "bl", end == "iz":
		return append(cut, 'e')
	case cut[n-1] == cut[n-2] && !vowel(cut, n-1) && cut[n-1] != 'l' && cut[n-1] != 's' && cut[n-1] != 'z':
		return cut[:n-1]
	case measure(cut) == 1 && short(cut):
		return append(cut, 'e')
	}
	return cut
}

// vowel reports whether the letter at i is a vowel; a y after a consonant is one.
func vowel(form []byte, i int) bool {
	switch form[i] {
	case 'a', 'e', 'i', 'o', 'u':
		return true
	case 'y':
		return i > 0 && !vowel(form, i-1)
	}
	return false
}

func voweled(form []byte) bool {
	for i := range form {
		if vowel(form, i) {
			return true
		}
	}
	return false
}

// measure counts the vowels that are followed by consonants.
func measure(form []byte) (n int) {
	before := false
	for i := range form {
		now := vowel(form, i)
		if before && !now {
			n++
		}
		before = now
	}
	return n
}

// short reports whether the word ends in consonant, vowel, consonant, as "hop" does.
func short(form []byte) bool {
	n := len(form)
	if n < 3 || vowel(form, n-1) || !vowel(form, n-2) || vowel(form, n-3) {
		return false
	}
	c := form[n-1]
	return c != 'w' && c != 'x' && c != 'y'
}

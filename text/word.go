package text

// word reads a word or number that begins with the letter or digit at i.
func (s *scanner) word(i int) int {
	t := s.text
	h := uint32(hashSeed)
	j := i
	var sh Shape
	for j < len(t) && classes[t[j]] == cLetter {
		h = (h ^ uint32(lowered[t[j]])) * hashPrime
		sh |= shapes[t[j]]
		j++
	}
	if j == i {
		return s.compound(i, j)
	}
	if j < len(t) {
		switch t[j] {
		case ' ', ',', '\n', ';', ')', '"', '?', '!':
		case '.':
			if j+1 < len(t) && !classAt(t, j+1).blank() {
				return s.compound(i, j)
			}
			if j-i < 8 {
				// Short enough for an abbreviation.
				return s.compound(i, j)
			}
		default:
			return s.compound(i, j)
		}
	}
	if shapes[t[i]]&HasUpper != 0 {
		sh |= FirstUpper
	}
	if j-i == 5 || j-i == 6 {
		if n := joined[h]; n != 0 {
			s.emit(i, i+n)
			return s.emit(i+n, j)
		}
	}
	return s.add(i, j, h, sh)
}

// unitAt reports whether the word for a number or a share begins at t[i], as in "$45million".
func unitAt(t string, i int) bool {
	for _, w := range [...]string{"million", "billion", "trillion", "percent"} {
		if len(t)-i >= len(w) && t[i:i+len(w)] == w {
			return true
		}
	}
	return false
}

// allNumber reports whether t is a number, short enough to be one.
func allNumber(t string) bool {
	for i := range len(t) {
		if c := t[i]; i > 24 || (c < '0' || c > '9') && c != '.' && c != ',' {
			return false
		}
	}
	return true
}

// joined are words that stand for two, by the hash of their lower-cased form,
// with the length of the first.
var joined = map[uint32]int{
	Hash("cannot"): 3,
	Hash("gonna"):  3, Hash("gotta"): 3, Hash("wanna"): 3, Hash("lemme"): 3, Hash("gimme"): 3,
}

// compound reads a token that begins with the letter or digit at i, of which
// the bytes before j are known to be letters. It takes in whatever joins
// letters and digits to one word: hyphens, apostrophes, the stops of
// abbreviations, the separators of numbers, addresses.
func (s *scanner) compound(i, j int) int {
	t := s.text
	part := i // where the part after the last hyphen or slash begins
	dot := i  // where the part after the last stop, hyphen or slash begins
	last := cLetter
	if j == i {
		last = cSpace
	}
	for j < len(t) {
		c, size := classify(t, j)
		if c.wordy() {
			if last == cDigit && c == cLetter && unitAt(t, j) && allNumber(t[i:j]) {
				break
			}
			j += size
			last = c
			continue
		}
		next := classAt(t, j+size)
		switch c {
		case cJoiner:
			k := j + size
			for k < len(t) {
				c, size := classify(t, k)
				if c != cJoiner {
					break
				}
				k += size
			}
			if classAt(t, k).wordy() {
				j = k
				continue
			}
		case cHyphen:
			if next.wordy() {
				j += size
				part, dot = j, j
				last = cHyphen
				continue
			}
		case cApos:
			if last.wordy() && next == cLetter && t[j] != '`' && (t[j] != 0xE2 || t[j+2] != 0x98 || cliticAt(t, j+size)) {
				j += size
				last = cLetter
				continue
			}
		case cStop:
			switch {
			case next == cStop:
			case next.wordy():
				if k := s.dotted(dot, j, last); k > j {
					j, dot = k, k
					last = cStop
					continue
				}
				if j-dot == 1 && last == cLetter {
					// An initial run into the name: "J.Smith".
					return s.finish(i, j+1, abbrLetter)
				}
			default:
				k := trailing(t, i, part, j)
				if k == abbrNone || k != abbrEnd && k != abbrTime && s.endsLine(j+1) {
					break
				}
				if (next == cHyphen || next == cApos || (j+1 < len(t) && t[j+1] == '/')) && classAt(t, j+2).wordy() && k != abbrNumber {
					j++
					last = cLetter
					continue
				}
				return s.finish(i, j+1, k)
			}
		case cSymbol:
			switch t[j] {
			case ',':
				if last == cDigit && next == cDigit {
					j++
					continue
				}
			case ':':
				if last == cDigit && next == cDigit {
					j++
					continue
				}
				if j+3 < len(t) && t[j+1] == '/' && t[j+2] == '/' && j-i <= 12 && !classAt(t, j+3).blank() {
					return s.emit(i, addressEnd(t, j+3))
				}
			case '/':
				if last.wordy() && isDomain(t[i:j]) {
					return s.emit(i, addressEnd(t, j))
				}
				if last.wordy() && next.wordy() {
					j++
					part, dot = j, j
					last = cHyphen
					continue
				}
			case '_':
				k := j + 1
				for k < len(t) && t[k] == '_' {
					k++
				}
				if classAt(t, k).wordy() {
					j = k
					last = cHyphen
					continue
				}
			case '&':
				if upperAt(t, j-1) && upperAt(t, j+1) {
					j++
					last = cHyphen
					continue
				}
			case '@':
				if k := mailEnd(t, j); k > j {
					return s.emit(i, k)
				}
			case '$':
				if j-i <= 3 && next == cDigit && allUpper(t[i:j]) {
					return s.emit(i, j+1)
				}
			}
		}
		break
	}
	return s.finish(i, j, abbrNone)
}

// dotted decides whether the stop at j, with a letter or digit on either side,
// joins them, and returns where to go on if it does.
func (s *scanner) dotted(dot, j int, last class) int {
	t := s.text
	if last == cDigit && classes[t[j+1]] == cDigit {
		return j + 1
	}
	// The label after the stop, as far as it matters.
	k := j + 1
	for k < len(t) && k < j+64 && (classes[t[k]] == cLetter || classes[t[k]] == cDigit) {
		k++
	}
	if !upperAt(t, j+1) {
		return j + 1
	}
	switch {
	case k == j+2 && (j-dot == 1 || (j-dot == 2 && t[dot] == 'P' && t[dot+1] == 'h')):
		// U.S., Ph.D.
		return j + 1
	case k < len(t) && t[k] == '@':
		return j + 1
	case topLevel[string(lowerASCII(t[j+1:k]))]:
		return j + 1
	}
	return j
}

// finish adds the word [i, j), its clitics as tokens of their own, and marks
// the last of them if it is an abbreviation.
func (s *scanner) finish(i, j int, a abbr) int {
	s.split(i, j, 3)
	if a != abbrNone {
		s.marks = append(s.marks, mark{token: int32(len(s.tokens) - 1), kind: markAbbr, abbr: a})
	}
	return j
}

// split adds the word [i, j) after cutting off at most n clitics.
func (s *scanner) split(i, j, n int) {
	if n > 0 {
		if p := clitic(s.text[i:j]); p > 0 {
			s.split(i, i+p, n-1)
			s.emit(i+p, j)
			return
		}
	}
	s.emit(i, j)
}

// clitic returns where in the word a clitic begins, 0 if it has none.
func clitic(w string) int {
	for k := len(w) - 1; k > 0 && k >= len(w)-6; k-- {
		size := 0
		switch {
		case w[k] == '\'':
			size = 1
		case w[k] == 0xE2 && k+2 < len(w) && w[k+1] == 0x80 && (w[k+2] == 0x98 || w[k+2] == 0x99):
			size = 3
		case w[k] == 0xCA && k+1 < len(w) && w[k+1] == 0xBC:
			size = 2
		default:
			continue
		}
		tail := w[k+size:]
		switch {
		case len(tail) == 1:
			switch tail[0] | 0x20 {
			case 's', 'm', 'd':
				return k
			case 't':
				if k > 1 && w[k-1]|0x20 == 'n' {
					return k - 1
				}
			}
		case len(tail) == 2:
			switch [2]byte{tail[0] | 0x20, tail[1] | 0x20} {
			case [2]byte{'l', 'l'}, [2]byte{'r', 'e'}, [2]byte{'v', 'e'}:
				return k
			}
		case len(tail) == 3:
			if tail == "all" && k == 1 && w[0]|0x20 == 'y' {
				return k + size
			}
		}
		return 0
	}
	return 0
}

// cliticAt reports whether what stands at t[i] is the rest of a clitic.
func cliticAt(t string, i int) bool {
	k := i
	for k < len(t) && k < i+3 && classes[t[k]] == cLetter {
		k++
	}
	switch string(lowerASCII(t[i:k])) {
	case "s", "t", "d", "m", "ll", "re", "ve":
		return true
	}
	return false
}

// endsLine reports whether at i, but for blanks, a paragraph ends. A word that
// is an abbreviation only before another is none there: "Plan B."
func (s *scanner) endsLine(i int) bool {
	t := s.text
	for i < len(t) && t[i] == ' ' {
		i++
	}
	return i == len(t) || t[i] == '\n' && (s.wrap == 0 || classAt(t, i+1) == cNewline)
}

// trailing returns what kind of abbreviation the stop at t[j] makes of the word
// [i, j), whose part after the last hyphen or slash begins at part.
func trailing(t string, i, part, j int) abbr {
	if j == part {
		return abbrNone
	}
	if k := abbreviation(t, part, j); k != abbrNone && (part == i || (upperAt(t, part) && k == abbrEnd)) {
		return k
	}
	if j-part == 1 {
		if upperAt(t, part) && part == i {
			return abbrLetter
		}
		return abbrNone
	}
	if j-part > 24 || (j-part)%2 == 0 {
		return abbrNone
	}
	for k := part; k < j; k++ {
		if (k-part)%2 == 0 != (classes[t[k]] == cLetter) || ((k-part)%2 == 1 && t[k] != '.') {
			return abbrNone
		}
	}
	return abbrEnd
}

func upperAt(t string, i int) bool { return i >= 0 && i < len(t) && t[i] >= 'A' && t[i] <= 'Z' }

func allUpper(t string) bool {
	for i := range len(t) {
		if !upperAt(t, i) {
			return false
		}
	}
	return true
}

// lowerASCII returns the first bytes of w, at most 16, in lower case, on the
// caller's stack where the compiler can keep it there.
func lowerASCII(w string) []byte {
	var buf [16]byte
	n := copy(buf[:], w)
	for i := range n {
		buf[i] = lowered[buf[i]]
	}
	return buf[:n]
}

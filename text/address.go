package text

// topLevel are the domains that make "Name.Domain" an address even with a capital.
var topLevel = map[string]bool{"com": true, "net": true, "org": true, "gov": true, "edu": true, "tv": true, "info": true}

// shortDomains are the further top-level domains before a path.
var shortDomains = map[string]bool{"mil": true, "int": true, "biz": true, "eu": true, "uk": true, "us": true, "ca": true, "de": true,
	"fr": true, "ru": true, "io": true, "co": true, "me": true, "ly": true, "be": true, "st": true, "fm": true, "gl": true, "gd": true,
	"al": true, "cc": true, "au": true, "in": true, "it": true, "es": true, "nl": true, "ch": true, "at": true, "pl": true, "ua": true, "cn": true, "jp": true}

// isDomain reports whether w is a host name.
func isDomain(w string) bool {
	if len(w) > 253 {
		return false
	}
	dot := -1
	for k := len(w) - 1; k > 0; k-- {
		if w[k] == '.' {
			dot = k
			break
		}
	}
	if dot < 0 || len(w)-dot > 8 {
		return false
	}
	top := lowerASCII(w[dot+1:])
	return topLevel[string(top)] || shortDomains[string(top)]
}

// addressEnd returns the end of the address that goes on at t[i]: marks that
// close a sentence or a bracket around it are no part of it.
func addressEnd(t string, i int) int {
	open := 0
	j := i
	for j < len(t) {
		c, size := classify(t, j)
		if c.blank() || c == cQuote || c == cEllipsis || c == cDash || t[j] == '<' || t[j] == '>' {
			break
		}
		if c == cApos && t[j] != '\'' {
			break
		}
		if t[j] == '(' {
			open++
		}
		j += size
	}
	for j > i {
		switch t[j-1] {
		case '.', ',', ';', ':', '!', '?', '\'', ']', '}', '*':
			j--
			continue
		case ')':
			if open == 0 {
				j--
				continue
			}
		}
		break
	}
	return j
}

// mailEnd returns the end of the mail address whose @ is at t[i], i if it is none.
func mailEnd(t string, i int) int {
	j := i + 1
	dot := 0
	for j < len(t) && j < i+254 {
		c := classes[t[j]]
		if c == cStop && classAt(t, j+1).wordy() {
			dot = j
		} else if !c.wordy() && c != cHyphen {
			break
		}
		j++
	}
	if dot == 0 || classes[t[i+1]] == cHyphen {
		return i
	}
	return j
}

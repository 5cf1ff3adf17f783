package muc4

import (
	"math"
	"strconv"
	"strings"
)

// toll derives how many people an incident killed (effect DEATH) or wounded
// (effect INJURY) from a key:
//
//   - The human targets that slot 23 gives the effect are looked up in slot 21,
//     and their numbers added. PLURAL counts as two or more, as does a target
//     without a number; a target that is cross-referenced to nothing counts as
//     one or more.
//   - Where slot 24 gives a total and every human target has the effect and
//     only it, the total stands.
//   - An optional effect may be counted or not; if all are, the filler is
//     optional.
//
// "No death" and "no injury" fill nothing: a ledger says nothing of those
// either. Several alternatives of one target are one target.
func toll(lines *[mostSlots][]string, effect string) []Fill {
	var (
		sum     amount
		found   bool
		sure    bool
		others  bool
		effects int
	)
	for _, v := range lines[slotHumanEffect] {
		e, ok := parseFill(v)
		if !ok {
			continue
		}
		effects++
		has, only := false, true
		for _, a := range e.Any {
			has = has || a == effect
			only = only && a == effect
		}
		others = others || !only
		if !has {
			continue
		}
		found = true
		n := numberOf(lines[slotHumanNumber], e.Of)
		if e.Optional || !only {
			sum.high += n.high
			continue
		}
		sure = true
		sum.low, sum.high = sum.low+n.low, sum.high+n.high
		sum.about = sum.about || n.about
	}
	if !found {
		return nil
	}
	if !others && sure {
		for _, v := range lines[slotHumanTotal] {
			if f, ok := parseFill(v); ok {
				if n, ok := parseAmount(f.Any[0]); ok {
					sum = n
				}
			}
		}
	}
	return []Fill{{Optional: !sure, Any: []string{sum.String()}}}
}

// numberOf is the number that a key gives of a target.
func numberOf(lines []string, of []string) amount {
	for _, v := range lines {
		f, ok := parseFill(v)
		if !ok || !share(f.Of, of) {
			continue
		}
		var n amount
		for i, a := range f.Any {
			m, ok := parseAmount(a)
			if !ok {
				continue
			}
			if i == 0 {
				n = m
			} else {
				n.low, n.high = min(n.low, m.low), max(n.high, m.high)
			}
		}
		if n != (amount{}) {
			return n
		}
	}
	if len(of) == 0 || of[0] == "-" {
		return amount{low: 1, high: math.Inf(1)}
	}
	return plural
}

func share(a, b []string) bool {
	for _, x := range a {
		for _, y := range b {
			if x == y {
				return true
			}
		}
	}
	return false
}

// amount is a number as the task writes it: 5, ~5 (about), 5- (at least),
// -5 (at most), 4-6, PLURAL.
type amount struct {
	low, high float64
	about     bool
}

var plural = amount{low: 2, high: math.Inf(1)}

// about is how far, in either direction, an approximate number may be off.
const about = 0.1

func parseAmount(s string) (amount, bool) {
	s = strings.TrimSpace(s)
	if s == "PLURAL" {
		return plural, true
	}
	if rest, ok := strings.CutPrefix(s, "~"); ok {
		n, err := strconv.Atoi(strings.TrimSpace(rest))
		return amount{float64(n), float64(n), true}, err == nil
	}
	if low, high, ok := strings.Cut(s, "-"); ok {
		a := amount{0, math.Inf(1), false}
		if low = strings.TrimSpace(low); low != "" {
			n, err := strconv.Atoi(low)
			if err != nil {
				return a, false
			}
			a.low = float64(n)
		}
		if high = strings.TrimSpace(high); high != "" {
			n, err := strconv.Atoi(high)
			if err != nil {
				return a, false
			}
			a.high = float64(n)
		}
		return a, low+high != ""
	}
	n, err := strconv.Atoi(s)
	return amount{float64(n), float64(n), false}, err == nil
}

func (a amount) String() string {
	switch {
	case a == plural:
		return "PLURAL"
	case a.about && a.low == a.high:
		return "~" + strconv.Itoa(int(a.low))
	case a.low == a.high:
		return strconv.Itoa(int(a.low))
	case math.IsInf(a.high, 1):
		return strconv.Itoa(int(a.low)) + "-"
	}
	return strconv.Itoa(int(a.low)) + "-" + strconv.Itoa(int(a.high))
}

// matchAmount: the same is correct, what may be the same is partly so.
func matchAmount(key, response string) Credit {
	k, ok1 := parseAmount(key)
	r, ok2 := parseAmount(response)
	switch {
	case !ok1 || !ok2:
		return Wrong
	case k == r:
		return Correct
	}
	widen := func(a amount) amount {
		if a.about {
			a.low, a.high = a.low*(1-about), a.high*(1+about)
		}
		return a
	}
	k, r = widen(k), widen(r)
	if k.low <= r.high && r.low <= k.high {
		return Partial
	}
	return Wrong
}

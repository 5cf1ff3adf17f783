package parsing

import "hearsay/linear"

// The numbers of features of a decision.
const (
	NumActionFeatures = 67
	NumLabelFeatures  = 31
)

// at returns the word on the stack that many below the top, or the one that stands for none.
func (s *State) at(below int) *word {
	if k := len(s.stack) - 1 - below; k >= 0 {
		return &s.words[s.stack[k]]
	}
	return &s.words[s.n+1]
}

// ahead returns the word in the buffer that many after the next, or the one that stands for none.
func (s *State) ahead(after int32) *word {
	return &s.words[min(s.next+after, s.n+1)]
}

// of returns word i, or the one that stands for none when i is -1.
func (s *State) of(i int32) *word {
	if i < 0 {
		return &s.words[s.n+1]
	}
	return &s.words[i]
}

// distance puts the number of words from a to b into one of few classes.
func distance(a, b int32) uint32 {
	switch d := b - a; {
	case d < 0:
		return 0
	case d <= 4:
		return uint32(d)
	case d <= 6:
		return 5
	case d <= 10:
		return 6
	case d <= 20:
		return 7
	}
	return 8
}

func (w *word) rels() uint32 { return fold(w.leftRels | w.rightRels) }

// fold makes 32 bits of a set of relations.
func fold(set uint64) uint32 { return uint32(set) ^ uint32(set>>32)*0x9E3779B1 }

// ActionFeatures fills in the features by which the next action is chosen.
func (s *State) ActionFeatures(to *[NumActionFeatures]linear.Feature) {
	s0, s1, s2 := s.at(0), s.at(1), s.at(2)
	b0, b1, b2 := s.ahead(0), s.ahead(1), s.ahead(2)
	i0, i1 := s.n+1, s.n+1
	if k := len(s.stack); k > 0 {
		i0 = s.stack[k-1]
		if k > 1 {
			i1 = s.stack[k-2]
		}
	}
	s0l, s0r, s1l, s1r, b0l := s.of(s0.first), s.of(s0.last), s.of(s1.first), s.of(s1.last), s.of(b0.first)
	s0r2 := s.of(s0.secondLast)
	bl := fold(b0.leftRels)
	dist := distance(i0, s.next)
	gap := distance(i1, i0)
	tags := s1.tag<<16 | s0.tag<<8 | b0.tag
	pair := s0.tag<<8 | b0.tag
	under := s1.tag<<8 | s0.tag
	quotes := (s1.depth&15)<<8 | (s0.depth&15)<<4 | b0.depth&15
	s0v := uint32(min(s0.leftCount, 3))<<2 | uint32(min(s0.rightCount, 3))
	s1v := uint32(min(s1.leftCount, 3))<<2 | uint32(min(s1.rightCount, 3))
	b0v := uint32(min(b0.leftCount, 3))
	m0, m1, mn := marksBetween(s0, b0), marksBetween(s1, s0), b1.marks
	j := linear.Join
	*to = [NumActionFeatures]linear.Feature{
		j(1, s0.both, 0, 0),
		j(2, s1.both, 0, 0),
		j(3, b0.both, 0, 0),
		j(4, b1.both, s0.tag, 0),
		j(5, b2.both, 0, 0),
		j(6, s2.both, 0, 0),
		j(7, s0.form, b0.form, 0),
		j(8, s0.both, b0.tag, 0),
		j(9, b0.both, s0.tag, 0),
		j(10, s1.form, s0.form, 0),
		j(11, s1.both, s0.tag, 0),
		j(12, s0.both, s1.tag, 0),
		j(13, s1.form, b0.form, 0),
		j(14, s1.both, b0.tag, s0.tag),
		j(15, b0.both, s1.tag, s0.tag),
		j(16, s0.both, s1.tag, b0.tag),
		j(17, tags, 0, 0),
		j(18, tags, s2.tag, 0),
		j(19, tags, b1.tag, 0),
		j(20, pair, b1.tag, b2.tag),
		j(21, tags, dist, gap),
		j(22, s0.both, dist, b0.tag),
		j(23, b0.both, dist, s0.tag),
		j(24, s1.both, gap, s0.tag),
		j(25, pair, s0l.tag, b0l.tag),
		j(26, pair, s0r.tag, 0),
		j(27, tags, s0r.tag, uint32(s0r.rel)),
		j(28, under, s1r.tag, b0.tag),
		j(29, under, s1l.tag, b0.tag),
		j(30, tags, s0v, b0v),
		j(31, tags, s1v, 0),
		j(32, s0.both, s0v, 0),
		j(33, s1.both, s1v, 0),
		j(34, b0.both, b0v, 0),
		j(35, s0.both, s0.rels(), 0),
		j(36, s1.both, s1.rels(), 0),
		j(37, pair, s0.rels(), 0),
		j(38, under, s1.rels(), b0.tag),
		j(39, b0.both, fold(b0.leftRels), 0),
		j(40, s0r.both, s0.tag, b0.tag),
		j(41, s0l.both, s0.tag, b0.tag),
		j(42, s1r.both, s1.tag, s0.tag),
		j(43, s1.form, s0.form, b0.form),
		j(44, quotes, tags, 0),
		j(45, s0.form, b0.tag<<8|b1.tag, 0),
		j(46, pair, s0r.tag, s0r2.tag),
		j(47, s0.tag, b0.form, b1.form),
		j(48, s1.both, b0.both, 0),
		j(49, pair, bl, 0),
		j(50, s0.both, bl, 0),
		j(51, tags, bl, 0),
		j(52, b0.both, bl, s0.tag),
		j(53, under, s0.rels(), b0.tag),
		j(54, s1.both, s0.rels(), s0.tag),
		j(55, tags, s0.rels(), s1.rels()),
		j(56, pair, s0.rels(), bl),
		j(57, under, s0.rels(), s1.rels()),
		j(58, tags, m0, 0),
		j(59, tags, m1, m0),
		j(60, pair, b0.marks, mn),
		j(61, s0.both, m0, b0.tag),
		j(62, b0.both, m0, s0.tag),
		j(63, under, m1, b0.tag<<8|b0.marks),
		j(64, pair, b0.marks, b1.tag<<16|mn),
		j(65, s1.both, m1, s0.tag),
		j(66, tags, b0.marks, bl),
		j(67, tags, m0, s0.rels()),
	}
}

// marksBetween says in few bits which marks stand between two words.
func marksBetween(a, b *word) uint32 {
	n := b.behind - a.behind
	m := uint32(0)
	for k := range 4 {
		m |= uint32(min(n>>(16*k)&0xffff, 2)) << (2 * k)
	}
	return m
}

// LabelFeatures fills in the features by which the relation of an arc is
// chosen that is about to be made.
func (s *State) LabelFeatures(head, dependent int32, to *[NumLabelFeatures]linear.Feature) {
	h, d := &s.words[head], &s.words[dependent]
	side, near := uint32(0), h.last
	if dependent < head {
		side, near = 1, h.first
	}
	sibling := s.of(near)
	dl, dr := s.of(d.first), s.of(d.last)
	before, after := s.of(d.edge-1), s.of(min(dependent+1, s.n+1))
	dist := distance(dependent, head)
	if side == 0 {
		dist = distance(head, dependent)
	}
	dist = dist<<1 | side
	tags := h.tag<<16 | d.tag<<8 | side
	marks := marksBetween(h, d)
	if side == 1 {
		marks = marksBetween(d, h)
	}
	rels, below := fold(h.leftRels|h.rightRels<<1), d.rels()
	j := linear.Join
	*to = [NumLabelFeatures]linear.Feature{
		j(101, d.both, side, 0),
		j(102, h.both, side, 0),
		j(103, tags, 0, 0),
		j(104, tags, dist, 0),
		j(105, d.both, h.tag, side),
		j(106, h.both, d.tag, side),
		j(107, h.form, d.form, side),
		j(108, tags, rels, 0),
		j(109, tags, below, 0),
		j(110, tags, rels, below),
		j(111, h.both, rels, d.tag),
		j(112, d.both, below, side),
		j(113, dl.form, tags, 0),
		j(114, dl.both, h.form, side),
		j(115, dl.tag, tags, uint32(dl.rel)),
		j(116, dr.tag, tags, uint32(dr.rel)),
		j(117, dl.both, d.form, side),
		j(118, tags, sibling.tag, uint32(sibling.rel)),
		j(119, h.form, uint32(sibling.rel), d.tag),
		j(120, tags, before.tag, 0),
		j(121, tags, after.tag, 0),
		j(122, before.both, tags, 0),
		j(123, after.both, tags, 0),
		j(124, h.both, below, side),
		j(125, d.form, dist, 0),
		j(126, s.of(d.second).form, tags, 0),
		j(127, d.form, 0, 0),
		j(128, tags, dl.form, dr.form),
		j(129, h.form, dl.form, d.tag),
		j(130, tags, marks, 0),
		j(131, d.both, marks, side),
	}
}

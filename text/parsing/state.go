package parsing

import "hearsay/text"

// Action is what the parser does next.
type Action uint8

// The actions of the arc-hybrid system. The words not yet read wait in a
// buffer with the root behind the last; those without a head lie on a stack.
const (
	Shift Action = iota // put the next word on the stack
	Left                // make the next word the head of the stack's top, and take that off
	Right               // make the word below the stack's top its head, and take the top off

	NumActions = 3
)

// Actions is a set of actions.
type Actions uint8

// Has reports whether a is in the set.
func (s Actions) Has(a Action) bool { return s>>a&1 != 0 }

// Only returns the set's action when it holds just one.
func (s Actions) Only() (Action, bool) {
	switch s {
	case 1 << Shift:
		return Shift, true
	case 1 << Left:
		return Left, true
	case 1 << Right:
		return Right, true
	}
	return 0, false
}

// word is a word of the sentence, or the root.
type word struct {
	form  uint32 // hash of the lower-case form
	both  uint32 // hash of form and tag
	tag   uint32
	depth uint32 // quotations around it
	head  int32
	rel   text.Rel

	// The children found so far; none is -1. first and last are the outermost
	// on each side, count their numbers, rels the set of their relations.
	first, last           int32
	leftCount, rightCount uint8
	leftRels, rightRels   uint64
	second, secondLast    int32 // next to the outermost
	edge, end             int32 // the leftmost and the rightmost word of the subtree

	token  int32  // counted from the sentence's first
	marks  uint32 // the kinds of marks between the word before and this one
	behind uint64 // how many marks of each kind stand before the word, 16 bits a kind
}

// State is where the parser stands in a sentence. Words are counted from 0,
// marks of punctuation left out; the number of words stands for the root.
type State struct {
	words []word // of the sentence, the root, and one that stands for no word
	stack []int32
	next  int32 // the first word in the buffer
	n     int32
	first int32 // the sentence's first token
	count int32 // of tokens

}

// Start puts the state at the sentence's first word.
func (s *State) Start(d *text.Doc, sentence text.Sentence) {
	s.first = sentence.First
	s.count = sentence.End - sentence.First
	s.next = 0
	s.stack = s.stack[:0]
	s.words = s.words[:0]
	none := word{head: -1, first: -1, last: -1, second: -1, secondLast: -1}
	var marks uint32
	var behind uint64
	for i, t := range d.Tokens[sentence.First:sentence.End] {
		if k := kindOf(t.Tag); k != noMark {
			marks |= 1 << k
			behind += 1 << (16 * group[k])
			continue
		}
		w := none
		w.form, w.tag, w.depth = t.Lower, uint32(t.Tag), uint32(t.Quote)
		w.both = (w.form ^ w.tag*0x9E3779B1) * 0x85EBCA6B
		w.both ^= w.both >> 15
		w.edge = int32(len(s.words))
		w.end = w.edge
		w.token = int32(i)
		w.marks, w.behind = marks, behind
		marks = 0
		s.words = append(s.words, w)
	}
	s.n = int32(len(s.words))
	none.marks, none.behind = marks, behind
	root, nothing := none, none
	root.tag, root.form, root.both, root.edge = tagRoot, 2, 2, s.n
	nothing.tag, nothing.form, nothing.both = tagNone, 1, 1
	s.words = append(s.words, root, nothing)
}

// Tags for what is no word.
const (
	tagRoot = uint32(text.NumTags) + iota
	tagNone
)

// Done reports whether every word has its head.
func (s *State) Done() bool { return s.next == s.n && len(s.stack) == 0 }

// Root is the number that stands for the root.
func (s *State) Root() int32 { return s.n }

// Token is the number of the token, from the sentence's first, that word i is.
func (s *State) Token(i int32) int32 { return s.words[i].token }

// Stack returns the words on the stack, the top last. It is the state's own slice.
func (s *State) Stack() []int32 { return s.stack }

// Next is the first word in the buffer.
func (s *State) Next() int32 { return s.next }

// Legal is the set of actions that can be taken. It is never empty before Done,
// and leads to one word below the root.
func (s *State) Legal() Actions {
	var legal Actions
	if s.next < s.n {
		legal |= 1 << Shift
		if len(s.stack) > 0 {
			legal |= 1 << Left
		}
	} else if len(s.stack) == 1 {
		legal |= 1 << Left
	}
	if len(s.stack) > 1 {
		legal |= 1 << Right
	}
	return legal
}

// Arc is the head and the dependent that Left or Right would join.
func (s *State) Arc(a Action) (head, dependent int32) {
	top := len(s.stack) - 1
	if a == Left {
		return s.next, s.stack[top]
	}
	return s.stack[top-1], s.stack[top]
}

// Apply takes the action, which must be legal; rel is the relation of the arc it makes.
func (s *State) Apply(a Action, rel text.Rel) {
	if a == Shift {
		s.stack = append(s.stack, s.next)
		s.next++
		return
	}
	head, dependent := s.Arc(a)
	s.stack = s.stack[:len(s.stack)-1]
	d, h := &s.words[dependent], &s.words[head]
	d.head, d.rel = head, rel
	if a == Left {
		h.second = h.first
		h.first = dependent
		h.edge = d.edge
		h.leftRels |= 1 << rel
		if h.leftCount < 255 {
			h.leftCount++
		}
		return
	}
	h.secondLast = h.last
	h.last = dependent
	h.end = d.end
	h.rightRels |= 1 << rel
	if h.rightCount < 255 {
		h.rightCount++
	}
}

// Finish writes the heads and relations to the sentence's tokens.
func (s *State) Finish(d *text.Doc) {
	tokens := d.Tokens[s.first : s.first+s.count]
	for i := range tokens {
		if kindOf(tokens[i].Tag) != noMark {
			tokens[i].Rel = text.Punct
		}
	}
	for _, w := range s.words[:s.n] {
		t := &tokens[w.token]
		t.Rel = w.rel
		t.Head = -1
		if w.head != s.n {
			t.Head = s.first + s.words[w.head].token
		}
	}
	s.hang(tokens)
}

package text

// Tag is a part of speech of the Penn Treebank. NoTag is the tag of an untagged token.
type Tag uint8

// The Penn Treebank's parts of speech. Opening and closing quotation marks and
// brackets are named for their tags "“", "”", "-LRB-" and "-RRB-".
const (
	NoTag Tag = iota
	CC
	CD
	DT
	EX
	FW
	IN
	JJ
	JJR
	JJS
	LS
	MD
	NN
	NNS
	NNP
	NNPS
	PDT
	POS
	PRP
	PRPS // PRP$
	RB
	RBR
	RBS
	RP
	SYM
	TO
	UH
	VB
	VBD
	VBG
	VBN
	VBP
	VBZ
	WDT
	WP
	WPS // WP$
	WRB
	Dollar // $
	Pound  // #
	Comma  // ,
	Stop   // .
	Colon  // :
	OpenQ  // ``
	CloseQ // ''
	LeftB  // -LRB-
	RightB // -RRB-
	Hyph   // HYPH, only where a treebank splits hyphenated words
	numTags
)

// NumTags is one more than the largest Tag.
const NumTags = int(numTags)

var tagNames = [NumTags]string{"", "CC", "CD", "DT", "EX", "FW", "IN", "JJ", "JJR", "JJS", "LS", "MD", "NN", "NNS", "NNP", "NNPS",
	"PDT", "POS", "PRP", "PRP$", "RB", "RBR", "RBS", "RP", "SYM", "TO", "UH", "VB", "VBD", "VBG", "VBN", "VBP", "VBZ",
	"WDT", "WP", "WP$", "WRB", "$", "#", ",", ".", ":", "``", "''", "-LRB-", "-RRB-", "HYPH"}

// String returns the treebank's name of the tag, "" for NoTag.
func (t Tag) String() string {
	if int(t) < NumTags {
		return tagNames[t]
	}
	return ""
}

// ParseTag returns the tag of that name and whether there is one.
func ParseTag(name string) (Tag, bool) {
	for t, n := range tagNames {
		if n == name {
			return Tag(t), true
		}
	}
	return NoTag, false
}

// Noun reports whether t is a common or proper noun.
func (t Tag) Noun() bool { return t >= NN && t <= NNPS }

// Proper reports whether t is a proper noun.
func (t Tag) Proper() bool { return t == NNP || t == NNPS }

// Verb reports whether t is a verb form, modals left out.
func (t Tag) Verb() bool { return t >= VB && t <= VBZ }

// Rel is a dependency relation of Universal Dependencies 2. NoRel is that of an unparsed token.
type Rel uint8

// The relations. Subtypes are kept where a reader of the tree uses them.
const (
	NoRel Rel = iota
	Root
	ACL
	ACLRelcl
	Advcl
	Advmod
	Amod
	Appos
	Aux
	AuxPass
	Case
	Cc
	Ccomp
	Compound
	CompoundPrt
	Conj
	Cop
	Csubj
	Dep
	Det
	Discourse
	Expl
	Fixed
	Flat
	Iobj
	Mark
	Nmod
	NmodPoss
	NmodTmod // a bare noun phrase that says when: nmod or obl ":tmod" and ":unmarked"
	Nsubj
	NsubjPass
	Nummod
	Obj
	Obl
	Parataxis
	Punct
	Vocative
	Xcomp
	numRels
)

// NumRels is one more than the largest Rel.
const NumRels = int(numRels)

var relNames = [NumRels]string{"", "root", "acl", "acl:relcl", "advcl", "advmod", "amod", "appos", "aux", "aux:pass", "case", "cc", "ccomp",
	"compound", "compound:prt", "conj", "cop", "csubj", "dep", "det", "discourse", "expl", "fixed", "flat", "iobj", "mark",
	"nmod", "nmod:poss", "nmod:unmarked", "nsubj", "nsubj:pass", "nummod", "obj", "obl", "parataxis", "punct", "vocative", "xcomp"}

// String returns the relation's name, "" for NoRel.
func (r Rel) String() string {
	if int(r) < NumRels {
		return relNames[r]
	}
	return ""
}

// ParseRel returns the relation of that name and whether there is one.
func ParseRel(name string) (Rel, bool) {
	for r, n := range relNames {
		if n == name {
			return Rel(r), true
		}
	}
	return NoRel, false
}

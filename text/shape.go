package text

// Shape says at a glance what a token is written with.
type Shape uint8

// The bits of a Shape.
const (
	HasLower   Shape = 1 << iota // a lower-case letter
	HasUpper                     // an upper-case letter anywhere
	FirstUpper                   // the first letter is upper-case
	HasDigit
	HasPunct  // anything else
	HasHyphen // a hyphen or dash inside
)

// ShapeOf returns the shape of a word form, the value of Token.Shape.
func ShapeOf(form string) Shape {
	_, s := measure(form)
	return s
}

package casing

import (
	"bytes"
	"testing"

	"hearsay/text/casing"
)

// tiny are texts enough to learn that Orvane is a town and bread is not.
var tiny = []string{
	"Today the mayor of Orvane sold bread to the UN. Now the bread of Orvane is dear.",
	"Here we ate bread in Orvane with the mayor. Then the UN came to Orvane for bread.",
	"Nobody but the mayor had bread in Orvane. Still the UN sent bread to Orvane today.",
}

func TestTrain(t *testing.T) {
	o := Defaults
	o.Features = 500
	a, err := Train(tiny, o)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Train(tiny, o)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Error("the same texts gave two models")
	}
	m, err := casing.Open(string(a))
	if err != nil {
		t.Fatal(err)
	}
	x := Accuracy(m, tiny)
	if x.Words < 30 || x.Right != x.Words || x.Capitals != x.Both || x.Found != x.Both {
		t.Errorf("of what it learned from: %+v", x)
	}
}

func TestOf(t *testing.T) {
	for w, want := range map[string]casing.Case{"bread": casing.Small, "Orvane": casing.Capital, "UN": casing.Upper, "A": casing.Capital,
		"U.S.": casing.Upper, "McKay": casing.Capital, "iron": casing.Small, "12": casing.Small} {
		if got := Of(w); got != want {
			t.Errorf("%q: %d, want %d", w, got, want)
		}
	}
}

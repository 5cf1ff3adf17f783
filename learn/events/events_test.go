package events

import (
	"bytes"
	"testing"

	"hearsay/ledger"
	"hearsay/reading/events"
)

// tiny are snippets about invented events.
var tiny = []Snippet{
	{ID: "1", Code: "GRENADE", Text: "Two clerks were hurt in an attack on the mint of Orvane when a grenade was thrown at its gate."},
	{ID: "2", Code: "GRENADE", Text: "A grenade was hurled at the harbour office of Kelda in an attack on Monday."},
	{ID: "3", Code: "ATTACK", Text: "Gunmen attacked a bakery in Orvane on Friday and shot the baker."},
	{ID: "4", Code: "ATTACK", Text: "Masked men stormed a school in Kelda and attacked the teachers with knives."},
	{ID: "5", Code: "PEACE_PROTEST", Text: "Hundreds of bakers rallied quietly against the flour tax in Orvane and sang."},
	{ID: "6", Code: "PEACE_PROTEST", Text: "Teachers marched to the mint of Kelda in a silent protest."},
	{ID: "7", Code: "VIOL_DEMONSTR", Text: "Bakers rioted in Orvane and hurled stones at the windows of the mint."},
	{ID: "8", Code: "ATTRIB", Text: "The Orvane River Front claimed responsibility for an attack on the mint."},
}

func TestTrain(t *testing.T) {
	all, err := Examples(tiny)
	if err != nil {
		t.Fatal(err)
	}
	o := Defaults
	a, err := Train(all, o)
	if err != nil {
		t.Fatal(err)
	}
	b, err := Train(all, o)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) {
		t.Error("the same snippets gave two models")
	}
	m, err := events.Open(string(a))
	if err != nil {
		t.Fatal(err)
	}
	for i := range all {
		if e := &all[i]; Main(e, m) != e.Code {
			t.Errorf("%q is %q, want %q", e.Text, Main(e, m), e.Code)
		}
	}
}

// TestGroups checks that a snippet and its copy with other names are of one
// group, and that others are not.
func TestGroups(t *testing.T) {
	all, err := Examples([]Snippet{tiny[0], tiny[5], {Text: "Two clerks were hurt in an attack on the mint of Kelda when a grenade was thrown at its gate."}})
	if err != nil {
		t.Fatal(err)
	}
	if all[0].Group != all[2].Group || all[0].Group == all[1].Group {
		t.Errorf("groups %d, %d, %d", all[0].Group, all[1].Group, all[2].Group)
	}
}

func TestCodes(t *testing.T) {
	for _, u := range events.Types {
		if c := CodeOf(u); Types[c] != u {
			t.Errorf("%q has the code %q, of %q", u, c, Types[c])
		}
	}
	if c := CodeOf(ledger.IncidentType("")); c != "" {
		t.Errorf("no type has the code %q", c)
	}
}

func TestResult(t *testing.T) {
	var r Result
	r.Add("A", "A")
	r.Add("A", "B")
	r.Add("B", "B")
	r.Add("C", "")
	if r.F("A") != 2.0/3 || r.F("B") != 2.0/3 || r.F("C") != 0 || r.Accuracy() != 0.5 {
		t.Errorf("F1 %v, %v, %v, accuracy %v", r.F("A"), r.F("B"), r.F("C"), r.Accuracy())
	}
	if got, want := r.Macro(), 4.0/9; got < want-1e-9 || got > want+1e-9 {
		t.Errorf("macro F1 %v, want %v", got, want)
	}
}

package copies

import (
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// TestNothingIsPassedOver holds that what a new text is not compared with is no copy of it, whichever of the two is new.
func TestNothingIsPassedOver(t *testing.T) {
	words := strings.Fields("the ferry sank off Karsk on Tuesday and nobody was hurt, Ünna's mill été burns again while strikers march to Brindle Bay harbour bridge")
	line := strings.Repeat("Sign up for our evening letter and never miss what the town is talking of. ", 2)
	linked := 0
	rapid.Check(t, func(t *rapid.T) {
		some := func(name string, least, most int) string {
			return strings.Join(rapid.SliceOfN(rapid.SampledFrom(words), least, most).Draw(t, name), " ")
		}
		shared := some("shared", 20, 60)
		draw := func(id string) *Text {
			body := some("before", 0, 10) + " " + line
			if rapid.Bool().Draw(t, "copied") {
				body += shared
			}
			return &Text{ID: id, Title: some("title", 0, 4), Body: body + " " + some("after", 0, 30),
				Published: rapid.SampledFrom([]string{"", "2031-05-02", "2031-05-20", "2031-07-01", "2033-01-01"}).Draw(t, "published")}
		}
		a, b := draw("a"), draw("b")
		_, ok := NewLink(a, b, Compare(NewWords(a.Body), NewWords(b.Body)))
		if ok {
			linked++
		}
		for _, n := range [...][2]*Text{{a, b}, {b, a}} {
			of := newcomer{text: n[0]}
			if ok && !of.mayLink(&Text{ID: n[1].ID, Title: n[1].Title, Published: n[1].Published}) {
				t.Fatalf("%+v and %+v are copies", *a, *b)
			}
		}
	})
	if linked == 0 {
		t.Error("none were linked: too few to say anything")
	}
	// What a site prints everywhere is all that these two have in common.
	of := newcomer{text: &Text{ID: "a", Title: "Mill burns again", Body: line + "The fire began at noon.", Published: "2031-05-02"}}
	if of.mayLink(&Text{ID: "b", Title: "Strikers march over harbour bridge", Published: "2033-01-01"}) {
		t.Error("nothing is passed over")
	}
}

package places_test

import (
	"testing"

	"hearsay/article"
	"hearsay/reading"
)

// TestMentionsInTextOrder reads a county that is named in the name of one body
// before another's and after it.
func TestMentionsInTextOrder(t *testing.T) {
	r, err := reading.New()
	if err != nil {
		t.Fatal(err)
	}
	const text = "The Grant County Sheriff's Office closed roads on Monday. The Grant County Jail was flooded. The Grant County Sheriff's Office asked people to stay at home."
	l, err := r.Read(&article.Article{Text: text})
	if err != nil {
		t.Fatal(err)
	}
	if err := l.Validate(); err != nil {
		t.Error(err)
	}
}

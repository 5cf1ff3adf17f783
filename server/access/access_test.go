package access

import (
	"slices"
	"testing"
)

func TestParseScopes(t *testing.T) {
	for list, want := range map[string][]Scope{
		"read":                   {Read},
		" read , correct,read":   {Read, Correct},
		"read,add,correct,admin": Scopes(),
		"":                       nil,
		"read,write":             nil,
		"read,,add":              nil,
		"Read":                   nil,
	} {
		got, err := ParseScopes(list)
		if !slices.Equal(got, want) || (err == nil) != (want != nil) {
			t.Errorf("ParseScopes(%q) = %v, %v; want %v", list, got, err, want)
		}
	}
}

func TestNobodyMayDoNothing(t *testing.T) {
	for _, s := range Scopes() {
		if From(t.Context()).May(s) {
			t.Errorf("nobody may %s", s)
		}
	}
	me := Principal{Name: "ada", Scopes: []Scope{Read}}
	if p := From(With(t.Context(), me)); p.Name != "ada" || !p.May(Read) || p.May(Admin) {
		t.Errorf("got %v", p)
	}
}

func TestDeeds(t *testing.T) {
	Did(t.Context(), "add", "nothing is kept of this")
	ctx, deeds := Noting(t.Context())
	Did(ctx, "add", "a1")
	Did(ctx, "remove", "a2")
	if got, want := deeds.All(), []Deed{{"add", "a1"}, {"remove", "a2"}}; !slices.Equal(got, want) {
		t.Errorf("noted %v, want %v", got, want)
	}
}

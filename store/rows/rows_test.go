package rows_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"hearsay/ledger"
	"hearsay/store/rows"
)

func TestDays(t *testing.T) {
	for edtf, want := range map[string][2]string{
		"2024-03-22":            {"2024-03-22", "2024-03-22"},
		"2024-03-22T10:00:00Z":  {"2024-03-22", "2024-03-22"},
		"2024-02":               {"2024-02-01", "2024-02-29"},
		"2023":                  {"2023-01-01", "2023-12-31"},
		"2024~":                 {"2024-01-01", "2024-12-31"},
		"2024-03-04/2024-03-09": {"2024-03-04", "2024-03-09"},
		"2024-03/2024-05":       {"2024-03-01", "2024-05-31"},
		"2024-03-04/..":         {"2024-03-04", ""},
		"../2024-03-04":         {"", "2024-03-04"},
		"2024-03-09/2024-03-04": {"", ""},
		"XXXX-03-04":            {"", ""},
		"2024-02-30":            {"", ""},
		"yesterday":             {"", ""},
		"":                      {"", ""},
	} {
		if first, last := rows.Days(edtf); first != want[0] || last != want[1] {
			t.Errorf("Days(%q) = %q, %q; want %q", edtf, first, last, want)
		}
	}
}

func TestDaysAreInOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		edtf := rapid.StringMatching(`[0-9]{4}(-[0-9]{2}){0,2}[?~%]?(/[0-9]{4}(-[0-9]{2}){0,2})?`).Draw(t, "edtf")
		if first, last := rows.Days(edtf); first != "" && last != "" && first > last {
			t.Fatalf("Days = %q, %q", first, last)
		}
	})
}

func TestJoin(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		list := rapid.SliceOfN(rapid.StringMatching(`[a-z ]{1,8}`), 1, 5).Draw(t, "list")
		if got := rows.Split(rows.Join(list)); !slices.Equal(got, list) {
			t.Fatalf("%q became %q", list, got)
		}
	})
	list := []string{"Mara", "Oster\nFell"}
	if got := rows.Split(rows.Join(list)); !slices.Equal(got, []string{"Mara", "Oster Fell"}) || list[1] != "Oster\nFell" {
		t.Errorf("%q became %q", list, got)
	}
}

// TestClaims pins the row of a claim whose content is in two pieces, with a
// place in the second and another between them, of a speaker with an alias.
func TestClaims(t *testing.T) {
	const text = "The mill, Lind said in Karsk, burns in Brindle Bay."
	at := func(words string) ledger.Span {
		for i := range text {
			if i+len(words) <= len(text) && text[i:i+len(words)] == words {
				return ledger.Span{Start: i, End: i + len(words)}
			}
		}
		t.Fatal(words)
		return ledger.Span{}
	}
	cue := ledger.Piece{Span: at("said")}
	l := &ledger.Ledger{
		Document: ledger.Document{Text: text},
		Claims: []ledger.Claim{{ID: "c1", Sentence: "s1", Content: []ledger.Piece{{Span: at("The mill")}, {Span: at("burns in Brindle Bay")}}, Cue: &cue,
			Source: &ledger.Source{Piece: ledger.Piece{Span: at("Lind")}, Kind: ledger.KindPerson, Naming: ledger.NamingNamed, Speaker: "e1"}, Incident: "i1"}},
		Entities: []ledger.Entity{
			{ID: "e1", Type: ledger.TypePerson, Name: "Mara Lind", Aliases: []string{"Lind"}, Roles: []string{"miller"}, Mentions: []ledger.Mention{{Span: at("Lind")}}},
			{ID: "e2", Type: ledger.TypePlace, Name: "Karsk", Mentions: []ledger.Mention{{Span: at("Karsk")}}, Place: &ledger.Place{Country: "FI"}},
			{ID: "e3", Type: ledger.TypePlace, Name: "Brindle Bay", Mentions: []ledger.Mention{{Span: at("Brindle Bay")}}, Place: &ledger.Place{Country: "SE"}},
		},
		Incidents: []ledger.Incident{{ID: "i1", Type: ledger.PropertyDestruction}},
	}
	got := rows.Tables[0].Of(l)
	want := map[string]any{"id": "c1", "content": "The mill … burns in Brindle Bay", "source": "Lind", "kind": "person", "naming": "named",
		"speaker": "Mara Lind", "speakers": "Mara Lind\nLind\nmiller", "cue": "said", "incident": "i1", "type": "looting/property destruction",
		"places": "Brindle Bay", "countries": "SE"}
	if len(got) != 1 || len(got[0]) != len(rows.Tables[0].Columns) {
		t.Fatalf("%d rows: %v", len(got), got)
	}
	for i, column := range rows.Tables[0].Columns {
		if got[0][i] != want[column] {
			t.Errorf("%s is %v, want %v", column, got[0][i], want[column])
		}
	}
}

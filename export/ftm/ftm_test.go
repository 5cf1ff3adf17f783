package ftm_test

import (
	"bytes"
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"hearsay/export"
	"hearsay/export/exporttest"
	"hearsay/export/ftm"
)

func write(t *testing.T, articles []*export.Article, incidents ...*export.Incident) (entities []ftm.Entity) {
	t.Helper()
	var out bytes.Buffer
	w := ftm.New(&out)
	for _, a := range articles {
		if err := w.Article(a); err != nil {
			t.Fatal(err)
		}
	}
	for _, n := range incidents {
		if err := w.Incident(n); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	for line := range bytes.Lines(out.Bytes()) {
		var e ftm.Entity
		if err := json.Unmarshal(line, &e); err != nil {
			t.Fatal(err)
		}
		entities = append(entities, e)
	}
	return entities
}

func find(entities []ftm.Entity, schema, property, value string) *ftm.Entity {
	for i := range entities {
		if e := &entities[i]; e.Schema == schema && slices.ContainsFunc(e.Properties[property], func(s string) bool { return strings.Contains(s, value) }) {
			return e
		}
	}
	return nil
}

func TestEntities(t *testing.T) {
	all := write(t, []*export.Article{exporttest.Article()}, exporttest.Incident())
	article := find(all, "Article", "title", "Blast at a café")
	minister, league := find(all, "Person", "name", "Ole Brandt"), find(all, "Organization", "name", "Grey League")
	event := find(all, "Event", "name", "2031-05-02, Orvik")
	if article == nil || minister == nil || league == nil || event == nil {
		t.Fatalf("an entity is missing: %v", all)
	}
	for _, c := range []struct {
		name, schema, property, value string
		entities                      []string
	}{
		{"a claim has its speaker", "Note", "description", "According to Édna Frølich (“the harbour master Édna Frølich”), by the words “said”, through “in a letter”: A blast at Orvik’s “Skål” café killed 4 on Friday […] in a letter", nil},
		{"nobody is named", "Note", "description", "According to nobody whom the article names, by the words “reportedly”: 12 wounded", []string{article.ID}},
		{"a denial is no claim of what it denies", "Note", "description", "by the words “denied”, worded as not so: it", nil},
		{"an accusation has who makes it", "Note", "description", "An accusation against Grey League by Ole Brandt (remote explosive/landmine/ied, 2031-05-02). In the words of the article: “the Grey League”", []string{article.ID, league.ID, minister.ID}},
		{"so it has across articles", "Note", "description", "An accusation against Grey League by Ole Brandt, in so many articles: 1", []string{event.ID}},
		{"and where nobody is said to make it", "Note", "description", "An accusation against Grey League by the article itself, or nobody whom it names, in so many articles: 1", []string{event.ID}},
		{"a claim of responsibility is one", "Note", "description", "A claim of responsibility by =Tarn Front=, according to =Tarn Front= (", nil},
		{"a denial is one", "Note", "description", "A denial by Grey League, in so many articles: 1", nil},
		{"figures have who gives them", "Event", "notes", "3 killed, according to nobody whom the article names in wire 2", nil},
		{"check-worthiness", "Note", "summary", "0.81", nil},
		{"reasons", "Note", "keywords", "a named accusation", nil},
		{"the speaker's wording", "Note", "keywords", "wording: name-calling", nil},
		{"the article's own wording", "Article", "keywords", "wording: loaded language", nil},
		{"a name in the article", "Mention", "resolved", league.ID, nil},
	} {
		e := find(all, c.schema, c.property, c.value)
		if e == nil {
			t.Errorf("%s: no %s has %q", c.name, c.schema, c.value)
			continue
		}
		if c.entities != nil && !slices.Equal(e.Properties["entity"], c.entities) {
			t.Errorf("%s: it is about %v, not %v", c.name, e.Properties["entity"], c.entities)
		}
	}
}

// TestNoGuilt: nothing links somebody to an incident but a Note that says who says so.
func TestNoGuilt(t *testing.T) {
	known := map[string][]string{
		"Article":      {"title", "fileName", "sourceUrl", "author", "publisher", "publishedAt", "language", "mimeType", "bodyText", "contentHash", "generator", "keywords"},
		"Person":       {"name", "alias", "position", "proof"},
		"Organization": {"name", "alias", "classification", "proof"},
		"Mention":      {"document", "name", "resolved", "detectedSchema"},
		"Note":         {"name", "description", "summary", "entity", "proof", "sourceUrl", "keywords"},
		"Event":        {"name", "recordId", "keywords", "date", "startDate", "endDate", "location", "country", "notes", "summary", "proof"},
	}
	for _, e := range write(t, []*export.Article{exporttest.Article(), exporttest.Bare()}, exporttest.Incident(), exporttest.Unlocated()) {
		for property := range e.Properties {
			if !slices.Contains(known[e.Schema], property) {
				t.Errorf("%s has %s: %v", e.Schema, property, e.Properties[property])
			}
		}
		if e.Schema == "Note" && len(e.Properties["proof"]) == 0 {
			t.Errorf("a Note without the article that it is of: %v", e)
		}
	}
}

// TestPrivatePeople: who neither speaks nor has a role nor a part in anything is not written, and
// neither is what is said of a private matter.
func TestPrivatePeople(t *testing.T) {
	for _, e := range write(t, []*export.Article{exporttest.Article()}, exporttest.Incident()) {
		if e.Schema == "Article" {
			continue
		}
		for property, values := range e.Properties {
			for _, v := range values {
				if strings.Contains(v, "Jon Lie") {
					t.Errorf("%s %s: %s", e.Schema, property, v)
				}
			}
		}
	}
}

func TestIDs(t *testing.T) {
	articles := []*export.Article{exporttest.Article(), exporttest.Numbered(2), exporttest.Bare()}
	first, second := write(t, articles, exporttest.Incident(), exporttest.Unlocated()), write(t, articles, exporttest.Incident(), exporttest.Unlocated())
	seen := map[string]bool{}
	for i := range first {
		if first[i].ID != second[i].ID {
			t.Errorf("%s has another id each time", first[i].Schema)
		}
		if seen[first[i].ID] {
			t.Errorf("%s is used twice", first[i].ID)
		}
		seen[first[i].ID] = true
	}
	people := 0
	for i := range first {
		if e := &first[i]; e.Schema == "Person" && slices.Contains(e.Properties["name"], "Ole Brandt") {
			people++
		}
	}
	if people != 2 {
		t.Errorf("two articles that name Ole Brandt make %d people of one name", people)
	}
}

func TestOnlyWhatIsWanted(t *testing.T) {
	a := exporttest.Article()
	a.Claims = map[string]bool{"c1": true}
	all := write(t, []*export.Article{a})
	if e := find(all, "Organization", "name", "Grey League"); e != nil {
		t.Errorf("%v has nothing to do with the claim that is wanted", e)
	}
	if e := find(all, "Note", "description", "accusation"); e != nil {
		t.Errorf("%v was not wanted", e)
	}
	if find(all, "Person", "name", "Édna Frølich") == nil {
		t.Error("the speaker is missing")
	}
}

package desk_test

import (
	"fmt"
	"html"
	"net/http"
	"net/http/httptest"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"

	"hearsay/article"
	"hearsay/facts"
	"hearsay/store"
	"hearsay/store/checks"
)

// keep reads articles and adds them to the bench's store.
func (b *bench) keep(t *testing.T, list ...article.Article) {
	t.Helper()
	for _, a := range list {
		l, err := read(t.Context(), a.ID, &a)
		if err != nil {
			t.Fatal(err)
		}
		if _, _, err := b.store.Add(t.Context(), "a test", &a, l); err != nil {
			t.Fatal(err)
		}
	}
}

const blast = `A bomb exploded in the fish market of Stockholm on Monday, killing 12 people and wounding 30, police said.

Interior minister Mara Lind blamed the Northern Column for the attack. The Northern Column denied it. The bomb had been hidden in a van, a spokesman of the fire brigade told reporters on Monday evening, and two more vans were found nearby by the police dogs.

A hospital in the city said it had admitted 30 wounded people, four of them children, and asked for blood.`

// news are articles of one incident, one of them a copy, and of others.
func news() []article.Article {
	return []article.Article{
		{ID: "harbour", Title: "Fire in the harbour", Site: "The Wend Courier", Published: "2031-05-07", Text: harbour},
		{ID: "wire", Title: "Bomb in Stockholm", URL: "https://wire.example/1?a=b&c=d", Published: "2031-06-03", Text: blast},
		{ID: "copy", Title: "Twelve dead in Stockholm", Published: "2031-06-03", Text: strings.Replace(blast, "killing 12 people", "killing 14 people", 1)},
		{ID: "later", Title: "Dead of Stockholm now 15", Published: "2031-06-05", Text: `The bomb in the fish market of Stockholm on Monday killed 15 people, Interior minister Mara Lind said on Wednesday. She again blamed the Northern Column for the attack.`},
		{ID: "square", Title: "A morning at the fish market", Published: "2031-06-04", Text: `The traders had just put out their stalls in Stockholm when the bomb went off in the fish market on Monday. Pelle Storm, a trader, said he saw three people lying by the fountain. Interior minister Mara Lind said the bomb had killed 14 people. The Northern Column said it had nothing to do with the attack.`},
	}
}

func TestTheCollection(t *testing.T) {
	b := open(t)
	b.keep(t, news()...)
	for _, test := range []struct {
		path string
		want []string
		not  []string
	}{
		{"/articles", []string{"Fire in the harbour", "The Wend Courier", "Bomb in Stockholm", "Dead of Stockholm now 15"}, []string{"From the beginning"}},
		{"/articles?since=2031-06-04", []string{"Dead of Stockholm now 15"}, []string{"Fire in the harbour"}},
		{"/article?id=wire", []string{"Bomb in Stockholm", "Mara Lind", "On the word of", "2 articles have much of the same text", "Twelve dead in Stockholm"}, nil},
		{"/speakers", []string{"Mara Lind", "Ilse Tamm"}, nil},
		{"/speakers?speaker=lind", []string{"Mara Lind"}, []string{"Ilse Tamm"}},
		{"/speaker?name=Ilse+Tamm", []string{"came from below", "Fire in the harbour", "1 claim in 1 article"}, []string{"Mara Lind"}},
		{"/search", []string{"opened fire"}, []string{"Nothing was found"}},
		{"/search?q=bomb", []string{"hidden in a van", "Bomb in Stockholm", "on: "}, []string{"came from below"}},
		{"/search?q=bomb&wording=denied", []string{"Nothing was found"}, nil},
		{"/search?q=&speaker=Lind", []string{"Mara Lind"}, []string{"Ilse Tamm"}},
		{"/search?q=van&in=texts&order=relevance", []string{"Bomb in Stockholm", "van"}, []string{"Fire in the harbour"}},
		{"/search?q=zeppelin", []string{"Nothing was found"}, nil},
		{"/incidents", []string{"Stockholm (SE)", "blamed on", "by Mara Lind", "When, by"}, nil},
		{"/incidents?country=se&hsince=2031-06-01", []string{"Stockholm (SE)"}, []string{"Port Arvel"}},
		{"/incidents?country=FI", []string{"No incident was found"}, nil},
		{"/diff?a=wire&b=copy", []string{"“12 people”", "“14 people”", "… fish market of Stockholm on Monday, killing 12 14 people and wounding 30, police said.", "Which of the two is right is not said here"}, nil},
		{"/diff?a=wire&b=wire", []string{"The words are the same"}, nil},
	} {
		w := b.get(t, test.path)
		page := told(w.Body.String())
		if w.Code != http.StatusOK {
			t.Errorf("%s: status %d: %s", test.path, w.Code, page)
			continue
		}
		page = strings.ReplaceAll(page, " ”", "”")
		for _, want := range test.want {
			if !strings.Contains(page, want) {
				t.Errorf("%s does not have %q: %s", test.path, want, page)
			}
		}
		for _, not := range test.not {
			if strings.Contains(page, not) {
				t.Errorf("%s has %q", test.path, not)
			}
		}
	}
}

func TestAnIncident(t *testing.T) {
	b := open(t)
	b.keep(t, news()...)
	list := b.get(t, "/incidents?country=SE").Body.String()
	path := regexp.MustCompile(`/incidents/[0-9a-f]{16}`).FindString(list)
	if path == "" {
		t.Fatal("no incident is listed")
	}
	page := told(b.get(t, path).Body.String())
	for _, want := range []string{"Killed, as told 15 (12–15)", "2031-06-05 15", "Mara Lind", "blamed on", "Northern Column by Mara Lind", "An accusation is what somebody says", "Of one origin", "changed: 1 figure", "Dead of Stockholm now 15", "independent origin", "Who relays whom"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not have %q: %s", want, page)
		}
	}
	for _, at := range regexp.MustCompile(`Northern Column`).FindAllStringIndex(page, -1) {
		after := page[at[1]:min(len(page), at[1]+60)]
		if !strings.HasPrefix(after, " by ") && !strings.Contains(page[max(0, at[0]-40):at[0]], "denied by") {
			t.Errorf("the accused stands without the one who accuses: …%s", page[max(0, at[0]-40):min(len(page), at[1]+60)])
		}
	}
}

func TestWhatIsReadIsAddedAndItsVersionsKept(t *testing.T) {
	b := open(t)
	b.keep(t, article.Article{ID: "a", Title: "Fire", Published: "2031-05-07", Text: harbour})
	b.keep(t, article.Article{ID: "a", Title: "Fire", Published: "2031-05-07", Text: strings.Replace(harbour, "four fishermen", "six fishermen", 1)})
	page := b.get(t, "/article?id=a").Body.String()
	if !strings.Contains(told(page), "version 2") || !strings.Contains(told(page), "six fishermen") {
		t.Error("the newest version is not shown")
	}
	if old := told(b.get(t, "/article?id=a&version=1").Body.String()); !strings.Contains(old, "four fishermen") {
		t.Error("the first version is not shown")
	}
	if diff := told(b.get(t, "/diff?a=a&av=1&b=a&bv=2").Body.String()); !strings.Contains(diff, "six") || !strings.Contains(diff, "four") {
		t.Errorf("what the second version changed is not shown: %s", diff)
	}
	path := b.reads(t, map[string]string{"text": blast, "title": "Bomb"})
	w := b.do(httptest.NewRequest("POST", "http://localhost"+path+"/add", nil))
	if w.Code != http.StatusSeeOther {
		t.Fatalf("status %d: %s", w.Code, told(w.Body.String()))
	}
	if added := told(b.get(t, w.Header().Get("Location")).Body.String()); !strings.Contains(added, "In the collection since") || !strings.Contains(added, "Mara Lind") {
		t.Errorf("what was added is not shown: %s", added)
	}
	if again := told(b.get(t, path).Body.String()); strings.Contains(again, "Add to the collection") {
		t.Error("it can be added twice")
	}
	r := httptest.NewRequest("POST", "http://localhost"+path+"/add", nil)
	r.Header.Set("Sec-Fetch-Site", "cross-site")
	if w := b.do(r); w.Code != http.StatusForbidden {
		t.Errorf("a page of another site adds: status %d", w.Code)
	}
}

func TestListsArePagedThrough(t *testing.T) {
	b := open(t)
	for i := range 65 {
		b.keep(t, article.Article{ID: fmt.Sprint("a", i), Title: fmt.Sprintf("Title %03d", i), Published: "2031-05-07", Text: fmt.Sprintf("The harbour master, Ilse Tamm, said boat %d had burned.", i)})
	}
	for _, path := range []string{"/articles", "/search?q=boat", "/speaker?name=Ilse+Tamm", "/search?q=boat&in=texts"} {
		seen, pages := map[string]int{}, 0
		for next := path; next != ""; pages++ {
			page := b.get(t, next).Body.String()
			for _, title := range regexp.MustCompile(`Title \d\d\d`).FindAllString(page, -1) {
				seen[title]++
			}
			next = ""
			if m := regexp.MustCompile(`<a href="([^"]*)" rel="next">`).FindStringSubmatch(page); m != nil {
				next = html.UnescapeString(m[1])
			}
			if pages > 5 {
				t.Fatalf("%s does not end", path)
			}
		}
		if len(seen) != 65 || pages != 3 {
			t.Errorf("%s: %d articles on %d pages, want 65 on 3", path, len(seen), pages)
		}
		for title, n := range seen {
			if n != 1 {
				t.Errorf("%s lists %s %d times", path, title, n)
			}
		}
	}
}

// However many incidents there are, their list is gone through to its end, and
// each stands on it once.
func TestIncidentsArePagedThrough(t *testing.T) {
	b := open(t)
	cities := strings.Fields("Stockholm Oslo Lisbon Madrid Rome Athens Vienna Warsaw Prague Budapest Sofia Bucharest Helsinki Riga Tallinn Dublin Paris Berlin Cairo Nairobi Lagos Accra Lima Quito Havana Tokyo Manila Hanoi Jakarta Canberra Ottawa Zagreb Belgrade Tirana Ankara Hamburg Munich Cologne Lyon Marseille Toulouse Nice Bordeaux Milan Turin Naples Palermo Bologna Florence Venice Valencia Seville Bilbao Porto Glasgow Edinburgh Liverpool Manchester Leeds Bristol Cardiff Belfast Gothenburg Bergen Trondheim Aarhus Odense Turku Tampere Gdansk Krakow Wroclaw Poznan Brno Ostrava Graz Salzburg Basel Geneva Rotterdam Utrecht Antwerp Ghent Osaka Kyoto Sapporo Busan Mumbai Chennai Kolkata Lahore Karachi Tehran Baghdad Damascus Beirut Amman Tunis Algiers Casablanca Kampala Harare Luanda Maputo Montreal Toronto Vancouver Calgary Chicago Boston Denver Houston Dallas Seattle Perth Brisbane Adelaide Melbourne Sydney Auckland")
	for i, city := range cities {
		on := time.Date(2031, 5, 7-9*i, 0, 0, 0, 0, time.UTC)
		b.keep(t, article.Article{ID: fmt.Sprint("a", i), Published: on.AddDate(0, 0, 1).Format(time.DateOnly), Text: fmt.Sprintf("A bomb killed %d people in %s on %s, police said.", 3+i, city, on.Format("2 January 2006"))})
	}
	many := 0
	for _, err := range b.store.Incidents(t.Context(), store.IncidentFilter{}) {
		if err != nil {
			t.Fatal(err)
		}
		many++
	}
	if many <= 100 {
		t.Fatalf("%d incidents are too few to try this with", many)
	}
	seen, pages := map[string]int{}, 0
	for next := "/incidents"; next != ""; pages++ {
		w := b.get(t, next)
		page := w.Body.String()
		if w.Code != http.StatusOK || len(page) > 200_000 || pages > 3 {
			t.Fatalf("%s: status %d, %d bytes, page %d", next, w.Code, len(page), pages+1)
		}
		for _, m := range regexp.MustCompile(`<p class="what"><a href="([^"]*)">`).FindAllStringSubmatch(page, -1) {
			seen[m[1]]++
		}
		next = ""
		if m := regexp.MustCompile(`<a href="([^"]*)" rel="next">`).FindStringSubmatch(page); m != nil {
			next = html.UnescapeString(m[1])
		}
	}
	if len(seen) != many || pages != 2 {
		t.Errorf("%d incidents on %d pages, want %d on 2", len(seen), pages, many)
	}
	for path, n := range seen {
		if n != 1 {
			t.Errorf("%s is listed %d times", path, n)
		}
	}
}

// Whatever somebody sends, a page comes back that says something, in which nothing
// runs, and the store is as it was.
func TestHostileQuestions(t *testing.T) {
	b := open(t)
	b.keep(t, news()...)
	before, err := b.store.Stats(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	hostile := []string{
		attack, `'; DROP TABLE claims; --`, `" OR 1=1 --`, `a" AND content MATCH "b`, `NEAR(a b)`, `{title}: x`, `*`, `"`, `((((((`, strings.Repeat("(", 500), strings.Repeat("a OR ", 300) + "a",
		"\x00", "\xff\xfe", "../../../etc/passwd", "%2e%2e%2f", "-1", "9223372036854775808", "0", "1e9", strings.Repeat("x", 3000), "$(id)", "{{.}}", "\u202e\u2066",
	}
	for _, path := range []string{"/search?q=", "/search?in=texts&q=", "/search?q=bomb&speaker=", "/search?q=bomb&place=", "/search?q=bomb&country=", "/search?q=bomb&naming=", "/search?q=bomb&wording=",
		"/search?q=bomb&type=", "/search?q=bomb&since=", "/search?q=bomb&huntil=", "/search?q=bomb&before=", "/search?q=bomb&order=", "/search?q=bomb&in=",
		"/article?id=", "/article?id=wire&version=", "/article?id=wire&part=", "/article?id=wire&claim=", "/correct?article=wire&claim=", "/correct?article=wire&at=", "/checks?q=", "/checks?publisher=", "/check?id=", "/articles?before=", "/articles?since=", "/speakers?speaker=", "/speakers?type=", "/speaker?name=", "/speaker?name=Mara+Lind&before=",
		"/incidents?place=", "/incidents?after=", "/incidents?after=1.", "/incidents?after=99999999999999999999.x", "/incidents?origins=", "/incidents?hsince=", "/diff?a=wire&b=", "/diff?a=wire&b=copy&bv="} {
		for _, h := range hostile {
			w := b.get(t, path+url.QueryEscape(h))
			if w.Code >= 500 || !strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
				t.Errorf("%s%.80q: status %d: %.300s", path, h, w.Code, told(w.Body.String()))
			}
			if strings.Contains(w.Body.String(), "root:x") {
				t.Errorf("%s%q: a file of this machine", path, h)
			}
		}
	}
	for _, h := range hostile {
		b.get(t, "/incidents/"+url.PathEscape(h))
		b.get(t, "/incidents/"+url.PathEscape(h)+"/articles?from="+url.QueryEscape(h))
	}
	if after, err := b.store.Stats(t.Context()); err != nil || after.Claims != before.Claims || after.Articles != before.Articles {
		t.Errorf("the store holds %+v, and held %+v: %v", after, before, err)
	}
}

// What articles bring along cannot run on any page.
func TestHostileArticles(t *testing.T) {
	b := open(t)
	b.keep(t, article.Article{ID: attack, URL: "javascript:window.hit=1", Title: attack, Byline: []string{attack}, Site: attack, Published: "2031-06-03", Text: attack + "\n\n" + blast},
		article.Article{ID: "https://x.example/?" + attack, URL: "https://x.example/?" + attack, Title: attack, Published: "2031-06-03", Text: attack + "\n\n" + strings.Replace(blast, "12", "13", 1)},
		article.Article{ID: "three", Title: attack, Published: "2031-06-04", Text: `"<script>window.hit=1</script>", said Interior minister Mara "<b onclick=x>" Lind on Tuesday of the bomb in Stockholm that killed 16.`})
	paths := map[string]bool{"/articles": true, "/search?q=bomb": true, "/search?q=bomb&in=texts": true, "/speakers": true, "/incidents": true, "/article?id=" + url.QueryEscape(attack): true}
	done := 0
	for len(paths) > 0 && done < 60 {
		for path := range paths {
			delete(paths, path)
			done++
			w := b.get(t, path)
			if w.Code != http.StatusOK {
				t.Errorf("%s: status %d", path, w.Code)
			}
			for _, m := range regexp.MustCompile(`href="(/(?:article|speaker|incidents|diff)[?/][^"]*)"`).FindAllStringSubmatch(w.Body.String(), -1) {
				if done+len(paths) < 60 {
					path, _, _ := strings.Cut(html.UnescapeString(m[1]), "#")
					paths[path] = true
				}
			}
			break
		}
	}
	if done < 10 {
		t.Errorf("only %d pages were looked at", done)
	}
}

func TestSavedSearches(t *testing.T) {
	b := open(t)
	b.keep(t, news()...)
	if page := told(b.get(t, "/searches").Body.String()); !strings.Contains(page, "No search is saved") {
		t.Errorf("without any: %s", page)
	}
	for _, s := range []store.Search{
		{Name: "bombs <script>window.hit=1</script>", Kind: store.OfClaims, Query: "bomb", Filter: store.IncidentFilter{Filter: store.Filter{Speaker: "Lind", Since: "2031-06-01"}}},
		{Name: "many dead", Kind: store.OfIncidents, Killed: 10, BlamedOn: "Column", Filter: store.IncidentFilter{Filter: store.Filter{Country: "SE"}}},
	} {
		if err := b.store.Alerts().SaveSearch(t.Context(), s); err != nil {
			t.Fatal(err)
		}
	}
	page := b.get(t, "/searches").Body.String()
	for _, want := range []string{"words bomb", "speaker Lind", "killed, at least 10", "blamed on Column", "the page shows more than it finds"} {
		if !strings.Contains(told(page), want) {
			t.Errorf("the page does not have %q: %s", want, told(page))
		}
	}
	for _, path := range []string{"/search?q=bomb&since=2031-06-01&speaker=Lind", "/incidents?country=SE"} {
		if !strings.Contains(html.UnescapeString(page), `href="`+path+`"`) {
			t.Errorf("nothing leads to %s", path)
		}
		if w := b.get(t, path); w.Code != http.StatusOK || !strings.Contains(told(w.Body.String()), "Mara Lind") {
			t.Errorf("%s: status %d", path, w.Code)
		}
	}
}

// A search is saved where it was made, under a name that none has, and removed
// again.
func TestASearchIsSavedAtTheDesk(t *testing.T) {
	b := open(t)
	b.keep(t, news()...)
	if page := b.get(t, "/search?q=bomb&place=Stockholm").Body.String(); !strings.Contains(page, `action="/searches"`) {
		t.Fatal("a search cannot be saved from its page")
	}
	form := url.Values{"name": {"Bombs & <b>more</b>"}, "q": {"bomb"}, "place": {"Stockholm"}}
	if w := b.post(t, "/searches", form); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, told(w.Body.String()))
	}
	page := b.get(t, "/searches").Body.String()
	if !strings.Contains(told(page), "Bombs & <b>more</b>") || !strings.Contains(page, "/search?place=Stockholm&amp;q=bomb") {
		t.Errorf("it is not in the list: %s", page)
	}
	for _, x := range []struct {
		path string
		form url.Values
		code int
	}{
		{"/searches", form, http.StatusConflict},
		{"/searches", url.Values{"name": {" "}, "q": {"bomb"}}, http.StatusUnprocessableEntity},
		{"/searches", url.Values{"name": {strings.Repeat("n", 101)}, "q": {"bomb"}}, http.StatusUnprocessableEntity},
		{"/searches", url.Values{"name": {"n"}, "q": {`"bomb`}, "naming": {"nobody"}}, http.StatusBadRequest},
		{"/searches/remove", url.Values{"name": {"no such"}}, http.StatusNotFound},
		{"/searches/remove", url.Values{"name": form["name"]}, http.StatusSeeOther},
	} {
		if w := b.post(t, x.path, x.form); w.Code != x.code {
			t.Errorf("%s %v: status %d, want %d", x.path, x.form, w.Code, x.code)
		}
	}
	if all, err := b.store.Alerts().Searches(t.Context()); err != nil || len(all) != 0 {
		t.Errorf("%d searches are left, %v", len(all), err)
	}
}

// Fact-checks are listed with who published them, whose word the verdict is, and
// lead there only by an address on the web.
func TestPublishedFactChecksAreListed(t *testing.T) {
	b := open(t)
	home, ok := b.store.(checks.Home)
	if !ok {
		t.Fatal("the store keeps no fact-checks")
	}
	var reviews []*facts.Review
	for i := range 32 {
		reviews = append(reviews, &facts.Review{URL: fmt.Sprintf("https://check.example/%d", i), Claim: fmt.Sprintf("Boat %d was set on fire.", i), Publisher: "Wend Verifies", Rating: "Half <b>true</b>", Published: "2031-05-09"})
	}
	reviews = append(reviews, &facts.Review{URL: "javascript:alert(1)", Claim: attack, Publisher: attack, Rating: attack})
	if _, err := home.Checks().Import(t.Context(), reviews); err != nil {
		t.Fatal(err)
	}
	page := b.get(t, "/checks?publisher=wend").Body.String()
	for _, want := range []string{`rel="noopener noreferrer nofollow"`, "https://check.example/31", "rel=\"next\"", "Half &lt;b&gt;true&lt;/b&gt;"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s", want)
		}
	}
	if !strings.Contains(told(page), "Wend Verifies : rated “ Half <b>true</b> ” there") || !strings.Contains(told(page), "33 fact-checks") {
		t.Errorf("the page does not say whose word a verdict is: %s", told(page))
	}
	b.get(t, "/checks")
	for path, want := range map[string][2]string{
		"/checks?q=boat+7+set+on+fire":         {"Boat 7 was set on fire", ""},
		"/checks?q=boat+7&publisher=nobody":    {"No fact-check was found", "Boat 7"},
		"/checks?q=boat+7&since=2031-05-10":    {"No fact-check was found", "Boat 7"},
		"/checks?q=boat+7&until=2031-05-09":    {"Boat 7 was set on fire", ""},
		"/checks?q=" + url.QueryEscape(attack): {"fact-check", ""},
		"/checks?q=zeppelin":                   {"No fact-check was found", "Boat"},
	} {
		w := b.get(t, path)
		if page := told(w.Body.String()); w.Code != http.StatusOK || !strings.Contains(page, want[0]) || want[1] != "" && strings.Contains(page, want[1]) {
			t.Errorf("%s: status %d: %s", path, w.Code, page)
		}
	}
	if w := b.get(t, "/checks?since=2031-06-01"); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "No fact-check was found") {
		t.Errorf("status %d: %s", w.Code, told(w.Body.String()))
	}
}

// A fact-check is shown with the claims of the collection that it may be about, each with its speaker.
func TestClaimsAreFoundForAFactCheck(t *testing.T) {
	b := open(t)
	b.keep(t, news()...)
	home, ok := b.store.(checks.Home)
	if !ok {
		t.Fatal("the store keeps no fact-checks")
	}
	reviews := []*facts.Review{
		{URL: "https://check.example/1", Claim: "A bomb exploded in the fish market of Stockholm, killing 12 people and wounding 30.", Publisher: "Wend Verifies", Rating: "Mostly so", Published: "2031-06-09"},
		{URL: "https://check.example/2", Claim: "Apples cure the common cold.", Publisher: "Wend Verifies"},
		{URL: "https://check.example/3", Claim: "?", Publisher: "Wend Verifies"},
		{URL: "https://check.example/4", Claim: attack, Publisher: "Wend Verifies"},
	}
	if _, err := home.Checks().Import(t.Context(), reviews); err != nil {
		t.Fatal(err)
	}
	path := "/check?id=" + reviews[0].ID()
	if !strings.Contains(b.get(t, "/checks?q=bomb+in+the+fish+market").Body.String(), `href="`+path+`"`) {
		t.Error("nothing leads to the fact-check's page")
	}
	page := told(b.get(t, path).Body.String())
	for _, want := range []string{"Wend Verifies : rated “ Mostly so ” there", "A bomb exploded in the fish market of Stockholm on Monday", "On the word of police", "likely , in common:"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %q: %s", want, page)
		}
	}
	for _, r := range reviews[1:] {
		if w := b.get(t, "/check?id="+r.ID()); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "None was found") {
			t.Errorf("%s: status %d: %s", r.URL, w.Code, told(w.Body.String()))
		}
	}
	for _, id := range []string{"", "nothing", url.QueryEscape(attack)} {
		if w := b.get(t, "/check?id="+id); w.Code != http.StatusNotFound {
			t.Errorf("%q: status %d", id, w.Code)
		}
	}
}

// Filters of incidents are saved too.
func TestASearchForIncidentsIsSavedAtTheDesk(t *testing.T) {
	b := open(t)
	b.keep(t, news()...)
	if strings.Contains(b.get(t, "/incidents").Body.String(), `action="/searches"`) {
		t.Error("a search for nothing can be saved")
	}
	if page := b.get(t, "/incidents?country=SE&origins=2").Body.String(); !strings.Contains(page, `<input type="hidden" name="kind" value="incidents">`) || !strings.Contains(page, `<input type="hidden" name="origins" value="2">`) {
		t.Fatal("filters of incidents cannot be saved")
	}
	form := url.Values{"name": {"Sweden"}, "kind": {"incidents"}, "country": {"SE"}, "origins": {"2"}}
	if w := b.post(t, "/searches", form); w.Code != http.StatusSeeOther {
		t.Fatal(w.Code, told(w.Body.String()))
	}
	page := b.get(t, "/searches").Body.String()
	if !strings.Contains(page, `href="/incidents?country=SE&amp;origins=2"`) || !strings.Contains(told(page), "independent origins, at least 2") {
		t.Errorf("it is not in the list: %s", told(page))
	}
	form.Set("name", "Sweden again")
	form.Set("origins", "many")
	if w := b.post(t, "/searches", form); w.Code != http.StatusBadRequest {
		t.Errorf("status %d", w.Code)
	}
}

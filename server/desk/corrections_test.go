package desk_test

import (
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/ledger/correction"
	"hearsay/report/browsertest"
	"hearsay/store"
)

const pilots = "The ferry sank on Friday. Harbour master Ida Lunde said that the ferry hit a rock. “It was too late”, she added."

// correcting is a bench with an article to correct, and its claim that was said.
func correcting(t *testing.T) (*bench, *ledger.Ledger, *ledger.Claim) {
	t.Helper()
	b := open(t)
	b.keep(t, article.Article{ID: "ferry", Title: "Ferry", Published: "2031-05-04", Text: pilots})
	_, l, err := b.store.Article(t.Context(), "ferry")
	if err != nil {
		t.Fatal(err)
	}
	for i := range l.Claims {
		if c := &l.Claims[i]; c.Cue != nil && l.Quote(c.Cue.Span) == "said" {
			return b, l, c
		}
	}
	t.Fatal("there is no claim that was said")
	return nil, nil, nil
}

func (b *bench) post(t *testing.T, path string, form url.Values) *httptest.ResponseRecorder {
	t.Helper()
	r := httptest.NewRequest("POST", "http://localhost"+path, strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := b.do(r)
	if strings.HasPrefix(w.Header().Get("Content-Type"), "text/html") {
		sound(t, path, w.Body.String())
	}
	return w
}

// formOf are the fields of a claim as its form has them.
func formOf(l *ledger.Ledger, c *ledger.Claim, do string) url.Values {
	return url.Values{"article": {"ferry"}, "claim": {c.ID}, "seen": {correction.Seen(l, c)}, "do": {do}, "content": {l.Quote(c.Content[0].Span)},
		"cue": {l.Quote(c.Cue.Span)}, "source": {l.Quote(c.Source.Span)}, "speaker": {"Ida Lunde"}}
}

func TestAClaimIsCorrectedAndTheCorrectionUndone(t *testing.T) {
	b, l, c := correcting(t)
	if page := b.get(t, "/article?id=ferry").Body.String(); !strings.Contains(page, `action="/correct" method="get"><input type="hidden" name="article" value="ferry">`) {
		t.Error("a claim cannot be corrected from its article")
	}
	if page := told(b.get(t, "/correct?article=ferry&claim="+c.ID).Body.String()); !strings.Contains(page, "the ferry hit a rock") {
		t.Error("the form does not have the claim")
	}
	form := formOf(l, c, "fix")
	form.Set("speaker", "Per Strand <script>")
	form.Set("note", "The list of pilots says so.")
	w := b.post(t, "/correct", form)
	if w.Code != 303 || w.Header().Get("Location") != "/article?id=ferry&claim="+c.ID+"#a1"+c.ID {
		t.Fatal(w.Code, w.Header().Get("Location"), told(w.Body.String()))
	}
	page := told(b.get(t, "/article?id=ferry").Body.String())
	for _, want := range []string{"Per Strand <script>", "corrected by local", "1 correction"} {
		if !strings.Contains(page, want) {
			t.Errorf("the article's page lacks %q", want)
		}
	}
	if w := b.post(t, "/correct", form); w.Code != 422 || !strings.Contains(told(w.Body.String()), "changed meanwhile") {
		t.Errorf("a form of a claim that has changed: %d", w.Code)
	}
	page = told(b.get(t, "/corrections?article=ferry").Body.String())
	for _, want := range []string{"who speaks", "speaker: Ida Lunde", "speaker: Per Strand", "The list of pilots says so.", "applied", "Undo"} {
		if !strings.Contains(page, want) {
			t.Errorf("the list lacks %q:\n%s", want, page)
		}
	}
	if w := b.post(t, "/corrections/1/undo", url.Values{"article": {"ferry"}}); w.Code != 303 {
		t.Fatal(w.Code)
	}
	if page := told(b.get(t, "/article?id=ferry").Body.String()); strings.Contains(page, "Per Strand") {
		t.Error("undone, it is still there")
	}
	if page := told(b.get(t, "/corrections?who=local").Body.String()); !strings.Contains(page, "undone by local") {
		t.Errorf("the list does not tell who undid it:\n%s", page)
	}
	if w := b.post(t, "/corrections/1/undo", nil); w.Code != 409 {
		t.Errorf("undone again: %d", w.Code)
	}
}

func TestFormsOfCorrections(t *testing.T) {
	for _, x := range []struct {
		name, do string
		set      map[string]string
		code     int
		want     string // in the article's page, or in what is said of the form
	}{
		{"boundaries", "fix", map[string]string{"source": "Ida Lunde", "content": "the ferry\nhit a rock"}, 303, "corrected by local"},
		{"words that are not there", "fix", map[string]string{"source": "Nobody <b>here</b>"}, 422, "Nobody <b>here</b>"},
		{"an empty content", "fix", map[string]string{"content": " "}, 422, "A claim has to say something"},
		{"nothing", "fix", nil, 422, "Nothing was changed."},
		{"nobody named and no cue", "fix", map[string]string{"source": "", "cue": ""}, 303, "unattributed"},
		{"checked", "checked", map[string]string{"note": "Seen <b>it</b>.", "link": "https://list.example/1"}, 303, "https://list.example/1"},
		{"checked without a note", "checked", nil, 422, "Write in a note"},
		{"a link that is none", "checked", map[string]string{"note": "x", "link": "javascript:alert(1)"}, 422, "an address on the web"},
		{"no attribution", "unattributed", nil, 303, "corrected by local"},
		{"no claim", "removed", nil, 303, "1 correction"},
	} {
		t.Run(x.name, func(t *testing.T) {
			b, l, c := correcting(t)
			form := formOf(l, c, x.do)
			for k, v := range x.set {
				form.Set(k, v)
			}
			w := b.post(t, "/correct", form)
			page := told(w.Body.String())
			if w.Code == 303 {
				page = b.get(t, "/article?id=ferry").Body.String()
				page = told(page) + page
			}
			if w.Code != x.code || !strings.Contains(page+w.Body.String(), x.want) && !strings.Contains(w.Body.String(), strings.NewReplacer("<", "&lt;", ">", "&gt;").Replace(x.want)) {
				t.Errorf("%d, without %q:\n%s", w.Code, x.want, page)
			}
		})
	}
	b, _, _ := correcting(t)
	w := b.post(t, "/correct", url.Values{"article": {"ferry"}, "do": {"fix"}, "content": {"It was too"}, "source": {"she"}, "cue": {"added"}, "speaker": {"Ida Lunde"}})
	if w.Code != 303 {
		t.Errorf("a claim that was missed: %d %s", w.Code, told(w.Body.String()))
	}
	for path, code := range map[string]int{"/correct?article=nowhere": 404, "/correct?article=ferry&claim=c99": 404, "/corrections?before=x": 400, "/corrections?article=nowhere": 404} {
		if w := b.get(t, path); w.Code != code {
			t.Errorf("%s: %d, want %d", path, w.Code, code)
		}
	}
}

func TestCorrectingInABrowser(t *testing.T) {
	b, _, c := correcting(t)
	s := httptest.NewServer(b)
	t.Cleanup(s.Close)
	tab := browsertest.Open(t, 390, 800)
	tab.Go(s.URL + "/correct?article=ferry&claim=" + c.ID)
	tab.Until(`document.readyState === 'complete'`)
	tab.Is(`document.documentElement.scrollWidth <= innerWidth`, true)
	// Select the words "Ida Lunde" in the text and press the key.
	tab.Run(`(() => { const box = document.getElementById('fulltext'); const walk = document.createTreeWalker(box, NodeFilter.SHOW_TEXT); let n;
		while ((n = walk.nextNode())) { const i = n.data.indexOf('Ida Lunde'); if (i >= 0) { const r = document.createRange(); r.setStart(n, i); r.setEnd(n, i + 9); getSelection().removeAllRanges(); getSelection().addRange(r); } }
		box.dispatchEvent(new KeyboardEvent('keydown', {key: 's', bubbles: true})); })()`)
	tab.Is(`document.getElementById('source').value`, "Ida Lunde")
	tab.Is(`document.querySelector('[name=source-at]').value.length > 0`, true)
	tab.Click(".mend button.main")
	tab.Until(`location.pathname === '/article' && document.querySelector('.hand') !== null`)

	plain := browsertest.Open(t, 1400, 900)
	plain.NoScripts()
	plain.Go(s.URL + "/corrections?article=ferry")
	plain.Click(".lines form button")
	plain.Until(`document.body.innerText.includes('undone by local')`)
	for c, err := range b.store.ClaimCorrections(t.Context(), store.CorrectionFilter{}) {
		if err != nil || c.Undone == nil || c.After.Source.Exact != "Ida Lunde" {
			t.Errorf("%+v, %v", c, err)
		}
	}
}

package desk_test

import (
	"fmt"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"

	"hearsay/article"
	"hearsay/facts"
	"hearsay/ledger/correction"
	"hearsay/report/browsertest"
	"hearsay/store/checks"
)

// serves serves a bench with news and returns its address.
func serves(t *testing.T) (string, *bench) {
	t.Helper()
	b := open(t)
	b.keep(t, news()...)
	s := httptest.NewServer(b)
	t.Cleanup(s.Close)
	return s.URL, b
}

const (
	chosen = `[...document.querySelectorAll('.claims .claim.on')].map(e => e.id).join()`
	shown  = `[...document.querySelectorAll('.claims .claim')].filter(e => e.checkVisibility()).length`
)

func TestReadingInABrowser(t *testing.T) {
	address, _ := serves(t)
	tab := browsertest.Open(t, 1400, 900)
	tab.Go(address + "/")
	tab.Run(`document.querySelector('#text').value = ` + "`" + harbour + "`")
	tab.Click(".give button.main")
	tab.Until(`document.querySelector('.claims .claim') !== null && document.body.classList.contains('live')`)
	tab.Is(`location.pathname.startsWith('/read/')`, true)
	tab.Is(chosen, "")
	tab.Keys("jj")
	tab.Is(chosen, "a1c2")
	tab.Keys("k")
	tab.Is(chosen, "a1c1")
	// A choice in the text shows the claim, and one in the list the text.
	tab.Click(`.words u[data-c=a1c3]`)
	tab.Is(chosen, "a1c3")
	tab.Keys(browsertest.Escape)
	tab.Is(chosen, "")
	tab.Keys("?")
	tab.Is(`document.querySelector('.help').open`, true)
	tab.Keys(browsertest.Escape)
	tab.Keys("/")
	tab.Is(`document.activeElement.id`, "quick")
	tab.Run(`document.activeElement.value = ''`)
	tab.Keys("j?") // letters in a field are letters
	tab.Is(`document.activeElement.value + document.querySelector('.help').open`, "j?false")
	tab.Keys(browsertest.Escape)
	tab.Is(`document.activeElement === document.body`, true)
	// Added, it has a page of its own.
	tab.Click(".acts button")
	tab.Until(`location.pathname === '/article' && document.readyState === 'complete'`)
	tab.Is(`document.querySelector('.acts').innerText.includes('In the collection since')`, true)
}

func TestSiftingInABrowser(t *testing.T) {
	address, _ := serves(t)
	tab := browsertest.Open(t, 1400, 900)
	tab.Go(address + "/article?id=harbour")
	tab.Until(`document.body.classList.contains('live')`)
	if total := tab.Number(shown); total < 6 {
		t.Fatalf("%v claims are shown", total)
	}
	choose := func(name, value string) { tab.Fill(".sift [name="+name+"]", value) }
	choose("speaker", "Ilse Tamm")
	tab.Is(shown, 1)
	tab.Is(`document.querySelector('.found b').innerText`, "1")
	tab.Is(`new URLSearchParams(location.search).get('speaker') + new URLSearchParams(location.search).get('id')`, "Ilse Tammharbour")
	// What the address says now the server shows too.
	tab.Do(chromedp.Reload())
	tab.Until(`document.body.classList.contains('live')`)
	tab.Is(shown, 1)
	choose("speaker", "")
	choose("wording", "denied")
	tab.Is(shown+` > 0 && `+shown+` < `+`document.querySelectorAll('.claims .claim').length`, true)
	choose("wording", "")
	choose("order", "worth")
	tab.Is(`[...document.querySelectorAll('.claims .claim')].map(e => Number(e.parentElement.dataset.r.split(' ')[e.id.slice(3) - 1])).every((r, i, all) => !i || all[i - 1] < r)`, true)
	tab.Is(`document.querySelector('.claims .claim').id !== 'a1c1' || document.querySelectorAll('.claims .claim')[1].id !== 'a1c2'`, true)
	choose("order", "")
	tab.Is(`[...document.querySelectorAll('.claims .claim')].every((e, i) => e.id === 'a1c' + (i + 1))`, true)
	// Marks are the style sheet's.
	const ground = `getComputedStyle(document.querySelector('.y-name')).backgroundColor`
	tab.Is(ground, "rgba(0, 0, 0, 0)")
	tab.Click(".sift [value=names]")
	tab.Is(ground+` !== "rgba(0, 0, 0, 0)"`, true)
	const weight = `getComputedStyle(document.querySelector('.words b')).fontWeight`
	tab.Is(weight, "650")
	tab.Click(".sift [value=attribution]")
	tab.Is(weight, "400")
}

func TestTheDeskWithoutScripts(t *testing.T) {
	address, _ := serves(t)
	tab := browsertest.Open(t, 1400, 900)
	tab.NoScripts()
	tab.Go(address + "/article?id=harbour")
	tab.Is(`document.querySelector('.keys').checkVisibility()`, false)
	tab.Run(`document.querySelector('.sift [name=wording]').value = 'denied'; document.querySelector('.sift [value=dates]').checked = true`)
	tab.Click(".sift button")
	tab.Until(`location.search.includes('wording=denied') && document.readyState === 'complete'`)
	tab.Is(shown+` > 0 && `+shown+` < `+`document.querySelectorAll('.claims .claim').length`, true)
	tab.Is(`document.querySelector('.sift [value=dates]').checked && document.querySelector('.sift [value=attribution]').checked`, true)
	tab.Click(`.claim:not([hidden]) .no`)
	tab.Is(`document.querySelector('.words :target') !== null`, true)
	tab.Go(address + "/")
	tab.Run(`document.querySelector('#text').value = 'Boats burned, the harbour master said.'`)
	tab.Click(".give button.main")
	tab.Until(`location.pathname.startsWith('/read/')`)
	tab.Go(address + "/search")
	tab.Run(`document.querySelector('#q').value = 'bomb'`)
	tab.Click(".ask button.main")
	tab.Until(`location.search.includes('q=bomb') && document.querySelector('.claimlines') !== null`)
}

// Keys of one character can be switched off (WCAG 2.1.4), for good.
func TestLettersAreSwitchedOff(t *testing.T) {
	address, _ := serves(t)
	axe := browsertest.NewAxe(t)
	tab := browsertest.Open(t, 1400, 900)
	tab.Go(address + "/article?id=harbour")
	tab.Until(`document.body.classList.contains('live') && document.body.dataset.letters === 'on'`)
	tab.Click(".masthead .keys")
	tab.Is(`document.querySelector('.help').open && document.querySelector('.help').contains(document.activeElement)`, true)
	axe.Judge(tab, "the keys are shown")
	tab.Click(".help .letters")
	tab.Keys(browsertest.Escape)
	tab.Is(`document.activeElement.className`, "keys")
	tab.Keys("j?/")
	tab.Is(chosen, "")
	tab.Is(`document.querySelector('.help').open || document.activeElement.id === 'quick'`, false)
	tab.Do(chromedp.Reload())
	tab.Until(`document.body.classList.contains('live') && document.body.dataset.letters === 'off'`)
	tab.Keys("j")
	tab.Is(chosen, "")
	tab.Run(`document.querySelector('.letters').click()`)
	tab.Keys("j")
	tab.Is(chosen, "a1c1")
}

func TestListsByKeys(t *testing.T) {
	address, _ := serves(t)
	tab := browsertest.Open(t, 1400, 900)
	tab.Go(address + "/search?q=bomb")
	tab.Until(`document.readyState === 'complete' && !document.querySelector('.keys').hidden`)
	tab.Keys("j")
	tab.Is(`document.activeElement === document.querySelectorAll('.lines a')[0]`, true)
	tab.Keys("jk")
	tab.Keys(browsertest.Enter)
	tab.Until(`location.pathname === '/article' && document.querySelector('.claim:target') !== null`)
}

// desks are the pages of the desk, with filters set where they have any; furnish makes what is on them.
var desks = []string{"/", "/correct?article=wire&claim=c1", "/correct?article=wire", "/corrections", "/corrections?article=wire",
	"/article?id=wire&sifted=1&mark=attribution&mark=certainty&mark=names&mark=places&mark=dates&mark=wording&speaker=Mara+Lind&order=worth",
	"/article?id=long", "/article?id=long&part=2&footing=named&wording=denied", "/article?id=long&part=whole",
	"/search?q=bomb&speaker=Lind&naming=named&wording=certain&since=2031-06-01", "/search?q=zeppelin", "/search", "/search?q=bomb&in=texts&order=relevance", "/searches", "/checks?q=bomb&publisher=wend", "/check?id=CHECK",
	"/articles?since=2031-06-01", "/speakers?speaker=lind&since=2031-06-01", "/speaker?name=Mara+Lind&since=2031-06-01", "/incidents?country=SE&hsince=2031-01-01&origins=1",
	"/incidents", "INCIDENT", "INCIDENT/articles", "INCIDENT/parties", "/diff?a=wire&b=copy", "/nowhere"}

// furnish puts something on every page of the desk, and returns the pages.
func furnish(t *testing.T, b *bench) []string {
	t.Helper()
	b.keep(t, article.Article{ID: "long", Title: "Two parts", Published: "2031-05-04", Text: words(t, 2700)})
	if len(hrefs(b.get(t, "/article?id=long").Body.String(), "/article?id=long&part=2")) == 0 {
		t.Fatal("the article is not in parts")
	}
	check := &facts.Review{URL: "https://check.example/1", Claim: "A bomb exploded in the fish market of Stockholm, killing 12 people and wounding 30.", Publisher: "Wend Verifies", Rating: "Mostly so", Published: "2031-06-09", Body: "Hospitals say so too."}
	if _, err := b.store.(checks.Home).Checks().Import(t.Context(), []*facts.Review{check}); err != nil {
		t.Fatal(err)
	}
	b.post(t, "/searches", url.Values{"name": {"Sweden"}, "kind": {"incidents"}, "country": {"SE"}, "origins": {"2"}})
	incident := hrefs(b.get(t, "/incidents?country=SE").Body.String(), "/incidents/")[0]
	_, l, err := b.store.Article(t.Context(), "wire")
	if err != nil {
		t.Fatal(err)
	}
	for i, do := range []string{"fix", "checked"} {
		c := l.Claims[i]
		form := url.Values{"article": {"wire"}, "claim": {c.ID}, "seen": {correction.Seen(l, &c)}, "do": {do}, "content": {l.Quote(c.Content[0].Span)}, "source": {"police"}, "cue": {"said"}, "speaker": {"The police of Stockholm"}, "note": {"Seen in the list."}, "link": {"https://list.example/1"}}
		if w := b.post(t, "/correct", form); w.Code != http.StatusSeeOther {
			t.Fatal(w.Code, told(w.Body.String()))
		}
	}
	var pages []string
	for _, path := range desks {
		pages = append(pages, strings.NewReplacer("INCIDENT", incident, "CHECK", check.ID()).Replace(path))
	}
	return pages
}

// TestTheDeskOnAPhone has every page as wide as the narrowest phone, or as a screen at 400%
// (WCAG 1.4.10): nothing has to be scrolled sideways for.
func TestTheDeskOnAPhone(t *testing.T) {
	address, b := serves(t)
	pages := furnish(t, b)
	tab := browsertest.Open(t, 320, 800)
	tab.Forgive(true) // the status of a page that is not there
	long := b.reads(t, map[string]string{"text": harbour + "\n\nA spokesman for the municipal office of harbours, lighthouses and ferries of the southern and the western islands said the fire was out.", "title": strings.Repeat("Harbourmasters", 8)})
	for _, path := range append(pages, long) {
		tab.Go(address + path)
		if wide := tab.Text(browsertest.TooWide); wide != "" {
			t.Errorf("%s: %s", path, wide)
		}
	}
	tab.Go(address + "/article?id=wire")
	tab.Until(`document.body.classList.contains('live')`)
	tab.Click(`.words u[data-c=a1c1]`)
	tab.Is(`document.querySelector('.sheet').hidden`, false)
}

// TestPagesAreAccessible has axe-core look at every page by the rules of WCAG 2.2
// A and AA, wide and light and on a phone in the dark.
func TestPagesAreAccessible(t *testing.T) {
	axe := browsertest.NewAxe(t)
	address, b := serves(t)
	pages := furnish(t, b)
	for _, look := range []struct {
		scheme string
		width  int64
	}{{"light", 1400}, {"dark", 320}} {
		t.Run(look.scheme, func(t *testing.T) {
			t.Parallel()
			tab := browsertest.Open(t, look.width, 900)
			tab.Forgive(true)
			tab.Media("prefers-color-scheme", look.scheme)
			for _, path := range pages {
				tab.Go(address + path)
				axe.Judge(tab, fmt.Sprintf("%s, %s, %d wide", path, look.scheme, look.width))
			}
		})
	}
}

// hidden names what cannot be seen of a page when it has the focus, because something
// else lies over all of it (WCAG 2.4.11).
const hidden = `[...document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex="0"]')].filter(e => e.checkVisibility({visibilityProperty: true}) && !e.disabled && !e.closest('dialog') && e.type !== 'hidden').filter(e => {
	e.focus();
	if (document.activeElement !== e) return false;
	const box = e.matches('.filter input') ? e.parentElement : e; // whose label stands for it
	const r = box.getClientRects()[0];
	if (!r || r.width < 2) return false;
	return ![.1, .5, .9].some(x => [.1, .5, .9].some(y => {
		const top = document.elementFromPoint(r.left + x * r.width, r.top + y * r.height);
		return top && (box.contains(top) || top.contains(box));
	}));
}).map(e => e.tagName + '.' + e.className + ' ' + (e.innerText || e.name || e.id)).slice(0, 5).join('; ')`

// Whatever has the focus is in sight, wide and on a phone whose sheet is open.
func TestFocusIsSeen(t *testing.T) {
	address, b := serves(t)
	pages := furnish(t, b)
	for _, width := range []int64{1100, 320} { // at 1100 the bar over the text has two lines
		tab := browsertest.Open(t, width, 700)
		tab.Forgive(true)
		for _, path := range pages {
			tab.Go(address + path)
			tab.Until(`document.readyState === 'complete'`)
			tab.Keys(browsertest.Escape) // what has the focus looks so only where somebody works
			if strings.HasPrefix(path, "/article?") {
				tab.Keys("j")
			}
			if gone := tab.Text(hidden); gone != "" {
				t.Errorf("%s, %d wide: out of sight with the focus: %s", path, width, gone)
			}
		}
	}
}

// On every page with a list j goes to its first line and Enter opens that.
func TestEveryListByKeys(t *testing.T) {
	address, b := serves(t)
	tab := browsertest.Open(t, 1400, 900)
	tab.Forgive(true)
	for _, path := range furnish(t, b) {
		if strings.HasPrefix(path, "/article?") || strings.HasPrefix(path, "/correct?") {
			continue
		}
		tab.Go(address + path)
		tab.Until(`document.readyState === 'complete'`)
		if tab.Number(`document.querySelectorAll('.lines a[href]').length`) == 0 {
			continue
		}
		tab.Keys("j")
		tab.Is(`document.activeElement === document.querySelector('.lines a[href]')`, true)
		to := tab.Text(`document.activeElement.href`)
		tab.Keys("kjk")
		tab.Is(`document.activeElement.href`, to)
		if strings.HasPrefix(to, address) {
			tab.Keys(browsertest.Enter)
			tab.Until(`location.href.replace(/#.*/, '') === '` + to + `'.replace(/#.*/, '')`)
		}
	}
}

// TestNothingOfAnArticleRuns opens pages of an article that is all script.
func TestNothingOfAnArticleRuns(t *testing.T) {
	address, b := serves(t)
	path := b.reads(t, map[string]string{"text": attack + " said on Tuesday that " + harbour + attack, "title": attack})
	tab := browsertest.Open(t, 1400, 900)
	for _, path := range []string{path, "/search?q=bomb&place=" + url.QueryEscape(attack), path + "?speaker=" + url.QueryEscape(attack)} {
		tab.Go(address + path)
		tab.Is(`window.hit === undefined && document.querySelectorAll('img, iframe, script:not([src])').length === 0`, true)
	}
}

// TestPartsInABrowser goes through the parts of a long text, by keys and by the
// address of a claim, with scripts and without.
func TestPartsInABrowser(t *testing.T) {
	b := open(t)
	b.keep(t, article.Article{ID: "long", Title: "Five thousand words", Published: "2031-05-04", Text: words(t, 5000)})
	s := httptest.NewServer(b)
	t.Cleanup(s.Close)
	tab := browsertest.Open(t, 1400, 900)
	const live = `document.readyState === 'complete' && document.body.classList.contains('live')`
	const inSight = `(r => r.top >= 0 && r.bottom <= innerHeight)(document.getElementById('t' + document.querySelector('.claim.on').id).getBoundingClientRect())`
	// The address of a claim, without its part.
	tab.Go(s.URL + "/article?id=long#a1c300")
	tab.Until(`location.search.includes('claim=c300') && ` + live)
	tab.Until(chosen + ` === 'a1c300' && ` + inSight)
	// From the last claim of a part j goes to the first of the next, and k back.
	tab.Go(s.URL + "/article?id=long")
	tab.Until(live)
	last := tab.Text(`[...document.querySelectorAll('.claims .claim')].at(-1).id`)
	tab.Run(`document.getElementById('` + last + `').click()`)
	tab.Is(chosen, last)
	tab.Keys("j")
	tab.Until(`location.search.includes('part=2') && ` + live)
	tab.Until(chosen + ` === document.querySelector('.claims .claim').id && ` + inSight)
	tab.Keys("k")
	tab.Until(`location.search.includes('part=1') && ` + live)
	tab.Until(chosen + ` === '` + last + `'`)
	// The claim that is chosen can be corrected where it stands.
	tab.Click(".claim.on .fix button")
	tab.Until(`location.pathname === '/correct' && document.querySelector('h1') !== null`)
	tab.Is(`document.title.startsWith('Correct claim ' + '`+last+`'.slice(3))`, true)
	// What is sifted in one part is in the others.
	tab.Go(s.URL + "/article?id=long")
	tab.Until(live)
	tab.Fill(".sift [name=wording]", "denied")
	tab.Is(`[...document.querySelectorAll('.turns a')].every(a => a.href.includes('wording=denied'))`, true)
	tab.Click(".turns a[rel=next]")
	tab.Until(`location.search.includes('part=2') && ` + live)
	tab.Is(`document.querySelector('.sift [name=wording]').value`, "denied")
	tab.Is(shown+` === Number(document.querySelector('.found b').innerText)`, true)
	// Of those that are left, too, j and k go on from part to part.
	tab.Keys("kk")
	tab.Until(`location.search.includes('part=1') && ` + live)
	tab.Until(chosen + ` === [...document.querySelectorAll('.claims .claim')].filter(e => e.checkVisibility()).at(-1).id`)
	tab.Keys("j")
	tab.Until(`location.search.includes('part=2') && ` + live)
	tab.Until(chosen + ` === [...document.querySelectorAll('.claims .claim')].filter(e => e.checkVisibility())[0].id`)

	tab.NoScripts()
	tab.Go(s.URL + "/article?id=long")
	tab.Click(".turns a[rel=next]")
	tab.Until(`location.search.includes('part=2') && document.readyState === 'complete'`)
	tab.Run(`document.querySelector('.fix [name=claim]').value = '201'`)
	tab.Click(".fix button")
	tab.Until(`location.pathname === '/correct' && document.title.startsWith('Correct claim 201')`)
	tab.Go(s.URL + "/article?id=long&part=whole")
	tab.Click("#whole .foremost a")
	tab.Until(`document.querySelector('.claim:target') !== null`)
}

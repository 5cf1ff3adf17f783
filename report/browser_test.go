package report_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"hearsay/ledger"
	"hearsay/report"
	"hearsay/report/browsertest"
)

// visit opens a page of ledgers; the test fails if it asks for anything more.
func visit(tab *browsertest.Tab, fragment string, ledgers ...*ledger.Ledger) {
	tab.Helper()
	visitRanked(tab, fragment, nil, ledgers...)
}

// visitRanked is visit for a page in another order than that of the text.
func visitRanked(tab *browsertest.Tab, fragment string, rank *report.Ranking, ledgers ...*ledger.Ledger) {
	tab.Helper()
	path := filepath.Join(tab.TempDir(), "page.html")
	if err := os.WriteFile(path, []byte(write(tab, report.HTML, report.Options{Rank: rank}, ledgers...)), 0o600); err != nil {
		tab.Fatal(err)
	}
	tab.Only("file://" + path)
	tab.Go("file://" + path + fragment)
}

const chosen = `[...document.querySelectorAll('.claims .claim.on')].map(e => e.id).join()`

func TestPageKeys(t *testing.T) {
	tab := browsertest.Open(t, 1280, 900)
	visit(tab, "", ferry(t))
	tab.Is(chosen, "")
	tab.Keys("j")
	tab.Is(chosen, "a1c1")
	tab.Keys("jjj")
	tab.Is(chosen, "a1c4")
	tab.Is(`document.querySelectorAll('.words .on').length`, 3) // content, cue, source
	tab.Is(`document.querySelector('.claim.on').getAttribute('aria-current')`, "true")
	tab.Keys("k")
	tab.Is(chosen, "a1c3")
	tab.Keys(browsertest.Enter)
	tab.Is(`document.activeElement.id`, "a1c3")
	tab.Keys(browsertest.Escape)
	tab.Is(chosen, "")
	tab.Is(`document.querySelector('.help').open`, false)
	tab.Keys("?")
	tab.Is(`document.querySelector('.help').open`, true)
	tab.Keys(browsertest.Escape)
	tab.Is(`document.querySelector('.help').open`, false)
	// The last claim is in sight, in the text and in the list.
	tab.Keys(strings.Repeat("j", 20))
	tab.Is(chosen, "a1c15")
	const inSight = `[document.getElementById('ta1c15'), document.getElementById('a1c15')].every(e => {
		const box = e.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight })`
	tab.Until(inSight)
}

func TestPageClicks(t *testing.T) {
	tab := browsertest.Open(t, 1280, 900)
	visit(tab, "", ferry(t))
	tab.Click(`.words u[data-c=a1c6]`)
	tab.Is(chosen, "a1c6")
	tab.Click(`.words i[data-c=a1c9]`)
	tab.Is(chosen, "a1c9")
	// The innermost of nested claims is meant.
	tab.Click(`.words u[data-c=a1c8]`)
	tab.Is(chosen, "a1c8")
	tab.Click(`#a1c2 blockquote`)
	tab.Is(chosen, "a1c2")
	tab.Is(`document.querySelectorAll('.words .on[data-c=a1c2]').length`, 3)
	tab.Click(`.heard li:first-child a`)
	tab.Is(chosen, "a1c6")
	tab.Is(`document.querySelector('.sheet').hidden`, true)
	// In the course of the text the claim that is nearest is meant, and the one chosen shows.
	tab.Run(`(course => { const box = course.getBoundingClientRect(); course.dispatchEvent(new MouseEvent('click', {bubbles: true, clientX: box.right, clientY: box.top + 5})) })(document.querySelector('.course'))`)
	tab.Is(chosen, "a1c15")
	tab.Is(`document.querySelector('.course .on').getAttribute('d') !== 'M0 0'`, true)
}

func TestPageOfWhatHappened(t *testing.T) {
	tab := browsertest.Open(t, 1280, 900)
	visit(tab, "", ferry(t))
	tab.Is(`[...document.querySelectorAll('.incident .sum')].map(e => e.innerText).join()`, "0,11")
	tab.Is(`[...document.querySelectorAll('.moments time')].map(e => e.innerText).join()`, "1998,from 2031-03,2031-05-04,winter 2031")
	tab.Is(`document.querySelector('.moments .unsettled').innerText`, "unsettled")
	// A figure leads to the claim that gives it.
	tab.Click(`.incident ul a`)
	tab.Is(chosen, "a1c2")
	tab.Click(`.moments .told a`)
	tab.Is(chosen, "a1c15")
	tab.Click(`.incidents summary`)
	tab.Is(`document.querySelector('.incident').checkVisibility()`, false)
	tab.Click(`.incidents summary`)
	tab.Is(`document.querySelector('.incident').checkVisibility()`, true)
}

// listed are the claims in the order in which the page lists them.
const listed = `[...document.querySelectorAll('#a1 .claims .claim')].map(e => e.id.slice(3)).join()`

func TestPageOfWhatToCheckFirst(t *testing.T) {
	tab := browsertest.Open(t, 1280, 900)
	visit(tab, "", ferry(t), quarry(t))
	const inText, byWorth = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15", "10,1,2,3,6,5,15,8,14,4,7,9,11,12,13"
	tab.Is(listed, inText)
	tab.Is(`[...document.querySelectorAll('.foremost .score')].map(e => e.innerText).join()`, "0.91,0.81,0.81,0.64,0.62,0.55,0.50")
	tab.Is(`document.querySelectorAll('.order').length`, 1) // of the second text no claim was judged
	tab.Is(`document.querySelector('.order details').checkVisibility()`, false)
	tab.Click(`.order [value=worth]`)
	tab.Is(listed, byWorth)
	tab.Keys("j") // the keys go through them in this order
	tab.Is(chosen, "a1c10")
	tab.Keys("jj")
	tab.Is(chosen, "a1c2")
	tab.Click(`.order summary`)
	tab.Click(`.order [value=first-predictions]`)
	tab.Click(`.order [value=first-comparisons]`)
	tab.Is(listed, "15,14,10,1,2,3,6,5,8,4,7,9,11,12,13")
	tab.Click(`.order [value=first-predictions]`)
	tab.Click(`.order [value=first-comparisons]`)
	tab.Is(listed, byWorth)
	tab.Click(`.order [value=text]`)
	tab.Is(listed, inText)
	tab.Click(`.foremost li:first-child a`)
	tab.Is(chosen, "a1c10")
}

func TestPageRanked(t *testing.T) {
	tab := browsertest.Open(t, 390, 800)
	visitRanked(tab, "", &report.Ranking{First: []ledger.Reason{ledger.ReasonPrediction}}, ferry(t))
	tab.Is(listed, "14,10,1,2,3,6,5,15,8,4,7,9,11,12,13")
	tab.Is(`document.querySelector('.order [value=worth]').checked && document.querySelector('.order [value=first-predictions]').checked`, true)
	tab.Is(browsertest.TooWide, "")
	tab.Click(`.order [value=text]`)
	tab.Is(listed, "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15")
}

func TestPageOfWording(t *testing.T) {
	tab := browsertest.Open(t, 1280, 900)
	visit(tab, "", ferry(t))
	tab.Is(`[...document.querySelectorAll('.words .wn')].map(e => e.ariaLabel).join()`, "t1,t2,t4,t3,t5")
	// The explanation is there for those who cannot see the mark.
	tab.Is(`document.getElementById(document.querySelector('.words .wn').getAttribute('aria-describedby')).innerText`, ledger.AppealToFear.Explanation())
	// From the mark to what is said of it and back, without a mouse.
	tab.Run(`document.querySelector('.words .wn').focus()`)
	tab.Keys(browsertest.Enter)
	tab.Is(`document.querySelector(':target').innerText.replace(/\s+/g, ' ')`, "t1 “this is where it ends” in the words of Tove Anker, 0.61 · claim 4")
	tab.Click(`.workings li:target .no`)
	tab.Is(`document.querySelector(':target').ariaLabel`, "t1")
	// The article's own wording is marked otherwise than a speaker's.
	tab.Is(`[...document.querySelectorAll('.words .w')].map(e => getComputedStyle(e).textDecorationStyle).join()`, "dashed,dashed,dashed,dashed,solid")
	tab.Click(`.switch input`)
	tab.Is(`[...document.querySelectorAll('.words .w')].map(e => getComputedStyle(e).textDecorationLine).join()`, "none,none,none,none,none")
	tab.Is(`[...document.querySelectorAll('.wn, .workings')].some(e => e.checkVisibility())`, false)
	tab.Click(`.switch input`)
	tab.Is(`document.querySelector('.workings').checkVisibility()`, true)
	// Words that are marked belong to their claim all the same.
	tab.Click(`.words .w`)
	tab.Is(chosen, "a1c4")
}

// contrasts are the texts that stand out too little from what is behind them (WCAG
// 2.2, 1.4.3).
const contrasts = `(() => {
	const parse = c => c.match(/[\d.]+/g).map(Number);
	const light = c => { const [r, g, b] = parse(c).map(v => (v /= 255) <= .04045 ? v / 12.92 : ((v + .055) / 1.055) ** 2.4); return .2126 * r + .7152 * g + .0722 * b };
	const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if ((parse(c)[3] ?? 1) === 1) return c } return 'rgb(255, 255, 255)' };
	const bad = new Set();
	for (const e of document.querySelectorAll('.worth, .score, .works, .wn, .workings h2, .workings h3, .workings p, .workings li, .workings .role, .foremost .role, .foremost a, .order label, .order summary, .switch, .checks p, .checks .role')) {
		const [a, b] = [light(getComputedStyle(e).color), light(behind(e))];
		const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
		if (ratio < 4.5) bad.add(e.className + ' ' + ratio.toFixed(2));
	}
	return [...bad].join();
})()`

func TestPageContrast(t *testing.T) {
	tab := browsertest.Open(t, 1280, 900)
	visit(tab, "", ferry(t))
	for _, scheme := range []string{"light", "dark"} {
		tab.Media("prefers-color-scheme", scheme)
		tab.Is(contrasts, "")
	}
}

func TestPageOnAPhone(t *testing.T) {
	tab := browsertest.Open(t, 390, 800)
	visit(tab, "", ferry(t), quarry(t), translation(t))
	tab.Is(browsertest.TooWide, "")
	tab.Is(`document.querySelector('.sheet').hidden`, true)
	tab.Click(`.words u[data-c=a1c6]`)
	tab.Is(`document.querySelector('.sheet').hidden`, false)
	tab.Is(`document.querySelector('.sheet blockquote').innerText`, "that he had left the bridge")
	tab.Click(`.sheet [data-step="1"]`)
	tab.Is(`document.querySelector('.sheet blockquote').innerText`, "a mate had told him the channel was clear")
	tab.Click(`.sheet [data-step="0"]`)
	tab.Is(`document.querySelector('.sheet').hidden`, true)
	tab.Size(320, 700)
	tab.Is(browsertest.TooWide, "")
}

func TestPageWithoutScripts(t *testing.T) {
	tab := browsertest.Open(t, 1280, 900)
	tab.NoScripts()
	visit(tab, "#a1c13", ferry(t))
	tab.Is(`document.querySelector('.keys').hidden`, true)
	tab.Is(`document.querySelector('.claim:target').id`, "a1c13")
	const inSight = `(box => box.top >= 0 && box.bottom <= innerHeight)(document.querySelector(':target').getBoundingClientRect())`
	tab.Is(inSight, true)
	tab.Click(`#ta1c2`)
	tab.Is(`document.querySelector('.claim:target').id`, "a1c2")
	tab.Is(inSight, true)
	tab.Click(`#a1c2 .no`)
	tab.Is(`document.querySelector('.words :target').id`, "ta1c2")
	tab.Is(inSight, true)
	// The filter is the style sheet's.
	const shown = `[...document.querySelectorAll('.claim')].filter(e => e.checkVisibility()).length`
	tab.Is(shown, 15)
	tab.Click(`.filter label.nobody`)
	tab.Is(shown, 2)
	tab.Click(`.filter label.all`)
	tab.Is(shown, 15)
	// So is the switch of the marks; what to check first is a list of its own.
	tab.Click(`#ta1t5`)
	tab.Is(`document.querySelector('.workings :target').id`, "a1t5")
	tab.Is(inSight, true)
	tab.Click(`.switch input`)
	tab.Is(`document.querySelector('.workings').checkVisibility()`, false)
	tab.Is(`document.querySelector('.order').hidden`, true)
	tab.Click(`.foremost li:first-child a`)
	tab.Is(`document.querySelector('.claim:target').id`, "a1c10")
}

func TestPageOfSeveral(t *testing.T) {
	tab := browsertest.Open(t, 1280, 900)
	visit(tab, "", ferry(t), quarry(t), translation(t))
	tab.Is(`document.querySelectorAll('nav li').length`, 3)
	tab.Is(`document.querySelector('nav').getBoundingClientRect().bottom <= document.querySelector('main').getBoundingClientRect().top`, true)
	tab.Click(`nav li:nth-child(3) a`)
	tab.Until(`document.querySelector('#a3').getBoundingClientRect().top < innerHeight / 2`)
	// A choice goes on from what is in sight, and a filter holds for its text alone.
	tab.Keys("j")
	tab.Is(chosen, "a3c1")
	tab.Run(`document.querySelector('#a2 .filter .own input').click()`)
	tab.Is(`[...document.querySelectorAll('#a2 .claim')].filter(e => e.checkVisibility()).length`, 5)
	tab.Is(`[...document.querySelectorAll('#a3 .claim')].filter(e => e.checkVisibility()).length`, 10)
}

func TestPageRunsNothingOfTheArticles(t *testing.T) {
	attack := `<script>window.hit=1</script><img src=x onerror="window.hit=1"><svg onload=window.hit=1></svg></script></style><a href="javascript:window.hit=1">go</a><iframe srcdoc="<script>parent.hit=1</script>">`
	l := &ledger.Ledger{
		Hearsay: ledger.Version,
		Document: ledger.Document{
			Title: attack, Site: attack, Byline: []string{attack}, ID: attack, URL: "https://x.example/" + attack, Language: `en" onclick="window.hit=1`, Text: attack + " " + attack,
		},
		Sentences: []ledger.Sentence{{ID: attack, Span: ledger.Span{Start: 0, End: 2*len(attack) + 1}}},
		Entities:  []ledger.Entity{{ID: "e1", Type: ledger.TypePerson, Name: attack, Roles: []string{attack}, Mentions: []ledger.Mention{{Span: ledger.Span{Start: 0, End: 9}}}}},
		Claims: []ledger.Claim{{
			ID: attack, Sentence: attack, Content: []ledger.Piece{{Span: ledger.Span{Start: 3, End: len(attack)}}}, Manner: ledger.Manner(attack),
			Source: &ledger.Source{Piece: ledger.Piece{Span: ledger.Span{Start: 0, End: 20}}, Naming: ledger.NamingNamed, Kind: ledger.SourceKind(attack), Speaker: "e1"},
			Cue:    &ledger.Piece{Span: ledger.Span{Start: 10, End: 60}},
		}},
	}
	tab := browsertest.Open(t, 390, 800)
	visit(tab, "", l)
	tab.Is(`document.querySelector('.words').innerText.trim()`, l.Document.Text)
	tab.Click(`.words u`)
	tab.Keys("j")
	tab.Is(`window.hit === undefined`, true)
	tab.Is(`document.scripts.length + document.querySelectorAll('img, iframe').length`, 1)
	tab.Is(browsertest.TooWide, "")
}

package report_test

import (
	"context"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"

	"hearsay/ledger"
	"hearsay/report"
)

// browser starts a Chromium for one test. Without one the test is left out and
// says so, unless CI or HEARSAY_REQUIRE_BROWSER asks for it.
func browser(t *testing.T, width, height int64) context.Context {
	t.Helper()
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		if os.Getenv("CI") == "true" || os.Getenv("HEARSAY_REQUIRE_BROWSER") != "" {
			t.Fatal("no chromium on the PATH, and this run must have one (apt-get install chromium)")
		}
		t.Skip("SKIPPED: the page is not tried in a browser, as there is no chromium on the PATH (apt-get install chromium)")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("force-prefers-reduced-motion", true),
		chromedp.WindowSize(int(width), int(height)),
	)
	ctx, cancel := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), options...)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	t.Cleanup(func() {
		// Waits for the browser to end, so that its folder can be removed.
		if err := chromedp.Cancel(ctx); err != nil {
			t.Error(err)
		}
	})
	do(t, ctx, viewport(width, height))
	return ctx
}

// viewport is a screen of that size, a phone's where it is narrow.
func viewport(width, height int64) chromedp.Action[chromedp.Void] {
	if width < 700 {
		return chromedp.EmulateViewport(width, height, chromedp.EmulateMobile)
	}
	return chromedp.EmulateViewport(width, height)
}

// visit opens a page of ledgers and fails the test on any complaint of the
// browser's, a breach of the page's own security policy among them, and on any
// request but for the page.
func visit(t *testing.T, ctx context.Context, fragment string, ledgers ...*ledger.Ledger) {
	t.Helper()
	visitRanked(t, ctx, fragment, nil, ledgers...)
}

// visitRanked is visit for a page in another order than that of the text.
func visitRanked(t *testing.T, ctx context.Context, fragment string, rank *report.Ranking, ledgers ...*ledger.Ledger) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(path, []byte(write(t, report.HTML, report.Options{Rank: rank}, ledgers...)), 0o600); err != nil {
		t.Fatal(err)
	}
	address := "file://" + path
	var mu sync.Mutex
	var complaints []string
	complain := func(s string) {
		mu.Lock()
		defer mu.Unlock()
		complaints = append(complaints, s)
	}
	err := chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			complain(e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			complain("console: " + string(e.Type))
		case *log.EventEntryAdded:
			complain(e.Entry.Text)
		case *network.EventRequestWillBeSent:
			if e.Request.URL != address {
				complain("request for " + e.Request.URL)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		mu.Lock()
		defer mu.Unlock()
		for _, c := range complaints {
			t.Errorf("the browser complains: %s", c)
		}
	})
	if _, err := chromedp.Call(ctx, network.Enable, network.EnableParams{}); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.Navigate(address+fragment))
}

// is checks a JavaScript expression in the page.
func is[T comparable](t *testing.T, ctx context.Context, expression string, want T) {
	t.Helper()
	got, err := chromedp.Run(ctx, chromedp.Evaluate[T](expression))
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
	if got != want {
		t.Errorf("%s is %v, want %v", expression, got, want)
	}
}

func do(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// click clicks on the first element that the CSS selector finds.
func click(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.Click(chromedp.CSS(selector))
}

// until waits until a JavaScript expression holds.
func until(expression string) chromedp.Action[chromedp.Void] {
	return chromedp.Poll[chromedp.Void](expression)
}

const chosen = `[...document.querySelectorAll('.claims .claim.on')].map(e => e.id).join()`

// tooWide names what a reader would have to scroll sideways for.
const tooWide = `document.documentElement.scrollWidth <= innerWidth && innerWidth <= 390 ? '' : innerWidth + ': ' +
	[...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > screen.width).map(e => e.tagName + '.' + e.className).join(' ')`

func TestPageKeys(t *testing.T) {
	ctx := browser(t, 1280, 900)
	visit(t, ctx, "", ferry(t))
	is(t, ctx, chosen, "")
	do(t, ctx, chromedp.KeyEvent("j"))
	is(t, ctx, chosen, "a1c1")
	do(t, ctx, chromedp.KeyEvent("jjj"))
	is(t, ctx, chosen, "a1c4")
	is(t, ctx, `document.querySelectorAll('.words .on').length`, 3) // content, cue, source
	is(t, ctx, `document.querySelector('.claim.on').getAttribute('aria-current')`, "true")
	do(t, ctx, chromedp.KeyEvent("k"))
	is(t, ctx, chosen, "a1c3")
	do(t, ctx, chromedp.KeyEvent(kb.Enter))
	is(t, ctx, `document.activeElement.id`, "a1c3")
	do(t, ctx, chromedp.KeyEvent(kb.Escape))
	is(t, ctx, chosen, "")
	is(t, ctx, `document.querySelector('.help').open`, false)
	do(t, ctx, chromedp.KeyEvent("?"))
	is(t, ctx, `document.querySelector('.help').open`, true)
	do(t, ctx, chromedp.KeyEvent(kb.Escape))
	is(t, ctx, `document.querySelector('.help').open`, false)
	// The last claim is in sight, in the text and in the list.
	do(t, ctx, chromedp.KeyEvent(strings.Repeat("j", 20)))
	is(t, ctx, chosen, "a1c15")
	const inSight = `[document.getElementById('ta1c15'), document.getElementById('a1c15')].every(e => {
		const box = e.getBoundingClientRect(); return box.top >= 0 && box.bottom <= innerHeight })`
	do(t, ctx, until(inSight))
}

func TestPageClicks(t *testing.T) {
	ctx := browser(t, 1280, 900)
	visit(t, ctx, "", ferry(t))
	do(t, ctx, click(`.words .content[data-c=a1c6]`))
	is(t, ctx, chosen, "a1c6")
	do(t, ctx, click(`.words .cue[data-c=a1c9]`))
	is(t, ctx, chosen, "a1c9")
	// The innermost of nested claims is meant.
	do(t, ctx, click(`.words .content[data-c=a1c8]`))
	is(t, ctx, chosen, "a1c8")
	do(t, ctx, click(`#a1c2 blockquote`))
	is(t, ctx, chosen, "a1c2")
	is(t, ctx, `document.querySelectorAll('.words .on[data-c=a1c2]').length`, 3)
	do(t, ctx, click(`.heard li:first-child a`))
	is(t, ctx, chosen, "a1c6")
	is(t, ctx, `document.querySelector('.sheet').hidden`, true)
}

func TestPageOfWhatHappened(t *testing.T) {
	ctx := browser(t, 1280, 900)
	visit(t, ctx, "", ferry(t))
	is(t, ctx, `[...document.querySelectorAll('.incident .sum')].map(e => e.innerText).join()`, "0,11")
	is(t, ctx, `[...document.querySelectorAll('.moments time')].map(e => e.innerText).join()`, "1998,from 2031-03,2031-05-04,winter 2031")
	is(t, ctx, `document.querySelector('.moments .unsettled').innerText`, "unsettled")
	// A figure leads to the claim that gives it.
	do(t, ctx, click(`.incident ul a`))
	is(t, ctx, chosen, "a1c2")
	do(t, ctx, click(`.moments .told a`))
	is(t, ctx, chosen, "a1c15")
	do(t, ctx, click(`.incidents summary`))
	is(t, ctx, `document.querySelector('.incident').checkVisibility()`, false)
	do(t, ctx, click(`.incidents summary`))
	is(t, ctx, `document.querySelector('.incident').checkVisibility()`, true)
}

// listed are the claims in the order in which the page lists them.
const listed = `[...document.querySelectorAll('#a1 .claims .claim')].map(e => e.id.slice(3)).join()`

func TestPageOfWhatToCheckFirst(t *testing.T) {
	ctx := browser(t, 1280, 900)
	visit(t, ctx, "", ferry(t), quarry(t))
	const inText, byWorth = "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15", "10,1,2,3,6,5,15,8,14,4,7,9,11,12,13"
	is(t, ctx, listed, inText)
	is(t, ctx, `[...document.querySelectorAll('.foremost .score')].map(e => e.innerText).join()`, "0.91,0.81,0.81,0.64,0.62,0.55,0.50")
	is(t, ctx, `document.querySelectorAll('.order').length`, 1) // of the second text no claim was judged
	is(t, ctx, `document.querySelector('.order details').checkVisibility()`, false)
	do(t, ctx, click(`.order [value=worth]`))
	is(t, ctx, listed, byWorth)
	do(t, ctx, chromedp.KeyEvent("j")) // the keys go through them in this order
	is(t, ctx, chosen, "a1c10")
	do(t, ctx, chromedp.KeyEvent("jj"))
	is(t, ctx, chosen, "a1c2")
	do(t, ctx, click(`.order summary`), click(`.order [value=first-predictions]`), click(`.order [value=first-comparisons]`))
	is(t, ctx, listed, "15,14,10,1,2,3,6,5,8,4,7,9,11,12,13")
	do(t, ctx, click(`.order [value=first-predictions]`), click(`.order [value=first-comparisons]`))
	is(t, ctx, listed, byWorth)
	do(t, ctx, click(`.order [value=text]`))
	is(t, ctx, listed, inText)
	do(t, ctx, click(`.foremost li:first-child a`))
	is(t, ctx, chosen, "a1c10")
}

func TestPageRanked(t *testing.T) {
	ctx := browser(t, 390, 800)
	visitRanked(t, ctx, "", &report.Ranking{First: []ledger.Reason{ledger.ReasonPrediction}}, ferry(t))
	is(t, ctx, listed, "14,10,1,2,3,6,5,15,8,4,7,9,11,12,13")
	is(t, ctx, `document.querySelector('.order [value=worth]').checked && document.querySelector('.order [value=first-predictions]').checked`, true)
	is(t, ctx, tooWide, "")
	do(t, ctx, click(`.order [value=text]`))
	is(t, ctx, listed, "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15")
}

func TestPageOfWording(t *testing.T) {
	ctx := browser(t, 1280, 900)
	visit(t, ctx, "", ferry(t))
	is(t, ctx, `[...document.querySelectorAll('.words .wn')].map(e => e.dataset.n).join()`, "t1,t2,t4,t3,t5")
	// The explanation is there for those who cannot see the mark.
	is(t, ctx, `document.getElementById(document.querySelector('.words .wn').getAttribute('aria-describedby')).innerText`, ledger.AppealToFear.Explanation())
	// From the mark to what is said of it and back, without a mouse.
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector('.words .wn').focus()`), chromedp.KeyEvent(kb.Enter))
	is(t, ctx, `document.querySelector(':target').innerText.replace(/\s+/g, ' ')`, "t1 “this is where it ends” in the words of Tove Anker, 0.61 · claim 4")
	do(t, ctx, click(`.workings li:target .no`))
	is(t, ctx, `document.querySelector(':target').dataset.n`, "t1")
	// The article's own wording is marked otherwise than a speaker's.
	is(t, ctx, `[...document.querySelectorAll('.words .w')].map(e => getComputedStyle(e).textDecorationStyle).join()`, "dashed,dashed,dashed,dashed,solid")
	do(t, ctx, click(`.switch input`))
	is(t, ctx, `[...document.querySelectorAll('.words .w')].map(e => getComputedStyle(e).textDecorationLine).join()`, "none,none,none,none,none")
	is(t, ctx, `[...document.querySelectorAll('.wn, .workings')].some(e => e.checkVisibility())`, false)
	do(t, ctx, click(`.switch input`))
	is(t, ctx, `document.querySelector('.workings').checkVisibility()`, true)
	// Words that are marked belong to their claim all the same.
	do(t, ctx, click(`.words .w`))
	is(t, ctx, chosen, "a1c4")
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
	ctx := browser(t, 1280, 900)
	visit(t, ctx, "", ferry(t))
	for _, scheme := range []string{"light", "dark"} {
		media := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: scheme}}}
		if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, media); err != nil {
			t.Fatal(err)
		}
		is(t, ctx, contrasts, "")
	}
}

func TestPageOnAPhone(t *testing.T) {
	ctx := browser(t, 390, 800)
	visit(t, ctx, "", ferry(t), quarry(t), translation(t))
	is(t, ctx, tooWide, "")
	is(t, ctx, `document.querySelector('.sheet').hidden`, true)
	do(t, ctx, click(`.words .content[data-c=a1c6]`))
	is(t, ctx, `document.querySelector('.sheet').hidden`, false)
	is(t, ctx, `document.querySelector('.sheet blockquote').innerText`, "that he had left the bridge")
	do(t, ctx, click(`.sheet [data-step="1"]`))
	is(t, ctx, `document.querySelector('.sheet blockquote').innerText`, "a mate had told him the channel was clear")
	do(t, ctx, click(`.sheet [data-step="0"]`))
	is(t, ctx, `document.querySelector('.sheet').hidden`, true)
	do(t, ctx, viewport(320, 700))
	is(t, ctx, tooWide, "")
}

func TestPageWithoutScripts(t *testing.T) {
	ctx := browser(t, 1280, 900)
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	visit(t, ctx, "#a1c13", ferry(t))
	is(t, ctx, `document.querySelector('.keys').hidden`, true)
	is(t, ctx, `document.querySelector('.claim:target').id`, "a1c13")
	const inSight = `(box => box.top >= 0 && box.bottom <= innerHeight)(document.querySelector(':target').getBoundingClientRect())`
	is(t, ctx, inSight, true)
	do(t, ctx, click(`#ta1c2`))
	is(t, ctx, `document.querySelector('.claim:target').id`, "a1c2")
	is(t, ctx, inSight, true)
	do(t, ctx, click(`#a1c2 .no`))
	is(t, ctx, `document.querySelector('.words :target').id`, "ta1c2")
	is(t, ctx, inSight, true)
	// The filter is the style sheet's.
	const shown = `[...document.querySelectorAll('.claim')].filter(e => e.checkVisibility()).length`
	is(t, ctx, shown, 15)
	do(t, ctx, click(`.filter label.nobody`))
	is(t, ctx, shown, 2)
	do(t, ctx, click(`.filter label.all`))
	is(t, ctx, shown, 15)
	// So is the switch of the marks; what to check first is a list of its own.
	do(t, ctx, click(`#ta1t5`))
	is(t, ctx, `document.querySelector('.workings :target').id`, "a1t5")
	is(t, ctx, inSight, true)
	do(t, ctx, click(`.switch input`))
	is(t, ctx, `document.querySelector('.workings').checkVisibility()`, false)
	is(t, ctx, `document.querySelector('.order').hidden`, true)
	do(t, ctx, click(`.foremost li:first-child a`))
	is(t, ctx, `document.querySelector('.claim:target').id`, "a1c10")
}

func TestPageOfSeveral(t *testing.T) {
	ctx := browser(t, 1280, 900)
	visit(t, ctx, "", ferry(t), quarry(t), translation(t))
	is(t, ctx, `document.querySelectorAll('nav li').length`, 3)
	is(t, ctx, `document.querySelector('nav').getBoundingClientRect().bottom <= document.querySelector('main').getBoundingClientRect().top`, true)
	do(t, ctx, click(`nav li:nth-child(3) a`))
	do(t, ctx, until(`document.querySelector('#a3').getBoundingClientRect().top < innerHeight / 2`))
	// A choice goes on from what is in sight, and a filter holds for its text alone.
	do(t, ctx, chromedp.KeyEvent("j"))
	is(t, ctx, chosen, "a3c1")
	do(t, ctx, chromedp.Evaluate[chromedp.Void](`document.querySelector('#a2 .filter .own input').click()`))
	is(t, ctx, `[...document.querySelectorAll('#a2 .claim')].filter(e => e.checkVisibility()).length`, 5)
	is(t, ctx, `[...document.querySelectorAll('#a3 .claim')].filter(e => e.checkVisibility()).length`, 10)
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
	ctx := browser(t, 390, 800)
	visit(t, ctx, "", l)
	is(t, ctx, `document.querySelector('.words').innerText.trim()`, l.Document.Text)
	do(t, ctx, click(`.words .content`), chromedp.KeyEvent("j"))
	is(t, ctx, `window.hit === undefined`, true)
	is(t, ctx, `document.scripts.length + document.querySelectorAll('img, iframe').length`, 1)
	is(t, ctx, tooWide, "")
}

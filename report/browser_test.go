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
	path := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(path, []byte(write(t, report.HTML, report.Options{}, ledgers...)), 0o600); err != nil {
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

package desk_test

import (
	"context"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// browser starts a Chromium that complains to the test. Without one the test is
// left out and says so, unless CI or HEARSAY_REQUIRE_BROWSER asks for it.
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
		t.Skip("SKIPPED: the desk is not tried in a browser, as there is no chromium on the PATH (apt-get install chromium)")
	}
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("force-prefers-reduced-motion", true),
		chromedp.WindowSize(int(width), int(height)),
	)
	ctx, cancel := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), options...)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, 2*time.Minute)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	t.Cleanup(func() {
		if err := chromedp.Cancel(ctx); err != nil { // waits for it to end
			t.Error(err)
		}
	})
	size(t, ctx, width, height)
	var mu sync.Mutex
	complain := func(s string) {
		mu.Lock()
		defer mu.Unlock()
		t.Errorf("the browser complains: %s", s)
	}
	err := chromedp.Listen(ctx, func(event any) {
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			complain(e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			complain("console: " + string(e.Type))
		case *log.EventEntryAdded:
			complain(e.Entry.Text)
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return ctx
}

// size makes the screen that large, a phone's where it is narrow.
func size(t *testing.T, ctx context.Context, width, height int64) {
	t.Helper()
	if width < 700 {
		do(t, ctx, chromedp.EmulateViewport(width, height, chromedp.EmulateMobile))
	} else {
		do(t, ctx, chromedp.EmulateViewport(width, height))
	}
}

func do(t *testing.T, ctx context.Context, actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(ctx, actions...); err != nil {
		t.Fatal(err)
	}
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

// run runs JavaScript in the page, and until waits until an expression holds.
func run(script string) chromedp.Action[chromedp.Void] {
	return chromedp.Evaluate[chromedp.Void](script)
}
func until(expression string) chromedp.Action[chromedp.Void] {
	return chromedp.Poll[chromedp.Void](expression)
}

// arrive waits until an expression holds on the page that a link or a form leads to.
func arrive(t *testing.T, ctx context.Context, expression string) {
	t.Helper()
	for {
		// While the browser goes from page to page there is none to ask.
		if ok, err := chromedp.Run(ctx, chromedp.Evaluate[bool](expression)); err == nil && ok {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("%s never came to hold", expression)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

func click(selector string) chromedp.Action[chromedp.Void] {
	return chromedp.Click(chromedp.CSS(selector))
}

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

	// tooWide names what a reader would have to scroll sideways for.
	tooWide = `document.documentElement.scrollWidth <= innerWidth && innerWidth <= 390 ? '' : innerWidth + ': ' +
		[...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > screen.width).map(e => e.tagName + '.' + e.className).join(' ')`
)

func TestReadingInABrowser(t *testing.T) {
	address, _ := serves(t)
	ctx := browser(t, 1400, 900)
	do(t, ctx, chromedp.Navigate(address+"/"))
	do(t, ctx, run(`document.querySelector('#text').value = `+"`"+harbour+"`"), click(".give button.main"))
	arrive(t, ctx, `document.querySelector('.claims .claim') !== null && document.body.classList.contains('live')`)
	is(t, ctx, `location.pathname.startsWith('/read/')`, true)
	is(t, ctx, chosen, "")
	do(t, ctx, chromedp.KeyEvent("jj"))
	is(t, ctx, chosen, "a1c2")
	do(t, ctx, chromedp.KeyEvent("k"))
	is(t, ctx, chosen, "a1c1")
	// A choice in the text shows the claim, and one in the list the text.
	do(t, ctx, click(`.words .content[data-c=a1c3]`))
	is(t, ctx, chosen, "a1c3")
	do(t, ctx, chromedp.KeyEvent(kb.Escape))
	is(t, ctx, chosen, "")
	do(t, ctx, chromedp.KeyEvent("?"))
	is(t, ctx, `document.querySelector('.help').open`, true)
	do(t, ctx, chromedp.KeyEvent(kb.Escape), chromedp.KeyEvent("/"))
	is(t, ctx, `document.activeElement.id`, "quick")
	do(t, ctx, run(`document.activeElement.value = ''`), chromedp.KeyEvent("j?")) // letters in a field are letters
	is(t, ctx, `document.activeElement.value + document.querySelector('.help').open`, "j?false")
	do(t, ctx, chromedp.KeyEvent(kb.Escape))
	is(t, ctx, `document.activeElement === document.body`, true)
	// Added, it has a page of its own.
	do(t, ctx, click(".acts button"))
	arrive(t, ctx, `location.pathname === '/article' && document.readyState === 'complete'`)
	is(t, ctx, `document.querySelector('.acts').innerText.includes('In the collection since')`, true)
}

func TestSiftingInABrowser(t *testing.T) {
	address, _ := serves(t)
	ctx := browser(t, 1400, 900)
	do(t, ctx, chromedp.Navigate(address+"/article?id=harbour"))
	arrive(t, ctx, `document.body.classList.contains('live')`)
	total, err := chromedp.Run(ctx, chromedp.Evaluate[int](shown))
	if err != nil || total < 6 {
		t.Fatalf("%d claims are shown, %v", total, err)
	}
	choose := func(name, value string) chromedp.Action[chromedp.Void] {
		return run(`(e => { e.value = '` + value + `'; e.dispatchEvent(new Event('change', {bubbles: true})) })(document.querySelector('.sift [name=` + name + `]'))`)
	}
	do(t, ctx, choose("speaker", "Ilse Tamm"))
	is(t, ctx, shown, 1)
	is(t, ctx, `document.querySelector('.found b').innerText`, "1")
	is(t, ctx, `new URLSearchParams(location.search).get('speaker') + new URLSearchParams(location.search).get('id')`, "Ilse Tammharbour")
	// What the address says now the server shows too.
	do(t, ctx, chromedp.Reload())
	arrive(t, ctx, `document.body.classList.contains('live')`)
	is(t, ctx, shown, 1)
	do(t, ctx, choose("speaker", ""), choose("wording", "denied"))
	is(t, ctx, shown+` > 0 && `+shown+` < `+`document.querySelectorAll('.claims .claim').length`, true)
	do(t, ctx, choose("wording", ""), choose("order", "worth"))
	is(t, ctx, `[...document.querySelectorAll('.claims .claim')].every((e, i, all) => !i || Number(all[i - 1].dataset.r) < Number(e.dataset.r))`, true)
	is(t, ctx, `document.querySelector('.claims .claim').id !== 'a1c1' || document.querySelectorAll('.claims .claim')[1].id !== 'a1c2'`, true)
	do(t, ctx, choose("order", ""))
	is(t, ctx, `[...document.querySelectorAll('.claims .claim')].every((e, i) => e.id === 'a1c' + (i + 1))`, true)
	// Marks are the style sheet's.
	const ground = `getComputedStyle(document.querySelector('.y-name')).backgroundColor`
	is(t, ctx, ground, "rgba(0, 0, 0, 0)")
	do(t, ctx, click(".sift [value=names]"))
	is(t, ctx, ground+` !== "rgba(0, 0, 0, 0)"`, true)
	const weight = `getComputedStyle(document.querySelector('.words .source')).fontWeight`
	is(t, ctx, weight, "650")
	do(t, ctx, click(".sift [value=attribution]"))
	is(t, ctx, weight, "400")
}

// valueOf is what a JavaScript expression is.
func valueOf(t *testing.T, ctx context.Context, expression string) string {
	t.Helper()
	got, err := chromedp.Run(ctx, chromedp.Evaluate[string](expression))
	if err != nil {
		t.Fatal(err)
	}
	return got
}

func TestTheDeskWithoutScripts(t *testing.T) {
	address, _ := serves(t)
	ctx := browser(t, 1400, 900)
	if _, err := chromedp.Call(ctx, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true}); err != nil {
		t.Fatal(err)
	}
	do(t, ctx, chromedp.Navigate(address+"/article?id=harbour"))
	is(t, ctx, `document.querySelector('.keys').checkVisibility()`, false)
	do(t, ctx, run(`document.querySelector('.sift [name=wording]').value = 'denied'; document.querySelector('.sift [value=dates]').checked = true`), click(".sift button"))
	arrive(t, ctx, `location.search.includes('wording=denied') && document.readyState === 'complete'`)
	is(t, ctx, shown+` > 0 && `+shown+` < `+`document.querySelectorAll('.claims .claim').length`, true)
	is(t, ctx, `document.querySelector('.sift [value=dates]').checked && document.querySelector('.sift [value=attribution]').checked`, true)
	do(t, ctx, click(`.claim:not([hidden]) .no`))
	is(t, ctx, `document.querySelector('.words :target') !== null`, true)
	do(t, ctx, chromedp.Navigate(address+"/"), run(`document.querySelector('#text').value = 'Boats burned, the harbour master said.'`), click(".give button.main"))
	arrive(t, ctx, `location.pathname.startsWith('/read/')`)
	do(t, ctx, chromedp.Navigate(address+"/search"), run(`document.querySelector('#q').value = 'bomb'`), click(".ask button.main"))
	arrive(t, ctx, `location.search.includes('q=bomb') && document.querySelector('.claimlines') !== null`)
}

func TestListsByKeys(t *testing.T) {
	address, _ := serves(t)
	ctx := browser(t, 1400, 900)
	do(t, ctx, chromedp.Navigate(address+"/search?q=bomb"))
	arrive(t, ctx, `document.readyState === 'complete' && !document.querySelector('.keys').hidden`)
	do(t, ctx, chromedp.KeyEvent("j"))
	is(t, ctx, `document.activeElement === document.querySelectorAll('.lines a')[0]`, true)
	do(t, ctx, chromedp.KeyEvent("jk"), chromedp.KeyEvent(kb.Enter))
	arrive(t, ctx, `location.pathname === '/article' && document.querySelector('.claim:target') !== null`)
}

var desks = []string{"/", "/article?id=wire", "/search?q=bomb", "/search", "/search?q=bomb&in=texts", "/searches", "/articles", "/speakers", "/speaker?name=Mara+Lind", "/incidents", "/diff?a=wire&b=copy", "/nowhere"}

// everyPage are the pages of the desk, with that of the incident.
func everyPage(t *testing.T, ctx context.Context, address string) []string {
	t.Helper()
	do(t, ctx, chromedp.Navigate(address+"/incidents?country=SE"))
	u, err := url.Parse(valueOf(t, ctx, `document.querySelector('.incidentlines a').href`))
	if err != nil {
		t.Fatal(err)
	}
	return append(desks[:len(desks):len(desks)], u.Path)
}

func TestTheDeskOnAPhone(t *testing.T) {
	address, b := serves(t)
	ctx := browser(t, 390, 800)
	long := b.reads(t, map[string]string{"text": harbour + "\n\nA spokesman for the municipal office of harbours, lighthouses and ferries of the southern and the western islands said the fire was out.", "title": strings.Repeat("Harbourmasters", 8)})
	for _, path := range append(everyPage(t, ctx, address), long) {
		if path == "/nowhere" { // of whose status the browser complains
			continue
		}
		do(t, ctx, chromedp.Navigate(address+path))
		if wide := valueOf(t, ctx, tooWide); wide != "" {
			t.Errorf("%s: %s", path, wide)
		}
	}
	do(t, ctx, chromedp.Navigate(address+"/article?id=wire"))
	arrive(t, ctx, `document.body.classList.contains('live')`)
	do(t, ctx, click(`.words .content[data-c=a1c1]`))
	is(t, ctx, `document.querySelector('.sheet').hidden`, false)
}

// TestPagesAreAccessible has axe-core look at every page by the rules of WCAG 2.2
// A and AA: at every page in light and wide, at those with most on them in dark and narrow too.
func TestPagesAreAccessible(t *testing.T) {
	folder, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	axe, err := os.ReadFile(filepath.Join(folder, "hearsay-tests", "axe-core-4.10.3", "axe.min.js"))
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("no axe-core, and this run must have it (bash .ci/browser): %v", err)
		}
		t.Skipf("SKIPPED: no axe-core to judge whether pages are accessible (bash .ci/browser gets it from npm): %v", err)
	}
	address, _ := serves(t)
	ctx := browser(t, 1400, 900)
	pages := everyPage(t, ctx, address)
	for _, look := range []struct {
		scheme string
		width  int64
	}{{"light", 1400}, {"dark", 390}} {
		size(t, ctx, look.width, 900)
		if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-color-scheme", Value: look.scheme}}}); err != nil {
			t.Fatal(err)
		}
		for _, path := range pages {
			if path == "/nowhere" || look.scheme == "dark" && !strings.HasPrefix(path, "/article?") && !strings.HasPrefix(path, "/incidents/") && path != "/search?q=bomb" && path != "/" {
				continue
			}
			if strings.HasPrefix(path, "/article?") {
				path += "&sifted=1&mark=attribution&mark=certainty&mark=names&mark=places&mark=dates&mark=wording"
			}
			do(t, ctx, chromedp.Navigate(address+path), run(string(axe)+`;0`),
				run(`window.judged = undefined; axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']}).then(r => { window.judged = r.violations.map(v => v.id + ': ' + v.help + ': ' + v.nodes.slice(0, 4).map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | ')).join('\n') }); 0`),
				until(`window.judged !== undefined`))
			if wrong := valueOf(t, ctx, `window.judged`); wrong != "" {
				t.Errorf("%s, %s, %d wide:\n%s", path, look.scheme, look.width, wrong)
			}
		}
	}
}

// TestNothingOfAnArticleRuns opens pages of an article that is all script.
func TestNothingOfAnArticleRuns(t *testing.T) {
	address, b := serves(t)
	path := b.reads(t, map[string]string{"text": attack + " said on Tuesday that " + harbour + attack, "title": attack})
	ctx := browser(t, 1400, 900)
	for _, path := range []string{path, "/search?q=bomb&place=" + url.QueryEscape(attack), path + "?speaker=" + url.QueryEscape(attack)} {
		do(t, ctx, chromedp.Navigate(address+path))
		is(t, ctx, `window.hit === undefined && document.querySelectorAll('img, iframe, script:not([src])').length === 0`, true)
	}
}

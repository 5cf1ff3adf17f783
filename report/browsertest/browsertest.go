// Package browsertest tries pages in a real Chromium. Only tests use it.
package browsertest

import (
	"context"
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"reflect"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/cdp"
	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"
)

// Keys that are no letters, for Tab.Keys.
const (
	Enter  = "\r"
	Escape = "\x1b"
	Next   = "\t" // the key Tab
)

// TooWide is an expression that is empty on a page that fits the screen of a phone,
// and otherwise names what a reader would have to scroll sideways for.
const TooWide = `document.documentElement.scrollWidth <= innerWidth && innerWidth <= screen.width ? '' : innerWidth + ': ' +
	[...document.body.querySelectorAll('*')].filter(e => e.getBoundingClientRect().right > screen.width).map(e => e.tagName + '.' + e.className).join(' ')`

// mostTime is how long one test may keep its browser.
const mostTime = 2 * time.Minute

// Tab is a tab of a browser of its own. Whatever does not work in it ends the test.
type Tab struct {
	testing.TB
	ctx context.Context

	mu      sync.Mutex // of what follows, which the browser's events are held against
	forgive bool
	only    []string
}

// Open starts a Chromium for one test, in which a screen has so many CSS pixels.
// The test fails on any complaint of the browser's: an exception, what a script
// writes on the console, a breach of a page's security policy, an answer of 400 or more.
//
// Without a Chromium the test is left out and says so, unless CI or HEARSAY_REQUIRE_BROWSER
// asks for one.
func Open(t testing.TB, width, height int64) *Tab {
	t.Helper()
	options := append(chromedp.DefaultExecAllocatorOptions[:],
		chromedp.ExecPath(chromium(t)), chromedp.NoSandbox, chromedp.DisableGPU, chromedp.UserDataDir(t.TempDir()),
		chromedp.Flag("disable-quic", true), chromedp.Flag("disable-component-update", true), chromedp.Flag("force-prefers-reduced-motion", true),
		chromedp.WindowSize(int(width), int(height)),
	)
	ctx, cancel := chromedp.NewExecAllocator(context.WithoutCancel(t.Context()), options...)
	t.Cleanup(cancel)
	ctx, cancel = context.WithTimeout(ctx, mostTime)
	t.Cleanup(cancel)
	ctx, cancel = chromedp.NewContext(ctx)
	t.Cleanup(cancel)
	t.Cleanup(func() {
		// Waits for the browser to end, so that its folder can be removed.
		if err := chromedp.Cancel(ctx); err != nil {
			t.Error(err)
		}
	})
	tab := &Tab{TB: t, ctx: ctx}
	tab.Size(width, height)
	err := chromedp.Listen(ctx, func(event any) {
		tab.mu.Lock()
		defer tab.mu.Unlock()
		switch e := event.(type) {
		case *runtime.EventExceptionThrown:
			tab.complain(e.ExceptionDetails.Text)
		case *runtime.EventConsoleAPICalled:
			tab.complain("console: " + string(e.Type))
		case *log.EventEntryAdded:
			tab.complain(e.Entry.Text + " " + e.Entry.URL)
		case *network.EventRequestWillBeSent:
			if tab.only != nil && !slices.Contains(tab.only, e.Request.URL) {
				tab.complain("request for " + e.Request.URL)
			}
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	return tab
}

// chromium finds the program.
func chromium(t testing.TB) string {
	t.Helper()
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome", "chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			return path
		}
	}
	if os.Getenv("CI") == "true" || os.Getenv("HEARSAY_REQUIRE_BROWSER") != "" {
		t.Fatal("no chromium on the PATH, and this run must have one (apt-get install chromium)")
	}
	t.Skip("SKIPPED: the pages are not tried in a browser, as there is no chromium on the PATH (apt-get install chromium)")
	return ""
}

// complain is called with mu held.
func (t *Tab) complain(what string) {
	if !t.forgive {
		t.Errorf("the browser complains: %s", what)
	}
}

// Forgive says whether complaints of the browser's are to be expected from now
// on, such as of the status of a page that is not there.
func (t *Tab) Forgive(expected bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.forgive = expected
}

// Only has the test fail when any address but these is asked for from now on.
func (t *Tab) Only(addresses ...string) {
	t.Helper()
	call(t, network.Enable, network.EnableParams{})
	t.mu.Lock()
	defer t.mu.Unlock()
	t.only = addresses
}

// Size makes the screen that large, a phone's where it is narrow.
func (t *Tab) Size(width, height int64) {
	t.Helper()
	if width < 700 {
		t.Do(chromedp.EmulateViewport(width, height, chromedp.EmulateMobile))
	} else {
		t.Do(chromedp.EmulateViewport(width, height))
	}
}

// Media sets what style sheets may ask for, by pairs: "prefers-color-scheme", "dark".
func (t *Tab) Media(pairs ...string) {
	t.Helper()
	var features []*emulation.MediaFeature
	for i := 0; i+1 < len(pairs); i += 2 {
		features = append(features, &emulation.MediaFeature{Name: pairs[i], Value: pairs[i+1]})
	}
	call(t, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Features: features})
}

// NoScripts has pages that are opened from now on run no script. The test's own
// expressions work all the same.
func (t *Tab) NoScripts() {
	t.Helper()
	call(t, emulation.SetScriptExecutionDisabled, emulation.SetScriptExecutionDisabledParams{Value: true})
}

func call[P, R any](t *Tab, command cdp.Command[P, R], params P) {
	t.Helper()
	if _, err := chromedp.Call(t.ctx, command, params); err != nil {
		t.Fatal(err)
	}
}

// Do does whatever else chromedp can.
func (t *Tab) Do(actions ...chromedp.Action[chromedp.Void]) {
	t.Helper()
	if err := chromedp.Do(t.ctx, actions...); err != nil {
		t.Fatal(err)
	}
}

// Go opens the page at an address.
func (t *Tab) Go(address string) {
	t.Helper()
	t.Do(chromedp.Navigate(address))
}

// Click clicks on the first element that the CSS selector finds, when it can be seen.
func (t *Tab) Click(selector string) {
	t.Helper()
	t.Do(chromedp.Click(chromedp.CSS(selector)))
}

// Keys presses keys, one after the other.
func (t *Tab) Keys(keys string) {
	t.Helper()
	t.Do(chromedp.KeyEvent(keys))
}

// Run runs JavaScript in the page.
func (t *Tab) Run(script string) {
	t.Helper()
	t.Do(chromedp.Evaluate[chromedp.Void](script))
}

// Fill puts a value into the first form control that the CSS selector finds, as a
// person does: whatever listens to the control hears of it.
func (t *Tab) Fill(selector, value string) {
	t.Helper()
	t.Run(`(e => { e.value = ` + quoted(value) + `; for (const type of ['input', 'change']) e.dispatchEvent(new Event(type, {bubbles: true})) })(document.querySelector(` + quoted(selector) + `))`)
}

// quoted is a string as JavaScript writes it.
func quoted(s string) string {
	out, err := json.Marshal(s)
	if err != nil {
		panic(err) // of a string there is none
	}
	return string(out)
}

// Is checks what a JavaScript expression of the page is; want may be whatever JSON has.
func (t *Tab) Is(expression string, want any) {
	t.Helper()
	got := reflect.New(reflect.TypeOf(want))
	t.evaluate(expression, got.Interface())
	if !reflect.DeepEqual(got.Elem().Interface(), want) {
		t.Errorf("%s is %v, want %v", expression, got.Elem(), want)
	}
}

// Text is what a JavaScript expression of the page is, which is a string.
func (t *Tab) Text(expression string) string {
	t.Helper()
	var s string
	t.evaluate(expression, &s)
	return s
}

// Number is what a JavaScript expression of the page is, which is a number.
func (t *Tab) Number(expression string) float64 {
	t.Helper()
	var n float64
	t.evaluate(expression, &n)
	return n
}

func (t *Tab) evaluate(expression string, into any) {
	t.Helper()
	raw, err := chromedp.Run(t.ctx, chromedp.Evaluate[[]byte](expression))
	if err == nil {
		err = json.Unmarshal(raw, into)
	}
	if err != nil {
		t.Fatalf("%s: %v", expression, err)
	}
}

// Until waits until an expression holds, be it on the page that a link or a form leads to.
func (t *Tab) Until(expression string) {
	t.Helper()
	for {
		// While the browser goes from page to page there is none to ask.
		if ok, err := chromedp.Run(t.ctx, chromedp.Evaluate[bool](expression)); err == nil && ok {
			return
		}
		select {
		case <-t.ctx.Done():
			t.Fatalf("%s never came to hold", expression)
		case <-time.After(20 * time.Millisecond):
		}
	}
}

// axeVersion is what .ci/browser installs.
const axeVersion = "4.10.3"

// Axe is axe-core, which judges whether a page is accessible. Without it the test
// is left out and says so, unless CI asks for it.
type Axe struct{ script string }

// NewAxe gets axe-core from where .ci/browser put it.
func NewAxe(t testing.TB) Axe {
	t.Helper()
	folder, err := os.UserCacheDir()
	if err != nil {
		t.Fatal(err)
	}
	script, err := os.ReadFile(filepath.Join(folder, "hearsay-tests", "axe-core-"+axeVersion, "axe.min.js"))
	if err != nil {
		if os.Getenv("CI") == "true" {
			t.Fatalf("no axe-core, and this run must have it (bash .ci/browser): %v", err)
		}
		t.Skipf("SKIPPED: no axe-core to judge whether pages are accessible (bash .ci/browser gets it from npm): %v", err)
	}
	return Axe{string(script)}
}

// Judge fails the test where the page as it is now breaks a rule of WCAG 2.2 A or
// AA; state says of the failure what the page was showing.
func (a Axe) Judge(t *Tab, state string) {
	t.Helper()
	t.Run(a.script + `;0`)
	t.Run(`window.judged = undefined; axe.run({runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], rules: {'target-size': {enabled: true}}}).then(r => { window.judged = r.violations.map(v => v.id + ': ' + v.help + ': ' + v.nodes.slice(0, 4).map(n => n.target.join(' ') + ' ' + (n.any[0]?.message ?? '')).join(' | ')).join('\n') }); 0`)
	t.Until(`window.judged !== undefined`)
	if wrong := t.Text(`window.judged`); wrong != "" {
		t.Errorf("%s:\n%s", state, wrong)
	}
}

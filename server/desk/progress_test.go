package desk_test

import (
	"bufio"
	"context"
	"errors"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/report/browsertest"
	"hearsay/server"
	"hearsay/server/desk"
)

// slow serves a desk and a newspaper that does not answer before it is let.
func slow(t *testing.T) (address, paper string, let func()) {
	t.Helper()
	b := open(t)
	hold := make(chan struct{})
	news := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/robots.txt" {
			http.NotFound(w, r)
			return
		}
		select {
		case <-hold:
		case <-r.Context().Done():
			return
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		if r.URL.Path == "/none" {
			io.WriteString(w, "<html><body><nav>Home</nav></body></html>")
			return
		}
		io.WriteString(w, "<html><head><title>Fire in the harbour &lt;b&gt;</title></head><body><article><h1>Fire in the harbour &lt;b&gt;</h1><p>"+strings.ReplaceAll(strings.Repeat(harbour+"\n\n", 3), "\n\n", "</p><p>")+"</p></article></body></html>")
	}))
	t.Cleanup(news.Close)
	getter := &article.Getter{AllowPrivate: true}
	t.Cleanup(func() { getter.Close() })
	d, err := desk.New(desk.Options{Store: b.store, Getter: getter, Forced: getter, Read: read})
	if err != nil {
		t.Fatal(err)
	}
	h, err := server.New(server.Options{Routes: d.Routes()})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	return s.URL, news.URL, func() { close(hold) }
}

// ask posts an address to be read.
func ask(t *testing.T, desk, address string) *http.Response {
	t.Helper()
	var body strings.Builder
	form := multipart.NewWriter(&body)
	form.WriteField("text", address)
	form.Close()
	resp, err := http.Post(desk+"/read", form.FormDataContentType(), strings.NewReader(body.String()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { resp.Body.Close() })
	return resp
}

// until reads a page as it comes, as far as some words.
func until(t *testing.T, r *bufio.Reader, words string) string {
	t.Helper()
	var page strings.Builder
	for !strings.Contains(page.String(), words) {
		line, err := r.ReadString('\n')
		if page.WriteString(line); err != nil && !strings.Contains(page.String(), words) {
			t.Fatalf("the page ends before %q: %v\n%s", words, err, page.String())
		}
	}
	return page.String()
}

// A page that is slow to come is told of while it is waited for; then comes the way to
// the ledger, or what was wrong with the form to mend it.
func TestWhatIsDoneIsToldMeanwhile(t *testing.T) {
	address, paper, let := slow(t)
	good, bad := ask(t, address, paper+"/fire?<b>"), ask(t, address, paper+"/none")
	if good.StatusCode != http.StatusOK || good.Header.Get("Content-Encoding") != "" {
		t.Fatalf("status %d, %q", good.StatusCode, good.Header.Get("Content-Encoding"))
	}
	a, b := bufio.NewReader(good.Body), bufio.NewReader(bad.Body)
	page := until(t, a, "Asking for ") // before the newspaper has answered
	until(t, b, "Asking for ")
	let()
	page += until(t, a, "</html>")
	sound(t, "what is done", page)
	for _, want := range []string{"Fire in the harbour &lt;b&gt;: 219 words", `http-equiv="refresh" content="0; url=/read/`, "/fire?&lt;b&gt;"} {
		if !strings.Contains(page, want) {
			t.Errorf("the page lacks %s:\n%s", want, page)
		}
	}
	page = until(t, b, "</html>")
	sound(t, "what could not be read", page)
	if !strings.Contains(told(page), "That could not be read.") || !strings.Contains(page, paper+"/none</textarea>") {
		t.Errorf("the page does not say what was wrong, with the form:\n%s", page)
	}
}

// A fault of ours is told of on a page that has begun, too, and not shown.
func TestAFaultIsToldOnAPageThatHasBegun(t *testing.T) {
	hold := make(chan struct{})
	d, err := desk.New(desk.Options{Store: open(t).store, Getter: new(article.Getter), Forced: new(article.Getter), Read: func(context.Context, string, *article.Article) (*ledger.Ledger, error) {
		<-hold
		return nil, errors.New("a secret of ours")
	}})
	if err != nil {
		t.Fatal(err)
	}
	h, err := server.New(server.Options{Routes: d.Routes()})
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewServer(h)
	t.Cleanup(s.Close)
	r := bufio.NewReader(ask(t, s.URL, harbour).Body)
	until(t, r, "Looking for who says what")
	close(hold)
	if page := until(t, r, "</html>"); strings.Contains(page, "secret") || !strings.Contains(page, "Its log says more") {
		t.Errorf("the page says of the fault:\n%s", page)
	}
}

// Without scripts too, whoever gives an address sees that something is done, and then the ledger.
func TestWaitingInABrowser(t *testing.T) {
	for _, scripts := range []bool{true, false} {
		address, paper, let := slow(t)
		tab := browsertest.Open(t, 390, 800)
		if !scripts {
			tab.NoScripts()
		}
		tab.Go(address + "/")
		tab.Run(`document.querySelector('#text').value = '` + paper + `/fire'`)
		tab.Click(".give button.main")
		tab.Until(`document.querySelector('.waiting .step')?.innerText.startsWith('Asking for')`)
		if wide := tab.Text(browsertest.TooWide); wide != "" {
			t.Error(wide)
		}
		let()
		tab.Until(`location.pathname.startsWith('/read/') && document.querySelector('.claims .claim') !== null`)
	}
}

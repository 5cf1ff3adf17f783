package desk

import (
	"bytes"
	"fmt"
	"html/template"
	"net/http"
	"strings"
	"sync"
	"time"
)

// patience is how long a text may take to be read before its page begins with what is
// being done. Most take less, and their page comes whole.
const patience = 400 * time.Millisecond

// progress is a page that says what is being done with a text, while it is: it comes in
// parts, so that it works without scripts. Nothing is written of it before its time.
type progress struct {
	desk  *Desk
	w     http.ResponseWriter
	r     *http.Request
	name  string
	steps chan string
	stop  chan struct{}
	over  sync.WaitGroup

	begun bool   // the page has
	rest  string // of it
}

// begin begins to count the time. The page is written to by nobody else until end.
func (d *Desk) begin(w http.ResponseWriter, r *http.Request, name string) *progress {
	p := &progress{desk: d, w: w, r: r, name: name, steps: make(chan string, 8), stop: make(chan struct{})}
	p.over.Go(p.run)
	return p
}

// step says what is being done now.
func (p *progress) step(what string) {
	select {
	case p.steps <- what:
	default: // it says so soon enough
	}
}

// end waits until nothing more is written. It may be called more than once.
func (p *progress) end() {
	select {
	case <-p.stop:
	default:
		close(p.stop)
	}
	p.over.Wait()
}

func (p *progress) run() {
	var told []string
	wait := time.After(patience)
	for {
		select {
		case <-p.stop:
			return
		case what := <-p.steps:
			if !p.begun {
				told = append(told, what)
			} else {
				p.write(stepped(what))
			}
		case <-wait:
			p.open()
			for _, what := range told {
				p.write(stepped(what))
			}
		}
	}
}

func stepped(what string) string {
	return "<p class=\"step\"><bdi>" + template.HTMLEscapeString(visible(what)) + "</bdi></p>\n"
}

// cutMark is where a page is cut in two; no page has it otherwise.
const cutMark = "\uE000cut\uE000"

// open writes the page as far as the steps.
func (p *progress) open() {
	v := &view{name: "waiting", Title: "Reading", Way: "read", Page: struct {
		Name string
		Cut  string
	}{strings.ReplaceAll(p.name, "\uE000", ""), cutMark}}
	p.desk.name(p.r, v)
	var out bytes.Buffer
	if err := p.desk.pages[v.name].ExecuteTemplate(&out, "base", v); err != nil {
		p.desk.Log.ErrorContext(p.r.Context(), "page", "name", v.name, "error", err)
		return
	}
	head, rest, _ := strings.Cut(out.String(), cutMark)
	p.w.Header().Set("Content-Type", "text/html; charset=utf-8")
	p.w.Header().Set("Cache-Control", "no-store")
	p.begun, p.rest = true, rest
	p.write(head)
}

// write writes a part of the page at once. To one who is gone there is nothing to say.
func (p *progress) write(s string) {
	fmt.Fprint(p.w, s)
	_ = http.NewResponseController(p.w).Flush() // what cannot be flushed comes at the end
}

// lead ends the page with a way to where the ledger is, which browsers take at once.
func (p *progress) lead(path string) {
	p.write(`<p class="step"><a href="` + path + `">Here is its ledger.</a></p><meta http-equiv="refresh" content="0; url=` + path + `">` + p.rest)
}

// fail ends the page with the form, and what is wrong with what it has.
func (p *progress) fail(s start) {
	var out bytes.Buffer
	if err := p.desk.pages["home"].ExecuteTemplate(&out, "main", &view{Page: s}); err != nil {
		p.desk.Log.ErrorContext(p.r.Context(), "page", "name", "home", "error", err)
	}
	p.write("</div>\n" + out.String() + strings.TrimPrefix(p.rest, "</div>"))
}

package desk

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"html/template"
	"io"
	"mime/multipart"
	"net/http"
	"net/url"
	"path"
	"strings"
	"time"

	"hearsay/article"
	"hearsay/report"
	"hearsay/server/access"
)

// The limits of what is read at the desk; hearsay read and hearsay add have none
// so low.
const (
	maxFile  = 20 << 20         // bytes of a file: a PDF may have many pictures
	maxText  = 400 << 10        // bytes of the text in it, some 60,000 words
	maxBody  = maxFile + 64<<10 // of a request
	maxField = 4 << 10          // bytes of a short field
	readTime = 90 * time.Second

	mostHands = 16 // texts in hand at a time; others wait
)

// start is the page on which a text is given.
type start struct {
	Problem, Text, Published, Name string
	Force                          bool
}

func (d *Desk) home(*http.Request) (*view, error) {
	return &view{name: "home", Title: "Read a text", Way: "read", Page: start{}}, nil
}

// given is what a person gave to be read.
type given struct {
	text, title, published string
	force                  bool
	fileName               string
	file                   []byte
}

// take reads what was given and leads to its page.
func (d *Desk) take(w http.ResponseWriter, r *http.Request) {
	g, err := takeForm(r)
	if err != nil {
		d.fail(w, r, err)
		return
	}
	page := d.begin(w, r, g.called())
	defer page.end()
	known, err := d.read(r.Context(), g, page.step)
	page.end()
	var p *problem
	if err != nil && !errors.As(err, &p) {
		if !page.begun {
			d.fail(w, r, err)
			return
		}
		p = d.told(r, err)
	}
	switch {
	case p != nil:
		s := start{Problem: p.message, Published: g.published, Name: g.title, Force: g.force}
		if len(g.text) <= maxText {
			s.Text = g.text
		}
		if page.begun {
			page.fail(s)
			return
		}
		d.write(w, r, &view{name: "home", status: p.status, Title: "Read a text", Way: "read", Page: s})
	default:
		d.reads.put(known)
		path := "/read/" + known.id
		if page.begun {
			page.lead(path)
			return
		}
		http.Redirect(w, r, path, http.StatusSeeOther)
	}
}

// called is what a text is called while it is read.
func (g *given) called() string {
	if u, err := url.Parse(g.address()); err == nil && u.Host != "" {
		return cmp.Or(g.title, u.Host)
	}
	return cmp.Or(g.title, g.fileName)
}

// takeForm takes a form apart as it comes, no part of it longer than it may be.
func takeForm(r *http.Request) (*given, error) {
	parts, err := r.MultipartReader()
	if err != nil {
		return nil, &problem{http.StatusBadRequest, "That cannot be read", "What was sent is no form of this page."}
	}
	g := new(given)
	for n := 0; ; n++ {
		part, err := parts.NextPart()
		if errors.Is(err, io.EOF) {
			return g, nil
		}
		if err != nil || n > 20 {
			return nil, broken(err)
		}
		if err := g.part(part); err != nil {
			return nil, err
		}
	}
}

// broken is what is said of a form that breaks off or is none.
func broken(err error) error {
	var large *http.MaxBytesError
	if errors.As(err, &large) {
		return &problem{http.StatusRequestEntityTooLarge, "That is too long", tooLong}
	}
	return &problem{http.StatusBadRequest, "That cannot be read", "What was sent breaks off, or is no form of this page."}
}

var tooLong = fmt.Sprintf("At the desk a file may have %d MB and the text in it %d KB. Split it, or use hearsay read or hearsay add, which take more.", maxFile>>20, maxText>>10)

func (g *given) part(part *multipart.Part) error {
	name, most := part.FormName(), int64(maxField)
	switch name {
	case "file":
		most = maxFile
	case "text":
		most = maxText * 3 // browsers send two bytes for the end of a line
	}
	body, err := io.ReadAll(io.LimitReader(part, most+1))
	if err != nil {
		return broken(err)
	}
	if int64(len(body)) > most {
		return &problem{http.StatusRequestEntityTooLarge, "That is too long", tooLong}
	}
	value := strings.ToValidUTF8(string(body), "\uFFFD")
	switch name {
	case "file":
		// The name says what sort of file it is and what to call it; it leads nowhere.
		g.file, g.fileName = body, strings.ToValidUTF8(path.Base(strings.ReplaceAll(part.FileName(), `\`, "/")), "\uFFFD")
	case "text":
		g.text = strings.ReplaceAll(value, "\r\n", "\n")
	case "title":
		g.title = strings.TrimSpace(value)
	case "published":
		g.published = strings.TrimSpace(value)
	case "force":
		g.force = value != ""
	}
	return nil
}

// address is what was given where that is nothing but an address on the web.
func (g *given) address() string {
	s := strings.TrimSpace(g.text)
	if strings.ContainsAny(s, " \t\n") {
		return ""
	}
	u, err := url.Parse(s)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return ""
	}
	return s
}

// read gets the text of what was given and reads it, and tells step what it does. What a person can mend is a *problem.
func (d *Desk) read(ctx context.Context, g *given, step func(string)) (*read, error) {
	select {
	case d.hands <- struct{}{}:
	default:
		step("Other texts are being read. This one waits for its turn.")
		select {
		case d.hands <- struct{}{}:
		case <-ctx.Done():
			return nil, &problem{http.StatusServiceUnavailable, "", "Too many texts are being read at present. Try again in a moment."}
		}
	}
	defer func() { <-d.hands }()
	getter := d.Getter
	if g.force {
		getter = d.Forced
	}
	if _, err := time.Parse(time.DateOnly, g.published); err != nil && g.published != "" {
		return nil, &problem{http.StatusUnprocessableEntity, "", "The day of publication is to be one such as 2024-03-27."}
	}
	var a article.Article
	var err error
	name, address := g.title, g.address()
	switch {
	case len(g.file) > 0:
		name = cmp.Or(name, g.fileName)
		step("Getting the text out of the file.")
		a, err = getter.Read(ctx, "this file", article.Source{Name: g.fileName, Body: g.file})
	case address != "":
		// An address on the web, and so never a file of this machine.
		step("Asking for " + address)
		a, err = getter.Get(ctx, address)
	case strings.TrimSpace(g.text) == "":
		return nil, &problem{http.StatusUnprocessableEntity, "", "Give a text, a file or an address."}
	default:
		a, err = getter.Accept("this text", article.Article{Text: g.text})
	}
	if err != nil {
		return nil, unread(err)
	}
	if len(a.Text) > maxText {
		return nil, &problem{http.StatusRequestEntityTooLarge, "", tooLong}
	}
	a.Title = cmp.Or(a.Title, g.title)
	a.Published = cmp.Or(a.Published, g.published)
	step(cmp.Or(a.Title, "A text") + ": " + many(len(strings.Fields(a.Text)), "word") + ". Looking for who says what.")
	l, err := d.Read(ctx, cmp.Or(address, "this text"), &a)
	if err != nil {
		return nil, unread(err)
	}
	return &read{name: name, article: a, ledger: l, at: time.Now()}, nil
}

// advice says of failures what to do at the desk, where that is not what the
// error says: it speaks to one at a terminal.
var advice = map[string]string{
	article.CodeLanguage:   "It does not seem to be in English, and only English is read. Tick the box below to have it read all the same.",
	article.CodeRefusedURL: "That address is not on the public web. Addresses on this machine and on private networks are not asked.",
	article.CodeTooLarge:   tooLong,
	article.CodeNoArticle:  "No article was found on that page. Open it in a browser, copy the article's text and paste it here.",
}

// unread is what is told of a text that could not be got or read.
func unread(err error) error {
	var e *article.Error
	if !errors.As(err, &e) || errors.Is(err, context.Canceled) {
		return err
	}
	return &problem{http.StatusUnprocessableEntity, "", cmp.Or(advice[e.Code], report.Line(e.Error()))}
}

// shown is a ledger's page.
type shown struct {
	Section   template.HTML
	Add, Kept string // where it is added, for who may, and where it is in the collection
	Until     string // when it is forgotten
}

func (d *Desk) reading(r *http.Request) (*view, error) {
	known, ok := d.reads.get(r.PathValue("id"), time.Now())
	if !ok {
		return nil, errForgotten
	}
	title := cmp.Or(known.article.Title, known.name, "Untitled text")
	section := report.Section{Ledger: known.ledger, Title: known.name, Path: "/read/" + known.id, Sifting: sifting(r)}
	html, err := section.HTML()
	if err != nil {
		return nil, err
	}
	s := shown{Section: html, Until: "at " + known.at.Add(readLife).Format("15:04") + ", or when many others were read"}
	if access.From(r.Context()).May(access.Add) {
		s.Add = "/read/" + known.id + "/add"
	}
	if known.kept != "" {
		s.Kept = articlePath(known.kept)
	}
	return &view{name: "reading", Title: title, Way: "read", Ledger: true, Page: s}, nil
}

var errForgotten = &problem{http.StatusNotFound, "Forgotten", "This text was read some time ago and is no longer remembered. Read it again, and add to the collection what you want to keep."}

// sifting reads how a person wants to see a ledger.
func sifting(r *http.Request) report.Sifting {
	query := r.URL.Query()
	return report.SiftingOf(func(name string) []string { return query[name] })
}

// add keeps a read text in the collection.
func (d *Desk) add(w http.ResponseWriter, r *http.Request) {
	known, ok := d.reads.get(r.PathValue("id"), time.Now())
	if !ok {
		d.fail(w, r, errForgotten)
		return
	}
	id, _, err := d.Store.Add(r.Context(), "desk", &known.article, known.ledger)
	if err != nil {
		d.fail(w, r, fmt.Errorf("adding to the collection: %w", err))
		return
	}
	d.reads.keep(known.id, id)
	http.Redirect(w, r, articlePath(id), http.StatusSeeOther)
}

// articlePath is where the page of an article is. Ids may be addresses, so they
// are no part of the path.
func articlePath(id string) string { return "/article?" + url.Values{"id": {id}}.Encode() }

// claimPath is where a claim is listed, or the page of its article where it has no number. The part of the
// text that is shown is that of the claim.
func claimPath(article, claim string) string {
	n, ok := strings.CutPrefix(claim, "c")
	if !ok || n == "" || strings.Trim(n, "0123456789") != "" {
		return articlePath(article)
	}
	return articlePath(article) + "&claim=" + claim + "#a1" + claim
}

package api

import (
	"bytes"
	"cmp"
	"context"
	"fmt"
	"io"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/danielgtaylor/huma/v2"

	"hearsay/article"
	"hearsay/ledger"
	"hearsay/report"
)

// The limits of what is read while the one who asks waits; hearsay read and jobs have none so low.
const (
	maxFile  = 20 << 20  // bytes of a file: a PDF may have many pictures
	maxText  = 400 << 10 // bytes of the text in it, some 60,000 words
	maxJSON  = 4 << 20   // bytes of a request that holds a text: JSON may take six for one
	readTime = 90 * time.Second

	mostHands = 16 // texts in hand at a time; others wait
)

// How are the parameters of reading that do not depend on what is read.
type How struct {
	Format     string   `query:"format" enum:"json,html,csv" default:"json" doc:"The ledger as JSON; a page that stands by itself; or a row a claim."`
	Rank       []string `query:"rank" maxItems:"10" nullable:"false" doc:"In html and csv, put first what deserves checking most: all, by check-worthiness alone; or one or more reasons, whose claims come before the others. JSON keeps the order of the text." enum:"all,figures,accusations,events,comparisons,records,sources,opinions,predictions,questions,private"`
	Techniques string   `query:"techniques" pattern:"^(none|1|0(\\.[0-9]{1,4})?)$" example:"0.5" doc:"List a technique of persuasion where it is at least so sure that the words are one, from 0 (every suspicion) to 1; or none. Without it: as sure as reads best."`
}

// text is what is to be read.
type text struct {
	Text      string `json:"text,omitempty" nullable:"true" doc:"The text itself. One of text, html and url is needed." example:"The bridge has fallen, the harbour master said on Tuesday."`
	HTML      string `json:"html,omitempty" nullable:"true" doc:"A page with the text in it."`
	URL       string `json:"url,omitempty" nullable:"true" maxLength:"2000" doc:"An address on the public web to get it from; beside text or html, where that stood."`
	ID        string `json:"id,omitempty" nullable:"true" maxLength:"2000" doc:"What document.id of the ledger is to be."`
	Title     string `json:"title,omitempty" nullable:"true" maxLength:"2000"`
	Published string `json:"published,omitempty" nullable:"true" format:"date" example:"2024-03-27" doc:"The day of publication, where the text has none or a wrong one."`
	Force     bool   `json:"force,omitempty" nullable:"true" doc:"Read a text that is not in English as if it were."`
}

func (a *API) registerReading() {
	answers := map[string]*huma.Response{"200": {Description: "The ledger.", Content: map[string]*huma.MediaType{
		"application/json": {Schema: &huma.Schema{Ref: ledgerRef}}, "text/html": {}, "text/csv": {}}}}
	failures := []int{http.StatusRequestTimeout, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusBadGateway}
	register(a, operation{maxBody: maxJSON, time: readTime, Operation: huma.Operation{OperationID: "read-text", Method: http.MethodPost, Path: "/read", Tags: []string{"reading"}, Errors: failures, Responses: answers,
		Summary: "Read a text, a page or what stands at an address", Description: fmt.Sprintf("Nothing is kept. The claims are compared with the published fact-checks of the store. A text may have %d KB; longer ones are added as a job.", maxText>>10)}},
		func(ctx context.Context, in *struct {
			How
			Body text
		}) (*huma.StreamResponse, error) {
			return a.read(ctx, &in.How, in.Body.ID, func(ctx context.Context) (article.Article, string, error) { return a.get(ctx, &in.Body) })
		})
	upload := operation{maxBody: maxFile, time: readTime, Operation: huma.Operation{OperationID: "read-file", Method: http.MethodPost, Path: "/read/file", Tags: []string{"reading"}, Errors: failures, Responses: answers,
		Summary: "Read a file", Description: fmt.Sprintf("A text, a web page or a PDF of up to %d MB, told apart by what it holds. Nothing is kept.", maxFile>>20), SkipValidateBody: true}}
	upload.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{}}
	for _, kind := range []string{"text/plain", "text/html", "application/pdf", "application/octet-stream"} {
		upload.RequestBody.Content[kind] = &huma.MediaType{}
	}
	register(a, upload, func(ctx context.Context, in *struct {
		How
		Title       string `query:"title" minLength:"1" maxLength:"2000"`
		Published   string `query:"published" format:"date" doc:"The day of publication, where the file has none or a wrong one."`
		Name        string `query:"name" minLength:"1" maxLength:"200" doc:"What the file is called: its ending counts where its bytes leave open what it is."`
		Force       bool   `query:"force" doc:"Read a text that is not in English as if it were."`
		ContentType string `header:"Content-Type" hidden:"true"`
		RawBody     []byte
	}) (*huma.StreamResponse, error) {
		for _, p := range []struct{ name, value string }{{"title", in.Title}, {"name", in.Name}} {
			if err := plain(p.name, p.value); err != nil {
				return nil, err
			}
		}
		body := bytes.Clone(in.RawBody) // huma uses it again
		return a.read(ctx, &in.How, "", func(ctx context.Context) (article.Article, string, error) {
			const name = "the file"
			kind := in.ContentType
			if strings.HasPrefix(kind, "application/octet-stream") {
				kind = ""
			}
			got, err := a.getter(in.Force).Read(ctx, name, article.Source{Name: in.Name, ContentType: kind, Body: body})
			got.Title, got.Published = cmp.Or(in.Title, got.Title), cmp.Or(in.Published, got.Published)
			return got, name, err
		})
	})
}

func (a *API) getter(force bool) *article.Getter {
	if force {
		return a.Forced
	}
	return a.Getter
}

// get gets what is to be read, and what errors are to call it.
func (a *API) get(ctx context.Context, t *text) (got article.Article, name string, err error) {
	name = "the text"
	getter := a.getter(t.Force)
	switch {
	case t.Text != "" && t.HTML != "":
		return got, name, refuse(http.StatusBadRequest, "Give one of text and html, not both.")
	case t.Text != "":
		got, err = getter.Accept(name, article.Article{Text: t.Text})
	case t.HTML != "":
		name = "the page"
		got, err = getter.Read(ctx, name, article.Source{URL: t.URL, ContentType: "text/html; charset=utf-8", Body: []byte(t.HTML)})
	case t.URL != "":
		name = t.URL
		if !onWeb(t.URL) { // and so never a file of this machine
			return got, name, refuse(http.StatusBadRequest, "The url is to be an http or https address.")
		}
		got, err = getter.Get(ctx, t.URL)
	default:
		return got, name, refuse(http.StatusBadRequest, "Give a text, html or a url.")
	}
	got.URL, got.Title, got.Published = cmp.Or(t.URL, got.URL), cmp.Or(t.Title, got.Title), cmp.Or(t.Published, got.Published)
	return got, name, err
}

// onWeb reports whether s is an absolute http or https address.
func onWeb(s string) bool {
	u, err := url.Parse(s)
	return err == nil && u.Host != "" && (u.Scheme == "http" || u.Scheme == "https")
}

// hold waits for one of the hands that get and read texts, and returns what lets go of it.
func (a *API) hold(ctx context.Context) (func(), error) {
	select {
	case a.hands <- struct{}{}:
		return func() { <-a.hands }, nil
	case <-ctx.Done():
		return nil, refuse(http.StatusServiceUnavailable, "Too many texts are being read at present. Try again in a moment.")
	}
}

// read answers with the ledger of what get gets.
func (a *API) read(ctx context.Context, h *How, id string, get func(context.Context) (article.Article, string, error)) (*huma.StreamResponse, error) {
	rank, err := h.ranking()
	if err != nil {
		return nil, err
	}
	free, err := a.hold(ctx)
	if err != nil {
		return nil, err
	}
	defer free()
	got, name, err := get(ctx)
	if err != nil {
		return nil, err
	}
	if len(got.Text) > maxText {
		return nil, refuse(http.StatusRequestEntityTooLarge, fmt.Sprintf("The text has more than %d KB. Split it, or add it as an article.", maxText>>10))
	}
	got.ID = cmp.Or(id, got.ID)
	l, err := a.Read(ctx, name, &got, h.sureness())
	if err != nil {
		return nil, err
	}
	return writeLedger(l, h.Format, rank)
}

// sureness is the parameter as reading.Reader takes it.
func (h *How) sureness() float64 {
	switch x, err := strconv.ParseFloat(h.Techniques, 64); {
	case h.Techniques == "none":
		return math.Inf(1)
	case err != nil: // not given, or a number that the pattern would not let by
		return 0
	default:
		return max(x, math.SmallestNonzeroFloat64) // 0 would leave it to the Reader
	}
}

func (h *How) ranking() (*report.Ranking, error) {
	if len(h.Rank) == 0 {
		return nil, nil
	}
	r := &report.Ranking{}
	for _, k := range h.Rank {
		if k == "all" {
			if len(h.Rank) > 1 {
				return nil, refuse(http.StatusBadRequest, "The parameter rank is all, or one or more reasons, not both.")
			}
			return r, nil
		}
		reason, ok := ledger.ReasonOf(k)
		if !ok {
			return nil, refuse(http.StatusBadRequest, "The parameter rank knows no reason "+report.Line(k)+".")
		}
		r.First = append(r.First, reason)
	}
	return r, nil
}

// mediaTypes are those of the formats of a ledger. As a page it is not opened but put in a file: it
// has styles and scripts of its own, which nothing that this server sends may use.
var mediaTypes = map[string][2]string{
	report.JSON: {"application/json", ""},
	report.HTML: {"text/html; charset=utf-8", `attachment; filename="ledger.html"`},
	report.CSV:  {"text/csv; charset=utf-8", `attachment; filename="ledger.csv"`},
}

func writeLedger(l *ledger.Ledger, format string, rank *report.Ranking) (*huma.StreamResponse, error) {
	var out bytes.Buffer
	if format == report.JSON {
		b, err := l.AppendJSON(nil)
		if err != nil {
			return nil, fmt.Errorf("writing the ledger: %w", err)
		}
		out.Write(append(b, '\n'))
	} else {
		w, err := report.New(format, &out, report.Options{Rank: rank})
		if err != nil {
			return nil, err
		}
		if err := cmp.Or(w.Write(l), w.Close()); err != nil {
			return nil, fmt.Errorf("writing the ledger: %w", err)
		}
	}
	kind := mediaTypes[format]
	return &huma.StreamResponse{Body: func(ctx huma.Context) {
		ctx.SetHeader("Content-Type", kind[0])
		if kind[1] != "" {
			ctx.SetHeader("Content-Disposition", kind[1])
		}
		io.Copy(ctx.BodyWriter(), &out) // to one who is gone there is nothing to say
	}}, nil
}

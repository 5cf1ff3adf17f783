package api

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"reflect"
	"strings"

	"github.com/danielgtaylor/huma/v2"

	"hearsay/article"
	"hearsay/server/access"
	"hearsay/store"
)

// What is added while the one who asks waits; more is a job.
const (
	mostAtOnce  = 10       // articles
	maxArticles = 8 << 20  // bytes of a request with articles
	maxBatch    = 32 << 20 // bytes of one with article JSONL
)

// Given is an article as it is given to be added: article JSONL has one a line.
type Given struct {
	ID        string `json:"id,omitempty" nullable:"true" maxLength:"2000" doc:"By which the store is to know it. Without it: its address, or the hash of its text."`
	URL       string `json:"url,omitempty" nullable:"true" maxLength:"2000" doc:"Where it stands. An article with neither text nor html nor title is got from there."`
	Title     string `json:"title,omitempty" nullable:"true" maxLength:"2000"`
	Published string `json:"published,omitempty" nullable:"true" maxLength:"100" doc:"EDTF, or another form that names a day." example:"2024-03-27"`
	Text      string `json:"text,omitempty" nullable:"true" example:"The bridge has fallen, the harbour master said on Tuesday."`
	HTML      string `json:"html,omitempty" nullable:"true" doc:"A page with the text in it, where there is no text."`
}

// Outcome is what became of articles, or fact-checks, that were given.
type Outcome struct {
	Added   int     `json:"added"`
	Changed int     `json:"changed" doc:"There was another text under its id, which is kept as an older version."`
	Known   int     `json:"known" doc:"It was there already."`
	Refused int     `json:"refused"`
	Items   []Added `json:"items" doc:"What became of each; of a job those that were refused, 200 at most."`
}

// Added is what became of one that was given.
type Added struct {
	Number  int    `json:"number" doc:"Its place among those given, from 1."`
	Outcome string `json:"outcome" enum:"added,changed,known,refused"`
	ID      string `json:"id,omitempty" doc:"Its id in the store."`
	Code    string `json:"code,omitempty" doc:"Why it was refused, in a short word for programs."`
	Message string `json:"message,omitempty" doc:"Why it was refused, for a person."`
}

// count counts what became of one more. Only what was refused is named where few are to be.
func (o *Outcome) count(d Added, few bool) {
	switch d.Outcome {
	case store.Added.String():
		o.Added++
	case store.Changed.String():
		o.Changed++
	case store.Known.String():
		o.Known++
	default:
		o.Refused++
	}
	const mostRefused = 200
	if !few || d.Outcome == refusedOne && len(o.Items) < mostRefused {
		o.Items = append(o.Items, d)
	}
}

const refusedOne = "refused"

// taken is the answer where something was done at once, or was taken on as a job.
type taken struct {
	Status   int
	Location string `header:"Location" doc:"Of the job, where it is one."`
	Body     any
}

// takes describes that answer.
func (a *API) takes() map[string]*huma.Response {
	schema := func(t reflect.Type) map[string]*huma.MediaType {
		return map[string]*huma.MediaType{"application/json": {Schema: a.huma.OpenAPI().Components.Schemas.Schema(t, true, "")}}
	}
	return map[string]*huma.Response{
		"200": {Description: "It is done.", Content: schema(reflect.TypeFor[Outcome]())},
		"202": {Description: "It was taken on as a job.", Content: schema(reflect.TypeFor[Job]())},
	}
}

func (a *API) registerAdding() {
	failures := []int{http.StatusRequestTimeout, http.StatusRequestEntityTooLarge, http.StatusUnsupportedMediaType, http.StatusInsufficientStorage}
	register(a, operation{scope: access.Add, maxBody: maxArticles, time: readTime, Operation: huma.Operation{OperationID: "add-articles", Method: http.MethodPost, Path: "/articles", Tags: []string{"articles", "jobs"}, Errors: failures, Responses: a.takes(),
		Summary: "Add articles", Description: fmt.Sprintf("Each is read and kept, unless the store has it. Up to %d of them whose texts are given, %d KB in all, are added at once; more, and what is to be got from an address, is a job.", mostAtOnce, maxText>>10)}},
		func(ctx context.Context, in *struct {
			Async bool `query:"async" doc:"Make it a job in any case."`
			Force bool `query:"force" doc:"Read texts that are not in English as if they were."`
			Body  struct {
				Articles []Given `json:"articles" minItems:"1" maxItems:"1000"`
			}
		}) (*taken, error) {
			size, fetched := 0, false
			for i := range in.Body.Articles {
				g := &in.Body.Articles[i]
				size += len(g.Text) + len(g.HTML)
				fetched = fetched || g.Text == "" && g.HTML == "" && g.Title == ""
			}
			if !in.Async && !fetched && len(in.Body.Articles) <= mostAtOnce && size <= maxText {
				return a.addNow(ctx, in.Body.Articles, in.Force)
			}
			var lines bytes.Buffer
			e := json.NewEncoder(&lines)
			for i := range in.Body.Articles {
				if err := e.Encode(&in.Body.Articles[i]); err != nil {
					return nil, err
				}
			}
			return a.accept(ctx, addingJob, jobRequest{Force: in.Force}, lines.Bytes(), len(in.Body.Articles))
		})
	batch := operation{scope: access.Add, maxBody: maxBatch, time: readTime, Operation: huma.Operation{OperationID: "add-batch", Method: http.MethodPost, Path: "/imports/articles", Tags: []string{"articles", "jobs"}, DefaultStatus: http.StatusAccepted, SkipValidateBody: true, Errors: failures,
		Summary: "Add article JSONL", Description: fmt.Sprintf("One article a line, up to %d MB: always a job.", maxBatch>>20)}}
	batch.RequestBody = &huma.RequestBody{Required: true, Content: map[string]*huma.MediaType{"application/x-ndjson": {}}}
	batch.Responses = map[string]*huma.Response{"202": a.takes()["202"]}
	register(a, batch, func(ctx context.Context, in *struct {
		Force   bool `query:"force" doc:"Read texts that are not in English as if they were."`
		RawBody []byte
	}) (*taken, error) {
		total := 0
		for line := range bytes.Lines(in.RawBody) {
			if len(bytes.TrimSpace(line)) > 0 {
				total++
			}
		}
		if total == 0 {
			return nil, refuse(http.StatusBadRequest, "There is no line with an article.")
		}
		return a.accept(ctx, addingJob, jobRequest{Force: in.Force}, in.RawBody, total)
	})
}

// addNow adds articles while the one who asks waits.
func (a *API) addNow(ctx context.Context, articles []Given, force bool) (*taken, error) {
	free, err := a.hold(ctx)
	if err != nil {
		return nil, err
	}
	defer free()
	out := Outcome{Items: []Added{}}
	for i := range articles {
		line, err := json.Marshal(&articles[i])
		if err != nil {
			return nil, err
		}
		done, err := a.add(ctx, i+1, line, force)
		if err != nil {
			return nil, err
		}
		out.count(done, false)
	}
	return &taken{Status: http.StatusOK, Body: out}, nil
}

// add gets, reads and keeps an article given as a line of article JSONL, unless the store has it. What
// is wrong with the article is no error.
func (a *API) add(ctx context.Context, number int, line []byte, force bool) (out Added, err error) {
	out.Number = number
	name := fmt.Sprintf("article %d", number)
	defer func() {
		var unread *article.Error
		if errors.As(err, &unread) && unread.Code != article.CodeCanceled && ctx.Err() == nil {
			r := unreadable(unread)
			out.Outcome, out.Code, out.Message, err = refusedOne, unread.Code, r.detail, nil
		}
	}()
	var g Given
	getter := a.getter(force)
	var got article.Article
	if json.Unmarshal(line, &g) == nil && cmp.Or(g.Text, g.HTML, g.Title) == "" && onWeb(g.URL) {
		if got, err = getter.Get(ctx, g.URL); err == nil {
			got.ID, got.URL, got.Published = g.ID, cmp.Or(g.URL, got.URL), cmp.Or(g.Published, got.Published)
		}
	} else {
		got, err = getter.Line(ctx, name, line)
	}
	if err != nil {
		return out, err
	}
	id, known, err := a.Store.Known(ctx, &got)
	if err != nil {
		return out, err
	}
	if known {
		out.ID, out.Outcome = id, store.Known.String()
		return out, nil
	}
	l, err := a.Read(ctx, name, &got, 0)
	if err != nil {
		return out, err
	}
	id, outcome, err := a.Store.Add(context.WithoutCancel(ctx), cmp.Or(got.URL, "api"), &got, l)
	if err != nil {
		if !passing(err) {
			err = article.NewError(name, article.CodeUnreadable, "the store does not take it: "+strings.TrimSpace(err.Error()), err)
		}
		return out, err
	}
	out.ID, out.Outcome = id, outcome.String()
	return out, nil
}

// passing reports whether an error is of the store or the moment, and not of what was given.
func passing(err error) bool {
	return errors.Is(err, store.ErrFull) || errors.Is(err, store.ErrBusy) || errors.Is(err, store.ErrDamaged) || errors.Is(err, store.ErrUnreachable) ||
		errors.Is(err, context.Canceled) || errors.Is(err, context.DeadlineExceeded)
}

package api

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"hearsay/article"
	"hearsay/report"
	"hearsay/store"
)

// refusal is an error that is told to who asks as it is.
type refusal struct {
	status int
	detail string
	code   string // of an article.Error
}

func (r *refusal) Error() string { return r.detail }

func refuse(status int, detail string) error { return &refusal{status: status, detail: detail} }

// problem makes of an error what is told of it. What is a fault of ours and not
// of the request is logged, and only named in the answer.
func (a *API) problem(ctx context.Context, operation string, err error) error {
	var r *refusal
	var unread *article.Error
	var told huma.StatusError
	switch {
	case errors.As(err, &told):
		return err
	case errors.As(err, &r):
	case errors.Is(err, store.ErrNotFound):
		r = &refusal{status: http.StatusNotFound, detail: "The store holds nothing under this id. It may have been removed."}
	case errors.Is(err, store.ErrQuery):
		r = &refusal{status: http.StatusBadRequest, detail: report.Line(err.Error())}
	case errors.Is(err, store.ErrLater), errors.Is(err, store.ErrEnded):
		r = &refusal{status: http.StatusConflict, detail: report.Line(err.Error())}
	case errors.Is(err, store.ErrBusy), errors.Is(err, store.ErrUnreachable):
		r = &refusal{status: http.StatusServiceUnavailable, detail: report.Line(err.Error()) + ". Try again in a moment."}
	case errors.Is(err, store.ErrFull):
		r = &refusal{status: http.StatusInsufficientStorage, detail: report.Line(err.Error())}
	case errors.Is(err, context.DeadlineExceeded):
		r = &refusal{status: http.StatusServiceUnavailable, detail: "It took too long and was broken off. Ask for less: fewer days, rarer words, a shorter text."}
	case errors.Is(err, context.Canceled):
		r = &refusal{status: http.StatusServiceUnavailable, detail: "It was broken off."}
	case errors.As(err, &unread):
		r = unreadable(unread)
	default:
		a.Log.ErrorContext(ctx, "request failed", "operation", operation, "error", err)
		r = &refusal{status: http.StatusInternalServerError, detail: fault}
	}
	p := &Problem{ErrorModel: huma.ErrorModel{Title: http.StatusText(r.status), Status: r.status, Detail: r.detail}, Code: r.code}
	if r.status == http.StatusServiceUnavailable {
		return huma.ErrorWithHeaders(p, http.Header{"Retry-After": {"5"}})
	}
	return p
}

// Problem is what went wrong, by RFC 9457.
type Problem struct {
	huma.ErrorModel
	Code string `json:"code,omitempty" doc:"Of a text that cannot be read: why, in a short word for programs, as in the record of a failure."`
}

const fault = "A fault of this program or of its store. Its log says more."

// write answers with a problem where no operation is asked.
func write(w http.ResponseWriter, status int, detail string) {
	w.Header().Set("Content-Type", "application/problem+json")
	w.WriteHeader(status)
	// To one who is gone there is nothing to say.
	json.NewEncoder(w).Encode(&huma.ErrorModel{Title: http.StatusText(status), Status: status, Detail: detail})
}

// advice says of failures what to do, where what the error says speaks to one at a terminal.
var advice = map[string]string{
	article.CodeLanguage:   "it does not seem to be in English, and only English is read; force has it read all the same",
	article.CodeRefusedURL: "that address is not on the public web; addresses on this machine and on private networks are not asked",
}

// unreadable is what is told of a text that could not be got or read.
func unreadable(e *article.Error) *refusal {
	r := &refusal{status: http.StatusUnprocessableEntity, detail: report.Line(e.Error()), code: e.Code}
	if a := advice[e.Code]; a != "" {
		r.detail = report.Line(e.Input + ": " + a)
	}
	switch e.Code {
	case article.CodeTooLarge:
		r.status = http.StatusRequestEntityTooLarge
	case article.CodeTimeout, article.CodeFetch:
		r.status = http.StatusBadGateway
	case article.CodeCanceled:
		r.status = http.StatusServiceUnavailable
	}
	return r
}

// The limits of what a problem repeats of the request.
const (
	mostDetails = 20
	longDetail  = 200 // bytes
)

// brief keeps an answer about a wrong request from being as long as the request.
func brief(_ huma.Context, _ string, v any) (any, error) {
	p, ok := v.(*huma.ErrorModel)
	if !ok {
		return v, nil
	}
	p.Errors = p.Errors[:min(len(p.Errors), mostDetails)]
	for _, d := range p.Errors {
		if d == nil {
			continue
		}
		d.Message, d.Location = shortened(d.Message), shortened(d.Location)
		switch value := d.Value.(type) {
		case string:
			d.Value = shortened(value)
		case nil, bool, float64, int, int64:
		default: // a list or an object of any size
			d.Value = nil
		}
	}
	return p, nil
}

func shortened(s string) string {
	if len(s) <= longDetail {
		return s
	}
	end := longDetail
	for end > 0 && s[end]&0xC0 == 0x80 { // within a character
		end--
	}
	return s[:end] + "…"
}

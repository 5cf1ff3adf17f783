package fetch_test

import (
	"errors"
	"io"
	"net/http"
	"strings"
	"testing"
	"time"

	"hearsay/article/fetch"
)

func TestPost(t *testing.T) {
	var got string
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		body, err := io.ReadAll(r.Body)
		if err != nil {
			t.Error(err)
		}
		got = r.Method + " " + r.URL.Path + " " + r.Header.Get("X-Word") + " " + string(body)
		switch r.URL.Path {
		case "/gone":
			w.WriteHeader(http.StatusGone)
		case "/later":
			w.Header().Set("Retry-After", "60")
			w.WriteHeader(http.StatusTooManyRequests)
		case "/elsewhere":
			http.Redirect(w, r, "/a", http.StatusTemporaryRedirect)
		case "/long":
			io.WriteString(w, strings.Repeat("x", 1<<20))
		case "/slow":
			<-r.Context().Done()
		}
	})
	c := fetch.Client{AllowPrivate: true}
	post := func(path string) error {
		return c.Post(t.Context(), address+path, http.Header{"X-Word": {"mill"}}, []byte("It burns."))
	}
	for _, path := range []string{"/a", "/long"} {
		if err := post(path); err != nil || got != "POST "+path+" mill It burns." {
			t.Errorf("%s: got %v, %q", path, err, got)
		}
	}
	for path, want := range map[string]fetch.StatusError{"/gone": {Code: 410}, "/later": {Code: 429, RetryAfter: time.Minute}, "/elsewhere": {Code: 307}} {
		var status *fetch.StatusError
		if err := post(path); !errors.As(err, &status) || *status != want || !strings.HasPrefix(got, "POST "+path) {
			t.Errorf("%s: got %v, %q", path, err, got)
		}
	}
	c.Timeout = 100 * time.Millisecond
	if err := post("/slow"); !errors.Is(err, fetch.ErrTimeout) {
		t.Errorf("got %v", err)
	}
	guarded := fetch.Client{}
	if err := guarded.Post(t.Context(), address, nil, nil); !errors.Is(err, fetch.ErrRefused) {
		t.Errorf("got %v", err)
	}
	if err := guarded.Post(t.Context(), "file:///etc/hostname", nil, nil); !errors.Is(err, fetch.ErrScheme) {
		t.Errorf("got %v", err)
	}
}

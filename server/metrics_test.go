package server_test

import (
	"context"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/common/expfmt"
	"github.com/prometheus/common/model"

	"hearsay/server"
	"hearsay/server/access"
)

func TestMetrics(t *testing.T) {
	asked := 0
	m := server.NewMetrics(func(context.Context) (int64, int64, error) { asked++; return 12, 3400, nil })
	m.Read(time.Now(), 250, 2, nil)
	m.Read(time.Now(), 0, 0, errors.New("no text"))
	h := serve(t, server.Options{Metrics: m, Routes: []server.Route{
		{Pattern: "GET /things/{id}", Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "thing") })},
		{Pattern: "GET /fault", Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { panic("the cause") })},
	}})
	get := func(path string) *httptest.ResponseRecorder {
		w := httptest.NewRecorder()
		h.ServeHTTP(w, httptest.NewRequest("GET", "http://localhost"+path, nil))
		return w
	}
	for _, path := range []string{"/things/1", "/things/2", "/things/secret%22%0A", "/fault", "/metrics"} {
		get(path)
	}
	w := get("/metrics")
	if w.Code != 200 || strings.Contains(w.Body.String(), "secret") || asked != 1 {
		t.Errorf("status %d, store asked %d times: %s", w.Code, asked, w.Body)
	}
	// What Prometheus itself reads the format with.
	parser := expfmt.NewTextParser(model.LegacyValidation)
	families, err := parser.TextToMetricFamilies(w.Body)
	if err != nil {
		t.Fatal(err)
	}
	value := func(family string, labels ...string) float64 {
		f := families[family]
		if f == nil {
			t.Fatalf("there is no %s", family)
		}
	next:
		for _, m := range f.Metric {
			for i := 0; i < len(labels); i += 2 {
				found := false
				for _, l := range m.Label {
					found = found || l.GetName() == labels[i] && l.GetValue() == labels[i+1]
				}
				if !found {
					continue next
				}
			}
			switch {
			case m.Counter != nil:
				return m.Counter.GetValue()
			case m.Gauge != nil:
				return m.Gauge.GetValue()
			}
			return m.Untyped.GetValue()
		}
		t.Errorf("there is no %s with %q", family, labels)
		return -1
	}
	for _, test := range []struct {
		family string
		labels []string
		want   float64
	}{
		{"hearsay_http_requests_total", []string{"route", "GET /things/{id}", "status", "200"}, 3},
		{"hearsay_http_requests_total", []string{"route", "GET /fault", "status", "500"}, 1},
		{"hearsay_http_requests_total", []string{"route", "GET /metrics", "status", "200"}, 1},
		{"hearsay_http_request_seconds_count", []string{"route", "GET /things/{id}"}, 3},
		{"hearsay_http_request_seconds_bucket", []string{"route", "GET /things/{id}", "le", "+Inf"}, 3},
		{"hearsay_http_requests_in_flight", nil, 1},
		{"hearsay_texts_read_total", nil, 1},
		{"hearsay_texts_unread_total", nil, 1},
		{"hearsay_words_read_total", nil, 250},
		{"hearsay_fact_check_matches_total", nil, 2},
		{"hearsay_store_articles", nil, 12},
		{"hearsay_store_bytes", nil, 3400},
	} {
		if got := value(test.family, test.labels...); got != test.want {
			t.Errorf("%s%v is %v, want %v", test.family, test.labels, got, test.want)
		}
	}
	for _, family := range []string{"go_goroutines", "process_cpu_seconds_total"} {
		if families[family] == nil {
			t.Errorf("there is no %s", family)
		}
	}
}

func TestMetricsAreForAdmins(t *testing.T) {
	h := serve(t, server.Options{Metrics: server.NewMetrics(nil), Who: func(r *http.Request) (access.Principal, error) {
		return access.Principal{Name: "ana", Scopes: []access.Scope{access.Scope(r.Header.Get("X-Scope"))}}, nil
	}})
	for scope, want := range map[string]int{"read": 403, "admin": 200} {
		r := httptest.NewRequest("GET", "http://localhost/metrics", nil)
		r.Header.Set("X-Scope", scope)
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		if w.Code != want {
			t.Errorf("with the scope %s: status %d, want %d", scope, w.Code, want)
		}
	}
}

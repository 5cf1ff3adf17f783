package server

import (
	"bytes"
	"context"
	"fmt"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/VictoriaMetrics/metrics"

	"hearsay/server/access"
)

// Metrics are counts of what a server does, for Prometheus and what reads its
// text format. Make one with NewMetrics.
type Metrics struct {
	set     *metrics.Set
	flying  atomic.Int64
	texts   *metrics.Counter
	words   *metrics.Counter
	matches *metrics.Counter
	failed  *metrics.Counter
	reading *metrics.PrometheusHistogram

	holds func(context.Context) (articles, bytes int64, err error)
	mu    sync.Mutex
	asked time.Time
	last  [2]int64
	known bool
}

// The upper bounds of the histograms' buckets, in seconds.
var (
	answerSeconds  = []float64{.001, .0025, .005, .01, .025, .05, .1, .2, .3, .5, 1, 2.5, 5, 10, 20}
	readingSeconds = []float64{.001, .005, .01, .025, .05, .1, .25, .5, 1, 2.5, 10, 60}
)

// NewMetrics makes Metrics. Where holds is not nil it says how much the store
// holds; since that may mean counting, it is asked once a minute at most.
func NewMetrics(holds func(context.Context) (articles, bytes int64, err error)) *Metrics {
	s := metrics.NewSet()
	m := &Metrics{set: s, holds: holds, texts: s.NewCounter("hearsay_texts_read_total"), failed: s.NewCounter("hearsay_texts_unread_total"),
		words: s.NewCounter("hearsay_words_read_total"), matches: s.NewCounter("hearsay_fact_check_matches_total"),
		reading: s.NewPrometheusHistogramExt("hearsay_reading_seconds", readingSeconds)}
	s.NewGauge("hearsay_http_requests_in_flight", func() float64 { return float64(m.flying.Load()) })
	return m
}

// Read counts a text that was read, or could not be, in so many words and with
// so many published fact-checks about it.
func (m *Metrics) Read(began time.Time, words, matches int, err error) {
	if err != nil {
		m.failed.Inc()
		return
	}
	m.texts.Inc()
	m.words.Add(words)
	m.matches.Add(matches)
	m.reading.UpdateDuration(began)
}

// observed counts what a route answers. Routes are told by their patterns, of
// which there are as many as were mounted, and never by what was asked for.
func (m *Metrics) observed(pattern string, next http.Handler) http.Handler {
	took := m.set.NewPrometheusHistogramExt(fmt.Sprintf("hearsay_http_request_seconds{route=%q}", pattern), answerSeconds)
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		began := time.Now()
		m.flying.Add(1)
		broken := true
		defer func() {
			m.flying.Add(-1)
			took.UpdateDuration(began)
			status := http.StatusOK
			if a, ok := w.(*answer); ok && a.status != 0 {
				status = a.status
			} else if broken {
				status = http.StatusInternalServerError
			}
			m.set.GetOrCreateCounter(fmt.Sprintf("hearsay_http_requests_total{route=%q,status=\"%d\"}", pattern, status)).Inc()
		}()
		next.ServeHTTP(w, r)
		broken = false
	})
}

// route serves them, at /metrics, to those who may do everything.
func (m *Metrics) route() Route {
	return Route{Pattern: "GET /metrics", Scope: access.Admin, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var out bytes.Buffer
		m.set.WritePrometheus(&out)
		if articles, size, ok := m.held(r.Context()); ok {
			fmt.Fprintf(&out, "hearsay_store_articles %d\nhearsay_store_bytes %d\n", articles, size)
		}
		metrics.WriteProcessMetrics(&out)
		w.Header().Set("Content-Type", "text/plain; version=0.0.4; charset=utf-8")
		w.Write(out.Bytes()) // to one who is gone there is nothing to say
	})}
}

// held is what the store holds, as it was within the last minute.
func (m *Metrics) held(ctx context.Context) (articles, size int64, ok bool) {
	m.mu.Lock()
	defer m.mu.Unlock()
	if m.holds == nil {
		return 0, 0, false
	}
	if time.Since(m.asked) > time.Minute {
		var err error
		m.last[0], m.last[1], err = m.holds(ctx)
		m.asked, m.known = time.Now(), err == nil
	}
	return m.last[0], m.last[1], m.known
}

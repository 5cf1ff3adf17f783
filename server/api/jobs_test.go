package api_test

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"hearsay/server/access"
	"hearsay/server/api"
	"hearsay/store"
)

// work has the desk do its jobs until the function that it returns is called.
func (d *desk) work() (stop func()) {
	ctx, cancel := context.WithCancel(context.Background())
	var done sync.WaitGroup
	done.Go(func() { d.api.Work(ctx) })
	stop = sync.OnceFunc(func() {
		cancel()
		done.Wait()
	})
	d.t.Cleanup(stop)
	return stop
}

func lines(n int) string {
	var b strings.Builder
	for i := range n {
		fmt.Fprintf(&b, `{"id":"n%d","text":"The bridge at Orlen has fallen for the %d. time, the harbour master said on Tuesday."}`+"\n", i, i)
	}
	return b.String()
}

// give gives a job and returns it.
func (d *desk) give(path, body string) api.Job {
	d.t.Helper()
	w := d.ask("POST", path, body)
	var j api.Job
	if err := json.Unmarshal(w.Body.Bytes(), &j); err != nil || w.Code != 202 || w.Header().Get("Location") != "/api/v1/jobs/"+j.ID {
		d.t.Fatalf("%s: %d %v %s", path, w.Code, w.Header(), w.Body)
	}
	return j
}

// until waits until a job is as it is wanted.
func (d *desk) until(id string, ok func(*api.Job) bool) api.Job {
	d.t.Helper()
	for {
		var j api.Job
		d.get("/api/v1/jobs/"+id, &j)
		if ok(&j) {
			return j
		}
		select {
		case <-d.t.Context().Done():
			d.t.Fatalf("it came to %+v", j)
		case <-time.After(5 * time.Millisecond):
		}
	}
}

func ended(j *api.Job) bool { return j.Ended != nil }

func TestJobs(t *testing.T) {
	d := open(t)
	given := d.give("/api/v1/imports/articles", lines(3)+"{\n"+lines(1))
	if given.State != "queued" || given.Total != 5 || given.Who != "local" {
		t.Errorf("given %+v", given)
	}
	d.work()
	j := d.until(given.ID, ended)
	if r := j.Result; j.State != "done" || j.Done != 5 || r.Added != 3 || r.Known != 1 || r.Refused != 1 || len(r.Items) != 1 || r.Items[0].Number != 4 || r.Items[0].Code != "json" {
		t.Errorf("it came to %+v, %+v", j, j.Result)
	}
	facts := d.give("/api/v1/imports/facts", `[{"@type":"ClaimReview","url":"https://check.example/1","claimReviewed":"The bridge at Orlen has fallen"},{"@type":"ClaimReview"}]`)
	j = d.until(facts.ID, ended)
	if j.State != "done" || j.Result.Added != 1 || j.Result.Refused != 1 {
		t.Errorf("fact-checks: %+v, %+v", j, j.Result)
	}
	var list struct{ Items []api.Job }
	d.get("/api/v1/jobs?limit=1", &list)
	if len(list.Items) != 1 || list.Items[0].ID != facts.ID {
		t.Errorf("listed %+v", list)
	}
	if w := d.ask("DELETE", "/api/v1/jobs/"+facts.ID, nil); w.Code != 409 {
		t.Errorf("cancelling what has ended: %d %s", w.Code, w.Body)
	}
	// Others do not see it, unless they may see all.
	d.as = access.Principal{Name: "ada", Scopes: []access.Scope{access.Read, access.Add}}
	if w := d.ask("GET", "/api/v1/jobs/"+facts.ID, nil); w.Code != 404 {
		t.Errorf("another's job: %d", w.Code)
	}
	if w := d.ask("DELETE", "/api/v1/jobs/"+facts.ID, nil); w.Code != 404 {
		t.Errorf("cancelling another's job: %d", w.Code)
	}
	d.get("/api/v1/jobs", &list)
	if len(list.Items) != 0 {
		t.Errorf("another lists %+v", list)
	}
	d.as.Scopes = access.Scopes()
	d.get("/api/v1/jobs", &list)
	if len(list.Items) != 2 {
		t.Errorf("who may do everything lists %+v", list)
	}
}

func TestACancelledJobEnds(t *testing.T) {
	d := open(t)
	j := d.give("/api/v1/imports/articles", lines(3))
	if w := d.ask("DELETE", "/api/v1/jobs/"+j.ID, nil); w.Code != 204 {
		t.Fatalf("%d %s", w.Code, w.Body)
	}
	d.work()
	after := d.give("/api/v1/imports/articles", lines(1))
	d.until(after.ID, ended)
	if j := d.until(j.ID, ended); j.State != "cancelled" || j.Done != 0 {
		t.Errorf("it came to %+v", j)
	}
}

// A job goes on where it was when the server is stopped, and when it is killed.
func TestAJobOutlivesItsServer(t *testing.T) {
	d := open(t)
	const many = 300
	j := d.give("/api/v1/imports/articles", lines(many))
	stop := d.work()
	d.until(j.ID, func(j *api.Job) bool { return j.State == "running" })
	for s := (store.Stats{}); s.Articles == 0; { // it has begun, and is far from its end
		d.get("/api/v1/stats", &s)
	}
	stop()
	now := d.until(j.ID, func(*api.Job) bool { return true })
	if now.State != "queued" || now.Done == 0 || now.Done == many {
		t.Fatalf("stopped, it is %+v", now)
	}
	// One that was killed has taken it, and is not heard of again.
	if taken, _, err := d.store.Jobs().Take(t.Context(), "killed", 50*time.Millisecond); err != nil || taken == nil {
		t.Fatalf("taken %v, %v", taken, err)
	}
	next := serve(t, d.store)
	next.work()
	done := next.until(j.ID, ended)
	if done.State != "done" || done.Done != many || done.Result.Added+done.Result.Known != many || done.Result.Refused != 0 {
		t.Errorf("it came to %+v, %+v", done, done.Result)
	}
	var s store.Stats
	next.get("/api/v1/stats", &s)
	if s.Articles != many || s.Versions != many {
		t.Errorf("the store has %+v", s)
	}
}

func TestEvents(t *testing.T) {
	d := open(t)
	web := httptest.NewServer(d.handler)
	defer web.Close()
	j := d.give("/api/v1/imports/articles", lines(2))
	follow := func(last string) *http.Response {
		q, err := http.NewRequestWithContext(t.Context(), "GET", web.URL+"/api/v1/jobs/"+j.ID+"/events", nil)
		if err != nil {
			t.Fatal(err)
		}
		q.Header.Set("Last-Event-ID", last)
		res, err := web.Client().Do(q)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { res.Body.Close() })
		if res.StatusCode != 200 || res.Header.Get("Content-Type") != "text/event-stream" {
			t.Fatalf("%s %v", res.Status, res.Header)
		}
		return res
	}
	stop := d.work()
	var states []string
	last := ""
	for in := bufio.NewScanner(follow("").Body); in.Scan(); {
		if data, ok := strings.CutPrefix(in.Text(), "data: "); ok {
			var j api.Job
			if err := json.Unmarshal([]byte(data), &j); err != nil {
				t.Fatal(err)
			}
			states = append(states, j.State)
		}
		if id, ok := strings.CutPrefix(in.Text(), "id: "); ok {
			last = id
		}
	}
	if len(states) == 0 || states[len(states)-1] != "done" {
		t.Errorf("the events were %q", states)
	}
	for in := bufio.NewScanner(follow(last).Body); in.Scan(); {
		t.Errorf("after the last event comes %q", in.Text())
	}
	// A stream that nothing more comes of ends with the server.
	j = d.give("/api/v1/imports/articles", lines(1))
	d.until(j.ID, ended)
	stop()
	j = d.give("/api/v1/imports/articles", lines(1))
	for in := bufio.NewScanner(follow("").Body); in.Scan(); {
		if strings.Contains(in.Text(), `"state":"done"`) {
			t.Errorf("a job was done after the end: %s", in.Text())
		}
	}
}

// Whatever the limit, pages have each item once.
func TestPages(t *testing.T) {
	d := open(t)
	d.work()
	var all strings.Builder
	for i := range 12 {
		fmt.Fprintf(&all, `{"id":"n%d","published":"2031-05-%02d","text":"Shells hit a bakery in Zinder and killed %d people on Monday, the mayor of street %c said. Adan Berr%c blamed the Karsh Front for the shelling of the bakery."}`+"\n", i, 1+2*i, i+2, 'A'+i, 'a'+i/2)
	}
	d.until(d.give("/api/v1/imports/articles", all.String()).ID, ended)
	for _, path := range []string{"/articles?", "/claims?", "/search/claims?q=bakery&", "/search/articles?q=bakery&", "/speakers?", "/incidents?", "/copies?", "/claims?speaker=mayor&"} {
		type page struct {
			Items []json.RawMessage
			Next  string
		}
		var whole page
		d.get("/api/v1"+path+"limit=200", &whole)
		if whole.Next != "" || len(whole.Items) == 0 {
			t.Errorf("%s: %d on the one page, next %q", path, len(whole.Items), whole.Next)
		}
		for limit := 1; limit <= 5; limit++ {
			var got []json.RawMessage
			for cursor := ""; ; {
				var p page
				d.get(fmt.Sprintf("/api/v1%slimit=%d%s", path, limit, cursor), &p)
				got = append(got, p.Items...)
				if p.Next == "" {
					break
				}
				cursor = "&cursor=" + p.Next
				if len(p.Items) != limit {
					t.Errorf("%s, %d at a time: a page of %d", path, limit, len(p.Items))
				}
				if w := d.ask("GET", fmt.Sprintf("/api/v1%slimit=%d&cursor=%s", path, limit, p.Next[1:]), nil); w.Code != 400 {
					t.Errorf("%s with a forged cursor: %d", path, w.Code)
				}
				if w := d.ask("GET", fmt.Sprintf("/api/v1%slimit=%d&published_since=2031-05-02%s", path, limit, cursor), nil); w.Code != 400 {
					t.Errorf("%s with the cursor of another filter: %d", path, w.Code)
				}
			}
			if fmt.Sprintf("%s", got) != fmt.Sprintf("%s", whole.Items) {
				t.Errorf("%s, %d at a time: %d items, not %d, or in another order", path, limit, len(got), len(whole.Items))
			}
		}
	}
}

package server

import (
	"context"
	"net/http"
	"time"
)

// health are the routes by which whatever runs this server sees how it fares:
// /healthz answers as long as it runs, /readyz when it can work.
func health(ready func(context.Context) error) []Route {
	const patience = 2 * time.Second
	return []Route{
		{Pattern: "GET /healthz", Open: true, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			say(w, r, http.StatusOK, "ok")
		})},
		{Pattern: "GET /readyz", Open: true, Time: patience, Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			if ready != nil {
				if err := ready(r.Context()); err != nil {
					say(w, r, http.StatusServiceUnavailable, "not ready: "+err.Error())
					return
				}
			}
			say(w, r, http.StatusOK, "ok")
		})},
	}
}

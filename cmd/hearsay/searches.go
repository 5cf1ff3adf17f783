package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"time"

	"hearsay/report"
	"hearsay/store"
	"hearsay/store/listing"
)

// saving is the flag of what can be saved as a search.
type saving struct {
	Save string `placeholder:"NAME" help:"Print nothing, and save the search under NAME: hearsay watch --webhook posts what matches it."`
}

// save keeps a search. One that a store would not understand is not kept.
func (v *saving) save(ctx context.Context, std streams, d *database, s store.Search) error {
	if s.Filter.Article != "" {
		return usagef("a search in one article (--article) is not worth saving")
	}
	s.Name = v.Save
	s.Filter.Limit, s.Filter.Order = 0, store.Newest
	return d.with(ctx, true, func(in store.Store) error {
		if err := store.Try(ctx, in, s); err != nil {
			return asked(err)
		}
		if err := in.Alerts().SaveSearch(ctx, s); err != nil {
			return asked(err)
		}
		_, err := fmt.Fprintf(std.out, "saved as %s\n", s.Name)
		return err
	})
}

type searchesCommand struct {
	database
	Format string   `short:"f" enum:"text,jsonl" default:"text" help:"Print text (for people) or jsonl (an object a line). Default: ${default}."`
	Delete []string `sep:"none" placeholder:"NAME" help:"Delete the search of this name, and what is still to be posted of it; may be given several times."`
	Forget []string `sep:"none" placeholder:"URL" help:"Forget the webhook at this address, and what is still to be posted there; may be given several times."`
}

// Help is shown below the command's flags.
func (*searchesCommand) Help() string {
	return `A search is saved with --save, as in: hearsay search --save ferries 'ferry OR harbour' --country SE; of claims with search and claims, of incidents with incidents. Saving another under the same name takes its place. What matches one is posted by hearsay watch --webhook.

Of each webhook are printed how many new articles are still to be looked at, and how many deliveries are still to be posted, were taken, and were given up.

Examples:

  hearsay searches
  hearsay searches --delete ferries
  hearsay searches --forget https://example.org/hook`
}

// Run lists the searches and webhooks, or removes some.
func (c *searchesCommand) Run(ctx context.Context, std streams) error {
	return c.with(ctx, false, func(s store.Store) error {
		if len(c.Delete)+len(c.Forget) > 0 {
			return c.remove(ctx, std, s.Alerts())
		}
		searches, err := s.Alerts().Searches(ctx)
		if err != nil {
			return err
		}
		hooks, err := s.Alerts().Hooks(ctx)
		if err != nil {
			return err
		}
		if c.Format == listing.JSONL {
			return c.lines(std, searches, hooks)
		}
		if len(searches) == 0 {
			fmt.Fprintln(std.err, "hearsay: no search is saved; hearsay search --save NAME saves one")
		}
		return c.text(std, searches, hooks)
	})
}

func (c *searchesCommand) remove(ctx context.Context, std streams, a store.Alerts) error {
	failed := false
	said := func(err error, what string) error {
		if errors.Is(err, store.ErrNotFound) {
			fmt.Fprintf(std.err, "hearsay: %s\n", report.Line(what))
			failed, err = true, nil
		}
		return err
	}
	for _, name := range c.Delete {
		if err := said(a.DeleteSearch(ctx, name), "no search is saved as "+name); err != nil {
			return err
		}
	}
	hooks, err := a.Hooks(ctx)
	if err != nil {
		return err
	}
	for _, address := range c.Forget {
		id := ""
		for _, h := range hooks {
			if h.URL == address {
				id = h.ID
			}
		}
		if err := said(a.DeleteHook(ctx, id), "no webhook is known at "+address); err != nil {
			return err
		}
	}
	if failed {
		return errUnread
	}
	return nil
}

// hookLine is a webhook in JSON.
type hookLine struct {
	Webhook string    `json:"webhook"`
	Opened  time.Time `json:"opened"`
	Closed  string    `json:"closed,omitempty"`
	News    int       `json:"news"`
	Pending int       `json:"pending"`
	Posted  int       `json:"posted"`
	Lost    int       `json:"lost"`
}

func (c *searchesCommand) lines(std streams, searches []store.Search, hooks []store.Hook) error {
	out := json.NewEncoder(std.out)
	out.SetEscapeHTML(false)
	for i := range searches {
		if err := out.Encode(listing.Search(&searches[i])); err != nil {
			return err
		}
	}
	for _, h := range hooks {
		if err := out.Encode(hookLine{h.URL, h.Opened.Truncate(time.Second), h.Closed, h.News, h.Pending, h.Posted, h.Lost}); err != nil {
			return err
		}
	}
	return nil
}

func (c *searchesCommand) text(std streams, searches []store.Search, hooks []store.Hook) error {
	for i := range searches {
		s := &searches[i]
		line := s.Name + ": " + string(s.Kind)
		if s.Query != "" {
			line += " " + strconv.Quote(s.Query)
		}
		for _, f := range listing.Flags(s) {
			line += fmt.Sprintf(", %s %s", f.Name, f.Value)
		}
		if _, err := fmt.Fprintln(std.out, report.Line(line)); err != nil {
			return err
		}
	}
	for _, h := range hooks {
		line := fmt.Sprintf("%s: %d posted, %d to be posted, %d given up, %d new articles to be looked at", h.URL, h.Posted, h.Pending, h.Lost, h.News)
		if h.Closed != "" {
			line += "; turned off: " + h.Closed
		}
		if _, err := fmt.Fprintln(std.out, report.Line(line)); err != nil {
			return err
		}
	}
	return nil
}

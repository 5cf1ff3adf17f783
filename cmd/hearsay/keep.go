package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"hearsay/report"
	"hearsay/store"
)

// with opens a store, calls f, and closes it.
func (d *database) with(ctx context.Context, create bool, f func(store.Store) error) error {
	s, err := d.open(ctx, create)
	if err != nil {
		return err
	}
	err = f(s)
	return cmp.Or(err, s.Close())
}

type statsCommand struct {
	database
	JSON bool `name:"json" help:"Print a JSON object."`
}

// Run prints how much the store holds.
func (c *statsCommand) Run(ctx context.Context, std streams) error {
	return c.with(ctx, false, func(s store.Store) error {
		st, err := s.Stats(ctx)
		if err != nil {
			return err
		}
		if c.JSON {
			return json.NewEncoder(std.out).Encode(st)
		}
		w := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', tabwriter.AlignRight)
		for _, row := range []struct {
			n    int
			what string
		}{
			{st.Articles, "articles"}, {st.Versions, "versions of them"}, {st.Claims, "claims"}, {st.Attributed, "of them on somebody's word"},
			{st.Entities, "people, organisations and places, counted in each article"}, {st.Incidents, "incidents, counted in each article"},
			{st.Figures, "figures"}, {st.Dates, "dates"}, {st.Inputs, "inputs that have been read or begun"},
		} {
			fmt.Fprintf(w, "%d\t  %s\n", row.n, row.what)
		}
		fmt.Fprintf(w, "%.1f\t  MB on disk\n", float64(st.Bytes)/1e6)
		return w.Flush()
	})
}

type verifyCommand struct {
	database
}

// Help is shown below the command's flags.
func (*verifyCommand) Help() string {
	return `It checks the file's structure, that each ledger is whole and of its text, that what can be searched is what the ledgers say, and that the indexes of words agree with it. What is wrong is printed, a line each. It changes nothing.

Exit status: 0 nothing is wrong; 1 something is.`
}

// Run checks the store.
func (c *verifyCommand) Run(ctx context.Context, std streams) error {
	return c.with(ctx, false, func(s store.Store) error {
		err := s.Verify(ctx)
		if errors.Is(err, store.ErrDamaged) {
			for line := range strings.Lines(err.Error()) {
				fmt.Fprintf(std.err, "hearsay: %s\n", report.Line(line))
			}
			return errUnread
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(std.out, "The store is whole.")
		return err
	})
}

type backupCommand struct {
	database
	File  string `arg:"" help:"The file to write."`
	Force bool   `help:"Overwrite a file that is there already."`
}

// Help is shown below the command's flags.
func (*backupCommand) Help() string {
	return `The copy is of one moment, also while others add to the store. It is a store itself: --db takes it.`
}

// Run copies the store to a file.
func (c *backupCommand) Run(ctx context.Context) error {
	return c.with(ctx, false, func(s store.Store) error {
		err := s.Backup(ctx, c.File, c.Force)
		if errors.Is(err, store.ErrExists) {
			return fmt.Errorf("%w; --force overwrites it", err)
		}
		return err
	})
}

type restoreCommand struct {
	database
	File  string `arg:"" help:"A file that hearsay backup wrote."`
	Force bool   `help:"Replace what the store holds."`
}

// Help is shown below the command's flags.
func (*restoreCommand) Help() string {
	return `The file is verified first. A store that holds something already is only replaced with --force, and then by all that the file holds and nothing else.`
}

// Run puts a backup in the store's place.
func (c *restoreCommand) Run(ctx context.Context) error {
	return c.with(ctx, true, func(s store.Store) error {
		st, err := s.Stats(ctx)
		if err != nil {
			return err
		}
		if st.Versions+st.Inputs > 0 && !c.Force {
			return fmt.Errorf("the store holds %d articles already; --force replaces them", st.Articles)
		}
		return s.Restore(ctx, c.File)
	})
}

type removeCommand struct {
	database
	IDs []string `arg:"" name:"id" help:"Articles, by their ids, as search and claims print them."`
}

// Help is shown below the command's flags.
func (*removeCommand) Help() string {
	return `An article goes with all its versions and with all that was found in it. An id that is not in the store is an error; the others are removed all the same.`
}

// Run removes articles.
func (c *removeCommand) Run(ctx context.Context, std streams) error {
	return c.with(ctx, false, func(s store.Store) error {
		failed := false
		for _, id := range c.IDs {
			err := s.Remove(ctx, id)
			if errors.Is(err, store.ErrNotFound) {
				fmt.Fprintf(std.err, "hearsay: %s\n", report.Line(err.Error()))
				failed = true
			} else if err != nil {
				return err
			}
		}
		if failed {
			return errUnread
		}
		return nil
	})
}

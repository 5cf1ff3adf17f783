package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"hearsay/article"
	"hearsay/corpus/copies"
	"hearsay/corpus/copies/changes"
	"hearsay/ledger"
	"hearsay/store"
)

type diffCommand struct {
	database
	A            string `arg:"" help:"The earlier text: a file, an article of the store by its id, an http(s) address, or - for standard input."`
	B            string `arg:"" help:"The later one."`
	JSON         bool   `name:"json" help:"Print JSON instead of text."`
	Published    string `placeholder:"DATE" help:"The day of publication, such as 2024-03-27, where the texts have none."`
	Force        bool   `help:"Read texts that are not in English as if they were."`
	AllowPrivate bool   `help:"Get addresses on private networks and on this machine too."`
}

// Help is shown below the command's flags.
func (*diffCommand) Help() string {
	return `Reads two texts and says what the second has otherwise than the first: figures and who gives them first, then claims that are on another's word or on nobody's any more, words that vouch for more or less ("claimed", "confirmed"), how certain the wording is, and at last the words that were put in, left out, replaced and moved. It does not say which of the two is right.

A name that is no file is looked for among the ids of the store, as search, copies and incidents print them, and ID@1 is the first version of an article that has changed since, ID@2 the second. An address that the store does not have is fetched.

Examples:

  hearsay diff wire.txt courier.txt
  hearsay diff --db spring.db wire-17 courier-204
  hearsay diff https://example.org/news/1.html@1 https://example.org/news/1.html
  hearsay diff --json wire.txt https://example.org/news/1.html

Exit status: 0 both were read, whether they differ or not; 1 one could not be read; 2 wrong usage.

Colour is used on a terminal only. NO_COLOR=1 turns it off; CLICOLOR_FORCE=1 turns it on where the output is no terminal.`
}

// Run reads both texts and prints what differs.
func (c *diffCommand) Run(ctx context.Context, std streams) (err error) {
	if c.A == "-" && c.B == "-" {
		return usagef("standard input (-) can be read only once")
	}
	kept := keptLedgers{database: c.database}
	defer func() { err = cmp.Or(err, kept.close()) }()
	getter := &article.Getter{AllowPrivate: c.AllowPrivate, Force: c.Force, Published: c.Published}
	step := worker(getter, sheltered{})
	var ledgers [2]*ledger.Ledger
	unread := false
	for i, name := range [...]string{c.A, c.B} {
		l, err := kept.ledger(ctx, name)
		if err != nil {
			return err
		}
		if l != nil {
			ledgers[i] = l
			continue
		}
		o := step(ctx, input{name: name})
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case o.err != nil && failure(o.err).Code == article.CodeUsage:
			return usageError{failure(o.err).Message}
		case o.err != nil && failure(o.err).Code == article.CodeMissing && kept.opened != nil:
			fmt.Fprintf(std.err, "hearsay: %s: there is no such file, and no such article in the store\n", printable(name))
			unread = true
		case o.err != nil:
			fmt.Fprintf(std.err, "hearsay: %v\n", o.err)
			unread = true
		}
		ledgers[i] = o.ledger
	}
	if unread {
		return errUnread
	}
	found := changes.Between(ledgers[0], ledgers[1])
	out := bufio.NewWriter(std.out)
	if c.JSON {
		e := json.NewEncoder(out)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		err = e.Encode(found)
	} else {
		d := differ{out, options(std.out).Color}
		d.print(found)
	}
	if err := cmp.Or(err, out.Flush()); err != nil {
		return fmt.Errorf("writing the changes: %w", err)
	}
	return nil
}

// keptLedgers are the ledgers of a store that is opened when one is first wanted.
type keptLedgers struct {
	database
	opened store.Store
	none   bool // there is no store
}

// ledger is the ledger of a name that is an article of the store and no file,
// or nil where there is none.
func (k *keptLedgers) ledger(ctx context.Context, name string) (*ledger.Ledger, error) {
	if _, err := os.Stat(name); err == nil || name == "-" || k.none {
		return nil, nil
	}
	if k.opened == nil {
		s, err := k.open(ctx, false)
		if errors.Is(err, store.ErrNoStore) && k.DB == "" {
			k.none = true
			return nil, nil
		}
		if err != nil {
			return nil, err
		}
		k.opened = s
	}
	ids := []string{name}
	if u := store.NormalURL(name); u != name {
		ids = append(ids, u)
	}
	for _, id := range ids {
		_, l, err := k.opened.Article(ctx, id)
		if errors.Is(err, store.ErrNotFound) {
			if base, number, ok := cutLast(id, "@"); ok {
				if n, notNumber := strconv.Atoi(number); notNumber == nil {
					_, l, err = k.opened.Version(ctx, base, n)
				}
			}
		}
		if err == nil {
			l.Document.ID = name
			return l, nil
		}
		if !errors.Is(err, store.ErrNotFound) {
			return nil, err
		}
	}
	return nil, nil
}

func (k *keptLedgers) close() error {
	if k.opened == nil {
		return nil
	}
	return k.opened.Close()
}

// cutLast cuts s around the last sep.
func cutLast(s, sep string) (before, after string, found bool) {
	if i := strings.LastIndex(s, sep); i >= 0 {
		return s[:i], s[i+len(sep):], true
	}
	return s, "", false
}

// differ prints changes for people.
type differ struct {
	out   *bufio.Writer
	color bool
}

// What stands only in the first text is red, what only in the second green.
const (
	red   = "31"
	green = "32"
	bold  = "1"
	faint = "2"
)

func (d *differ) paint(color, s string) string {
	if !d.color || s == "" {
		return s
	}
	return "\x1b[" + color + "m" + s + "\x1b[0m"
}

func (d *differ) print(c *changes.Changes) {
	how := "They share no passage of six words."
	if c.Change != "" {
		how = fmt.Sprintf("%.0f%% of A's words and %.0f%% of B's stand in passages that both have: %s.", 100*c.OfA, 100*c.OfB, c.Change)
	}
	fmt.Fprintf(d.out, "A  %s\nB  %s\n%s\n", name(c.A), name(c.B), how)
	d.figures(c)
	d.speakers(c)
	d.cues(c)
	d.text(c)
	if len(c.Figures)+len(c.Speakers)+len(c.Cues)+len(c.Certainty)+len(c.Text) == 0 {
		fmt.Fprintln(d.out, "No words differ.")
	}
}

func name(doc changes.Document) string {
	line := cmp.Or(doc.ID, doc.URL, "standard input")
	for _, more := range [...]string{doc.Published, doc.Title} {
		if more != "" {
			line += "  " + more
		}
	}
	return printable(line)
}

// head begins a section that has n entries, if any.
func (d *differ) head(title string, n int) {
	if n > 0 {
		fmt.Fprintf(d.out, "\n%s\n", d.paint(bold, title))
	}
}

func (d *differ) figures(c *changes.Changes) {
	d.head("Figures", len(c.Figures))
	for _, f := range c.Figures {
		var said []string
		for i, n := range [...]*changes.Number{f.A, f.B} {
			if n == nil {
				continue
			}
			s := d.paint([...]string{red, green}[i], printable(n.Text))
			switch other := [...]*changes.Number{f.B, f.A}[i]; {
			case n.Speaker != "":
				s += " (" + printable(n.Speaker) + ")"
			case other != nil && other.Speaker != "":
				s += " (the article itself)"
			}
			if n.Unit != "" && (f.Kind != changes.Changed || f.A.Unit != f.B.Unit) {
				s += ", " + n.Unit
			}
			said = append(said, s)
		}
		fmt.Fprintf(d.out, "  %-8s %s\n", f.Kind, strings.Join(said, " → "))
	}
}

func (d *differ) speakers(c *changes.Changes) {
	d.head("Who says it", len(c.Speakers))
	for _, s := range c.Speakers {
		own := "the article itself"
		fmt.Fprintf(d.out, "  %-8s %s → %s\n           %s\n", s.Kind, d.paint(red, printable(cmp.Or(s.A.Speaker, own))),
			d.paint(green, printable(cmp.Or(s.B.Speaker, own))), d.paint(faint, short(s.B.Content.Text)))
	}
}

func (d *differ) cues(c *changes.Changes) {
	d.head("How it is put", len(c.Cues)+len(c.Certainty))
	for _, q := range c.Cues {
		note := map[string]string{"a": "  (vouches for less)", "b": "  (vouches for more)"}[q.Surer]
		fmt.Fprintf(d.out, "  %s → %s%s\n           %s\n", d.paint(red, printable(q.CueA)), d.paint(green, printable(q.CueB)), note,
			d.paint(faint, short(q.B.Content.Text)))
	}
	for _, q := range c.Certainty {
		fmt.Fprintf(d.out, "  %s → %s\n           %s\n", d.paint(red, certainty(q.CertaintyA)), d.paint(green, certainty(q.CertaintyB)),
			d.paint(faint, short(q.B.Content.Text)))
	}
}

func certainty(c *ledger.Certainty) string {
	if c.Polarity == ledger.Denied {
		return string(c.Level) + ", denied"
	}
	return string(c.Level)
}

func (d *differ) text(c *changes.Changes) {
	d.head("Text", len(c.Text))
	for _, e := range c.Text {
		switch e.Kind {
		case copies.Moved:
			fmt.Fprintf(d.out, "  moved    %s\n", short(e.B.Text))
			continue
		case copies.Deleted, copies.Replaced:
			fmt.Fprintf(d.out, "  - %s\n", d.paint(red, short(e.A.Text)))
		}
		if e.B != nil {
			fmt.Fprintf(d.out, "  + %s\n", d.paint(green, short(e.B.Text)))
		}
	}
}

// short is a text on one line, its middle left out where it is long.
func short(s string) string {
	const most = 300
	line := []rune(strings.Join(strings.Fields(printable(s)), " "))
	if len(line) > most {
		return string(line[:most/2]) + " … " + string(line[len(line)-most/2:])
	}
	return string(line)
}

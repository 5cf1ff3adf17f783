package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"
	"time"

	"golang.org/x/term"

	"hearsay/report"
	"hearsay/server/access"
	"hearsay/server/accounts"
	"hearsay/store"
)

type userCommand struct {
	Add      userAdd      `cmd:"" help:"Add an account."`
	List     userList     `cmd:"" help:"List the accounts."`
	Password userPassword `cmd:"" help:"Give an account another password, and log it out everywhere."`
	Scopes   userScopes   `cmd:"" help:"Change what an account may do."`
	Disable  userDisable  `cmd:"" help:"Let an account in no more, and log it out everywhere."`
	Enable   userEnable   `cmd:"" help:"Let an account in again."`
	Remove   userRemove   `cmd:"" help:"Remove an account with its tokens. The audit log keeps what it did."`
}

// named is the argument that names an account.
type named struct {
	Name string `arg:"" help:"The account: letters, digits and . _ - @ +."`
}

// byHand is an entry of the audit log on what is done at the terminal.
func byHand(what store.Action, subject string) store.AuditEntry {
	return store.AuditEntry{At: time.Now(), Who: "local", Via: "terminal", Action: what, Subject: subject}
}

// onAccount carries out f for the account of this name.
func (d *database) onAccount(ctx context.Context, name string, f func(s store.Accounts, name string) error) error {
	name, err := accounts.Name(name)
	if err != nil {
		return usageError{err.Error()}
	}
	return d.with(ctx, false, func(s store.Store) error {
		err := f(s.Accounts(), name)
		if errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("there is no account %s; hearsay user list lists them", name)
		}
		return err
	})
}

// entering is how a password is given.
type entering struct {
	PasswordStdin bool `help:"Take the password from the first line of standard input, and do not ask for it."`
}

// password asks for a password, twice at a terminal, where it is not shown.
func (e *entering) password(std streams, account string) (string, error) {
	var given string
	switch {
	case e.PasswordStdin:
		line, err := bufio.NewReader(io.LimitReader(std.in, 4096)).ReadString('\n')
		if err != nil && !errors.Is(err, io.EOF) {
			return "", fmt.Errorf("reading the password: %w", err)
		}
		given = strings.TrimRight(line, "\r\n")
	case !term.IsTerminal(int(std.in.Fd())):
		return "", usagef("standard input is no terminal to ask for a password at: give it with --password-stdin")
	default:
		var err error
		if given, err = ask(std, "Password for "+account+": "); err != nil {
			return "", err
		}
		again, err := ask(std, "Once more: ")
		if err != nil {
			return "", err
		}
		if given != again {
			return "", errors.New("the two are not the same; nothing was changed")
		}
	}
	return given, accounts.CheckPassword(account, given)
}

func ask(std streams, prompt string) (string, error) {
	fmt.Fprint(std.err, prompt)
	given, err := term.ReadPassword(int(std.in.Fd()))
	fmt.Fprintln(std.err)
	if err != nil {
		return "", fmt.Errorf("reading the password: %w", err)
	}
	return string(given), nil
}

func scopesOf(list string) ([]string, error) {
	scopes, err := access.ParseScopes(list)
	if err != nil {
		return nil, usageError{err.Error()}
	}
	var out []string
	for _, s := range scopes {
		out = append(out, string(s))
	}
	return out, nil
}

type userAdd struct {
	database
	named
	entering
	Scopes string `default:"read,add,correct" placeholder:"LIST" help:"What it may do, of read, add, correct and admin. Default: ${default}."`
}

// Help is shown below the command's flags.
func (*userAdd) Help() string {
	return `The password is asked for, or read with --password-stdin; it has 15 characters or more, of any sort. The store keeps an Argon2id hash of it. The store is made if there is none.

Examples:

  hearsay user add ada
  hearsay user add mara --scopes read
  pass show hearsay/ada | hearsay user add ada --password-stdin --scopes read,add,correct,admin`
}

// Run adds an account.
func (c *userAdd) Run(ctx context.Context, std streams) error {
	name, err := accounts.Name(c.Name)
	if err != nil {
		return usageError{err.Error()}
	}
	scopes, err := scopesOf(c.Scopes)
	if err != nil {
		return err
	}
	return c.with(ctx, true, func(s store.Store) error {
		if _, err := s.Accounts().Account(ctx, name); err == nil {
			return fmt.Errorf("there is an account %s already; hearsay user password changes its password", name)
		} else if !errors.Is(err, store.ErrNotFound) {
			return err
		}
		password, err := c.password(std, name)
		if err != nil {
			return err
		}
		e := byHand(store.AccountAdded, name+" ("+strings.Join(scopes, ",")+")")
		if err := s.Accounts().AddAccount(ctx, store.Account{Name: name, Hash: accounts.Hash(password), Scopes: scopes, Made: e.At, Changed: e.At}, e); err != nil {
			return err
		}
		_, err = fmt.Fprintf(std.out, "added %s, who may %s\n", name, strings.Join(scopes, ", "))
		return err
	})
}

type userList struct {
	database
	JSON bool `name:"json" help:"Print an object a line."`
}

// accountLine is an account in JSON.
type accountLine struct {
	Name     string     `json:"name"`
	Scopes   []string   `json:"scopes"`
	Made     time.Time  `json:"made"`
	Changed  time.Time  `json:"password_changed"`
	Disabled *time.Time `json:"disabled,omitempty"`
	Tokens   int        `json:"tokens"`
}

// Run lists the accounts.
func (c *userList) Run(ctx context.Context, std streams) error {
	return c.with(ctx, false, func(s store.Store) error {
		all, err := s.Accounts().Accounts(ctx)
		if err != nil {
			return err
		}
		tokens, err := s.Accounts().Tokens(ctx, "")
		if err != nil {
			return err
		}
		has := make(map[string]int)
		for _, t := range tokens {
			has[t.Account]++
		}
		if len(all) == 0 {
			fmt.Fprintln(std.err, "hearsay: there are no accounts; hearsay user add adds one")
		}
		out := json.NewEncoder(std.out)
		w := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
		for _, a := range all {
			if c.JSON {
				if err := out.Encode(accountLine{a.Name, a.Scopes, a.Made.Truncate(time.Second), a.Changed.Truncate(time.Second), moment(a.Disabled), has[a.Name]}); err != nil {
					return err
				}
				continue
			}
			state := ""
			if !a.Disabled.IsZero() {
				state = "disabled since " + a.Disabled.Format(time.DateOnly)
			}
			fmt.Fprintf(w, "%s\t%s\t%d tokens\tadded %s\t%s\n", a.Name, strings.Join(a.Scopes, ","), has[a.Name], a.Made.Format(time.DateOnly), state)
		}
		return w.Flush()
	})
}

// moment is a time in JSON, or none.
func moment(t time.Time) *time.Time {
	if t.IsZero() {
		return nil
	}
	t = t.Truncate(time.Second)
	return &t
}

type userPassword struct {
	database
	named
	entering
}

// Run changes a password.
func (c *userPassword) Run(ctx context.Context, std streams) error {
	return c.onAccount(ctx, c.Name, func(s store.Accounts, name string) error {
		if _, err := s.Account(ctx, name); err != nil {
			return err
		}
		password, err := c.password(std, name)
		if err != nil {
			return err
		}
		return s.SetPassword(ctx, name, accounts.Hash(password), byHand(store.PasswordChanged, name))
	})
}

type userScopes struct {
	database
	named
	Scopes string `arg:"" help:"What it may do, of read, add, correct and admin: read,add."`
}

// Run changes what an account may do.
func (c *userScopes) Run(ctx context.Context) error {
	scopes, err := scopesOf(c.Scopes)
	if err != nil {
		return err
	}
	return c.onAccount(ctx, c.Name, func(s store.Accounts, name string) error {
		return s.SetScopes(ctx, name, scopes, byHand(store.ScopesChanged, name+" ("+strings.Join(scopes, ",")+")"))
	})
}

type userDisable struct {
	database
	named
}

// Run disables an account.
func (c *userDisable) Run(ctx context.Context) error {
	return c.onAccount(ctx, c.Name, func(s store.Accounts, name string) error {
		return s.SetDisabled(ctx, name, true, byHand(store.AccountDisabled, name))
	})
}

type userEnable struct {
	database
	named
}

// Run enables an account.
func (c *userEnable) Run(ctx context.Context) error {
	return c.onAccount(ctx, c.Name, func(s store.Accounts, name string) error {
		return s.SetDisabled(ctx, name, false, byHand(store.AccountEnabled, name))
	})
}

type userRemove struct {
	database
	named
}

// Run removes an account.
func (c *userRemove) Run(ctx context.Context) error {
	return c.onAccount(ctx, c.Name, func(s store.Accounts, name string) error {
		return s.DeleteAccount(ctx, name, byHand(store.AccountRemoved, name))
	})
}

type tokenCommand struct {
	Add    tokenAdd    `cmd:"" help:"Make a token for a program, and print it this once."`
	List   tokenList   `cmd:"" help:"List the tokens."`
	Remove tokenRemove `cmd:"" help:"Remove a token."`
}

type tokenAdd struct {
	database
	Account string `arg:"" help:"The account whose token it is."`
	Token   string `arg:"" name:"name" help:"What to call it: what it is for."`
	Scopes  string `default:"read" placeholder:"LIST" help:"What it may do, no more than the account may. Default: ${default}."`
	Days    int    `default:"90" placeholder:"N" help:"For how many days it is good, 0 for ever. Default: ${default}."`
}

// Help is shown below the command's flags.
func (*tokenAdd) Help() string {
	return `A program sends it with each request: Authorization: Bearer hsy_… The store keeps a digest of it, so it cannot be printed again.

Example:

  hearsay token add ada "evening feed" --scopes read,add --days 365`
}

// Run makes a token.
func (c *tokenAdd) Run(ctx context.Context, std streams) error {
	if c.Days < 0 || c.Days > 36500 {
		return usagef("--days must be 0 to 36500, not %d", c.Days)
	}
	scopes, err := access.ParseScopes(c.Scopes)
	if err != nil {
		return usageError{err.Error()}
	}
	return c.onAccount(ctx, c.Account, func(s store.Accounts, name string) error {
		token, err := accounts.NewToken(ctx, s, name, c.Token, scopes, time.Duration(c.Days)*24*time.Hour, byHand(store.TokenAdded, ""))
		if errors.Is(err, store.ErrTaken) {
			return fmt.Errorf("%s has a token %q already; hearsay token remove removes it", name, c.Token)
		}
		if err != nil {
			return err
		}
		_, err = fmt.Fprintln(std.out, token)
		return err
	})
}

type tokenList struct {
	database
	JSON bool `name:"json" help:"Print an object a line."`
}

// tokenLine is a token in JSON.
type tokenLine struct {
	Account  string     `json:"account"`
	Name     string     `json:"name"`
	Scopes   []string   `json:"scopes"`
	Made     time.Time  `json:"made"`
	Expires  *time.Time `json:"expires,omitempty"`
	Used     *time.Time `json:"used,omitempty"`
	Restored *time.Time `json:"restored,omitempty"`
}

// Run lists the tokens.
func (c *tokenList) Run(ctx context.Context, std streams) error {
	return c.with(ctx, false, func(s store.Store) error {
		all, err := s.Accounts().Tokens(ctx, "")
		if err != nil {
			return err
		}
		out := json.NewEncoder(std.out)
		out.SetEscapeHTML(false)
		w := tabwriter.NewWriter(std.out, 0, 0, 2, ' ', 0)
		for _, t := range all {
			if c.JSON {
				if err := out.Encode(tokenLine{t.Account, t.Name, t.Scopes, t.Made.Truncate(time.Second), moment(t.Expires), moment(t.Used), moment(t.Restored)}); err != nil {
					return err
				}
				continue
			}
			line := []string{t.Account, report.Line(t.Name), strings.Join(t.Scopes, ","), "for ever", "never used", ""}
			if !t.Expires.IsZero() {
				line[3] = "until " + t.Expires.Format(time.DateOnly)
			}
			if !t.Used.IsZero() {
				line[4] = "used " + t.Used.Format(time.DateOnly)
			}
			if !t.Restored.IsZero() {
				line[5] = "came back with a backup"
			}
			fmt.Fprintln(w, strings.Join(line, "\t"))
		}
		return w.Flush()
	})
}

type tokenRemove struct {
	database
	Account string `arg:"" help:"The account whose token it is."`
	Token   string `arg:"" name:"name" help:"What it is called."`
}

// Run removes a token.
func (c *tokenRemove) Run(ctx context.Context) error {
	return c.onAccount(ctx, c.Account, func(s store.Accounts, name string) error {
		err := s.DeleteToken(ctx, name, c.Token, byHand(store.TokenRemoved, name+": "+c.Token))
		if errors.Is(err, store.ErrNotFound) {
			return fmt.Errorf("%s has no token %q; hearsay token list lists them", name, c.Token)
		}
		return err
	})
}

type auditCommand struct {
	database
	Since  string `placeholder:"DAY" help:"Only what was done from this day on (2006-01-02, UTC)."`
	Format string `short:"f" enum:"text,jsonl" default:"text" help:"Print text (for people) or jsonl (an object a line). Default: ${default}."`
}

// Help is shown below the command's flags.
func (*auditCommand) Help() string {
	return `Who logged in or failed to, what was done to accounts and tokens, and what was added, corrected, removed and exported through the server, in the order in which it was done. There are no passwords in it, no words that were searched for and none of an article. Entries are only ever added, and hearsay verify tells whether one was changed or taken out.`
}

// auditLine is an entry of the audit log in JSON.
type auditLine struct {
	Number  int64        `json:"number"`
	At      time.Time    `json:"at"`
	Who     string       `json:"who,omitempty"`
	Via     string       `json:"via,omitempty"`
	Address string       `json:"address,omitempty"`
	Action  store.Action `json:"action"`
	Subject string       `json:"subject,omitempty"`
}

// Run prints the audit log.
func (c *auditCommand) Run(ctx context.Context, std streams) error {
	f := store.AuditFilter{Limit: 1000}
	if c.Since != "" {
		day, err := time.Parse(time.DateOnly, c.Since)
		if err != nil {
			return usagef("--since takes a day such as 2026-05-04, not %q", c.Since)
		}
		f.Since = day
	}
	out := bufio.NewWriter(std.out)
	lines := json.NewEncoder(out)
	lines.SetEscapeHTML(false)
	return c.with(ctx, false, func(s store.Store) error {
		for {
			some, err := s.Accounts().Audit(ctx, f)
			if err != nil {
				return err
			}
			for _, e := range some {
				f.After = e.Number
				if c.Format == "jsonl" {
					err = lines.Encode(auditLine{e.Number, e.At, e.Who, e.Via, e.Address, e.Action, e.Subject})
				} else {
					line := []string{e.At.Format(time.DateTime), string(e.Action)}
					for _, part := range []struct{ before, value string }{{"", e.Subject}, {"by ", e.Who}, {"via ", e.Via}, {"from ", e.Address}} {
						if part.value != "" {
							line = append(line, part.before+part.value)
						}
					}
					_, err = fmt.Fprintln(out, report.Line(strings.Join(line, "  ")))
				}
				if err != nil {
					return err
				}
			}
			if len(some) < f.Limit {
				return out.Flush()
			}
		}
	})
}

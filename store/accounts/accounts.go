// Package accounts keeps accounts, sessions, tokens and the audit log in the
// tables of a store. Like package gathering it is written in SQL that every
// home's database understands, over that package's Tx.
//
// A home has these tables. Times are microseconds since 1970 UTC, scopes are
// joined by commas.
//
//	accounts         (name PRIMARY KEY, hash, scopes, made, changed, all NOT NULL, disabled)
//	account_sessions (id PRIMARY KEY, account, made, seen, ends, address, agent, all NOT NULL), an index on (account)
//	account_tokens   (id PRIMARY KEY, account, name, scopes, made, all NOT NULL, expires, used, restored), UNIQUE (account, name)
//	audit            (num PRIMARY KEY, at, who, via, address, action, subject, sum, all NOT NULL), an index on (at)
//
// Entries of the audit log are only ever added. Each has in sum a digest of what
// it says and of the sum before it, so that Verify sees when one was changed or
// taken out.
//
// A home calls Restored when a backup was put in a store's place, once, and Strip
// for what becomes a backup, or was put in the place of a store that others use.
package accounts

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"hearsay/store"
	"hearsay/store/gathering"
)

// Transaction carries out f in a transaction.
type Transaction func(ctx context.Context, f func(gathering.Tx) error) error

// Book is a store.Accounts in the tables of a store.
type Book struct{ write, read Transaction }

var _ store.Accounts = (*Book)(nil)

// New returns what is kept in the tables of a store. No two transactions of
// write may run at once, whichever process they are of.
func New(write, read Transaction) *Book { return &Book{write, read} }

// mostSessions is how many sessions an account has at a time at most.
const mostSessions = 50

func doing(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// micro is a time in a column: nil for the zero time.
func micro(t time.Time) any {
	if t.IsZero() {
		return nil
	}
	return t.UnixMicro()
}

// at is the time of a column.
func at(n *int64) time.Time {
	if n == nil {
		return time.Time{}
	}
	return time.UnixMicro(*n).UTC()
}

func scopesOf(list string) []string {
	if list == "" {
		return nil
	}
	return strings.Split(list, ",")
}

// number returns the one number that a query yields.
func number(ctx context.Context, tx gathering.Tx, text string, args ...any) (n int64, err error) {
	err = tx.Query(ctx, text, args, func(scan func(...any) error) error { return scan(&n) })
	return n, err
}

// exists makes of a count of 0 ErrNotFound.
func exists(ctx context.Context, tx gathering.Tx, count string, args ...any) error {
	n, err := number(ctx, tx, count, args...)
	if err == nil && n == 0 {
		return store.ErrNotFound
	}
	return err
}

// free makes of a count above 0 ErrTaken.
func free(ctx context.Context, tx gathering.Tx, count string, args ...any) error {
	n, err := number(ctx, tx, count, args...)
	if err == nil && n > 0 {
		return store.ErrTaken
	}
	return err
}

// statement is one with its parameters.
type statement struct {
	text string
	args []any
}

// carry carries out statements, and writes the entry of the audit log.
func carry(ctx context.Context, tx gathering.Tx, e store.AuditEntry, list ...statement) error {
	for _, s := range list {
		if err := tx.Exec(ctx, s.text, s.args...); err != nil {
			return err
		}
	}
	return record(ctx, tx, e)
}

// AddAccount keeps an account: see store.Accounts.
func (b *Book) AddAccount(ctx context.Context, a store.Account, e store.AuditEntry) error {
	return doing("adding the account "+a.Name, b.write(ctx, func(tx gathering.Tx) error {
		if err := free(ctx, tx, `SELECT count(*) FROM accounts WHERE name = ?`, a.Name); err != nil {
			return err
		}
		return carry(ctx, tx, e, statement{`INSERT INTO accounts (name, hash, scopes, made, changed, disabled) VALUES (?, ?, ?, ?, ?, ?)`,
			[]any{a.Name, a.Hash, strings.Join(a.Scopes, ","), a.Made.UnixMicro(), a.Changed.UnixMicro(), micro(a.Disabled)}})
	}))
}

const accountColumns = `a.name, a.hash, a.scopes, a.made, a.changed, a.disabled`

// account is a row of accounts being read.
type account struct {
	store.Account
	scopes        string
	made, changed int64
	disabled      *int64
}

func (a *account) columns() []any {
	return []any{&a.Name, &a.Hash, &a.scopes, &a.made, &a.changed, &a.disabled}
}

func (a *account) read() store.Account {
	a.Scopes, a.Made, a.Changed, a.Disabled = scopesOf(a.scopes), at(&a.made), at(&a.changed), at(a.disabled)
	return a.Account
}

// Account returns an account: see store.Accounts.
func (b *Book) Account(ctx context.Context, name string) (store.Account, error) {
	all, err := b.accounts(ctx, ` WHERE a.name = ?`, name)
	if err == nil && len(all) == 0 {
		err = store.ErrNotFound
	}
	if err != nil {
		return store.Account{}, doing("reading the account "+name, err)
	}
	return all[0], nil
}

// Accounts returns the accounts: see store.Accounts.
func (b *Book) Accounts(ctx context.Context) ([]store.Account, error) {
	all, err := b.accounts(ctx, ``)
	return all, doing("reading the accounts", err)
}

func (b *Book) accounts(ctx context.Context, where string, args ...any) (all []store.Account, err error) {
	err = b.read(ctx, func(tx gathering.Tx) error {
		all = nil
		return tx.Query(ctx, `SELECT `+accountColumns+` FROM accounts a`+where+` ORDER BY a.name`, args, func(scan func(...any) error) error {
			var a account
			err := scan(a.columns()...)
			all = append(all, a.read())
			return err
		})
	})
	return all, err
}

// change changes an account that is there.
func (b *Book) change(ctx context.Context, doingWhat, name string, e store.AuditEntry, list ...statement) error {
	return doing(doingWhat+" "+name, b.write(ctx, func(tx gathering.Tx) error {
		if err := exists(ctx, tx, `SELECT count(*) FROM accounts WHERE name = ?`, name); err != nil {
			return err
		}
		return carry(ctx, tx, e, list...)
	}))
}

// endSessions ends all sessions of an account.
func endSessions(name string) statement {
	return statement{`DELETE FROM account_sessions WHERE account = ?`, []any{name}}
}

// SetPassword changes a password: see store.Accounts.
func (b *Book) SetPassword(ctx context.Context, name, hash string, e store.AuditEntry) error {
	return b.change(ctx, "changing the password of", name, e,
		statement{`UPDATE accounts SET hash = ?, changed = ? WHERE name = ?`, []any{hash, e.At.UnixMicro(), name}}, endSessions(name))
}

// SetScopes changes what an account may do: see store.Accounts.
func (b *Book) SetScopes(ctx context.Context, name string, scopes []string, e store.AuditEntry) error {
	return b.change(ctx, "changing the scopes of", name, e, statement{`UPDATE accounts SET scopes = ? WHERE name = ?`, []any{strings.Join(scopes, ","), name}})
}

// SetDisabled lets an account in or does not: see store.Accounts.
func (b *Book) SetDisabled(ctx context.Context, name string, disabled bool, e store.AuditEntry) error {
	if !disabled {
		return b.change(ctx, "enabling", name, e, statement{`UPDATE accounts SET disabled = NULL WHERE name = ?`, []any{name}})
	}
	return b.change(ctx, "disabling", name, e, statement{`UPDATE accounts SET disabled = ? WHERE name = ?`, []any{e.At.UnixMicro(), name}}, endSessions(name))
}

// DeleteAccount removes an account: see store.Accounts.
func (b *Book) DeleteAccount(ctx context.Context, name string, e store.AuditEntry) error {
	return b.change(ctx, "removing the account", name, e, endSessions(name),
		statement{`DELETE FROM account_tokens WHERE account = ?`, []any{name}}, statement{`DELETE FROM accounts WHERE name = ?`, []any{name}})
}

// OpenSession keeps a session: see store.Accounts.
func (b *Book) OpenSession(ctx context.Context, s store.Session, e store.AuditEntry) error {
	return b.change(ctx, "opening a session of", s.Account, e,
		statement{`DELETE FROM account_sessions WHERE account = ? AND ends <= ?`, []any{s.Account, s.Made.UnixMicro()}},
		statement{`DELETE FROM account_sessions WHERE account = ? AND id NOT IN (SELECT id FROM account_sessions WHERE account = ? ORDER BY made DESC, id LIMIT ?)`,
			[]any{s.Account, s.Account, int64(mostSessions - 1)}},
		statement{`INSERT INTO account_sessions (id, account, made, seen, ends, address, agent) VALUES (?, ?, ?, ?, ?, ?, ?)`,
			[]any{s.ID, s.Account, s.Made.UnixMicro(), s.Seen.UnixMicro(), s.Ends.UnixMicro(), cut(s.Address), cut(s.Agent)}})
}

const sessionColumns = `s.id, s.account, s.made, s.seen, s.ends, s.address, s.agent`

// session is a row of account_sessions being read.
type session struct {
	store.Session
	made, seen, ends int64
}

func (s *session) columns() []any {
	return []any{&s.ID, &s.Account, &s.made, &s.seen, &s.ends, &s.Address, &s.Agent}
}

func (s *session) read() store.Session {
	s.Made, s.Seen, s.Ends = at(&s.made), at(&s.seen), at(&s.ends)
	return s.Session
}

// Session returns a session: see store.Accounts.
func (b *Book) Session(ctx context.Context, id string) (out store.Session, of store.Account, err error) {
	found := false
	err = b.read(ctx, func(tx gathering.Tx) error {
		return tx.Query(ctx, `SELECT `+sessionColumns+`, `+accountColumns+` FROM account_sessions s JOIN accounts a ON a.name = s.account WHERE s.id = ?`, []any{id},
			func(scan func(...any) error) error {
				var s session
				var a account
				err := scan(slices.Concat(s.columns(), a.columns())...)
				out, of, found = s.read(), a.read(), true
				return err
			})
	})
	if err == nil && !found {
		err = store.ErrNotFound
	}
	return out, of, doing("reading a session", err)
}

// Sessions returns an account's sessions: see store.Accounts.
func (b *Book) Sessions(ctx context.Context, name string) (all []store.Session, err error) {
	err = b.read(ctx, func(tx gathering.Tx) error {
		all = nil
		return tx.Query(ctx, `SELECT `+sessionColumns+` FROM account_sessions s WHERE s.account = ? ORDER BY s.made DESC, s.id`, []any{name}, func(scan func(...any) error) error {
			var s session
			err := scan(s.columns()...)
			all = append(all, s.read())
			return err
		})
	})
	return all, doing("reading the sessions of "+name, err)
}

// SeeSession keeps when a session was used: see store.Accounts.
func (b *Book) SeeSession(ctx context.Context, id string, seen time.Time) error {
	return doing("keeping when a session was used", b.write(ctx, func(tx gathering.Tx) error {
		return tx.Exec(ctx, `UPDATE account_sessions SET seen = ? WHERE id = ? AND seen < ?`, seen.UnixMicro(), id, seen.UnixMicro())
	}))
}

// CloseSession ends a session: see store.Accounts.
func (b *Book) CloseSession(ctx context.Context, name, id string, e store.AuditEntry) error {
	return doing("ending a session of "+name, b.write(ctx, func(tx gathering.Tx) error {
		if err := exists(ctx, tx, `SELECT count(*) FROM account_sessions WHERE account = ? AND id = ?`, name, id); err != nil {
			return err
		}
		return carry(ctx, tx, e, statement{`DELETE FROM account_sessions WHERE account = ? AND id = ?`, []any{name, id}})
	}))
}

// AddToken keeps a token: see store.Accounts.
func (b *Book) AddToken(ctx context.Context, t store.Token, e store.AuditEntry) error {
	return doing("adding a token of "+t.Account, b.write(ctx, func(tx gathering.Tx) error {
		if err := exists(ctx, tx, `SELECT count(*) FROM accounts WHERE name = ?`, t.Account); err != nil {
			return err
		}
		if err := free(ctx, tx, `SELECT count(*) FROM account_tokens WHERE account = ? AND name = ?`, t.Account, t.Name); err != nil {
			return err
		}
		return carry(ctx, tx, e, statement{`INSERT INTO account_tokens (id, account, name, scopes, made, expires, used, restored) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
			[]any{t.ID, t.Account, t.Name, strings.Join(t.Scopes, ","), t.Made.UnixMicro(), micro(t.Expires), micro(t.Used), micro(t.Restored)}})
	}))
}

const tokenColumns = `t.id, t.account, t.name, t.scopes, t.made, t.expires, t.used, t.restored`

// token is a row of account_tokens being read.
type token struct {
	store.Token
	scopes                  string
	made                    int64
	expires, used, restored *int64
}

func (t *token) columns() []any {
	return []any{&t.ID, &t.Account, &t.Name, &t.scopes, &t.made, &t.expires, &t.used, &t.restored}
}

func (t *token) read() store.Token {
	t.Scopes, t.Made, t.Expires, t.Used, t.Restored = scopesOf(t.scopes), at(&t.made), at(t.expires), at(t.used), at(t.restored)
	return t.Token
}

// Token returns a token: see store.Accounts.
func (b *Book) Token(ctx context.Context, id string) (out store.Token, of store.Account, err error) {
	found := false
	err = b.read(ctx, func(tx gathering.Tx) error {
		return tx.Query(ctx, `SELECT `+tokenColumns+`, `+accountColumns+` FROM account_tokens t JOIN accounts a ON a.name = t.account WHERE t.id = ?`, []any{id},
			func(scan func(...any) error) error {
				var t token
				var a account
				err := scan(slices.Concat(t.columns(), a.columns())...)
				out, of, found = t.read(), a.read(), true
				return err
			})
	})
	if err == nil && !found {
		err = store.ErrNotFound
	}
	return out, of, doing("reading a token", err)
}

// Tokens returns tokens: see store.Accounts.
func (b *Book) Tokens(ctx context.Context, name string) (all []store.Token, err error) {
	err = b.read(ctx, func(tx gathering.Tx) error {
		all = nil
		return tx.Query(ctx, `SELECT `+tokenColumns+` FROM account_tokens t WHERE t.account = ? OR ? = '' ORDER BY t.account, t.name`, []any{name, name}, func(scan func(...any) error) error {
			var t token
			err := scan(t.columns()...)
			all = append(all, t.read())
			return err
		})
	})
	return all, doing("reading the tokens", err)
}

// UseToken keeps when a token was used: see store.Accounts.
func (b *Book) UseToken(ctx context.Context, id string, used time.Time) error {
	return doing("keeping when a token was used", b.write(ctx, func(tx gathering.Tx) error {
		return tx.Exec(ctx, `UPDATE account_tokens SET used = ? WHERE id = ? AND (used IS NULL OR used < ?)`, used.UnixMicro(), id, used.UnixMicro())
	}))
}

// DeleteToken removes a token: see store.Accounts.
func (b *Book) DeleteToken(ctx context.Context, account, name string, e store.AuditEntry) error {
	return doing("removing a token of "+account, b.write(ctx, func(tx gathering.Tx) error {
		if err := exists(ctx, tx, `SELECT count(*) FROM account_tokens WHERE account = ? AND name = ?`, account, name); err != nil {
			return err
		}
		return carry(ctx, tx, e, statement{`DELETE FROM account_tokens WHERE account = ? AND name = ?`, []any{account, name}})
	}))
}

// Record adds to the audit log: see store.Accounts.
func (b *Book) Record(ctx context.Context, e store.AuditEntry) error {
	return doing("writing the audit log", b.write(ctx, func(tx gathering.Tx) error { return record(ctx, tx, e) }))
}

// longest is how many bytes of what others chose are kept in a column.
const longest = 300

// cut shortens what others chose, and makes valid UTF-8 of it.
func cut(s string) string {
	s = strings.ToValidUTF8(s, string(utf8.RuneError))
	if len(s) <= longest {
		return s
	}
	return strings.ToValidUTF8(s[:longest], "") + "…"
}

// record adds an entry to the audit log.
func record(ctx context.Context, tx gathering.Tx, e store.AuditEntry) error {
	var before string
	e.Number = 1
	err := tx.Query(ctx, `SELECT num, sum FROM audit ORDER BY num DESC LIMIT 1`, nil, func(scan func(...any) error) error {
		err := scan(&e.Number, &before)
		e.Number++
		return err
	})
	if err != nil {
		return err
	}
	e.Who, e.Via, e.Address, e.Subject = cut(e.Who), cut(e.Via), cut(e.Address), cut(e.Subject)
	return tx.Exec(ctx, `INSERT INTO audit (num, at, who, via, address, action, subject, sum) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`,
		e.Number, e.At.UnixMicro(), e.Who, e.Via, e.Address, string(e.Action), e.Subject, sum(before, &e))
}

// sum is the digest of an entry and of the sum before it.
func sum(before string, e *store.AuditEntry) string {
	h := sha256.New()
	for _, part := range [...]string{before, strconv.FormatInt(e.Number, 10), strconv.FormatInt(e.At.UnixMicro(), 10), e.Who, e.Via, e.Address, string(e.Action), e.Subject} {
		io.WriteString(h, strconv.Itoa(len(part)))
		io.WriteString(h, ":")
		io.WriteString(h, part)
	}
	return hex.EncodeToString(h.Sum(nil))
}

// Audit returns entries of the audit log: see store.Accounts.
func (b *Book) Audit(ctx context.Context, f store.AuditFilter) (all []store.AuditEntry, err error) {
	var where []string
	var args []any
	add := func(condition string, value any) {
		where, args = append(where, condition), append(args, value)
	}
	if !f.Since.IsZero() {
		add(`at >= ?`, f.Since.UnixMicro())
	}
	if !f.Until.IsZero() {
		add(`at < ?`, f.Until.UnixMicro())
	}
	if f.Who != "" {
		add(`who = ?`, f.Who)
	}
	if f.Action != "" {
		add(`action = ?`, string(f.Action))
	}
	if f.After != 0 {
		add(`num > ?`, f.After)
	}
	if f.Before != 0 {
		add(`num < ?`, f.Before)
	}
	text := `SELECT num, at, who, via, address, action, subject FROM audit`
	if len(where) > 0 {
		text += ` WHERE ` + strings.Join(where, ` AND `)
	}
	text += ` ORDER BY num`
	if f.LastFirst {
		text += ` DESC`
	}
	if f.Limit > 0 {
		text += ` LIMIT ?`
		args = append(args, int64(f.Limit))
	}
	err = b.read(ctx, func(tx gathering.Tx) error {
		all = nil
		return tx.Query(ctx, text, args, func(scan func(...any) error) error {
			e, _, err := entry(scan, false)
			all = append(all, e)
			return err
		})
	})
	return all, doing("reading the audit log", err)
}

// entry reads a row of audit, with its sum where that is asked for.
func entry(scan func(...any) error, summed bool) (e store.AuditEntry, sum string, err error) {
	var when int64
	var action string
	columns := []any{&e.Number, &when, &e.Who, &e.Via, &e.Address, &action, &e.Subject}
	if summed {
		columns = append(columns, &sum)
	}
	err = scan(columns...)
	e.At, e.Action = at(&when), store.Action(action)
	return e, sum, err
}

// Strip takes out of a copy of a store what does not belong in a backup.
func Strip(ctx context.Context, tx gathering.Tx) error {
	return tx.Exec(ctx, `DELETE FROM account_sessions`)
}

// Restored ends all sessions, marks the tokens, since among them may be some
// that had been removed since the backup, and says in the audit log that it begins here anew.
func Restored(ctx context.Context, tx gathering.Tx, now time.Time) error {
	if err := tx.Exec(ctx, `DELETE FROM account_sessions`); err != nil {
		return err
	}
	accounts, err := number(ctx, tx, `SELECT count(*) FROM accounts`)
	if err != nil {
		return err
	}
	entries, err := number(ctx, tx, `SELECT count(*) FROM audit`)
	if err != nil || accounts+entries == 0 { // a store for one person
		return err
	}
	return carry(ctx, tx, store.AuditEntry{At: now, Via: "terminal", Action: store.StoreRestored},
		statement{`UPDATE account_tokens SET restored = ?`, []any{now.UnixMicro()}})
}

// Verify checks that what is kept holds together, and tells found what is wrong.
func Verify(ctx context.Context, tx gathering.Tx, found func(format string, args ...any)) error {
	for _, q := range [...]struct{ finding, text string }{
		{"a session of the account %s, which there is not", `SELECT DISTINCT account FROM account_sessions WHERE account NOT IN (SELECT name FROM accounts) ORDER BY account LIMIT 10`},
		{"a token of the account %s, which there is not", `SELECT DISTINCT account FROM account_tokens WHERE account NOT IN (SELECT name FROM accounts) ORDER BY account LIMIT 10`},
		{"the password of the account %s is kept in no form that is known", `SELECT name FROM accounts WHERE hash NOT LIKE '$argon2id$%' ORDER BY name LIMIT 10`},
	} {
		if err := tx.Query(ctx, q.text, nil, func(scan func(...any) error) error {
			var name string
			err := scan(&name)
			found(q.finding, name)
			return err
		}); err != nil {
			return err
		}
	}
	before, last, broken := "", int64(0), false
	return tx.Query(ctx, `SELECT num, at, who, via, address, action, subject, sum FROM audit ORDER BY num`, nil, func(scan func(...any) error) error {
		e, kept, err := entry(scan, true)
		if err != nil || broken {
			return err
		}
		if e.Number != last+1 || sum(before, &e) != kept {
			found("the audit log was changed by another hand: entry %d is not what was written after entry %d", e.Number, last)
			broken = true // and all that comes after would be found too
		}
		before, last = kept, e.Number
		return nil
	})
}

package store

import (
	"context"
	"time"
)

// Accounts is what a store knows of those who may use it through a server, and
// of what they did. It keeps no password and no secret that lets anyone in: of
// passwords the hash that the caller makes, of what a session or a token is
// known by a digest, which is its ID here.
//
// What changes something takes the entry of the audit log that tells of it,
// and writes both or neither. Names are those of accounts, in the form that the
// caller has settled on.
type Accounts interface {
	// AddAccount keeps a new account. A name that is taken is ErrTaken.
	AddAccount(ctx context.Context, a Account, e AuditEntry) error
	// Account returns an account. A name that is not in the store is
	// ErrNotFound, here and in what follows.
	Account(ctx context.Context, name string) (Account, error)
	// Accounts returns the accounts by name.
	Accounts(ctx context.Context) ([]Account, error)
	// SetPassword puts another hash in the place of an account's, and ends its sessions.
	SetPassword(ctx context.Context, name, hash string, e AuditEntry) error
	// SetScopes changes what an account may do, from the next request on.
	SetScopes(ctx context.Context, name string, scopes []string, e AuditEntry) error
	// SetDisabled lets an account in no more, and ends its sessions, or lets it in again.
	SetDisabled(ctx context.Context, name string, disabled bool, e AuditEntry) error
	// DeleteAccount removes an account with its sessions and tokens. What the
	// audit log says of it stays.
	DeleteAccount(ctx context.Context, name string, e AuditEntry) error

	// OpenSession keeps a session, ends those of the account that are over
	// when it is opened, and the oldest of those that are too many.
	OpenSession(ctx context.Context, s Session, e AuditEntry) error
	// Session returns a session and its account, whether or not it is over.
	Session(ctx context.Context, id string) (Session, Account, error)
	// Sessions returns an account's sessions, the one opened last first.
	Sessions(ctx context.Context, account string) ([]Session, error)
	// SeeSession keeps when a session was last used.
	SeeSession(ctx context.Context, id string, seen time.Time) error
	// CloseSession ends a session of an account.
	CloseSession(ctx context.Context, account, id string, e AuditEntry) error

	// AddToken keeps a token. A name that another token of the account has is ErrTaken.
	AddToken(ctx context.Context, t Token, e AuditEntry) error
	// Token returns a token and its account, whether or not it has expired.
	Token(ctx context.Context, id string) (Token, Account, error)
	// Tokens returns an account's tokens by name, or where account is empty those of all, by account and name.
	Tokens(ctx context.Context, account string) ([]Token, error)
	// UseToken keeps when a token was last used.
	UseToken(ctx context.Context, id string, used time.Time) error
	// DeleteToken removes a token of an account by its name.
	DeleteToken(ctx context.Context, account, name string, e AuditEntry) error

	// Record adds to the audit log what changes nothing that is kept here.
	Record(ctx context.Context, e AuditEntry) error
	// Audit returns entries of the audit log that f selects.
	Audit(ctx context.Context, f AuditFilter) ([]AuditEntry, error)
}

// Account is one that may use a store through a server: a person's, or a program's.
type Account struct {
	Name     string
	Hash     string   // of the password, in the PHC string format
	Scopes   []string // what it may do
	Made     time.Time
	Changed  time.Time // when the password was last changed
	Disabled time.Time // since when it is not let in; zero for one that is
}

// Session is somebody who logged in.
type Session struct {
	ID      string // digest of what the browser keeps
	Account string
	Made    time.Time
	Seen    time.Time // when it was last used, roughly
	Ends    time.Time // at the latest
	Address string    // where it was opened from
	Agent   string    // what the browser says it is
}

// Token is what a program is let in by in the place of a password.
type Token struct {
	ID       string // digest of the token
	Account  string
	Name     string   // which the person gave it
	Scopes   []string // what it may do, as far as the account may
	Made     time.Time
	Expires  time.Time // zero for never
	Used     time.Time // when it was last used, roughly; zero for never
	Restored time.Time // when it came back with a backup; zero for never
}

// Action is what an entry of the audit log tells of.
type Action string

// What is told of.
const (
	LoggedIn        Action = "login"
	LoginFailed     Action = "login-failed"
	LoggedOut       Action = "logout"
	SessionEnded    Action = "session-end"
	AccountAdded    Action = "user-add"
	PasswordChanged Action = "user-password"
	ScopesChanged   Action = "user-scopes"
	AccountDisabled Action = "user-disable"
	AccountEnabled  Action = "user-enable"
	AccountRemoved  Action = "user-remove"
	TokenAdded      Action = "token-add"
	TokenRemoved    Action = "token-remove"
	StoreRestored   Action = "restore"

	// Of what the store holds. Subject says of what.
	DidAdd     Action = "add"
	DidCorrect Action = "correct"
	DidRemove  Action = "remove"
	DidExport  Action = "export"
)

// AuditEntry says who did what. It holds no password, no secret, no words that
// were searched for and none of an article.
type AuditEntry struct {
	Number  int64 // in the order in which they were written, from 1; set by the store
	At      time.Time
	Who     string // name of the account; empty where nobody is known
	Via     string // "session", "token NAME" or "terminal"
	Address string // of the network, where it came from
	Action  Action
	Subject string // what it was done to: an account, a token, an article's id
}

// AuditFilter selects entries of the audit log. A zero field leaves everything in.
type AuditFilter struct {
	Since, Until time.Time // Until is not included
	Who          string
	Action       Action
	After        int64 // only those with greater numbers
	Before       int64 // only those with lesser numbers
	LastFirst    bool  // the one written last first
	Limit        int   // 0 for no limit
}

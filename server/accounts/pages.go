package accounts

import (
	"bytes"
	"context"
	"embed"
	"errors"
	"html/template"
	"math"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"hearsay/server"
	"hearsay/server/access"
	"hearsay/store"
)

//go:embed page
var files embed.FS

var pages = template.Must(template.New("").Funcs(template.FuncMap{
	"day": func(t time.Time) string {
		if t.IsZero() {
			return "never"
		}
		return t.UTC().Format("2006-01-02 15:04 UTC")
	},
	"join": func(list []string) string { return strings.Join(list, ", ") },
}).ParseFS(files, "page/*.html"))

// show writes a page.
func (a *Accounts) show(w http.ResponseWriter, r *http.Request, status int, title, name string, data any) {
	var out bytes.Buffer
	if err := pages.ExecuteTemplate(&out, name, data); err != nil {
		a.fault(w, r, err)
		return
	}
	a.Page(w, r, status, title, template.HTML(out.String()))
}

func (a *Accounts) fault(w http.ResponseWriter, r *http.Request, err error) {
	a.Log.ErrorContext(r.Context(), "accounts", "path", r.URL.Path, "error", err)
	http.Error(w, "That did not work: a fault of this program or of its store. Its log says more.", http.StatusInternalServerError)
}

// Routes serve the pages.
func (a *Accounts) Routes() []server.Route {
	own := func(h func(http.ResponseWriter, *http.Request, store.Session, store.Account)) http.Handler {
		return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			s, of, err := a.session(r)
			switch {
			case errors.Is(err, access.ErrNobody): // a token does not look after tokens
				a.Refused(w, r, http.StatusUnauthorized, "This is for a person who has logged in.")
			case err != nil:
				a.fault(w, r, err)
			default:
				h(w, r, s, of)
			}
		})
	}
	const most = 8 << 10 // bytes of a form
	return []server.Route{
		{Pattern: "GET /login", Open: true, Handler: http.HandlerFunc(a.askLogin)},
		{Pattern: "POST /login", Open: true, MaxBody: most, Handler: http.HandlerFunc(a.login)},
		{Pattern: "POST /logout", Open: true, MaxBody: most, Handler: http.HandlerFunc(a.logout)},
		{Pattern: "GET /account", Handler: own(a.account)},
		{Pattern: "POST /account/password", MaxBody: most, Handler: own(a.password)},
		{Pattern: "POST /account/tokens", MaxBody: most, Handler: own(a.addToken)},
		{Pattern: "POST /account/tokens/remove", MaxBody: most, Handler: own(a.removeToken)},
		{Pattern: "POST /account/sessions/end", MaxBody: most, Handler: own(a.endSession)},
	}
}

// Refused answers one with a browser who is refused: who is not known is asked
// to log in. It fits server.Options.Refused.
func (a *Accounts) Refused(w http.ResponseWriter, r *http.Request, status int, why string) bool {
	if status == http.StatusUnauthorized && r.Method == http.MethodGet {
		to := "/login"
		if r.URL.Path != "/" {
			to += "?" + url.Values{"next": {r.URL.RequestURI()}}.Encode()
		}
		http.Redirect(w, r, to, http.StatusSeeOther)
		return true
	}
	a.show(w, r, status, http.StatusText(status), "refused", struct {
		Title, Why string
		Login      bool
	}{http.StatusText(status), why, status == http.StatusUnauthorized})
	return true
}

// login is what stands on the page to log in on.
type login struct{ Problem, Name, Next string }

func (a *Accounts) askLogin(w http.ResponseWriter, r *http.Request) {
	next := within(r.URL.Query().Get("next"))
	if _, _, err := a.session(r); err == nil {
		http.Redirect(w, r, next, http.StatusSeeOther)
		return
	}
	a.show(w, r, http.StatusOK, "Log in", "login", login{Next: next})
}

// within is an address of this server, whatever else may have been given.
func within(next string) string {
	u, err := url.Parse(next)
	if err != nil || u.Scheme != "" || u.Host != "" || u.User != nil || !strings.HasPrefix(u.Path, "/") || strings.HasPrefix(next, "//") || strings.ContainsAny(next, "\\\r\n\t") {
		return "/"
	}
	return next
}

func (a *Accounts) login(w http.ResponseWriter, r *http.Request) {
	if r.Header.Get("Origin") == "" && r.Header.Get("Sec-Fetch-Site") == "" {
		http.Error(w, "It does not say which page it was sent by, and is refused. A program sends a token.", http.StatusForbidden)
		return
	}
	name, password, next := r.PostFormValue("name"), r.PostFormValue("password"), within(r.PostFormValue("next"))
	name, _ = Name(name) // a name that can be none is one that there is not
	key := name + " " + server.Network(addressOf(r))
	wait := a.addresses.Take(server.Network(addressOf(r)), a.now())
	if wait == 0 {
		wait = a.tries.begin(key, a.now())
	}
	if wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
		a.show(w, r, http.StatusTooManyRequests, "Log in", "login", login{"That was tried too often from here. Wait " + wait.Round(time.Second).String() + ", and try again.", name, next})
		return
	}
	of, right, err := a.check(r.Context(), name, password)
	if err != nil {
		a.fault(w, r, err)
		return
	}
	if !right {
		e := a.entry(r, "", store.LoginFailed)
		e.Via, e.Subject = "", of.Name // of an account that there is: what else was typed may be a password
		if err := a.Store.Record(r.Context(), e); err != nil {
			a.fault(w, r, err)
			return
		}
		a.show(w, r, http.StatusUnauthorized, "Log in", "login", login{"That name and that password do not go together, or the account is not let in.", name, next})
		return
	}
	a.tries.succeed(key)
	if old, _, err := a.session(r); err == nil { // nobody's old one goes on as the new
		if err := a.Store.CloseSession(r.Context(), old.Account, old.ID, a.entry(r, old.Account, store.LoggedOut)); err != nil && !errors.Is(err, store.ErrNotFound) {
			a.fault(w, r, err)
			return
		}
	}
	a.begin(w, r, of.Name, next)
}

// check finds an account by name and password. It takes as long for a name that there is not.
func (a *Accounts) check(ctx context.Context, name, password string) (of store.Account, right bool, err error) {
	of, err = a.Store.Account(ctx, name)
	kept := of.Hash
	if errors.Is(err, store.ErrNotFound) {
		kept, err = a.nobody, nil
	}
	if err != nil {
		return of, false, err
	}
	right, err = a.matches(ctx, kept, password)
	return of, right && of.Name != "" && of.Disabled.IsZero(), err
}

// begin opens a session and leads on.
func (a *Accounts) begin(w http.ResponseWriter, r *http.Request, name, next string) {
	text, id := secret("")
	now := a.now()
	s := store.Session{ID: id, Account: name, Made: now, Seen: now, Ends: now.Add(longest), Address: addressOf(r), Agent: r.UserAgent()}
	if err := a.Store.OpenSession(r.Context(), s, a.entry(r, name, store.LoggedIn)); err != nil {
		a.fault(w, r, err)
		return
	}
	a.set(w, text, int(longest.Seconds()))
	http.Redirect(w, r, next, http.StatusSeeOther)
}

// set gives the browser a cookie, or with an age below 0 takes it away.
func (a *Accounts) set(w http.ResponseWriter, value string, age int) {
	http.SetCookie(w, &http.Cookie{Name: a.cookie(), Value: value, Path: "/", MaxAge: age, HttpOnly: true, Secure: a.Secure, SameSite: http.SameSiteLaxMode})
}

func (a *Accounts) logout(w http.ResponseWriter, r *http.Request) {
	if s, of, err := a.session(r); err == nil {
		if err := a.Store.CloseSession(r.Context(), of.Name, s.ID, a.entry(r, of.Name, store.LoggedOut)); err != nil && !errors.Is(err, store.ErrNotFound) {
			a.fault(w, r, err)
			return
		}
	}
	a.set(w, "", -1)
	w.Header().Set("Clear-Site-Data", `"cache"`)
	http.Redirect(w, r, "/login", http.StatusSeeOther)
}

// mine is what stands on the page of one's own account.
type mine struct {
	Account  store.Account
	Here     string // this session
	Sessions []store.Session
	Tokens   []store.Token
	Scopes   []string
	Problem  string
	Token    string // that was just made
}

func (a *Accounts) account(w http.ResponseWriter, r *http.Request, s store.Session, of store.Account) {
	a.mine(w, r, http.StatusOK, s, of, "", "")
}

func (a *Accounts) mine(w http.ResponseWriter, r *http.Request, status int, s store.Session, of store.Account, problem, token string) {
	sessions, err := a.Store.Sessions(r.Context(), of.Name)
	if err != nil {
		a.fault(w, r, err)
		return
	}
	tokens, err := a.Store.Tokens(r.Context(), of.Name)
	if err != nil {
		a.fault(w, r, err)
		return
	}
	a.show(w, r, status, "Your account", "account", mine{Account: of, Here: s.ID, Sessions: sessions, Tokens: tokens, Scopes: of.Scopes, Problem: problem, Token: token})
}

// sure asks for the password once more, before what outlives the session is changed.
func (a *Accounts) sure(w http.ResponseWriter, r *http.Request, s store.Session, of store.Account) bool {
	key := of.Name + " session " + s.ID
	if wait := a.tries.begin(key, a.now()); wait > 0 {
		w.Header().Set("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
		a.mine(w, r, http.StatusTooManyRequests, s, of, "The password was wrong too often. Wait "+wait.Round(time.Second).String()+".", "")
		return false
	}
	right, err := a.matches(r.Context(), of.Hash, r.PostFormValue("password"))
	if err != nil {
		a.fault(w, r, err)
		return false
	}
	if !right {
		a.mine(w, r, http.StatusForbidden, s, of, "That is not your password.", "")
		return false
	}
	a.tries.succeed(key)
	return true
}

func (a *Accounts) password(w http.ResponseWriter, r *http.Request, s store.Session, of store.Account) {
	if !a.sure(w, r, s, of) {
		return
	}
	next := r.PostFormValue("new")
	if err := CheckPassword(of.Name, next); err != nil {
		a.mine(w, r, http.StatusUnprocessableEntity, s, of, err.Error(), "")
		return
	}
	e := a.entry(r, of.Name, store.PasswordChanged)
	e.Subject = of.Name
	if err := a.Store.SetPassword(r.Context(), of.Name, Hash(next), e); err != nil {
		a.fault(w, r, err)
		return
	}
	a.begin(w, r, of.Name, "/account")
}

func (a *Accounts) addToken(w http.ResponseWriter, r *http.Request, s store.Session, of store.Account) {
	if !a.sure(w, r, s, of) {
		return
	}
	var scopes []access.Scope
	for _, name := range r.PostForm["scope"] {
		scopes = append(scopes, access.Scope(name))
	}
	days, err := strconv.Atoi(r.PostFormValue("days"))
	if err != nil || days < 1 || days > 3650 {
		a.mine(w, r, http.StatusUnprocessableEntity, s, of, "A token is good for 1 to 3650 days.", "")
		return
	}
	token, err := NewToken(r.Context(), a.Store, of.Name, r.PostFormValue("name"), scopes, time.Duration(days)*24*time.Hour, a.entry(r, of.Name, store.TokenAdded))
	switch {
	case errors.Is(err, store.ErrTaken):
		a.mine(w, r, http.StatusConflict, s, of, "You have a token of that name.", "")
	case err != nil:
		a.mine(w, r, http.StatusUnprocessableEntity, s, of, err.Error(), "")
	default:
		a.mine(w, r, http.StatusOK, s, of, "", token)
	}
}

func (a *Accounts) removeToken(w http.ResponseWriter, r *http.Request, _ store.Session, of store.Account) {
	e := a.entry(r, of.Name, store.TokenRemoved)
	name := r.PostFormValue("name")
	e.Subject = of.Name + ": " + name
	if err := a.Store.DeleteToken(r.Context(), of.Name, name, e); err != nil && !errors.Is(err, store.ErrNotFound) {
		a.fault(w, r, err)
		return
	}
	http.Redirect(w, r, "/account", http.StatusSeeOther)
}

func (a *Accounts) endSession(w http.ResponseWriter, r *http.Request, _ store.Session, of store.Account) {
	if err := a.Store.CloseSession(r.Context(), of.Name, r.PostFormValue("id"), a.entry(r, of.Name, store.SessionEnded)); err != nil && !errors.Is(err, store.ErrNotFound) {
		a.fault(w, r, err)
		return
	}
	http.Redirect(w, r, "/account", http.StatusSeeOther)
}

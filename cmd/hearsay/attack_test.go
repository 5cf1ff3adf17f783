package main

import (
	"bufio"
	"bytes"
	"compress/gzip"
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"io"
	"math/big"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"hearsay/server/access"
	"hearsay/server/accounts"
	"hearsay/store"
	"hearsay/store/sqlite"
)

// selfSigned writes a certificate for desk.example and its key to two files.
func selfSigned(t *testing.T, folder string) (certFile, keyFile string, pool *x509.CertPool) {
	t.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "desk.example"}, DNSNames: []string{"desk.example"}, IsCA: true,
		BasicConstraintsValid: true, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour)}
	der, err := x509.CreateCertificate(rand.Reader, template, template, &key.PublicKey, key)
	if err != nil {
		t.Fatal(err)
	}
	private, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	certFile, keyFile, pool = filepath.Join(folder, "desk.pem"), filepath.Join(folder, "desk.key"), x509.NewCertPool()
	for file, block := range map[string]*pem.Block{certFile: {Type: "CERTIFICATE", Bytes: der}, keyFile: {Type: "PRIVATE KEY", Bytes: private}} {
		if err := os.WriteFile(file, pem.EncodeToMemory(block), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	pool.AppendCertsFromPEM(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der}))
	return certFile, keyFile, pool
}

// endless yields so many bytes, and counts those that were asked for.
type endless struct {
	left int64
	read atomic.Int64
}

func (e *endless) Read(b []byte) (int, error) {
	if e.left <= 0 {
		return 0, io.EOF
	}
	n := min(int64(len(b)), e.left)
	for i := range b[:n] {
		b[i] = 'a'
	}
	e.left -= n
	e.read.Add(n)
	return int(n), nil
}

// upload is a form with a file of the desk's first page.
func upload(t *testing.T, name string, content []byte) (kind string, body io.Reader) {
	t.Helper()
	var out bytes.Buffer
	w := multipart.NewWriter(&out)
	part, err := w.CreateFormFile("file", name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatal(err)
	}
	return w.FormDataContentType(), &out
}

// TestAttacks starts the program with accounts and TLS, as for a newsroom, and
// attacks it. Each attack has the answer that it gets.
func TestAttacks(t *testing.T) {
	folder := t.TempDir()
	db := filepath.Join(folder, "desk.db")
	s, err := sqlite.Open(t.Context(), db, sqlite.Options{})
	if err != nil {
		t.Fatal(err)
	}
	const password = "otter-lamp-quarry-mile"
	by := store.AuditEntry{At: time.Now(), Who: "local", Via: "terminal", Action: store.AccountAdded}
	if err := s.Accounts().AddAccount(t.Context(), store.Account{Name: "ada", Hash: accounts.Hash(password), Scopes: []string{"read", "add"}, Made: by.At, Changed: by.At}, by); err != nil {
		t.Fatal(err)
	}
	token, err := accounts.NewToken(t.Context(), s.Accounts(), "ada", "feed", []access.Scope{access.Read}, time.Hour, by)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	certFile, keyFile, pool := selfSigned(t, folder)

	out, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan int, 1)
	go func() {
		ended <- run(ctx, []string{"serve", "--listen", "127.0.0.1:0", "--db", db, "--tls-cert", certFile, "--tls-key", keyFile, "--quiet"}, streams{os.Stdin, os.Stdout, in, func() {}})
		in.Close()
	}()
	log := bufio.NewReader(out)
	line, err := log.ReadString('\n')
	if err != nil || !strings.Contains(line, "https://") {
		t.Fatalf("%q, %v", line, err)
	}
	go io.Copy(io.Discard, log)
	defer func() {
		stop()
		if status := <-ended; status != exitRead {
			t.Errorf("status %d", status)
		}
		out.Close()
	}()
	address := strings.Fields(line[strings.Index(line, "https://")+len("https://"):])[0]
	client := &http.Client{
		Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}, DialContext: func(ctx context.Context, _, _ string) (net.Conn, error) {
			var d net.Dialer
			return d.DialContext(ctx, "tcp", address)
		}},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	defer client.CloseIdleConnections()
	const desk = "https://desk.example"
	ask := func(method, path, kind string, body io.Reader, header map[string]string) (status int, answer string, h http.Header, err error) {
		r, err := http.NewRequestWithContext(t.Context(), method, desk+path, body)
		if err != nil {
			return 0, "", nil, err
		}
		r.Header.Set("Content-Type", kind)
		r.Header.Set("Accept", "text/html")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		for name, value := range header {
			switch {
			case name == "Host":
				r.Host = value
			case value == "":
				r.Header.Del(name)
			default:
				r.Header.Set(name, value)
			}
		}
		res, err := client.Do(r)
		if err != nil {
			return 0, "", nil, err
		}
		defer res.Body.Close()
		text, err := io.ReadAll(io.LimitReader(res.Body, 1<<20))
		return res.StatusCode, string(text), res.Header, err
	}

	status, _, header, err := ask("POST", "/login", "application/x-www-form-urlencoded", strings.NewReader(url.Values{"name": {"ada"}, "password": {password}}.Encode()), nil)
	if err != nil || status != http.StatusSeeOther {
		t.Fatalf("logging in: %d, %v", status, err)
	}
	cookie, _, _ := strings.Cut(header.Get("Set-Cookie"), ";")
	if given := header.Get("Set-Cookie"); !strings.HasPrefix(given, "__Host-hearsay=") || !strings.Contains(given, "HttpOnly") || !strings.Contains(given, "Secure") || !strings.Contains(given, "SameSite=Lax") {
		t.Errorf("the cookie is %q", given)
	}
	if header.Get("Strict-Transport-Security") == "" {
		t.Error("a browser may come back without TLS")
	}

	var asked atomic.Int64
	private := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked.Add(1) }))
	defer private.Close()
	var bomb bytes.Buffer
	packed := gzip.NewWriter(&bomb)
	if _, err := io.CopyN(packed, &endless{left: 64 << 20}, 64<<20); err != nil || packed.Close() != nil {
		t.Fatal(err)
	}
	const urlencoded = "application/x-www-form-urlencoded"
	hostile := `<script>alert("hearsay")</script>`
	type attack struct {
		name, method, path, kind string
		body                     io.Reader
		header                   map[string]string
		want                     []int // any of these
		without                  string
	}
	with := func(more ...string) map[string]string {
		h := map[string]string{"Cookie": cookie}
		for i := 0; i < len(more); i += 2 {
			h[more[i]] = more[i+1]
		}
		return h
	}
	read := func(name, file string, content []byte, without string, want ...int) attack {
		kind, body := upload(t, file, content)
		return attack{name, "POST", "/read", kind, body, with(), want, without}
	}
	text := func(name, text, without string, want ...int) attack {
		var out bytes.Buffer
		w := multipart.NewWriter(&out)
		w.WriteField("text", text)
		w.WriteField("force", "1")
		w.Close()
		return attack{name, "POST", "/read", w.FormDataContentType(), &out, with(), want, without}
	}
	program := map[string]string{"Authorization": "Bearer " + token, "Sec-Fetch-Site": "", "Accept": "application/json"}
	for _, a := range []attack{
		{"nobody", "GET", "/articles", "", nil, nil, []int{303}, ""},
		{"a forged cookie", "GET", "/articles", "", nil, map[string]string{"Cookie": cookie[:len(cookie)-6] + "aaaaaa"}, []int{303}, ""},
		{"two cookies", "GET", "/articles", "", nil, map[string]string{"Cookie": cookie + "; " + cookie}, []int{303}, ""},
		{"SQL in a cookie", "GET", "/articles", "", nil, map[string]string{"Cookie": "__Host-hearsay=x' OR '1'='1"}, []int{303}, ""},
		{"a forged token", "GET", "/api/v1/stats", "", nil, map[string]string{"Authorization": "Bearer " + token[:50] + "aaaaaa"}, []int{401}, ""},
		{"a token that may read, adding", "POST", "/api/v1/articles", "application/json", strings.NewReader(`{"text":"A mill burns."}`), program, []int{403}, ""},
		{"another's post", "POST", "/logout", urlencoded, nil, with("Sec-Fetch-Site", "cross-site"), []int{403}, ""},
		{"another's post in an old browser", "POST", "/logout", urlencoded, nil, with("Sec-Fetch-Site", "", "Origin", "https://evil.example"), []int{403}, ""},
		{"a post of no page", "POST", "/logout", urlencoded, nil, with("Sec-Fetch-Site", ""), []int{403}, ""},
		{"another's login", "POST", "/login", urlencoded, strings.NewReader("name=ada&password=" + password), map[string]string{"Sec-Fetch-Site": "cross-site"}, []int{403}, ""},
		{"a name made to lead here", "GET", "/", "", nil, with("Host", "evil.example"), []int{421}, ""},
		{"a path to files", "GET", "/assets/../../../../etc/passwd", "", nil, with(), []int{301, 307, 404}, "root:"},
		{"a path to files, hidden", "GET", "/assets/%2e%2e/%2e%2e/%2e%2e/etc/passwd", "", nil, with(), []int{301, 307, 404}, "root:"},
		{"an article named as a file", "GET", "/article?id=../../etc/passwd", "", nil, with(), []int{404}, "root:"},
		{"SQL in a search", "GET", "/search?q=" + url.QueryEscape(`'; DROP TABLE articles; --`), "", nil, with(), []int{200, 400}, "syntax error"},
		{"SQL in a speaker", "GET", "/speaker?name=" + url.QueryEscape(`x' UNION SELECT hash FROM accounts --`), "", nil, with(), []int{200, 404}, "$argon2id"},
		{"a script in a search", "GET", "/search?q=" + url.QueryEscape(hostile), "", nil, with(), []int{200, 400}, hostile},
		{"a script in where login leads", "GET", "/login?next=" + url.QueryEscape("/"+hostile), "", nil, nil, []int{200}, hostile},
		{"malformed JSON", "POST", "/api/v1/read", "application/json", strings.NewReader(`{"text": "A mill`), program, []int{400, 422}, ""},
		{"JSON nested deep", "POST", "/api/v1/read", "application/json", strings.NewReader(strings.Repeat(`[`, 100_000)), program, []int{400, 413, 422}, ""},
		{"a form that breaks off", "POST", "/read", "multipart/form-data; boundary=x", strings.NewReader("--x\r\nContent-Disposition: form-data; name=\"text\"\r\n\r\nA mill"), with(), []int{400}, ""},
		{"a form without its boundary", "POST", "/read", "multipart/form-data", strings.NewReader("text"), with(), []int{400}, ""},
		{"a body that unpacks to more", "POST", "/read", "multipart/form-data; boundary=x", bytes.NewReader(bomb.Bytes()), with("Content-Encoding", "gzip"), []int{415}, ""},
		read("a file that unpacks to more", "a.txt.gz", bomb.Bytes(), "", 413, 422),
		read("a page nested 200,000 deep", "a.html", []byte("<html><body>"+strings.Repeat("<div>", 200_000)), "", 303, 422),
		read("a script for a file's name", hostile+".txt", []byte("no"), hostile, 303, 422),
		text("a private address", private.URL, "", 422),
		text("an address of the cloud's own", "http://169.254.169.254/latest/meta-data/", "", 422),
		text("this server's own address", "http://"+address+"/", "", 422),
		text("a private address as a number", "http://2130706433/", "", 422),
		text("a private address in IPv6", "http://[::ffff:127.0.0.1]/", "", 422),
	} {
		status, answer, h, err := ask(a.method, a.path, a.kind, a.body, a.header)
		if err != nil {
			t.Errorf("%s: %v", a.name, err)
			continue
		}
		found := false
		for _, want := range a.want {
			found = found || status == want
		}
		if !found || a.without != "" && strings.Contains(answer, a.without) || !strings.Contains(h.Get("Content-Security-Policy"), "default-src 'none'") {
			t.Errorf("%s: %d, want one of %d; %.300s", a.name, status, a.want, answer)
		}
	}
	if asked.Load() > 0 {
		t.Errorf("a private address was asked %d times", asked.Load())
	}

	// A gigabyte is refused before it is sent, or soon after where its length was not said.
	for name, length := range map[string]int64{"said": 1 << 30, "not said": -1} {
		body := &endless{left: 1 << 30}
		r, err := http.NewRequestWithContext(t.Context(), "POST", desk+"/read", body)
		if err != nil {
			t.Fatal(err)
		}
		r.ContentLength = length
		r.Header.Set("Content-Type", "multipart/form-data; boundary=x")
		r.Header.Set("Sec-Fetch-Site", "same-origin")
		r.Header.Set("Cookie", cookie)
		res, err := client.Do(r)
		if err == nil { // or the connection was closed on it
			res.Body.Close()
			if res.StatusCode != http.StatusRequestEntityTooLarge && res.StatusCode != http.StatusBadRequest {
				t.Errorf("a gigabyte whose length is %s: %s", name, res.Status)
			}
		}
		if n := body.read.Load(); n > 64<<20 {
			t.Errorf("of a gigabyte whose length is %s %d MB were taken", name, n>>20)
		}
	}

	// After all that it is as it was.
	if status, _, _, err := ask("GET", "/articles", "", nil, with()); status != 200 || err != nil {
		t.Errorf("afterwards: %d, %v", status, err)
	}
}

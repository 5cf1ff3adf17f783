package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"net/netip"
	"os"
	"sync"
	"time"

	"hearsay/server"
	"hearsay/server/accounts"
	"hearsay/server/desk"
	"hearsay/server/pace"
	"hearsay/store"
)

// exposure is who reaches the server, and how.
type exposure struct {
	Accounts     bool     `help:"Ask everyone to log in, also on this machine. Beyond it, that is always so."`
	TLSCert      string   `name:"tls-cert" type:"path" placeholder:"FILE" help:"The certificate, with those between it and its root, as PEM. It is read again when it changes."`
	TLSKey       string   `name:"tls-key" type:"path" placeholder:"FILE" help:"The certificate's key, as PEM."`
	Host         []string `placeholder:"NAME" help:"A name, or address, by which the server is asked for; may be given several times. Without it, the names of the certificate."`
	TrustedProxy []string `placeholder:"PREFIX" help:"The address, or network, of a proxy that stands before the server, does TLS, and says in X-Forwarded-For who asks; may be given several times."`
}

// proxies reads --trusted-proxy.
func (c *exposure) proxies() (all []netip.Prefix, err error) {
	for _, one := range c.TrustedProxy {
		p, err := netip.ParsePrefix(one)
		if err != nil {
			a, bad := netip.ParseAddr(one)
			if bad != nil {
				return nil, usagef("--trusted-proxy takes an address such as 10.0.0.2, or a network such as 10.0.0.0/24, not %q", one)
			}
			p = netip.PrefixFrom(a, a.BitLen())
		}
		all = append(all, p.Masked())
	}
	return all, nil
}

// reached says in the options of a server how it is reached. It refuses ways on which others could listen in.
func (c *exposure) reached(o *server.Options, address string, log *slog.Logger) error {
	beyond, err := server.Beyond(address)
	if err != nil {
		return err
	}
	if (c.TLSCert == "") != (c.TLSKey == "") {
		return usagef("--tls-cert and --tls-key belong together")
	}
	if o.Proxies, err = c.proxies(); err != nil {
		return err
	}
	o.Hosts = c.Host
	o.Exposed = beyond || len(o.Proxies) > 0 || len(c.Host) > 0 || c.TLSCert != ""
	if o.Exposed && c.TLSCert == "" && len(o.Proxies) == 0 {
		return fmt.Errorf("%s would be reached without TLS, and passwords be read on the way: give --tls-cert and --tls-key, or put a proxy that does TLS before it and name that with --trusted-proxy", address)
	}
	if c.TLSCert != "" {
		cert := &certificate{cert: c.TLSCert, key: c.TLSKey, log: log}
		first, err := cert.get(nil)
		if err != nil {
			return err
		}
		o.TLS = &tls.Config{MinVersion: tls.VersionTLS12, GetCertificate: cert.get}
		if len(o.Hosts) == 0 {
			o.Hosts = first.Leaf.DNSNames
			for _, ip := range first.Leaf.IPAddresses {
				o.Hosts = append(o.Hosts, ip.String())
			}
		}
	}
	if o.Exposed && len(o.Hosts) == 0 {
		return errors.New("it is not known by which name the server is asked for: give --host, such as --host desk.example.org")
	}
	return nil
}

// asked has everyone say who they are, where that is needed or wanted.
func (c *exposure) asked(ctx context.Context, o *server.Options, s store.Accounts, pages *desk.Desk) error {
	if !o.Exposed && !c.Accounts {
		return nil
	}
	all, err := s.Accounts(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		return errors.New("there are no accounts, so nobody could log in: hearsay user add NAME adds one")
	}
	people := accounts.New(accounts.Options{Store: s, Page: pages.Plain, Secure: o.Exposed, Log: o.Log})
	o.Routes = append(o.Routes, people.Routes()...)
	o.Who, o.Audit, o.Refused = people.Who, people.Audit, people.Refused
	o.Rates = server.Rates{Known: pace.Limit{Every: time.Second / 50, Burst: 300}, Strangers: pace.Limit{Every: time.Second / 5, Burst: 100}}
	return nil
}

// certificate is that of two files, which may change.
type certificate struct {
	cert, key string
	log       *slog.Logger

	mu      sync.Mutex
	loaded  *tls.Certificate
	looked  time.Time
	of, and time.Time // when the two were changed
}

// get returns the certificate, read again where the files are others than they
// were. While they cannot be read the one before goes on.
func (c *certificate) get(*tls.ClientHelloInfo) (*tls.Certificate, error) {
	const often = 5 * time.Second
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.loaded != nil && time.Since(c.looked) < often {
		return c.loaded, nil
	}
	c.looked = time.Now()
	of, and := changed(c.cert), changed(c.key)
	if c.loaded != nil && of.Equal(c.of) && and.Equal(c.and) {
		return c.loaded, nil
	}
	loaded, err := tls.LoadX509KeyPair(c.cert, c.key)
	switch {
	case err == nil:
		c.loaded, c.of, c.and = &loaded, of, and
	case c.loaded == nil:
		return nil, fmt.Errorf("reading the certificate: %w", err)
	default:
		c.log.Error("the certificate cannot be read again, and the one before goes on", "error", err)
	}
	return c.loaded, nil
}

// changed is when a file was last changed, the zero time if that cannot be said.
func changed(file string) time.Time {
	info, err := os.Stat(file)
	if err != nil {
		return time.Time{}
	}
	return info.ModTime()
}

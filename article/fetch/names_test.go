package fetch

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"sync/atomic"
	"testing"

	"golang.org/x/net/dns/dnsmessage"
)

// TestANameThatChanges asks for a name that leads to a public address when it is
// first looked up, and to this machine from then on (DNS rebinding).
func TestANameThatChanges(t *testing.T) {
	names, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer names.Close()
	var looked atomic.Int32
	go func() {
		b := make([]byte, 2048)
		for {
			n, from, err := names.ReadFrom(b)
			if err != nil {
				return
			}
			var m dnsmessage.Message
			if m.Unpack(b[:n]) != nil || len(m.Questions) != 1 {
				continue
			}
			m.Response, m.Additionals = true, nil
			if q := m.Questions[0]; q.Type == dnsmessage.TypeA {
				to := [4]byte{127, 0, 0, 1}
				if looked.Add(1) == 1 {
					to = [4]byte{127, 0, 0, 2}
				}
				m.Answers = []dnsmessage.Resource{{Header: dnsmessage.ResourceHeader{Name: q.Name, Type: q.Type, Class: q.Class}, Body: &dnsmessage.AResource{A: to}}}
			}
			if answer, err := m.Pack(); err == nil {
				names.WriteTo(answer, from)
			}
		}
	}()
	before := net.DefaultResolver
	net.DefaultResolver = &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		var d net.Dialer
		return d.DialContext(ctx, "udp", names.LocalAddr().String())
	}}
	defer func() { net.DefaultResolver = before }()

	l, err := net.Listen("tcp", "127.0.0.2:0")
	if err != nil {
		t.Skip("no second address of this machine: ", err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	outer := httptest.NewUnstartedServer(http.RedirectHandler("http://rebind.example:"+port+"/again", http.StatusFound))
	outer.Listener.Close()
	outer.Listener = l
	outer.Start()
	defer outer.Close()
	var reached atomic.Int32
	inner := httptest.NewUnstartedServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { reached.Add(1) }))
	inner.Listener.Close()
	if inner.Listener, err = net.Listen("tcp", "127.0.0.1:"+port); err != nil {
		t.Skip("the port is taken: ", err)
	}
	inner.Start()
	defer inner.Close()

	c := &Client{public: []netip.Prefix{netip.MustParsePrefix("127.0.0.2/32")}}
	if _, err := c.Get(t.Context(), "http://rebind.example:"+port+"/"); !errors.Is(err, ErrRefused) {
		t.Errorf("got %v", err)
	}
	if looked.Load() < 2 || reached.Load() > 0 {
		t.Errorf("the name was looked up %d times, and this machine was reached %d times", looked.Load(), reached.Load())
	}
}

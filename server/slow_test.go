package server_test

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net"
	"net/http"
	"testing"
	"time"

	"hearsay/server"
)

// TestSlowConnections holds that a thousand connections whose headers drip, whose
// bodies drip, or who do not read what they are answered, keep nobody else waiting.
func TestSlowConnections(t *testing.T) {
	const slow = 1000
	large := bytes.Repeat([]byte("x"), 8<<20)
	s, err := server.New(server.Options{Routes: []server.Route{
		{Pattern: "/echo", Handler: echo},
		{Pattern: "/large", Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { w.Write(large) })},
	}})
	if err != nil {
		t.Fatal(err)
	}
	l, err := server.Listen(t.Context(), "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error, 1)
	go func() { ended <- s.Serve(ctx, l) }()
	address := l.Addr().String()
	var open []net.Conn
	for i := range slow {
		c, err := net.Dial("tcp", address)
		if err != nil {
			t.Skipf("SKIPPED: this machine lets only %d connections be opened: %v", i, err)
		}
		open = append(open, c)
		start := []string{
			"GET /echo HTTP/1.1\r\nHost: localhost\r\nX-Slow: ",
			"POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1000\r\n\r\nx",
			"GET /large HTTP/1.1\r\nHost: localhost\r\n\r\n",
		}[i%3]
		if _, err := io.WriteString(c, start); err != nil {
			t.Fatal(err)
		}
	}
	client := http.Client{Timeout: time.Minute}
	for i := range 50 {
		said := fmt.Sprintf("hello %d", i)
		res, err := client.Post("http://"+address+"/echo", "text/plain", bytes.NewReader([]byte(said)))
		if err != nil {
			t.Fatalf("beside %d slow connections: %v", slow, err)
		}
		body, err := io.ReadAll(res.Body)
		res.Body.Close()
		if err != nil || res.StatusCode != 200 || string(body) != said {
			t.Errorf("beside %d slow connections: %s, %q, %v", slow, res.Status, body, err)
		}
		for _, c := range open[i*20 : i*20+20] { // the headers drip on
			if i%3 == 0 {
				io.WriteString(c, "x") // one that is closed by now is as good
			}
		}
	}
	client.CloseIdleConnections()
	for _, c := range open {
		c.Close()
	}
	stop()
	if err := <-ended; err != nil {
		t.Errorf("Serve: %v", err)
	}
}

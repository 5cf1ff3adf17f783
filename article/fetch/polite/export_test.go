package polite

import (
	"net/url"
	"time"

	"hearsay/article/fetch/robots"
)

// Know tells the gate the robots.txt of an address, which it then need not get.
func (g *Gate) Know(address, file string) {
	u, err := url.Parse(address)
	if err != nil {
		panic(err)
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.hosts == nil {
		g.hosts = make(map[string]*host)
	}
	g.hosts[u.Hostname()] = &host{busy: make(chan struct{}, 1), rules: map[string]*rules{
		address: {Rules: robots.Parse([]byte(file), Token), until: time.Now().Add(keepRules)},
	}}
}

package server

import (
	"crypto/sha256"
	"encoding/hex"
	"net/http"
	"path"
	"strconv"
	"strings"
)

// Assets are files that pages refer to. Each is served under a name that has
// a digest of its bytes in it, so that a browser may keep it for ever and
// never has an old one.
type Assets struct {
	routes []Route
	paths  map[string]string
}

// Add takes in a file; name, such as "desk.css", says by its ending what it is:
// css, js or svg.
func (a *Assets) Add(name string, body []byte) {
	ext := path.Ext(name)
	sum := sha256.Sum256(body)
	at := "/assets/" + strings.TrimSuffix(name, ext) + "." + hex.EncodeToString(sum[:8]) + ext
	if a.paths == nil {
		a.paths = make(map[string]string)
	}
	a.paths[name] = at
	kind := kinds[ext]
	a.routes = append(a.routes, Route{Pattern: "GET " + at, Open: true, Handler: http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		h := w.Header()
		h.Set("Content-Type", kind)
		h.Set("Content-Length", strconv.Itoa(len(body)))
		h.Set("Cache-Control", "public, max-age=31536000, immutable")
		w.Write(body) // to one who is gone there is nothing to say
	})})
}

// kinds are stated here, since a system's own table may have others.
var kinds = map[string]string{
	".css": "text/css; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".svg": "image/svg+xml",
}

// Path is where a file that was added is served, empty for one that was not.
func (a *Assets) Path(name string) string { return a.paths[name] }

// Routes serve the files.
func (a *Assets) Routes() []Route { return a.routes }

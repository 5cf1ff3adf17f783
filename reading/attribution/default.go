package attribution

import (
	_ "embed"
	"sync"
)

// weights is the model that `go run ./learn/cmd/attribution` makes.
//
//go:embed weights.bin
var weights string

// Default returns the model that comes with the program. It is opened once;
// the same Model is returned to all.
var Default = sync.OnceValues(func() (*Model, error) { return Open(weights) })

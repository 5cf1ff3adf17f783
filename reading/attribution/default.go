package attribution

import (
	_ "embed"
	"fmt"
	"sync"

	"hearsay/packed"
)

// weights is the model that `go run ./learn/cmd/attribution` makes.
//
//go:embed weights.bin
var weights []byte

// Default returns the model that comes with the program. It is opened once;
// the same Model is returned to all.
var Default = sync.OnceValues(func() (*Model, error) {
	data, err := packed.Read(weights)
	if err != nil {
		return nil, fmt.Errorf("opening the attribution model: %w", err)
	}
	return Open(data)
})

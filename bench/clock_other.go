//go:build !unix

package main

import "time"

// processorTime stands for the processor's time where that cannot be asked for.
func processorTime() time.Duration { return time.Since(started) }

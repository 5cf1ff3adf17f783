//go:build !unix

package clock

import "time"

var started = time.Now()

// Processor stands for the processor's time where that cannot be asked for.
func Processor() time.Duration { return time.Since(started) }

//go:build unix

// Package clock says how long processors have worked for this program. Unlike
// the time of day it leaves out what others do on the machine.
package clock

import (
	"syscall"
	"time"
)

// started is when the program was.
var started = time.Now()

// Processor is how long processors have worked for this program, on all cores together.
func Processor() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return time.Since(started)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

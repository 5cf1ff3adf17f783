//go:build unix

package main

import (
	"syscall"
	"time"
)

// processorTime is how long processors have worked for this program. Unlike
// the time of day it leaves out what others do on the machine.
func processorTime() time.Duration {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return time.Since(started)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}

package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"time"

	"hearsay/bench/clock"
)

// checkpoint is what was measured when a part of the articles had been added.
type checkpoint struct {
	Part      int     `json:"part"` // from 1
	Of        int     `json:"of"`
	Articles  int     `json:"articles"`        // in the store
	Seconds   float64 `json:"seconds"`         // of this part, by the clock, without the making of what was added
	Processor float64 `json:"processor"`       // seconds that processors worked on this part
	PerSecond float64 `json:"per_second"`      // articles of this part, by the clock
	Per       float64 `json:"processor_ms"`    // processor time of an article of this part
	Memory    int64   `json:"memory"`          // most bytes of memory held so far
	Disk      int64   `json:"disk"`            // bytes of the store's files
	DiskPer   int64   `json:"disk_an_article"` // of the whole
	Resumed   bool    `json:"resumed,omitempty"`
}

// asked is how long an answer took.
type asked struct {
	What    string  `json:"what"`
	Found   int     `json:"found"`
	Median  float64 `json:"median_ms"`
	Slowest float64 `json:"slowest_ms"`
}

// stopwatch measures the adding, and can be held while what is added is made.
type stopwatch struct {
	began     time.Time
	worked    time.Duration
	clock     time.Duration
	processor time.Duration
}

func (w *stopwatch) start() { w.began, w.worked = time.Now(), clock.Processor() }

func (w *stopwatch) stop() {
	w.clock += time.Since(w.began)
	w.processor += clock.Processor() - w.worked
}

// mostMemory is the most memory that the program has held, where the system says so.
func mostMemory() int64 {
	f, err := os.Open("/proc/self/status")
	if err != nil {
		var m runtime.MemStats
		runtime.ReadMemStats(&m)
		return int64(m.Sys)
	}
	defer f.Close()
	for s := bufio.NewScanner(f); s.Scan(); {
		if rest, ok := strings.CutPrefix(s.Text(), "VmHWM:"); ok {
			if kib, err := strconv.ParseInt(strings.TrimSuffix(strings.TrimSpace(rest), " kB"), 10, 64); err == nil {
				return kib << 10
			}
		}
	}
	return 0
}

// onDisk is the size of a store's files.
func onDisk(file string) (n int64) {
	beside, err := filepath.Glob(file + "*")
	if err != nil {
		return 0
	}
	for _, name := range beside {
		if info, err := os.Stat(name); err == nil {
			n += info.Size()
		}
	}
	return n
}

// written writes a line of JSON.
func written(w io.Writer, v any) error {
	line, err := json.Marshal(v)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(w, "%s\n", line)
	return err
}

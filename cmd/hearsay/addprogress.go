package main

import (
	"fmt"
	"io"
	"sync/atomic"
	"time"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"

	"hearsay/article/inputs"
)

// addProgress shows on standard error how far adding has come: as a bar on a
// terminal, as a line now and then elsewhere. It takes the other lines that are
// to stand there.
type addProgress struct {
	lines  io.Writer
	began  time.Time
	walker *inputs.Walker
	total  int64 // bytes of all inputs, 0 where it is not known

	read, known atomic.Int64

	bars *mpb.Progress // on a terminal
	bar  *mpb.Bar

	plain bool // elsewhere, unless quiet
	last  time.Time
}

// plainEvery is how often a line says how far adding has come.
const plainEvery = 30 * time.Second

// barScale is the length of the bar in the units that it is moved by.
const barScale = 1000

func newAddProgress(std streams, quiet bool, names []string, walker *inputs.Walker) *addProgress {
	now := time.Now()
	p := &addProgress{lines: std.err, began: now, last: now, walker: walker}
	if quiet {
		return p
	}
	if size, known := inputs.Size(names); known {
		p.total = size
	}
	if !term.IsTerminal(int(std.err.Fd())) {
		p.plain = true
		return p
	}
	p.bars = mpb.New(mpb.WithOutput(std.err), mpb.WithWidth(40))
	style := mpb.BarFillerBuilder(mpb.NopStyle())
	if p.total > 0 {
		style = mpb.BarStyle()
	}
	p.bar = p.bars.New(barScale+1, style, mpb.BarRemoveOnComplete(), // one more: only stop ends it
		mpb.AppendDecorators(decor.Any(func(decor.Statistics) string { return p.String() })))
	p.lines = p.bars
	return p
}

// String says how far it is: "120 read, 30 known, 58 a second, 2m10s left".
func (p *addProgress) String() string {
	read, known := p.read.Load(), p.known.Load()
	passed := time.Since(p.began)
	s := fmt.Sprintf("%d read", read)
	if known > 0 {
		s += fmt.Sprintf(", %d known", known)
	}
	if passed > time.Second {
		s += fmt.Sprintf(", %.0f a second", float64(read+known)/passed.Seconds())
	}
	if done := p.walker.Read(); p.total > 0 && done > 0 && done <= p.total && passed > 2*time.Second {
		left := time.Duration(float64(passed) * float64(p.total-done) / float64(done))
		s += fmt.Sprintf(", %v left", left.Round(time.Second))
	}
	return s
}

// Write prints lines, above the bar where that is shown.
func (p *addProgress) Write(lines []byte) (int, error) { return p.lines.Write(lines) }

// one counts an article.
func (p *addProgress) one(read bool) {
	if read {
		p.read.Add(1)
	} else {
		p.known.Add(1)
	}
	if p.bar != nil && p.total > 0 {
		p.bar.SetCurrent(min(barScale, barScale*p.walker.Read()/p.total))
	}
	if p.plain && time.Since(p.last) >= plainEvery {
		p.last = time.Now()
		fmt.Fprintf(p.lines, "hearsay: %v\n", p)
	}
}

// stop takes the bar off the screen.
func (p *addProgress) stop() {
	if p.bar != nil {
		p.bar.Abort(true)
		p.bars.Wait()
	}
}

package main

import (
	"io"
	"os"

	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"
	"golang.org/x/term"
)

// progress shows on standard error how many inputs have been read, or things written, and takes
// the lines that are to stand there. It shows nothing where standard error is
// no terminal, where the ledgers themselves appear on one, and for one input.
type progress struct {
	lines io.Writer
	bars  *mpb.Progress
	bar   *mpb.Bar
}

// newProgress begins to show how many of a total of inputs have been read. A total of 0 is not known.
func newProgress(std streams, out *os.File, quiet bool, total int) *progress {
	return startProgress(std, quiet || total == 1 || term.IsTerminal(int(out.Fd())), total, "read")
}

// startProgress begins to show how many of a total have been done, in the word for
// that, unless it is to be quiet.
func startProgress(std streams, quiet bool, total int, done string) *progress {
	if quiet || !term.IsTerminal(int(std.err.Fd())) {
		return &progress{lines: std.err}
	}
	bars := mpb.New(mpb.WithOutput(std.err))
	count := decor.CurrentNoUnit("%d " + done)
	if total > 0 {
		count = decor.CountersNoUnit("%d of %d " + done)
	}
	bar := bars.New(int64(total), mpb.NopStyle(), mpb.BarRemoveOnComplete(),
		mpb.PrependDecorators(count, decor.AverageSpeed(0, ", %.0f a second")))
	return &progress{lines: bars, bars: bars, bar: bar}
}

// Write prints lines, above the progress where that is shown.
func (p *progress) Write(lines []byte) (int, error) { return p.lines.Write(lines) }

// one counts an input.
func (p *progress) one() {
	if p.bar != nil {
		p.bar.Increment()
	}
}

// stop takes the progress off the screen.
func (p *progress) stop() {
	if p.bar != nil {
		p.bar.Abort(true)
		p.bars.Wait()
	}
}

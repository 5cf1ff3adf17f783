// Hearsay reads a news text and answers, sentence by sentence: who says so?
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"
	"sync"
	"syscall"
	"time"

	"github.com/alecthomas/kong"
)

// The program's exit statuses.
const (
	exitRead        = 0   // everything was read
	exitUnread      = 1   // some input could not be read, or the output not be written
	exitUsage       = 2   // the command line makes no sense
	exitInterrupted = 130 // the person pressed Ctrl-C: 128 and the signal's number
)

// errUnread is returned by a command that has already said which inputs it
// could not read.
var errUnread = errors.New("some input could not be read")

// usageError is a command line that kong takes and the command does not.
type usageError struct{ message string }

func (e usageError) Error() string { return e.message }

func usagef(format string, args ...any) error { return usageError{fmt.Sprintf(format, args...)} }

// streams are the program's three standard streams.
type streams struct {
	in       *os.File
	out, err *os.File

	// hold has the program wait, after Ctrl-C, until the command has finished
	// what it has in hand. A second Ctrl-C ends it all the same.
	hold func()
}

type commands struct {
	Read        readCommand        `cmd:"" help:"Read texts and print what each says and on whose word."`
	Add         addCommand         `cmd:"" help:"Read articles and keep them with what they say in a store."`
	Watch       watchCommand       `cmd:"" help:"Poll feeds and keep what is new in them in a store."`
	Work        workCommand        `cmd:"" help:"Read the articles that wait in the queue of a store in PostgreSQL."`
	Serve       serveCommand       `cmd:"" help:"Serve a desk to work at in a browser: read texts, search the store, go through its incidents."`
	MCP         mcpCommand         `cmd:"" name:"mcp" help:"Answer assistants over the Model Context Protocol: who says what, in a text or in the store."`
	User        userCommand        `cmd:"" help:"Add, list and change the accounts of those who may use the server."`
	Token       tokenCommand       `cmd:"" help:"Make, list and remove the tokens by which programs are let in."`
	Audit       auditCommand       `cmd:"" help:"Print the audit log: who did what, when, and from where."`
	Queue       queueCommand       `cmd:"" help:"Say what waits in that queue, and what failed."`
	Search      searchCommand      `cmd:"" help:"Find claims, or articles, by their words."`
	Claims      claimsCommand      `cmd:"" help:"List claims of the store."`
	Speakers    speakersCommand    `cmd:"" help:"List who says what the store's articles report."`
	Incidents   incidentsCommand   `cmd:"" help:"List incidents: every figure with who gives it, who is blamed and by whom, and on how many feet it stands."`
	Corrections correctionsCommand `cmd:"" help:"List what people corrected of claims, undo it, and export it to learn from."`
	Searches    searchesCommand    `cmd:"" help:"List the saved searches, and the webhooks that hear of what matches them."`
	Copies      copiesCommand      `cmd:"" help:"Say which articles, or texts, are copies of a common original."`
	Diff        diffCommand        `cmd:"" help:"Say what a text has otherwise than another that it was made from."`
	Export      exportCommand      `cmd:"" help:"Pass on what articles say, and what they tell of incidents, in the formats of other programs."`
	Facts       factsCommand       `cmd:"" help:"Take in published fact-checks, and find those that are about a claim."`
	Stats       statsCommand       `cmd:"" help:"Say how much the store holds."`
	Verify      verifyCommand      `cmd:"" help:"Check that the store is whole."`
	Backup      backupCommand      `cmd:"" help:"Copy the store to a file."`
	Restore     restoreCommand     `cmd:"" help:"Put a backup in the place of the store."`
	Remove      removeCommand      `cmd:"" help:"Remove articles from the store."`
	Schema      schemaCommand      `cmd:"" help:"Print the JSON Schema of a ledger."`
	Version     versionCommand     `cmd:"" help:"Print the version of the program."`
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once

	ended := make(chan int, 1)
	held := make(chan struct{})
	std := streams{os.Stdin, os.Stdout, os.Stderr, sync.OnceFunc(func() { close(held) })}
	go func() { ended <- run(ctx, os.Args[1:], std) }()
	select {
	case status := <-ended:
		os.Exit(status)
	case <-ctx.Done():
	}
	// Reading from a pipe or a terminal cannot be broken off, so what takes
	// longer to stop is not waited for, unless the command sees to that.
	select {
	case <-ended:
	case <-held:
		<-ended
	case <-time.After(time.Second):
	}
	os.Exit(exitInterrupted)
}

// run carries out one command line and returns the exit status.
func run(ctx context.Context, args []string, std streams) int {
	var c commands
	parser, err := kong.New(&c,
		kong.Name("hearsay"),
		kong.Description("Reads news texts and says, sentence by sentence, who says so. It reports what a text asserts and on whose word; it never rules on what is true."),
		kong.Writers(std.out, std.err),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true, WrapUpperBound: 100}),
		kong.Vars{"jobs": fmt.Sprint(defaultJobs()), "reasons": strings.Join(reasonKeys(), ", ")}.CloneWith(exportVars()),
	)
	if err != nil {
		return exit(std.err, err)
	}
	if len(args) == 0 {
		args = []string{"--help"}
	}
	command, err := parser.Parse(args)
	if err != nil {
		return exit(std.err, usageError{err.Error()})
	}
	command.BindTo(ctx, (*context.Context)(nil))
	return exit(std.err, command.Run(std))
}

// exit says on w why a command failed, if it did and has not said so itself,
// and returns the exit status.
func exit(w io.Writer, err error) int {
	var usage usageError
	switch {
	case err == nil:
		return exitRead
	case errors.Is(err, errUnread):
		return exitUnread
	case errors.Is(err, context.Canceled):
		return exitInterrupted
	case errors.As(err, &usage):
		fmt.Fprintf(w, "hearsay: %s (see hearsay --help)\n", usage.message)
		return exitUsage
	default:
		fmt.Fprintf(w, "hearsay: %v\n", err)
		return exitUnread
	}
}

// Command anquanda runs a public safety-knowledge contest: `anquanda serve`.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/signal"
	"strings"
	"syscall"

	"anquanda/internal/errs"
)

// command is one subcommand, named by one or two words.
type command struct {
	name string
	does string
	run  func(ctx context.Context, args []string) error
}

var commands = []command{
	{"serve", "run the contest: player page, big screen, console", serve},
	{"backup", "write all rows of the store to one file, while the contest runs", backupStore},
	{"restore", "make a store, on any engine, of the file that backup wrote", restoreStore},
	{"rebuild", "build the boards in Redis again from SQL", rebuild},
	{"bench answers", "measure durable answers a second on this machine", benchAnswers},
	{"bench abuse", "let scripts try to count twice and to send more messages than the budget", benchAbuse},
	{"bench day", "measure people an hour, who come as they do after a text message, on some nodes", benchDay},
	{"bench bank", "measure reading bank files: rows a second and memory", benchBank},
	{"bench live", "measure a live room with made-up phones: last phone, durable answers, memory", benchLive},
	{"bench report", "measure a large contest: first page, what people know, closing pack", benchReport},
	{"bench drawing", "measure a drawing: freeze, draw and verify, seconds and memory", benchDrawing},
	{"bank check", "tell what is in question bank files and what is wrong with them", bankCheck},
	{"bank convert", "write a question bank file in another format", bankConvert},
	{"bank import", "read a question bank file into a stored bank", bankImport},
	{"bank export", "write a stored bank to a file", bankExport},
	{"contest check", "tell what is wrong with a contest definition", contestCheck},
	{"contest schema", "print the JSON Schema of a definition, for an editor", contestSchema},
	{"contest simulate", "let a made-up crowd live through a definition", contestSimulate},
	{"contest apply", "store a contest definition as the newest version", contestApply},
	{"contest approval", "on or off: whether publishing in the console takes two persons", contestApproval},
	{"draw run", "freeze a list, draw from it once the source is known, replace who gave up", drawRun},
	{"draw verify", "repeat a drawing from its published transcript", drawVerify},
	{"draw rfc3797", "select as RFC 3797 does", drawRFC3797},
	{"report", "write the closing pack of a contest: summary, tables, page, archive", reportContest},
	{"staff add", "make an account for the console", staffAdd},
	{"staff reset-totp", "take the second factor off an account whose phone is lost", staffResetTOTP},
	{"key rotate", "put a new key in front of the key ring, while the contest runs", keyRotate},
	{"key status", "tell which keys there are and how far a rotation is", keyStatus},
	{"health", "ask the program that runs here whether it serves; exit code 0: it does", health},
	{"version", "print version, commit and what it was built with", printVersion},
	{"doctor", "check a configuration as far as it can", doctor},
	{"config", "print what holds of flags, environment and file, and where each value comes from", showConfig},
	{"staff check-log", "tell whether the audit log was altered", staffCheckLog},
}

// exitError ends the program with a code and no further word.
type exitError int

func (e exitError) Error() string { return fmt.Sprintf("exit %d", int(e)) }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:]))
}

func run(ctx context.Context, args []string) int {
	for _, c := range commands {
		words := strings.Fields(c.name)
		if len(args) < len(words) || strings.Join(args[:len(words)], " ") != c.name {
			continue
		}
		err := c.run(ctx, args[len(words):])
		var exit exitError
		switch {
		case err == nil || errors.Is(err, flag.ErrHelp):
			return 0
		case errors.As(err, &exit):
			return int(exit)
		}
		fmt.Fprintln(os.Stderr, "anquanda "+c.name+":", explain(err))
		return 1
	}
	usage()
	if len(args) == 0 || args[0] == "help" || args[0] == "--help" || args[0] == "-h" {
		return 0
	}
	return 2
}

// explain is the text of an error for the terminal: what a person is told, and
// where it comes from.
func explain(err error) string {
	var told *errs.Error
	if !errors.As(err, &told) {
		return err.Error()
	}
	text := told.Message
	if told.Field != "" {
		text = told.Field + ": " + text
	}
	if cause := errors.Unwrap(told); cause != nil {
		text += " (" + cause.Error() + ")"
	}
	return text
}

func usage() {
	fmt.Fprintln(os.Stderr, "usage: anquanda COMMAND [--help]")
	for _, c := range commands {
		fmt.Fprintf(os.Stderr, "  %-16s %s\n", c.name, c.does)
	}
}

// parse reads flags; what is wrong is said once, with the usage.
func parse(flags *flag.FlagSet, args []string) error {
	err := flags.Parse(args)
	if err != nil && !errors.Is(err, flag.ErrHelp) {
		return exitError(2)
	}
	if err == nil {
		_, err = settle(flags)
	}
	return err
}

// parseAll is parse for a command that takes flags alone: a word that is none,
// such as a flag without its dashes, is not passed over.
func parseAll(flags *flag.FlagSet, args []string) error {
	if err := parse(flags, args); err != nil {
		return err
	}
	if flags.NArg() > 0 {
		return notAFlag(flags)
	}
	return nil
}

func notAFlag(flags *flag.FlagSet) error {
	return fmt.Errorf("%q is no flag; see anquanda %s --help", flags.Arg(0), flags.Name())
}

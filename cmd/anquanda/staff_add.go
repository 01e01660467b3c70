package main

import (
	"bufio"
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"

	"golang.org/x/term"

	"anquanda/internal/app"
	"anquanda/internal/staff"
)

// staffAdd makes an account for the console; the first one comes from here.
func staffAdd(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("staff add", flag.ContinueOnError)
	cfg := storeFlags(flags)
	login := flags.String("login", "", "`name` to sign in with: 2 to 32 of a-z, 0-9 . _ -")
	name := flags.String("name", "", "`name` that the audit log shows (default: the login)")
	role := flags.String("role", string(staff.Owner), "one of owner, organizer, host, prizes, payouts, booth, viewer")
	if err := parse(flags, args); err != nil {
		return err
	}
	if *login == "" {
		return errors.New("--login is missing")
	}
	if *name == "" {
		*name = *login
	}
	password, err := readPassword()
	if err != nil {
		return err
	}
	a, err := app.New(ctx, *cfg)
	if err != nil {
		return err
	}
	defer a.Close()
	member, err := a.Staff.Add(ctx, staff.CommandLine, *login, *name, staff.Role(*role), password)
	if err != nil {
		return err
	}
	fmt.Printf("%s (%s) can sign in at /console now, and is asked to change the password there.\n", member.Login, member.Role.Name())
	return nil
}

// readPassword asks on a terminal, twice and unseen; from a pipe it reads a line.
func readPassword() (string, error) {
	stdin := int(os.Stdin.Fd())
	if !term.IsTerminal(stdin) {
		line, err := bufio.NewReader(os.Stdin).ReadString('\n')
		if line = strings.TrimRight(line, "\r\n"); line == "" {
			return "", fmt.Errorf("no password on standard input: %w", err)
		}
		return line, nil
	}
	fmt.Fprint(os.Stderr, "Password (at least 10 characters): ")
	first, err := term.ReadPassword(stdin)
	fmt.Fprintln(os.Stderr)
	if err != nil {
		return "", err
	}
	fmt.Fprint(os.Stderr, "Again: ")
	second, err := term.ReadPassword(stdin)
	fmt.Fprintln(os.Stderr)
	if err != nil {
		return "", err
	}
	if string(first) != string(second) {
		return "", errors.New("the two passwords differ")
	}
	return string(first), nil
}

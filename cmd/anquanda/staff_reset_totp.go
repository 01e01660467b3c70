package main

import (
	"context"
	"errors"
	"flag"
	"fmt"

	"anquanda/internal/app"
	"anquanda/internal/staff"
)

// staffResetTOTP takes the second factor off an account whose holder has lost the phone and
// the recovery codes, where no other owner can do it in the console.
func staffResetTOTP(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("staff reset-totp", flag.ContinueOnError)
	cfg := storeFlags(flags)
	if err := parse(flags, args); err != nil {
		return err
	}
	if flags.NArg() != 1 {
		return errors.New("say whose, by login")
	}
	a, err := app.New(ctx, *cfg)
	if err != nil {
		return err
	}
	defer a.Close()
	member, err := a.Staff.ByLogin(ctx, flags.Arg(0))
	if err != nil {
		return err
	}
	if err := a.Staff.ResetSecond(ctx, staff.CommandLine, member.ID); err != nil {
		return err
	}
	fmt.Printf("%s (%s) signs in with the password alone now.\n", member.Login, member.Role.Name())
	return nil
}

package main

import (
	"context"
	"flag"
	"fmt"
	"time"

	"anquanda/internal/app"
)

// doctorWaits bounds each question that doctor asks of another system.
const doctorWaits = 10 * time.Second

// doctor checks a configuration as far as it can without a person: files and stores by
// starting the program on them, WeChat by asking it for a token. It says each thing in a
// line; its exit code is 1 when one of them is wrong.
func doctor(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("doctor", flag.ContinueOnError)
	cfg := storeFlags(flags)
	doorFlags(flags, cfg)
	clockFlag(flags, cfg)
	if err := parseAll(flags, args); err != nil {
		return err
	}
	a, err := app.New(ctx, *cfg)
	if err != nil {
		return err // one line: a file, a store or the key
	}
	defer a.Close()
	fmt.Println("ok    stores, key and files: the program starts on them")
	sick := false
	tell := func(what string, err error) {
		if err != nil {
			sick = true
			fmt.Printf("WRONG %s: %v\n", what, err)
			return
		}
		fmt.Println("ok    " + what)
	}
	asked := func(ask func(context.Context) error) error {
		asking, stop := context.WithTimeout(ctx, doctorWaits)
		defer stop()
		return ask(asking)
	}
	tell("SQL answers", asked(a.DB.Ping))
	tell("the clock is that of the store", asked(func(ctx context.Context) error {
		return clockIsRight(ctx, a, cfg.Ahead)
	}))
	tell("Redis answers", asked(func(ctx context.Context) error { return a.Redis.Ping(ctx).Err() }))
	if a.WeChat.Configured() {
		tell("WeChat gives a token to the account", asked(a.WeChat.Check))
	} else {
		fmt.Println("none  WeChat: set ANQUANDA_WECHAT_APP and ANQUANDA_WECHAT_SECRET")
	}
	if a.Phones.Configured() {
		fmt.Println("ok    SMS: the file is well formed; whether messages arrive shows only by sending one")
	} else {
		fmt.Println("none  SMS: name the provider's file with --sms")
	}
	if cfg.Accounts == "" {
		fmt.Println("none  accounts elsewhere: name the mapping file with --accounts")
	} else {
		fmt.Println("ok    accounts elsewhere: the mapping file is well formed")
	}
	if sick {
		return exitError(1)
	}
	return nil
}

// clockIsRight compares this machine's clock with that of the store's server, by which all
// nodes go.
func clockIsRight(ctx context.Context, a *app.App, set time.Duration) error {
	if set != 0 {
		return fmt.Errorf("--clock-ahead %s sets it wrong: that is for trials, take it away", set)
	}
	apart, err := a.ClockApart(ctx)
	if err == nil && apart != 0 {
		err = fmt.Errorf("the store's server is %s ahead: set both by NTP", apart.Round(time.Millisecond))
	}
	return err
}

package bank

import (
	"context"
	"database/sql"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

// maxTitleRunes bounds what people call a bank.
const maxTitleRunes = 30

// Title is what people call a bank; its name where nobody has called it otherwise.
func (s *Store) Title(ctx context.Context, name string) (string, error) {
	var title string
	err := s.db.Get(ctx, &title, "SELECT title FROM banks WHERE name = ?", name)
	if errors.Is(err, sql.ErrNoRows) {
		return "", ErrUnknown
	}
	if title == "" {
		title = name
	}
	return title, errs.Wrap(err, "read the title of bank %s", name)
}

// SetTitle calls a stored bank by another title. Errors: ErrUnknown, invalid_field.
func (s *Store) SetTitle(ctx context.Context, by staff.Actor, name, title string) error {
	if _, err := s.Current(ctx, name); err != nil {
		return err
	}
	title, err := s.freeTitle(ctx, name, title)
	if err != nil {
		return err
	}
	err = s.db.InTx(ctx, func(tx *sqldb.Tx) error {
		if _, err := tx.Exec(ctx, "UPDATE banks SET title = ? WHERE name = ?", title, name); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "bank.title", Subject: name,
			Detail: map[string]any{"title": title}})
	})
	return errs.Wrap(err, "set the title of bank %s", name)
}

// freeTitle is a title as it is stored, unless another bank than name is called so.
func (s *Store) freeTitle(ctx context.Context, name, title string) (string, error) {
	title = strings.TrimSpace(title)
	if n := utf8.RuneCountInString(title); n < 1 || n > maxTitleRunes {
		return "", errs.InvalidField("title", "题库的名称 1 到 30 个字")
	}
	infos, err := s.List(ctx)
	if err != nil {
		return "", err
	}
	for _, info := range infos {
		if info.Title == title && info.Name != name {
			return "", errs.InvalidField("title", "已经有一个题库叫这个名称")
		}
	}
	return title, nil
}

// NameFor makes the identifier of a new bank from the title that people gave it: the
// title itself where it can be one, else a number of its own. Error: invalid_field.
func (s *Store) NameFor(ctx context.Context, title string) (string, error) {
	title, err := s.freeTitle(ctx, "", title)
	if err != nil {
		return "", err
	}
	infos, err := s.List(ctx)
	if err != nil {
		return "", err
	}
	taken := make(map[string]bool, len(infos))
	for _, info := range infos {
		taken[info.Name] = true
	}
	if own := strings.ToLower(title); namePattern.MatchString(own) && !taken[own] {
		return own, nil
	}
	for n := len(infos) + 1; ; n++ {
		if name := "bank-" + strconv.Itoa(n); !taken[name] {
			return name, nil
		}
	}
}

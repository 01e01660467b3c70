package staff

import (
	"context"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/width"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// ErrNameTaken refuses a name that another account has, however it is written.
var ErrNameTaken = errs.New(errs.Conflict, "name_taken", "已经有同名的工作人员，请在名字后加上单位或编号，便于在日志里分清")

// programs are the names by which the log and the pages call what is no person.
var programs = []string{"系统", "命令行", "anquanda", "安全答", "系统管理员", "系统消息", "自动", "定时任务", "机器人",
	"程序", "服务器", "system", "commandline", "cli", "cron", "robot", "server", "program"}

// nameKey is a name as people tell it from others: case, width and blanks do not count,
// nor what cannot be seen.
func nameKey(name string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || unicode.In(r, unicode.Cf, unicode.Cc) || strings.ContainsRune("·.•-_", r) {
			return -1
		}
		return unicode.ToLower(r)
	}, width.Fold.String(name))
}

// pretends reports whether a name reads as the program and not as somebody.
func pretends(name string) bool { return slices.Contains(programs, nameKey(name)) }

// nameIsFree refuses a name that an account beside the new one has. Two accounts added at once are held
// apart by the audit log: both write its next entry, one of them again.
func nameIsFree(ctx context.Context, tx *sqldb.Tx, added sqldb.ID, name string) error {
	var names []string
	if err := tx.Select(ctx, &names, "SELECT name FROM staff WHERE id <> ?", added); err != nil {
		return errs.Wrap(err, "read the names of staff")
	}
	for _, other := range names {
		if nameKey(other) == nameKey(name) {
			return ErrNameTaken
		}
	}
	return nil
}

package publicname

import (
	"context"
	"crypto/sha256"
	"embed"
	"encoding/hex"
	"io/fs"
	"slices"
	"unicode/utf8"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
	"anquanda/internal/staff"
)

//go:embed migrations/*.sql
var migrations embed.FS

// Migrations are the tables of this package.
func Migrations() fs.FS { return sqldb.MigrationsOf(migrations) }

// ErrWordUnknown is of a word that is not in the own list.
var ErrWordUnknown = errs.New(errs.NotFound, "word_unknown", "没有这个词")

// Word is one of an organizer's own.
type Word struct {
	Folded  string `db:"folded"` // as it is compared; names the word
	Word    string `db:"word"`   // as it was typed
	Allowed bool   `db:"allowed"`
	AddedBy string `db:"added_by"`
	AddedAt int64  `db:"added_at"` // UTC ms
}

var wordColumns = sqldb.Columns[Word]("")

// Bounds of the own list: a word of one character would take down half of all
// names, and every list is kept in memory.
const (
	leastWord = 2
	mostWord  = 20
	mostWords = 2000
)

// own is the list of an installation, in memory.
type own struct {
	words  []Word
	list   *list
	digest string
}

// ownSection tells who typed a word that the organizer refuses.
var ownSection = &section{key: "own", sentence: "这个名字不适合公开显示，请换一个"}

func newOwn(words []Word) *own {
	h := sha256.New()
	h.Write([]byte(shippedText))
	all := slices.Clone(shippedWords())
	for _, w := range words {
		one := word{folded: fold(w.Word), section: ownSection}
		if w.Allowed {
			one.section = nil
			h.Write([]byte("!"))
		}
		h.Write([]byte(w.Folded + "\n"))
		all = append(all, one)
	}
	return &own{words: words, list: newList(all), digest: hex.EncodeToString(h.Sum(nil))}
}

// Follow reads the own words where they changed, on this node or another.
func (n *Names) Follow(ctx context.Context) error {
	words, err := n.Words(ctx)
	if err != nil {
		return err
	}
	if present := n.current.Load(); present == nil || !slices.Equal(present.words, words) {
		n.current.Store(newOwn(words))
	}
	return nil
}

// Words lists the own words, newest first.
func (n *Names) Words(ctx context.Context) ([]Word, error) {
	var words []Word
	err := n.db.Select(ctx, &words, "SELECT "+wordColumns+" FROM name_words ORDER BY added_at DESC, folded")
	return words, errs.Wrap(err, "read the own words of names")
}

// Add refuses a word from now on, or with allowed lets one of the shipped list pass
// again. A word that is there already changes its side. Errors: invalid_field word.
func (n *Names) Add(ctx context.Context, by staff.Actor, text string, allowed bool) error {
	text, err := Clean("word", "词语", text, mostWord)
	if err != nil {
		return err
	}
	form := fold(text)
	if utf8.RuneCountInString(form.text) < leastWord {
		return errs.InvalidField("word", "词语至少 2 个字：只有一个字，会误伤很多名字")
	}
	w := Word{Folded: form.text, Word: text, Allowed: allowed, AddedBy: by.Name, AddedAt: n.now().UnixMilli()}
	err = n.db.InTx(ctx, func(tx *sqldb.Tx) error {
		var count int
		if err := tx.Get(ctx, &count, "SELECT COUNT(*) FROM name_words"); err != nil {
			return err
		}
		if count >= mostWords {
			return errs.InvalidField("word", "词语太多了，请先删去一些")
		}
		if _, err := tx.Exec(ctx, "DELETE FROM name_words WHERE folded = ?", w.Folded); err != nil {
			return err
		}
		if err := sqldb.Insert(ctx, tx, "INSERT INTO name_words", []*Word{&w}); err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "names.word.add", Subject: text,
			Detail: map[string]any{"allowed": allowed}})
	})
	if err != nil {
		return errs.Wrap(err, "add a word of names")
	}
	return n.Follow(ctx)
}

// Remove takes a word out of the own list. Errors: ErrWordUnknown.
func (n *Names) Remove(ctx context.Context, by staff.Actor, folded string) error {
	err := n.db.InTx(ctx, func(tx *sqldb.Tx) error {
		matched, err := tx.Exec(ctx, "DELETE FROM name_words WHERE folded = ?", folded)
		if err == nil && matched == 0 {
			err = ErrWordUnknown
		}
		if err != nil {
			return err
		}
		return staff.Record(ctx, tx, staff.Entry{Actor: by, Action: "names.word.remove", Subject: folded})
	})
	if err != nil {
		return errs.Wrap(err, "remove a word of names")
	}
	return n.Follow(ctx)
}

package publicname

import (
	"context"
	"time"

	"anquanda/internal/errs"
	"anquanda/internal/sqldb"
)

// A list that changed holds for the names of before as well: every name is judged
// anew, twice. The second time, settleAgain later, is for names that another node
// took in while it did not know the list yet; each node reads it every few seconds.
const settleAgain = 10 * time.Second

// Looked is a player whose names somebody looked at: what the nickname was then, and
// whether there was a signature.
type Looked struct {
	Player sqldb.ID
	Name   string
	Signed bool
}

// Kept is a name that a package keeps.
type Kept struct {
	Kind  Kind
	Name  string
	State State
	At    int64 // when somebody looked at it last, UTC ms
}

// Holder judges all names that a package keeps anew and keeps the states.
type Holder func(ctx context.Context, judge func(Kept) State) error

// Settle judges the names of all holders anew after the list changed. It does
// nothing where it did not.
func (n *Names) Settle(ctx context.Context, holders ...Holder) error {
	present := n.current.Load()
	if present == nil {
		return nil // not read yet
	}
	first, again, err := n.due(ctx, present.digest)
	if err != nil || !first && !again {
		return err
	}
	for _, hold := range holders {
		if err := hold(ctx, present.judge); err != nil {
			return errs.Wrap(err, "judge names by a list that changed")
		}
	}
	if again {
		err = n.db.InTx(ctx, func(tx *sqldb.Tx) error {
			_, err := tx.Exec(ctx, "UPDATE name_list SET digest = ? WHERE id = 1", present.digest)
			return err
		})
	}
	if err == nil {
		n.settling.Store(&settling{digest: present.digest, at: n.now(), settled: again})
	}
	return errs.Wrap(err, "note by which list names were judged")
}

// settling is a list by which this node judged all names.
type settling struct {
	digest  string
	at      time.Time
	settled bool // twice
}

// due tells whether all names are to be judged, the first time or again.
func (n *Names) due(ctx context.Context, digest string) (first, again bool, err error) {
	if once := n.settling.Load(); once != nil && once.digest == digest {
		return false, !once.settled && n.now().Sub(once.at) >= settleAgain, nil
	}
	var settled string
	if err := n.db.Get(ctx, &settled, "SELECT digest FROM name_list WHERE id = 1"); err != nil {
		return false, false, errs.Wrap(err, "read by which list names were judged")
	}
	if settled == digest {
		n.settling.Store(&settling{digest: digest, at: n.now(), settled: true})
		return false, false, nil
	}
	return true, false, nil
}

// judge is the state of a name under a list. What staff hid stays so; what staff
// approved falls to words that were added since.
func (o *own) judge(k Kept) State {
	switch k.State {
	case Unseen, Unfit:
		if o.unfit(k.Kind, k.Name) {
			return Unfit
		}
		return Unseen
	case Approved:
		if o.addedSince(k) {
			return Unfit
		}
	}
	return k.State
}

func (o *own) unfit(kind Kind, name string) bool {
	form := fold(name)
	return holdsNumber(form) || holdsContact(name, form) || o.list.offence(form, kind == Person) != nil
}

// addedSince reports whether a name holds a word that was refused after somebody
// looked at the name.
func (o *own) addedSince(k Kept) bool {
	var since []word
	for _, w := range o.words {
		if w.AddedAt > k.At && !w.Allowed {
			since = append(since, word{folded: fold(w.Word), section: ownSection})
		}
	}
	return len(since) > 0 && newList(since).offence(fold(k.Name), k.Kind == Person) != nil
}
